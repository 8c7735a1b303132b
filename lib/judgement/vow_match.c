/* a rule's pattern against the words of a sentence: all places it could have reached are kept side by side, so that time
 * grows with words times elements, whatever the text */
#include <stdlib.h>
#include <string.h>

#include "judgement/vow_inner.h"

static bool entry_fits(const struct vow_language *l, struct vow_sentence *s, size_t word, const struct vow_entry *x)
{
	const char *w = x->accented ? s->words[word].accented : s->words[word].folded;
	size_t n;

	switch (x->kind) {
	case ENTRY_WORD:
		return strcmp(w, x->text) == 0;
	case ENTRY_HEAD:
		return strncmp(w, x->text, x->n) == 0;
	case ENTRY_TAIL:
		n = strlen(w);
		return n > x->n + 1U && strcmp(w + n - x->n, x->text) == 0;
	case ENTRY_SET:
		return vow_in(l, s, word, x->set);
	}
	return false;
}

static int by_text(const void *word, const void *entry)
{
	return strcmp(word, ((const struct vow_entry *)entry)->text);
}

void vow_turn(const struct vow_language *l, struct vow_sentence *s)
{
	memset(s->member, 0, s->n * l->set_count);
}

bool vow_in(const struct vow_language *l, struct vow_sentence *s, size_t word, int set)
{
	const struct vow_set *x = &l->sets[set];
	signed char *known = &s->member[word * l->set_count + (size_t)set];

	if (!*known) {
		*known = x->plain && bsearch(s->words[word].folded, x->entries, x->plain, sizeof *x->entries, by_text) ? 1 : -1;
		for (size_t i = x->plain; i < x->n && *known < 0; i++) /* -1 before: a set that holds itself ends here */
			if (entry_fits(l, s, word, &x->entries[i]))
				*known = 1;
	}
	return *known > 0;
}

bool vow_clause_start(const struct vow_language *l, struct vow_sentence *s, size_t word)
{
	while (word > 0 && !s->words[word - 1].sign) {
		if (!vow_in(l, s, word - 1, l->lead))
			return false;
		word--;
	}
	return true;
}

/* From one place; the nearest end, or -1. */
static int match_at(const struct vow_language *l, struct vow_sentence *s, const struct vow_rule *r, size_t from, size_t till)
{
	bool now[VOW_WORDS_MOST + 1] = { false }, next[VOW_WORDS_MOST + 1];

	now[from] = true;
	for (size_t i = 0; i < r->n; i++) {
		const struct vow_element *x = &r->elements[i];
		bool any = false;

		memset(next, 0, sizeof next);
		for (size_t at = from; at <= till; at++) {
			if (!now[at])
				continue;
			switch (x->kind) {
			case ELEMENT_SET:
			case ELEMENT_NOT:
				if (at < till && vow_in(l, s, at, x->set) == (x->kind == ELEMENT_SET) && (x->kind == ELEMENT_SET || !s->words[at].sign))
					next[at + 1] = true;
				if (x->optional || (x->end && (at == s->n || s->words[at].sign)))
					next[at] = true;
				break;
			case ELEMENT_GAP:
				for (size_t k = at; k <= till && k <= at + (size_t)x->most; k++) {
					next[k] = true;
					if (k < till && s->words[k].sign)
						break;
				}
				break;
			case ELEMENT_CLAUSE:
				next[at] |= vow_clause_start(l, s, at);
				break;
			case ELEMENT_FIRST:
				next[at] |= at == 0;
				break;
			case ELEMENT_END:
				next[at] |= at == s->n || s->words[at].sign;
				break;
			}
		}
		memcpy(now, next, sizeof now);
		for (size_t at = from; at <= till; at++)
			any |= now[at];
		if (!any)
			return -1;
	}
	for (size_t at = from; at <= till; at++)
		if (now[at])
			return (int)at;
	return -1;
}

/* Can it begin here at all? Most rules cannot at most words. */
static bool may_begin(const struct vow_language *l, struct vow_sentence *s, const struct vow_element *first, size_t at)
{
	switch (first->kind) {
	case ELEMENT_SET: return first->optional || first->end || vow_in(l, s, at, first->set);
	case ELEMENT_CLAUSE: return vow_clause_start(l, s, at);
	case ELEMENT_FIRST: return at == 0;
	case ELEMENT_NOT:
	case ELEMENT_GAP:
	case ELEMENT_END: break;
	}
	return true;
}

int vow_match(const struct vow_language *l, struct vow_sentence *s, const struct vow_rule *r, size_t from, size_t till, size_t *to)
{
	for (size_t at = from; at < till; at++) {
		int end = may_begin(l, s, r->elements, at) ? match_at(l, s, r, at, till) : -1;

		if (end >= 0) {
			*to = (size_t)end;
			return (int)at;
		}
	}
	return -1;
}
