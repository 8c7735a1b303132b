#include "work/calendars.h"

#include <stdio.h>
#include <string.h>

#include "borders/material.h"
#include "borders/caldav.h"
#include "borders/oauth.h"
#include "ground/log.h"
#include "letters/phrase.h"
#include "work/schedule.h"

enum {
	BEFORE = 86400,
	AHEAD = 70 * 86400,
	AHEAD_LEAST = 42 * 86400,
	AGAIN = 600,
	TELL_AFTER = 3600,
	FINDINGS_MOST = 2000
};

/* Who is not outside, as ical_busy() is told it. */
static const char *addresses_of(struct pool *p, const struct owner *o)
{
	struct text *t = text_new(p, 4000);

	for (size_t i = 0; i < o->addresses.n; i++)
		text_print(t, "%s\n", o->addresses.list[i]);
	for (size_t i = 0; i < o->domains.n; i++)
		text_print(t, "@%s\n", o->domains.list[i]);
	for (size_t i = 0; i < o->addresses.n; i++)
		if (!domain_is_public(addr_domain(o->addresses.list[i])))
			text_print(t, "@%s\n", addr_domain(o->addresses.list[i]));
	return t->s;
}

/* What was left out of it, a line each. */
static const char *findings_of(struct pool *p, const struct busy *b)
{
	struct text *t = text_new(p, FINDINGS_MOST);

	for (size_t i = 0; i < b->finding_count; i++)
		text_print(t, "%s%s: %s", i ? "\n" : "", *b->findings[i].what ? b->findings[i].what : "(no title)",
			   b->findings[i].why);
	if (b->left_out > b->finding_count)
		text_print(t, "\nand %zu more", b->left_out - b->finding_count);
	return t->s;
}

static const char *markdown_list(struct pool *p, const char *lines)
{
	struct text *t = text_new(p, 2 * FINDINGS_MOST);

	for (const char *s = lines; *s; s += strcspn(s, "\n"), s += *s == '\n') {
		text_add(t, "- ");
		for (const char *c = s; *c && *c != '\n'; c++) {
			if (strchr("\\`*_{}[]<>()#+-.!|&", *c))
				text_char(t, '\\');
			text_char(t, *c);
		}
		text_char(t, '\n');
	}
	return t->s;
}

bool calendars_failed(struct sql *q, struct pool *p, const struct conf *c, const struct calendar_conf *l,
		      struct calendar_row *row, const struct err *why, utc now, struct err *e)
{
	if (!row->failed || row->failed > now)
		row->failed = now, row->told = 0;
	row->why = pool_copy(p, why->text);
	if (!row->told && (why->kind == ERR_PERM || now - row->failed >= TELL_AFTER)) {
		row->told = now;
		if (!schedule_notice(q, p, c, l->owner, pool_print(p, phrase_of(l->owner->language, "Your calendar %s cannot be reached"), l->key),
				     pool_print(p,
						phrase_of(l->owner->language, "kept cannot reach your calendar `%s`:\n\n> %s\n\nWhat was known of it "
									      "stands until then. kept tries again, and says "
									      "no more of it; `kept status` does.\n"),
						l->key, line_from(p, why->text, 600).s),
				     now, e))
			return false;
	}
	return store_calendar_set(q, row, e);
}

/* ---- reading ---- */

static bool is_calendar(const struct http_answer *a)
{
	return a->status == 200 && memmem(a->bytes, a->n < 4096 ? a->n : 4096, "BEGIN:VCALENDAR", 15);
}

