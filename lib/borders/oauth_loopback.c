/* where a browser comes back to: a socket on loopback, where any user of this machine may knock (RFC 8252 7.3, 8.3) */
#include "borders/oauth_inner.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_MOST = 16 << 10, VISITORS = 8, WAITING = 64, TURNS = 20 };

struct visitor {
	int fd;
	unsigned turn; /* in what order they came; 0: nobody */
	size_t n;
	char said[REQUEST_MOST + 1];
};

struct oauth_loopback {
	int listener[2]; /* IPv4, IPv6; -1 */
	unsigned turn;
	struct visitor in[VISITORS];
};

#define REPLY(status, words) \
	"HTTP/1.1 " status "\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n" \
	"Connection: close\r\n\r\n" words

const char *oauth_heard(struct pool *p, const char *said, const char *state, const char **redirected)
{
	bool get = strncmp(said, "GET ", 4) == 0;
	const char *path, *came;

	*redirected = NULL;
	if (!strstr(said, "\r\n\r\n"))
		return NULL;
	if (!get) /* HEAD too: who only looks has not come back */
		return REPLY("405 Method Not Allowed\r\nAllow: GET", "");
	path = pool_slice(p, said + 4, strcspn(said + 4, " \r\n"));
	came = strncmp(path, "/?", 2) == 0 ? oauth_value(p, path, "state") : NULL;
	if (!came || strcmp(came, state) != 0)
		return REPLY("404 Not Found", "Nothing is here.\r\n");
	*redirected = path;
	return REPLY("200 OK", "That is all here. Look at kept, and close this page.\r\n");
}

static bool watch(int all, int fd, void *whose)
{
	struct epoll_event want = { .events = EPOLLIN, .data.ptr = whose };

	return epoll_ctl(all, EPOLL_CTL_ADD, fd, &want) == 0;
}

/* On this port, or, where it is 0, on any, which it says then; -1: errno says why not. */
static int listens(int family, int *port)
{
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)*port) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT, .sin6_port = htons((uint16_t)*port) };
	struct sockaddr *a = family == AF_INET ? (struct sockaddr *)&four : (struct sockaddr *)&six;
	socklen_t n = family == AF_INET ? sizeof four : sizeof six;
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), why;

	if (fd >= 0 && bind(fd, a, n) == 0 && listen(fd, WAITING) == 0 && getsockname(fd, a, &n) == 0) {
		*port = ntohs(family == AF_INET ? four.sin_port : six.sin6_port);
		return fd;
	}
	why = errno;
	if (fd >= 0)
		close(fd);
	errno = why;
	return -1;
}

/* A browser takes localhost for either address: at the same port of both, so that nobody else listens at the other. */
bool oauth_listen(struct oauth_code *c, int *port)
{
	struct oauth_loopback *l = must_take(sizeof *l);
	int *four = &l->listener[0], *six = &l->listener[1];
	bool taken = true;

	c->loopback = l;
	*four = *six = -1;
	c->fd = epoll_create1(EPOLL_CLOEXEC);
	for (int turns = 0; turns < TURNS && taken; turns++) {
		if (*four >= 0)
			close(*four);
		*port = 0;
		*four = listens(AF_INET, port);
		*six = *four < 0 ? -1 : listens(AF_INET6, port);
		taken = *four >= 0 && *six < 0 && errno == EADDRINUSE; /* else there is no IPv6 */
	}
	return c->fd >= 0 && *four >= 0 && !taken && watch(c->fd, *four, four) && (*six < 0 || watch(c->fd, *six, six));
}

static void leave(struct oauth_code *c, struct visitor *v)
{
	if (v->turn) {
		epoll_ctl(c->fd, EPOLL_CTL_DEL, v->fd, NULL);
		close(v->fd);
	}
	v->turn = 0;
	explicit_bzero(v->said, v->n);
	v->n = 0;
}

void oauth_code_end(struct oauth_code *c)
{
	struct oauth_loopback *l = c->loopback;

	for (int i = 0; l && i < VISITORS; i++)
		leave(c, &l->in[i]);
	for (int i = 0; l && i < 2; i++)
		if (l->listener[i] >= 0)
			close(l->listener[i]);
	if (c->fd >= 0)
		close(c->fd);
	free(l);
	c->loopback = NULL;
	c->fd = -1;
}

/* One comes in. Where all places are taken the one that is there longest goes: a browser says at once what it wants. */
static bool enter(struct oauth_code *c, int listener, struct err *e)
{
	struct oauth_loopback *l = c->loopback;
	struct visitor *v = &l->in[0];
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return errno == EAGAIN || errno == ECONNABORTED || errno == EINTR ||
		       err_temp(e, "localhost: %s", strerror(errno));
	for (int i = 1; i < VISITORS; i++)
		if (l->in[i].turn < v->turn)
			v = &l->in[i];
	leave(c, v);
	v->fd = fd;
	v->turn = ++l->turn;
	if (!watch(c->fd, fd, v))
		leave(c, v);
	return true;
}

/* What this one says; whoever has said all, or says too much, is answered and goes. */
static void hear(struct pool *p, struct oauth_code *c, struct visitor *v, const char **redirected)
{
	struct pool *own = pool_new(); /* many may come */
	ssize_t n = recv(v->fd, v->said + v->n, REQUEST_MOST - v->n, 0);
	const char *answer, *path = NULL;

	v->n += n > 0 ? (size_t)n : 0;
	v->said[v->n] = '\0';
	answer = oauth_heard(own, v->said, c->state, &path);
	if (answer)
		send(v->fd, answer, strlen(answer), MSG_NOSIGNAL);
	if (path)
		*redirected = pool_copy(p, path);
	if (answer || n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR) || v->n == REQUEST_MOST)
		leave(c, v);
	pool_end(&own);
}

bool oauth_code_came(struct pool *p, struct oauth_code *c, bool *came, const char **redirected, struct err *e)
{
	struct epoll_event ready[VISITORS + 2];
	int n = epoll_wait(c->fd, ready, VISITORS + 2, 0);
	struct oauth_loopback *l = c->loopback;
	const char *path = NULL;
	bool ok = true;

	for (int i = 0; i < n && ok && !path; i++) {
		void *what = ready[i].data.ptr;
		struct visitor *v = what;

		if (what == &l->listener[0] || what == &l->listener[1])
			ok = enter(c, *(int *)what, e);
		else if (v->turn)
			hear(p, c, v, &path);
	}
	*came = path != NULL;
	if (path)
		*redirected = path;
	return ok;
}
