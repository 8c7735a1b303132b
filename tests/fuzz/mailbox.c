/* fuzz target: whatever an IMAP server sends, what the guard lets through does not crash the library that parses it
 *
 * clang -fsanitize=fuzzer,address with the objects of libkept.a; `make fuzz` */
#include <stdlib.h>
#include <string.h>

#include "borders/mailbox_inner.h"

struct talk {
	const uint8_t *bytes;
	size_t n, at;
	struct guard guard;
	bool dead;
};

static ssize_t next(mailstream_low *l, void *room, size_t n)
{
	struct talk *t = l->data;
	size_t take = t->n - t->at < n ? t->n - t->at : n;

	if (t->dead || !take)
		return -1;
	if (take > 7) /* in small pieces, as a network does */
		take = 7;
	memcpy(room, t->bytes + t->at, take);
	t->at += take;
	t->dead = guard_see(&t->guard, room, take, 1 << 20) != NULL;
	return t->dead ? -1 : (ssize_t)take;
}

static ssize_t swallow(mailstream_low *l, const void *bytes, size_t n)
{
	(void)l;
	(void)bytes;
	return (ssize_t)n;
}

static int nothing(mailstream_low *l)
{
	(void)l;
	return 0;
}

static void end(mailstream_low *l)
{
	free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static mailstream_low_driver driver = { .mailstream_read = next, .mailstream_write = swallow, .mailstream_close = nothing,
	                                        .mailstream_get_fd = nothing, .mailstream_free = end };
	struct talk t = { .bytes = bytes, .n = n };
	struct mailbox m = { .gmail = true };
	struct pool *p = pool_new();
	struct mailimap_response *r;
	int rc = 0;

	guard_begin(&t.guard);
	m.imap = mailimap_new(0, NULL);
	m.stream = mailstream_new(mailstream_low_new(&t, &driver), 4096);
	m.imap->imap_selection_info = mailimap_selection_info_new();
	rc = mailimap_connect(m.imap, m.stream);
	for (int tag = 1; rc >= 0 && rc <= 2 && tag < 6; tag++) {
		m.imap->imap_tag = tag;
		if (!mailimap_read_line(m.imap) || (rc = mailimap_parse_response(m.imap, &r)) != MAILIMAP_NO_ERROR)
			break;
		mailimap_response_free(r);
		for (clistiter *i = clist_begin(m.imap->imap_response_info->rsp_fetch_list); i; i = clist_next(i)) {
			struct fetched f;

			fetched_read(&m, p, clist_content(i), &f);
			if (f.section && f.section[f.section_length] != '\0') /* the string's end is ours to rely on */
				abort();
		}
	}
	mailstream_close(m.stream);
	m.imap->imap_stream = NULL;
	mailimap_free(m.imap);
	pool_end(&p);
	return 0;
}
