/* kept agenda - what is for the day */
#include <stdio.h>
#include <string.h>

#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "letters/compose.h"
#include "letters/markup.h"
#include "work/schedule.h"

enum { DAY = 86400 };

#define X(id, name) " \"" name "\""
static const char agenda_help[] =
	"kept agenda - what is for the day, as of now\n\n"
	"  kept agenda [--owner NAME] [--json]\n\n"
	"  kept agenda            what the mail of a working morning would tell now\n\n"
	"Promises that are due today, overdue, or due by the next working day; the check-ins of the day; who answered since the\n"
	"last agenda; mail that waits for your word, messages that are held (kept.conf(5), agenda). It counts as no reminder.\n"
	"--json: \"head\"; lists of promises:\n " AGENDA_PARTS(X) "\nand of {\"number\", \"text\", \"who\", \"at\"}:\n " AGENDA_LISTS(X) "\n";
#undef X

static json_t *agenda_json(struct ledger *l, const struct agenda *a)
{
#define X(id, name) name,
	static const char *const parts[] = { AGENDA_PARTS(X) }, *const lists[] = { AGENDA_LISTS(X) };
#undef X
	json_t *o = json_object();

	for (int i = 0; i < AGENDA_PART_COUNT; i++)
		json_object_set_new(o, parts[i], ledger_part_json(l, a->parts[i].list, a->parts[i].n));
	for (int i = 0; i < AGENDA_LIST_COUNT; i++) {
		json_t *all = json_array();

		for (size_t k = 0; k < a->lists[i].n; k++) {
			const struct review_line *x = &a->lists[i].lines[k];
			json_t *one = ledger_line_json(l, x);

			if (x->number)
				json_object_set_new(one, "number", json_integer(x->number));
			json_array_append_new(all, one);
		}
		json_object_set_new(o, lists[i], all);
	}
	json_object_set_new(o, "head", json_string(a->head));
	return o;
}

int kept_agenda(struct call *c)
{
	struct ledger l = { .p = c->pool };
	struct compose_in in = { .kind = MAIL_AGENDA, .token = "agenda", .id = "agenda" };
	struct conf bare; /* without a mailbox there are no links, which are for a mail */
	struct owner_row row;
	struct agenda a;
	struct mail m;
	struct err e = { 0 };
	bool help;
	int code = ledger_read(c, &l, agenda_help, NULL, NULL, &help);

	if (code != DONE_WELL || help)
		return code;
	if ((code = ledger_words(&l, c, 0)) != DONE_WELL || (code = ledger_open(c, &l, true)) != DONE_WELL)
		return code;
	if (!store_owner(l.q, l.owner->key, &row, &e) ||
	    !schedule_agenda_of(l.q, l.p, l.conf, l.owner, row.agenda ? row.agenda : l.now - DAY, l.now, &a, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json) {
		ledger_print(agenda_json(&l, &a));
		return ledger_close(&l, DONE_WELL);
	}
	if (!agenda_count(&a)) {
		puts("Nothing is for today.");
		return ledger_close(&l, DONE_WELL);
	}
	bare = *l.conf, bare.mailbox_count = 0;
	in.conf = &bare, in.owner = l.owner, in.now = l.now, in.agenda = &a;
	if (!compose(l.p, &in, &m, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	printf("%s\n\n%s", m.subject.s, markdown_plain(l.p, m.markdown));
	return ledger_close(&l, DONE_WELL);
}
