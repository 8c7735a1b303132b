/* kept draft send skip edit: mail to the other person, and the owner's word on it */
#include <stdio.h>
#include <string.h>

#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "letters/mime.h"
#include "nouns/mail.h"
#include "work/schedule.h"

int kept_send(struct call *c)
{
	return ledger_command(c, COMMAND_SEND, TAKES_WHEN, false,
			      "kept send - the mail that waits for your word about a promise may go out\n\n"
			      "  kept send N [WHEN] [--kind KIND] [--json]\n\n"
			      "  kept send 12\n"
			      "  kept send 12 tomorrow 8am\n\n"
			      "N is the promise's number; --kind says which, where several mails wait about it. It leaves in your name, by your own\n"
			      "account (`submission` with `owner`, kept.conf(5)), in their working hours. `kept outbox` shows what waits.\n",
			      1);
}

int kept_skip(struct call *c)
{
	return ledger_command(c, COMMAND_SKIP, TAKES_NOTHING, false,
			      "kept skip - the mail that waits for your word about a promise is dropped\n\n"
			      "  kept skip N [--kind KIND] [--json]\n\n"
			      "  kept skip 12\n\n"
			      "N is the promise's number; --kind says which, where several mails wait about it. The promise stays as it is;\n"
			      "that mail is not prepared again.\n",
			      1);
}

static const char edit_help[] =
	"kept edit - the mail that waits for your word about a promise has your text instead\n\n"
	"  kept edit N [--kind KIND] [--json] TEXT\n"
	"  kept edit N [--kind KIND] [--json] - <FILE\n\n"
	"  kept edit 12 \"Dear Carol, the data follow on Monday. Ada\"\n"
	"  kept edit 12 - <letter.txt\n\n"
	"N is the promise's number; --kind says which, where several mails wait about it. Your disclosure line\n"
	"is put under it. It waits for your word again: `kept send 12`.\n";

int kept_edit(struct call *c)
{
	char *bytes;
	size_t n;
	struct err e = { 0 };

	if (c->argc < 3 || strcmp(c->argv[c->argc - 1], "-") != 0)
		return ledger_command(c, COMMAND_EDIT, TAKES_TEXT, true, edit_help, 1);
	if (!kept_file(c->pool, "-", &bytes, &n, &e))
		return kept_say(FAILED, "%s", e.text);
	c->argv[c->argc - 1] = bytes;
	return ledger_command(c, COMMAND_EDIT, TAKES_TEXT, true, edit_help, 1);
}

static const char draft_help[] =
	"kept draft - prepare a mail to the other person, for your word\n\n"
	"  kept draft N KIND [--line TEXT] [--resource R]... [--with NAME] [--owner NAME]\n\n"
	"  kept draft 12 progress --line \"The statisticians have the tables; one check is left.\"\n"
	"  kept draft 12 delivery --resource 3\n"
	"  kept draft 12 introduction --with \"Dr. Alan Turing\"\n\n"
	"N is the promise's number, KIND one of receipt, progress, delay, delivery, aftercare, share, introduction.\n"
	"--line: what there is to say. --resource: approved material (`kept resources list`); its file is attached.\n"
	"It waits for your word: `kept send 12`, `kept edit 12 …`, `kept skip 12`, or an answer to the mail that shows it.\n"
	"One of that kind that waits already is dropped.\n";

static bool is_drafted(enum mail_kind kind)
{
	return mail_kind_whom(kind) == WHOM_OUTSIDE && kind != MAIL_INVITATION && kind != MAIL_RECAP;
}

/* Their names, parted by commas. */
static const char *drafted(struct pool *p)
{
#define X(id, name, whom, automatic) MAIL_##id,
	static const enum mail_kind kinds[] = { MAIL_KINDS(X) };
#undef X
	const char *all = "";

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (is_drafted(kinds[i]))
			all = pool_print(p, "%s%s%s", all, *all ? ", " : "", mail_kind_name(kinds[i]));
	return all;
}

/* Whatever is said here, nothing leaves without a word more. */
static bool prepare(struct ledger *l, int64_t id, const struct schedule_offer *o, bool *found, struct outgoing *made, struct err *e)
{
	struct dossier d;

	if (!store_dossier(l->q, l->p, l->conf, id, &d, found, e))
		return false;
	if (!*found || d.commitment.owner != l->owner)
		return *found = false, true;
	return schedule_offer(l->q, l->p, l->conf, &d, o, made, l->now, e);
}

int kept_draft(struct call *c)
{
	static const char *const valued[] = { "--line", "--resource", "--with", NULL };
	struct ledger l;
	struct schedule_offer o = { .why = "you asked for it", .rule = "", .instead = true };
	struct outgoing made;
	int64_t id, *resources = NULL;
	struct err e = { 0 };
	bool shown, found = false;
	int rc = ledger_read(c, &l, draft_help, valued, NULL, &shown);

	if (shown || rc != DONE_WELL)
		return rc;
	if (l.count != 2 || !ledger_number(l.words[0], &id))
		return kept_say(WRONG_USE, "which promise, and what kind of mail? As `kept draft 12 progress --line \"…\"`");
	if (!mail_kind_from(l.words[1], &o.kind) || !is_drafted(o.kind))
		return kept_say(WRONG_USE, "'%s' is no mail to others; allowed are %s", l.words[1], drafted(c->pool));
	o.substance = ledger_option(&l, "--line");
	o.with = ledger_option(&l, "--with");
	for (int i = 0; i + 1 < l.options; i += 2)
		if (strcmp(l.option[i], "--resource") == 0) {
			int64_t *r = pool_more(l.p, &resources, o.resource_count, sizeof *resources);

			if (!ledger_number(l.option[i + 1], r))
				return kept_say(WRONG_USE, "--resource '%s' is no number; `kept resources list` shows them", l.option[i + 1]);
			o.resource_count++;
		}
	o.resources = resources;
	l.of = id;
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	if (!sql_begin(l.q, &e) || !prepare(&l, id, &o, &found, &made, &e) || !sql_commit(l.q, &e)) {
		sql_rollback(l.q);
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	}
	if (!found)
		return ledger_close(&l, kept_say(FAILED, "#%lld: there is no such promise of %s", (long long)id, l.owner->key));
	l.changed = true;
	if (made.kind == MAIL_APPROVAL)
		printf("Such a mail needs a line of substance: `kept draft %lld %s --line \"…\"`, or answer the mail that asks for it.\n", (long long)id, l.words[1]);
	else
		printf("The %s to %s %s\n", l.words[1], made.recipient,
		       made.state == OUTBOX_HELD ? pool_print(l.p, "waits for your word: `kept send %lld`; the mail that shows it is on its way to you.", (long long)id) :
						   "is on its way.");
	if (made.kind != MAIL_APPROVAL && made.state == OUTBOX_HELD) {
		struct outgoing whole;
		struct letter mail;

		if (!outbox_get(l.q, l.p, made.id, &whole, &found, &e) || !found)
			return ledger_close(&l, kept_say(FAILED, "%s", e.text));
		mime_read(l.p, whole.bytes, whole.n, &mail);
		putchar('\n');
		ledger_mail(l.p, mail.subject, mail.full);
		for (size_t i = 0; i < mail.attachment_count; i++)
			printf("    Attached: %s\n", line_from(l.p, mail.attachments[i].name, NAME_MOST).s);
	}
	return ledger_close(&l, DONE_WELL);
}
