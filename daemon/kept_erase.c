/* kept contact erase: a person goes out of the ledger */
#include <stdio.h>
#include <string.h>

#include "daemon/kept_people.h"
#include "daemon/kept_progress.h"
#include "work/erase.h"

static const char help_text[] = "kept contact erase - a person goes out of the ledger, for good\n\n"
				"  kept contact erase ADDRESS [--cancel-open] [--addresses-only] [--yes] [--owner NAME] [--json]\n\n"
				"  kept contact erase carol@example.com          what would go; nothing does\n"
				"  kept contact erase carol@example.com --yes    it goes\n\n"
				"All that is noted of them goes, the texts of promises to them alone, mail to them and "
				"about them, check-ins, messages that\n"
				"are held, what they owe, and in other texts their addresses and their name. The "
				"figures stay, as of an erased contact;\n"
				"the record keeps the fact, and `kept audit` holds as before. Nothing is written to "
				"them again, and no file notes them\n"
				"again: only `kept contact ADDRESS --consent ...` does.\n"
				"--cancel-open: open promises to them, meetings to come and mail that waits are called "
				"off with them, and nobody is told;\n"
				"without it nothing is erased while there is any. It cannot be undone. What lies "
				"elsewhere (your mailbox, copies made by\n"
				"`kept backup`) is in keptd(8), ERASURE.\n"
				"--addresses-only: other texts and mail are searched for their addresses, and not for "
				"their name: it is shown first, and they\n"
				"chose it themselves; one that is a common phrase stands in much that is not about them.\n"
				"--json: {\"address\", \"erased\", \"addresses\", \"names\", \"interests\", \"needs\", "
				"\"exchanges\", \"notes\", \"insights\", \"works\",\n"
				"\"promises\", \"shared\", \"mails\", \"checkins\", \"theirs\", \"held\", \"texts\", "
				"\"events\", \"open\": [...], \"owners\": [...]}\n";

/* Whose contact they are besides. */
static bool others(struct ledger *l, const char *address, struct strings *out, struct err *e)
{
	for (size_t i = 0; i < l->conf->owner_count; i++) {
		const struct owner *o = &l->conf->owners[i];
		struct contact c;
		bool noted;

		if (o == l->owner)
			continue;
		if (!store_contact(l->q, l->p, o->key, &(struct addr){ "", address }, &c, &noted, e))
			return false;
		if (noted) {
			*(const char **)pool_more(l->p, &out->list, out->n, sizeof *out->list) = o->key;
			out->n++;
		}
	}
	return true;
}

struct count {
	const char *key, *name;
	size_t n;
};

static size_t counts_of(const struct erasure *x, struct count *out)
{
	size_t n = 0;

	for (int i = 0; i < CARD_LIST_COUNT; i++)
		out[n++] = (struct count){ card_list_name((enum card_list)i), card_list_name((enum card_list)i),
					   x->lists[i] };
	out[n++] = (struct count){ "promises", "promises to them alone", x->promises };
	out[n++] = (struct count){ "shared", "promises to others too", x->shared };
	out[n++] = (struct count){ "mails", "mails to them or about them", x->mails };
	out[n++] = (struct count){ "checkins", "check-ins", x->checkins };
	out[n++] = (struct count){ "theirs", "what they owe", x->theirs };
	out[n++] = (struct count){ "held", "held messages", x->held };
	out[n++] = (struct count){ "texts", "other texts that name them", x->texts };
	out[n++] = (struct count){ "events", "events of the record", (size_t)x->events };
	return n;
}

static json_t *strings_json(const struct strings *s)
{
	json_t *out = json_array();

	for (size_t i = 0; i < s->n; i++)
		json_array_append_new(out, json_string(s->list[i]));
	return out;
}

static void print_json(const char *address, const struct erasure *x, const struct strings *owners, bool done)
{
	struct count c[CARD_LIST_COUNT + 8];
	json_t *o =
		json_pack("{ss sb so so so so}", "address", address, "erased", done, "addresses",
			  strings_json(&x->addresses), "names", strings_json(&x->names), "open", strings_json(&x->open), "owners", strings_json(owners));

	for (size_t i = 0, n = counts_of(x, c); i < n; i++)
		json_object_set_new(o, c[i].key, json_integer((json_int_t)c[i].n));
	ledger_print(o);
}

