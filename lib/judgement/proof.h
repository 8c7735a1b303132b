/* proof - is it really the owner?
 *
 * Law:     pure. The owner is proven, not believed. One must hold: the place (the owner's own authenticated mailbox, sent
 *          or tagged there); a token address answered from one of the owner's addresses, with nothing trusted saying that
 *          it failed; the topmost Authentication-Results (RFC 8601) of a configured authserv-id says DMARC, or an aligned
 *          DKIM or SPF passed for the one From domain, or auth=pass with smtp.auth equal to the From address; the capture
 *          address carries the owner's key. More than one From address is never proven. A field below the sender's own
 *          (From, Date, Subject …) is the sender's and counts for nothing; a token counts only where its mail went to the owner.
 *          A domain is aligned that is the From domain or within it; above it, where the owner's configuration names it.
 * Fails:   never: in doubt it is not the owner.
 * Tests:   tests/proof.c
 */
#ifndef KEPT_JUDGEMENT_PROOF_H
#define KEPT_JUDGEMENT_PROOF_H

#include "judgement/tag.h"
#include "nouns/dossier.h"
#include "nouns/letter.h"

/* One Authentication-Results field, parsed. */
struct auth_results {
	bool is;
	const char *authserv_id; /* "" where there is none (Microsoft) */
	struct auth_method {
		const char *method, *result; /* lower case */
		const char *header_from, *header_d, *header_i, *smtp_mailfrom, *smtp_auth; /* property values, "" */
	} *methods;
	size_t n;
};

void proof_parse(struct pool *, const char *value, struct auth_results *out);

enum proof_way { PROOF_NONE, PROOF_PLACE, PROOF_TOKEN, PROOF_DMARC, PROOF_DKIM, PROOF_SPF, PROOF_AUTH, PROOF_KEY };

/* Who handed it in at the server that received it? What is signed may be sent on by anybody, to any address. */
enum proof_handed { HANDED_UNKNOWN, HANDED_BY_ANYBODY /* SPF did not pass for the owner */, HANDED_BY_OWNER };

struct proof {
	enum proof_way way;
	enum proof_handed handed;
	bool failed;              /* something trusted says that it is not from there */
	struct auth_results topmost; /* of the configured authserv-id; .is false: none */
	const char *why;          /* a sentence */
};

/* `claimed`: the owner whose address stands in From; NULL: nobody's. `sent`: the mail of kept's that is answered; may be NULL. */
void proof_of(struct pool *, const struct letter *, const struct place *, const struct tag *, const struct owner *claimed,
	      const struct known_sent *sent, const struct conf *, struct proof *out);

/* Anybody's letter: does the server that received it vouch for its From address? */
enum sender { SENDER_UNKNOWN, SENDER_PROVEN, SENDER_FALSE /* it says that it is not from there */ };
enum sender proof_sender(struct pool *, const struct letter *, const struct place *);

#endif
