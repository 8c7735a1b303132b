/* kept init, the questions: who, which mailbox, the password */
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/kept_file.h"
#include "daemon/kept_init.h"
#include "daemon/kept_terminal.h"

enum { PASSWORD_MOST = 4096 };

bool init_ask(struct init *i, const char **to, const char *option, const char *question, const char *standard)
{
	if (*to)
		return true;
	if (i->terminal >= 0 && !terminal_ask(i->pool, i->terminal, question, standard, to)) {
		i->ended = true;
		return !init_ended(i);
	}
	if (i->terminal < 0)
		*to = standard;
	return **to || init_lacks(i, "%s say it by %s", question, option);
}

bool init_agrees(struct init *i, const char *question, bool standard)
{
	bool agreed = standard;

	if (i->terminal >= 0)
		i->ended = i->ended || !terminal_agrees(i->pool, i->terminal, question, standard, &agreed);
	return agreed && !i->ended;
}

bool init_ended(const struct init *i)
{
	if (i->ended)
		init_no("the answers ended; nothing was changed");
	return i->ended;
}

/* Asked until it fits; one that was said beforehand is wrong use where it does not. */
static bool ask_fitting(struct init *i, const char **to, const char *option, const char *question, const char *standard,
                        bool (*fits)(struct init *, const char *))
{
	bool typed = !*to && i->terminal >= 0;

	while (init_ask(i, to, option, question, standard)) {
		if (fits(i, *to))
			return true;
		if (!typed) {
			i->rc = WRONG_USE;
			return false;
		}
		*to = NULL;
	}
	return false;
}

/* ---- what this machine knows ---- */

static const char *own_name(struct init *i)
{
	const struct passwd *w = getpwuid(getuid());
	const char *full = w && w->pw_gecos ? w->pw_gecos : "";
	const char *name = line_from(i->pool, pool_slice(i->pool, full, strcspn(full, ",")), NAME_MOST).s;

	return *name && strcmp(name, "root") != 0 ? name : addr_local(i->pool, i->address);
}

static bool is_zone(struct init *i, const char *name)
{
	const struct zone *z;

	return name && *name && zone_load(i->pool, name, &z, NULL);
}

/* "berlin", "new york", "europe/berlin": the zone that has this place in its name; NULL: none */
static const char *zone_of_place(struct init *i, const char *said)
{
	char line[512], name[64], *place = pool_copy(i->pool, said);
	const char *found = NULL;
	FILE *f = fopen("/usr/share/zoneinfo/tzdata.zi", "r");

	for (char *c = place; *c; c++)
		*c = *c == ' ' ? '_' : *c;
	while (f && !found && fgets(line, sizeof line, f)) {
		const char *slash;

		if ((sscanf(line, "Z %63s", name) == 1 || sscanf(line, "L %*s %63s", name) == 1) && (slash = strrchr(name, '/')) &&
		    (text_same(slash + 1, place) || text_same(name, place)) && is_zone(i, name))
			found = pool_copy(i->pool, name);
	}
	if (f)
		fclose(f);
	return found;
}

static bool zone_fits(struct init *i, const char *name)
{
	const char *meant;

	if (is_zone(i, name))
		return true;
	meant = zone_of_place(i, name);
	return meant ? init_no("%s: there is no such time zone; did you mean %s?", name, meant)
		     : init_no("%s: there is no such time zone; as Europe/Berlin", name);
}

static const char *own_zone(struct init *i)
{
	static const char folder[] = "/zoneinfo/";
	const char *set = getenv("TZ"), *at;
	char path[PATH_MAX];

	if (set && is_zone(i, set + (*set == ':')))
		return set + (*set == ':');
	if (realpath("/etc/localtime", path) && (at = strstr(path, folder)) && is_zone(i, at + sizeof folder - 1))
		return pool_copy(i->pool, at + sizeof folder - 1);
	return "UTC";
}

static const char *own_language(struct init *i)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	static const char *const known[] = { "de", "fr", "es" };

	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		const char *set = getenv(names[k]);

		if (!set || !*set)
			continue;
		for (size_t l = 0; l < sizeof known / sizeof *known; l++)
			if (text_starts(set, known[l]))
				return pool_copy(i->pool, known[l]);
		break;
	}
	return "en";
}

/* A group's name in the configuration: letters of the address, and "me" where there are none, or they mean something
 * else there. */
static const char *key_of(struct pool *p, const char *address)
{
	static const char *const others[] = { "", "capture", "main", "true", "false" };
	char *s = addr_lower(p, addr_local(p, address));

	s[strspn(s, "abcdefghijklmnopqrstuvwxyz")] = '\0';
	for (size_t k = 0; k < sizeof others / sizeof *others; k++)
		if (strcmp(s, others[k]) == 0)
			return "me";
	return s;
}

/* ---- who ---- */

static bool is_address(struct init *i, const char *s)
{
	(void)i;
	if (addr_valid(s) && addr_ascii(s))
		return true;
	kept_say(WRONG_USE, "%s: this is no mail address that kept can write to", s);
	return false;
}

