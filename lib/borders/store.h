/* store - nouns in and out of the database
 *
 * Law:     rows only, no decisions. What changes a row is called inside a transaction.
 * Owns:    what is read lives in the pool handed in; owners and policies are borrowed from conf.
 * Fails:   as sql does. An owner that the configuration no longer names: its rows stay, and are passed over.
 * Tests:   tests/work.c, tests/commitments.c each column of a commitment
 */
#ifndef KEPT_BORDERS_STORE_H
#define KEPT_BORDERS_STORE_H

#include "borders/sql.h"
#include "judgement/score.h"
#include "letters/tail.h"
#include "nouns/busy.h"
#include "nouns/checkin.h"
#include "nouns/card.h"
#include "nouns/dossier.h"
#include "nouns/letter.h"
#include "nouns/resource.h"
#include "nouns/agenda.h"
#include "nouns/challenge.h"
#include "nouns/review.h"

/* ---- folders: how far each was read ---- */
struct folder_mark {
	uint32_t uidvalidity, next_uid;
	uint64_t modseq;
	utc read_at; /* when it was last read; set by store_folder_set */
};
bool store_folder(struct sql *, const char *mailbox, const char *folder, struct folder_mark *out, bool *found, struct err *);
bool store_folder_set(struct sql *, const char *mailbox, const char *folder, const struct folder_mark *, utc now, struct err *);

/* ---- letters ---- */
struct letter_row {
	int64_t id;
	const char *owner, *class, *digest; /* owner "": nobody's */
	bool in_sent;
};
/* Those of that Message-ID, then those of that digest ("": none is asked for). */
bool store_letters(struct sql *, struct pool *, const char *message_id, const char *digest, struct letter_row **out, size_t *n, struct err *);
/* The tag in its subject; has a letter of that Message-ID this one? */
bool store_letter_tag(struct sql *, int64_t id, const char *tag, struct err *);
bool store_letter_tagged(struct sql *, const char *message_id, const char *tag, bool *is, struct err *);
bool store_letter_add(struct sql *, const char *owner, const char *message_id, const char *class, const char *digest, bool in_sent, utc now, int64_t *id, struct err *);
bool store_letter_set(struct sql *, int64_t id, const char *owner, const char *class, bool in_sent, struct err *);
bool store_letter_digest(struct sql *, int64_t id, const char *digest, struct err *);
bool store_place(struct sql *, const char *mailbox, const struct place *, int64_t *letter, bool *found, struct err *);
bool store_place_add(struct sql *, const char *mailbox, const struct place *, int64_t letter, bool settled, struct err *);
bool store_unsettled(struct sql *, struct pool *, const char *mailbox, const char *folder, uint32_t uidvalidity, uint32_t **uids, size_t *n, struct err *);
bool store_place_settle(struct sql *, const char *mailbox, const char *folder, uint32_t uidvalidity, uint32_t uid, struct err *);

/* What the ledger knows of a letter: its threads, the mail of kept's that it answers. `seen` is left false: intake decides. */
bool store_known(struct sql *, struct pool *, const struct conf *, const struct letter *, struct known *out, struct err *);

bool store_tail(struct sql *, struct pool *, const char *sender, struct tail *out, struct err *); /* none: no marks, 0 letters */
bool store_tail_set(struct sql *, const char *sender, const struct tail *, struct err *);

