/* understand - what a message means
 *
 * Law:     pure. Same letter, place, known, conf and now: same meaning. First class that matches wins, in the order of
 *          the table. Every decision leaves a sentence in `why`.
 * Owns:    nothing; lives in the pool; the letter is borrowed.
 * Fails:   never: what cannot be understood is skipped or held, with a reason.
 * Manual:  kept(1) explain
 * Tests:   tests/understand.c
 */
#ifndef KEPT_JUDGEMENT_UNDERSTAND_H
#define KEPT_JUDGEMENT_UNDERSTAND_H

#include "judgement/command.h"
#include "judgement/deliver.h"
#include "judgement/proof.h"
#include "judgement/tag.h"
#include "judgement/vow.h"
#include "nouns/dossier.h"
#include "nouns/letter.h"

#define LETTER_CLASSES(X) \
	X(SEEN, "seen") X(LOOP, "loop") X(BOUNCE, "bounce") X(AUTO, "auto") X(CALENDAR, "calendar") X(HELD, "held") \
	X(COMMAND, "command") X(TEAM, "team") X(ANSWER, "answer") X(PROMISE, "promise") X(DELIVERY, "delivery") X(CANDIDATE, "candidate") X(SKIP, "skip")
#define X(id, name) CLASS_##id,
enum letter_class { LETTER_CLASSES(X) };
#undef X

enum due_from { DUE_FROM_ADDRESS, DUE_FROM_SUBJECT, DUE_FROM_BODY, DUE_FROM_SENTENCE, DUE_FROM_POLICY };
enum answer_weight { ANSWER_REAL, ANSWER_HOLDING, ANSWER_COURTESY };

struct promise {
	const char *what, *words;   /* words: the sentence, "" where there is none */
	utc due;
	const char *due_words;      /* as written, "" */
	const char *due_error;      /* "" or why the words were not understood: then due is the policy's */
	const char *due_code;       /* "" or the code of that error */
	const char *due_note;       /* "" or a remark */
	const char *due_said;       /* "" or the sentence's date, where a tag names another day and that stands */
	const char *note;           /* what else a note to kept alone says, "" */
	struct addrs to;            /* those of m->counterpart to whom it is made */
	const char *to_why;         /* "" or why it is not made to all of them, or could not be told */
	const char *every;          /* cadence words, "" */
	const char *rrule;          /* "" */
	enum due_from from;
	utc told;                   /* by when its sentence says it, whatever date a tag has: the end of a whole week; 0: it does not */
	const struct known_thread *renews; /* it is this promise of its conversation, said once more; NULL */
	double score;
	struct { bool what, who, when; } trust;
};

enum { DELIVERIES_MOST = 20 };

struct delivered {
	const struct known_thread *thread;
	struct deliver is;
};

struct meaning {
	enum letter_class class;
	const struct owner *owner;      /* whose matter it is; NULL: nobody's */
	struct proof proof;
	struct tag tag;                 /* tag.way TAG_NONE: untagged */
	struct promise *promises;
	size_t promise_count;
	struct addrs counterpart;
	const struct known_sent *sent;  /* the mail of kept's that it answers or reports on; NULL */
	const char *team;               /* TEAM: the address that was asked */
	const struct known_sent *settles; /* the draft of kept's that its owner sent with this message; NULL */
	bool changed;                   /* … with another text, or more files */
	const struct known_thread *thread; /* NULL */
	bool delivers;                  /* +done: this mail keeps the promise */
	struct delivered *deliveries;   /* the owner's message, judged for each promise of its conversation */
	size_t delivery_count;
	struct {
		struct strings recipients, statuses;
		const char *action, *of; /* "failed" or "delayed"; Message-ID */
	} bounce;
	struct {
		const char *kind;        /* "absence", "ticket", "gone", … */
		int32_t until; bool has_until; /* day of return … */
		bool last;               /* … or the last one of the absence: "through friday" */
	} automatic;
	struct {
		enum answer_weight weight;
		utc until; bool has_until; /* HOLDING: when they come back */
		bool unsure;               /* REAL: or is it? */
		bool asks;                 /* REAL: a team asks back; unsure: or is it thanks alone? */
	} answer;
	struct answered {
		bool ours;               /* CALENDAR: it is about a meeting that kept invited to */
		const struct known_checkin *of; /* who answers; NULL: nobody who was invited */
		const char *refused;     /* why it is not obeyed; NULL: it is */
	} checkin;
	struct commands commands;
	const char *held;               /* NULL, or "unproven: …", "unreadable: …" */
	bool safety;
	const char *safety_sentence;    /* as it was written */
	struct tale {                   /* what may tell of one anywhere in the letter: below its words too, where it may be quoted */
		const char *sentence;
		const char *mark;       /* the same wherever that sentence is quoted again */
	} *tales;
	size_t tale_count;
	const char *refusal;            /* the sentence in which another asks not to be written to; NULL: none does */
	enum sender sender;             /* whether who asks that is who they say */
	const char **why;
	size_t why_count;
};

void understand(struct pool *, const struct letter *, const struct place *, const struct known *, const struct conf *, utc now, struct meaning *out);
/* All that is built in for it, read once: for conf's `rules`. It stands while the pool does. */
void understand_rules(struct pool *, struct rules *out);
/* Is one of them delivered, or may be, or says "attached" and holds nothing? */
bool deliveries_any(const struct meaning *);
const char *letter_class_name(enum letter_class);
/* The object of `kept explain --json`. */
void understand_json(struct text *out, const struct letter *, const struct meaning *);

#endif
