# kpid: build, demonstrate, test, install. `make help` lists what there is.

BUILD	?= build
CC	= gcc
VERSION	:= 0.1.0

WARN	= -Wall -Wextra -Werror -Wshadow -Wconversion -Wpedantic \
	  -Wstrict-prototypes -Wmissing-prototypes
OPT	?= -O2 -g
ifdef SAN
SANFLAGS = -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	  -fno-omit-frame-pointer
endif
PKGS	= libcurl jansson libpq libzstd yajl
CPPFLAGS += -Iinclude -D_GNU_SOURCE -DKPID_VERSION='"$(VERSION)"' \
	  $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
CFLAGS	= -std=c11 $(OPT) $(WARN) $(SANFLAGS)
LDFLAGS	+= $(SANFLAGS)
LDLIBS	= $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lunistring

SRC	:= $(sort $(wildcard collector/*/*.c))
SQL	:= $(sort $(wildcard sql/*/*.sql)) sql/install.list sql/grants.sql
OBJ	:= $(SRC:%.c=$(BUILD)/%.o) $(BUILD)/sql.o
UNIT	:= $(patsubst tests/unit/%.c,$(BUILD)/unit/%, \
	  $(sort $(wildcard tests/unit/test_*.c)))
FUZZ	:= $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%, \
	  $(sort $(wildcard tests/fuzz/fuzz_*.c)))

prefix	?= /usr/local

.PHONY: all help deps deps-check demo demo-serve check check-long lint unit \
	fuzz format install clean
.DELETE_ON_ERROR:

all: deps
	@$(MAKE) --no-print-directory $(BUILD)/kpid

help:
	@echo 'make            build build/kpid (installs missing libraries)'
	@echo 'make demo       build, then collect, judge and mail real figures'
	@echo 'make demo-serve the web server of the demo, for commands by hand'
	@echo 'make check      every test (installs what tests need)'
	@echo 'make check-long the long runs: fuzzing, many kills'
	@echo 'make lint       layers, banned functions, formats'
	@echo 'make install    into DESTDIR/prefix (prefix=$(prefix))'
	@echo 'KPID_NO_INSTALL=1 never installs packages'

# What is missing is found first; nothing is asked for when nothing is.
deps:
	@sh tests/support/deps.sh build
deps-check:
	@sh tests/support/deps.sh build test

$(BUILD)/kpid: $(BUILD)/collector/main.o $(BUILD)/libkpid.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libkpid.a: $(OBJ)
	@rm -f $@
	ar qcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# All of sql/ stands in the program, so that one file is the installation.
$(BUILD)/sql.c: $(SQL) sql/embed.sh
	@mkdir -p $(@D)
	sh sql/embed.sh >$@
$(BUILD)/sql.o: $(BUILD)/sql.c
	$(CC) $(CPPFLAGS) -std=c11 $(OPT) $(SANFLAGS) -c -o $@ $<

# Criterion's own macros convert signs; the warning says nothing about us.
$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libkpid.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-conversion -Wno-pedantic -MMD -MP \
	    $(LDFLAGS) -o $@ $< $(BUILD)/libkpid.a $(LDLIBS) -lcriterion

$(BUILD)/fuzz/%: tests/fuzz/%.c $(SRC)
	@mkdir -p $(@D)
	clang-14 $(CPPFLAGS) -std=c11 -g -O1 \
	    -fsanitize=fuzzer,address,undefined -o $@ $< \
	    $(wildcard collector/base/*.c collector/decode/*.c \
	    collector/parse/*.c collector/normalise/*.c) $(LDLIBS)

unit: $(UNIT)
fuzz: $(FUZZ)

demo: deps
	@$(MAKE) --no-print-directory $(BUILD)/kpid
	@sh tests/support/demo.sh run
demo-serve:
	@sh tests/support/demo.sh serve

check: deps-check
	@sh tests/support/check.sh
check-long: deps-check
	@sh tests/support/check.sh long

lint:
	@sh tests/support/lint.sh

format:
	clang-format-14 -i $(SRC) collector/main.c $(wildcard include/kpid/*.h \
	    tests/unit/*.c tests/fuzz/*.c tests/flow/*.c)

install: all
	install -D -m 755 $(BUILD)/kpid $(DESTDIR)$(prefix)/bin/kpid
	install -d $(DESTDIR)$(prefix)/share/kpid/schema
	install -m 644 config/schema/*.json $(DESTDIR)$(prefix)/share/kpid/schema

clean:
	rm -rf $(BUILD)

-include $(OBJ:.o=.d) $(UNIT:=.d) $(BUILD)/collector/main.d
