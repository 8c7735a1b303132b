/* one value, and the keys of one group, from libconfig's form into our structs by the table of keys */
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

struct source conf_source_of(struct conf_reading *r, const config_setting_t *s)
{
	const char *file = config_setting_source_file(s);

	return (struct source){ file ? pool_copy(r->pool, file) : r->conf->file, (int)config_setting_source_line(s) };
}

void conf_fault_at(struct conf_reading *r, const config_setting_t *s, const char *format, ...)
{
	struct source at = conf_source_of(r, s);
	va_list a;

	va_start(a, format);
	conf_fault(r, at.file, at.line, "%s", pool_vprint(r->pool, format, a));
	va_end(a);
}

const char *conf_type_name(const config_setting_t *s)
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
		conf_fault_at(r, s, "%s: %s; %s", path, conf_type_name(s), k->allowed);
		return NULL;
	}
	if (strlen(v) > WORD_MOST || strcmp(line_from(r->pool, v, WORD_MOST).s, v) != 0) {
		conf_fault_at(r, s, "%s: a text with control characters, blanks at its ends or more than %d bytes; %s",
		      path, WORD_MOST, k->allowed);
		return NULL;
	}
	if (k->fits ? k->fits(v) : *v != '\0')
		return pool_copy(r->pool, v);
	for (size_t i = 0; i < r->joined.n; i++)
		if (strstr(v, r->joined.list[i]))
			return NULL;
	conf_fault_at(r, s, "%s: \"%s\"%s; %s", path, v, strchr(v, '@') != strrchr(v, '@') ? " (is a comma missing?)"
		: "", k->allowed);
	return NULL;
}

static bool words(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path,
		  struct strings *out)
{
	struct strings l = { 0 };
	int n = config_setting_is_aggregate(s) ? config_setting_length(s) : 1;
	const char *one;

