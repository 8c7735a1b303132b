/* kept checkin: meetings with people outside */
#include <stdio.h>
#include <string.h>

#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "daemon/kept_people.h"
#include "daemon/kept_table.h"
#include "letters/ical.h"
#include "letters/phrase.h"
#include "work/checkins.h"
#include "work/schedule.h"

enum { NEXT_SHOWN = 4 };

static const char help[] =
	"kept checkin - meetings: invitations, what changes them, and what those invited answer\n\n"
	"  kept checkin [list] [--all] [--owner NAME] [--json]\n"
	"  kept checkin add --with ADDRESS... --at EXPR --purpose TEXT [--for LENGTH] [--every CADENCE] [--agenda "
	"TEXT]\n"
	"               [--link URL] [--place TEXT] [--commitment N] [--send] [--force]\n"
	"  kept checkin propose --with ADDRESS [--for LENGTH] [--within LENGTH] [--mail [--purpose TEXT]]\n"
	"  kept checkin show N [--ics]\n"
	"  kept checkin move N [--at EXPR] [--on DAY] [--for LENGTH] [--every CADENCE] [--purpose TEXT] ... [--send] "
	"[--force]\n"
	"  kept checkin cancel N [--on DAY] [--send]\n"
	"  kept checkin accept N | decline N [--with ADDRESS]\n"
	"  kept checkin send N [WHEN] | skip N\n\n"
	"  kept checkin add --with carol@example.com --at \"thursday 2pm\" --purpose \"The subgroup data\"\n"
	"  kept checkin add --with carol@example.com --with dan@example.com --at \"10 dec 9am\" --for 1h --every "
	"quarter \\\n"
	"                   --purpose \"Quarterly review\" --link https://meet.example/r/7\n"
	"  kept checkin move 3 --on \"10 mar\" --at \"11 mar 3pm\"     that one of a series alone\n"
	"  kept checkin propose --with carol@example.com --mail    three times free for both; a tap takes one\n"
	"  kept checkin accept 3                                   the time that somebody proposes\n"
	"  kept checkin show 3 --ics                               the object that they get, as it is now\n\n"
	"The invitation goes out from your own address when you say so (`kept checkin send 3`, or an answer to the "
	"mail that\n"
	"shows it); --send says so at once. Quiet hours of anybody are refused but with --force. --for: 30min where "
	"nothing is\n"
	"said. --every once ends a series. --json: objects with id, state, start, next, minutes, zone, rrule, purpose, "
	"uid,\n"
	"sequence, attendees: [{\"address\", \"name\", \"answer\", \"comment\", \"proposes\"}...], exceptions, and "
	"what else is set;\nshow: waiting: [{\"to\", \"subject\", \"text\", \"leaves\"}...] too, the mail that waits for your word or its time.\n";

static const char *const valued[] = { "--with",   "--at",   "--for",   "--every",      "--on", "--purpose",
				      "--agenda", "--link", "--place", "--commitment", "--within", NULL };
static const char *const flags[] = { "--all", "--send", "--force", "--ics", "--mail", NULL };

static const char *option(const struct ledger *l, const char *name)
{
	const char *s = ledger_option(l, name);

	return s ? s : "";
}

static const struct zone *own_zone(const struct ledger *l)
{
	return l->owner->time.zone;
}

/* ---- list and show ---- */

static json_t *attendees(struct ledger *l, const struct checkin *c)
{
	json_t *all = json_array();

	for (size_t i = 0; i < c->attendee_count; i++) {
		const struct checkin_attendee *a = &c->attendees[i];

		json_array_append_new(
			all, json_pack("{ss ss ss ss* ss* ss* ss*}", "address", a->address, "name", a->name, "answer",
				       partstat_name(a->partstat), "comment", *a->comment ? a->comment : NULL,
				       "delegated_to", *a->delegated_to ? a->delegated_to : NULL, "proposes",
				       a->counter ? utc_print(l->p, own_zone(l), a->counter) : NULL, "of",
				       a->recurrence ? utc_print(l->p, own_zone(l), a->recurrence) : NULL));
	}
	return all;
}

static json_t *exceptions(struct ledger *l, const struct checkin *c)
{
	json_t *all = json_array();

	for (size_t i = 0; i < c->exception_count; i++)
		json_array_append_new(all, json_pack("{ss ss*}", "instead_of",
						     utc_print(l->p, own_zone(l), c->exceptions[i].recurrence), "start",
						     c->exceptions[i].start
							     ? utc_print(l->p, own_zone(l), c->exceptions[i].start)
							     : NULL));
	return all;
}

