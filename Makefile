# kept: one Makefile, no recursion into folders, no configure. `make help` lists the targets.
# LIB is the house, floor by floor: a module includes only what stands before it here (tests/floors.sh).
LIB = err pool text log worktime wake pack progress \
      addr conf provider commitment holiday contact checkin letter busy task mail card resource review agenda challenge figures dossier \
      markup quote tail content ical davxml autoconfig mime csv vcard phrase template compose report \
      when words tag vow command proof fit claim refusal deliver look understand plan gate score suggest realistic freetime agree \
      secret material tls dns http oauth net mailbox reader caldav sql record store outbox \
      schedule checkins digest people erase execute drafts intake collect courier calendars alike discover

BUILD  ?= build
PREFIX ?= /usr/local
CC     ?= gcc
CFLAGS ?= -O2 -g
WARN   = -Wall -Wextra -Wswitch-enum -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror
LEVEL  = -std=c17 -D_GNU_SOURCE $(WARN) -fvisibility=hidden -fPIE -fstack-protector-strong -Ilib -I. -MMD -MP
XML    = -I/usr/include/libxml2
LDFLAGS += -pie -Wl,-z,relro,-z,now
LDLIBS = -letpan -lcurl-gnutls -lgnutls -lical -lsqlite3 -lconfig -ljansson -lmd4c-html -lmd4c -lxml2 -lseccomp -lresolv -lpthread -lm
# SAN=1: AddressSanitizer and UndefinedBehaviorSanitizer; instrumented code makes gcc's flow warnings guess wrong
ifdef SAN
CFLAGS  = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
WARN   += -Wno-format-truncation -Wno-maybe-uninitialized -Wno-stringop-overflow
LDFLAGS += -fsanitize=address,undefined
endif
# FUZZ=1 (by `make fuzz`): libFuzzer, which needs clang
ifdef FUZZ
CC      = clang
CFLAGS  = -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
WARN    = -w
LDFLAGS += -fsanitize=address,undefined
endif

