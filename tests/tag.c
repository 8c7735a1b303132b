/* tag: each way to tag, each option, and what is none */
#include "rows.h"

#include "judgement/tag.h"

/* ---- the ways ---- */

static const struct row {
	const char *rule;
	const char *to, *cc, *bcc, *traces; /* addresses, parted by blanks; NULL: none */
	const char *subject, *text;
	const char *place;                  /* "kept" (where NULL), "sent", "folder" */
	const char *flags;
	bool forwarded;
	const char *expect;                 /* way, then options: as told() prints them */
} rows[] = {
	/* addresses */
	{ .rule = "To", .to = "kept@example.org rossi@example.com", .expect = "to" },
	{ .rule = "Cc", .to = "rossi@example.com", .cc = "kept+friday@example.org", .expect = "cc due=friday" },
	{ .rule = "a Bcc field, as Sent keeps it", .to = "rossi@example.com", .bcc = "kept+3d@example.org", .place = "sent", .expect = "bcc due=3d" },
	{ .rule = "BCC by its trace", .to = "rossi@example.com", .traces = "kept+3d@example.org", .expect = "bcc due=3d" },
	{ .rule = "of two traces the one that says something, above", .to = "rossi@example.com", .traces = "kept+3d@example.org kept@example.org", .expect = "bcc due=3d" },
	{ .rule = "of two traces the one that says something, below", .to = "rossi@example.com", .traces = "kept@example.org kept+3d@example.org", .expect = "bcc due=3d" },
	{ .rule = "of two that say something the topmost", .to = "rossi@example.com", .traces = "kept+2d@example.org kept+3d@example.org", .expect = "bcc due=2d" },
	{ .rule = "shown bare, delivered with more", .to = "rossi@example.com", .cc = "kept@example.org", .traces = "kept+2d@example.org", .expect = "cc due=2d" },
	{ .rule = "To bare, Cc with more", .to = "kept@example.org", .cc = "kept+2d@example.org rossi@example.com", .expect = "to due=2d" },
	{ .rule = "a trace in another domain is no second tag", .to = "kept@example.org rossi@example.com", .traces = "ada@kept.example.org", .expect = "to" },
	{ .rule = "but due words in a catch-all count below a trace of the mailbox", .to = "rossi@example.com", .traces = "kept@example.org friday@kept.example.org", .expect = "bcc due=friday" },
	{ .rule = "other people's plus-addresses tag nothing", .to = "rossi+3d@example.com ada+3d@example.org", .expect = "none" },
	{ .rule = "a mailbox that begins alike", .to = "keptical@example.org", .expect = "none" },
	{ .rule = "a catch-all", .to = "rossi@example.com", .traces = "nexttuesday@kept.example.org", .expect = "bcc due=nexttuesday" },
	{ .rule = "a catch-all with options", .cc = "2d+noreply@kept.example.org", .to = "rossi@example.com", .expect = "cc due=2d noreply" },
	{ .rule = "kept@ of a catch-all is the address alone", .to = "kept@kept.example.org rossi@example.com", .expect = "to" },
	{ .rule = "kept+3d@ of a catch-all", .to = "kept+3d@kept.example.org rossi@example.com", .expect = "to due=3d" },
	{ .rule = "phones capitalise", .cc = "Kept+Friday@Example.Org", .to = "rossi@example.com", .expect = "cc due=Friday" },
	{ .rule = "a quoted local part", .cc = "\"kept+next friday\"@example.org", .to = "rossi@example.com", .expect = "cc due=next friday" },
	{ .rule = "a percent-coded one", .cc = "kept+1%20dec@example.org", .to = "rossi@example.com", .expect = "cc due=1 dec" },

	/* alone */
	{ .rule = "to the tracking address alone", .to = "kept@example.org", .expect = "to alone" },
	{ .rule = "a copy to the writer does not count", .to = "kept@example.org", .cc = "ada@example.org", .expect = "to alone" },
	{ .rule = "nobody shown: alone", .traces = "kept@example.org", .expect = "bcc alone" },
	{ .rule = "two tracking addresses are alone too", .to = "kept@example.org 3d@kept.example.org", .expect = "to alone" },
	{ .rule = "a forward to kept alone", .to = "kept+friday@example.org", .forwarded = true, .expect = "forward due=friday alone" },
	{ .rule = "a forward to someone, with a copy", .to = "rossi@example.com", .cc = "kept+friday@example.org", .forwarded = true, .expect = "cc due=friday" },
	{ .rule = "a flag on a forward is a flag", .to = "rossi@example.com", .place = "sent", .flags = "\\Flagged", .forwarded = true, .expect = "flag" },

	/* subject */
	{ .rule = "a subject tag", .to = "rossi@example.com", .subject = "Data [kept fri 9am]", .place = "sent", .expect = "subject due=fri 9am" },
	{ .rule = "in any case, with more blanks", .to = "rossi@example.com", .subject = "[ KEPT   Fri  9am ] Data", .place = "sent", .expect = "subject due=Fri 9am" },
	{ .rule = "a no-break space too", .to = "rossi@example.com", .subject = "Data [kept\u00a0fri]", .place = "sent", .expect = "subject due=fri" },
	{ .rule = "bare", .to = "rossi@example.com", .subject = "Data [kept]", .place = "sent", .expect = "subject" },
	{ .rule = "with a colon", .to = "rossi@example.com", .subject = "Data [kept: fri]", .place = "sent", .expect = "subject due=fri" },
	{ .rule = "with a plus", .to = "rossi@example.com", .subject = "Data [kept+3d+noreply]", .place = "sent", .expect = "subject due=3d noreply" },
	{ .rule = "options parted by blanks", .to = "rossi@example.com", .subject = "Data [kept team-medinfo next friday noreply]", .place = "sent",
	  .expect = "subject due=next friday noreply team=medinfo" },
	{ .rule = "a cadence of two words", .to = "rossi@example.com", .subject = "Data [kept every quarter]", .place = "sent", .expect = "subject every=quarter" },
	{ .rule = "done", .to = "rossi@example.com", .subject = "Re: Data [kept done]", .place = "sent", .expect = "subject done" },
	{ .rule = "another bracket before it", .to = "rossi@example.com", .subject = "[EXT] Data [kept 2d]", .place = "sent", .expect = "subject due=2d" },
	{ .rule = "a word that begins alike is none", .to = "rossi@example.com", .subject = "Data [keptical fri]", .place = "sent", .expect = "none" },
	{ .rule = "no bracket, no tag", .to = "rossi@example.com", .subject = "kept fri: data", .place = "sent", .expect = "none" },
	{ .rule = "an open bracket is none", .to = "rossi@example.com", .subject = "Data [kept fri", .place = "sent", .expect = "none" },
	{ .rule = "where address and subject agree on nothing the address counts", .to = "rossi@example.com", .cc = "kept+2d@example.org", .subject = "Data [kept fri]",
	  .expect = "cc due=2d" },
	{ .rule = "a bare address leaves the subject its say", .to = "rossi@example.com", .cc = "kept@example.org", .subject = "Data [kept fri]",
	  .expect = "cc due=fri by subject" },
	{ .rule = "options of the one, date of the other", .to = "rossi@example.com", .cc = "kept+noreply@example.org", .subject = "Data [kept fri]",
	  .expect = "cc due=fri noreply by subject" },

	/* body */
	{ .rule = "a body line", .to = "rossi@example.com", .text = "Dear Paolo,\n\nkept: send the data by Friday\n\nAda", .place = "sent",
	  .expect = "body text=send the data by Friday" },
	{ .rule = "in a list, bold, capitalised", .to = "rossi@example.com", .text = "\u2022 *Kept:* send the data", .place = "sent", .expect = "body text=send the data" },
	{ .rule = "a line that the client broke goes on", .to = "rossi@example.com",
	  .text = "kept: send the subgroup data and the safety tables of both arms to\nProfessor Rossi by Friday\n\nAda", .place = "sent",
	  .expect = "body text=send the subgroup data and the safety tables of both arms to Professor Rossi by Friday" },
	{ .rule = "one that ends there does not", .to = "rossi@example.com", .text = "kept: send the subgroup data and the safety tables to Rossi\nBest\nAda",
	  .place = "sent", .expect = "body text=send the subgroup data and the safety tables to Rossi" },
	{ .rule = "a sentence that ends there does not", .to = "rossi@example.com",
	  .text = "kept: send the subgroup data and the safety tables of both arms today.\nProfessor Rossi waits.", .place = "sent",
	  .expect = "body text=send the subgroup data and the safety tables of both arms today." },
	{ .rule = "the first line that says something", .to = "rossi@example.com", .text = "kept:\nkept: the data", .place = "sent", .expect = "body text=the data" },
	{ .rule = "the word in a sentence is none", .to = "rossi@example.com", .text = "I have kept: nothing", .place = "sent", .expect = "none" },
	{ .rule = "the word without a colon is none", .to = "rossi@example.com", .text = "kept you waiting", .place = "sent", .expect = "none" },
	{ .rule = "an address leaves the line its text", .to = "rossi@example.com", .cc = "kept+2d@example.org", .text = "kept: the data",
	  .expect = "cc due=2d text=the data" },

	/* flags, keywords, labels, folders */
	{ .rule = "a flag", .to = "ada@example.org", .place = "inbox", .flags = "\\Seen \\Flagged", .expect = "flag" },
	{ .rule = "a keyword, without case", .to = "ada@example.org", .place = "inbox", .flags = "$kept", .expect = "keyword" },
	{ .rule = "a label", .to = "ada@example.org", .place = "inbox", .flags = "kept", .expect = "label" },
	{ .rule = "other flags are none", .to = "ada@example.org", .place = "inbox", .flags = "\\Seen $Forwarded keptical", .expect = "none" },
	{ .rule = "a flag in the capture mailbox is none", .to = "ada@example.org", .flags = "\\Flagged $Kept", .expect = "none" },
	{ .rule = "a watched folder", .to = "ada@example.org", .place = "folder", .expect = "folder" },
	{ .rule = "a flag says more than its folder", .to = "ada@example.org", .place = "folder", .flags = "\\Flagged", .expect = "flag" },
	{ .rule = "an address says more than a flag", .to = "rossi@example.com", .bcc = "kept+2d@example.org", .place = "sent", .flags = "\\Flagged",
	  .expect = "bcc due=2d" },
	{ .rule = "nothing at all", .to = "rossi@example.com", .place = "sent", .expect = "none" },
};

