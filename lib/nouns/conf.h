/* conf - settings and policies, read from one file
 *
 * Law:     conf_load() reports all errors of a file at once, each with file, line, what was found and what is allowed, and
 *          for a misspelt key the nearest real one. Nothing is opened but the configuration's own files; a secret stays
 *          the word that says where it lies ("file:…", "command:…", "credential:…") until a server is to be spoken to.
 *          Expressions stay words (`due = "3bd"`); daemon and `kept check` read them through `when` at load.
 * Owns:    all of it lives in the conf's own pool; immutable once loaded, threads may share it.
 * Borders: <libconfig.h>
 * Manual:  kept.conf(5)
 * Tests:   tests/conf.c one row a fault; tests/manual.c: the manual has every key
 */
#ifndef KEPT_NOUNS_CONF_H
#define KEPT_NOUNS_CONF_H

#include "ground/worktime.h"
#include "nouns/addr.h"

struct strings {
	const char **list;
	size_t n;
};
/* As one text for the ledger, and back: `between` stands in none of them; empty ones are lost. `s` is cut where it lies. */
char *strings_join(struct pool *, const struct strings *, char between, size_t most);
struct strings strings_part(struct pool *, char *s, char between);

/* Where a setting stands, for errors found later (an expression, a login). */
struct source {
	const char *file;
	int line;
};

struct owner {
	const char *key; /* "ada" */
	const char *name;
	struct strings addresses; /* the first is where mail goes */
	struct strings domains;   /* the house's own */
	const char *language;     /* "en" */
	const char *title, *disclosure; /* "" where not set */
	const char *capture_key;  /* setting key: the word in kept+k-KEY@; "" */
	const char *policy;       /* "default" */
	struct strings congress;  /* "2026-12-03 - 2026-12-06": on its evenings they are asked what they promised (days_parse) */
	const char *agenda;       /* when the agenda of a working morning comes: "hour", a time of day, or "none"; NULL: none (nouns/agenda.h) */
	int review;               /* 0: none; else 1 + the weekday (enum weekday) of the weekly review */
	bool sweep;               /* … and on every evening of a day on which they met somebody */
	struct worktime time;
	struct source at;
};

/* Who gives tokens: its word in kept.conf, its name among people; OAUTH_OTHER is any other. */
#define OAUTH_PROVIDERS(X) \
	X(GOOGLE,    "google",    "Google") \
	X(MICROSOFT, "microsoft", "Microsoft")
#define X(id, word, name) OAUTH_##id,
enum oauth_provider { OAUTH_PROVIDERS(X) OAUTH_OTHER };
#undef X
enum oauth_grant { OAUTH_LOGIN, OAUTH_CLIENT_CREDENTIALS };

/* Who gives tokens to mailboxes, submissions and calendars, and as whom they are asked for (RFC 6749). Endpoints by the names of RFC 8414. */
struct oauth_conf {
	const char *key;
	enum oauth_provider provider;
	enum oauth_grant grant;
	const char *client_id;
	const char *client_secret;  /* as a password; "": none */
	const char *tenant;         /* of Microsoft */
	struct strings scope;
	const char *authorization_endpoint, *device_authorization_endpoint, *revocation_endpoint; /* NULL: it has none */
	const char *token_endpoint;
	const char *issuer;         /* what it calls itself; NULL: not known */
	const char *ca;
	int seconds;                /* that an answer may take; 0: 30. No setting */
	const char *store;          /* how the files that hold its tokens begin; beside the database */
	struct source at;
};

/* Fills what it leaves out with what is known of its provider, for its tenant and grant. */
void conf_oauth_preset(struct pool *, struct oauth_conf *);
const char *conf_oauth_word(enum oauth_provider); /* in kept.conf: "google" */
enum oauth_provider conf_oauth_of(const char *host); /* that of the table which is at this host */

enum tls_mode { TLS_IMPLICIT, TLS_STARTTLS, TLS_NONE /* loopback alone */ };

struct server {
	const char *host;
	int port;
	enum tls_mode tls;
	const char *ca;   /* PEM file, NULL: the system's */
	const char *user; /* "" : no login */
	const char *password; /* "file:/abs/path", "command:…", "credential:NAME" */
	struct source at;
	const struct oauth_conf *oauth; /* instead of a password; NULL */
};

enum mailbox_kind { MAILBOX_CAPTURE, MAILBOX_PERSONAL };
enum mailbox_after { AFTER_SEEN, AFTER_KEEP, AFTER_MOVE };

