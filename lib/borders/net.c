#include "borders/net.h"

#include <curl/curl.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "borders/oauth.h"
#include "borders/secret.h"
#include "borders/tls.h"
#include "ground/text.h"

enum {
	CONNECT_SECONDS = 30, REPLY_SECONDS = 120, WHOLE_SECONDS = 900, TOUCH_SECONDS = 20,
	IDLE_MOST = 30,     /* seconds; an older connection is not used again */
	MAIL_LINE_MOST = 998, /* RFC 5322 2.1.1 */
	REPLY_MOST = 512,
};

/* How far the talk has come: the last command that went out. */
enum stage { STAGE_NONE, STAGE_HELLO, STAGE_TLS, STAGE_LOGIN, STAGE_MAIL, STAGE_RCPT, STAGE_DATA };

struct net {
	const struct submission *to;
	CURL *curl;              /* NULL: no handle */
	struct curl_slist *rcpt;
	int reply_seconds, whole_seconds;
	int64_t last;            /* when the connection was used, CLOCK_BOOTTIME seconds: a suspended hour counts */
	uint64_t turns;
	/* the mail under way */
	const char *bytes;
	size_t n, at;
	enum stage stage;
	size_t asked;            /* recipients that were offered, one after the other: the last one was answered last */
	char refused[ADDRESS_MOST + 1];
	bool utf8_offered, utf8_needed, utf8_missing;
	char *token;             /* of the handle; NULL: a password, or none */
	char *password;          /* of the handle; NULL: a token, or none */
	bool denied;             /* the login was refused for good */
	char reply[REPLY_MOST];  /* the last final reply line before the goodbye */
	char failed[CURL_ERROR_SIZE];
};

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_BOOTTIME, &t);
	return t.tv_sec;
}

