/* kept check, the mail - one by every route: each submission to each tracking address, and what came back of it
 *
 * The mail is written as a BCC arrives: the tracking address stands in no header of ours, so that what is found there was put
 * there by the servers on the way. It bears kept's own address as its author, by which the daemon knows it as its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "borders/net.h"
#include "borders/reader.h"
#include "borders/secret.h"
#include "daemon/kept_check.h"
#include "daemon/kept_progress.h"
#include "judgement/proof.h"

enum { LOOK_SECONDS = 1, ANSWERS_MOST = 5 };

struct route {
	const struct submission *by;
	const struct mailbox_conf *in;
	const char *pattern, *to, *token, *name;
	double sent;             /* when it was handed over; 0: it was not */
	bool found;
};

struct route_box {               /* a mailbox that is waited at */
	const struct mailbox_conf *conf;
	struct mailbox *m;       /* NULL: it could not be opened; that was told before */
};

/* ---- sending ---- */

static const char *letter_of(struct check *c, const struct route *r)
{
	char date[64];
	struct tm tm;
	time_t t = time(NULL);

	gmtime_r(&t, &tm);
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &tm);
	return pool_print(c->pool,
	                  "Date: %s\r\nFrom: kept <%s>\r\nTo: <%s>\r\nSubject: kept check %s\r\nMessage-ID: <check-%s@%s>\r\n"
	                  "Auto-Submitted: auto-generated\r\nX-Kept-Kind: check\r\nMIME-Version: 1.0\r\n"
	                  "Content-Type: text/plain; charset=us-ascii\r\n\r\n"
	                  "kept check sent this to itself, to see whether mail by this way comes back.\r\nYou may delete it.\r\n",
	                  date, r->by->from, r->by->from, r->token, r->token, addr_domain(r->by->from));
}

static const struct { const char *words, *todo; } send_hints[] = {
	{ "app password", "make an app password, and put it where password points to" },
	{ "verification failed", "its issuer is not known here: if you trust it, set ca = \"FILE\" to the certificate (PEM) of its authority" },
	{ "does not match", "set host to the name the certificate bears" },
	{ "certificate", "mend the name, the authority (ca = \"FILE\") or the clock; never turn verification off" },
	{ "wrong version", "this port begins in clear: set tls = \"starttls\" (587), or the port for TLS (465)" },
	{ "packet", "this port begins in clear: set tls = \"starttls\" (587), or the port for TLS (465)" },
	{ "handshake", "this port begins in clear: set tls = \"starttls\" (587), or the port for TLS (465)" },
	{ "STARTTLS", "set tls = \"implicit\" and port 465, if the server has that" },
	{ "resolve", "is host spelt right, and the network up?" },
	{ "timed out", "a firewall between, or the wrong port; providers often close 25, and leave 465 and 587 open" },
	{ "connect", "is the port right? submission is 465 (TLS) or 587 (STARTTLS)" },
	{ "sender", "set from to an address this account may send as" },
	{ "relay", "set user and password: the server relays only after a login" },
	{ "uthentication", "set user and password: the server wants a login" },
	{ "limit", "the account may send no more today" },
};

static const char *send_todo(struct check *c, const struct submission *s, const char *why)
{
	const char *remedy = strstr(why, "; do: "); /* of a secret that may not be used */

	if (remedy)
		return pool_copy(c->pool, remedy + strlen("; do: "));
	if (s->server.at.file && strncmp(why, s->server.at.file, strlen(s->server.at.file)) == 0)
		return "mend the setting, as said"; /* no server spoke: it is the configuration */
	if (strstr(why, "login as") && (text_find(s->server.host, "gmail") || text_find(s->server.host, "google")))
		return "Google wants an app password (myaccount.google.com/apppasswords, with 2-step verification on)";
	if (strstr(why, "login as") && (text_find(s->server.host, "office365") || text_find(s->server.host, "outlook")))
		return "Microsoft takes no password here: set oauth in place of it (kept.conf(5), oauth); or SMTP AUTH is off for this mailbox: ask its administrator";
	if (strstr(why, "login as"))
		return check_password_todo(c->pool, &s->server);
	for (size_t i = 0; i < sizeof send_hints / sizeof *send_hints; i++)
		if (text_find(why, send_hints[i].words))
			return send_hints[i].todo;
	return "the server's words say why; its log says more";
}

