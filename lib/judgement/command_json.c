/* command - commands as JSON (RFC 8259), for people's scripts and for tests */
#include "judgement/command_inner.h"

static void string(struct text *t, const char *s)
{
	text_char(t, '"');
	for (; *s; s++)
		if (*s == '"' || *s == '\\')
			text_print(t, "\\%c", *s);
		else if (*s == '\n')
			text_add(t, "\\n");
		else if (*s == '\t')
			text_add(t, "\\t");
		else if ((unsigned char)*s < ' ' || *s == 0x7f)
			text_print(t, "\\u%04x", (unsigned)(unsigned char)*s);
		else
			text_char(t, *s);
	text_char(t, '"');
}

static void pair(struct text *t, const char *name, const char *value)
{
	if (!value)
		return;
	text_print(t, ", \"%s\": ", name);
	string(t, value);
}

static void numbers(struct text *t, const char *name, const int64_t *list, size_t n)
{
	if (!n)
		return;
	text_print(t, ", \"%s\": [", name);
	for (size_t i = 0; i < n; i++)
		text_print(t, "%s%lld", i ? ", " : "", (long long)list[i]);
	text_char(t, ']');
}

void command_json(struct text *t, const struct commands *l)
{
	text_char(t, '[');
	for (size_t i = 0; i < l->n; i++) {
		const struct command *c = &l->list[i];

		text_print(t, "%s{\"cmd\": \"%s\"", i ? ", " : "", command_word(c->verb));
		if (c->verb == COMMAND_ERROR && c->of != COMMAND_UNKNOWN)
			pair(t, "of", command_word(c->of));
		if (c->all)
			pair(t, "ids", "all");
		else
			numbers(t, "ids", c->ids, c->id_count);
		numbers(t, "held", c->held, c->held_count);
		pair(t, "who", c->who);
		pair(t, "team", c->team);
		pair(t, "arg", c->arg);
		pair(t, "text", c->text);
		pair(t, "when", c->when);
		pair(t, "code", c->code);
		if (c->near) {
			text_add(t, ", \"near\": [");
			for (size_t k = 0; c->near[k]; k++) {
				text_add(t, k ? ", " : "");
				string(t, c->near[k]);
			}
			text_char(t, ']');
		}
		text_char(t, '}');
	}
	text_char(t, ']');
}