static void print(struct ledger *l, const char *address, const struct erasure *x, const struct strings *owners,
		  bool done)
{
	struct table t = { .p = l->p, .columns = 2, .soft = -1, .indent = 2 };
	struct count c[CARD_LIST_COUNT + 8];

	printf("%s: what %s\n", address, done ? "went" : "would go");
	table_row(&t, false, strings_join(l->p, &x->addresses, ' ', NOTE_MOST),
		  x->addresses.n == 1 ? "their address" : "their addresses");
	for (size_t i = 0, n = counts_of(x, c); i < n; i++)
		if (c[i].n)
			table_row(&t, false, pool_print(l->p, "%zu", c[i].n), c[i].name);
	table_print(&t);
	for (size_t i = 0; i < x->names.n; i++)
		printf("%s\"%s\"%s\n", i ? "  " : "Other texts and mail are searched for their name: ",
		       line_from(l->p, x->names.list[i], NAME_MOST).s,
		       i + 1 == x->names.n && !done ? ". Is it a common phrase? --addresses-only" : "");
	if (x->lone)
		puts("Their name is one word: other texts are searched for their addresses alone. Look through them "
		     "for the name.");
	if (x->open.n)
		printf("%s\n", done ? "Called off with them, and nobody was told:" : "Not done with yet:");
	for (size_t i = 0; i < x->open.n; i++)
		printf("  %s\n", x->open.list[i]);
	for (size_t i = 0; i < owners->n; i++)
		printf("%s has noted them too: `kept contact erase %s --owner %s`\n", owners->list[i],
		       addr_typed(address), owners->list[i]);
}

int people_erase(struct call *c)
{
	static const char *const flags[] = { "--yes", "--cancel-open", "--addresses-only", NULL };
	struct ledger l;
	struct erasure x;
	struct strings owners = { 0 };
	const char *address;
	struct err e = { 0 };
	bool help, yes, done;
	int rc = ledger_read(c, &l, help_text, NULL, flags, &help);

	if (help || rc != DONE_WELL)
		return rc;
	address = l.count == 2 ? addr_clean(l.p, l.words[1]) : NULL;
	if (!address || !addr_valid(address))
		return kept_say(WRONG_USE, "erase whom? One address, as `kept contact erase carol@example.com`");
	if ((rc = ledger_open(c, &l, true)) != DONE_WELL)
		return rc;
	yes = ledger_flag(&l, "--yes");
	work_interrupted("stopped: nothing was erased", NULL);
	work_doing("searching the ledger for them");
	if (!others(&l, address, &owners, &e) || !sql_begin(l.q, &e) ||
	    !erase(l.q, l.p, l.conf, l.owner, address, !ledger_flag(&l, "--addresses-only"), &x, l.now, &e)) {
		work_end();
		sql_rollback(l.q);
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	}
	work_end();
	done = yes && (!x.open.n || ledger_flag(&l, "--cancel-open"));
	if (!done)
		sql_rollback(l.q);
	else if (!sql_commit(l.q, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	work_interrupted(done ? "stopped: they are erased, but the file was not written anew" : NULL, NULL);
	l.changed = done;
	if (l.json)
		print_json(address, &x, &owners, done);
	else
		print(&l, address, &x, &owners, done);
	if (yes && !done)
		return ledger_close(&l, kept_say(FAILED, "nothing was erased: settle what is not done with first, or "
							 "call it off by --cancel-open"));
	if (!done && !l.json)
		puts(x.open.n ? "Nothing was erased. With --cancel-open --yes it is."
			      : "Nothing was erased. With --yes it is.");
	fflush(stdout); /* what went is said, should it be stopped */
	work_doing("writing the file anew");
	done = !done || sql_compact(l.q, &e);
	work_end();
	work_interrupted(NULL, NULL);
	if (!done)
		return ledger_close(&l, kept_say(FAILED,
						 "they are erased, but the file was not written anew: %s. Try `kept "
						 "backup`, or stop keptd first",
						 e.text));
	return ledger_close(&l, DONE_WELL);
}