/* What it could do with the owner's own mailbox; nothing of it unless they say so. */
static bool ask_offers(struct init *i)
{
	struct {
		bool *to;
		const char *question;
	} const offers[] = {
		{ &i->sent, "Read what you send, too, so that it is seen when you keep a promise?" },
		{ &i->flags, "Take what you flag for a promise?" },
		{ &i->drafts,
		  "Lay mail to others into your Drafts, where you send it or not (else you are asked by mail)?" },
	};

	if (!i->shared && (i->sent || i->flags || i->drafts))
		return init_no(
			"--sent, --flags and --drafts are of your own mailbox, which is not read with --mailbox; the configuration "
			"will show how it can be");
	for (size_t k = 0; i->shared && k < sizeof offers / sizeof *offers; k++)
		*offers[k].to = *offers[k].to || init_agrees(i, offers[k].question, false);
	return !init_ended(i);
}

bool init_ask_who(struct init *i)
{
	if (!ask_fitting(i, &i->address, "`kept init ADDRESS`", "Your own mail address?", "", is_address))
		return false;
	i->address = addr_clean(i->pool, i->address);
	if (!init_ask(i, &i->name, "--name", "Your name?", own_name(i)))
		return false;
	if (!ask_fitting(i, &i->zone, "--zone", "Your time zone?", own_zone(i), zone_fits))
		return false;
	if (!i->language)
		i->language = own_language(i);
	if (!i->mailbox && i->terminal >= 0)
		dprintf(i->terminal,
		        "kept works best with a mailbox of its own, as kept@example.org. It can share yours, where it reads\n"
		        "nothing but what comes to an address of its own with a +.\n");
	if (!ask_fitting(i, &i->mailbox, "--mailbox", "kept's mailbox?", i->address, is_address))
		return false;
	i->mailbox = addr_clean(i->pool, i->mailbox);
	i->shared = addr_same(i->mailbox, i->address);
	if (i->shared && strchr(addr_local(i->pool, i->address), '+'))
		return init_no("%s: name the mailbox without what is behind its +", i->address);
	i->owner_key = key_of(i->pool, i->address);
	if (!i->tracking)
		i->tracking = i->shared ? addr_with(i->pool, i->address, "kept") : i->mailbox;
	/* of a whole domain too each must be an address: it stands in comments of what is written */
	return is_address(i, *i->tracking == '*' ? pool_print(i->pool, "any%s", i->tracking + 1) : i->tracking) && ask_offers(i);
}

/* ---- the password ---- */

bool init_hold(struct init *i, const char *secret, const char **name)
{
	size_t n = strlen(secret);
	bool well;

	if (i->typed < 0)
		i->typed = memfd_create("kept", MFD_CLOEXEC);
	well = i->typed >= 0 && fchmod(i->typed, 0600) == 0 && ftruncate(i->typed, 0) == 0 &&
	       pwrite(i->typed, secret, n, 0) == (ssize_t)n;
	*name = pool_print(i->pool, "file:/proc/self/fd/%d", i->typed);
	return well || init_no("no memory for the password");
}

/* Is that the one which is held? */
static bool is_held(const struct init *i, const char *secret)
{
	char held[PASSWORD_MOST] = "";
	ssize_t n = i->typed >= 0 ? pread(i->typed, held, sizeof held, 0) : -1;
	bool is = n == (ssize_t)strlen(secret) && memcmp(held, secret, (size_t)n) == 0;

	explicit_bzero(held, sizeof held);
	return is;
}

bool init_type_password(struct init *i, const char *question)
{
	char password[PASSWORD_MOST] = "";
	bool well = terminal_secret(i->terminal, question, password, sizeof password);

	i->ended = !well || is_held(i, password);
	well = !well ? init_no("no password was given; nothing was changed")
	       : i->ended ? init_no("that is the one that was refused: it is not sent twice, for providers lock accounts; nothing was changed")
	                  : init_hold(i, password, &i->password);
	explicit_bzero(password, sizeof password);
	return well;
}

bool init_ask_password(struct init *i)
{
	i->secret = pool_print(i->pool, "%s%s.secret", i->folder, i->shared ? i->owner_key : "kept");
	if (i->password && strncmp(i->password, "file:", 5) == 0)
		i->password = pool_print(i->pool, "file:%s", file_absolute(i->pool, i->password + 5));
	if (!i->password && access(i->secret, F_OK) == 0)
		i->password = pool_print(i->pool, "file:%s", i->secret); /* `kept secret set` was there before */
	if (i->password) {
		i->secret = NULL;
		return true;
	}
	if (i->terminal < 0)
		return init_lacks(
			i, "the password: say where it lies by --password file:PATH, command:COMMAND or credential:NAME; or "
			"`kept secret set %s` asks for it",
			i->shared ? i->owner_key : "kept");
	if (i->found.oauth.token_endpoint &&
	    init_agrees(i, "Log in with a browser, by a client that you register there, in place of a password?", false))
		return init_ask_client(i);
	if (init_ended(i))
		return false;
	if (i->found.provider)
		dprintf(i->terminal, "%s.\n", provider_password(i->pool, i->found.provider));
	return init_type_password(i, pool_print(i->pool, "Password of %s (it is not shown):", i->found.imap.server.user));
}
