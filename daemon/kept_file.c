/* files that are there whole or not at all */
#include "daemon/kept_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "borders/secret.h"

const char *file_absolute(struct pool *p, const char *path)
{
	char here[PATH_MAX];

	return *path == '/' || !getcwd(here, sizeof here) ? path : pool_print(p, "%s/%s", here, path);
}

static bool folder_made(struct pool *p, const char *path, struct err *e)
{
	char *s = pool_copy(p, path);

	for (char *slash = strchr(s + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(s, 0700) < 0 && errno != EEXIST)
			return err_perm(e, "%s: this folder cannot be made: %s", s, strerror(errno));
		*slash = '/';
	}
	return true;
}

bool file_beside(struct pool *p, const char *path, const char *bytes, size_t n, const char **beside, struct err *e)
{
	char token[TOKEN_LENGTH + 1];
	int fd;
	bool well;

	if (!folder_made(p, path, e))
		return false;
	secret_token(token);
	*beside = pool_print(p, "%s.%s", path, token);
	fd = open(*beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_perm(e, "%s: cannot be written: %s", path, strerror(errno));
	well = secret_put(fd, bytes, n) || err_perm(e, "%s: cannot be written: %s", path, strerror(errno));
	close(fd);
	if (!well)
		unlink(*beside);
	return well;
}

bool file_placed(const char *beside, const char *path, bool over, struct err *e)
{
	bool well = (over ? rename(beside, path) : link(beside, path)) == 0;

	if (!well && !over && errno == EEXIST)
		err_perm(e, "%s came there meanwhile, and was not changed", path);
	else if (!well)
		err_perm(e, "%s: cannot be written: %s", path, strerror(errno));
	if (!well || !over)
		unlink(beside);
	if (well)
		secret_folder_sync(path);
	return well;
}