struct mailbox_conf {
	const char *key;
	enum mailbox_kind kind;
	struct server server;
	const struct owner *owner;  /* personal: whose; capture: NULL */
	struct strings tracking;    /* capture: "kept@example.org", "*@kept.example.org"; the first one makes reply addresses */
	struct strings authserv;    /* trusted authserv-ids; "" in the list: Microsoft's form without one */
	enum mailbox_after after;
	const char *move_to;        /* AFTER_MOVE */
	struct strings watch;       /* folders; "\\Sent" by special use; default INBOX */
	struct strings folders;     /* personal: whatever lies there is tagged */
	struct strings keywords, labels;
	const char *drafts;         /* personal: the folder where mail that waits for the owner's word is laid as a draft; "": none */
	int poll;                   /* seconds between looks where the server cannot IDLE; default 60 */
};

struct submission {
	const char *key;
	struct server server;
	const char *from;           /* the sender of kept's mail */
	const struct owner *owner;  /* NULL: anyone's mail from kept; else that owner's own account */
};

enum calendar_kind { CALENDAR_BUSY, CALENDAR_CALDAV };

/* A calendar of an owner's: one that is read for when they are busy, or the collection of kept's own, kept alike on both sides. */
struct calendar_conf {
	const char *key;
	enum calendar_kind kind;
	const struct owner *owner;
	const char *url;            /* "https://…", which may hold a secret: never shown; NULL: a file */
	const char *path;           /* NULL: an address */
	const char *user;           /* "": no login */
	const char *password, *ca;  /* as of a server */
	const struct oauth_conf *oauth; /* instead of a password; NULL */
	const char *collection;     /* CALDAV: its name */
	struct source at;
};

struct team {
	const char *key, *name, *address;
	int digest;                 /* 0: none; else 1 + the weekday (enum weekday) on which it hears what was promised and shared */
	bool commercial;            /* it never does */
};

struct policy {
	const char *key;
	const char *due;            /* expression */
	struct strings remind;      /* offsets around due: "-1bd" "0" "+3bd" */
	const char *every;          /* then every: offset "1w" */
	int limit;                  /* reminders in all, then the final notice; default 8 */
	enum { OUTSIDE_APPROVE, OUTSIDE_AUTO, OUTSIDE_NEVER } outside;
	struct strings prepare;     /* kinds of mail to the other person that are prepared: "receipt" … */
	struct strings automatic;   /* of these, what leaves without a word of the owner */
	const char *progress;       /* offset after the due time, where it is not done */
	const char *aftercare;      /* offset after the delivery */
	const char *close;          /* offset after the aftercare, when a delivered promise counts as kept */
	int day_full;               /* so many promises fill a day; 0: no day is full */
	const char *team_due;       /* offset before the due time: when a team is to have answered */
	/* it is the policy of a promise that all of these fit, without a name; empty: any */
	struct strings of_owners, of_stages, of_teams, of_words;
	struct source at;
};

/* How often the owner hears from contacts of one stage; no row: nobody is told. */
struct cadence {
	const char *key;            /* the stage: "establishing" */
	const char *ideal, *latest; /* lengths of time between two exchanges: "1mo"; latest "": half as long again */
	struct source at;
};

/* What the last look finds (judgement/look.h): the setting look.NAME says what becomes of it. */
#define LOOK_SETTINGS(X) \
	/* id         setting       standard */ \
	X(ATTACHMENT, "attachment", "block") /* it says "attached" and holds nothing */ \
	X(PROMISED,   "promised",   "warn")  /* the promised thing is not in it */ \
	X(RECIPIENT,  "recipient",  "block") /* it goes to none of those it was promised to */ \
	X(SLIP,       "slip",       "block") /* an address looks like a slip of a known one */ \
	X(QUESTION,   "question",   "warn")  /* a question of theirs stands unanswered */ \
	X(WORDS,      "words",      "block") /* a word of look.stop stands in it */
#define X(id, name, standard) LOOK_##id,
enum look_kind { LOOK_SETTINGS(X) LOOK_MATERIAL /* may not be sent: blocks always */, LOOK_OFTEN /* above caps.recipient_day */, LOOK_KIND_COUNT };
#undef X
enum look_weight { LOOK_OFF, LOOK_WARN, LOOK_BLOCK };

/* A template of the owner's: NAME.LANG.md in the folder `templates`, read when the configuration is. */
struct own_template {
	const char *name, *language; /* "reminder", "en" */
	const char *file, *text;
	bool approved;               /* somebody approved this very text (store_templates); what goes outside needs it */
};

/* What is built in and is read once by whoever judges many letters (understand_rules()); NULL: each is read as it is needed. */
struct rules {
	const struct vow_rules *vows;                          /* judgement/vow.h */
	const struct phrase_book *claims, *refusals, *safety;  /* judgement/words.h */
};

