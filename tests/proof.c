/* proof: the field's grammar, what proves the owner, and each way to forge one */
#include "rows.h"

#include "judgement/proof.h"

/* ---- Authentication-Results, RFC 8601 2.2 ---- */

static const struct {
	const char *rule, *value, *expect; /* authserv-id, then method=result and its properties */
} fields[] = {
	{ "a result and its property", "mx.example.org; spf=pass smtp.mailfrom=example.org", "mx.example.org spf=pass mailfrom:example.org" },
	{ "none", "mx.example.org; none", "mx.example.org" },
	{ "a quoted method is none", "mx.example.org; \"spf\"=pass; \"\\n;\"=x; /1=pass; dkim=none", "mx.example.org dkim=none" },
	{ "a quote in a comment is no matter", "mx.example.org; (say \"x\") dkim (a \"b\") = pass", "mx.example.org dkim=pass" },
	{ "nor is a quoted property", "mx.example.org; dkim=pass \"header.d\"=example.org", "mx.example.org dkim=pass" },
	{ "none without a blank", "mx.example.org;none", "mx.example.org" },
	{ "a version", "mx.example.org 1; dkim=pass header.d=example.org", "mx.example.org dkim=pass d:example.org" },
	{ "another version counts for nothing", "mx.example.org 2; dkim=pass header.d=example.org", "mx.example.org" },
	{ "upper case", "MX.Example.Org; DKIM=Pass Header.D=Example.Org", "mx.example.org dkim=pass d:Example.Org" },
	{ "comments wherever blanks may stand", "(a) mx.example.org (b (c) \\) d) ; (e) dkim (f) = (g) pass (h) header.d (i) = (j) example.org (k)",
	  "mx.example.org dkim=pass d:example.org" },
	{ "a result within a comment is none", "mx.example.org (; dmarc=pass header.from=example.org); dmarc=fail", "mx.example.org dmarc=fail" },
	{ "nor one that a stranger quoted within it", "mx.example.org; spf=softfail (of \"x); dmarc=pass (\"@evil.test) smtp.mailfrom=evil.test",
	  "mx.example.org spf=softfail mailfrom:evil.test" },
	{ "a lone quote within one", "mx.example.org; spf=softfail (5\" disk) smtp.mailfrom=a.test; dmarc=fail", "mx.example.org spf=softfail mailfrom:a.test dmarc=fail" },
	{ "an open comment swallows the rest", "mx.example.org (; dmarc=pass", "mx.example.org" },
	{ "a reason, quoted", "mx.example.org; dkim=fail reason=\"a; dmarc=pass\" header.d=example.org", "mx.example.org dkim=fail d:example.org" },
	{ "an address with a quoted local part", "mx.example.org; spf=pass smtp.mailfrom=\"a;b\"@example.org", "mx.example.org spf=pass mailfrom:a;b@example.org" },
	{ "a quoted authserv-id", "\"mx.example.org\"; spf=none", "mx.example.org spf=none" },
	{ "a method with its version", "mx.example.org; dkim/1=pass header.i=@example.org", "mx.example.org dkim=pass i:@example.org" },
	{ "several of one method", "mx.example.org; dkim=fail header.d=a.test; dkim=pass header.d=b.test", "mx.example.org dkim=fail d:a.test dkim=pass d:b.test" },
	{ "without an authserv-id", "spf=pass smtp.mailfrom=example.org; dkim=none", " spf=pass mailfrom:example.org dkim=none" },
	{ "words between are passed over", "spf=fail smtp.mailfrom=a.test; example.org; dmarc=pass action=none header.from=a.test;compauth=pass reason=100",
	  " spf=fail mailfrom:a.test dmarc=pass from:a.test compauth=pass" },
	{ "the first property of a name counts", "mx.example.org; dmarc=pass header.from=a.test header.from=example.org", "mx.example.org dmarc=pass from:a.test" },
	{ "the old name of smtp.mailfrom", "mx.example.org; spf=pass smtp.mail=ada@example.org", "mx.example.org spf=pass mailfrom:ada@example.org" },
	{ "an instance, as ARC has it", "i=2; mx.example.org; spf=neutral", "mx.example.org spf=neutral" },
	{ "a login", "mx.example.org; auth=pass (login) smtp.auth=ada@example.org", "mx.example.org auth=pass auth:ada@example.org" },
	{ "nothing behind the id", "mx.example.org;", "mx.example.org" },
	{ "nothing at all", "", "" },
	{ "signs alone", ";;==;(;.", "" },
};

