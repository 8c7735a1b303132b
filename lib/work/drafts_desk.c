/* the folder of drafts of a real mailbox */
#include "work/drafts.h"

static struct mailbox *box_of(void *arg)
{
	return ((struct desk_of_mailbox *)arg)->box;
}

static bool select_it(void *arg, struct pool *p, const char **folder, struct mailbox_folder *out, struct err *e)
{
	struct desk_of_mailbox *d = arg;

	if (d->box && !mailbox_alive(d->box))
		mailbox_close(&d->box);
	return (d->box || mailbox_open(d->conf, &d->box, e)) && mailbox_select_drafts(d->box, p, folder, out, e);
}

static bool find(void *arg, struct pool *p, const char *bcc, const char *message_id, uint32_t **uids, size_t *n, struct err *e)
{
	return mailbox_find_draft(box_of(arg), p, bcc, message_id, uids, n, e);
}

static bool draft(void *arg, struct pool *p, uint32_t uid, struct delivery *out, bool *found, struct err *e)
{
	return mailbox_draft(box_of(arg), p, uid, out, found, e);
}

static bool append(void *arg, const char *folder, const char *bytes, size_t n, uint32_t *uidvalidity, uint32_t *uid, struct err *e)
{
	return mailbox_append(box_of(arg), folder, "\\Draft \\Seen", bytes, n, uidvalidity, uid, e);
}

static bool remove_it(void *arg, uint32_t uid, struct err *e)
{
	return mailbox_remove_draft(box_of(arg), uid, e);
}

static bool alive(void *arg)
{
	return box_of(arg) && mailbox_alive(box_of(arg));
}

void desk_make(struct desk_of_mailbox *d, const struct mailbox_conf *conf)
{
	*d = (struct desk_of_mailbox){ .conf = conf };
	d->desk = (struct desk){ .select = select_it, .find = find, .draft = draft, .append = append, .remove = remove_it, .alive = alive, .arg = d };
}

void desk_close(struct desk_of_mailbox *d)
{
	mailbox_close(&d->box);
}
