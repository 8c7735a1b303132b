/* review_year: simulated years of an owner with 60 contacts. Each of its 52 reviews is read as its owner reads it, and held to
 * the ledger's rows, which are read here by SQL of the test's own: every promise that stands open is in it once, in its part, and
 * each figure is counted anew. KEPT_TEST_SECONDS (10) is how long it goes on; KEPT_TEST_SEED begins it, and is printed where
 * something is wrong. */
#include "house.h"

#include <sqlite3.h>
#include <time.h>

#include "borders/net.h"
#include "ground/log.h"
#include "work/courier.h"
#include "work/execute.h"
#include "work/people.h"

enum { PEOPLE = 60, REVIEWS = 52, IDS = 2000, DAY = 86400, WEEK = 7 * DAY };

struct world {
	struct house *h;
	sqlite3 *rows;      /* the test's own way into the ledger */
	struct pool *step;
	uint64_t seed, chance;
	int64_t made, read; /* promises; the newest mail that was looked at */
	utc last;           /* the review before */
	size_t reviews;
	struct { size_t kept, overdue, sent, candidates, known, asked, invited, suggested; } seen;
};

/* One promise as it stands in the ledger. */
struct row {
	int64_t id;
	const char *state;
	bool live, followed;
	utc due, day, made, closed, delivered, missed;
	bool with_team;
	utc due_set;
	const char *person; /* their first address; "" */
};

static uint64_t roll(struct world *w, uint64_t below)
{
	w->chance ^= w->chance << 13, w->chance ^= w->chance >> 7, w->chance ^= w->chance << 17;
	return w->chance % below;
}

#define HOLDS(w, x, ...) do { if (!(x)) fail_msg("%s; review %zu, KEPT_TEST_SEED=%llu", pool_print((w)->step, __VA_ARGS__), (w)->reviews, \
						  (unsigned long long)(w)->seed); } while (0)

/* ---- what the ledger says ---- */

static const char *const ROWS = "SELECT c.id, c.state, c.live, c.due, coalesce(c.missed, c.told, c.due), c.made, coalesce(c.closed, 0), "
	"coalesce(c.delivered, CASE c.state WHEN 'kept' THEN c.closed ELSE 0 END, 0), c.missed IS NOT NULL, c.team_since > 0 AND coalesce(c.team_answered, 0) = 0, "
	"c.answered > coalesce(c.delivered, c.closed) OR c.id IN (SELECT commitment FROM outgoing_about JOIN outgoing ON id = outgoing WHERE kind = 'aftercare' AND state = 'sent') "
	"OR c.id IN (SELECT k.id FROM exchange x JOIN contact_address d USING (contact) JOIN commitment_to t USING (address) JOIN commitment k ON k.id = t.commitment "
	"WHERE x.direction IN ('theirs', 'both') AND x.letter IS NULL AND x.at > coalesce(k.delivered, k.closed)), c.due_set, "
	"coalesce((SELECT f.address FROM contact_address f, contact p, contact_address d, commitment_to t WHERE t.commitment = c.id AND t.position = 0 AND d.address = t.address "
	"AND p.id = d.contact AND f.contact = coalesce(p.merged, p.id) ORDER BY f.position, f.address LIMIT 1), '') FROM commitment c ORDER BY c.id";

