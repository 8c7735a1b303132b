#include "ground/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static enum log_level most = LOG_LINE_INFO; /* set once, before threads */

void log_most(enum log_level l)
{
	most = l;
}

void log_line(enum log_level level, const char *word, const char *format, ...)
{
	char line[1500];
	int n, at;
	va_list a;
	struct tm tm;
	time_t t;

	if (level > most)
		return;
	if (getenv("JOURNAL_STREAM")) {
		n = snprintf(line, 200, "<%d>", (int)level);
	} else {
		t = time(NULL);
		gmtime_r(&t, &tm);
		n = (int)strftime(line, 40, "%Y-%m-%dT%H:%M:%SZ ", &tm);
	}
	at = n;
	n += snprintf(line + n, 200, "%s%s ", level <= LOG_LINE_ERROR ? "error: " : level == LOG_LINE_WARN ? "warning: " : "", word);
	va_start(a, format);
	n += vsnprintf(line + n, sizeof line - (size_t)n - 1, format, a);
	va_end(a);
	if (n > (int)sizeof line - 2)
		n = (int)sizeof line - 2;
	for (int i = at; i < n; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = ' ';
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, (size_t)n) < 0)
		return; /* nowhere left to say it */
}
