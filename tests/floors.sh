#!/bin/bash
# floors.sh: a module includes only what stands before it in the Makefile's LIB. Prints what does not; lib/README.md has the house.
set -u
cd "$(dirname "$0")/.." || exit 1
make -s --no-print-directory print-LIB | tr -s ' \n' '\n' | awk '
	NF { at[$1] = ++n }
	# the module of a file: its name, or the longest beginning of it that is a module (when_words.c is part of when)
	function module(path,    name) {
		name = path; sub(/.*\//, "", name); sub(/\.[ch]$/, "", name)
		while (!(name in at) && name ~ /_/) sub(/_[^_]*$/, "", name)
		return name
	}
	END {
		bad = 0
		while (("find lib -name \"*.[ch]\" | sort" | getline file) > 0) {
			own = module(file)
			if (!(own in at)) { print file ": no module of LIB"; bad++; continue }
			folder = file; sub(/\/[^\/]*$/, "", folder)
			if (own in home && home[own] != folder) { print file ": the module " own " lives in " home[own] " too"; bad++ }
			home[own] = folder
			files++
			while ((getline line < file) > 0)
				if (line ~ /^#include "/) {
					split(line, part, "\"")
					other = module(part[2])
					if (part[2] ~ /\.def$/) continue
					if (!(other in at) || at[other] > at[own]) {
						print file ": includes " part[2] ", which stands after " own " in LIB"; bad++
					}
				}
			close(file)
		}
		print "floors: " files " files, " bad " out of order"
		exit bad > 0
	}'
