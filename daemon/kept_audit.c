/* kept audit: the record, and all that can be held against it */
#include "daemon/kept_audit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "borders/secret.h"
#include "borders/store.h"
#include "daemon/kept_progress.h"
#include "letters/mime.h"

enum { TRIES = 3, FAULTS_MOST = 1000 /* named; all are counted */, HEAD_LEAST = 16 };

/* ---- one mail, one promise, one row ---- */

void audit_note(struct pool *p, struct audit_mail **list, size_t *n, const struct recorded *r)
{
	const struct event *v = &r->event;
	struct audit_mail *m;

	if (v->outgoing && strcmp(v->word, "queued") == 0 && (!*n || (*list)[*n - 1].outgoing < v->outgoing)) {
		m = pool_more(p, list, *n, sizeof **list);
		++*n;
		*m = (struct audit_mail){ .outgoing = v->outgoing, .row = r->row, .queued = r->at, .left = "", .erased = r->erased };
		record_unsealed(p, v->detail, &m->digest);
	} else if (v->outgoing && strcmp(v->word, "sent") == 0 && (m = audit_find(*list, *n, v->outgoing)) &&
		   !m->sent) {
		m->sent = r->at;
		record_unsealed(p, v->detail, &m->left);
	}
}

static int by_number(const void *key, const void *of)
{
	int64_t a = *(const int64_t *)key, b = ((const struct audit_mail *)of)->outgoing;

	return (a > b) - (a < b);
}

struct audit_mail *audit_find(struct audit_mail *list, size_t n, int64_t outgoing)
{
	return n ? bsearch(&outgoing, list, n, sizeof *list, by_number) : NULL;
}

/* Its own header, which its digest proves. */
static const char *addressed(struct pool *p, const struct outgoing *o)
{
	const char *end = memmem(o->bytes, o->n, "\r\n\r\n", 4); /* its parts are not asked */
	struct letter l;
	bool all = true;

	mime_read(p, o->bytes, end ? (size_t)(end - o->bytes) + 4 : o->n, &l);
	for (size_t i = 0; i < l.to.n; i++)
		all &= addr_among(o->recipient, l.to.list[i].address);
	if (all && (!l.to.n || l.to.n == addrs_split(p, o->recipient).n))
		return NULL;
	return pool_print(p, "the outbox says that it went to %s, its own header that it went to %s", o->recipient,
			  l.to.list[0].address);
}

const char *audit_fault(struct pool *p, const struct audit_mail *is, const struct outgoing *o)
{
	const char *digest;
	bool by_hand =
		o && strcmp(o->word, WORD_DRAFT) == 0; /* it left when its owner sent it, and kept heard of it later */

	if (!is)
		return "no event of the record says that it was made";
	if (!o)
		return pool_print(p, "event %lld says that it was made, and it is gone", (long long)is->row);
	if (is->erased)
		return o->n ? "the record says that it was erased, and it has bytes" : NULL;
	digest = record_digest(p, o->bytes, o->n);
	if (*is->digest && strcmp(digest, is->digest) != 0)
		return pool_print(
			p, "its bytes are not those that were frozen: event %lld has the SHA-256 %s, they have %s",
			(long long)is->row, is->digest, digest);
	if (*is->left && strcmp(is->left, is->digest) != 0)
		return pool_print(p, "what left was not what was frozen: the bytes that were sent had the SHA-256 %s", is->left);
	if ((o->state == OUTBOX_SENT) != (is->sent != 0))
		return pool_print(p, "the outbox says that it is %s, the record that it %s",
				  outbox_state_name(o->state), is->sent ? "was sent" : "was not sent");
	if (is->sent && !by_hand && is->sent != o->sent)
		return "the outbox and the record name different times at which it was sent";
	return addressed(p, o);
}

const char *audit_promise(struct pool *p, const char *detail, const struct commitment *m)
{
	const char *digest;

	record_unsealed(p, detail, &digest);
	return !*digest || strcmp(digest, store_seal(p, m)) == 0
		       ? NULL
		       : "what was asked, or the sentence it was promised in, is not as it was noted";
}

const char *audit_row(struct pool *p, const struct recorded *r)
{
	if (r->fits)
		return NULL;
	if (r->gone)
		return pool_print(p, "%lld event%s before it %s gone", (long long)r->gone, r->gone == 1 ? "" : "s",
				  r->gone == 1 ? "is" : "are");
	return "it is not as it was written, or was written under another key";
}

const char *audit_head(struct pool *p, const struct record_state *s)
{
	return *s->head ? pool_print(p, "%lld:%s", (long long)s->newest, s->head) : "";
}

