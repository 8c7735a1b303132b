#!/bin/bash
# install.sh: what `make install` lays down, under a PREFIX of its own: every path in manuals, units and hints follows it; both
# programs stand where a user's PATH finds them, and show a beginner how to begin; systemd accepts the units, and what they leave
# open to the daemon stays little (where systemd-analyze is there); and `make uninstall` leaves nothing.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0 prefix=/opt/kept at=$(mktemp -d "${TMPDIR:-/tmp}/kept-install-XXXXXX")
trap 'rm -rf "$at"' EXIT
fault() { echo "install: $*"; bad=$((bad + 1)); }

make -s install DESTDIR="$at" PREFIX=$prefix >"$at.log" 2>&1 || fault "make install fails: $(cat "$at.log")"
rm -f "$at.log"
files=$(find "$at" -type f)
for f in $(grep -rlaE '/usr/local|@PREFIX@' "$at"); do fault "${f#"$at"} does not follow PREFIX: $(grep -aoE '.{0,20}(/usr/local|@PREFIX@).{0,20}' "$f" | head -n 1)"; done
for f in $files; do case $f in "$at$prefix"/*) ;; *) fault "${f#"$at"} is outside of PREFIX" ;; esac; done

# by name, as the README and the manuals write it
mkdir "$at/home"
for program in kept keptd; do
	words=
	[ $program = keptd ] || words=list
	# shellcheck disable=SC2086
	said=$(env -i HOME="$at/home" PATH="$at$prefix/bin:/usr/bin:/bin" $program $words 2>&1)
	grep -qF "cp $at$prefix/share/kept/kept.conf" <<<"$said" || fault "$program without a configuration does not say how to begin: $said"
done

# what the units name is there; systemd looks for the manuals by man(1), which looks elsewhere
for unit in system user; do
	file=$at/$unit/keptd.service
	mkdir "$at/$unit"
	sed "s|=$prefix/|=$at$prefix/|" "$at$prefix/lib/systemd/$unit/keptd.service" >"$file"
	program=$(sed -n 's/^ExecStart=\([^ ]*\).*/\1/p' "$file")
	[ -x "$program" ] || fault "$unit/keptd.service starts $program, which is not there"
	command -v systemd-analyze >/dev/null || continue
	said=$(XDG_RUNTIME_DIR=$at/home systemd-analyze --$unit verify --man=no "$file" 2>&1 | grep -F keptd.service) && fault "$unit/keptd.service: $said"
	[ $unit = user ] && continue
	systemd-analyze security --offline=true --threshold=20 "$file" >"$at/security" 2>&1 || fault "$(tail -n 1 "$at/security")"
done

make -s uninstall DESTDIR="$at" PREFIX=$prefix >/dev/null 2>&1 || fault 'make uninstall fails'
for f in $(find "$at$prefix" -type f); do fault "${f#"$at"} is left by make uninstall"; done

echo "install: $(wc -w <<<"$files") files, $bad faults"
[ $bad -eq 0 ]
