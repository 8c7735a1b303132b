/* mailbox_fetch - the walk: batches of messages, two commands in flight
 *
 * The library has no pipelining: commands are written ahead on its stream and the answers parsed in their order. So while one
 * batch is worked on, the next is on its way. A server may work on both at once and say what it has of the second before the
 * end of the first (RFC 3501 5.5; Dovecot does): so what comes is put to its batch by its UID, and the end of a command
 * only says that nothing of it is to come. A batch's letters are handed over in the order of their UIDs, and all of one batch
 * before any of the next.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "borders/mailbox_inner.h"

enum {
	BATCH = 100,
	IN_FLIGHT = 2,
	HEADER_MOST = 256 << 10,  /* bytes of a header that are fetched: what is read of it, too (mime.h) */
	FIRST_MOST = 128 << 10,   /* bytes of each body in the first go; what is longer is fetched by itself */
	GROUP_MOST = 8 << 20,     /* bytes of bodies in one command */
	LIKELY = 16 << 10,        /* bytes of a header, or of a body in the first go */
	SLACK = 1 << 20,
	LEAST_RATE = 16,          /* bytes a millisecond: a slower line gets no more time */
};

/* ---- one FETCH answer ---- */

static const char *flag_name(struct pool *p, const struct mailimap_flag *f)
{
	switch (f->fl_type) {
	case MAILIMAP_FLAG_ANSWERED: return "\\Answered";
	case MAILIMAP_FLAG_FLAGGED:  return "\\Flagged";
	case MAILIMAP_FLAG_DELETED:  return "\\Deleted";
	case MAILIMAP_FLAG_SEEN:     return "\\Seen";
	case MAILIMAP_FLAG_DRAFT:    return "\\Draft";
	case MAILIMAP_FLAG_KEYWORD:
		return f->fl_data.fl_keyword ? line_from(p, f->fl_data.fl_keyword, NAME_MOST).s : NULL;
	case MAILIMAP_FLAG_EXTENSION:
		return f->fl_data.fl_extension ? line_print(p, NAME_MOST, "\\%s", f->fl_data.fl_extension).s : NULL;
	default:
		return NULL;
	}
}

static void add_flag(struct pool *p, struct strings *s, const char *flag)
{
	enum { FLAGS_MOST = 200 };

	if (!flag || s->n >= FLAGS_MOST)
		return;
	*(const char **)pool_more(p, &s->list, s->n, sizeof *s->list) = flag;
	s->n++;
}

/* RFC 3501 date-time; libetpan checks nothing, and gives the zone as ±hhmm. */
static utc instant(const struct mailimap_date_time *t)
{
	int zone = t ? t->dt_zone : 0;
	struct tm tm = { 0 };

	if (!t || t->dt_year < 1970 || t->dt_year > 9999 || t->dt_month < 1 || t->dt_month > 12 || t->dt_day < 1 || t->dt_day > 31 ||
	    t->dt_hour < 0 || t->dt_hour > 23 || t->dt_min < 0 || t->dt_min > 59 || t->dt_sec < 0 || t->dt_sec > 60 ||
	    abs(zone) > 1500 || abs(zone) % 100 > 59)
		return 0;
	tm.tm_year = t->dt_year - 1900;
	tm.tm_mon = t->dt_month - 1;
	tm.tm_mday = t->dt_day;
	tm.tm_hour = t->dt_hour;
	tm.tm_min = t->dt_min;
	tm.tm_sec = t->dt_sec;
	return timegm(&tm) - (zone / 100 * 60 + zone % 100) * 60;
}

static void read_static(const struct mailimap_msg_att_static *s, struct fetched *f)
{
	switch (s->att_type) {
	case MAILIMAP_MSG_ATT_UID:
		f->d.uid = s->att_data.att_uid;
		break;
	case MAILIMAP_MSG_ATT_RFC822_SIZE:
		f->has_size = true;
		f->d.size = s->att_data.att_rfc822_size;
		break;
	case MAILIMAP_MSG_ATT_INTERNALDATE:
		f->d.arrived = instant(s->att_data.att_internal_date);
		break;
	case MAILIMAP_MSG_ATT_BODY_SECTION:
		f->has_section = true;
		f->section = s->att_data.att_body_section->sec_body_part;
		f->section_length = f->section ? s->att_data.att_body_section->sec_length : 0;
		break;
	default:
		break;
	}
}

