#include "nouns/addr.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ground/text.h"

static bool atom_character(unsigned char c)
{
	return c >= 0x80 || isalnum(c) || strchr("!#$%&'*+/=?^_`{|}~-.", c) != NULL;
}

static bool local_valid(const char *s, size_t n)
{
	if (n == 0 || n > 64)
		return false;
	if (s[0] == '"') { /* RFC 5321 4.1.2 Quoted-string */
		if (n < 3 || s[n - 1] != '"')
			return false;
		for (size_t i = 1; i + 1 < n; i++) {
			if (s[i] == '\\' && i + 2 < n)
				i++;
			else if (s[i] == '"' || s[i] == '\\')
				return false;
			if ((unsigned char)s[i] < ' ' || s[i] == 0x7f)
				return false;
		}
		return true;
	}
	/* two dots together, or one at the end, are no dot-atom, but some providers hand them out: taken */
	for (size_t i = 0; i < n; i++)
		if (!atom_character((unsigned char)s[i]))
			return false;
	return true;
}

static bool domain_valid(const char *s)
{
	size_t n = strlen(s), label = 0;

	if (n == 0 || n > 255)
		return false;
	if (s[0] == '[') { /* RFC 5321 4.1.3 address literal */
		for (size_t i = 1; i + 1 < n; i++)
			if (!isxdigit((unsigned char)s[i]) && !strchr(".:IPv", s[i]))
				return false;
		return n > 2 && s[n - 1] == ']';
	}
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '.') {
			if (label == 0)
				return false;
			label = 0;
			continue;
		}
		if (c < 0x80 && !isalnum(c) && c != '-' && c != '_')
			return false;
		if (++label > 63)
			return false;
	}
	return label > 0;
}

bool addr_valid(const char *a)
{
	const char *at = a ? strrchr(a, '@') : NULL;

	return at && strlen(a) <= ADDRESS_MOST && utf8_valid(a, strlen(a)) && local_valid(a, (size_t)(at - a)) && domain_valid(at + 1);
}

bool addr_same(const char *a, const char *b)
{
	return strcasecmp(a ? a : "", b ? b : "") == 0;
}

const char *addr_domain(const char *a)
{
	const char *at = strrchr(a, '@');

	return at ? at + 1 : "";
}

char *addr_local(struct pool *p, const char *a)
{
	const char *at = strrchr(a, '@');

	return at ? pool_slice(p, a, (size_t)(at - a)) : pool_copy(p, a);
}

