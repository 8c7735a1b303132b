/* what others ask of a configuration that was read */
#include "nouns/conf_inner.h"

#include <string.h>

/* One of the keys in a list of things, each of which begins with its key. */
const void *conf_thing(const void *list, size_t n, size_t of, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(*(const char *const *)((const char *)list + i * of), key) == 0)
			return (const char *)list + i * of;
	return NULL;
}

#define THING(c, list, count, key) conf_thing((c)->list, (c)->count, sizeof *(c)->list, key)

const struct owner *conf_owner(const struct conf *c, const char *key)
{
	return THING(c, owners, owner_count, key);
}

static bool has(const struct strings *l, const char *address)
{
	for (size_t i = 0; i < l->n; i++)
		if (addr_same(l->list[i], address))
			return true;
	return false;
}

const struct owner *conf_owner_of(const struct conf *c, const char *address)
{
	for (size_t i = 0; i < c->owner_count; i++)
		if (has(&c->owners[i].addresses, address))
			return &c->owners[i];
	return NULL;
}

const struct policy *conf_policy(const struct conf *c, const char *key)
{
	const struct policy *p = key ? THING(c, policies, policy_count, key) : NULL;

	return p ? p : &c->policies[0];
}

const struct cadence *conf_cadence(const struct conf *c, const char *stage)
{
	return THING(c, cadences, cadence_count, stage);
}

const struct team *conf_team(const struct conf *c, const char *key)
{
	for (size_t i = 0; i < c->team_count; i++)
		if (strcasecmp(c->teams[i].key, key) == 0)
			return &c->teams[i];
	return NULL;
}

const struct team *conf_team_of(const struct conf *c, const char *address)
{
	for (size_t i = 0; i < c->team_count; i++)
		if (addr_same(c->teams[i].address, address))
			return &c->teams[i];
	return NULL;
}

const struct mailbox_conf *conf_capture(const struct conf *c, const struct owner *o)
{
	for (size_t i = 0; i < c->mailbox_count; i++) {
		const struct mailbox_conf *m = &c->mailboxes[i];

		if (m->tracking.n && (m->kind == MAILBOX_CAPTURE || m->owner == o))
			return m;
	}
	return NULL;
}

const char *conf_reply(struct pool *p, const struct conf *c, const struct owner *o, const char *token)
{
	const struct mailbox_conf *m = o ? conf_capture(c, o) : NULL;

	return m ? addr_with(p, m->tracking.list[0], pool_print(p, "r-%s", token)) : "";
}

bool conf_reads_sent(const struct conf *c, const struct owner *o)
{
	for (size_t i = 0; i < c->mailbox_count; i++)
		for (size_t k = 0; c->mailboxes[i].owner == o && k < c->mailboxes[i].watch.n; k++)
			if (strcmp(c->mailboxes[i].watch.list[k], "\\Sent") == 0)
				return true;
	return false;
}

const struct mailbox_conf *conf_drafts(const struct conf *c, const struct owner *o)
{
	for (size_t i = 0; i < c->mailbox_count && conf_capture(c, o); i++)
		if (c->mailboxes[i].kind == MAILBOX_PERSONAL && c->mailboxes[i].owner == o &&
			    c->mailboxes[i].drafts && *c->mailboxes[i].drafts)
			return &c->mailboxes[i];
	return NULL;
}

bool conf_tracks(struct pool *p, const struct conf *c, const char *address, const char **detail)
{
	for (size_t i = 0; i < c->mailbox_count; i++)
		for (size_t j = 0; j < c->mailboxes[i].tracking.n; j++)
			if (addr_tracks(p, c->mailboxes[i].tracking.list[j], address, detail))
				return true;
	return false;
}

const struct submission *conf_submission(const struct conf *c, const struct owner *o)
{
	const struct submission *theirs = NULL, *common = NULL;

	for (size_t i = 0; i < c->submission_count; i++) {
		const struct submission *s = &c->submissions[i];

		if (!s->owner && !common)
			common = s;
		else if (s->owner && s->owner == o && !theirs)
			theirs = s;
	}
	return common ? common : theirs;
}

const struct submission *conf_own_submission(const struct conf *c, const struct owner *o)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < c->submission_count; i++) {
			const struct submission *s = &c->submissions[i];

			if (pass == 0 ? s->owner == o : !s->owner && conf_owner_of(c, s->from) == o)
				return s;
		}
	return NULL;
}