static size_t rows_read(struct world *w, struct row **out)
{
	sqlite3_stmt *s;
	size_t n = 0;

	*out = NULL;
	assert_int_equal(sqlite3_prepare_v2(w->rows, ROWS, -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW)
		*(struct row *)pool_more(w->step, out, n++, sizeof **out) =
			(struct row){ sqlite3_column_int64(s, 0), pool_copy(w->step, (const char *)sqlite3_column_text(s, 1)), sqlite3_column_int(s, 2),
				      sqlite3_column_int(s, 10), sqlite3_column_int64(s, 3), sqlite3_column_int64(s, 4), sqlite3_column_int64(s, 5),
				      sqlite3_column_int64(s, 6), sqlite3_column_int64(s, 7), sqlite3_column_int(s, 8), sqlite3_column_int(s, 9), sqlite3_column_int64(s, 11),
				      pool_copy(w->step, (const char *)sqlite3_column_text(s, 12)) };
	assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
	return n;
}

/* A day stands at nine in the morning and lasts until five. */
static utc end_of(struct world *w, utc due)
{
	struct civil c = zone_civil(w->h->c->owners[0].time.zone, due);

	return c.hour == 9 && c.minute == 0 ? due + 8 * 3600 : due;
}

static const char *section(struct world *w, const struct row *r)
{
	utc now = w->h->now;

	if (text_same(r->state, "candidate"))
		return r->made > now - 2 * WEEK ? "Did you promise this?" : "";
	if (text_same(r->state, "kept"))
		return r->closed > w->last ? "Kept since" : "";
	if (text_same(r->state, "delivered"))
		return "Delivered, not yet closed";
	if (!r->live)
		return "";
	if (end_of(w, r->due) < now)
		return "Overdue";
	if (text_same(r->state, "waiting"))
		return r->with_team ? "Waiting for a team" : "Waiting for them";
	return r->due < now + WEEK ? "Due within a week" : "Later";
}

/* "a/b delivered …, c/d followed up …; T = …" as the owner reads it, counted from the rows; "" where nothing came due. */
static const char *figures(struct world *w, const struct row *r, size_t n)
{
	size_t of = 0, in_time = 0, asked = 0, followed = 0;
	utc now = w->h->now;
	const char *words;
	double t;

	for (size_t i = 0; i < n; i++, r++) {
		utc end = end_of(w, r->day);
		bool is_off = text_same(r->state, "cancelled");

		if (end <= now - 12 * WEEK || text_same(r->state, "candidate") || (is_off && !r->delivered && !r->missed && r->closed <= end) ||
		    (!r->delivered && !r->missed && end >= now))
			continue;
		of++, in_time += r->delivered && r->delivered <= end && !r->missed;
		if (r->delivered && now - r->delivered < WEEK && !(r->followed && text_same(r->state, "kept")))
			continue;
		asked++, followed += r->delivered && r->followed && text_same(r->state, "kept");
	}
	if (!of)
		return "";
	words = pool_print(w->step, "%zu/%zu delivered by the day that was told", in_time, of);
	if (!asked)
		return words;
	t = (double)in_time / (double)of + (double)followed / (double)asked * (double)followed / (double)asked;
	w->seen.known++;
	return pool_print(w->step, "%s, %zu/%zu followed up and closed; T = R + F\xc2\xb2 = %.2f, of 2", words, followed, asked, t);
}

/* What they asked last, and who was invited. */
static void asked_hold(struct world *w, const char *text)
{
	static const char *const last = "SELECT x.text, x.direction = 'theirs' AND x.letter > 0, coalesce(c.merged, c.id) FROM exchange x, contact c "
		"WHERE c.id = x.contact ORDER BY 3, x.at, x.id";
	static const char *const invited = "SELECT c.purpose FROM checkin_attendee a, checkin c WHERE a.checkin = c.id AND a.partstat = 'NEEDS-ACTION' "
		"AND c.stamp + 3 * 86400 <= ?1 AND c.start > ?1 AND c.state = 'invited'";
	const char *one = "";
	sqlite3_stmt *s;
	size_t wanted = 0, are = 0;
	int64_t who = 0;
	bool more;

	assert_int_equal(sqlite3_prepare_v2(w->rows, last, -1, &s, NULL), SQLITE_OK);
	do {
		more = sqlite3_step(s) == SQLITE_ROW;
		if (*one && (!more || sqlite3_column_int64(s, 2) != who)) {
			HOLDS(w, strstr(text, pool_print(w->step, "\n- \xe2\x80\x9c%s\xe2\x80\x9d, ", one)), "\"%s\" is not in it", one);
			wanted++;
		}
		if (more) {
			who = sqlite3_column_int64(s, 2);
			one = sqlite3_column_int(s, 1) ? pool_copy(w->step, (const char *)sqlite3_column_text(s, 0)) : "";
		}
	} while (more);
	assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
	for (const char *at = text; (at = strstr(at, "\n- \xe2\x80\x9c")); at++)
		are++;
	HOLDS(w, are == wanted, "%zu questions stand in it, and %zu nothing followed", are, wanted);
	w->seen.asked += wanted;
	wanted = are = 0;
	assert_int_equal(sqlite3_prepare_v2(w->rows, invited, -1, &s, NULL), SQLITE_OK);
	sqlite3_bind_int64(s, 1, w->h->now);
	for (; sqlite3_step(s) == SQLITE_ROW; wanted++)
		HOLDS(w, strstr(text, pool_print(w->step, "\n- %s, ", (const char *)sqlite3_column_text(s, 0))), "%s is not in it", (const char *)sqlite3_column_text(s, 0));
	assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
	for (const char *at = text; (at = strstr(at, "\n- meeting ")); at++)
		are++;
	HOLDS(w, are == wanted, "%zu invitations stand in it, and %zu have no answer", are, wanted);
	w->seen.invited += wanted;
}

static int up(const void *a, const void *b)
{
	return (*(const utc *)a > *(const utc *)b) - (*(const utc *)a < *(const utc *)b);
}

/* The median lateness in days of all that came due to that person in half a year; 0: one came in time, or they are fewer than three. */
static utc lateness(struct world *w, const struct row *r, size_t n, const char *person)
{
	static utc late[IDS];
	size_t of = 0, came = 0;
	utc days;

	for (size_t i = 0; i < n; i++) {
		utc end = end_of(w, r[i].day);

		if (!text_same(r[i].person, person) || text_same(r[i].state, "cancelled") || text_same(r[i].state, "candidate") || end <= w->h->now - 182 * DAY ||
		    (!r[i].delivered && end >= w->h->now))
			continue;
		if (r[i].delivered && r[i].delivered <= end)
			return 0;
		of++;
		if (r[i].delivered)
			late[came++] = r[i].delivered - end;
	}
	if (of < 3 || !came)
		return 0;
	qsort(late, came, sizeof *late, up);
	days = (late[came / 2] + DAY - 1) / DAY;
	return days > 30 ? 0 : days;
}

/* Three persons at most are suggested another day, the nearest one of each, where it was never moved. */
static void suggested_hold(struct world *w, const struct row *r, size_t n, const char *text)
{
	size_t lines = 0, wanted = 0;
	const char *persons[3];
	utc after = w->h->now;
	int64_t last = 0;

	while (wanted < 3) {
		const struct row *next = NULL;
		bool had = false;
		struct civil c;
		utc days;

		for (size_t i = 0; i < n; i++)
			if ((text_same(r[i].state, "open") || text_same(r[i].state, "waiting")) && r[i].due_set <= r[i].made && r[i].due > w->h->now &&
			    (r[i].due > after || (r[i].due == after && r[i].id > last)) && (!next || r[i].due < next->due))
				next = &r[i];
		if (!next)
			break;
		after = next->due, last = next->id;
		for (size_t i = 0; i < wanted; i++)
			had |= text_same(persons[i], next->person);
		days = lateness(w, r, n, next->person);
		if (had || !days)
			continue;
		persons[wanted++] = next->person;
		c = zone_civil(w->h->c->owners[0].time.zone, worktime_next(&w->h->c->owners[0].time, next->due + days * DAY));
		HOLDS(w, strstr(text, pool_print(w->step, "body=due%%20%lld%%20%04d-%02d-%02d", (long long)next->id, c.year, c.month, c.day)),
		      "#%lld is not suggested another day", (long long)next->id);
	}
	for (const char *at = text; (at = strstr(at, "[Give it that day]")); at++)
		lines++;
	HOLDS(w, lines == wanted, "%zu are suggested another day, not %zu", lines, wanted);
	w->seen.suggested += wanted;
}

/* ---- what the review says ---- */

static void review_holds(struct world *w, const char *subject, char *text)
{
	static const char *where[IDS];
	struct row *rows;
	size_t n = rows_read(w, &rows), kept = 0, overdue = 0, week = 0;
	const char *heading = "", *told = "", *wanted = figures(w, rows, n), *count;
	char *rest = NULL;

	asked_hold(w, text);
	suggested_hold(w, rows, n, text);
	memset(where, 0, sizeof where);
	for (char *line = strtok_r(text, "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest)) {
		long id = 0;

		if (text_starts(line, "## "))
			heading = line + 3;
		if (text_starts(line, "Of the last twelve weeks: "))
			told = line + strlen("Of the last twelve weeks: ");
		if (sscanf(line, "### %ld.", &id) != 1 && !(text_starts(heading, "Kept since") && sscanf(line, "- %ld.", &id) == 1))
			continue;
		HOLDS(w, id > 0 && id < IDS && !where[id], "#%ld stands in it twice, or is none", id);
		where[id] = heading;
	}
	for (size_t i = 0; i < n; i++) {
		const char *part = section(w, &rows[i]), *is = where[rows[i].id];

		HOLDS(w, *part ? is && text_starts(is, part) : !is, "#%lld, %s, stands in \"%s\", not in \"%s\"", (long long)rows[i].id, rows[i].state, is ? is : "", part);
		HOLDS(w, !rows[i].live || is, "#%lld is live and not in it", (long long)rows[i].id);
		kept += text_starts(part, "Kept"), overdue += text_starts(part, "Over"), week += text_starts(part, "Due");
		w->seen.candidates += text_starts(part, "Did"), w->seen.sent += text_starts(part, "Delivered");
	}
	w->seen.kept += kept, w->seen.overdue += overdue;
	HOLDS(w, *wanted ? text_starts(told, wanted) : !*told, "it says \"%s\" and the rows \"%s\"", told, wanted);
	count = overdue && week ? pool_print(w->step, "%zu overdue, %zu due", overdue, week) : overdue ? pool_print(w->step, "%zu overdue", overdue)
		: week ? pool_print(w->step, "%zu due", week) : kept ? pool_print(w->step, "%zu kept", kept) : "what stands open";
	HOLDS(w, text_same(subject, pool_print(w->step, "Your week: %s", count)), "its subject is \"%s\" and the rows say \"%s\"", subject, count);
	w->last = w->h->now;
	w->reviews++;
}

/* Reads the reviews that were just written, before anything else happens. */
static void reads(struct world *w)
{
	struct outgoing *list, o;
	struct letter l;
	size_t n;
	bool found;
	int64_t newest = w->read;

	WELL(outbox_list(w->h->q, w->step, SQL_OUTGOING_LATEST, 50, &list, &n, &e));
	for (size_t i = 0; i < n && list[i].id > w->read; i++) {
		newest = newest > list[i].id ? newest : list[i].id;
		if (list[i].kind != MAIL_REVIEW)
			continue;
		WELL(outbox_get(w->h->q, w->step, list[i].id, &o, &found, &e));
		mime_read(w->step, o.bytes, o.n, &l);
		review_holds(w, l.subject, pool_copy(w->step, l.full));
	}
	w->read = newest;
}

/* ---- what happens ---- */

static void promise(struct world *w)
{
	struct house *h = w->h;
	struct commitment m = { .owner = &h->c->owners[0], .state = roll(w, 8) ? COMMITMENT_OPEN : COMMITMENT_CANDIDATE, .what = "the subgroup data",
				.words = "I will send you the subgroup data.", .subject = "Your question", .policy = "default", .team = roll(w, 6) ? "" : "medinfo",
				.every = "", .due_words = "x", .due_error = "", .note = "", .request = "", .written = true, .noreply = !roll(w, 12) };

	m.message_id = pool_print(w->step, "<%lld@example.org>", (long long)w->made);
	m.due = worktime_next(&m.owner->time, h->now + (utc)(1 + roll(w, 30)) * DAY) + (roll(w, 4) ? 0 : (utc)roll(w, 5 * 3600));
	m.told = roll(w, 3) ? m.due : 0;
	addrs_add(w->step, &m.to, "Carol Rossi", pool_print(w->step, "person%d@example.com", (int)roll(w, PEOPLE)));
	WELL(sql_begin(h->q, &e));
	WELL(execute_add(h->q, w->step, h->c, &m, "by a test", h->now, &e));
	WELL(schedule_these(h->q, w->step, h->c, &m.id, 1, NULL, h->now, &e));
	WELL(sql_commit(h->q, &e));
	w->made = m.id;
}

/* One of the last forty, mostly: nobody answers what is long over. */
static int64_t one(struct world *w)
{
	int64_t back = w->made < 40 || !roll(w, 10) ? w->made : 40;

	return w->made - (int64_t)roll(w, (uint64_t)back);
}

static void command(struct world *w)
{
	static const char *const words[] = { "done %lld", "done %lld", "done %lld", "due %lld 1w", "due %lld 3bd", "snooze %lld 2d", "cancel %lld", "undo %lld",
					     "send %lld", "skip %lld", "wait %lld 1w", "team %lld medinfo", "note %lld she prefers the phone" };
	struct house *h = w->h;
	struct commands list;
	struct execution x = { .owner = &h->c->owners[0], .written = h->now };

	command_parse(w->step, pool_print(w->step, words[roll(w, sizeof words / sizeof *words)], (long long)one(w)), false, &list);
	WELL(sql_begin(h->q, &e));
	WELL(execute(h->q, w->step, h->c, &list, &x, h->now, &e));
	WELL(schedule_these(h->q, w->step, h->c, x.touched, x.touched_count, NULL, h->now, &e));
	WELL(sql_commit(h->q, &e));
}

/* By mail, or they speak. */
static void they_answer(struct world *w)
{
	struct house *h = w->h;
	struct commitment m;
	struct contact c;
	utc answered;
	bool found;

	WELL(sql_begin(h->q, &e));
	WELL(store_commitment(h->q, w->step, h->c, one(w), &m, &answered, &found, &e));
	WELL(store_contact(h->q, w->step, "ada", &m.to.list[0], &c, &found, &e));
	if (found && roll(w, 2)) {
		WELL(store_exchange_add(h->q, &(struct exchange){ .contact = c.id, .at = h->now, .channel = "phone", .direction = CONTACT_DIRECTION_BOTH, .text = "" }, &e));
	} else {
		m.look_at = commitment_is_live(m.state) ? h->now : m.look_at;
		WELL(store_commitment_save(h->q, &m, h->now, &e));
	}
	WELL(sql_commit(h->q, &e));
}

/* A few write often. */
/* They are told another day, in time or not: a mail that says so has left. */
static void tells(struct world *w)
{
	struct house *h = w->h;
	struct commitment m;
	utc answered;
	bool found;

	WELL(sql_begin(h->q, &e));
	WELL(store_commitment(h->q, w->step, h->c, one(w), &m, &answered, &found, &e));
	if (m.state == COMMITMENT_OPEN) {
		m.due = worktime_next(&m.owner->time, h->now + (utc)(1 + roll(w, 10)) * DAY);
		commitment_tell(&m, m.due, h->now);
		WELL(store_commitment_save(h->q, &m, answered, &e));
	}
	WELL(sql_commit(h->q, &e));
}

static struct addr person(struct world *w)
{
	return (struct addr){ "", pool_print(w->step, "person%d@example.com", (int)roll(w, PEOPLE / 3)) };
}

/* They write about something else, and mostly ask; or the owner writes to them; or two of them turn out to be one. */
static void they_write(struct world *w)
{
	struct house *h = w->h;
	struct addr who = person(w), other = person(w);
	struct place at = { .kind = PLACE_INBOX, .mailbox = &h->c->mailboxes[0], .folder = "INBOX", .owner = &h->c->owners[0], .uidvalidity = 2,
			    .uid = (uint32_t)++h->places, .arrived = h->now };
	struct contact c, into;
	struct letter l;
	const char *bytes;
	bool found, both;

	WELL(store_contact(h->q, w->step, "ada", &who, &c, &found, &e));
	WELL(store_contact(h->q, w->step, "ada", &other, &into, &both, &e));
	WELL(sql_begin(h->q, &e));
	if (found && both && c.id != into.id && !roll(w, 12)) {
		WELL(people_merge(h->q, w->step, &into, &c, h->now, &e));
	} else if (found && !roll(w, 3)) {
		WELL(store_exchange_add(h->q, &(struct exchange){ .contact = c.id, .at = h->now, .channel = "mail", .direction = CONTACT_DIRECTION_OURS, .text = "" }, &e));
	} else {
		bytes = pool_print(w->step, "From: %s\r\nTo: ada@example.org\r\nSubject: Another matter\r\nDate: %s\r\nMessage-ID: <w%d@example.com>\r\n\r\n%s%d%s\r\n",
				   who.address, utc_header(w->step, h->c->owners[0].time.zone, h->now), h->places, roll(w, 4) ? "Which dose did patient " : "The dose of patient ",
				   h->places, roll(w, 4) ? " get in the second arm?" : " is known now.");
		mime_read(w->step, bytes, strlen(bytes), &l);
		WELL(intake(h->q, w->step, h->c, &l, &at, h->now, NULL, &e));
	}
	WELL(sql_commit(h->q, &e));
}

/* Somebody was invited, or what came of it. */
static void meets(struct world *w)
{
	static const enum partstat is[] = { PARTSTAT_NEEDS_ACTION, PARTSTAT_NEEDS_ACTION, PARTSTAT_ACCEPTED, PARTSTAT_DECLINED };
	struct house *h = w->h;
	struct addr who = person(w);
	struct checkin_attendee a = { .name = "", .address = who.address, .partstat = is[roll(w, 4)], .comment = "", .delegated_to = "" };
	struct checkin x = { .owner = "ada", .sequence = 0, .stamp = h->now, .state = roll(w, 6) ? CHECKIN_INVITED : CHECKIN_PROPOSED, .minutes = 30,
			     .zone = "Europe/Berlin", .rrule = "", .agenda = "", .link = "", .place = "", .made = h->now, .entry = -1, .attendees = &a,
			     .attendee_count = 1 };

	x.uid = pool_print(w->step, "m%d@example.org", ++h->places), x.purpose = pool_print(w->step, "meeting %d", h->places);
	x.start = h->now + (utc)(1 + roll(w, 20)) * DAY;
	WELL(sql_begin(h->q, &e));
	WELL(store_checkin_save(h->q, &x, &e));
	WELL(sql_commit(h->q, &e));
}

static int submit(void *arg, struct pool *p, const struct outgoing *o, const char **why)
{
	(void)arg, (void)p, (void)o, (void)why;
	return NET_SENT;
}

static void idle(void *arg)
{
	(void)arg;
}

static utc earliest(utc a, utc b)
{
	return !a || (b && b < a) ? b : a;
}

static void year(struct world *w)
{
	static const char *prepared[] = { "receipt", "delay", "aftercare" };
	static struct team team = { .key = "medinfo", .name = "Medical Information", .address = "medinfo@example.org" };
	struct carrier carrier = { .submit = submit, .idle = idle, .arg = w };
	void *house;
	utc begin, event = 0;

	assert_int_equal(make(&house), 0);
	w->h = house, w->step = pool_new();
	w->h->c->teams = &team, w->h->c->team_count = 1;
	w->h->c->owners[0].review = 1 + MONDAY;
	w->h->c->policies[0].prepare = (struct strings){ prepared, 3 };
	if (roll(w, 2))
		w->h->c->policies[0].automatic = (struct strings){ prepared + 1, 2 };
	w->h->c->submission_count = 2;
	w->h->c->submissions = pool_list(w->h->p, 2, sizeof *w->h->c->submissions);
	w->h->c->submissions[0] = (struct submission){ .key = "main", .from = "kept@example.org" };
	w->h->c->submissions[1] = (struct submission){ .key = "ada", .from = "ada@example.org", .owner = &w->h->c->owners[0] };
	begin = w->last = w->h->now = rows_at(w->h->c, "2026-01-06T08:00");
	assert_int_equal(sqlite3_open_v2(pool_print(w->h->p, "%s/kept.db", w->h->folder), &w->rows, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	while (w->h->now < begin + REVIEWS * WEEK) {
		utc next = 0, sends = 0;
		const char *fault;

		if (w->h->now >= event) {
			if (!w->made || !roll(w, 3))
				promise(w);
			else if (!roll(w, 4))
				roll(w, 4) ? they_write(w) : meets(w);
			else if (!roll(w, 6))
				tells(w);
			else if (roll(w, 3))
				command(w);
			else
				they_answer(w);
			event = w->h->now + 3600 + (utc)roll(w, 24 * 3600);
		}
		WELL(schedule(w->h->q, w->h->c, w->h->now, &next, &e));
		reads(w);
		WELL(courier(w->h->q, w->step, w->h->c, &carrier, w->h->now, &sends, &fault, &e));
		next = earliest(earliest(next, sends), event);
		w->h->now = next > w->h->now ? next : w->h->now + 1;
		pool_end(&w->step);
		w->step = pool_new();
	}
	HOLDS(w, w->reviews == REVIEWS, "%zu reviews in a year", w->reviews);
	sqlite3_close(w->rows);
	pool_end(&w->step);
	assert_int_equal(drop(&house), 0);
}

static void years_hold(void **state)
{
	const char *seconds = getenv("KEPT_TEST_SECONDS"), *seed = getenv("KEPT_TEST_SEED");
	struct timespec begin, now;
	uint64_t first = seed ? strtoull(seed, NULL, 10) : 1, s = first;
	struct world w;

	(void)state;
	log_most(LOG_LINE_ERROR);
	clock_gettime(CLOCK_MONOTONIC, &begin);
	do {
		w = (struct world){ .seed = s, .chance = s * 2654435761u + 88172645463325252u };
		year(&w);
		printf("seed %llu: %lld promises, %zu reviews; %zu times one kept, %zu overdue, %zu delivered, %zu asked about, %zu times a figure, %zu questions, %zu invitations, %zu suggestions\n", (unsigned long long)s,
		       (long long)w.made, w.reviews, w.seen.kept, w.seen.overdue, w.seen.sent, w.seen.candidates, w.seen.known, w.seen.asked, w.seen.invited, w.seen.suggested);
		assert_true(w.seen.kept && w.seen.overdue && w.seen.sent && w.seen.candidates && w.seen.known && w.seen.asked && w.seen.invited);
		s++;
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec - begin.tv_sec < (seconds ? atoi(seconds) : 10));
}

int main(void)
{
	const struct CMUnitTest t[] = { cmocka_unit_test(years_hold) };

	return cmocka_run_group_tests_name("review_year", t, NULL, NULL);
}