static struct addrs addresses(struct pool *p, const char *s)
{
	struct addrs l = { 0 };

	/* a quoted local part holds a blank: parted where an address ends */
	while (s && *s) {
		size_t n = *s == '"' ? (size_t)(strchr(s + 1, '"') - s) + 1 : 0;

		n += strcspn(s + n, " ");
		addrs_add(p, &l, "", pool_slice(p, s, n));
		s += n + strspn(s + n, " ");
	}
	return l;
}

static struct strings words(struct pool *p, const char *s)
{
	struct addrs l = addresses(p, s);
	struct strings out = { 0 };

	for (size_t i = 0; i < l.n; i++, out.n++)
		*(const char **)pool_more(p, &out.list, out.n, sizeof *out.list) = l.list[i].address;
	return out;
}

static const char *told(struct pool *p, const struct tag *t)
{
	struct text *s = text_new(p, 2000);
	const struct {
		const char *name, *value;
	} values[] = { { "every", t->every }, { "team", t->team }, { "key", t->key }, { "token", t->token }, { "text", t->text } };

	text_add(s, tag_way_name(t->way));
	if (*t->due)
		text_print(s, " due=%s", t->due);
	text_print(s, "%s%s%s%s%s", t->noreply ? " noreply" : "", t->done ? " done" : "", t->only ? " only" : "", t->share ? " share" : "", t->work ? " work" : "");
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (*values[i].value)
			text_print(s, " %s=%s", values[i].name, values[i].value);
	if (*t->due && t->way != TAG_SUBJECT && t->due_way == TAG_SUBJECT)
		text_add(s, " by subject");
	if (t->alone)
		text_add(s, " alone");
	return s->s;
}