static const char *told(struct pool *p, const struct auth_results *r)
{
	struct text *t = text_new(p, 4000);

	text_add(t, r->authserv_id);
	for (size_t i = 0; i < r->n; i++) {
		const struct auth_method *m = &r->methods[i];

		text_print(t, " %s=%s", m->method, m->result);
		text_print(t, "%s%s%s%s", *m->header_from ? " from:" : "", m->header_from, *m->header_d ? " d:" : "", m->header_d);
		text_print(t, "%s%s%s%s", *m->header_i ? " i:" : "", m->header_i, *m->smtp_mailfrom ? " mailfrom:" : "", m->smtp_mailfrom);
		text_print(t, "%s%s", *m->smtp_auth ? " auth:" : "", m->smtp_auth);
	}
	return t->s;
}

static void field_is_read(void **state)
{
	size_t i = (size_t)(uintptr_t)*state;
	struct pool *p = pool_new();
	struct auth_results r;

	proof_parse(p, fields[i].value, &r);
	assert_true(r.is);
	assert_string_equal(told(p, &r), fields[i].expect);
	pool_end(&p);
}

/* ---- the owner ---- */

#define TOKEN "kept+r-abcdefghijklmnopqrstuvwxyz@example.org"
#define GOOD "mx.example.org; dmarc=pass header.from=example.org"
#define BAD "mx.example.org; dmarc=fail header.from=example.org"