/* ---- commitments ---- */
bool store_commitment_add(struct sql *, struct commitment *, utc answered, struct err *); /* sets id */
bool store_commitment(struct sql *, struct pool *, const struct conf *, int64_t id, struct commitment *out, utc *answered, bool *found, struct err *);
/* Writes what can change; PERM where another process was faster (version). */
bool store_commitment_save(struct sql *, struct commitment *, utc answered, struct err *);
bool store_commitment_to(struct sql *, int64_t id, const struct addrs *, struct err *);
bool store_thread_add(struct sql *, int64_t id, const char *message_id, struct err *);
/* Those that are closed, of the conversation which that message belongs to: the newest. */
bool store_closed_of(struct sql *, struct pool *, const char *message_id, int64_t **ids, size_t *n, struct err *);
/* What a review that looks back until `since` tells of (review.h): promises; and the lines of other lists, of what ends until `till`. */
bool store_review(struct sql *, struct pool *, const struct conf *, const struct owner *, utc since, struct commitment **out, size_t *n, struct err *);
bool store_review_lines(struct sql *, struct pool *, const char *owner, struct review *, utc till, struct err *);
/* What an agenda tells beside the promises that are due: mail that waits for a word, answers. */
bool store_agenda_lines(struct sql *, struct pool *, const char *owner, struct agenda *, struct err *);
/* Every promise of its owner but candidates, as score.h counts them, by number. */
bool store_score(struct sql *, struct pool *, const struct conf *, const struct owner *, struct score_track **out, size_t *n, struct err *);
bool store_commitments(struct sql *, struct pool *, const struct conf *, const struct owner *, bool all, struct commitment **out, size_t *n, struct err *);
bool store_of_letter(struct sql *, struct pool *, int64_t letter, int64_t **ids, size_t *n, struct err *);
bool store_dossier(struct sql *, struct pool *, const struct conf *, int64_t id, struct dossier *out, bool *found, struct err *);
/* `detail` of the event that makes it, with the digest of what is never changed in it: request, words, Message-ID; and that digest. */
const char *store_sealed(struct pool *, const struct commitment *, const char *detail);
const char *store_seal(struct pool *, const struct commitment *);
/* Commitments to look at now, the longest waiting first. */
bool store_due(struct sql *, struct pool *, utc now, size_t most, int64_t **ids, size_t *n, struct err *);
bool store_due_next(struct sql *, utc *at, struct err *); /* 0: none */
bool store_look(struct sql *, int64_t id, utc at, struct err *);
bool store_look_all(struct sql *, const char *owner, utc at, struct err *); /* every live one of that owner */
/* The commitment as one line of JSON, for `undo`; and back onto it. */
char *store_image(struct pool *, const struct commitment *);
bool store_image_back(struct pool *, const char *image, struct commitment *, struct err *);
/* What `undo` takes back: the newest change of an owner's that was not yet; of one promise, or of one meeting (else 0). */
struct undoable {
	int64_t event, commitment;
	int64_t checkin, exchange, insight, contact; /* of which it is; 0. contact: whose stage */
	const char *word, *image;
};
bool store_undoable(struct sql *, struct pool *, const char *owner, int64_t commitment, int64_t checkin, struct undoable *, bool *found, struct err *);
/* A meeting as it is, whether mail about it waits, and the newest of that; and back onto it: who has answered since has. An exchange or
 * an insight that was noted; the stage that somebody had. */
char *store_image_checkin(struct pool *, const struct checkin *, bool waits, int64_t mail);
bool store_image_checkin_back(struct pool *, const char *image, struct checkin *, bool *waits, int64_t *mail, struct err *);
char *store_image_exchange(struct pool *, int64_t id);
char *store_image_insight(struct pool *, int64_t id);
char *store_image_stage(struct pool *, const struct contact *);
bool store_image_stage_back(struct pool *, const char *image, struct contact *, struct err *);
bool store_exchange_drop(struct sql *, int64_t id, struct err *);
bool store_insight_drop(struct sql *, int64_t id, bool *told, struct err *); /* not once they heard what came of it */
/* The newest of a person's that says so. */
bool store_note_drop(struct sql *, int64_t contact, const char *text, struct err *);

/* a notice that somebody is away, or wants no more mail; behind it their number among the contacts */
#define WORD_ABSENT "absent "
#define WORD_UNWANTED "unwanted "
#define WORD_SILENT "silent"     /* a notice that a team does not answer: no other notice is one */
#define WORD_RECAP_DONE "done recap" /* of the question what was heard: it was answered, or none is wanted */
#define WORD_SKIP_ASKED "skip " /* before the kind that an approval asked for: the owner has nothing to say in it */

/* What the owner was asked of it and did not answer yet; NULL: nothing. */
bool store_asked(struct sql *, struct pool *, int64_t commitment, const char **asked, struct err *);

/* When that was written by which its day was last changed: what its event names behind DUE_SAID, else when that was read.
 * 0: the day is the first one. */
#define DUE_SAID ", written "
bool store_due_said(struct sql *, struct pool *, int64_t commitment, utc *, struct err *);

