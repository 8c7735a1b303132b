/* kept explain: what would be understood of a message, and why. It touches no server, secret or database. */
#include "daemon/kept.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "borders/reader.h"
#include "judgement/understand.h"

static const char help[] =
	"kept explain - what would be understood of a message, and why\n"
	"\n"
	"  kept explain [--json] [--now TIME] [--place PLACE] [--flag FLAG]... [--context FILE] FILE|-\n"
	"\n"
	"Reads one message (FILE, or - for standard input) as the daemon would, and says its class, what was promised, to\n"
	"whom, by when, and the reason of each step. It speaks to no server and opens no database.\n"
	"\n"
	"  --place PLACE    where it lay: kept (the capture mailbox; the default), inbox or sent (the owner's own), folder:NAME\n"
	"  --flag FLAG      an IMAP flag, keyword or label on it; may stand more than once\n"
	"  --now TIME       when it was read, with offset: 2026-12-01T09:00:00+01:00 (default: the clock)\n"
	"  --context FILE   what the database would know, as JSON: seen, threads, sent, checkins\n"
	"  --json           one JSON object instead of the report\n"
	"\n"
	"  kept explain promise.eml                      would this BCC be logged?\n"
	"  kept explain --place sent --flag '$Kept' -    one from the Sent folder, tagged\n"
	"  kept explain --json --context c.json reply.eml\n"
	"\n"
	"Exit: 0 explained, 1 the file or the configuration cannot be read, 2 wrong use.\n";

struct options {
	bool json;
	utc now;
	const char *place, *context, *file;
	struct strings flags;
};

static const char *value(struct call *c, int *i)
{
	if (*i + 1 >= c->argc) {
		kept_say(WRONG_USE, "%s needs a value; kept explain --help", c->argv[*i]);
		return NULL;
	}
	return c->argv[++*i];
}

static bool options_read(struct call *c, struct options *o)
{
	bool plain = false;

	*o = (struct options){ .place = "kept", .now = kept_now() };
	for (int i = 1; i < c->argc; i++) {
		const char *a = c->argv[i], *v;

		if (plain || *a != '-' || strcmp(a, "-") == 0) {
			if (o->file) {
				kept_say(WRONG_USE, "one message at a time: '%s' is one too many", a);
				return false;
			}
			o->file = a;
		} else if (strcmp(a, "--") == 0) {
			plain = true;
		} else if (strcmp(a, "--json") == 0) {
			o->json = true;
		} else if (strcmp(a, "--now") == 0 || strcmp(a, "--place") == 0 || strcmp(a, "--flag") == 0 || strcmp(a, "--context") == 0) {
			v = value(c, &i);
			if (!v)
				return false;
			if (strcmp(a, "--place") == 0)
				o->place = v;
			else if (strcmp(a, "--context") == 0)
				o->context = v;
			else if (strcmp(a, "--flag") == 0)
				*(const char **)pool_more(c->pool, &o->flags.list, o->flags.n++, sizeof v) = v;
			else if (!utc_parse(v, NULL, &o->now)) {
				kept_say(WRONG_USE, "--now %s: a time with offset is needed, as 2026-12-01T09:00:00+01:00", v);
				return false;
			}
		} else {
			kept_say(WRONG_USE, "unknown option '%s'; kept explain --help", a);
			return false;
		}
	}
	if (!o->file)
		kept_say(WRONG_USE, "which message? kept explain FILE, or - for standard input; kept explain --help");
	return o->file != NULL;
}

/* The mailbox of the configuration that the place stands for: the first of its kind. */
static bool place_read(const struct conf *c, const struct options *o, struct place *out)
{
	bool capture = strcmp(o->place, "kept") == 0;

	*out = (struct place){ .folder = "INBOX", .flags = o->flags, .arrived = o->now };
	for (size_t i = 0; i < c->mailbox_count && !out->mailbox; i++)
		if ((c->mailboxes[i].kind == MAILBOX_CAPTURE) == capture)
			out->mailbox = &c->mailboxes[i];
	if (capture) {
		out->kind = PLACE_CAPTURE;
		return true;
	}
	out->owner = out->mailbox && out->mailbox->owner ? out->mailbox->owner : c->owner_count ? &c->owners[0] : NULL;
	if (strcmp(o->place, "inbox") == 0) {
		out->kind = PLACE_INBOX;
	} else if (strcmp(o->place, "sent") == 0) {
		out->kind = PLACE_SENT;
		out->folder = "Sent";
	} else if (text_starts(o->place, "folder:") && o->place[7]) {
		out->kind = PLACE_FOLDER;
		out->folder = o->place + 7;
		for (size_t i = 0; out->mailbox && i < out->mailbox->folders.n; i++)
			out->tagged_folder |= text_same(out->mailbox->folders.list[i], out->folder);
	} else {
		kept_say(WRONG_USE, "--place %s: kept, inbox, sent or folder:NAME", o->place);
		return false;
	}
	return true;
}

/* ---- --context: what the ledger would know ---- */

static const char *text_of(struct pool *p, const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? pool_copy(p, s) : "";
}

