#include "borders/caldav.h"

#include <string.h>

#include "borders/oauth.h"
#include "letters/davxml.h"

enum { PARTS_MOST = 100, GET_MOST = 50 };

static bool token_of(const struct calendar_conf *c, const char *refused, char **out, struct err *e)
{
	return oauth_token(&(struct server){ .user = c->user, .oauth = c->oauth }, refused, out, NULL, e);
}

bool caldav_open(const struct calendar_conf *c, struct http **out, struct err *e)
{
	if (!http_open(c, out, e))
		return false;
	if (c->oauth)
		http_bearer(*out, token_of);
	return true;
}

static bool refused(const struct http_answer *a, struct pool *p, const char *what, struct err *e)
{
	const char *host = http_host(p, a->url);

	if (a->status == 401)
		return err_perm(e, "%s: the login was refused", host);
	if (a->status == 403)
		return err_perm(e, "%s: the server forbids it (%s)", host, what);
	if (a->status == 404 || a->status == 405 || a->status == 410)
		return err_code(e, CALDAV_GONE, "%s: there is no calendar (%s: %d)", host, what, a->status);
	if (a->status == 507)
		return err_perm(e, "%s: the server has no room (%s)", host, what);
	return err_temp(e, "%s: the server says %d (%s)", host, a->status, what);
}

/* A question with XML; `out` is read where the answer is XML at all. */
static bool ask(struct caldav *c, struct pool *p, const char *method, const char *url, const char *depth,
		const char *xml, struct http_answer *a, struct dav_answer *out, struct err *e)
{
	struct http_request q = { .method = method,
				  .url = url,
				  .depth = depth,
				  .body = xml,
				  .n = strlen(xml),
				  .type = "application/xml; charset=utf-8" };

	*out = (struct dav_answer){ .token = "", .broken = "it is empty" };
	if (!http_ask(c->http, p, &q, a, e))
		return false;
	if (!a->n || (a->status != 207 && !strstr(a->type, "xml")))
		return true;
	return reader_dav(c->reader, p, a->bytes, a->n, out, e);
}

/* The same, and nothing but a multistatus will do. */
static bool ask_list(struct caldav *c, struct pool *p, const char *method, const char *url, const char *depth,
		     const char *xml, struct http_answer *a, struct dav_answer *out, struct err *e)
{
	if (!ask(c, p, method, url, depth, xml, a, out, e))
		return false;
	if (a->status != 207)
		return refused(a, p, method, e);
	return !*out->broken || err_temp(e, "%s: the answer cannot be read: %s", http_host(p, url), out->broken);
}

/* ---- finding ---- */

static const char *with_slash(struct pool *p, const char *url)
{
	return url[strlen(url) - 1] == '/' ? url : pool_print(p, "%s/", url);
}

struct found {
	bool calendar;
	const char *principal, *home; /* addresses; NULL: not said */
};

/* Where it says that it goes on; at a big house that is another host (RFC 4791 6.2.1, RFC 5397). */
static bool lead(struct pool *p, const char *base, const char *href, const char **out, struct err *e)
{
	const char *host;

	*out = *href ? http_resolve_near(p, base, href, &host) : NULL;
	return *out || !*href ||
	       err_perm(e,
			"%s: the calendars lie on %s, which the password was not given for; if it is meant, set url to "
			"https://%s/",
			http_host(p, base), *host ? host : "no host", host);
}

static bool look(struct caldav *c, struct pool *p, const char *url, struct found *out, int *status, struct err *e)
{
	struct http_answer a;
	struct dav_answer d;

	*out = (struct found){ 0 };
	if (!ask(c, p, "PROPFIND", url, "0", davxml_find, &a, &d, e))
		return false;
	*status = a.status;
	if (a.status == 401)
		return refused(&a, p, "PROPFIND", e);
	for (size_t i = 0; a.status == 207 && i < d.n && i < 1; i++) {
		out->calendar = d.items[i].calendar;
		if (!lead(p, a.url, d.items[i].principal, &out->principal, e) ||
		    !lead(p, a.url, d.items[i].home, &out->home, e))
			return false;
	}
	return true;
}

