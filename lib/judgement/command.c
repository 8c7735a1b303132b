/* command - a line's words to a command; which lines count */
#include "judgement/command_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "judgement/when.h"
#include "nouns/addr.h"

static bool sign_at(const struct pieces *l, size_t i, size_t end, const char *signs)
{
	return i < end && !*l->list[i].word && l->list[i].sign && l->list[i].sign < 0x80 && strchr(signs, (int)l->list[i].sign);
}

static bool word_at(const struct pieces *l, size_t i, size_t end, const char *words)
{
	return i < end && command_word_in(l->list[i].word, words);
}

static bool and_at(const struct pieces *l, size_t i, size_t end)
{
	return word_at(l, i, end, "and und et y e en") || sign_at(l, i, end, "&");
}

static bool is_picture(const struct piece *k)
{
	return (unsigned char)k->word[0] >= 0xe2 && !isalnum((unsigned char)k->word[0]) && utf8_next(&(const char *){ k->word }, k->word + strlen(k->word)) >= 0x2300;
}

static char *slice(struct pool *p, const struct pieces *l, size_t from, size_t end)
{
	size_t till;

	if (from >= end)
		return pool_copy(p, "");
	till = end == l->n && l->long_ ? strlen(l->line) : l->list[end - 1].to;
	return text_squeeze(p, pool_slice(p, l->line + l->list[from].from, till - l->list[from].from));
}

/* Without end signs, pictures and courtesy. In free text courtesy must stand behind a sign: "she says thanks" stays. */
static size_t without_end(const struct pieces *l, size_t from, size_t end, bool text)
{
	for (size_t was = 0, at; was != end;) {
		was = end;
		if (end > from + 1 && sign_at(l, end - 1, end, ")D") && sign_at(l, end - 2, end, ":;-=") && !l->list[end - 1].gap)
			end--;
		while (end > from && sign_at(l, end - 1, end, ".!,;:-="))
			end--;
		if (end > from && is_picture(&l->list[end - 1])) {
			bool more = text;

			for (size_t i = from; i + 1 < end; i++)
				more |= *l->list[i].word && !isdigit((unsigned char)l->list[i].word[0]);
			if (more)
				end--;
		}
		if (command_courtesy(l, from, end, &at) && (!text || at == from || !*l->list[at - 1].word))
			end = at;
	}
	return end;
}

/* ---- numbers ---- */

struct ids {
	int64_t list[IDS_MOST];
	size_t n;
	size_t steps;               /* written pieces of the list: after step k, how many ids, where it goes on, was it parted by more than a blank */
	struct { size_t n, next; bool listed; } step[IDS_MOST];
	bool marked;                /* the first one is written #12 */
};

static bool number_at(const struct pieces *l, size_t i, size_t end, int64_t *out)
{
	const char *w;

	if (i >= end)
		return false;
	w = l->list[i].word;
	if (!*w || strlen(w) > 6 || strspn(w, "0123456789") != strlen(w))
		return false;
	/* 12.5, 12:30, 1/2 are no numbers of promises */
	if (i + 2 < end && sign_at(l, i + 1, end, ".:/") && !l->list[i + 1].gap && !l->list[i + 2].gap && isdigit((unsigned char)l->list[i + 2].word[0]))
		return false;
	*out = atoll(w);
	return *out >= 1 && *out <= ID_MOST;
}

/* Numbers that stand at `at`, as many as there are. */
static bool read_ids(const struct pieces *l, size_t at, size_t end, struct ids *out)
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

static void set_ids(struct pool *p, struct command *c, const struct ids *ids, size_t n)
{
	c->ids = pool_list(p, n ? n : 1, sizeof *c->ids);
	memcpy(c->ids, ids->list, n * sizeof *c->ids);
	c->id_count = n;
}

/* ---- arguments ---- */

static bool wrong(struct pool *p, struct command *c, const char *when, const char *code, const char *message)
{
	c->of = c->verb;
	c->verb = COMMAND_ERROR;
	c->when = when;
	c->text = NULL;
	c->code = pool_copy(p, code);
	c->message = pool_copy(p, message);
	return true;
}

