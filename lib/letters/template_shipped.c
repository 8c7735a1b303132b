/* The templates that come with kept, built in from conf/templates/NAME.LANG.md. */
#include "letters/template_inner.h"

#define EACH(X, lang) \
	X(welcome, lang) X(acknowledgement, lang) X(reminder, lang) X(approval, lang) X(notice, lang) \
	X(receipt, lang) X(progress, lang) X(delay, lang) X(delivery, lang) X(aftercare, lang) X(share, lang) \
	X(introduction, lang) X(invitation, lang) X(request, lang) X(nag, lang) X(thanks, lang) X(digest, lang) \
	X(proposal, lang) X(briefing, lang) X(recap, lang) X(sweep, lang) X(review, lang) X(agenda, lang) X(challenge, lang)
#define SHIPPED(X) EACH(X, en) EACH(X, de) EACH(X, fr) EACH(X, es)

#define X(name, lang) \
	extern const char template_##name##_##lang[]; \
	__asm__(".section .rodata\n" \
		"template_" #name "_" #lang ":\n.incbin \"conf/templates/" #name "." #lang ".md\"\n.byte 0\n" \
		".previous\n");
SHIPPED(X)
#undef X

const struct shipped shipped[] = {
#define X(name, lang) { #name, #lang, "conf/templates/" #name "." #lang ".md", template_##name##_##lang },
	SHIPPED(X)
#undef X
};
const size_t shipped_count = sizeof shipped / sizeof *shipped;
