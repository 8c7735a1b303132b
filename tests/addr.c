/* addr: one row a rule */
#include "rows.h"

#include "ground/text.h"
#include "nouns/addr.h"

static const struct {
	const char *rule, *s;
	bool valid;
} addresses[] = {
	{ "local@domain", "ada@example.org", true },
	{ "a plus-address", "kept+3d+noreply@example.org", true },
	{ "a quoted local part with a blank", "\"kept+next friday\"@example.org", true },
	{ "a quoted pair", "\"a\\\"b\"@example.org", true },
	{ "an @ within quotes", "\"a@b\"@example.org", true },
	{ "UTF-8 in the local part (RFC 6531)", "j\xC3\xBCrgen@example.org", true },
	{ "UTF-8 in the domain (RFC 6531)", "ada@b\xC3\xBC" "cher.example", true },
	{ "an address literal", "ada@[192.0.2.1]", true },
	{ "an IPv6 literal", "ada@[IPv6:2001:db8::1]", true },
	{ "a domain of one label", "root@localhost", true },
	{ "two dots together, as some providers hand out", "ada..l@example.org", true },
	{ "nothing", "", false },
	{ "NULL", NULL, false },
	{ "no @", "ada", false },
	{ "no local part", "@example.org", false },
	{ "no domain", "ada@", false },
	{ "a blank", "ada l@example.org", false },
	{ "a line end is never part of one", "ada@example.org\r\nBcc: eve@example.com", false },
	{ "a line end within quotes", "\"a\nb\"@example.org", false },
	{ "an angle bracket", "<ada@example.org>", false },
	{ "an open quote", "\"ada@example.org", false },
	{ "a quote within quotes, not escaped", "\"a\"b\"@example.org", false },
	{ "two @ without quotes", "ada@b@example.org", false },
	{ "an empty label", "ada@example..org", false },
	{ "a point at the domain's front", "ada@.org", false },
	{ "a comma", "ada,eve@example.org", false },
	{ "broken UTF-8", "a\xFFz@example.org", false },
	{ "an open literal", "ada@[192.0.2.1", false },
	{ "a literal that is none", "ada@[x y]", false },
};

static void validity(void **state)
{
	struct pool *p = pool_new();
	char *local = pool_take(p, 128), *label = pool_take(p, 128);

	(void)state;
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
		if (addr_valid(addresses[i].s) != addresses[i].valid)
			fail_msg("%s: %s", addresses[i].rule, addresses[i].s ? addresses[i].s : "NULL");
	memset(local, 'a', 64);
	memset(label, 'b', 63);
	assert_true(addr_valid(pool_print(p, "%s@%s.org", local, label)));
	assert_false(addr_valid(pool_print(p, "%sa@example.org", local)));
	assert_false(addr_valid(pool_print(p, "ada@%sb.org", label)));
	assert_false(addr_valid(pool_print(p, "%s@%s.%s.%s.%s.org", local, label, label, label, label)));
	pool_end(&p);
}

static const struct {
	const char *rule, *s, *expect;
} cleaned[] = {
	{ "brackets and blanks go", "  <ada@example.org> ", "ada@example.org" },
	{ "mailto: goes, in any case", "MailTo:ada@example.org", "ada@example.org" },
	{ "the domain in lower case, the local part as written", "Ada@Example.ORG", "Ada@example.org" },
	{ "a name is no address", "Ada Lovelace", NULL },
	{ "a name before it neither", "Ada <ada@example.org>", NULL },
	{ "brackets alone", "<>", NULL },
	{ "nothing", "", NULL },
};

static void cleaning(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof cleaned / sizeof *cleaned; i++) {
		const char *a = addr_clean(p, cleaned[i].s);

		if (!a != !cleaned[i].expect || (a && strcmp(a, cleaned[i].expect) != 0))
			fail_msg("%s: %s", cleaned[i].rule, a ? a : "NULL");
	}
	pool_end(&p);
}

