/* secrets: where they may lie, what is refused, chance and hashes */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "borders/secret.h"

static char folder[64];

static const char *in_folder(const char *name)
{
	static char path[4][256];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
	return path[turn];
}

static void put(const char *name, const char *bytes, size_t n, mode_t mode)
{
	int fd = open(in_folder(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), n);
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

static const struct row {
	const char *rule;
	const char *content; /* of the file `it` */
	mode_t mode;
	const char *where;   /* %s is the folder */
	const char *expect;  /* the secret; NULL: refused */
	const char *says;    /* a part of the error */
} rows[] = {
	{ "the first line of a file is the secret", "hunter2\nrest\n", 0600, "file:%s/it", "hunter2", NULL },
	{ "a file without a line end is read too", "hunter2", 0600, "file:%s/it", "hunter2", NULL },
	{ "a line end of Windows is none of the secret", "hunter2\r\n", 0600, "file:%s/it", "hunter2", NULL },
	{ "blanks belong to the secret", " a b \n", 0600, "file:%s/it", " a b ", NULL },
	{ "UTF-8 belongs to the secret", "pässword\n", 0600, "file:%s/it", "pässword", NULL },
	{ "a file that its group can read is refused, with the chmod", "x\n", 0640, "file:%s/it", NULL, "chmod 600" },
	{ "a file that all can read is refused, with the chmod", "x\n", 0604, "file:%s/it", NULL, "chmod 600" },
	{ "a file that is not there is an error that names it", NULL, 0, "file:%s/none", NULL, "none: No such file" },
	{ "a folder is no secret", NULL, 0, "file:%s", NULL, "no plain file" },
	{ "an empty first line is no secret", "\nx\n", 0600, "file:%s/it", NULL, "empty" },
	{ "a control character is no secret: it could end a command", "a\x01" "b\n", 0600, "file:%s/it", NULL, "control" },
	{ "a NUL is no secret", "a\0b\n", 0600, "file:%s/it", NULL, "control" },
	{ "a command's first line is the secret", NULL, 0, "command:printf 'abc\\nd\\n'", "abc", NULL },
	{ "a command sees an empty standard input", NULL, 0, "command:cat; echo z", "z", NULL },
	{ "a command that fails is told by its exit code", NULL, 0, "command:exit 3", NULL, "exit code 3" },
	{ "a command is not repeated: what stands in it may be secret", NULL, 0, "command:exit 3 # hunter2", NULL, "exit code 3" },
	{ "a command that prints nothing gives no secret", NULL, 0, "command:true", NULL, "empty" },
	{ "a command that prints much does not hang", NULL, 0, "command:echo ok; head -c 300000 /dev/zero", "ok", NULL },
	{ "a credential lies in the service manager's folder", "cred\n", 0440, "credential:it", "cred", NULL },
	{ "a credential's name is no path", "cred\n", 0600, "credential:../it", NULL, "plain word" },
	{ "a password in the configuration itself is refused, and not repeated", NULL, 0, "hunter2", NULL, "never the password itself" },
};

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct source at = { "kept.conf", 12 };
	char where[256], *s = NULL;
	struct err e = { 0 };
	bool ok;

	unlink(in_folder("it"));
	if (r->content)
		put("it", r->content, strlen(r->content) + (strlen(r->content) == 1 && r->content[0] == 'a' ? 3 : 0), r->mode);
	snprintf(where, sizeof where, "%s", r->where);
	if (strstr(r->where, "%s"))
		snprintf(where, sizeof where, "file:%s%s", folder, strstr(r->where, "%s") + 2);
	setenv("CREDENTIALS_DIRECTORY", folder, 1);
	ok = secret_read(where, &at, &s, &e);
	if (r->expect) {
		assert_true(ok);
		assert_string_equal(s, r->expect);
		secret_free(&s);
		assert_null(s);
		return;
	}
	assert_false(ok);
	assert_null(s);
	assert_non_null(strstr(e.text, r->says));
	assert_non_null(strstr(e.text, "kept.conf:12: "));
	assert_null(strstr(e.text, "hunter2"));
}

/* ---- words of others ---- */

