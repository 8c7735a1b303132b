/* What stands in the text of a report: addresses, and how surely each is one that failed; codes; where the original begins. */
#include "judgement/understand_bounce_inner.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { LINES_MOST = 2000 };

/* ---- whom it names ---- */

bool address_is_role(const char *address)
{
	static const char *const roles[] = {
		"mailer-daemon@", "postmaster@", "mailerdaemon@", "mail-daemon@", "abuse@", "support@", "helpdesk@",
		"help@", "admin@", "hostmaster@", "noc@", "info@postmaster", NULL
	};

	for (size_t i = 0; roles[i]; i++)
		if (text_starts(address, roles[i]))
			return true;
	return false;
}

bool address_is_list_role(const char *address)
{
	static const char *const ends[] = {
		"-owner", "-request", "-admin", "-bounces", "-help", "-ctl", "-subscribe", "-unsubscribe", "-leave",
		"-join", NULL
	};
	size_t n = strcspn(address, "@");

	for (size_t i = 0; ends[i]; i++)
		if (n > strlen(ends[i]) && strncasecmp(address + n - strlen(ends[i]), ends[i], strlen(ends[i])) == 0)
			return true;
	return false;
}

static bool is_field_line(const char *line, bool *strong)
{
	static const char *const names[] = {
		"Received:", "Return-Path:", "From:", "Message-ID:", "DKIM-Signature:", "Delivered-To:", "X-Mailer:",
		"To:", "Subject:", "Date:", "MIME-Version:", "Content-Type:", "Reply-To:", "Cc:", "Sender:",
		"Content-Transfer-Encoding:", "User-Agent:", NULL
	};

	for (size_t i = 0; names[i]; i++)
		if (text_starts(line, names[i])) {
			*strong |= i < 7;
			return true;
		}
	return false;
}

/* The end of what the mail system wrote: the copy of the original begins. */
size_t report_end(const char *s)
{
	static const char *const marks[] = {
		"below this line is a copy", "this is a copy of", "original message", "original mail as follows",
		"possibly truncated original message", "unsent message", "message header", "returned message",
		"original headers", "original header",
		"this is the original message", "headers of the message", "header of the original message",
		"the header and top", "the header of the original", "header follows", "copy of your message",
		"undelivered message follows", "message d'origine", NULL
	};
	const char *nl;
	size_t lines = 0;

	for (const char *line = s; *line && lines < LINES_MOST; line = nl + 1, lines++) {
		char head[120];
		size_t n, fields = 0;
		bool strong = false;
		const char *at = line;

		nl = strchr(line, '\n');
		if (!nl)
			nl = line + strlen(line);
		n = (size_t)(nl - line) < sizeof head - 1 ? (size_t)(nl - line) : sizeof head - 1;
		memcpy(head, line, n);
		head[n] = '\0';
		for (size_t i = 0; line > s && marks[i]; i++) /* a line of its own, not a sentence about it */
			if (text_starts(head + strspn(head, " \t-*=#|>_<\""), marks[i]))
				return (size_t)(line - s);
		/* three fields of an original in a row */
		while (fields < 3 && is_field_line(at, &strong)) {
			fields++;
			do { /* over the folded lines */
				at = strchr(at, '\n');
				at = at ? at + 1 : "";
			} while (*at == ' ' || *at == '\t');
		}
		if (fields == 3 && strong)
			return (size_t)(line - s);
		if (!*nl)
			break;
	}
	return strlen(s);
}

/* Lower case, of the line up to the address, without what stands around it. */
static void words_before(const char *s, size_t at, char *out, size_t room)
{
	size_t from = at, n;

	while (from > 0 && s[from - 1] != '\n' && at - from < room - 1)
		from--;
	n = at - from;
	memcpy(out, s + from, n);
	while (n && strchr(" \t<:=\"'([;*|", out[n - 1]))
		n--;
	out[n] = '\0';
	for (char *c = out; *c; c++)
		*c = (char)tolower((unsigned char)*c);
}

/* The bytes of the longest one that the text ends in. */
static size_t ends_in(const char *s, const char *const *list)
{
	size_t n = strlen(s), longest = 0;

	for (size_t i = 0; list[i]; i++) {
		size_t k = strlen(list[i]);

		if (n >= k && k > longest && strcmp(s + n - k, list[i]) == 0 &&
		    (n == k || !isalpha((unsigned char)s[n - k - 1])))
			longest = k;
	}
	return longest;
}

