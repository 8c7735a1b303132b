/* What anybody on this machine says to the socket of a login, what a provider answers, what it says of itself, what lies in
 * the file of a grant: the first byte says which. */
#include <stdint.h>
#include <string.h>

#include "borders/oauth_inner.h"

static void printable(const char *s)
{
	for (; *s; s++)
		if (*s < ' ' || *s > '~')
			__builtin_trap();
}

static void heard(struct pool *p, const char *said)
{
	const char *path, *state, *answer = oauth_heard(p, said, "s", &path);

	if (path && (!answer || strncmp(path, "/?", 2) != 0 || strpbrk(path, " \r\n")))
		__builtin_trap();
	state = path ? oauth_value(p, path, "state") : "s";
	if (!state || strcmp(state, "s") != 0)
		__builtin_trap();
	state = oauth_value(p, said, "code");
	printable(state ? state : "");
}

static void answered(struct pool *p, const char *bytes, size_t n)
{
	struct oauth_answer a;

	oauth_read(p, bytes, n, "client_id=k&client_secret=hush&refresh_token=rt-1", &a);
	if (strstr(a.says, "hush") || strstr(a.error, "hush") || strstr(a.says, "rt-1") || strlen(a.says) > 240)
		__builtin_trap();
	if (a.expires_in < 0 || a.expires_in > 366 * 86400 || a.interval < 0)
		__builtin_trap();
	printable(a.access_token);
	printable(a.refresh_token);
	printable(a.error);
	printable(a.user_code);
	printable(a.verification_uri);
	printable(a.verification_uri_complete);
}

static void endpoint(struct pool *p, const char *url)
{
	if (url && (strncmp(url, "https://", 8) != 0 || strpbrk(url, " \"\\#") || !oauth_url(p, url)))
		__builtin_trap();
	printable(url ? url : "");
}

static void said_of_itself(struct pool *p, const char *bytes, size_t n)
{
	struct oauth_conf o = { .key = "" };
	const char *registration = NULL, *issuer = "https://auth.example.org";
	struct err e = { 0 };
	bool object;

	oauth_url(p, bytes);
	if (!oauth_metadata_read(p, issuer, bytes, n, &o, &registration, &object, &e))
		return;
	if (!o.token_endpoint || (!o.authorization_endpoint && !o.device_authorization_endpoint))
		__builtin_trap();
	endpoint(p, o.token_endpoint);
	endpoint(p, o.authorization_endpoint);
	endpoint(p, o.device_authorization_endpoint);
	endpoint(p, o.revocation_endpoint);
	endpoint(p, registration);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pool *p = pool_new();
	const char *text = n ? pool_slice(p, (const char *)data + 1, n - 1) : "";
	struct grant g;

	if (n && data[0] % 4 == 0)
		heard(p, text);
	else if (n && data[0] % 4 == 1)
		answered(p, text, n - 1);
	else if (n && data[0] % 4 == 2)
		said_of_itself(p, text, n - 1);
	else if (n && grant_parse(p, text, n - 1, &g)) {
		printable(g.access);
		printable(g.refresh);
	}
	pool_end(&p);
	return 0;
}