static void rule_holds(void **state)
{
	const struct row *r = *state;
	struct pool *p = pool_new();
	struct conf *c = rows_conf(p);
	const char *tracking[] = { "kept@example.org", "*@kept.example.org" }, *keywords[] = { "$Kept", "\\Flagged" }, *labels[] = { "kept" };
	struct mailbox_conf own = { .key = "ada", .kind = MAILBOX_PERSONAL, .keywords = { keywords, 2 }, .labels = { labels, 1 } };
	struct letter l = { .subject = r->subject ? r->subject : "Data", .text = r->text ? r->text : "Dear Paolo,\nall the best\n" };
	struct place at = { .kind = PLACE_CAPTURE, .mailbox = &c->mailboxes[0], .owner = &c->owners[0], .folder = "", .flags = words(p, r->flags) };
	struct tag t;

	c->mailboxes[0].tracking = (struct strings){ tracking, 2 };
	l.from = addresses(p, "ada@example.org");
	l.to = addresses(p, r->to);
	l.cc = addresses(p, r->cc);
	l.bcc = addresses(p, r->bcc);
	l.traces = words(p, r->traces);
	l.forwarded.is = r->forwarded;
	if (r->place && strcmp(r->place, "kept") != 0) {
		at.mailbox = &own;
		at.kind = strcmp(r->place, "sent") == 0 ? PLACE_SENT : strcmp(r->place, "inbox") == 0 ? PLACE_INBOX : PLACE_FOLDER;
		at.tagged_folder = at.kind == PLACE_FOLDER;
	}
	tag_find(p, &l, &at, c, &t);
	assert_string_equal(told(p, &t), r->expect);
	pool_end(&p);
}

/* ---- the options of an address ---- */