static const json_t *items(const json_t *o, const char *key, size_t *n)
{
	const json_t *a = json_object_get(o, key);

	*n = json_array_size(a);
	return a;
}

static void threads_read(struct pool *p, const json_t *o, const struct owner *owner, struct known *out)
{
	size_t n, k;
	const json_t *a = items(o, "threads", &n), *list;

	out->threads = pool_list(p, n, sizeof *out->threads);
	for (out->thread_count = 0; out->thread_count < n; out->thread_count++) {
		struct known_thread *t = &out->threads[out->thread_count];
		const json_t *x = json_array_get(a, out->thread_count);

		t->what = text_of(p, x, "what");
		t->owner = owner;
		list = items(x, "message_ids", &k);
		for (size_t i = 0; i < k; i++)
			if (json_is_string(json_array_get(list, i)))
				*(const char **)pool_more(p, &t->message_ids.list, t->message_ids.n++, sizeof(char *)) = pool_copy(p, json_string_value(json_array_get(list, i)));
		list = items(x, "counterpart", &k);
		for (size_t i = 0; i < k; i++)
			if (json_is_string(json_array_get(list, i)))
				addrs_add(p, &t->counterpart, "", pool_copy(p, json_string_value(json_array_get(list, i))));
	}
}

static void sent_read(struct pool *p, const struct conf *c, const json_t *o, const struct owner *owner, struct known *out)
{
	size_t n;
	const json_t *a = items(o, "sent", &n);

	out->sent = pool_list(p, n, sizeof *out->sent);
	for (out->sent_count = 0; out->sent_count < n; out->sent_count++) {
		struct known_sent *s = &out->sent[out->sent_count];
		const json_t *x = json_array_get(a, out->sent_count);

		s->message_id = text_of(p, x, "message_id");
		s->to = text_of(p, x, "to");
		s->reply_to = text_of(p, x, "reply_to");
		s->team = text_of(p, x, "team");
		s->draft = json_is_string(json_object_get(x, "draft")) ? text_of(p, x, "draft") : NULL;
		if (!mail_kind_from(text_of(p, x, "kind"), &s->kind))
			s->kind = MAIL_NONE;
		s->owner = conf_owner_of(c, s->to) ? conf_owner_of(c, s->to) : owner;
	}
}

static bool context_read(struct pool *p, const struct conf *c, const struct options *o, const struct letter *l, struct known *out)
{
	const struct owner *owner = c->owner_count ? &c->owners[0] : NULL;
	struct err e = { 0 };
	json_error_t je;
	const json_t *a;
	json_t *root;
	char *bytes;
	size_t n;

	*out = (struct known){ 0 };
	if (!o->context)
		return true;
	if (!kept_file(p, o->context, &bytes, &n, &e)) {
		kept_say(FAILED, "%s", e.text);
		return false;
	}
	root = json_loadb(bytes, n, 0, &je);
	if (!root) {
		kept_say(FAILED, "%s:%d: no JSON: %s", o->context, je.line, je.text);
		return false;
	}
	a = items(root, "seen", &n);
	for (size_t i = 0; i < n; i++)
		out->seen |= *l->message_id && text_same(json_string_value(json_array_get(a, i)), l->message_id);
	threads_read(p, root, owner, out);
	sent_read(p, c, root, owner, out);
	a = items(root, "checkins", &n);
	out->checkins = pool_list(p, n, sizeof *out->checkins);
	for (out->checkin_count = 0; out->checkin_count < n; out->checkin_count++) {
		const json_t *x = json_array_get(a, out->checkin_count);

		out->checkins[out->checkin_count] = (struct known_checkin){ .uid = text_of(p, x, "uid"), .attendee = text_of(p, x, "attendee"), .sequence =
									    (int)json_integer_value(json_object_get(x, "sequence")) };
	}
	json_decref(root);
	return true;
}

/* ---- for a person ---- */