static void send_by(struct check *c, const struct submission *s, struct route *routes, size_t n)
{
	struct net *net = NULL;
	struct err e = { 0 };

	check_begin(c);
	if (!net_open(s, &net, &e)) {
		check_end(c, STEP_FAIL, "submission", s->key, e.text, "mend the setting");
		return;
	}
	net_patience(net, c->wait < 30 ? 30 : c->wait, 120);
	for (size_t i = 0; i < n; i++) {
		struct route *r = &routes[i];
		const char *bytes, *why = "";
		enum net_outcome o;

		if (r->by != s)
			continue;
		check_begin(c);
		bytes = letter_of(c, r);
		o = net_submit(net, c->pool, s->from, r->to, bytes, strlen(bytes), &why);
		if (o == NET_SENT || o == NET_UNSURE)
			r->sent = check_clock();
		c->facts.refused = o == NET_REFUSED;
		check_end(c, o == NET_SENT ? STEP_OK : o == NET_UNSURE ? STEP_WARN : STEP_FAIL, "submission", s->key,
		          o == NET_SENT ? pool_print(c->pool, "handed over to %s port %d for %s: %s", s->server.host, s->server.port, r->to, why)
		                        : pool_print(c->pool, "%s: %s", r->to, why),
		          o == NET_SENT ? NULL : send_todo(c, s, why));
		if (o == NET_CONFIG)
			break; /* the others would fail the same way, and a login be locked */
	}
	net_close(&net);
}

/* ---- what came back ---- */

struct came {
	struct reader *reader;
	struct pool *pool;
	struct letter letter;
	bool is;
	struct err *e;
};

static enum mailbox_wish take(void *arg, const struct delivery *d)
{
	struct came *a = arg;

	if (d->body && !a->is)
		a->is = reader_read(a->reader, a->pool, d->body, d->body_length, &a->letter, a->e);
	return MAILBOX_STOP;
}

static bool holds_address(const char *value, const char *address)
{
	const char *at = text_find(value, address);
	size_t n = strlen(address);

	return at && (at == value || strchr("< \t;:", at[-1])) && (!at[n] || strchr("> \t;,", at[n]));
}

/* The fields by which a BCC can be known, and what each holds: the address as written, or the mailbox without the detail. */
static void tell_traces(struct check *c, const struct route *r, const struct letter *l)
{
	struct text *whole = text_new(c->pool, 500), *cut = text_new(c->pool, 500);
	const char *received = letter_field(l, "Received"), *clause = text_find(received, " for ");
	const char *detail;

	for (size_t i = 0; letter_traces[i]; i++) {
		const char *value;
		bool exact = false, plain = false;

		for (size_t k = 0; (value = letter_field_at(l, letter_traces[i], k)); k++) {
			exact = exact || holds_address(value, r->to);
			plain = plain || addr_tracks(c->pool, r->pattern, addr_clean(c->pool, value) ? addr_clean(c->pool, value) : "", &detail);
		}
		if (exact)
			text_print(whole, "%s%s", whole->n ? ", " : "", letter_traces[i]);
		else if (plain)
			text_print(cut, "%s%s", cut->n ? ", " : "", letter_traces[i]);
	}
	if (clause && holds_address(clause + 5, r->to))
		text_print(whole, "%sReceived for", whole->n ? ", " : "");
	c->facts.whole = whole->n;
	c->facts.cut = cut->n;
	if (whole->n)
		check_end(c, STEP_OK, "traces", r->name, pool_print(c->pool, "the address as written stands in %s: a BCC is understood", whole->s), NULL);
	else if (cut->n)
		check_end(c, STEP_WARN, "traces", r->name,
		          pool_print(c->pool, "only the mailbox stands in %s, without what was behind the +", cut->s),
		          "let the mail server keep the address as written (X-Original-To in Postfix, Envelope-to in Exim); until then write due dates "
		          "into the text or the subject, not into a BCC address");
	else
		check_end(c, STEP_WARN, "traces", r->name, "no header tells to which address it came",
		          "let the mail server add Delivered-To or X-Original-To; until then put the tracking address into To or Cc, not into Bcc");
}

/* A name that a configuration and a terminal may hold: a word of printable ASCII. */
static bool is_plain(const char *s)
{
	while (*s > ' ' && *s <= '~' && *s != '"' && *s != '\\')
		s++;
	return !*s;
}

static bool passed_any(const struct auth_results *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->methods[i].result, "pass") == 0)
			return true;
	return false;
}

/* Was anything looked at that is looked at in mail from outside? */
static bool looked_at(const struct auth_results *a)
{
	static const char *const of[] = { "dmarc", "dkim", "spf" };

	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < sizeof of / sizeof *of; k++)
			if (strcmp(a->methods[i].method, of[k]) == 0)
				return true;
	return false;
}

static bool trusted(const struct mailbox_conf *b, const char *id)
{
	for (size_t i = 0; i < b->authserv.n; i++)
		if (text_same(b->authserv.list[i], id))
			return true;
	return false;
}