static const struct row {
	const char *rule;
	const char *from;       /* addresses, parted by blanks; "ada@example.org" where NULL */
	const char *results[3]; /* Authentication-Results above the sender's fields, topmost first */
	const char *below;      /* one below them */
	const char *to;         /* where it was delivered; "kept@example.org" where NULL */
	const char *sent_to;    /* a mail of kept's with the token, to this address; NULL: none */
	const char *place;      /* "kept" where NULL */
	const char *flag;
	const char *twice;      /* a field that stands there two times */
	const char *expect;
} rows[] = {
	{ "DMARC passed", .results = { GOOD }, .expect = "dmarc" },
	{ "DMARC passed, of nobody knows which domain", .results = { "mx.example.org; dmarc=pass" }, .expect = "none" },
	{ "DMARC passed for a domain below", .results = { "mx.example.org; dmarc=pass header.from=mail.example.org" }, .expect = "none" },
	{ "DMARC passed for the registry's domain", .results = { "mx.example.org; dmarc=pass header.from=org" }, .expect = "none" },
	{ "DMARC passed, in upper case", .results = { "mx.example.org; dmarc=pass header.from=EXAMPLE.ORG" }, .expect = "dmarc" },
	{ "DMARC passed for another domain", .results = { "mx.example.org; dmarc=pass header.from=attacker.test" }, .expect = "none" },
	{ "DMARC failed", .results = { BAD }, .expect = "none failed" },
	{ "DMARC failed, whatever else passed", .results = { "mx.example.org; dkim=pass header.d=example.org; dmarc=fail" }, .expect = "none failed" },
	{ "of two verdicts the bad one", .results = { "mx.example.org; dmarc=pass header.from=example.org; dmarc=fail" }, .expect = "none failed" },
	{ "an aligned signature", .results = { "mx.example.org; dkim=pass header.d=example.org; spf=softfail smtp.mailfrom=ada@example.org" }, .expect = "dkim" },
	{ "an aligned signature by its user", .results = { "mx.example.org; dkim=pass header.i=@example.org" }, .expect = "dkim" },
	{ "a subdomain's signature is aligned", .results = { "mx.example.org; dkim=pass header.d=mail.example.org" }, .expect = "dkim" },
	{ "a stranger's signature is not", .results = { "mx.example.org; dkim=pass header.d=attacker.test header.i=@attacker.test" }, .expect = "none" },
	{ "a domain that ends alike is not", .results = { "mx.example.org; dkim=pass header.d=notexample.org" }, .expect = "none" },
	{ "a domain that begins alike is not", .results = { "mx.example.org; dkim=pass header.d=example.org.attacker.test" }, .expect = "none" },
	{ "the registry's domain is not", .results = { "mx.example.org; dkim=pass header.d=org" }, .expect = "none" },
	{ "the stranger's domain goes before a user that is aligned", .results = { "mx.example.org; dkim=pass header.d=attacker.test header.i=@example.org" }, .expect = "none" },
	{ "a broken signature", .results = { "mx.example.org; dkim=fail header.d=example.org" }, .expect = "none failed" },
	{ "an aligned sender", .results = { "mx.example.org; spf=pass smtp.mailfrom=ada@example.org" }, .expect = "spf" },
	{ "an aligned sender, its domain alone", .results = { "mx.example.org; spf=pass smtp.mailfrom=bounces.example.org" }, .expect = "spf" },
	{ "a stranger's sender", .results = { "mx.example.org; spf=pass smtp.mailfrom=eve@attacker.test" }, .expect = "none" },
	{ "a host's name is no sender", .results = { "mx.example.org; spf=pass smtp.helo=example.org" }, .expect = "none" },
	{ "SPF failed", .results = { "mx.example.org; spf=fail smtp.mailfrom=ada@example.org" }, .expect = "none failed" },
	{ "a login", .results = { "mx.example.org; auth=pass smtp.auth=ada@example.org" }, .expect = "auth" },
	{ "another's login", .results = { "mx.example.org; auth=pass smtp.auth=eve@example.org" }, .expect = "none" },
	{ "a login by a bare name", .results = { "mx.example.org; auth=pass smtp.auth=ada" }, .expect = "none" },
	{ "nothing passed", .results = { "mx.example.org; spf=none; dkim=none" }, .expect = "none" },
	{ "no field at all", .expect = "none" },
	{ "another server's field", .results = { "mx.example.net; dmarc=pass header.from=example.org" }, .expect = "none" },
	{ "an id that begins alike", .results = { "mx.example.org.attacker.test; dmarc=pass header.from=example.org" }, .expect = "none" },
	{ "an id in upper case is the same", .results = { "MX.EXAMPLE.ORG; dmarc=pass header.from=example.org" }, .expect = "dmarc" },
	{ "an id within a comment is none", .results = { "(mx.example.org;) mx.attacker.test; dmarc=pass" }, .expect = "none" },
	{ "other servers' above the trusted one are passed over", .results = { "relay.example.net; dmarc=fail", GOOD }, .expect = "dmarc" },
	{ "the topmost of the trusted counts", .results = { BAD, GOOD }, .expect = "none failed" },
	{ "the topmost of the trusted counts, though it says nothing", .results = { "mx.example.org; none", GOOD }, .expect = "none" },
	{ "a field among the sender's own is the sender's", .below = GOOD, .expect = "none" },
	{ "a comment is no verdict", .results = { "mx.example.org; spf=none (dmarc=pass header.from=example.org)" }, .expect = "none" },
	{ "a quoted reason is no verdict", .results = { "mx.example.org; spf=none reason=\"; dmarc=pass header.from=example.org\"" }, .expect = "none" },
	{ "another version of the format", .results = { "mx.example.org 9; dmarc=pass header.from=example.org" }, .expect = "none" },
	{ "two From addresses", .from = "ada@example.org eve@attacker.test", .results = { GOOD }, .expect = "none" },
	{ "two From addresses, the owner's second", .from = "eve@attacker.test ada@example.org", .results = { GOOD }, .expect = "none" },
	{ "a stranger proves nothing", .from = "eve@attacker.test", .results = { "mx.example.org; dmarc=pass header.from=attacker.test" }, .expect = "none" },

	/* tokens */
	{ "a token answered", .to = TOKEN, .sent_to = "ada@example.org", .expect = "token" },
	{ "a token answered, and the trusted server says no", .to = TOKEN, .sent_to = "ada@example.org", .results = { BAD }, .expect = "none failed" },
	{ "a token answered, and another server says no", .to = TOKEN, .sent_to = "ada@example.org", .results = { "mx.example.net; dmarc=fail" }, .expect = "token" },
	{ "a token that went to a team is not the owner's secret", .to = TOKEN, .sent_to = "medinfo@example.org", .expect = "none" },
	{ "a token that was not written to", .to = "kept@example.org", .sent_to = "ada@example.org", .expect = "none" },
	{ "a stranger's answer to a token", .from = "eve@attacker.test", .to = TOKEN, .sent_to = "ada@example.org", .expect = "none" },

	/* keys */
	{ "the owner's key", .to = "kept+k-s3cret@example.org", .expect = "key" },
	{ "two subjects, the upper one not signed", .results = { GOOD }, .twice = "Subject", .expect = "none failed" },
	{ "two dates", .results = { "mx.example.org; dkim=pass header.d=example.org" }, .twice = "date", .expect = "none failed" },
	{ "two of another field", .results = { GOOD }, .twice = "Received", .expect = "dmarc" },
	{ "two subjects, but from the owner's own server", .results = { "mx.example.org; spf=pass smtp.mailfrom=ada@example.org" }, .twice = "Subject",
	  .expect = "spf" },
	{ "another key", .to = "kept+k-guess@example.org", .expect = "none" },
	{ "the key, and the trusted server says no", .to = "kept+k-s3cret@example.org", .results = { BAD }, .expect = "none failed" },

	/* places */
	{ "it lies in the owner's Sent", .place = "sent", .expect = "place" },
	{ "even where From is another", .from = "alias@example.net", .place = "sent", .expect = "place" },
	{ "flagged in the owner's inbox", .from = "rossi@example.com", .place = "inbox", .flag = "\\Flagged", .expect = "place" },
	{ "an inbox alone proves nothing", .place = "inbox", .expect = "none" },
	{ "a flag in the capture mailbox proves nothing", .flag = "\\Flagged", .expect = "none" },
};

