/* understand: each class, each way to tag, each attack, as whole letters: tests/letters/NAME.eml with what they mean in NAME.json
 *
 * `run`: now, place, flags, context, as `kept explain` takes them; `expect`: as in the object that it prints, so that a list
 * stands for any of its values, `…_has` for parts, and what is not named is not compared. */
#include "rows.h"

#include <ctype.h>
#include <glob.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "judgement/understand_inner.h"
#include "letters/mime.h"

static const char *string_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static char *file_read(struct pool *p, const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	struct text *t = text_new(p, LETTER_MOST);
	char block[4096];
	size_t r;

	if (!f)
		fail_msg("%s cannot be opened; the tests run in the project's folder", path);
	while ((r = fread(block, 1, sizeof block, f)) > 0)
		text_put(t, block, r);
	fclose(f);
	*n = t->n;
	return t->s;
}

/* ---- run ---- */

static struct strings strings_of(struct pool *p, const json_t *a)
{
	struct strings s = { 0 };

	for (size_t i = 0; i < json_array_size(a); i++, s.n++)
		*(const char **)pool_more(p, &s.list, s.n, sizeof *s.list) = pool_copy(p, json_string_value(json_array_get(a, i)));
	return s;
}

static void known_of(struct pool *p, const struct conf *c, const json_t *o, const struct letter *l, struct known *k)
{
	const json_t *a = json_object_get(o, "seen");

	for (size_t i = 0; i < json_array_size(a); i++)
		k->seen |= strcmp(json_string_value(json_array_get(a, i)), l->message_id) == 0;
	a = json_object_get(o, "threads");
	for (size_t i = 0; i < json_array_size(a); i++) {
		struct known_thread *t = pool_more(p, &k->threads, k->thread_count++, sizeof *t);
		struct strings people = strings_of(p, json_object_get(json_array_get(a, i), "counterpart"));

		t->owner = &c->owners[0];
		t->what = string_of(json_array_get(a, i), "what");
		t->message_ids = strings_of(p, json_object_get(json_array_get(a, i), "message_ids"));
		for (size_t n = 0; n < people.n; n++)
			addrs_add(p, &t->counterpart, "", people.list[n]);
	}
	a = json_object_get(o, "sent");
	for (size_t i = 0; i < json_array_size(a); i++) {
		struct known_sent *s = pool_more(p, &k->sent, k->sent_count++, sizeof *s);
		const json_t *x = json_array_get(a, i);

		*s = (struct known_sent){ .message_id = string_of(x, "message_id"), .to = string_of(x, "to"), .reply_to = string_of(x, "reply_to"),
					  .team = string_of(x, "team"), .owner = &c->owners[0], .draft = json_string_value(json_object_get(x, "draft")) };
		assert_true(mail_kind_from(string_of(x, "kind"), &s->kind));
	}
}

static void place_of(struct pool *p, const struct conf *c, const json_t *run, struct place *at)
{
	const char *place = string_of(run, "place");

	*at = (struct place){ .folder = string_of(run, "folder"), .flags = strings_of(p, json_object_get(run, "flags")) };
	at->kind = strcmp(place, "kept") == 0 ? PLACE_CAPTURE : strcmp(place, "sent") == 0 ? PLACE_SENT : strcmp(place, "inbox") == 0 ? PLACE_INBOX : PLACE_FOLDER;
	at->tagged_folder = at->kind == PLACE_FOLDER;
	for (size_t i = 0; i < c->mailbox_count; i++)
		if ((c->mailboxes[i].kind == MAILBOX_CAPTURE) == (at->kind == PLACE_CAPTURE))
			at->mailbox = &c->mailboxes[i];
	at->owner = at->kind == PLACE_CAPTURE ? NULL : &c->owners[0];
}

/* ---- compare ---- */

static bool same(const char *key, const json_t *want, const json_t *got);

static bool holds(const json_t *parts, const char *text, bool wanted)
{
	for (size_t i = 0; i < json_array_size(parts); i++)
		if ((text_find(text, json_string_value(json_array_get(parts, i))) != NULL) != wanted)
			return false;
	return true;
}

