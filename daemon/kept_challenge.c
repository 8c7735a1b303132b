/* kept challenge - the 7-day trust challenge */
#include <stdio.h>
#include <string.h>

#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "letters/compose.h"
#include "letters/markup.h"
#include "work/schedule.h"

static const char help[] =
	"kept challenge - the 7-day trust challenge: a week in which every promise is followed up\n\n"
	"  kept challenge [start | stop | show] [--owner NAME] [--json]\n\n"
	"  kept challenge start     seven days, this one counted; each day a line by mail, at the end the report\n"
	"  kept challenge stop      it ends now, with a short report\n"
	"  kept challenge           the newest one, as of now: what became of each of its promises\n\n"
	"Its promises are those that were made in its days, and those whose day lies in them, counted as `kept score` counts\n"
	"them. What you answer to its report is kept with it. In any answer to kept's mail `challenge start` does the same.\n"
	"--json (of show): {\"start\", \"ended\", \"stopped\", \"day\", \"report\", \"promises\", \"on_time\": {\"n\", \"of\"},\n"
	"\"followed\": {…}, \"trust\", \"followed_ones\": [promise...], \"sent_ones\", \"overdue\", \"later_ones\", \"off_ones\",\n"
	"\"answers\": [{\"number\", \"text\", \"who\", \"at\"}...], \"reflection\"}; {} where there was none.\n";

static json_t *when(struct ledger *l, utc t)
{
	return t ? json_string(utc_print(l->p, l->owner->time.zone, t)) : json_null();
}

static json_t *challenge_json(struct ledger *l, const struct challenge *x)
{
#define X(id, name, words) name,
	static const char *const parts[] = { CHALLENGE_PARTS(X) };
#undef X
	json_t *answers = json_array(),
	       *o = json_pack("{so so sb si so sI s{sI sI} s{sI sI} so}", "start", when(l, x->start), "ended",
			      when(l, x->ended), "stopped", x->stopped, "day", x->ended ? 0 : challenge_day(x, l->now),
			      "report", when(l, x->ended ? 0 : challenge_report(x)), "promises", (json_int_t)x->count,
			      "on_time", "n", (json_int_t)x->on_time.n, "of", (json_int_t)x->on_time.of, "followed",
			      "n", (json_int_t)x->followed.n, "of", (json_int_t)x->followed.of, "trust",
			      x->trust_known ? json_real(x->trust) : json_null());

	for (int i = 0; i < CHALLENGE_PART_COUNT; i++)
		json_object_set_new(o, parts[i], ledger_part_json(l, x->parts[i].list, x->parts[i].n));
	for (size_t i = 0; i < x->answer_count; i++)
		json_array_append_new(answers, json_pack("{sI ss ss so}", "number", (json_int_t)x->answers[i].number,
							 "text", x->answers[i].text, "who", x->answers[i].who, "at",
							 when(l, x->answers[i].at)));
	json_object_set_new(o, "answers", answers);
	json_object_set_new(o, "reflection", json_string(x->reflection));
	return o;
}

/* As its mails have it: the day's line while it runs, and what the report has. */
static bool print(struct ledger *l, const struct challenge *x, struct err *e)
{
	struct conf bare = *l->conf; /* without a mailbox there are no links, which are for a mail */
	struct compose_in in = { .conf = &bare,
				 .owner = l->owner,
				 .kind = MAIL_CHALLENGE,
				 .token = "challenge",
				 .id = "challenge",
				 .now = l->now };
	struct challenge as = *x;
	struct mail m;

	bare.mailbox_count = 0;
	in.challenge = &as;
	if (!compose(l->p, &in, &m, e))
		return false;
	if (!x->ended) {
		printf("%s\n\n", m.subject.s);
		as.ended = l->now, as.stopped = as.so_far = true; /* nothing is asked yet */
		if (!compose(l->p, &in, &m, e))
			return false;
	}
	printf("%s\n\n%s", m.subject.s, markdown_plain(l->p, m.markdown));
	if (*x->reflection)
		puts("\nYour thoughts:\n");
	ledger_lines(l, x->reflection);
	return true;
}

static int show(struct call *c, struct ledger *l)
{
	struct challenge *list;
	struct err e = { 0 };
	size_t n;
	int code = ledger_open(c, l, true);

	if (code != DONE_WELL)
		return code;
	if (!store_challenges(l->q, l->p, l->owner, &list, &n, &e) ||
	    (n && !schedule_challenge_of(l->q, l->p, l->conf, &list[0], l->now, &e)))
		return ledger_close(l, kept_say(FAILED, "%s", e.text));
	if (l->json)
		ledger_print(n ? challenge_json(l, &list[0]) : json_object());
	else if (!n)
		puts("There was no trust challenge yet: `kept challenge start` begins one.");
	else if (!print(l, &list[0], &e))
		return ledger_close(l, kept_say(FAILED, "%s", e.text));
	return ledger_close(l, DONE_WELL);
}

int kept_challenge(struct call *c)
{
	struct ledger l;
	bool shown;
	int code = ledger_read(c, &l, help, NULL, NULL, &shown);
	const char *word;

	if (code != DONE_WELL || shown)
		return code;
	if ((code = ledger_words(&l, c, 1)) != DONE_WELL)
		return code;
	word = l.count ? l.words[0] : "show";
	if (strcmp(word, "show") == 0)
		return show(c, &l);
	if (strcmp(word, "start") != 0 && strcmp(word, "stop") != 0)
		return kept_say(WRONG_USE, "challenge '%s'? There is start, stop and show; `kept challenge --help`",
				word);
	return ledger_do(c, &l, &(struct command){ .verb = COMMAND_CHALLENGE, .arg = word });
}
