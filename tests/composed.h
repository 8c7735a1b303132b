/* composed.h - a world in which mails are composed, and how each is held against its golden file. A test that includes it
 * includes cmocka.h before it. */
#ifndef KEPT_TESTS_COMPOSED_H
#define KEPT_TESTS_COMPOSED_H

#include "letters/compose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letters/mime.h"

#define TOKEN "abcdefghijklmnopqrstuvwxyz"
#define ID "zyxwvutsrqponmlkjihgfedcba"
#define NOW 1796115600 /* Tue 1 Dec 2026, 10:00 in Berlin */
#define LEN(a) (sizeof(a) / sizeof *(a))

struct world {
	struct pool *p;
	struct conf conf;
	struct owner owner;
	struct mailbox_conf box;
	struct submission out;
	struct policy policy;
	struct dossier d[3];
	struct trust trust[3];
	struct compose_in in;
};

static struct strings words(struct pool *p, const char *one)
{
	struct strings s = { pool_list(p, 1, sizeof *s.list), 1 };

	s.list[0] = one;
	return s;
}

static struct dossier dossier(struct world *w, int64_t id, const char *what, const char *name, const char *address, utc due)
{
	struct dossier d = { .policy = &w->policy };
	struct commitment *c = &d.commitment;

	*c = (struct commitment){ .id = id, .owner = &w->owner, .state = COMMITMENT_OPEN, .what = what, .words = "", .subject = "",
		.message_id = "", .policy = "default", .team = "", .every = "", .made = NOW, .due = due, .due_words = "", .due_error = "",
		.note = "", .uid = pool_print(w->p, "promise%lld@kept", (long long)id), .sequence = -1 };
	if (address)
		addrs_add(w->p, &c->to, name, address);
	return d;
}

static struct world *world(void)
{
	struct pool *p = pool_new();
	struct world *w = pool_take(p, sizeof *w);
	const struct zone *berlin;

	w->p = p;
	assert_true(zone_load(p, "Europe/Berlin", &berlin, NULL));
	w->owner = (struct owner){ .key = "ada", .name = "Ada Lovelace", .addresses = words(p, "ada@example.org"),
		.domains = words(p, "example.org"), .language = "en", .title = "", .disclosure = "", .capture_key = "",
		.policy = "default", .time = worktime_default(berlin) };
	w->box = (struct mailbox_conf){ .key = "kept", .kind = MAILBOX_CAPTURE, .tracking = words(p, "kept@example.org") };
	w->out = (struct submission){ .key = "out", .from = "kept@example.org" };
	w->policy = (struct policy){ .key = "default" };
	w->conf = (struct conf){ .owners = &w->owner, .owner_count = 1, .mailboxes = &w->box, .mailbox_count = 1,
		.submissions = &w->out, .submission_count = 1, .policies = &w->policy, .policy_count = 1 };
	w->d[0] = dossier(w, 12, "the subgroup data from the second trial", "Henrike Osei", "h.osei@klinikum.example", NOW + 3 * 86400 - 3600);
	w->d[0].commitment.words = "I'll send you the subgroup data from the second trial by Friday.";
	w->d[0].commitment.subject = "Question about <b>ARGUS-2</b>";
	w->d[0].commitment.message_id = "<q1@example.org>";
	w->d[0].commitment.references = words(p, "<q0@klinikum.example>");
	w->d[1] = dossier(w, 13, "Zürich: call back *soon* [now](http://evil.example)", "Luca Bracci", "l.bracci@ospedale.example", NOW - 2 * 86400);
	w->d[2] = dossier(w, 14, "the slides", NULL, NULL, NOW + 86400 * 40);
	w->in = (struct compose_in){ .conf = &w->conf, .owner = &w->owner, .now = NOW, .token = TOKEN, .id = ID, .dossiers = w->d };
	return w;
}

/* It lives in its own pool. */
static void world_end(struct world *w)
{
	struct pool *p = w->p;

	pool_end(&p);
}

struct kind {
	const char *name;
	void (*make)(struct world *);
};

static void written(const struct kind *k, struct world *w, struct mail *m, const char **bytes, size_t *n)
{
	struct err e = { 0 };

	k->make(w);
	if (!compose(w->p, &w->in, m, &e) || !mime_write(w->p, m, bytes, n, &e))
		fail_msg("%s: %s", k->name, e.text);
}

/* For `make look`: the mail in each language, KEPT_LOOK/NAME.LANGUAGE.eml. */
static void looked_at(const struct kind *k, const char *folder)
{
	static const char *const languages[] = { "en", "de", "fr", "es" };

	for (size_t i = 0; i < LEN(languages); i++) {
		struct world *w = world();
		const char *bytes;
		struct mail m;
		size_t n;
		FILE *f;

		w->owner.language = languages[i];
		for (size_t d = 0; d < LEN(w->d); d++)
			w->d[d].contact.language = languages[i];
		written(k, w, &m, &bytes, &n);
		assert_non_null(f = fopen(pool_print(w->p, "%s/%s.%s.eml", folder, k->name, m.language ? m.language : "en"), "w"));
		assert_int_equal(fwrite(bytes, 1, n, f), n);
		fclose(f);
		world_end(w);
	}
}

/* After a change that is meant, KEPT_GOLDEN=write writes the files anew: look at the difference. */
static void golden(void **state)
{
	const struct kind *k = *state;
	struct world *w = world();
	char path[256], *expected;
	const char *bytes, *write = getenv("KEPT_GOLDEN"), *look = getenv("KEPT_LOOK");
	struct mail m;
	size_t n, got;
	FILE *f;

	if (look)
		looked_at(k, look);
	written(k, w, &m, &bytes, &n);
	snprintf(path, sizeof path, "tests/golden/%s.eml", k->name);
	if (write) {
		assert_non_null(f = fopen(path, "w"));
		assert_int_equal(fwrite(bytes, 1, n, f), n);
		fclose(f);
	}
	assert_non_null(f = fopen(path, "r"));
	expected = pool_take(w->p, n + 2);
	got = fread(expected, 1, n + 1, f);
	fclose(f);
	assert_int_equal(got, n);
	assert_memory_equal(bytes, expected, n);
	world_end(w);
}

/* What no mail says or shows, in no language; NULL: nothing of it. */
static inline const char *oddity(const char *plain, const char *language)
{
	static const char *const never[] = { "just following up", "touching base", "touch base", "checking in", "circling back", "Dear ,", "Dear info", " ,", "  ",
		"{{", "()", "“”", "„“", "«»", "\n\n\n", " .", ",.", "..", ": .", "\n,", NULL };
	static const char *const french[] = { " :", " ;", " ?", " !", " »", "« ", NULL };

	for (size_t i = 0; never[i]; i++)
		if (strstr(plain, never[i]))
			return never[i];
	for (size_t i = 0; strcmp(language, "fr") == 0 && french[i]; i++) /* there they have a space that does not break */
		if (strstr(plain, french[i]))
			return french[i];
	return NULL;
}

#endif
