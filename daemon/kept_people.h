/* kept_people - what the subcommands about persons share */
#ifndef KEPT_DAEMON_KEPT_PEOPLE_H
#define KEPT_DAEMON_KEPT_PEOPLE_H

#include "borders/store.h"
#include "daemon/kept_ledger.h"
#include "daemon/kept_table.h"

/* A person, and what follows from what is noted. */
struct people_page {
	struct card card;          /* interests that have ended are left out */
	utc last;                  /* when they last heard from each other; 0: never */
	enum contact_stage next;   /* that the record speaks for; UNKNOWN: none */
	const char *why;
};

bool people_page(struct ledger *, const struct contact *, size_t exchanges, struct people_page *out, struct err *);
json_t *people_json(struct ledger *, const struct people_page *);
bool people_checkins(struct ledger *, const struct strings *with, json_t *out, struct err *e); /* meetings with these addresses */
bool people_theirs(struct ledger *, const struct strings *from, json_t *out, struct err *); /* what these addresses owe, into the array */

/* With whom a check-in is due (kept_due.c). */
bool people_due(struct ledger *, struct err *);

/* They have too many of that list: always false. */
bool people_full(const struct contact *, enum card_list, struct err *);
/* `kept touch`, `met`, `insight`, and `note` of a person: `ADDRESS …`. */
int people_say(struct call *, enum command_verb, const char *help);
/* `kept contact erase ADDRESS` (kept_erase.c). */
int people_erase(struct call *);
/* `kept contacts import FILE`, `export`: the ledger's arguments are read. */
int people_import(struct call *, struct ledger *);
int people_export(struct call *, struct ledger *);

#endif
