/* mailbox_change - what kept changes: seen, moved, laid in */
#include <string.h>

#include "borders/mailbox_inner.h"

/* Each run of UIDs that fits a command. */
static bool each_set(struct mailbox *m, const uint32_t *uids, size_t n, struct err *e, const char *before, const char *after)
{
	size_t taken;

	for (size_t at = 0; at < n; at += taken) {
		struct pool *p = pool_new();
		const char *set = uid_set(p, uids + at, n - at, &taken);
		bool ok = mailbox_command(m, SMALL_ANSWER, e, "%s %s %s", before, set, after);

		pool_end(&p);
		if (!ok)
			return false;
	}
	return true;
}

bool mailbox_mark_seen(struct mailbox *m, const uint32_t *uids, size_t n, struct err *e)
{
	if (!mailbox_writable(m, "marking as seen", e))
		return false;
	return each_set(m, uids, n, e, "UID STORE", "+FLAGS.SILENT (\\Seen)");
}

/* RFC 6851; without it the old way. Without UIDPLUS the marked ones stay: EXPUNGE would take what others marked, too. */
static bool move_to(struct mailbox *m, const uint32_t *uids, size_t n, const char *name, struct err *e)
{
	if (m->move)
		return each_set(m, uids, n, e, "UID MOVE", name);
	if (!each_set(m, uids, n, e, "UID COPY", name) || !each_set(m, uids, n, e, "UID STORE", "+FLAGS.SILENT (\\Deleted \\Seen)"))
		return false;
	return !m->uidplus || each_set(m, uids, n, e, "UID EXPUNGE", "");
}

bool mailbox_move(struct mailbox *m, const uint32_t *uids, size_t n, const char *folder, struct err *e)
{
	struct pool *p = pool_new();
	const char *name = name_argument(m, p, folder);
	bool ok = mailbox_writable(m, "moving", e);

	if (ok && !name)
		ok = err_perm(e, "mailbox %s: '%s' cannot be a folder's name", m->conf->key, folder);
	if (ok && n && !move_to(m, uids, n, name, e)) {
		ok = strcasecmp(mailbox_code(m), "TRYCREATE") == 0 && !tls_dead(m->tls) &&
		     mailbox_command(m, SMALL_ANSWER, e, "CREATE %s", name) && move_to(m, uids, n, name, e);
		m->listed = false;
		m->folder_count = 0;
	}
	pool_end(&p);
	return ok;
}

/* "\\Seen $Kept": atoms, each perhaps with a backslash (RFC 3501 9). */
static bool flags_fit(const char *s)
{
	for (const char *at = s; *at; at++)
		if ((unsigned char)*at < ' ' || (unsigned char)*at >= 0x7f || strchr("(){%*\"]", *at) ||
		    (*at == '\\' && at > s && at[-1] != ' '))
			return false;
	return strlen(s) < FIELD_MOST;
}

static void appended(struct mailbox *m, uint32_t *uidvalidity, uint32_t *uid)
{
	for (clistiter *i = clist_begin(m->imap->imap_response_info->rsp_extension_list); i; i = clist_next(i)) {
		const struct mailimap_extension_data *d = clist_content(i);
		const struct mailimap_uidplus_resp_code_apnd *a = d->ext_data;
		clistiter *first;

		if (d->ext_extension->ext_id != MAILIMAP_EXTENSION_UIDPLUS || d->ext_type != MAILIMAP_UIDPLUS_RESP_CODE_APND)
			continue;
		first = a->uid_set && a->uid_set->set_list ? clist_begin(a->uid_set->set_list) : NULL;
		*uidvalidity = a->uid_uidvalidity;
		*uid = first ? ((struct mailimap_set_item *)clist_content(first))->set_first : 0;
	}
}

bool mailbox_append(struct mailbox *m, const char *folder, const char *flags, const char *bytes, size_t n, uint32_t *uidvalidity,
                    uint32_t *uid, struct err *e)
{
	struct pool *p = pool_new();
	const char *name = name_argument(m, p, folder);
	uint32_t validity = 0, number = 0;
	enum answer a = ANSWER_DEAD;
	int tag;
	bool ok = name && flags_fit(flags) && n && n <= MAIL_MOST && !memchr(bytes, 0, n), out = false;

	if (!ok)
		err_perm(e, "mailbox %s: folder '%s', flags '%s', %zu bytes: this cannot be laid in a folder", m->conf->key, folder, flags, n);
	ok = ok && mailbox_send(m, &tag, e, "APPEND %s (%s) {%zu}", name, flags, n);
	pool_end(&p);
	if (!ok)
		return false;
	tls_deadline(m->tls, m->patience, SMALL_ANSWER);
	a = mailbox_continue(m, tag, e);
	if (a == ANSWER_OK) {
		tls_deadline(m->tls, m->patience + (int)(n / 16), SMALL_ANSWER);
		out = true;
		if (mailstream_write(m->stream, bytes, n) == (ssize_t)n && mailstream_write(m->stream, "\r\n", 2) == 2 &&
		    mailstream_flush(m->stream) == 0)
			a = mailbox_answer(m, tag, e);
		else
			a = ANSWER_DEAD;
	}
	if (a == ANSWER_DEAD && out) /* it may lie there: look before it is done again */
		return err_unsure(e, "mailbox %s: the connection was lost while a mail was laid into '%s': %s", m->conf->key, folder,
		                  tls_why(m->tls));
	if (a == ANSWER_DEAD)
		return false;
	if (a == ANSWER_NO)
		return mailbox_refused(m, e) || err_at(e, "folder '%s'", folder);
	appended(m, &validity, &number);
	mailbox_forget_answer(m);
	*uidvalidity = validity;
	*uid = number;
	return true;
}