void net_start(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

const char *net_outcome_word(enum net_outcome o)
{
#define X(id, word) word,
	static const char *const words[] = { NET_OUTCOMES(X) };
#undef X

	return words[o];
}

bool net_open(const struct submission *s, struct net **out, struct err *e)
{
	struct net *n;

	if (s->server.port < 1 || s->server.port > 65535)
		return err_perm(e, "submission %s: port %d is none", s->key, s->server.port);
	n = must_take(sizeof *n);
	n->to = s;
	n->reply_seconds = REPLY_SECONDS;
	n->whole_seconds = WHOLE_SECONDS;
	*out = n;
	return true;
}

void net_patience(struct net *n, int reply, int whole)
{
	n->reply_seconds = reply;
	n->whole_seconds = whole;
	net_idle(n);
}

uint64_t net_turns(const struct net *n)
{
	return n->turns;
}

const char *net_refused(const struct net *n)
{
	return n->refused;
}

bool net_is_open(const struct net *n)
{
	return n->curl != NULL;
}

void net_idle(struct net *n)
{
	if (n->curl)
		curl_easy_cleanup(n->curl);
	n->curl = NULL;
	secret_free(&n->password);
}

void net_close(struct net **n)
{
	if (!*n)
		return;
	net_idle(*n);
	secret_free(&(*n)->token);
	curl_slist_free_all((*n)->rcpt);
	free(*n);
	*n = NULL;
}

/* ---- what libcurl tells and asks ---- */

static size_t hand_out(char *room, size_t size, size_t many, void *arg)
{
	struct net *n = arg;
	size_t take = n->n - n->at < size * many ? n->n - n->at : size * many;

	memcpy(room, n->bytes + n->at, take);
	n->at += take;
	return take;
}

/* Which command went out. A line of base64 from a login holds neither a colon nor a blank. */
static int overhear(CURL *c, curl_infotype type, char *s, size_t n, void *arg)
{
	static const struct { const char *begins; enum stage stage; } commands[] = {
		{ "EHLO ", STAGE_HELLO }, { "HELO ", STAGE_HELLO }, { "STARTTLS\r", STAGE_TLS }, { "AUTH ", STAGE_LOGIN },
		{ "MAIL FROM:", STAGE_MAIL }, { "RCPT TO:", STAGE_RCPT }, { "DATA\r", STAGE_DATA },
	};
	struct net *net = arg;

	(void)c;
	if (type != CURLINFO_HEADER_OUT)
		return 0;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (n >= strlen(commands[i].begins) && strncasecmp(s, commands[i].begins, strlen(commands[i].begins)) == 0) {
			net->stage = commands[i].stage;
			net->asked += net->stage == STAGE_RCPT;
			if (net->stage == STAGE_HELLO)
				net->utf8_offered = false;
		}
	return 0;
}

/* Reply lines. 0 ends the attempt: before RCPT nothing is lost by that. */
static size_t listen_to(char *s, size_t size, size_t many, void *arg)
{
	struct net *net = arg;
	size_t n = size * many, shown = n;

	while (shown && (s[shown - 1] == '\n' || s[shown - 1] == '\r'))
		shown--;
	if (net->stage == STAGE_HELLO && shown >= 12 && strncasecmp(s + 4, "SMTPUTF8", 8) == 0)
		net->utf8_offered = true;
	if (shown < 3 || strspn(s, "0123456789") < 3 || (shown > 3 && s[3] != ' ') || strncmp(s, "221", 3) == 0)
		return n; /* no final line, or the goodbye */
	net->turns++;
	snprintf(net->reply, sizeof net->reply, "%.*s", (int)(shown < REPLY_MOST - 1 ? shown : REPLY_MOST - 1), s);
	if (net->stage == STAGE_MAIL && net->utf8_needed && !net->utf8_offered) {
		net->utf8_missing = true;
		return 0;
	}
	return n;
}

/* Without TLS the socket goes to loopback or nowhere, whatever the name says now. */
static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	const struct net *net = arg;

	(void)purpose;
	if (net->to->server.tls == TLS_NONE && !tls_loopback(&a->addr))
		return CURL_SOCKET_BAD;
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* ---- a handle ---- */

/* smtps://host:465/NAME: the path is what EHLO says; without one it would be this machine's own name. */
static void url(const struct submission *s, char *room, size_t n)
{
	const char *from = s->from ? strrchr(s->from, '@') : NULL, *name = from ? from + 1 : "";
	bool number = strchr(s->server.host, ':') != NULL;

	if (!*name || name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")])
		name = "localhost";
	snprintf(room, n, "%s://%s%s%s:%d/%s", s->server.tls == TLS_IMPLICIT ? "smtps" : "smtp", number ? "[" : "", s->server.host,
	         number ? "]" : "", s->server.port, name);
}

/* The token for the next handle; one that was refused is not given again. */
static bool fresh_token(struct net *n, bool refused, struct err *e)
{
	char *fresh = NULL;

	if (!oauth_token(&n->to->server, refused ? n->token : NULL, &fresh, NULL, e))
		return err_at(e, "submission %s", n->to->key);
	secret_free(&n->token);
	n->token = fresh;
	return true;
}

static bool handle(struct net *n, struct err *e)
{
	const struct server *s = &n->to->server;
	const char *ca = tls_authorities(s->ca);
	char where[512];
	bool ok = true;
	CURL *c;

	secret_free(&n->password);
	if (!s->oauth && *s->user && !secret_read(s->password ? s->password : "", &s->at, &n->password, e))
		return false;
	c = curl_easy_init();
	if (!c)
		return err_temp(e, "cannot make a connection: out of memory");
	url(n->to, where, sizeof where);
#define SET(option, value) ok = ok && curl_easy_setopt(c, option, value) == CURLE_OK
	SET(CURLOPT_URL, where);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_USE_SSL, s->tls == TLS_NONE ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	if (ca) {
		SET(CURLOPT_CAINFO, ca);
		SET(CURLOPT_CAPATH, NULL); /* else libcurl trusts the system's folder of authorities beside it */
	}
	if (*s->user) {
		SET(CURLOPT_USERNAME, s->user);
		SET(CURLOPT_PASSWORD, n->password);
		SET(CURLOPT_XOAUTH2_BEARER, s->oauth ? n->token : NULL);
		SET(CURLOPT_LOGIN_OPTIONS, s->oauth ? "AUTH=OAUTHBEARER;AUTH=XOAUTH2" : "AUTH=PLAIN;AUTH=LOGIN");
		SET(CURLOPT_SASL_IR, 1L);
	}
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_NOPROGRESS, 1L);
	SET(CURLOPT_TCP_KEEPALIVE, 1L);
	SET(CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)n->reply_seconds);
	SET(CURLOPT_TIMEOUT, (long)n->whole_seconds);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_READFUNCTION, hand_out);
	SET(CURLOPT_READDATA, n);
	SET(CURLOPT_HEADERFUNCTION, listen_to);
	SET(CURLOPT_HEADERDATA, n);
	SET(CURLOPT_DEBUGFUNCTION, overhear);
	SET(CURLOPT_DEBUGDATA, n);
	SET(CURLOPT_VERBOSE, 1L);
	SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(CURLOPT_OPENSOCKETDATA, n);
	SET(CURLOPT_ERRORBUFFER, n->failed);
