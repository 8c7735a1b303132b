/* command - numbers of promises, and dates */
#include "judgement/command_inner.h"

#include <ctype.h>
#include <stdlib.h>

#include "judgement/when.h"

char *command_slice(struct pool *p, const struct pieces *l, size_t from, size_t end)
{
	size_t till;

	if (from >= end)
		return pool_copy(p, "");
	till = end == l->n && l->long_ ? strlen(l->line) : l->list[end - 1].to;
	return text_squeeze(p, pool_slice(p, l->line + l->list[from].from, till - l->list[from].from));
}

/* ---- numbers ---- */

static bool number_at(const struct pieces *l, size_t i, size_t end, int64_t *out)
{
	const char *w;

	if (i >= end)
		return false;
	w = l->list[i].word;
	if (!*w || strlen(w) > 6 || strspn(w, "0123456789") != strlen(w))
		return false;
	/* 12.5, 12:30, 1/2 are no numbers of promises */
	if (i + 2 < end && sign_at(l, i + 1, end, ".:/") && !l->list[i + 1].gap && !l->list[i + 2].gap &&
	    isdigit((unsigned char)l->list[i + 2].word[0]))
		return false;
	*out = atoll(w);
	return *out >= 1 && *out <= ID_MOST;
}

/* Numbers that stand at `at`, as many as there are. */
bool command_ids(const struct pieces *l, size_t at, size_t end, struct ids *out)
{
	size_t i = at, next;
	bool listed = false;

	out->n = out->steps = 0;
	for (;;) {
		int64_t a, b;
		bool hash = sign_at(l, i, end, "#");

		if (!number_at(l, i + hash, end, &a))
			break;
		next = i + hash + 1;
		b = a;
		if (sign_at(l, next, end, "-") && number_at(l, next + 1 + sign_at(l, next + 1, end, "#"), end, &b)) {
			if (b < a && out->steps) /* 12 2026-12-04: a date comes after the number */
				break;
			if (b < a || b - a >= RANGE_MOST)
				return false;
			next += 2 + sign_at(l, next + 1, end, "#");
		}
		if (out->n + (size_t)(b - a + 1) > IDS_MOST)
			return false;
		if (!out->steps)
			out->marked = hash;
		else
			out->step[out->steps - 1].listed = listed || hash;
		for (; a <= b; a++)
			out->list[out->n++] = a;
		out->step[out->steps].n = out->n;
		out->step[out->steps].listed = false;
		out->step[out->steps++].next = next;
		i = next;
		listed = false;
		while (listed ? and_at(l, i, end) : sign_at(l, i, end, ",") || and_at(l, i, end)) {
			listed |= true;
			i++;
			if (and_at(l, i - 1, end))
				break;
		}
	}
	return out->steps > 0;
}

void command_set_ids(struct pool *p, struct command *c, const struct ids *ids, size_t n)
{
	c->ids = pool_list(p, n ? n : 1, sizeof *c->ids);
	memcpy(c->ids, ids->list, n * sizeof *c->ids);
	c->id_count = n;
}

/* ---- arguments ---- */

bool command_wrong(struct pool *p, struct command *c, const char *when, const char *code, const char *message)
{
	c->of = c->verb;
	c->verb = COMMAND_ERROR;
	c->when = when;
	c->text = NULL;
	c->code = pool_copy(p, code);
	c->message = pool_copy(p, message);
	return true;
}

bool command_lacks(struct pool *p, struct command *c, const char *what)
{
	return command_wrong(p, c, NULL, "empty",
			     pool_print(p, "%s is missing; as `%s`", what, command_example(c->verb)));
}

/* The words less the first one, if that is one of `words` and not the last. */
static const char *less_first(struct pool *p, const char *s, const char *words)
{
	size_t n = strcspn(s, " ");

	return s[n] && command_word_in(text_fold(p, pool_slice(p, s, n)), words) ? s + n + 1 : NULL;
}

/* Is it a moment for this verb? `*words` loses what is dropped before it. */
bool command_moment(struct pool *p, enum command_verb verb, const char **words, struct err *e)
{
	const char *s = *words, *less;
	struct err mine = { 0 };

	while ((less = less_first(p, s, "until till for to on")))
		s = less;
	if (strlen(s) > WHEN_MOST)
		return err_code(e, "unknown", "that is too long for a date");
	*words = s;
	/* when_is() knows no clock, so that to it nothing is past; these always are */
	for (const char *w = s; *w; w += strcspn(w, " "), w += *w == ' ')
		if (command_word_in(text_fold(p, pool_slice(p, w, strcspn(w, " "))),
				    "ago yesterday gestern hier ayer ieri ontem gisteren"))
			return err_code(e, "past", "'%s' lies in the past", s);
	if (verb == COMMAND_AT && when_is(p, pool_print(p, "at %s", s), false, e))
		return true;
	if (when_is(p, s, false, verb == COMMAND_AT ? &mine : e))
		return true;
	if (verb == COMMAND_AT && (!text_starts(s, "at ") && strcmp(e->code, "ambiguous") != 0))
		*e = mine;
	/* auf Freitag, au 12 mars, hasta el viernes, naar vrijdag */
	if ((less = less_first(
		     p, s,
		     "auf zu zum bis am au a al a jusqua jusquau pour hasta para per su fino ate tot naar op voor")) &&
	    when_is(p, less, false, NULL)) {
		*words = less;
		return true;
	}
	return false;
}

