/* manual - what the manuals repeat of the lists in the code is made from them: `make manuals` writes it, the test holds to it
 *
 * Between `.\" from the code: NAME` and `.\" end` stands the list NAME. In kept.conf(5), behind each setting's name in its head
 * (.It Cm), stands what it takes and its default. All the rest is written by hand; only its lines are parted where they are long.
 */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>

#include "borders/outbox.h"
#include "daemon/kept.h"
#include "judgement/command.h"
#include "judgement/tag.h"
#include "judgement/understand.h"
#include "letters/template_inner.h"
#include "nouns/commitment.h"
#include "nouns/conf_inner.h"
#include "nouns/figures.h"
#include "nouns/holiday.h"
#include "nouns/letter.h"
#include "nouns/mail.h"
#include "nouns/provider.h"

enum { LINE = 78, WHOLE = 400000 };

static char *file_read(struct pool *p, const char *path)
{
	FILE *f = fopen(path, "r");
	char *s = pool_take(p, WHOLE + 1);

	if (!f)
		return NULL;
	s[fread(s, 1, WHOLE, f)] = '\0';
	fclose(f);
	return s;
}

/* ---- words as mdoc ---- */

/* One word, so that it is no macro, no delimiter and no escape. */
static void word_put(struct text *out, const char *s, size_t n)
{
	if ((n == 1 && strchr("[](){}.,:;?!|", *s)) || ((n == 2 || n == 3) && *s >= 'A' && *s <= 'Z') || *s == '.' || *s == '\'' || strncmp(s, "…", 3) == 0)
		text_add(out, "\\&");
	for (size_t i = 0; i < n; i++)
		if (s[i] == '"' || s[i] == '`') /* `done` is set in quotes */
			text_add(out, s[i] == '"' ? "\\(dq" : i && (i + 1 == n || strchr(",;.:", s[i + 1])) ? "\\(cq" : "\\(oq");
		else if (s[i] == '\\')
			text_add(out, "\\e");
		else if (n - i >= 3 && memcmp(s + i, "…", 3) == 0)
			text_add(out, "..."), i += 2;
		else if (n - i >= 2 && memcmp(s + i, "²", 2) == 0)
			text_add(out, "\\(S2"), i++;
		else
			text_put(out, s + i, 1);
}

/* Words on lines of bearable length, or on one (a macro's). */
static void words_put(struct text *out, const char *s, bool one_line)
{
	for (size_t begin = out->n; *s; s += strspn(s, " ")) {
		struct text *word = text_new(out->pool, 500);
		size_t n = strcspn(s, " ");

		word_put(word, s, n);
		s += n;
		if (out->n > begin && !one_line && out->n - begin + 1 + word->n > LINE)
			text_add(out, "\n"), begin = out->n;
		else if (out->n > begin)
			text_add(out, " ");
		text_add(out, word->s);
	}
	text_add(out, "\n");
}

static void item(struct text *out, const char *head, const char *words)
{
	text_print(out, ".It Cm %s\n", head);
	words_put(out, words, false);
}

/* ---- the lists ---- */

static void list_commands(struct text *out)
{
#define X(name, help) item(out, #name, help);
	SUBCOMMANDS(X)
#undef X
}

static void list_answers(struct text *out)
{
	for (int v = 0; v < COMMAND_ADD; v++) /* what stands below is a sweep's own */
		item(out, command_word((enum command_verb)v), command_help((enum command_verb)v));
}

static void list_states(struct text *out)
{
#define X(id, name, live, words) text_print(out, ".It %s Ta %s\n", name, words);
	COMMITMENT_STATES(X)
#undef X
}

