/* the login: one function a mechanism; the configuration and the server say which */
#include <string.h>

#include "borders/mailbox_inner.h"
#include "borders/oauth.h"
#include "borders/secret.h"

enum { LOGIN_MS = 60000 };

static const char *base64(struct pool *p, const char *bytes, size_t n)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct text *t = text_new(p, n / 3 * 4 + 5);

	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)(unsigned char)bytes[i] << 16 |
			     (i + 1 < n ? (uint32_t)(unsigned char)bytes[i + 1] << 8 : 0) |
			     (i + 2 < n ? (uint32_t)(unsigned char)bytes[i + 2] : 0);

		text_char(t, letters[v >> 18]);
		text_char(t, letters[v >> 12 & 63]);
		text_char(t, i + 1 < n ? letters[v >> 6 & 63] : '=');
		text_char(t, i + 2 < n ? letters[v & 63] : '=');
	}
	return t->s;
}

/* RFC 4616, with an initial response (RFC 4959) where the server takes one: then it is one round trip. */
static enum answer login_plain(struct mailbox *m, struct pool *p, const char *password, bool at_once, struct err *e)
{
	size_t user = strlen(m->conf->server.user), pass = strlen(password);
	char *bytes = pool_take(p, user + pass + 2);
	const char *words;
	enum answer a;
	int tag;
	bool ok;

	memcpy(bytes + 1, m->conf->server.user, user);
	memcpy(bytes + 2 + user, password, pass);
	words = base64(p, bytes, user + pass + 2);
	explicit_bzero(bytes, user + pass + 2);
	if (at_once) {
		ok = mailbox_send(m, &tag, e, "AUTHENTICATE PLAIN %s", words);
		a = ok ? mailbox_answer(m, tag, e) : ANSWER_DEAD;
	} else {
		ok = mailbox_send(m, &tag, e, "AUTHENTICATE PLAIN");
		a = ok ? mailbox_continue(m, tag, e) : ANSWER_DEAD;
		if (a == ANSWER_OK) {
			ok = mailbox_put(m, words, strlen(words)) && mailbox_put(m, "\r\n", 2);
			a = ok ? mailbox_answer(m, tag, e) : ANSWER_DEAD;
			if (!ok)
				mailbox_lost(m, e);
		}
	}
	explicit_bzero((char *)words, strlen(words));
	return a;
}

static enum answer login_login(struct mailbox *m, struct pool *p, const char *password, struct err *e)
{
	const char *user = quoted(p, m->conf->server.user), *pass = quoted(p, password);
	enum answer a = ANSWER_DEAD;
	int tag;

	if (!user || !pass) {
		err_perm(e,
			 "mailbox %s: user or password holds letters beyond ASCII, and the server takes no AUTH=PLAIN",
			 m->conf->key);
		return ANSWER_DEAD;
	}
	if (mailbox_send(m, &tag, e, "LOGIN %s %s", user, pass))
		a = mailbox_answer(m, tag, e);
	explicit_bzero((char *)pass, strlen(pass));
	return a;
}

static bool login_refused(struct mailbox *m, struct err *e)
{
	static const struct {
		const char *host, *hint;
	} known[] = {
		{ "gmail.com",
		  "Google wants an app password (myaccount.google.com/apppasswords, with 2-step verification on)" },
		{ "googlemail.com",
		  "Google wants an app password (myaccount.google.com/apppasswords, with 2-step verification on)" },
		{ "mail.yahoo.com", "Yahoo wants an app password (Account security, Generate app password)" },
		{ "mail.me.com", "iCloud wants an app-specific password (account.apple.com)" },
		{ "office365.com", "Microsoft takes no passwords for IMAP any more: set oauth in place of password "
				   "(kept.conf(5), oauth)" },
		{ "outlook.com", "Microsoft takes no passwords for IMAP any more: set oauth in place of password "
				 "(kept.conf(5), oauth)" },
		{ "fastmail.com", "Fastmail wants an app password (Settings, Privacy & Security)" },
	};
	const char *host = m->conf->server.host, *hint = "is the password right, and IMAP allowed for this account?";
	struct pool *p = pool_new();
	const char *words = mailbox_said(m, p);

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		size_t n = strlen(host), k = strlen(known[i].host);

		if (n >= k && strcasecmp(host + n - k, known[i].host) == 0)
			hint = known[i].hint;
	}
	mailbox_refused(m, e);
	if (m->conf->server.oauth && (!e || e->kind == ERR_PERM))
		err_perm(e,
			 "mailbox %s: %s refused a new token of %s: %s; do: see that IMAP is allowed for the account, "
			 "and "
			 "scope right; then kept login, as %s",
			 m->conf->key, host, m->conf->server.user, words, m->conf->server.user);
	else if (!e || e->kind == ERR_PERM)
		err_perm(e, "mailbox %s: %s refused the login as %s: %s; %s", m->conf->key, host, m->conf->server.user,
			 words, hint);
	else
		err_temp(e, "mailbox %s: %s takes no login now: %s", m->conf->key, host, words);
	pool_end(&p);
	return false;
}

/* A name within a GS2 header (RFC 5801 4). */
static const char *saslname(struct pool *p, const char *user)
{
	struct text *t = text_new(p, FIELD_MOST);

	for (; *user; user++)
		if (*user == ',' || *user == '=')
			text_add(t, *user == ',' ? "=2C" : "=3D");
		else
			text_char(t, *user);
	return t->s;
}

