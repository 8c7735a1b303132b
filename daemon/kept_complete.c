/* kept complete: what may come next on a command line, for the shells (kept.bash, kept.zsh, kept.fish ask it)
 *
 * Options are read out of each command's own --help; what they and the commands take stands in the two lists below; numbers,
 * people and names come from the ledger and the configuration that the line names. Much of that a stranger may have written,
 * and a shell will put it on a command line: what is no plain word is not offered, and a description is one line of text.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "borders/outbox.h"
#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "letters/template.h"
#include "nouns/holiday.h"

static const char complete_help[] =
	"kept complete - what may come next on a command line, for shells\n\n"
	"  kept complete -- [WORD...]\n\n"
	"  kept complete -- snooze ''     the numbers of what stands open\n\n"
	"The last WORD is the one being written; '' where it has not begun. A line each: the word, a tab, what it is.\n"
	"\":files\" alone: names of files. The completions of bash, zsh and fish that come with kept ask this.\n";

enum whence {
	WORDS, NOTHING, FILES, OWNERS, MAILBOXES, ACCOUNTS, POLICIES, TEAMS, ZONES, COUNTRIES, PROMISES, PEOPLE, CHECKINS, THEIRS, HELD, OUTGOING, LIBRARY, TEMPLATES
};

struct taken {
	const char *command; /* "": any */
	const char *after;   /* the word before must be this; "": the command itself; "*": any; "@": an address */
	enum whence from;
	const char *words;   /* of WORDS, between blanks */
};

/* the value of an option; the first row that fits */
static const struct taken values[] = {
	{ "",        "--owner",      OWNERS,    NULL },
	{ "init",    "--mailbox",    NOTHING,   NULL },
	{ "",        "--mailbox",    MAILBOXES, NULL },
	{ "",        "--policy",     POLICIES,  NULL },
	{ "",        "--team",       TEAMS,     NULL },
	{ "",        "--with",       PEOPLE,    NULL },
	{ "",        "--contact",    PEOPLE,    NULL },
	{ "",        "--commitment", PROMISES,  NULL },
	{ "",        "--tz",         ZONES,     NULL },
	{ "",        "--zone",       ZONES,     NULL },
	{ "",        "--context",    FILES,     NULL },
	{ "",        "--ca",         FILES,     NULL },
	{ "",        "--file",       FILES,     NULL },
	{ "",        "--place",      WORDS,     "kept inbox sent folder:" },
	{ "",        "--flag",       WORDS,     "\\Flagged $Kept" },
	{ "import",  "--for",        WORDS,     "sweep" },
	{ "",        "--for",        WORDS,     "30min 45min 60min" },
	{ "",        "--within",     WORDS,     "1w 2w 4w" },
	{ "",        "--language",   WORDS,     "en de fr es" },
	{ "",        "--set",        WORDS,     "date_order= eod= hour= keep_time= m= move= week_start= workdays=" },
	{ "",        "--stage",      WORDS,     "establishing developing maintaining" },
	{ "",        "--segment",    WORDS,     "direct indirect none" },
	{ "",        "--consent",    WORDS,     "open asked not-needed never" },
	{ "",        "--term",       WORDS,     "short mid long" },
	{ "score",   "--by",         WORDS,     "contact stage policy team week" },
	{ "",        "--by",         WORDS,     "theirs ours both" },
	{ "report",  "--format",     WORDS,     "text html csv json" },
	{ "",        "--format",     WORDS,     "vcf vcf3 csv" },
	{ "",        "--kind",       WORDS,     "receipt progress delay delivery aftercare share introduction" },
	{ "",        "--auto",       WORDS,     "none receipt progress delay delivery aftercare invitation" },
	{ "",        "--bounced",    WORDS,     "no" },
	{ "",        "--country",    COUNTRIES, NULL },
	{ "",        "--color",      WORDS,     "auto always never" },
	{ "",        "-c",           FILES,     NULL },
};

/* options that take a value of one's own */
static const char *const own_values[] = { "--head", "--to", "--due", "--every", "--at", "--on", "--purpose", "--agenda", "--link", "--until", "--now",
	"--since", "--wait", "--from", "--name", "--why", "--phone", "--title", "--about", "--tags", "--note", "--need", "--interest", "--insight",
	"--nameserver", "--autoconfig", "--password", "--user", "--imap", "--smtp", "--tracking",
	"--client-id", "--client-secret", "--tenant", "--scope", "--issuer", "--token-endpoint", "--authorization-endpoint", "--device-endpoint",
	"--revocation-endpoint", NULL };