void audit_begin(struct sql *q)
{
	struct err e = { 0 };
	int64_t newest = 0;

	if (sql_query(q, SQL_EVENT_LAST_MAC, &e, 0, NULL) && sql_row(q, SQL_EVENT_LAST_MAC))
		newest = sql_int(q, SQL_EVENT_LAST_MAC, 1);
	sql_end(q, SQL_EVENT_LAST_MAC, &e);
	work_begin("events", (uint64_t)newest);
}

bool audit_grown(struct ledger *l, const struct record_state *s, bool *grown, struct err *e)
{
	const void *mac = "";
	size_t n = 0;

	if (!sql_query(l->q, SQL_EVENT_LAST_MAC, e, 0, NULL))
		return false;
	if (sql_row(l->q, SQL_EVENT_LAST_MAC))
		mac = sql_blob(l->q, SQL_EVENT_LAST_MAC, 0, l->p, &n);
	*grown = strcmp(secret_hex(l->p, mac, n), s->head) != 0;
	return sql_end(l->q, SQL_EVENT_LAST_MAC, e);
}

/* ---- all of it ---- */

static const char audit_help[] =
	"kept audit - is all as the record says?\n\n"
	"  kept audit [verify] [--head ROW:MAC] [--json]\n\n"
	"  kept audit                         the record, each mail, and what each promise was asked and made in\n"
	"  kept audit --head 812:9f3c0a...    that event 812 is the one whose head was written down then\n\n"
	"Each event holds a keyed hash over itself and the one before; that of a mail holds the SHA-256 of its bytes. "
	"Exit 1 where\n"
	"anything is not as it was written: each such thing is named. The head, kept elsewhere, shows later that "
	"nothing was taken\n"
	"off the end. `kept proof N` has all about one promise.\n"
	"--json: {\"verified\", \"events\", \"mails\", \"promises\", \"undigested\", \"head\", \"faults\": [{\"of\", "
	"\"number\", \"what\"}...]}\n";

struct fault {
	const char *of; /* "event", "mail", "promise" */
	int64_t number;
	const char *about, *what;
};

struct audit {
	struct ledger *l;
	struct audit_mail *mails;
	struct fault *faults;
	size_t mail_count, fault_count, promises, undigested;
	const char *head; /* the mac that row `at` should have; NULL */
	int64_t at;
	bool met;
};

static void add(struct audit *a, const char *of, int64_t number, const char *about, const char *what)
{
	if (a->fault_count < FAULTS_MOST)
		*(struct fault *)pool_more(a->l->p, &a->faults, a->fault_count, sizeof *a->faults) =
			(struct fault){ of, number, pool_copy(a->l->p, about), pool_copy(a->l->p, what) };
	a->fault_count++;
}

static bool promise(struct audit *a, struct pool *p, const struct recorded *r, struct err *e)
{
	struct commitment m;
	const char *what;
	utc answered;
	bool found;

	if (!store_commitment(a->l->q, p, a->l->conf, r->event.commitment, &m, &answered, &found, e))
		return false;
	a->promises++;
	if (!found && !conf_owner(a->l->conf, r->event.owner))
		return true; /* its owner is not in the configuration now */
	what = found ? audit_promise(p, r->event.detail, &m) : "the record says that it was made, and it is gone";
	if (what)
		add(a, "promise", r->event.commitment, "", what);
	return true;
}

static bool see(void *arg, const struct recorded *r, struct err *e)
{
	struct audit *a = arg;
	struct pool *p = pool_new();
	const struct owner *o = conf_owner(a->l->conf, r->event.owner);
	const char *what = audit_row(p, r),
		   *of = r->event.commitment ? pool_print(p, ", of promise %lld", (long long)r->event.commitment) : "";
	bool well = true;

	if (what)
		add(a, "event", r->row,
		    pool_print(p, " (%s, %s%s)", utc_print(p, o ? o->time.zone : zone_fixed(p, 0), r->at),
			       r->event.word, of),
		    what);
	if (a->head && r->row == a->at)
		a->met = strncmp(r->mac, a->head, strlen(a->head)) == 0;
	work_at((uint64_t)r->row);
	audit_note(a->l->p, &a->mails, &a->mail_count, r);
	if (strcmp(r->event.word, "made") == 0 && r->event.commitment)
		well = promise(a, p, r, e);
	pool_end(&p);
	return well;
}

static bool each_mail(struct audit *a, struct err *e)
{
	work_begin("mails", a->mail_count);
	for (size_t i = 0; i < a->mail_count; i++) {
		struct pool *p = pool_new();
		struct outgoing o;
		bool found, well = outbox_get(a->l->q, p, a->mails[i].outgoing, &o, &found, e);
		const char *what = well ? audit_fault(p, &a->mails[i], found ? &o : NULL) : NULL;

		a->undigested += !*a->mails[i].digest && !a->mails[i].erased;
		if (what)
			add(a, "mail", a->mails[i].outgoing,
			    well && found ? pool_print(p, " (%s to %s)", mail_kind_name(o.kind), o.recipient) : "",
			    what);
		pool_end(&p);
		if (!well)
			return false;
		work_at(i + 1);
	}
	return true;
}