/* Every key of `want` is so in `got`. */
static bool object_same(const json_t *want, const json_t *got)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)want, key, value) {
		size_t n = strlen(key);

		if (n > 4 && strcmp(key + n - 4, "_has") == 0) {
			char part[40];

			snprintf(part, sizeof part, "%.*s", (int)(n - 4), key);
			if (!holds(value, string_of(got, part), true))
				return false;
		} else if (n > 6 && strcmp(key + n - 6, "_lacks") == 0) {
			char part[40];

			snprintf(part, sizeof part, "%.*s", (int)(n - 6), key);
			if (!holds(value, string_of(got, part), false))
				return false;
		} else if (!same(key, value, json_object_get(got, key))) {
			return false;
		}
	}
	return true;
}

static bool same(const char *key, const json_t *want, const json_t *got)
{
	bool whole = strcmp(key, "counterpart") == 0 || strcmp(key, "recipients") == 0 || strcmp(key, "commands") == 0 ||
		     strcmp(key, "promises") == 0 || strcmp(key, "deliveries") == 0 || strcmp(key, "to") == 0;

	if (json_is_null(want))
		return !got || json_is_null(got);
	if (json_is_object(want))
		return object_same(want, got);
	if (whole) {
		if (json_array_size(want) != json_array_size(got))
			return false;
		for (size_t i = 0; i < json_array_size(want); i++)
			if (!same("", json_array_get(want, i), json_array_get(got, i)))
				return false;
		return true;
	}
	if (json_is_array(want)) {
		for (size_t i = 0; i < json_array_size(want); i++)
			if (same("", json_array_get(want, i), got))
				return true;
		return false;
	}
	if (json_is_string(want) && json_is_string(got)) {
		utc a, b;

		if (strcmp(key, "held") == 0 || strcmp(key, "due") == 0 || strcmp(key, "start") == 0) /* the beginning: "unproven", a day */
			return utc_parse(json_string_value(want), NULL, &a) && utc_parse(json_string_value(got), NULL, &b)
				       ? a == b
				       : strncmp(json_string_value(want), json_string_value(got), strlen(json_string_value(want))) == 0;
		return strcmp(json_string_value(want), json_string_value(got)) == 0;
	}
	return json_equal(want, got);
}

static void letter_means(void **state)
{
	const char *path = *state;
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;
	struct letter l;
	struct place at;
	struct known known = { 0 };
	struct meaning m;
	struct text *told = text_new(p, 4 << 20);
	json_error_t e;
	json_t *root = json_load_file(path, 0, &e), *got;
	const json_t *run = json_object_get(root, "run"), *expect = json_object_get(root, "expect"), *value;
	const char *key, *bytes;
	utc now;
	size_t n;

	if (!root)
		fail_msg("%s:%d: %s", path, e.line, e.text);
	if (!conf_load(p, "tests/letters/kept.conf", &c, &errors))
		fail_msg("%s", errors.list[0]);
	bytes = file_read(p, pool_print(p, "%.*s.eml", (int)(strlen(path) - 5), path), &n);
	assert_true(utc_parse(string_of(run, "now"), NULL, &now));
	mime_read(p, bytes, n, &l);
	place_of(p, c, run, &at);
	at.arrived = now;
	known_of(p, c, json_object_get(run, "context"), &l, &known);
	understand(p, &l, &at, &known, c, now, &m);
	understand_json(told, &l, &m);
	got = json_loads(told->s, 0, &e);
	assert_non_null(got);
	assert_true(m.why_count > 0);
	json_object_foreach((json_t *)(uintptr_t)expect, key, value) {
		json_t *one = json_pack("{s:O}", key, value);

		if (!object_same(one, got)) {
			char *want = json_dumps(one, JSON_ENCODE_ANY);

			print_error("%s: not so: %s\n%s\n", path, want, told->s);
			free(want);
			fail();
		}
		json_decref(one);
	}
	json_decref(got);
	json_decref(root);
	conf_close(&c);
	pool_end(&p);
}

/* Whatever it is handed it answers: cut anywhere, from anywhere, nothing known. */
static void pieces_are_survived(void **state)
{
	const glob_t *g = *state;
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;

	assert_true(conf_load(p, "tests/letters/kept.conf", &c, &errors));
	for (size_t i = 0; i < g->gl_pathc; i++) {
		struct pool *q = pool_new();
		size_t n;
		const char *bytes = file_read(q, pool_print(q, "%.*s.eml", (int)(strlen(g->gl_pathv[i]) - 5), g->gl_pathv[i]), &n);

		for (size_t part = 1; part <= 3; part++) {
			struct letter l;
			struct known known = { 0 };
			struct place at = { .kind = (enum place_kind)(part % 4), .folder = "", .owner = part % 2 ? &c->owners[0] : NULL };
			struct meaning m;
			struct text *t = text_new(q, 4 << 20);

			mime_read(q, bytes, n * part / 4, &l);
			understand(q, &l, &at, &known, c, 1790000000, &m);
			understand_json(t, &l, &m);
			assert_true(t->n > 2 && m.class <= CLASS_SKIP);
		}
		pool_end(&q);
	}
	conf_close(&c);
	pool_end(&p);
}