static const char *or_null(const char *s)
{
	return *s ? s : NULL;
}

static json_t *as_json(struct ledger *l, const struct checkin *c)
{
	utc next = 0;
	bool comes = checkin_is_live(c->state) && checkin_next(l->p, c, l->now, &next, NULL);

	json_t *of = c->commitment ? json_integer((json_int_t)c->commitment) : NULL;

	return json_pack("{sI ss ss ss ss* si ss ss* ss ss* ss* ss* ss si so* so so}", "id", (json_int_t)c->id, "owner",
			 c->owner, "state", checkin_state_name(c->state), "start",
			 utc_print(l->p, own_zone(l), c->start), "next",
			 comes ? utc_print(l->p, own_zone(l), next) : NULL, "minutes", c->minutes, "zone", c->zone,
			 "rrule", or_null(c->rrule), "purpose", c->purpose, "agenda", or_null(c->agenda), "link",
			 or_null(c->link), "place", or_null(c->place), "uid", c->uid, "sequence", c->sequence,
			 "commitment", of, "attendees", attendees(l, c), "exceptions", exceptions(l, c));
}

bool people_checkins(struct ledger *l, const struct strings *with, json_t *out, struct err *e)
{
	struct checkin *list;
	size_t n;

	for (size_t k = 0; k < with->n; k++) {
		if (!store_checkins_with(l->q, l->p, l->owner->key, with->list[k], &list, &n, e))
			return false;
		for (size_t i = 0; i < n; i++)
			json_array_append_new(out, as_json(l, &list[i]));
	}
	return true;
}

static const char nobody[] = "nobody invited"; /* as one that is proposed to the owner: no time of it is fixed */

static const char *time_of(struct ledger *l, utc start, const char *state)
{
	return pool_print(l->p, "%s%s", ledger_time(l->p, own_zone(l), start, l->now), state == nobody ? "?" : "");
}

/* What has the owner to know of it at a glance? */
static bool state_of(struct ledger *l, const struct checkin *c, const char **out, struct err *e)
{
	int64_t *waiting;
	size_t n;
	utc leaves = 0;
	bool found;

	*out = c->state == CHECKIN_PROPOSED ? nobody : checkin_state_name(c->state);
	for (size_t i = 0; i < c->attendee_count; i++)
		if (c->attendees[i].counter && checkin_is_live(c->state))
			return *out = "another time?", true;
	if (!store_checkin_mails(l->q, l->p, c->id, true, &waiting, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct outgoing o;

		if (!outbox_head(l->q, l->p, waiting[i], &o, &found, e))
			return false;
		if (found && o.state == OUTBOX_HELD)
			return *out = "waits for you", true;
		if (found && (!leaves || o.try_at < leaves))
			leaves = o.try_at;
	}
	if (leaves)
		*out = leaves <= l->now ? "on its way" : pool_print(l->p, "leaves %s", ledger_time(l->p, own_zone(l), leaves, l->now));
	return true;
}

static int list(struct ledger *l)
{
	struct table t = { .p = l->p, .columns = 5, .soft = 4 };
	json_t *out = l->json ? json_array() : NULL;
	struct checkin *all;
	struct err e = { 0 };
	size_t n, shown = 0;

	if (!store_checkins(l->q, l->p, l->owner->key, ledger_flag(l, "--all") ? 0 : l->now - CHECKIN_MINUTES_MOST * 60, &all,
			    &n, &e))
		return kept_say(FAILED, "%s", e.text);
	for (size_t i = 0; i < n; i++) {
		struct addrs people = checkin_people(l->p, &all[i]);
		utc next = all[i].start;
		const char *state;
		bool comes = checkin_is_live(all[i].state) &&
			     checkin_next(l->p, &all[i], l->now - all[i].minutes * 60, &next, NULL);

		if (!comes && !ledger_flag(l, "--all"))
			continue;
		shown++;
		if (!state_of(l, &all[i], &state, &e))
			return kept_say(FAILED, "%s", e.text);
		if (out)
			json_array_append_new(out, as_json(l, &all[i]));
		else
			table_row(&t, 0, pool_print(l->p, "%5lld", (long long)all[i].id),
				  time_of(l, next, state), state,
				  people.n ? pool_print(l->p, people.n > 1 ? "%s +%zu" : "%s", people.list[0].address,
							people.n - 1)
					   : "",
				  checkin_title(l->p, &all[i]));
	}
	if (out)
		ledger_print(out);
	else if (!shown)
		puts("No check-in is to come.");
	else
		table_print(&t);
	return DONE_WELL;
}

/* What those invited would get, or get at that time: each text once. */
static void print_waiting(struct ledger *l, const struct schedule_waiting *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		printf("\n  %s to %s:\n",
		       all[i].leaves ? pool_print(l->p, "leaves %s,", ledger_time(l->p, own_zone(l), all[i].leaves, l->now)) : "waits for your word,",
		       addrs_join(l->p, &all[i].to));
		ledger_mail(l->p, all[i].subject, all[i].text);
	}
}

