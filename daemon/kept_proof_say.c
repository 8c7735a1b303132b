/* kept proof: its page, and its JSON */
#include "daemon/kept_proof.h"

#include <string.h>

/* ---- said ---- */

static const char *whose_word(const struct outgoing *o)
{
	if (!o->outside)
		return "none is needed: it goes to nobody outside";
	if (!strcmp(o->word, "send"))
		return "its owner's `send`";
	if (!strcmp(o->word, "auto"))
		return "none: the policy, or the contact, lets this kind go by itself";
	if (!strcmp(o->word, WORD_OVERRIDE))
		return "its owner's `send`, said again in spite of what a last look found";
	if (!strcmp(o->word, WORD_REFUSED))
		return "`send` was refused by a last look; it waits";
	if (!strcmp(o->word, WORD_DRAFT))
		return "its owner's own hand: they sent it from their drafts, as they had it there; "
		       "this is how it was laid";
	if (!strcmp(o->word, "skip"))
		return "none: it was dropped";
	if (!strcmp(o->word, "edit"))
		return "its owner's `edit`: another one stands in its place";
	return o->state == OUTBOX_HELD ? "none yet: it waits for its owner's" : "none was given";
}

static void put(struct page *g, enum page_kind kind, const char *a)
{
	page_put(g, (struct page_item){ .kind = kind, .a = a });
}

static void fact(struct page *g, const char *a, const char *b)
{
	if (b && *b)
		page_put(g, (struct page_item){ .kind = PAGE_FACT, .a = a, .b = b });
}

static const char *person(struct pool *p, const struct addr *a)
{
	return a->name && *a->name ? pool_print(p, "%s <%s>", a->name, a->address) : a->address;
}

static void say_verdict(const struct proof *x, struct page *g)
{
	size_t proven = 0;

	for (size_t i = 0; i < x->mail_count; i++)
		proven += x->mails[i].recorded && *x->mails[i].recorded->digest;
	if (x->fault_count)
		put(g, PAGE_BAD, x->unverified ? "NOT VERIFIED" : "NOT AS THE RECORD SAYS");
	for (size_t i = 0; i < x->fault_count; i++)
		put(g, PAGE_BAD, x->faults[i]);
	if (!x->fault_count)
		put(g, PAGE_GOOD,
		    pool_print(x->p,
			       "The record holds: %lld events, each as it was written, %zu of them about this promise; "
			       "%zu mail%s, each as it was frozen.",
			       (long long)x->record.rows, x->event_count, proven, proven == 1 ? "" : "s"));
	if (proven < x->mail_count && !x->unverified)
		put(g, PAGE_TEXT,
		    pool_print(x->p, "%zu of its mails have no digest on record: their bytes cannot be proven.",
			       x->mail_count - proven));
}

static void say_request(const struct proof *x, struct page *g)
{
	const struct commitment *m = &x->m;

	put(g, PAGE_HEADING, "What was asked");
	if (m->request && *m->request)
		put(g, PAGE_QUOTE, m->request);
	else
		put(g, PAGE_TEXT,
		    m->letter ? "It came unasked: the message that promised it answered nothing that kept could see."
			      : "It was logged by hand; what was asked, if anything was, kept did not see.");
	put(g, PAGE_HEADING, "What was promised");
	if (*m->words)
		put(g, PAGE_QUOTE, m->words);
	fact(g, "What", m->what);
	fact(g, "By",
	     pool_print(x->p, "%s <%s>", m->owner->name, m->owner->addresses.n ? m->owner->addresses.list[0] : ""));
	for (size_t i = 0; i < m->to.n; i++)
		fact(g, i ? "" : "To", person(x->p, &m->to.list[i]));
	fact(g, "On", proof_time(x, m->made));
	fact(g, "In", m->message_id);
	fact(g, "Due",
	     pool_print(x->p, "%s%s%s%s", proof_time(x, m->due), *m->due_words ? ", as \"" : "", m->due_words,
			*m->due_words ? "\" says" : ""));
	fact(g, "They were told", m->told ? pool_print(x->p, "by %s", proof_time(x, m->told)) : "no day");
	fact(g, "Now", commitment_state_name(m->state));
	fact(g, "Delivered", m->delivered ? proof_time(x, m->delivered) : "");
	fact(g, "Closed", m->closed ? proof_time(x, m->closed) : "");
	fact(g, "Frozen",
	     m->frozen ? pool_print(x->p, "%s: a possible adverse event was mentioned", proof_time(x, m->frozen)) : "");
	fact(g, "Note", m->note);
}

