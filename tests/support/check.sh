#!/bin/bash
# Every test, one after the other; `check.sh long` also the long runs.
#
# Stops at nothing and ends with 'N passed, N failed'. Sanitizers and valgrind
# write to files, and a file that is there is a failure: Criterion itself is
# green over a leak. Three canaries, which must be found, guard that rule.
#
# A flow test is an executable tests/flow/*.sh, or *.py where there is no .sh
# of that name. It finds in the environment:
#   TOP         the source tree, where it is started, too
#   KPID        the program to test, under the sanitizers
#   KPID_PLAIN  the same without
#   FLOW_BIN    the programs made from tests/flow/*.c
#   TMPDIR      a directory of its own, reachable by PostgreSQL's user
#   PGHOST, PGUSER, PGDATABASE   a database with our schema, of its own
# and says 'ok - WHAT' and 'not ok - WHAT', or just ends with 0 or not.
set -u

cd "$(dirname "$0")/../.." || exit 2
long=${1:-}
TOP=$(pwd)
work=$(mktemp -d /tmp/kpid-check-XXXXXX)
chmod 755 "$work"
results=$work/results
logs=$work/logs
mkdir "$results" "$logs"
chmod 1777 "$logs"
support=tests/support
jobs=$(nproc)
began=$SECONDS

export TOP
export KPID=$TOP/build/san/kpid KPID_PLAIN=$TOP/build/kpid
export FLOW_BIN=$TOP/build/san/flow
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
# runuser stands where a root made by plain 'su' does not look.
export PATH=$PATH:/usr/sbin:/sbin
# The same dice for everybody who checks a change; new ones in the long runs.
[ "$long" = long ] || export SEED=${SEED:-20241015}
unset KPID_CONFIG http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY \
	ALL_PROXY PGHOST PGPORT PGUSER PGDATABASE PGSERVICE

