#include "borders/tls.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	ALIVE_IDLE = 60, ALIVE_EVERY = 20, ALIVE_TIMES = 3, /* seconds: a dead peer is noticed in two minutes, also in IDLE */
	PROBE_MOST = 20,                                    /* addresses of a host that are tried */
};

struct tls {
	int fd;
	bool on, dead, wrote;
	int64_t until;  /* monotonic milliseconds */
	size_t budget;  /* bytes that may still be read */
	uint64_t turns, bytes;
	gnutls_session_t session;
	gnutls_certificate_credentials_t trust;
	char why[400];
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

/* false: the time is up, or poll() failed; errno says which. */
static bool ready(int fd, short events, int64_t until)
{
	for (;;) {
		int64_t left = until - now_ms();
		struct pollfd p = { fd, events, 0 };
		int r;

		if (left <= 0) {
			errno = ETIMEDOUT;
			return false;
		}
		r = poll(&p, 1, left > 3600000 ? 3600000 : (int)left);
		if (r > 0)
			return true;
		if (r < 0 && errno != EINTR)
			return false;
	}
}

/* ---- the socket ---- */

bool tls_loopback(const void *sockaddr)
{
	const struct sockaddr *a = sockaddr;

	if (a->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)sockaddr)->sin_addr.s_addr) >> 24 == 127;
	if (a->sa_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)sockaddr)->sin6_addr);
	return false;
}

/* So that a peer that went away is noticed while we wait in IDLE, and a NAT on the way keeps us in mind. */
static void keep_alive(int fd)
{
	static const struct { int level, name, value; } options[] = {
		{ SOL_SOCKET, SO_KEEPALIVE, 1 },
		{ IPPROTO_TCP, TCP_NODELAY, 1 },
		{ IPPROTO_TCP, TCP_KEEPIDLE, ALIVE_IDLE },
		{ IPPROTO_TCP, TCP_KEEPINTVL, ALIVE_EVERY },
		{ IPPROTO_TCP, TCP_KEEPCNT, ALIVE_TIMES },
		{ IPPROTO_TCP, TCP_USER_TIMEOUT, (ALIVE_IDLE + ALIVE_EVERY * ALIVE_TIMES) * 1000 },
	};

	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		setsockopt(fd, options[i].level, options[i].name, &options[i].value, sizeof(int));
}

/* One address; -1 and errno. */
static int reach(const struct addrinfo *a, int64_t until)
{
	int fd = socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, a->ai_protocol);
	int failed = 0;
	socklen_t n = sizeof failed;

	if (fd < 0)
		return -1;
	if (connect(fd, a->ai_addr, a->ai_addrlen) < 0) {
		failed = errno;
		if (failed == EINPROGRESS) {
			failed = ready(fd, POLLOUT, until) ? 0 : errno;
			if (!failed && getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &n) < 0)
				failed = errno;
		}
	}
	if (!failed)
		return fd;
	close(fd);
	errno = failed;
	return -1;
}

static bool unreachable(const struct server *s, int why, struct err *e)
{
	if (why == ECONNREFUSED)
		return err_temp(e, "%s port %d: nobody listens there (connection refused); is the port right? IMAP with TLS is 993 "
		                "(with STARTTLS 143), submission 465 (587)", s->host, s->port);
	if (why == ETIMEDOUT)
		return err_temp(e, "%s port %d: no answer; a firewall between, or the wrong port?", s->host, s->port);
	return err_temp(e, "%s port %d: cannot connect: %s", s->host, s->port, strerror(why));
}

bool tls_open(const struct server *s, int timeout_ms, struct tls **out, struct err *e)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list = NULL;
	int64_t until = now_ms() + timeout_ms;
	struct tls *t;
	char port[12];
	int rc, fd = -1, why = EHOSTUNREACH, left = 0;

	snprintf(port, sizeof port, "%d", s->port);
	rc = getaddrinfo(s->host, port, &hints, &list);
	if (rc == EAI_NONAME || rc == EAI_FAIL)
		return err_temp(e, "%s: there is no host of this name; is it spelt right?", s->host);
	if (rc)
		return err_temp(e, "%s: its address cannot be found now: %s", s->host, rc == EAI_SYSTEM ? strerror(errno) : gai_strerror(rc));
	for (struct addrinfo *a = list; a && left < PROBE_MOST; a = a->ai_next)
		left++;
	/* each address gets its share of the time that is left, so that a silent one cannot use it all up */
	for (struct addrinfo *a = list; a && left && fd < 0; a = a->ai_next, left--) {
		int64_t now = now_ms();

		if (s->tls == TLS_NONE && !tls_loopback(a->ai_addr)) {
			freeaddrinfo(list);
			return err_perm(e, "%s: without TLS kept speaks to this machine alone; set tls = \"implicit\" or \"starttls\"", s->host);
		}
		fd = reach(a, now + (until - now) / left);
		if (fd < 0)
			why = errno;
	}
	freeaddrinfo(list);
	if (fd < 0)
		return unreachable(s, why, e);
	keep_alive(fd);
	t = must_take(sizeof *t);
	t->fd = fd;
	t->until = until;
	t->budget = 1 << 16;
	*out = t;
	return true;
}

