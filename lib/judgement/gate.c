#include "judgement/gate.h"

struct verdict gate(enum mail_kind kind, const struct owner *o, bool outside, bool consented, const struct traffic *t, const struct conf *c, utc now)
{
	if (outside && !consented)
		return (struct verdict){ GATE_HELD, 0, "it goes outside: it waits for your word" };
	if (t->bounced && mail_kind_automatic(kind))
		return (struct verdict){ GATE_NEVER, 0, "mail to this address came back: nothing automatic goes there" };
	if (t->hour >= c->cap_hour)
		return (struct verdict){ GATE_LATER, now + 600, "the cap of mails in an hour is reached (caps.hour)" };
	if (t->to_recipient_day >= (outside ? c->cap_recipient_day : c->cap_owner_day))
		return (struct verdict){ GATE_LATER, now + 3600,
					 outside ? "the cap of mails to one recipient a day is reached (caps.recipient_day)" :
						   "the cap of mails to an owner a day is reached (caps.owner_day)" };
	if (outside && (is_quiet(&o->time, now) || !is_workday(&o->time, zone_day(o->time.zone, now))))
		return (struct verdict){ GATE_LATER, worktime_next(&o->time, now), "quiet hours or a day off: it leaves when work begins" };
	return (struct verdict){ GATE_NOW, now, "it may leave" };
}