static bool make(struct caldav *c, struct pool *p, const char *url, struct err *e)
{
	struct http_answer a;
	struct dav_answer d;

	if (!ask(c, p, "MKCALENDAR", url, NULL, davxml_make, &a, &d, e))
		return false;
	return a.status == 201 || a.status == 200 || refused(&a, p, "MKCALENDAR", e);
}

bool caldav_find(struct caldav *c, struct pool *p, struct err *e)
{
	const char *given = with_slash(p, c->conf->url), *path = strchr(strstr(given, "://") + 3, '/');
	const char *starts[] = { given, strcmp(path, "/") == 0 ? http_resolve(p, given, "/.well-known/caldav") : NULL };
	const char *home = NULL, *url = "";
	struct found at = { 0 };
	int status = 0, first = 0;

	for (size_t i = 0; i < 2 && !home && starts[i]; i++) {
		if (!look(c, p, starts[i], &at, &status, e))
			return false;
		first = first ? first : status;
		if (at.calendar) { /* a collection was named: that one */
			c->collection = given;
			return true;
		}
		home = at.home;
		if (!home && at.principal) {
			if (!look(c, p, at.principal, &at, &status, e))
				return false;
			home = at.home;
		}
	}
	if (!home && status == 207)
		home = given; /* a server without principals: the address is the home */
	if (!home)
		return refused(&(struct http_answer){ .status = first, .url = given }, p,
			       "no calendar was found from this address", e);
	url = with_slash(p, pool_print(p, "%s%s", with_slash(p, home), c->conf->collection));
	if (!look(c, p, url, &at, &status, e))
		return false;
	if (status == 207 && !at.calendar)
		return err_perm(e, "%s: %s is there and is no calendar; another collection", http_host(p, url),
				c->conf->collection);
	if (status != 207 && !make(c, p, url, e))
		return false;
	c->collection = url;
	return true;
}

/* ---- what changed ---- */

/* The last part of an address in the collection; NULL: it is not in it. Ours are of plain letters. */
static const char *name_of(struct caldav *c, struct pool *p, const char *href)
{
	const char *url = http_resolve(p, c->collection, href);
	size_t n = strlen(c->collection);

	return url && strncmp(url, c->collection, n) == 0 && url[n] && !strchr(url + n, '/') ? url + n : NULL;
}

static void take(struct caldav *c, struct pool *p, const struct dav_answer *d, struct caldav_changes *out)
{
	for (size_t i = 0; i < d->n; i++) {
		const char *name = name_of(c, p, d->items[i].href);

		if (!name)
			continue;
		*(struct caldav_object *)pool_more(p, &out->list, out->n++, sizeof *out->list) = (struct caldav_object){
			.name = name, .etag = d->items[i].status == 404 ? "" : d->items[i].etag, .data = ""
		};
	}
}

/* Each one's ETag, where the server cannot say what changed. */
static bool list_all(struct caldav *c, struct pool *p, struct caldav_changes *out, struct err *e)
{
	struct http_answer a;
	struct dav_answer d;

	*out = (struct caldav_changes){ .all = true, .token = CALDAV_NO_SYNC };
	if (!ask_list(c, p, "PROPFIND", c->collection, "1", davxml_list, &a, &d, e))
		return false;
	take(c, p, &d, out);
	return true;
}

/* It cannot say what changed (RFC 6578): 501, or any refusal but one of the login, of a collection that is gone, of haste. */
static bool lacks_sync(const struct http_answer *a)
{
	return a->status == 501 || (a->status / 100 != 5 && a->status != 401 && a->status != 404 && a->status != 429);
}