static void list_moves(struct text *out)
{
#define X(id, name) + 1
	enum { EVENTS = 0 COMMITMENT_EVENTS(X) };
#undef X
	enum commitment_state to;

	for (int from = 0; from <= COMMITMENT_CANCELLED; from++)
		for (int e = 0; e < EVENTS; e++)
			if (commitment_move((enum commitment_state)from, (enum commitment_event)e, &to))
				text_print(out, ".It %s Ta %s Ta %s\n", commitment_state_name((enum commitment_state)from),
					   commitment_event_name((enum commitment_event)e), commitment_state_name(to));
}

static void list_fields(struct text *out)
{
#define X(name, words) item(out, name, words);
	TEMPLATE_FIELDS(X)
#undef X
}

static void kinds(struct text *out, enum mail_whom whom)
{
	const char *before = ".Cm ";

#define X(id, name, to, automatic) \
	if (WHOM_##to == whom) \
		text_print(out, "%s%s", before, name), before = " ,\n.Cm ";
	MAIL_KINDS(X)
#undef X
	text_add(out, "\n");
}

static void list_kinds_owner(struct text *out)
{
	kinds(out, WHOM_OWNER);
}

static void list_kinds_outside(struct text *out)
{
	kinds(out, WHOM_OUTSIDE);
}

static void list_kinds_team(struct text *out)
{
	kinds(out, WHOM_TEAM);
}

static void list_providers(struct text *out)
{
	static const char *const logins[] = {
		[PROVIDER_PASSWORD] = "password", [PROVIDER_APP] = "app password", [PROVIDER_OAUTH] = "kept login",
		[PROVIDER_BRIDGE] = "Bridge", [PROVIDER_NONE] = "none",
	};
	static const char *const plus[] = { [PLUS_UNKNOWN] = "tried", [PLUS_WORKS] = "yes", [PLUS_FAILS] = "no" };

#define X(name, domains, mx, imap, imap_port, imap_tls, smtp, smtp_port, smtp_tls, user, login, oauth, where, plus_, authserv, \
	  sent, note) \
	text_print(out, ".It %s Ta %s Ta %s Ta %s\n", name, *(imap) ? (imap) : "no IMAP", logins[login], plus[plus_]);
#include "nouns/provider.def"
#undef X
}

static void list_countries(struct text *out)
{
	const char *before = ".Li ";

	for (const char *s = holiday_countries(); *s; s += strcspn(s, " "), s += strspn(s, " "))
		text_print(out, "%s%.*s", before, (int)strcspn(s, " "), s), before = " , ";
	text_add(out, " .\n");
}

static void list_classes(struct text *out)
{
	const char *before = ".Li ";

#define X(id, name) text_print(out, "%s%s", before, name), before = " ,\n.Li ";
	LETTER_CLASSES(X)
#undef X
	text_add(out, " .\n");
}

static void list_traces(struct text *out)
{
	for (size_t i = 0; letter_traces[i]; i++)
		text_print(out, ".Li %s %c\n", letter_traces[i], letter_traces[i + 1] ? ',' : '.');
}

/* The vocabulary of due words, all languages at once: what a word means, and its value there. */
#define W(word, meaning, value, glued) { word, #meaning, #value },
#define Z(abbreviation, zone)
static const struct {
	const char *word, *meaning, *value;
} due_words[] = {
#include "judgement/when_words.def"
};
#undef W
#undef Z

