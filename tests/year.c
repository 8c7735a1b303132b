/* year: the true path of a promise (execute, schedule, gate, courier, in a real ledger) through simulated years with chance events;
 * what leaves is held to what kept promises its owner. KEPT_TEST_SECONDS (10) is how long it goes on; KEPT_TEST_SEED begins it, and is
 * printed where a property breaks; KEPT_TEST_YEARS asks for so many commitment-years instead. */
#include "ledger.h"

#include <stdio.h>
#include <time.h>

#include "borders/net.h"
#include "ground/log.h"
#include "borders/outbox.h"
#include "borders/store.h"
#include "work/courier.h"
#include "work/execute.h"
#include "work/schedule.h"

enum { PROMISES = 60, IDS = 1000 /* of these, and those that recaps and sweeps make */, PEOPLE = 8, SENT_MOST = 20000, DAY = 86400 };

struct sent {
	utc at;
	enum mail_kind kind;
	int whom; /* place in people; -1: the owner, -2: a team */
};

struct world {
	struct pool *p;       /* of the world; */
	struct pool *step;    /* of one event */
	struct conf *c;
	struct sql *q;
	utc now, begin;
	uint64_t seed, chance;
	char address[PEOPLE][40];
	const char *zone[PEOPLE];
	utc barred[PEOPLE];   /* since when nothing may go there; 0 */
	struct sent *sent;
	size_t sent_count;
	int64_t made;         /* promises */
	utc touched[IDS];          /* by a command, last */
	utc event;            /* when something happened last */
	utc rested;           /* the owner wanted no mail until then */
	size_t seen[MAIL_NOTICE + 1]; /* of the owner's mail about check-ins */
	const char *broken;
};

static struct err e;

static struct cadence cadences[] = { { .key = "establishing", .ideal = "1mo", .latest = "6w" }, { .key = "maintaining", .ideal = "3mo", .latest = "" } };
static const char *congress[] = { "2026-03-10 - 2026-03-13" };
static struct team teams[] = { { .key = "medinfo", .name = "Medical Information", .address = "medinfo@example.org" },
			       { .key = "legal", .name = "Legal", .address = "legal@example.org" } };

static uint64_t roll(struct world *w, uint64_t below)
{
	w->chance ^= w->chance << 13, w->chance ^= w->chance >> 7, w->chance ^= w->chance << 17;
	return w->chance % below;
}

static void breaks(struct world *w, const struct outgoing *o, const char *what)
{
	if (!w->broken)
		w->broken = pool_print(w->p, "%s: mail %lld, %s to %s at %s (%s)", what, (long long)o->id, mail_kind_name(o->kind), o->recipient,
				       utc_print(w->p, w->c->owners[0].time.zone, w->now), o->word ? o->word : "");
}

static int person_of(struct world *w, const char *address)
{
	for (int i = 0; i < PEOPLE; i++)
		if (strcmp(w->address[i], address) == 0)
			return i;
	return -1;
}

/* ---- what must hold of each mail at the moment that it leaves ---- */

static void outside_holds(struct world *w, const struct outgoing *o, int who)
{
	struct worktime t = w->c->owners[0].time;
	int64_t *about;
	size_t n;
	int today = 0;

	t.zone = zone_named(w->p, w->zone[who]);
	if (strcmp(o->word, "send") != 0 && strcmp(o->word, "auto") != 0)
		breaks(w, o, "outside without consent");
	if (is_quiet(&t, w->now) || !is_workday(&t, zone_day(t.zone, w->now)))
		breaks(w, o, "in the receiver's night or on their day off");
	if (w->barred[who] && w->barred[who] <= o->made)
		breaks(w, o, "to one who must not be written to");
	for (size_t i = w->sent_count; i > 0 && w->sent[i - 1].at > w->now - 3 * DAY; i--) {
		const struct sent *x = &w->sent[i - 1];

		if (x->whom != who)
			continue;
		today += x->at > w->now - DAY;
		if (x->kind == o->kind && o->kind != MAIL_INVITATION && zone_day(t.zone, x->at) == zone_day(t.zone, w->now))
			breaks(w, o, "two of a kind on one day to one person");
	}
	if (today >= w->c->cap_recipient_day && strcmp(o->word, "auto") == 0)
		breaks(w, o, "above the cap of a recipient");
	WELL(store_ids(w->q, w->step, SQL_ABOUT_GET, SQL_VALUES(sql_i(o->id)), &about, &n, &e));
	for (size_t i = 0; i < n; i++) {
		struct commitment m;
		bool found;

		WELL(store_commitment(w->q, w->step, w->c, about[i], &m, NULL, &found, &e));
		if (o->kind == MAIL_RECAP ? m.state == COMMITMENT_CANCELLED : !commitment_is_live(m.state) || (m.state == COMMITMENT_DELIVERED) != (o->kind == MAIL_AFTERCARE))
			breaks(w, o, "after the close");
		if (!addrs_has(&m.to, o->recipient))
			breaks(w, o, "to one it was not promised to");
	}
}