/* ---- words ---- */

/* words_find() as its law says it, letter by letter. */
static const char *found_slowly(const char *s, const char *phrase)
{
	const char *gap = strstr(phrase, " .. ");
	size_t n = gap ? (size_t)(gap - phrase) : strlen(phrase);
	bool within = *phrase == '*', open = n > within && phrase[n - 1] == '*', wide = (unsigned char)*phrase >= 0xE3;

	phrase += within;
	n -= within;
#define LETTER(c) (isalnum((unsigned char)(c)) || (unsigned char)(c) >= 0x80)
	n -= open;
	for (const char *at = s; *at; at++)
		if (strncmp(at, phrase, n) == 0 && (wide || within || at == s || !LETTER(at[-1]) || !LETTER(*phrase)) &&
		    (wide || open || !LETTER(at[n]) || !LETTER(phrase[n - 1])))
			return !gap || found_slowly(at + 1, gap + 4) ? at : NULL;
	return NULL;
#undef LETTER
}

/* Texts made of the phrases themselves, whole and cut, of what stands between words, and of one letter in five exchanged. */
static void words_are_found(void **state)
{
	struct pool *p = pool_new();
	char *all, *line, *rest;
	struct text *file = text_new(p, BODY_MOST);
	const struct phrase_book *book;
	const char **list = NULL, *section = "all", *joints[] = { " ", "", ", ", "x", ". ", "\xC3\xA9" };
	size_t n = 0, size, hits = 0;
	unsigned chance = 1;

#define CHANCE(most) ((chance = chance * 1103515245u + 12345u) >> 8) % (unsigned)(most)
	(void)state;
	all = file_read(p, "conf/safety.words", &size);
	for (rest = all; (line = strsep(&rest, "\n"));)
		if (*line && *line != '#' && *line != '[')
			*(const char **)pool_more(p, &list, n++, sizeof *list) = line;
	*(const char **)pool_more(p, &list, n++, sizeof *list) = "a phrase of an owner's, longer than sixty bytes, and open at its end*";
	assert_true(n > 500);
	text_add(file, "[none]\nnot this\n[all]\n# remark\n");
	for (size_t i = 0; i < n; i++)
		text_print(file, "%s\n", list[i]);
	book = phrase_book_open(p, file->s, &section, 1);
	for (int round = 0; round < 400; round++) {
		struct text *t = text_new(p, 2000);
		struct phrases some;
		size_t from, at = 0;
		bool plain;

		for (int i = 0; i < 12; i++) {
			const char *one = list[CHANCE(n)];
			size_t whole = strlen(one) - (one[strlen(one) - 1] == '*'), left = CHANCE(4) ? 0 : CHANCE(whole);

			text_put(t, one + left, CHANCE(4) ? whole - left : CHANCE(whole - left));
			if (t->n && !(CHANCE(5)))
				t->s[t->n - 1] = 'e';
			text_add(t, joints[CHANCE(6)]);
		}
		phrases_find(p, book, t->s, &some);
		from = CHANCE(t->n + 1); /* a sentence: some part of it, from a word's beginning */
		while (from && isalnum((unsigned char)t->s[from - 1]))
			from--;
		plain = true;
		for (size_t i = 0; i < t->n; i++)
			plain &= (unsigned char)t->s[i] < 0x80;
		for (size_t i = 0; i < n; i++) {
			const char *is = found_slowly(t->s + from, list[i]);
			bool kept = at < some.n && strcmp(some.list[at], list[i]) == 0;

			if (words_find(t->s + from, list[i]) != is)
				fail_msg("'%s' in '%s'", list[i], t->s + from);
			if (is && !kept)
				fail_msg("'%s' is passed over in '%s'", list[i], t->s);
			if (kept && plain && !found_slowly(t->s, list[i]))
				fail_msg("'%s' does not stand in '%s'", list[i], t->s);
			at += kept;
			hits += is != NULL;
		}
	}
	assert_true(hits > 200);
	pool_end(&p);
}