static json_t *waiting_json(struct ledger *l, const struct schedule_waiting *all, size_t n)
{
	json_t *out = json_array();

	for (size_t i = 0; i < n; i++) {
		json_t *to = json_array();

		for (size_t k = 0; k < all[i].to.n; k++)
			json_array_append_new(to, json_string(all[i].to.list[k].address));
		json_array_append_new(out, json_pack("{so ss ss ss*}", "to", to, "subject", all[i].subject, "text", all[i].text, "leaves",
						     all[i].leaves ? utc_print(l->p, own_zone(l), all[i].leaves) : NULL));
	}
	return out;
}

static int show(struct ledger *l, struct checkins *k, const struct checkin *c)
{
	struct table t = { .p = l->p, .columns = 4, .soft = 3, .indent = 2 };
	struct schedule_waiting *waiting;
	const char *object, *state;
	struct err e = { 0 };
	size_t waits;
	utc at;

	if (ledger_flag(l, "--ics")) {
		if (!checkins_object(k, c, &object, &e))
			return kept_say(FAILED, "%s", e.text);
		fputs(object, stdout);
		return DONE_WELL;
	}
	if (!schedule_meeting_waits(l->q, l->p, c, &waiting, &waits, &e) || !state_of(l, c, &state, &e))
		return kept_say(FAILED, "%s", e.text);
	if (l->json) {
		json_t *one = as_json(l, c);

		json_object_set_new(one, "waiting", waiting_json(l, waiting, waits));
		ledger_print(one);
		return DONE_WELL;
	}
	printf("c%lld  %s\n", (long long)c->id, checkin_title(l->p, c));
	printf("  %s, %d minutes, %s\n", time_of(l, c->start, state), c->minutes, state);
	if (*c->rrule)
		printf("  again: %s\n", phrase_cadence(l->p, "en", own_zone(l), c->rrule, true, l->now));
	at = l->now;
	for (int i = 0; *c->rrule && i < NEXT_SHOWN && checkin_next(l->p, c, at, &at, NULL); i++, at++)
		printf("    %s\n", ledger_time(l->p, own_zone(l), at, l->now));
	if (*c->place)
		printf("  place: %s\n", c->place);
	if (*c->link)
		printf("  link: %s\n", c->link);
	if (*c->agenda)
		printf("  agenda: %s\n", c->agenda);
	if (c->commitment)
		printf("  of promise %lld\n", (long long)c->commitment);
	for (size_t i = 0; i < c->attendee_count; i++) {
		const struct checkin_attendee *a = &c->attendees[i];
		const char *said =
			a->counter ? pool_print(l->p, "proposes %s", ledger_time(l->p, own_zone(l), a->counter, l->now))
			: *a->delegated_to ? pool_print(l->p, "sends %s", a->delegated_to)
					   : partstat_said(a->partstat);

		table_row(&t, 0, a->address, a->recurrence ? ledger_time(l->p, own_zone(l), a->recurrence, l->now) : "",
			  said, a->comment);
	}
	table_print(&t);
	print_waiting(l, waiting, waits);
	return DONE_WELL;
}

/* ---- what changes it ---- */

static bool add(struct ledger *l, struct checkins *k, struct err *e)
{
	struct checkin_wish w = { .at = option(l, "--at"),
				  .every = option(l, "--every"),
				  .lasts = option(l, "--for"),
				  .purpose = option(l, "--purpose"),
				  .agenda = option(l, "--agenda"),
				  .link = option(l, "--link"),
				  .place = option(l, "--place") };
	struct checkin made;

	if (*option(l, "--commitment") && !ledger_number(option(l, "--commitment"), &w.commitment))
		return err_perm(e, "--commitment '%s' is no number of a promise", option(l, "--commitment"));
	for (int i = 0; i + 1 < l->options; i += 2)
		if (strcmp(l->option[i], "--with") == 0) {
			const char *address = addr_clean(l->p, l->option[i + 1]);

			if (!address)
				return err_perm(e, "--with '%s' is no mail address", l->option[i + 1]);
			addrs_add(l->p, &w.with, "", address);
		}
	return checkins_add(k, &w, &made, e);
}

