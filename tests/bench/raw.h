/* raw - IMAP by hand, for the floors: commands written as they stand, answers read to their tag and thrown away
 *
 * No certificate is checked and nothing is parsed: it is the least that can be done, not an example.
 */
#ifndef KEPT_TESTS_BENCH_RAW_H
#define KEPT_TESTS_BENCH_RAW_H

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/bench.h"

struct raw {
	int fd;
	gnutls_session_t tls; /* NULL: plain */
	gnutls_certificate_credentials_t cred;
	int tags;
	bool spoke;
	uint64_t turns, bytes;
	char said[1 << 16];   /* the end of the last answer */
	size_t n;
};

static inline void raw_write(struct raw *r, const char *s, size_t n)
{
	while (n) {
		ssize_t k = r->tls ? gnutls_record_send(r->tls, s, n) : send(r->fd, s, n, MSG_NOSIGNAL);

		if (k <= 0)
			bench_end("raw IMAP", "the server hung up");
		s += k;
		n -= (size_t)k;
		r->bytes += (uint64_t)k;
	}
	r->spoke = true;
}

/* Reads until a line begins with `mark` and is whole. */
static inline void raw_hear(struct raw *r, const char *mark)
{
	size_t m = strlen(mark);

	for (r->n = 0;;) {
		ssize_t k;
		const char *line;

		if (r->n > sizeof r->said / 2) { /* only the end is looked at */
			memmove(r->said, r->said + r->n - 1000, 1000);
			r->n = 1000;
		}
		do /* a session ticket is no data */
			k = r->tls ? gnutls_record_recv(r->tls, r->said + r->n, sizeof r->said - r->n - 1) :
				     recv(r->fd, r->said + r->n, sizeof r->said - r->n - 1, 0);
		while (r->tls && k < 0 && !gnutls_error_is_fatal((int)k));
		if (k <= 0)
			bench_end("raw IMAP", "the server hung up");
		r->turns += r->spoke;
		r->spoke = false;
		r->bytes += (uint64_t)k;
		r->n += (size_t)k;
		r->said[r->n] = '\0';
		if (r->n < 2 || r->said[r->n - 1] != '\n')
			continue;
		for (line = r->said + r->n - 1; line > r->said && line[-1] != '\n'; line--)
			;
		/* "* 5 EXISTS" may be followed by "* 1 RECENT": any of the last lines will do */
		for (int back = 0; back < 4; back++) {
			if (strncmp(line, mark, m) == 0 || (mark[0] == ' ' && strstr(line, mark)))
				return;
			if (line == r->said)
				break;
			for (line--; line > r->said && line[-1] != '\n'; line--)
				;
		}
	}
}

static inline void raw_do(struct raw *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void raw_do(struct raw *r, const char *format, ...)
{
	char s[2000], tag[16];
	int at = snprintf(s, sizeof s, "b%d ", ++r->tags);
	va_list a;

	va_start(a, format);
	at += vsnprintf(s + at, sizeof s - (size_t)at - 3, format, a);
	va_end(a);
	memcpy(s + at, "\r\n", 3);
	raw_write(r, s, (size_t)at + 2);
	snprintf(tag, sizeof tag, "b%d OK", r->tags);
	raw_hear(r, tag);
}

static inline struct raw *raw_open(int port, bool tls, const char *user, const char *password)
{
	struct raw *r = calloc(1, sizeof *r);
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int on = 1, rc;

	if (!r || (r->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0 || connect(r->fd, (struct sockaddr *)&a, sizeof a) != 0)
		bench_end("raw IMAP", "cannot connect");
	setsockopt(r->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (tls) {
		gnutls_certificate_allocate_credentials(&r->cred);
		gnutls_init(&r->tls, GNUTLS_CLIENT);
		gnutls_set_default_priority(r->tls);
		gnutls_credentials_set(r->tls, GNUTLS_CRD_CERTIFICATE, r->cred);
		gnutls_transport_set_int(r->tls, r->fd);
		while ((rc = gnutls_handshake(r->tls)) < 0)
			if (gnutls_error_is_fatal(rc))
				bench_end("raw IMAP", gnutls_strerror(rc));
	}
	raw_hear(r, "* OK");
	raw_do(r, "LOGIN %s %s", user, password);
	return r;
}

static inline void raw_close(struct raw *r)
{
	if (r->tls) {
		gnutls_deinit(r->tls);
		gnutls_certificate_free_credentials(r->cred);
	}
	close(r->fd);
	free(r);
}

/* The number behind a word of the last answer: "UIDNEXT ". */
static inline unsigned raw_number(const struct raw *r, const char *word)
{
	const char *s = strstr(r->said, word);

	return s ? (unsigned)strtoul(s + strlen(word), NULL, 10) : 0;
}

static inline void raw_append(struct raw *r, const char *folder, const char *bytes)
{
	char s[200], tag[16];
	int n = snprintf(s, sizeof s, "b%d APPEND %s {%zu}\r\n", ++r->tags, folder, strlen(bytes));

	raw_write(r, s, (size_t)n);
	raw_hear(r, "+ ");
	raw_write(r, bytes, strlen(bytes));
	raw_write(r, "\r\n", 2);
	snprintf(tag, sizeof tag, "b%d OK", r->tags);
	raw_hear(r, tag);
}

#endif