static const char *way_names[] = { "none", "place", "token", "dmarc", "dkim", "spf", "auth", "key" };

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	const char *authserv[] = { "mx.example.org" }, *keywords[] = { "\\Flagged" }, *flags[] = { r->flag };
	struct mailbox_conf own = { .key = "ada", .kind = MAILBOX_PERSONAL, .keywords = { keywords, 1 } };
	struct letter l = { .subject = "Data", .text = "" };
	struct place at = { .kind = PLACE_CAPTURE, .mailbox = &c->mailboxes[0], .folder = "", .flags = { flags, r->flag != NULL } };
	struct known_sent sent = { .reply_to = TOKEN, .to = r->sent_to };
	const struct owner *claimed = NULL;
	struct field f[8];
	struct tag t;
	struct proof out;
	char *from = pool_copy(p, r->from ? r->from : "ada@example.org"), *rest = NULL;
	const char *to = r->to ? r->to : "kept@example.org";

	c->owners[0].capture_key = "s3cret";
	c->mailboxes[0].authserv = (struct strings){ authserv, 1 };
	for (char *a = strtok_r(from, " ", &rest); a; a = strtok_r(NULL, " ", &rest)) {
		addrs_add(p, &l.from, "", a);
		claimed = claimed ? claimed : conf_owner_of(c, a);
	}
	l.fields.list = f;
	for (size_t i = 0; i < 3 && r->results[i]; i++)
		f[l.fields.n++] = (struct field){ "Authentication-Results", r->results[i] };
	f[l.fields.n++] = (struct field){ "From", "as in l.from" };
	if (r->below)
		f[l.fields.n++] = (struct field){ "authentication-results", r->below };
	for (size_t i = 0; r->twice && i < 2; i++)
		f[l.fields.n++] = (struct field){ r->twice, i ? "signed" : "added on top" };
	l.traces = (struct strings){ &to, 1 };
	if (r->place) {
		at.mailbox = &own;
		at.owner = &c->owners[0];
		at.kind = strcmp(r->place, "sent") == 0 ? PLACE_SENT : PLACE_INBOX;
		l.traces.n = 0;
	}
	tag_find(p, &l, &at, c, &t);
	proof_of(p, &l, &at, &t, claimed, r->sent_to ? &sent : NULL, c, &out);
	assert_string_equal(pool_print(p, "%s%s", way_names[out.way], out.failed ? " failed" : ""), r->expect);
	assert_true(out.why && *out.why);
	pool_end(&p);
}

