/* owners: of two owners of one daemon, neither sees or changes what is the other's, by any word, number or token */
#include "house.h"

#define SECRET "zebra"
#define BOB "From: Bob <bob@example.org>\r\n"

/* The words that name a number, or list; of Ada's are promise 1 and 2, the held message h1, and the mails that wait. */
static const char *const words[] = {
	"done 1",
	"snooze 1 1w",
	"due 1 12 dec",
	"cancel 1",
	"note 1 mine",
	"wait 1",
	"who 1 bob@example.org",
	"what 1: mine",
	"team 1 pv",
	"every 1 week",
	"at 1 friday 3pm",
	"decline",
	"undo 1",
	"undo",
	"list",
	"list all",
	"list overdue",
	"review",
	"resume",
	"accept h1",
	"send 1",
	"skip 1",
	"edit 1\r\nDear Carol,\r\n\r\nmine.",
	"safety 1 reported",
	"safety 1 no",
	"safety no",
	"interest 1: data",
	"met 1: we spoke",
	"touch 1 phone: we spoke",
	"insight 1: mine",
	"stage 1 trusted",
	"add",
	"none",
	"yes",
	"no",
	"yes 1",
	"no 1",
	"done",
	"send",
	"skip",
	"cancel",
	"at friday 3pm",
	"accept",
	"met: Carol Zebra, we spoke",
	"touch carol@example.com phone: mine",
	"done 2",
	"due 2 12 dec",
	"no 2",
	"cancel 2",
	"note 2 mine",
	"due 3 12 dec",
	"no 3",
	"yes 3",
	"help",
};

static struct owner both[2];
static struct submission ways_out[3];
static const char *met_token, *met_id; /* of the mail about her meeting */

/* All that is Ada's and can be changed, as text. */
static const char *hers(struct house *h)
{
	struct text *t = text_new(h->p, 1 << 20);
	struct commitment *all;
	struct held_row *held;
	struct outgoing *list;
	struct checkin *meetings;
	struct contact who;
	bool noted;
	size_t n;

	WELL(store_commitments(h->q, h->p, h->c, &both[0], true, &all, &n, &e));
	for (size_t i = 0; i < n; i++)
		text_print(t, "%s\n", store_image(h->p, &all[i]));
	WELL(store_held(h->q, h->p, "ada", &held, &n, &e));
	text_print(t, "%zu held\n", n);
	WELL(store_checkins(h->q, h->p, "ada", 0, &meetings, &n, &e));
	for (size_t i = 0; i < n; i++)
		text_print(t, "met %d %d %s %lld\n", (int)meetings[i].state, meetings[i].sequence, meetings[i].rrule,
			   (long long)meetings[i].start);
	WELL(outbox_list(h->q, h->p, SQL_OUTGOING_LATEST, 1000, &list, &n, &e));
	for (size_t i = n; i-- > 0;)
		if (strcmp(list[i].owner, "ada") == 0)
			text_print(t, "%lld %d %s\n", (long long)list[i].id, (int)list[i].state, list[i].word);
	WELL(store_contact(h->q, h->p, "ada", &(struct addr){ "", "carol@example.com" }, &who, &noted, &e));
	text_print(t, "%s %s %d %d %d\n", who.name, who.why, (int)who.stage, (int)who.consent, noted);
	WELL(sql_query(h->q, SQL_EVENT_ALL, &e, SQL_VALUES(sql_i(0), sql_i(10000))));
	while (sql_row(h->q, SQL_EVENT_ALL))
		if (strcmp(sql_text(h->q, SQL_EVENT_ALL, 2, h->p), "ada") == 0)
			text_print(t, "%s %s\n", sql_text(h->q, SQL_EVENT_ALL, 3, h->p),
				   sql_text(h->q, SQL_EVENT_ALL, 7, h->p));
	WELL(sql_end(h->q, SQL_EVENT_ALL, &e));
	return t->s;
}

