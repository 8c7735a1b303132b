#include "borders/material.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "borders/secret.h"

bool material_read(struct pool *p, const char *path, char **bytes, size_t *n, const char **digest, struct err *e)
{
	unsigned char d[DIGEST_LENGTH];
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
	secret_digest(*bytes, *n, d);
	*digest = secret_hex(p, d, DIGEST_LENGTH);
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
