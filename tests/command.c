/* command - what the owner's words mean: each rule of kept(7) ANSWERS as a row; the sweep; the table of cases where it
 * is there */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>

#include "judgement/command.h"

/* `expect`: the array without its brackets, ' for ", `near` aside; UNKNOWN: the whole is that. */
#define UNKNOWN "unknown"
static const struct row {
	const char *rule, *text, *expect;
	bool sweep;
} rows[] = {
	/* ---- where commands are looked for ---- */
	{ "blank lines and a greeting are passed over", "\n\nDear kept,\n\nclosed 7", "{'cmd':'done','ids':[7]}",
	  false },
	{ "a greeting in another language", "Guten Morgen zusammen,\nfertig", "{'cmd':'done'}", false },
	{ "a greeting that goes on is a sentence", "Hello done", UNKNOWN, false },
	{ "nothing new", "  \n\n", "", false },
	{ "as the link says it", "Do not send", "{'cmd':'skip'}", false },
	{ "likewise in German", "Nicht senden!", "{'cmd':'skip'}", false },
	{ "a day moved in German", "verschieb auf Montag", "{'cmd':'due','when':'Montag'}", false },
	{ "what is quoted is never read", "> send", "", false },
	{ "nor what stands below a quote", "| old\nsend", "", false },
	{ "an English attribution", "skip\nOn Tue, 3 Mar 2026, kept wrote:\nsend", "{'cmd':'skip'}", false },
	{ "one that was wrapped", "skip\nOn Tue, 3 Mar 2026 at 10:00 kept\n<kept@example.org> wrote:\nsend",
	  "{'cmd':'skip'}", false },
	{ "one that was wrapped twice", "On Tue, 3 Mar 2026 at 10:00\nkept <kept@example.org>\nwrote:\nsend", "",
	  false },
	{ "a date above an attribution is a command", "On friday\nOn Tue, 3 Mar 2026, kept wrote:\nsend",
	  "{'cmd':'snooze','when':'friday'}", false },
	{ "a French attribution",
	  "fait\nLe mar. 3 mars 2026 \xc3\xa0 10:00, kept <k@example.org> a \xc3\xa9"
	  "crit\xc2\xa0:\nenvoyer",
	  "{'cmd':'done'}", false },
	{ "an Italian attribution", "fatto\nIl giorno 3 marzo kept <k@example.org> ha scritto:\ninvia",
	  "{'cmd':'done'}", false },
	{ "a Portuguese attribution", "feito\nEm ter., 3 de mar. kept <k@example.org> escreveu:\nsend",
	  "{'cmd':'done'}", false },
	{ "a banner in any language", "done\n-----Message d'origine-----\nsend", "{'cmd':'done'}", false },
	{ "a rule", "done\n____________\nsend", "{'cmd':'done'}", false },
	{ "a short rule is none, but no command either", "done\n-----\nsend", "{'cmd':'done'}", false },
	{ "a header block", "done\nVan: kept\nVerzonden: dinsdag\nsend", "{'cmd':'done'}", false },
	{ "a header block in bold", "done\n*Da:* kept\n*A:* Ada\n*Data:* 3 marzo\nsend", "{'cmd':'done'}", false },
	{ "a signature", "done\n--\nsend", "{'cmd':'done'}", false },
	{ "a telephone's signature", "done\nEnvoy\xc3\xa9 de mon iPhone\nsend", "{'cmd':'done'}", false },
	{ "the first line must be a command", "She has it now\ndone", "{'cmd':'unknown','text':'She has it now'}",
	  false },
	{ "the first line that is none ends reading", "done 7\nI am glad\nsend 8", "{'cmd':'done','ids':[7]}", false },
	{ "blank lines between commands", "done 7\n\nsend 8", "{'cmd':'done','ids':[7]},{'cmd':'send','ids':[8]}",
	  false },
	{ "courtesy alone", "Many thanks!", "", false },
	{ "courtesy and a name", "Thank you,\nAda", "", false },
	{ "courtesy above a command is no command", "Thanks\ndone", UNKNOWN, false },
	{ "zero-width characters are not there", "do\xe2\x80\x8bne", "{'cmd':'done'}", false },
	{ "a letter of another alphabet is another letter", "d\xd0\xbene", UNKNOWN, false },
	{ "more than twenty commands: none is carried out",
	  "done 1;done 2;done 3;done 4;done 5;done 6;done 7;done 8;done 9;done 10;done 11\n"
	  "done 12;done 13;done 14;done 15;done 16;done 17;done 18;done 19;done 20;done 21",
	  "{'cmd':'error','code':'toomany'}", false },

	/* ---- a line ---- */
	{ "leads", "\xe2\x80\xa2 done 7\n@kept: send 8\n/skip 9",
	  "{'cmd':'done','ids':[7]},{'cmd':'send','ids':[8]},{'cmd':'skip','ids':[9]}", false },
	{ "bold", "**Done** 7", "{'cmd':'done','ids':[7]}", false },
	{ "an emoji at the end", "approved \xf0\x9f\x91\x8d", "{'cmd':'send'}", false },
	{ "an emoji with a number is the command", "7 \xe2\x9c\x85", "{'cmd':'done','ids':[7]}", false },
	{ "courtesy and signs at the end", "skip it, thank you! :)", "{'cmd':'skip'}", false },
	{ "courtesy in front is no command", "please cancel", UNKNOWN, false },
	{ "a question is no command", "sent it?", UNKNOWN, false },
	{ "a polite line that names a day is one", "Please move it to next Tuesday.", "{'cmd':'due','when':'next Tuesday'}", false },
	{ "as a question too", "Can you remind me on monday?", "{'cmd':'snooze','when':'monday'}", false },
	{ "in German the verb stands last", "bitte auf n\xc3\xa4" "chsten Freitag verschieben", "{'cmd':'due','when':'n\xc3\xa4" "chsten Freitag'}", false },
	{ "without the courtesy too", "auf Freitag verschieben", "{'cmd':'due','when':'Freitag'}", false },
	{ "and as a question", "K\xc3\xb6nnen Sie mich am Montag erinnern?", "{'cmd':'snooze','when':'am Montag'}", false },
	{ "a polite line without a day is a sentence", "can you remind me?", UNKNOWN, false },
	{ "a polite word to send is not guessed", "please send it tomorrow", UNKNOWN, false },
	{ "done with this one", "I'm done with this one", "{'cmd':'done'}", false },
	{ "done now", "That's done now.", "{'cmd':'done'}", false },
	{ "with a typographic apostrophe", "it\xe2\x80\x99s done", "{'cmd':'done'}", false },
	{ "done with a part is none", "I'm done with the first half", UNKNOWN, false },
	{ "but a lone question mark asks for help", "?", "{'cmd':'help'}", false },
	{ "a sentence that is a command with a number", "#69 done. #70 cancel.",
	  "{'cmd':'done','ids':[69]},{'cmd':'cancel','ids':[70]}", false },
	{ "the same, the verb first", "done 69. due 70 friday. Thanks!",
	  "{'cmd':'done','ids':[69]},{'cmd':'due','ids':[70],'when':'friday'}", false },
	{ "a sentence without a number is a note's", "done 69: phoned. Cancel",
	  "{'cmd':'done','ids':[69],'text':'phoned. Cancel'}", false },
	{ "a number in a sentence is no command", "done 69. Sent 70 copies",
	  "{'cmd':'done','ids':[69],'text':'Sent 70 copies'}", false },
	{ "several, parted by a semicolon", "done 7; 8: tomorrow",
	  "{'cmd':'done','ids':[7]},{'cmd':'snooze','ids':[8],'when':'tomorrow'}", false },
	{ "several, parted by a comma and by and", "done 7, snooze 8 friday and skip 9",
	  "{'cmd':'done','ids':[7]},{'cmd':'snooze','ids':[8],'when':'friday'},"
	  "{'cmd':'skip','ids':[9]}",
	  false },
	{ "one of several that is none spoils the line", "send 7 and call him", UNKNOWN, false },
	{ "a yes before a verb says nothing more", "yes please, send it", "{'cmd':'send'}", false },
	{ "a no before a verb is not guessed", "no, done", UNKNOWN, false },
	{ "a yes before a date is not guessed", "ok, friday", UNKNOWN, false },
	{ "no longer needed begins with no, but is cancel", "No longer needed.", "{'cmd':'cancel'}", false },

	/* ---- numbers ---- */
	{ "numbers parted in any way", "done 1, 2 3 & 4 and 5", "{'cmd':'done','ids':[1,2,3,4,5]}", false },
	{ "a range", "skip 7-9", "{'cmd':'skip','ids':[7,8,9]}", false },
	{ "a range of more than fifty", "skip 1-51", UNKNOWN, false },
	{ "a range backwards", "skip 9-7", UNKNOWN, false },
	{ "a number that is too large", "skip 1000000", UNKNOWN, false },
	{ "a number with a point", "done 1.5", UNKNOWN, false },
	{ "numbers in front", "7, 8 erledigt", "{'cmd':'done','ids':[7,8]}", false },
	{ "all", "delete all", "{'cmd':'cancel','ids':'all'}", false },
	{ "all of what is no number", "skip all of it", UNKNOWN, false },
	{ "a time is a time", "snooze 3 days", "{'cmd':'snooze','when':'3 days'}", false },
	{ "a date is a date", "due 7 march", "{'cmd':'due','when':'7 march'}", false },
	{ "a number and a date", "due 7 friday", "{'cmd':'due','ids':[7],'when':'friday'}", false },
	{ "a number and a date that begins with one", "due 7 8 march", "{'cmd':'due','ids':[7],'when':'8 march'}",
	  false },
	{ "two numbers and a time", "snooze 7, 8 3 days", "{'cmd':'snooze','ids':[7,8],'when':'3 days'}", false },
	{ "a day that is none is no number", "due 31 nov", "{'cmd':'error','of':'due','when':'31 nov','code':'nodate'}",
	  false },
	{ "a hash makes a number", "snooze #7 3 days", "{'cmd':'snooze','ids':[7],'when':'3 days'}", false },
	{ "a colon makes a number", "due 7: friday", "{'cmd':'due','ids':[7],'when':'friday'}", false },
	{ "a number and a date without a mark", "7 friday", UNKNOWN, false },
	{ "with a mark", "#7 friday\n8: by friday",
	  "{'cmd':'snooze','ids':[7],'when':'friday'},{'cmd':'due','ids':[8],'when':'by friday'}", false },

	/* ---- verbs with a time ---- */
	{ "a bare date", "next tuesday at 10", "{'cmd':'snooze','when':'next tuesday at 10'}", false },
	{ "a bare deadline", "by the end of june", "{'cmd':'due','when':'by the end of june'}", false },
	{ "no later than is a deadline", "no later than friday", "{'cmd':'due','when':'no later than friday'}", false },
	{ "a bare cadence", "every second friday of the month\nquarterly", UNKNOWN, false },
	{ "a cadence in French", "tous les lundis", "{'cmd':'every','when':'tous les lundis'}", false },
	{ "a cadence for one", "every 7 2 weeks", "{'cmd':'every','ids':[7],'when':'every 2 weeks'}", false },
	{ "words before a date are dropped", "defer until monday", "{'cmd':'snooze','when':'monday'}", false },
	{ "but by is a deadline", "push to by monday", "{'cmd':'due','when':'by monday'}", false },
	{ "no time at all", "sp\xc3\xa4ter", "{'cmd':'snooze'}", false },
	{ "a time that was misspelt", "pause until mondya",
	  "{'cmd':'error','of':'pause','when':'mondya','code':'unknown'}", false },
	{ "a number alone is one, and the date is missing", "due 7",
	  "{'cmd':'error','of':'due','ids':[7],'code':'empty'}", false },
	{ "for at it is a time", "at 10", "{'cmd':'at','when':'10'}", false },
	{ "which may have two readings", "at 3", "{'cmd':'error','of':'at','when':'3','code':'ambiguous'}", false },
	{ "what always lies in the past", "snooze yesterday",
	  "{'cmd':'error','of':'snooze','when':'yesterday','code':'past'}", false },
	{ "a comma makes a sentence", "Wait, later is fine with me", UNKNOWN, false },
	{ "a sentence that begins like a verb", "Send her the tables", UNKNOWN, false },
	{ "a sentence of waiting", "Waiting for them", UNKNOWN, false },
	{ "send at a time", "yes, send it tomorrow", "{'cmd':'send','when':'tomorrow'}", false },

	{ "numbers within the phrase", "move 7 and 8 to friday", "{'cmd':'due','ids':[7,8],'when':'friday'}", false },
	{ "but a sentence with a number is none", "Move 7 chairs to the room", UNKNOWN, false },

	/* ---- verbs with a text ---- */
	{ "a text needs a mark", "done gave it to him", UNKNOWN, false },
	{ "each mark", "done 1: a\ndone 2, b\ndone 3 - c\ndone 4 \xe2\x80\x93 d\ndone 5. e\ndone 6; f",
	  "{'cmd':'done','ids':[1],'text':'a'},"
	  "{'cmd':'done','ids':[2],'text':'b'},{'cmd':'done','ids':[3],'text':'c'},{'cmd':'done','ids':[4],'text':'d'},"
	  "{'cmd':'done','ids':[5],'text':'e'},{'cmd':'done','ids':[6],'text':'f'}",
	  false },
	{ "a hyphen in a word is no mark", "done-ish", UNKNOWN, false },
	{ "a text that takes it back", "done: almost, the figure is missing", UNKNOWN, false },
	{ "also on the next line", "done: sent it\naber nicht alles", UNKNOWN, false },
	{ "a text goes on to a blank line", "done: sent\nboth\n\nand more", "{'cmd':'done','text':'sent both'}",
	  false },
	{ "or to a command", "cancel: she\nhas it\nsend 8",
	  "{'cmd':'cancel','text':'she has it'},{'cmd':'send','ids':[8]}", false },
	{ "courtesy in a text stays", "note she says thanks", "{'cmd':'note','text':'she says thanks'}", false },
	{ "courtesy behind a text goes", "done: sent both, thanks", "{'cmd':'done','text':'sent both'}", false },
	{ "a comma in a note does not part it", "note: call her, send it", "{'cmd':'note','text':'call her, send it'}",
	  false },
	{ "but numbers do", "done 7: sent, cancel 8",
	  "{'cmd':'done','ids':[7],'text':'sent'},{'cmd':'cancel','ids':[8]}", false },
	{ "cancel with a reason", "cancel weil sie es hat", "{'cmd':'cancel','text':'weil sie es hat'}", false },
	{ "annuler alone is undo", "Annuler 7", "{'cmd':'undo','ids':[7]}", false },
	{ "with a reason it is cancel", "Annuler 7: elle a tout", "{'cmd':'cancel','ids':[7],'text':'elle a tout'}",
	  false },
	{ "undo takes nothing else", "undo the first", UNKNOWN, false },
	{ "a note on the next line", "note:\nshe is away", "{'cmd':'note','text':'she is away'}", false },
	{ "what before a word of a sentence", "what if she asks", UNKNOWN, false },
	{ "with a colon it is a text", "what: the tables", "{'cmd':'what','text':'the tables'}", false },
	{ "edit keeps its lines", "edit 7: Dear Ada,\n\n  both are here.\n\nBob\n-- \nsend",
	  "{'cmd':'edit','ids':[7],'text':'Dear Ada,\\n\\n  both are here.\\n\\nBob'}", false },
	{ "edit takes what looks like a command", "edit\ndone", "{'cmd':'edit','text':'done'}", false },
	{ "edit without a text", "edit 7", "{'cmd':'error','of':'edit','ids':[7],'code':'empty'}", false },

	/* ---- the others ---- */
	{ "an address", "who 7 Ada <ada@example.org>", "{'cmd':'who','ids':[7],'who':'ada@example.org'}", false },
	{ "no address", "who: Ada", "{'cmd':'error','of':'who','code':'address'}", false },
	{ "a team is one word", "team our medical", UNKNOWN, false },
	{ "list", "list overdue\nlist ada@example.org\nstatus",
	  "{'cmd':'list','arg':'overdue'},{'cmd':'list','arg':'ada@example.org'},{'cmd':'list'}", false },
	{ "list takes nothing else", "list of things", UNKNOWN, false },
	{ "help on a verb", "help due", "{'cmd':'help','arg':'due'}", false },
	{ "help on what is none", "help me", UNKNOWN, false },
	{ "resume", "I\xe2\x80\x99m back!", "{'cmd':'resume'}", false },
	{ "held messages", "accept h3 and h12", "{'cmd':'accept','held':[3,12]}", false },
	{ "accept takes nothing else", "accept 3", UNKNOWN, false },
	{ "decline with a reason", "decline: on leave", "{'cmd':'decline','text':'on leave'}", false },
	{ "an interest to a day", "interest: dosing until end of june",
	  "{'cmd':'interest','text':'dosing','when':'end of june'}", false },
	{ "an interest needs its mark", "interest in dosing", UNKNOWN, false },
	{ "met", "met", "{'cmd':'met'}", false },
	{ "a channel", "touch e-mail: sent the link", "{'cmd':'touch','arg':'e-mail','text':'sent the link'}", false },
	{ "a number, and a day in figures", "due 12 2026-12-04", "{'cmd':'due','ids':[12],'when':'2026-12-04'}", false },
	{ "numbers, and a day in figures", "snooze 4, 12 2026-12-04", "{'cmd':'snooze','ids':[4,12],'when':'2026-12-04'}", false },
	{ "a range from more to less is none", "done 4 15-12", "{'cmd':'unknown','text':'done 4 15-12'}", false },
	{ "touch, of one promise's person", "touch 4 mail: answered", "{'cmd':'touch','ids':[4],'arg':'mail','text':'answered'}", false },
	{ "safety", "safety no", "{'cmd':'safety','arg':'no'}", false },
	{ "challenge", "challenge accepted", UNKNOWN, false },
	{ "yes and no", "Nee, bedankt\nyep", "{'cmd':'no'},{'cmd':'yes'}", false },
	{ "yes takes nothing else", "yes of course", UNKNOWN, false },

	/* ---- the answer to a sweep ---- */
	{ "a promise, and its date", "rossi: subgroup data fri",
	  "{'cmd':'add','who':'rossi','text':'subgroup data','when':'fri'}", true },
	{ "the longest date at the end", "Dr. Osei: send the poster by next friday at 10",
	  "{'cmd':'add','who':'Dr. Osei','text':'send the poster','when':'by next friday at 10'}", true },
	{ "a word before the date is dropped", "rossi: the tables for monday",
	  "{'cmd':'add','who':'rossi','text':'the tables','when':'monday'}", true },
	{ "no date", "rossi: the tables", "{'cmd':'add','who':'rossi','text':'the tables'}", true },
	{ "nothing was promised", "osei: nothing\nrossi: -", "{'cmd':'none','who':'osei'},{'cmd':'none','who':'rossi'}",
	  true },
	{ "a word of thanks among the lines ends nothing", "rossi: data fri\nthanks!\nosei: nothing",
	  "{'cmd':'add','who':'rossi','text':'data','when':'fri'},{'cmd':'none','who':'osei'}", true },
	{ "other commands are read as always", "rossi: data fri\ndone 7",
	  "{'cmd':'add','who':'rossi','text':'data','when':'fri'},{'cmd':'done','ids':[7]}", true },
	{ "without a sweep it is unknown", "rossi: subgroup data fri", UNKNOWN, false },
};