static bool classify(const char *s, size_t at, enum certainty *out)
{
	static const char *const others[] = {
		"message-id", "message id", "envelope-from", "sender", "from", "reply-to", "contact",
		"e-mail", "by", "postmaster", "forward", "write to", "id", "please email", "von", "in-reply-to",
		"references", "return-path", "mail to", "please contact", "list-unsubscribe", "generated from",
		"expanded from", "x-original-to", NULL
	};
	static const char *const labels[] = {
		"final-recipient: rfc822", "final-recipient:rfc822", "original-recipient: rfc822",
		"recipient address", "failed recipient", "recipient", "recipients", "rcpt to", "delivered to",
		"deliver to", "delivering your mail to", "deliver mail to", "delivering mail to",
		"deliver your message to", "delivering your message to",
		"delivery to", "send to", "sent to", "your message to", "message to", "mail for",
		"following message to", "undeliverable to", "rejected recipient", "returned permanent errors",
		"unknown user", "user unknown", "no such user", "invalid address", "invalid recipient",
		"failed address", "address", "user", "empfanger", "destinataire", "destinatario",
		"x-failed-recipients", NULL
	};
	static const char *const links[] = { "mailto", NULL };
	char whole[100], before[100];
	size_t other, label;

	words_before(s, at, whole, sizeof whole); /* "Vera<mailto:vera@…>": what stands before the link says whose it is */
	words_before(whole, strlen(whole) - ends_in(whole, links), before, sizeof before);
	other = ends_in(before, others);
	label = ends_in(before, labels);
	if (other && other >= label)
		return false;
	*out = label ? LABELLED : NAMED;
	if (*out == NAMED) {
		const char *c = before;

		while (*c && strchr(" \t<>\"'*-|.0123456789#", *c)) /* "550 <ada@…>", "- ada@…" */
			c++;
		if (!*c)
			*out = LEADING;
	}
	return true;
}

size_t candidates_find(struct thinking *t, const char *s, size_t n, struct candidate *out)
{
	size_t count = 0;

	for (const char *at = memchr(s, '@', n); at &&
		    count < CANDIDATES_MOST; at = memchr(at + 1, '@', n - (size_t)(at + 1 - s))) {
		const char *from = at, *end = at + 1;
		enum certainty certainty;
		char *a;

		while (from > s && !strchr(" \t\r\n<>(),;:\"'[]", from[-1]) && at - from < 200)
			from--;
		while (end < s + n && end - at < 255) {
			const char *next = end;
			uint32_t c = utf8_next(&next, s + n);

			/* RFC 6531 domains, but not the punctuation or the Chinese that follows without a blank */
			if (!(c < 0x80 ? isalnum((int)c) || c == '.' || c == '-' || c == '_' : c >= 0xC0 && c < 0x530))
				break;
			end = next;
		}
		while (end > at + 1 && (end[-1] == '.' || end[-1] == '-'))
			end--;
		a = addr_clean(t->p, pool_slice(t->p, from, (size_t)(end - from)));
		if (strncmp(end, " <", 2) == 0) /* a display name that looks like an address */
			continue;
		if (a && addr_valid(a) && classify(s, (size_t)(from - s), &certainty))
			out[count++] = (struct candidate){ a, certainty };
	}
	return count;
}

/* ---- statuses ---- */

/* RFC 3463 codes in a text: "5.1.1", not part of a longer number (an IP address, a version). */
const char *status_in(struct pool *p, const char *s, size_t n)
{
	for (size_t i = 0; i + 4 < n; i++) {
		size_t k = i + 1, parts = 1;

		bool more = i >= 4 && s[i - 1] == '-' && s[i - 4] == s[i] && isdigit((unsigned char)s[i - 2]) &&
			isdigit((unsigned char)s[i - 3]);

		if ((s[i] != '5' && s[i] != '4') || (i && !more &&
			    (isalnum((unsigned char)s[i - 1]) || s[i - 1] == '.' || s[i - 1] == '-')))
			continue; /* more: "550-5.1.1 …", an answer of several lines */
		while (k < n && parts < 3 && s[k] == '.' && isdigit((unsigned char)s[k + 1])) {
			size_t d = 1;

			while (k + d < n && d <= 3 && isdigit((unsigned char)s[k + d]))
				d++;
			if (d > 4 || (parts == 1 && d > 2 + 1))
				break;
			k += d;
			parts++;
		}
		if (parts == 3 && !(k < n && (isalnum((unsigned char)s[k]) ||
			    (s[k] == '.' && k + 1 < n && isdigit((unsigned char)s[k + 1])))))
			return pool_slice(p, s + i, k - i);
	}
	return NULL;
}

/* An SMTP reply code: its class digit alone is known. */
const char *class_in(const char *s, size_t n)
{
	for (size_t i = 0; i + 3 <= n; i++)
		if ((s[i] == '5' || s[i] == '4') && isdigit((unsigned char)s[i + 1]) && s[i + 1] <= '7' &&
			    isdigit((unsigned char)s[i + 2]) &&
		    (i + 3 == n || strchr(" -,;:#)]\r\n.<\"'", s[i + 3])) &&
		    	(!i || strchr(" (\t\n:;[\"'<#>", s[i - 1])))
			return s[i] == '5' ? "5" : "4";
	return NULL;
}

/* Codes that name no reason: the text may hold a better one. */
bool status_is_vague(const char *status)
{
	static const char *const vague[] = { "4.0.0", "5.0.0", "4.4.7", "5.4.7", "5.5.0", NULL };
	bool is = !status[1];

	for (size_t i = 0; vague[i] && !is; i++)
		is = strcmp(status, vague[i]) == 0;
	return is;
}
