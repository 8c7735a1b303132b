# kept: one Makefile, no recursion into folders, no configure. `make help` lists the targets.
# LIB is the house, floor by floor: a module includes only what stands before it here (tests/floors.sh).
LIB = err pool text log worktime wake \
      addr conf contact commitment letter mail dossier \
      markup quote ical mime template compose \
      when tag vow command proof understand plan gate score \
      secret tls net mailbox reader sql record store outbox \
      schedule digest execute intake collect courier archive

BUILD  ?= build
PREFIX ?= /usr/local
CC     ?= gcc
CFLAGS ?= -O2 -g
WARN   = -Wall -Wextra -Wswitch-enum -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror
LEVEL  = -std=c17 -D_GNU_SOURCE $(WARN) -fvisibility=hidden -fPIE -fstack-protector-strong -Ilib -I. -MMD -MP
XML    = -I/usr/include/libxml2
LDFLAGS += -pie -Wl,-z,relro,-z,now
LDLIBS = -letpan -lcurl-gnutls -lgnutls -lical -lsqlite3 -lconfig -ljansson -lmd4c-html -lmd4c -lxml2 -lseccomp -lpthread -lm
# SAN=1: AddressSanitizer and UndefinedBehaviorSanitizer
ifdef SAN
CFLAGS  = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
LDFLAGS += -fsanitize=address,undefined
endif

SOURCES := $(foreach m,$(LIB),$(wildcard lib/*/$(m).c lib/*/$(m)_*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
ARCHIVE := $(BUILD)/libkept.a
# linked by name into every program that parses: in an archive it would not be pulled in (lib/letters/mime_boundary.c says why)
BOUNDARY := $(filter %/mime_boundary.o,$(OBJECTS))
TESTS   := $(patsubst tests/%.c,%,$(wildcard tests/*.c))

.PHONY: all help tests
all: $(BUILD)/kept $(BUILD)/keptd

# the programs: daemon/kept*.c is the command, daemon/keptd*.c the daemon
KEPT  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(wildcard daemon/keptd*.c),$(wildcard daemon/kept*.c)))
KEPTD := $(patsubst %.c,$(BUILD)/%.o,$(wildcard daemon/keptd*.c))
$(BUILD)/kept: $(KEPT) $(BOUNDARY) $(ARCHIVE)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(BUILD)/keptd: $(KEPTD) $(BOUNDARY) $(ARCHIVE)
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
-include $(OBJECTS:.o=.d) $(KEPT:.o=.d) $(KEPTD:.o=.d)

tests: $(TESTS:%=$(BUILD)/tests/%)