static char *said(struct pool *p, const char *text, bool sweep)
{
	struct text *t = text_new(p, BODY_MOST);
	struct commands l;

	command_parse(p, text, sweep, &l);
	command_json(t, &l);
	return t->s;
}

static json_t *without_near(const char *s)
{
	json_t *a = json_loads(s, 0, NULL), *o;
	size_t i;

	json_array_foreach(a, i, o)
		json_object_del(o, "near");
	return a;
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	char *expect = pool_print(p, "[%s]", r->expect), *got = said(p, r->text, r->sweep);
	json_t *want, *have = without_near(got);

	for (char *c = expect; *c; c++)
		if (*c == '\'')
			*c = '"';
	if (strcmp(r->expect, UNKNOWN) == 0) {
		if (json_array_size(have) != 1 ||
		    strcmp(json_string_value(json_object_get(json_array_get(have, 0), "cmd")), UNKNOWN) != 0)
			fail_msg("%s: %s", r->text, got);
	} else {
		want = json_loads(expect, 0, NULL);
		assert_non_null(want);
		if (!json_equal(want, have))
			fail_msg("%s: %s, expected %s", r->text, got, expect);
		json_decref(want);
	}
	json_decref(have);
	pool_end(&p);
}

static void each_verb_reads_as_itself(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (int v = COMMAND_DONE; v < COMMAND_ADD; v++) {
		struct commands l;
		const char *word = command_word((enum command_verb)v);

		assert_true(*command_help((enum command_verb)v) != '\0');
		command_parse(p, word, false, &l);
		assert_int_equal(l.n, 1);
		if (l.list[0].verb != (enum command_verb)v &&
		    !(l.list[0].verb == COMMAND_ERROR && l.list[0].of == (enum command_verb)v))
			fail_msg("%s is read as %s", word, command_word(l.list[0].verb));
		if (l.list[0].verb == COMMAND_ERROR)
			assert_non_null(l.list[0].message);
	}
	pool_end(&p);
}

