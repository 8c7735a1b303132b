#include "ground/wake.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "ground/pool.h"

struct wake {
	int fd, outer;
	char *path;
};

static bool address(const char *path, struct sockaddr_un *a)
{
	memset(a, 0, sizeof *a);
	a->sun_family = AF_UNIX;
	if (strlen(path) >= sizeof a->sun_path)
		return false;
	strcpy(a->sun_path, path);
	return true;
}

bool wake_open(const char *path, struct wake **out, struct err *e)
{
	struct wake *w = must_take(sizeof *w);
	struct sockaddr_un a;
	mode_t old;
	int rc;

	w->outer = -1;
	w->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (w->fd < 0) {
		free(w);
		return err_temp(e, "cannot make an eventfd: %s", strerror(errno));
	}
	if (path) {
		if (!address(path, &a)) {
			wake_close(&w);
			return err_perm(e, "%s: the path is too long for a socket (107 bytes at most); put the database elsewhere", path);
		}
		unlink(path); /* ours alone: the database's lock is held */
		w->outer = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		old = umask(0177);
		rc = w->outer < 0 ? -1 : bind(w->outer, (struct sockaddr *)&a, sizeof a);
		umask(old);
		if (rc < 0) {
			rc = errno;
			wake_close(&w);
			return err_temp(e, "%s: cannot make the socket that `kept` rings: %s", path, strerror(rc));
		}
		w->path = must_copy(path);
	}
	*out = w;
	return true;
}

void wake_close(struct wake **w)
{
	if (!*w)
		return;
	if ((*w)->path)
		unlink((*w)->path);
	if ((*w)->outer >= 0)
		close((*w)->outer);
	close((*w)->fd);
	free((*w)->path);
	free(*w);
	*w = NULL;
}

void wake_ring(struct wake *w)
{
	uint64_t one = 1;

	if (w && write(w->fd, &one, sizeof one) < 0)
		return; /* full: it rings already */
}

void wake_ring_process(const char *path)
{
	struct sockaddr_un a;
	int fd;

	if (!address(path, &a))
		return;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return;
	sendto(fd, "!", 1, MSG_NOSIGNAL, (struct sockaddr *)&a, sizeof a);
	close(fd);
}

int wake_fd(const struct wake *w)
{
	return w->fd;
}

int wake_outer_fd(const struct wake *w)
{
	return w->outer;
}

bool wake_heard(struct wake *w)
{
	uint64_t n;
	char c[16];
	bool heard = read(w->fd, &n, sizeof n) > 0;

	while (w->outer >= 0 && recv(w->outer, c, sizeof c, MSG_DONTWAIT) >= 0)
		heard = true;
	return heard;
}