static void say_routing(const struct proof *x, struct page *g)
{
	const struct commitment *m = &x->m;
	const struct team *t = *m->team ? conf_team(x->l->conf, m->team) : NULL;
	bool any = false;

	put(g, PAGE_HEADING, "To whom it was given");
	if (*m->team) {
		fact(g, "Team", t ? pool_print(x->p, "%s <%s>", t->name, t->address) : m->team);
		fact(g, "Since", m->team_since ? proof_time(x, m->team_since) : "");
		fact(g, "Asked for time",
		     m->team_until ? pool_print(x->p, "until %s", proof_time(x, m->team_until)) : "");
		fact(g, "Answered", m->team_answered ? proof_time(x, m->team_answered) : "not yet");
	}
	for (size_t i = 0; i < x->mail_count; i++) {
		const struct outgoing *o = &x->mails[i].o;

		if (!x->mails[i].there || mail_kind_whom(o->kind) != WHOM_TEAM)
			continue;
		any = true;
		fact(g, mail_kind_name(o->kind),
		     pool_print(x->p, "%s to %s (mail %lld)",
				o->sent ? proof_time(x, o->sent) : outbox_state_name(o->state), o->recipient,
				(long long)o->id));
	}
	if (!*m->team && !any)
		put(g, PAGE_TEXT, "To no team.");
}

static void say_material(const struct proof *x, struct page *g)
{
	put(g, PAGE_HEADING, "Approved material");
	if (!x->resource_count)
		put(g, PAGE_TEXT, "None was in a mail about it.");
	for (size_t i = 0; i < x->resource_count; i++) {
		const struct proof_resource *r = &x->resources[i];

		put(g, PAGE_PART, r->is.title);
		if (r->fault)
			put(g, PAGE_BAD, r->fault);
		fact(g, "In", pool_print(x->p, "mail %lld", (long long)r->outgoing));
		fact(g, "Link", r->is.link);
		fact(g, "File", r->is.file);
		fact(g, "SHA-256", r->is.digest);
		fact(g, "Approved by", r->is.approved_by);
		fact(g, "Approved on", r->is.approved ? proof_time(x, r->is.approved) : "");
		fact(g, "Until", r->is.until ? proof_time(x, r->is.until) : "without an end");
		fact(g, "On record",
		     r->on_record.row ? pool_print(x->p, "event %lld, %s: %s", (long long)r->on_record.row,
						   proof_time(x, r->on_record.at), r->on_record.detail)
				      : "");
	}
}

static void say_mail(const struct proof *x, struct page *g, const struct proof_mail *m)
{
	const struct outgoing *o = &m->o;

	put(g, PAGE_PART,
	    m->there ? pool_print(x->p, "Mail %lld: %s, %s", (long long)o->id, mail_kind_name(o->kind),
				  outbox_state_name(o->state))
		     : pool_print(x->p, "Mail %lld", (long long)o->id));
	if (m->fault)
		put(g, PAGE_BAD, m->fault);
	if (!m->there)
		return;
	fact(g, "From", m->from);
	fact(g, "To", *m->to ? m->to : o->recipient);
	fact(g, "Subject", o->subject);
	fact(g, "Also about", m->others);
	fact(g, "Message-ID", o->message_id);
	fact(g, "Frozen", proof_time(x, o->made));
	fact(g, "Left", o->sent ? proof_time(x, o->sent) : "");
	fact(g, "Whose word", whose_word(o));
	fact(g, "Draft", m->draft);
	fact(g, "Last said", o->why);
	for (size_t i = 0; i < m->attachment_count; i++)
		fact(g, i ? "" : "Attached",
		     pool_print(x->p, "%s (%s, %zu bytes)", m->attachments[i].name, m->attachments[i].type,
				m->attachments[i].size));
	fact(g, "SHA-256",
	     pool_print(x->p, "%s%s", m->digest,
			!m->recorded || !*m->recorded->digest ? " (no digest is on record)"
			: m->fault			      ? ""
							      : ", as frozen"));
	page_put(g, (struct page_item){ .kind = PAGE_LETTER, .a = m->text, .brief = !o->outside });
}

static void say_events(const struct proof *x, struct page *g)
{
	bool any = false;

	put(g, PAGE_HEADING, "What came in about it");
	for (size_t i = 0; i < x->event_count; i++) {
		const struct proof_event *v = &x->events[i];

		if (!v->letter || strcmp(v->word, "made") == 0)
			continue;
		any = true;
		page_put(g,
			 (struct page_item){ PAGE_ROW, v->fault != NULL, false,
					     pool_print(x->p, "%lld", (long long)v->row), proof_time(x, v->at), v->word,
					     pool_print(x->p, "%s%s%s", v->detail,
							*v->detail && *v->message_id ? " " : "", v->message_id) });
	}
	if (!any)
		put(g, PAGE_TEXT, "Nothing.");
	put(g, PAGE_HEADING, "Every event");
	for (size_t i = 0; i < x->event_count; i++) {
		const struct proof_event *v = &x->events[i];
		const char *mail = v->outgoing ? pool_print(x->p, " (mail %lld)", (long long)v->outgoing) : "";

		page_put(g,
			 (struct page_item){ PAGE_ROW, v->fault != NULL, false,
					     pool_print(x->p, "%lld", (long long)v->row), proof_time(x, v->at), v->word,
					     pool_print(x->p, "%s%s%s%s", v->detail, mail, v->fault ? ": " : "",
							v->fault ? v->fault : "") });
	}
}