static void what_is_unknown_is_cut_at_200_characters(void **state)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, 1000);
	struct commands l;
	size_t n = 0;

	(void)state;
	while (!t->cut)
		text_add(t, "\xc3\xa4\xc3\xb6 ");
	command_parse(p, t->s, false, &l);
	for (const char *s = l.list[0].text, *end = s + strlen(s); s < end; n++)
		utf8_next(&s, end);
	assert_int_equal(n, 200);
	pool_end(&p);
}

static void what_is_misspelt_is_offered(void **state)
{
	struct pool *p = pool_new();
	struct commands l;

	(void)state;
	command_parse(p, "snoose friday", false, &l);
	assert_int_equal(l.list[0].verb, COMMAND_UNKNOWN);
	assert_non_null(l.list[0].near);
	assert_string_equal(l.list[0].near[0], "snooze");
	pool_end(&p);
}

static void what_is_not_read_is_kept(void **state)
{
	struct pool *p = pool_new();
	struct commands l;

	(void)state;
	command_parse(p, "done 7\n\nIt was a good day.\nsend\n\nOn Mon, kept wrote:\n> x", false, &l);
	assert_int_equal(l.n, 1);
	assert_string_equal(l.rest, "It was a good day.\nsend");
	pool_end(&p);
}

/* Long lines and many signs end soon. */
static void monsters_end_soon(void **state)
{
	static const char *const pieces[] = { "done,",	   "1 ",	"1,",	     "and ", "snooze 1 ",
					      ";",	   "done: a, ", "send and ", "\n",   "thanks ",
					      "rossi: a ", "> ",	"every 1 ",  "-" };
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct text *t = text_new(p, 100000);

		while (!t->cut)
			text_add(t, pieces[i]);
		said(p, t->s, false);
		said(p, t->s, true);
	}
	pool_end(&p);
}

