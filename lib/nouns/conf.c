#include "nouns/conf_inner.h"

#include <libconfig.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ground/text.h"

enum { WORD_MOST = 1000, THINGS_MOST = 10000 };

/* The conf with the pool it lives in: conf_close() finds it here. */
struct whole {
	struct conf conf;
	struct pool *pool;
};

void conf_fault(struct conf_reading *r, const char *file, int line, const char *format, ...)
{
	struct conf_fault *f = pool_more(r->pool, &r->faults, r->fault_count, sizeof *f);
	va_list a;

	va_start(a, format);
	*f = (struct conf_fault){ file, line, pool_vprint(r->pool, format, a) };
	va_end(a);
	r->fault_count++;
}

static const char *file_of(const struct conf_reading *r, const config_setting_t *s)
{
	const char *file = config_setting_source_file(s);

	return file ? pool_copy(r->pool, file) : r->conf->file;
}

/* A fault at a setting. */
#define FAULT(r, s, ...) conf_fault(r, file_of(r, s), (int)config_setting_source_line(s), __VA_ARGS__)

/* ---- one value ---- */

static const char *type_name(const config_setting_t *s)
{
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_GROUP:  return "a group { … }";
	case CONFIG_TYPE_ARRAY:
	case CONFIG_TYPE_LIST:   return "a list [ … ]";
	case CONFIG_TYPE_BOOL:   return "true or false";
	case CONFIG_TYPE_STRING: return "a text";
	default:                 return "a number";
	}
}

/* A text that may stand in a configuration: a line of UTF-8. NULL: there is none, and a fault was noted. */
static const char *word(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path)
{
	const char *v = config_setting_get_string(s);

	if (!v) {
		FAULT(r, s, "%s: %s; %s", path, type_name(s), k->allowed);
		return NULL;
	}
	if (strlen(v) > WORD_MOST || strcmp(line_from(r->pool, v, WORD_MOST).s, v) != 0) {
		FAULT(r, s, "%s: a text with control characters, blanks at its ends or more than %d bytes; %s",
		      path, WORD_MOST, k->allowed);
		return NULL;
	}
	if (k->fits ? k->fits(v) : *v != '\0')
		return pool_copy(r->pool, v);
	for (size_t i = 0; i < r->joined.n; i++)
		if (strstr(v, r->joined.list[i]))
			return NULL;
	FAULT(r, s, "%s: \"%s\"%s; %s", path, v, strchr(v, '@') != strrchr(v, '@') ? " (is a comma missing?)" : "", k->allowed);
	return NULL;
}

static bool words(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path,
		  struct strings *out)
{
	struct strings l = { 0 };
	int n = config_setting_is_aggregate(s) ? config_setting_length(s) : 1;
	const char *one;

	if (config_setting_is_group(s) || n > THINGS_MOST) {
		FAULT(r, s, "%s: %s; %s", path, n > THINGS_MOST ? "too long a list" : type_name(s), k->allowed);
		return false;
	}
	for (int i = 0; i < n; i++) {
		one = word(r, k, config_setting_is_aggregate(s) ? config_setting_get_elem(s, (unsigned)i) : s, path);
		if (one)
			*(const char **)pool_more(r->pool, &l.list, l.n, sizeof(char *)) = one, l.n++;
	}
	if (n == 0 && k->must)
		FAULT(r, s, "%s: an empty list; %s", path, k->allowed);
	*out = l;
	return true;
}

static const char *absolute(const struct conf_reading *r, const char *path)
{
	return *path == '/' ? path : pool_print(r->pool, "%s/%s", r->folder, path);
}

/* A path that must be there, unless the row says that any will do. */
static const char *place(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path,
			 const char *v)
{
	bool folder = k->form == FORM_FOLDER;
	struct stat st;

	v = absolute(r, v);
	if (k->fits)
		return v;
	if (stat(v, &st) != 0 || access(v, R_OK) != 0)
		FAULT(r, s, "%s: %s cannot be read: %m; %s", path, v, k->allowed);
	else if (S_ISDIR(st.st_mode) != folder)
		FAULT(r, s, "%s: %s is %s folder; %s", path, v, folder ? "no" : "a", k->allowed);
	return v;
}

/* The place of `v` among "one, two, three"; -1: none. */
static int choice(struct pool *p, const char *allowed, const char *v, const char **near)
{
	char *rest = pool_copy(p, allowed), *save = NULL;
	const char *names[16] = { 0 };
	int found = -1, n = 0;

	for (char *one = strtok_r(rest, ", ", &save); one && n < 15; one = strtok_r(NULL, ", ", &save)) {
		if (strcmp(one, v) == 0)
			found = n;
		names[n++] = one;
	}
	*near = text_nearest(v, names);
	return found;
}

