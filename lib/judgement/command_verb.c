/* command - a verb and what follows it */
#include "judgement/command_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "judgement/when.h"
#include "nouns/addr.h"

bool command_picture(const struct piece *k)
{
	const char *s = k->word;
	uint32_t c = utf8_next(&s, s + strlen(s));

	return (c >= 0x2300 && c <= 0x2bff) || c >= 0x1f000;
}

/* Without end signs, pictures and courtesy. In free text courtesy must stand behind a sign: "she says thanks" stays. */
size_t command_end(const struct pieces *l, size_t from, size_t end, bool text)
{
	for (size_t was = 0, at; was != end;) {
		was = end;
		if (end > from + 1 && sign_at(l, end - 1, end, ")D") && sign_at(l, end - 2, end, ":;-=") &&
		    !l->list[end - 1].gap)
			end--;
		while (end > from && sign_at(l, end - 1, end, ".!,;:-="))
			end--;
		if (end > from && command_picture(&l->list[end - 1])) {
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
static bool read_address(struct pool *p, const struct pieces *l, size_t i, size_t end, struct command *c)
{
	const char *raw = command_slice(p, l, i, end), *open = strchr(raw, '<'),
		   *close = open ? strchr(open, '>') : NULL;
	const char *a, *last;

	a = close ? pool_slice(p, open + 1, (size_t)(close - open - 1)) : raw;
	if (!close && (last = strrchr(raw, ' ')) && command_words_of(raw) <= 5)
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
	if (command_words_of(raw) > 3)
		return false;
	return command_wrong(p, c, NULL, "address", "an address is missing; as `who ada@example.org`");
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

bool command_takes_back(struct pool *p, const char *text)
{
	struct pieces l;

	command_pieces(p, text, &l);
	for (size_t i = 0; i < l.n; i++)
		if (command_word_in(
			    l.list[i].word,
			    "but except not still almost nearly half partly aber nicht noch ausser mais pas pero no"))
			return true;
	return false;
}

static const char *free_text(struct pool *p, const struct pieces *l, size_t i, size_t end)
{
	while (i < end && sign_at(l, i, end, ":,;.-"))
		i++;
	end = command_end(l, i, end, true);
	return i < end ? command_slice(p, l, i, end) : NULL;
}

/* Numbers alone behind a mark are still numbers: "done: 12, 14". */
static bool only_ids(struct pool *p, const struct pieces *l, size_t i, size_t end, struct command *c)
{
	struct ids *ids = pool_take(p, sizeof *ids);

	if (!command_takes_ids(c->verb) || c->id_count || c->all || !command_ids(l, i, end, ids) ||
	    ids->step[ids->steps - 1].next < end)
		return false;
	command_set_ids(p, c, ids, ids->n);
	return true;
}

static bool read_marked(struct pool *p, const struct pieces *l, size_t i, size_t end, size_t text_end,
			struct command *c)
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
	static const char *const untils[] = { " until ", " till ",   " bis ", " jusqu'a ",
					      " hasta ", " fino a ", " ate ", " tot " };
	char *folded = text_fold(p, c->text);

	/* folding may change the length: only where it does not is the place known */
	if (strlen(folded) != strlen(c->text))
		folded = pool_copy(p, c->text);
	for (size_t i = 0; i < sizeof untils / sizeof *untils; i++)
		for (size_t n = strlen(folded), m = strlen(untils[i]); n-- > 0;)
			if (n + m < strlen(folded) && strncasecmp(folded + n, untils[i], m) == 0 &&
			    strlen(folded + n + m) <= WHEN_MOST && when_is(p, c->text + n + m, false, NULL)) {
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

		if (n < 2 || n > 7 || w[0] != 'h' || strspn(w + 1, "0123456789") != n - 1 || atoll(w + 1) < 1 ||
		    c->held_count >= IDS_MOST)
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
	const char *raw, *words;
	struct spelling s;

	i += sign_at(l, i, end, ":");
	raw = command_slice(p, l, i, end);
	if (i >= end && (c->verb == COMMAND_LIST || c->verb == COMMAND_HELP))
		return true;
	if (i >= end)
		return command_lacks(p, c, "which");
	if (c->verb == COMMAND_LIST && addr_valid(raw)) {
		c->arg = raw;
		return true;
	}
	if (c->verb == COMMAND_HELP) {
		if (command_spelling(l, i, end, true, PIECES_MOST, &s) != end - i)
			return false;
		c->arg = end - i > 1 ? raw : l->list[i].word;
		return true;
	}
	words = c->verb == COMMAND_LIST	       ? "all overdue today week"
		: c->verb == COMMAND_CHALLENGE ? "start stop"
		: c->verb == COMMAND_STAGE     ? "establishing developing maintaining no"
					       : "reported no";
	if (end != i + 1 || !word_at(l, i, end, words))
		return false;
	c->arg = l->list[i].word;
	return true;
}

/* ---- a verb and what follows it ---- */

static bool read_verb(struct pool *p, const struct pieces *l, size_t verb, const struct spelling *as, size_t end,
		      size_t text_end, struct command *c)
{
	size_t i = verb + as->n;
	bool front = c->id_count > 0, colon = false;
	enum takes takes = command_takes(as->verb);

	c->verb = as->verb;
	if (front && !command_takes_ids(c->verb))
		return false;
	if (takes == CADENCE)
		return command_read_cadence(p, l, verb, i, end, front, c);
	if (takes == CHOICE)
		return read_choice(p, l, i, end, c);
	if (takes == HELD)
		return read_held(p, l, i, end, c);
	if (takes == MOMENT || takes == MOMENT_NEEDED || takes == ADDRESS || takes == NAME || takes == TEXT_NEEDED ||
	    takes == LETTER) {
		colon = sign_at(l, i, takes == LETTER || takes == TEXT_NEEDED ? text_end : end, ":");
		i += colon;
	}
	if (!front && !colon && as->n == 1 && command_takes_ids(c->verb) && word_at(l, i, end, "all") &&
	    ((takes != TEXT_NEEDED && takes != LETTER) || i + 1 >= end || sign_at(l, i + 1, end, ":"))) {
		c->all = front = true;
		i++;
		if (sign_at(l, i, end, ":") && takes != MARKED)
			i++;
	}
	if (takes == MOMENT || takes == MOMENT_NEEDED)
		return i >= end && takes == MOMENT_NEEDED ? command_lacks(p, c, "the date")
							  : command_read_moment(p, l, i, end, as, front, c);
	if (command_takes_ids(c->verb) && !front && !colon) {
		struct ids *ids = pool_take(p, sizeof *ids);

		if (command_ids(l, i, end, ids)) {
			command_set_ids(p, c, ids, ids->n);
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
		return read_marked(p, l, i, end, text_end, c) &&
		       !(c->verb == COMMAND_DONE && c->text && command_takes_back(p, c->text));
	case MARKED_NEEDED:
		if (i >= end)
			return command_lacks(p, c, c->verb == COMMAND_INTEREST ? "the topic" : "the text");
		if (!read_marked(p, l, i, end, text_end, c))
			return false;
		return !c->text			     ? command_lacks(p, c, "the text")
		       : c->verb == COMMAND_INTEREST ? read_interest(p, c)
						     : true;
	case TEXT_NEEDED:
		if (i < text_end && !colon && !*l->list[i].word && !sign_at(l, i, text_end, "-\"(#"))
			return false; /* "Note, she is away" */
		if (c->verb == COMMAND_WHAT && !colon &&
		    word_at(l, i, end, "a an is are do does did was were about if i we you the time when happens"))
			return false;
		c->text = free_text(p, l, i, text_end);
		return c->text ? true : command_lacks(p, c, "the text");
	case LETTER:
		if (i < text_end && !colon && sign_at(l, i, text_end, ",;.-"))
			return false;
		c->text = i < text_end || l->long_ ? command_slice(p, l, i, l->n) : "";
		return true;
	case ADDRESS:
		return i < end && !colon && sign_at(l, i, end, ",;.-") ? false : read_address(p, l, i, end, c);
	case NAME:
		if (i >= end)
			return command_lacks(p, c, "the team");
		c->team = command_slice(p, l, i, end);
		return *l->list[i].word && !strchr(c->team, ' ');
	case CHANNEL: {
		size_t from;

		i += sign_at(l, i, end, ":");
		from = i;
		if (i >= end)
			return command_lacks(p, c, "the channel");
		if (!*l->list[i].word)
			return false;
		for (i++; i < end && !l->list[i].gap && !mark_at(l, i, end); i++)
			;
		c->arg = command_slice(p, l, from, i);
		return read_marked(p, l, i, end, text_end, c);
	}
	case NOTHING: return i >= end;
	case MOMENT: case MOMENT_NEEDED: case CADENCE: case CHOICE: case HELD: break;
	}
	return false;
}

/* A bare expression: tomorrow, by friday, every quarter. */
bool command_read_bare(struct pool *p, const struct pieces *l, size_t i, size_t end, struct command *c)
{
	const char *when = command_slice(p, l, i, end);
	struct err e;

	if (i >= end || strlen(when) > WHEN_MOST)
		return false;
	c->when = when;
	c->bare = true;
	if (when_is(p, when, true, NULL)) {
		c->verb = COMMAND_EVERY;
		return true;
	}
	c->verb = word_at(l, i, end, "by no spatestens spaetestens") ? COMMAND_DUE : COMMAND_SNOOZE;
	return command_moment(p, c->verb, &c->when, &e);
}

/* The longest spelling first, then shorter ones; "annuler" alone is undo, with a reason cancel. */
static bool read_spelled(struct pool *p, const struct pieces *l, size_t i, size_t end, size_t text_end,
			 const struct command *begun, struct command *out)
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

/* move 7 to friday, extend 7, 8 to june */
static bool read_moved(struct pool *p, const struct pieces *l, size_t i, size_t end, struct command *c)
{
	const struct spelling as = { COMMAND_DUE, QUIET, 2 };
	struct ids *ids = pool_take(p, sizeof *ids);
	size_t to;

	if (!word_at(l, i, end, "move reschedule push extend") || !command_ids(l, i + 1, end, ids))
		return false;
	to = ids->step[ids->steps - 1].next;
	if (!word_at(l, to, end, "to") || to + 1 >= end)
		return false;
	c->verb = COMMAND_DUE;
	command_set_ids(p, c, ids, ids->n);
	return command_read_moment(p, l, to + 1, end, &as, true, c);
}

/* "auf Freitag verschieben", "mich am Montag erinnern": the verb stands last, its day before it. */
static bool read_last(struct pool *p, const struct pieces *l, size_t i, size_t end, struct command *c)
{
	const struct spelling due = { COMMAND_DUE, QUIET, 1 }, snooze = { COMMAND_SNOOZE, QUIET, 1 };
	bool moved = word_at(l, i, end, "auf") && word_at(l, end - 1, end, "verschieben schieben verlegen vertagen");

	if (end < i + 3 || (!moved && !(word_at(l, i, end, "mich") && word_at(l, end - 1, end, "erinnern"))))
		return false;
	c->verb = moved ? COMMAND_DUE : COMMAND_SNOOZE;
	return command_read_moment(p, l, i + 1, end - 1, moved ? &due : &snooze, false, c);
}

/* How many words ask politely at the beginning of a line. */
static size_t asks(const struct pieces *l, size_t i, size_t end)
{
	size_t n = 0;

	if (word_at(l, i, end, "can could would will kannst konntest konnen konnten wurdest wurden") && word_at(l, i + 1, end, "you du sie"))
		n = 2;
	return n + word_at(l, i + n, end, "please pls plz bitte");
}

bool command_read_asked(struct pool *p, const struct pieces *l, size_t from, size_t end, struct command *out)
{
	size_t i = from + asks(l, from, end);
	struct command c = { 0 };

	if (!read_last(p, l, i, end, &c) && (c = (struct command){ 0 }, i == from || !read_spelled(p, l, i, end, end, &c, &c)))
		return false;
	*out = c;
	return (c.verb == COMMAND_DUE || c.verb == COMMAND_SNOOZE) && c.when;
}

/* One command that takes the whole stretch. */
bool command_read_one(struct pool *p, const struct pieces *l, size_t from, size_t end, struct command *out)
{
	size_t text_end = end, i = from;
	struct ids *ids = pool_take(p, sizeof *ids);
	struct command c = { 0 };

	end = command_end(l, from, end, false);
	if (read_spelled(p, l, i, end, text_end, &(struct command){ 0 }, out))
		return true;
	if (command_ids(l, i, end, ids)) {
		bool marked = ids->marked;

		i = ids->step[ids->steps - 1].next;
		if (sign_at(l, i, end, ":")) {
			marked = true;
			i++;
		} else if (sign_at(l, i, end, "-") && i + 1 < end && l->list[i + 1].gap) {
			i++;
		}
		command_set_ids(p, &c, ids, ids->n);
		if (read_spelled(p, l, i, end, text_end, &c, out))
			return true;
		if (marked && command_read_bare(p, l, i, end, &c)) {
			*out = c;
			return true;
		}
		c = (struct command){ 0 };
	}
	if (l->long_)
		return false;
	if (!command_read_bare(p, l, from, end, &c)) {
		c = (struct command){ 0 };
		if (!read_moved(p, l, from, end, &c))
			return command_read_asked(p, l, from, end, out);
	}
	*out = c;
	return true;
}
