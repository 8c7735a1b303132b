/* mailbox - one IMAP session: connected, verified, logged in; commands and their answers */
#include "borders/mailbox.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "borders/mailbox_inner.h"
#include "borders/oauth.h"
#include "borders/secret.h"

enum { CONNECT_MS = 30000 };

/* ---- commands ---- */

#define REPEATS "(its words repeat the password)"

bool mailbox_lost(struct mailbox *m, struct err *e)
{
	const char *why;

	tls_kill(m->tls, "it answered what is no IMAP");
	why = tls_why(m->tls);
	if (m->secret && secret_told(why, m->secret))
		why = REPEATS;
	return err_temp(e, "mailbox %s: the connection to %s is lost: %s", m->conf->key, m->conf->server.host, why);
}

bool mailbox_put(struct mailbox *m, const char *bytes, size_t n)
{
	return mailstream_write(m->stream, bytes, n) == (ssize_t)n && mailstream_flush(m->stream) == 0;
}

static bool send_line(struct mailbox *m, int *tag, const char *line, struct err *e)
{
	struct pool *p;
	const char *whole;
	bool ok;

	if (tls_dead(m->tls))
		return mailbox_lost(m, e);
	for (const char *s = line; *s; s++) /* arguments were checked one by one; no command ends within itself in any case */
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return err_perm(e, "mailbox %s: a control character in a command", m->conf->key);
	p = pool_new();
	*tag = m->tags = m->tags % 999999 + 1;
	whole = pool_print(p, "%d %s\r\n", *tag, line);
	ok = mailbox_put(m, whole, strlen(whole));
	explicit_bzero((char *)whole, strlen(whole)); /* it may be the login */
	pool_end(&p);
	return ok || mailbox_lost(m, e);
}

bool mailbox_send(struct mailbox *m, int *tag, struct err *e, const char *format, ...)
{
	struct pool *p = pool_new();
	va_list a;
	bool ok;

	va_start(a, format);
	ok = send_line(m, tag, pool_vprint(p, format, a), e);
	va_end(a);
	pool_end(&p);
	return ok;
}

const char *mailbox_code(const struct mailbox *m)
{
	const struct mailimap_response_info *i = m->imap->imap_response_info;

	if (i && i->rsp_trycreate)
		return "TRYCREATE";
	return i && i->rsp_atom ? i->rsp_atom : "";
}

/* What the server said, as far as it may be shown: never if it repeats the password. */
const char *mailbox_said(struct mailbox *m, struct pool *p)
{
	const char *s = m->imap->imap_response;

	if (!s || !*s)
		return "(it gave no reason)";
	s = line_from(p, s, 300).s;
	return m->secret && secret_told(s, m->secret) ? REPEATS : s;
}

static void note_exists(struct mailbox *m, uint32_t exists)
{
	m->news = m->news || exists != m->exists;
	m->arrived += exists > m->exists ? exists - m->exists : 0;
	m->exists = exists;
}

/* Whatever else came with an answer: has the folder changed? */
static void take_note(struct mailbox *m)
{
	const struct mailimap_response_info *i = m->imap->imap_response_info;

	if (!m->selected || !m->imap->imap_selection_info)
		return;
	if (i && clist_begin(i->rsp_expunged)) {
		m->exists -= m->exists < (uint32_t)clist_count(i->rsp_expunged) ? m->exists : (uint32_t)clist_count(i->rsp_expunged);
		m->news = true;
	}
	note_exists(m, m->imap->imap_selection_info->sel_exists);
	m->fresh = m->fresh && !m->news;
}

/* libetpan frees a response code's words by free() where its own allocator made them, and so leaks at each one. */
static void tidy(struct mailbox *m)
{
	struct mailimap_response_info *i = m->imap->imap_response_info;

	if (!i)
		return;
	if (i->rsp_atom)
		mailimap_atom_free(i->rsp_atom);
	if (i->rsp_value)
		mailimap_text_free(i->rsp_value);
	i->rsp_atom = i->rsp_value = NULL;
}

