/* conf - each fault a configuration can hold, and what is said of it; what is read of a good one */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "nouns/conf_inner.h"

/* A good file, in pieces that a row may put another one in the place of. */
#define OWNER_A "owner: { ada: { name = \"Ada\"; addresses = [ \"ada@example.org\" ]; zone = \"Europe/Berlin\"; }; };\n"
#define BOX "mailbox: { capture: { kind = \"capture\"; host = \"imap.example.org\"; user = \"kept\"; password = \"file:s\";\n" \
	"tracking = [ \"kept@example.org\" ]; }; };\n"
#define OUT "submission: { main: { host = \"smtp.example.org\"; from = \"kept@example.org\"; }; };\n"
#define OAUTH "oauth: { work: { provider = \"google\"; client_id = \"k\"; }; };\n"

static const struct row {
	const char *rule, *text;
	const char *expect[3]; /* each a part of one fault, in order; none: it is good */
} rows[] = {
	{ "a small file is enough", OWNER_A BOX OUT, { NULL } },
	{ "a misspelt key: where, and the nearest one",
	  "owner: { ada: { name = \"Ada\";\naddreses = [ \"ada@example.org\" ]; zone = \"Europe/Berlin\"; }; };" BOX OUT,
	  { ":2: owner.ada.addreses: no such setting; did you mean `addresses`?" } },
	{ "a misspelt working time setting", "owner: { ada: { name = \"Ada\"; addresses = [ \"ada@example.org\" ]; zone = \"UTC\";\n"
	  "workday = \"mo\"; }; };" BOX OUT, { ":2: owner.ada.workday: no such setting; did you mean `workdays`?" } },
	{ "a misspelt key is not missing too",
	  OWNER_A "mailbox: { c: { kind = \"capture\"; host = \"h\"; usr = \"u\"; pasword = \"file:s\"; trackin = [ \"kept@example.org\" ]; }; };\n" OUT,
	  { "pasword: no such setting; did you mean `password`?", "trackin: no such setting; did you mean `tracking`?", "usr: no such setting; did you mean `user`?" } },
	{ "a key that resembles none", OWNER_A BOX OUT "colour = \"blue\";", { ":5: colour: no such setting; kept.conf(5)" } },
	{ "a forgotten comma between addresses",
	  "owner: { ada: { name = \"Ada\"; addresses = [ \"ada@example.org\"\n\"a@example.org\" ]; zone = \"UTC\"; }; };" BOX OUT,
	  { ":2: \"ada@example.org\" \"a@example.org\": no comma between them" } },
	{ "a forgotten comma between domains, which libconfig would not see",
	  "owner: { ada: { name = \"Ada\"; addresses = [ \"ada@example.org\" ]; zone = \"UTC\";\n"
	  "domains = [ \"example.org\" /* and */ \"example.com\" ]; }; };" BOX OUT,
	  { ":2: \"example.org\" \"example.com\": no comma between them" } },
	{ "a comment in the last line, without a line end", OWNER_A BOX OUT "\n// the end", { ":6: the last line is a comment and has no line end" } },
	{ "a long text may be written in pieces", "owner: { ada: { name = \"Ada \"\n\"Lovelace\"; addresses = \"ada@example.org\";"
	  "zone = \"UTC\"; }; };" BOX OUT, { NULL } },
	{ "no address", "owner: { ada: { name = \"Ada\"; addresses = [ \"ada\" ]; zone = \"UTC\"; }; };" BOX OUT,
	  { ":1: owner.ada.addresses: \"ada\"; mail addresses" } },
	{ "an empty list of addresses", "owner: { ada: { name = \"Ada\"; addresses = [ ]; zone = \"UTC\"; }; };" BOX OUT,
	  { "owner.ada.addresses: an empty list" } },
	{ "a number where a text belongs", "owner: { ada: { name = 7; addresses = \"ada@example.org\"; zone = \"UTC\"; }; };" BOX OUT,
	  { ":1: owner.ada.name: a number; a person's name" } },
	{ "a zone that is none", "owner: { ada: { name = \"Ada\"; addresses = \"ada@example.org\"; zone = \"Europe/Berln\"; }; };"
	  BOX OUT, { ":1: owner.ada.zone: " } },
	{ "a working time that is none", "owner: { ada: { name = \"Ada\"; addresses = \"ada@example.org\"; zone = \"UTC\";\n"
	  "eod = \"25:00\"; }; };" BOX OUT, { ":2: owner.ada.eod: " } },
	{ "working days as a list", "owner: { ada: { name = \"Ada\"; addresses = \"ada@example.org\"; zone = \"UTC\";"
	  "workdays = [ \"mo\", \"tu\" ]; keep_time = true; holidays = [ \"2026-12-25\", \"2026-12-26\" ]; }; };" BOX OUT, { NULL } },
	{ "an address of two owners", "owner: { ada: { name = \"Ada\"; addresses = \"ada@example.org\"; zone = \"UTC\"; };\n"
	  "bob: { name = \"Bob\"; addresses = \"Ada@Example.org\"; zone = \"UTC\"; }; };" BOX OUT,
	  { ":2: owner.bob.addresses: Ada@Example.org is ada's too" } },
	{ "an owner's policy that is not there",
	  "owner: { ada: { name = \"Ada\"; addresses = \"ada@example.org\"; zone = \"UTC\"; policy = \"strct\"; }; };"
	  BOX OUT "policy: { strict: { limit = 3; }; };", { "owner.ada.policy: there is no \"strct\"; the key of a policy, did you mean \"strict\"?" } },
	{ "no owner, mailbox and submission at all", "team: { };\n",
	  { "mailbox is missing", "owner is missing", "submission is missing" } },
	{ "an empty section is a missing one", "owner: { };" BOX OUT, { "owner: an empty group" } },
	{ "a section that is no group", OWNER_A BOX OUT "team = \"x\";", { "team: a text; a group for each team" } },
	{ "a thing that is no group", OWNER_A BOX OUT "team: { m = \"x\"; };", { "team.m: a text; a group" } },
	{ "tls none to another machine", OWNER_A BOX
	  "submission: { main: { host = \"smtp.example.org\"; tls = \"none\"; from = \"kept@example.org\"; }; };",
	  { "submission.main.tls: \"none\" to smtp.example.org" } },
	{ "tls none to a name that begins like loopback", OWNER_A BOX
	  "submission: { main: { host = \"127.evil.example\"; tls = \"none\"; from = \"kept@example.org\"; }; };",
	  { "submission.main.tls: \"none\" to 127.evil.example" } },
	{ "tls none to this machine", OWNER_A BOX
	  "submission: { main: { host = \"127.0.0.1\"; tls = \"none\"; from = \"kept@example.org\"; }; };", { NULL } },
	{ "a misspelt choice", OWNER_A BOX
	  "submission: { main: { host = \"smtp.example.org\"; tls = \"startls\"; from = \"kept@example.org\"; }; };",
	  { "submission.main.tls: \"startls\"; implicit, starttls, none (did you mean \"starttls\"?)" } },
	{ "the port in the host", OWNER_A BOX "submission: { main: { host = \"smtp.example.org:465\"; from = \"kept@example.org\"; }; };",
	  { "submission.main.host: \"smtp.example.org:465\"; a host name or address; the port stands in `port`" } },
	{ "a port that is none", OWNER_A BOX "submission: { main: { host = \"h\"; port = 70000; from = \"kept@example.org\"; }; };",
	  { "submission.main.port: 70000; 1 to 65535" } },
	{ "a port as a text", OWNER_A BOX "submission: { main: { host = \"h\"; port = \"465\"; from = \"kept@example.org\"; }; };",
	  { "submission.main.port: \"465\" in quotation marks is a text, and a number belongs here; write port = 465" } },
	{ "a password in the file is refused and not repeated", OWNER_A BOX
	  "submission: { main: { host = \"h\"; user = \"u\"; password = \"hunter2\"; from = \"kept@example.org\"; }; };",
	  { "submission.main.password: a text that says no place" } },
	{ "a user without a password", OWNER_A BOX "submission: { main: { host = \"h\"; user = \"u\"; from = \"kept@example.org\"; }; };",
	  { "submission.main.password is missing" } },
	{ "a token and a password", OWNER_A BOX OAUTH "submission: { main: { host = \"h\"; user = \"u\"; password = \"file:s\"; oauth = \"work\"; from = \"kept@example.org\"; }; };",
	  { "submission.main.oauth: there is a password too" } },
	{ "a token of nobody's", OWNER_A BOX OAUTH "submission: { main: { host = \"h\"; oauth = \"work\"; from = \"kept@example.org\"; }; };",
	  { "submission.main.user is missing; whose the token is" } },
	{ "a provider that is not there", OWNER_A BOX OAUTH "submission: { main: { host = \"h\"; user = \"u\"; oauth = \"wrok\"; from = \"kept@example.org\"; }; };",
	  { "submission.main.oauth: there is no \"wrok\"; the key of a section of oauth, did you mean \"work\"?" } },
	{ "a token in place of a password", OWNER_A BOX OAUTH "submission: { main: { host = \"h\"; user = \"u\"; oauth = \"work\"; from = \"kept@example.org\"; }; };", { NULL } },
	{ "a calendar by token has no password", OWNER_A BOX OUT OAUTH "calendar: { w: { owner = \"ada\"; url = \"https://h/\"; user = \"u\"; password = \"file:s\"; oauth = \"work\"; }; };",
	  { "calendar.w.oauth: there is a password too" } },
	{ "a calendar by a token of nobody's", OWNER_A BOX OUT OAUTH "calendar: { w: { owner = \"ada\"; url = \"https://h/\"; oauth = \"work\"; }; };",
	  { "calendar.w.user is missing; whose the token is" } },
	{ "a provider without endpoints", OWNER_A BOX OUT "oauth: { own: { client_id = \"k\"; }; };",
	  { "oauth.own.token_endpoint is missing", "oauth.own: no way to log in" } },
	{ "a provider on the open line", OWNER_A BOX OUT "oauth: { own: { client_id = \"k\"; token_endpoint = \"http://example.org/t\"; authorization_endpoint = \"https://example.org/a\"; }; };",
	  { "oauth.own.token_endpoint: without TLS anyone on the way can read the token" } },
	{ "a client's credentials without the secret", OWNER_A BOX OUT "oauth: { own: { provider = \"microsoft\"; client_id = \"k\"; grant = \"client_credentials\"; }; };",
	  { "oauth.own.client_secret is missing" } },
	{ "a client's credentials at Google", OWNER_A BOX OUT "oauth: { own: { provider = \"google\"; client_id = \"k\"; grant = \"client_credentials\"; }; };",
	  { "oauth.own.grant: Google has no client_credentials" } },
	{ "a client's secret in the file is refused and not repeated", OWNER_A BOX OUT "oauth: { own: { provider = \"google\"; client_id = \"k\"; client_secret = \"hunter2\"; }; };",
	  { "oauth.own.client_secret: a text that says no place" } },
	{ "a tenant that is a path", OWNER_A BOX OUT "oauth: { own: { provider = \"microsoft\"; client_id = \"k\"; tenant = \"a/b\"; }; };", { "oauth.own.tenant: \"a/b\"" } },
	{ "a certificate file that is not there", OWNER_A BOX
	  "submission: { main: { host = \"h\"; ca = \"none.pem\"; from = \"kept@example.org\"; }; };",
	  { "none.pem cannot be read: No such file" } },
	{ "a folder for a file", OWNER_A BOX "submission: { main: { host = \"h\"; ca = \".\"; from = \"kept@example.org\"; }; };",
	  { "is a folder; a file of certificates" } },
	{ "templates that are not there", OWNER_A BOX OUT "templates = \"nowhere\";", { "templates: " } },
	{ "a personal mailbox without an owner", OWNER_A OUT "mailbox: { a: { kind = \"personal\"; host = \"h\"; user = \"u\";"
	  "password = \"file:s\"; }; };", { "mailbox.a.owner is missing" } },
	{ "a mailbox of nobody known", OWNER_A OUT "mailbox: { a: { kind = \"personal\"; owner = \"adda\"; host = \"h\"; user = \"u\";"
	  "password = \"file:s\"; }; };", { "mailbox.a.owner: there is no \"adda\"; the key of an owner, did you mean \"ada\"?" } },
	{ "a capture mailbox with an owner, without tracking", OWNER_A OUT "mailbox: { a: { kind = \"capture\"; owner = \"ada\"; host = \"h\";"
	  "user = \"u\"; password = \"file:s\"; }; };", { "mailbox.a.owner: a capture mailbox", "mailbox.a.tracking is missing" } },
	{ "one's own address as the tracking address", OWNER_A OUT "mailbox: { a: { kind = \"personal\"; owner = \"ada\"; host = \"h\";"
	  "user = \"u\"; password = \"file:s\"; tracking = [ \"ada@example.org\" ]; }; };", { "mailbox.a.tracking: ada@example.org is an address of ada's" } },
	{ "with a detail it may be one's own", OWNER_A OUT "mailbox: { a: { kind = \"personal\"; owner = \"ada\"; host = \"h\";"
	  "user = \"u\"; password = \"file:s\"; tracking = [ \"ada+kept@example.org\" ]; }; };", { NULL } },
	{ "drafts of nobody", OWNER_A OUT "mailbox: { a: { kind = \"capture\"; host = \"h\"; user = \"u\"; password = \"file:s\";"
	  "tracking = \"kept@example.org\"; drafts = \"\\\\Drafts\"; }; };", { "mailbox.a.drafts: mail waits in its owner's own mailbox" } },
	{ "drafts that are read as mail", OWNER_A OUT "mailbox: { a: { kind = \"personal\"; owner = \"ada\"; host = \"h\"; user = \"u\";"
	  "password = \"file:s\"; drafts = \"Later\"; watch = [ \"INBOX\", \"later\" ]; }; };", { "mailbox.a.drafts: Later is read as mail too" } },
	{ "what happens after, misspelt", OWNER_A OUT "mailbox: { a: { kind = \"capture\"; host = \"h\"; user = \"u\"; password = \"file:s\";"
	  "tracking = \"kept@example.org\"; after = \"delete\"; }; };", { "mailbox.a.after: \"delete\"; \"seen\", \"keep\"" } },
	{ "a digest for a commercial team", OWNER_A BOX OUT "team: { m: { address = \"m@example.org\"; digest = \"friday\"; commercial = true; }; };\n",
	  { "team.m: digest: a commercial team gets none; take digest out, or commercial" } },
	{ "a digest on no weekday", OWNER_A BOX OUT "team: { m: { address = \"m@example.org\"; digest = \"fridya\"; }; };\n",
	  { "team.m.digest: \"fridya\"; none, monday, tuesday, wednesday, thursday, friday, saturday, sunday (did you mean \"friday\"?)" } },
	{ "a word for true or false", OWNER_A BOX OUT "team: { m: { address = \"m@example.org\"; commercial = \"yes\"; }; };\n",
	  { "team.m.commercial: a text; true or false" } },
	{ "a safety team that is not there", OWNER_A BOX OUT "safety = \"safty\"; team: { safety: { address = \"s@example.org\"; }; };",
	  { "safety: there is no \"safty\"; the key of a team, did you mean \"safety\"?" } },
	{ "a cadence that names no length of time that is ideal", OWNER_A BOX OUT "cadence: { developing: { latest = \"8w\"; }; };",
	  { "cadence.developing.ideal is missing; a length of time" } },
	{ "a congress that ends before it begins", "owner: { ada: { name = \"Ada\"; addresses = [ \"ada@example.org\" ]; zone = \"Europe/Berlin\";"
	  "congress = \"2026-12-06 - 2026-12-03\"; }; };" BOX OUT, { "owner.ada.congress: \"2026-12-06 - 2026-12-03\"; days, as" } },
	{ "a calendar without an address", OWNER_A BOX OUT "calendar: { w: { owner = \"ada\"; }; };", { "calendar.w: neither an address nor a file" } },
	{ "a calendar on the open line, whose address is not repeated", OWNER_A BOX OUT "calendar: { w: { owner = \"ada\"; url = \"http://example.org/secret\"; }; };",
	  { "calendar.w.url: without TLS anyone on the way can read the calendar" } },
	{ "a calendar on this machine needs no TLS", OWNER_A BOX OUT "calendar: { w: { owner = \"ada\"; url = \"http://127.0.0.1:5232/ada/\"; }; };", { NULL } },
	{ "two collections of kept's for one owner", OWNER_A BOX OUT "calendar: { a: { owner = \"ada\"; kind = \"caldav\"; url = \"https://example.org/\"; };\n"
	  "b: { owner = \"ada\"; kind = \"caldav\"; url = \"https://example.com/\"; }; };", { "calendar.b.kind: a is a collection of kept's for the same owner" } },
	{ "a collection whose name is a path", OWNER_A BOX OUT "calendar: { a: { owner = \"ada\"; kind = \"caldav\"; url = \"https://example.org/\"; collection = \"../x\"; }; };",
	  { "calendar.a.collection: \"../x\"; letters, digits" } },
	{ "a cap out of its bounds", OWNER_A BOX OUT "caps: { hour = 0; };", { "caps.hour: 0; 1 to 100000" } },
	{ "a last look that neither warns nor blocks", OWNER_A BOX OUT "look: { slip = \"warm\"; };",
	  { "look.slip: \"warm\"; off, warn, block (did you mean \"warn\"?)" } },
	{ "a finding that there is none of", OWNER_A BOX OUT "look: {\nattachement = \"warn\"; };", { ":6: look.attachement: no such setting; did you mean `attachment`?" } },
	{ "a stop list that is no list of texts", OWNER_A BOX OUT "look: { stop = [ 1, 2 ]; };", { "look.stop: a number; words or phrases", "look.stop: a number" } },
	{ "a heartbeat that is no address", OWNER_A BOX OUT "heartbeat: { url = \"ftp://x\"; };", { "heartbeat.url: \"ftp://x\"; https://" } },
	{ "a control character", OWNER_A BOX OUT "team: { m: { address = \"m@example.org\"; name = \"M\\nBcc: x\"; }; };",
	  { "team.m.name: a text with control characters" } },
	{ "a name twice", OWNER_A BOX OUT "safety_words = [ ];\nsafety_words = [ ];", { ":6: safety_words: it is set twice; leave one of them" } },
	{ "a name twice on one line", OWNER_A BOX OUT "team: { m: { address = \"m@example.org\"; address = \"address = m@example.org\"; }; };\n",
	  { ":5: address: it is set twice" } },
	{ "a group twice", OWNER_A BOX OUT "team: {\n m: { address = \"m@example.org\"; };\n m: {\n address = \"n@example.org\"; }; };\n",
	  { ":7: m: it is set twice" } },
	{ "a name twice among others", OWNER_A BOX OUT "caps: { hour = 5; };\nlook: { slip = \"warn\"; }; caps: { hour = 6; };\n",
	  { ":6: a name of this line: it is set twice" } },
	{ "broken syntax", OWNER_A BOX "submission: {", { "syntax error" } },
	{ "an include that is not there", OWNER_A BOX OUT "@include \"more.conf\"\n", { ":5: @include: " } },
	{ "an include that is a folder", OWNER_A BOX OUT "@include \".\"\n", { ":5: " } },
	{ "an include by a whole path, which libconfig cannot", OWNER_A BOX OUT "@include \"/etc/hostname\"\n",
	  { ":5: @include: \"/etc/hostname\"; a path relative" } },
	{ "an include of oneself has an end", OWNER_A BOX OUT "@include \"kept.conf\"\n", { "more than 10 files" } },
};

