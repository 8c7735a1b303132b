/* gate - may this mail leave now?
 *
 * Law:     pure; asked when a mail is queued and again before it leaves. Consent, caps, quiet hours and days off of the one
 *          who receives (a team has its owner's) stand here and nowhere else. To the owner: the answer to what they just did leaves at once; a reminder
 *          has the time that plan chose, and no later one in quiet hours; what else there is to tell waits for their end.
 *          The caps of a person are for what leaves without a word: above them its owner is asked once more (schedule_often).
 *          What is about a meeting may go several times a day, and in quiet hours where it would else come too late.
 * Fails:   never.
 * Tests:   tests/gate.c
 */
#ifndef KEPT_JUDGEMENT_GATE_H
#define KEPT_JUDGEMENT_GATE_H

#include "nouns/mail.h"

/* What left lately, counted by the database. */
struct traffic {
	int to_recipient_day; /* sent to this recipient in the last 24 hours */
	int hour;             /* sent in all in the last 60 minutes */
	utc same_kind;        /* when mail of this kind went to this recipient last; 0: never */
	bool bounced;         /* this address bounced and nobody lifted it */
	int to_contact_week;  /* without a word, to this person outside, in the last seven days; 0 for a mail that has a word */
	bool by_hand;         /* its owner said `send` */
	utc meets;            /* of a meeting: when it begins; 0 for all other mail */
};

enum verdict_kind { GATE_NOW, GATE_LATER, GATE_HELD, GATE_NEVER };

struct verdict {
	enum verdict_kind kind;
	utc at;          /* GATE_LATER: ask again then */
	const char *why; /* a literal */
	bool cap;        /* GATE_LATER: a cap is reached */
};

/* `meant`: when it was to leave, which is when it was made. */
struct verdict gate(enum mail_kind, const struct owner *, bool outside, bool consented, utc meant, const struct traffic *, const struct conf *, utc now);

#endif
