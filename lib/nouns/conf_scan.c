/* conf_scan - what libconfig does not notice: a forgotten comma joins two texts of a list into one, silently; and its
 * scanner ends the whole process when an included name is a folder */
#include "nouns/conf_inner.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ground/text.h"

enum { FILE_MOST = 1 << 20, DEPTH_MOST = 10, BRACKETS_MOST = 64 };

struct scan {
	const char *file, *s;
	int line;
	char brackets[BRACKETS_MOST];
	size_t depth;
	const char *last; /* the text just before, when nothing but blanks and comments came since */
};

/* It names servers, and commands that are run: nobody else may change it, or have laid it where anybody may lay files. */
static bool is_ours(struct conf_reading *r, const char *file, const struct stat *st, const char *from, int line)
{
	const char *slash = strrchr(file, '/'), *folder = slash ? pool_slice(r->pool, file, (size_t)(slash - file) + 1) : ".";
	struct stat in;

	if (st->st_mode & S_IWOTH)
		conf_fault(r, from ? from : file, line, "%s: any user of this machine may change it (mode %04o); do: chmod o-w %s", file,
			   (unsigned)st->st_mode & 07777, file);
	else if (st->st_uid != 0 && st->st_uid != geteuid() && stat(folder, &in) == 0 && (in.st_mode & S_IWOTH))
		conf_fault(r, from ? from : file, line, "%s: another user has laid it there, as anybody may; do: choose a folder of your own", file);
	else
		return true;
	return false;
}

static const char *read_whole(struct conf_reading *r, const char *file, const char *from, int line)
{
	struct stat st;
	FILE *f = fopen(file, "re");
	char *bytes;
	size_t n;

	if (!f || fstat(fileno(f), &st) != 0) {
		if (from)
			conf_fault(r, from, line, "@include: %s: %s; a file beside the configuration", file, strerror(errno));
		else
			conf_fault(r, file, 0, "%s; -c FILE or KEPT_CONF names another one", strerror(errno));
		if (f)
			fclose(f);
		return NULL;
	}
	if (!S_ISREG(st.st_mode) || st.st_size > FILE_MOST) {
		conf_fault(r, from ? from : file, line, "%s is %s; a text file of at most 1 MiB", file,
			   S_ISDIR(st.st_mode) ? "a folder" : S_ISREG(st.st_mode) ? "too long" : "no file");
		fclose(f);
		return NULL;
	}
	if (!is_ours(r, file, &st, from, line)) {
		fclose(f);
		return NULL;
	}
	bytes = pool_take(r->pool, (size_t)st.st_size + 1);
	n = fread(bytes, 1, (size_t)st.st_size, f);
	bytes[n] = '\0';
	fclose(f);
	return bytes;
}

/* The lines of files of words, without blanks around them; empty ones and those with a # are none. */
static void words_of(struct conf_reading *r, const struct strings *files, struct strings *out)
{
	for (size_t i = 0; i < files->n; i++) {
		const char *s = read_whole(r, files->list[i], NULL, 0);

		while (s && *s) {
			size_t n = strcspn(s, "\r\n");
			const char *line = text_squeeze(r->pool, pool_slice(r->pool, s, n));

			if (*line && *line != '#')
				*(const char **)pool_more(r->pool, &out->list, out->n++, sizeof line) = line;
			s += n + strspn(s + n, "\r\n");
		}
	}
}

void conf_words(struct conf_reading *r)
{
	words_of(r, &r->conf->safety_words, &r->conf->safety_list);
	words_of(r, &r->conf->refusal_words, &r->conf->refusal_list);
}

static void skip_comment(struct scan *c)
{
	bool block = c->s[0] == '/' && c->s[1] == '*';

	if (block)
		c->s += 2;
	while (*c->s && (block ? !(c->s[0] == '*' && c->s[1] == '/') : *c->s != '\n'))
		c->line += *c->s++ == '\n';
	if (block && *c->s)
		c->s += 2;
}

static const char *take_string(struct conf_reading *r, struct scan *c)
{
	struct text *t = text_new(r->pool, FILE_MOST);

	for (c->s++; *c->s && *c->s != '"'; c->s++) {
		c->line += *c->s == '\n';
		if (*c->s == '\\' && c->s[1])
			c->s++;
		text_char(t, *c->s);
	}
	c->s += *c->s == '"';
	return t->s;
}