static void list_due_words(struct text *out)
{
	static const struct {
		const char *head, *meaning, *value;
	} groups[] = {
		{ "today", "TODAY", "0" }, { "tomorrow", "TOMORROW", "0" }, { "the day then", "OVERMORROW", "0" }, { "one of both", "MORGEN", "0" },
		{ "morning", "PART", "PART_MORNING" }, { "noon", "PART", "PART_NOON" }, { "afternoon", "PART", "PART_AFTERNOON" },
		{ "evening", "PART", "PART_EVENING" }, { "tonight", "TONIGHT", "0" }, { "night", "PART", "PART_NIGHT" },
		{ "midnight", "PART", "PART_MIDNIGHT" }, { "end of work", "PART", "PART_EOD" }, { "Monday", "WEEKDAY", "0" },
		{ "Tuesday", "WEEKDAY", "1" }, { "Wednesday", "WEEKDAY", "2" }, { "Thursday", "WEEKDAY", "3" }, { "Friday", "WEEKDAY", "4" },
		{ "Saturday", "WEEKDAY", "5" }, { "Sunday", "WEEKDAY", "6" }, { "weekend", "WEEKEND", "0" }, { "January", "MONTH", "1" },
		{ "February", "MONTH", "2" }, { "March", "MONTH", "3" }, { "April", "MONTH", "4" }, { "May", "MONTH", "5" },
		{ "June", "MONTH", "6" }, { "July", "MONTH", "7" }, { "August", "MONTH", "8" }, { "September", "MONTH", "9" },
		{ "October", "MONTH", "10" }, { "November", "MONTH", "11" }, { "December", "MONTH", "12" }, { "minutes", "UNIT", "MINUTES" },
		{ "hours", "UNIT", "HOURS" }, { "days", "UNIT", "DAYS" }, { "working days", "UNIT", "WORKDAYS" }, { "weeks", "UNIT", "WEEKS" },
		{ "months", "UNIT", "MONTHS" }, { "quarters", "UNIT", "QUARTERS" }, { "years", "UNIT", "YEARS" }, { "end of the week", "EOP", "WEEKS" },
		{ "of the month", "EOP", "MONTHS" }, { "of the quarter", "EOP", "QUARTERS" }, { "of the year", "EOP", "YEARS" },
		{ "this", "THIS", "0" }, { "next", "NEXT", "0" }, { "every", "EVERY", "0" }, { "in", "IN", "0" }, { "by", "BY", "0" },
		{ "before", "BEFORE", "0" }, { "after", "AFTER", "0" }, { "within", "WITHIN", "0" }, { "no day at all", "VAGUE", "0" },
	};
	struct pool *p = pool_new();

	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		struct text *words = text_new(p, 2000);

		for (size_t n = 0; n < sizeof due_words / sizeof *due_words; n++)
			if (strcmp(due_words[n].meaning, groups[i].meaning) == 0 && strcmp(due_words[n].value, groups[i].value) == 0)
				text_print(words, "%s%s", words->n ? " " : "", due_words[n].word);
		assert_true(words->n);
		text_print(out, ".It %s\n", groups[i].head);
		words_put(out, words->s, false);
	}
	pool_end(&p);
}

static void list_schema(struct text *out)
{
	struct pool *p = pool_new();
	const char *schema = file_read(p, "lib/borders/schema.sql");
	int newest = 0;

	assert_non_null(schema);
	for (const char *s = schema; (s = strstr(s, "\n-- migration ")); s++)
		newest = atoi(s + 14);
	text_print(out, "The ledger of this kept is of version %d.\n", newest);
	pool_end(&p);
}

static const struct {
	const char *name;
	void (*put)(struct text *);
} lists[] = {
	{ "commands", list_commands }, { "answers", list_answers }, { "states", list_states }, { "moves", list_moves },
	{ "fields", list_fields }, { "mails to the owner", list_kinds_owner }, { "mails to others", list_kinds_outside },
	{ "mails to teams", list_kinds_team }, { "providers", list_providers }, { "countries", list_countries }, { "schema", list_schema },
	{ "traces", list_traces }, { "classes", list_classes }, { "due words", list_due_words },
};

/* ---- settings ---- */