/* ---- to whom ---- */

#define PAIR "Alan Turing <alan@a.example>, \"Hopper, Ivy\" <ivy@b.example>"
#define TWINS "Alan Turing <turing@a.example>, Alan Kay <kay@a.example>, ivy.hopper@b.example"

/* What each promise of the body says, to whom: local parts; a `|` between promises. */
static const struct {
	const char *rule, *to, *body, *who;
} whoms[] = {
	{ "the sentence begins with a name", PAIR, "Alan, I'll send you the data by Friday. Ivy, you will have the slides on Monday.", "alan|ivy" },
	{ "the second half of one sentence too", PAIR, "Alan, I'll send you the data by Friday, and Ivy, you will have the slides on Monday.", "alan|ivy" },
	{ "nobody is named: to all", PAIR, "I'll send you the data by Friday.", "alan ivy" },
	{ "the greeting names both: to all", PAIR, "Dear Alan, dear Ivy,\n\nI'll send you the data by Friday.", "alan ivy" },
	{ "the greeting names one", PAIR, "Dear Ivy,\n\nI'll send you the data by Friday.\n\nI'll book the room.", "ivy|ivy" },
	{ "a greeting within the sentence", PAIR, "hi ivy, I'll send you the data.\n\nI'll book the room.", "ivy|ivy" },
	{ "a new greeting ends the old one", PAIR, "Dear Ivy,\n\nI'll send you the data.\n\nDear Alan,\n\nI'll book the room.", "ivy|alan" },
	{ "a name alone on its line", PAIR, "Alan:\n\nI'll send you the data.\n\nIvy:\n\nI'll send you the slides.", "alan|ivy" },
	{ "a name holds for its paragraph", PAIR, "Alan, thanks for the call. I'll send you the data.\n\nI'll book the room.", "alan|alan ivy" },
	{ "two called in a paragraph: what follows is to all", PAIR, "Alan, I'll send you the data. Ivy, I'll call you. I'll book the room.", "alan|ivy|alan ivy" },
	{ "the sentence ends with a name", PAIR, "I'll send you the data by Friday, Alan.", "alan" },
	{ "thanks before the name", PAIR, "Thanks, Ivy, I'll send you the data.", "ivy" },
	{ "without a comma", PAIR, "Ivy I'll send you the data", "ivy" },
	{ "an at sign", PAIR, "@Alan I'll send the data tomorrow", "alan" },
	{ "title and family name", PAIR, "Dr. Hopper, I'll send you the data.", "ivy" },
	{ "a verb that gives", PAIR, "I'll send Ivy the data by Friday.", "ivy" },
	{ "a verb that gives, counts before who is called", PAIR, "Alan, I'll send Ivy the data by Friday.", "ivy" },
	{ "given to one", PAIR, "I'll forward the data and slides to Alan.", "alan" },
	{ "given to a name and the reader: to all", PAIR, "I'll send you and Ivy the data.", "alan ivy" },
	{ "the family's data are not given to them", PAIR, "I'll send you Ivy's data.", "alan ivy" },
	{ "one who is asked is given nothing", PAIR, "I'll ask Ivy and send you the data.", "alan ivy" },
	{ "one who is made to do it is given nothing", PAIR, "I'll get Ivy to sign it by Monday.", "alan ivy" },
	{ "an address", PAIR, "I'll send the data to ivy@b.example.", "ivy" },
	{ "an address with more before it is another's", PAIR, "I'll send the data to x.ivy@b.example.", "alan ivy" },
	{ "two verbs with a subject each, and the second is to both", PAIR, "I'll send Alan the data, and I'll get back to you both.",
	  "alan|alan ivy" },
	{ "both, though the letter greets one", PAIR, "Dear Alan,\n\nI'll send both of you the data.", "alan ivy" },
	{ "both of the things are not both of them", PAIR, "Dear Alan,\n\nI'll send you both of the papers by Friday.", "alan" },
	{ "de: both", PAIR, "Lieber Alan,\n\nich schicke euch beiden die Daten.", "alan ivy" },
	{ "fr: both", PAIR, "Cher Alan,\n\nje vous envoie les donn\xc3\xa9" "es \xc3\xa0 tous les deux.", "alan ivy" },
	{ "es: both", PAIR, "Alan, os env\xc3\xado los datos a ambos ma\xc3\xb1" "ana.", "alan ivy" },
	{ "it: both", PAIR, "Alan, mando i dati a entrambi domani.", "alan ivy" },
	{ "pt: both", PAIR, "Alan, vou enviar os dados aos dois.", "alan ivy" },
	{ "nl: both", PAIR, "Alan, ik stuur jullie beiden de data.", "alan ivy" },
	{ "a name behind the you that it is", PAIR, "And you, Alan, will have the slides by Friday.", "alan" },
	{ "… in the middle of a clause", PAIR, "I will send you, Ivy, the slides by Friday.", "ivy" },
	{ "a name within commas behind anything else is not clear", PAIR, "I will send you the slides from Ivy, Alan, by Friday.", "alan ivy" },
	{ "somebody who is not in the letter", PAIR, "Tom, I'll send you the data. I'll send Tom the slides.", "alan ivy|alan ivy" },
	{ "a name of two", TWINS, "Alan, I'll send you the data.", "turing kay ivy.hopper" },
	{ "the family name tells them apart", TWINS, "Alan Kay, I'll send you the data. I'll send Mr Turing the slides.", "kay|turing" },
	{ "two of three", TWINS, "Turing and Kay, I'll send you the data.", "turing kay" },
	{ "a name out of an address", TWINS, "I'll send Ivy the data.", "ivy.hopper" },
	{ "a tag's own words", PAIR, "kept: send Ivy the slides by Monday", "ivy" },
	{ "de: verb, subject, title, name", PAIR, "Morgen schicke ich Frau Hopper die Daten.", "ivy" },
	{ "de: the verb at the end", PAIR, "Ich werde Alan die Folien am Montag schicken.", "alan" },
	{ "de: another verb before it", PAIR, "Ich werde Ivy fragen und die Daten schicken.", "alan ivy" },
	{ "fr", PAIR, "J'enverrai les donn\xc3\xa9" "es \xc3\xa0 Ivy vendredi. Alan, je t'envoie le devis.", "ivy|alan" },
	{ "es", PAIR, "Le env\xc3\xado a Alan los datos el viernes.", "alan" },
	{ "it", PAIR, "Mando ad Alan i dati domani. Invier\xc3\xb2 a Ivy la bozza.", "alan|ivy" },
	{ "pt", PAIR, "Vou enviar ao Alan os dados na sexta.", "alan" },
	{ "nl", PAIR, "Ik stuur Ivy de dia's morgen. Ik zal Alan het verslag vrijdag sturen.", "ivy|alan" },
};

