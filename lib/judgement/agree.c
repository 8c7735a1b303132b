#include "judgement/agree.h"

#include "ground/text.h"

struct agreement agree(const struct side *base, const struct side *kept, const struct side *calendar)
{
	struct agreement a = { 0 };
	bool title = !text_same(calendar->what, base->what), moved = calendar->due != base->due;

	a.done = calendar->done && !base->done && !kept->done;
	a.undone = !calendar->done && base->done && kept->done;
	if (moved && calendar->due != kept->due) {
		a.due = calendar->due && kept->due == base->due && !kept->done && !a.done;
		a.due_lost = !a.due && !a.done && !kept->done;
	}
	if (title && !text_same(calendar->what, kept->what)) {
		a.what = calendar->what && *calendar->what && text_same(kept->what, base->what) && !kept->done;
		a.what_lost = !a.what && !kept->done && calendar->what && *calendar->what;
	}
	a.alike = calendar->due == kept->due && calendar->done == kept->done && text_same(calendar->what, kept->what);
	return a;
}