static const struct {
	const char *rule, *detail, *expect;
} options[] = {
	{ "nothing", "", "none" },
	{ "the rest is one expression", "1dec+9am", "none due=1dec+9am" },
	{ "options stand anywhere", "noreply+3d", "none due=3d noreply" },
	{ "no-reply as some write it", "3d+No-Reply", "none due=3d noreply" },
	{ "a cadence", "every-2-weeks", "none every=2-weeks" },
	{ "a cadence without a dash", "everyfriday", "none every=friday" },
	{ "a team and a date", "team-medinfo+2d", "none due=2d team=medinfo" },
	{ "a team by an equals sign", "team=medinfo", "none team=medinfo" },
	{ "a team without a name is no option", "team-", "none due=team-" },
	{ "done", "done", "none done" },
	{ "done within a word is none", "donedone", "none due=donedone" },
	{ "only, share, work", "only+share+work", "none only share work" },
	{ "the owner's key", "k-s3cret+3d", "none due=3d key=s3cret" },
	{ "a key without letters is none", "k-", "none due=k-" },
	{ "a token, in lower case", "r-ABCDEFGHIJKLMNOPQRSTUVWXY2", "none token=abcdefghijklmnopqrstuvwxy2" },
	{ "a token of another length is none", "r-abc", "none due=r-abc" },
	{ "a token with signs is none", "r-abcdefghijklmnopqrstuvwx.2", "none due=r-abcdefghijklmnopqrstuvwx.2" },
	{ "empty pieces are passed over", "++3d++", "none due=3d" },
};

static void options_of_an_address(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		struct tag t = { .address = "", .due = "", .text = "", .every = "", .team = "", .key = "", .token = "" };

		tag_options(p, options[i].detail, &t);
		if (strcmp(told(p, &t), options[i].expect) != 0)
			fail_msg("%s: %s", options[i].rule, told(p, &t));
	}
	pool_end(&p);
}

/* ---- the subject without prefixes and tag ---- */

static const struct {
	const char *rule, *subject, *expect;
} subjects[] = {
	{ "none", "Subgroup data", "Subgroup data" },
	{ "Re:", "Re: Subgroup data", "Subgroup data" },
	{ "in capitals, without a blank", "RE:Subgroup data", "Subgroup data" },
	{ "repeated, in many languages", "Re: AW: SV: RE : TR : RV: Antw: Data", "Data" },
	{ "forwards", "Fwd: WG: FW: Doorst: Enc: I: VS: Data", "Data" },
	{ "Italian replies", "R: Rif: Data", "Data" },
	{ "counted", "Re[2]: Data", "Data" },
	{ "counted otherwise", "Re(3): Re^4: Fwd*2: Re5: Data", "Data" },
	{ "with an accent", "R\u00c9P : T\u00e9l\u00e9phone", "T\u00e9l\u00e9phone" },
	{ "an abbreviation with its point", "R\u00e9f. : Data", "Data" },
	{ "a no-break space before the colon, as French has it", "RE\u00a0: Data", "Data" },
	{ "Chinese, with a wide colon", "\u56de\u590d\uff1a\u8f6c\u53d1: Data", "Data" },
	{ "Cyrillic", "\u041e\u0442\u0432: Data", "Data" },
	{ "Greek", "\u0391\u03a0: Data", "Data" },
	{ "the tag at the end", "Re: Data [kept fri 9am]", "Data" },
	{ "the tag at the front, before a prefix", "[kept fri] Re: Data", "Data" },
	{ "the tag within", "Data [kept fri] of June", "Data of June" },
	{ "the tag alone", "[kept fri]", "" },
	{ "a prefix alone", "Re:", "" },
	{ "a word that begins like a prefix", "Regarding: data", "Regarding: data" },
	{ "a word before a colon is no prefix", "Reminder: data", "Reminder: data" },
	{ "a bracket that counts nothing", "Re[x]: data", "Re[x]: data" },
	{ "a list's name stays", "[list] Data", "[list] Data" },
	{ "a prefix in mid-subject stays", "Data, re: June", "Data, re: June" },
	{ "white space is one blank", "Re:  Data\tof  June ", "Data of June" },
	{ "nothing", "", "" },
	{ "a colon alone", ": data", ": data" },
};

static void subject_without_prefixes(void **state)
{
	struct pool *p = pool_new();

	(void)state;
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		const char *s = tag_subject(p, subjects[i].subject);

		if (strcmp(s, subjects[i].expect) != 0)
			fail_msg("%s: \"%s\"", subjects[i].rule, s);
	}
	pool_end(&p);
}

int main(void)
{
	enum { ROWS = sizeof rows / sizeof *rows };
	struct CMUnitTest t[ROWS + 2];

	for (size_t i = 0; i < ROWS; i++)
		t[i] = (struct CMUnitTest){ rows[i].rule, rule_holds, NULL, NULL, (void *)&rows[i] };
	t[ROWS] = (struct CMUnitTest){ "the options of an address", options_of_an_address, NULL, NULL, NULL };
	t[ROWS + 1] = (struct CMUnitTest){ "the subject without prefixes and tag", subject_without_prefixes, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("tag", t, NULL, NULL);
}
