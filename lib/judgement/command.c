/* command - which lines of a reply are commands, and how many stand on a line */
#include "judgement/command_inner.h"

#include <ctype.h>

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
	if (!command_ids(l, i, end, &ids))
		return false;
	i = ids.step[ids.steps - 1].next;
	if (sign_at(l, i, end, ":") || ids.marked)
		return true;
	return command_spelling(l, i, end, true, PIECES_MOST, &as) > 0;
}

static bool put(struct chain *k, const struct command *c)
{
	*(struct command *)pool_more(k->p, &k->out->list, k->out->n, sizeof *k->out->list) = *c;
	k->out->n++;
	return true;
}

static bool read_chain(struct chain *k, size_t from)
{
	const struct pieces *l = k->l;
	size_t end = l->n, start = from, n;
	struct spelling as;
	struct command whole = { 0 }, left;
	bool is, texty;

	if (from >= end || k->failed[from] || k->out->n > COMMANDS_MOST)
		return false;
	/* a yes before a verb says nothing more, a no turns it into something that nobody should guess */
	n = command_spelling(l, from, end, true, PIECES_MOST, &as);
	if (n && (as.verb == COMMAND_YES || as.verb == COMMAND_NO)) {
		size_t i = from + n + sign_at(l, from + n, end, ",.;!-"), at;

		for (size_t j = i + 1; j <= i + 3 && j < end; j++) /* yes please, send it */
			if (command_courtesy(l, i, j, &at) && at == i &&
			    verb_at(l, j + sign_at(l, j, end, ",.!-"), end)) {
				i = j + sign_at(l, j, end, ",.!-");
				break;
			}
		i += and_at(l, i, end);
		if (i < end && verb_at(l, i, end)) {
			/* but: no later than friday */
			if (as.verb == COMMAND_NO &&
			    command_read_bare(k->p, l, from, command_end(l, from, end, false), &whole))
				return put(k, &whole);
			if (as.verb == COMMAND_NO)
				return !(k->failed[from] = true);
			start = i;
		}
	}
	is = command_read_one(k->p, l, start, end, &whole);
	texty = is && (whole.text || whole.verb == COMMAND_EDIT);
	if (is && (whole.verb == COMMAND_EDIT || (!texty && whole.verb != COMMAND_ERROR))) {
		return put(k, &whole);
	}
	for (size_t i = start + 1; i + 1 < end && k->tries < 200; i++) {
		bool semicolon = sign_at(l, i, end, ";"), stop = sign_at(l, i, end, ".") && l->list[i + 1].gap;
		size_t right = i + 1, had = k->out->n;

		if (!semicolon && !stop && !sign_at(l, i, end, ",") && !and_at(l, i, end))
			continue;
		right += and_at(l, right, end);
		if (!semicolon && !verb_at(l, right, end))
			continue;
		k->tries++;
		if (!command_read_one(k->p, l, start, i, &left) || left.verb == COMMAND_YES || left.verb == COMMAND_NO)
			continue;
		put(k, &left);
		/* in free text a comma or an `and` parts only what names its numbers, a full stop so anywhere */
		if (read_chain(k, right) &&
		    ((!texty && !stop) || semicolon || k->out->list[had + 1].id_count || (!stop && k->out->list[had + 1].all)))
			return true;
		k->out->n = had;
	}
	if (!is)
		return !(k->failed[from] = true);
	return put(k, &whole);
}

/* Where its question mark stands; 0: it is none. */
static size_t question(const struct pieces *l)
{
	size_t end = l->n;

	while (end && sign_at(l, end - 1, end, "!. "))
		end--;
	return end && (sign_at(l, end - 1, end, "?") || l->list[end - 1].sign == 0xff1f) ? end : 0;
}