/* what a command takes beside options; the first row that fits, and all of the same place */
static const struct taken arguments[] = {
	{ "team",      "",         PROMISES,  NULL },
	{ "team",      "*",        TEAMS,     NULL },
	{ "show",      "*",        PROMISES,  NULL },
	{ "proof",     "*",        PROMISES,  NULL },
	{ "done",      "*",        PROMISES,  NULL },
	{ "snooze",    "",         PROMISES,  NULL },
	{ "due",       "",         PROMISES,  NULL },
	{ "cancel",    "*",        PROMISES,  NULL },
	{ "note",      "",         PROMISES,  NULL },
	{ "undo",      "*",        PROMISES,  NULL },
	{ "plan",      "*",        PROMISES,  NULL },
	{ "send",      "*",        PROMISES,  NULL },
	{ "skip",      "*",        PROMISES,  NULL },
	{ "edit",      "",         PROMISES,  NULL },
	{ "draft",     "",         PROMISES,  NULL },
	{ "safety",    "",         PROMISES,  NULL },
	{ "safety",    "*",        WORDS,     "reported no" },
	{ "outbox",    "",         WORDS,     "show" },
	{ "outbox",    "show",     OUTGOING,  NULL },
	{ "audit",     "",         WORDS,     "verify" },
	{ "challenge", "",         WORDS,     "start stop show" },
	{ "login",     "",         ACCOUNTS,  NULL },
	{ "logout",    "",         ACCOUNTS,  NULL },
	{ "secret",    "",         WORDS,     "set" },
	{ "contact",   "",         PEOPLE,    NULL },
	{ "contact",   "",         WORDS,     "erase" },
	{ "contact",   "@",        WORDS,     "merge apart part" },
	{ "contact",   "*",        PEOPLE,    NULL },
	{ "touch",     "",         PEOPLE,    NULL },
	{ "met",       "",         PEOPLE,    NULL },
	{ "insight",   "",         PEOPLE,    NULL },
	{ "export",    "",         PEOPLE,    NULL },
	{ "contacts",  "",         WORDS,     "import export" },
	{ "contacts",  "import",   FILES,     NULL },
	{ "checkin",   "",         WORDS,     "list add propose show move cancel accept decline send skip" },
	{ "checkin",   "*",        CHECKINS,  NULL },
	{ "theirs",    "done",     THEIRS,    NULL },
	{ "theirs",    "",         WORDS,     "done" },
	{ "theirs",    "*",        THEIRS,    NULL },
	{ "resources", "",         WORDS,     "list add approve match retire import" },
	{ "resources", "import",   FILES,     NULL },
	{ "resources", "*",        LIBRARY,   NULL },
	{ "template",  "",         WORDS,     "list show check approve preview" },
	{ "template",  "check",    FILES,     NULL },
	{ "template",  "*",        TEMPLATES, NULL },
	{ "held",      "",         WORDS,     "accept drop" },
	{ "held",      "*",        HELD,      NULL },
	{ "explain",   "*",        FILES,     NULL },
	{ "commands",  "*",        FILES,     NULL },
	{ "promises",  "*",        FILES,     NULL },
	{ "backup",    "*",        FILES,     NULL },
};

struct asked {
	struct call call;    /* the line that is being written, without what goes with every command */
	struct ledger l;
	const char *word;    /* as far as it is written */
};

static void offer(struct asked *a, const char *word, const char *what)
{
	if (strncmp(word, a->word, strlen(a->word)) == 0)
		printf("%s%s%s\n", word, what && *what ? "\t" : "", what ? line_from(a->l.p, what, 80).s : "");
}

/* What came from outside: only what no shell reads as anything but a word. */
static void offer_outside(struct asked *a, const char *word, const char *what)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@._+-%=/";

	if (*word && *word != '-' && strspn(word, plain) == strlen(word))
		offer(a, word, what);
}

static void offer_number(struct asked *a, const char *before, int64_t id, const char *what)
{
	offer(a, pool_print(a->l.p, "%s%lld", before, (long long)id), what);
}

static void offer_words(struct asked *a, const char *words)
{
	char *each = pool_print(a->l.p, "%s", words), *at = NULL;

	for (char *w = strtok_r(each, " ", &at); w; w = strtok_r(NULL, " ", &at))
		offer(a, w, NULL);
}

static bool configured(struct asked *a)
{
	if (!a->l.conf)
		a->l.conf = kept_conf(&a->call);
	return a->l.conf;
}