static void scan_file(struct conf_reading *r, const char *file, const char *folder, const char *from, int line, int depth);

static void string_met(struct conf_reading *r, struct scan *c, bool include, const char *folder, int depth)
{
	const char *found = take_string(r, c);
	char inside = c->depth && c->depth <= BRACKETS_MOST ? c->brackets[c->depth - 1] : 0;

	if (include) {
		if (*found == '/') { /* libconfig puts the folder before every name */
			conf_fault(r, c->file, c->line, "@include: \"%s\"; a path relative to the configuration's folder", found);
			r->unreadable = true;
		} else {
			scan_file(r, pool_print(r->pool, "%s/%s", folder, found), folder, c->file, c->line, depth + 1);
		}
		return;
	}
	if (c->last && (inside == '[' || inside == '(')) {
		conf_fault(r, c->file, c->line, "\"%s\" \"%s\": no comma between them, they would be read as one; a comma", c->last, found);
		*(const char **)pool_more(r->pool, &r->joined.list, r->joined.n, sizeof(char *)) =
			pool_print(r->pool, "%s%s", c->last, found);
		r->joined.n++;
	}
	c->last = found;
}

static void scan_file(struct conf_reading *r, const char *file, const char *folder, const char *from, int line, int depth)
{
	struct scan c = { .file = file, .line = 1 };
	bool include = false;

	if (depth > DEPTH_MOST) {
		conf_fault(r, from, line, "@include: more than %d files inside one another; fewer", DEPTH_MOST);
		r->unreadable = true;
		return;
	}
	c.s = read_whole(r, file, from, line);
	if (!c.s) {
		r->unreadable = true;
		return;
	}
	while (*c.s) {
		if (*c.s == '#' || (c.s[0] == '/' && (c.s[1] == '/' || c.s[1] == '*'))) {
			bool block = *c.s == '/' && c.s[1] == '*';

			skip_comment(&c);
			if (!*c.s && !block) { /* libconfig takes none that the file ends in */
				conf_fault(r, file, c.line, "the last line is a comment and has no line end; one behind it");
				r->unreadable = true;
			}
			continue;
		}
		if (*c.s == '"') {
			string_met(r, &c, include, folder, depth);
			include = false;
			continue;
		}
		if (strchr(" \t\r\n\f", *c.s)) {
			c.line += *c.s++ == '\n';
			continue;
		}
		c.last = NULL;
		if (strncmp(c.s, "@include", 8) == 0) {
			include = true;
			c.s += 8;
			continue;
		}
		if (strchr("[({", *c.s) && ++c.depth <= BRACKETS_MOST)
			c.brackets[c.depth - 1] = *c.s;
		else if (strchr("])}", *c.s) && c.depth)
			c.depth--;
		c.s++;
	}
}

/* The name that stands twice, where libconfig says only the line: the line's one name, or the one that it holds twice. */
const char *conf_twice(struct conf_reading *r, const char *file, int line)
{
	enum { NAMES_MOST = 20 };
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-*";
	const char *s = read_whole(r, file, NULL, 0), *names[NAMES_MOST] = { 0 };
	size_t n = 0;

	while (s && --line > 0)
		s = (s = strchr(s, '\n')) ? s + 1 : NULL;
	while (s && *s && *s != '\n' && n < NAMES_MOST) {
		size_t k = strspn(s, letters);

		if (*s == '"')
			k = 1 + strcspn(s + 1, "\"\n") + (s[1 + strcspn(s + 1, "\"\n")] == '"');
		else if (*s == '#' || strncmp(s, "//", 2) == 0)
			break;
		else if (k && strchr("=:", s[k + strspn(s + k, " \t")]) && s[k + strspn(s + k, " \t")])
			names[n++] = pool_slice(r->pool, s, k);
		s += k + !k;
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(names[i], names[j]) == 0)
				return names[i];
	return n == 1 ? names[0] : "a name of this line";
}

bool conf_scan(struct conf_reading *r, const char *file, const char *include_folder)
{
	scan_file(r, file, include_folder, NULL, 0, 1);
	return !r->unreadable;
}
