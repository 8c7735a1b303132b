/* conf_keys - every setting that a configuration may hold, one row each; kept.conf(5) has their values and defaults from here: make manuals */
#include "nouns/conf_inner.h"

#include <ctype.h>
#include <string.h>

#include "ground/text.h"

static bool any(const char *s)
{
	(void)s;
	return true;
}

static bool some(const char *s)
{
	return *s != '\0';
}

static bool is_pattern(const char *s)
{
	return addr_valid(s) || (strncmp(s, "*@", 2) == 0 && s[2] && s[2] != '.' && strchr(s + 2, '.') && !strchr(s + 2, '@'));
}

static bool is_host(const char *s)
{
	size_t colons = 0;

	if (!isalnum((unsigned char)*s) && *s != ':')
		return false;
	for (; *s; s++) {
		colons += *s == ':';
		if (!isalnum((unsigned char)*s) && !strchr(".-:_", *s))
			return false;
	}
	return colons != 1; /* one colon is host:port; more are IPv6 */
}

static bool is_domain(const char *s)
{
	return !strchr(s, ':') && is_host(s) && strchr(s, '.');
}

static bool is_language(const char *s)
{
	/* ISO 639-1 */
	static const char known[] = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
		"es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn "
		"ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl "
		"ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve "
		"vi vo wa wo xh yi yo za zh zu ";
	const char *at = strlen(s) == 2 && islower((unsigned char)s[0]) && islower((unsigned char)s[1]) ? strstr(known, s) : NULL;

	return at && at[-1] == ' ' && at[2] == ' ';
}

static bool is_agenda(const char *s)
{
	int minute;

	return !*s || strcmp(s, "hour") == 0 || strcmp(s, "none") == 0 || (worktime_clock(s, &minute) && minute < 24 * 60);
}

/* it stands in a local part, whose case a mail system may change */
static bool is_capture_key(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789");

	return n >= 8 && n <= 40 && !s[n];
}

static bool is_days(const char *s)
{
	int32_t from, to;

	return days_parse(s, &from, &to);
}

static bool is_url(const char *s)
{
	return strncmp(s, "https://", 8) == 0 || strncmp(s, "http://", 7) == 0;
}

/* RFC 6749 3.3: one scope-token */
static bool is_scope(const char *s)
{
	if (!*s)
		return false;
	for (; *s; s++)
		if (*s <= ' ' || *s >= 0x7f || *s == '"' || *s == '\\')
			return false;
	return true;
}

/* No path, no name for another place: a segment of an address. */
static bool is_segment(const char *s)
{
	return *s && *s != '.' && strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == strlen(s) && strlen(s) <= 60;
}

bool conf_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
	       (strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == strlen(host));
}

#define SERVER(in, type) \
	{ in, "host",     FORM_WORD,   is_host, offsetof(type, server.host), NULL, true, \
	  "a host name or address; the port stands in `port`", 0, 0 }, \
	{ in, "port",     FORM_NUMBER, NULL, offsetof(type, server.port), NULL, false, "1 to 65535", 1, 65535 }, \
	{ in, "tls",      FORM_CHOICE, NULL, offsetof(type, server.tls), "implicit", false, "implicit, starttls, none", 0, 0 }, \
	{ in, "ca",       FORM_PATH,   NULL, offsetof(type, server.ca), NULL, false, "a file of certificates (PEM)", 0, 0 }, \
	{ in, "user",     FORM_WORD,   any, offsetof(type, server.user), "", false, "the name to log in with", 0, 0 }, \
	{ in, "password", FORM_SECRET, NULL, offsetof(type, server.password), "", false, \
	  "\"file:PATH\", \"command:COMMAND\", \"credential:NAME\"", 0, 0 }, \
	{ in, "oauth",    FORM_OAUTH,  NULL, offsetof(type, server.oauth), NULL, false, "the key of a section of oauth", 0, 0 }

#define OWNER(field) offsetof(struct owner, field)
#define MAILBOX(field) offsetof(struct mailbox_conf, field)
#define SUBMISSION(field) offsetof(struct submission, field)
#define CALENDAR(field) offsetof(struct calendar_conf, field)
#define OAUTH(field) offsetof(struct oauth_conf, field)
#define TEAM(field) offsetof(struct team, field)
#define POLICY(field) offsetof(struct policy, field)
#define CADENCE(field) offsetof(struct cadence, field)
#define TOP(field) offsetof(struct conf, field)

