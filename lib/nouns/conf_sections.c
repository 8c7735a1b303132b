/* the sections: owners, mailboxes, submissions, teams, policies, cadences, calendars, and what must hold between
 * their keys */
#include "nouns/conf_inner.h"

#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "ground/text.h"

const config_setting_t *conf_section(const config_t *file, const char *in, size_t *n)
{
	config_setting_t *s = config_lookup(file, in);

	*n = s && config_setting_is_group(s) ? (size_t)config_setting_length(s) : 0;
	return s;
}

const config_setting_t *conf_group(struct conf_reading *r, const config_setting_t *in, size_t i, const char **key, const char **path)
{
	const config_setting_t *s = config_setting_get_elem((config_setting_t *)in, (unsigned)i);

	*key = pool_copy(r->pool, config_setting_name(s));
	*path = pool_print(r->pool, "%s.%s", config_setting_name(in), *key);
	if (config_setting_is_group(s))
		return s;
	conf_fault_at(r, s, "%s: %s; a group { … }", *path, conf_type_name(s));
	return NULL;
}

static void read_policies(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = conf_section(file, "policy", &n), *g;
	const char *key, *path;

	/* the default one comes first: the others take from it what they do not name */
	c->policies = pool_list(r->pool, n + 1, sizeof *c->policies);
	c->policy_count = 1;
	c->policies[0] = (struct policy){ .key = "default", .at = { c->file, 0 } };
	conf_fill(r, NULL, "policy", "policy.default", &c->policies[0], false);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n; i++) {
			struct policy *p;

			if ((strcmp(config_setting_name(config_setting_get_elem((config_setting_t *)in,
				    (unsigned)i)), "default") == 0) != (pass == 0))
				continue;
			g = conf_group(r, in, i, &key, &path);
			if (!g)
				continue;
			p = &c->policies[pass == 0 ? 0 : c->policy_count++];
			*p = c->policies[0];
			p->key = key;
			p->at = conf_source_of(r, g);
			conf_fill(r, g, "policy", path, p, true);
		}
}

static void read_teams(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = conf_section(file, "team", &n), *g;
	const char *key, *path;

	c->teams = pool_list(r->pool, n, sizeof *c->teams);
	for (size_t i = 0; i < n; i++) {
		struct team *t = &c->teams[c->team_count];

		g = conf_group(r, in, i, &key, &path);
		if (!g)
			continue;
		c->team_count++;
		*t = (struct team){ .key = key, .name = key };
		conf_fill(r, g, "team", path, t, false);
		if (t->digest && t->commercial)
			conf_fault_at(r, g, "%s: digest: a commercial team gets none; take digest out, or commercial", path);
	}
}

static void read_cadences(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = conf_section(file, "cadence", &n), *g;
	const char *key, *path;

	c->cadences = pool_list(r->pool, n, sizeof *c->cadences);
	for (size_t i = 0; i < n; i++) {
		struct cadence *x = &c->cadences[c->cadence_count];

		g = conf_group(r, in, i, &key, &path);
		if (!g)
			continue;
		c->cadence_count++;
		*x = (struct cadence){ .key = key, .at = conf_source_of(r, g) };
		conf_fill(r, g, "cadence", path, x, false);
	}
}

/* worktime's settings, as text: a list is joined by commas, true is yes. */
static void read_worktime(struct conf_reading *r, const config_setting_t *group, const char *path,
	struct worktime *time)
{
	const config_setting_t *s, *one;
	struct err e;

	*time = worktime_default(time->zone ? time->zone : zone_fixed(r->pool, 0));
	for (int i = 0; i < config_setting_length(group); i++) {
		struct text *value = text_new(r->pool, BODY_MOST);
		const char *name;

		s = config_setting_get_elem((config_setting_t *)group, (unsigned)i);
		name = config_setting_name(s);
		if (!conf_is_worktime(name))
			continue;
		for (int j = 0; j < (config_setting_is_aggregate(s) ? config_setting_length(s) : 1); j++) {
			one = config_setting_is_aggregate(s)
				? config_setting_get_elem((config_setting_t *)s, (unsigned)j) : s;
			if (config_setting_get_string(one))
				text_print(value, "%s%s", j ? "," : "", config_setting_get_string(one));
			else if (config_setting_type(one) == CONFIG_TYPE_BOOL)
				text_add(value, config_setting_get_bool(one) ? "yes" : "no");
			else if (config_setting_is_number(one))
				text_print(value, "%lld", config_setting_get_int64(one));
		}
		e = (struct err){ 0 };
		if (!worktime_set(r->pool, time, name, value->s, &e))
			conf_fault_at(r, s, "%s.%s: %s", path, name, e.text);
	}
}

