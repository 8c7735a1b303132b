/* compose_invitation: mail about a meeting, in each language, and the owner's own entry, byte for byte */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "composed.h"

static struct checkin x;
static struct meeting meeting;
static struct outside words_of;
static struct approval asks;
static struct mail shown;

static void with(struct world *w, const char *name, const char *address)
{
	*(struct checkin_attendee *)pool_more(w->p, &x.attendees, x.attendee_count++, sizeof *x.attendees) =
		(struct checkin_attendee){ .name = name, .address = address, .comment = "", .delegated_to = "" };
}

/* To Henrike, who reads it in `language` and lives in Tokyo where `zone` says so. */
static void to(struct world *w, const char *language, const char *zone, const char *method, utc was)
{
	x = (struct checkin){ .id = 7,
			      .owner = "ada",
			      .uid = "checkin-7f21c0@kept",
			      .stamp = NOW,
			      .start = NOW + 9 * 86400 + 4 * 3600,
			      .minutes = 30,
			      .zone = "Europe/Berlin",
			      .rrule = "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TH",
			      .purpose = "The *subgroup* data",
			      .agenda = "- the data\n- [your](http://evil.example) study",
			      .link = "https://meet.example/r/7",
			      .place = "",
			      .state = CHECKIN_INVITED,
			      .entry = -1 };
	with(w, "Henrike Osei", "h.osei@klinikum.example");
	w->d[0].commitment.id = 0;
	w->d[0].commitment.message_id = w->d[0].commitment.subject = "";
	w->d[0].commitment.references = (struct strings){ 0 };
	w->d[0].contact = (struct contact){
		.address = "h.osei@klinikum.example", .name = "Henrike Osei", .language = language, .zone = zone
	};
	w->owner.disclosure = "I work for Example Therapeutics.";
	words_of = (struct outside){ .substance = "", .team = "", .with = "" };
	meeting = (struct meeting){ .c = &x, .method = method, .was = was };
	w->in.kind = MAIL_INVITATION;
	w->in.dossier_count = 1;
	w->in.outside = &words_of;
	w->in.meeting = &meeting;
}

static void invitation(struct world *w)
{
	to(w, "en", "", "REQUEST", 0);
}
static void in_tokyo(struct world *w)
{
	to(w, "en", "Asia/Tokyo", "REQUEST", 0);
	with(w, "Luca Bracci", "l.bracci@ospedale.example");
	x.rrule = "";
}
static void moved(struct world *w)
{
	to(w, "de", "", "REQUEST", NOW + 8 * 86400);
	x.sequence = 1;
}
static void off(struct world *w)
{
	to(w, "fr", "", "CANCEL", 0);
	x.sequence = 2, x.state = CHECKIN_CANCELLED;
}
static void stays(struct world *w)
{
	to(w, "es", "", "DECLINECOUNTER", 0);
	x.rrule = "";
}
static void one_off(struct world *w)
{
	to(w, "en", "", "CANCEL", 0);
	x.sequence = 3, meeting.recurrence = x.start;
}
static void own(struct world *w)
{
	to(w, "de", "", "REQUEST", 0);
	words_of.own_text = "Liebe Henrike,\n\npasst es am Donnerstag?\n\nAda";
}

static void entry(struct world *w)
{
	to(w, "", "", "REQUEST", 0);
	w->in.kind = MAIL_NOTICE;
	w->in.dossier_count = 0;
	w->in.outside = NULL;
	w->in.calendar = true;
	w->in.notice_subject = "Invited: Henrike Osei";
	w->in.notice = "The invitation went out.\n";
}

static void question(struct world *w)
{
	static struct approval_more more = { "dan@example.com, erin@example.com", "New time: The subgroup data", "Hello,\n\nI propose another time.\n\nAda" };

	to(w, "", "", "REQUEST", NOW);
	shown = (struct mail){ .to = { "Henrike Osei", "h.osei@klinikum.example" },
			       .token = "t",
			       .subject = line_from(w->p, "New time: The subgroup data", SUBJECT_MOST) };
	asks = (struct approval){ .kind = MAIL_INVITATION,
				  .mail = &shown,
				  .text = "Dear Henrike Osei,\n\nI propose another time.\n\nAda",
				  .more = &more,
				  .more_count = 1,
				  .why = "it was changed",
				  .rule = "",
				  .to = "Henrike Osei <h.osei@klinikum.example>",
				  .account = true };
	w->in.kind = MAIL_APPROVAL;
	w->in.dossier_count = 0;
	w->in.outside = NULL;
	w->in.approval = &asks;
}

static const struct kind kinds[] = {
	{ "invitation", invitation }, { "invitation-tokyo", in_tokyo }, { "invitation-moved-de", moved },
	{ "invitation-off-fr", off }, { "invitation-stays-es", stays }, { "invitation-one-off", one_off },
	{ "invitation-own", own },    { "invitation-entry", entry },    { "invitation-approval", question },
};

/* In each language, whatever it does: nothing odd in it. */
static void nothing_odd(void **state)
{
	static const char *const languages[] = { "en", "de", "fr", "es" }, *const methods[] = { "REQUEST", "CANCEL",
												"DECLINECOUNTER" };

	(void)state;
	for (size_t i = 0; i < LEN(languages); i++)
		for (size_t k = 0; k < LEN(methods); k++)
			for (int how = 0; how < 4; how++) {
				struct world *w = world();
				struct err e = { 0 };
				struct letter l;
				struct mail m;
				const char *bytes, *odd;
				size_t n;

				to(w, languages[i], how & 1 ? "America/New_York" : "", methods[k], how & 2 ? NOW : 0);
				if (how & 1)
					x.agenda = x.link = x.rrule = "", x.place = "Basel";
				if (!compose(w->p, &w->in, &m, &e) || !mime_write(w->p, &m, &bytes, &n, &e))
					fail_msg("%s", e.text);
				mime_read(w->p, bytes, n, &l);
				if ((odd = oddity(l.full, languages[i])))
					fail_msg("%s %s: \"%s\" in\n%s", languages[i], methods[k], odd, l.full);
				assert_string_equal(l.calendar.method, methods[k]);
				world_end(w);
			}
}

int main(void)
{
	struct CMUnitTest t[LEN(kinds) + 1];

	for (size_t i = 0; i < LEN(kinds); i++)
		t[i] = (struct CMUnitTest){ kinds[i].name, golden, NULL, NULL, (void *)&kinds[i] };
	t[LEN(kinds)] = (struct CMUnitTest){ "nothing odd stands in any of them", nothing_odd, NULL, NULL, NULL };
	return cmocka_run_group_tests_name("compose_invitation", t, NULL, NULL);
}
