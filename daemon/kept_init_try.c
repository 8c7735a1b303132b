/* kept init, the trial: a login, once; a mail to itself; and what that teaches of this server */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "borders/secret.h"
#include "daemon/kept_init.h"

enum { KEY_LENGTH = 10, WAIT_MOST = 3600 };

static struct server with_login(const struct init *i, const struct server *s)
{
	struct server out = *s;

	out.ca = i->ca;
	out.password = i->password;
	out.oauth = i->by ? &i->trial : NULL;
	return out;
}

static struct strings one(struct pool *p, const char *s)
{
	const char **list = pool_list(p, 1, sizeof *list);

	*list = s;
	return (struct strings){ list, 1 };
}

/* What can be said for sure of a server that was not asked, or said nothing. */
static void without_mail(struct init *i)
{
	const struct provider *v = i->found.provider;

	i->authserv = v ? v->authserv : NULL;
}

/* The server that took the mail in from us, and not one to which mail from outside comes: that one lets its name
 * pass. */
static bool is_another(const struct init *i)
{
	bool is = i->facts.handed;

	for (size_t k = 0; k < i->found.mx.n; k++)
		is = is && !text_same(i->found.mx.list[k], i->facts.authserv);
	return is;
}

/* A name that stood there once, and is the same each time as far as is known. None at all is believed of a provider
 * that has none: else anybody's field without a name would be. */
static void with_mail(struct init *i)
{
	const struct provider *v = i->found.provider;

	if (i->facts.authserv && (v ? v->authserv && (*i->facts.authserv || !*v->authserv) : *i->facts.authserv && !is_another(i)))
		i->authserv = i->facts.authserv;
	else
		without_mail(i);
}

/* The one of the configuration that is there: the owner's address book has it. "": none */
static const char *own_key(struct init *i)
{
	struct conf_errors errors = { 0 };
	struct conf *conf = NULL;
	const char *key = "";

	if (!conf_load(i->pool, i->file, &conf, &errors))
		return "";
	for (size_t k = 0; k < conf->owner_count; k++)
		if (conf->owners[k].addresses.n && addr_same(conf->owners[k].addresses.list[0], i->address))
			key = pool_copy(i->pool, conf->owners[k].capture_key);
	conf_close(&conf);
	return key;
}

static void settle_proof(struct init *i)
{
	char token[TOKEN_LENGTH + 1];

	if (i->no_mail)
		without_mail(i);
	else
		with_mail(i);
	i->key = own_key(i);
	if (!*i->key && (!i->authserv || i->no_mail || !i->facts.authserv || !i->facts.passed)) {
		secret_token(token);
		i->key = pool_slice(i->pool, token, KEY_LENGTH);
	}
	if (*i->key)
		printf("ok    proof: a key will prove your mail%s\n",
		       i->authserv  ? ""
		       : i->no_mail ? ", since without that mail nobody knows what this server's Authentication-Results are worth"
				    : ", since this server's Authentication-Results cannot be relied on");
	else
		printf("ok    proof: this server's Authentication-Results%s%s can be trusted\n",
		       *i->authserv ? " of " : "", i->authserv);
}

/* It did not come back: is it the +, or does no mail come back at all? */
static const char *no_return(struct init *i, struct check *c)
{
	const struct provider *v = i->found.provider;
	bool domain = strncmp(i->tracking, "*@", 2) == 0;

	c->plain = true;
	c->facts = (struct check_facts){ .came = false };
	if (!domain && !i->shared) {
		printf("      is it the +? one to %s itself\n", i->tracking);
		fflush(stdout);
		check_mail(c);
	}
	if (!c->facts.came && !domain && !i->shared)
		return pool_print(i->pool, "mail to %s does not come to this mailbox, or is slow: --wait 300", i->tracking);
	if (v && v->plus == PLUS_FAILS)
		return pool_print(
			i->pool,
			"%s delivers no addresses with a +, which kept cannot do without; "
			"give kept a mailbox elsewhere: --mailbox",
			v->name);
	return domain ? "is the catch-all for this domain set, and to this mailbox? a slow server: --wait 300"
	              : "kept cannot do without addresses with a +, or a domain of its own: --tracking '*@kept.example.org'";
}

