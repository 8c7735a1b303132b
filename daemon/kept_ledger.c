/* what the subcommands that open the ledger share */
#include "daemon/kept_ledger.h"

#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "borders/store.h"
#include "daemon/kept_progress.h"
#include "ground/wake.h"

static bool among(const char *const *list, const char *s)
{
	for (; list && *list; list++)
		if (strcmp(*list, s) == 0)
			return true;
	return false;
}

int ledger_read(struct call *c, struct ledger *l, const char *help, const char *const *valued, const char *const *flags, bool *shown)
{
	bool rest = false;

	*l = (struct ledger){ .p = c->pool };
	*shown = kept_help(c, help);
	if (*shown)
		return DONE_WELL;
	for (int i = 1; i < c->argc; i++) {
		const char *a = c->argv[i];

		if (!rest && strcmp(a, "--") == 0) {
			rest = true;
		} else if (!rest && strcmp(a, "--json") == 0) {
			l->json = true;
			work_quiet();
		} else if (!rest && (strcmp(a, "--owner") == 0 || among(valued, a))) {
			if (i + 1 >= c->argc)
				return kept_say(WRONG_USE, "%s needs a value; `kept %s --help`", a, c->argv[0]);
			if (l->options + 2 > 64)
				return kept_say(WRONG_USE, "too many options");
			l->option[l->options++] = a;
			l->option[l->options++] = c->argv[++i];
		} else if (!rest && among(flags, a)) {
			if (l->options + 2 > 64)
				return kept_say(WRONG_USE, "too many options");
			l->option[l->options++] = a;
			l->option[l->options++] = "";
		} else if (!rest && a[0] == '-' && (a[1] == '-' || (a[1] >= 'a' && a[1] <= 'z'))) {
			return kept_say(WRONG_USE, "unknown option '%s'; `kept %s --help` (words that begin with - stand behind --)", a, c->argv[0]);
		} else if (l->count < 64) {
			l->words[l->count++] = a;
		} else {
			return kept_say(WRONG_USE, "too many words");
		}
	}
	return DONE_WELL;
}

const char *ledger_option(const struct ledger *l, const char *name)
{
	for (int i = 0; i + 1 < l->options; i += 2)
		if (strcmp(l->option[i], name) == 0)
			return l->option[i + 1];
	return NULL;
}

bool ledger_flag(const struct ledger *l, const char *name)
{
	return ledger_option(l, name) != NULL;
}

int ledger_words(const struct ledger *l, const struct call *c, int most)
{
	return l->count <= most ? DONE_WELL : kept_say(WRONG_USE, "'%s' is one word too many; `kept %s --help`", l->words[most], c->argv[0]);
}

/* The keys of all owners, for a person to choose from. */
static char *owner_keys(const struct ledger *l)
{
	struct text *t = text_new(l->p, 500);

	for (size_t i = 0; i < l->conf->owner_count; i++)
		text_print(t, "%s%s", i ? ", " : "", l->conf->owners[i].key);
	return t->s;
}

static int choose_owner(struct ledger *l)
{
	const char *key = ledger_option(l, "--owner");
	const char *user = getenv("USER");
	struct commitment m;
	struct err e = { 0 };
	bool found = false;
	utc answered;

	if (key) {
		l->owner = conf_owner(l->conf, key);
		return l->owner ? DONE_WELL : kept_say(WRONG_USE, "no owner '%s' in %s; there: %s", key, l->conf->file, owner_keys(l));
	}
	l->owner = l->conf->owner_count == 1 ? &l->conf->owners[0] : user ? conf_owner(l->conf, user) : NULL;
	/* a number says whose it is */
	if (!l->owner && l->of && store_commitment(l->q, l->p, l->conf, l->of, &m, &answered, &found, &e) && found)
		l->owner = m.owner;
	if (!l->owner)
		return kept_say(WRONG_USE, "whose? name one owner of %s, as --owner %s; there: %s", l->conf->file,
				l->conf->owner_count ? l->conf->owners[0].key : "ada", owner_keys(l));
	return DONE_WELL;
}

/* What root would make beside the ledger (its key, a journal) the daemon's user could not open. */
int ledger_not_as_root(struct pool *p, const struct conf *c)
{
	char *folder = pool_copy(p, c->database), *slash = strrchr(folder, '/');
	const struct passwd *user;
	struct stat st;

	if (!slash || geteuid() != 0)
		return DONE_WELL;
	*slash = '\0';
	if (stat(*folder ? folder : "/", &st) != 0 || st.st_uid == 0)
		return DONE_WELL;
	user = getpwuid(st.st_uid);
	return kept_say(FAILED, "%s is the ledger of the user %s: say it as that user, `sudo -u %s kept …`", c->database,
			user ? user->pw_name : "it belongs to", user ? user->pw_name : pool_print(p, "\\#%u", (unsigned)st.st_uid));
}