/* ---- contacts ---- */
/* Not noted: the defaults, with this address and name; erased: `never` besides. */
bool store_contact(struct sql *, struct pool *, const char *owner, const struct addr *, struct contact *out, bool *found, struct err *);
bool store_contact_of(struct sql *, struct pool *, const char *owner, int64_t id, struct contact *out, bool *found, struct err *);
/* All that are noted, without `bounced`: only store_contact() asks for that. */
bool store_contacts(struct sql *, struct pool *, const char *owner, struct contact **out, size_t *n, struct err *);
/* Every address that is noted, with its person's name. */
bool store_contact_known(struct sql *, struct pool *, const char *owner, struct addrs *out, struct err *);
bool store_contact_save(struct sql *, struct contact *, utc now, struct err *); /* id 0: adds it, and sets id */
/* By which that address is known again once it is erased. */
bool store_mark(struct sql *, struct pool *, const char *owner, const char *address, const char **out, struct err *);
/* The same as store_contact, and who is not noted is from now on: who was erased too, as one to whom nothing is written. */
bool store_contact_made(struct sql *, struct pool *, const char *owner, const struct addr *, struct contact *out, utc now, struct err *);
bool store_contact_addresses(struct sql *, struct pool *, const struct contact *, struct strings *out, struct err *); /* the first is shown */
bool store_contact_address(struct sql *, const struct contact *, const char *address, struct err *); /* one more; nobody has it */
/* `from` is read as `into` from now on, and so are those that were merged into it; the one that an address was first noted for is
 * a person of its own again (PERM: it is); the owner says that these two are not one. */
bool store_contact_merge(struct sql *, int64_t into, int64_t from, struct err *);
bool store_contact_part(struct sql *, const char *owner, const char *address, struct err *);
bool store_contact_apart(struct sql *, int64_t, int64_t, struct err *);

/* What is noted of a contact, by its id; what was noted of one merged into them is among it. Adding sets the id, but of an
 * exchange. */
bool store_need_add(struct sql *, struct need *, struct err *);
bool store_need_set(struct sql *, const struct need *, struct err *); /* its day to look, and its end */
bool store_needs(struct sql *, struct pool *, int64_t contact, struct need **out, size_t *n, struct err *); /* open ones */
bool store_needs_to_look(struct sql *, struct pool *, const char *owner, utc now, struct need **out, size_t *n, struct err *); /* open, their day has come */
bool store_exchange_add(struct sql *, struct exchange *, struct err *); /* a letter that is noted already is not again */
bool store_exchanges(struct sql *, struct pool *, int64_t contact, size_t most, struct exchange **out, size_t *n, struct err *); /* the newest first */
/* When they last heard from each other, either way, until now; 0: never. */
bool store_exchange_last(struct sql *, int64_t contact, utc now, utc *at, struct err *);
bool store_note_add(struct sql *, struct contact_note *, struct err *);
bool store_notes(struct sql *, struct pool *, int64_t contact, struct contact_note **out, size_t *n, struct err *); /* the newest first */
bool store_insight_add(struct sql *, struct insight *, struct err *);
bool store_insight_told(struct sql *, int64_t id, utc now, struct err *); /* they heard what came of it; 0: it is open again */
bool store_insights(struct sql *, struct pool *, int64_t contact, struct insight **out, size_t *n, struct err *); /* open ones first */
bool store_work_add(struct sql *, struct work *, struct err *);
bool store_work_drop(struct sql *, int64_t id, struct err *);
bool store_works(struct sql *, struct pool *, int64_t contact, struct work **out, size_t *n, struct err *); /* the newest first */
/* All of it, for a file or a page: as many exchanges as that. */
bool store_card(struct sql *, struct pool *, const struct contact *, size_t exchanges, struct card *out, struct err *);

/* What they want to hear of. A topic that they have already gets the new end. */
bool store_interest_add(struct sql *, struct pool *, struct interest *, bool *known, struct err *); /* sets id */
bool store_interest_close(struct sql *, int64_t id, utc now, struct err *);
bool store_interests(struct sql *, struct pool *, int64_t contact, struct interest **out, size_t *n, struct err *); /* not closed ones */
bool store_interests_live(struct sql *, struct pool *, utc now, struct interest **out, size_t *n, struct err *); /* of everybody */
/* Those that end until `till`, of which the owner was not asked yet whether they go on. */
bool store_interests_ending(struct sql *, struct pool *, const char *owner, utc now, utc till, struct interest **out, size_t *n, struct err *);

/* ---- check-ins (store_checkins.c) ---- */
bool store_checkin(struct sql *, struct pool *, int64_t id, struct checkin *out, bool *found, struct err *);
bool store_checkin_uid(struct sql *, struct pool *, const char *uid, struct checkin *out, bool *found, struct err *);
/* The newest that came of this promise and is not called off. */
bool store_checkin_of(struct sql *, struct pool *, int64_t commitment, struct checkin *out, bool *found, struct err *);
/* By start: those that begin at `from` or later, and each series that is not called off, which may have begun before. */
bool store_checkins(struct sql *, struct pool *, const char *owner, utc from, struct checkin **out, size_t *n, struct err *);
bool store_checkins_with(struct sql *, struct pool *, const char *owner, const char *address, struct checkin **out, size_t *n, struct err *);
bool store_checkin_save(struct sql *, struct checkin *, struct err *); /* with attendees and exceptions; id 0: adds it, and sets id */
/* The invitations to it that wait for a word or its time; or what left, or may have. */
bool store_checkin_mails(struct sql *, struct pool *, int64_t id, bool waiting, int64_t **ids, size_t *n, struct err *);

