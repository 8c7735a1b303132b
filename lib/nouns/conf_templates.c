/* The owner's own templates are read with the configuration: what composes mail opens no file. */
#include "nouns/conf_inner.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ground/text.h"

enum { TEMPLATES_MOST = 200, TEMPLATE_MOST = 64 << 10 };

/* "reminder.de.md", "reminder.de-AT.md" */
static bool parted(struct pool *p, const char *file, struct own_template *t)
{
	const char *dot = strchr(file, '.'), *end = dot ? strchr(dot + 1, '.') : NULL;

	if (!end || dot == file || end == dot + 1 || strcmp(end, ".md") != 0)
		return false;
	t->name = pool_slice(p, file, (size_t)(dot - file));
	t->language = pool_slice(p, dot + 1, (size_t)(end - dot - 1));
	return strspn(t->language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") == strlen(t->language);
}

static void one(struct conf_reading *r, const char *name)
{
	struct own_template t = { 0 };
	struct text *text = text_new(r->pool, TEMPLATE_MOST + 1);
	struct stat st;
	char part[4096];
	ssize_t n;
	int fd;

	if (!parted(r->pool, name, &t))
		return;
	t.file = pool_print(r->pool, "%s/%s", r->conf->templates, name);
	fd = open(t.file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		conf_fault(r, t.file, 0, "cannot be read; a template is a regular file");
	} else {
		while ((n = read(fd, part, sizeof part)) > 0 && !text->cut)
			text_put(text, part, (size_t)n);
		if (n < 0 || text->n > TEMPLATE_MOST || strlen(text->s) != text->n || !utf8_valid(text->s, text->n)) {
			conf_fault(r, t.file, 0, "is no template: UTF-8 text of at most 64 KiB");
		} else {
			t.text = text->s;
			*(struct own_template *)pool_more(r->pool, &r->conf->own, r->conf->own_count++, sizeof t) = t;
		}
	}
	if (fd >= 0)
		close(fd);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void conf_templates(struct conf_reading *r)
{
	const char **names = NULL;
	size_t n = 0;
	DIR *folder;

	if (!r->conf->templates || !(folder = opendir(r->conf->templates)))
		return; /* that it is a folder was checked with its setting */
	for (struct dirent *d; n < TEMPLATES_MOST && (d = readdir(folder));)
		if (d->d_name[0] != '.')
			*(const char **)pool_more(r->pool, &names, n++, sizeof *names) = pool_copy(r->pool, d->d_name);
	closedir(folder);
	if (n)
		qsort(names, n, sizeof *names, by_name);
	for (size_t i = 0; i < n; i++)
		one(r, names[i]);
}