/* libetpan's buffer holds an answer's first line. */
static enum answer parse(struct mailbox *m, int tag, struct err *e)
{
	struct mailimap_response *response = NULL;
	int kind;

	tidy(m);
	m->imap->imap_tag = tag;
	m->imap->imap_response = NULL;
	if (mailimap_parse_response(m->imap, &response) != MAILIMAP_NO_ERROR) {
		struct pool *p = pool_new();

		if (m->imap->imap_response && !tls_dead(m->tls)) {
			char why[400];

			snprintf(why, sizeof why, "it refused a command: %.300s", mailbox_said(m, p));
			tls_kill(m->tls, why);
		}
		pool_end(&p);
		mailbox_lost(m, e);
		return ANSWER_DEAD;
	}
	kind = response->rsp_resp_done->rsp_data.rsp_tagged->rsp_cond_state->rsp_type;
	mailimap_response_free(response);
	take_note(m);
	return kind == MAILIMAP_RESP_COND_STATE_OK ? ANSWER_OK : ANSWER_NO;
}

enum answer mailbox_answer(struct mailbox *m, int tag, struct err *e)
{
	if (tls_dead(m->tls) || !mailimap_read_line(m->imap)) {
		mailbox_lost(m, e);
		return ANSWER_DEAD;
	}
	return parse(m, tag, e);
}