/* What cannot be opened offers nothing, and a ledger is never made for this. */
static bool opened(struct asked *a)
{
	struct err e = { 0 };

	return a->l.q || (configured(a) && access(a->l.conf->database, R_OK) == 0 && ledger_not_as_root(a->l.p, a->l.conf) == DONE_WELL &&
	       sql_open(a->l.conf->database, SQL_COMMAND, &a->l.q, &e));
}

static const char *whose(const struct commitment *m, struct pool *p)
{
	const struct addr *to = m->to.n ? &m->to.list[0] : NULL;

	return to ? pool_print(p, "%s (%s)", m->what, to->name && *to->name ? to->name : to->address) : m->what;
}

/* Of one owner: what the ledger holds of that kind. */
static void of_owner(struct asked *a, enum whence from, const struct owner *o)
{
	struct pool *p = a->l.p;
	struct sql *q = a->l.q;
	struct err e = { 0 };
	size_t n = 0;

	if (from == PROMISES) {
		struct commitment *m = NULL;
		bool all = strcmp(a->call.argv[0], "show") == 0 || strcmp(a->call.argv[0], "proof") == 0;

		if (store_commitments(q, p, a->l.conf, o, all, &m, &n, &e))
			for (size_t i = 0; i < n; i++)
				offer_number(a, "", m[i].id, whose(&m[i], p));
	} else if (from == PEOPLE) {
		struct contact *c = NULL;

		if (store_contacts(q, p, o->key, &c, &n, &e))
			for (size_t i = 0; i < n; i++)
				offer_outside(a, c[i].address, c[i].name);
	} else if (from == CHECKINS) {
		struct checkin *k = NULL;

		if (store_checkins(q, p, o->key, kept_now(), &k, &n, &e))
			for (size_t i = 0; i < n; i++)
				offer_number(a, "", k[i].id, k[i].purpose);
	} else if (from == THEIRS) {
		struct theirs *t = NULL;

		if (store_theirs(q, p, o->key, &t, &n, &e))
			for (size_t i = 0; i < n; i++)
				offer_number(a, "t", t[i].id, t[i].what);
	} else if (from == HELD) {
		struct held_row *h = NULL;

		if (store_held(q, p, o->key, &h, &n, &e))
			for (size_t i = 0; i < n; i++)
				offer_number(a, "h", h[i].id, h[i].subject);
	}
}

static void of_house(struct asked *a, enum whence from)
{
	struct pool *p = a->l.p;
	struct err e = { 0 };
	size_t n = 0;

	if (from == OUTGOING) {
		struct outgoing *o = NULL;

		if (outbox_list(a->l.q, p, SQL_OUTGOING_OPEN, 0, &o, &n, &e))
			for (size_t i = 0; i < n; i++)
				offer_number(a, "", o[i].id, o[i].subject);
	} else if (from == LIBRARY) {
		struct resource *r = NULL;

		if (store_resources(a->l.q, p, false, &r, &n, &e))
			for (size_t i = 0; i < n; i++)
				offer_number(a, "", r[i].id, r[i].title);
	}
}

#define EACH(list, count) for (size_t i = 0; i < a->l.conf->count; i++) offer_outside(a, a->l.conf->list[i].key, NULL)
static void of_conf(struct asked *a, enum whence from)
{
	if (from == OWNERS)
		EACH(owners, owner_count);
	if (from == MAILBOXES || from == ACCOUNTS)
		EACH(mailboxes, mailbox_count);
	if (from == ACCOUNTS)
		EACH(submissions, submission_count);
	if (from == ACCOUNTS)
		EACH(calendars, calendar_count);
	if (from == POLICIES)
		EACH(policies, policy_count);
	if (from == TEAMS)
		EACH(teams, team_count);
	if (from == TEMPLATES) {
		struct template_source *t;
		size_t n = template_list(a->l.p, a->l.conf, &t);

		for (size_t i = 0; i < n; i++)
			offer_outside(a, t[i].name, NULL);
	}
}

static void zones(struct asked *a)
{
	char line[512];
	FILE *f = fopen("/usr/share/zoneinfo/tzdata.zi", "r");

	offer(a, "UTC", NULL);
	while (f && fgets(line, sizeof line, f)) {
		char name[64], other[64];

		if (sscanf(line, "Z %63s", name) == 1 || sscanf(line, "L %63s %63s", other, name) == 2)
			if (strchr(name, '/'))
				offer_outside(a, name, NULL);
	}
	if (f)
		fclose(f);
}

