/* template_inner - the fields that a template may name, the shipped templates, and the parts that tests reach */
#ifndef KEPT_LETTERS_TEMPLATE_INNER_H
#define KEPT_LETTERS_TEMPLATE_INNER_H

#include "letters/template.h"

/* kept-template(5) lists them in this order. */
#define TEMPLATE_FIELDS(X) \
	/* name         what it is */ \
	X("owner",       "the owner's name") \
	X("first_name",  "the first word of it") \
	X("address",     "the tracking address") \
	X("single",      "one promise is spoken of") \
	X("several",     "more than one is") \
	X("count",       "how many") \
	X("count_late",  "how many of them are overdue; where none is, this is missing") \
	X("count_due",   "how many are not overdue, likewise") \
	X("thread",      "the mail goes into a conversation: a subject that begins with Re: stays with it") \
	X("subject",     "the conversation's subject, without Re:") \
	X("logged",      "promises were just logged") \
	X("final",       "this is the last reminder") \
	X("items",       "each promise; what follows, to what_link, is of it") \
	X("id",          "its number") \
	X("what",        "what was promised, in quotation marks: they are the owner's words") \
	X("to",          "to whom") \
	X("words",       "the sentence it was promised in, where it says more") \
	X("due",         "by when: weekday, day, month, year, hour and zone") \
	X("due_short",   "the same, short: Fri 4 Dec, 09:00") \
	X("remind",      "when it is reminded of next, likewise, where it was just logged") \
	X("due_note",    "how a date was read, where that was not plain") \
	X("day_holds",   "the day is full: how many promises it holds already, in words") \
	X("usual_days",  "how long such promises take in the median, in words, where the day leaves less") \
	X("usual_of",    "of how many") \
	X("better",      "a day that could rather be kept") \
	X("better_link", "mailto link: it is due then") \
	X("team_note",   "what becomes of the team that its address names") \
	X("due_error",   "why the words for a date were not understood") \
	X("late",        "it is past its time") \
	X("days_late",   "by how many days, in words") \
	X("due_used",    "the words that were read in their place") \
	X("due_said",    "the date that the sentence names, where the tag's is another day and stands") \
	X("unserved",    "options of the address that have no effect yet") \
	X("guessed",     "no sentence in it promises: it was only tagged") \
	X("alone",       "such a mail, to kept alone") \
	X("asked",       "such a mail, and it asks something") \
	X("first",       "no reminder of it went out before") \
	X("note",        "the newest note") \
	X("repeats",     "its cadence: every 2 weeks") \
	X("noreply",     "it is reminded of only where they do not answer") \
	X("seen",        "its delivery in the conversation is noticed: the owner's Sent folder is read") \
	X("closed",      "it is kept or called off") \
	X("waiting",     "it waits for a team or for the other person") \
	X("missing",     "each part that the message does not tell the other person; within it name and say") \
	X("name",        "of a part: what, who, when; of a usual address: its word") \
	X("say",         "a sentence to send, ready; of a usual address: what it does") \
	X("missing_any", "there is such a part") \
	X("link",        "mailto link: to send that sentence, or to answer that date; of a usual address: a mail to it") \
	X("due_tomorrow", "mailto link: it is due tomorrow") \
	X("due_friday",  "mailto link: it is due on Friday") \
	X("due_week",    "mailto link: it is due in a week") \
	X("offers",      "dates that may have been meant; within it label and link") \
	X("label",       "of such a date: its words") \
	X("first_id",    "the number of the first promise") \
	X("reply",       "the token address: links can be answered") \
	X("done",        "mailto link: it is done") \
	X("tomorrow",    "mailto link: remind me tomorrow") \
	X("week",        "mailto link: remind me in a week") \
	X("cancel",      "mailto link: call it off") \
	X("due_link",    "mailto link: another date, to be filled in") \
	X("what_link",   "mailto link: other words, to be filled in") \
	X("help",        "mailto link: help") \
	X("list",        "mailto link: all that is open") \
	X("undo",        "mailto link: take the last change back") \
	X("all_done",    "mailto link: all of them are done") \
	X("all_tomorrow", "mailto link: all of them tomorrow") \
	X("answer",      "what the owner's commands did, as a list") \
	X("headline",    "the same in a few words, for the subject") \
	X("unread",      "an answer that was not understood") \
	X("last",        "no other such answer is answered today") \
	X("calendar",    "calendar entries come along") \
	X("gap",         "kept was not running") \
	X("gap_from",    "since when") \
	X("gap_to",      "until when") \
	X("gap_long",    "how long, in words") \
	X("gap_some",    "something came due then") \
	X("gap_late",    "each promise that came due then; within it what") \
	X("held",        "each message that is held; within it held_id, from, held_subject, reason, at, accept") \
	X("held_one",    "one message is held") \
	X("held_count",  "how many") \
	X("held_team",   "it says that it is the answer of a team") \
	X("held_id",     "its number: h3") \
	X("from",        "its sender, as it claims") \
	X("held_subject", "its subject") \
	X("reason",      "why it is held") \
	X("at",          "when it came") \
	X("accept",      "mailto link: it is mine") \
	X("notice",      "what else the owner should know") \
	X("notice_subject", "its subject") \
	X("usual",       "each usual address; within it name, usual_address, say, link") \
	X("usual_address", "the address") \
	X("practice",    "mailto link: a promise to practise on") \
	X("called",      "how the person is called in a salutation; missing where no personal name is known") \
	X("pledge",      "the sentence it was promised in, else what was promised; it ends as a sentence does; missing to others where none promised") \
	X("promised",    "what was promised, without quotation marks") \
	X("topic",       "the same, to begin with: for a subject; missing where it is a sentence") \
	X("day",         "by when, as the reader's day: Friday 4 December, in their zone and language; missing where it is past") \
	X("late_day",    "the day it was due, where that is past") \
	X("made_day",    "the day it was promised, before today") \
	X("told_day",    "the day they were told before") \
	X("delivered_day", "the day it was delivered, before today") \
	X("points",      "what they wrote, at most three points of it; within it point") \
	X("point",       "a sentence of theirs") \
	X("points_any",  "there is one") \
	X("points_several", "there are more than one") \
	X("substance",   "the owner's own line") \
	X("resources",   "each piece of material; within it resource, about, resource_link, attached") \
	X("resource",    "its title") \
	X("about",       "a sentence about it") \
	X("resource_link", "its link") \
	X("attached",    "it is attached") \
	X("resources_any", "there is one") \
	X("resources_several", "there are more than one") \
	X("attached_any", "something is attached") \
	X("team",        "the team that was asked, without the word team") \
	X("with",        "to whom they are introduced") \
	X("interest",    "what they said that they want to hear of") \
	X("purpose",     "of a meeting: what it is about") \
	X("begins",      "when it begins, in the reader's zone: weekday, day, month, year, hour and zone") \
	X("begins_short", "the same, short: Fri 4 Dec, 09:00") \
	X("begins_owner", "the hour in the owner's zone, where that is another") \
	X("lasts",       "how long it is, in words") \
	X("again",       "how often it comes: every 3 months") \
	X("place",       "where it is") \
	X("meeting_link", "its link") \
	X("agenda",      "what is to be spoken of") \
	X("people",      "who else is invited") \
	X("is_invited",  "they are invited to it for the first time") \
	X("is_moved",    "it has another time than they were told") \
	X("was",         "when it was to begin before") \
	X("is_off",      "it is called off") \
	X("is_kept",     "the time that they proposed cannot be, it stays as it is") \
	X("is_planned",  "it takes place: invited or moved") \
	X("one_of",      "it is one of a series, and the others stay as they are") \
	X("needed",      "the day the owner needs it by from the team") \
	X("asked_day",   "the day the team was asked, before today") \
	X("needless",    "it is not needed from the team any more") \
	X("from_day",    "of a digest: since which day") \
	X("to_day",      "until which day") \
	X("promises",    "each promise in it; within it promised, to, day, owner, and what follows, to shared") \
	X("answered_day", "the day its team answered") \
	X("is_open",     "it is open") \
	X("is_delivered", "it was delivered") \
	X("is_cancelled", "it was called off") \
	X("shared_any",  "something was sent about it") \
	X("shared",      "each mail to others about it; within it shared_day, shared_kind, material") \
	X("shared_day",  "the day it left") \
	X("shared_kind", "what it was: Progress note") \
	X("material",    "the titles of the material in it") \
	X("briefs",      "each check-in that is proposed, or each person of a briefing, of which when, where and what for stand outside too; within it what follows, to agenda") \
	X("proposed_id", "its number, where there are several") \
	X("asked_for",   "the owner asked for the times; else the cadence did") \
	X("start",       "when it is: Fri 4 Dec, 09:00") \
	X("exchanged_day", "the day they were last heard from") \
	X("reasons_any", "something is on record that it could be about") \
	X("purpose_link", "mailto link: what it is for, to be filled in") \
	X("at_link",     "mailto link: another time, to be filled in") \
	X("call",        "the link of its conference") \
	X("establishing", "the contact is new") \
	X("developing",  "the contact is being built up") \
	X("maintaining", "the contact is an old one") \
	X("decides",     "how they decide") \
	X("expects",     "what they expect") \
	X("theirs",      "each thing that they promised; within it item and item_day") \
	X("exchanges",   "their last exchanges; within it item, item_day and channel") \
	X("interests",   "what they want to hear of; within it item and item_day, its end") \
	X("needs",       "what they need; within it item and item_day, when to look at it again") \
	X("fitting",     "each piece of material that fits; within it item and item_link") \
	X("works",       "what they work on; within it item and item_link") \
	X("insights",    "each thing learnt from them of which they have not heard what came of it; within it item and item_day") \
	X("insights_any", "there is one") \
	X("outcomes",    "each thing that they told before of which something came; within it item and outcome") \
	X("outcome",     "what came of it") \
	X("item",        "its words") \
	X("item_id",     "of an insight: its number, i3") \
	X("item_day",    "its day") \
	X("item_link",   "its link") \
	X("channel",     "by what: phone") \
	X("phone",       "their number") \
	X("slip",        "what there is to say, as a quotation") \
	X("spoke",       "mailto link: you spoke, with room for what was said") \
	X("met_day",     "the day they spoke") \
	X("met_today",   "that is today") \
	X("met",         "each person whom the owner met; within it name, address and meeting") \
	X("meeting",     "the title of the meeting, where their calendar says it") \
	X("met_any",     "there is one") \
	X("count_kept",  "of a week: how many were kept; where none was, this is missing") \
	X("kept_ones",   "each promise kept since the last review; within it, and within each list of promises that follows, to candidates, id, promised, to, day, delivered_day, team, note, days_late, done, week, due_link") \
	X("overdue",     "each that is past its time") \
	X("this_week",   "each that is due within a week") \
	X("with_teams",  "each that waits for a team") \
	X("with_others", "each that waits for the other person") \
	X("sent_ones",   "each that is delivered and not closed with them") \
	X("later_ones",  "each that is due later") \
	X("candidates",  "each mail that sounded like a promise; within it track and cancel too") \
	X("track",       "mailto link: it is a promise") \
	X("word",        "each mail to others that waits for the owner's word; within it, and within each list that follows, to ending, item, who, item_day and link") \
	X("unanswered",  "each question of theirs that nothing followed; link: it was answered") \
	X("invited_ones", "each person who was invited and has not answered") \
	X("suggested",   "each promise that should rather have another day: item_day; within it id and late_of too; link gives it that day") \
	X("suggested_any", "there is one") \
	X("fits",        "of a question of theirs: the title of approved material that bears on it") \
	X("fits_why",    "the words that it has in common with that") \
	X("late_of",     "of so many promises to them that came due none came by its day") \
	X("untold",      "each thing learnt whose outcome they have not heard") \
	X("unproven",    "each message that is held") \
	X("past_cadence", "each person whom the owner meant to have heard from") \
	X("returned",    "each address that mail came back from") \
	X("ending",      "material and interests that end within a month") \
	X("who",         "of such a line: whom it is about") \
	X("kept_ones_any", "there is one") \
	X("overdue_any", "there is one") \
	X("this_week_any", "there is one") \
	X("with_teams_any", "there is one") \
	X("with_others_any", "there is one") \
	X("sent_ones_any", "there is one") \
	X("later_ones_any", "there is one") \
	X("candidates_any", "there is one") \
	X("word_any",    "there is one") \
	X("theirs_any",  "there is one") \
	X("unanswered_any", "there is one") \
	X("invited_ones_any", "there is one") \
	X("needs_any",   "there is one") \
	X("untold_any",  "there is one") \
	X("unproven_any", "there is one") \
	X("past_cadence_any", "there is one") \
	X("returned_any", "there is one") \
	X("ending_any",  "there is one") \
	X("on_time",     "of the promises of twelve weeks, how many were delivered by their day: 11/13") \
	X("followed",    "likewise, how many were followed up and closed") \
	X("trust",       "T = R + F² of them") \
	X("due_today",   "of an agenda: each that is due today; within it, and within near_ones, what kept_ones has, and tomorrow") \
	X("near_ones",   "each that is due by the next working day, or is reminded of now") \
	X("answered_ones", "each promise about which somebody answered; within it, and within meetings, item, who, item_day, id and link") \
	X("meetings",    "each check-in of the day") \
	X("due_today_any", "there is one") \
	X("near_ones_any", "there is one") \
	X("answered_ones_any", "there is one") \
	X("meetings_any", "there is one") \
	X("today",       "the day") \
	X("missed_days", "the working days on which no agenda came") \
	X("challenge_day", "of a trust challenge that runs: which of its seven days it is") \
	X("so_far",      "of a challenge: it runs, and this is its report until now") \
	X("week_count",  "how many promises are of its week") \
	X("challenge_sent", "the numbers of those that are delivered and not followed up and closed yet") \
	X("challenge_late", "the numbers of those that are not delivered, and whose day is past") \
	X("challenge_missed", "its days on which no line came") \
	X("stop",        "mailto link: it ends") \
	X("is_report",   "it has ended: this is its report") \
	X("asks",        "… and its owner is asked for their thoughts") \
	X("followed_ones", "each promise of its week that was followed up and closed; within it, and within off_ones, what kept_ones has") \
	X("followed_ones_any", "there is one") \
	X("off_ones",    "each that was called off in time") \
	X("off_ones_any", "there is one") \
	X("start_again", "mailto link: another begins") \
	X("left_out",    "of a review, an agenda, the report of a challenge, a digest: how many there was no room for") \
	X("record_head", "the head of the record") \
	X("kind",        "what the mail is that waits for a word: Progress note") \
	X("approval_to", "to whom it would go") \
	X("why",         "what makes it") \
	X("rule",        "the setting that makes it") \
	X("findings",    "what a last look at it saw; within it finding") \
	X("finding",     "one such sentence") \
	X("findings_any", "there is one") \
	X("draft",       "the mail itself, as a quotation") \
	X("draft_to",    "its recipient's address") \
	X("draft_subject", "its subject") \
	X("draft_attached", "each file that goes with it; within it file") \
	X("draft_attached_any", "there is one") \
	X("more_drafts", "of several mails that wait together, each that says something else; within it draft, draft_to and draft_subject") \
	X("more_drafts_any", "there is one") \
	X("file",        "the name of such a file") \
	X("account",     "the owner's own account can send it") \
	X("send",        "mailto link: send it") \
	X("send_tomorrow", "mailto link: send it tomorrow at eight") \
	X("skip",        "mailto link: do not send it") \
	X("edit",        "mailto link: send it with other words") \
	X("edit_short",  "that link brings the text along") \
	X("open",        "mailto link: the mail itself, to be sent from the owner's own program") \
	X("open_short",  "that link brings the text along") \
	X("bcc",         "the address in BCC by which its sending is noticed") \
	X("note_link",   "mailto link: a line of substance, to be filled in") \
	X("title",       "the owner's title") \
	X("disclosure",  "the owner's disclosure line")

struct shipped {
	const char *name, *language, *file, *text;
};
extern const struct shipped shipped[];
extern const size_t shipped_count;

bool template_fill_text(struct pool *, const char *file, const char *text, const struct view *, struct line *subject,
			const char **markdown, struct err *);

#endif