/* Mail that no event made. */
static bool each_unknown(struct audit *a, struct err *e)
{
	int64_t after = 0, *ids;
	size_t n;

	do {
		if (!store_ids(a->l->q, a->l->p, SQL_OUTGOING_AFTER, SQL_VALUES(sql_i(after)), &ids, &n, e))
			return false;
		for (size_t i = 0; i < n; i++)
			if (!audit_find(a->mails, a->mail_count, ids[i]))
				add(a, "mail", ids[i], "", audit_fault(a->l->p, NULL, NULL));
		after = n ? ids[n - 1] : after;
	} while (n);
	return true;
}

static bool audit(struct audit *a, struct record_state *s, struct err *e)
{
	bool grown = true;

	for (int i = 0; i < TRIES && grown; i++) {
		a->mail_count = a->fault_count = a->promises = a->undigested = 0;
		a->mails = NULL, a->faults = NULL;
		audit_begin(a->l->q);
		if (!record_verify(a->l->q, a->l->p, see, a, s, e) || !each_mail(a, e) || !each_unknown(a, e) ||
		    !audit_grown(a->l, s, &grown, e))
			return false;
		grown = grown && a->fault_count;
	}
	if (a->head && !a->met)
		add(a, "event", a->at, "",
		    "it is not the one whose head was written down: events were taken off the end, or written anew");
	return true;
}

static void print_json(const struct audit *a, const struct record_state *s)
{
	json_t *faults = json_array();

	for (size_t i = 0; i < a->fault_count && i < FAULTS_MOST; i++)
		json_array_append_new(faults, json_pack("{ss sI ss}", "of", a->faults[i].of, "number",
							(json_int_t)a->faults[i].number, "what", a->faults[i].what));
	ledger_print(json_pack("{sb sI sI sI sI ss so}", "verified", a->fault_count == 0, "events", (json_int_t)s->rows,
			       "mails", (json_int_t)a->mail_count, "promises", (json_int_t)a->promises, "undigested",
			       (json_int_t)a->undigested, "head", audit_head(a->l->p, s), "faults", faults));
}

static void print(const struct audit *a, const struct record_state *s)
{
	for (size_t i = 0; i < a->fault_count && i < FAULTS_MOST; i++)
		printf("%s %lld%s: %s\n", a->faults[i].of, (long long)a->faults[i].number,
		       line_from(a->l->p, a->faults[i].about, SUBJECT_MOST).s,
		       line_from(a->l->p, a->faults[i].what, SUBJECT_MOST).s);
	if (a->fault_count > FAULTS_MOST)
		printf("and %zu more\n", a->fault_count - FAULTS_MOST);
	printf("%s%lld events, %zu mails, %zu promises: %s\n", a->fault_count ? "\n" : "", (long long)s->rows,
	       a->mail_count, a->promises, a->fault_count ? "NOT as they were written" : "each as it was written");
	if (a->undigested)
		printf("%zu of the mails were made before their digest stood in the record: their bytes cannot be "
		       "proven\n",
		       a->undigested);
	if (*s->head)
		printf("head %s\n", audit_head(a->l->p, s));
}

int kept_audit(struct call *c)
{
	static const char *const valued[] = { "--head", NULL };
	struct ledger l;
	struct audit a = { .l = &l };
	struct record_state s;
	struct err e = { 0 };
	const char *head, *colon;
	bool help, well;
	int rc = ledger_read(c, &l, audit_help, valued, NULL, &help);

	if (help || rc != DONE_WELL || (rc = ledger_words(&l, c, 1)) != DONE_WELL)
		return rc;
	if (l.count && strcmp(l.words[0], "verify") != 0)
		return kept_say(WRONG_USE,
				"audit '%s'? There is `kept audit`, or `kept audit verify`, which is the same",
				l.words[0]);
	head = ledger_option(&l, "--head");
	colon = head ? strchr(head, ':') : NULL;
	if (head && (!colon || !ledger_number(pool_slice(l.p, head, (size_t)(colon - head)), &a.at) ||
		     strlen(colon + 1) < HEAD_LEAST))
		return kept_say(
			WRONG_USE,
			"--head '%s' is none; as `kept audit` prints it: 812:9f3c0a… (at least %d letters of it)", head,
			HEAD_LEAST);
	a.head = colon ? colon + 1 : NULL;
	if ((rc = ledger_open(c, &l, false)) != DONE_WELL)
		return rc;
	well = audit(&a, &s, &e);
	work_end();
	if (!well)
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json)
		print_json(&a, &s);
	else
		print(&a, &s);
	return ledger_close(&l, a.fault_count ? FAILED : DONE_WELL);
}