/* A refusal that may pass by itself (RFC 5530), or not. */
bool mailbox_refused(struct mailbox *m, struct err *e)
{
	static const char *const passing[] = { "UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "OVERQUOTA" };
	struct pool *p = pool_new();

	err_perm(e, "mailbox %s: the server refuses: %s", m->conf->key, mailbox_said(m, p));
	for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
		if (strcasecmp(mailbox_code(m), passing[i]) == 0 && e)
			e->kind = ERR_TEMP;
	pool_end(&p);
	return false;
}

bool mailbox_command(struct mailbox *m, size_t bytes, struct err *e, const char *format, ...)
{
	struct pool *p = pool_new();
	enum answer a;
	va_list list;
	int tag;
	bool ok;

	va_start(list, format);
	ok = send_line(m, &tag, pool_vprint(p, format, list), e);
	va_end(list);
	pool_end(&p);
	if (!ok)
		return false;
	tls_deadline(m->tls, m->patience, bytes);
	a = mailbox_answer(m, tag, e);
	return a == ANSWER_OK || (a == ANSWER_NO && mailbox_refused(m, e));
}

void mailbox_forget_answer(struct mailbox *m)
{
	tidy(m);
	if (m->imap->imap_response_info)
		mailimap_response_info_free(m->imap->imap_response_info);
	m->imap->imap_response_info = mailimap_response_info_new();
}

/* An untagged line that came before the "+": libetpan would throw it away, and a new message with it. */
static void heard(struct mailbox *m, const char *line)
{
	char *end;
	unsigned long n = strtoul(line + 2, &end, 10);
	struct mailimap_selection_info *i = m->imap->imap_selection_info;

	if (!m->selected || !i || end == line + 2)
		return;
	if (strncasecmp(end, " EXISTS", 7) == 0) {
		i->sel_exists = (uint32_t)n;
		note_exists(m, i->sel_exists);
	} else if (strncasecmp(end, " EXPUNGE", 8) == 0) {
		i->sel_exists -= i->sel_exists > 0;
		m->exists = i->sel_exists;
		m->news = true;
	} else if (strncasecmp(end, " FETCH", 6) == 0) {
		m->news = true;
	}
}

enum answer mailbox_continue(struct mailbox *m, int tag, struct err *e)
{
	m->continued = false;
	for (int lines = 0; lines < 10000; lines++) {
		const char *line = tls_dead(m->tls) ? NULL : mailimap_read_line(m->imap);
		size_t n = line ? strcspn(line, "\r\n") : 0;

		if (!n || line[n - 1] == '}') /* a literal cannot be here */
			break;
		if (line[0] == '+') {
			m->continued = true;
			return ANSWER_OK;
		}
		if (line[0] != '*')
			return parse(m, tag, e);
		heard(m, line);
	}
	mailbox_lost(m, e);
	return ANSWER_DEAD;
}

bool mailbox_writable(struct mailbox *m, const char *what, struct err *e)
{
	if (m->conf->kind == MAILBOX_CAPTURE)
		return true;
	return err_perm(e, "mailbox %s: %s is not done in a personal mailbox; kept only reads there", m->conf->key, what);
}

/* ---- capabilities ---- */

bool mailbox_has(const struct mailbox *m, const char *name)
{
	const struct mailimap_capability_data *c = m->imap->imap_connection_info ? m->imap->imap_connection_info->imap_capability : NULL;

	for (clistiter *i = c && c->cap_list ? clist_begin(c->cap_list) : NULL; i; i = clist_next(i)) {
		const struct mailimap_capability *one = clist_content(i);
		const char *is = one->cap_type == MAILIMAP_CAPABILITY_NAME ? one->cap_data.cap_name : NULL;

		if (is && strcasecmp(is, name) == 0)
			return true;
		if (one->cap_type == MAILIMAP_CAPABILITY_AUTH_TYPE && one->cap_data.cap_auth_type &&
		    strncmp(name, "AUTH=", 5) == 0 && strcasecmp(one->cap_data.cap_auth_type, name + 5) == 0)
			return true;
	}
	return false;
}

static bool has_any(const struct mailbox *m)
{
	const struct mailimap_capability_data *c = m->imap->imap_connection_info ? m->imap->imap_connection_info->imap_capability : NULL;

	return c && c->cap_list && clist_begin(c->cap_list);
}

/* What was said before (in clear, or before the login) is forgotten. An empty list, never NULL: libetpan follows it. */
void mailbox_forget_capabilities(struct mailbox *m)
{
	struct mailimap_connection_info *i = m->imap->imap_connection_info;

	if (!i)
		i = m->imap->imap_connection_info = mailimap_connection_info_new();
	if (i->imap_capability)
		mailimap_capability_data_free(i->imap_capability);
	i->imap_capability = mailimap_capability_data_new(clist_new());
}

bool mailbox_ask_capabilities(struct mailbox *m, struct err *e)
{
	if (has_any(m))
		return true;
	mailbox_forget_capabilities(m);
	return mailbox_command(m, SMALL_ANSWER, e, "CAPABILITY");
}

static void note_capabilities(struct mailbox *m)
{
	m->idle = mailbox_has(m, "IDLE");
	m->condstore = mailbox_has(m, "CONDSTORE") || mailbox_has(m, "QRESYNC");
	m->gmail = mailbox_has(m, "X-GM-EXT-1");
	m->move = mailbox_has(m, "MOVE");
	m->uidplus = mailbox_has(m, "UIDPLUS");
}

/* ---- connecting ---- */

static bool greeted(struct mailbox *m, struct err *e)
{
	const struct server *s = &m->conf->server;

	tls_deadline(m->tls, CONNECT_MS, SMALL_ANSWER);
	switch (mailimap_connect(m->imap, m->stream)) {
	case MAILIMAP_NO_ERROR_NON_AUTHENTICATED:
		return true;
	case MAILIMAP_NO_ERROR_AUTHENTICATED: /* PREAUTH: STARTTLS is impossible now, and whose session would it be? */
		return err_perm(e, "mailbox %s: %s greets with PREAUTH, as if the login were done already; that is not trusted, and "
		                "nothing was sent", m->conf->key, s->host);
	default:
		if (s->tls == TLS_STARTTLS && strcmp(tls_why(m->tls), "the time for its answer is up") == 0)
			return err_temp(e, "%s port %d: it does not greet; if this port speaks TLS at once, set tls = \"implicit\"", s->host,
			                s->port);
		return mailbox_lost(m, e) || err_at(e, "%s port %d does not greet as an IMAP server", s->host, s->port);
	}
}

/* RFC 3501 6.2.1, RFC 9051 11.1: nothing that was said in clear counts, and nothing may be left over from it. */
static bool upgraded(struct mailbox *m, struct err *e)
{
	const struct server *s = &m->conf->server;

	if (has_any(m) && !mailbox_has(m, "STARTTLS"))
		return err_perm(e, "%s port %d offers no STARTTLS, so nothing was sent; set tls = \"implicit\" and port 993", s->host, s->port);
	if (!mailbox_command(m, SMALL_ANSWER, e, "STARTTLS"))
		return err_at(e, "%s port %d does not begin TLS, so nothing was sent", s->host, s->port);
	if (m->stream->read_buffer_len) {
		tls_kill(m->tls, "words in clear came behind STARTTLS");
		return err_perm(e, "%s port %d: words in clear came behind STARTTLS: someone on the way forges; nothing was sent",
		                s->host, s->port);
	}
	tls_deadline(m->tls, CONNECT_MS, SMALL_ANSWER);
	if (!tls_start(m->tls, s, e))
		return false;
	mailbox_forget_capabilities(m);
	return true;
}

bool mailbox_connect(const struct mailbox_conf *c, struct mailbox **out, struct err *e)
{
	struct mailbox *m = must_take(sizeof *m);
	bool ok;

	m->conf = c;
	m->patience = PATIENCE_MS;
	m->pool = pool_new();
	guard_begin(&m->guard);
	m->imap = mailimap_new(0, NULL);
	ok = m->imap || err_temp(e, "out of memory");
	ok = ok && tls_open(&c->server, CONNECT_MS, &m->tls, e);
	ok = ok && (c->server.tls != TLS_IMPLICIT || tls_start(m->tls, &c->server, e));
	if (ok) {
		m->stream = mailbox_stream(m);
		ok = m->stream || err_temp(e, "out of memory");
	}
	ok = ok && greeted(m, e);
	ok = ok && (c->server.tls != TLS_STARTTLS || upgraded(m, e));
	if (!ok)
		mailbox_close(&m);
	*out = m;
	return ok;
}

bool mailbox_open(const struct mailbox_conf *c, struct mailbox **out, struct err *e)
{
	struct mailbox *m = NULL;
	char *token = NULL;
	utc renew = 0;
	bool ok;

	/* before the connection: no server waits while the one who gives tokens is asked */
	if (c->server.oauth && !oauth_token(&c->server, NULL, &token, &renew, e))
		return err_at(e, "mailbox %s", c->key);
	ok = mailbox_connect(c, &m, e);
	if (ok) {
		m->renew = renew;
		ok = mailbox_log_in(m, &token, e);
	}
	secret_free(&token);
	if (!ok) {
		mailbox_close(&m);
		return false;
	}
	note_capabilities(m);
	*out = m;
	return true;
}

void mailbox_close(struct mailbox **m)
{
	if (!*m)
		return;
	if ((*m)->tls && !tls_dead((*m)->tls) && (*m)->tags) {
		tls_deadline((*m)->tls, 1000, SMALL_ANSWER);
		mailbox_put(*m, "0 LOGOUT\r\n", 10); /* its answer is not waited for */
	}
	if ((*m)->stream)
		mailstream_close((*m)->stream);
	if ((*m)->imap) {
		(*m)->imap->imap_stream = NULL; /* else it would say goodbye by itself, and wait */
		tidy(*m);
		mailimap_free((*m)->imap);
	}
	tls_close(&(*m)->tls);
	pool_end(&(*m)->pool);
	free((*m)->folder);
	free(*m);
	*m = NULL;
}

/* ---- a folder ---- */

static uint64_t highest_modseq(const struct mailbox *m)
{
	uint64_t highest = 0;

	for (clistiter *i = clist_begin(m->imap->imap_response_info->rsp_extension_list); i; i = clist_next(i)) {
		const struct mailimap_extension_data *d = clist_content(i);
		const struct mailimap_condstore_resptextcode *c = d->ext_data;

		if (d->ext_extension->ext_id == MAILIMAP_EXTENSION_CONDSTORE && d->ext_type == MAILIMAP_CONDSTORE_TYPE_RESP_TEXT_CODE &&
		    c->cs_type == MAILIMAP_CONDSTORE_RESPTEXTCODE_HIGHESTMODSEQ)
			highest = c->cs_data.cs_modseq_value;
	}
	return highest;
}

static bool takes_keywords(const struct mailimap_selection_info *s)
{
	for (clistiter *i = s->sel_perm_flags ? clist_begin(s->sel_perm_flags) : NULL; i; i = clist_next(i))
		if (((struct mailimap_flag_perm *)clist_content(i))->fl_type == MAILIMAP_FLAG_PERM_ALL)
			return true;
	return false;
}

bool mailbox_choose(struct mailbox *m, const char *folder, bool change, struct mailbox_folder *out, struct err *e)
{
	struct pool *p = pool_new();
	const char *name = name_argument(m, p, folder);
	struct mailimap_selection_info *s;
	bool ok;

	if (!name) {
		pool_end(&p);
		return err_perm(e, "mailbox %s: '%s' cannot be a folder's name", m->conf->key, folder);
	}
	if (m->imap->imap_selection_info)
		mailimap_selection_info_free(m->imap->imap_selection_info);
	s = m->imap->imap_selection_info = mailimap_selection_info_new();
	m->selected = m->news = m->told = m->changes = false;
	free(m->folder);
	m->folder = must_copy(folder);
	ok = mailbox_command(m, SMALL_ANSWER, e, "%s %s%s", change ? "SELECT" : "EXAMINE", name,
	                     m->condstore ? " (CONDSTORE)" : "");
	pool_end(&p);
	if (!ok && !tls_dead(m->tls))
		return err_at(e, "folder '%s'", folder);
	if (!ok)
		return false;
	m->selected = true;
	m->changes = change && s->sel_perm != MAILIMAP_MAILBOX_READONLY;
	m->exists = s->sel_exists;
	m->uidvalidity = s->sel_uidvalidity;
	m->uidnext = s->sel_uidnext;
	m->arrived = 0;
	m->highest = highest_modseq(m);
	m->fresh = true;
	*out = (struct mailbox_folder){ s->sel_uidvalidity, s->sel_uidnext, s->sel_exists, m->highest,
	                                m->conf->kind == MAILBOX_CAPTURE && takes_keywords(s) };
	mailbox_forget_answer(m);
	return true;
}

bool mailbox_select(struct mailbox *m, const char *folder, struct mailbox_folder *out, struct err *e)
{
	return mailbox_choose(m, folder, m->conf->kind == MAILBOX_CAPTURE, out, e);
}

/* UIDVALIDITY does not change while a folder is selected (RFC 3501 2.3.1.1), and what came was told. How far the UIDs and
 * modification sequences go now, the server did not say. */
bool mailbox_still(struct mailbox *m, const char *folder, uint32_t uidvalidity, struct mailbox_folder *out)
{
	if (!m->selected || !m->told || strcmp(folder, m->folder) != 0 || uidvalidity != m->uidvalidity)
		return false;
	m->told = false;
	*out = (struct mailbox_folder){ .uidvalidity = uidvalidity, .exists = m->exists };
	return true;
}

void mailbox_patience(struct mailbox *m, int milliseconds)
{
	m->patience = milliseconds;
}

utc mailbox_renew(const struct mailbox *m)
{
	return m->renew;
}

bool mailbox_can_idle(const struct mailbox *m)
{
	return m->idle;
}

bool mailbox_is_gmail(const struct mailbox *m)
{
	return m->gmail;
}

bool mailbox_alive(const struct mailbox *m)
{
	return !tls_dead(m->tls);
}

uint64_t mailbox_turns(const struct mailbox *m)
{
	return tls_turns(m->tls);
}

uint64_t mailbox_bytes(const struct mailbox *m)
{
	return tls_bytes(m->tls);
}