/* Two domains that share no more than a parent are strangers, whatever the parent is: no list of registries is asked. */
static void siblings_are_strangers(void **state)
{
	static const struct {
		const char *from, *signer;
		bool same;
	} pairs[] = {
		{ "ada@example.co.uk", "mail.example.co.uk", true },   { "ada@example.co.uk", "attacker.co.uk", false },
		{ "ada@example.com.au", "attacker.com.au", false },    { "ada@example.co.uk", "co.uk", false },
		{ "ada@ada.onmicrosoft.com", "eve.onmicrosoft.com", false }, { "ada@ada.github.io", "eve.github.io", false },
		{ "ada@ada.github.io", "github.io", false },           { "ada@ada.some.example.zz", "eve.some.example.zz", false },
		{ "ada@a.example.com", "b.example.com", false },       { "ada@a.example.com", "example.com", false },
		{ "ada@mail.example.org", "example.org", true },       { "ada@mail.example.org", "other.example.org", false },
		{ "ada@example.de", "example.de", true },              { "ada@example.de", "other.de", false },
		{ "ada@example.de", "de", false },                     { "ada@example.ac.jp", "attacker.ac.jp", false },
		{ "ada@localhost", "localhost", true },                { "ada@localhost", "eve.localhost", false },
		{ "ada@example.de", ".example.de", false },            { "ada@example.de", "example.de.", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct pool *p = pool_new();
		struct conf *c = rows_conf(p);
		const char *authserv[] = { "mx.example.org" };
		struct addr from = { "", pairs[i].from };
		struct field f = { "Authentication-Results", pool_print(p, "mx.example.org; dkim=pass header.d=%s", pairs[i].signer) };
		struct letter l = { .subject = "", .text = "", .from = { &from, 1 }, .fields = { &f, 1 } };
		struct place at = { .kind = PLACE_CAPTURE, .mailbox = &c->mailboxes[0] };
		struct tag t = { .key = "" };
		struct proof out;

		c->mailboxes[0].authserv = (struct strings){ authserv, 1 };
		proof_of(p, &l, &at, &t, &c->owners[0], NULL, c, &out);
		assert_int_equal(out.way, pairs[i].same ? PROOF_DKIM : PROOF_NONE);
		pool_end(&p);
	}
}

/* What is signed may be sent on by anybody: who handed it in, SPF, a login, a token or a key tells. */
static void who_handed_it_in(void **state)
{
	static const struct {
		const char *results, *key;
		enum proof_handed handed;
	} cases[] = {
		{ "dkim=pass header.d=example.org; dmarc=pass header.from=example.org", "", HANDED_UNKNOWN },
		{ "dkim=pass header.d=example.org; spf=pass smtp.mailfrom=ada@example.org", "", HANDED_BY_OWNER },
		{ "dkim=pass header.d=example.org; spf=pass smtp.mailfrom=carol@example.com", "", HANDED_BY_ANYBODY },
		{ "dkim=pass header.d=example.org; spf=softfail smtp.mailfrom=ada@example.org", "", HANDED_BY_ANYBODY },
		{ "dkim=pass header.d=example.org; auth=pass smtp.auth=ada@example.org", "", HANDED_BY_OWNER },
		{ "dkim=pass header.d=example.org; auth=pass smtp.auth=eve@example.org", "", HANDED_UNKNOWN },
		{ "dkim=pass header.d=example.org; spf=pass smtp.mailfrom=carol@example.com", "s3cret", HANDED_BY_OWNER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pool *p = pool_new();
		struct conf *c = rows_conf(p);
		const char *authserv[] = { "mx.example.org" };
		struct addr from = { "", "ada@example.org" };
		struct field f = { "Authentication-Results", pool_print(p, "mx.example.org; %s", cases[i].results) };
		struct letter l = { .subject = "", .text = "", .from = { &from, 1 }, .fields = { &f, 1 } };
		struct place at = { .kind = PLACE_CAPTURE, .mailbox = &c->mailboxes[0] };
		struct tag t = { .key = cases[i].key };
		struct proof out;

		c->owners[0].capture_key = "s3cret";
		c->mailboxes[0].authserv = (struct strings){ authserv, 1 };
		proof_of(p, &l, &at, &t, &c->owners[0], NULL, c, &out);
		assert_int_equal(out.way, PROOF_DKIM);
		assert_int_equal(out.handed, cases[i].handed);
		pool_end(&p);
	}
}

/* A field of a stranger's making may be long and deep. */
static void long_fields_end(void **state)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, 1 << 20);
	struct auth_results r;

	(void)state;
	for (size_t i = 0; i < 50000; i++)
		text_add(t, i % 2 ? "i=1;" : "(");
	proof_parse(p, t->s, &r);
	t = text_new(p, 1 << 20);
	text_add(t, "mx.example.org");
	for (size_t i = 0; i < 50000; i++)
		text_add(t, "; dkim=pass");
	proof_parse(p, t->s, &r);
	assert_true(r.n > 0 && r.n <= 100);
	pool_end(&p);
}

int main(void)
{
	enum { FIELDS = sizeof fields / sizeof *fields, ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest tests[FIELDS + ROWS + 3];
	size_t n = 0;

	for (size_t i = 0; i < FIELDS; i++)
		tests[n++] = (struct CMUnitTest){ fields[i].rule, field_is_read, NULL, NULL, (void *)(uintptr_t)i };
	for (size_t i = 0; i < ROWS; i++)
		tests[n++] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)(uintptr_t)&rows[i] };
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(siblings_are_strangers);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(who_handed_it_in);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(long_fields_end);
	return n == sizeof tests / sizeof *tests ? cmocka_run_group_tests_name("proof", tests, NULL, NULL) : 1;
}
