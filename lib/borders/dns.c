#include "borders/dns.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "nouns/addr.h"

enum { ANSWER_BYTES = 16384, SECONDS_A_TRY = 3, TRIES = 2, PORT_DNS = 53 };

/* The last label is of digits: to whoever connects that is an address in numbers (RFC 3696 2), which DNS does not give so. */
static bool is_number(const char *name)
{
	const char *dot = strrchr(name, '.'), *last = dot ? dot + 1 : name;

	return *last && !last[strspn(last, "0123456789")];
}

/* A host's name as it may be shown and connected to; what else a domain name may hold is no host's. */
static const char *host_of(struct pool *p, const ns_msg *m, const unsigned char *at)
{
	char name[NS_MAXDNAME];
	size_t n;

	if (ns_name_uncompress(ns_msg_base(*m), ns_msg_end(*m), at, name, sizeof name) < 0)
		return NULL;
	n = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");
	if (name[n] || n > 253)
		return NULL;
	if (n && name[n - 1] == '.')
		name[n - 1] = '\0';
	return is_number(name) ? NULL : addr_lower(p, name);
}

static void take(struct pool *p, const ns_msg *m, const ns_rr *rr, enum dns_kind kind, struct dns_answer *out)
{
	const unsigned char *d = ns_rr_rdata(*rr);
	size_t fixed = kind == DNS_SRV ? 6 : 2;
	struct dns_target t = { 0 };

	if (ns_rr_rdlen(*rr) <= fixed)
		return;
	t.priority = ns_get16(d);
	if (kind == DNS_SRV) {
		t.weight = ns_get16(d + 2);
		t.port = ns_get16(d + 4);
	}
	t.host = host_of(p, m, d + fixed);
	if (!t.host)
		return;
	if (!*t.host) {
		out->refused = true;
		return;
	}
	if (kind == DNS_SRV && t.port == 0)
		return;
	out->list[out->n++] = t;
}

/* RFC 2782 has chance choose by weight; here the heaviest is first, so that the same is found each time. */
static int by_order(const void *a, const void *b)
{
	const struct dns_target *x = a, *y = b;

	if (x->priority != y->priority)
		return x->priority < y->priority ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return strcmp(x->host, y->host);
}

bool dns_read(struct pool *p, const void *bytes, size_t n, enum dns_kind kind, struct dns_answer *out, struct err *e)
{
	struct dns_answer a = { .exists = true };
	ns_msg m;
	ns_rr rr;

	if (n > NS_MAXMSG || ns_initparse(bytes, (int)n, &m) < 0)
		return err_temp(e, "the answer of the name server cannot be read");
	for (int i = 0; i < ns_msg_count(m, ns_s_an) && a.n < DNS_TARGETS_MOST; i++) {
		if (ns_parserr(&m, ns_s_an, i, &rr) < 0)
			return err_temp(e, "the answer of the name server cannot be read");
		if (ns_rr_class(rr) == ns_c_in && (int)ns_rr_type(rr) == (kind == DNS_SRV ? ns_t_srv : ns_t_mx))
			take(p, &m, &rr, kind, &a);
	}
	qsort(a.list, a.n, sizeof *a.list, by_order);
	*out = a;
	return true;
}

/* "192.0.2.1:5300" */
static bool server_of(const char *nameserver, struct sockaddr_in *out)
{
	const char *colon = strchr(nameserver, ':');
	size_t n = colon ? (size_t)(colon - nameserver) : strlen(nameserver);
	long port = PORT_DNS;
	char host[64], *end = NULL;

	if (n >= sizeof host)
		return false;
	memcpy(host, nameserver, n);
	host[n] = '\0';
	if (colon)
		port = strtol(colon + 1, &end, 10);
	if ((colon && (end == colon + 1 || *end)) || port < 1 || port > 65535)
		return false;
	*out = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	return inet_pton(AF_INET, host, &out->sin_addr) == 1;
}

static bool nothing(int why, const char *name, struct dns_answer *out, struct err *e)
{
	if (why != HOST_NOT_FOUND && why != NO_DATA)
		return err_temp(e, "%s: no name server answers; is the network up?", name);
	*out = (struct dns_answer){ .exists = why == NO_DATA };
	return true;
}

bool dns_ask(const char *nameserver, struct pool *p, enum dns_kind kind, const char *name, struct dns_answer *out, struct err *e)
{
	unsigned char *bytes = pool_take(p, ANSWER_BYTES);
	struct __res_state state = { 0 };
	struct sockaddr_in server;
	bool ok;
	int n;

	if (nameserver && !server_of(nameserver, &server))
		return err_perm(e, "%s: a name server is an address in numbers, as 192.0.2.1 or 192.0.2.1:5300", nameserver);
	if (strlen(name) > 253)
		return err_perm(e, "%.60s…: no name in DNS is that long", name);
	if (res_ninit(&state) < 0)
		return err_temp(e, "the resolver of this system cannot be started");
	if (nameserver) {
		state.nscount = 1;
		state.nsaddr_list[0] = server;
	}
	state.retrans = SECONDS_A_TRY;
	state.retry = TRIES;
	n = res_nquery(&state, name, ns_c_in, kind == DNS_SRV ? ns_t_srv : ns_t_mx, bytes, ANSWER_BYTES);
	if (n < 0)
		ok = nothing(state.res_h_errno, name, out, e);
	else
		ok = dns_read(p, bytes, n > ANSWER_BYTES ? ANSWER_BYTES : (size_t)n, kind, out, e);
	res_nclose(&state);
	return ok;
}