static bool empty(struct pool *p, struct command *c, const char *what)
{
	return wrong(p, c, NULL, "empty", pool_print(p, "%s is missing; as `%s`", what, c->verb == COMMAND_DUE ? "due friday" : c->verb == COMMAND_TEAM ? "team NAME" :
		     c->verb == COMMAND_CHALLENGE ? "challenge start" : c->verb == COMMAND_SAFETY ? "safety reported" : c->verb == COMMAND_EVERY ? "every 2 weeks" :
		     c->verb == COMMAND_AT ? "at friday 3pm" : c->verb == COMMAND_TOUCH ? "touch phone" : pool_print(p, "%s: TEXT", command_word(c->verb))));
}

/* The words less the first one, if that is one of `words` and not the last. */
static const char *less_first(struct pool *p, const char *s, const char *words)
{
	size_t n = strcspn(s, " ");

	return s[n] && command_word_in(text_fold(p, pool_slice(p, s, n)), words) ? s + n + 1 : NULL;
}

/* Is it a moment for this verb? `*words` loses what is dropped before it. */
static bool moment(struct pool *p, enum command_verb verb, const char **words, struct err *e)
{
	const char *s = *words, *less;
	struct err mine = { 0 };

	while ((less = less_first(p, s, "until till for to on")))
		s = less;
	if (strlen(s) > 200)
		return err_code(e, "unknown", "that is too long for a date");
	*words = s;
	if (verb == COMMAND_EVERY)
		return when_is(p, s, true, e);
	if (verb == COMMAND_AT && when_is(p, pool_print(p, "at %s", s), false, e))
		return true;
	if (when_is(p, s, false, verb == COMMAND_AT ? &mine : e))
		return true;
	if (verb == COMMAND_AT && (!text_starts(s, "at ") && strcmp(e->code, "ambiguous") != 0))
		*e = mine;
	/* auf Freitag, au 12 mars, hasta el viernes, naar vrijdag */
	if ((less = less_first(p, s, "auf zu zum bis am au a al a jusqua jusquau pour hasta para per su fino ate tot naar op voor")) && when_is(p, less, false, NULL)) {
		*words = less;
		return true;
	}
	return false;
}

static size_t words_of(const char *s)
{
	size_t n = 0;

	for (; *s; s += strcspn(s, " "), s += *s == ' ')
		n++;
	return n;
}

/* Three words that hold none of a date's are a sentence: "me the slides". */
static bool sounds_of_a_date(struct pool *p, const char *s)
{
	struct err e;

	for (size_t n; *s; s += n, s += *s == ' ') {
		n = strcspn(s, " ");
		e = (struct err){ 0 };
		if (when_is(p, pool_slice(p, s, n), false, &e) || (strcmp(e.code, "unknown") != 0 && strcmp(e.code, "empty") != 0))
			return true;
	}
	return false;
}