/* To a team: in its owner's hours, about what is with that team, three reminders and no more. */
static void team_holds(struct world *w, const struct outgoing *o, const struct team *team)
{
	const struct worktime *t = &w->c->owners[0].time;
	bool asks = o->kind == MAIL_REQUEST || o->kind == MAIL_NAG;
	int64_t *about;
	size_t n;

	if (is_quiet(t, w->now) || !is_workday(t, zone_day(t->zone, w->now)))
		breaks(w, o, "in a team's night or on its day off");
	WELL(store_ids(w->q, w->step, SQL_ABOUT_GET, SQL_VALUES(sql_i(o->id)), &about, &n, &e));
	for (size_t i = 0; i < n; i++) {
		struct dossier d;
		bool found;
		int nags = 0, requests = 0;

		WELL(store_dossier(w->q, w->step, w->c, about[i], &d, &found, &e));
		if (asks && d.commitment.state != COMMITMENT_OPEN && d.commitment.state != COMMITMENT_WAITING)
			breaks(w, o, "after the close");
		if (asks && conf_team(w->c, d.commitment.team) != team)
			breaks(w, o, "to a team that has it no more");
		for (size_t k = 0; k < d.past_count; k++)
			if (addr_same(d.past[k].to, o->recipient) && d.past[k].at >= d.commitment.team_since) {
				nags += d.past[k].kind == MAIL_NAG;
				requests += d.past[k].kind == MAIL_REQUEST;
			}
		if (asks && (nags > 3 || requests > 1))
			breaks(w, o, "a team is asked again and again");
	}
}

/* Of what comes before and after check-ins: never at night, one mail of proposals and one sweep a day, a briefing of each once. */
static void owner_holds(struct world *w, const struct outgoing *o)
{
	const struct worktime *t = &w->c->owners[0].time;
	bool daily = o->kind == MAIL_PROPOSAL || o->kind == MAIL_SWEEP || o->kind == MAIL_AGENDA;
	utc morning;

	if (o->kind == MAIL_REMINDER && agenda_takes(&w->c->owners[0], o->made, &morning) && w->event < morning && w->rested < morning && !strstr(o->subject, "Last reminder"))
		breaks(w, o, "beside the agenda that takes it along");
	if (!daily && o->kind != MAIL_BRIEFING && strcmp(o->word ? o->word : "", "recap") != 0)
		return;
	if (is_quiet(t, w->now))
		breaks(w, o, "at night");
	if ((o->kind == MAIL_PROPOSAL || o->kind == MAIL_AGENDA) && !is_workday(t, zone_day(t->zone, w->now)))
		breaks(w, o, "on a day off");
	for (size_t i = w->sent_count; daily && i > 0 && w->sent[i - 1].at > w->now - DAY; i--)
		if (w->sent[i - 1].kind == o->kind && zone_day(t->zone, w->sent[i - 1].at) == zone_day(t->zone, w->now))
			breaks(w, o, "two of a kind on one day to the owner");
	w->seen[o->kind]++;
}

