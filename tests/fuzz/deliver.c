/* deliver_judge() and look() take any text, promise and name of a file: the input parted by bytes of 0x1e. */
#include <string.h>

#include "judgement/look.h"
#include "judgement/understand.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const stop[] = { "confidential", "*secret*" };
	static struct rules rules;
	static struct pool *stay; /* of the rules */
	struct pool *p = pool_new();
	char *all = utf8_mend(p, (const char *)data, n);
	struct strings parts = strings_part(p, all, '\x1e');
	const char *text = parts.n > 0 ? parts.list[0] : "", *what = parts.n > 1 ? parts.list[1] : "";
	struct worktime time = worktime_default(zone_fixed(p, 0));
	struct frame f = { .anchor = 1800000000, .time = &time };
	struct handed mail = { .subject = parts.n > 2 ? parts.list[2] : "", .text = text, .links = claim_links(p, text) };
	struct commitment m = { .what = what, .words = "" };
	struct letter l = { .text = text, .full = parts.n > 3 ? parts.list[3] : text };
	struct conf c = { .look_stop = { (const char **)stop, 2 } };
	struct addrs to = { 0 };
	struct claims claims;
	struct vows vows;
	struct deliver d;
	struct findings found;

	for (size_t i = 4; i < parts.n && i < 20; i++) {
		if (addr_valid(parts.list[i]))
			addrs_add(p, i & 1 ? &to : &mail.to, "", parts.list[i]);
		else
			*(const char **)pool_more(p, &mail.files.list, mail.files.n++, sizeof(char *)) = parts.list[i];
	}
	m.to = to;
	for (int i = 0; i < LOOK_KIND_COUNT; i++)
		c.look[i] = LOOK_BLOCK;
	if (!stay)
		understand_rules(stay = pool_new(), &rules);
	c.rules = rules;
	claim_find(p, &c.rules, text, &claims);
	vow_find(p, c.rules.vows, text, &f, &vows);
	deliver_judge(p, &(struct deliver_in){ .mail = &mail, .what = what, .to = &to, .alone = true, .claims = &claims, .vows = &vows,
					       .at = f.anchor }, &d);
	look(p, &(struct looked){ .mail = mail, .delivers = true, .promised = &m, .promised_count = 1,
				  .question = look_question(p, &l, what) }, &c, f.anchor, &found);
	if (!utf8_valid(d.why, strlen(d.why)) || found.n > LOOK_MOST)
		__builtin_trap();
	for (size_t i = 0; i < found.n; i++)
		if (!utf8_valid(found.list[i].says, strlen(found.list[i].says)))
			__builtin_trap();
	pool_end(&p);
	return 0;
}
