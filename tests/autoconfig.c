/* autoconfig: a domain's file for mail programs, friendly and hostile */
#include "letters/autoconfig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "ground/text.h"

#define FILE_OF(inner) "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"x\">" inner "</emailProvider></clientConfig>"
#define IN(type, host, port, tls, more) "<incomingServer type=\"" type "\"><hostname>" host "</hostname><port>" port "</port><socketType>" tls "</socketType>" more "</incomingServer>"
#define OUT(host, port, tls, more) "<outgoingServer type=\"smtp\"><hostname>" host "</hostname><port>" port "</port><socketType>" tls "</socketType>" more "</outgoingServer>"

#define OAUTH(inner) FILE_OF(IN("imap", "i.example.org", "993", "SSL", "") "<oAuth2>" inner "</oAuth2>")
#define HUNDRED "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjj"

/* IMAP host port tls user | SMTP, then marks */
static const struct row {
	const char *rule, *xml, *expect;
} rows[] = {
	{ "both servers", FILE_OF(IN("imap", "imap.example.org", "993", "SSL", "<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication>")
	  OUT("smtp.example.org", "587", "STARTTLS", "")), "imap.example.org 993 0 ada@example.org | smtp.example.org 587 1 ada@example.org" },
	{ "a user's name is filled in", FILE_OF(IN("imap", "%EMAILDOMAIN%", "993", "SSL", "<username>x-%EMAILLOCALPART%</username>")),
	  "example.org 993 0 x-ada | none" },
	{ "POP is passed over", FILE_OF(IN("pop3", "pop.example.org", "995", "SSL", "") IN("imap", "i.example.org", "993", "SSL", "")), "i.example.org 993 0 ada@example.org | none" },
	{ "TLS from the start before STARTTLS", FILE_OF(IN("imap", "a.example.org", "143", "STARTTLS", "") IN("imap", "b.example.org", "993", "SSL", "")),
	  "b.example.org 993 0 ada@example.org | none" },
	{ "… else the first", FILE_OF(IN("imap", "a.example.org", "993", "SSL", "") IN("imap", "b.example.org", "993", "SSL", "")), "a.example.org 993 0 ada@example.org | none" },
	{ "no TLS is no server", FILE_OF(IN("imap", "a.example.org", "143", "plain", "") OUT("b.example.org", "465", "SSL", "")), "none | b.example.org 465 0 ada@example.org clear" },
	{ "… where another has it, that is taken", FILE_OF(IN("imap", "a.example.org", "143", "plain", "") IN("imap", "a.example.org", "993", "SSL", "") OUT("b.example.org", "465", "SSL", "")),
	  "a.example.org 993 0 ada@example.org | b.example.org 465 0 ada@example.org" },
	{ "a login in the browser alone", FILE_OF(IN("imap", "a.example.org", "993", "SSL", "<authentication>OAuth2</authentication>")), "a.example.org 993 0 ada@example.org | none browser tokens" },
	{ "… or a password too", FILE_OF(IN("imap", "a.example.org", "993", "SSL", "<authentication>OAuth2</authentication><authentication>password-cleartext</authentication>")),
	  "a.example.org 993 0 ada@example.org | none tokens" },
	{ "… or another way", FILE_OF(IN("imap", "a.example.org", "993", "SSL", "<authentication>GSSAPI</authentication>")), "a.example.org 993 0 ada@example.org | none browser" },
	{ "who gives tokens", OAUTH("<issuer>auth.example.org</issuer><scope>mail offline</scope><authURL>https://auth.example.org/a?b=c&amp;d</authURL><tokenURL>\n https://auth.example.org/t </tokenURL>"),
	  "i.example.org 993 0 ada@example.org | none (auth.example.org, mail offline, https://auth.example.org/a?b=c&d, https://auth.example.org/t)" },
	{ "… beside the provider too", "<clientConfig><emailProvider>" IN("imap", "i.example.org", "993", "SSL", "") "</emailProvider><oAuth2><issuer>a.example.org</issuer></oAuth2></clientConfig>",
	  "i.example.org 993 0 ada@example.org | none (a.example.org, , , )" },
	{ "… by its first element that says something", OAUTH("</oAuth2><oAuth2><issuer>b.example.org</issuer></oAuth2><oAuth2><issuer>c.example.org</issuer>"),
	  "i.example.org 993 0 ada@example.org | none (b.example.org, , , )" },
	{ "what would have to be quoted in a configuration is no issuer, scope or address", OAUTH("<issuer>a\"b</issuer><scope>a\\b</scope><authURL>https://ä.example.org</authURL>"),
	  "i.example.org 993 0 ada@example.org | none" },
	{ "an address is whole or none", OAUTH("<tokenURL>https://" HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED "</tokenURL>"),
	  "i.example.org 993 0 ada@example.org | none" },
	{ "what is no host is passed over", FILE_OF(IN("imap", "a/../b", "993", "SSL", "") IN("imap", "-x", "993", "SSL", "")), "none | none" },
	{ "what is no port is passed over", FILE_OF(IN("imap", "a.example.org", "99399", "SSL", "") IN("imap", "b.example.org", "", "SSL", "")), "none | none" },
	{ "a line end in a name is a blank, and so no host", FILE_OF(IN("imap", "a.example.org&#10;b", "993", "SSL", "")), "none | none" },
	{ "elements that nobody knows", FILE_OF("<documentation url=\"x\"/><incomingServer/><outgoingServer type=\"smtp\"/>"), "none | none" },
	{ "no XML", "hello", "!it is no XML" },
	{ "nothing", "", "!it is no XML" },
	{ "another XML", "<html/>", "!it is no clientConfig" },
	{ "a document type is refused", "<!DOCTYPE x [<!ENTITY a \"b\">]><clientConfig/>", "!it has a document type" },
};

static void print(struct text *t, const struct server *s)
{
	if (*s->host)
		text_print(t, "%s %d %d %s", s->host, s->port, (int)s->tls, s->user);
	else
		text_add(t, "none");
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct text *t = text_new(p, 2000);
	struct autoconfig a;

	autoconfig_read(p, r->xml, strlen(r->xml), "ada@example.org", &a);
	if (*a.broken) {
		text_print(t, "!%s", a.broken);
	} else {
		print(t, &a.imap);
		text_add(t, " | ");
		print(t, &a.smtp);
		text_print(t, "%s%s", a.clear ? " clear" : "", a.no_password ? " browser" : "");
		if (a.tokens)
			text_add(t, " tokens");
		if (*a.oauth.issuer || *a.oauth.scope || *a.oauth.authorization_endpoint || *a.oauth.token_endpoint)
			text_print(t, " (%s, %s, %s, %s)", a.oauth.issuer, a.oauth.scope, a.oauth.authorization_endpoint, a.oauth.token_endpoint);
	}
	assert_string_equal(t->s, r->expect);
	pool_end(&p);
}

static void too_large(void **state)
{
	struct pool *p = pool_new();
	size_t n = (256 << 10) + 1;
	char *xml = pool_take(p, n);
	struct autoconfig a;

	(void)state;
	memset(xml, ' ', n);
	autoconfig_read(p, xml, n, "ada@example.org", &a);
	assert_non_null(strstr(a.broken, "larger"));
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	struct CMUnitTest tests[N + 1];

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	tests[N] = (struct CMUnitTest)cmocka_unit_test(too_large);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