/* One of the keys in a list of things, each of which begins with its key. */
static const void *thing(const void *list, size_t n, size_t of, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(*(const char *const *)((const char *)list + i * of), key) == 0)
			return (const char *)list + i * of;
	return NULL;
}

#define THING(c, list, count, key) thing((c)->list, (c)->count, sizeof *(c)->list, key)

static const void *reference(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path,
			     const void *list, size_t n, size_t of, const char *v)
{
	const void *found = thing(list, n, of, v);
	const char **names, *near;

	if (found)
		return found;
	names = pool_list(r->pool, n + 1, sizeof *names);
	for (size_t i = 0; i < n; i++)
		names[i] = *(const char *const *)((const char *)list + i * of);
	near = text_nearest(v, names);
	FAULT(r, s, "%s: there is no \"%s\"; %s%s%s%s", path, v, k->allowed, near ? ", did you mean \"" : "", near ? near : "",
	      near ? "\"?" : "");
	return NULL;
}

static const char *secret(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path,
			  const char *v)
{
	const char *rest = strchr(v, ':');

	if (rest && rest[1]) {
		if (strncmp(v, "file:", 5) == 0)
			return pool_print(r->pool, "file:%s", absolute(r, v + 5));
		if (strncmp(v, "command:", 8) == 0 || (strncmp(v, "credential:", 11) == 0 && !strchr(v, '/')))
			return v;
	}
	/* it may be the password itself: not printed */
	FAULT(r, s, "%s: a text that says no place (a password never stands in the configuration); %s", path, k->allowed);
	return NULL;
}

static void number(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path, void *to)
{
	long long v = config_setting_get_int64(s);
	int type = config_setting_type(s), fits;
	const char *digits = config_setting_get_string(s);

	if (digits && *digits && strlen(digits) < 20 && !digits[strspn(digits, "0123456789")])
		FAULT(r, s, "%s: \"%s\" in quotation marks is a text, and a number belongs here; write %s = %s", path, digits, k->name, digits);
	else if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64)
		FAULT(r, s, "%s: %s; %s", path, type_name(s), k->allowed);
	else if (v < k->least || v > k->most)
		FAULT(r, s, "%s: %lld; %s", path, v, k->allowed);
	else
		memcpy(to, (fits = (int)v, &fits), sizeof fits);
}

static void chosen(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path,
		   const char *v, void *to)
{
	const char *near;
	int i = choice(r->pool, k->allowed, v, &near);

	if (i >= 0)
		memcpy(to, &i, sizeof i);
	else
		FAULT(r, s, "%s: \"%s\"; %s%s%s%s", path, v, k->allowed, near ? " (did you mean \"" : "", near ? near : "",
		      near ? "\"?)" : "");
}

static void zone(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path, const char *v,
		 void *to)
{
	const struct zone *z;
	struct err e = { 0 };

	if (zone_load(r->pool, v, &z, &e))
		*(const struct zone **)to = z;
	else
		FAULT(r, s, "%s: %s; %s", path, e.text, k->allowed);
}

static void after(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path, const char *v,
		  struct mailbox_conf *m)
{
	m->after = strcmp(v, "keep") == 0 ? AFTER_KEEP : strncmp(v, "move:", 5) == 0 && v[5] ? AFTER_MOVE : AFTER_SEEN;
	if (m->after == AFTER_MOVE)
		m->move_to = v + 5;
	else if (m->after == AFTER_SEEN && strcmp(v, "seen") != 0)
		FAULT(r, s, "%s: \"%s\"; %s", path, v, k->allowed);
}