/* The values that leave working time as it is by default: the one that is named among what is allowed, or a time of the day. */
static const char *time_standard(struct pool *p, const char *name, const char *allowed)
{
	struct worktime w = worktime_default(NULL), before;
	struct err e = { 0 };

	memcpy(&before, &w, sizeof w);
	for (size_t n; *allowed; allowed += n + strspn(allowed + n, " ")) {
		const char *value;

		n = strcspn(allowed, " ");
		value = pool_slice(p, allowed, n - (n && allowed[n - 1] == ','));
		if (worktime_set(p, &w, name, value, &e) && memcmp(&w, &before, sizeof w) == 0)
			return value;
		memcpy(&w, &before, sizeof w);
	}
	for (int m = 0; m < 1440; m++) {
		const char *value = pool_print(p, "%02d:%02d", m / 60, m % 60);

		if (worktime_set(p, &w, name, value, &e) && memcmp(&w, &before, sizeof w) == 0)
			return value;
		memcpy(&w, &before, sizeof w);
	}
	return NULL;
}

/* What it takes, and its default: of the table, or, of working time, of what its own error says. NULL: there is no such setting. */
static const char *setting(struct pool *p, const char *in, const char *name)
{
	const struct conf_key *k = conf_key_find(in, name);
	const char *allowed, *standard;

	if (k && k->form == FORM_NUMBER && !text_starts(k->allowed, pool_print(p, "%d to %d", k->least, k->most)))
		fail_msg("%s.%s is %d to %d, and says \"%s\"", in, name, k->least, k->most, k->allowed);
	if (k)
		return pool_print(p, "%s%s%s%s", k->allowed, k->must ? "; required" : "", k->standard && *k->standard ? "; default: " : "",
				  k->standard ? k->standard : "");
	if (strcmp(in, "owner") == 0 && conf_is_worktime(name)) {
		struct worktime w = worktime_default(NULL);
		struct err e = { 0 };

		assert_false(worktime_set(p, &w, name, "\001", &e));
		/* m = "?": allowed are ask, months, minutes; hour = "?": needed is a time of day */
		assert_non_null(allowed = strstr(e.text, "\": "));
		allowed = strchr(strchr(allowed + 3, ' ') + 1, ' ') + 1;
		standard = time_standard(p, name, allowed);
		return pool_print(p, "%s%s%s", allowed, standard ? "; default: " : "", standard ? standard : "");
	}
	return NULL;
}

/* Has kept.conf(5) each, in the part of its section? */
static void has_every_setting(const char *manual)
{
	struct pool *p = pool_new();

	for (size_t i = 0; i < conf_table_rows; i++) {
		const struct conf_key *k = &conf_table[i];
		bool group = k->form == FORM_GROUP || k->form == FORM_GROUPS;
		const char *section = group ? k->name : *k->in ? k->in : "top", *at = strstr(manual, pool_print(p, "\n.Ss %s\n", section)), *end;

		if (!at) {
			fail_msg("kept.conf(5) has no part %s", section);
			return;
		}
		end = strstr(at + 4, "\n.S");
		at = group ? at : strstr(at, pool_print(p, "\n.It Cm %s Pq ", k->name));
		if (!at || !end || at > end)
			fail_msg("kept.conf(5) lacks %s.%s", k->in, k->name);
	}
	for (size_t i = 0; worktime_settings[i]; i++)
		if (!strstr(manual, pool_print(p, "\n.It Cm %s Pq ", worktime_settings[i])))
			fail_msg("kept.conf(5) lacks the working time setting %s", worktime_settings[i]);
	pool_end(&p);
}

/* ---- a manual ---- */

/* A line of the source that is too long for mandoc, parted at blanks; one that is not is as it was. */
static void line_put(struct text *out, const char *line)
{
	size_t n = strlen(line), room = LINE;

	while (n > LINE + 2) {
		size_t cut = room;

		while (cut && !(line[cut] == ' ' && line[cut - 1] != '\\' && !strchr(" .'", line[cut + 1])))
			cut--;
		if (!cut && ++room < n)
			continue; /* a word that is longer than a line */
		if (!cut)
			break;
		text_put(out, line, cut);
		text_add(out, "\n");
		line += cut + 1, n -= cut + 1, room = LINE;
	}
	text_print(out, "%s\n", line);
}