struct conf {
	const char *file;
	const char *database;       /* absolute */
	const char *templates;      /* folder of own templates, NULL */
	struct own_template *own;         size_t own_count;
	const char *heartbeat_file, *heartbeat_url; /* NULL: none */
	struct owner *owners;             size_t owner_count;
	struct mailbox_conf *mailboxes;   size_t mailbox_count;
	struct submission *submissions;   size_t submission_count;
	struct calendar_conf *calendars;  size_t calendar_count;
	struct oauth_conf *oauths;        size_t oauth_count;
	struct team *teams;               size_t team_count;
	struct policy *policies;          size_t policy_count; /* "default" is always there */
	struct cadence *cadences;         size_t cadence_count;
	const struct team *safety;        /* NULL */
	struct strings safety_words;      /* files that extend the list */
	struct strings safety_list;       /* the words in them, read at load */
	struct strings refusal_words, refusal_list; /* the same, of those who do not want to be written to */
	int look[LOOK_KIND_COUNT];        /* enum look_weight each; those after LOOK_SETTINGS are not set */
	struct rules rules;               /* set by whoever judges many letters */
	struct strings look_stop;         /* words that must not leave */
	int cap_recipient_day;            /* automatic mails to one outside recipient a day; default 3 */
	int cap_contact_week;             /* automatic mails to one outside recipient in seven days; default 3 */
	int cap_owner_day;                /* mails to an owner a day; default 100 */
	int cap_checkins_day;             /* check-ins of one owner on one day; default 2 */
	int cap_checkins_week;            /* … and in one week; default 6 */
	int cap_hour;                     /* all mail an hour; reached: the courier stops and the owner is told; default 200 */
};

struct conf_errors {
	const char **list; /* "FILE:LINE: what was found; what is allowed" */
	size_t n;
};

/* false: `errors` holds all that is wrong. Without `file`: KEPT_CONF, then $XDG_CONFIG_HOME/kept/kept.conf (or
 * ~/.config), then /etc/kept/kept.conf. `*out` is freed by conf_close(). */
bool conf_load(struct pool *, const char *file, struct conf **out, struct conf_errors *errors);
void conf_close(struct conf **);
/* The same with an environment of one's own, for tests. */
bool conf_load_with(struct pool *, const char *file, const char *(*environment)(const char *name), struct conf **out,
		    struct conf_errors *errors);
/* Where the configuration lies when nobody names it. */
const char *conf_file(struct pool *, const char *(*environment)(const char *name));

const struct owner *conf_owner(const struct conf *, const char *key);
const struct owner *conf_owner_of(const struct conf *, const char *address); /* whose address is it? */
const struct policy *conf_policy(const struct conf *, const char *key);      /* unknown: "default" */
const struct cadence *conf_cadence(const struct conf *, const char *stage);  /* NULL: none is set */
const struct team *conf_team(const struct conf *, const char *key);          /* letters large or small; NULL: there is none */
const struct team *conf_team_of(const struct conf *, const char *address);
/* The capture mailbox whose tracking addresses serve this owner: the first. NULL: none. For a personal mailbox with
 * `tracking` set that serves as one. */
const struct mailbox_conf *conf_capture(const struct conf *, const struct owner *);
/* The address that answers to a mail of this token come to; "": no tracking address serves this owner. */
const char *conf_reply(struct pool *, const struct conf *, const struct owner *, const char *token);
/* Is a folder of what the owner sent watched, so that their deliveries are seen? */
bool conf_reads_sent(const struct conf *, const struct owner *);
/* The owner's own mailbox in whose Drafts folder mail to others waits for their word; it is sent from there with a BCC to
 * kept, so that conf_capture() must name an address. NULL: they are asked by mail. */
const struct mailbox_conf *conf_drafts(const struct conf *, const struct owner *);
/* Is that host this machine, by its very name or number? */
bool conf_loopback(const char *host);
/* Is an address https, or does it stay on this machine? */
bool conf_safe_url(struct pool *, const char *url);
/* Is it any tracking address of ours? detail as in addr_tracks(). */
bool conf_tracks(struct pool *, const struct conf *, const char *address, const char **detail);
/* The account by which kept's own mail leaves; where there is none, the owner's. */
const struct submission *conf_submission(const struct conf *, const struct owner *);
/* The account that mail in the owner's own name leaves by: theirs, or one whose `from` is an address of theirs. NULL: none. */
const struct submission *conf_own_submission(const struct conf *, const struct owner *);

#endif