#undef SET
	if (!ok) {
		curl_easy_cleanup(c);
		return err_perm(e, "this libcurl lacks what mail needs (7.85 or later, with TLS and SMTP)");
	}
	n->curl = c;
	return true;
}

/* ---- what may go out ---- */

static bool plain_address(const char *a)
{
	const char *at = strrchr(a, '@');

	if (!at || at == a || !at[1] || strlen(a) > ADDRESS_MOST || !utf8_valid(a, strlen(a)))
		return false;
	for (const char *s = a; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7f || *s == '<' || *s == '>' || *s == ',')
			return false;
	return true;
}

static bool ascii(const char *s)
{
	while (*s && (unsigned char)*s < 0x80)
		s++;
	return !*s;
}

/* The address as it goes to the wire: its domain as A-labels. NULL: unfit. */
static const char *wire_address(struct pool *p, const char *a)
{
	const char *at = strrchr(a, '@');
	char *domain;

	if (!plain_address(a))
		return NULL;
	if (ascii(at))
		return a;
	domain = tls_domain(p, at + 1);
	return domain ? pool_print(p, "%.*s@%s", (int)(at - a), a, domain) : NULL;
}

/* RFC 5321 2.3.8: CR and LF go as CRLF alone; so no server on the way sees an end of the mail that we did not write. */
static const char *unfit(const char *bytes, size_t n)
{
	const char *line = bytes, *end = bytes + n;

	if (!n)
		return "the mail is empty";
	while (line < end) {
		const char *lf = memchr(line, '\n', (size_t)(end - line)), *stop = lf ? lf - 1 : end;

		if (lf && (lf == line || lf[-1] != '\r'))
			return "the mail holds a bare line feed";
		if (stop > line && memchr(line, '\r', (size_t)(stop - line)))
			return "the mail holds a bare carriage return";
		if (stop - line > MAIL_LINE_MOST)
			return "the mail holds a line of more than 998 bytes";
		line = lf ? lf + 1 : end;
	}
	return NULL;
}

/* ---- the outcome ---- */

/* Is there no such name, or is the network away? */
static bool no_such_host(const struct server *s)
{
	struct addrinfo *list = NULL;
	int rc = getaddrinfo(s->host, NULL, NULL, &list);

	if (rc == 0)
		freeaddrinfo(list);
	return rc == EAI_NONAME;
}

/* 552 to MAIL FROM with SIZE is about this mail (RFC 1870 6.1), but for a full account (5.2.2). */
static bool too_big(const struct net *n, long code)
{
	return n->stage == STAGE_MAIL && code == 552 && strncmp(n->reply + 4, "5.2.2", 5) != 0;
}

/* Of whom the server does not want mail at all, or what, is not about the address (RFC 3463 3.8). */
static bool no_such_recipient(const struct net *n)
{
	return n->stage == STAGE_RCPT && strncmp(n->reply + 4, "5.7.", 4) != 0;
}

/* 354 with all bytes handed out is the point of no return. The result of libcurl alone says nothing: 55 is a refused
 * recipient or a broken body, and a wrong login comes with a code 535 that is not about the mail. */