static const char *who_of(struct pool *p, const struct meaning *m)
{
	struct text *t = text_new(p, 2000);

	for (size_t i = 0; i < m->promise_count; i++) {
		text_add(t, i ? "|" : "");
		for (size_t k = 0; k < m->promises[i].to.n; k++)
			text_print(t, "%s%s", k ? " " : "", addr_local(p, m->promises[i].to.list[k].address));
	}
	return t->s;
}

static void a_promise_is_to_whom_it_names(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct place at = { .kind = PLACE_SENT, .owner = &c->owners[0], .folder = "Sent" };

	(void)state;
	for (size_t i = 0; i < sizeof whoms / sizeof *whoms; i++) {
		char *bytes = pool_print(p, "From: Ada <ada@example.org>\nTo: %s\nContent-Type: text/plain; charset=utf-8\nSubject: It\n"
					    "Date: Wed, 25 Nov 2026 10:00:00 +0100\nMessage-ID: <%zu@example.org>\n\n%s\n", whoms[i].to, i, whoms[i].body);
		struct known known = { 0 };
		struct letter l;
		struct meaning m;

		mime_read(p, bytes, strlen(bytes), &l);
		understand(p, &l, &at, &known, c, rows_at(c, "2026-11-25T10:00"), &m);
		if (strcmp(who_of(p, &m), whoms[i].who) != 0)
			fail_msg("%s: '%s' is to '%s', not '%s'", whoms[i].rule, whoms[i].body, who_of(p, &m), whoms[i].who);
	}
	pool_end(&p);
}