static void say_record(const struct proof *x, struct page *g)
{
	put(g, PAGE_HEADING, "What this proves");
	put(g, PAGE_TEXT,
	    "Every event is a row of an append-only record; each holds an HMAC-SHA-256 over itself and the row before, "
	    "under a key that lies beside the "
	    "database. The bytes of each mail, the request with the sentence that answered it, and approved files "
	    "stand in these rows by their SHA-256. So a "
	    "later change to any of them shows, and which one it was.");
	put(g, PAGE_TEXT,
	    "Names, due times and the state are as kept's tables have them now. Whoever has the key can write a new "
	    "record; that rows were taken off "
	    "the end shows by the head, where it was kept elsewhere.");
	fact(g, "Head", audit_head(x->p, &x->record));
	fact(g, "Events in all", pool_print(x->p, "%lld", (long long)x->record.rows));
	fact(g, "To check again",
	     "kept audit; kept outbox show N | sha256sum (the bytes hold the address for its answer, which is left out "
	     "here)");
	fact(g, "Made on", proof_time(x, x->l->now));
}

void proof_say(const struct proof *x, struct page *g)
{
	put(g, PAGE_TITLE, pool_print(x->p, "Promise %lld: %s", (long long)x->m.id, x->m.what));
	say_verdict(x, g);
	say_request(x, g);
	say_routing(x, g);
	say_material(x, g);
	put(g, PAGE_HEADING, "Mail about it");
	if (!x->mail_count)
		put(g, PAGE_TEXT, "None.");
	for (size_t i = 0; i < x->mail_count; i++)
		say_mail(x, g, &x->mails[i]);
	say_events(x, g);
	say_record(x, g);
}

/* ---- JSON ---- */

static const char *or_null(const char *s)
{
	return s && *s ? s : NULL;
}

static json_t *mails_json(const struct proof *x)
{
	json_t *out = json_array();

	for (size_t i = 0; i < x->mail_count; i++) {
		const struct proof_mail *m = &x->mails[i];
		const struct outgoing *o = &m->o;

		json_array_append_new(
			out, m->there ? json_pack("{sI ss ss ss sb ss ss ss* ss ss ss ss* ss ss*}", "id",
						  (json_int_t)o->id, "kind", mail_kind_name(o->kind), "to",
						  o->recipient, "state", outbox_state_name(o->state), "outside",
						  o->outside, "subject", o->subject, "made", proof_time(x, o->made),
						  "sent", o->sent ? proof_time(x, o->sent) : NULL, "word", o->word,
						  "message_id", o->message_id, "sha256", m->digest, "recorded",
						  m->recorded ? or_null(m->recorded->digest) : NULL, "text", m->text,
						  "fault", m->fault)
				      : json_pack("{sI ss*}", "id", (json_int_t)o->id, "fault", m->fault));
	}
	return out;
}

static json_t *material_json(const struct proof *x)
{
	json_t *out = json_array();

	for (size_t i = 0; i < x->resource_count; i++) {
		const struct proof_resource *r = &x->resources[i];

		json_array_append_new(out, json_pack("{sI ss sI ss* ss* ss ss* ss* ss* ss*}", "id",
						     (json_int_t)r->is.id, "title", r->is.title, "mail",
						     (json_int_t)r->outgoing, "link", or_null(r->is.link), "file",
						     or_null(r->is.file), "approved_by", r->is.approved_by, "approved",
						     r->is.approved ? proof_time(x, r->is.approved) : NULL, "until",
						     r->is.until ? proof_time(x, r->is.until) : NULL, "sha256",
						     or_null(r->is.digest), "fault", r->fault));
	}
	return out;
}

void proof_print_json(const struct proof *x)
{
	json_t *faults = json_array(), *events = json_array(), *team = NULL;

	for (size_t i = 0; i < x->fault_count; i++)
		json_array_append_new(faults, json_string(x->faults[i]));
	for (size_t i = 0; i < x->event_count; i++) {
		const struct proof_event *v = &x->events[i];

		json_array_append_new(events, json_pack("{sI ss ss ss sb so* ss*}", "row", (json_int_t)v->row, "at",
							proof_time(x, v->at), "word", v->word, "detail", v->detail,
							"as_written", v->fault == NULL, "mail",
							v->outgoing ? json_integer(v->outgoing) : NULL, "message_id",
							or_null(v->message_id)));
	}
	if (*x->m.team)
		team = json_pack("{ss ss* ss*}", "name", x->m.team, "since",
				 x->m.team_since ? proof_time(x, x->m.team_since) : NULL, "answered",
				 x->m.team_answered ? proof_time(x, x->m.team_answered) : NULL);
	ledger_print(json_pack("{sI sb so ss ss so so* so so so s{sI ss}}", "id", (json_int_t)x->m.id, "verified",
			       x->fault_count == 0, "faults", faults, "request", x->m.request ? x->m.request : "",
			       "words", x->m.words, "promise", ledger_json(x->p, &x->m, x->l->now), "team", team,
			       "material", material_json(x), "mails", mails_json(x), "events", events, "record",
			       "events", (json_int_t)x->record.rows, "head", audit_head(x->p, &x->record)));
}
