/* provider: which domain and which mail exchanger is whose */
#include "nouns/provider.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static const struct row {
	const char *rule, *name, *expect;
} domains[] = {
	{ "a domain", "gmail.com", "Gmail" },
	{ "letters large or small", "GMail.com", "Gmail" },
	{ "a house below a provider's domain", "fabrikam.onmicrosoft.com", "Microsoft 365" },
	{ "any ending of one label", "yahoo.de", "Yahoo" },
	{ "… and of two", "yahoo.co.uk", "Yahoo" },
	{ "… not of three", "yahoo.a.b.c", NULL },
	{ "… nor a name that only begins so", "yahoos.com", NULL },
	{ "a name that only ends so", "notgmail.com", NULL },
	{ "the same house has other servers in another country", "gmx.com", "GMX" },
	{ "nobody's", "example.org", NULL },
	{ "nothing", "", NULL },
}, exchangers[] = {
	{ "an exchanger of Google's", "aspmx.l.google.com", "Gmail" },
	{ "of Microsoft's", "fabrikam-com.mail.protection.outlook.com", "Microsoft 365" },
	{ "of Outlook.com", "outlook-com.olc.protection.outlook.com", "Outlook.com" },
	{ "of Fastmail's", "in1-smtp.messagingengine.com", "Fastmail" },
	{ "of nobody's", "mx.example.org", NULL },
};

static void rules_hold(const struct row *rows, size_t n, const struct provider *(*find)(const char *))
{
	for (size_t i = 0; i < n; i++) {
		const struct provider *v = find(rows[i].name);

		if ((v != NULL) != (rows[i].expect != NULL) || (v && strcmp(v->name, rows[i].expect) != 0))
			fail_msg("%s: %s is %s", rows[i].rule, rows[i].name, v ? v->name : "nobody's");
	}
}

static void domains_are_known(void **state)
{
	(void)state;
	rules_hold(domains, sizeof domains / sizeof *domains, provider_of_domain);
	assert_string_equal(provider_of_domain("gmx.com")->imap.host, "imap.gmx.com");
	assert_string_equal(provider_of_domain("gmx.de")->imap.host, "imap.gmx.net");
}

static void exchangers_are_known(void **state)
{
	(void)state;
	rules_hold(exchangers, sizeof exchangers / sizeof *exchangers, provider_of_mx);
}

static void hosts_are_known_but_not_this_machine(void **state)
{
	(void)state;
	assert_string_equal(provider_of_host("IMAP.gmail.com")->name, "Gmail");
	assert_null(provider_of_host("127.0.0.1"));
	assert_null(provider_of_host("imap.example.org"));
}

static void what_password_is_said(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	assert_non_null(strstr(provider_password(p, provider_of_domain("gmail.com")), "app password"));
	assert_non_null(strstr(provider_password(p, provider_of_domain("gmail.com")), "https://"));
	assert_non_null(strstr(provider_password(p, provider_of_domain("hotmail.com")), "takes no passwords"));
	assert_non_null(strstr(provider_password(p, provider_of_domain("proton.me")), "Bridge"));
	pool_end(&p);
}

static void who_gives_tokens_is_known(void **state)
{
	struct pool *p = pool_new();
	struct oauth_conf google = { .provider = provider_of_domain("gmail.com")->oauth, .tenant = "common" },
			  microsoft = { .provider = provider_of_domain("hotmail.com")->oauth, .tenant = "common" };

	(void)state;
	assert_int_equal(google.provider, OAUTH_GOOGLE);
	assert_int_equal(provider_of_domain("fabrikam.onmicrosoft.com")->oauth, OAUTH_MICROSOFT);
	assert_int_equal(provider_of_domain("posteo.de")->oauth, OAUTH_OTHER);
	conf_oauth_preset(p, &google);
	conf_oauth_preset(p, &microsoft);
	assert_string_equal(google.token_endpoint, "https://oauth2.googleapis.com/token");
	assert_int_equal(google.scope.n, 1);
	assert_string_equal(microsoft.token_endpoint, "https://login.microsoftonline.com/common/oauth2/v2.0/token");
	assert_int_equal(microsoft.scope.n, 3);
	pool_end(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(domains_are_known),
		cmocka_unit_test(exchangers_are_known),
		cmocka_unit_test(hosts_are_known_but_not_this_machine),
		cmocka_unit_test(what_password_is_said),
		cmocka_unit_test(who_gives_tokens_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