static enum net_outcome judge(const struct net *n, CURLcode r, long code)
{
	if (r == CURLE_OK)
		return NET_SENT;
	if (n->utf8_missing)
		return NET_FAILED;
	if (r == CURLE_LOGIN_DENIED)
		return code / 100 == 4 ? NET_RETRY : NET_CONFIG; /* RFC 4954 6: 454 is a passing failure */
	if (r == CURLE_USE_SSL_FAILED || r == CURLE_PEER_FAILED_VERIFICATION || r == CURLE_SSL_CONNECT_ERROR ||
	    r == CURLE_SSL_CACERT_BADFILE || r == CURLE_SSL_CERTPROBLEM || r == CURLE_SSL_ISSUER_ERROR ||
	    r == CURLE_UNSUPPORTED_PROTOCOL || r == CURLE_URL_MALFORMAT || r == CURLE_NOT_BUILT_IN)
		return NET_CONFIG;
	if (r == CURLE_COULDNT_RESOLVE_HOST)
		return no_such_host(&n->to->server) ? NET_CONFIG : NET_RETRY;
	if (code / 100 == 5 && no_such_recipient(n))
		return NET_REFUSED;
	if (code / 100 == 5)
		return n->stage >= STAGE_RCPT || too_big(n, code) ? NET_FAILED : NET_CONFIG;
	if (code / 100 == 4)
		return NET_RETRY;
	if (code == 354 && n->at == n->n)
		return NET_UNSURE;
	return NET_RETRY;
}

static const char *explain(const struct net *n, struct pool *p, CURLcode r, enum net_outcome o)
{
	const struct server *s = &n->to->server;
	const char *failed = *n->failed ? n->failed : curl_easy_strerror(r);
	bool said = n->reply[0] == '4' || n->reply[0] == '5';
	const char *text, *secret = s->oauth ? n->token : n->password;
	const char *reply = secret && secret_told(n->reply, secret) ? "(its words repeat the password)" : n->reply;

	if (o == NET_SENT || (said && r != CURLE_LOGIN_DENIED))
		text = reply;
	else if (n->utf8_missing)
		text = "the server takes no address with letters beyond ASCII (no SMTPUTF8)";
	else if (r == CURLE_LOGIN_DENIED && s->oauth)
		text = pool_print(p, "a new token of %s was refused: %s; do: see that the account may submit mail, and scope is right; then kept login, as %s",
		                  s->user, *reply ? reply : failed, s->user);
	else if (r == CURLE_LOGIN_DENIED)
		text = pool_print(p, "the login as %s was refused: %s", s->user, *reply ? reply : failed);
	else if (r == CURLE_USE_SSL_FAILED)
		text = pool_print(p, "%s port %d offers no STARTTLS, so nothing was sent; set tls = \"implicit\" and the port for it "
		                  "(465)", s->host, s->port);
	else if (r == CURLE_COULDNT_CONNECT && s->tls == TLS_NONE)
		text = pool_print(p, "%s port %d: cannot connect (without TLS kept speaks to this machine alone)", s->host, s->port);
	else if (o == NET_UNSURE)
		text = pool_print(p, "all of it was sent, but no answer came: %s", failed);
	else
		text = pool_print(p, "%s port %d: %s", s->host, s->port, failed);
	return line_from(p, text, 600).s;
}

static enum net_outcome attempt(struct net *n, struct pool *p, const char *from, const struct addrs *to, const char **why, bool *stale)
{
	enum net_outcome o;
	long code = 0, opened = 0;
	CURLcode r;

	n->at = n->asked = 0;
	n->stage = STAGE_NONE;
	n->utf8_missing = false;
	n->reply[0] = n->failed[0] = '\0';
	curl_slist_free_all(n->rcpt);
	n->rcpt = NULL;
	for (size_t i = 0; i < to->n; i++) {
		struct curl_slist *more = curl_slist_append(n->rcpt, to->list[i].address);

		if (!more)
			curl_slist_free_all(n->rcpt);
		n->rcpt = more;
		if (!more)
			break;
	}
	if (!n->rcpt || curl_easy_setopt(n->curl, CURLOPT_MAIL_FROM, *from ? from : "<>") != CURLE_OK ||
	    curl_easy_setopt(n->curl, CURLOPT_MAIL_RCPT, n->rcpt) != CURLE_OK ||
	    curl_easy_setopt(n->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)n->n) != CURLE_OK) {
		*why = "out of memory";
		return NET_RETRY;
	}
	r = curl_easy_perform(n->curl);
	curl_easy_getinfo(n->curl, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_getinfo(n->curl, CURLINFO_NUM_CONNECTS, &opened);
	o = judge(n, r, code);
	n->denied = r == CURLE_LOGIN_DENIED && o == NET_CONFIG;
	*why = explain(n, p, r, o);
	/* a connection that was kept and had died meanwhile: nothing was offered on it yet */
	*stale = o == NET_RETRY && opened == 0 && n->stage <= STAGE_MAIL && (!*n->reply || strncmp(n->reply, "421", 3) == 0);
	return o;
}

