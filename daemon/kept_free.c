/* kept free: when the owner, and somebody else with them, has time */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "borders/net.h"
#include "daemon/kept_ledger.h"
#include "judgement/when.h"
#include "work/calendars.h"
#include "work/schedule.h"

static const char help[] =
	"kept free - three times at which you are free, and they are at work\n\n"
	"  kept free [--with ADDRESS] [--for LENGTH] [--within LENGTH] [--owner NAME] [--json]\n\n"
	"  kept free                                          half an hour within two weeks\n"
	"  kept free --with carol@example.com --for 45min     in the working hours of both zones\n"
	"  kept free --with carol@example.com --within 4w --json\n\n"
	"From your calendars (kept.conf(5), calendar), your check-ins, and the working hours, days off and holidays of "
	"both, with a\n"
	"quarter of an hour before and after what you have. --for: 5min to 8h; --within: as 3d, 2w, until when.\n"
	"--json: {\"with\", \"minutes\", \"times\": [{\"at\", \"there\", \"command\"}...],\n"
	"\"calendars\": [{\"name\", \"read\", \"failed\", \"left_out\"}...]}\n";

/* "30min", "1h", "45" are minutes. */
static bool length_of(const char *s, int *minutes)
{
	char *end;
	long n = strtol(s, &end, 10);

	while (*end == ' ')
		end++;
	if (*end == 'h')
		n *= 60;
	else if (*end && *end != 'm')
		return false;
	if (end == s || n < 5 || n > 480)
		return false;
	*minutes = (int)n;
	return true;
}

/* Those not read for an hour are read now; what fails is said, and what is known stands. */
static bool refresh(struct ledger *l, struct err *e)
{
	struct reader *r = NULL;
	bool well = true;
	utc next;

	for (size_t i = 0; well && i < l->conf->calendar_count; i++)
		if (l->conf->calendars[i].owner == l->owner && l->conf->calendars[i].kind == CALENDAR_BUSY)
			well = (r || reader_open(&r, e)) &&
			       calendars_read(l->q, l->p, l->conf, &l->conf->calendars[i], r, l->now, &next, e);
	reader_close(&r);
	return well;
}

static const char *there_of(struct ledger *l, const struct worktime *theirs, utc t)
{
	return zone_offset(theirs->zone, t) == zone_offset(l->owner->time.zone, t)
		       ? ""
		       : ledger_time(l->p, theirs->zone, t, l->now);
}

static const char *command_of(struct ledger *l, const struct contact *who, utc t, int minutes)
{
	struct civil c = zone_civil(l->owner->time.zone, t);

	return *who->address ? pool_print(l->p,
					  "kept checkin add --with %s --at \"%04d-%02d-%02d %02d:%02d\" --for %dmin "
					  "--purpose \"...\"",
					  who->address, c.year, c.month, c.day, c.hour, c.minute, minutes)
			     : "";
}

/* What is to be said of the owner's calendars. */
static bool calendars_said(struct ledger *l, json_t *list, struct err *e)
{
	for (size_t i = 0; i < l->conf->calendar_count; i++) {
		const struct calendar_conf *c = &l->conf->calendars[i];
		struct calendar_row row;

		if (c->owner != l->owner || c->kind != CALENDAR_BUSY)
			continue;
		if (!store_calendar(l->q, l->p, c->key, &row, e))
			return false;
		json_array_append_new(list,
				      json_pack("{ss ss* ss* ss*}", "name", c->key, "read",
						row.read_at ? utc_print(l->p, l->owner->time.zone, row.read_at) : NULL,
						"failed", row.failed ? row.why : NULL, "left_out",
						*row.findings ? row.findings : NULL));
		if (l->json)
			continue;
		if (row.failed)
			printf("The calendar %s cannot be reached (%s)%s.\n", c->key, row.why,
			       row.read_at ? "; what was known of it counts" : "");
		for (const char *s = row.findings; *s; s += strcspn(s, "\n"), s += *s == '\n')
			printf("Not read of the calendar %s, and free therefore: %.*s\n", c->key, (int)strcspn(s, "\n"),
			       s);
	}
	return true;
}