static int submit(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	struct world *w = arg;
	int who = person_of(w, o->recipient);
	const struct team *team = conf_team_of(w->c, o->recipient);

	(void)p, (void)why;
	if (o->outside)
		outside_holds(w, o, who);
	else if (team)
		team_holds(w, o, team);
	else if (strcmp(o->recipient, "ada@example.org") != 0)
		breaks(w, o, "to a stranger");
	else
		owner_holds(w, o);
	if (!roll(w, 40))
		return NET_RETRY;
	if (w->sent_count < SENT_MOST)
		w->sent[w->sent_count++] = (struct sent){ w->now, o->kind, o->outside ? who : team ? -2 : -1 };
	return NET_SENT;
}

static void idle(void *arg)
{
	(void)arg;
}

/* Each promise that is to be done was named to its owner in the last nine days, once it is due, as long as its policy lets it. */
static void named_weekly(struct world *w)
{
	struct commitment *list;
	struct owner_row row;
	size_t n;

	WELL(store_commitments(w->q, w->step, w->c, &w->c->owners[0], false, &list, &n, &e));
	WELL(store_owner(w->q, "ada", &row, &e));
	for (size_t i = 0; i < n; i++) {
		struct dossier d;
		utc named = 0, since = list[i].due;
		int reminders = 0;
		bool found;

		if (list[i].state == COMMITMENT_DELIVERED || row.paused > w->now - 9 * DAY || list[i].snoozed > w->now - 9 * DAY || list[i].due > w->now - 9 * DAY)
			continue;
		WELL(store_dossier(w->q, w->step, w->c, list[i].id, &d, &found, &e));
		for (size_t k = 0; k < d.past_count; k++)
			if ((d.past[k].kind == MAIL_REMINDER || d.past[k].kind == MAIL_AGENDA) && d.past[k].at >= list[i].due_set) {
				named = d.past[k].at;
				reminders++;
			}
		since = since > list[i].due_set ? since : list[i].due_set;
		since = since > w->rested ? since : w->rested;
		assert_true(list[i].id < IDS);
		since = since > w->touched[list[i].id] ? since : w->touched[list[i].id];
		if (reminders < d.policy->limit && (named > since ? named : since) < w->now - 11 * DAY && !(list[i].noreply && d.answered) && !w->broken)
			w->broken = pool_print(w->p, "promise %lld, %s, due %s, look at %s, at %s: not named to its owner since %s", (long long)list[i].id,
					       commitment_state_name(list[i].state), utc_print(w->p, w->c->owners[0].time.zone, list[i].due),
					       utc_print(w->p, w->c->owners[0].time.zone, list[i].look_at), utc_print(w->p, w->c->owners[0].time.zone, w->now),
					       utc_print(w->p, w->c->owners[0].time.zone, named));
	}
}

/* ---- what happens ---- */

static void promise(struct world *w)
{
	struct commitment m = { .owner = &w->c->owners[0], .state = COMMITMENT_OPEN, .what = "the subgroup data", .words = "I will send you the subgroup data.",
				.subject = "Your question", .policy = "default", .team = "", .every = "", .due_words = "x", .due_error = "", .note = "",
				.request = roll(w, 2) ? "Can you send me the data?" : "" };
	int who = (int)roll(w, PEOPLE);

	m.message_id = pool_print(w->step, "<%lld@example.org>", (long long)w->made);
	m.due = worktime_next(&m.owner->time, w->now + (utc)(1 + roll(w, 20)) * DAY);
	m.told = roll(w, 3) ? m.due : 0;
	m.written = roll(w, 2);
	m.noreply = !roll(w, 10);
	addrs_add(w->step, &m.to, "Carol Rossi", w->address[who]);
	WELL(sql_begin(w->q, &e));
	WELL(execute_add(w->q, w->step, w->c, &m, "by a test", w->now, &e));
	WELL(schedule_these(w->q, w->step, w->c, &m.id, 1, NULL, w->now, &e));
	WELL(sql_commit(w->q, &e));
	w->made = m.id;
}