/* Without such a field no promise of an owner's to this mailbox can be proven, but by a key. */
static void tell_proof(struct check *c, const struct route *r, const struct letter *l)
{
	const char *value = letter_field_at(l, "Authentication-Results", 0), *id, *whose;
	struct auth_results results = { .authserv_id = "" };
	bool keys = true, passed;

	if (value)
		proof_parse(c->pool, value, &results); /* as the daemon will read it */
	if (!is_plain(results.authserv_id))
		value = NULL;
	id = value ? results.authserv_id : "";
	whose = *id ? id : "a server that gives no name";
	passed = value && passed_any(&results);

	for (size_t i = 0; i < c->conf->owner_count; i++)
		keys = keys && *c->conf->owners[i].capture_key;
	c->facts.authserv = value ? id : NULL;
	c->facts.passed = passed;
	c->facts.handed = passed && !looked_at(&results);
	if (value && trusted(r->in, id)) {
		check_end(c, passed ? STEP_OK : STEP_WARN, "proof", r->name,
		          pool_print(c->pool, "Authentication-Results of %s is on top: %s", *id ? id : "the server",
		                     line_from(c->pool, value, 200).s),
		          passed ? NULL : "nothing passed: sign the domain's mail (DKIM), and publish SPF and DMARC; else an owner's promise by BCC is "
		                          "held");
		return;
	}
	if (keys && c->conf->owner_count) {
		check_end(c, STEP_OK, "proof", r->name, "no trusted Authentication-Results is on top, but each owner has a key", NULL);
		return;
	}
	if (value && !r->in->authserv.n)
		check_end(c, STEP_WARN, "proof", r->name, pool_print(c->pool, "Authentication-Results of %s is on top, and nobody said to trust it",
		                                                      whose),
		          pool_print(c->pool, "if %s is your own mail server, set authserv = [ \"%s\" ] in mailbox %s", whose, id, r->in->key));
	else if (value)
		check_end(c, STEP_WARN, "proof", r->name, pool_print(c->pool, "on top is an Authentication-Results of %s, not one of those trusted", whose),
		          pool_print(c->pool, "if %s is your own mail server, add it to authserv in mailbox %s", whose, r->in->key));
	else
		check_end(c, STEP_WARN, "proof", r->name, "it bears no Authentication-Results: an owner's promise by BCC could not be proven",
		          "let the mail server write that header, or give each owner a key (key = \"…\"), and BCC kept+k-KEY@…");
}

/* Somebody who got it may answer it, and a server send it back; by either nothing is learnt of its way. */
static bool is_it(const struct route *r, const struct letter *l)
{
	return *l->broken || (l->from.n == 1 && addr_same(l->from.list[0].address, r->by->from) && !letter_field_at(l, "In-Reply-To", 0));
}

/* Looks for the mail in a folder; true: found and told. */
static bool look(struct check *c, struct route_box *b, struct route *r, const char *folder, struct reader *reader)
{
	struct came came = { .reader = reader, .pool = c->pool };
	struct mailbox_walk w = { .bodies = true, .each = take, .arg = &came };
	struct mailbox_folder f;
	struct err e = { 0 };
	uint32_t *uids;
	size_t n = 0;

	came.e = &e;
	if (!mailbox_select(b->m, folder, &f, &e) || !mailbox_by_header(b->m, c->pool, "Subject", r->token, &uids, &n, &e))
		return false;
	for (size_t i = n; i && n - i < ANSWERS_MOST && !came.is; i--) {
		w.from_uid = w.to_uid = uids[i - 1];
		if (!mailbox_walk(b->m, &w, &e))
			return false;
		came.is = came.is && is_it(r, &came.letter);
	}
	if (!came.is)
		return false;
	r->found = c->facts.came = true;
	if (strcmp(folder, "INBOX") != 0 && !(r->in->after == AFTER_MOVE && text_same(folder, r->in->move_to)))
		check_end(c, STEP_WARN, "mail", r->name, pool_print(c->pool, "came back after %.1f s, but into %s", check_clock() - r->sent, folder),
		          "tell the spam filter that mail to and from kept is wanted");
	else
		check_end(c, STEP_OK, "mail", r->name, pool_print(c->pool, "came back after %.1f s", check_clock() - r->sent), NULL);
	if (r->in->kind == MAILBOX_CAPTURE && !mailbox_mark_seen(b->m, uids, n, &e))
		check_end(c, STEP_WARN, "mail", r->name, e.text, "kept marks what it has read: may this user change flags there?");
	if (*came.letter.broken) {
		check_end(c, STEP_FAIL, "mail", r->name, pool_print(c->pool, "it cannot be read: %s", came.letter.broken), "keep the message as a file: `kept explain FILE` shows what is read of it");
		return true;
	}
	tell_traces(c, r, &came.letter);
	tell_proof(c, r, &came.letter);
	return true;
}

