#include "nouns/provider.h"

#include <string.h>
#include <strings.h>

#define X(name, domains, mx, imap, imap_port, imap_tls, smtp, smtp_port, smtp_tls, user, login, oauth, where, plus, authserv, \
	  sent, note) \
	{ name, domains, mx, { .host = imap, .port = imap_port, .tls = imap_tls }, \
	  { .host = smtp, .port = smtp_port, .tls = smtp_tls }, user, login, oauth, where, plus, authserv, sent, note },
static const struct provider providers[] = {
#include "nouns/provider.def"
};
#undef X

/* "com", "de", "co.uk", "com.br": below anything else is a name that anybody may have. */
static bool is_ending(const char *s)
{
	size_t many = strncasecmp(s, "com.", 4) == 0 ? 4 : strncasecmp(s, "co.", 3) == 0 ? 3 : 0;

	if (!many && strcasecmp(s, "com") == 0)
		return true;
	return strlen(s + many) == 2 && !strchr(s + many, '.');
}

/* Is `name` one of these, parted by blanks, or under it? */
static bool among(const char *list, const char *name)
{
	size_t n;

	for (const char *s = list; *s; s += n + strspn(s + n, " ")) {
		char one[64];

		n = strcspn(s, " ");
		if (n >= sizeof one)
			continue;
		memcpy(one, s, n);
		one[n] = '\0';
		if (n > 2 && strcmp(one + n - 2, ".*") == 0) {
			if (strncasecmp(name, one, n - 1) == 0 && is_ending(name + n - 1))
				return true;
		} else if (domain_under(name, one)) {
			return true;
		}
	}
	return false;
}

static const struct provider *find(const char *name, bool mx)
{
	for (size_t i = 0; *name && i < sizeof providers / sizeof *providers; i++)
		if (among(mx ? providers[i].mx : providers[i].domains, name))
			return &providers[i];
	return NULL;
}

const struct provider *provider_of_domain(const char *domain)
{
	return find(domain, false);
}

const struct provider *provider_of_mx(const char *host)
{
	return find(host, true);
}

const struct provider *provider_of_host(const char *host)
{
	for (size_t i = 0; i < sizeof providers / sizeof *providers; i++)
		if (providers[i].login != PROVIDER_BRIDGE && providers[i].login != PROVIDER_NONE &&
		    (strcasecmp(host, providers[i].imap.host) == 0 || strcasecmp(host, providers[i].smtp.host) == 0))
			return &providers[i];
	return NULL;
}

static const char *which(struct pool *p, const struct provider *v)
{
	switch (v->login) {
	case PROVIDER_PASSWORD: break;
	case PROVIDER_APP: return pool_print(p, "%s wants an app password, not that of the account: %s", v->name, v->where);
	case PROVIDER_OAUTH: return pool_print(p, "%s takes no passwords from mail programs; kept init opens a login with a browser in their place", v->name);
	case PROVIDER_NONE:
		return pool_print(p,
		                  "%s lets no mail program in (it has no IMAP): give kept a mailbox elsewhere, and put "
		                  "its address into BCC from there",
		                  v->name);
	case PROVIDER_BRIDGE: return pool_print(p, "%s is reached by %s on this machine, which shows a password of its own", v->name, v->where);
	}
	return "the password of the mailbox";
}

const char *provider_password(struct pool *p, const struct provider *v)
{
	return pool_print(p, "%s%s%s", which(p, v), *v->note ? "; " : "", v->note);
}