void tls_close(struct tls **t)
{
	if (!*t)
		return;
	if ((*t)->on && !(*t)->dead)
		gnutls_bye((*t)->session, GNUTLS_SHUT_WR);
	close((*t)->fd);
	if ((*t)->session)
		gnutls_deinit((*t)->session);
	if ((*t)->trust)
		gnutls_certificate_free_credentials((*t)->trust);
	free(*t);
	*t = NULL;
}

/* ---- the handshake ---- */

/* Debian's libcurl knows but the folder beside it, which has each authority three times, and holds all that in memory. */
const char *tls_authorities(const char *ca)
{
	static const char *const files[] = { "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt" };

	for (size_t k = 0; !ca && k < sizeof files / sizeof *files; k++)
		if (access(files[k], R_OK) == 0)
			ca = files[k];
	return ca;
}

static bool is_number(const char *host)
{
	unsigned char a[16];

	return inet_pton(AF_INET, host, a) == 1 || inet_pton(AF_INET6, host, a) == 1;
}

static bool trusted(struct tls *t, const struct server *s, struct err *e)
{
	int n;

	if (gnutls_certificate_allocate_credentials(&t->trust) < 0)
		return err_temp(e, "cannot begin TLS: out of memory");
	n = s->ca ? gnutls_certificate_set_x509_trust_file(t->trust, s->ca, GNUTLS_X509_FMT_PEM)
	          : gnutls_certificate_set_x509_system_trust(t->trust);
	if (n > 0)
		return true;
	if (s->ca) /* an empty file gives 0, a missing one < 0 */
		return err_perm(e, "%s: no certificate of an authority (PEM) could be read from it%s%s", s->ca, n ? ": " : "",
		                n ? gnutls_strerror(n) : "");
	return err_perm(e, "this system has no list of trusted authorities; install ca-certificates, or set ca = \"FILE\"");
}

/* A hundred authorities and more are megabytes: once the handshake is over a connection has no use for them. */
static void forget_trusted(struct tls *t)
{
	gnutls_x509_trust_list_t none;

	if (gnutls_x509_trust_list_init(&none, 1) >= 0)
		gnutls_certificate_set_trust_list(t->trust, none, 0);
}

static const struct { unsigned bit; const char *hint; } hints[] = {
	{ GNUTLS_CERT_UNEXPECTED_OWNER, "set host to the name the certificate bears" },
	{ GNUTLS_CERT_EXPIRED, "its administrator must renew it; is this machine's clock right?" },
	{ GNUTLS_CERT_NOT_ACTIVATED, "is this machine's clock right?" },
	{ GNUTLS_CERT_SIGNER_NOT_FOUND, "if you trust it, set ca = \"FILE\" to the certificate (PEM) of its authority" },
};

static bool refused(struct tls *t, const struct server *s, int r, struct err *e)
{
	unsigned status = gnutls_session_get_verify_cert_status(t->session);
	gnutls_datum_t text = { 0 };
	const char *hint = "nothing was sent";

	if (r == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR || r == GNUTLS_E_CERTIFICATE_ERROR) {
		if (gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0) < 0)
			text.data = NULL;
		while (text.data && text.size && strchr(". ", text.data[text.size - 1])) /* a sentence goes on behind it */
			text.data[--text.size] = '\0';
		for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
			if (status & hints[i].bit) {
				hint = hints[i].hint;
				break;
			}
		err_perm(e, "%s port %d: its certificate is refused: %s; %s", s->host, s->port,
		         text.data ? (char *)text.data : gnutls_strerror(r), hint);
		gnutls_free(text.data);
		return false;
	}
	if (r == GNUTLS_E_TIMEDOUT)
		return err_temp(e, "%s port %d: no answer in the TLS handshake%s", s->host, s->port,
		                s->tls == TLS_IMPLICIT ? "; if this port begins in clear, set tls = \"starttls\"" : "");
	if (r == GNUTLS_E_UNEXPECTED_PACKET_LENGTH || r == GNUTLS_E_UNEXPECTED_PACKET || r == GNUTLS_E_UNSUPPORTED_VERSION_PACKET)
		return err_perm(e, "%s port %d: does not speak TLS here (%s)%s", s->host, s->port, gnutls_strerror(r),
		                s->tls == TLS_IMPLICIT ? "; set tls = \"starttls\", or the port for TLS (993 or 465)" : "");
	if (r == GNUTLS_E_PREMATURE_TERMINATION || r == GNUTLS_E_PULL_ERROR || r == GNUTLS_E_PUSH_ERROR)
		return err_temp(e, "%s port %d: the connection broke in the TLS handshake: %s", s->host, s->port, gnutls_strerror(r));
	return err_perm(e, "%s port %d: the TLS handshake failed: %s", s->host, s->port, gnutls_strerror(r));
}