/* One setting into its field. What is wrong leaves the field as it was. */
static void take(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path, void *base)
{
	const struct conf *c = r->conf;
	void *to = (char *)base + k->at;
	struct strings *list = to;
	const char *v = NULL;

	if (k->form == FORM_WORDS || k->form == FORM_PATHS) {
		if (words(r, k, s, path, list) && k->form == FORM_PATHS)
			for (size_t i = 0; i < list->n; i++)
				list->list[i] = place(r, k, s, path, list->list[i]);
		return;
	}
	if (k->form == FORM_NUMBER) {
		number(r, k, s, path, to);
		return;
	}
	if (k->form == FORM_FLAG) {
		if (config_setting_type(s) == CONFIG_TYPE_BOOL)
			*(bool *)to = config_setting_get_bool(s);
		else
			FAULT(r, s, "%s: %s; true or false", path, type_name(s));
		return;
	}
	v = word(r, k, s, path);
	if (!v)
		return;
	switch (k->form) {
	case FORM_WORD:   *(const char **)to = v; break;
	case FORM_PATH:
	case FORM_FOLDER: *(const char **)to = place(r, k, s, path, v); break;
	case FORM_CHOICE: chosen(r, k, s, path, v, to); break;
	case FORM_ZONE:   zone(r, k, s, path, v, to); break;
	case FORM_AFTER:  after(r, k, s, path, v, base); break;
	case FORM_SECRET:
		v = secret(r, k, s, path, v);
		*(const char **)to = v ? v : "";
		break;
	case FORM_OWNER:
		*(const void **)to = reference(r, k, s, path, c->owners, c->owner_count, sizeof *c->owners, v);
		break;
	case FORM_TEAM:
		*(const void **)to = reference(r, k, s, path, c->teams, c->team_count, sizeof *c->teams, v);
		break;
	case FORM_POLICY:
		if (reference(r, k, s, path, c->policies, c->policy_count, sizeof *c->policies, v))
			*(const char **)to = v;
		break;
	case FORM_WORDS: case FORM_PATHS: case FORM_NUMBER: case FORM_FLAG: case FORM_GROUP: case FORM_GROUPS:
		break;
	}
}

/* The default, as the table writes it. */
static void standard(struct conf_reading *r, const struct conf_key *k, void *base)
{
	void *to = (char *)base + k->at;
	struct strings *list = to;
	char *save = NULL;
	const char *near;
	int i;

	switch (k->form) {
	case FORM_NUMBER:
		i = atoi(k->standard);
		memcpy(to, &i, sizeof i);
		break;
	case FORM_CHOICE:
		i = choice(r->pool, k->allowed, k->standard, &near);
		memcpy(to, &i, sizeof i);
		break;
	case FORM_WORDS:
		for (char *one = strtok_r(pool_copy(r->pool, k->standard), ", ", &save); one; one = strtok_r(NULL, ", ", &save))
			*(const char **)pool_more(r->pool, &list->list, list->n, sizeof(char *)) = one, list->n++;
		break;
	case FORM_AFTER: /* "seen" is 0 */
		break;
	case FORM_FLAG:
		*(bool *)to = strcmp(k->standard, "true") == 0;
		break;
	case FORM_WORD: case FORM_PATH: case FORM_PATHS: case FORM_FOLDER: case FORM_OWNER: case FORM_TEAM: case FORM_POLICY:
	case FORM_ZONE: case FORM_SECRET: case FORM_GROUP: case FORM_GROUPS:
		*(const char **)to = k->standard;
		break;
	}
}

/* ---- one section ---- */

/* Is there a key that none is, and this one is the nearest to it? Then it is misspelt, not missing. */
static bool misspelt(struct conf_reading *r, const config_setting_t *group, const char *in, const char *key)
{
	const char *name, *near;

	for (int i = 0; i < config_setting_length(group); i++) {
		name = config_setting_name(config_setting_get_elem((config_setting_t *)group, (unsigned)i));
		if (!conf_key_find(in, name) && (near = conf_key_near(r->pool, in, name)) && strcmp(near, key) == 0)
			return true;
	}
	return false;
}

static void unknown_keys(struct conf_reading *r, const config_setting_t *group, const char *in, const char *path)
{
	const char *name, *near;
	const config_setting_t *s;

	for (int i = 0; i < config_setting_length(group); i++) {
		s = config_setting_get_elem(group, (unsigned)i);
		name = config_setting_name(s);
		if (conf_key_find(in, name) || (strcmp(in, "owner") == 0 && conf_is_worktime(name)))
			continue;
		near = conf_key_near(r->pool, in, name);
		if (near)
			FAULT(r, s, "%s%s%s: no such setting; did you mean `%s`?", path, *path ? "." : "", name, near);
		else
			FAULT(r, s, "%s%s%s: no such setting; kept.conf(5) has them all", path, *path ? "." : "", name);
	}
}

