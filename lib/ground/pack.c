#include "ground/pack.h"

#include <endian.h>
#include <string.h>

struct packer pack_from(struct pool *p, const void *bytes, size_t n)
{
	char *copy = pool_slice(p, bytes, n);

	return (struct packer){ .pool = p, .at = copy, .end = copy + n };
}

bool pack_whole(const struct packer *k, const char *what, size_t n, struct err *e)
{
	return (!k->bad && k->at == k->end) || err_perm(e, "%s damaged (%zu bytes)", what, n);
}

void walk_number(struct packer *k, uint64_t *v)
{
	uint64_t little;

	if (k->out) {
		little = htole64(*v);
		text_put(k->out, (const char *)&little, sizeof little);
		return;
	}
	if (k->bad || k->end - k->at < 8) {
		k->bad = true;
		*v = 0;
		return;
	}
	memcpy(&little, k->at, sizeof little);
	k->at += 8;
	*v = le64toh(little);
}

void walk_size(struct packer *k, size_t *v)
{
	uint64_t u = *v;

	walk_number(k, &u);
	*v = (size_t)u;
}

void walk_time(struct packer *k, utc *v)
{
	uint64_t u = (uint64_t)*v;

	walk_number(k, &u);
	*v = (utc)u;
}

void walk_int(struct packer *k, int *v)
{
	uint64_t u = (uint64_t)(int64_t)*v;

	walk_number(k, &u);
	*v = (int)(int64_t)u;
	if ((int64_t)u != *v)
		k->bad = true;
}

void walk_bool(struct packer *k, bool *v)
{
	uint64_t u = *v;

	walk_number(k, &u);
	*v = u == 1;
	if (u > 1)
		k->bad = true;
}

void walk_string(struct packer *k, const char **s)
{
	size_t n = k->out && *s ? strlen(*s) : 0;

	walk_size(k, &n);
	if (k->out) {
		text_put(k->out, *s ? *s : "", n + 1);
		return;
	}
	*s = "";
	if (k->bad || n >= (size_t)(k->end - k->at) || k->at[n] != '\0' || memchr(k->at, '\0', n) || !utf8_valid(k->at, n)) {
		k->bad = true;
		return;
	}
	*s = k->at;
	k->at += n + 1;
}

void walk_list(struct packer *k, void *list, size_t *n, size_t of, size_t least)
{
	void **l = list;

	walk_size(k, n);
	if (k->out)
		return;
	if (k->bad || *n > (size_t)(k->end - k->at) / least) {
		k->bad = true;
		*n = 0;
	}
	*l = *n ? pool_list(k->pool, *n, of) : NULL;
}