static const char *made(struct pool *p, const char *path, const char *manual)
{
	static const char begin[] = ".\\\" from the code: ", end[] = ".\\\" end";
	struct text *out = text_new(p, WHOLE);
	const char *in = "-";
	bool settings = strcmp(path, "conf/kept.conf.5") == 0, skip = false, literal = false;

	for (size_t n; *manual; manual += n + (manual[n] == '\n')) {
		const char *line, *name;

		n = strcspn(manual, "\n");
		line = pool_slice(p, manual, n);
		if (strcmp(line, end) == 0)
			skip = false;
		if (skip)
			continue;
		if (strncmp(line, ".Ss ", 4) == 0)
			in = strcmp(line + 4, "top") == 0 ? "" : line + 4;
		if (strncmp(line, ".Sh ", 4) == 0)
			in = "-";
		if (settings && strncmp(line, ".It Cm ", 7) == 0 && *in != '-') {
			const char *takes;

			name = pool_slice(p, line + 7, strcspn(line + 7, " "));
			takes = setting(p, in, name);
			if (!takes)
				fail_msg("kept.conf(5) has %s.%s, which is no setting", in, name);
			text_print(out, ".It Cm %s Pq ", name);
			words_put(out, takes, true);
			continue;
		}
		literal = strncmp(line, ".Bd -literal", 12) == 0 || (literal && strncmp(line, ".Ed", 3) != 0);
		if (*line == '.' || literal)
			text_print(out, "%s\n", line);
		else
			line_put(out, line);
		if (strncmp(line, begin, sizeof begin - 1) == 0) {
			size_t i = 0;

			while (i < sizeof lists / sizeof *lists && strcmp(lists[i].name, line + sizeof begin - 1) != 0)
				i++;
			if (i == sizeof lists / sizeof *lists)
				fail_msg("%s: there is no list \"%s\"", path, line + sizeof begin - 1);
			lists[i].put(out);
			skip = true;
		}
	}
	if (skip)
		fail_msg("%s: a list has no end", path);
	return out->s;
}

static const char *const manuals[] = { "conf/kept.conf.5", "conf/kept-template.5", "daemon/kept.1", "daemon/kept.7", "daemon/keptd.8",
					  "daemon/kept-house.7", "daemon/kept-coming.7" };
static bool writes;

static void it_says_what_the_code_says(void **state)
{
	const char *path = *state;
	struct pool *p = pool_new();
	const char *is = file_read(p, path), *should;

	if (!is)
		skip();
	should = made(p, path, is);
	if (writes && strcmp(is, should) != 0) {
		FILE *f = fopen(path, "w");

		assert_true(f && fputs(should, f) >= 0);
		assert_int_equal(fclose(f), 0);
		printf("%s is written\n", path);
	} else if (strcmp(is, should) != 0) {
		size_t line = 1;

		for (size_t i = 0; is[i] && is[i] == should[i]; i++)
			line += is[i] == '\n';
		fail_msg("%s:%zu: it is not what the lists of the code say: make manuals", path, line);
	}
	if (strcmp(path, "conf/kept.conf.5") == 0)
		has_every_setting(should);
	pool_end(&p);
}

/* What is said in sentences holds each word of its list: from `begin` to `end` of that manual. */
static void sentences_name_every_word(void **state)
{
#define FIRST(id, name, ...) name,
	static const char *const outbox[] = { OUTBOX_STATES(FIRST) NULL }, *const by[] = { FIGURES_BY(FIRST) NULL };
#undef FIRST
	static const struct {
		const char *path, *begin, *end;
		const char *const *words;
	} texts[] = {
		{ "daemon/kept.1", "\n.It Cm outbox ", "\n.It Cm outbox Cm show", outbox },
		{ "daemon/kept.1", "\n.It Cm score ", "\n.It Fl -from", by },
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct pool *p = pool_new();
		const char *manual = file_read(p, texts[i].path), *at, *end;

		if (!manual)
			skip();
		at = strstr(manual, texts[i].begin);
		assert_non_null(at);
		end = strstr(at + 5, texts[i].end);
		at = pool_slice(p, at, (size_t)((end ? end : at + strlen(at)) - at));
		for (const char *const *w = texts[i].words; *w; w++)
			if (!strstr(at, *w))
				fail_msg("%s lacks %s after \"%s\"", texts[i].path, *w, texts[i].begin + 1);
		pool_end(&p);
	}
	(void)state;
}