/* All keys of one group into the struct at `base`; `group` NULL: the defaults alone. `keep`: what is not named stays. */
static void fill(struct conf_reading *r, const config_setting_t *group, const char *in, const char *path, void *base, bool keep)
{
	const config_setting_t *s;

	for (size_t i = 0; i < conf_table_rows; i++) {
		const struct conf_key *k = &conf_table[i];
		const char *name = *path ? pool_print(r->pool, "%s.%s", path, k->name) : k->name;

		if (strcmp(k->in, in) != 0)
			continue;
		s = group ? config_setting_get_member((config_setting_t *)group, k->name) : NULL;
		if (s && (k->form == FORM_GROUP || k->form == FORM_GROUPS)) {
			if (!config_setting_is_group(s))
				FAULT(r, s, "%s: %s; %s", name, type_name(s), k->allowed);
			else if (k->form == FORM_GROUP)
				fill(r, s, k->name, name, base, false);
			continue;
		}
		if (!keep && k->standard) /* also before a value: one that is wrong leaves the default, not a hole */
			standard(r, k, base);
		if (!s && k->form == FORM_GROUP)
			fill(r, NULL, k->name, name, base, false);
		if (!s && k->must && group && !keep && !misspelt(r, group, in, k->name))
			FAULT(r, group, "%s is missing; %s", name, k->allowed);
		if (s && k->form == FORM_WORDS)
			*(struct strings *)((char *)base + k->at) = (struct strings){ 0 };
		if (s)
			take(r, k, s, name, base);
	}
	if (group)
		unknown_keys(r, group, in, path);
}

/* The things of a section: how many, and each one's group (NULL past the end, or where it is no group). */
static const config_setting_t *section(const config_t *file, const char *in, size_t *n)
{
	config_setting_t *s = config_lookup(file, in);

	*n = s && config_setting_is_group(s) ? (size_t)config_setting_length(s) : 0;
	return s;
}

static const config_setting_t *group_of(struct conf_reading *r, const config_setting_t *in, size_t i, const char **key,
					 const char **path)
{
	const config_setting_t *s = config_setting_get_elem((config_setting_t *)in, (unsigned)i);

	*key = pool_copy(r->pool, config_setting_name(s));
	*path = pool_print(r->pool, "%s.%s", config_setting_name(in), *key);
	if (config_setting_is_group(s))
		return s;
	FAULT(r, s, "%s: %s; a group { … }", *path, type_name(s));
	return NULL;
}

static struct source source_of(struct conf_reading *r, const config_setting_t *s)
{
	return (struct source){ file_of(r, s), (int)config_setting_source_line(s) };
}

static void read_policies(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = section(file, "policy", &n), *g;
	const char *key, *path;

	/* the default one comes first: the others take from it what they do not name */
	c->policies = pool_list(r->pool, n + 1, sizeof *c->policies);
	c->policy_count = 1;
	c->policies[0] = (struct policy){ .key = "default", .at = { c->file, 0 } };
	fill(r, NULL, "policy", "policy.default", &c->policies[0], false);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n; i++) {
			struct policy *p;

			if ((strcmp(config_setting_name(config_setting_get_elem((config_setting_t *)in, (unsigned)i)), "default") == 0) != (pass == 0))
				continue;
			g = group_of(r, in, i, &key, &path);
			if (!g)
				continue;
			p = &c->policies[pass == 0 ? 0 : c->policy_count++];
			*p = c->policies[0];
			p->key = key;
			p->at = source_of(r, g);
			fill(r, g, "policy", path, p, true);
		}
}

static void read_teams(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = section(file, "team", &n), *g;
	const char *key, *path;

	c->teams = pool_list(r->pool, n, sizeof *c->teams);
	for (size_t i = 0; i < n; i++) {
		struct team *t = &c->teams[c->team_count];

		g = group_of(r, in, i, &key, &path);
		if (!g)
			continue;
		c->team_count++;
		*t = (struct team){ .key = key, .name = key };
		fill(r, g, "team", path, t, false);
		if (t->digest && t->commercial)
			FAULT(r, g, "%s: digest: a commercial team gets none; take digest out, or commercial", path);
	}
}

static void read_cadences(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = section(file, "cadence", &n), *g;
	const char *key, *path;

	c->cadences = pool_list(r->pool, n, sizeof *c->cadences);
	for (size_t i = 0; i < n; i++) {
		struct cadence *x = &c->cadences[c->cadence_count];

		g = group_of(r, in, i, &key, &path);
		if (!g)
			continue;
		c->cadence_count++;
		*x = (struct cadence){ .key = key, .at = source_of(r, g) };
		fill(r, g, "cadence", path, x, false);
	}
}