static void read_owners(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = conf_section(file, "owner", &n), *g;
	const char *key, *path;

	c->owners = pool_list(r->pool, n, sizeof *c->owners);
	for (size_t i = 0; i < n; i++) {
		struct owner *o = &c->owners[c->owner_count];

		g = conf_group(r, in, i, &key, &path);
		if (!g)
			continue;
		*o = (struct owner){ .key = key, .at = conf_source_of(r, g) };
		conf_fill(r, g, "owner", path, o, false);
		read_worktime(r, g, path, &o->time);
		for (size_t j = 0; j < o->addresses.n; j++) {
			const struct owner *other = conf_owner_of(c, o->addresses.list[j]);

			if (other)
				conf_fault_at(r, g, "%s.addresses: %s is %s's too; an address belongs to one owner",
					path,
				      o->addresses.list[j], other->key);
		}
		c->owner_count++;
	}
}

/* By a password or a token, one of the two. */
static void check_login(struct conf_reading *r, const config_setting_t *g, const char *in, const char *path, const struct server *s)
{
	/* a password that was named and refused is "" too, but then it was reported */
	if (*s->user && !*s->password && !s->oauth && !config_setting_get_member((config_setting_t *)g, "password") &&
	    !config_setting_get_member((config_setting_t *)g, "oauth") && !conf_misspelt(r, g, in, "password"))
		conf_fault_at(r, g, "%s.password is missing; %s; or oauth", path, conf_key_find(in, "password")->allowed);
	if (s->oauth && *s->password)
		conf_fault_at(r, g, "%s.oauth: there is a password too; one of the two", path);
	if (s->oauth && !*s->user)
		conf_fault_at(r, g, "%s.user is missing; whose the token is", path);
}

static void check_server(struct conf_reading *r, const config_setting_t *g, const char *in, const char *path,
	struct server *s,
			 int implicit, int other)
{
	if (!s->host) /* was reported */
		s->host = "";
	if (!s->port)
		s->port = s->tls == TLS_IMPLICIT ? implicit : other;
	if (s->tls == TLS_NONE && *s->host && !conf_loopback(s->host))
		conf_fault_at(r, g, "%s.tls: \"none\" to %s, so that anyone on the way can read the password; "
		      "implicit or starttls (none is for 127.x, ::1 and localhost)", path, s->host);
	check_login(r, g, in, path, s);
}

static bool lists(const struct strings *folders, const char *name)
{
	for (size_t i = 0; i < folders->n; i++)
		if (text_same(folders->list[i], name))
			return true;
	return false;
}

static void read_mailboxes(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = conf_section(file, "mailbox", &n), *g;
	const char *key, *path;

	c->mailboxes = pool_list(r->pool, n, sizeof *c->mailboxes);
	for (size_t i = 0; i < n; i++) {
		struct mailbox_conf *m = &c->mailboxes[c->mailbox_count];
		bool owner, kind;

		g = conf_group(r, in, i, &key, &path);
		if (!g)
			continue;
		*m = (struct mailbox_conf){ .key = key };
		m->server.at = conf_source_of(r, g);
		conf_fill(r, g, "mailbox", path, m, false);
		check_server(r, g, "mailbox", path, &m->server, 993, 143);
		if (!*m->server.user && !config_setting_get_member((config_setting_t *)g, "user") &&
			    !conf_misspelt(r, g, "mailbox", "user"))
			conf_fault_at(r, g, "%s.user is missing; the name to log in with", path);
		owner = config_setting_get_member((config_setting_t *)g, "owner");
		kind = config_setting_get_member((config_setting_t *)g, "kind");
		if (kind && m->kind == MAILBOX_PERSONAL && !owner && !conf_misspelt(r, g, "mailbox", "owner"))
			conf_fault_at(r, g, "%s.owner is missing; a personal mailbox names the owner whose it is",
				path);
		if (kind && m->kind == MAILBOX_CAPTURE && owner)
			conf_fault_at(r, g, "%s.owner: a capture mailbox serves every owner; kind = \"personal\" for one person's", path);
		if (kind && m->kind == MAILBOX_CAPTURE && *m->drafts)
			conf_fault_at(r, g, "%s.drafts: mail waits in its owner's own mailbox; kind = \"personal\"",
				path);
		if (*m->drafts && (lists(&m->watch, m->drafts) || lists(&m->folders, m->drafts)))
			conf_fault_at(r, g, "%s.drafts: %s is read as mail too (watch or folders); what waits there is not sent", path, m->drafts);
		if (kind && m->kind == MAILBOX_CAPTURE && !m->tracking.n &&
		    !config_setting_get_member((config_setting_t *)g, "tracking") &&
		    	!conf_misspelt(r, g, "mailbox", "tracking"))
			conf_fault_at(r, g, "%s.tracking is missing; %s", path,
				conf_key_find("mailbox", "tracking")->allowed);
		for (size_t j = 0; j < m->tracking.n; j++) {
			const struct owner *o = conf_owner_of(c, m->tracking.list[j]);

			if (o)
				conf_fault_at(r, g, "%s.tracking: %s is an address of %s's; one that nobody writes to otherwise, such as "
				      "one with +kept", path, m->tracking.list[j], o->key);
			for (size_t a = 0; a < c->mailbox_count; a++)
				for (size_t b = 0; b < c->mailboxes[a].tracking.n; b++)
					if (addr_same(c->mailboxes[a].tracking.list[b], m->tracking.list[j]))
						conf_fault_at(r, g,
							"%s.tracking: %s is %s's too; an address belongs to one mailbox", path,
						      m->tracking.list[j], c->mailboxes[a].key);
		}
		c->mailbox_count++;
	}
}