void fetched_read(struct mailbox *m, struct pool *p, struct mailimap_msg_att *a, struct fetched *out)
{
	struct fetched f = { 0 };

	for (clistiter *i = clist_begin(a->att_list); i; i = clist_next(i)) {
		const struct mailimap_msg_att_item *item = clist_content(i);

		if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC) {
			read_static(item->att_data.att_static, &f);
		} else if (item->att_type == MAILIMAP_MSG_ATT_ITEM_DYNAMIC && item->att_data.att_dyn->att_list) {
			for (clistiter *k = clist_begin(item->att_data.att_dyn->att_list); k; k = clist_next(k)) {
				const struct mailimap_flag_fetch *flag = clist_content(k);

				if (flag->fl_type == MAILIMAP_FLAG_FETCH_OTHER && flag->fl_flag)
					add_flag(p, &f.d.flags, flag_name(p, flag->fl_flag));
			}
		} else if (item->att_type == MAILIMAP_MSG_ATT_ITEM_EXTENSION &&
		           item->att_data.att_extension_data->ext_extension->ext_id == MAILIMAP_EXTENSION_CONDSTORE &&
		           item->att_data.att_extension_data->ext_type == MAILIMAP_CONDSTORE_TYPE_FETCH_DATA) {
			f.modseq = ((struct mailimap_condstore_fetch_mod_resp *)item->att_data.att_extension_data->ext_data)->cs_modseq_value;
		} else if (item->att_type == MAILIMAP_MSG_ATT_ITEM_EXTENSION && m->gmail &&
		           item->att_data.att_extension_data->ext_extension->ext_id == MAILIMAP_EXTENSION_XGMLABELS) {
			const struct mailimap_msg_att_xgmlabels *labels = item->att_data.att_extension_data->ext_data;

			for (clistiter *k = labels && labels->att_labels ? clist_begin(labels->att_labels) : NULL; k; k = clist_next(k))
				add_flag(p, &f.d.flags, line_from(p, name_from_wire(p, clist_content(k)), NAME_MOST).s);
		}
	}
	*out = f;
}

char *uid_set(struct pool *p, const uint32_t *uids, size_t n, size_t *taken)
{
	struct text *t = text_new(p, LINE_MOST);
	size_t i = 0, end;

	while (i < n && t->n < LINE_MOST - 200) {
		for (end = i; end + 1 < n && uids[end + 1] == uids[end] + 1; end++)
			;
		text_print(t, end > i ? "%s%u:%u" : "%s%u", i ? "," : "", uids[i], uids[end]);
		i = end + 1;
	}
	*taken = i;
	return t->s;
}

/* ---- the walk ---- */

struct message {
	struct delivery d;
	bool wanted, have;
	unsigned group;              /* the command that asks for its body; 0: not asked yet */
	struct mailimap_msg_att *head, *body; /* what its strings point into */
};

struct batch {
	struct batch *next;
	struct pool *pool;
	uint32_t from, to;
	struct message *list;
	size_t n, asked, handed;     /* bodies asked for; messages that are done with */
	unsigned groups, answered;   /* commands for bodies */
	bool known;                  /* the first go is over: `list` is whole, in order */
};

enum job_kind { JOB_FIRST, JOB_BODIES };

struct job {
	enum job_kind kind;
	int tag;
	size_t bytes;                /* that may come */
	int ms;                      /* in so long */
	struct batch *batch;
};

struct walk {
	struct mailbox *m;
	const struct mailbox_walk *w;
	struct pool *pool;
	const uint32_t *uids;        /* all that are to be seen; NULL: one open range */
	size_t uid_count, uid_at;
	uint32_t from, to, last;     /* last: the highest UID that came */
	size_t batch_size;
	bool open_range, stop, failed;
	struct job jobs[IN_FLIGHT];
	size_t in_flight;
	struct batch *current, *waiting; /* being handed over; asked for, in order */
	size_t ahead;                /* batches asked for whose first answer was not taken up yet */
};

static void message_end(struct message *s)
{
	if (s->head)
		mailimap_msg_att_free(s->head);
	if (s->body)
		mailimap_msg_att_free(s->body);
	s->head = s->body = NULL;
}