/* worktime's settings, as text: a list is joined by commas, true is yes. */
static void read_worktime(struct conf_reading *r, const config_setting_t *group, const char *path, struct worktime *time)
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
			one = config_setting_is_aggregate(s) ? config_setting_get_elem((config_setting_t *)s, (unsigned)j) : s;
			if (config_setting_get_string(one))
				text_print(value, "%s%s", j ? "," : "", config_setting_get_string(one));
			else if (config_setting_type(one) == CONFIG_TYPE_BOOL)
				text_add(value, config_setting_get_bool(one) ? "yes" : "no");
			else if (config_setting_is_number(one))
				text_print(value, "%lld", config_setting_get_int64(one));
		}
		e = (struct err){ 0 };
		if (!worktime_set(r->pool, time, name, value->s, &e))
			FAULT(r, s, "%s.%s: %s", path, name, e.text);
	}
}

static void read_owners(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = section(file, "owner", &n), *g;
	const char *key, *path;

	c->owners = pool_list(r->pool, n, sizeof *c->owners);
	for (size_t i = 0; i < n; i++) {
		struct owner *o = &c->owners[c->owner_count];

		g = group_of(r, in, i, &key, &path);
		if (!g)
			continue;
		*o = (struct owner){ .key = key, .at = source_of(r, g) };
		fill(r, g, "owner", path, o, false);
		read_worktime(r, g, path, &o->time);
		for (size_t j = 0; j < o->addresses.n; j++) {
			const struct owner *other = conf_owner_of(c, o->addresses.list[j]);

			if (other)
				FAULT(r, g, "%s.addresses: %s is %s's too; an address belongs to one owner", path,
				      o->addresses.list[j], other->key);
		}
		c->owner_count++;
	}
}

static void check_server(struct conf_reading *r, const config_setting_t *g, const char *in, const char *path, struct server *s,
			 int implicit, int other)
{
	if (!s->host) /* was reported */
		s->host = "";
	if (!s->port)
		s->port = s->tls == TLS_IMPLICIT ? implicit : other;
	if (s->tls == TLS_NONE && *s->host && !conf_loopback(s->host))
		FAULT(r, g, "%s.tls: \"none\" to %s, so that anyone on the way can read the password; "
		      "implicit or starttls (none is for 127.x, ::1 and localhost)", path, s->host);
	/* a password that was named and refused is "" too, but then it was reported */
	if (*s->user && !*s->password && !config_setting_get_member((config_setting_t *)g, "password") && !misspelt(r, g, in, "password"))
		FAULT(r, g, "%s.password is missing; %s", path, conf_key_find("submission", "password")->allowed);
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
	const config_setting_t *in = section(file, "mailbox", &n), *g;
	const char *key, *path;

	c->mailboxes = pool_list(r->pool, n, sizeof *c->mailboxes);
	for (size_t i = 0; i < n; i++) {
		struct mailbox_conf *m = &c->mailboxes[c->mailbox_count];
		bool owner, kind;

		g = group_of(r, in, i, &key, &path);
		if (!g)
			continue;
		*m = (struct mailbox_conf){ .key = key };
		m->server.at = source_of(r, g);
		fill(r, g, "mailbox", path, m, false);
		check_server(r, g, "mailbox", path, &m->server, 993, 143);
		if (!*m->server.user && !config_setting_get_member((config_setting_t *)g, "user") && !misspelt(r, g, "mailbox", "user"))
			FAULT(r, g, "%s.user is missing; the name to log in with", path);
		owner = config_setting_get_member((config_setting_t *)g, "owner");
		kind = config_setting_get_member((config_setting_t *)g, "kind");
		if (kind && m->kind == MAILBOX_PERSONAL && !owner && !misspelt(r, g, "mailbox", "owner"))
			FAULT(r, g, "%s.owner is missing; a personal mailbox names the owner whose it is", path);
		if (kind && m->kind == MAILBOX_CAPTURE && owner)
			FAULT(r, g, "%s.owner: a capture mailbox serves every owner; kind = \"personal\" for one person's", path);
		if (kind && m->kind == MAILBOX_CAPTURE && *m->drafts)
			FAULT(r, g, "%s.drafts: mail waits in its owner's own mailbox; kind = \"personal\"", path);
		if (*m->drafts && (lists(&m->watch, m->drafts) || lists(&m->folders, m->drafts)))
			FAULT(r, g, "%s.drafts: %s is read as mail too (watch or folders); what waits there is not sent", path, m->drafts);
		if (kind && m->kind == MAILBOX_CAPTURE && !m->tracking.n &&
		    !config_setting_get_member((config_setting_t *)g, "tracking") && !misspelt(r, g, "mailbox", "tracking"))
			FAULT(r, g, "%s.tracking is missing; %s", path, conf_key_find("mailbox", "tracking")->allowed);
		for (size_t j = 0; j < m->tracking.n; j++) {
			const struct owner *o = conf_owner_of(c, m->tracking.list[j]);

			if (o)
				FAULT(r, g, "%s.tracking: %s is an address of %s's; one that nobody writes to otherwise, such as "
				      "one with +kept", path, m->tracking.list[j], o->key);
			for (size_t a = 0; a < c->mailbox_count; a++)
				for (size_t b = 0; b < c->mailboxes[a].tracking.n; b++)
					if (addr_same(c->mailboxes[a].tracking.list[b], m->tracking.list[j]))
						FAULT(r, g, "%s.tracking: %s is %s's too; an address belongs to one mailbox", path,
						      m->tracking.list[j], c->mailboxes[a].key);
		}
		c->mailbox_count++;
	}
}

