#!/bin/bash
# symbols.sh: libetpan exports plain names (encode_base64, mail_list_free …); one of ours would silently take the place of
# its own inside the library. One does so on purpose: lib/letters/mime_boundary.c.
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build}
library=$(ldd "$build/keptd" 2>/dev/null | awk '/libetpan/ { print $3 }')
[ -n "$library" ] || library=$(ls /usr/lib/*/libetpan.so.20 2>/dev/null | head -n 1)
[ -n "$library" ] || { echo "symbols: libetpan.so.20 is not found"; exit 1; }
names() { nm "$@" --defined-only 2>/dev/null | awk 'NF == 3 && $2 ~ /[A-Z]/ { sub(/@.*/, "", $3); print $3 }' | sort -u; }
both=$(comm -12 <(names -g "$build/libkept.a" $(find "$build/daemon" -name '*.o')) <(names -D "$library"))
for n in $both; do
	[ "$n" = mailmime_extract_boundary ] || echo "symbols: $n is a name of libetpan's"
done
# and the one on purpose is really in the programs, visible to the library
for program in kept keptd; do
	! ldd "$build/$program" 2>/dev/null | grep -q libetpan || nm -D --defined-only "$build/$program" | grep -q ' mailmime_extract_boundary$' ||
		{ echo "symbols: $program does not export mailmime_extract_boundary"; both="$both missing"; }
done
echo "symbols: shared with libetpan: ${both:-none}"
[ "$both" = mailmime_extract_boundary ]
