#include "judgement/gate.h"

/* What answers the owner leaves at once; a reminder and the agenda have their planned time; what else they should know waits for the morning. */
static utc leaves_at(enum mail_kind kind, const struct worktime *w, bool outside, utc meant, utc now)
{
	if (outside || mail_kind_whom(kind) == WHOM_TEAM)
		return is_quiet(w, now) || !is_workday(w, zone_day(w->zone, now)) ? worktime_next(w, now) : now;
	switch (kind) {
	case MAIL_ACKNOWLEDGEMENT: case MAIL_WELCOME: return now;
	case MAIL_REMINDER: case MAIL_AGENDA: return worktime_leave(w, meant, now);
	case MAIL_NONE: case MAIL_APPROVAL: case MAIL_RECEIPT: case MAIL_PROGRESS: case MAIL_DELAY: case MAIL_DELIVERY:
	case MAIL_AFTERCARE: case MAIL_SHARE: case MAIL_INTRODUCTION: case MAIL_RECAP: case MAIL_INVITATION: case MAIL_PROPOSAL: case MAIL_BRIEFING:
	case MAIL_SWEEP: case MAIL_REQUEST: case MAIL_NAG: case MAIL_THANKS: case MAIL_REVIEW: case MAIL_CHALLENGE: case MAIL_DIGEST:
	case MAIL_NOTICE: break;
	}
	return quiet_end(w, now);
}

struct verdict gate(enum mail_kind kind, const struct owner *o, bool outside, bool consented, utc meant, const struct traffic *t, const struct conf *c,
		    utc now)
{
	utc at = leaves_at(kind, &o->time, outside, meant, now);

	if (outside && !consented)
		return (struct verdict){ GATE_HELD, 0, "it goes outside: it waits for your word", false };
	if (t->bounced && (outside || mail_kind_automatic(kind)))
		return (struct verdict){ GATE_NEVER, 0, "mail to this address came back: nothing goes there", false };
	if (outside && t->meets && t->meets <= at && t->meets > now) /* it would be over */
		at = now;
	if (outside && !t->meets && t->same_kind && zone_day(o->time.zone, t->same_kind) == zone_day(o->time.zone, now))
		return (struct verdict){ GATE_LATER, worktime_next(&o->time, zone_at(o->time.zone, zone_day(o->time.zone, now) + 1, 0)),
					 "they had such a mail today already: one of a kind a day", false };
	if (t->hour >= c->cap_hour)
		return (struct verdict){ GATE_LATER, now + 600, "the cap of mails in an hour is reached (caps.hour)", true };
	if (!(outside && t->by_hand) && t->to_recipient_day >= (outside ? c->cap_recipient_day : c->cap_owner_day))
		return (struct verdict){ GATE_LATER, now + 3600,
					 outside ? "the cap of mails to one recipient a day is reached (caps.recipient_day)" :
						   "the cap of mails to an owner a day is reached (caps.owner_day)", true };
	if (outside && t->to_contact_week >= c->cap_contact_week)
		return (struct verdict){ GATE_LATER, now + 86400, "the cap of mails to one person that leave without a word is reached (caps.contact_week)", true };
	if (at > now)
		return (struct verdict){ GATE_LATER, at, "quiet hours or a day off: it leaves when they end", false };
	return (struct verdict){ GATE_NOW, now, "it may leave", false };
}