static const struct {
	const char *rule, *pattern, *address;
	const char *detail; /* NULL: not ours */
} tracked[] = {
	{ "the address itself", "kept@example.org", "kept@example.org", "" },
	{ "in any case", "kept@example.org", "Kept@Example.ORG", "" },
	{ "the detail is what follows the first +, as written", "kept@example.org", "kept+3D+noreply@example.org", "3D+noreply" },
	{ "a + and nothing", "kept@example.org", "kept+@example.org", "" },
	{ "another mailbox that begins like ours", "kept@example.org", "keptical@example.org", NULL },
	{ "a mailbox that our name ends", "kept@example.org", "notkept@example.org", NULL },
	{ "a hyphen is no plus", "kept@example.org", "kept-3d@example.org", NULL },
	{ "another domain", "kept@example.org", "kept@example.com", NULL },
	{ "a subdomain is another domain", "kept@example.org", "kept@mail.example.org", NULL },
	{ "a domain that ours ends", "kept@example.org", "kept@evilexample.org", NULL },
	{ "the owner's own plus-address", "ada+kept@example.org", "ada+kept@example.org", "" },
	{ "and its detail", "ada+kept@example.org", "ada+kept+friday@example.org", "friday" },
	{ "the owner without it is no tag", "ada+kept@example.org", "ada@example.org", NULL },
	{ "the owner with another is none", "ada+kept@example.org", "ada+news@example.org", NULL },
	{ "a catch-all: the whole local part", "*@kept.example.org", "nexttuesday@kept.example.org", "nexttuesday" },
	{ "a catch-all keeps the plus", "*@kept.example.org", "3d+noreply@kept.example.org", "3d+noreply" },
	{ "a catch-all takes its own domain alone", "*@kept.example.org", "friday@example.org", NULL },
	{ "quotes off (RFC 5321 4.1.2)", "kept@example.org", "\"kept+next friday\"@example.org", "next friday" },
	{ "a quoted pair undone", "kept@example.org", "\"kept+1\\:30\"@example.org", "1:30" },
	{ "a percent code undone", "kept@example.org", "kept+1%20dec@example.org", "1 dec" },
	{ "the plus itself as a percent code", "kept@example.org", "kept%2B3d@example.org", "3d" },
	{ "quoted-printable undone", "kept@example.org", "kept=2B3d@example.org", "3d" },
	{ "a percent that begins no code stays", "kept@example.org", "kept+50%zz@example.org", "50%zz" },
	{ "a percent at the end stays", "kept@example.org", "kept+5%2@example.org", "5%2" },
	{ "no control character comes out of a code", "kept@example.org", "kept+a%0d%0ab@example.org", "a%0d%0ab" },
	{ "no NUL comes out of a code", "kept@example.org", "kept+a%00b@example.org", "a%00b" },
	{ "broken UTF-8 of codes is mended", "kept@example.org", "kept+a%ffb@example.org", "a\xEF\xBF\xBD" "b" },
	{ "what is no address", "kept@example.org", "kept", NULL },
};

static void tracking(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof tracked / sizeof *tracked; i++) {
		const char *detail = NULL;
		bool is = addr_tracks(p, tracked[i].pattern, tracked[i].address, &detail);

		if (is != (tracked[i].detail != NULL) || (is && strcmp(detail, tracked[i].detail) != 0))
			fail_msg("%s: %s, detail %s", tracked[i].rule, is ? "ours" : "not ours", detail ? detail : "NULL");
		assert_int_equal(addr_tracks(p, tracked[i].pattern, tracked[i].address, NULL), is);
	}
	assert_string_equal(addr_with(p, "kept@example.org", "3d"), "kept+3d@example.org");
	assert_string_equal(addr_with(p, "*@kept.example.org", "3d"), "3d@kept.example.org");
	assert_string_equal(addr_with(p, "ada+kept@example.org", "3d"), "ada+kept+3d@example.org");
	pool_end(&p);
}

