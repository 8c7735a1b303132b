/* dns: answers as they come over the wire, and such as no name server should send */
#include "borders/dns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "ground/text.h"

/* a header, a question for x.org, and what follows */
#define HEAD(answers) "\x12\x34\x81\x80\0\1\0" answers "\0\0\0\0" "\1x\3org\0" "\0\x21\0\1"
#define RR(type, length) "\xc0\x0c\0" type "\0\1\0\0\0\x3c\0" length
#define SRV "\x21"
#define MX "\x0f"
#define HOST "\4imap\xc0\x0c" /* imap.x.org */
#define A_HOST "\1a\xc0\x0c"

static const struct row {
	const char *rule;
	enum dns_kind kind;
	const char *bytes;
	size_t n;
	const char *expect;
} rows[] = {
#define ROW(rule, kind, bytes, expect) { rule, kind, bytes, sizeof bytes - 1, expect }
	ROW("a server and its port", DNS_SRV, HEAD("\1") RR(SRV, "\x0d") "\0\0\0\1\3\xe1" HOST, "imap.x.org:993"),
	ROW("the lower priority is first", DNS_SRV, HEAD("\2") RR(SRV, "\x0a") "\0\x14\0\0\0\x01" A_HOST RR(SRV, "\x0d") "\0\x0a\0\0\3\xe1" HOST, "imap.x.org:993 a.x.org:1"),
	ROW("of the same priority the heavier", DNS_SRV, HEAD("\2") RR(SRV, "\x0a") "\0\0\0\1\0\x01" A_HOST RR(SRV, "\x0d") "\0\0\0\x09\3\xe1" HOST, "imap.x.org:993 a.x.org:1"),
	ROW("a target of . is no service", DNS_SRV, HEAD("\1") RR(SRV, "\7") "\0\0\0\0\0\0\0", "refused"),
	ROW("port 0 is none", DNS_SRV, HEAD("\1") RR(SRV, "\x0d") "\0\0\0\0\0\0" HOST, ""),
	ROW("a mail exchanger", DNS_MX, HEAD("\1") RR(MX, "\6") "\0\x0a" A_HOST, "a.x.org:0"),
	ROW("a domain that takes no mail", DNS_MX, HEAD("\1") RR(MX, "\3") "\0\0\0", "refused"),
	ROW("a record of another kind is passed over", DNS_SRV, HEAD("\1") RR(MX, "\6") "\0\x0a" A_HOST, ""),
	ROW("a name with a blank in it is no host's", DNS_MX, HEAD("\1") RR(MX, "\7") "\0\x0a\2a \xc0\x0c", ""),
	ROW("one with a quote or a line end in it is none", DNS_SRV, HEAD("\2") RR(SRV, "\x0c") "\0\0\0\1\3\xe1" "\3a\"b\xc0\x0c" RR(SRV, "\x0c") "\0\0\0\1\3\xe1" "\3a\nb\xc0\x0c", ""),
	ROW("one that turns a terminal is none", DNS_SRV, HEAD("\1") RR(SRV, "\x0d") "\0\0\0\1\3\xe1" "\4\x1b[2J\xc0\x0c", ""),
	ROW("a dot within a label is none", DNS_MX, HEAD("\1") RR(MX, "\x08") "\0\x0a\3a.b\xc0\x0c", ""),
	ROW("an address in numbers is no name", DNS_SRV, HEAD("\1") RR(SRV, "\x10") "\0\0\0\1\3\xe1" "\2""10\1""0\1""0\1""5\0", ""),
	ROW("nor is one in a single number", DNS_MX, HEAD("\1") RR(MX, "\x0d") "\0\x0a" "\x09""167772165\0", ""),
	ROW("a name that ends in a number below a label is one of a host", DNS_MX, HEAD("\1") RR(MX, "\x06") "\0\x0a" "\1""7\xc0\x0c", "7.x.org:0"),
	ROW("an alias before the answer is passed over", DNS_SRV, HEAD("\2") "\xc0\x0c\0\x05\0\1\0\0\0\x3c\0\x02\xc0\x0c" RR(SRV, "\x0d") "\0\0\0\1\3\xe1" HOST, "imap.x.org:993"),
	ROW("aliases alone, in a ring, name nobody", DNS_SRV, HEAD("\2") "\xc0\x0c\0\x05\0\1\0\0\0\x3c\0\x02\xc0\x0c" "\xc0\x0c\0\x05\0\1\0\0\0\x3c\0\x02\xc0\x0c", ""),
	ROW("letters are small", DNS_MX, HEAD("\1") RR(MX, "\6") "\0\x0a\1A\xc0\x0c", "a.x.org:0"),
	ROW("no answer in it", DNS_SRV, HEAD("\0"), ""),
	ROW("a record too short for its kind", DNS_SRV, HEAD("\1") RR(SRV, "\3") "\0\0\0", ""),
	ROW("a name that points at itself", DNS_MX, HEAD("\1") RR(MX, "\4") "\0\x0a\xc0\x25", ""),
	ROW("a name that points beyond the end", DNS_MX, HEAD("\1") RR(MX, "\4") "\0\x0a\xff\xff", ""),
	ROW("cut off", DNS_SRV, HEAD("\1") RR(SRV, "\x0d") "\0\0\0\1", "!"),
	ROW("it says that there are more than there are", DNS_SRV, HEAD("\xff") RR(SRV, "\x0d") "\0\0\0\1\3\xe1" HOST, "!"),
	ROW("nothing", DNS_SRV, "", "!"),
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct text *t = text_new(p, 2000);
	unsigned char *exact = pool_take(p, r->n + 1); /* so that a byte read behind it is seen */
	struct dns_answer a = { 0 };

	memcpy(exact, r->bytes, r->n);
	if (!dns_read(p, exact, r->n, r->kind, &a, NULL))
		text_add(t, "!");
	else if (a.refused)
		text_add(t, "refused");
	for (size_t i = 0; i < a.n; i++)
		text_print(t, "%s%s:%d", i ? " " : "", a.list[i].host, a.list[i].port);
	assert_string_equal(t->s, r->expect);
	pool_end(&p);
}

