/* what a server takes, asked without a login: passwords, tokens, and who gives those (RFC 7628) */
#include <jansson.h>
#include <string.h>

#include "borders/mailbox_inner.h"
#include "borders/oauth.h"

enum { ADDRESS_LONGEST = 1000 };

/* RFC 4648 4, without its padding; NULL: it is none, or holds a NUL. */
static const char *from_base64(struct pool *p, const char *s)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t n = strspn(s, letters);
	char *out = pool_take(p, n + 1), *to = out;
	uint32_t bits = 0;

	for (size_t i = 0; i < n; i++) {
		bits = bits << 6 | (uint32_t)(strchr(letters, s[i]) - letters);
		if (i % 4 && !(*to++ = (char)(bits >> (6 - i % 4 * 2) & 0xff)))
			return NULL;
	}
	*to = '\0';
	return s[n + strspn(s + n, "=")] ? NULL : out;
}

/* The document's address without the well-known part; the path stands before it, or behind (RFC 8414 3). */
static const char *issuer_of(struct pool *p, const char *refusal)
{
	static const char known[] = "/.well-known/";
	json_t *o = json_loads(refusal ? refusal : "", 0, NULL);
	const char *url = json_string_value(json_object_get(o, "openid-configuration")), *out = "";
	const char *at = url && strlen(url) <= ADDRESS_LONGEST ? strstr(url, known) : NULL;

	if (at)
		out = pool_print(p, "%.*s%s", (int)(at - url), url, at + sizeof known - 1 + strcspn(at + sizeof known - 1, "/"));
	json_decref(o);
	return oauth_url(p, out) ? out : ""; /* it is shown to people */
}

/* A token that is none is refused, and the refusal says where others are had (RFC 7628 3.2.2, 4.3). Nobody is named by it. */
static const char *asked(struct mailbox *m, struct pool *p, struct err *e)
{
	static const char none[] = "biwsAWF1dGg9AQE="; /* n,,^Aauth=^A^A */
	bool at_once = mailbox_has(m, "SASL-IR");
	enum answer a = ANSWER_DEAD;
	const char *line;
	int tag;

	if (mailbox_send(m, &tag, e, "AUTHENTICATE OAUTHBEARER%s%s", at_once ? " " : "", at_once ? none : ""))
		a = mailbox_continue(m, tag, e);
	if (!at_once && a == ANSWER_OK && m->continued)
		a = mailbox_put(m, none, strlen(none)) && mailbox_put(m, "\r\n", 2) ? mailbox_continue(m, tag, e) : ANSWER_DEAD;
	if (a != ANSWER_OK || !m->continued)
		return "";
	line = m->imap->imap_stream_buffer->str + 1; /* behind the "+" */
	line += strspn(line, " ");
	return issuer_of(p, from_base64(p, pool_slice(p, line, strcspn(line, "\r\n"))));
}

bool mailbox_offer(const struct server *s, struct pool *p, struct mailbox_offer *out, struct err *e)
{
	const struct mailbox_conf conf = { .key = "offer", .server = *s };
	struct mailbox *m = NULL;
	bool ok = mailbox_connect(&conf, &m, e) && mailbox_ask_capabilities(m, e);

	*out = (struct mailbox_offer){ .issuer = "" };
	if (ok) {
		bool bearer = mailbox_has(m, "AUTH=OAUTHBEARER");

		out->password = !mailbox_has(m, "LOGINDISABLED") || mailbox_has(m, "AUTH=PLAIN");
		out->tokens = bearer || mailbox_has(m, "AUTH=XOAUTH2");
		if (bearer && !out->password)
			out->issuer = asked(m, p, NULL);
	}
	mailbox_close(&m);
	return ok;
}
