/* +share: what an owner forwards is taken into the library of material, and waits for its approver's word */
#include <string.h>

#include "borders/material.h"
#include "borders/record.h"
#include "borders/store.h"
#include "judgement/claim.h"
#include "work/intake_inner.h"
#include "work/schedule.h"

enum {
	MESSAGES_MOST = 5,  /* attached to one, that are opened */
	TAKEN_MOST = 20,    /* files of one message */
	LINKS_MOST = 3      /* links: a newsletter has dozens, and which one is meant is not guessed */
};

/* ---- its files, before it is taken in ---- */

bool intake_shares(struct pool *p, const struct conf *c, const struct letter *l, const struct place *at)
{
	struct tag g;

	if (!l->from.n || !conf_owner_of(c, l->from.list[0].address))
		return false;
	tag_find(p, l, at, c, &g);
	return g.share;
}

static bool is_message(const struct attachment *a)
{
	size_t n = strlen(a->name);

	return text_starts(a->type, "message/rfc822") || (n > 4 && text_same(a->name + n - 4, ".eml"));
}

bool intake_share_files(struct reader *r, struct pool *p, const void *bytes, size_t n, struct letter *l, struct err *e)
{
	struct attachment *all = NULL;
	size_t count = 0, opened = 0;

	if (!reader_files(r, p, bytes, n, l, e))
		return false;
	for (size_t i = 0; i < l->attachment_count; i++) {
		const struct attachment *a = &l->attachments[i];
		struct letter in;

		if (!is_message(a) || !a->bytes || opened++ == MESSAGES_MOST) {
			*(struct attachment *)pool_more(p, &all, count++, sizeof *all) = *a;
			continue;
		}
		if (!reader_read(r, p, a->bytes, a->size, &in, e) || !reader_files(r, p, a->bytes, a->size, &in, e))
			return false;
		for (size_t k = 0; k < in.attachment_count; k++)
			*(struct attachment *)pool_more(p, &all, count++, sizeof *all) = in.attachments[k];
	}
	l->attachments = all;
	l->attachment_count = count;
	return true;
}

/* ---- taking it in ---- */

struct taking {
	struct entry *n;
	const char *title;   /* of the whole message; "" */
	struct text *lines;
	size_t taken, known; /* new ones; that the library had */
	int64_t first;       /* of the new ones */
	bool only;           /* one thing alone: the message's title is its own */
};

/* The library's folder, beside the database. */
static const char *library(struct taking *t)
{
	const char *database = t->n->c->database, *slash = strrchr(database, '/');

	return pool_print(t->n->p, "%s/resources",
			  slash ? pool_slice(t->n->p, database, (size_t)(slash - database)) : ".");
}

/* "Renal_function (final).pdf" to a title. */
static const char *title_of_file(struct pool *p, const char *name)
{
	const char *dot = strrchr(name, '.');
	bool ends = dot && dot > name && strlen(dot) <= 6;
	char *s = ends ? pool_slice(p, name, (size_t)(dot - name)) : pool_copy(p, name);

	for (char *c = s; *c; c++)
		if (*c == '_')
			*c = ' ';
	return text_squeeze(p, s);
}

static bool add(struct taking *t, struct resource *r, const char *shown, struct err *e)
{
	struct entry *n = t->n;
	struct event v = { .owner = n->m.owner->key, .word = "resource", .letter = n->row };

	r->made = n->now;
	r->about = r->approved_by = "";
	if (!store_resource_add(n->q, r, e))
		return false;
	if (!t->taken++)
		t->first = r->id;
	text_print(t->lines, "- **r%lld** “%s” (%s) is in the library now, and waits to be approved.\n",
		   (long long)r->id, intake_plain(t->n, r->title), intake_plain(t->n, shown));
	v.detail = pool_print(n->p, "r%lld %s, forwarded", (long long)r->id, r->title);
	return record_add(n->q, &v, n->now, e);
}

static void say_known(struct taking *t, const struct resource *r, const char *shown)
{
	t->known++;
	text_print(t->lines, "- %s is in the library already: **r%lld** “%s”, %s.\n", intake_plain(t->n, shown),
		   (long long)r->id, intake_plain(t->n, r->title), resource_state_name(resource_state(r, t->n->now)));
}

static void say_not(struct taking *t, const char *shown, const char *why)
{
	text_print(t->lines, "- %s was not taken: %s.\n", intake_plain(t->n, shown), why);
}

