#include "borders/material.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "borders/secret.h"
#include "ground/text.h"

const char *material_digest(struct pool *p, const char *bytes, size_t n)
{
	unsigned char d[DIGEST_LENGTH];

	secret_digest(bytes, n, d);
	return secret_hex(p, d, DIGEST_LENGTH);
}

bool material_read(struct pool *p, const char *path, char **bytes, size_t *n, const char **digest, struct err *e)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t r = 1;

	if (fd < 0)
		return err_perm(e, "%s: %s", path, errno == ELOOP ? "a symbolic link; name the file itself" : strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0 || st.st_size > RESOURCE_FILE_MOST) {
		close(fd);
		return err_perm(e, "%s: %s", path, !S_ISREG(st.st_mode) ? "no file" : st.st_size ? "larger than 16 MB: too large for a mail; give a link" : "empty");
	}
	*bytes = pool_take(p, (size_t)st.st_size + 1);
	for (*n = 0; r > 0 && *n < (size_t)st.st_size; *n += r > 0 ? (size_t)r : 0)
		r = read(fd, *bytes + *n, (size_t)st.st_size - *n);
	close(fd);
	if (r <= 0)
		return err_temp(e, "%s: could not be read whole", path);
	*digest = material_digest(p, *bytes, *n);
	return true;
}

/* ---- keeping ---- */

enum { KEPT_NAME_MOST = 120 };

/* A stranger's name for a file, so that it names one and no more: no path, nothing hidden, no control character. */
static const char *plain_name(struct pool *p, const char *name)
{
	char *s = pool_copy(p, line_from(p, name, NAME_MOST).s), *out = s;
	size_t n = strlen(s);

	if (n > KEPT_NAME_MOST) { /* its end says what it is */
		const char *dot = strrchr(s, '.');
		size_t end = dot && strlen(dot) < 12 ? strlen(dot) : 0;

		out = pool_print(p, "%s%s", pool_slice(p, s, utf8_cut(s, KEPT_NAME_MOST - end)), end ? dot : "");
	}
	for (char *c = out; *c; c++)
		if (strchr("/\\:", *c) || (c == out && (*c == '.' || *c == '-')))
			*c = '_';
	return *out ? out : "file";
}

static bool folder_make(const char *path, struct err *e)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST || err_temp(e, "%s: %s", path, strerror(errno));
}

/* Under another name until it is whole. */
static bool file_make(struct pool *p, const char *path, const char *bytes, size_t n, struct err *e)
{
	const char *unfinished = pool_print(p, "%s.new", path);
	bool well;
	int fd;

	unlink(unfinished);
	fd = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return err_temp(e, "%s: %s", unfinished, strerror(errno));
	well = secret_put(fd, bytes, n);
	well &= close(fd) == 0;
	if (well && rename(unfinished, path) == 0)
		return true;
	err_temp(e, "%s: it could not be written: %s", path, strerror(errno));
	unlink(unfinished);
	return false;
}

bool material_keep(struct pool *p, const char *folder, const char *name, const char *bytes, size_t n, const char **path,
		   struct err *e)
{
	const char *own = pool_print(p, "%s/%s", folder, material_digest(p, bytes, n));
	const char *file = pool_print(p, "%s/%s", own, plain_name(p, name));

	if (!folder_make(folder, e) || !folder_make(own, e) || !file_make(p, file, bytes, n, e))
		return false;
	*path = file;
	return true;
}

bool material_sound(struct pool *p, const struct resource *r, struct err *e)
{
	const char *digest;
	char *bytes;
	size_t n;

	if (!*r->file)
		return true;
	if (!material_read(p, r->file, &bytes, &n, &digest, e))
		return false;
	return strcmp(digest, r->digest) == 0 || err_perm(e, "%s: changed since its approval", r->file);
}