static void more_than_there_is_room_for(void **state)
{
	struct pool *p = pool_new();
	struct text *t = text_new(p, 20000);
	struct dns_answer a;

	(void)state;
	text_put(t, HEAD("\x3c"), sizeof HEAD("\x3c") - 1);
	for (int i = 0; i < 60; i++)
		text_put(t, RR(SRV, "\x0d") "\0\0\0\1\3\xe1" HOST, 12 + 6 + 7);
	assert_true(dns_read(p, t->s, t->n, DNS_SRV, &a, NULL));
	assert_int_equal(a.n, DNS_TARGETS_MOST);
	pool_end(&p);
}

/* 255 octets are a name, one more is none (RFC 1035 2.3.4); 253 letters and dots are as long as one can be written. */
static void a_name_of_255_octets(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (int more = 0; more < 2; more++) {
		struct text *t = text_new(p, 2000);
		struct dns_answer a = { 0 };

		text_put(t, HEAD("\1") RR(MX, "\xfa"), sizeof HEAD("\1") RR(MX, "\xfa") - 1); /* 2, 248 and a pointer to 7 octets */
		t->s[t->n - 1] = (char)(0xfc + more);
		text_put(t, "\0\x0a", 2);
		for (int i = 0, n; i < 4; i++) {
			n = 61 + (i == 0 && more);
			text_print(t, "%c%.*s", n, n, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
		}
		text_put(t, "\xc0\x0c", 2);
		assert_true(dns_read(p, t->s, t->n, DNS_MX, &a, NULL));
		assert_int_equal(a.n, 1 - more);
		if (a.n)
			assert_int_equal(strlen(a.list[0].host), 253);
	}
	pool_end(&p);
}

static void a_name_server_is_an_address(void **state)
{
	static const char *const wrong[] = { "ns.example.org", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "", ":53" };
	struct pool *p = pool_new();
	struct dns_answer a;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct err e = { 0 };

		assert_false(dns_ask(wrong[i], p, DNS_MX, "example.org", &a, &e));
		assert_int_equal(e.kind, ERR_PERM);
	}
	pool_end(&p);
}

int main(void)
{
	enum { N = sizeof rows / sizeof *rows };
	struct CMUnitTest tests[N + 3];

	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	tests[N] = (struct CMUnitTest)cmocka_unit_test(more_than_there_is_room_for);
	tests[N + 1] = (struct CMUnitTest)cmocka_unit_test(a_name_server_is_an_address);
	tests[N + 2] = (struct CMUnitTest)cmocka_unit_test(a_name_of_255_octets);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