static void parts(void **state)
{
	struct pool *p = pool_new();
	struct addrs l = { 0 };
	const char *const domains[] = { "example.org", "example.net" };

	(void)state;
	assert_string_equal(addr_local(p, "\"a@b\"@example.org"), "\"a@b\"");
	assert_string_equal(addr_domain("\"a@b\"@example.org"), "example.org");
	assert_string_equal(addr_domain("ada"), "");
	assert_string_equal(addr_local(p, "ada"), "ada");
	assert_string_equal(addr_lower(p, "ADA\xC3\x9C@X.Org"), "ada\xC3\x9C@x.org");
	assert_true(addr_same("ADA@example.org", "ada@EXAMPLE.org"));
	assert_false(addr_same("ada@example.org", NULL));
	addrs_add(p, &l, "Ada", "ada@example.org");
	addrs_add(p, &l, NULL, "ben@example.org");
	addrs_add(p, &l, "again", "ADA@example.org");
	assert_int_equal(l.n, 2);
	assert_string_equal(l.list[0].name, "Ada");
	assert_string_equal(l.list[1].name, "");
	assert_string_equal(addrs_names(p, &l), "Ada and ben@example.org");
	/* a name that reads like another address would say another one to whom it goes */
	assert_string_equal(addr_called("Carol <carol@example.com>", "eve@example.net"), "eve@example.net");
	assert_string_equal(addr_called("carol\xEF\xBC\xA0" "example.com", "eve@example.net"), "eve@example.net");
	assert_string_equal(addr_typed("carol.d+x_y-z@example.com"), "carol.d+x_y-z@example.com");
	assert_string_equal(addr_typed("`x|sh`@example.com"), "ADDRESS");
	assert_string_equal(addr_typed("\"x`[y](https://e.net/)`\"@example.com"), "ADDRESS");
	assert_string_equal(addr_typed("-x@example.com"), "ADDRESS");
	assert_true(addrs_has(&l, "Ben@Example.Org"));
	assert_false(addrs_has(&l, "eve@example.org"));
	assert_true(domain_under("Mail.Example.Org", "example.org"));
	assert_true(domain_under("example.org", "example.org"));
	assert_false(domain_under("evilexample.org", "example.org"));
	assert_false(domain_under("org", "example.org"));
	assert_false(domain_under("example.org", ""));
	assert_string_equal(domain_house("p42-caldav.example.com"), "example.com");
	assert_string_equal(domain_house("a.b.hospital.example"), "hospital.example");
	assert_string_equal(domain_house("cal.hospital.co.uk"), "hospital.co.uk");
	assert_string_equal(domain_house("hospital.co.uk"), "hospital.co.uk");
	assert_string_equal(domain_house("www.gmx.net"), "www.gmx.net");
	assert_string_equal(domain_house("localhost"), "localhost");
	assert_string_equal(domain_house("127.0.0.1"), "127.0.0.1");
	assert_string_equal(domain_house("com."), "com.");
	assert_string_equal(domain_house(""), "");
	assert_true(domain_is_public("Gmail.com"));
	assert_true(domain_is_public("gmx.at"));
	assert_false(domain_is_public("mygmx.at"));
	assert_false(domain_is_public("hospital.example"));
	assert_false(domain_is_public(""));
	assert_true(addr_in_domains("ada@x.example.net", domains, 2));
	assert_false(addr_in_domains("ada@example.com", domains, 2));
	assert_false(addr_in_domains("ada", domains, 2));
	pool_end(&p);
}

int main(void)
{
	const struct CMUnitTest t[] = {
		cmocka_unit_test(validity),
		cmocka_unit_test(cleaning),
		cmocka_unit_test(tracking),
		cmocka_unit_test(parts),
	};

	return cmocka_run_group_tests_name("addr", t, NULL, NULL);
}