static void read_submissions(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = conf_section(file, "submission", &n), *g;
	const char *key, *path;

	c->submissions = pool_list(r->pool, n, sizeof *c->submissions);
	for (size_t i = 0; i < n; i++) {
		struct submission *s = &c->submissions[c->submission_count];

		g = conf_group(r, in, i, &key, &path);
		if (!g)
			continue;
		*s = (struct submission){ .key = key };
		s->server.at = conf_source_of(r, g);
		conf_fill(r, g, "submission", path, s, false);
		check_server(r, g, "submission", path, &s->server, 465, 587);
		c->submission_count++;
	}
}

bool conf_safe_url(struct pool *p, const char *url)
{
	const char *host = strncmp(url, "http://", 7) == 0 ? url + 7 : NULL;

	return !host || conf_loopback(pool_slice(p, host, strcspn(host, ":/")));
}

static void read_calendars(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = conf_section(file, "calendar", &n), *g;
	const char *key, *path;

	c->calendars = pool_list(r->pool, n, sizeof *c->calendars);
	for (size_t i = 0; i < n; i++) {
		struct calendar_conf *l = &c->calendars[c->calendar_count];

		g = conf_group(r, in, i, &key, &path);
		if (!g)
			continue;
		*l = (struct calendar_conf){ .key = key, .at = conf_source_of(r, g) };
		conf_fill(r, g, "calendar", path, l, false);
		if (!l->url == !l->path && !conf_misspelt(r, g, "calendar", "url") &&
			    !conf_misspelt(r, g, "calendar", "file"))
			conf_fault_at(r, g, "%s: %s; url = \"https://…\" or file = \"…\"", path, l->url
				? "both an address and a file" : "neither an address nor a file");
		if (l->url && !conf_safe_url(r->pool, l->url)) /* the address itself may be a secret */
			conf_fault_at(r, g, "%s.url: without TLS anyone on the way can read the calendar; https://… (http is for 127.x, ::1 and localhost)", path);
		if (l->kind == CALENDAR_CALDAV && l->path)
			conf_fault_at(r, g, "%s.file: a collection is on a server; url = \"https://…\"", path);
		check_login(r, g, "calendar", path, &(struct server){ .user = l->user, .password = l->password, .oauth = l->oauth });
		for (size_t j = 0; l->kind == CALENDAR_CALDAV && j < c->calendar_count; j++)
			if (c->calendars[j].kind == CALENDAR_CALDAV && c->calendars[j].owner == l->owner)
				conf_fault_at(r, g, "%s.kind: %s is a collection of kept's for the same owner; one is enough", path, c->calendars[j].key);
		c->calendar_count++;
	}
}

/* An empty section is a missing one. */
static void check_not_empty(struct conf_reading *r, const config_t *file, const char *in)
{
	size_t n;
	const config_setting_t *s = conf_section(file, in, &n);

	if (s && config_setting_is_group(s) && n == 0)
		conf_fault_at(r, s, "%s: an empty group; %s", in, conf_key_find("", in)->allowed);
}

void conf_sections(struct conf_reading *r, const config_t *file)
{
	read_policies(r, file);
	read_teams(r, file);
	read_cadences(r, file);
	read_owners(r, file);
	conf_oauths(r, file);
	read_mailboxes(r, file);
	read_submissions(r, file);
	read_calendars(r, file);
	conf_oauth_scopes(r);
	conf_fill(r, config_root_setting(file), "", "", r->conf, false);
	check_not_empty(r, file, "owner");
	check_not_empty(r, file, "mailbox");
	check_not_empty(r, file, "submission");
}
