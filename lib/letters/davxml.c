#include "letters/davxml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "letters/ical_task.h"

enum { XML_MOST = 16 << 20, RESPONSES_MOST = 20000, HREF_MOST = 2000, QUESTION_MOST = 1 << 20 };

#define HEAD "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
#define SPACES " xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\""

const char davxml_find[] =
	HEAD "<D:propfind" SPACES
	     "><D:prop><D:resourcetype/><D:current-user-principal/><C:calendar-home-set/></D:prop></D:propfind>";
const char davxml_list[] = HEAD "<D:propfind" SPACES "><D:prop><D:getetag/></D:prop></D:propfind>";
const char davxml_all[] =
	HEAD "<C:calendar-query" SPACES
	     "><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name=\"VCALENDAR\">"
	     "<C:comp-filter name=\"VEVENT\"/></C:comp-filter></C:filter></C:calendar-query>";
const char davxml_make[] = HEAD
	"<C:mkcalendar" SPACES "><D:set><D:prop><D:displayname>kept</D:displayname><C:supported-calendar-component-set>"
	"<C:comp name=\"VTODO\"/><C:comp "
	"name=\"VEVENT\"/></C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>";

const char *davxml_sync(struct pool *p, const char *token)
{
	struct text *t = text_new(p, QUESTION_MOST);

	text_add(t, HEAD "<D:sync-collection" SPACES "><D:sync-token>");
	text_escaped(t, token);
	text_add(t, "</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>");
	return t->s;
}

const char *davxml_multiget(struct pool *p, const char *const *hrefs, size_t n)
{
	struct text *t = text_new(p, QUESTION_MOST);

	text_add(t, HEAD "<C:calendar-multiget" SPACES "><D:prop><D:getetag/><C:calendar-data/></D:prop>");
	for (size_t i = 0; i < n; i++) {
		text_add(t, "<D:href>");
		text_escaped(t, hrefs[i]);
		text_add(t, "</D:href>");
	}
	text_add(t, "</C:calendar-multiget>");
	return t->s;
}

/* ---- reading ---- */

static bool named(const xmlNode *x, const char *space, const char *name)
{
	return x->type == XML_ELEMENT_NODE && x->ns && strcmp((const char *)x->name, name) == 0 &&
	       strcmp((const char *)x->ns->href, space) == 0;
}

static bool dav(const xmlNode *x, const char *name)
{
	return named(x, "DAV:", name);
}

static bool cal(const xmlNode *x, const char *name)
{
	return named(x, "urn:ietf:params:xml:ns:caldav", name);
}

/* What stands in an element, and in no element below it. */
static const char *text_of(struct pool *p, const xmlNode *x, size_t most)
{
	struct text *t = text_new(p, most);

	for (const xmlNode *c = x->children; c; c = c->next)
		if ((c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) && c->content)
			text_add(t, (const char *)c->content);
	return t->s;
}

static const char *line_of(struct pool *p, const xmlNode *x)
{
	return line_from(p, text_of(p, x, HREF_MOST), HREF_MOST).s;
}

/* The DAV:href below it. */
static const char *href_in(struct pool *p, const xmlNode *x)
{
	for (const xmlNode *c = x->children; c; c = c->next)
		if (dav(c, "href"))
			return line_of(p, c);
	return "";
}

/* "HTTP/1.1 404 Not Found" */
static int status_of(struct pool *p, const xmlNode *x)
{
	const char *s = line_of(p, x), *blank = strchr(s, ' ');

	return blank ? atoi(blank + 1) : 0;
}

static void property(struct pool *p, const xmlNode *x, struct dav_item *d)
{
	if (dav(x, "getetag"))
		d->etag = line_of(p, x);
	else if (dav(x, "current-user-principal"))
		d->principal = href_in(p, x);
	else if (cal(x, "calendar-home-set"))
		d->home = href_in(p, x);
	else if (cal(x, "calendar-data"))
		d->data = text_of(p, x, XML_MOST);
	else if (dav(x, "resourcetype"))
		for (const xmlNode *c = x->children; c; c = c->next)
			d->calendar |= cal(c, "calendar");
}

/* The properties of one propstat, if the server has them. */
static void properties(struct pool *p, const xmlNode *x, struct dav_item *d)
{
	int status = 200;

	for (const xmlNode *c = x->children; c; c = c->next)
		if (dav(c, "status"))
			status = status_of(p, c);
	if (status / 100 != 2)
		return;
	d->status = 200;
	for (const xmlNode *c = x->children; c; c = c->next)
		for (const xmlNode *q = dav(c, "prop") ? c->children : NULL; q; q = q->next)
			property(p, q, d);
}

static void response(struct pool *p, const xmlNode *x, struct dav_answer *out)
{
	struct dav_item d = { .href = "",
			      .etag = "",
			      .principal = "",
			      .home = "",
			      .data = "",
			      .status = 200,
			      .task = { .uid = "", .summary = "", .broken = "" } };

	for (const xmlNode *c = x->children; c; c = c->next)
		if (dav(c, "href") && !*d.href)
			d.href = line_of(p, c);
		else if (dav(c, "status"))
			d.status = status_of(p, c);
		else if (dav(c, "propstat"))
			properties(p, c, &d);
	if (d.status == 507) {
		out->more = true;
		return;
	}
	if (*d.data)
		ical_task(p, d.data, strlen(d.data), &d.task);
	*(struct dav_item *)pool_more(p, &out->items, out->n++, sizeof d) = d;
}

static void root(struct pool *p, const xmlNode *x, struct dav_answer *out)
{
	bool list = dav(x, "multistatus");

	if (!list && !dav(x, "error")) {
		out->broken = "it is no answer of a calendar server";
		return;
	}
	for (const xmlNode *c = x->children; c; c = c->next) {
		if (list && dav(c, "response") && out->n < RESPONSES_MOST)
			response(p, c, out);
		else if (list && dav(c, "sync-token"))
			out->token = line_of(p, c);
		else if (!list)
			out->token_refused |= dav(c, "valid-sync-token");
	}
	if (out->n >= RESPONSES_MOST)
		out->broken = "it names more than 20,000 objects";
}

void davxml_read(struct pool *p, const char *xml, size_t n, struct dav_answer *out)
{
	xmlDoc *d;

	*out = (struct dav_answer){ .token = "", .broken = "" };
	if (n > XML_MOST) {
		out->broken = "it is larger than 16 MiB";
		return;
	}
	d = xmlReadMemory(xml, (int)n, "", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (!d)
		out->broken = "it is no XML";
	else if (d->intSubset || d->extSubset)
		out->broken = "it has a document type";
	else if (xmlDocGetRootElement(d))
		root(p, xmlDocGetRootElement(d), out);
	else
		out->broken = "it is empty";
	xmlFreeDoc(d);
}