enum net_outcome net_submit(struct net *n, struct pool *p, const char *from, const char *to, const char *bytes, size_t size,
                            const char **why)
{
	const char *sender = *from ? wire_address(p, from) : "", *bad = unfit(bytes, size);
	struct addrs written = addrs_split(p, to), wire = { 0 };
	enum net_outcome o = NET_RETRY;
	bool stale = true, renewed = false;
	struct err e = { 0 };

	for (size_t i = 0; i < written.n; i++)
		if (wire_address(p, written.list[i].address))
			addrs_add(p, &wire, "", wire_address(p, written.list[i].address));
	if (!sender || !wire.n || wire.n != written.n)
		bad = sender ? "the recipient is no address mail can be sent to" : "the sender is no address";
	if (bad) {
		*why = bad;
		return NET_FAILED;
	}
	n->bytes = bytes;
	n->n = size;
	n->refused[0] = '\0';
	n->utf8_needed = !ascii(sender);
	for (size_t i = 0; i < wire.n; i++)
		n->utf8_needed |= !ascii(wire.list[i].address);
	if (n->curl && now() - n->last > IDLE_MOST)
		net_idle(n);
	for (int i = 0; i < 3 && stale; i++) {
		if (!n->curl && n->to->server.oauth && !fresh_token(n, renewed, &e)) {
			*why = line_from(p, e.text, 600).s;
			o = NET_CONFIG; /* whatever it was, no mail can be offered here now */
			break;
		}
		if (!n->curl && !handle(n, &e)) {
			*why = line_from(p, e.text, 600).s;
			o = e.kind == ERR_PERM ? NET_CONFIG : NET_RETRY;
			break;
		}
		o = attempt(n, p, sender, &wire, why, &stale);
		if (o != NET_SENT)
			net_idle(n); /* a late answer would be taken for the next mail's */
		renewed = n->to->server.oauth && n->denied && !renewed; /* once: then it is another matter */
		stale = renewed || (stale && o == NET_RETRY);
	}
	if (o == NET_REFUSED && n->asked && n->asked <= written.n)
		snprintf(n->refused, sizeof n->refused, "%s", written.list[n->asked - 1].address);
	n->bytes = NULL;
	n->last = now();
	return o;
}

/* ---- the heartbeat ---- */

static size_t throw_away(char *s, size_t size, size_t many, void *arg)
{
	(void)s;
	(void)arg;
	return size * many;
}

bool net_touch(const char *where, struct err *e)
{
	CURL *c = curl_easy_init();
	char failed[CURL_ERROR_SIZE] = "";
	bool ok = c != NULL;
	long code = 0;
	CURLcode r = CURLE_FAILED_INIT;

#define SET(option, value) ok = ok && curl_easy_setopt(c, option, value) == CURLE_OK
	SET(CURLOPT_URL, where);
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_TIMEOUT, (long)TOUCH_SECONDS);
	SET(CURLOPT_MAXFILESIZE, 1L << 20);
	SET(CURLOPT_WRITEFUNCTION, throw_away);
	SET(CURLOPT_ERRORBUFFER, failed);
#undef SET
	if (ok) {
		r = curl_easy_perform(c);
		curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
	}
	if (c)
		curl_easy_cleanup(c);
	if (r != CURLE_OK)
		return err_temp(e, "heartbeat URL: %s", *failed ? failed : curl_easy_strerror(r));
	if (code >= 400)
		return err_temp(e, "heartbeat URL: the server says %ld", code); /* its path is not told: it may be a secret */
	return true;
}
