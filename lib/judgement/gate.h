/* gate - may this mail leave now?
 *
 * Law:     pure; asked when a mail is queued and again before it leaves. Consent, caps, quiet hours and days off of the one
 *          who receives stand here and nowhere else. Mail to the owner keeps no quiet hours: plan chose its time, and an
 *          answer to what they just did is awaited.
 * Tests:   tests/gate.c
 */
#ifndef KEPT_JUDGEMENT_GATE_H
#define KEPT_JUDGEMENT_GATE_H

#include "nouns/mail.h"

/* What left lately, counted by the database. */
struct traffic {
	int to_recipient_day; /* sent to this recipient in the last 24 hours */
	int hour;             /* sent in all in the last 60 minutes */
	bool bounced;         /* this address bounced and nobody lifted it */
};

enum verdict_kind { GATE_NOW, GATE_LATER, GATE_HELD, GATE_NEVER };

struct verdict {
	enum verdict_kind kind;
	utc at;          /* GATE_LATER: ask again then */
	const char *why; /* a literal */
};

struct verdict gate(enum mail_kind, const struct owner *, bool outside, bool consented, const struct traffic *, const struct conf *, utc now);

#endif