finish() {
	sh $support/pg.sh stop "$work/pg"
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

heading() {
	printf '\n== %s (%d s)\n' "$1" $((SECONDS - began))
}

# result NAME PASSED FAILED; a name counts once.
result() {
	echo "$2 $3" >"$results/${1//\//-}"
	[ "$3" = 0 ] || echo "FAILED: $1"
}

# One thing that works or does not; what it says is shown when it does not.
once() {
	local name=$1 out=$work/once.$BASHPID
	shift
	if "$@" >"$out" 2>&1; then
		result "$name" 1 0
	else
		cat "$out"
		result "$name" 0 1
	fi
	rm -f "$out"
}

# Points the sanitizers' reports of what follows to files beginning with $1.
sanitizers() {
	ASAN_OPTIONS=detect_leaks=1:log_path=$1
	UBSAN_OPTIONS=print_stacktrace=1:log_path=$1
	export ASAN_OPTIONS UBSAN_OPTIONS
}

# True when there is no report beginning with $1; else shows them.
silent() {
	local report found=0
	for report in "$1".*; do
		if [ -s "$report" ]; then
			cat "$report"
			found=1
		fi
	done
	return $found
}

build() {
	heading "build: $1"
	shift
	once "build $*" make --no-print-directory -j"$jobs" "$@"
}

# unit_test PROGRAM: its own count, and no report.
unit_test() {
	local name=${1#build/} log
	log=$logs/unit-${name//\//-}
	sanitizers "$log.report"
	"$1" -j"$jobs" >"$log" 2>&1
	local code=$? passed failed
	passed=$(sed -n 's/.*Tested: .*Passing: *\([0-9]*\).*/\1/p' "$log")
	failed=$(sed -n 's/.*Tested: .*Failing: *\([0-9]*\).*/\1/p' "$log")
	[ "$code" = 0 ] || [ "${failed:-0}" != 0 ] || failed=1
	if [ "${failed:-0}" != 0 ] || [ -z "$passed" ]; then
		cat "$log"
		failed=${failed:-1}
	fi
	silent "$log.report" || failed=$((failed + 1))
	result "$name" "${passed:-0}" "$failed"
}

unit_tests() {
	local program
	heading "unit tests: $1"
	for program in tests/unit/test_*.c; do
		program=${program##*/}
		unit_test "$2/unit/${program%.c}"
	done
}

# A canary is found when its run ends badly or leaves a report.
found() {
	local log=$logs/canary-$1
	shift
	sanitizers "$log"
	"$@" "$log" && silent "$log" && return 1
	return 0
}

run_canary() {
	"$1" >/dev/null 2>&1
}

valgrind_run() {
	valgrind -q --leak-check=full --errors-for-leak-kinds=definite \
		--trace-children=no --log-file="$1.%p" "${@:2}"
}

canary_valgrind() {
	valgrind_run "$2" "$1"
}

canaries() {
	heading 'canaries: faults that must be found'
	once 'canary leak' found leak run_canary build/san/canary/leak
	once 'canary undefined' found undefined run_canary \
		build/san/canary/undefined
	once 'canary valgrind' found valgrind canary_valgrind \
		build/canary/valgrind
}

# tap NAME CODE LOG: counts the lines of a test that speaks TAP.
tap() {
	local passed failed
	passed=$(grep -c '^ok ' "$3")
	failed=$(grep -c '^not ok ' "$3")
	if [ "$passed$failed" = 00 ]; then
		[ "$2" = 0 ] && passed=1 || failed=1
	fi
	[ "$2" = 0 ] || [ "$failed" != 0 ] || failed=1
	[ "$failed" = 0 ] || grep -vE '^ok |^[0-9]+ passed, ' "$3"
	result "$1" "$passed" "$failed"
}

# A configuration like the demo's, upon a database of the test's server.
configure() {
	local top=$1 url=$2
	mkdir -p "$top"
	sed -e "s|\"private\": \"[^\"]*\"|\"url\": \"$url\"|" \
		-e "s|@TOP@|$TOP|" -e "s|@DEMO@|$top|" \
		config/demo/kpid.json.in >"$top/kpid.json"
}

start_database() {
	heading 'a PostgreSQL of our own, and the schema in it'
	once 'start PostgreSQL' sh $support/pg.sh start "$work/pg" || return
	export PGHOST=$work/pg PGUSER=kpid
	createdb kpid_template
	psql -Xqd kpid_template -c 'create extension pgtap'
	configure "$work/template" \
		"postgresql://kpid@/kpid_template?host=${PGHOST//\//%2F}"
	once 'kpid migrate' "$KPID_PLAIN" -c "$work/template/kpid.json" migrate
}

sql_test() {
	local name=${1##*/} log
	name=${name%.sql}
	log=$logs/sql-$name
	createdb -T kpid_template "t_$name" &&
		pg_prove -v -d "t_$name" "$1" >"$log" 2>&1
	tap "sql $name" $? "$log"
	dropdb --if-exists "t_$name"
}

# Two at a time: what waits for a child or a clock leaves a core to another.
side_by_side() {
	local run=$1 item
	shift
	for item; do
		while [ "$(jobs -rp | wc -l)" -ge 2 ]; do
			wait -n
		done
		"$run" "$item" &
	done
	wait
}

sql_tests() {
	heading 'pgTAP'
	side_by_side sql_test tests/sql/*.sql
}

flow_test() {
	local name=${1##*/} log start=$SECONDS
	name=${name%.*}
	log=$logs/flow-$name
	export TMPDIR=$work/flow-$name PGDATABASE=flow_${name//-/_}
	mkdir -p "$TMPDIR"
	chmod 755 "$TMPDIR"
	sanitizers "$logs/flow-$name.report"
	createdb -T kpid_template "$PGDATABASE"
	timeout -k 10 300 "$1" >"$log" 2>&1 </dev/null
	tap "flow $name" $? "$log"
	dropdb --if-exists "$PGDATABASE"
	silent "$logs/flow-$name.report" || result "reports of flow $name" 0 1
	rm -rf "$TMPDIR"
	echo "$((SECONDS - start)) s $name" >>"$work/times"
}

flow_tests() {
	local program programs=()
	heading 'flow tests'
	for program in tests/flow/*.sh tests/flow/*.py; do
		if [ "${program%.py}" = "$program" ] ||
			[ ! -e "${program%.py}.sh" ]; then
			programs+=("$program")
		fi
	done
	side_by_side flow_test "${programs[@]}"
	echo "the longest: $(sort -rn "$work/times" | head -n 8 | paste -sd,)"
}

# What fuzzing found worth keeping, through every target again.
replay() {
	local target=$1 name=${1##*/}
	name=${name#fuzz_}
	sanitizers "$logs/replay-$name"
	once "corpus $name" "$target" tests/fuzz/corpus/"$name"/*
	silent "$logs/replay-$name" || result "reports of corpus $name" 0 1
}

corpora() {
	heading 'the corpora of the fuzz targets'
	side_by_side replay build/san/replay/fuzz_*
}

# conformance BUILD-DIRECTORY: real files, where there are any.
conformance() {
	local log=$logs/conformance held all
	heading 'conformance: real files of governments'
	if [ -z "${KPID_DATA:-}" ]; then
		echo 'real data: not there; conformance is not run'
		return
	fi
	/usr/bin/python3 tests/conformance/run.py build/kpid \
		build/conformance "$KPID_DATA" >"$log" 2>&1
	local code=$?
	cat "$log"
	read -r held all <<<"$(sed -n \
		's/^\([0-9]*\) of \([0-9]*\) hold.*/\1 \2/p' "$log")"
	[ "$code" = 0 ] || [ "${held:-0}" != "${all:-0}" ] || all=$((held + 1))
	result conformance "${held:-0}" $((${all:-1} - ${held:-0}))
}

web_server() {
	/usr/bin/python3 $support/servers/web.py --root config/demo/www \
		--port 0 >"$1" &
	web=$!
	until grep -q listening "$1"; do
		kill -0 "$web" || return 1
		sleep 0.1
	done
}

# The commands people use most, each under valgrind.
valgrind_flow() {
	local top=$work/valgrind web port command failed=0
	createdb -T kpid_template kpid_valgrind || return 1
	configure "$top" \
		"postgresql://kpid@/kpid_valgrind?host=${PGHOST//\//%2F}"
	web_server "$top/web" || return 1
	port=$(sed 's/.*://' "$top/web")
	cp -R config "$top/config"
	sed -i "s|127.0.0.1:8765|127.0.0.1:$port|" "$top"/config/feeds/*.json
	sed -i -e "s|$TOP/config|$top/config|" "$top/kpid.json"
	for command in check 'collect --all' status 'status --format json' \
		'collect --all' alerts next \
		'explain ueda-r6-7-2-4-helmet-subsidy'; do
		# shellcheck disable=SC2086 # words of a command
		valgrind_run "$logs/valgrind" "$KPID_PLAIN" \
			-c "$top/kpid.json" $command || {
			echo "'kpid $command' failed"
			failed=1
		}
	done
	kill "$web"
	wait "$web"
	silent "$logs/valgrind" && [ $failed = 0 ]
}

# Files of the tree, without what is only built; objects are taken along.
copy_tree() {
	mkdir -p "$1/build"
	tar -cf - --exclude=./build --exclude=./.git . | tar -xf - -C "$1"
	cp -a build/collector build/sql.c build/sql.o build/libkpid.a \
		build/kpid "$1/build/"
}

left_running() {
	local process
	for process in /proc/[0-9]*; do
		if {
			tr '\0' ' ' <"$process/cmdline"
			readlink "$process/cwd"
		} 2>/dev/null | grep -F -- "$1"; then
			return 0
		fi
	done
	return 1
}

mails() {
	find "$1/build/demo/mail" -type f | wc -l
}

# demo_twice DIRECTORY [COMMAND...]: by that command, such as runuser.
demo_twice() {
	local copy=$1 first second
	shift
	"$@" make -C "$copy" demo KPID_NO_INSTALL=1 || return 1
	first=$(mails "$copy")
	"$@" make -C "$copy" demo KPID_NO_INSTALL=1 >"$copy.second" 2>&1 || {
		cat "$copy.second"
		return 1
	}
	second=$(mails "$copy")
	if [ "$first" = 0 ] || [ "$first" != "$second" ]; then
		echo "mails: $first after the first run, $second now"
		return 1
	fi
	if grep -E '^[a-z0-9-]+ +(loaded|held|failed)' "$copy.second" ||
		! grep -qE '^[a-z0-9-]+ +unchanged' "$copy.second"; then
		echo 'the second run does not say unchanged everywhere'
		return 1
	fi
	! left_running "$copy"
}

demo_tests() {
	heading 'make demo, twice, where the path has a blank'
	copy_tree "$work/a clone"
	once 'demo' demo_twice "$work/a clone"
	if [ "$(id -u)" = 0 ]; then
		heading 'make demo, twice, as an ordinary user'
		copy_tree "$work/theirs"
		chown -R "$(sh $support/pg.sh user)" "$work/theirs"
		once 'demo as an ordinary user' demo_twice "$work/theirs" \
			runuser -u "$(sh $support/pg.sh user)" --
	fi
}

fuzz_target() {
	local name=${1##*/}
	sanitizers "$logs/fuzz-$name"
	mkdir -p "$work/corpus-$name"
	once "fuzz $name" "$1" -max_total_time=600 -rss_limit_mb=1024 \
		-artifact_prefix="$TOP/build/$name-" "$work/corpus-$name" \
		"tests/fuzz/corpus/${name#fuzz_}"
}

instances_long() {
	export PGDATABASE=flow_instances_long
	createdb -T kpid_template $PGDATABASE
	once 'instances' /usr/bin/python3 tests/flow/instances.py 10
	dropdb --if-exists $PGDATABASE
	unset PGDATABASE
}

long_runs() {
	heading 'five hundred kills'
	sanitizers "$logs/kills"
	once 'kills' /usr/bin/python3 tests/flow/crashes.py 500
	silent "$logs/kills" || result 'reports of the kills' 0 1
	heading 'ten minutes of three daemons, killed and stopped'
	instances_long
	heading 'a hundred thousand collections'
	once 'build the loop' make --no-print-directory flow
	once 'alerts, every transition' /usr/bin/python3 \
		tests/flow/alert_life.py 4 2000
	once 'collections' /usr/bin/python3 tests/flow/long/many.py 100000
	once 'rounds of two thousand feeds' /usr/bin/python3 \
		tests/flow/long/rounds.py
	once 'collections under valgrind' /usr/bin/python3 \
		tests/flow/long/leaks.py
	heading 'a daemon beside long loads, and a minute of nothing'
	once 'a merge of a million rows' /usr/bin/python3 \
		tests/flow/busy.py 1000000
	once 'an idle minute' /usr/bin/python3 tests/flow/idle.py 60
	heading 'two thousand scripts against the model of the store'
	sanitizers "$logs/model"
	once 'model of the store' env -u PGHOST -u PGUSER \
		/usr/bin/python3 tests/flow/store.py 2000
	silent "$logs/model" || result 'reports of the model' 0 1
	heading 'fuzzing, ten minutes each'
	once 'build fuzz targets' make --no-print-directory fuzz
	side_by_side fuzz_target build/fuzzing/fuzz/*
}

summary() {
	local passed=0 failed=0 p f file
	for file in "$results"/*; do
		read -r p f <"$file"
		passed=$((passed + p))
		failed=$((failed + f))
		[ "$f" = 0 ] || echo "FAILED: ${file##*/}"
	done
	heading 'all'
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ]
}

heading 'lint'
once lint sh $support/lint.sh
build 'gcc' kpid unit canary conformance-programs
build 'clang, with sanitizers' BUILD=build/san CC=clang-14 SAN=1 \
	OPT='-O1 -g' kpid unit flow canary replay
canaries
unit_tests 'gcc' build
unit_tests 'clang, with sanitizers' build/san
corpora
conformance
start_database
sql_tests
flow_tests
heading 'valgrind'
once 'valgrind' valgrind_flow
demo_tests
[ "$long" != long ] || long_runs
summary