static void times_said(struct ledger *l, const struct contact *who, const struct worktime *theirs, const utc *times,
		       size_t n, int minutes, json_t *list)
{
	const char *name = *who->name ? who->name : who->address;

	if (!l->json)
		printf(n ? "%s%s free for %d minutes:\n" : "%s%s not free together for %d minutes in that time.\n",
		       *who->address ? "You and " : "You are",
		       *who->address ? pool_print(l->p, "%s are", line_from(l->p, name, NAME_MOST).s) : "", minutes);
	for (size_t i = 0; i < n; i++) {
		const char *there = there_of(l, theirs, times[i]), *command = command_of(l, who, times[i], minutes);

		json_array_append_new(list,
				      json_pack("{ss ss* ss*}", "at", utc_print(l->p, l->owner->time.zone, times[i]),
						"there", *who->address ? utc_print(l->p, theirs->zone, times[i]) : NULL,
						"command", *command ? command : NULL));
		if (l->json)
			continue;
		printf("  %s%s%s\n", ledger_time(l->p, l->owner->time.zone, times[i], l->now),
		       *there ? "   there: " : "", there);
		if (*command)
			printf("      %s\n", command);
	}
}

static bool until_of(struct ledger *l, const char *words, utc *till, struct err *e)
{
	struct frame f = { .anchor = l->now, .time = &l->owner->time };
	struct when w;

	if (!when_parse(l->p, words, &f, &w, e))
		return false;
	*till = w.till ? w.till : w.at;
	if (w.rrule || *till <= l->now || *till > l->now + 60 * 86400)
		return err_perm(e, "--within '%s': up to eight weeks, as 2w", words);
	return true;
}

/* The same as a mail, in which one tap chooses. */
static bool mail_them(struct ledger *l, const struct contact *who, int minutes, const utc *times, size_t n,
		      struct err *e)
{
	const char *purpose = ledger_option(l, "--purpose");

	if (!sql_begin(l->q, e))
		return false;
	if (!schedule_propose(l->q, l->p, l->conf, l->owner, who, purpose ? line_from(l->p, purpose, WHAT_MOST).s : "",
			      minutes, times, n, l->now, e)) {
		sql_rollback(l->q);
		return false;
	}
	if (!l->json)
		puts("The mail with them is on its way to you: tap the one you want, and they are invited.");
	return sql_commit(l->q, e);
}

int free_times(struct ledger *l)
{
	const char *with = ledger_option(l, "--with"), *length = ledger_option(l, "--for"),
		   *within = ledger_option(l, "--within");
	struct addr a = { .name = "", .address = with ? addr_lower(l->p, with) : "" };
	struct contact who = { .address = "", .name = "", .zone = "", .country = "" };
	struct worktime theirs;
	json_t *times, *calendars;
	utc out[FREETIMES], till = 0;
	int minutes = CHECKIN_MINUTES;
	struct err e = { 0 };
	bool found, said;
	size_t n;

	if (length && !length_of(length, &minutes))
		return ledger_close(l, kept_say(WRONG_USE, "--for '%s': 5min to 8h, as 45min", length));
	if (with && !addr_valid(with))
		return ledger_close(l, kept_say(WRONG_USE, "--with '%s' is no address", with));
	if (!until_of(l, within ? within : "2w", &till, &e))
		return ledger_close(l, kept_say(WRONG_USE, "%s", e.text));
	net_start();
	if ((with && !store_contact(l->q, l->p, l->owner->key, &a, &who, &found, &e)) || !refresh(l, &e) ||
	    !calendars_free(l->q, l->p, l->conf, l->owner, &who, minutes, l->now, till, out, &n, &e))
		return ledger_close(l, kept_say(FAILED, "%s", e.text));
	theirs = contact_worktime(l->p, &l->owner->time, &who);
	times = json_array();
	calendars = json_array();
	times_said(l, &who, &theirs, out, n, minutes, times);
	said = calendars_said(l, calendars, &e) &&
	       (!ledger_flag(l, "--mail") || !n || mail_them(l, &who, minutes, out, n, &e));
	if (l->json && said) {
		ledger_print(json_pack("{ss* si so so}", "with", with, "minutes", minutes, "times", times, "calendars",
				       calendars));
	} else {
		json_decref(times);
		json_decref(calendars);
	}
	if (!said)
		return ledger_close(l, kept_say(FAILED, "%s", e.text));
	l->changed = true; /* a notice may wait */
	return ledger_close(l, DONE_WELL);
}

int kept_free(struct call *c)
{
	static const char *const valued[] = { "--with", "--for", "--within", NULL }, *const flags[] = { NULL };
	struct ledger l;
	bool shown;
	int rc = ledger_read(c, &l, help, valued, flags, &shown);

	if (rc != DONE_WELL || shown)
		return rc;
	if ((rc = ledger_words(&l, c, 0)) != DONE_WELL || (rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	return free_times(&l);
}
