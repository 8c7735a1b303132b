/* The mail that asks for the owner's word on another one: shown whole, so that it can be judged on a phone. */
#include <string.h>

#include "letters/compose_inner.h"
#include "letters/phrase.h"

const char *compose_kind(const struct composing *k, enum mail_kind kind)
{
	static const enum phrase words[] = { [MAIL_RECEIPT] = PHRASE_KIND_RECEIPT, [MAIL_PROGRESS] = PHRASE_KIND_PROGRESS,
		[MAIL_DELAY] = PHRASE_KIND_DELAY, [MAIL_DELIVERY] = PHRASE_KIND_DELIVERY, [MAIL_AFTERCARE] = PHRASE_KIND_AFTERCARE,
		[MAIL_SHARE] = PHRASE_KIND_SHARE, [MAIL_INTRODUCTION] = PHRASE_KIND_INTRODUCTION, [MAIL_RECAP] = PHRASE_KIND_RECAP,
		[MAIL_INVITATION] = PHRASE_KIND_INVITATION };

	return kind < sizeof words / sizeof *words && words[kind] ? phrase(k->language, words[kind]) : mail_kind_name(kind);
}

/* An invitation by what it does. */
static const char *kind_of(const struct composing *k, const struct approval *a)
{
	const struct meeting *m = k->in->meeting;

	if (!m)
		return compose_kind(k, a->kind);
	return phrase(k->language, strcmp(m->method, "CANCEL") == 0 ? PHRASE_KIND_OFF : strcmp(m->method, "DECLINECOUNTER") == 0 ? PHRASE_KIND_STAYS :
			      m->was ? PHRASE_KIND_MOVED : PHRASE_KIND_INVITATION);
}

/* As a quotation within our mail, line by line. */
const char *compose_quoted(struct pool *p, const char *text, size_t most)
{
	struct text *t = text_new(p, BODY_MOST);
	const char *markdown = compose_own_words(p, strlen(text) > most ? pool_slice(p, text, utf8_cut(text, most)) : text);

	for (const char *s = markdown; s[strspn(s, "\n")]; s += strcspn(s, "\n"), s += *s == '\n')
		text_print(t, ">%s%.*s\n", *s == '\n' ? "" : " ", (int)strcspn(s, "\n"), s);
	return t->s;
}

/* The text without that line at its end. */
static const char *without(struct pool *p, const char *text, const char *line)
{
	const char *tail = line_from(p, line ? line : "", NOTE_MOST).s;
	size_t n = strlen(text), t = strlen(tail);

	while (n && text[n - 1] == '\n')
		n--;
	if (t && n > t && text[n - t - 1] == '\n' && strncmp(text + n - t, tail, t) == 0)
		n -= t;
	while (n && text[n - 1] == '\n')
		n--;
	return pool_slice(p, text, n);
}

/* The text without the lines that are put there again whatever the owner writes. */
static const char *text_of(const struct composing *k, const char *text)
{
	if (k->in->dossier_count)
		text = without(k->p, text, k->in->dossiers[0].contact.conflict);
	return without(k->p, text, k->in->owner->disclosure);
}

static const char *recipients(struct pool *p, const struct mail *m)
{
	return m->also.n ? pool_print(p, "%s, %s", m->to.address, addrs_join(p, &m->also)) : m->to.address;
}

static void links(const struct composing *k, const struct approval *a)
{
	const struct mail *m = a->mail;
	const char *text = text_of(k, a->text), *bcc = "", *link;
	char *whole;
	size_t n;

	if (*k->reply)
		link = compose_link(k->p, k->reply, k->subject, "", pool_print(k->p, "edit\n%s", text), LINK_MOST);
	else
		link = "";
	view_flag(k->v, "edit_short", *link);
	view_markdown(k->v, "edit", *link || !*k->reply ? link : compose_link(k->p, k->reply, k->subject, "", "edit\n", LINK_MOST));
	compose_answer(k, k->v, "skip", "skip");
	if (a->account) {
		compose_answer(k, k->v, "send", "send");
		compose_answer(k, k->v, "send_tomorrow", "send tomorrow 8am");
		return;
	}
	if (k->tracking && m->token && *m->token)
		bcc = addr_with(k->p, k->tracking, pool_print(k->p, "r-%s", m->token));
	whole = pool_copy(k->p, a->text);
	for (n = strlen(whole); n && whole[n - 1] == '\n'; n--)
		whole[n - 1] = '\0';
	link = compose_link(k->p, recipients(k->p, m), m->subject.s, bcc, whole, LINK_MOST);
	view_flag(k->v, "open_short", *link);
	view_markdown(k->v, "open", *link ? link : compose_link(k->p, recipients(k->p, m), m->subject.s, bcc, "", LINK_MOST));
	view_text(k->v, "bcc", bcc);
}

bool compose_approval(struct composing *k, struct err *e)
{
	const struct approval *a = k->in->approval;

	if (!a || (a->mail && !a->text))
		return err_perm(e, "an approval needs the mail that it is about");
	view_text(k->v, "kind", kind_of(k, a));
	if (k->in->meeting)
		view_text(k->v, "what", line_from(k->p, checkin_title(k->p, k->in->meeting->c), WHAT_MOST).s);
	view_text(k->v, "approval_to", a->to);
	view_text(k->v, "why", phrase_of(k->language, a->why));
	view_markdown(k->v, "rule", a->rule);
	view_flag(k->v, "account", a->account);
	view_text(k->v, "met_day", k->in->met_at ? phrase_day(k->p, k->language, k->zone, k->in->met_at, k->in->now) : "");
	if (k->in->met_at && k->in->brief_count)
		compose_insights(k, &k->in->briefs[0]);
	for (size_t i = 0; i < a->findings.n; i++)
		view_text(view_item(k->v, "findings"), "finding", a->findings.list[i]);
	view_flag(k->v, "findings_any", a->findings.n);
	if (!a->mail) {
		if (k->in->dossier_count)
			compose_promise(k, &k->in->dossiers[0].commitment);
		if (a->channel) {
			view_text(k->v, "channel", a->channel);
			view_text(k->v, "phone", a->phone);
			view_markdown(k->v, "slip", compose_quoted(k->p, a->text, BODY_MOST));
			compose_answer(k, k->v, "spoke", pool_print(k->p, "touch %s: ", a->channel));
		}
		compose_answer(k, k->v, "note_link", "edit ");
		compose_answer(k, k->v, "skip", "skip");
		return true;
	}
	view_markdown(k->v, "draft", compose_quoted(k->p, a->text, BODY_MOST));
	view_text(k->v, "draft_to", recipients(k->p, a->mail));
	view_text(k->v, "draft_subject", a->mail->subject.s);
	for (size_t i = 0; i < a->mail->attached_count; i++)
		view_text(view_item(k->v, "draft_attached"), "file", a->mail->attached[i].name.s);
	view_flag(k->v, "draft_attached_any", a->mail->attached_count);
	for (size_t i = 0; i < a->more_count; i++) {
		struct view *v = view_item(k->v, "more_drafts");

		view_text(v, "draft_to", a->more[i].to);
		view_text(v, "draft_subject", a->more[i].subject);
		view_markdown(v, "draft", compose_quoted(k->p, a->more[i].text, BODY_MOST));
	}
	view_flag(k->v, "more_drafts_any", a->more_count);
	links(k, a);
	return true;
}
