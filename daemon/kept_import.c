/* kept import: older mail */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "borders/mailbox.h"
#include "borders/reader.h"
#include "daemon/kept_ledger.h"
#include "daemon/kept_progress.h"
#include "ground/progress.h"
#include "work/collect.h"

enum { TRIES = 3 /* that bring nothing */ };

static const char import_help[] =
	"kept import - take older mail of the watched mailboxes\n\n"
	"  kept import --since DATE [--mailbox NAME] [--json]\n\n"
	"  kept import --since 2026-11-01\n"
	"  kept import --since 2026-11-01 --mailbox ada    of one mailbox of the configuration\n\n"
	"kept starts from now on a mailbox that is already full; this takes what came before. What was read before is "
	"not read\n"
	"twice, so it may be run again. Where the server drops the connection it is opened again, and goes on from "
	"there; where it\n"
	"stays away, or you stop it (Ctrl-C), what was read stays. On a terminal it says how far it came.\n";

struct import {
	struct ledger *l;
	const char *since;
	utc day;
	size_t read, seen; /* new ones; of the mailbox at hand, all */
	size_t folder;     /* of it, where it goes on */
	bool lacks;        /* a folder is not there, or may not be read */
};

static utc clock_of(void *arg)
{
	(void)arg;
	return kept_now();
}

static const char *came(const struct import *i)
{
	return pool_print(i->l->p, "%zu new message%s read, and stay%s; `kept import --since %s` goes on from there",
			  i->read, i->read == 1 ? " was" : "s were", i->read == 1 ? "s" : "", i->since);
}

static void committed(void *arg, size_t fresh, size_t all)
{
	struct import *i = arg;

	i->read += fresh;
	i->seen += all;
	work_interrupted(pool_print(i->l->p, "stopped: %s", came(i)), NULL);
	work_at(i->seen);
}

/* The watched folders, then those that tag; NULL: no more. */
static const char *folder(const struct mailbox_conf *m, size_t at, bool *tagged)
{
	*tagged = at >= m->watch.n;
	at -= *tagged ? m->watch.n : 0;
	return !*tagged ? m->watch.list[at] : at < m->folders.n ? m->folders.list[at] : NULL;
}

static bool count(struct collect *k, utc day, size_t *total, struct err *e)
{
	const char *name;
	bool tagged;
	size_t n;

	*total = 0;
	for (size_t at = 0; (name = folder(k->mailbox, at, &tagged)); at++) {
		if (collect_count(k, name, day, &n, e))
			*total += n;
		else if (e->kind != ERR_PERM) /* else it is said when it is its turn */
			return false;
	}
	return true;
}

/* Why it was not read. What comes from the border says which mailbox already. */
static int say_why(const struct mailbox_conf *m, const struct err *e, const char *more)
{
	bool named = text_starts(e->text, "mailbox ");

	return kept_say(FAILED, "%s%s%s%s%s%s", named ? "" : "mailbox ", named ? "" : m->key, named ? "" : ": ",
			e->text, *more ? "; " : "", more);
}

/* One session: from where the one before came to. `total` is counted in the first. */
static bool session(struct import *i, struct collect *k, size_t *total, struct err *e)
{
	const char *name;
	bool tagged, well = reader_open(&k->reader, e) && mailbox_open(k->mailbox, &k->box, e) &&
			    (*total || count(k, i->day, total, e));
	char what[PROGRESS_ROOM];

	snprintf(what, sizeof what, "letters of %.100s", k->mailbox->key);
	work_begin(what, *total);
	while (well && (name = folder(k->mailbox, i->folder, &tagged))) {
		well = collect_since(k, name, tagged, i->day, e);
		if (!well && e->kind == ERR_PERM) { /* the others are read all the same */
			i->lacks = well = true;
			say_why(k->mailbox, e, "");
		}
		if (well) {
			i->folder++;
			k->since_valid = k->since_uid = 0;
		}
	}
	work_end();
	mailbox_close(&k->box);
	reader_close(&k->reader);
	return well;
}

/* A connection that is lost is opened again, as long as each brings something; the first must. */
static bool one(struct import *i, const struct mailbox_conf *m, struct err *e)
{
	struct collect k = {
		.q = i->l->q, .c = i->l->conf, .mailbox = m, .clock = clock_of, .committed = committed, .arg = i
	};
	size_t total = 0, before = 0;

	i->seen = i->folder = 0;
	for (unsigned tries = 0; !session(i, &k, &total, e); tries++) {
		if (i->seen > before)
			tries = 0;
		before = i->seen;
		if (e->kind != ERR_TEMP || !i->seen || tries >= TRIES)
			return false;
		say_why(m, e, "it is tried again");
		sleep(1U << tries);
	}
	return true;
}

static char *mailbox_keys(const struct ledger *l)
{
	struct text *t = text_new(l->p, 500);

	for (size_t i = 0; i < l->conf->mailbox_count; i++)
		text_print(t, "%s%s", i ? ", " : "", l->conf->mailboxes[i].key);
	return t->s;
}

int kept_import(struct call *c)
{
	static const char *const valued[] = { "--since", "--mailbox", NULL };
	struct ledger l;
	struct import i = { .l = &l };
	bool help, any = false;
	const char *name;
	struct err e = { 0 };
	int rc = ledger_read(c, &l, import_help, valued, NULL, &help);

	if (help || rc != DONE_WELL || (rc = ledger_words(&l, c, 0)) != DONE_WELL)
		return rc;
	i.since = ledger_option(&l, "--since");
	if (!i.since)
		return kept_say(WRONG_USE, "since when? As `kept import --since 2026-11-01`");
	if (!utc_parse(i.since, zone_fixed(l.p, 0), &i.day))
		return kept_say(WRONG_USE, "--since '%s' is no date; as 2026-11-01", i.since);
	if (i.day > kept_now())
		return kept_say(WRONG_USE, "--since %s is still to come; name a day that has been", i.since);
	if ((rc = ledger_open(c, &l, false)) != DONE_WELL)
		return rc;
	name = ledger_option(&l, "--mailbox");
	for (size_t n = 0; n < l.conf->mailbox_count && rc == DONE_WELL; n++) {
		const struct mailbox_conf *m = &l.conf->mailboxes[n];

		if (name && strcmp(name, m->key) != 0)
			continue;
		any = true;
		if (!one(&i, m, &e))
			rc = say_why(m, &e, i.read ? came(&i) : "");
	}
	work_interrupted(NULL, NULL);
	if (!any)
		return ledger_close(&l, kept_say(WRONG_USE, "no mailbox '%s' in %s; there: %s", name ? name : "",
						 l.conf->file, mailbox_keys(&l)));
	l.changed = true;
	if (rc == DONE_WELL && l.json)
		ledger_print(json_pack("{si}", "read", (int)i.read));
	else if (rc == DONE_WELL && !i.read)
		printf("nothing new: all messages since %s were read before\n", i.since);
	else if (rc == DONE_WELL)
		printf("%zu new message%s read since %s\n", i.read, i.read == 1 ? "" : "s", i.since);
	return ledger_close(&l, rc == DONE_WELL && i.lacks ? FAILED : rc);
}