const struct conf_key conf_table[] = {
	/* in, name, form, fits, at, standard, must, allowed, least, most */
	{ "", "owner",      FORM_GROUPS, NULL, 0, NULL, true, "a group for each person: owner: { ada: { … }; };", 0, 0 },
	{ "", "mailbox",    FORM_GROUPS, NULL, 0, NULL, true, "a group for each mailbox: mailbox: { capture: { … }; };", 0, 0 },
	{ "", "submission", FORM_GROUPS, NULL, 0, NULL, true, "a group for each account: submission: { main: { … }; };", 0, 0 },
	{ "", "calendar",   FORM_GROUPS, NULL, 0, NULL, false, "a group for each calendar: calendar: { work: { owner = \"ada\"; … }; };", 0, 0 },
	{ "", "oauth",      FORM_GROUPS, NULL, 0, NULL, false, "a group for each provider: oauth: { work: { client_id = \"…\"; … }; };", 0, 0 },
	{ "", "team",       FORM_GROUPS, NULL, 0, NULL, false, "a group for each team: team: { medinfo: { … }; };", 0, 0 },
	{ "", "policy",     FORM_GROUPS, NULL, 0, NULL, false, "a group for each policy: policy: { default: { … }; };", 0, 0 },
	{ "", "cadence",    FORM_GROUPS, NULL, 0, NULL, false,
	  "a group for each stage: cadence: { establishing: { ideal = \"1mo\"; }; };", 0, 0 },
	{ "", "heartbeat",  FORM_GROUP,  NULL, 0, NULL, false, "heartbeat: { file = \"…\"; url = \"…\"; };", 0, 0 },
	{ "", "caps",       FORM_GROUP,  NULL, 0, NULL, false, "caps: { recipient_day = 3; contact_week = 3; checkins_day = 2; owner_day = 100; hour = 200; };", 0, 0 },
	{ "", "look",       FORM_GROUP,  NULL, 0, NULL, false, "look: { recipient = \"block\"; stop = [ \"confidential\" ]; };", 0, 0 },
	{ "", "safety",     FORM_TEAM,   NULL, TOP(safety), NULL, false, "the key of a team", 0, 0 },
	{ "", "safety_words", FORM_PATHS, NULL, TOP(safety_words), NULL, false, "files, one word or phrase a line", 0, 0 },
	{ "", "refusal_words", FORM_PATHS, NULL, TOP(refusal_words), NULL, false, "files, one word or phrase a line", 0, 0 },
	{ "", "database",   FORM_PATH,   some, TOP(database), NULL, false, "a file", 0, 0 },
	{ "", "templates",  FORM_FOLDER,   NULL, TOP(templates), NULL, false, "a folder", 0, 0 },

	{ "heartbeat", "file", FORM_PATH, some, TOP(heartbeat_file), NULL, false, "a file", 0, 0 },
	{ "heartbeat", "url",  FORM_WORD, is_url, TOP(heartbeat_url), NULL, false, "https://…", 0, 0 },

	{ "caps", "recipient_day", FORM_NUMBER, NULL, TOP(cap_recipient_day), "3", false, "1 to 100", 1, 100 },
	{ "caps", "contact_week", FORM_NUMBER, NULL, TOP(cap_contact_week), "3", false, "1 to 100", 1, 100 },
	{ "caps", "checkins_day", FORM_NUMBER, NULL, TOP(cap_checkins_day), "2", false, "1 to 50", 1, 50 },
	{ "caps", "checkins_week", FORM_NUMBER, NULL, TOP(cap_checkins_week), "6", false, "1 to 200", 1, 200 },
	{ "caps", "owner_day", FORM_NUMBER, NULL, TOP(cap_owner_day), "100", false, "1 to 10000", 1, 10000 },
	{ "caps", "hour",      FORM_NUMBER, NULL, TOP(cap_hour), "200", false, "1 to 100000", 1, 100000 },

#define X(id, name, standard) { "look", name, FORM_CHOICE, NULL, TOP(look[LOOK_##id]), standard, false, "off, warn, block", 0, 0 },
	LOOK_SETTINGS(X)
#undef X
	{ "look", "stop", FORM_WORDS, NULL, TOP(look_stop), NULL, false, "words or phrases, parted by commas: [ \"confidential\" ]", 0, 0 },

	/* worktime's settings belong here too: hour, eod, workdays, holidays, quiet … (worktime_settings) */
	{ "owner", "name",       FORM_WORD,   NULL, OWNER(name), NULL, true, "a person's name", 0, 0 },
	{ "owner", "addresses",  FORM_WORDS,  addr_valid, OWNER(addresses), NULL, true,
	  "mail addresses, parted by commas: [ \"ada@example.org\", … ]", 0, 0 },
	{ "owner", "domains",    FORM_WORDS,  is_domain, OWNER(domains), NULL, false,
	  "mail domains, parted by commas: [ \"example.org\", … ]", 0, 0 },
	{ "owner", "zone",       FORM_ZONE,   NULL, OWNER(time.zone), NULL, true, "an IANA name such as \"Europe/Berlin\"", 0, 0 },
	{ "owner", "language",   FORM_WORD,   is_language, OWNER(language), "en", false, "two small letters of a language (ISO 639-1), such as \"en\"", 0, 0 },
	{ "owner", "title",      FORM_WORD,   any, OWNER(title), "", false, "a text", 0, 0 },
	{ "owner", "disclosure", FORM_WORD,   any, OWNER(disclosure), "", false, "a text", 0, 0 },
	{ "owner", "key",        FORM_WORD,   is_capture_key, OWNER(capture_key), "", false,
	  "8 to 40 small letters and digits", 0, 0 },
	{ "owner", "policy",     FORM_POLICY, NULL, OWNER(policy), "default", false, "the key of a policy", 0, 0 },
	{ "owner", "agenda",     FORM_WORD,   is_agenda, OWNER(agenda), "hour", false,
	  "a time of day, as \"8:00\"; hour, the start of the working day; or none", 0, 0 },
	{ "owner", "review",     FORM_CHOICE, NULL, OWNER(review), "monday", false,
	  "none, monday, tuesday, wednesday, thursday, friday, saturday, sunday", 0, 0 },
	{ "owner", "congress",   FORM_WORDS,  is_days, OWNER(congress), NULL, false,
	  "days, as [ \"2026-12-03 - 2026-12-06\", \"2027-02-09\" ]", 0, 0 },
	{ "owner", "sweep",      FORM_FLAG,   NULL, OWNER(sweep), "false", false, "true or false", 0, 0 },

	{ "mailbox", "kind",     FORM_CHOICE, NULL, MAILBOX(kind), NULL, true, "capture, personal", 0, 0 },
	{ "mailbox", "owner",    FORM_OWNER,  NULL, MAILBOX(owner), NULL, false, "the key of an owner", 0, 0 },
	SERVER("mailbox", struct mailbox_conf),
	{ "mailbox", "tracking", FORM_WORDS,  is_pattern, MAILBOX(tracking), NULL, false,
	  "addresses, parted by commas: [ \"kept@example.org\", \"*@kept.example.org\" ]", 0, 0 },
	{ "mailbox", "authserv", FORM_WORDS,  any, MAILBOX(authserv), NULL, false,
	  "names your mail server writes in Authentication-Results: [ \"mx.example.org\" ]", 0, 0 },
	{ "mailbox", "after",    FORM_AFTER,  NULL, MAILBOX(after), "seen", false, "\"seen\", \"keep\", \"move:FOLDER\"", 0, 0 },
	{ "mailbox", "watch",    FORM_WORDS,  NULL, MAILBOX(watch), "INBOX", false, "folders: [ \"INBOX\", \"\\\\Sent\" ]", 0, 0 },
	{ "mailbox", "folders",  FORM_WORDS,  NULL, MAILBOX(folders), NULL, false, "folders: [ \"Follow up\" ]", 0, 0 },
	{ "mailbox", "keywords", FORM_WORDS,  NULL, MAILBOX(keywords), NULL, false, "keywords: [ \"$Kept\", \"\\\\Flagged\" ]", 0, 0 },
	{ "mailbox", "labels",   FORM_WORDS,  NULL, MAILBOX(labels), NULL, false, "Gmail labels: [ \"kept\" ]", 0, 0 },
	{ "mailbox", "drafts",   FORM_WORD,   any, MAILBOX(drafts), "", false, "a folder: \"\\\\Drafts\", or its name", 0, 0 },
	{ "mailbox", "poll",     FORM_NUMBER, NULL, MAILBOX(poll), "60", false, "5 to 86400 seconds", 5, 86400 },

	SERVER("submission", struct submission),
	{ "submission", "from",  FORM_WORD,   addr_valid, SUBMISSION(from), NULL, true, "a mail address", 0, 0 },
	{ "submission", "owner", FORM_OWNER,  NULL, SUBMISSION(owner), NULL, false, "the key of an owner", 0, 0 },

	{ "calendar", "owner",   FORM_OWNER,  NULL, CALENDAR(owner), NULL, true, "the key of an owner", 0, 0 },
	{ "calendar", "kind",    FORM_CHOICE, NULL, CALENDAR(kind), "busy", false, "busy, caldav", 0, 0 },
	{ "calendar", "url",     FORM_WORD,   is_url, CALENDAR(url), NULL, false, "https://…", 0, 0 },
	{ "calendar", "file",    FORM_PATH,   some, CALENDAR(path), NULL, false, "a file (iCalendar)", 0, 0 },
	{ "calendar", "user",    FORM_WORD,   any, CALENDAR(user), "", false, "the name to log in with", 0, 0 },
	{ "calendar", "password", FORM_SECRET, NULL, CALENDAR(password), "", false,
	  "\"file:PATH\", \"command:COMMAND\", \"credential:NAME\"", 0, 0 },
	{ "calendar", "oauth",   FORM_OAUTH,  NULL, CALENDAR(oauth), NULL, false, "the key of a section of oauth", 0, 0 },
	{ "calendar", "ca",      FORM_PATH,   NULL, CALENDAR(ca), NULL, false, "a file of certificates (PEM)", 0, 0 },
	{ "calendar", "collection", FORM_WORD, is_segment, CALENDAR(collection), "kept", false, "letters, digits, -, _ and .", 0, 0 },

#define X(id, word, name) word ", "
	{ "oauth", "provider",  FORM_CHOICE, NULL, OAUTH(provider), "other", false, OAUTH_PROVIDERS(X) "other", 0, 0 },
#undef X
	{ "oauth", "grant",     FORM_CHOICE, NULL, OAUTH(grant), "login", false, "login, client_credentials", 0, 0 },
	{ "oauth", "client_id", FORM_WORD,   NULL, OAUTH(client_id), NULL, true, "what the provider calls the client that you registered there", 0, 0 },
	{ "oauth", "client_secret", FORM_SECRET, NULL, OAUTH(client_secret), "", false,
	  "\"file:PATH\", \"command:COMMAND\", \"credential:NAME\"", 0, 0 },
	{ "oauth", "tenant",    FORM_WORD,   is_segment, OAUTH(tenant), "common", false, "the tenant at Microsoft: a domain, an id, common", 0, 0 },
	{ "oauth", "scope",     FORM_WORDS,  is_scope, OAUTH(scope), NULL, false, "what the token is for: [ \"https://mail.google.com/\" ]", 0, 0 },
	{ "oauth", "authorization_endpoint", FORM_WORD, is_url, OAUTH(authorization_endpoint), NULL, false, "https://…", 0, 0 },
	{ "oauth", "token_endpoint", FORM_WORD, is_url, OAUTH(token_endpoint), NULL, false, "https://…", 0, 0 },
	{ "oauth", "device_authorization_endpoint", FORM_WORD, is_url, OAUTH(device_authorization_endpoint), NULL, false, "https://…", 0, 0 },
	{ "oauth", "revocation_endpoint", FORM_WORD, is_url, OAUTH(revocation_endpoint), NULL, false, "https://…", 0, 0 },
	{ "oauth", "issuer",    FORM_WORD, is_url, OAUTH(issuer), NULL, false, "https://…", 0, 0 },
	{ "oauth", "ca",        FORM_PATH,   NULL, OAUTH(ca), NULL, false, "a file of certificates (PEM)", 0, 0 },

	{ "team", "address",     FORM_WORD,   addr_valid, TEAM(address), NULL, true, "a mail address", 0, 0 },
	{ "team", "name",        FORM_WORD,   NULL, TEAM(name), NULL, false, "a name", 0, 0 },
	{ "team", "digest",      FORM_CHOICE, NULL, TEAM(digest), "none", false,
	  "none, monday, tuesday, wednesday, thursday, friday, saturday, sunday", 0, 0 },
	{ "team", "commercial",  FORM_FLAG,   NULL, TEAM(commercial), "false", false, "true or false", 0, 0 },

	{ "cadence", "ideal",    FORM_WORD,   NULL, CADENCE(ideal), NULL, true, "a length of time, such as \"6w\" or \"1mo\"", 0, 0 },
	{ "cadence", "latest",   FORM_WORD,   NULL, CADENCE(latest), "", false, "a length of time, such as \"8w\" or \"2mo\"", 0, 0 },

	{ "policy", "due",       FORM_WORD,   NULL, POLICY(due), "3bd", false, "an expression such as \"3bd\" (kept(7))", 0, 0 },
	{ "policy", "remind",    FORM_WORDS,  NULL, POLICY(remind), "0, +1bd, +3bd", false,
	  "times around the due one, parted by commas: [ \"-1bd\", \"0\", \"+3bd\" ]", 0, 0 },
	{ "policy", "every",     FORM_WORD,   NULL, POLICY(every), "1w", false, "a length of time such as \"1w\"", 0, 0 },
	{ "policy", "limit",     FORM_NUMBER, NULL, POLICY(limit), "8", false, "1 to 100", 1, 100 },
	{ "policy", "outside",   FORM_CHOICE, NULL, POLICY(outside), "approve", false, "approve, auto, never", 0, 0 },
	{ "policy", "prepare",  FORM_WORDS,  any, POLICY(prepare), "receipt, progress, delay, delivery, aftercare", false,
	  "kinds of mail to others: [ \"receipt\", \"progress\", \"delay\", \"delivery\", \"aftercare\" ]; [ ] for none", 0, 0 },
	{ "policy", "auto",     FORM_WORDS,  any, POLICY(automatic), NULL, false, "kinds of mail that leave without your word: [ \"receipt\" ]", 0, 0 },
	{ "policy", "progress", FORM_WORD,   NULL, POLICY(progress), "+1bd", false, "a time after the due one, such as \"+1bd\"", 0, 0 },
	{ "policy", "aftercare", FORM_WORD,  NULL, POLICY(aftercare), "+5bd", false, "a time after the delivery, such as \"+5bd\"", 0, 0 },
	{ "policy", "close",    FORM_WORD,   NULL, POLICY(close), "+10bd", false, "a time after the aftercare, such as \"+10bd\"", 0, 0 },
	{ "policy", "team_due", FORM_WORD,   NULL, POLICY(team_due), "-2bd", false, "a time before the due one, such as \"-2bd\"", 0, 0 },
	{ "policy", "day_full", FORM_NUMBER, NULL, POLICY(day_full), "5", false, "0 to 100; 0: no day is", 0, 100 },
	{ "policy", "owners",   FORM_WORDS,  NULL, POLICY(of_owners), NULL, false, "keys of owners: [ \"ada\" ]", 0, 0 },
	{ "policy", "stages",   FORM_WORDS,  NULL, POLICY(of_stages), NULL, false, "stages of the contact: [ \"establishing\" ]", 0, 0 },
	{ "policy", "teams",    FORM_WORDS,  NULL, POLICY(of_teams), NULL, false, "keys of teams: [ \"medinfo\" ]", 0, 0 },
	{ "policy", "words",    FORM_WORDS,  NULL, POLICY(of_words), NULL, false, "words of what was promised: [ \"reprint\", \"data on file\" ]", 0, 0 },
};
const size_t conf_table_rows = sizeof conf_table / sizeof *conf_table;

const struct conf_key *conf_key_find(const char *in, const char *name)
{
	for (size_t i = 0; i < conf_table_rows; i++)
		if (strcmp(conf_table[i].in, in) == 0 && strcmp(conf_table[i].name, name) == 0)
			return &conf_table[i];
	return NULL;
}

bool conf_is_worktime(const char *name)
{
	for (size_t i = 0; worktime_settings[i]; i++)
		if (strcmp(worktime_settings[i], name) == 0)
			return true;
	return false;
}

const char *conf_key_near(struct pool *p, const char *in, const char *name)
{
	const char **names = NULL;
	size_t n = 0;

	for (size_t i = 0; i < conf_table_rows; i++)
		if (strcmp(conf_table[i].in, in) == 0)
			*(const char **)pool_more(p, &names, n, sizeof *names) = conf_table[i].name, n++;
	for (size_t i = 0; strcmp(in, "owner") == 0 && worktime_settings[i]; i++)
		*(const char **)pool_more(p, &names, n, sizeof *names) = worktime_settings[i], n++;
	*(const char **)pool_more(p, &names, n, sizeof *names) = NULL;
	return text_nearest(name, names);
}