/* When the last one began that they had accepted; 0: none. Counts as an exchange. */
bool store_checkin_met(struct sql *, int64_t contact, utc now, utc *at, struct err *);

/* ---- what others owe the owner ---- */
struct theirs {
	int64_t id, commitment, letter; /* commitment 0: none; letter: in which they promised it */
	const char *owner, *address, *name, *what;
	utc until, at, closed;          /* until: the day they named; 0 none */
};
bool store_theirs_add(struct sql *, struct theirs *, struct err *); /* sets id */
bool store_theirs(struct sql *, struct pool *, const char *owner, struct theirs **out, size_t *n, struct err *); /* open ones, the nearest day first */
bool store_theirs_get(struct sql *, struct pool *, int64_t id, struct theirs *out, bool *found, struct err *);
bool store_theirs_close(struct sql *, const char *owner, int64_t id, utc now, struct err *); /* PERM: there is no open one */

/* ---- calendars (store_calendars.c) ---- */
struct calendar_row {
	const char *key, *address, *etag, *findings, *collection, *token, *why;
	utc read_at, until, failed, told;
};
/* None yet: an empty row of that key. */
bool store_calendar(struct sql *, struct pool *, const char *key, struct calendar_row *out, struct err *);
bool store_calendar_set(struct sql *, const struct calendar_row *, struct err *);
bool store_busy_set(struct sql *, const char *key, const struct busy *, struct err *); /* settled; instead of what was known */
bool store_busy_add(struct sql *, struct pool *, const char *key, utc from, utc till, struct busy *to, struct err *);
bool store_meetings_set(struct sql *, const char *key, const struct busy_meeting *, size_t n, struct err *); /* instead of what was known */
/* Adds whom its owner meets at what begins within that time (`begun`: or goes on then), but at check-ins of kept's; `titles`: of the meeting, one for each of `to`. */
bool store_meetings_met(struct sql *, struct pool *, const char *key, utc from, utc till, bool begun, struct addrs *to, const char ***titles,
			struct err *);
/* One thing of kept's in a collection: as it was when both sides were alike. */
struct calendar_object {
	const char *name, *etag, *what;
	const char *besides;         /* of a check-in: what lies there besides, as words (alike_checkin.c); "" */
	int64_t commitment, checkin; /* one of them; the other is 0 */
	utc due;                     /* or the start */
	bool done;
};
bool store_calendar_objects(struct sql *, struct pool *, const char *key, struct calendar_object **out, size_t *n, struct err *);
bool store_calendar_object_set(struct sql *, const char *key, const struct calendar_object *, struct err *);
bool store_calendar_object_drop(struct sql *, const char *key, const char *name, struct err *);
bool store_calendar_objects_drop(struct sql *, const char *key, struct err *); /* all */

/* ---- cadence, briefing, sweep (store_cadence.c) ---- */
/* Those that begin in that time, and all series. */
bool store_checkins_near(struct sql *, struct pool *, const char *owner, utc from, utc till, int64_t **ids, size_t *n, struct err *);
/* Was such a mail made about it since, or the question for it? */
bool store_checkin_mailed(struct sql *, int64_t checkin, const char *kind, utc since, bool *is, struct err *);
/* Whom a mail to an owner names: with a check-in that is proposed in it, or (0) as one whom they met. */
struct named {
	struct addr who;
	int64_t checkin;
};
bool store_named_add(struct sql *, int64_t outgoing, const struct addr *, int64_t checkin, struct err *);
bool store_named(struct sql *, struct pool *, int64_t outgoing, struct named **out, size_t *n, struct err *);
/* With whom the owner spoke in person in that time, as they noted it. */
bool store_met(struct sql *, struct pool *, const char *owner, utc from, utc till, struct addrs *out, struct err *);

/* ---- owners, held messages, beats, bounces ---- */
struct owner_row {
	utc welcomed, paused, held_told;
	utc proposed, swept; /* when check-ins were proposed last, and when they were asked whom they met */
	utc reviewed;        /* until when their newest review looked back */
	utc agenda;          /* when their newest morning was seen to: its agenda made, or not needed; 0: they have none */
};
bool store_owner(struct sql *, const char *owner, struct owner_row *out, struct err *);
bool store_owner_set(struct sql *, const char *owner, const struct owner_row *, struct err *);

