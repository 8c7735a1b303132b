/* The boundary of a multipart, as libetpan asks for it: ours stands before its own.
 *
 * Debian 12's mailmime_extract_boundary() takes the quotes off by length alone: boundary="\"" copies -1 bytes and writes
 * past the heap. The library calls the function through its table of symbols, so that a visible one of the same name in
 * the program wins. In an archive it would not be pulled in, hence the Makefile links this object by name; without the
 * attribute -fvisibility=hidden would hide it and the library's would be back, silently. tests/mime.c proves it. */
#include <string.h>
#include <strings.h>

#include <libetpan/mailmime.h>

__attribute__((visibility("default"))) char *mailmime_extract_boundary(struct mailmime_content *content)
{
	clistiter *at = content && content->ct_parameters ? clist_begin(content->ct_parameters) : NULL;

	for (; at; at = clist_next(at)) {
		struct mailmime_parameter *q = clist_content(at);
		size_t n = strlen(q->pa_value);

		if (strcasecmp(q->pa_name, "boundary") != 0)
			continue;
		if (n >= 2 && q->pa_value[0] == '"' && q->pa_value[n - 1] == '"')
			return strndup(q->pa_value + 1, n - 2);
		return n ? strdup(q->pa_value) : NULL;
	}
	return NULL;
}