static char *unescaped(struct pool *p, const char *s)
{
	struct text *t = text_new(p, BODY_MOST);

	for (; *s; s++)
		if (*s == '\\' && s[1]) {
			s++;
			text_char(t, *s == 'n' ? '\n' : *s == 'r' ? '\r' : *s == 't' ? '\t' : *s);
		} else {
			text_char(t, *s);
		}
	return t->s;
}

static void the_table_of_cases(void **state)
{
	FILE *f = fopen("../shared/data/commands.tsv", "r");
	char line[20000], *tab;
	int all = 0, wrong = 0;

	(void)state;
	if (!f)
		skip();
	while (fgets(line, sizeof line, f)) {
		struct pool *p = pool_new();
		json_t *want, *have;

		line[strcspn(line, "\n")] = '\0';
		if ((tab = strchr(line, '\t'))) {
			*tab = '\0';
			have = without_near(said(p, unescaped(p, line), false));
			want = json_loads(tab + 1, 0, NULL);
			all++;
			if (!json_equal(want, have)) {
				wrong++;
				print_message("%s: not %s\n", line, tab + 1);
			}
			json_decref(want);
			json_decref(have);
		}
		pool_end(&p);
	}
	fclose(f);
	assert_true(wrong * 100 <= all);
}

/* Below a line that is none, a line of a sweep's answer is told as not read: no promise is lost without a word. */
static void no_line_of_a_sweep_is_lost(void **state)
{
	struct pool *p = pool_new();
	struct commands l;

	(void)state;
	command_parse(p, "rossi: data fri\n\nIt rained in Vienna.\n\nosei: poster monday\n", true, &l);
	assert_int_equal(l.n, 1);
	assert_non_null(l.unread);
	assert_string_equal(l.unread[0], "osei: poster monday");
	pool_end(&p);
}

int main(void)
{
	struct CMUnitTest t[sizeof rows / sizeof *rows + 7];
	size_t n = 0;

	for (; n < sizeof rows / sizeof *rows; n++)
		t[n] = (struct CMUnitTest){ rows[n].rule, rule_holds, NULL, NULL, (void *)&rows[n] };
	t[n++] = (struct CMUnitTest)cmocka_unit_test(each_verb_reads_as_itself);
	t[n++] = (struct CMUnitTest)cmocka_unit_test(what_is_unknown_is_cut_at_200_characters);
	t[n++] = (struct CMUnitTest)cmocka_unit_test(what_is_misspelt_is_offered);
	t[n++] = (struct CMUnitTest)cmocka_unit_test(what_is_not_read_is_kept);
	t[n++] = (struct CMUnitTest)cmocka_unit_test(no_line_of_a_sweep_is_lost);
	t[n++] = (struct CMUnitTest)cmocka_unit_test(monsters_end_soon);
	t[n++] = (struct CMUnitTest)cmocka_unit_test(the_table_of_cases);
	return _cmocka_run_group_tests("command", t, n, NULL, NULL);
}