/* The challenge that runs; and all, the newest first: as rows, not counted. Adding sets the id. */
bool store_challenge(struct sql *, struct pool *, const struct owner *, struct challenge *out, bool *found, struct err *);
bool store_challenges(struct sql *, struct pool *, const struct owner *, struct challenge **out, size_t *n, struct err *);
/* … whose report is in that mail. */
bool store_challenge_reported(struct sql *, struct pool *, const struct owner *, int64_t outgoing, struct challenge *out, bool *found,
			      struct err *);
bool store_challenge_add(struct sql *, struct challenge *, struct err *);
bool store_challenge_save(struct sql *, const struct challenge *, struct err *);

enum { HELD_SECONDS = 30 * 86400 };

struct held_row {
	int64_t id, letter;
	const char *owner, *reason, *sender, *subject, *mailbox, *folder;
	utc at, told;
	const void *facts; /* NULL where only listed */
	size_t n;
};
bool store_held_add(struct sql *, const struct held_row *, int64_t *id, struct err *);
bool store_held(struct sql *, struct pool *, const char *owner, struct held_row **out, size_t *n, struct err *);
bool store_held_get(struct sql *, struct pool *, int64_t id, struct held_row *out, bool *found, struct err *);
bool store_held_set(struct sql *, int64_t id, const char *state, struct err *);
/* Those that the owner heard of a month ago and let lie, and what else is that old; beyond `most`, the oldest that was told.
 * `room`: one more may be added. */
bool store_held_forget(struct sql *, const char *owner, int64_t most, utc now, bool *room, struct err *);
bool store_held_told(struct sql *, const char *owner, int64_t to, utc now, struct err *); /* those of this id and before */

bool store_beat(struct sql *, const char *name, utc now, const char *state, struct err *);
struct beat_row {
	const char *name, *state;
	utc at;
};
bool store_beats(struct sql *, struct pool *, struct beat_row **out, size_t *n, struct err *);
bool store_bounced_drop(struct sql *, const char *address, struct err *); /* mail goes there again */
bool store_bounced_set(struct sql *, const char *address, utc now, const char *status, struct err *);
/* A mail of that Message-ID came back, and has not been read yet: kept for a month. store_returned() hands it out, once. */
struct returned_row {
	const char *address, *status;
};
bool store_returned_add(struct sql *, const char *message_id, const char *address, utc now, const char *status, struct err *);
bool store_returned(struct sql *, struct pool *, const char *message_id, struct returned_row **out, size_t *n, struct err *);
bool store_count(struct sql *, enum sql_query, size_t n, const struct sql_value *, int64_t *out, struct err *); /* first column of the first row, 0 */
/* The first column of every row: numbers of promises, mails, held messages. */
bool store_ids(struct sql *, struct pool *, enum sql_query, size_t count, const struct sql_value *, int64_t **ids, size_t *n, struct err *);

/* ---- templates ---- */
/* Which of the owner's own are approved, as they are now: by the SHA-256 of their text, in the record. */
bool store_templates(struct sql *, struct conf *, struct err *);
/* Somebody approves it, in a transaction of its own. */
bool store_template_approve(struct sql *, const struct own_template *, const char *by, utc now, struct err *);
/* Who did, of the newest approval; "" nobody. */
bool store_template_approved(struct sql *, struct pool *, const struct own_template *, const char **by, utc *at, struct err *);

/* ---- resources ---- */
bool store_resource_add(struct sql *, struct resource *, struct err *); /* sets id */
bool store_resource_save(struct sql *, const struct resource *, struct err *);
bool store_resource(struct sql *, struct pool *, int64_t id, struct resource *out, bool *found, struct err *);
/* The one in use that has this file or link. */
bool store_resource_at(struct sql *, struct pool *, const char *file, const char *link, struct resource *out, bool *found, struct err *);
/* … or a file of these bytes. */
bool store_resource_same(struct sql *, struct pool *, const char *digest, struct resource *out, bool *found, struct err *);
bool store_resources(struct sql *, struct pool *, bool all, struct resource **out, size_t *n, struct err *);
/* Those that a mail holds, each with the digest of the file that is in it. */
bool store_resources_of(struct sql *, struct pool *, int64_t outgoing, struct resource **out, size_t *n, struct err *);
/* Those in use that have one of these words, or one that begins with it, at most 100. */
bool store_resources_search(struct sql *, struct pool *, const struct strings *words, struct resource **out, size_t *n, struct err *);

#endif