/* Where the tag's day is not the sentence's, the tag's stands, and what the sentence says is known. */
static void a_tag_of_another_day_is_known(void **state)
{
	static const struct { const char *to, *said; } rows[] = { { "kept+wednesday@example.org", "by Friday" }, { "kept+friday@example.org", "" },
								   { "kept@example.org", "" } };
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct place at = { .kind = PLACE_SENT, .owner = &c->owners[0], .folder = "Sent" };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *bytes = pool_print(p, "From: Ada <ada@example.org>\nTo: alan@a.example\nBcc: %s\nSubject: It\nDate: Wed, 25 Nov 2026 10:00:00 +0100\n"
					    "Message-ID: <said%zu@example.org>\n\nI'll send you the data by Friday.\n", rows[i].to, i);
		struct known known = { 0 };
		struct letter l;
		struct meaning m;

		mime_read(p, bytes, strlen(bytes), &l);
		understand(p, &l, &at, &known, c, rows_at(c, "2026-11-25T10:00"), &m);
		assert_int_equal(m.promise_count, 1);
		assert_string_equal(m.promises[0].due_said, rows[i].said);
		assert_int_equal(zone_day(c->owners[0].time.zone, m.promises[0].due) - day_of(2026, 11, 25), i ? 2 : 7);
	}
	pool_end(&p);
}

/* A thing and its limit: of a tagged mail of its owner's a promise, with the date; of anybody else's a request, and no promise. */
static void a_bare_thing_is_its_owners_promise(void **state)
{
	static const struct { const char *body, *what; int days; } rows[] = {
		{ "Slides by Friday.", "Slides by Friday", 2 },
		{ "Alan, data on the elderly subgroup by Monday", "Alan, data on the elderly subgroup by Monday", 5 },
		{ "Folien bis Freitag!", "Folien bis Freitag", 2 },
		{ "Le dossier de remboursement avant lundi.", "Le dossier de remboursement avant lundi", 2 },
		{ "Los datos del subgrupo antes del lunes.", "Los datos del subgrupo antes del lunes", 2 },
		{ "Send me the slides by Friday.", "It", -1 },
		{ "Slides by Friday, please.", "It", -1 },
		{ "Slides by Friday?", "It", -1 },
		{ "See you by Friday.", "It", -1 },
		{ "Congress on Friday.", "It", -1 },
	};
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct place at = { .kind = PLACE_SENT, .owner = &c->owners[0], .folder = "Sent" };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *bytes = pool_print(p, "From: Ada <ada@example.org>\nTo: alan@a.example\nBcc: kept@example.org\nSubject: It\n"
					    "Date: Wed, 25 Nov 2026 10:00:00 +0100\nMessage-ID: <bare%zu@example.org>\n\n%s\n", i, rows[i].body);
		struct known known = { 0 };
		struct letter l;
		struct vows v;
		struct meaning m;

		mime_read(p, bytes, strlen(bytes), &l);
		understand(p, &l, &at, &known, c, rows_at(c, "2026-11-25T10:00"), &m);
		assert_int_equal(m.promise_count, 1);
		if (strcmp(m.promises[0].what, rows[i].what) != 0)
			fail_msg("%s: %s", rows[i].body, m.promises[0].what);
		if (rows[i].days >= 0)
			assert_int_equal(zone_day(c->owners[0].time.zone, m.promises[0].due) - day_of(2026, 11, 25), rows[i].days);
		vow_find(p, NULL, rows[i].body, NULL, &v);
		assert_true(v.list[0].score < 0.5);
	}
	pool_end(&p);
}

/* What stands as the limit of a `kept:` line is read as a whole, or said not to be; in a sentence, a day that does not come. */
static void a_limit_that_is_no_date_is_said(void **state)
{
	static const struct { const char *line, *code; } lines[] = {
		{ "kept: send the data by 31.2.", "nodate" },	      { "kept: send the data by 31 feb", "nodate" },
		{ "kept: send the data by frdiay", "unknown" },	      { "kept: die Daten bis Freitga", "unknown" },
		{ "kept: send the data by 4 dec", "" },		      { "kept: send the data by mail", "" },
		{ "kept: send the data by email", "" },		      { "kept: send it by courier", "" },
		{ "kept: send the data by the end of the week", "" }, { "I will send the data by 28 February.", "" },
		{ "I will send the data by 31 February.", "nodate" }, { "Ich schicke Ihnen die Daten bis zum 31. Februar.", "nodate" },
	};
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct place at = { .kind = PLACE_SENT, .owner = &c->owners[0], .folder = "Sent" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char *bytes = pool_print(p, "From: Ada <ada@example.org>\nTo: alan@a.example\nSubject: It\nDate: Wed, 25 Nov 2026 10:00:00 +0100\n"
					    "Message-ID: <%zu@example.org>\n\n%s\n", i, lines[i].line);
		struct known known = { 0 };
		struct letter l;
		struct meaning m;

		mime_read(p, bytes, strlen(bytes), &l);
		understand(p, &l, &at, &known, c, rows_at(c, "2026-11-25T10:00"), &m);
		assert_int_equal(m.promise_count, 1);
		if (strcmp(m.promises[0].due_code, lines[i].code) != 0)
			fail_msg("'%s': '%s', not '%s'", lines[i].line, m.promises[0].due_code, lines[i].code);
	}
	pool_end(&p);
}