bool caldav_changes(struct caldav *c, struct pool *p, const char *token, struct caldav_changes *out, struct err *e)
{
	if (strcmp(token, CALDAV_NO_SYNC) == 0)
		return list_all(c, p, out, e);
	*out = (struct caldav_changes){ .all = !*token, .token = token };
	for (int i = 0; i < PARTS_MOST; i++) {
		struct http_answer a;
		struct dav_answer d;

		if (!ask(c, p, "REPORT", c->collection, "0", davxml_sync(p, out->token), &a, &d, e))
			return false;
		if (a.status == 207 && !*d.broken && *d.token) {
			take(c, p, &d, out);
			out->token = d.token;
			if (!d.more)
				return true;
			continue;
		}
		if (!lacks_sync(&a))
			return refused(&a, p, "REPORT", e);
		if (a.status == 207 && *d.broken)
			return err_temp(e, "%s: the answer cannot be read: %s", http_host(p, c->collection), d.broken);
		if (*token) { /* a token that the server does not know any more: all anew */
			token = "";
			*out = (struct caldav_changes){ .all = true, .token = "" };
			continue;
		}
		return list_all(c, p, out, e);
	}
	return err_temp(e, "%s: the server says ever more changes", http_host(p, c->collection));
}

/* ---- objects ---- */

bool caldav_read(struct caldav *c, struct pool *p, const char *const *names, size_t n, struct caldav_object **out,
		 size_t *found, struct err *e)
{
	*out = NULL;
	*found = 0;
	for (size_t i = 0; i < n; i += GET_MOST) {
		const char *hrefs[GET_MOST];
		size_t k = 0;
		struct http_answer a;
		struct dav_answer d;

		for (; k < GET_MOST && i + k < n; k++)
			hrefs[k] = strchr(strstr(pool_print(p, "%s%s", c->collection, names[i + k]), "://") + 3, '/');
		if (!ask_list(c, p, "REPORT", c->collection, "1", davxml_multiget(p, hrefs, k), &a, &d, e))
			return false;
		for (size_t j = 0; j < d.n; j++) {
			const struct dav_item *it = &d.items[j];
			const char *name = name_of(c, p, it->href);

			if (name && it->status == 200 && *it->data)
				*(struct caldav_object *)pool_more(p, out, (*found)++, sizeof **out) =
					(struct caldav_object){
						.name = name, .etag = it->etag, .data = it->data, .task = it->task
					};
		}
	}
	return true;
}

bool caldav_put(struct caldav *c, struct pool *p, const char *name, const char *text, const char *if_match,
		const char **etag, bool *lost, struct err *e)
{
	struct http_request q = { .method = "PUT",
				  .url = pool_print(p, "%s%s", c->collection, name),
				  .body = text,
				  .n = strlen(text),
				  .type = "text/calendar; charset=utf-8",
				  .if_match = if_match,
				  .if_none_match = if_match ? NULL : "*" };
	struct http_answer a;

	if (!http_ask(c->http, p, &q, &a, e))
		return false;
	*etag = a.etag;
	*lost = a.status == 412 || (if_match && a.status == 404);
	return a.status / 100 == 2 || *lost || refused(&a, p, "PUT", e);
}

bool caldav_delete(struct caldav *c, struct pool *p, const char *name, const char *if_match, bool *lost, struct err *e)
{
	struct http_request q = { .method = "DELETE",
				  .url = pool_print(p, "%s%s", c->collection, name),
				  .if_match = if_match };
	struct http_answer a;

	if (!http_ask(c->http, p, &q, &a, e))
		return false;
	*lost = a.status == 412;
	return a.status / 100 == 2 || a.status == 404 || a.status == 410 || *lost || refused(&a, p, "DELETE", e);
}

bool caldav_events(struct caldav *c, struct pool *p, const char **text, size_t *n, struct err *e)
{
	struct text *t = text_new(p, HTTP_ANSWER_MOST);
	struct http_answer a;
	struct dav_answer d;

	if (!ask_list(c, p, "REPORT", with_slash(p, c->conf->url), "1", davxml_all, &a, &d, e))
		return false;
	for (size_t i = 0; i < d.n; i++)
		text_print(t, "%s\n", d.items[i].data);
	if (!d.n)
		text_add(t, "BEGIN:VCALENDAR\nEND:VCALENDAR\n");
	*text = t->s;
	*n = t->n;
	return !t->cut || err_perm(e, "%s: the calendar is larger than 16 MiB", http_host(p, c->conf->url));
}
