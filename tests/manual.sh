#!/bin/bash
# manual.sh: a list typed twice drifts. Every subcommand (SUBCOMMANDS in daemon/kept.h) stands in kept(1), is offered by the
# completion, and has a --help that shows an example; every option of a --help stands in the manual and is offered. Nor does a
# manual have what is not there. What manuals repeat of other lists (settings, fields, states…) is written by `make manuals`, tests/manual.c.
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build} bad=0
[ -x "$build/kept" ] || { echo "manual: $build/kept is not built"; exit 1; }
lacks() { echo "manual: $*"; bad=$((bad + 1)); }

PATH=$(cd "$build" && pwd):$PATH
offered() { kept complete -- "$@" 2>/dev/null | cut -f 1; } # WORD…: what may stand for the last of them

# the three shells put the same
. daemon/kept.bash
in_bash() { # LINE
	read -ra COMP_WORDS <<<"$1"
	COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=() COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_kept
	printf '%s\n' "${COMPREPLY[@]:-}"
}
in_zsh() { # WORD…: zsh's own two functions are stood in for
	zsh -fc '_describe() { print -l -- ${${(P)3}%%:*} }; _files() { print files }; words=(kept "$@") CURRENT=$(($# + 1)); f() { . daemon/kept.zsh }; f' zsh "$@"
}
[ "$(in_bash 'kept sno')" = snooze ] || lacks "the completion of bash does not offer snooze for sno"
[ "$(in_bash 'kept explain READ')" = README.md ] || lacks "the completion of bash does not offer files"
if command -v zsh >/dev/null; then
	[ "$(in_zsh sno)" = snooze ] || lacks "the completion of zsh does not offer snooze for sno"
	[ "$(in_zsh explain '')" = files ] || lacks "the completion of zsh does not offer files"
fi
if command -v fish >/dev/null; then
	[ "$(HOME=/nowhere fish --no-config -c '. daemon/kept.fish; complete -C "kept sno"' | cut -f 1)" = snooze ] ||
		lacks "the completion of fish does not offer snooze for sno"
fi

names=$(sed -n '/^#define SUBCOMMANDS/,/^$/s/^\tX(\([a-z]*\),.*/\1/p' daemon/kept.h)
[ "$(wc -w <<<"$names")" -gt 10 ] || lacks "daemon/kept.h: SUBCOMMANDS cannot be read"
commands=$(offered '')
for name in $names; do
	grep -qE "^\.It Cm $name( |\$)" daemon/kept.1 || lacks "kept(1) lacks $name"
	grep -qx "$name" <<<"$commands" || lacks "the completion does not offer $name"
	if ! help=$(kept "$name" --help 2>&1 </dev/null); then
		lacks "kept $name --help fails: $help"
		continue
	fi
	[[ $help == "kept $name - "* ]] || lacks "kept $name --help does not begin with \"kept $name - \""
	# the first such line is the usage
	[ "$(grep -cE "^  (.*\| )?kept (-c [^ ]+ )?$name( |\$)" <<<"$help")" -ge 2 ] || lacks "kept $name --help shows no example"
	[ "$(awk '{ print length }' <<<"$help" | sort -n | tail -n 1)" -le 122 ] || lacks "kept $name --help has a line of more than 122 bytes"
	# the options of the usage and of its list, not those of an example of another command
	for option in $(grep -oE -- '(^|[^a-z-])--[a-z][a-z-]*' <<<"$help" | grep -oE -- '--[a-z-]+' | sort -u); do
		grep -qE "Fl -${option#--}( |\$)" daemon/kept.1 || lacks "kept(1) lacks $option of $name"
		offered "$name" -- | grep -qx -- "$option" || lacks "the completion does not offer $option of $name"
	done
done
# an option that the code takes, and its --help has not, is one that nobody finds
for file in $(grep -lE '"kept [a-z ]+ - ' daemon/kept_*.c | grep -v complete); do
	code=$(sed -E 's/ledger_[a-z]+\([^"]*"--[a-z-]+"//g' "$file") # these ask for what was taken elsewhere
	for option in $(grep -oE '"--[a-z][a-z-]*"' <<<"$code" | tr -d '"' | sort -u); do
		sed "s/\"$option\"//g" <<<"$code" | grep -qE -- "(^|[^a-z-])$option([^a-z-]|\$)" || lacks "the --help in $file lacks $option"
	done
done
for name in $(sed -n 's/^\.It Cm \([a-z]*\).*/\1/p' daemon/kept.1); do
	grep -qx "$name" <<<"$names" || lacks "kept(1) has $name, which is no subcommand"
done

if [ -x "$build/keptd" ]; then
	for option in $("$build/keptd" --help | grep -oE '(^|[^a-z-])--[a-z]+' | grep -oE -- '--[a-z]+' | sort -u); do
		grep -qE "Fl -${option#--}( |\$)" daemon/keptd.8 || lacks "keptd(8) lacks $option"
	done
fi

# what manuals repeat of other lists
make -s BUILD="$build" "$build/tests/manual" && "$build/tests/manual" >/dev/null 2>&1 || lacks "make manuals changes a manual, or cannot: $build/tests/manual"

echo "manual: $(wc -w <<<"$names") subcommands, $bad missing"
[ "$bad" -eq 0 ]
