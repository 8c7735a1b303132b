/* the configuration as a whole: which file, read, and what was wrong with it */
#include "nouns/conf_inner.h"

#include <libconfig.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ground/text.h"

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

static void read_all(struct conf_reading *r, const config_t *file)
{
	conf_sections(r, file);
	if (!r->conf->database)
		database_default(r);
	for (size_t i = 0; r->conf->database && i < r->conf->oauth_count; i++)
		r->conf->oauths[i].store = pool_print(r->pool, "%s.oauth", r->conf->database);
	conf_templates(r);
	conf_words(r);
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
	const char *named = environment("KEPT_CONF"), *config = environment("XDG_CONFIG_HOME"),
		*home = environment("HOME");
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
		conf_fault(r, file, config_error_line(c), "%s: it is set twice; leave one of them",
			conf_twice(r, file, config_error_line(c)));
	else
		conf_fault(r, file, config_error_line(c),
			"%s; NAME = VALUE; and NAME: { … }; (something before this place may lack its end)",
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
		read_all(&r, &c);
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