static void offer_from(struct asked *a, const struct taken *t)
{
	switch (t->from) {
	case NOTHING: break;
	case WORDS: offer_words(a, t->words); break;
	case FILES: puts(":files"); break;
	case ZONES: zones(a); break;
	case COUNTRIES: offer_words(a, holiday_countries()); break;
	case OWNERS: case MAILBOXES: case ACCOUNTS: case POLICIES: case TEAMS: case TEMPLATES:
		if (configured(a))
			of_conf(a, t->from);
		break;
	case OUTGOING: case LIBRARY:
		if (opened(a))
			of_house(a, t->from);
		break;
	case PROMISES: case PEOPLE: case CHECKINS: case THEIRS: case HELD:
		for (size_t i = 0, n = opened(a) ? a->l.conf->owner_count : 0; i < n; i++)
			of_owner(a, t->from, &a->l.conf->owners[i]);
		break;
	}
}

static bool has(const char *const *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return false;
}

/* The options in a command's help: "--name" where no letter stands before it. */
static void options(struct asked *a, int (*run)(struct call *))
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz-";
	char name[] = "x", help[] = "--help", *words[] = { name, help, NULL }, *text = NULL;
	struct call c = { .pool = a->l.p, .argc = 2, .argv = words };
	size_t n = 0;
	FILE *real = stdout, *caught = open_memstream(&text, &n);
	const char **seen = NULL;
	size_t count = 0;

	if (caught) {
		stdout = caught; /* the help is printed: this reads what a person would */
		run(&c);
		stdout = real;
		fclose(caught);
	}
	for (const char *at = text ? strstr(text, "--") : NULL; at; at = strstr(at, "--")) {
		size_t length = 2 + strspn(at + 2, letters);
		const char *option = pool_slice(a->l.p, at, length);

		if (length > 2 && at > text && !strchr(letters, at[-1]) && !has(seen, count, option)) {
			*(const char **)pool_more(a->l.p, &seen, count, sizeof *seen) = option;
			count++;
			offer(a, option, NULL);
		}
		at += length;
	}
	free(text);
	if (!has(seen, count, help))
		offer(a, help, NULL);
}

static bool fits(const struct taken *t, const char *command, const char *before, bool first)
{
	return (!*t->command || strcmp(t->command, command) == 0) &&
	       (strcmp(t->after, "*") == 0 || (strcmp(t->after, "@") == 0 && strchr(before, '@')) || (!*t->after && first) ||
		(*t->after && strcmp(t->after, before) == 0));
}

static const struct taken *value_of(const char *command, const char *option)
{
	static const struct taken own = { "", "", NOTHING, NULL };

	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (strcmp(values[i].after, option) == 0 && fits(&values[i], command, option, false))
			return &values[i];
	for (size_t i = 0; own_values[i]; i++)
		if (strcmp(own_values[i], option) == 0)
			return &own;
	return NULL;
}

static void offer_next(struct asked *a, const struct call *line)
{
	int last = line->argc - 1;
	const char *command = last > 0 ? line->argv[0] : "", *before = last > 0 ? line->argv[last - 1] : "";
	const struct taken *value = value_of(command, before);

	if (value) {
		offer_from(a, value);
	} else if (last == 0 && *a->word == '-') {
		offer_words(a, "-c --color --help --version");
	} else if (last == 0 || (last == 1 && strcmp(command, "help") == 0)) {
		if (last == 0)
			offer(a, "help", "teaches a command");
		for (const struct subcommand *s = kept_subcommands; s->name; s++)
			offer(a, s->name, s->help);
	} else if (*a->word == '-') {
		const struct subcommand *s = kept_subcommand(command);

		if (s)
			options(a, s->run);
	} else {
		const struct taken *found = NULL;

		for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++)
			if (fits(&arguments[i], command, before, last == 1) && (!found || strcmp(arguments[i].after, found->after) == 0)) {
				found = &arguments[i];
				offer_from(a, found);
			}
	}
}

int kept_complete(struct call *c)
{
	struct asked a = { .l = { .p = c->pool } };
	struct call line;

	if (kept_help(c, complete_help))
		return DONE_WELL;
	if (c->argc < 3 || strcmp(c->argv[1], "--") != 0)
		return kept_say(WRONG_USE, "the words of the line stand behind --: kept complete -- snooze ''");
	line = (struct call){ .pool = c->pool, .conf_file = c->conf_file, .argc = c->argc - 2, .argv = c->argv + 2 };
	a.word = line.argv[line.argc - 1];
	line.argc--; /* the last word is not finished: -c and --color before it are */
	if (kept_common(&line) == DONE_WELL)
		line.argv[line.argc++] = c->argv[c->argc - 1];
	else
		line.argc++;
	a.call = line;
	offer_next(&a, &line);
	return ledger_close(&a.l, DONE_WELL);
}