bool tls_start(struct tls *t, const struct server *s, struct err *e)
{
	int r;

	if (t->on || t->dead)
		return err_temp(e, "%s: cannot begin TLS on this connection", s->host);
	if (!trusted(t, s, e)) {
		tls_kill(t, "no trusted authority");
		return false;
	}
	r = gnutls_init(&t->session, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);
	/* RFC 8314 4.1: at least TLS 1.2 */
	if (r >= 0)
		r = gnutls_set_default_priority_append(t->session, "-VERS-TLS1.1:-VERS-TLS1.0:-VERS-SSL3.0", NULL, 0);
	if (r >= 0)
		r = gnutls_credentials_set(t->session, GNUTLS_CRD_CERTIFICATE, t->trust);
	if (r >= 0 && !is_number(s->host))
		r = gnutls_server_name_set(t->session, GNUTLS_NAME_DNS, s->host, strlen(s->host));
	if (r < 0) {
		tls_kill(t, gnutls_strerror(r));
		return err_perm(e, "%s: cannot begin TLS: %s", s->host, gnutls_strerror(r));
	}
	gnutls_session_set_verify_cert(t->session, s->host, 0); /* chain, name or address, dates: within the handshake */
	gnutls_transport_set_int(t->session, t->fd);
	while ((r = gnutls_handshake(t->session)) < 0 && !gnutls_error_is_fatal(r))
		if (!ready(t->fd, gnutls_record_get_direction(t->session) ? POLLOUT : POLLIN, t->until)) {
			r = GNUTLS_E_TIMEDOUT;
			break;
		}
	if (r < 0) {
		refused(t, s, r, e);
		tls_kill(t, gnutls_strerror(r));
		return false;
	}
	forget_trusted(t);
	t->on = true;
	t->wrote = false;
	return true;
}

/* ---- the talk ---- */

void tls_deadline(struct tls *t, int ms, size_t bytes)
{
	t->until = now_ms() + ms;
	t->budget = bytes;
}

void tls_kill(struct tls *t, const char *why)
{
	if (!t->dead)
		snprintf(t->why, sizeof t->why, "%s", why);
	t->dead = true;
}

/* The result of a read or write that did not work out: wait and try again, or dead? */
static bool again(struct tls *t, ssize_t r, short events)
{
	bool later = t->on ? r == GNUTLS_E_AGAIN || r == GNUTLS_E_INTERRUPTED : errno == EAGAIN || errno == EINTR;

	if (t->on && later)
		events = gnutls_record_get_direction(t->session) ? POLLOUT : POLLIN;
	if (later && ready(t->fd, events, t->until))
		return true;
	if (later)
		tls_kill(t, errno == ETIMEDOUT ? "the time for its answer is up" : strerror(errno));
	else if (t->on && r == GNUTLS_E_PREMATURE_TERMINATION)
		tls_kill(t, "the server closed the connection");
	else
		tls_kill(t, t->on ? gnutls_strerror((int)r) : strerror(errno));
	return false;
}

ssize_t tls_read(struct tls *t, void *bytes, size_t n)
{
	ssize_t r;

	if (t->dead)
		return -1;
	if (now_ms() >= t->until) { /* however much waits: a drip is no answer */
		tls_kill(t, "the time for its answer is up");
		return -1;
	}
	do
		r = t->on ? gnutls_record_recv(t->session, bytes, n) : recv(t->fd, bytes, n, 0);
	while (r < 0 && again(t, r, POLLIN));
	if (r < 0)
		return -1;
	if (r == 0) {
		tls_kill(t, "the server closed the connection");
		return 0;
	}
	if ((size_t)r > t->budget) {
		tls_kill(t, "it sent more than was asked for");
		return -1;
	}
	t->budget -= (size_t)r;
	t->bytes += (size_t)r;
	t->turns += t->wrote;
	t->wrote = false;
	return r;
}

ssize_t tls_write(struct tls *t, const void *bytes, size_t n)
{
	ssize_t r;

	if (t->dead)
		return -1;
	do
		r = t->on ? gnutls_record_send(t->session, bytes, n) : send(t->fd, bytes, n, MSG_NOSIGNAL);
	while (r < 0 && again(t, r, POLLOUT));
	if (r < 0)
		return -1;
	t->bytes += (size_t)r;
	t->wrote = true;
	return r;
}

int tls_fd(const struct tls *t)
{
	return t->fd;
}

bool tls_pending(const struct tls *t)
{
	return t->on && gnutls_record_check_pending(t->session) > 0;
}

bool tls_is_on(const struct tls *t)
{
	return t->on;
}

bool tls_dead(const struct tls *t)
{
	return t->dead;
}

const char *tls_why(const struct tls *t)
{
	return t->dead ? t->why : "";
}

size_t tls_budget(const struct tls *t)
{
	return t->budget;
}

uint64_t tls_turns(const struct tls *t)
{
	return t->turns;
}

uint64_t tls_bytes(const struct tls *t)
{
	return t->bytes;
}

char *tls_domain(struct pool *p, const char *domain)
{
	gnutls_datum_t ascii = { 0 };
	char *copy;

	if (gnutls_idna_map(domain, (unsigned)strlen(domain), &ascii, 0) < 0)
		return NULL;
	copy = pool_slice(p, (char *)ascii.data, ascii.size);
	gnutls_free(ascii.data);
	return copy;
}
