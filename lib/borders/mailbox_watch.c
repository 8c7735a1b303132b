/* mailbox_watch - waiting for news: IDLE (RFC 2177), or looking now and then
 *
 * One poll() for the socket, the bell between threads and that between processes. Waiting is in slices of a minute, with the
 * clock that counts a suspended machine's sleep beside the one that does not: after a sleep the connection is tried at once,
 * with a short deadline, for it is likely dead.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "borders/mailbox_inner.h"

enum {
	RENEW = 28 * 60,    /* seconds; RFC 2177: at least every 29 minutes */
	SLICE_MS = 60000,
	ASLEEP_MS = 5000,   /* this much more by one clock than by the other: the machine slept */
	AFTER_SLEEP_MS = 10000,
};

static int64_t clock_ms(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

enum heard { HEARD_NOTHING, HEARD_BELL, HEARD_SERVER, HEARD_SLEEP };

/* Until `until` (CLOCK_BOOTTIME). */
static enum heard wait(struct mailbox *m, struct wake *bell, bool socket, int64_t until)
{
	int64_t asleep = clock_ms(CLOCK_BOOTTIME) - clock_ms(CLOCK_MONOTONIC);

	for (;;) {
		struct pollfd f[3] = { { socket ? tls_fd(m->tls) : -1, POLLIN, 0 }, { bell ? wake_fd(bell) : -1, POLLIN, 0 },
		                       { bell ? wake_outer_fd(bell) : -1, POLLIN, 0 } };
		int64_t left = until - clock_ms(CLOCK_BOOTTIME);

		/* what came already may lie in libetpan's buffer or inside TLS, where poll() cannot see it */
		if (socket && (m->stream->read_buffer_len || tls_pending(m->tls)))
			return HEARD_SERVER;
		if (left < 0)
			left = 0;
		if (poll(f, 3, left < SLICE_MS ? (int)left : SLICE_MS) < 0 && errno != EINTR)
			return HEARD_SERVER; /* the command that follows will tell */
		if (f[1].revents || f[2].revents) {
			wake_heard(bell);
			return HEARD_BELL;
		}
		if (f[0].revents)
			return HEARD_SERVER;
		if (clock_ms(CLOCK_BOOTTIME) - clock_ms(CLOCK_MONOTONIC) - asleep > ASLEEP_MS)
			return HEARD_SLEEP;
		if (clock_ms(CLOCK_BOOTTIME) >= until)
			return HEARD_NOTHING;
	}
}

/* Flags of some message were told though nobody asked. */
static void note_flags(struct mailbox *m)
{
	const struct mailimap_response_info *i = m->imap->imap_response_info;

	if (i && i->rsp_fetch_list && clist_begin(i->rsp_fetch_list))
		m->news = true;
}

bool mailbox_poll(struct mailbox *m, bool *news, struct err *e)
{
	m->fresh = false;
	if (!mailbox_command(m, SMALL_ANSWER, e, "NOOP"))
		return false;
	note_flags(m);
	mailbox_forget_answer(m);
	*news = m->told = m->news;
	m->news = false;
	return true;
}

/* One IDLE, from the command to DONE. `m->news` tells whether anything came. */
static bool idle(struct mailbox *m, struct wake *bell, int64_t until, enum heard *heard, struct err *e)
{
	enum answer a;
	int tag;

	m->fresh = false;
	if (!mailbox_send(m, &tag, e, "IDLE"))
		return false;
	tls_deadline(m->tls, m->patience, SMALL_ANSWER);
	a = mailbox_continue(m, tag, e);
	if (a == ANSWER_DEAD)
		return false;
	if (a == ANSWER_NO) { /* offered, and yet refused: we look now and then */
		m->idle = false;
		*heard = HEARD_NOTHING;
		return true;
	}
	*heard = m->news ? HEARD_SERVER : wait(m, bell, true, until);
	tls_deadline(m->tls, *heard == HEARD_SLEEP ? AFTER_SLEEP_MS : m->patience, SMALL_ANSWER);
	if (mailstream_write(m->stream, "DONE\r\n", 6) != 6 || mailstream_flush(m->stream) < 0)
		return mailbox_lost(m, e);
	a = mailbox_answer(m, tag, e);
	if (a == ANSWER_DEAD)
		return false;
	note_flags(m);
	mailbox_forget_answer(m);
	return true;
}

bool mailbox_watch(struct mailbox *m, struct wake *bell, int seconds, bool *news, struct err *e)
{
	int64_t end = clock_ms(CLOCK_BOOTTIME) + seconds * (int64_t)1000, turn;
	enum heard heard = HEARD_NOTHING;
	bool any = false;

	if (!m->selected)
		return err_perm(e, "mailbox %s: no folder is selected", m->conf->key);
	do {
		int64_t now = clock_ms(CLOCK_BOOTTIME);

		turn = now + (m->idle ? RENEW : m->conf->poll > 0 ? m->conf->poll : 60) * (int64_t)1000;
		if (turn > end)
			turn = end;
		if (m->news) {
			heard = HEARD_SERVER;
		} else if (m->idle) {
			if (!idle(m, bell, turn, &heard, e))
				return false;
		} else {
			heard = wait(m, bell, false, turn);
			if (!mailbox_poll(m, &any, e))
				return false;
			m->news = any;
		}
	} while (!m->news && heard != HEARD_BELL && clock_ms(CLOCK_BOOTTIME) < end);
	*news = m->told = m->news;
	m->news = false;
	return true;
}
