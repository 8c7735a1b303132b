#include "nouns/commitment.h"

#include <string.h>
#include <strings.h>

#include "ground/text.h"

#define X(id, name, live, text) { name, live },
static const struct {
	const char *name;
	bool live;
} states[] = { COMMITMENT_STATES(X) };
#undef X

#define X(id, name) name,
static const char *const events[] = { COMMITMENT_EVENTS(X) };
#undef X

/* Every move there is. What stands open can be done, called off, routed or waited for at any time; what is closed can be
 * opened again by `undo` alone. */
static const struct {
	enum commitment_state from;
	enum commitment_event event;
	enum commitment_state to;
} moves[] = {
	{ COMMITMENT_CANDIDATE, COMMITMENT_ON_CONFIRMED, COMMITMENT_OPEN },
	{ COMMITMENT_CANDIDATE, COMMITMENT_ON_CANCEL, COMMITMENT_CANCELLED },
	{ COMMITMENT_OPEN, COMMITMENT_ON_DONE, COMMITMENT_KEPT },
	{ COMMITMENT_OPEN, COMMITMENT_ON_CANCEL, COMMITMENT_CANCELLED },
	{ COMMITMENT_OPEN, COMMITMENT_ON_ROUTED, COMMITMENT_WAITING },
	{ COMMITMENT_OPEN, COMMITMENT_ON_WAIT, COMMITMENT_WAITING },
	{ COMMITMENT_OPEN, COMMITMENT_ON_DELIVER, COMMITMENT_DELIVERED },
	{ COMMITMENT_WAITING, COMMITMENT_ON_DONE, COMMITMENT_KEPT },
	{ COMMITMENT_WAITING, COMMITMENT_ON_CANCEL, COMMITMENT_CANCELLED },
	{ COMMITMENT_WAITING, COMMITMENT_ON_ROUTED, COMMITMENT_WAITING },
	{ COMMITMENT_WAITING, COMMITMENT_ON_WAIT, COMMITMENT_WAITING },
	{ COMMITMENT_WAITING, COMMITMENT_ON_ANSWERED, COMMITMENT_OPEN },
	{ COMMITMENT_WAITING, COMMITMENT_ON_DELIVER, COMMITMENT_DELIVERED },
	{ COMMITMENT_DELIVERED, COMMITMENT_ON_DONE, COMMITMENT_KEPT },
	{ COMMITMENT_DELIVERED, COMMITMENT_ON_CANCEL, COMMITMENT_CANCELLED },
	{ COMMITMENT_DELIVERED, COMMITMENT_ON_REOPEN, COMMITMENT_OPEN },
	{ COMMITMENT_KEPT, COMMITMENT_ON_REOPEN, COMMITMENT_OPEN },
	{ COMMITMENT_CANCELLED, COMMITMENT_ON_REOPEN, COMMITMENT_OPEN },
};

const char *commitment_state_name(enum commitment_state s)
{
	return states[s].name;
}

bool commitment_state_from(const char *name, enum commitment_state *out)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(states[i].name, name) == 0) {
			*out = (enum commitment_state)i;
			return true;
		}
	return false;
}

bool commitment_is_live(enum commitment_state s)
{
	return states[s].live;
}

const char *commitment_event_name(enum commitment_event e)
{
	return events[e];
}

bool commitment_move(enum commitment_state from, enum commitment_event event, enum commitment_state *to)
{
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (moves[i].from == from && moves[i].event == event) {
			*to = moves[i].to;
			return true;
		}
	return false;
}

/* ---- its words ---- */

const char *commitment_undated(struct pool *p, const char *text, size_t from, size_t to)
{
	static const char *const joins[] = { "by", "until", "on", "at", "due", "before", "bis", "am", "um", "pour", "avant", "le", "para", "el", "hasta",
					     "entro", "il", "ate", "voor", "op", ",", "-", ":", "(", NULL };
	const char *rest = text + to + strspn(text + to, " .!;,)");
	char *head;
	bool again = true;

	if (*rest || !from)
		return text;
	head = pool_slice(p, text, from);
	while (again) {
		size_t n = strlen(head);

		again = false;
		while (n && strchr(" ,-:(", head[n - 1]))
			head[--n] = '\0';
		for (size_t i = 0; joins[i]; i++) {
			size_t k = strlen(joins[i]);

			if (n > k && strcasecmp(head + n - k, joins[i]) == 0 && head[n - k - 1] == ' ') {
				head[n - k] = '\0';
				again = true;
			}
		}
	}
	return *head ? head : text;
}

const char *commitment_thing(struct pool *p, const struct commitment *m)
{
	size_t n = strlen(m->what), k = strlen(m->due_words);

	while (n && strchr(" .!;,)", m->what[n - 1]))
		n--;
	if (k && k < n && m->what[n - k - 1] == ' ' && strncasecmp(m->what + n - k, m->due_words, k) == 0)
		return commitment_undated(p, m->what, n - k, n);
	return m->what;
}

char *commitment_said(struct pool *p, const struct commitment *m)
{
	return pool_print(p, "\"%s\"", commitment_thing(p, m));
}

const char *commitment_sentence(const char *words, const char *what)
{
	const char *at = *what ? strstr(words, what) : NULL;

	/* a greeting ends with a comma or a dash, vow_greeting() */
	return !at || at == words || (at - words > 2 && at[-1] == ' ' && strchr(",-\x93\x94", at[-2])) ? at : NULL;
}

void commitment_tell(struct commitment *m, utc due, utc now)
{
	if (m->told && worktime_late(&m->owner->time, m->told) < now)
		m->missed = m->missed ? m->missed : m->told;
	else if (m->told && due > m->told)
		m->moved = now;
	m->told = due;
}

void ids_add(struct pool *p, int64_t **ids, size_t *n, int64_t id)
{
	for (size_t i = 0; i < *n; i++)
		if ((*ids)[i] == id)
			return;
	*(int64_t *)pool_more(p, ids, *n, sizeof **ids) = id;
	++*n;
}
