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
	{ "any country", "hotmail.de", "Outlook.com" },
	{ "com", "hotmail.com", "Outlook.com" },
	{ "… of a country", "hotmail.com.br", "Outlook.com" },
	{ "co of a country", "Hotmail.CO.uk", "Outlook.com" },
	{ "… not what stands below another's domain", "live.example.com", NULL },
	{ "… nor below a country's", "outlook.example.de", NULL },
	{ "… nor under three labels", "hotmail.a.co.uk", NULL },
	{ "… nor nothing", "hotmail.", NULL },
	{ "… nor a name that only begins so", "hotmails.com", NULL },
	{ "one house of a name, and another in a country where it has its own servers", "yahoo.co.jp", NULL },
	{ "a name that only ends so", "notgmail.com", NULL },
	{ "the same house has other servers in another country", "gmx.com", "GMX" },
	{ "nobody's", "example.org", NULL },
	{ "nothing", "", NULL },
}, exchangers[] = {
	{ "an exchanger of Google's", "aspmx.l.google.com", "Gmail" },
	{ "of Microsoft's", "fabrikam-com.mail.protection.outlook.com", "Microsoft 365" },
	{ "of Outlook.com", "outlook-com.olc.protection.outlook.com", "Outlook.com" },
	{ "of Fastmail's", "in1-smtp.messagingengine.com", "Fastmail" },
	{ "of a house that another keeps: the upper row", "mx-aol.mail.gm0.yahoodns.net", "AOL" },
	{ "of the other", "mta5.am0.yahoodns.net", "Yahoo" },
	{ "of a house without IMAP", "mail.tutanota.de", "Tuta" },
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
	assert_null(provider_of_host(""));
}

static void what_password_is_said(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	assert_non_null(strstr(provider_password(p, provider_of_domain("gmail.com")), "app password"));
	assert_non_null(strstr(provider_password(p, provider_of_domain("gmail.com")), "https://"));
	assert_non_null(strstr(provider_password(p, provider_of_domain("hotmail.com")), "takes no passwords"));
	assert_non_null(strstr(provider_password(p, provider_of_domain("proton.me")), "Bridge"));
	assert_non_null(strstr(provider_password(p, provider_of_domain("hey.com")), "give kept a mailbox elsewhere"));
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
	assert_int_equal(conf_oauth_of("Accounts.google.com"), OAUTH_GOOGLE);
	assert_int_equal(conf_oauth_of("login.microsoftonline.com"), OAUTH_MICROSOFT);
	assert_int_equal(conf_oauth_of("login.microsoftonline.com.example.org"), OAUTH_OTHER);
	assert_int_equal(conf_oauth_of("oauth2"), OAUTH_OTHER);
	assert_int_equal(conf_oauth_of(""), OAUTH_OTHER);
	conf_oauth_preset(p, &google);
	conf_oauth_preset(p, &microsoft);
	assert_string_equal(google.token_endpoint, "https://oauth2.googleapis.com/token");
	assert_int_equal(google.scope.n, 1);
	assert_string_equal(microsoft.token_endpoint, "https://login.microsoftonline.com/common/oauth2/v2.0/token");
	assert_int_equal(microsoft.scope.n, 3);
	pool_end(&p);
}

/* What the rows of OAUTH_PROVIDERS need elsewhere, which no compiler asks for. */
static void who_gives_tokens_has_endpoints(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (int who = 0; who < OAUTH_OTHER; who++) {
		struct oauth_conf o = { .provider = (enum oauth_provider)who, .tenant = "common" };
		const char *host;

		conf_oauth_preset(p, &o);
		if (!o.token_endpoint || !o.scope.n || !(o.authorization_endpoint || o.device_authorization_endpoint))
			fail_msg("presets (nouns/conf_oauth.c) lacks %s", conf_oauth_word(o.provider));
		host = o.token_endpoint + strlen("https://");
		assert_int_equal(conf_oauth_of(pool_slice(p, host, strcspn(host, "/"))), who);
	}
	pool_end(&p);
}

/* Each row can be used: no password goes out in the clear, and a host stands but where there is none. */
static void rows_hold_together(void **state)
{
#define X(name, domains, mx, imap, imap_port, imap_tls, smtp, smtp_port, smtp_tls, user, login, oauth, where, plus, authserv, \
	  sent, note) \
	{ name, domains mx, imap, smtp, imap_port, smtp_port, imap_tls, smtp_tls, login, where },
	static const struct {
		const char *name, *known, *imap, *smtp;
		int imap_port, smtp_port, imap_tls, smtp_tls, login;
		const char *where;
	} rows[] = {
#include "nouns/provider.def"
	};
#undef X

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool servers = rows[i].login != PROVIDER_NONE, bridge = rows[i].login == PROVIDER_BRIDGE;
		int imap = rows[i].imap_tls == TLS_IMPLICIT ? 993 : 1143;
		int smtp = rows[i].smtp_tls == TLS_IMPLICIT ? 465 : bridge ? 1025 : 587;
		bool hosts = *rows[i].imap && *rows[i].smtp && rows[i].imap_port == imap && rows[i].smtp_port == smtp;
		bool clear = rows[i].imap_tls == TLS_NONE || rows[i].smtp_tls == TLS_NONE;
		bool made = rows[i].login == PROVIDER_APP || bridge;

		if (!*rows[i].known || clear || hosts != servers || (*rows[i].where != '\0') != made)
			fail_msg("%s: its row does not hold together", rows[i].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(domains_are_known),
		cmocka_unit_test(exchangers_are_known),
		cmocka_unit_test(hosts_are_known_but_not_this_machine),
		cmocka_unit_test(what_password_is_said),
		cmocka_unit_test(who_gives_tokens_is_known),
		cmocka_unit_test(who_gives_tokens_has_endpoints),
		cmocka_unit_test(rows_hold_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
