/* kept proof: one promise, for an inspector */
#include "daemon/kept_proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "borders/store.h"
#include "daemon/kept_progress.h"
#include "letters/mime.h"

enum { TRIES = 3 };

const char *proof_time(const struct proof *x, utc t)
{
	return utc_print(x->p, x->z, t);
}

static void fault(struct proof *x, const char *what)
{
	*(const char **)pool_more(x->p, &x->faults, x->fault_count, sizeof *x->faults) = what;
	x->fault_count++;
}

/* ---- the record ---- */

static bool names(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* By its own number, or by a mail of it: what the courier says of a mail names the mail alone. */
static bool is_mine(const struct proof *x, const struct event *v)
{
	return v->commitment == x->m.id ||
	       (v->outgoing && (names(x->ids, x->id_count, v->outgoing) ||
				audit_find(x->mails_recorded, x->recorded_count, v->outgoing)));
}

static bool message_of(struct proof *x, int64_t letter, const char **out, struct err *e)
{
	*out = "";
	if (!letter)
		return true;
	if (!sql_query(x->l->q, SQL_LETTER_NAME, e, SQL_VALUES(sql_i(letter))))
		return false;
	if (sql_row(x->l->q, SQL_LETTER_NAME))
		*out = sql_text(x->l->q, SQL_LETTER_NAME, 0, x->p);
	return sql_end(x->l->q, SQL_LETTER_NAME, e);
}

/* "r3 Title, approved by Bob" */
static void note_approval(struct proof *x, const struct recorded *r)
{
	long long id = 0;

	if (r->event.commitment || r->event.outgoing || sscanf(r->event.detail, "r%lld ", &id) != 1 ||
	    !strstr(r->event.detail, ", approved by "))
		return;
	for (size_t i = 0; i < x->resource_count; i++)
		if (x->resources[i].is.id == id) {
			struct approval *a = &x->resources[i].on_record;

			a->row = r->row, a->at = r->at;
			a->detail = record_unsealed(x->p, pool_copy(x->p, r->event.detail), &a->digest);
		}
}

static bool see(void *arg, const struct recorded *r, struct err *e)
{
	struct proof *x = arg;
	const struct event *v = &r->event;
	struct proof_event *one;
	const char *wrong = audit_row(x->p, r), *digest;

	work_at((uint64_t)r->row);
	if (!v->commitment && !v->outgoing)
		note_approval(x, r);
	if (!is_mine(x, v)) {
		x->elsewhere += wrong != NULL;
		return true;
	}
	audit_note(x->p, &x->mails_recorded, &x->recorded_count, r);
	one = pool_more(x->p, &x->events, x->event_count++, sizeof *x->events);
	*one = (struct proof_event){ .row = r->row,
				     .outgoing = v->outgoing,
				     .letter = v->letter,
				     .at = r->at,
				     .word = pool_copy(x->p, v->word),
				     .fault = wrong };
	one->detail = record_unsealed(x->p, pool_copy(x->p, v->detail), &digest);
	if (wrong)
		fault(x, pool_print(x->p, "event %lld (%s, %s): %s", (long long)r->row, proof_time(x, r->at), one->word,
				    wrong));
	if (strcmp(v->word, "made") == 0 && v->commitment == x->m.id && !x->made_fault &&
	    (x->made_fault = audit_promise(x->p, v->detail, &x->m)))
		fault(x, pool_print(x->p, "%s (event %lld)", x->made_fault, (long long)r->row));
	return message_of(x, v->letter, &one->message_id, e);
}

/* ---- mails and material ---- */

static const char *header(struct pool *p, const struct addrs *l)
{
	const struct addr *a = l->n ? &l->list[0] : NULL;

	return !a ? "" : a->name && *a->name ? pool_print(p, "%s <%s>", a->name, a->address) : pool_copy(p, a->address);
}

/* Who has the address that a mail of kept's is answered at can answer for its owner: it stays in the outbox. */
static const char *without(struct pool *p, const char *s, const char *token)
{
	struct text *t = text_new(p, BODY_MOST);
	size_t n = strlen(token);

	for (const char *at; n && (at = strstr(s, token)); s = at + n) {
		text_put(t, s, (size_t)(at - s));
		text_add(t, "…");
	}
	text_add(t, s);
	return t->s;
}

/* What is shown of its bytes; they themselves are let go. */
static void read_bytes(struct proof *x, struct pool *p, const struct outgoing *o, struct proof_mail *out)
{
	struct letter l;

	mime_read(p, o->bytes, o->n, &l);
	out->digest = record_digest(x->p, o->bytes, o->n);
	out->text = *l.broken ? pool_print(x->p, "(cannot be read as a mail: %s)", l.broken)
			      : without(x->p, l.full, o->token);
	out->from = pool_copy(x->p, header(p, &l.from)), out->to = pool_copy(x->p, header(p, &l.to));
	for (size_t i = 0; i < l.attachment_count; i++) {
		struct attachment *a = pool_more(x->p, &out->attachments, out->attachment_count++, sizeof *a);

		*a = (struct attachment){ .name = pool_copy(x->p, l.attachments[i].name),
					  .type = pool_copy(x->p, l.attachments[i].type),
					  .size = l.attachments[i].size };
	}
}

static bool others_of(struct proof *x, int64_t outgoing, const char **out, struct err *e)
{
	struct text *t = text_new(x->p, SUBJECT_MOST);
	int64_t *ids;
	size_t n;

	if (!store_ids(x->l->q, x->p, SQL_ABOUT_GET, SQL_VALUES(sql_i(outgoing)), &ids, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (ids[i] != x->m.id)
			text_print(t, "%s#%lld", t->n ? " " : "", (long long)ids[i]);
	*out = t->s;
	return true;
}

static bool add_mail(struct proof *x, int64_t id, struct err *e)
{
	struct proof_mail m = { .o = { .id = id },
				.recorded = audit_find(x->mails_recorded, x->recorded_count, id),
				.digest = "",
				.text = "",
				.from = "",
				.to = "",
				.draft = "", .others = "" };
	struct pool *p = pool_new();
	struct outgoing whole;
	struct draft d;
	bool laid = false, well = outbox_get(x->l->q, p, id, &whole, &m.there, e);

	if (well && m.there) {
		read_bytes(x, p, &whole, &m);
		m.fault = x->unverified ? NULL : audit_fault(x->p, m.recorded, &whole);
		well = outbox_head(x->l->q, x->p, id, &m.o, &m.there, e) && others_of(x, id, &m.others, e) &&
		       outbox_draft(x->l->q, x->p, id, &d, &laid, e);
		if (well && laid && d.laid)
			m.draft = pool_print(x->p, "laid into %s, %s, at %s%s%s", d.mailbox, d.folder,
					     proof_time(x, d.laid), *d.why ? "; " : "", d.why);
	} else if (well && !x->unverified) {
		m.fault = audit_fault(x->p, m.recorded, NULL);
	}
	pool_end(&p);
	if (!well)
		return false;
	if (m.fault)
		fault(x, pool_print(x->p, "mail %lld: %s", (long long)id, m.fault));
	*(struct proof_mail *)pool_more(x->p, &x->mails, x->mail_count++, sizeof *x->mails) = m;
	return true;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Those that the outbox names, and those that the record names. */
static bool all_mails(struct proof *x, struct err *e)
{
	for (size_t i = 0; i < x->recorded_count; i++)
		ids_add(x->p, &x->ids, &x->id_count, x->mails_recorded[i].outgoing);
	if (x->id_count)
		qsort(x->ids, x->id_count, sizeof *x->ids, by_id);
	for (size_t i = 0; i < x->id_count; i++)
		if (!add_mail(x, x->ids[i], e))
			return false;
	return true;
}

static bool read_resources(struct proof *x, struct err *e)
{
	for (size_t i = 0; i < x->id_count; i++) {
		struct resource *list;
		size_t n;

		if (!store_resources_of(x->l->q, x->p, x->ids[i], &list, &n, e))
			return false;
		for (size_t k = 0; k < n; k++)
			*(struct proof_resource *)pool_more(x->p, &x->resources, x->resource_count++,
							    sizeof *x->resources) = (struct proof_resource){
				.is = list[k], .on_record = { .detail = "", .digest = "" }, .outgoing = x->ids[i]
			};
	}
	return true;
}

/* Is what the library says of it now what the record has? */
static void weigh_resources(struct proof *x)
{
	for (size_t i = 0; i < x->resource_count && !x->unverified; i++) {
		struct proof_resource *r = &x->resources[i];
		const char *by = strstr(r->on_record.detail, ", approved by ");

		if (!r->on_record.row)
			r->fault = "no event of the record says that it was approved";
		else if (!text_starts(by + strlen(", approved by "), r->is.approved_by))
			r->fault = pool_print(x->p, "the library names %s for its approval, event %lld says otherwise",
					      r->is.approved_by, (long long)r->on_record.row);
		else if (*r->is.digest && *r->on_record.digest && strcmp(r->is.digest, r->on_record.digest) != 0)
			r->fault = pool_print(x->p, "the file in mail %lld is another one than event %lld approved",
					      (long long)r->outgoing, (long long)r->on_record.row);
		if (r->fault)
			fault(x, pool_print(x->p, "resource r%lld: %s", (long long)r->is.id, r->fault));
	}
}

static bool gather_once(struct proof *x, struct err *e)
{
	struct err own = { 0 };

	if (!store_ids(x->l->q, x->p, SQL_OUTGOING_OF, SQL_VALUES(sql_i(x->m.id)), &x->ids, &x->id_count, e) ||
	    !read_resources(x, e))
		return false;
	audit_begin(x->l->q);
	if (!record_verify(x->l->q, x->p, see, x, &x->record, &own)) {
		x->unverified = pool_copy(x->p, own.text);
		x->record = (struct record_state){ .head = "" };
		fault(x, pool_print(x->p, "the record cannot be followed: %s", own.text));
	} else if (x->elsewhere) {
		fault(x, pool_print(x->p,
				    "%lld event%s of the record that %s not about this promise %s not as written: "
				    "`kept audit` names them. One that is gone may "
				    "have been about it.",
				    (long long)x->elsewhere, x->elsewhere == 1 ? "" : "s",
				    x->elsewhere == 1 ? "is" : "are", x->elsewhere == 1 ? "is" : "are"));
	}
	if (!all_mails(x, e))
		return false;
	weigh_resources(x);
	return true;
}

/* Where something disagrees while the daemon writes, once more. */
static bool gather(struct proof *x, struct err *e)
{
	struct proof begun = *x;
	bool grown = true;

	for (int i = 0; i < TRIES && grown; i++) {
		*x = begun;
		if (!gather_once(x, e))
			return false;
		if (!x->fault_count || x->unverified)
			return true;
		if (!audit_grown(x->l, &x->record, &grown, e))
			return false;
	}
	return true;
}

/* ---- the subcommand ---- */

static const char help[] =
	"kept proof - one promise, for an inspector: what was asked, sent and answered, and that it is on record\n\n"
	"  kept proof N [--html] [--json]\n\n"
	"  kept proof 12\n"
	"  kept proof 12 --html > proof-12.html    one page whole in itself, for a browser, a phone, or paper\n\n"
	"The request as they wrote it, the sentence it was promised in, to whom it was given, approved material, each "
	"mail about\n"
	"it with its bytes' SHA-256 and whose word let it go, what was answered, every event, and whether all of that "
	"is as the\n"
	"record says. Exit 1 where it is not: what, and at which event, stands first. --html has the text of every "
	"mail.\n"
	"--json: {\"id\", \"verified\", \"faults\", \"request\", \"words\", \"promise\", \"team\", \"material\", "
	"\"mails\",\n"
	"\"events\", \"record\"}.\n";

int kept_proof(struct call *c)
{
	static const char *const flags[] = { "--html", NULL };
	struct ledger l;
	struct proof x = { .l = &l, .p = c->pool };
	struct page g = { .p = c->pool };
	struct err e = { 0 };
	int64_t id;
	utc answered;
	bool shown, found, well;
	int rc = ledger_read(c, &l, help, NULL, flags, &shown);

	if (shown || rc != DONE_WELL)
		return rc;
	if (l.count != 1 || !ledger_number(l.words[0], &id))
		return kept_say(WRONG_USE,
				"proof of which promise? One number, as `kept proof 12`; `kept list --all` shows them");
	if (l.json && ledger_flag(&l, "--html"))
		return kept_say(WRONG_USE, "--html or --json, not both");
	if ((rc = ledger_open(c, &l, false)) != DONE_WELL)
		return rc;
	if (!store_commitment(l.q, l.p, l.conf, id, &x.m, &answered, &found, &e))
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (!found)
		return ledger_close(
			&l, kept_say(FAILED, "there is no promise #%lld; `kept list --all` shows them", (long long)id));
	x.z = x.m.owner->time.zone;
	well = gather(&x, &e);
	work_end();
	if (!well)
		return ledger_close(&l, kept_say(FAILED, "%s", e.text));
	if (l.json) {
		proof_print_json(&x);
	} else {
		proof_say(&x, &g);
		(ledger_flag(&l, "--html") ? page_print_html : page_print)(&g);
	}
	return ledger_close(&l, x.fault_count ? FAILED : DONE_WELL);
}
