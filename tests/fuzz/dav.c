/* davxml_read() takes anything, and so does ical_task_write() for what lies there. */
#include <string.h>

#include "letters/davxml.h"
#include "letters/ical_task.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct task_said said = { .kind = TASK_TODO, .uid = "u", .summary = "s", .description = "", .object = "", .due = 1922364000, .moved = true };
	static const struct task_said event = { .kind = TASK_EVENT, .uid = "u", .summary = "s", .description = "", .object =
		"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:20301201T100000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\n"
		"RECURRENCE-ID:20301202T100000Z\r\nDTSTART:20301203T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n" };
	struct pool *p = pool_new();
	struct text *t = text_new(p, 32 << 20);
	struct dav_answer a, again;
	struct task task;
	const char *text;

	davxml_read(p, (const char *)data, n, &a);
	dav_pack(t, &a);
	if (!t->cut && !dav_unpack(p, t->s, t->n, &again, NULL))
		__builtin_trap();
	text = ical_task_write(p, &said, (const char *)data, n);
	ical_task(p, text, strlen(text), &task);
	if (!*task.broken && (task.kind != TASK_TODO || task.done))
		__builtin_trap();
	text = ical_task_write(p, &event, (const char *)data, n);
	ical_task(p, text, strlen(text), &task);
	if (!*task.broken && (task.kind != TASK_EVENT || task.due != 1922349600))
		__builtin_trap();
	pool_end(&p);
	return 0;
}
