/* what `undo` takes back: the newest change, and a meeting as it was */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "borders/store.h"

#define OF_CHECKIN "{\"checkin\":" /* how the image of a meeting begins, and its number: JSON keeps the order */
#define OF_EXCHANGE "{\"exchange\":"
#define OF_INSIGHT "{\"insight\":"
#define OF_STAGE "{\"contact\":"

/* The number behind that; 0: it is the image of something else. */
static int64_t number_of(const char *image, const char *begin)
{
	return text_starts(image, begin) ? strtoll(image + strlen(begin), NULL, 10) : 0;
}

bool store_undoable(struct sql *q, struct pool *p, const char *owner, int64_t commitment, int64_t checkin, struct undoable *out,
		    bool *found, struct err *e)
{
	enum sql_query id = commitment ? SQL_EVENT_UNDOABLE_OF : checkin ? SQL_EVENT_UNDOABLE_CHECKIN : SQL_EVENT_UNDOABLE;
	const char *image = pool_print(p, OF_CHECKIN "%lld,%%", (long long)checkin);

	if (!(checkin && !commitment ? sql_query(q, id, e, SQL_VALUES(sql_t(owner), sql_t(image)))
				     : sql_query(q, id, e, SQL_VALUES(commitment ? sql_i(commitment) : sql_t(owner)))))
		return false;
	*found = sql_row(q, id);
	if (*found)
		*out = (struct undoable){ .event = sql_int(q, id, 0),
					  .commitment = sql_int(q, id, 1),
					  .word = sql_text(q, id, 2, p),
					  .image = sql_text(q, id, 3, p) };
	if (!sql_end(q, id, e))
		return false;
	if (*found) {
		out->checkin = number_of(out->image, OF_CHECKIN);
		out->exchange = number_of(out->image, OF_EXCHANGE);
		out->insight = number_of(out->image, OF_INSIGHT);
		out->contact = number_of(out->image, OF_STAGE);
	}
	return true;
}

char *store_image_exchange(struct pool *p, int64_t id)
{
	return pool_print(p, OF_EXCHANGE "%lld}", (long long)id);
}

char *store_image_insight(struct pool *p, int64_t id)
{
	return pool_print(p, OF_INSIGHT "%lld}", (long long)id);
}

char *store_image_stage(struct pool *p, const struct contact *c)
{
	return pool_print(p, OF_STAGE "%lld,\"stage\":\"%s\"}", (long long)c->id, contact_stage_name(c->stage));
}

bool store_image_stage_back(struct pool *p, const char *image, struct contact *c, struct err *e)
{
	json_t *j = json_loads(image, JSON_REJECT_DUPLICATES, NULL);
	const char *stage = pool_copy(p, json_string_value(json_object_get(j, "stage")) ? json_string_value(json_object_get(j, "stage")) : "?");

	json_decref(j);
	return (!*stage && (c->stage = CONTACT_STAGE_UNKNOWN, true)) || contact_stage_from(stage, &c->stage) || err_perm(e, "the stage of before cannot be read");
}

static json_t *people_of(const struct checkin *c)
{
	json_t *list = json_array();

	for (size_t i = 0; i < c->attendee_count; i++) {
		const struct checkin_attendee *a = &c->attendees[i];

		json_array_append_new(list, json_pack("[s s I s i I s I i]", a->name, a->address, (json_int_t)a->recurrence,
						      partstat_name(a->partstat), a->answered_sequence, (json_int_t)a->answered,
						      a->delegated_to, (json_int_t)a->counter, a->counter_minutes));
	}
	return list;
}