/* What kept(7) calls an option of an address is one: it leaves no words for a date. */
static void options_of_an_address_are_read(void **state)
{
	struct pool *p = pool_new();
	const char *manual = file_read(p, "daemon/kept.7"), *at, *end;
	size_t n = 0;

	(void)state;
	if (!manual)
		skip();
	at = strstr(manual, "\nOptions are joined to the address");
	end = at ? strstr(at, "\n.El\n") : NULL;
	assert_non_null(end);
	while ((at = strstr(at, "\n.It Cm ")) && at < end) {
		const char *word;
		struct tag t = { 0 };

		at += 8;
		word = pool_slice(p, at, strcspn(at, " \n"));
		if (word[strlen(word) - 1] == '-')
			word = pool_print(p, "%smonday", word);
		tag_options(p, word, &t);
		if (t.due && *t.due)
			fail_msg("%s is no option: it is read as words for a date", word);
		n++;
	}
	assert_true(n > 5);
	pool_end(&p);
}

/* A field that the sentence of another names is one: those with a _ in their names can be told from words. */
static void fields_name_fields(void **state)
{
#define X(name, words) { name, words },
	static const struct {
		const char *name, *words;
	} fields[] = { TEMPLATE_FIELDS(X) };
#undef X
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
	struct pool *p = pool_new();

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		for (const char *s = fields[i].words; *s;) {
			size_t n = strspn(s, letters), k = 0;
			const char *word = pool_slice(p, s, n);

			while (k < sizeof fields / sizeof *fields && strcmp(fields[k].name, word) != 0)
				k++;
			if (strchr(word, '_') && k == sizeof fields / sizeof *fields)
				fail_msg("the field %s speaks of %s, which is none", fields[i].name, word);
			s += n ? n : 1;
		}
	pool_end(&p);
	(void)state;
}

/* Every list stands in a manual. */
static void every_list_stands_in_a_manual(void **state)
{
	struct pool *p = pool_new();
	struct text *all = text_new(p, sizeof manuals / sizeof *manuals * WHOLE);

	for (size_t i = 0; i < sizeof manuals / sizeof *manuals; i++) {
		const char *s = file_read(p, manuals[i]);

		if (!s)
			skip();
		text_add(all, s);
	}
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (!strstr(all->s, pool_print(p, "\n.\\\" from the code: %s\n", lists[i].name)))
			fail_msg("no manual has the list \"%s\"", lists[i].name);
	pool_end(&p);
	(void)state;
}

int main(int argc, char **argv)
{
	enum { MANUALS = sizeof manuals / sizeof *manuals };
	struct CMUnitTest t[MANUALS + 4];

	writes = argc == 2 && strcmp(argv[1], "write") == 0;
	for (size_t i = 0; i < MANUALS; i++)
		t[i] = (struct CMUnitTest){ manuals[i], it_says_what_the_code_says, NULL, NULL, (void *)manuals[i] };
	t[MANUALS] = (struct CMUnitTest)cmocka_unit_test(every_list_stands_in_a_manual);
	t[MANUALS + 1] = (struct CMUnitTest)cmocka_unit_test(sentences_name_every_word);
	t[MANUALS + 3] = (struct CMUnitTest)cmocka_unit_test(fields_name_fields);
	t[MANUALS + 2] = (struct CMUnitTest)cmocka_unit_test(options_of_an_address_are_read);
	return cmocka_run_group_tests_name("manual", t, NULL, NULL);
}