static bool by_mail(struct init *i, struct check *c)
{
	bool failed = false, lost;

	check_mail(c);
	i->facts = c->facts;
	lost = i->facts.refused;
	for (size_t k = 0; k < c->n; k++)
		if (c->steps[k].end == STEP_FAIL) {
			failed = true;
			lost |= strcmp(c->steps[k].kind, "mail") == 0;
		}
	if (!failed && i->facts.came)
		return true;
	if (i->facts.came || !lost)
		return init_no("nothing was written");
	return init_no("%s; nothing was written", no_return(i, c));
}

static bool is_refused(const struct check *c)
{
	return strstr(c->steps[c->n - 1].detail, "refused the login");
}

/* A password is tried once, for providers lock accounts; one that was typed may be mistyped, and then another is, too. */
static bool logs_in(struct init *i, struct check *c, const struct mailbox_conf *box)
{
	size_t before = c->n;

	if (check_mailbox(c, box))
		return true;
	if (!is_refused(c) || i->typed < 0 || i->by)
		return false;
	if (i->found.provider)
		printf("      %s.\n", provider_password(i->pool, i->found.provider));
	fflush(stdout);
	if (!init_type_password(i, "Was it mistyped? Once more the password (it is not shown; Enter alone ends it):"))
		return false;
	c->n = before;
	*c->dead = false;
	return check_mailbox(c, box);
}

bool init_try(struct init *i)
{
	struct pool *p = i->pool;
	struct owner owner = {
		.key = i->owner_key, .name = i->name, .addresses = one(p, i->address), .capture_key = ""
	};
	struct mailbox_conf box = {
		.key = i->shared ? i->owner_key : "capture",
		.kind = i->shared ? MAILBOX_PERSONAL : MAILBOX_CAPTURE,
		.server = with_login(i, &i->found.imap.server),
		.owner = i->shared ? &owner : NULL,
		.tracking = one(p, i->tracking),
		.watch = one(p, "INBOX"),
		.folders = i->sent ? one(p, "\\Sent") : (struct strings){ 0 }, /* is it there? */
		.drafts = i->drafts ? "\\Drafts" : "",
		.poll = 60,
	};
	struct submission by = { .key = i->shared ? i->owner_key : "main",
		                 .server = with_login(i, &i->found.smtp.server),
		                 .from = i->mailbox,
		                 .owner = box.owner };
	struct conf conf = { .owners = &owner,
		             .owner_count = 1,
		             .mailboxes = &box,
		             .mailbox_count = 1,
		             .submissions = &by,
		             .submission_count = 1 };
	struct check c = { .pool = p,
		           .conf = &conf,
		           .untold = "proof",
		           .wait = i->wait ? atoi(i->wait) : 60,
		           .dead = pool_list(p, 1, sizeof(bool)) };

	if (c.wait < 1 || c.wait > WAIT_MOST)
		return init_no("--wait takes seconds, 1 to %d", WAIT_MOST);
	check_begin(&c);
	if (!logs_in(i, &c, &box)) {
		const char *why = c.steps[c.n - 1].detail;
		bool refused = is_refused(&c), typed = i->typed >= 0 && !i->by;

		if (i->ended)
			return false;
		if (strstr(why, "refused a new token"))
			return init_no("the login was well, but not one that opens this mailbox: was it %s who logged in? nothing was "
			               "written",
			               box.server.user);
		if (strstr(why, "takes tokens alone"))
			return init_no("it wants a login in place of a password: kept init --login --client-id ID; kept.conf(5), oauth, "
			               "says how one is made; nothing was written");
		if (refused && i->password && !i->secret && strncmp(i->password, "file:", 5) == 0)
			printf("      it is that of %s; kept secret set takes another\n", i->password + 5);
		if (strstr(why, "set ca = \""))
			puts("      here it is said by --ca FILE");
		if (refused && !typed && i->found.provider)
			printf("      %s.\n", provider_password(p, i->found.provider));
		return init_no("%snothing was written", refused && !typed ? "the password was tried once, for providers lock accounts; " : "");
	}
	if (!i->no_mail &&
	    !init_agrees(i, pool_print(p, "Send one mail from %s to itself, to see what its servers do?", i->mailbox),
	                 true))
		i->no_mail = true;
	if (init_ended(i))
		return false;
	if (!i->no_mail && !by_mail(i, &c))
		return false;
	settle_proof(i);
	return true;
}