static void batch_end(struct batch *b)
{
	struct pool *p; /* the batch itself lies in it */

	if (!b)
		return;
	for (size_t i = 0; i < b->n; i++)
		message_end(&b->list[i]);
	p = b->pool;
	pool_end(&p);
}

/* `likely`: what comes if the server is an honest one; that gives the time. */
static bool send_job(struct walk *k, enum job_kind kind, struct batch *b, size_t bytes, size_t likely, const char *set,
                     const char *items, struct err *e)
{
	struct job j = { kind, 0, bytes, 2 * k->m->patience + (int)(likely / LEAST_RATE), b };

	if (!mailbox_send(k->m, &j.tag, e, "UID FETCH %s (UID %s)", set, items))
		return false;
	k->jobs[k->in_flight++] = j;
	return true;
}

static bool more_batches(const struct walk *k)
{
	return !k->stop && (k->uids ? k->uid_at < k->uid_count : k->open_range);
}

static bool ask_batch(struct walk *k, struct err *e)
{
	struct pool *p = pool_new();
	struct batch *b = pool_take(p, sizeof *b), **last = &k->waiting;
	size_t most = k->w->bodies ? FIRST_MOST : HEADER_MOST;
	const char *items = pool_print(p, "FLAGS INTERNALDATE RFC822.SIZE%s BODY.PEEK[%s]<0.%zu>", k->m->gmail ? " X-GM-LABELS" : "",
	                               k->w->bodies ? "" : "HEADER", most);
	const char *set;

	b->pool = p;
	if (k->uids) {
		size_t n = k->uid_count - k->uid_at < k->batch_size ? k->uid_count - k->uid_at : k->batch_size;

		b->from = k->uids[k->uid_at];
		b->to = k->uids[k->uid_at + n - 1];
		k->uid_at += n;
		set = pool_print(p, "%u:%u", b->from, b->to); /* no other UID lies between */
	} else {
		b->from = k->from;
		b->to = k->to ? k->to : UINT32_MAX;
		k->open_range = false;
		set = k->to ? pool_print(p, "%u:%u", k->from, k->to) : pool_print(p, "%u:*", k->from);
	}
	if (!send_job(k, JOB_FIRST, b, k->batch_size * (most + 2048) + SLACK, k->batch_size * LIKELY, set, items, e)) {
		batch_end(b);
		return false;
	}
	while (*last)
		last = &(*last)->next;
	*last = b;
	k->ahead++;
	return true;
}

/* The next wanted bodies of the current batch, as many as fit in one answer. */
static bool ask_bodies(struct walk *k, struct err *e)
{
	struct batch *b = k->current;
	uint32_t *uids = pool_list(b->pool, b->n, sizeof *uids);
	size_t n = 0, bytes = 0, taken;
	const char *set;

	for (; b->asked < b->n && n < k->batch_size && bytes < GROUP_MOST; b->asked++) {
		struct message *s = &b->list[b->asked];

		if (!s->wanted || s->have)
			continue;
		s->group = b->groups + 1;
		uids[n++] = s->d.uid;
		bytes += s->d.size < LETTER_MOST ? s->d.size : LETTER_MOST;
	}
	if (!n)
		return true;
	set = uid_set(b->pool, uids, n, &taken);
	while (taken < n) /* the line was too long: the rest in the next command */
		if (b->list[--b->asked].d.uid == uids[n - 1]) {
			b->list[b->asked].group = 0;
			n--;
		}
	b->groups++;
	/* a server that reckons sizes wrongly (Exchange) is given one letter's room */
	return send_job(k, JOB_BODIES, b, bytes + bytes / 8 + LETTER_MOST + SLACK, bytes, set,
	                pool_print(b->pool, "BODY.PEEK[]<0.%d>", LETTER_MOST), e);
}

static bool bodies_left(const struct batch *b)
{
	for (size_t i = b ? b->asked : 0; b && i < b->n; i++)
		if (b->list[i].wanted && !b->list[i].have)
			return true;
	return false;
}

static bool in_flight_for(const struct walk *k, const struct batch *b)
{
	for (size_t i = 0; i < k->in_flight; i++)
		if (k->jobs[i].batch == b)
			return true;
	return false;
}

