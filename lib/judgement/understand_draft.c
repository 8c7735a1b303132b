/* A mail that kept laid into the owner's Drafts, and that they sent by hand: known by its token in the BCC, by its Message-ID, or,
 * where their client wrote another and left out the BCC, in its conversation, to the same person, by its words. */
#include "judgement/understand_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 4000 };

/* ---- how much of one text stands in another ---- */

struct bag {
	uint32_t *words; /* digests, ascending */
	size_t n;
};

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Letters and digits alone: how a client sets a list, a link or a line is not what was written. */
static struct bag bag_of(struct pool *p, const char *text)
{
	struct bag b = { pool_list(p, WORDS_MOST, sizeof *b.words), 0 };
	uint32_t h = 0;
	bool within = false;

	for (const char *s = words_folded(p, text, false); b.n < WORDS_MOST; s++) {
		bool letter = isalnum((unsigned char)*s) || (unsigned char)*s >= 0x80;

		if (letter)
			h = ((within ? h : UINT32_C(2166136261)) ^ (unsigned char)*s) * UINT32_C(16777619); /* FNV-1a */
		else if (within)
			b.words[b.n++] = h;
		within = letter;
		if (!*s)
			break;
	}
	qsort(b.words, b.n, sizeof *b.words, by_value);
	return b;
}

/* Words that stand in both, each as often as it does in both. */
static size_t shared(const struct bag *a, const struct bag *b)
{
	size_t n = 0;

	for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
		if (a->words[i] == b->words[k])
			n++, i++, k++;
		else if (a->words[i] < b->words[k])
			i++;
		else
			k++;
	}
	return n;
}

/* ---- is it one? ---- */

bool has_token(const struct thinking *t, const struct known_sent *s)
{
	const char *detail;

	return conf_tracks(t->p, t->c, s->reply_to, &detail) && text_starts(detail, "r-") && letter_written_to(t->l, s->reply_to);
}

/* In its conversation, to the one it was for, with most of its words. */
static bool is_likeness(const struct thinking *t, const struct known_sent *s)
{
	struct bag drafted, written;

	bool to = false;

	for (size_t i = 0; i < t->l->to.n; i++)
		to |= addr_among(s->to, t->l->to.list[i].address);
	for (size_t i = 0; i < t->l->cc.n; i++)
		to |= addr_among(s->to, t->l->cc.list[i].address);
	if (!t->m->thread || !to)
		return false;
	drafted = bag_of(t->p, s->draft);
	written = bag_of(t->p, t->l->text);
	return drafted.n && shared(&drafted, &written) * 10 >= drafted.n * 7;
}

/* What is sent lies in Sent, or came here by BCC; in a folder of drafts it is not sent yet. */
static bool is_sent(const struct thinking *t)
{
	for (size_t i = 0; i < t->at->flags.n; i++)
		if (text_same(t->at->flags.list[i], "\\Draft"))
			return false;
	return t->at->kind != PLACE_FOLDER;
}

static size_t files_of(const struct letter *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->attachment_count; i++)
		n += !l->attachments[i].inlined;
	return n;
}

bool draft_find(struct thinking *t, const struct owner *o, bool *by_token)
{
	const struct known_sent *found = NULL;
	const char *how = "";
	struct bag drafted, written;
	size_t same;

	if (!o || !is_sent(t) || t->l->dsn_count)
		return false;
	for (int pass = 0; pass < 3 && !found; pass++)
		for (size_t i = 0; i < t->known->sent_count && !found; i++) {
			const struct known_sent *s = &t->known->sent[i];

			if (!s->draft || s->owner != o)
				continue;
			if (pass == 0 ? has_token(t, s) : pass == 1 ? *t->l->message_id && text_same(t->l->message_id, s->message_id) : is_likeness(t, s))
				found = s;
			how = pass == 0 ? "its BCC" : pass == 1 ? "its Message-ID" : "its words in its conversation";
		}
	if (!found)
		return false;
	*by_token = has_token(t, found);
	drafted = bag_of(t->p, found->draft);
	written = bag_of(t->p, t->l->text);
	same = shared(&drafted, &written);
	t->m->sent = t->m->settles = found;
	t->m->changed = same < drafted.n || same < written.n /* a date is one word */ || files_of(t->l) > found->draft_files;
	why(t, "the draft of kept's to %s (%s) was sent by its owner, by %s%s", found->to, mail_kind_name(found->kind), how, t->m->changed ? "; they changed it" : "");
	return true;
}