static void read_submissions(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = section(file, "submission", &n), *g;
	const char *key, *path;

	c->submissions = pool_list(r->pool, n, sizeof *c->submissions);
	for (size_t i = 0; i < n; i++) {
		struct submission *s = &c->submissions[c->submission_count];

		g = group_of(r, in, i, &key, &path);
		if (!g)
			continue;
		*s = (struct submission){ .key = key };
		s->server.at = source_of(r, g);
		fill(r, g, "submission", path, s, false);
		check_server(r, g, "submission", path, &s->server, 465, 587);
		c->submission_count++;
	}
}

/* Is it https, or does it stay on this machine? */
static bool safe_url(struct pool *p, const char *url)
{
	const char *host = strncmp(url, "http://", 7) == 0 ? url + 7 : NULL;

	return !host || conf_loopback(pool_slice(p, host, strcspn(host, ":/")));
}

static void read_calendars(struct conf_reading *r, const config_t *file)
{
	struct conf *c = r->conf;
	size_t n;
	const config_setting_t *in = section(file, "calendar", &n), *g;
	const char *key, *path;

	c->calendars = pool_list(r->pool, n, sizeof *c->calendars);
	for (size_t i = 0; i < n; i++) {
		struct calendar_conf *l = &c->calendars[c->calendar_count];

		g = group_of(r, in, i, &key, &path);
		if (!g)
			continue;
		*l = (struct calendar_conf){ .key = key, .at = source_of(r, g) };
		fill(r, g, "calendar", path, l, false);
		if (!l->url == !l->path && !misspelt(r, g, "calendar", "url") && !misspelt(r, g, "calendar", "file"))
			FAULT(r, g, "%s: %s; url = \"https://…\" or file = \"…\"", path, l->url ? "both an address and a file" : "neither an address nor a file");
		if (l->url && !safe_url(r->pool, l->url)) /* the address itself may be a secret */
			FAULT(r, g, "%s.url: without TLS anyone on the way can read the calendar; https://… (http is for 127.x, ::1 and localhost)", path);
		if (l->kind == CALENDAR_CALDAV && l->path)
			FAULT(r, g, "%s.file: a collection is on a server; url = \"https://…\"", path);
		if (*l->user && !*l->password && !config_setting_get_member((config_setting_t *)g, "password") && !misspelt(r, g, "calendar", "password"))
			FAULT(r, g, "%s.password is missing; %s", path, conf_key_find("calendar", "password")->allowed);
		for (size_t j = 0; l->kind == CALENDAR_CALDAV && j < c->calendar_count; j++)
			if (c->calendars[j].kind == CALENDAR_CALDAV && c->calendars[j].owner == l->owner)
				FAULT(r, g, "%s.kind: %s is a collection of kept's for the same owner; one is enough", path, c->calendars[j].key);
		c->calendar_count++;
	}
}

/* An empty section is a missing one. */
static void check_not_empty(struct conf_reading *r, const config_t *file, const char *in)
{
	size_t n;
	const config_setting_t *s = section(file, in, &n);

	if (s && config_setting_is_group(s) && n == 0)
		FAULT(r, s, "%s: an empty group; %s", in, conf_key_find("", in)->allowed);
}