static int by_uid(const void *a, const void *b)
{
	const struct message *x = a, *y = b;

	return x->d.uid < y->d.uid ? -1 : x->d.uid > y->d.uid;
}

/* Of the first go: a message of this batch. Takes `a` over. */
static void take_first(struct walk *k, struct batch *b, const struct fetched *f, struct mailimap_msg_att *a)
{
	struct message *s = pool_more(b->pool, &b->list, b->n, sizeof *s);

	s->d = f->d;
	k->last = f->d.uid > k->last ? f->d.uid : k->last;
	s->head = a;
	if (k->w->bodies) {
		s->wanted = true;
		s->have = f->section_length < FIRST_MOST || f->section_length == f->d.size;
		s->d.body = s->have ? (f->section ? f->section : "") : NULL;
		s->d.body_length = s->have ? f->section_length : 0;
	} else {
		s->d.header = f->section ? f->section : "";
		s->d.header_length = f->section_length;
	}
	b->n++;
}

/* A body that was asked for. Takes `a` over where it is one. */
static bool take_body(struct batch *b, const struct fetched *f, struct mailimap_msg_att *a)
{
	for (size_t i = 0; i < b->asked; i++) {
		struct message *s = &b->list[i];

		if (s->d.uid != f->d.uid || !s->group || s->have)
			continue;
		s->have = true;
		s->body = a;
		s->d.body = f->section ? f->section : "";
		s->d.body_length = f->section_length;
		return true;
	}
	return false;
}

/* What came with an answer goes to its batch. What was not asked for is left out: n:* gives the last message even if its UID
 * is less than n (RFC 3501 6.4.8). */
static void take(struct walk *k, struct mailimap_msg_att *a)
{
	struct batch *b = k->current ? k->current : k->waiting;
	struct pool *p = NULL;
	struct fetched f;
	bool taken = false;

	p = pool_new();
	fetched_read(k->m, p, a, &f);
	if (!f.has_section)
		k->m->news = true; /* another client changed flags meanwhile */
	while (b && (f.d.uid < b->from || f.d.uid > b->to))
		b = b == k->current ? k->waiting : b->next;
	if (b && f.has_section && f.has_size && !b->known) {
		fetched_read(k->m, b->pool, a, &f);
		take_first(k, b, &f, a);
		taken = true;
	} else if (b && f.has_section && !f.has_size) {
		taken = take_body(b, &f, a);
	}
	if (!taken)
		mailimap_msg_att_free(a);
	pool_end(&p);
}

/* The end of the first go: in order, each once. */
static void settle(struct batch *b)
{
	size_t kept = 0;

	if (b->n)
		qsort(b->list, b->n, sizeof *b->list, by_uid);
	for (size_t i = 0; i < b->n; i++)
		if (!i || b->list[i].d.uid != b->list[kept - 1].d.uid)
			b->list[kept++] = b->list[i];
		else
			message_end(&b->list[i]);
	b->n = kept;
	b->known = true;
}

/* Those from `from` on, up to `to`; `bodies`: whose body has come. */
static void hand(struct walk *k, struct batch *b, size_t from, size_t to, bool bodies)
{
	const struct delivery **all = pool_list(b->pool, to - from, sizeof *all);
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		if (!bodies || (b->list[i].wanted && b->list[i].have))
			all[n++] = &b->list[i].d;
	if (n && k->w->ahead)
		k->w->ahead(k->w->arg, all, n);
	for (size_t i = from; i < to; i++) {
		struct message *s = &b->list[i];
		enum mailbox_wish wish;

		if (bodies && !(s->wanted && s->have))
			continue;
		wish = k->w->each(k->w->arg, &s->d);
		if (wish == MAILBOX_STOP)
			k->stop = true;
		else if (wish == MAILBOX_WANT_BODY && !s->d.body)
			s->wanted = true;
	}
}

/* Hands over what can be, in order, as far as the bodies are there. */
static void advance(struct walk *k, struct batch *b)
{
	size_t from = b->handed;

	for (; b->handed < b->n; b->handed++) {
		const struct message *s = &b->list[b->handed];

		if (s->wanted && !s->have && (!s->group || s->group > b->answered))
			break; /* else it is gone from the folder */
	}
	if (!k->failed)
		hand(k, b, from, b->handed, true);
	for (; from < b->handed; from++)
		message_end(&b->list[from]);
}