/* The commands of a line; false: it is none. */
static bool read_line(struct pool *p, const char *line, struct commands *out)
{
	struct pieces l;
	struct chain k = { .p = p, .l = &l, .out = out };
	struct command asked;
	size_t had = out->n;

	command_pieces(p, command_clean(p, line), &l);
	if (!l.n)
		return false;
	if (question(&l)) {
		if (!(l.n == 1 || (l.n == 2 && word_at(&l, 0, l.n, "help"))))
			return command_read_asked(p, &l, 0, question(&l) - 1, &asked) && put(&k, &asked);
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
	if (!named || !sign_at(&l, i, l.n, ":") || i + 1 >= l.n || question(&l))
		return false;
	c.who = command_slice(p, &l, 0, i);
	i++;
	end = command_end(&l, i, l.n, false);
	if (end == i ? sign_at(&l, i, l.n, "-")
		     : end == i + 1 && word_at(&l, i, end, "nothing none nichts rien nada niente niets")) {
		c.verb = COMMAND_NONE;
		put(&k, &c);
		return true;
	}
	end = command_end(&l, i, l.n, true);
	if (end <= i)
		return false;
	/* the longest expression at the end, but not the whole */
	for (at = i + 1; at < end; at++) {
		const char *when = command_slice(p, &l, at, end);
		struct err e;

		if (!*l.list[at].word && !sign_at(&l, at, end, "+"))
			continue;
		if (l.list[at].gap && command_moment(p, COMMAND_SNOOZE, &when, &e)) {
			c.when = when;
			break;
		}
	}
	while (at > i + 1 && at < end &&
	       (sign_at(&l, at - 1, end, ",;:-.") || word_at(&l, at - 1, end, "until till for to on")))
		at--;
	c.text = command_slice(p, &l, i, at);
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
	while (l.n && command_picture(&l.list[l.n - 1]))
		l.n--;
	return command_end(&l, 0, l.n, false) == 0;
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
	end = command_end(&pieces, 0, pieces.n, true);
	c->text = command_slice(p, &pieces, 0, end);
	return i;
}

static bool goes_on(enum command_verb v)
{
	return v == COMMAND_DONE || v == COMMAND_CANCEL || v == COMMAND_NOTE || v == COMMAND_WHAT;
}

static void unknown(struct pool *p, const char *line, struct commands *out)
{
	struct pieces l;
	const char *s = text_squeeze(p, line), *end = s + strlen(s), *at = s;

	for (int n = 0; n < UNKNOWN_MOST && at < end; n++)
		utf8_next(&at, end);
	command_pieces(p, command_clean(p, line), &l);
	*out = (struct commands){ .rest = out->rest };
	*(struct command *)pool_more(p, &out->list, 0, sizeof *out->list) = (struct command){
		.verb = COMMAND_UNKNOWN, .text = pool_slice(p, s, (size_t)(at - s)), .near = command_near(p, &l)
	};
	out->n = 1;
}

/* "Best, Ada", "Viele Grüße": what stands below is a name. */
static bool takes_leave(const struct pieces *l)
{
	static const char leave[] = "best cheers regards greetings sincerely yours grusse gruesse gruss lg mfg vg cordialement amicalement "
				    "saludos saluti abracos cumprimentos groeten groet br kr rgds xx";
	size_t words = 0;
	bool is = false;

	for (size_t i = 0; i < l->n; i++) {
		words += *l->list[i].word != '\0';
		is |= words <= 3 && command_word_in(l->list[i].word, leave);
	}
	return is && words <= 6;
}

static bool holds_verb(const struct pieces *l)
{
	struct spelling as;

	for (size_t i = 0; i < l->n; i++)
		if (command_spelling(l, i, l->n, true, PIECES_MOST, &as) && !(as.flags & QUIET))
			return true;
	return false;
}

/* What stands below the last command, and looks like a line for kept that it could not read: right below it anything short but
 * courtesy, a signature or a quote; farther below what holds a verb or a number of a promise,
 * or would answer a sweep. */
static void find_unread(struct pool *p, const struct lines *l, size_t from, bool sweep, struct commands *out)
{
	bool below = from && *l->list[from - 1];
	size_t n = 0;

	for (size_t i = from; i < l->n && i < LINES_MOST && n < UNREAD_MOST; i++) {
		struct pieces w;
		struct ids *ids = pool_take(p, sizeof *ids);
		struct commands promised = { .rest = "" };
		size_t words = 0;
		bool is;

		if (!*l->list[i]) {
			below = false;
			continue;
		}
		command_pieces(p, command_clean(p, l->list[i]), &w);
		if (only_courtesy(p, l->list[i]) && w.n) {
			below = false;
			continue;
		}
		if (only_name(p, l->list[i]) || takes_leave(&w))
			break;
		for (size_t k = 0; k < w.n; k++)
			words += *w.list[k].word != '\0';
		is = words && words <= UNREAD_WORDS && !w.long_ &&
		     (below || holds_verb(&w) || (sweep && read_sweep(p, l->list[i], &promised)) ||
		      (command_near(p, &w) && strpbrk(l->list[i], "0123456789")) ||
		      (command_ids(&w, 0, w.n, ids) && ids->marked));
		if (is) {
			*(const char **)pool_more(p, &out->unread, n, sizeof *out->unread) = text_squeeze(p, l->list[i]);
			n++;
		}
	}
	if (n)
		*(const char **)pool_more(p, &out->unread, n, sizeof *out->unread) = NULL;
}

static bool too_many(struct pool *p, struct commands *out)
{
	const struct command c = { .verb = COMMAND_ERROR, .of = COMMAND_UNKNOWN, .code = "toomany",
				   .message = "more than 20 commands in one mail" };

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

		if (!*l.list[i] || (sweep && out->n && only_courtesy(p, l.list[i]))) {
			i++;
			continue;
		}
		if (!read_any(p, l.list[i], sweep, out))
			break;
		i++;
		last = &out->list[out->n - 1];
		if (last->verb == COMMAND_EDIT) {
			const char *below = joined(p, &l, i, l.n);

			/* a blank line between what stands on the line and below it stays */
			if (*last->text && *below)
				last->text = pool_print(p, "%s\n%s%s", last->text, *l.list[i] ? "" : "\n", below);
			else if (*below)
				last->text = below;
			if (!*last->text)
				command_lacks(p, last, "the new text");
			i = l.n;
			break;
		}
		if (last->verb == COMMAND_ERROR && (last->of == COMMAND_NOTE || last->of == COMMAND_WHAT) && i < l.n) {
			struct command with = *last;

			with.verb = last->of;
			with.code = with.message = NULL;

			i = go_on(p, &l, i, sweep, &with);
			if (with.text)
				*last = with;
		} else if (last->text && goes_on(last->verb)) {
			i = go_on(p, &l, i, sweep, last);
			if (last->verb == COMMAND_DONE && command_takes_back(p, last->text)) {
				out->n = had;
				i = line;
				break;
			}
		}
		if (out->n > COMMANDS_MOST && !too_many(p, out))
			break;
	}
	out->rest = joined(p, &l, i, l.n);
	if (out->n)
		find_unread(p, &l, i, sweep, out);
	if (first < l.n && !out->n && !courtesy_alone(p, &l, first))
		unknown(p, l.list[first], out);
}
