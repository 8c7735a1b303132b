#include "ground/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A text cut in the middle of a UTF-8 character loses that character's head too. */
static void whole(char *s, size_t room)
{
	size_t n = strlen(s), i = n;

	if (n + 1 < room)
		return;
	while (i > 0 && ((unsigned char)s[i - 1] & 0xC0) == 0x80)
		i--;
	if (i > 0 && (unsigned char)s[i - 1] >= 0xC0)
		s[i - 1] = '\0';
}

static bool set(struct err *e, enum err_kind kind, const char *code, const char *format, va_list a)
{
	char text[sizeof e->text];

	if (!e)
		return false;
	vsnprintf(text, sizeof text, format, a); /* `format` may be filled from e->text */
	whole(text, sizeof text);
	for (char *s = text; *s; s++) {
		if ((unsigned char)*s == 0xC2 && (unsigned char)s[1] >= 0x80 && (unsigned char)s[1] < 0xA0)
			s[0] = s[1] = ' '; /* U+0080 to U+009F are controls too: to a terminal U+009B is ESC [ */
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			*s = ' ';
	}
	e->kind = kind;
	snprintf(e->code, sizeof e->code, "%s", code);
	memcpy(e->text, text, sizeof text);
	return false;
}

#define SETTER(name, kind)                          \
	bool name(struct err *e, const char *format, ...) \
	{                                           \
		va_list a;                          \
		va_start(a, format);                \
		set(e, kind, "", format, a);        \
		va_end(a);                          \
		return false;                       \
	}
SETTER(err_temp, ERR_TEMP)
SETTER(err_perm, ERR_PERM)
SETTER(err_unsure, ERR_UNSURE)

bool err_code(struct err *e, const char *code, const char *format, ...)
{
	va_list a;

	va_start(a, format);
	set(e, ERR_PERM, code, format, a);
	va_end(a);
	return false;
}

bool err_at(struct err *e, const char *format, ...)
{
	char before[sizeof e->text], old[sizeof e->text];
	va_list a;

	if (!e)
		return false;
	va_start(a, format);
	vsnprintf(before, sizeof before, format, a);
	va_end(a);
	memcpy(old, e->text, sizeof old);
	snprintf(e->text, sizeof e->text, "%.500s: %.520s", before, old);
	whole(e->text, sizeof e->text);
	return false;
}