static bool take_answer(struct walk *k, struct err *e)
{
	struct job j = k->jobs[0];
	size_t bytes = 0;
	clist *all;
	int ms = 0;

	for (size_t i = 0; i < k->in_flight; i++) { /* the next one's words may come along */
		bytes += k->jobs[i].bytes;
		ms += k->jobs[i].ms;
	}
	tls_deadline(k->m->tls, ms, bytes);
	if (mailbox_answer(k->m, j.tag, e) == ANSWER_DEAD)
		return false;
	memmove(k->jobs, k->jobs + 1, --k->in_flight * sizeof *k->jobs);
	/* NO: some message could not be read, or is gone; what came counts all the same */
	all = k->m->imap->imap_response_info->rsp_fetch_list;
	k->m->imap->imap_response_info->rsp_fetch_list = clist_new();
	for (clistiter *i = clist_begin(all); i; i = clist_next(i))
		take(k, clist_content(i));
	clist_free(all);
	if (j.kind == JOB_FIRST)
		settle(j.batch);
	else
		j.batch->answered++;
	return true;
}

/* Works on what has come, until something must be waited for. */
static void work(struct walk *k, struct err *e)
{
	bool skipped = false; /* a batch behind the one that stopped the walk */

	for (;;) {
		struct batch *b = k->current;

		if (!b) {
			b = k->waiting;
			if (!b || !b->known)
				return;
			k->waiting = b->next;
			k->ahead--;
			k->current = b;
			skipped = k->stop;
			if (skipped)
				b->handed = b->n;
			if (!k->w->bodies && b->handed < b->n)
				hand(k, b, 0, b->n, false);
		}
		advance(k, b);
		if (b->handed < b->n || in_flight_for(k, b)) /* a body may come before the end of its command */
			return;
		if (!k->failed && !skipped && b->n && k->w->batch_end && !k->w->batch_end(k->w->arg, b->list[b->n - 1].d.uid, e))
			k->failed = k->stop = true;
		k->current = NULL;
		batch_end(b);
	}
}

static bool run(struct walk *k, struct err *e)
{
	for (;;) {
		while (k->in_flight < IN_FLIGHT) {
			if (bodies_left(k->current)) {
				if (!ask_bodies(k, e))
					return false;
			} else if (more_batches(k) && k->ahead < IN_FLIGHT) {
				if (!ask_batch(k, e))
					return false;
			} else {
				break;
			}
		}
		if (!k->in_flight)
			return !k->failed;
		if (!take_answer(k, e))
			return false;
		work(k, e);
	}
}

bool mailbox_walk(struct mailbox *m, const struct mailbox_walk *w, struct err *e)
{
	struct walk k = { .m = m, .w = w, .from = w->from_uid ? w->from_uid : 1, .to = w->to_uid };
	uint32_t *uids = NULL, before;
	size_t most;
	bool ok;

	if (!m->selected)
		return err_perm(e, "mailbox %s: no folder is selected", m->conf->key);
	k.batch_size = w->batch > 0 ? (size_t)w->batch : BATCH;
	k.pool = pool_new();
	/* Few messages from there on: they are fetched at once. Else it is asked first which there are, for exact batches. */
	before = m->arrived;
	most = (size_t)(m->uidnext > k.from ? m->uidnext - k.from : 0) + m->arrived;
	k.open_range = (m->uidnext && most <= k.batch_size) || (k.to && k.to - k.from < k.batch_size);
	ok = k.open_range || uids_search(m, k.pool, &uids, &k.uid_count, k.from, k.to, e);
	if (ok && !k.open_range)
		k.uids = uids;
	if (ok && (k.open_range || k.uid_count))
		ok = run(&k, e);
	if (ok && !k.stop && !k.to && m->uidnext) { /* all that had come by then lies below */
		m->uidnext = k.last >= m->uidnext ? k.last + 1 : m->uidnext;
		m->uidnext = k.from > m->uidnext ? k.from : m->uidnext;
		m->arrived -= before;
	}
	batch_end(k.current);
	while (k.waiting) {
		struct batch *b = k.waiting;

		k.waiting = b->next;
		batch_end(b);
	}
	pool_end(&k.pool);
	return ok;
}
