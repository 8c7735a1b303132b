/* command_inner - what the parts of `command` share. Private to command*.c */
#ifndef KEPT_JUDGEMENT_COMMAND_INNER_H
#define KEPT_JUDGEMENT_COMMAND_INNER_H

#include "judgement/command.h"

/* A word, number or sign of a line. */
struct piece {
	const char *word;  /* folded, apostrophes out: "c'est" is cest; "" for a sign */
	uint32_t sign;     /* a sign; every dash is '-' */
	size_t from, to;   /* where it stands in the line */
	bool gap;          /* a blank before it, or the line's beginning */
};

enum { PIECES_MOST = 400, LINES_MOST = 60, COMMANDS_MOST = 20, IDS_MOST = 200, RANGE_MOST = 50, ID_MOST = 999999, UNKNOWN_MOST = 200 };

struct pieces {
	const char *line;  /* cleaned */
	struct piece *list;
	size_t n;
	bool long_;        /* more than PIECES_MOST: no command but one that takes text */
};

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
	NOTHING, MARKED, MARKED_NEEDED, TEXT_NEEDED, LETTER, MOMENT, MOMENT_NEEDED, CADENCE, ADDRESS, NAME, CHOICE, HELD, CHANNEL,
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
/* The longest spelling of less than `longest` pieces that stands at `at`, of those that stand bare too or not; returns its
 * pieces, 0: none. */
size_t command_spelling(const struct pieces *, size_t at, size_t end, bool bare, size_t longest, struct spelling *out);
/* Does the stretch end in a courtesy, and where does that begin? */
bool command_courtesy(const struct pieces *, size_t from, size_t end, size_t *begins);
bool command_word_in(const char *word, const char *words); /* is it one of the words of a blank-parted list? */
const char **command_near(struct pool *, const struct pieces *);

#endif