/* From its file or address. `etag`: what it is of; `same`: it is what was read last. */
static bool fetch(struct pool *p, const struct calendar_conf *l, struct reader *r, const struct calendar_row *row,
		  bool whole, const char **bytes, size_t *n, const char **etag, bool *same, struct err *e)
{
	struct http_request ask = { .method = "GET",
				    .url = l->url,
				    .if_none_match = whole || !*row->etag ? NULL : row->etag };
	struct http_answer a;
	struct caldav d = { .reader = r, .conf = l };
	struct err not_so = { 0 };
	bool well;

	*same = false;
	if (l->path) {
		char *file;

		if (!material_read(p, l->path, &file, n, etag, e))
			return false;
		*bytes = file;
		*same = !whole && strcmp(*etag, row->etag) == 0;
		return true;
	}
	if (!caldav_open(l, &d.http, e))
		return false;
	well = http_ask(d.http, p, &ask, &a, e);
	*same = well && a.status == 304;
	*bytes = a.bytes;
	*n = a.n;
	*etag = *same ? row->etag : a.etag;
	if (well && !*same && !is_calendar(&a) && a.status != 401 && a.status / 100 != 5 &&
	    caldav_events(&d, p, bytes, n, &not_so)) {
		*etag = ""; /* a collection: its objects, asked for by name */
		http_close(&d.http);
		return true;
	}
	http_close(&d.http);
	if (!well || *same || is_calendar(&a))
		return well;
	if (a.status == 401 || a.status == 403)
		return err_perm(e, "%s: the login was refused (%d)", http_host(p, l->url), a.status);
	if (a.status == 404 || a.status == 410)
		return err_perm(e, "%s: there is no such calendar (%d)", http_host(p, l->url), a.status);
	if (a.status == 200)
		return err_perm(e, "%s: what is there is no calendar", http_host(p, l->url));
	return err_temp(e, "%s: the server says %d", http_host(p, l->url), a.status);
}

/* Where a sweep is wanted, another one: what was read without is too little. */
static const char *address_digest(struct pool *p, const struct calendar_conf *l)
{
	const char *s = pool_print(p, "%s%s", l->path ? l->path : l->url, l->owner->sweep ? "\nsweep" : "");

	return material_digest(p, s, strlen(s));
}

static bool keep(struct sql *q, struct pool *p, const struct conf *c, const struct calendar_conf *l,
		 struct calendar_row *row, const struct busy *b, utc now, struct err *e)
{
	const char *findings = b ? findings_of(p, b) : row->findings;
	bool tell = *findings && strcmp(findings, row->findings) != 0;

	if (row->failed)
		log_line(LOG_LINE_INFO, "calendar", "%s is read again", l->key);
	row->failed = row->told = 0;
	row->why = "";
	row->read_at = now;
	row->findings = findings;
	if (!sql_begin(q, e))
		return false;
	if ((b && !store_busy_set(q, l->key, b, e)) ||
	    (b && !store_meetings_set(q, l->key, b->meetings, l->owner->sweep ? b->meeting_count : 0, e)) ||
	    !store_calendar_set(q, row, e) ||
	    (tell &&
	     !schedule_notice(q, p, c, l->owner, pool_print(p, phrase_of(l->owner->language, "Some of your calendar %s cannot be read"), l->key),
			      pool_print(p,
					 phrase_of(l->owner->language, "kept cannot read these, so their times count as free where it proposes times "
								       "for a meeting:\n\n%s"),
					 markdown_list(p, findings)),
			      now, e))) {
		sql_rollback(q);
		return false;
	}
	return sql_commit(q, e);
}

static bool note_failure(struct sql *q, struct pool *p, const struct conf *c, const struct calendar_conf *l,
			 struct calendar_row *row, const struct err *why, utc now, struct err *e)
{
	if (strcmp(why->code, OAUTH_ENDED) == 0)
		return true; /* schedule_login tells it */
	if (!row->failed)
		log_line(LOG_LINE_WARN, "calendar", "%s: %s", l->key, why->text);
	if (!sql_begin(q, e))
		return false;
	if (!calendars_failed(q, p, c, l, row, why, now, e)) {
		sql_rollback(q);
		return false;
	}
	return sql_commit(q, e);
}

/* When it is to be read again: an hour after it was, or ten minutes after each failure, an hour where it is not to
 * change by itself. */
