/* conf_inner - what conf's parts share: the table of keys, and the list of errors; for conf*.c alone */
#ifndef KEPT_NOUNS_CONF_INNER_H
#define KEPT_NOUNS_CONF_INNER_H

#include "nouns/conf.h"

/* The form of a value: what libconfig must hold, and what becomes of it. */
enum conf_form {
	FORM_WORD,    /* "…" to const char * */
	FORM_WORDS,   /* [ "…", … ], or one "…", to struct strings */
	FORM_PATH,    /* "…", relative to the configuration's folder, to an absolute const char * */
	FORM_PATHS,
	FORM_FOLDER,  /* a path that is a folder */
	FORM_NUMBER,  /* 1, between least and most, to int */
	FORM_CHOICE,  /* one of the words in `allowed`, parted by ", "; its place there to int */
	FORM_FLAG,    /* true or false, to bool */
	FORM_OWNER,   /* the key of an owner to const struct owner * */
	FORM_TEAM,    /* likewise */
	FORM_OAUTH,
	FORM_POLICY,  /* the key of a policy to const char * */
	FORM_ZONE,    /* an IANA name to const struct zone * */
	FORM_SECRET,  /* "file:…", "command:…", "credential:…" */
	FORM_AFTER,   /* "seen", "keep", "move:FOLDER" */
	FORM_GROUP,   /* { … } with keys of its own */
	FORM_GROUPS,  /* { NAME: { … }; … } */
};

struct conf_key {
	const char *in;       /* "owner", "mailbox", …; "" at the top */
	const char *name;
	enum conf_form form;
	bool (*fits)(const char *value); /* for each word; NULL: any that is not empty */
	size_t at;            /* offset in the section's struct */
	const char *standard; /* the default, as it would be written; NULL: none */
	bool must;            /* has to be there */
	const char *allowed;  /* what an error says is allowed */
	int least, most;      /* FORM_NUMBER */
};

/* What was found wrong, in the order it was found; conf_load() sorts it by place. */
struct conf_fault {
	const char *file;
	int line; /* 0: of the file as a whole */
	const char *text;
};

struct conf_reading {
	struct pool *pool;       /* the conf's */
	struct conf *conf;
	const char *folder;      /* where relative paths begin, absolute */
	const char *(*environment)(const char *name);
	struct conf_fault *faults;
	size_t fault_count;
	bool unreadable;         /* a file among them */
	struct strings joined;   /* texts that a forgotten comma made one: not reported twice */
};

/* libconfig's, which the header of the parts need not know */
struct config_t;
struct config_setting_t;

void conf_fault(struct conf_reading *, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* Where a setting stands, and a fault there. */
struct source conf_source_of(struct conf_reading *, const struct config_setting_t *);
void conf_fault_at(struct conf_reading *, const struct config_setting_t *, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Before libconfig reads: is each file, with those it includes from `include_folder`, a regular one of bearable size,
 * and does no list hold two texts without a comma? libconfig joins such texts, and ends the process on a folder:
 * false where it must not read. */
bool conf_scan(struct conf_reading *, const char *file, const char *include_folder);
const char *conf_twice(struct conf_reading *, const char *file, int line);

extern const struct conf_key conf_table[];
extern const size_t conf_table_rows;

const struct conf_key *conf_key_find(const char *in, const char *name);
/* The nearest name in that section, worktime's settings among the owner's; NULL: none. */
const char *conf_key_near(struct pool *, const char *in, const char *name);
bool conf_is_worktime(const char *name);
/* The thing of that key in a list of things, each of which begins with its key; NULL: none. */
const void *conf_thing(const void *list, size_t n, size_t of, const char *key);

/* conf_value.c: all keys of one group into the struct at `base`; `group` NULL: the defaults alone. `keep`: what is
 * not named stays. */
void conf_fill(struct conf_reading *, const struct config_setting_t *group, const char *in, const char *path,
	void *base, bool keep);
/* Is there a key that none is, and this one is the nearest to it? Then it is misspelt, not missing. */
bool conf_misspelt(struct conf_reading *, const struct config_setting_t *group, const char *in, const char *key);
const char *conf_type_name(const struct config_setting_t *); /* "a list [ … ]" */
/* conf_sections.c: everything in the file, and what must hold between settings. */
void conf_sections(struct conf_reading *, const struct config_t *);
/* conf_oauth.c: who gives tokens; what is known of the big providers. */
void conf_oauths(struct conf_reading *, const struct config_t *);
void conf_oauth_scopes(struct conf_reading *); /* when it is known what each serves */
/* The things of a section: how many, and each one's group (NULL where it is none, and a fault was noted). */
const struct config_setting_t *conf_section(const struct config_t *, const char *in, size_t *n);
const struct config_setting_t *conf_group(struct conf_reading *, const struct config_setting_t *in, size_t i, const char **key,
	const char **path);
/* Reads the owner's templates (conf.templates); what is wrong with a file is a fault of the configuration. */
void conf_templates(struct conf_reading *);
/* The words in the files of safety_words. */
void conf_words(struct conf_reading *);

#endif
