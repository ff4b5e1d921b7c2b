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
ifdef FUZZER
SANFLAGS = -fsanitize=fuzzer-no-link,address,undefined \
	  -fno-sanitize-recover=undefined
endif
PKGS	:= libcurl jansson libpq libzstd yajl zlib libzip expat libpcre2-8 \
	   libmicrohttpd
CPPFLAGS := -Iinclude -D_GNU_SOURCE -DKPID_VERSION='"$(VERSION)"' \
	  $(shell pkg-config --cflags $(PKGS) 2>/dev/null) $(CPPFLAGS)
CFLAGS	= -std=c11 $(OPT) $(WARN) $(SANFLAGS)
LDFLAGS	+= $(SANFLAGS)
LDLIBS	:= $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lunistring
JOBS	?= $(shell nproc 2>/dev/null || echo 1)
# A second make, because the first one read pkg-config before the packages
# were there; as parallel as the caller asked, else as the machine is.
SELF	= $(MAKE) --no-print-directory \
	  $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))

SRC	:= $(sort $(wildcard collector/*/*.c))
SQL	:= $(sort $(wildcard sql/*/*.sql)) sql/install.list sql/grants.sql \
	  sql/bootstrap.sql config/organizations.csv
OBJ	:= $(SRC:%.c=$(BUILD)/%.o) $(BUILD)/sql.o $(BUILD)/organizations.o
UNIT	:= $(patsubst tests/unit/%.c,$(BUILD)/unit/%, \
	  $(sort $(wildcard tests/unit/test_*.c)))
