/* rows - what table-driven tests share: a conf and owner of their own, without a file. For tests alone. */
#ifndef KEPT_TESTS_ROWS_H
#define KEPT_TESTS_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "nouns/conf.h"

/* Ada in Berlin, working days 9 to 17; policy default: 0, +1bd, +3bd, then each week, 5 in all. */
static inline struct conf *rows_conf(struct pool *p)
{
	struct conf *c = pool_take(p, sizeof *c);
	struct err e = { 0 };
	const struct zone *z = NULL;
	static const char *addresses[] = { "ada@example.org" }, *domains[] = { "example.org" }, *remind[] = { "0", "+1bd", "+3bd" },
			  *tracking[] = { "kept@example.org" };

	assert_true(zone_load(p, "Europe/Berlin", &z, &e));
	c->file = "rows.conf";
	c->owner_count = c->policy_count = c->mailbox_count = c->submission_count = 1;
	c->owners = pool_take(p, sizeof *c->owners);
	c->owners[0] = (struct owner){ .key = "ada", .name = "Ada Lovelace", .addresses = { addresses, 1 }, .domains = { domains, 1 }, .language = "en",
				       .title = "", .disclosure = "", .capture_key = "", .policy = "default", .time = worktime_default(z) };
	c->policies = pool_take(p, sizeof *c->policies);
	c->policies[0] = (struct policy){ .key = "default", .due = "3bd", .remind = { remind, 3 }, .every = "1w", .limit = 5,
					     .progress = "+1bd", .aftercare = "+5bd", .close = "+10bd", .team_due = "-2bd" };
	c->mailboxes = pool_take(p, sizeof *c->mailboxes);
	c->mailboxes[0] = (struct mailbox_conf){ .key = "capture", .kind = MAILBOX_CAPTURE, .tracking = { tracking, 1 } };
	c->submissions = pool_take(p, sizeof *c->submissions);
	c->submissions[0] = (struct submission){ .key = "main", .from = "kept@example.org" };
	for (int i = 0; i < LOOK_KIND_COUNT; i++)
		c->look[i] = i == LOOK_PROMISED || i == LOOK_QUESTION ? LOOK_WARN : LOOK_BLOCK;
	c->cap_recipient_day = 3;
	c->cap_contact_week = 3;
	c->cap_owner_day = 100;
	c->cap_checkins_day = 2;
	c->cap_checkins_week = 6;
	c->cap_hour = 200;
	return c;
}

/* 2026-11-25 is a Wednesday. */
static inline utc rows_at(const struct conf *c, const char *iso)
{
	utc t = 0;

	assert_true(utc_parse(iso, c->owners[0].time.zone, &t));
	return t;
}

#endif