size_t command_words_of(const char *s)
{
	size_t n = 0;

	for (; *s; s += strcspn(s, " "), s += *s == ' ')
		n++;
	return n;
}

/* Three words that hold none of a date's are a sentence: "me the slides". */
static bool sounds_of_a_date(struct pool *p, const char *s)
{
	for (size_t n; *s; s += n, s += *s == ' ') {
		struct err e = { 0 };
		const char *w;

		n = strcspn(s, " ");
		w = text_fold(p, pool_slice(p, s, n));
		if (!command_word_in(w, "and a an at to by in of on from und et y e o en") &&
		    (when_is(p, w, false, &e) || (strcmp(e.code, "unknown") != 0 && strcmp(e.code, "empty") != 0)))
			return true;
	}
	return false;
}

/* More words than a date would have, or signs of a sentence: not a date that somebody misspelt. */
static bool sentence(struct pool *p, const char *s)
{
	size_t n = command_words_of(s);

	return n > 3 || strpbrk(s, ",;!") || (n == 3 && !sounds_of_a_date(p, s));
}

/* The argument of a verb that takes a moment. */
bool command_read_moment(struct pool *p, const struct pieces *l, size_t i, size_t end, const struct spelling *as,
			 bool has_ids, struct command *c)
{
	struct ids *ids = pool_take(p, sizeof *ids);
	bool may_have_ids = command_takes_ids(c->verb) && !has_ids, found = false, blocked = false;
	size_t best = 0, first = 0;
	const char *raw, *when = NULL;
	struct err e = { 0 };

	if (i < end && !*l->list[i].word && !sign_at(l, i, end, "#+"))
		return false; /* "Wait, I have not", "snooze - later" */
	if (!may_have_ids || !command_ids(l, i, end, ids))
		ids->steps = 0;
	if (ids->steps && sign_at(l, ids->step[ids->steps - 1].next, end, ":"))
		first = ids->steps; /* due 12: friday */
	else if (ids->steps && ids->marked)
		first = 1;
	else if (c->verb == COMMAND_AT && ids->n == 1 && ids->step[0].next >= end)
		ids->steps = 0; /* at 9 */
	/* the whole is tried first, then with one number less, and so on; a list that was parted by signs stays whole
	 */
	for (size_t k = first; k <= ids->steps && !found; k++) {
		size_t at = k ? ids->step[k - 1].next : i;
		struct err why = { 0 };

		if (k && k < ids->steps && ids->step[k - 1].listed)
			continue;
		at += k && sign_at(l, at, end, ":");
		if (at >= end)
			break;
		when = command_slice(p, l, at, end);
		if (command_moment(p, c->verb, &when, &why)) {
			if (blocked)
				break;
			found = true;
			best = k;
		} else if (strcmp(why.code, "nodate") == 0 || strcmp(why.code, "notime") == 0) {
			blocked = true; /* 31 nov is no day, and not number 31 in november */
			best = k;
			e = why;
		} else if (!blocked) {
			best = k;
			e = why;
		}
	}
	if (!found && !blocked && ids->steps &&
	    ids->step[ids->steps - 1].next + sign_at(l, ids->step[ids->steps - 1].next, end, ":") >= end)
		best = ids->steps; /* numbers alone */
	if (best)
		command_set_ids(p, c, ids, ids->step[best - 1].n);
	i = best ? ids->step[best - 1].next : i;
	i += best && sign_at(l, i, end, ":");
	if (i >= end)
		return command_takes(c->verb) == MOMENT ? true : command_lacks(p, c, "the date");
	if (found) {
		c->when = when;
		return true;
	}
	raw = when = command_slice(p, l, i, end);
	if ((as->flags & QUIET) || sentence(p, raw))
		return false;
	command_moment(p, c->verb, &when, &e);
	return command_wrong(p, c, when, e.code, e.text);
}

/* `every` with the whole cadence, also without that word. */
bool command_read_cadence(struct pool *p, const struct pieces *l, size_t verb, size_t i, size_t end, bool has_ids,
			  struct command *c)
{
	size_t steps, at = 0;
	struct ids *ids = pool_take(p, sizeof *ids);
	const char *when, *word = command_slice(p, l, verb, verb + 1), *rest;
	struct err e = { 0 };

	i += sign_at(l, i, end, ":");
	if (i >= end)
		return command_lacks(p, c, "how often");
	if (!*l->list[i].word && !sign_at(l, i, end, "#"))
		return false;
	steps = !has_ids && command_ids(l, i, end, ids) ? ids->steps : 0;
	/* as with a moment: the whole first, then with one number less, and so on */
	for (size_t k = 0; k <= steps; k++) {
		at = k ? ids->step[k - 1].next : i;
		at += k && sign_at(l, at, end, ":");
		if (k)
			command_set_ids(p, c, ids, ids->step[k - 1].n);
		if (at >= end)
			return command_lacks(p, c, "how often");
		when = pool_print(p, "%s %s", word, command_slice(p, l, at, end));
		e = (struct err){ 0 };
		if (strlen(when) <= WHEN_MOST && when_is(p, when, true, &e)) {
			c->when = when;
			return true;
		}
	}
	i = at;
	rest = command_slice(p, l, i, end);
	if (sentence(p, rest))
		return false;
	return command_wrong(p, c, pool_print(p, "%s %s", word, rest), e.code[0] ? e.code : "unknown", e.text);
}