FLOW	:= $(patsubst tests/flow/%.c,$(BUILD)/flow/%, \
	  $(sort $(wildcard tests/flow/*.c)))
CANARY	:= $(patsubst tests/support/canary/%.c,$(BUILD)/canary/%, \
	  $(sort $(wildcard tests/support/canary/*.c)))
CONFORM	:= $(patsubst tests/conformance/%.c,$(BUILD)/conformance/%, \
	  $(sort $(wildcard tests/conformance/*.c)))
BENCH	:= $(patsubst tests/bench/%.c,$(BUILD)/bench/%, \
	  $(sort $(wildcard tests/bench/*.c)))
FUZZ	:= $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%, \
	  $(sort $(wildcard tests/fuzz/fuzz_*.c)))

prefix	?= /usr/local

.PHONY: all help deps deps-demo deps-check kpid demo demo-serve check \
	check-long conformance conformance-programs lint unit flow canary \
	fuzz fuzz-programs replay format install deb bench bench-programs \
	bench-store bench-pace \
	clean
.DELETE_ON_ERROR:

all: deps
	+@$(SELF) kpid

kpid: $(BUILD)/kpid
	@:

help:
	@echo 'make            build build/kpid (installs missing libraries)'
	@echo 'make demo       build, then collect, judge and mail real figures'
	@echo 'make demo-serve the web server of the demo, for commands by hand'
	@echo 'make check      every test (installs what tests need)'
	@echo 'make check-long the long runs: fuzzing, many kills'
	@echo 'make conformance DATA=DIR  real files against what they must give'
	@echo 'make bench      speed and memory beside iconv; LONG=1: gigabytes'
	@echo 'make bench-store  questions and merges in a large store; N=1: Japan'
	@echo 'make lint       layers, banned functions, formats'
	@echo 'make install    into DESTDIR/prefix (prefix=$(prefix))'
	@echo 'make deb        a Debian package: build/kpid_*.deb'
	@echo 'KPID_NO_INSTALL=1 never installs packages'

# What is missing is found first; nothing is asked for when nothing is.
deps:
	@sh tests/support/deps.sh build
deps-demo:
	@sh tests/support/deps.sh build run
deps-check:
	@sh tests/support/deps.sh build run test deb

$(BUILD)/kpid: $(BUILD)/collector/main.o $(BUILD)/libkpid.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libkpid.a: $(OBJ)
	@rm -f $@
	@ar qcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# All of sql/ stands in the program, so that one file is the installation.
$(BUILD)/sql.c: $(SQL) sql/embed.sh
	@mkdir -p $(@D)
	sh sql/embed.sh >$@
$(BUILD)/sql.o: $(BUILD)/sql.c
	$(CC) $(CPPFLAGS) -std=c11 $(OPT) $(SANFLAGS) -c -o $@ $<

# So do the names and codes of all local governments.
$(BUILD)/organizations.c: config/organizations.csv config/embed.sh
	@mkdir -p $(@D)
	sh config/embed.sh >$@
$(BUILD)/organizations.o: $(BUILD)/organizations.c
	$(CC) $(CPPFLAGS) -std=c11 $(OPT) $(SANFLAGS) -c -o $@ $<

# Criterion's own macros convert signs; the warning says nothing about us.
$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libkpid.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-conversion -Wno-pedantic -MMD -MP \
	    $(LDFLAGS) -o $@ $< $(BUILD)/libkpid.a $(LDLIBS) -lcriterion

# Programs of the flow tests, and those that a check must find faulty.
$(BUILD)/flow/%: tests/flow/%.c $(BUILD)/libkpid.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< \
	    $(BUILD)/libkpid.a $(LDLIBS)
# Few rows go the ways of many in this one.
$(BUILD)/flow/store_driver: tests/flow/store_driver.c \
    $(wildcard collector/load/direct.c collector/load/stream.c) \
    $(BUILD)/libkpid.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Icollector/load $(CFLAGS) -DDIRECT_ROWS=4 \
	    -DSTREAM_BYTES=100 \
	    -DDIRECT_LENGTH=1 -DSAMPLE_ROWS=2 $(LDFLAGS) -o $@ \
	    $(filter %.c %.a,$^) $(LDLIBS)
$(BUILD)/conformance/%: tests/conformance/%.c $(BUILD)/libkpid.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< \
	    $(BUILD)/libkpid.a $(LDLIBS)
$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libkpid.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< \
	    $(BUILD)/libkpid.a $(LDLIBS)
$(BUILD)/canary/%: tests/support/canary/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -std=c11 $(OPT) $(SANFLAGS) -o $@ $< -lcriterion

# A build of its own, with libFuzzer's counters in every object.
$(BUILD)/fuzz/%: tests/fuzz/%.c $(BUILD)/libkpid.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< \
	    $(BUILD)/libkpid.a $(LDLIBS)

# The same target over files, for every build.
$(BUILD)/replay/%: tests/fuzz/%.c tests/support/replay.c $(BUILD)/libkpid.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

unit: $(UNIT)
flow: $(FLOW)
replay: $(FUZZ:$(BUILD)/fuzz/%=$(BUILD)/replay/%)
canary: $(CANARY)
fuzz-programs: $(FUZZ)
fuzz:
	+@$(SELF) BUILD=$(BUILD)/fuzzing CC=clang-14 FUZZER=1 fuzz-programs

demo: deps-demo
	+@$(SELF) kpid
	@sh tests/support/demo.sh run
demo-serve: deps-demo
	@sh tests/support/demo.sh serve

check: deps-check
	@bash tests/support/check.sh
check-long: deps-check
	@bash tests/support/check.sh long

# Real files that governments published, from a folder of yours.
conformance: deps-demo
	+@$(SELF) kpid conformance-programs
	@test -n "$(DATA)" || { echo 'make conformance DATA=DIR' >&2; exit 2; }
	@python3 tests/conformance/run.py $(BUILD)/kpid $(BUILD)/conformance \
	    '$(DATA)'
conformance-programs: $(CONFORM)

# Ratios to iconv, and memory; LONG=1 reads gigabytes too.
bench:
	@sh tests/support/deps.sh build bench
	+@$(SELF) kpid bench-programs
	@/usr/bin/python3 tests/bench/bench.py $(BUILD)
	@/usr/bin/python3 tests/bench/load.py $(BUILD)
	@/usr/bin/python3 tests/bench/feeds.py $(BUILD)
bench-programs: $(BENCH)

# N=1 is the nation, 12.5 million values: 4 GB of disk and some minutes.
N ?= 0.1
bench-store: $(BUILD)/kpid
	@sh tests/support/deps.sh test
	@/usr/bin/python3 tests/bench/store.py $(BUILD) $(N)

# How well forecasts foretell simulated years: REPS of each, a table a seed.
bench-pace: deps-check
	+@$(SELF) kpid
	@sh tests/bench/pace.sh $(BUILD)/kpid $(or $(REPS),20) $(or $(SEEDS),1 2)

lint:
	@sh tests/support/lint.sh

format:
	clang-format-14 -i $$(find collector include tests \
	    -name '*.c' -o -name '*.h')

# One file is the installation; the rest is for people and service managers.
INTO	= $(DESTDIR)$(prefix)
install: all
	install -D -m 755 $(BUILD)/kpid $(INTO)/bin/kpid
	install -d $(INTO)/share/kpid/schema $(INTO)/share/doc/kpid \
	    $(INTO)/share/man/man5 $(INTO)/share/man/man8 \
	    $(INTO)/lib/systemd/system
	install -m 644 config/schema/*.json $(INTO)/share/kpid/schema
	install -m 644 README.md docs/*.md $(INTO)/share/doc/kpid
	install -m 644 docs/man/*.5 $(INTO)/share/man/man5
	install -m 644 docs/man/*.8 $(INTO)/share/man/man8
	sed 's,/usr/bin/kpid,$(prefix)/bin/kpid,' config/install/kpid.service \
	    >$(INTO)/lib/systemd/system/kpid.service
	install -D -m 644 config/install/kpid.sysusers \
	    $(INTO)/lib/sysusers.d/kpid.conf
	install -D -m 644 config/install/kpid.tmpfiles \
	    $(INTO)/lib/tmpfiles.d/kpid.conf
	install -D -m 644 config/install/kpid.completion \
	    $(INTO)/share/bash-completion/completions/kpid

# A package for this machine's Debian.
deb: all
	@sh tests/support/deps.sh deb
	@sh config/install/deb.sh $(BUILD) $(VERSION)

clean:
	rm -rf $(BUILD)

-include $(OBJ:.o=.d) $(UNIT:=.d) $(FLOW:=.d) $(BUILD)/collector/main.d