char *addr_lower(struct pool *p, const char *a)
{
	char *s = pool_copy(p, a ? a : "");

	for (char *c = s; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c += 32;
	return s;
}

char *addr_clean(struct pool *p, const char *s)
{
	const char *end;
	char *a, *at;

	while (*s && (isspace((unsigned char)*s) || *s == '<'))
		s++;
	if (text_starts(s, "mailto:"))
		s += strlen("mailto:");
	end = s + strlen(s);
	while (end > s && (isspace((unsigned char)end[-1]) || end[-1] == '>'))
		end--;
	a = pool_slice(p, s, (size_t)(end - s));
	if (!addr_valid(a))
		return NULL;
	for (at = strrchr(a, '@'); *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at += 32;
	return a;
}

bool addrs_has(const struct addrs *l, const char *address)
{
	for (size_t i = 0; i < l->n; i++)
		if (addr_same(l->list[i].address, address))
			return true;
	return false;
}

void addrs_add(struct pool *p, struct addrs *l, const char *name, const char *address)
{
	if (addrs_has(l, address))
		return;
	*(struct addr *)pool_more(p, &l->list, l->n, sizeof *l->list) = (struct addr){ name ? name : "", address };
	l->n++;
}

bool domain_under(const char *domain, const char *of)
{
	size_t n = strlen(domain), m = strlen(of);

	return m > 0 && n >= m && strcasecmp(domain + n - m, of) == 0 && (n == m || domain[n - m - 1] == '.');
}

const char *domain_house(const char *host)
{
	enum { SHORT = 3 };
	const char *s = host + strlen(host);
	size_t label = 0, labels = 0;

	if (s == host || !isalpha((unsigned char)s[-1]) || strchr(host, ':'))
		return host;
	for (; s > host; s--, label++) {
		if (s[-1] != '.')
			continue;
		labels++;
		if (labels > 2 || (labels == 2 && label > SHORT))
			return s;
		label = (size_t)-1;
	}
	return host;
}

bool addr_in_domains(const char *address, const char *const *domains, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (domain_under(addr_domain(address), domains[i]))
			return true;
	return false;
}

/* A local part as written: quotes off (RFC 5321), and %XX, =XX undone, which some clients put in a plus-address. */
static char *local_plain(struct pool *p, const char *a)
{
	char *s = addr_local(p, a), *to = s;
	size_t n = strlen(s);
	bool quoted = n >= 2 && s[0] == '"' && s[n - 1] == '"';
	const char *from = quoted ? s + 1 : s, *end = quoted ? s + n - 1 : s + n;

	while (from < end) {
		if (quoted && *from == '\\' && from + 1 < end) {
			from++;
			*to++ = *from++;
		} else if ((*from == '%' || *from == '=') && from + 2 < end && isxdigit((unsigned char)from[1]) && isxdigit((unsigned char)from[2])) {
			char hex[3] = { from[1], from[2], 0 };
			unsigned v = 0;

			for (int i = 0; i < 2; i++)
				v = v * 16 + (unsigned)(isdigit((unsigned char)hex[i]) ? hex[i] - '0' : (hex[i] | 32) - 'a' + 10);
			if (v < ' ' || v == 0x7f) {
				*to++ = *from++;
			} else {
				*to++ = (char)v;
				from += 3;
			}
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
	return utf8_mend(p, s, strlen(s));
}

bool addr_tracks(struct pool *p, const char *pattern, const char *address, const char **detail)
{
	const char *at = strrchr(pattern, '@');
	char *local;
	size_t n;

	if (!at || !addr_same(at + 1, addr_domain(address)) || !strrchr(address, '@'))
		return false;
	local = local_plain(p, address);
	n = (size_t)(at - pattern);
	if (n == 1 && pattern[0] == '*') {
		if (detail)
			*detail = local;
		return true;
	}
	if (strncasecmp(local, pattern, n) != 0 || (local[n] != '\0' && local[n] != '+'))
		return false;
	if (detail)
		*detail = local[n] ? local + n + 1 : "";
	return true;
}

char *addr_with(struct pool *p, const char *pattern, const char *detail)
{
	const char *at = strrchr(pattern, '@');

	if (!at)
		return pool_copy(p, pattern);
	if (at == pattern + 1 && pattern[0] == '*')
		return pool_print(p, "%s%s", detail, at);
	return pool_print(p, "%.*s+%s%s", (int)(at - pattern), pattern, detail, at);
}

bool addr_ascii(const char *address)
{
	for (; *address > ' ' && *address < 0x7f; address++)
		;
	return !*address;
}

const char *addr_called(const char *name, const char *address)
{
	static const char *const at[] = { "@", "\xEF\xBC\xA0", "\xEF\xB9\xAB", NULL }; /* the wide and the small one too */

	for (size_t i = 0; name && at[i]; i++)
		if (strstr(name, at[i]))
			return address;
	return name && *name ? name : address;
}

const char *addr_typed(const char *address)
{
	size_t n = strspn(address, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+@_-");

	return n && !address[n] && *address != '-' ? address : "ADDRESS";
}

/* Where the first of them ends. */
static size_t first_of(const char *list)
{
	bool quoted = false;
	size_t n = 0;

	for (; list[n] && (quoted || list[n] != ',' || list[n + 1] != ' '); n++) {
		if (quoted && list[n] == '\\' && list[n + 1])
			n++;
		else if (list[n] == '"')
			quoted = !quoted;
	}
	return n;
}

struct addrs addrs_split(struct pool *p, const char *list)
{
	struct addrs all = { 0 };

	for (size_t n; *list; list += n + (list[n] ? 2 : 0)) {
		n = first_of(list);
		*(struct addr *)pool_more(p, &all.list, all.n++, sizeof *all.list) = (struct addr){ "", pool_slice(p, list, n) };
	}
	return all;
}

char *addrs_join(struct pool *p, const struct addrs *all)
{
	char *s = pool_copy(p, "");

	for (size_t i = 0; i < all->n; i++)
		s = pool_print(p, "%s%s%s", s, i ? ", " : "", addr_lower(p, all->list[i].address));
	return s;
}

bool addr_among(const char *list, const char *address)
{
	size_t n, k = strlen(address);

	for (; *list; list += n + (list[n] ? 2 : 0)) {
		n = first_of(list);
		if (n == k && strncasecmp(list, address, n) == 0)
			return true;
	}
	return false;
}

char *addrs_names(struct pool *p, const struct addrs *to)
{
	struct text *t = text_new(p, NAME_MOST);

	for (size_t i = 0; i < to->n && i < 4; i++) {
		const char *name = addr_called(to->list[i].name, to->list[i].address);

		text_print(t, "%s%s", !i ? "" : i + 1 == to->n ? " and " : ", ", name);
	}
	if (to->n > 4)
		text_print(t, " and %zu more", to->n - 4);
	return t->s;
}

bool domain_is_public(const char *domain)
{
	/* whole domains, or a first label with any ending */
	static const char *const list[] = {
		"gmail.com", "googlemail.com", "outlook.*", "hotmail.*", "live.*", "msn.com", "yahoo.*", "ymail.com",
		"rocketmail.com", "aol.*", "icloud.com", "me.com", "mac.com", "gmx.*", "web.de", "freenet.de",
		"t-online.de", "arcor.de", "posteo.*",
		"mailbox.org", "proton.me", "protonmail.*", "pm.me", "tutanota.*", "tuta.io", "tuta.com",
		"fastmail.*", "zoho.*", "zohomail.*",
		"mail.com", "email.com", "hey.com", "mail.ru", "bk.ru", "list.ru", "inbox.ru", "yandex.*", "ya.ru",
		"rambler.ru", "qq.com", "163.com",
		"126.com", "yeah.net", "sina.com", "sohu.com", "naver.com", "daum.net", "hanmail.net",
		"rediffmail.com", "orange.fr", "wanadoo.fr",
		"free.fr", "laposte.net", "sfr.fr", "libero.it", "virgilio.it", "alice.it", "tin.it", "tiscali.*",
		"telefonica.net", "terra.*", "uol.com.br",
		"bol.com.br", "sapo.pt", "ziggo.nl", "kpnmail.nl", "planet.nl", "telenet.be", "skynet.be",
		"bluewin.ch", "hispeed.ch", "btinternet.com",
		"sky.com", "virginmedia.com", "ntlworld.com", "comcast.net", "verizon.net", "att.net",
		"sbcglobal.net", "bellsouth.net", "cox.net",
		"charter.net", "earthlink.net", "shaw.ca", "rogers.com", "bigpond.com", "optusnet.com.au",
		"seznam.cz", "wp.pl", "o2.pl", "onet.pl",
		"interia.pl", "abv.bg", "centrum.cz", "freemail.hu", "citromail.hu", "inbox.lv", "ukr.net",
		"walla.co.il", "mail.ee", NULL
	};

	for (size_t i = 0; list[i]; i++) {
		size_t n = strlen(list[i]);

		if (list[i][n - 1] == '*' ? strncasecmp(domain, list[i], n - 1) == 0 : strcasecmp(domain, list[i]) == 0)
			return true;
	}
	return false;
}
