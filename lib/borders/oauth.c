/* oauth - the token of an account: kept, renewed, ended, forgotten */
#include "borders/oauth_inner.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

#include "borders/http.h"
#include "borders/secret.h"
#include "ground/log.h"

enum { LIFE = 3600 /* of a token whose end is not said */, AHEAD = 300 };

bool oauth_keep(struct pool *p, const struct oauth_conf *o, const char *user, const struct oauth_answer *a,
		struct grant *g, struct err *e)
{
	int64_t life = a->expires_in ? a->expires_in : LIFE;

	if (!*a->access_token || (*a->token_type && strcasecmp(a->token_type, "bearer") != 0))
		return err_temp(e, "oauth %s: %s gave no token that mail servers take", o->key,
				http_host(p, o->token_endpoint));
	g->access = a->access_token;
	if (*a->refresh_token) /* RFC 6749 6: a new one takes the old one's place */
		g->refresh = a->refresh_token;
	g->ends = time(NULL) + life;
	g->renew = g->ends - (life / 2 < AHEAD ? life / 2 : AHEAD);
	g->ended = "";
	return grant_write(p, o, user, g, e);
}

/* The grant is over: its tokens are of no use, and the reason is told until the next login. */
static bool end(struct pool *p, const struct oauth_conf *o, const char *user, const char *why, struct err *e)
{
	struct grant g = { .access = "", .refresh = "", .ended = why };
	struct err write = { 0 };

	if (!grant_write(p, o, user, &g, &write))
		log_line(LOG_LINE_ERROR, "oauth", "%s", write.text);
	return err_code(e, OAUTH_ENDED, "%s", why);
}

static bool renew(struct pool *p, const struct oauth_conf *o, const char *user, struct grant *g, struct err *e)
{
	struct text *form = text_new(p, OAUTH_FORM_MOST);
	struct oauth_answer a;
	struct err why = { 0 };
	bool ok;

	if (o->grant == OAUTH_CLIENT_CREDENTIALS) {
		form_add(form, "grant_type", "client_credentials");
		if (o->scope.n)
			form_add(form, "scope", oauth_scope(p, o));
	} else {
		form_add(form, "grant_type", "refresh_token");
		form_add(form, "refresh_token", g->refresh);
	}
	ok = form_client(form, o, e) && oauth_ask(p, o, o->token_endpoint, form->s, &a, e);
	explicit_bzero(form->s, form->n);
	if (!ok)
		return false;
	if (!*a.error)
		return oauth_keep(p, o, user, &a, g, e);
	oauth_refused(p, o, user, o->token_endpoint, &a, &why);
	if (strcmp(why.code, OAUTH_ENDED) == 0)
		return end(p, o, user, pool_copy(p, why.text), e);
	if (e)
		*e = why;
	return false;
}

/* Why there is no grant; "": there is one. */
static const char *standing(struct pool *p, const struct oauth_conf *o, const char *user, const struct grant *g)
{
	if (o->grant == OAUTH_CLIENT_CREDENTIALS || (*g->access && !*g->ended))
		return "";
	if (*g->ended)
		return g->ended;
	return pool_print(p, "there is no login of %s at %s yet; do: kept login %s", user,
			  http_host(p, o->token_endpoint), user);
}

bool oauth_standing(struct pool *p, const struct oauth_conf *o, const char *user, const char **why, struct err *e)
{
	struct grant g;

	if (!grant_read(p, o, user, &g, e))
		return false;
	*why = standing(p, o, user, &g);
	return true;
}

static bool token(struct pool *p, const struct oauth_conf *o, const char *user, const char *refused, struct grant *g,
		  struct err *e)
{
	utc now = time(NULL);
	const char *why = standing(p, o, user, g);
	bool bad = refused && strcmp(g->access, refused) == 0;
	struct err late = { 0 };

	if (*why)
		return err_code(e, OAUTH_ENDED, "%s", why);
	if (*g->access && !bad && now < g->renew)
		return true;
	if (o->grant == OAUTH_LOGIN && !*g->refresh) {
		why = pool_print(p, "the login of %s at %s has ended (it gave no refresh token); do: kept login %s", user,
				 http_host(p, o->token_endpoint), user);
		return (!bad && now < g->ends) || end(p, o, user, why, e);
	}
	if (renew(p, o, user, g, &late))
		return true;
	if (late.kind == ERR_TEMP && *g->access && !bad && now < g->ends)
		return true; /* it still serves; the next one is asked for again */
	if (e)
		*e = late;
	return false;
}

bool oauth_token(const struct server *s, const char *refused, char **out, utc *renew_at, struct err *e)
{
	struct pool *p = pool_new();
	struct grant g = { .access = "" };
	int lock = -1;
	bool ok = grant_lock(p, s->oauth, s->user, &lock, e) && grant_read(p, s->oauth, s->user, &g, e) &&
		  token(p, s->oauth, s->user, refused, &g, e);

	grant_unlock(lock);
	if (ok)
		*out = must_copy(g.access);
	if (ok && renew_at)
		*renew_at = g.renew;
	pool_end(&p);
	return ok;
}

int64_t oauth_stamp(const struct oauth_conf *o, const char *user)
{
	struct pool *p = pool_new();
	struct stat st;
	bool there = stat(grant_path(p, o, user), &st) == 0;

	pool_end(&p);
	return there ? (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec : 0;
}

/* The refresh token's end is that of the whole grant (RFC 7009 2.1). */
static bool revoke(struct pool *p, const struct oauth_conf *o, const struct grant *g, struct err *e)
{
	struct text *form = text_new(p, OAUTH_FORM_MOST);
	struct oauth_answer a;
	bool ok;

	form_add(form, "token", *g->refresh ? g->refresh : g->access);
	form_add(form, "token_type_hint", *g->refresh ? "refresh_token" : "access_token");
	ok = form_client(form, o, e) && oauth_ask(p, o, o->revocation_endpoint, form->s, &a, e);
	explicit_bzero(form->s, form->n);
	return ok &&
	       (!*a.error || err_temp(e, "oauth %s: %s: %s", o->key, http_host(p, o->revocation_endpoint), a.error));
}

bool oauth_forget(const struct oauth_conf *o, const char *user, bool *revoked, struct err *e)
{
	struct pool *p = pool_new();
	struct grant g = { .access = "", .refresh = "" };
	struct err why = { 0 };
	int lock = -1;
	bool ok = grant_lock(p, o, user, &lock, e) && grant_read(p, o, user, &g, e) && grant_remove(p, o, user, e);

	grant_unlock(lock);
	*revoked = ok && o->revocation_endpoint && (*g.refresh || *g.access) && revoke(p, o, &g, &why);
	if (ok && why.kind)
		log_line(LOG_LINE_WARN, "oauth", "%s", why.text);
	pool_end(&p);
	return ok;
}
