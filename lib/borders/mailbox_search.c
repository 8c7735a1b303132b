/* mailbox_search - which messages: by range, day, header, flag; and whose flags changed */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "borders/mailbox_inner.h"

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static bool chosen(struct mailbox *m, struct err *e)
{
	return m->selected || err_perm(e, "mailbox %s: no folder is selected", m->conf->key);
}

/* The numbers of the last SEARCH: ascending, each once, none outside from .. to. */
void uids_take(struct mailbox *m, struct pool *p, uint32_t **uids, size_t *n, uint32_t from, uint32_t to)
{
	clist *found = m->imap->imap_response_info->rsp_search_result;
	uint32_t *list = pool_list(p, found ? (size_t)clist_count(found) + 1 : 1, sizeof *list);
	size_t count = 0, kept = 0;

	for (clistiter *i = found ? clist_begin(found) : NULL; i; i = clist_next(i)) {
		uint32_t uid = *(uint32_t *)clist_content(i);

		if (uid >= from && (!to || uid <= to) && uid)
			list[count++] = uid;
	}
	qsort(list, count, sizeof *list, by_number);
	for (size_t i = 0; i < count; i++)
		if (!i || list[i] != list[kept - 1])
			list[kept++] = list[i];
	mailbox_forget_answer(m);
	*uids = list;
	*n = kept;
}

bool uids_search(struct mailbox *m, struct pool *p, uint32_t **uids, size_t *n, uint32_t from, uint32_t to, struct err *e)
{
	bool ok = to ? mailbox_command(m, LIST_ANSWER, e, "UID SEARCH UID %u:%u", from, to)
	             : mailbox_command(m, LIST_ANSWER, e, "UID SEARCH UID %u:*", from);

	if (ok)
		uids_take(m, p, uids, n, from, to);
	return ok;
}

bool mailbox_since(struct mailbox *m, struct pool *p, utc day, uint32_t **uids, size_t *n, struct err *e)
{
	static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t t = day > 0 ? day - 86400 : 0; /* SINCE goes by the day in the server's zone: one day earlier misses nothing */
	struct tm tm;

	if (!chosen(m, e))
		return false;
	gmtime_r(&t, &tm);
	if (!mailbox_command(m, LIST_ANSWER, e, "UID SEARCH SINCE %d-%s-%d", tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900))
		return false;
	uids_take(m, p, uids, n, 0, 0);
	return true;
}

bool mailbox_by_header(struct mailbox *m, struct pool *p, const char *field, const char *holds, uint32_t **uids, size_t *n, struct err *e)
{
	const char *what = quoted(p, holds);

	if (!chosen(m, e))
		return false;
	if (!*field || field[strspn(field, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")] || !what)
		return err_perm(e, "mailbox %s: this cannot be searched for in a header", m->conf->key);
	if (!mailbox_command(m, LIST_ANSWER, e, "UID SEARCH HEADER %s %s", field, what))
		return false;
	uids_take(m, p, uids, n, 0, 0);
	return true;
}

bool mailbox_by_message_id(struct mailbox *m, struct pool *p, const char *id, uint32_t **uids, size_t *n, struct err *e)
{
	return mailbox_by_header(m, p, "Message-ID", id, uids, n, e);
}

/* ---- flags ---- */

/* The search key of a flag, keyword or label; NULL: it can be none. */
static const char *flag_key(struct mailbox *m, struct pool *p, const char *flag, bool label)
{
	static const char *const own[] = { "\\Answered", "\\Deleted", "\\Draft", "\\Flagged", "\\Seen" };
	const char *wire;

	for (size_t i = 0; i < sizeof own / sizeof *own && !label; i++)
		if (strcasecmp(flag, own[i]) == 0)
			return own[i] + 1;
	if (label) {
		wire = m->gmail ? name_to_wire(p, flag) : NULL;
		wire = wire ? quoted(p, wire) : NULL;
		return wire ? pool_print(p, "X-GM-LABELS %s", wire) : NULL;
	}
	for (const char *s = flag; *s; s++) /* an atom (RFC 3501 9) */
		if ((unsigned char)*s <= ' ' || (unsigned char)*s >= 0x7f || strchr("(){%*\"\\]", *s))
			return NULL;
	return *flag ? pool_print(p, "KEYWORD %s", flag) : NULL;
}

static void add_key(struct text *keys, const char *key)
{
	char *before;

	if (!key)
		return;
	if (!keys->n) {
		text_add(keys, key);
		return;
	}
	before = pool_copy(keys->pool, keys->s);
	keys->n = 0;
	text_print(keys, "OR %s %s", before, key);
}

static void take_flags(struct mailbox *m, struct pool *p, struct delivery **out, size_t *n)
{
	clist *l = m->imap->imap_response_info->rsp_fetch_list;
	struct delivery *list = pool_list(p, (size_t)clist_count(l) + *n + 1, sizeof *list);
	struct fetched f;

	if (*n)
		memcpy(list, *out, *n * sizeof *list);
	for (clistiter *i = clist_begin(l); i; i = clist_next(i)) {
		fetched_read(m, p, clist_content(i), &f);
		if (f.d.uid)
			list[(*n)++] = f.d;
		if (f.modseq > m->highest)
			m->highest = f.modseq;
	}
	mailbox_forget_answer(m);
	*out = list;
}

bool mailbox_flagged(struct mailbox *m, struct pool *p, uint64_t since, const struct strings *keywords, struct delivery **out, size_t *n, struct err *e)
{
	const char *labels = m->gmail ? " X-GM-LABELS" : "", *set;
	struct text *keys = text_new(p, LINE_MOST - 100);
	struct delivery *list = NULL;
	uint32_t *uids;
	size_t count = 0, uid_count, taken, at;

	if (!chosen(m, e))
		return false;
	if (since && m->highest) {
		if (since < m->highest || !m->fresh) { /* else nothing changed, and nothing need be asked */
			if (!mailbox_command(m, LIST_ANSWER, e, "UID FETCH 1:* (UID FLAGS%s) (CHANGEDSINCE %llu)", labels,
			                     (unsigned long long)since))
				return false;
			take_flags(m, p, &list, &count);
		}
		*out = list;
		*n = count;
		return true;
	}
	for (size_t i = 0; keywords && i < keywords->n; i++)
		add_key(keys, flag_key(m, p, keywords->list[i], false));
	for (size_t i = 0; m->gmail && i < m->conf->labels.n; i++)
		add_key(keys, flag_key(m, p, m->conf->labels.list[i], true));
	if (keys->cut)
		return err_perm(e, "mailbox %s: too many keywords to search for", m->conf->key);
	*out = NULL;
	*n = 0;
	if (!keys->n)
		return true;
	if (!mailbox_command(m, LIST_ANSWER, e, "UID SEARCH %s", keys->s))
		return false;
	uids_take(m, p, &uids, &uid_count, 0, 0);
	for (at = 0; at < uid_count; at += taken) {
		set = uid_set(p, uids + at, uid_count - at, &taken);
		if (!mailbox_command(m, LIST_ANSWER, e, "UID FETCH %s (UID FLAGS%s)", set, labels))
			return false;
		take_flags(m, p, &list, &count);
	}
	*out = list;
	*n = count;
	return true;
}

uint64_t mailbox_modseq(const struct mailbox *m)
{
	return m->highest;
}