static void database_default(struct conf_reading *r)
{
	const char *state = r->environment("XDG_STATE_HOME"), *home = r->environment("HOME");

	if (strcmp(r->conf->file, "/etc/kept/kept.conf") == 0)
		r->conf->database = "/var/lib/kept/kept.db";
	else if (state && *state == '/')
		r->conf->database = pool_print(r->pool, "%s/kept/kept.db", state);
	else if (home && *home == '/')
		r->conf->database = pool_print(r->pool, "%s/.local/state/kept/kept.db", home);
	else
		conf_fault(r, r->conf->file, 0, "database is missing, and neither XDG_STATE_HOME nor HOME says where it could lie; "
			   "database = \"/a/file\"");
}

/* ---- the file ---- */

static void read_all(struct conf_reading *r, const config_t *file)
{
	read_policies(r, file);
	read_teams(r, file);
	read_cadences(r, file);
	read_owners(r, file);
	read_mailboxes(r, file);
	read_submissions(r, file);
	read_calendars(r, file);
	fill(r, config_root_setting(file), "", "", r->conf, false);
	check_not_empty(r, file, "owner");
	check_not_empty(r, file, "mailbox");
	check_not_empty(r, file, "submission");
	if (!r->conf->database)
		database_default(r);
}

static int by_place(const void *a, const void *b)
{
	const struct conf_fault *x = a, *y = b;
	int d = strcmp(x->file, y->file);

	return d ? d : x->line != y->line ? (x->line < y->line ? -1 : 1) : strcmp(x->text, y->text);
}

static void report(struct pool *p, struct conf_reading *r, struct conf_errors *out)
{
	out->n = 0;
	out->list = pool_list(p, r->fault_count, sizeof *out->list);
	qsort(r->faults, r->fault_count, sizeof *r->faults, by_place);
	for (size_t i = 0; i < r->fault_count; i++) {
		const struct conf_fault *f = &r->faults[i];

		out->list[out->n++] = f->line ? pool_print(p, "%s:%d: %s", f->file, f->line, f->text)
					      : pool_print(p, "%s: %s", f->file, f->text);
	}
}

/* The folder of the file: as it was written, for libconfig, and as an absolute path. */
static const char *folder_of(struct pool *p, const char *file, const char **absolute_folder)
{
	const char *slash = strrchr(file, '/');
	const char *folder = !slash ? "." : slash == file ? "/" : pool_slice(p, file, (size_t)(slash - file));
	char *whole = realpath(folder, NULL);

	*absolute_folder = whole ? pool_copy(p, whole) : folder;
	free(whole);
	return folder;
}

const char *conf_file(struct pool *p, const char *(*environment)(const char *name))
{
	const char *named = environment("KEPT_CONF"), *config = environment("XDG_CONFIG_HOME"), *home = environment("HOME");
	const char *own = NULL;

	if (named && *named)
		return pool_copy(p, named);
	if (config && *config == '/')
		own = pool_print(p, "%s/kept/kept.conf", config);
	else if (home && *home == '/')
		own = pool_print(p, "%s/.config/kept/kept.conf", home);
	if (own && access(own, F_OK) == 0)
		return own;
	if (access("/etc/kept/kept.conf", F_OK) == 0 || !own)
		return "/etc/kept/kept.conf";
	return own;
}

static void fault_of_syntax(struct conf_reading *r, const config_t *c)
{
	const char *file = config_error_file(c) ? pool_copy(r->pool, config_error_file(c)) : r->conf->file;

	if (strcmp(config_error_text(c), "duplicate setting name") == 0)
		conf_fault(r, file, config_error_line(c), "%s: it is set twice; leave one of them", conf_twice(r, file, config_error_line(c)));
	else
		conf_fault(r, file, config_error_line(c), "%s; NAME = VALUE; and NAME: { … }; (something before this place may lack its end)",
			   config_error_text(c));
}

bool conf_load_with(struct pool *p, const char *file, const char *(*environment)(const char *name), struct conf **out,
		    struct conf_errors *errors)
{
	struct pool *own = pool_new();
	struct whole *w = pool_take(own, sizeof *w);
	struct conf_reading r = { .pool = own, .conf = &w->conf, .environment = environment };
	const char *include;
	config_t c;

	w->pool = own;
	w->conf.file = file ? pool_copy(own, file) : conf_file(own, environment);
	include = folder_of(own, w->conf.file, &r.folder);
	config_init(&c);
	config_set_include_dir(&c, include);
	if (conf_scan(&r, w->conf.file, include) && config_read_file(&c, w->conf.file))
		read_all(&r, &c), conf_templates(&r), conf_words(&r);
	else if (!r.unreadable) /* else the scan has said why */
		fault_of_syntax(&r, &c);
	config_destroy(&c);
	if (r.fault_count) {
		report(p, &r, errors);
		pool_end(&own);
		return false;
	}
	*out = &w->conf;
	return true;
}