/* Several promises of one mail share its thread: an answer is about the one that was made to who answers. */
static void an_answer_is_about_the_promise_to_its_writer(void **state)
{
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	struct place at = { .kind = PLACE_INBOX, .owner = &c->owners[0], .folder = "INBOX" };
	const char *ids[] = { "<one@example.org>" };
	struct addr alan = { "Alan", "alan@a.example" }, ivy = { "Ivy", "ivy@b.example" };
	struct known_thread threads[] = {
		{ .commitment = 1, .owner = &c->owners[0], .message_ids = { ids, 1 }, .counterpart = { &alan, 1 }, .what = "data" },
		{ .commitment = 2, .owner = &c->owners[0], .message_ids = { ids, 1 }, .counterpart = { &ivy, 1 }, .what = "slides" },
	};
	struct known known = { .threads = threads, .thread_count = 2 };
	const char *bytes = "From: Ivy <ivy@b.example>\nTo: ada@example.org\nCc: alan@a.example\nIn-Reply-To: <one@example.org>\n"
			    "Date: Wed, 25 Nov 2026 10:00:00 +0100\nMessage-ID: <two@b.example>\n\nWill they have notes?\n";
	struct letter l;
	struct meaning m;

	(void)state;
	mime_read(p, bytes, strlen(bytes), &l);
	understand(p, &l, &at, &known, c, rows_at(c, "2026-11-25T10:00"), &m);
	assert_int_equal(m.class, CLASS_ANSWER);
	assert_int_equal(m.thread->commitment, 2);
	pool_end(&p);
}

int main(void)
{
	static glob_t g;
	struct CMUnitTest *tests;
	size_t n;
	int rc;

	if (glob("tests/letters/*.json", 0, NULL, &g) != 0 || g.gl_pathc < 30) {
		fputs("tests/letters/ is not here; the tests run in the project's folder\n", stderr);
		return 1;
	}
	n = g.gl_pathc;
	tests = calloc(n + 7, sizeof *tests);
	if (!tests)
		return 1;
	for (size_t i = 0; i < n; i++)
		tests[i] = (struct CMUnitTest){ strrchr(g.gl_pathv[i], '/') + 1, letter_means, NULL, NULL, g.gl_pathv[i] };
	tests[n] = (struct CMUnitTest){ "pieces of letters are survived", pieces_are_survived, NULL, NULL, &g };
	tests[n + 1] = (struct CMUnitTest){ "a phrase is found where it stands", words_are_found, NULL, NULL, NULL };
	tests[n + 2] = (struct CMUnitTest){ "a promise is to whom it names", a_promise_is_to_whom_it_names, NULL, NULL, NULL };
	tests[n + 6] = (struct CMUnitTest){ "a bare thing is its owner's promise", a_bare_thing_is_its_owners_promise, NULL, NULL, NULL };
	tests[n + 5] = (struct CMUnitTest){ "where tag and sentence name two days, both are known", a_tag_of_another_day_is_known, NULL, NULL, NULL };
	tests[n + 4] = (struct CMUnitTest){ "a limit that is no date is said", a_limit_that_is_no_date_is_said, NULL, NULL, NULL };
	tests[n + 3] = (struct CMUnitTest){ "an answer is about the promise to its writer", an_answer_is_about_the_promise_to_its_writer, NULL, NULL, NULL };
	rc = _cmocka_run_group_tests("understand", tests, n + 7, NULL, NULL);
	free(tests);
	globfree(&g);
	return rc;
}