static void command(struct world *w)
{
	static const char *const words[] = { "done %lld", "due %lld 1w", "due %lld 3bd", "snooze %lld 2d", "cancel %lld", "undo %lld", "note %lld she prefers the phone",
					     "send %lld", "send %lld", "send %lld", "send %lld tomorrow 8am", "skip %lld", "edit %lld the tables are with the statisticians",
					     "wait %lld 1w", "pause 1w", "resume", "done %lld", "team %lld medinfo", "team %lld legal",
					     "team %lld medinfo" };
	const char *line = words[roll(w, sizeof words / sizeof *words)];
	struct commands list;
	struct execution x = { .owner = &w->c->owners[0], .written = w->now };
	struct schedule_answer a = { .owner = &w->c->owners[0] };
	struct owner_row row;

	command_parse(w->step, strstr(line, "%lld") ? pool_print(w->step, line, (long long)(1 + roll(w, (uint64_t)w->made))) : line, false, &list);
	WELL(sql_begin(w->q, &e));
	WELL(execute(w->q, w->step, w->c, &list, &x, w->now, &e));
	a.ids = x.touched, a.n = x.touched_count, a.answer = x.answer->n ? x.answer->s : NULL;
	for (size_t i = 0; i < x.touched_count; i++)
		w->touched[x.touched[i]] = w->now;
	WELL(schedule_answer(w->q, w->step, w->c, &a, w->now, &e));
	WELL(schedule_these(w->q, w->step, w->c, x.touched, x.touched_count, NULL, w->now, &e));
	WELL(store_owner(w->q, "ada", &row, &e));
	WELL(sql_commit(w->q, &e));
	w->rested = w->rested > row.paused ? w->rested : row.paused;
}

/* They answer, are away, come back, bounce, refuse; a possible adverse event is mentioned. */
static void person(struct world *w)
{
	int who = (int)roll(w, PEOPLE);
	int64_t id = 1 + (int64_t)roll(w, (uint64_t)w->made);
	struct commitment m;
	struct contact c;
	utc answered;
	bool found;

	WELL(sql_begin(w->q, &e));
	WELL(store_contact(w->q, w->step, "ada", &(struct addr){ "", w->address[who] }, &c, &found, &e));
	WELL(store_commitment(w->q, w->step, w->c, id, &m, &answered, &found, &e));
	switch (roll(w, 12)) {
	case 0:
		c.absent = w->now + (utc)(1 + roll(w, 20)) * DAY, c.absent_since = w->now;
		WELL(store_contact_save(w->q, &c, w->now, &e));
		break;
	case 1:
		if (!roll(w, 4)) {
			c.consent = CONTACT_CONSENT_NEVER, c.why = "please stop writing";
			WELL(store_contact_save(w->q, &c, w->now, &e));
			w->barred[who] = w->barred[who] ? w->barred[who] : w->now;
		}
		break;
	case 2:
		if (!roll(w, 4)) {
			WELL(store_bounced_set(w->q, w->address[who], w->now, "5.1.1", &e));
			w->barred[who] = w->barred[who] ? w->barred[who] : w->now;
		}
		break;
	case 3:
		m.frozen = m.frozen ? 0 : w->now, m.look_at = w->now;
		WELL(store_commitment_save(w->q, &m, answered, &e));
		break;
	default:
		if (commitment_is_live(m.state)) {
			m.look_at = w->now;
			WELL(store_commitment_save(w->q, &m, w->now, &e));
		}
	}
	WELL(store_look_all(w->q, "ada", w->now, &e));
	WELL(sql_commit(w->q, &e));
}

/* They say that to the newest mail of that kind, or of that word. */
static void says(struct world *w, enum mail_kind kind, const char *word, const char *text, bool recap)
{
	struct execution x = { .owner = &w->c->owners[0], .written = w->now };
	struct commands list = { .rest = "" };
	struct command edit = { .verb = COMMAND_EDIT, .text = text };
	struct outgoing *all;
	size_t n;

	WELL(outbox_list(w->q, w->step, SQL_OUTGOING_LATEST, 60, &all, &n, &e));
	for (size_t i = 0; i < n && !x.answers; i++)
		if (all[i].kind == kind && all[i].state == OUTBOX_SENT && (!*word || strcmp(all[i].word, word) == 0))
			x.answers = all[i].id;
	if (!x.answers)
		return;
	if (recap)
		list.list = &edit, list.n = 1;
	else
		command_parse(w->step, text, kind == MAIL_SWEEP, &list);
	WELL(sql_begin(w->q, &e));
	WELL(execute(w->q, w->step, w->c, &list, &x, w->now, &e));
	WELL(schedule_these(w->q, w->step, w->c, x.touched, x.touched_count, NULL, w->now, &e));
	WELL(sql_commit(w->q, &e));
}