static void words_that_repeat_it(void **state)
{
	static const struct {
		const char *words, *secret;
		bool told;
	} said[] = {
		{ "bad password", "correct horse battery", false },
		{ "you said correct horse battery", "correct horse battery", true },
		{ "you said correct ho...", "correct horse battery", true },      /* the beginning */
		{ "...e battery is wrong", "correct horse battery", true },       /* the end */
		{ "AUTH PLAIN AGFkYQBjb3JyZWN0IGhvcnNlIGJhdHRlcnk=", "correct horse battery", true }, /* NUL ada NUL */
		{ "AUTH PLAIN AGFuYWEAY29ycmVjdCBob3JzZSBiYXR0ZXJ5", "correct horse battery", true },
		{ "PASS Y29ycmVjdCBob3JzZSBiYXR0ZXJ5", "correct horse battery", true },
		{ "PASS Y29ycmVjdCBob", "correct horse battery", true },
		{ "AUTH PLAIN AGFkYQB4", "correct horse battery", false },
		{ "x is no password", "x", true },
		{ "YQ is no password", "a1", false },                             /* too short to tell by */
		{ "", "correct horse battery", false },
		{ "bad password", "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (secret_told(said[i].words, said[i].secret) != said[i].told)
			fail_msg("%s", said[i].words);
}

static void no_credentials(void **state)
{
	struct err e = { 0 };
	char *s = NULL;

	(void)state;
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_false(secret_read("credential:imap", NULL, &s, &e));
	assert_non_null(strstr(e.text, "LoadCredential=imap:"));
}

static void tokens(void **state)
{
	char a[TOKEN_LENGTH + 1], b[TOKEN_LENGTH + 1];
	bool seen[256] = { false };
	size_t kinds = 0;

	(void)state;
	for (int i = 0; i < 200; i++) {
		secret_token(a);
		secret_token(b);
		assert_int_equal(strlen(a), TOKEN_LENGTH);
		assert_int_equal(strspn(a, "abcdefghijklmnopqrstuvwxyz234567"), TOKEN_LENGTH);
		assert_string_not_equal(a, b);
		for (int j = 0; j < TOKEN_LENGTH - 1; j++)
			seen[(unsigned char)a[j]] = true;
	}
	for (int i = 0; i < 256; i++)
		kinds += seen[i];
	assert_int_equal(kinds, 32);
}

static void chance(void **state)
{
	double sum = 0;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		double x = secret_chance();

		assert_true(x >= 0 && x < 1);
		sum += x;
	}
	assert_true(sum > 4700 && sum < 5300);
}

static void hex(const unsigned char *bytes, char out[65])
{
	for (int i = 0; i < DIGEST_LENGTH; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static void hashes(void **state)
{
	unsigned char out[DIGEST_LENGTH];
	char text[65];

	(void)state;
	secret_digest("abc", 3, out); /* FIPS 180-2 B.1 */
	hex(out, text);
	assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	secret_hmac("Jefe", 4, "what do ya want for nothing?", 28, out); /* RFC 4231 4.3 */
	hex(out, text);
	assert_string_equal(text, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void keys(void **state)
{
	unsigned char a[DIGEST_LENGTH] = { 0 }, b[DIGEST_LENGTH] = { 0 };
	struct err e = { 0 };
	struct stat st;

	(void)state;
	assert_false(secret_key(in_folder("key"), false, a, &e));
	assert_true(secret_key(in_folder("key"), true, a, &e));
	assert_true(secret_key(in_folder("key"), true, b, &e));
	assert_memory_equal(a, b, sizeof a);
	assert_int_equal(stat(in_folder("key"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	put("key", "00ff\n", 5, 0600);
	assert_false(secret_key(in_folder("key"), true, b, &e));
	assert_memory_equal(a, b, sizeof a); /* on false every output is untouched */
	assert_non_null(strstr(e.text, "backup"));
}

static int clear_up(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 6] = {
		[ROWS + 5] = { "words that repeat a secret are told from others", words_that_repeat_it, NULL, NULL, NULL },
		[ROWS] = { "without a service manager a credential says how to get one", no_credentials, NULL, NULL, NULL },
		[ROWS + 1] = { "a token is 26 letters a-z2-7, never twice", tokens, NULL, NULL, NULL },
		[ROWS + 2] = { "chance lies evenly from 0 to 1", chance, NULL, NULL, NULL },
		[ROWS + 3] = { "SHA-256 and HMAC-SHA-256 are those of the standards", hashes, NULL, NULL, NULL },
		[ROWS + 4] = { "the record's key is made once, kept closed, and checked", keys, NULL, NULL, NULL },
	};

	strcpy(folder, "/tmp/kept-secret-XXXXXX");
	if (!mkdtemp(folder))
		return 1;
	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests_name("secret", t, NULL, clear_up);
}
