#include "nouns/provider.h"

#include <string.h>
#include <strings.h>

#define X(name, domains, mx, imap, imap_port, imap_tls, smtp, smtp_port, smtp_tls, login, oauth, where, plus, authserv, sent, note) \
	{ name, domains, mx, { .host = imap, .port = imap_port, .tls = imap_tls }, \
	  { .host = smtp, .port = smtp_port, .tls = smtp_tls }, login, oauth, where, plus, authserv, sent, note },
static const struct provider providers[] = {
#include "nouns/provider.def"
};
#undef X

/* Is `name` one of these, parted by blanks, or under it? NAME.*: any ending of one or two labels. */
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
			const char *dot;

			if (strlen(name) < n || strncasecmp(name, one, n - 1) != 0)
				continue;
			dot = strchr(name + n - 1, '.');
			if (!dot || !strchr(dot + 1, '.'))
				return true;
		} else if (domain_under(name, one)) {
			return true;
		}
	}
	return false;
}

static const struct provider *find(const char *name, size_t list)
{
	for (size_t i = 0; i < sizeof providers / sizeof *providers; i++) {
		const char *const *names = (const void *)((const char *)&providers[i] + list);

		if (*name && among(*names, name))
			return &providers[i];
	}
	return NULL;
}

const struct provider *provider_of_domain(const char *domain)
{
	return find(domain, offsetof(struct provider, domains));
}

const struct provider *provider_of_mx(const char *host)
{
	return find(host, offsetof(struct provider, mx));
}

const struct provider *provider_of_host(const char *host)
{
	for (size_t i = 0; i < sizeof providers / sizeof *providers; i++)
		if (providers[i].login != PROVIDER_BRIDGE &&
		    (strcasecmp(host, providers[i].imap.host) == 0 || strcasecmp(host, providers[i].smtp.host) == 0))
			return &providers[i];
	return NULL;
}

static const char *which(struct pool *p, const struct provider *v)
{
	switch (v->login) {
	case PROVIDER_PASSWORD: break;
	case PROVIDER_APP: return pool_print(p, "%s wants an app password, not that of the account: %s", v->name, v->where);
	case PROVIDER_OAUTH: return pool_print(p, "%s takes no passwords from mail programs; tokens are in their place: kept.conf(5), oauth", v->name);
	case PROVIDER_BRIDGE: return pool_print(p, "%s is reached by %s on this machine, which shows a password of its own", v->name, v->where);
	}
	return "the password of the mailbox";
}

const char *provider_password(struct pool *p, const struct provider *v)
{
	return pool_print(p, "%s%s%s", which(p, v), *v->note ? "; " : "", v->note);
}