/* XOAUTH2 (Google's and Microsoft's) or OAUTHBEARER (RFC 7628): the token, and after a refusal the empty answer that it waits for. */
static enum answer login_token(struct mailbox *m, struct pool *p, const char *token, bool bearer, bool at_once,
			       struct err *e)
{
	const char *user = m->conf->server.user;
	const char *bytes = bearer ? pool_print(p, "n,a=%s,\001host=%s\001port=%d\001auth=Bearer %s\001\001",
						saslname(p, user), m->conf->server.host, m->conf->server.port, token)
				   : pool_print(p, "user=%s\001auth=Bearer %s\001\001", user, token);
	const char *words = base64(p, bytes, strlen(bytes)), *name = bearer ? "OAUTHBEARER" : "XOAUTH2",
		   *empty = bearer ? "AQ==\r\n" : "\r\n";
	enum answer a = ANSWER_DEAD;
	int tag;

	if (mailbox_send(m, &tag, e, "AUTHENTICATE %s%s%s", name, at_once ? " " : "", at_once ? words : ""))
		a = mailbox_continue(m, tag, e);
	if (!at_once && a == ANSWER_OK && m->continued)
		a = mailbox_put(m, words, strlen(words)) && mailbox_put(m, "\r\n", 2) ? mailbox_continue(m, tag, e)
										      : ANSWER_DEAD;
	if (a == ANSWER_OK && m->continued)
		a = mailbox_put(m, empty, strlen(empty)) ? mailbox_answer(m, tag, e) : ANSWER_DEAD;
	if (a == ANSWER_DEAD)
		mailbox_lost(m, e);
	explicit_bzero((char *)bytes, strlen(bytes));
	explicit_bzero((char *)words, strlen(words));
	return a;
}

/* `token`: as it was before the connection. One that is refused is renewed, once. */
static bool logged_in_by_token(struct mailbox *m, char **token, struct err *e)
{
	const struct server *s = &m->conf->server;
	enum answer a = ANSWER_NO;
	char *fresh = NULL;

	if (!mailbox_ask_capabilities(m, e))
		return false;
	if (!mailbox_has(m, "AUTH=XOAUTH2") && !mailbox_has(m, "AUTH=OAUTHBEARER"))
		return err_perm(e,
				"%s port %d takes no tokens (neither AUTH=XOAUTH2 nor AUTH=OAUTHBEARER); nothing was "
				"sent; set password in "
				"place of oauth",
				s->host, s->port);
	for (int i = 0; i < 2 && a == ANSWER_NO; i++) {
		bool at_once = mailbox_has(m, "SASL-IR"), bearer = !mailbox_has(m, "AUTH=XOAUTH2");
		struct pool *p = pool_new();

		tls_deadline(m->tls, LOGIN_MS, SMALL_ANSWER);
		m->secret = *token;
		a = login_token(m, p, *token, bearer, at_once, e);
		pool_end(&p);
		if (a != ANSWER_NO || i)
			break;
		mailbox_refused(m, e);
		if (e && e->kind == ERR_TEMP)
			return login_refused(m, e);
		if (!oauth_token(s, *token, &fresh, &m->renew, e))
			return err_at(e, "mailbox %s", m->conf->key);
		secret_free(token);
		*token = fresh;
	}
	if (a == ANSWER_NO)
		return login_refused(m, e);
	mailbox_forget_capabilities(m);
	return a == ANSWER_OK && mailbox_ask_capabilities(m, e);
}

static bool logged_in(struct mailbox *m, struct err *e)
{
	const struct server *s = &m->conf->server;
	struct pool *p;
	char *password = NULL;
	bool at_once, plain;
	enum answer a;

	if (!mailbox_ask_capabilities(m, e))
		return false;
	if (mailbox_has(m, "LOGINDISABLED") && !mailbox_has(m, "AUTH=PLAIN") &&
	    (mailbox_has(m, "AUTH=XOAUTH2") || mailbox_has(m, "AUTH=OAUTHBEARER")) && tls_is_on(m->tls))
		return err_perm(e,
				"%s port %d takes tokens alone, and no password; nothing was sent; do: set oauth in place of "
				"password: kept.conf(5), oauth",
				s->host, s->port);
	if (mailbox_has(m, "LOGINDISABLED") && !mailbox_has(m, "AUTH=PLAIN"))
		return err_perm(e, "%s port %d takes no login here (LOGINDISABLED)%s; nothing was sent", s->host,
				s->port,
				tls_is_on(m->tls) ? "" : " without TLS: set tls = \"implicit\" or \"starttls\"");
	if (!secret_read(s->password ? s->password : "", &s->at, &password, e))
		return err_at(e, "mailbox %s", m->conf->key);
	p = pool_new();
	at_once = mailbox_has(m, "SASL-IR");
	plain = mailbox_has(m, "AUTH=PLAIN") &&
		(at_once || mailbox_has(m, "LOGINDISABLED") || !quoted(p, password) || !quoted(p, s->user));
	mailbox_forget_capabilities(m); /* they may be others behind the login (RFC 3501 6.2.3) */
	tls_deadline(m->tls, LOGIN_MS, SMALL_ANSWER);
	m->secret = password;
	a = plain ? login_plain(m, p, password, at_once, e) : login_login(m, p, password, e);
	pool_end(&p);
	if (a == ANSWER_NO)
		login_refused(m, e);
	m->secret = NULL;
	secret_free(&password);
	return a == ANSWER_OK && mailbox_ask_capabilities(m, e);
}

bool mailbox_log_in(struct mailbox *m, char **token, struct err *e)
{
	bool ok = m->conf->server.oauth ? logged_in_by_token(m, token, e) : logged_in(m, e);

	m->secret = NULL;
	return ok;
}
