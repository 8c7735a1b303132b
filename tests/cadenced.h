/* cadenced - a house whose owner has a cadence, for tests/cadence.c and tests/recap.c alone */
#ifndef KEPT_TESTS_CADENCED_H
#define KEPT_TESTS_CADENCED_H

#include "house.h"

#include "judgement/plan_checkin.h"
#include "letters/ical.h"

static struct cadence stages[] = { { .key = "establishing", .ideal = "1mo", .latest = "6w" } };

/* Somebody noted, met so many days ago. */
static inline struct contact noted(struct house *h, const char *name, const char *address, int days)
{
	struct contact c;

	WELL(sql_begin(h->q, &e));
	WELL(store_contact_made(h->q, h->p, "ada", &(struct addr){ name, address }, &c, h->now, &e));
	c.stage = CONTACT_STAGE_ESTABLISHING;
	WELL(store_contact_save(h->q, &c, h->now, &e));
	if (days)
		WELL(store_exchange_add(h->q,
					&(struct exchange){ .contact = c.id, .at = h->now - (utc)days * 86400, .channel = "met",
							    .direction = CONTACT_DIRECTION_BOTH, .text = "" }, &e));
	WELL(sql_commit(h->q, &e));
	return c;
}

/* The daemon runs until then; what it writes to the owner. */
static inline const char *until(struct house *h, const char *iso)
{
	utc till = rows_at(h->c, iso), next = 0;

	while (h->now < till) {
		WELL(schedule(h->q, h->c, h->now, &next, &e));
		h->now = !next || next > till ? till : next > h->now ? next : h->now + 60;
	}
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	return heard(h);
}

static inline int with_cadence(void **state)
{
	struct house *h;

	make(state);
	h = *state;
	h->c->cadences = stages, h->c->cadence_count = 1;
	heard(h);
	return 0;
}

/* … answers the newest mail of that kind. */
static inline const char *answers_to(struct house *h, enum mail_kind kind, const char *text)
{
	struct outgoing *list;
	size_t n;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].kind == kind) {
			h->reply = conf_reply(h->p, h->c, &h->c->owners[0], list[i].token), h->id = list[i].message_id;
			return answers(h, text);
		}
	fail_msg("there is no %s", mail_kind_name(kind));
	return "";
}

static const char *const congress[] = { "2026-11-25 - 2026-11-26" };

static inline struct checkin agreed(struct house *h, const char *name, const char *address, const char *iso)
{
	struct checkin_attendee *a = pool_take(h->p, sizeof *a);
	struct checkin k = { .owner = "ada", .uid = pool_print(h->p, "%s@kept", address), .stamp = h->now, .state = CHECKIN_CONFIRMED,
			     .start = rows_at(h->c, iso), .minutes = 30, .zone = "Europe/Berlin", .rrule = "", .purpose = "the subgroup data",
			     .agenda = "", .link = "", .place = "", .made = h->now, .entry = -1, .attendees = a, .attendee_count = 1 };

	*a = (struct checkin_attendee){ .name = name, .address = address, .comment = "", .delegated_to = "",
					.partstat = PARTSTAT_ACCEPTED, .answered = h->now };
	WELL(sql_begin(h->q, &e));
	WELL(store_checkin_save(h->q, &k, &e));
	WELL(sql_commit(h->q, &e));
	return k;
}

#define STORY(text, f) { text, f, with_cadence, drop, NULL }

#endif
