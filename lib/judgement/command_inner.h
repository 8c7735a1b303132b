/* command_inner - what the parts of `command` share. Private to command*.c */
#ifndef KEPT_JUDGEMENT_COMMAND_INNER_H
#define KEPT_JUDGEMENT_COMMAND_INNER_H

#include <string.h>

#include "judgement/command.h"

/* A word, number or sign of a line. */
struct piece {
	const char *word;  /* folded, apostrophes out: "c'est" is cest; "" for a sign */
	uint32_t sign;     /* a sign; every dash is '-' */
	size_t from, to;   /* where it stands in the line */
	bool gap;          /* a blank before it, or the line's beginning */
};

enum {
	PIECES_MOST = 400,  /* words and signs of a line */
	LINES_MOST = 60, COMMANDS_MOST = 20, IDS_MOST = 200, RANGE_MOST = 50, ID_MOST = 999999,
	WHEN_MOST = 200,    /* bytes of a date */
	UNREAD_MOST = 3,    /* lines that are said not to have been read, */
	UNREAD_WORDS = 12,  /* of so many words at most */
	UNKNOWN_MOST = 200, /* characters of a line that is shown back */
};

struct pieces {
	const char *line;  /* cleaned */
	struct piece *list;
	size_t n;
	bool long_;        /* more than PIECES_MOST: no command but one that takes text */
};

bool command_word_in(const char *word, const char *words); /* is it one of the words of a blank-parted list? */

static inline bool sign_at(const struct pieces *l, size_t i, size_t end, const char *signs)
{
	return i < end && !*l->list[i].word && l->list[i].sign && l->list[i].sign < 0x80 &&
	       strchr(signs, (int)l->list[i].sign);
}

static inline bool word_at(const struct pieces *l, size_t i, size_t end, const char *words)
{
	return i < end && command_word_in(l->list[i].word, words);
}

static inline bool and_at(const struct pieces *l, size_t i, size_t end)
{
	return word_at(l, i, end, "and und et y e en") || sign_at(l, i, end, "&");
}

/* ---- command_cut.c: the new text, line by line ---- */
struct lines {
	const char **list; /* zero-width out, ends trimmed, blanks at the front kept */
	size_t n;
};
void command_lines(struct pool *, const char *top, struct lines *out); /* ends at the first quote or signature */
bool command_greets(const char *line);
/* Leads, bold and smileys off, white space collapsed. */
char *command_clean(struct pool *, const char *line);
void command_pieces(struct pool *, const char *line, struct pieces *out);

/* ---- command_words.c: the tables ---- */
enum takes {
	NOTHING,
	MARKED,
	MARKED_NEEDED,
	TEXT_NEEDED,
	LETTER,
	MOMENT,
	MOMENT_NEEDED,
	CADENCE,
	ADDRESS,
	NAME,
	CHOICE,
	HELD,
	CHANNEL,
};
enum { /* of a spelling */
	QUIET = 1,   /* a word of plain sentences: with an argument that is none the line is unknown, not an error */
	BARE = 2,    /* alone or with numbers, nothing else */
	AT_MARK = 4, /* its text needs a mark */
};
struct spelling {
	enum command_verb verb;
	int flags;
	size_t n; /* pieces */
};
enum takes command_takes(enum command_verb);
bool command_takes_ids(enum command_verb);
const char *command_example(enum command_verb);
/* The longest spelling of less than `longest` pieces that stands at `at`, of those that stand bare too or not; returns
 * its pieces, 0: none. */
size_t command_spelling(const struct pieces *, size_t at, size_t end, bool bare, size_t longest, struct spelling *out);
/* Does the stretch end in a courtesy, and where does that begin? */
bool command_courtesy(const struct pieces *, size_t from, size_t end, size_t *begins);
const char **command_near(struct pool *, const struct pieces *);

/* ---- command_moment.c: numbers of promises, dates ---- */
struct ids {
	int64_t list[IDS_MOST];
	size_t n;
	size_t steps;    /* how many numbers and ranges are written */
	struct {
		size_t n;    /* the ids up to this one */
		size_t next; /* the piece behind it */
		bool listed; /* the next one is parted from it by a sign, not by a blank alone */
	} step[IDS_MOST];
	bool marked;     /* the first one is written #12 */
};

char *command_slice(struct pool *, const struct pieces *, size_t from, size_t end); /* as written */
size_t command_words_of(const char *squeezed); /* how many */
bool command_ids(const struct pieces *, size_t at, size_t end, struct ids *out);    /* as many as stand there */
void command_set_ids(struct pool *, struct command *, const struct ids *, size_t n);
/* Turns it into an error; returns true. */
bool command_wrong(struct pool *, struct command *, const char *when, const char *code, const char *message);
bool command_lacks(struct pool *, struct command *, const char *what);
/* Is it a moment for this verb? `*words` loses what is dropped before it. */
bool command_moment(struct pool *, enum command_verb, const char **words, struct err *);
/* The argument from `i` on; false: the line is no command. */
bool command_read_moment(struct pool *, const struct pieces *, size_t i, size_t end, const struct spelling *,
			 bool has_ids, struct command *);
bool command_read_cadence(struct pool *, const struct pieces *, size_t verb, size_t i, size_t end, bool has_ids,
			  struct command *);

/* ---- command_verb.c: one command ---- */
/* Without end signs, pictures and courtesy. In free text courtesy must stand behind a sign: "she says thanks" stays. */
size_t command_end(const struct pieces *, size_t from, size_t end, bool text);
bool command_picture(const struct piece *);
bool command_takes_back(struct pool *, const char *text); /* "done: but not the figure" */
bool command_read_bare(struct pool *, const struct pieces *, size_t i, size_t end, struct command *);
/* "Please move it to friday", "can you remind me on monday": a polite line is read where it names a day, else it is a sentence. */
bool command_read_asked(struct pool *, const struct pieces *, size_t from, size_t end, struct command *out);
bool command_read_one(struct pool *, const struct pieces *, size_t from, size_t end, struct command *out);

#endif