static void row(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void row(const char *name, const char *format, ...)
{
	va_list a;

	printf("%-13s ", name);
	va_start(a, format);
	vprintf(format, a);
	va_end(a);
	putchar('\n');
}

/* Hostile text on a terminal: one line, no control character. */
static const char *shown(struct pool *p, const char *s)
{
	return line_from(p, s, 200).s;
}

static void report(struct pool *p, const struct letter *l, const struct meaning *m)
{
	static const char *const meanings[] = {
		[CLASS_SEEN] = "read before; nothing happens", [CLASS_LOOP] = "kept's own or another kept's mail; nothing happens",
		[CLASS_BOUNCE] = "a mail came back", [CLASS_AUTO] = "an automatic reply; it never counts as an answer",
		[CLASS_CALENDAR] = "an answer to an invitation", [CLASS_HELD] = "held: it is not acted on until you accept it",
		[CLASS_COMMAND] = "your words to kept", [CLASS_TEAM] = "a team answers", [CLASS_ANSWER] = "the other person answers",
		[CLASS_PROMISE] = "a promise of yours", [CLASS_DELIVERY] = "a message of yours that delivers what you promised, or may",
		[CLASS_CANDIDATE] = "it sounds like a promise; the weekly review asks", [CLASS_SKIP] = "nothing for kept",
	};
	const struct zone *z = m->owner ? m->owner->time.zone : zone_fixed(p, 0);
	const char *bold = kept_colour() ? "\033[1m" : "", *plain = *bold ? "\033[0m" : "";

	printf("%s%s%s: %s\n\n", bold, letter_class_name(m->class), plain, meanings[m->class]);
	row("from", "%s", l->from.n ? shown(p, pool_print(p, "%s <%s>", l->from.list[0].name, l->from.list[0].address)) : "nobody");
	row("subject", "%s", shown(p, l->subject));
	row("owner", "%s", m->owner ? m->owner->name : "nobody's");
	row("proof", "%s", m->proof.why ? m->proof.why : "");
	if (m->held)
		row("held", "%s", shown(p, m->held));
	if (m->tag.way != TAG_NONE)
		row("tag", "%s%s%s%s%s", tag_way_name(m->tag.way), *m->tag.address ? ", " : "", shown(p, m->tag.address), *m->tag.due ? ", due words: " : "", shown(p, m->tag.due));
	for (size_t i = 0; i < m->counterpart.n; i++)
		row(i ? "" : "to whom", "%s", shown(p, m->counterpart.list[i].address));
	for (size_t i = 0; i < m->promise_count; i++) {
		const struct promise *x = &m->promises[i];

		putchar('\n');
		row(m->promise_count > 1 ? pool_print(p, "promise %zu", i + 1) : "promise", "%s", shown(p, x->what));
		if (*x->to_why)
			row("made to", "%s (%s)", shown(p, addrs_names(p, &x->to)), x->to_why);
		row("due", "%s%s%s", x->due ? utc_print(p, z, x->due) : "never", *x->due_words ? ", from: " : ", the policy's default", shown(p, x->due_words));
		if (*x->due_error)
			row("", "%s", shown(p, x->due_error));
		if (*x->due_note)
			row("", "%s", shown(p, x->due_note));
		if (*x->due_said)
			row("", "the sentence says \"%s\"; the tag's day stands", shown(p, x->due_said));
		row("they can see", "what: %s, who: %s, by when: %s", x->trust.what ? "yes" : "no", x->trust.who ? "yes" : "no", x->trust.when ? "yes" : "no");
	}
	for (size_t i = 0; i < m->delivery_count; i++)
		row(i ? "" : "delivers", "%s: %s, %s", shown(p, m->deliveries[i].thread->what), delivery_name(m->deliveries[i].is.strength), shown(p, m->deliveries[i].is.why));
	for (size_t i = 0; i < m->bounce.recipients.n; i++)
		row(i ? "" : "came back", "%s %s", shown(p, m->bounce.recipients.list[i]), m->bounce.action);
	if (m->automatic.has_until) {
		struct civil d = day_civil(m->automatic.until);

		row("away until", "%04d-%02d-%02d", d.year, d.month, d.day);
	}
	for (size_t i = 0; m->class == CLASS_COMMAND && i < m->commands.n; i++)
		row(i ? "" : "commands", "%s %s", command_word(m->commands.list[i].verb), shown(p, m->commands.list[i].when ? m->commands.list[i].when : m->commands.list[i].text ? m->commands.list[i].text : ""));
	if (m->safety)
		row("safety", "a possible adverse event is told of");
	if (m->refusal)
		row("refusal", "%s", shown(p, m->refusal));
	puts("\nwhy");
	for (size_t i = 0; i < m->why_count; i++)
		printf("  %s\n", shown(p, m->why[i]));
	for (size_t i = 0; i < l->remarks.n; i++)
		printf("  remark: %s\n", shown(p, l->remarks.list[i]));
}

int kept_explain(struct call *c)
{
	struct options o;
	struct conf *conf;
	struct place at;
	struct reader *reader = NULL;
	struct letter l;
	struct known known;
	struct meaning m;
	struct err e = { 0 };
	struct text *json;
	char *bytes;
	size_t n;
	bool ok;

	if (kept_help(c, help))
		return DONE_WELL;
	if (!options_read(c, &o))
		return WRONG_USE;
	conf = kept_conf(c);
	if (!conf)
		return FAILED;
	if (!place_read(conf, &o, &at)) {
		conf_close(&conf);
		return WRONG_USE;
	}
	ok = kept_file(c->pool, o.file, &bytes, &n, &e) && reader_open(&reader, &e) && reader_read(reader, c->pool, bytes, n, &l, &e);
	reader_close(&reader);
	if (!ok) {
		conf_close(&conf);
		return kept_say(FAILED, "%s", e.text);
	}
	ok = context_read(c->pool, conf, &o, &l, &known);
	if (ok) {
		understand(c->pool, &l, &at, &known, conf, o.now, &m);
		if (o.json) {
			json = text_new(c->pool, 8 * BODY_MOST);
			understand_json(json, &l, &m);
			puts(json->s);
		} else {
			report(c->pool, &l, &m);
		}
	}
	conf_close(&conf);
	return ok ? DONE_WELL : FAILED;
}