int ledger_open(struct call *c, struct ledger *l, bool owner)
{
	struct err e = { 0 };
	int rc;

	l->conf = kept_conf(c);
	if (!l->conf)
		return FAILED;
	l->now = kept_now();
	rc = ledger_not_as_root(l->p, l->conf);
	work_doing("opening the ledger");
	if (rc == DONE_WELL && !sql_open(l->conf->database, SQL_COMMAND, &l->q, &e))
		rc = FAILED;
	work_end();
	if (*e.text)
		kept_say(FAILED, "%s", e.text);
	if (rc == DONE_WELL && !store_templates(l->q, l->conf, &e))
		rc = kept_say(FAILED, "%s", e.text);
	if (rc == DONE_WELL && owner)
		rc = choose_owner(l);
	if (rc != DONE_WELL)
		return ledger_close(l, rc);
	return DONE_WELL;
}

int ledger_close(struct ledger *l, int code)
{
	if (l->changed)
		wake_ring_process(pool_print(l->p, "%s.bell", l->conf->database));
	sql_close(&l->q);
	conf_close(&l->conf);
	return code;
}

bool ledger_number(const char *word, int64_t *out)
{
	char *end;
	long long v;

	if (*word == '#')
		word++;
	v = strtoll(word, &end, 10);
	if (end == word || *end || v < 1)
		return false;
	*out = v;
	return true;
}

char *ledger_time(struct pool *p, const struct zone *z, utc t, utc now)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil c = zone_civil(z, t), n = zone_civil(z, now);
	char *year = c.year == n.year ? pool_copy(p, "") : pool_print(p, " %d", c.year);

	int east = zone_offset(z, t) / 60, off = east < 0 ? -east : east;
	char *minutes = off % 60 ? pool_print(p, ":%02d", off % 60) : pool_copy(p, "");

	return pool_print(p, "%s %2d %s%s %02d:%02d %c%02d%s", days[day_weekday(zone_day(z, t))], c.day, months[c.month - 1], year, c.hour,
			  c.minute, east < 0 ? '-' : '+', off / 60, minutes);
}

json_t *ledger_json(struct pool *p, const struct commitment *m, utc now)
{
	json_t *to = json_array();
	const struct zone *z = m->owner->time.zone;

	for (size_t i = 0; i < m->to.n; i++)
		json_array_append_new(to, json_string(m->to.list[i].address));
	return json_pack("{sI ss ss ss so ss ss ss sb ss* ss* ss* ss* ss*}", "id", (json_int_t)m->id, "owner", m->owner->key, "state",
			 commitment_state_name(m->state), "what", m->what, "to", to, "due", utc_print(p, z, m->due), "made", utc_print(p, z, m->made),
			 "words", m->words, "overdue", commitment_is_live(m->state) && m->state != COMMITMENT_DELIVERED && worktime_late(&m->owner->time, m->due) < now, "note",
			 *m->note ? m->note : NULL, "team", *m->team ? m->team : NULL, "every", *m->every ? m->every : NULL, "snoozed",
			 m->snoozed ? utc_print(p, z, m->snoozed) : NULL, "frozen", m->frozen ? utc_print(p, z, m->frozen) : NULL);
}

json_t *ledger_part_json(const struct ledger *l, const struct commitment *const *list, size_t n)
{
	json_t *all = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(all, ledger_json(l->p, list[i], l->now));
	return all;
}

json_t *ledger_line_json(const struct ledger *l, const struct review_line *x)
{
	return json_pack("{ss ss ss*}", "text", x->text, "who", x->who, "at", x->at ? utc_print(l->p, l->owner->time.zone, x->at) : NULL);
}

void ledger_print(json_t *j)
{
	char *s = j ? json_dumps(j, JSON_INDENT(2)) : NULL;

	puts(s ? s : "[]");
	free(s);
	json_decref(j);
}

void ledger_lines(const struct ledger *l, const char *text)
{
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		printf("  %s\n", line_from(l->p, pool_slice(l->p, text, n), BODY_MOST).s);
	}
}

char *ledger_plain(struct pool *p, const char *markdown)
{
	struct text *t = text_new(p, ANSWER_MOST);

	for (const char *s = markdown; *s; s++) {
		if (*s == '\\' && s[1])
			text_char(t, *++s);
		else if (s[0] == '*' && s[1] == '*')
			s++;
		else if ((s == markdown || s[-1] == '\n') && s[0] == '-' && s[1] == ' ')
			s++;
		else
			text_char(t, *s);
	}
	return t->s;
}

void ledger_mail(struct pool *p, const char *subject, const char *text)
{
	printf("    Subject: %s\n\n", line_from(p, subject, SUBJECT_MOST).s);
	for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n')
		printf("%s%s\n", *s == '\n' ? "" : "    ", line_from(p, pool_slice(p, s, strcspn(s, "\n")), NOTE_MOST).s);
}

/* It holds the lock. */
bool ledger_daemon_runs(struct pool *p, const char *database)
{
	int fd = open(pool_print(p, "%s.lock", database), O_RDWR | O_CLOEXEC);
	bool held;

	if (fd < 0)
		return false;
	held = flock(fd, LOCK_EX | LOCK_NB) != 0;
	close(fd);
	return held;
}