	if (config_setting_is_group(s) || n > THINGS_MOST) {
		conf_fault_at(r, s, "%s: %s; %s", path, n > THINGS_MOST ? "too long a list" : conf_type_name(s),
			k->allowed);
		return false;
	}
	for (int i = 0; i < n; i++) {
		one = word(r, k, config_setting_is_aggregate(s) ? config_setting_get_elem(s, (unsigned)i) : s, path);
		if (one)
			*(const char **)pool_more(r->pool, &l.list, l.n, sizeof(char *)) = one, l.n++;
	}
	if (n == 0 && k->must)
		conf_fault_at(r, s, "%s: an empty list; %s", path, k->allowed);
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
		conf_fault_at(r, s, "%s: %s cannot be read: %m; %s", path, v, k->allowed);
	else if (S_ISDIR(st.st_mode) != folder)
		conf_fault_at(r, s, "%s: %s is %s folder; %s", path, v, folder ? "no" : "a", k->allowed);
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

static const void *reference(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s,
	const char *path,
			     const void *list, size_t n, size_t of, const char *v)
{
	const void *found = conf_thing(list, n, of, v);
	const char **names, *near;

	if (found)
		return found;
	names = pool_list(r->pool, n + 1, sizeof *names);
	for (size_t i = 0; i < n; i++)
		names[i] = *(const char *const *)((const char *)list + i * of);
	near = text_nearest(v, names);
	conf_fault_at(r, s, "%s: there is no \"%s\"; %s%s%s%s", path, v, k->allowed, near ? ", did you mean \"" : "",
		near ? near : "",
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
	conf_fault_at(r, s, "%s: a text that says no place (a password never stands in the configuration); %s", path,
		k->allowed);
	return NULL;
}

static void number(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path,
	void *to)
{
	long long v = config_setting_get_int64(s);
	int type = config_setting_type(s), fits;
	const char *digits = config_setting_get_string(s);

	if (digits && *digits && strlen(digits) < 20 && !digits[strspn(digits, "0123456789")])
		conf_fault_at(r, s, "%s: \"%s\" in quotation marks is a text, and a number belongs here; write %s = %s", path, digits, k->name, digits);
	else if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64)
		conf_fault_at(r, s, "%s: %s; %s", path, conf_type_name(s), k->allowed);
	else if (v < k->least || v > k->most)
		conf_fault_at(r, s, "%s: %lld; %s", path, v, k->allowed);
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
		conf_fault_at(r, s, "%s: \"%s\"; %s%s%s%s", path, v, k->allowed, near ? " (did you mean \"" : "",
			near ? near : "",
		      near ? "\"?)" : "");
}

static void zone(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path,
	const char *v,
		 void *to)
{
	const struct zone *z;
	struct err e = { 0 };

	if (zone_load(r->pool, v, &z, &e))
		*(const struct zone **)to = z;
	else
		conf_fault_at(r, s, "%s: %s; %s", path, e.text, k->allowed);
}

static void after(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path,
	const char *v,
		  struct mailbox_conf *m)
{
	m->after = strcmp(v, "keep") == 0 ? AFTER_KEEP : strncmp(v, "move:", 5) == 0 && v[5] ? AFTER_MOVE : AFTER_SEEN;
	if (m->after == AFTER_MOVE)
		m->move_to = v + 5;
	else if (m->after == AFTER_SEEN && strcmp(v, "seen") != 0)
		conf_fault_at(r, s, "%s: \"%s\"; %s", path, v, k->allowed);
}

/* One setting into its field. What is wrong leaves the field as it was. */
static void take(struct conf_reading *r, const struct conf_key *k, const config_setting_t *s, const char *path,
	void *base)
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
			conf_fault_at(r, s, "%s: %s; true or false", path, conf_type_name(s));
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
	case FORM_OAUTH:
		*(const void **)to = reference(r, k, s, path, c->oauths, c->oauth_count, sizeof *c->oauths, v);
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
		for (char *one = strtok_r(pool_copy(r->pool, k->standard), ", ", &save); one; one = strtok_r(NULL,
			    ", ", &save))
			*(const char **)pool_more(r->pool, &list->list, list->n, sizeof(char *)) = one, list->n++;
		break;
	case FORM_AFTER: /* "seen" is 0 */
		break;
	case FORM_FLAG:
		*(bool *)to = strcmp(k->standard, "true") == 0;
		break;
	case FORM_WORD: case FORM_PATH: case FORM_PATHS: case FORM_FOLDER: case FORM_OWNER: case FORM_TEAM: case FORM_OAUTH: case FORM_POLICY:
	case FORM_ZONE: case FORM_SECRET: case FORM_GROUP: case FORM_GROUPS:
		*(const char **)to = k->standard;
		break;
	}
}

/* ---- one section ---- */

/* Is there a key that none is, and this one is the nearest to it? Then it is misspelt, not missing. */
bool conf_misspelt(struct conf_reading *r, const config_setting_t *group, const char *in, const char *key)
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
			conf_fault_at(r, s, "%s%s%s: no such setting; did you mean `%s`?", path, *path ? "." : "",
				name, near);
		else
			conf_fault_at(r, s, "%s%s%s: no such setting; kept.conf(5) has them all", path, *path ? "."
				: "", name);
	}
}

/* All keys of one group into the struct at `base`; `group` NULL: the defaults alone. `keep`: what is not named stays.
 * */
void conf_fill(struct conf_reading *r, const config_setting_t *group, const char *in, const char *path, void *base,
	bool keep)
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
				conf_fault_at(r, s, "%s: %s; %s", name, conf_type_name(s), k->allowed);
			else if (k->form == FORM_GROUP)
				conf_fill(r, s, k->name, name, base, false);
			continue;
		}
		if (!keep && k->standard) /* also before a value: one that is wrong leaves the default, not a hole */
			standard(r, k, base);
		if (!s && k->form == FORM_GROUP)
			conf_fill(r, NULL, k->name, name, base, false);
		if (!s && k->must && group && !keep && !conf_misspelt(r, group, in, k->name))
			conf_fault_at(r, group, "%s is missing; %s", name, k->allowed);
		if (s && k->form == FORM_WORDS)
			*(struct strings *)((char *)base + k->at) = (struct strings){ 0 };
		if (s)
			take(r, k, s, name, base);
	}
	if (group)
		unknown_keys(r, group, in, path);
}