static void two(struct house *h)
{
	static const char *hers_[] = { "ada@example.org" }, *his[] = { "bob@example.org" },
			  *prepare[] = { "receipt", "delay" };
	utc next;

	both[0] = both[1] = h->c->owners[0];
	both[0].addresses = (struct strings){ hers_, 1 };
	both[1].key = "bob", both[1].name = "Bob", both[1].addresses = (struct strings){ his, 1 };
	h->c->owners = both, h->c->owner_count = 2;
	ways_out[0] = h->c->submissions[0];
	for (int i = 0; i < 2; i++)
		ways_out[1 + i] =
			(struct submission){ .key = both[i].key, .from = both[i].addresses.list[0], .owner = &both[i] };
	h->c->submissions = ways_out, h->c->submission_count = 3;
	((struct policy *)&h->c->policies[0])->prepare = (struct strings){ prepare, 2 };
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	has(writes(h, "kept+friday@example.org", "To: kept@example.org\r\nSubject: " SECRET "\r\n",
		   "I will send carol@example.com the " SECRET " slides."),
	    SECRET);
	has(writes(h, "kept+friday@example.org", "To: Carol Zebra <carol@example.com>\r\nSubject: " SECRET "\r\n",
		   "I will send you the " SECRET " table."),
	    SECRET);
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "at 2 friday 3pm"), SECRET);
	met_token = h->reply, met_id = h->id;
	/* not proven: it is held */
	comes(h, PLACE_CAPTURE,
	      "Delivered-To: kept+friday@example.org\r\nFrom: Ada Lovelace <ada@example.org>\r\nTo: Carol "
	      "<carol@example.com>\r\n"
	      "Subject: " SECRET "\r\nMessage-ID: <held@example.org>\r\nDate: Wed, 25 Nov 2026 10:00:00 +0100\r\n\r\nI "
				 "will send you the " SECRET " poster.\r\n");
	/* a candidate, and what Carol promises in her turn */
	comes(h, PLACE_SENT,
	      "From: Ada Lovelace <ada@example.org>\r\nTo: Carol <carol@example.com>\r\nSubject: Else\r\nMessage-ID: "
	      "<c1@example.org>\r\n"
	      "Date: Wed, 25 Nov 2026 10:05:00 +0100\r\n\r\nDear Carol,\r\n\r\nI will send you the " SECRET
	      " figures by Friday.\r\n\r\nAda\r\n");
	comes(h, PLACE_CAPTURE,
	      "Delivered-To: kept@example.org\r\nAuthentication-Results: mx.example.org; dmarc=pass "
	      "header.from=example.com\r\n"
	      "From: Carol <carol@example.com>\r\nTo: Ada Lovelace <ada@example.org>\r\nIn-Reply-To: "
	      "<m2@example.org>\r\nSubject: Re: " SECRET "\r\n"
	      "Message-ID: <c2@example.com>\r\nDate: Wed, 25 Nov 2026 10:06:00 +0100\r\n\r\nI will send you the " SECRET
	      " protocol by Monday.\r\n");
	heard(h);
	h->now += 60;
	WELL(schedule(h->q, h->c, h->now, &next, &e));
	has(heard(h), SECRET);
}

/* What Bob wrote; what anybody hears of it. */
static const char *bob_says(struct house *h, const char *to, const char *in_reply_to, const char *text)
{
	return comes(h, PLACE_CAPTURE,
		     pool_print(h->p,
				"Delivered-To: %s\r\n" AUTH BOB "To: %s\r\n%sSubject: Re: kept\r\nDate: %s\r\n"
				"Message-ID: <b%d@example.org>\r\n\r\n%s\r\n",
				to, to,
				*in_reply_to ? pool_print(h->p, "In-Reply-To: %s\r\nReferences: %s\r\n", in_reply_to,
							  in_reply_to)
					     : "",
				utc_header(h->p, both[0].time.zone, h->now), ++h->letters, text));
}

static void neither_sees_nor_changes_what_is_the_others(void **state)
{
	struct house *h = *state;
	const char *token, *id, *meeting, *meeting_id, *before, *said;

	two(h);
	token = h->reply, id = h->id;
	meeting = met_token, meeting_id = met_id;
	before = hers(h);
	has(before, "1 held");
	has(before, "met ");
	has(before, "theirs"); /* an event of what Carol promised */
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (int way = 0; way < 6; way++) {
			said = way < 4 ? bob_says(h, way & 1 ? token : "kept@example.org", way & 2 ? id : "", words[i])
				       : bob_says(h, meeting, way & 1 ? meeting_id : "", words[i]);
			if (strstr(said, SECRET) || strstr(said, "Zebra"))
				fail_msg("`%s`, way %d, shows:\n%s", words[i], way, said);
			if (strcmp(hers(h), before) != 0)
				fail_msg("`%s`, way %d, changes what was\n%s\nto\n%s", words[i], way, before, hers(h));
		}
	/* they are hers to see and change */
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "list all"), SECRET);
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "accept h1"),
	    "h1 is accepted as yours");
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "done 1"), "Done");
	has(writes(h, "kept@example.org", "To: kept@example.org\r\nSubject: kept\r\n", "due 3 12 dec"), "Noted");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(neither_sees_nor_changes_what_is_the_others, make, drop),
	};

	return cmocka_run_group_tests_name("owners", tests, NULL, NULL);
}