static bool move(struct ledger *l, struct checkins *k, struct checkin *c, struct err *e)
{
	return checkins_move(k, c,
			     &(struct checkin_change){ .at = option(l, "--at"),
						       .lasts = option(l, "--for"),
						       .every = option(l, "--every"),
						       .on = option(l, "--on"),
						       .purpose = option(l, "--purpose"),
						       .agenda = option(l, "--agenda"),
						       .link = option(l, "--link"),
						       .place = option(l, "--place") },
			     e);
}

/* One word on one check-in. */
static bool word(struct ledger *l, struct checkins *k, struct checkin *c, const char *what, struct err *e)
{
	if (strcmp(what, "move") == 0)
		return move(l, k, c, e);
	if (strcmp(what, "cancel") == 0)
		return checkins_cancel(k, c, option(l, "--on"), e);
	if (strcmp(what, "send") == 0)
		return checkins_send(k, c, l->count > 2 ? l->words[2] : "", e);
	if (strcmp(what, "skip") == 0)
		return checkins_skip(k, c, e);
	return checkins_counter(k, c, option(l, "--with"), strcmp(what, "accept") == 0, e);
}

static int say(struct ledger *l, const struct checkins *k)
{
	if (l->json)
		ledger_print(json_pack("{ss}", "said", ledger_plain(l->p, k->said->s)));
	else
		fputs(ledger_plain(l->p, k->said->s), stdout);
	return DONE_WELL;
}

static int change(struct ledger *l, struct checkins *k, const char *what, int64_t id)
{
	struct checkin c;
	struct err e = { 0 };
	bool well = sql_begin(l->q, &e) &&
		    (id ? checkins_get(k, id, &c, &e) && word(l, k, &c, what, &e) : add(l, k, &e)) &&
		    sql_commit(l->q, &e);

	if (!well) {
		sql_rollback(l->q);
		return kept_say(FAILED, "%s", e.text);
	}
	l->changed = true;
	return say(l, k);
}

int kept_checkin(struct call *c)
{
	static const char *const words[] = { "list", "add", "propose",     "show", "move", "cancel",
					     "accept", "decline", "send", "skip", NULL };
	struct ledger l;
	struct checkins k;
	struct checkin it;
	struct err e = { 0 };
	const char *what;
	int64_t id = 0;
	bool shown;
	int rc = ledger_read(c, &l, help, valued, flags, &shown);

	if (shown || rc != DONE_WELL)
		return rc;
	what = l.count ? l.words[0] : "list";
	for (int i = 0; words[i] && strcmp(words[i], what) != 0; i++)
		if (!words[i + 1])
			return kept_say(WRONG_USE,
					"'%s' is nothing that can be done with a check-in; `kept checkin --help`",
					what);
	if (strcmp(what, "list") != 0 && strcmp(what, "add") != 0 && strcmp(what, "propose") != 0 &&
	    (l.count < 2 || !ledger_number(l.words[1] + (l.words[1][0] == 'c'), &id)))
		return kept_say(WRONG_USE, "which check-in? As `kept checkin %s 3`; `kept checkin list` shows them",
				what);
	if ((rc = ledger_words(&l, c, id ? 2 + (strcmp(what, "send") == 0) : 1)) != DONE_WELL ||
	    (rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (strcmp(what, "add") == 0 && !*option(&l, "--at"))
		return ledger_close(&l, kept_say(WRONG_USE, "when? As `kept checkin add --with carol@example.com --at \"thursday 2pm\" "
							    "--purpose \"The subgroup data\"`"));
	if (strcmp(what, "propose") == 0 && !ledger_option(&l, "--with"))
		return ledger_close(&l, kept_say(WRONG_USE, "to whom? As `kept checkin propose --with carol@example.com`"));
	if (strcmp(what, "propose") == 0)
		return free_times(&l);
	k = (struct checkins){ .q = l.q,
			       .p = l.p,
			       .c = l.conf,
			       .owner = l.owner,
			       .written = l.now,
			       .now = l.now,
			       .force = ledger_flag(&l, "--force"),
			       .send = ledger_flag(&l, "--send"),
			       .said = text_new(l.p, ANSWER_MOST) };
	if (strcmp(what, "list") == 0)
		rc = list(&l);
	else if (strcmp(what, "show") == 0)
		rc = checkins_get(&k, id, &it, &e) ? show(&l, &k, &it) : kept_say(FAILED, "%s", e.text);
	else
		rc = change(&l, &k, what, id);
	return ledger_close(&l, rc);
}