static utc again(const struct calendar_row *row, utc now)
{
	utc at = row->failed ? now + AGAIN : row->read_at + CALENDAR_SECONDS;

	return at > now ? at : now;
}

bool calendars_read(struct sql *q, struct pool *p, const struct conf *c, const struct calendar_conf *l,
		    struct reader *r, utc now, utc *next, struct err *e)
{
	struct calendar_row row;
	struct busy busy;
	struct err why = { 0 };
	const char *address = address_digest(p, l), *bytes, *etag;
	bool same, whole;
	size_t n;

	if (!store_calendar(q, p, l->key, &row, e))
		return false;
	whole = strcmp(address, row.address) != 0 || row.until < now + AHEAD_LEAST;
	if (!whole && !row.failed && row.read_at <= now && now < row.read_at + CALENDAR_SECONDS) {
		*next = again(&row, now);
		return true;
	}
	row.address = address;
	if (!fetch(p, l, r, &row, whole, &bytes, &n, &etag, &same, &why)) {
		*next = now + AGAIN;
		return note_failure(q, p, c, l, &row, &why, now, e);
	}
	*next = now + CALENDAR_SECONDS;
	if (same)
		return keep(q, p, c, l, &row, NULL, now, e);
	if (!reader_busy(r, p, bytes, n, now - BEFORE, now + AHEAD, addresses_of(p, l->owner), &busy, e))
		return false;
	if (*busy.broken) {
		err_perm(&why, "what is there cannot be read as a calendar: %s", busy.broken);
		return note_failure(q, p, c, l, &row, &why, now, e);
	}
	busy_settle(&busy, l->owner->time.zone);
	row.etag = etag;
	row.until = now + AHEAD;
	return keep(q, p, c, l, &row, &busy, now, e);
}

bool calendars_try(struct pool *p, const struct calendar_conf *l, struct reader *r, utc now, const char **said,
		   struct err *e)
{
	struct calendar_row none = { .etag = "" };
	struct caldav d = { .reader = r, .conf = l };
	const char *bytes, *etag;
	struct busy busy;
	size_t n;
	bool same, well;

	if (l->kind == CALENDAR_CALDAV) {
		well = caldav_open(l, &d.http, e) && caldav_find(&d, p, e);
		http_close(&d.http);
		*said = "the collection is there";
		return well;
	}
	if (!fetch(p, l, r, &none, true, &bytes, &n, &etag, &same, e) ||
	    !reader_busy(r, p, bytes, n, now - BEFORE, now + AHEAD, addresses_of(p, l->owner), &busy, e))
		return false;
	if (*busy.broken)
		return err_perm(e, "what is there cannot be read as a calendar: %s", busy.broken);
	busy_settle(&busy, l->owner->time.zone);
	*said = pool_print(p, "%zu events, busy %zu times in ten weeks%s", busy.events, busy.n,
			   busy.left_out ? pool_print(p, "; %zu cannot be read, as %s: %s", busy.left_out,
						      busy.findings[0].what, busy.findings[0].why)
					 : "");
	return true;
}

/* ---- asking ---- */

bool calendars_free(struct sql *q, struct pool *p, const struct conf *c, const struct owner *o,
		    const struct contact *them, int minutes, utc now, utc till, utc out[FREETIMES], size_t *n,
		    struct err *e)
{
	struct worktime theirs = contact_worktime(p, &o->time, them);
	struct freetime f = { .own = &o->time, .theirs = &theirs, .now = now, .till = till, .minutes = minutes };
	struct busy busy;

	if (!schedule_busy(q, p, c, o, now, till + 86400, &busy, e))
		return false;
	if (them->absent > now) { /* not before they are back */
		*(struct busy_time *)pool_more(p, &busy.times, busy.n++, sizeof *busy.times) =
			(struct busy_time){ .start = now, .end = them->absent };
		busy_settle(&busy, o->time.zone);
	}
	f.busy = &busy;
	*n = freetime_find(&f, out);
	return true;
}