static const char *from_process(const char *name)
{
	return getenv(name);
}

bool conf_load(struct pool *p, const char *file, struct conf **out, struct conf_errors *errors)
{
	return conf_load_with(p, file, from_process, out, errors);
}

void conf_close(struct conf **c)
{
	struct pool *own;

	if (!c || !*c)
		return;
	own = ((struct whole *)*c)->pool;
	*c = NULL;
	pool_end(&own);
}

/* ---- questions ---- */

const struct owner *conf_owner(const struct conf *c, const char *key)
{
	return THING(c, owners, owner_count, key);
}

static bool has(const struct strings *l, const char *address)
{
	for (size_t i = 0; i < l->n; i++)
		if (addr_same(l->list[i], address))
			return true;
	return false;
}

const struct owner *conf_owner_of(const struct conf *c, const char *address)
{
	for (size_t i = 0; i < c->owner_count; i++)
		if (has(&c->owners[i].addresses, address))
			return &c->owners[i];
	return NULL;
}

const struct policy *conf_policy(const struct conf *c, const char *key)
{
	const struct policy *p = key ? THING(c, policies, policy_count, key) : NULL;

	return p ? p : &c->policies[0];
}

const struct cadence *conf_cadence(const struct conf *c, const char *stage)
{
	return THING(c, cadences, cadence_count, stage);
}

const struct team *conf_team(const struct conf *c, const char *key)
{
	for (size_t i = 0; i < c->team_count; i++)
		if (strcasecmp(c->teams[i].key, key) == 0)
			return &c->teams[i];
	return NULL;
}

const struct team *conf_team_of(const struct conf *c, const char *address)
{
	for (size_t i = 0; i < c->team_count; i++)
		if (addr_same(c->teams[i].address, address))
			return &c->teams[i];
	return NULL;
}

const struct mailbox_conf *conf_capture(const struct conf *c, const struct owner *o)
{
	for (size_t i = 0; i < c->mailbox_count; i++) {
		const struct mailbox_conf *m = &c->mailboxes[i];

		if (m->tracking.n && (m->kind == MAILBOX_CAPTURE || m->owner == o))
			return m;
	}
	return NULL;
}

const char *conf_reply(struct pool *p, const struct conf *c, const struct owner *o, const char *token)
{
	const struct mailbox_conf *m = o ? conf_capture(c, o) : NULL;

	return m ? addr_with(p, m->tracking.list[0], pool_print(p, "r-%s", token)) : "";
}

bool conf_reads_sent(const struct conf *c, const struct owner *o)
{
	for (size_t i = 0; i < c->mailbox_count; i++)
		for (size_t k = 0; c->mailboxes[i].owner == o && k < c->mailboxes[i].watch.n; k++)
			if (strcmp(c->mailboxes[i].watch.list[k], "\\Sent") == 0)
				return true;
	return false;
}

const struct mailbox_conf *conf_drafts(const struct conf *c, const struct owner *o)
{
	for (size_t i = 0; i < c->mailbox_count && conf_capture(c, o); i++)
		if (c->mailboxes[i].kind == MAILBOX_PERSONAL && c->mailboxes[i].owner == o && c->mailboxes[i].drafts && *c->mailboxes[i].drafts)
			return &c->mailboxes[i];
	return NULL;
}

bool conf_tracks(struct pool *p, const struct conf *c, const char *address, const char **detail)
{
	for (size_t i = 0; i < c->mailbox_count; i++)
		for (size_t j = 0; j < c->mailboxes[i].tracking.n; j++)
			if (addr_tracks(p, c->mailboxes[i].tracking.list[j], address, detail))
				return true;
	return false;
}

const struct submission *conf_submission(const struct conf *c, const struct owner *o)
{
	const struct submission *theirs = NULL, *common = NULL;

	for (size_t i = 0; i < c->submission_count; i++) {
		const struct submission *s = &c->submissions[i];

		if (!s->owner && !common)
			common = s;
		else if (s->owner && s->owner == o && !theirs)
			theirs = s;
	}
	return common ? common : theirs;
}

const struct submission *conf_own_submission(const struct conf *c, const struct owner *o)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < c->submission_count; i++) {
			const struct submission *s = &c->submissions[i];

			if (pass == 0 ? s->owner == o : !s->owner && conf_owner_of(c, s->from) == o)
				return s;
		}
	return NULL;
}
