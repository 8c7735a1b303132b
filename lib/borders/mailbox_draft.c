/* mailbox_draft - the one thing kept changes in a personal mailbox: its own drafts, in the folder named for them */
#include <string.h>

#include "borders/mailbox_inner.h"

bool mailbox_select_drafts(struct mailbox *m, struct pool *p, const char **folder, struct mailbox_folder *out, struct err *e)
{
	const char *name = m->conf->drafts;

	if (m->conf->kind != MAILBOX_PERSONAL || !name || !*name)
		return err_perm(e, "mailbox %s: no folder is set for drafts", m->conf->key);
	if (!mailbox_find(m, p, name, folder, e) || !mailbox_choose(m, *folder, true, out, e))
		return false;
	return m->changes || err_perm(e, "mailbox %s: folder '%s' may only be read, not changed", m->conf->key, *folder);
}

static bool chosen(struct mailbox *m, struct err *e)
{
	return (m->selected && m->changes && m->conf->kind == MAILBOX_PERSONAL) ||
	       err_perm(e, "mailbox %s: the folder of drafts is not selected", m->conf->key);
}

bool mailbox_find_draft(struct mailbox *m, struct pool *p, const char *bcc, const char *message_id, uint32_t **uids, size_t *n, struct err *e)
{
	const char *address = quoted(p, bcc), *id = quoted(p, message_id);

	if (!chosen(m, e))
		return false;
	if (!address || !id || !*bcc || !*message_id)
		return err_perm(e, "mailbox %s: such a draft cannot be searched for", m->conf->key);
	if (!mailbox_command(m, LIST_ANSWER, e, "UID SEARCH UNDELETED OR HEADER Bcc %s HEADER Message-ID %s", address, id))
		return false;
	uids_take(m, p, uids, n, 0, 0);
	return true;
}

struct one {
	struct pool *p;
	struct delivery d;
	bool found;
};

static enum mailbox_wish see(void *arg, const struct delivery *d)
{
	struct one *o = arg;

	o->found = d->body != NULL;
	for (size_t i = 0; i < d->flags.n; i++)
		if (strcmp(d->flags.list[i], "\\Deleted") == 0)
			o->found = false;
	o->d = (struct delivery){ .uid = d->uid, .size = d->size, .arrived = d->arrived, .body_length = d->body_length };
	if (o->found)
		o->d.body = pool_slice(o->p, d->body, d->body_length);
	return MAILBOX_STOP;
}

bool mailbox_draft(struct mailbox *m, struct pool *p, uint32_t uid, struct delivery *out, bool *found, struct err *e)
{
	struct one o = { .p = p };
	struct mailbox_walk w = { .from_uid = uid, .to_uid = uid, .bodies = true, .each = see, .arg = &o };

	if (!chosen(m, e) || !mailbox_walk(m, &w, e))
		return false;
	*found = o.found;
	if (o.found)
		*out = o.d;
	return true;
}

bool mailbox_remove_draft(struct mailbox *m, uint32_t uid, struct err *e)
{
	struct pool *p;
	const char *trash, *name;
	bool ok;

	if (!chosen(m, e))
		return false;
	if (m->uidplus)
		return mailbox_command(m, SMALL_ANSWER, e, "UID STORE %u +FLAGS.SILENT (\\Deleted)", uid) &&
		       mailbox_command(m, SMALL_ANSWER, e, "UID EXPUNGE %u", uid);
	if (!m->move) /* a plain EXPUNGE would take along what others marked */
		return err_perm(e, "mailbox %s: the server cannot remove one message by itself (it has neither UIDPLUS nor MOVE)", m->conf->key);
	p = pool_new();
	ok = mailbox_find(m, p, "\\Trash", &trash, e);
	name = ok ? name_argument(m, p, trash) : NULL;
	ok = ok && (name ? mailbox_command(m, SMALL_ANSWER, e, "UID MOVE %u %s", uid, name)
	                 : err_perm(e, "mailbox %s: '%s' cannot be a folder's name", m->conf->key, trash));
	pool_end(&p);
	return ok;
}