/* The argument of a verb that takes a moment. */
static bool read_moment(struct pool *p, const struct pieces *l, size_t i, size_t end, const struct spelling *as, bool has_ids, struct command *c)
{
	struct ids *ids = pool_take(p, sizeof *ids);
	bool may_have_ids = command_takes_ids(c->verb) && !has_ids, found = false, blocked = false;
	size_t best = 0, first = 0;
	const char *raw, *when = NULL;
	struct err e = { 0 };

	if (i < end && !*l->list[i].word && !sign_at(l, i, end, "#+"))
		return false; /* "Wait, I have not", "snooze - later" */
	if (!may_have_ids || !read_ids(l, i, end, ids))
		ids->steps = 0;
	if (ids->steps && ids->marked)
		first = 1;
	/* the whole is tried first, then with one number less, and so on; a list that was parted by signs stays whole */
	for (size_t k = first; k <= ids->steps && !found; k++) {
		size_t at = k ? ids->step[k - 1].next : i;
		struct err why = { 0 };

		if (k && k < ids->steps && ids->step[k - 1].listed)
			continue;
		at += k && sign_at(l, at, end, ":");
		if (at >= end)
			break;
		when = slice(p, l, at, end);
		if (moment(p, c->verb, &when, &why)) {
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
	if (!found && !blocked && ids->steps && ids->step[ids->steps - 1].next + sign_at(l, ids->step[ids->steps - 1].next, end, ":") >= end)
		best = ids->steps; /* numbers alone */
	if (best)
		set_ids(p, c, ids, ids->step[best - 1].n);
	i = best ? ids->step[best - 1].next : i;
	i += best && sign_at(l, i, end, ":");
	if (i >= end)
		return command_takes(c->verb) == MOMENT ? true : empty(p, c, "the date");
	if (found) {
		c->when = when;
		return true;
	}
	raw = when = slice(p, l, i, end);
	if ((as->flags & QUIET) || words_of(raw) > 3 || strchr(raw, ',') || (words_of(raw) == 3 && !sounds_of_a_date(p, raw)))
		return false;
	moment(p, c->verb, &when, &e);
	return wrong(p, c, when, e.code, e.text);
}

/* `every` with the whole cadence, also without that word. */
static bool read_cadence(struct pool *p, const struct pieces *l, size_t verb, size_t i, size_t end, bool has_ids, struct command *c)
{
	struct ids *ids = pool_take(p, sizeof *ids);
	const char *when, *word = slice(p, l, verb, verb + 1), *rest;
	struct err e = { 0 };

	i += sign_at(l, i, end, ":");
	if (i >= end)
		return empty(p, c, "how often");
	if (!*l->list[i].word && !sign_at(l, i, end, "#"))
		return false;
	for (int with = has_ids; with < 2; with++) {
		if (with == 1 && !has_ids) {
			if (!read_ids(l, i, end, ids))
				break;
			if (ids->step[ids->steps - 1].next >= end)
				return set_ids(p, c, ids, ids->n), empty(p, c, "how often");
			i = ids->step[ids->steps - 1].next;
			i += sign_at(l, i, end, ":");
			set_ids(p, c, ids, ids->n);
		}
		rest = slice(p, l, i, end);
		when = pool_print(p, "%s %s", word, rest);
		e = (struct err){ 0 };
		if (strlen(when) <= 200 && when_is(p, when, true, &e)) {
			c->when = when;
			return true;
		}
	}
	rest = slice(p, l, i, end);
	if (words_of(rest) > 3 || strchr(rest, ',') || (words_of(rest) == 3 && !sounds_of_a_date(p, rest)))
		return false;
	return wrong(p, c, pool_print(p, "%s %s", word, rest), e.code[0] ? e.code : "unknown", e.text);
}

static bool read_address(struct pool *p, const struct pieces *l, size_t i, size_t end, struct command *c)
{
	const char *raw = slice(p, l, i, end), *open = strchr(raw, '<'), *close = open ? strchr(open, '>') : NULL;
	const char *a, *last;

	a = close ? pool_slice(p, open + 1, (size_t)(close - open - 1)) : raw;
	if (!close && (last = strrchr(raw, ' ')) && words_of(raw) <= 5)
		a = last + 1;
	while (*a == '(' || *a == ' ')
		a++;
	if (text_starts(a, "mailto:"))
		a += strlen("mailto:");
	a = pool_slice(p, a, strcspn(a, ") "));
	if (addr_valid(a)) {
		c->who = a;
		return true;
	}
	if (words_of(raw) > 3)
		return false;
	return wrong(p, c, NULL, "address", "an address is missing; as `who ada@example.org`");
}

/* Does a text begin here, behind a mark? */
static bool mark_at(const struct pieces *l, size_t i, size_t end)
{
	if (sign_at(l, i, end, ":,;"))
		return true;
	if (sign_at(l, i, end, "."))
		return i + 1 < end && l->list[i + 1].gap;
	return sign_at(l, i, end, "-") && (l->list[i].gap || (i + 1 < end && l->list[i + 1].gap));
}

static bool takes_back(struct pool *p, const char *text)
{
	struct pieces l;

	command_pieces(p, text, &l);
	for (size_t i = 0; i < l.n; i++)
		if (command_word_in(l.list[i].word, "but except not still almost nearly half partly aber nicht noch ausser mais pas pero no"))
			return true;
	return false;
}

static const char *free_text(struct pool *p, const struct pieces *l, size_t i, size_t end)
{
	while (i < end && sign_at(l, i, end, ":,;.-"))
		i++;
	end = without_end(l, i, end, true);
	return i < end ? slice(p, l, i, end) : NULL;
}

/* Numbers alone behind a mark are still numbers: "done: 12, 14". */
static bool only_ids(struct pool *p, const struct pieces *l, size_t i, size_t end, struct command *c)
{
	struct ids *ids = pool_take(p, sizeof *ids);

	if (!command_takes_ids(c->verb) || c->id_count || c->all || !read_ids(l, i, end, ids) || ids->step[ids->steps - 1].next < end)
		return false;
	set_ids(p, c, ids, ids->n);
	return true;
}

static bool read_marked(struct pool *p, const struct pieces *l, size_t i, size_t end, size_t text_end, struct command *c)
{
	if (i < end && mark_at(l, i, end)) {
		if (only_ids(p, l, i + 1, end, c))
			return true;
		c->text = free_text(p, l, i + 1, text_end);
	} else if (i < end && c->verb == COMMAND_CANCEL && word_at(l, i, end, "because since weil")) {
		c->text = free_text(p, l, i, text_end);
	} else if (i < end) {
		return false;
	}
	return true;
}

static bool read_interest(struct pool *p, struct command *c)
{
	static const char *const untils[] = { " until ", " till ", " bis ", " jusqu'a ", " hasta ", " fino a ", " ate ", " tot " };
	char *folded = text_fold(p, c->text);

	/* folding may change the length: only where it does not is the place known */
	if (strlen(folded) != strlen(c->text))
		folded = pool_copy(p, c->text);
	for (size_t i = 0; i < sizeof untils / sizeof *untils; i++)
		for (size_t n = strlen(folded), m = strlen(untils[i]); n-- > 0;)
			if (n + m < strlen(folded) && strncasecmp(folded + n, untils[i], m) == 0 && strlen(folded + n + m) <= 200 &&
			    when_is(p, c->text + n + m, false, NULL)) {
				c->when = pool_copy(p, c->text + n + m);
				c->text = text_squeeze(p, pool_slice(p, c->text, n));
				return true;
			}
	return true;
}

static bool read_held(struct pool *p, const struct pieces *l, size_t i, size_t end, struct command *c)
{
	while (i < end) {
		const char *w = l->list[i].word;
		size_t n = strlen(w);

		if (n < 2 || n > 7 || w[0] != 'h' || strspn(w + 1, "0123456789") != n - 1 || atoll(w + 1) < 1 || c->held_count >= IDS_MOST)
			return false;
		*(int64_t *)pool_more(p, &c->held, c->held_count, sizeof *c->held) = atoll(w + 1);
		c->held_count++;
		i++;
		if (i < end && (sign_at(l, i, end, ",") || and_at(l, i, end)))
			if (++i >= end)
				return false;
	}
	return true;
}

static bool read_choice(struct pool *p, const struct pieces *l, size_t i, size_t end, struct command *c)
{
	const char *raw;
	struct spelling s;

	i += sign_at(l, i, end, ":");
	raw = slice(p, l, i, end);
	if (i >= end)
		return c->verb == COMMAND_LIST || c->verb == COMMAND_HELP ? true : empty(p, c, c->verb == COMMAND_CHALLENGE ? "start or stop" : "reported or no");
	if (c->verb == COMMAND_LIST && addr_valid(raw)) {
		c->arg = raw;
		return true;
	}
	if (c->verb == COMMAND_HELP ? command_spelling(l, i, end, true, PIECES_MOST, &s) != end - i :
	    end != i + 1 || !word_at(l, i, end, c->verb == COMMAND_LIST ? "all overdue today week" : c->verb == COMMAND_CHALLENGE ? "start stop" : "reported no"))
		return false;
	c->arg = c->verb == COMMAND_HELP && end - i > 1 ? raw : l->list[i].word;
	return true;
}

/* ---- a verb and what follows it ---- */

static bool read_verb(struct pool *p, const struct pieces *l, size_t verb, const struct spelling *as, size_t end, size_t text_end, struct command *c)
{
	size_t i = verb + as->n;
	bool front = c->id_count > 0, colon = false;
	enum takes takes = command_takes(as->verb);

	c->verb = as->verb;
	if (front && !command_takes_ids(c->verb))
		return false;
	if (takes == CADENCE)
		return read_cadence(p, l, verb, i, end, front, c);
	if (takes == CHOICE)
		return read_choice(p, l, i, end, c);
	if (takes == HELD)
		return read_held(p, l, i, end, c);
	if (takes == MOMENT || takes == MOMENT_NEEDED || takes == ADDRESS || takes == NAME || takes == TEXT_NEEDED || takes == LETTER) {
		colon = sign_at(l, i, takes == LETTER || takes == TEXT_NEEDED ? text_end : end, ":");
		i += colon;
	}
	if (!front && !colon && as->n == 1 && command_takes_ids(c->verb) && word_at(l, i, end, "all")) {
		c->all = front = true;
		i++;
		if (sign_at(l, i, end, ":") && takes != MARKED)
			i++;
	}
	if (takes == MOMENT || takes == MOMENT_NEEDED)
		return i >= end && takes == MOMENT_NEEDED ? empty(p, c, "the date") : read_moment(p, l, i, end, as, front, c);
	if (command_takes_ids(c->verb) && !front && !colon) {
		struct ids *ids = pool_take(p, sizeof *ids);

		if (read_ids(l, i, end, ids)) {
			set_ids(p, c, ids, ids->n);
			i = ids->step[ids->steps - 1].next;
			if (takes != MARKED && takes != NOTHING && sign_at(l, i, text_end, ":")) {
				colon = true;
				i++;
			}
		}
	}
	if ((as->flags & AT_MARK) && !colon)
		return false;
	switch (takes) {
	case MARKED:
		if (as->flags & BARE)
			return i >= end;
		return read_marked(p, l, i, end, text_end, c) && !(c->verb == COMMAND_DONE && c->text && takes_back(p, c->text));
	case MARKED_NEEDED:
		if (i >= end)
			return empty(p, c, c->verb == COMMAND_INTEREST ? "the topic" : "the text");
		if (!read_marked(p, l, i, end, text_end, c))
			return false;
		return !c->text ? empty(p, c, "the text") : c->verb == COMMAND_INTEREST ? read_interest(p, c) : true;
	case TEXT_NEEDED:
		if (i < text_end && !colon && !*l->list[i].word && !sign_at(l, i, text_end, "-\"(#"))
			return false; /* "Note, she is away" */
		if (c->verb == COMMAND_WHAT && !colon &&
		    word_at(l, i, end, "a an is are do does did was were about if i we you the time when happens"))
			return false;
		c->text = free_text(p, l, i, text_end);
		return c->text ? true : empty(p, c, "the text");
	case LETTER:
		if (i < text_end && !colon && sign_at(l, i, text_end, ",;.-"))
			return false;
		c->text = i < text_end || l->long_ ? slice(p, l, i, l->n) : "";
		return true;
	case ADDRESS:
		return i < end && !colon && sign_at(l, i, end, ",;.-") ? false : read_address(p, l, i, end, c);
	case NAME:
		if (i >= end)
			return empty(p, c, "the team");
		c->team = slice(p, l, i, end);
		return *l->list[i].word && !strchr(c->team, ' ');
	case CHANNEL: {
		size_t from;

		i += sign_at(l, i, end, ":");
		from = i;
		if (i >= end)
			return empty(p, c, "the channel");
		if (!*l->list[i].word)
			return false;
		for (i++; i < end && !l->list[i].gap && !mark_at(l, i, end); i++)
			;
		c->arg = slice(p, l, from, i);
		return read_marked(p, l, i, end, text_end, c);
	}
	case NOTHING: return i >= end;
	case MOMENT: case MOMENT_NEEDED: case CADENCE: case CHOICE: case HELD: break;
	}
	return false;
}

/* A bare expression: tomorrow, by friday, every quarter. */
static bool read_bare(struct pool *p, const struct pieces *l, size_t i, size_t end, struct command *c)
{
	const char *when = slice(p, l, i, end);
	struct err e;

	if (i >= end || strlen(when) > 200)
		return false;
	c->when = when;
	if (when_is(p, when, true, NULL)) {
		c->verb = COMMAND_EVERY;
		return true;
	}
	c->verb = word_at(l, i, end, "by spatestens spaetestens") ? COMMAND_DUE : COMMAND_SNOOZE;
	return moment(p, c->verb, &c->when, &e);
}

/* The longest spelling first, then shorter ones; "annuler" alone is undo, with a reason cancel. */
static bool read_spelled(struct pool *p, const struct pieces *l, size_t i, size_t end, size_t text_end, const struct command *begun, struct command *out)
{
	struct spelling as;
	bool bare = true;

	for (size_t longest = PIECES_MOST, n; (n = command_spelling(l, i, end, bare, longest, &as));) {
		struct command c = *begun;

		if (read_verb(p, l, i, &as, end, text_end, &c)) {
			*out = c;
			return true;
		}
		longest = as.flags & BARE ? n + 1 : n;
		bare = !(as.flags & BARE);
	}
	return false;
}

/* One command that takes the whole stretch. */
static bool read_one(struct pool *p, const struct pieces *l, size_t from, size_t end, struct command *out)
{
	size_t text_end = end, i = from;
	struct ids *ids = pool_take(p, sizeof *ids);
	struct command c = { 0 };

	end = without_end(l, from, end, false);
	if (read_spelled(p, l, i, end, text_end, &(struct command){ 0 }, out))
		return true;
	if (read_ids(l, i, end, ids)) {
		bool marked = ids->marked;

		i = ids->step[ids->steps - 1].next;
		if (sign_at(l, i, end, ":")) {
			marked = true;
			i++;
		} else if (sign_at(l, i, end, "-") && i + 1 < end && l->list[i + 1].gap) {
			i++;
		}
		set_ids(p, &c, ids, ids->n);
		if (read_spelled(p, l, i, end, text_end, &c, out))
			return true;
		if (marked && read_bare(p, l, i, end, &c)) {
			*out = c;
			return true;
		}
		c = (struct command){ 0 };
	}
	if (!l->long_ && read_bare(p, l, from, end, &c)) {
		*out = c;
		return true;
	}
	return false;
}

/* ---- several on a line ---- */

struct chain {
	struct pool *p;
	const struct pieces *l;
	struct commands *out;
	bool *failed; /* from this piece on it was tried, in vain */
	int tries;
};

static bool verb_at(const struct pieces *l, size_t i, size_t end)
{
	struct ids ids;
	struct spelling as;

	if (command_spelling(l, i, end, true, PIECES_MOST, &as))
		return true;
	if (!read_ids(l, i, end, &ids))
		return false;
	i = ids.step[ids.steps - 1].next;
	i += sign_at(l, i, end, ":");
	return command_spelling(l, i, end, true, PIECES_MOST, &as) > 0;
}

static void put(struct chain *k, const struct command *c)
{
	*(struct command *)pool_more(k->p, &k->out->list, k->out->n, sizeof *k->out->list) = *c;
	k->out->n++;
}

static bool read_chain(struct chain *k, size_t from)
{
	const struct pieces *l = k->l;
	size_t end = l->n, start = from, n;
	struct spelling as;
	struct command whole, left;
	bool is, texty;

	if (from >= end || k->failed[from] || k->out->n > COMMANDS_MOST)
		return false;
	/* a yes before a verb says nothing more, a no turns it into something that nobody should guess */
	n = command_spelling(l, from, end, true, PIECES_MOST, &as);
	if (n && (as.verb == COMMAND_YES || as.verb == COMMAND_NO)) {
		size_t i = from + n + sign_at(l, from + n, end, ",.!-");

		if (i < end && verb_at(l, i, end)) {
			if (as.verb == COMMAND_NO)
				return !(k->failed[from] = true);
			start = i;
		}
	}
	is = read_one(k->p, l, start, end, &whole);
	texty = is && (whole.text || whole.verb == COMMAND_EDIT);
	if (is && (whole.verb == COMMAND_EDIT || (!texty && whole.verb != COMMAND_ERROR))) {
		put(k, &whole);
		return true;
	}
	for (size_t i = start + 1; i + 1 < end && k->tries < 200; i++) {
		bool semicolon = sign_at(l, i, end, ";");
		size_t right = i + 1, had = k->out->n;

		if (!semicolon && !sign_at(l, i, end, ",") && !and_at(l, i, end))
			continue;
		right += and_at(l, right, end);
		if (!semicolon && !verb_at(l, right, end))
			continue;
		k->tries++;
		if (!read_one(k->p, l, start, i, &left))
			continue;
		put(k, &left);
		/* in free text a comma or an `and` parts only what names its numbers, or follows a text of another kind of sign */
		if (read_chain(k, right) && (!texty || semicolon || k->out->list[had + 1].id_count || k->out->list[had + 1].all))
			return true;
		k->out->n = had;
	}
	if (!is)
		return !(k->failed[from] = true);
	put(k, &whole);
	return true;
}

static bool is_question(const struct pieces *l)
{
	size_t end = l->n;

	while (end && sign_at(l, end - 1, end, "!. "))
		end--;
	return end && (sign_at(l, end - 1, end, "?") || l->list[end - 1].sign == 0xff1f);
}

/* The commands of a line; false: it is none. */
static bool read_line(struct pool *p, const char *line, struct commands *out)
{
	struct pieces l;
	struct chain k = { .p = p, .l = &l, .out = out };
	size_t had = out->n;

	command_pieces(p, command_clean(p, line), &l);
	if (!l.n)
		return false;
	if (is_question(&l)) {
		if (!(l.n == 1 || (l.n == 2 && word_at(&l, 0, l.n, "help"))))
			return false;
		put(&k, &(struct command){ .verb = COMMAND_HELP });
		return true;
	}
	k.failed = pool_list(p, l.n + 1, sizeof *k.failed);
	if (read_chain(&k, 0))
		return true;
	out->n = had;
	return false;
}

/* ---- the answer to a sweep ---- */

static bool read_sweep(struct pool *p, const char *line, struct commands *out)
{
	struct pieces l;
	struct chain k = { .p = p, .l = &l, .out = out };
	struct command c = { .verb = COMMAND_ADD };
	size_t i, end, at;
	bool named = false;

	command_pieces(p, command_clean(p, line), &l);
	for (i = 0; i < l.n && i < 8 && !sign_at(&l, i, l.n, ":"); i++)
		named |= *l.list[i].word && !isdigit((unsigned char)l.list[i].word[0]);
	if (!named || !sign_at(&l, i, l.n, ":") || i + 1 >= l.n || is_question(&l))
		return false;
	c.who = slice(p, &l, 0, i);
	i++;
	end = without_end(&l, i, l.n, false);
	if (end == i ? sign_at(&l, i, l.n, "-") : end == i + 1 && word_at(&l, i, end, "nothing none nichts rien nada niente niets")) {
		c.verb = COMMAND_NONE;
		put(&k, &c);
		return true;
	}
	end = without_end(&l, i, l.n, true);
	if (end <= i)
		return false;
	/* the longest expression at the end, but not the whole */
	for (at = i + 1; at < end; at++) {
		const char *when = slice(p, &l, at, end);
		struct err e;

		if (!*l.list[at].word && !sign_at(&l, at, end, "+"))
			continue;
		if (l.list[at].gap && moment(p, COMMAND_SNOOZE, &when, &e)) {
			c.when = when;
			break;
		}
	}
	while (at > i + 1 && at < end && (sign_at(&l, at - 1, end, ",;:-.") || word_at(&l, at - 1, end, "until till for to on")))
		at--;
	c.text = slice(p, &l, i, at);
	put(&k, &c);
	return true;
}

/* ---- the whole ---- */

static bool read_any(struct pool *p, const char *line, bool sweep, struct commands *out)
{
	return read_line(p, line, out) || (sweep && read_sweep(p, line, out));
}

static bool only_courtesy(struct pool *p, const char *line)
{
	struct pieces l;

	command_pieces(p, command_clean(p, line), &l);
	while (l.n && is_picture(&l.list[l.n - 1]))
		l.n--;
	return without_end(&l, 0, l.n, false) == 0;
}

/* "Thanks," and a name below it. */
static bool only_name(struct pool *p, const char *line)
{
	struct pieces l;
	struct spelling as;
	size_t words = 0;

	command_pieces(p, line, &l);
	for (size_t i = 0; i < l.n; i++) {
		if (!*l.list[i].word ? !sign_at(&l, i, l.n, ".-") : !isupper((unsigned char)line[l.list[i].from]))
			return false;
		words += *l.list[i].word != '\0';
	}
	return words >= 1 && words <= 3 && !command_spelling(&l, 0, l.n, true, PIECES_MOST, &as);
}

/* Thanks alone needs no answer. */
static bool courtesy_alone(struct pool *p, const struct lines *l, size_t from)
{
	bool any = false;

	for (size_t i = from; i < l->n; i++) {
		if (!*l->list[i])
			continue;
		if (only_courtesy(p, l->list[i]))
			any = true;
		else if (!any || !only_name(p, l->list[i]))
			return false;
	}
	return any;
}

static const char *joined(struct pool *p, const struct lines *l, size_t from, size_t end)
{
	struct text *t = text_new(p, BODY_MOST);

	for (size_t i = from; i < end; i++) {
		text_add(t, l->list[i]);
		text_char(t, '\n');
	}
	while (t->n && strchr(" \n", t->s[t->n - 1]))
		t->s[--t->n] = '\0';
	return t->s + strspn(t->s, "\n");
}

/* The text of a note goes on over the next lines, to a blank one or a command. Returns the line after it. */
static size_t go_on(struct pool *p, const struct lines *l, size_t i, bool sweep, struct command *c)
{
	struct text *t = text_new(p, NOTE_MOST);
	struct pieces pieces;
	size_t end, from = i;

	text_add(t, c->text);
	for (; i < l->n && i < LINES_MOST && *l->list[i]; i++) {
		struct commands next = { 0 };

		if (read_any(p, l->list[i], sweep, &next) || only_courtesy(p, l->list[i]))
			break;
		if (t->n)
			text_char(t, ' ');
		text_add(t, l->list[i]);
	}
	if (i == from)
		return i;
	command_pieces(p, text_squeeze(p, t->s), &pieces);
	end = without_end(&pieces, 0, pieces.n, true);
	c->text = slice(p, &pieces, 0, end);
	return i;
}

static void unknown(struct pool *p, const char *line, struct commands *out)
{
	struct pieces l;
	const char *s = text_squeeze(p, line), *end = s + strlen(s), *at = s;

	for (int n = 0; n < UNKNOWN_MOST && at < end; n++)
		utf8_next(&at, end);
	command_pieces(p, command_clean(p, line), &l);
	*out = (struct commands){ .rest = out->rest };
	*(struct command *)pool_more(p, &out->list, 0, sizeof *out->list) =
		(struct command){ .verb = COMMAND_UNKNOWN, .text = pool_slice(p, s, (size_t)(at - s)), .near = command_near(p, &l) };
	out->n = 1;
}

static bool too_many(struct pool *p, struct commands *out)
{
	const struct command c = { .verb = COMMAND_ERROR, .of = COMMAND_UNKNOWN, .code = "toomany", .message = "more than 20 commands in one mail; nothing was done" };

	*(struct command *)pool_more(p, &out->list, 0, sizeof *out->list) = c;
	out->n = 1;
	return false;
}

void command_parse(struct pool *p, const char *top, bool sweep, struct commands *out)
{
	struct lines l;
	size_t i = 0, first;

	*out = (struct commands){ .rest = "" };
	command_lines(p, top, &l);
	while (i < l.n && (!*l.list[i] || command_greets(l.list[i])))
		i++;
	first = i;
	while (i < l.n && i < LINES_MOST) {
		size_t had = out->n, line = i;
		struct command *last;

		if (!*l.list[i]) {
			i++;
			continue;
		}
		if (!read_any(p, l.list[i], sweep, out))
			break;
		i++;
		last = &out->list[out->n - 1];
		if (last->verb == COMMAND_EDIT) {
			const char *below = joined(p, &l, i, l.n);

			last->text = *last->text && *below ? pool_print(p, "%s\n%s", last->text, l.list[i] && *l.list[i] ? below : pool_print(p, "\n%s", below)) :
				     *below ? below : last->text;
			if (!*last->text)
				empty(p, last, "the new text");
			i = l.n;
			break;
		}
		if (last->verb == COMMAND_ERROR && (last->of == COMMAND_NOTE || last->of == COMMAND_WHAT) && strcmp(last->code, "empty") == 0 && i < l.n && *l.list[i]) {
			struct command with = { .verb = last->of, .ids = last->ids, .id_count = last->id_count, .all = last->all };

			i = go_on(p, &l, i, sweep, &with);
			if (with.text)
				*last = with;
		} else if (last->text && (last->verb == COMMAND_DONE || last->verb == COMMAND_CANCEL || last->verb == COMMAND_NOTE || last->verb == COMMAND_WHAT)) {
			i = go_on(p, &l, i, sweep, last);
			if (last->verb == COMMAND_DONE && takes_back(p, last->text)) {
				out->n = had;
				i = line;
				break;
			}
		}
		if (out->n > COMMANDS_MOST && !too_many(p, out))
			break;
	}
	out->rest = joined(p, &l, i, l.n);
	if (first < l.n && !out->n && !courtesy_alone(p, &l, first))
		unknown(p, l.list[first], out);
}