SOURCES := $(foreach m,$(LIB),$(wildcard lib/*/$(m).c lib/*/$(m)_*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
ARCHIVE := $(BUILD)/libkept.a
# linked by name into every program that parses: in an archive it would not be pulled in (lib/letters/mime_boundary.c says why)
BOUNDARY := $(filter %/mime_boundary.o,$(OBJECTS))
TESTS   := $(patsubst tests/%.c,%,$(wildcard tests/*.c))

.PHONY: all help tests test-programs demo check install uninstall deb check-deb lint bench soak year fuzz score look manuals clean deps
all: $(BUILD)/kept $(if $(wildcard daemon/keptd.c),$(BUILD)/keptd)

# the programs: daemon/kept*.c is the command, daemon/keptd*.c the daemon; begin.c is in both
KEPT  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(wildcard daemon/keptd*.c),$(wildcard daemon/kept*.c)))
KEPTD := $(patsubst %.c,$(BUILD)/%.o,$(wildcard daemon/keptd*.c))
BEGIN := $(BUILD)/daemon/begin.o
$(BUILD)/kept: $(KEPT) $(BEGIN) $(BOUNDARY) $(ARCHIVE)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(BUILD)/keptd: $(KEPTD) $(BEGIN) $(BOUNDARY) $(ARCHIVE)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(ARCHIVE): $(OBJECTS)
	@rm -f $@; ar rcs $@ $^
$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LEVEL) $(XML) -c -o $@ $<
$(BUILD)/tests/%: tests/%.c $(ARCHIVE) $(BOUNDARY)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LEVEL) $(XML) $(LDFLAGS) -o $@ $< $(BOUNDARY) $(ARCHIVE) -lcmocka $(LDLIBS)
$(BUILD)/lib/borders/sql.o: lib/borders/schema.sql
$(BUILD)/lib/judgement/vow_rules.o: conf/vow.rules
$(BUILD)/lib/judgement/understand_safety.o: conf/safety.words
$(BUILD)/lib/judgement/claim.o: conf/claims.words
$(BUILD)/lib/judgement/refusal.o: conf/refusals.words
$(BUILD)/lib/nouns/holiday.o: $(wildcard conf/holidays/*.conf)
$(BUILD)/lib/letters/template_shipped.o: $(wildcard conf/templates/*.md)
-include $(OBJECTS:.o=.d) $(KEPT:.o=.d) $(KEPTD:.o=.d) $(BEGIN:.o=.d) $(wildcard $(BUILD)/tests/*.d $(BUILD)/tests/*/*.d)

# a fuzz target is linked with libFuzzer's main
$(BUILD)/tests/fuzz/%: tests/fuzz/%.c $(ARCHIVE) $(BOUNDARY)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LEVEL) $(XML) $(LDFLAGS) -fsanitize=fuzzer -o $@ $< $(BOUNDARY) $(ARCHIVE) $(LDLIBS)

tests: $(TESTS:%=$(BUILD)/tests/%)
print-%: ; @echo $($*)

help:
	@echo 'make              builds build/kept and build/keptd'
	@echo 'make deps         installs the Debian packages that are missing, after saying which'
	@echo 'make demo         shows one promise from mail to done, on a private mail server; KEEP=1 leaves the files'
	@echo 'make check        all tests (KEPT_TEST_SECONDS=10: what a long sweep may take)'
	@echo 'make lint         clang-tidy and cppcheck'
	@echo 'make fuzz         each parser for FUZZ_SECONDS (30); a night: make fuzz FUZZ_SECONDS=7200'
	@echo 'make bench        how fast it is, row by row beside its floor (3 minutes; BENCH_MESSAGES=2000, ROWS="intake poll latency'
	@echo '                  mime understand courier memory")'
	@echo 'make soak         a message a second for SOAK_SECONDS (3600): each is in the ledger and acknowledged once'
	@echo 'make year         YEARS (100000) of simulated promises, about an hour of one core: what leaves is held to what kept promises'
	@echo 'make look         each kind of mail in each language as build/look/KIND.LANGUAGE.html, with pictures of it where chromium is'
	@echo '                  (as a phone and a desk have it, light and dark; LOOK="reminder.* *.de": of these, not of the English)'
	@echo 'make manuals      writes into the manuals what they repeat of the code (settings, commands, fields), and parts long lines'
	@echo 'make score        how well letters and dates are understood'
	@echo 'make install      to PREFIX (/usr/local), under DESTDIR; make uninstall'
	@echo 'make deb          a Debian package, in build/deb; make check-deb: tried in a bare Debian 12, where a newcomer answers kept init,'
	@echo '                  too (as root; a few minutes)'
	@echo 'make clean        removes what was built, the unpacked Exim too'

deps:
	@tests/deps build test

demo: deps
	@echo 'building'
	@$(MAKE) -s --no-print-directory -j$(JOBS) all
	@tests/demo

JOBS ?= $(shell nproc 2>/dev/null || echo 2)
check: deps
	@echo 'building'
	@$(MAKE) -s --no-print-directory -j$(JOBS) BUILD=build all tests $(BENCHES:%=build/tests/bench/%) $(FUZZERS:%=build/tests/fuzz/%.o)
	@$(MAKE) -s --no-print-directory -j$(JOBS) BUILD=build-asan SAN=1 all tests
	@tests/check

# arrayIndexThenCheck: a text ends in NUL before its largest size is asked
lint:
	@tests/deps build test lint
	@echo 'cppcheck'
	@cppcheck --quiet --std=c11 --enable=warning,portability --error-exitcode=1 --inline-suppr --suppress=missingIncludeSystem \
		--suppress=arrayIndexThenCheck -D_GNU_SOURCE -Ilib -I. -j$(JOBS) lib daemon
	@echo 'clang-tidy'
	@printf '%s\n' $(SOURCES) $(wildcard daemon/*.c) | xargs -P$(JOBS) -I{} tests/tidy {} -std=c17 -D_GNU_SOURCE -Ilib -I. $(XML)

FUZZ_SECONDS ?= 30
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
fuzz:
	@tests/deps build fuzz
	@$(MAKE) -s --no-print-directory -j$(JOBS) BUILD=build-fuzz FUZZ=1 $(FUZZERS:%=build-fuzz/tests/fuzz/%)
	@for f in $(FUZZERS); do echo "fuzz $$f: $(FUZZ_SECONDS) s"; mkdir -p build-fuzz/corpus/$$f; \
		build-fuzz/tests/fuzz/$$f -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
			-artifact_prefix=build-fuzz/$$f- build-fuzz/corpus/$$f $(wildcard tests/letters) >build-fuzz/$$f.log 2>&1 || \
			{ tail -n 40 build-fuzz/$$f.log; exit 1; }; \
		grep -E 'number_of_executed_units' build-fuzz/$$f.log; done

BENCHES := $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/*.c))
# the floor of row 9 is what these alone take
$(BUILD)/tests/bench/memory: LDLIBS = -letpan -lcurl-gnutls -lgnutls -lical -lsqlite3
bench: deps
	@$(MAKE) -s --no-print-directory -j$(JOBS) BUILD=build all $(BENCHES:%=build/tests/bench/%)
	@tests/bench/run $(ROWS)

SOAK_SECONDS ?= 3600
soak: deps
	@$(MAKE) -s --no-print-directory -j$(JOBS) BUILD=build all
	@tests/soak $(SOAK_SECONDS)

# at the lowest priority: it is long. A property that breaks is printed with the seed that shows it again
YEARS ?= 100000
year:
	@$(MAKE) -s --no-print-directory -j$(JOBS) BUILD=build build/tests/year
	@KEPT_TEST_YEARS=$(YEARS) nice -n 19 build/tests/year

score: all
	@if [ -x ../shared/score/all ]; then ../shared/score/all; else echo 'score: ../shared/score/all is not there'; fi

LOOK ?= *.en
LOOKED = compose compose_outside compose_cadence compose_invitation compose_review safety_told
look:
	@$(MAKE) -s --no-print-directory -j$(JOBS) BUILD=build $(LOOKED:%=build/tests/%)
	@tests/look '$(LOOK)' $(LOOKED:%=build/tests/%)

manuals:
	@$(MAKE) -s --no-print-directory -j$(JOBS) BUILD=build build/tests/manual
	@build/tests/manual write

SYSTEMD = $(DESTDIR)$(PREFIX)/lib
SHARE   = $(DESTDIR)$(PREFIX)/share
ZSH     = $(SHARE)/zsh/site-functions
MANUALS := $(wildcard daemon/*.[1-8] conf/*.[1-8])
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/kept/templates $(SHARE)/kept/holidays \
		$(SHARE)/bash-completion/completions $(ZSH) $(SHARE)/fish/vendor_completions.d
	install -m 755 build/kept build/keptd $(DESTDIR)$(PREFIX)/bin/
	for m in $(MANUALS); do d=$(SHARE)/man/man$${m##*.}; install -d $$d && sed 's|/usr/local|$(PREFIX)|g' $$m >$$d/$${m##*/} && \
		chmod 644 $$d/$${m##*/} || exit 1; done
	install -m 644 conf/kept.conf $(SHARE)/kept/kept.conf
	for t in $(wildcard conf/templates/*.md); do install -m 644 $$t $(SHARE)/kept/templates/ || exit 1; done
	install -m 644 conf/holidays/*.conf $(SHARE)/kept/holidays/
	install -m 644 daemon/kept.bash $(SHARE)/bash-completion/completions/kept
	install -m 644 daemon/kept.zsh $(ZSH)/_kept
	install -m 644 daemon/kept.fish $(SHARE)/fish/vendor_completions.d/kept.fish
	install -d $(SYSTEMD)/systemd/system $(SYSTEMD)/systemd/user $(SYSTEMD)/sysusers.d $(SYSTEMD)/tmpfiles.d
	sed 's|@PREFIX@|$(PREFIX)|g' systemd/keptd.service >$(SYSTEMD)/systemd/system/keptd.service
	sed 's|@PREFIX@|$(PREFIX)|g' systemd/keptd-user.service >$(SYSTEMD)/systemd/user/keptd.service
	chmod 644 $(SYSTEMD)/systemd/system/keptd.service $(SYSTEMD)/systemd/user/keptd.service
	install -m 644 systemd/kept.sysusers $(SYSTEMD)/sysusers.d/kept.conf
	install -m 644 systemd/kept.tmpfiles $(SYSTEMD)/tmpfiles.d/kept.conf

# what people wrote themselves (/etc/kept, ~/.config/kept, databases) stays
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/kept $(DESTDIR)$(PREFIX)/bin/keptd $(SHARE)/bash-completion/completions/kept \
		$(ZSH)/_kept $(SHARE)/fish/vendor_completions.d/kept.fish
	for m in $(notdir $(MANUALS)); do rm -f $(SHARE)/man/man$${m##*.}/$$m; done
	rm -rf $(SHARE)/kept
	rm -f $(SYSTEMD)/systemd/system/keptd.service $(SYSTEMD)/systemd/user/keptd.service
	rm -f $(SYSTEMD)/sysusers.d/kept.conf $(SYSTEMD)/tmpfiles.d/kept.conf

# The package is made of what git would commit, in a folder of its own; conf/debian/ says how
VERSION := $(shell sed -n '1s/.*(\(.*\)).*/\1/p' conf/debian/changelog)
DEB = build/deb/kept-$(VERSION)
deb:
	@tests/deps build deb
	@rm -rf $(DEB) && mkdir -p $(DEB)
	@git ls-files -co --exclude-standard | tar -cf - -T - | tar -xf - -C $(DEB)
	@cp -r conf/debian $(DEB)/debian
	@cd $(DEB) && MAKEFLAGS= DEB_BUILD_OPTIONS="parallel=$(JOBS) $$DEB_BUILD_OPTIONS" dpkg-buildpackage -b -us -uc >../build.log 2>&1 || \
		{ tail -n 30 ../build.log; exit 1; }
	@lintian --fail-on error,warning --tag-display-limit 0 build/deb/kept_$(VERSION)_*.deb
	@ls build/deb/*.deb

check-deb: deb
	@tests/deb build/deb/kept_$(VERSION)_$(shell dpkg --print-architecture).deb
	@tests/newcomer build/deb/kept_$(VERSION)_$(shell dpkg --print-architecture).deb

clean:
	rm -rf build build-*