static void lost_mail(struct check *c, struct route_box *b, struct route *r, struct reader *reader)
{
	const char *junk = NULL;
	struct err e = { 0 };

	if (mailbox_find(b->m, c->pool, "\\Junk", &junk, &e) && look(c, b, r, junk, reader))
		return;
	check_end(c, STEP_FAIL, "mail", r->name, pool_print(c->pool, "%s did not come back within %d s", r->to, c->wait),
	          strchr(addr_local(c->pool, r->to), '+')
	                  ? "does the mail server know addresses with + (recipient_delimiter), and deliver them to this mailbox? its log tells "
	                    "where the mail went; a slow server: kept check --wait 300"
	                  : "is the catch-all for this domain set, and to this mailbox? the mail server's log tells where the mail went; a slow "
	                    "server: kept check --wait 300");
}

/* Until each mail was found, or the time is up. */
static void await(struct check *c, struct route_box *boxes, size_t n, struct route *routes, size_t count, struct reader *reader)
{
	double until = check_clock() + c->wait;
	size_t open;

	do {
		open = 0;
		for (size_t i = 0; i < n; i++) {
			for (size_t k = 0; k < count && boxes[i].m; k++) {
				struct route *r = &routes[k];

				if (r->in != boxes[i].conf || r->found || r->sent <= 0)
					continue;
				if (look(c, &boxes[i], r, "INBOX", reader))
					continue;
				if (r->in->after != AFTER_MOVE || !r->in->move_to || !look(c, &boxes[i], r, r->in->move_to, reader))
					open++;
			}
		}
		if (open && check_clock() < until) {
			work_wait(pool_print(c->pool, "waiting for %zu mail%s to come back", open, open == 1 ? "" : "s"), until - check_clock());
			sleep(LOOK_SECONDS);
		}
	} while (open && check_clock() < until);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < count && boxes[i].m; k++)
			if (routes[k].in == boxes[i].conf && !routes[k].found && routes[k].sent > 0)
				lost_mail(c, &boxes[i], &routes[k], reader);
}

static size_t plan_routes(struct check *c, struct route **out)
{
	struct route *list = NULL;
	size_t n = 0;

	for (size_t s = 0; s < c->conf->submission_count; s++)
		for (size_t b = 0; b < c->conf->mailbox_count; b++)
			for (size_t t = 0; t < c->conf->mailboxes[b].tracking.n; t++) {
				struct route *r = pool_more(c->pool, &list, n, sizeof *r);
				char token[TOKEN_LENGTH + 1];

				secret_token(token);
				r->by = &c->conf->submissions[s];
				r->in = &c->conf->mailboxes[b];
				r->pattern = r->in->tracking.list[t];
				r->token = pool_copy(c->pool, token);
				r->to = c->plain ? r->pattern : addr_with(c->pool, r->pattern, pool_print(c->pool, "check-%s", token));
				r->name = pool_print(c->pool, "%s -> %s", r->by->key, r->pattern);
				n++;
			}
	*out = list;
	return n;
}

void check_mail(struct check *c)
{
	struct route_box *boxes = pool_list(c->pool, c->conf->mailbox_count + 1, sizeof *boxes);
	struct reader *reader = NULL;
	struct route *routes = NULL;
	size_t n = 0, count = plan_routes(c, &routes), sent = 0;
	struct err e = { 0 };

	check_begin(c);
	if (!count) {
		check_end(c, STEP_WARN, "mail", "", "there is no way from a submission to a tracking address: nothing was sent",
		          "kept needs a submission to answer by, and a mailbox with tracking = [ … ] for promises by BCC");
		return;
	}
	if (!reader_open(&reader, &e)) {
		check_end(c, STEP_FAIL, "reader", "", e.text, "the confined process that reads mail cannot be started here");
		return;
	}
	for (size_t s = 0; s < c->conf->submission_count; s++)
		send_by(c, &c->conf->submissions[s], routes, count);
	for (size_t b = 0; b < c->conf->mailbox_count; b++) {
		bool awaited = false;

		for (size_t k = 0; k < count; k++)
			awaited = awaited || (routes[k].in == &c->conf->mailboxes[b] && routes[k].sent > 0);
		if (!awaited)
			continue;
		if (c->dead[b]) {
			check_end(c, STEP_WARN, "mail", c->conf->mailboxes[b].key, "what was sent there cannot be looked for: it was not opened",
			          "mend that mailbox first");
			continue;
		}
		boxes[n].conf = &c->conf->mailboxes[b];
		if (!mailbox_open(boxes[n].conf, &boxes[n].m, &e))
			check_end(c, STEP_FAIL, "mail", boxes[n].conf->key, e.text, "what was sent there could not be looked for");
		n++;
	}
	for (size_t k = 0; k < count; k++)
		sent += routes[k].sent > 0;
	if (sent)
		await(c, boxes, n, routes, count, reader);
	for (size_t i = 0; i < n; i++)
		if (boxes[i].m)
			mailbox_close(&boxes[i].m);
	reader_close(&reader);
}
