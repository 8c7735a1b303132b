/* safety_told: what owner and team read of a possible adverse event, byte for byte (tests/golden/safety*.eml), as intake writes it
 * of a letter. Its token and Message-ID are chance: the golden files have others of their length in their place. KEPT_GOLDEN=write
 * writes them anew, KEPT_LOOK=FOLDER one in each language for `make look`. */
#include "house.h"

#define FROM_CAROL \
	"Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\nFrom: Carol Rossi <carol@example.com>\r\nTo: Ada Lovelace <ada@example.org>\r\n" \
	"Subject: Re: Trial\r\nDate: Wed, 25 Nov 2026 10:30:00 +0100\r\nMessage-ID: <s1@example.com>\r\nIn-Reply-To: <m1@example.org>\r\n\r\n" \
	"Thank you, Ada.\r\n\r\nOne of my patients had a severe rash after the second dose of your drug and was *admitted* to hospital.\r\n\r\nCarol\r\n"

/* Also where a soft line end (RFC 2045, 6.7) stands within it. */
static void made_plain(char *bytes, size_t n, const char *chance, char with)
{
	for (char *s = bytes; s < bytes + n; s++)
		for (int is = 0; is < 2; is++) { /* all of it is there before any is changed */
			const char *c = chance;

			for (char *at = s; *c && at < bytes + n; at++) {
				if (at > s && strncmp(at, "=\r\n", 3) == 0)
					at += 3;
				if (!is && *at != *c)
					break;
				c++;
				if (is)
					*at = with;
			}
			if (*c)
				break;
		}
}

/* The newest mail to that address. */
static char *told(struct house *h, const char *to, size_t *n)
{
	struct outgoing *list, o = { 0 };
	char *bytes;
	size_t count;
	bool found;

	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 10, &list, &count, &e));
	for (size_t i = 0; i < count && !o.bytes; i++)
		if (text_same(list[i].recipient, to) && list[i].kind == MAIL_NOTICE)
			WELL(outbox_get(h->q, h->p, list[i].id, &o, &found, &e));
	assert_non_null(o.bytes);
	bytes = pool_slice(h->p, o.bytes, *n = o.n);
	made_plain(bytes, o.n, o.token, 'a');
	made_plain(bytes, o.n, pool_slice(h->p, o.message_id + 1, 26), 'b');
	return bytes;
}

static void put(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	fclose(f);
}

static void is_golden(struct house *h, const char *name, const char *to)
{
	const char *path = pool_print(h->p, "tests/golden/%s.eml", name), *look = getenv("KEPT_LOOK");
	size_t n, got;
	char *bytes = told(h, to, &n), *expected = pool_take(h->p, n + 2);
	FILE *f;

	if (look) {
		put(pool_print(h->p, "%s/%s.%s.eml", look, name, h->c->owners[0].language), bytes, n);
		return;
	}
	if (getenv("KEPT_GOLDEN"))
		put(path, bytes, n);
	assert_non_null(f = fopen(path, "r"));
	got = fread(expected, 1, n + 1, f);
	fclose(f);
	assert_int_equal(got, n);
	assert_memory_equal(bytes, expected, n);
}

static void in_language(struct house *h, const char *language, const char *name, bool team_too)
{
	static struct team safety = { .key = "safety", .name = "Drug Safety", .address = "safety@example.org" };

	h->c->safety = &safety;
	h->c->owners[0].language = language;
	writes(h, "kept+friday@example.org", TO_CAROL("Trial"), "I will send you the slides.");
	writes(h, "kept+2dec@example.org", "To: Carol <carol@example.com>\r\nSubject: Re: Trial\r\nIn-Reply-To: <m1@example.org>\r\n", "I will send you the tables.");
	comes(h, PLACE_INBOX, FROM_CAROL);
	is_golden(h, name, "ada@example.org");
	if (team_too)
		is_golden(h, "safety-team", "safety@example.org");
}

static void in_english(void **state)
{
	in_language(*state, "en", "safety", true);
}

static void in_german(void **state)
{
	in_language(*state, "de", getenv("KEPT_LOOK") ? "safety" : "safety-de", false);
}

static void in_french(void **state)
{
	in_language(*state, "fr", getenv("KEPT_LOOK") ? "safety" : "safety-fr", false);
}

static void in_spanish(void **state)
{
	in_language(*state, "es", getenv("KEPT_LOOK") ? "safety" : "safety-es", false);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, make, drop)
	static const struct CMUnitTest t[] = { T(in_english), T(in_german), T(in_french), T(in_spanish) };

	return cmocka_run_group_tests_name("safety_told", t, NULL, NULL);
}