/* What they say in their answers is theirs, and is not in the record. */
char *store_image_checkin(struct pool *p, const struct checkin *c, bool waits, int64_t mail)
{
	json_t *exceptions = json_array(), *j;
	char *s, *out;

	for (size_t i = 0; i < c->exception_count; i++)
		json_array_append_new(exceptions, json_pack("[I I]", (json_int_t)c->exceptions[i].recurrence,
							    (json_int_t)c->exceptions[i].start));
	j = json_pack("{s:I s:s s:i s:I s:I s:i s:s s:s s:s s:s s:s s:i s:b s:I s:o s:o}", "checkin", (json_int_t)c->id, "state",
		      checkin_state_name(c->state), "sequence", c->sequence, "stamp", (json_int_t)c->stamp, "start",
		      (json_int_t)c->start, "minutes", c->minutes, "rrule", c->rrule, "purpose", c->purpose, "agenda", c->agenda,
		      "link", c->link, "place", c->place, "entry", c->entry, "waits", waits, "mail", (json_int_t)mail, "people", people_of(c), "exceptions",
		      exceptions);
	s = j ? json_dumps(j, JSON_COMPACT) : NULL;
	out = pool_copy(p, s ? s : "");
	free(s);
	json_decref(j);
	return out;
}

static void person_back(struct pool *p, json_t *v, struct checkin *c)
{
	struct checkin_attendee a = { .comment = "" }, *now;
	const char *name, *address, *partstat, *to;
	json_int_t recurrence, answered, counter;

	if (json_unpack(v, "[s s I s i I s I i]", &name, &address, &recurrence, &partstat, &a.answered_sequence, &answered, &to,
			&counter, &a.counter_minutes) != 0 ||
	    !partstat_from(partstat, &a.partstat))
		return;
	now = checkin_attendee(c, address, recurrence);
	if (now && now->answered > answered)
		return; /* they have answered since */
	a.name = pool_copy(p, name), a.address = pool_copy(p, address), a.delegated_to = pool_copy(p, to);
	a.recurrence = recurrence, a.answered = answered, a.counter = counter;
	if (now)
		a.comment = now->comment, *now = a;
	else
		*(struct checkin_attendee *)pool_more(p, &c->attendees, c->attendee_count++, sizeof a) = a;
}

bool store_image_checkin_back(struct pool *p, const char *image, struct checkin *c, bool *waits, int64_t *mail, struct err *e)
{
	json_t *j = json_loads(image, JSON_REJECT_DUPLICATES, NULL), *people, *exceptions;
	const char *state, *rrule, *purpose, *agenda, *link, *place;
	json_int_t stamp, start, recurrence, at, newest;
	struct checkin back = *c;
	int waited = 0;
	bool well = json_unpack(j, "{s:s s:i s:I s:I s:i s:s s:s s:s s:s s:s s:i s:b s:I s:o s:o}", "state", &state, "sequence",
				&back.sequence, "stamp", &stamp, "start", &start, "minutes", &back.minutes, "rrule", &rrule, "purpose",
				&purpose, "agenda", &agenda, "link", &link, "place", &place, "entry", &back.entry, "waits", &waited,
				"mail", &newest, "people", &people, "exceptions", &exceptions) == 0 &&
		    checkin_state_from(state, &back.state);

	if (well) {
		back.stamp = stamp, back.start = start;
		back.rrule = pool_copy(p, rrule), back.purpose = pool_copy(p, purpose), back.agenda = pool_copy(p, agenda);
		back.link = pool_copy(p, link), back.place = pool_copy(p, place);
		back.exceptions = NULL, back.exception_count = 0;
		for (size_t i = 0; i < json_array_size(people); i++)
			person_back(p, json_array_get(people, i), &back);
		for (size_t i = 0; i < json_array_size(exceptions); i++)
			if (json_unpack(json_array_get(exceptions, i), "[I I]", &recurrence, &at) == 0)
				*(struct checkin_exception *)pool_more(p, &back.exceptions, back.exception_count++,
								       sizeof *back.exceptions) =
					(struct checkin_exception){ recurrence, at };
		*c = back;
		*waits = waited, *mail = newest;
	}
	json_decref(j);
	return well || err_perm(e, "the record's image of check-in %lld cannot be read", (long long)c->id);
}