static char folder[] = "/tmp/kept-conf-XXXXXX";

static const char *environment(const char *name)
{
	return strcmp(name, "HOME") == 0 ? "/home/ada" : strcmp(name, "KEPT_CONF") == 0 ? "/somewhere/kept.conf" : NULL;
}

static void write_file(const char *name, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static bool load(struct pool *p, const char *name, struct conf **c, struct conf_errors *errors)
{
	return conf_load_with(p, pool_print(p, "%s/%s", folder, name), environment, c, errors);
}

static void fault_is_named(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;
	size_t expected = 0;
	bool good;

	write_file("kept.conf", r->text);
	good = load(p, "kept.conf", &c, &errors);
	while (expected < 3 && r->expect[expected])
		expected++;
	for (size_t i = 0; i < errors.n; i++) {
		if (i >= expected || !strstr(errors.list[i], r->expect[i]))
			print_error("fault %zu: %s\n", i + 1, errors.list[i]);
		assert_null(strstr(errors.list[i], "hunter2"));
		assert_true(strncmp(errors.list[i], folder, strlen(folder)) == 0);
	}
	assert_int_equal(errors.n, expected);
	for (size_t i = 0; i < expected; i++)
		assert_non_null(strstr(errors.list[i], r->expect[i]));
	assert_int_equal(good, expected == 0);
	conf_close(&c);
	assert_null(c);
	pool_end(&p);
}

static void all_is_read(void **state)
{
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;
	const struct owner *ada, *bob;
	const char *detail;

	(void)state;
	write_file("words.txt", "rash\n");
	write_file("ada.inc", "ada: { name = \"Ada\"; addresses = [ \"ada@example.org\", \"al@example.org\" ]; zone = \"Europe/Berlin\";\n"
		   "language = \"de\"; key = \"abcdefgh12\"; eod = \"16:30\"; policy = \"strict\";"
		   "congress = [ \"2026-12-03 - 2026-12-06\", \"2027-02-09\" ]; };\n");
	write_file("kept.conf",
		   "owner: {\n@include \"ada.inc\"\nbob: { name = \"Bob\"; addresses = \"bob@example.org\"; zone = \"UTC\"; }; };\n" BOX
		   "submission: { main: { host = \"localhost\"; tls = \"none\"; from = \"kept@example.org\"; };\n"
		   "ada: { host = \"smtp.example.org\"; tls = \"starttls\"; from = \"ada@example.org\"; owner = \"ada\"; }; };\n"
		   "team: { safety: { address = \"safety@example.org\"; }; }; safety = \"safety\"; safety_words = [ \"words.txt\" ];\n"
		   "policy: { strict: { limit = 3; outside = \"never\"; }; default: { due = \"5bd\"; }; };\n"
		   "cadence: { establishing: { ideal = \"1mo\"; latest = \"6w\"; }; developing: { ideal = \"6w\"; }; };\n"
		   "caps: { hour = 50; }; look: { slip = \"warn\"; stop = [ \"confidential\" ]; }; heartbeat: { file = \"beat\"; };\n");
	if (!load(p, "kept.conf", &c, &errors))
		fail_msg("%s", errors.list[0]);
	ada = conf_owner_of(c, "AL@example.org");
	bob = conf_owner(c, "bob");
	assert_non_null(ada);
	assert_string_equal(ada->key, "ada");
	assert_string_equal(ada->language, "de");
	assert_string_equal(bob->language, "en");
	assert_int_equal(ada->time.eod, 16 * 60 + 30);
	assert_int_equal(bob->time.eod, 17 * 60);
	assert_int_equal(bob->at.line, 3);
	assert_non_null(strstr(ada->at.file, "ada.inc"));
	assert_string_equal(conf_policy(c, ada->policy)->due, "5bd"); /* from the default one, though it stands later */
	assert_int_equal(conf_policy(c, "strict")->limit, 3);
	assert_int_equal(conf_policy(c, "strict")->outside, OUTSIDE_NEVER);
	assert_int_equal(conf_policy(c, "no such")->limit, 8);
	assert_int_equal(conf_policy(c, NULL)->remind.n, 3);
	assert_string_equal(conf_policy(c, NULL)->remind.list[1], "+1bd");
	assert_int_equal(c->mailboxes[0].server.port, 993);
	assert_int_equal(c->mailboxes[0].poll, 60);
	assert_string_equal(c->mailboxes[0].watch.list[0], "INBOX");
	assert_string_equal(c->mailboxes[0].server.password, pool_print(p, "file:%s/s", folder));
	assert_int_equal(conf_own_submission(c, ada)->server.port, 587);
	assert_null(conf_own_submission(c, bob));
	assert_string_equal(conf_submission(c, ada)->key, "main");
	assert_string_equal(conf_capture(c, bob)->key, "capture");
	assert_true(conf_tracks(p, c, "kept+3d@example.org", &detail));
	assert_string_equal(detail, "3d");
	assert_false(conf_tracks(p, c, "ada@example.org", &detail));
	assert_string_equal(c->safety->name, "safety");
	assert_string_equal(c->safety_words.list[0], pool_print(p, "%s/words.txt", folder));
	assert_int_equal(c->cap_hour, 50);
	assert_int_equal(c->cap_checkins_day, 2);
	assert_string_equal(conf_cadence(c, "establishing")->latest, "6w");
	assert_string_equal(conf_cadence(c, "developing")->latest, "");
	assert_null(conf_cadence(c, "maintaining"));
	assert_int_equal(ada->congress.n, 2);
	assert_false(ada->sweep);
	assert_int_equal(c->cap_recipient_day, 3);
	assert_int_equal(c->look[LOOK_SLIP], LOOK_WARN);
	assert_int_equal(c->look[LOOK_RECIPIENT], LOOK_BLOCK);
	assert_string_equal(c->look_stop.list[0], "confidential");
	assert_string_equal(c->heartbeat_file, pool_print(p, "%s/beat", folder));
	assert_string_equal(c->database, "/home/ada/.local/state/kept/kept.db");
	assert_string_equal(conf_file(p, environment), "/somewhere/kept.conf");
	conf_close(&c);
	pool_end(&p);
}

/* The big two are known: what is not set comes from there. */
static void presets_fill_what_is_not_set(void **state)
{
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;

	(void)state;
	write_file("kept.conf", OWNER_A BOX OUT "oauth: { g: { provider = \"google\"; client_id = \"k\"; };"
		   "m: { provider = \"microsoft\"; client_id = \"k\"; tenant = \"example.org\"; };"
		   "b: { provider = \"microsoft\"; client_id = \"k\"; client_secret = \"file:s\"; grant = \"client_credentials\"; scope = [ \"x\", \"y\" ]; }; };\n");
	if (!load(p, "kept.conf", &c, &errors))
		fail_msg("%s", errors.list[0]);
	assert_int_equal(c->oauth_count, 3);
	assert_string_equal(c->oauths[0].token_endpoint, "https://oauth2.googleapis.com/token");
	assert_string_equal(c->oauths[0].scope.list[0], "https://mail.google.com/");
	assert_null(c->oauths[0].device_authorization_endpoint);
	assert_string_equal(c->oauths[0].store, "/home/ada/.local/state/kept/kept.db.oauth");
	assert_string_equal(c->oauths[1].authorization_endpoint, "https://login.microsoftonline.com/example.org/oauth2/v2.0/authorize");
	assert_int_equal(c->oauths[1].scope.n, 3);
	assert_int_equal(c->oauths[2].scope.n, 2);
	conf_close(&c);
	pool_end(&p);
}

/* A token is for what its section serves, and no more. */
static void scopes_are_those_of_what_is_served(void **state)
{
	static const struct {
		const char *serves, *scopes;
	} served[] = {
		{ "", "https://mail.google.com/" },
		{ "calendar: { w: { owner = \"ada\"; url = \"https://h/\"; user = \"u\"; oauth = \"g\"; }; };", "https://www.googleapis.com/auth/calendar" },
		{ "submission: { own: { owner = \"ada\"; host = \"h\"; user = \"u\"; oauth = \"g\"; from = \"ada@example.org\"; };"
		  "  main: { host = \"h\"; from = \"kept@example.org\"; }; };"
		  "calendar: { w: { owner = \"ada\"; url = \"https://h/\"; user = \"u\"; oauth = \"g\"; }; };",
		  "https://mail.google.com/ https://www.googleapis.com/auth/calendar" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof served / sizeof *served; i++) {
		struct pool *p = pool_new();
		struct conf_errors errors = { 0 };
		struct conf *c = NULL;
		const char *all = "";

		write_file("kept.conf", pool_print(p, OWNER_A BOX "%s oauth: { g: { provider = \"google\"; client_id = \"k\"; }; };\n%s",
						   strstr(served[i].serves, "submission:") ? "" : OUT, served[i].serves));
		if (!load(p, "kept.conf", &c, &errors))
			fail_msg("%s", errors.list[0]);
		for (size_t k = 0; k < c->oauths[0].scope.n; k++)
			all = pool_print(p, "%s%s%s", all, k ? " " : "", c->oauths[0].scope.list[k]);
		assert_string_equal(all, served[i].scopes);
		conf_close(&c);
		pool_end(&p);
	}
}

/* It names servers, and commands that are run. */
static void nobody_else_may_change_it(void **state)
{
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;
	const char *path = pool_print(p, "%s/kept.conf", folder);

	(void)state;
	write_file("kept.conf", OWNER_A BOX OUT);
	chmod(path, 0666);
	assert_false(load(p, "kept.conf", &c, &errors));
	assert_non_null(strstr(errors.list[0], "do: chmod o-w"));
	errors = (struct conf_errors){ 0 };
	chmod(path, 0664);
	assert_true(load(p, "kept.conf", &c, &errors));
	conf_close(&c);
	if (geteuid() == 0) { /* who can make it another's */
		errors = (struct conf_errors){ 0 };
		chmod(path, 0644);
		chmod(folder, 01777);
		assert_int_equal(chown(path, 12345, 12345), 0);
		assert_false(load(p, "kept.conf", &c, &errors));
		assert_non_null(strstr(errors.list[0], "another user has laid it there"));
		chmod(folder, 0755);
		errors = (struct conf_errors){ 0 };
		assert_true(load(p, "kept.conf", &c, &errors));
		conf_close(&c);
		unlink(path);
	}
	pool_end(&p);
}

static void drafts_need_a_tracking_address(void **state)
{
	static const char box[] = "mailbox: { own: { kind = \"personal\"; owner = \"ada\"; host = \"h\"; user = \"u\"; password = \"file:s\"; drafts = \"\\\\Drafts\"; }%s };\n";
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;

	(void)state;
	write_file("kept.conf", pool_print(p, OWNER_A OUT "%s", pool_print(p, box, "; c: { kind = \"capture\"; host = \"h\"; user = \"k\"; password = \"file:s\";"
										      "tracking = \"kept@example.org\"; };")));
	assert_true(load(p, "kept.conf", &c, &errors));
	assert_string_equal(conf_drafts(c, conf_owner(c, "ada"))->drafts, "\\Drafts");
	assert_null(conf_drafts(c, NULL));
	conf_close(&c);
	write_file("kept.conf", pool_print(p, OWNER_A OUT "%s", pool_print(p, box, ";")));
	assert_true(load(p, "kept.conf", &c, &errors));
	assert_null(conf_drafts(c, conf_owner(c, "ada")));
	conf_close(&c);
	pool_end(&p);
}

static void a_missing_file_is_one_fault(void **state)
{
	struct pool *p = pool_new();
	struct conf_errors errors = { 0 };
	struct conf *c = NULL;

	(void)state;
	assert_false(load(p, "nowhere.conf", &c, &errors));
	assert_int_equal(errors.n, 1);
	assert_non_null(strstr(errors.list[0], "nowhere.conf: No such file or directory; -c FILE"));
	assert_false(load(p, ".", &c, &errors));
	assert_int_equal(errors.n, 1);
	pool_end(&p);
}

/* A file of this project, or NULL where the test runs elsewhere. */
static char *whole(struct pool *p, const char *path)
{
	FILE *f = fopen(path, "r");
	char *s;
	size_t n;

	if (!f)
		return NULL;
	s = pool_take(p, 200001);
	n = fread(s, 1, 200000, f);
	s[n] = '\0';
	fclose(f);
	return s;
}

/* kept.conf(5): tests/manual.c */
static void the_example_holds_every_key(void **state)
{
	struct pool *p = pool_new();
	const char *example = whole(p, "conf/kept.conf");

	(void)state;
	if (!example)
		skip();
	for (size_t i = 0; i < conf_table_rows; i++)
		if (!strstr(example, conf_table[i].name))
			fail_msg("conf/kept.conf lacks %s.%s", conf_table[i].in, conf_table[i].name);
	pool_end(&p);
}

static void files_that_must_load(void **state)
{
	struct pool *p = pool_new();

	for (const char *const *f = (const char *const[]){ "conf/kept.conf", "../shared/kept.conf", NULL }; *f; f++) {
		struct conf_errors errors = { 0 };
		struct conf *c = NULL;

		if (access(*f, R_OK) == 0 && !conf_load_with(p, *f, environment, &c, &errors))
			fail_msg("%s", errors.list[0]);
		conf_close(&c);
	}
	for (const char *const *l = (const char *const[]){ "de", "fr", "gb", "us", NULL }; *l; l++) {
		struct conf_errors errors = { 0 };
		struct conf *c = NULL;
		char here[300];

		/* an include is named from the configuration's folder: out of /tmp/NAME, and down to here */
		if (!getcwd(here, sizeof here) || access(pool_print(p, "conf/holidays/%s.conf", *l), R_OK) != 0)
			continue;
		write_file("kept.conf", pool_print(p, "owner: { ada: { name = \"Ada\"; addresses = \"ada@example.org\"; zone = \"UTC\";\n"
						   "@include \"../..%s/conf/holidays/%s.conf\"\n}; };" BOX OUT, here, *l));
		if (!load(p, "kept.conf", &c, &errors))
			fail_msg("%s", errors.list[0]);
		assert_true(c->owners[0].time.holiday_count >= 40);
		conf_close(&c);
	}
	(void)state;
	pool_end(&p);
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 8];
	int failed;

	if (!mkdtemp(folder))
		return 1;
	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, fault_is_named, NULL, NULL, (void *)&rows[i] };
	t[ROWS] = (struct CMUnitTest)cmocka_unit_test(all_is_read);
	t[ROWS + 1] = (struct CMUnitTest)cmocka_unit_test(a_missing_file_is_one_fault);
	t[ROWS + 2] = (struct CMUnitTest)cmocka_unit_test(the_example_holds_every_key);
	t[ROWS + 4] = (struct CMUnitTest)cmocka_unit_test(drafts_need_a_tracking_address);
	t[ROWS + 3] = (struct CMUnitTest)cmocka_unit_test(files_that_must_load);
	t[ROWS + 5] = (struct CMUnitTest)cmocka_unit_test(presets_fill_what_is_not_set);
	t[ROWS + 7] = (struct CMUnitTest)cmocka_unit_test(nobody_else_may_change_it);
	t[ROWS + 6] = (struct CMUnitTest)cmocka_unit_test(scopes_are_those_of_what_is_served);
	failed = cmocka_run_group_tests_name("conf", t, NULL, NULL);
	for (const char *const *f = (const char *const[]){ "kept.conf", "ada.inc", "words.txt", NULL }; *f; f++) {
		char path[200];

		snprintf(path, sizeof path, "%s/%s", folder, *f);
		unlink(path);
	}
	rmdir(folder);
	return failed != 0;
}
