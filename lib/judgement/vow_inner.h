/* vow_inner - what the parts of `vow` share: rules as read from conf/vow.rules, and a sentence as words. Private to vow*.c */
#ifndef KEPT_JUDGEMENT_VOW_INNER_H
#define KEPT_JUDGEMENT_VOW_INNER_H

#include "ground/text.h"
#include "judgement/vow.h"

enum { VOW_WORDS_MOST = 120, VOW_SETS_MOST = 1200, VOW_LANGUAGES_MOST = 16 };

/* ---- a sentence ---- */

struct vow_word {
	const char *folded, *accented; /* lower case, without and with accents; a sign stands as itself */
	size_t from, to;               /* bytes of the sentence */
	bool sign;                     /* , ; : - ( ) and their like: the end of a clause */
};

struct vow_sentence {
	struct vow_word words[VOW_WORDS_MOST];
	size_t n;
	signed char *member; /* words times the sets of the language in turn: 0 not asked yet, 1 in it, -1 not */
};

/* ---- the rules ---- */

struct vow_entry { /* one word of a set: as it is, "head-", "-tail" or another set */
	const char *text;
	uint16_t n;
	int16_t set;
	bool accented;
	enum { ENTRY_WORD, ENTRY_HEAD, ENTRY_TAIL, ENTRY_SET } __attribute__((packed)) kind; /* there are thousands of them */
};

struct vow_set {
	const char *name; /* NULL: written in a pattern */
	struct vow_entry *entries; /* the plain words first, in byte order */
	size_t n, plain;
};

struct vow_element {
	enum { ELEMENT_SET, ELEMENT_NOT, ELEMENT_GAP, ELEMENT_CLAUSE, ELEMENT_FIRST, ELEMENT_END } kind;
	int set, most;
	bool optional, end; /* end: a clause's end will do too */
};

enum vow_force { VOW_YES, VOW_PASSIVE, VOW_BEFORE, VOW_BESIDE, VOW_AROUND, VOW_ANYWHERE };

struct vow_rule {
	enum vow_force force;
	const char *label; /* of a promise: its kind; of a hindrance: the kinds it hinders, or "all" */
	double score;
	struct vow_element *elements;
	size_t n;
	int line;
};

struct vow_language {
	const char *name;
	int known, lead;   /* sets: words that show the language; words after which a clause begins */
	struct vow_set *sets;
	size_t set_count;
	struct vow_rule *rules;
	size_t rule_count;
};

struct vow_rules {
	struct vow_language languages[VOW_LANGUAGES_MOST];
	size_t n;
};

/* The built-in rules, conf/vow.rules. */
const char *vow_rules_text(void);
bool vow_rules_read(struct pool *, const char *text, struct vow_rules *out, struct err *);

/* Begins with this language: nothing is remembered of another. */
void vow_turn(const struct vow_language *, struct vow_sentence *);
/* Is the word in the set? Remembered in `member`. */
bool vow_in(const struct vow_language *, struct vow_sentence *, size_t word, int set);
/* The first place, at `from` or later, where the rule stands; -1: nowhere. `to`: the end. */
int vow_match(const struct vow_language *, struct vow_sentence *, const struct vow_rule *, size_t from, size_t till, size_t *to);
bool vow_clause_start(const struct vow_language *, struct vow_sentence *, size_t word);

/* The set of that name; -1: there is none. */
int vow_set_named(const struct vow_language *, const char *name);

/* The language that most of its words show, else the first; it begins with that. */
const struct vow_language *vow_language_of(const struct vow_rules *, struct vow_sentence *);

/* ---- what a sentence promises ---- */

struct vow_verdict {
	double score;
	const char *why;
	bool active; /* somebody says who will do it */
	size_t from, to;
	const struct vow_language *language;
};

/* A clause, or a sentence with one date at most. `own`: it, without what another said. */
void vow_read_clause(struct pool *, const struct vow_rules *, const char *sentence, const char *own, const struct frame *, struct vow_sentence *,
		     struct vow_verdict *, struct vow *out);
/* The same with the parts, vow_plural.c. */
void vow_read_sentence(struct pool *, const struct vow_rules *, const char *sentence, const char *own, const struct frame *, struct vow *out);

/* ---- text to sentences, sentence to words ---- */
void vow_words(struct pool *, const char *sentence, struct vow_sentence *out);
/* How many bytes of it greet ("Dear Carol, I'll ..."), of those before `promise`, where it begins to promise. */
size_t vow_greeting(struct pool *, const char *sentence, size_t promise);

#endif