/* A check-in is chosen, skipped, accepted, declined; they speak; its owner tells what they heard. */
static void meeting(struct world *w)
{
	struct checkin *list;
	struct contact c;
	size_t n;
	bool found;

	switch (roll(w, 6)) {
	case 0: says(w, MAIL_PROPOSAL, "", roll(w, 4) ? "what: the registry\nat 4bd 11am" : "skip all", false); return;
	case 1: says(w, MAIL_PROPOSAL, "", "skip all", false); return;
	case 2: says(w, MAIL_APPROVAL, "recap", "The board meets soon. I will send you the tables next friday.", true); return;
	case 3: says(w, MAIL_SWEEP, "", "person1@example.com: the slides friday", false); return;
	default: break;
	}
	WELL(sql_begin(w->q, &e));
	WELL(store_contact(w->q, w->step, "ada", &(struct addr){ "", w->address[roll(w, PEOPLE)] }, &c, &found, &e));
	if (roll(w, 2))
		WELL(store_exchange_add(w->q, &(struct exchange){ .contact = c.id, .at = w->now, .channel = roll(w, 2) ? "met" : "phone",
								  .direction = CONTACT_DIRECTION_BOTH, .text = "" }, &e));
	WELL(store_checkins(w->q, w->step, "ada", 0, &list, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (list[i].state == CHECKIN_INVITED && list[i].start > w->now) {
			list[i].state = roll(w, 4) ? CHECKIN_CONFIRMED : CHECKIN_DECLINED;
			list[i].stamp = w->now;
			WELL(store_checkin_save(w->q, &list[i], &e));
		}
	WELL(sql_commit(w->q, &e));
}

static void world_make(struct world *w, char folder[64], uint64_t seed)
{
	static const char *all[] = { "receipt", "progress", "delay", "delivery", "aftercare" }, *sure[] = { "receipt", "delay" };
	static const char *const zones[] = { "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Europe/London" };
	struct contact c;
	static const char *const agendas[] = { NULL, "none", "hour", "7:30" };

	*w = (struct world){ .p = pool_new(), .seed = seed, .chance = seed * 2654435761u + 88172645463325252u };
	w->step = pool_new();
	w->c = rows_conf(w->p);
	w->c->teams = teams;
	w->c->team_count = 2;
	w->c->cadences = cadences, w->c->cadence_count = 2;
	w->c->owners[0].congress = (struct strings){ congress, 1 };
	w->c->owners[0].sweep = roll(w, 2);
	w->c->owners[0].agenda = agendas[roll(w, 4)];
	w->q = ledger_make(w->p, folder);
	w->begin = w->now = rows_at(w->c, "2026-01-05T08:00");
	w->sent = pool_list(w->p, SENT_MOST, sizeof *w->sent);
	w->c->policies[0].prepare = (struct strings){ all, 5 };
	if (!roll(w, 3))
		w->c->policies[0].automatic = (struct strings){ sure, 2 };
	w->c->submission_count = 2;
	w->c->submissions = pool_list(w->p, 2, sizeof *w->c->submissions);
	w->c->submissions[0] = (struct submission){ .key = "main", .from = "kept@example.org" };
	w->c->submissions[1] = (struct submission){ .key = "ada", .from = "ada@example.org", .owner = &w->c->owners[0] };
	WELL(sql_begin(w->q, &e));
	for (int i = 0; i < PEOPLE; i++) {
		sprintf(w->address[i], "person%d@example.com", i);
		w->zone[i] = zones[roll(w, 4)];
		c = (struct contact){ .owner = "ada", .address = w->address[i], .name = "Carol Rossi", .language = "", .zone = w->zone[i], .why = "" };
		if (!roll(w, 8)) {
			c.segment = CONTACT_SEGMENT_NONE;
			w->barred[i] = w->now;
		}
		c.stage = roll(w, 3) ? CONTACT_STAGE_ESTABLISHING : CONTACT_STAGE_MAINTAINING;
		if (!roll(w, 4))
			c.automatic = (struct strings){ all, 1 + roll(w, 5) };
		WELL(store_contact_save(w->q, &c, w->now, &e));
	}
	WELL(sql_commit(w->q, &e));
}

static utc earliest(utc a, utc b)
{
	return !a || (b && b < a) ? b : a;
}

/* One year of PROMISES promises. Returns how many mails left; counts the owner's about check-ins into `seen`. */
static size_t year(uint64_t seed, size_t seen[MAIL_NOTICE + 1])
{
	char folder[64];
	struct world w;
	struct carrier carrier = { .submit = submit, .idle = idle, .arg = &w };
	utc event = 0, weekly = 0;
	size_t n;

	log_most(LOG_LINE_ERROR);
	world_make(&w, folder, seed);
	promise(&w);
	while (w.now < w.begin + 365 * DAY && !w.broken) {
		utc next = 0, sends = 0;
		const char *fault;

		if (w.now >= event) {
			if (w.made < PROMISES && !roll(&w, 4))
				promise(&w);
			else if (roll(&w, 4))
				command(&w);
			else if (roll(&w, 3))
				person(&w);
			meeting(&w);
			w.event = w.now;
			event = w.now + 3600 + (utc)roll(&w, 30 * 3600);
		}
		WELL(schedule(w.q, w.c, w.now, &next, &e));
		WELL(courier(w.q, w.step, w.c, &carrier, w.now, &sends, &fault, &e));
		if (w.now >= weekly) {
			named_weekly(&w);
			weekly = w.now + 5 * DAY;
		}
		next = earliest(earliest(next, sends), event);
		w.now = next > w.now ? next : w.now + 1;
		pool_end(&w.step);
		w.step = pool_new();
	}
	n = w.sent_count;
	for (int k = 0; k <= MAIL_NOTICE; k++)
		seen[k] += w.seen[k];
	if (w.broken)
		fail_msg("%s; KEPT_TEST_SEED=%llu; the ledger is left in %s", w.broken, (unsigned long long)seed, folder);
	assert_int_equal(ledger_drop(w.p, folder, &w.q), 0);
	pool_end(&w.step);
	pool_end(&w.p);
	return n;
}

static void years_hold(void **state)
{
	const char *seconds = getenv("KEPT_TEST_SECONDS"), *seed = getenv("KEPT_TEST_SEED"), *years = getenv("KEPT_TEST_YEARS");
	struct timespec begin, now;
	uint64_t first = seed ? strtoull(seed, NULL, 10) : 1, s = first;
	size_t mails = 0, seen[MAIL_NOTICE + 1] = { 0 };
	bool few;

	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	do {
		mails += year(s++, seen);
		clock_gettime(CLOCK_MONOTONIC, &now);
		few = !seed && !seen[MAIL_AGENDA] && s - first < 8; /* on a slow machine no owner with an agenda was among them yet */
	} while (few || (years ? (s - first) * PROMISES < strtoull(years, NULL, 10) : now.tv_sec - begin.tv_sec < (seconds ? atoi(seconds) : 10)));
	printf("%llu commitment-years, %zu mails, %ld s; of check-ins %zu proposals, %zu briefings, %zu recaps asked for, %zu sweeps; %zu agendas\n",
	       (unsigned long long)(s - first) * PROMISES, mails, (long)(now.tv_sec - begin.tv_sec), seen[MAIL_PROPOSAL], seen[MAIL_BRIEFING],
	       seen[MAIL_APPROVAL], seen[MAIL_SWEEP], seen[MAIL_AGENDA]);
	assert_true(mails > 0 && seen[MAIL_PROPOSAL] && seen[MAIL_BRIEFING] && seen[MAIL_APPROVAL] && seen[MAIL_SWEEP] && seen[MAIL_AGENDA]);
}

int main(void)
{
	const struct CMUnitTest t[] = { cmocka_unit_test(years_hold) };

	return cmocka_run_group_tests_name("year", t, NULL, NULL);
}