static bool take_file(struct taking *t, const struct attachment *a, struct err *e)
{
	struct entry *n = t->n;
	const char *name = *a->name ? a->name : "a file without a name";
	struct resource r = { .link = "" }, old;
	bool there;

	if (!a->bytes) {
		say_not(t, name, !a->size ? "it is empty" :
			a->size > FILES_ROOM ? "it is too large for a mail; add it on this machine, or share a link to it" :
			"its bytes were not kept with the message; forward it once more, by itself");
		return true;
	}
	r.digest = material_digest(n->p, a->bytes, a->size);
	if (!store_resource_same(n->q, n->p, r.digest, &old, &there, e))
		return false;
	if (there) {
		say_known(t, &old, name);
		return true;
	}
	if (!material_keep(n->p, library(t), a->name, a->bytes, a->size, &r.file, e))
		return false;
	r.title = line_from(n->p, t->only && *t->title ? t->title : title_of_file(n->p, name), WHAT_MOST).s;
	return add(t, &r, name, e);
}

static bool take_link(struct taking *t, const char *link, struct err *e)
{
	struct resource r = { .link = link, .file = "", .digest = "" }, old;
	bool there;

	if (!store_resource_at(t->n->q, t->n->p, "", link, &old, &there, e))
		return false;
	if (there) {
		say_known(t, &old, link);
		return true;
	}
	r.title = line_from(t->n->p, t->only && *t->title ? t->title : link, WHAT_MOST).s;
	return add(t, &r, link, e);
}

static void links_add(struct pool *p, struct strings *to, const struct strings *from)
{
	for (size_t i = 0; i < from->n; i++) {
		bool had = !resource_link_ok(from->list[i]);

		for (size_t k = 0; k < to->n; k++)
			had |= strcmp(to->list[k], from->list[i]) == 0;
		if (!had)
			*(const char **)pool_more(p, &to->list, to->n++, sizeof *to->list) = from->list[i];
	}
}

/* The owner's own words say which; else what they forwarded. */
static bool take_links(struct taking *t, struct err *e)
{
	const struct letter *l = t->n->l;
	struct strings links = { 0 }, more = claim_links(t->n->p, l->text);

	links_add(t->n->p, &links, &more);
	links_add(t->n->p, &links, &l->links);
	if (!links.n && l->forwarded.is) {
		more = claim_links(t->n->p, l->forwarded.text);
		links_add(t->n->p, &links, &more);
	}
	if (links.n > LINKS_MOST) {
		text_print(t->lines,
			   "- nothing was taken: it has %zu links. Send the one that you mean, or the file itself.\n",
			   links.n);
		return true;
	}
	if (!links.n)
		text_add(t->lines, "- nothing was taken: I found no file in it, and no link.\n");
	t->only = links.n == 1;
	for (size_t i = 0; i < links.n; i++)
		if (!take_link(t, links.list[i], e))
			return false;
	return true;
}

static bool take_files(struct taking *t, size_t things, struct err *e)
{
	const struct letter *l = t->n->l;
	size_t done = 0;

	t->only = things == 1;
	for (size_t i = 0; i < l->attachment_count; i++) {
		if (!handed_is(&l->attachments[i]))
			continue;
		if (done++ == TAKEN_MOST) {
			text_print(t->lines, "- and %zu more, which were not taken: at most %d of one message are.\n",
				   things - TAKEN_MOST, TAKEN_MOST);
			return true;
		}
		if (!take_file(t, &l->attachments[i], e))
			return false;
	}
	return true;
}

static const char *title_of(struct entry *n)
{
	const char *subject = tag_subject(n->p, n->l->subject);

	if (!*subject && n->l->forwarded.is)
		subject = tag_subject(n->p, n->l->forwarded.subject);
	return line_from(n->p, subject, WHAT_MOST).s;
}

bool intake_share(struct entry *n, struct err *e)
{
	struct taking t = { .n = n, .title = title_of(n), .lines = text_new(n->p, ANSWER_MOST) };
	struct schedule_answer a = { .owner = n->m.owner, .references = n->l->references,
				     .in_reply_to = line_from(n->p, n->l->message_id, SUBJECT_MOST) };
	size_t things = 0;

	for (size_t i = 0; i < n->l->attachment_count; i++)
		things += handed_is(&n->l->attachments[i]);
	if (things ? !take_files(&t, things, e) : !take_links(&t, e))
		return false;
	if (t.taken)
		text_print(t.lines, "\nNothing of it is sent to anybody, or proposed to you, before it is approved. "
			   "Where I run, the approver's word is `kept resources approve %lld --approved-by NAME "
			   "--until DATE`; `--title` and `--tags` there say what it is and whom it may concern.\n", (long long)t.first);
	if (*n->m.tag.due && !n->m.promise_count)
		text_add(t.lines,
			 "\nNo promise was noted: a message to `+share` makes one by a sentence that promises.\n");
	a.answer = t.lines->s;
	a.headline = t.taken > 1 ? pool_print(n->p, "In the library, to be approved: %zu pieces", t.taken) :
		     t.taken ? pool_print(n->p, "In the library, to be approved: %s", *t.title ? t.title : "one piece") :
		     t.known ? "In the library already" : "Nothing was taken into the library";
	return schedule_answer(n->q, n->p, n->c, &a, n->now, e);
}
