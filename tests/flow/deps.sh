#!/bin/sh
# What deps.sh does with something missing: as root, with sudo, with neither.
# apt-get, sudo and id are stand-ins; "installing" makes a file appear.
# shellcheck disable=SC2016,SC2317 # text for stand-ins; functions by name
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/kpid-deps-XXXXXX")
trap 'rm -rf "$work"' EXIT
bin=$work/bin
failed=0
mkdir "$bin"

stand_in() {
	printf '#!/bin/sh\n%s\n' "$2" >"$bin/$1"
	chmod +x "$bin/$1"
}

# Only what deps.sh itself needs, so that no real sudo is found.
for program in sh mkdir rm cat make gcc; do
	ln -s "$(command -v "$program")" "$bin/$program"
done
stand_in pkg-config "[ \"\$2\" != yajl ] || [ -e '$work/installed' ]"
stand_in apt-get "echo \"apt-get \$*\" >>'$work/log'
case \"\$1\" in install) : >'$work/installed' ;; esac"
stand_in id 'echo "${AS:-0}"'

# run WHAT EXPECTED-CODE [VARIABLE=VALUE...]
run() {
	what=$1
	expected=$2
	shift 2
	rm -f "$work/installed" "$work/log"
	: >"$work/log"
	code=0
	env PATH="$bin" "$@" /bin/sh "$here/tests/support/deps.sh" build \
		>"$work/out" 2>&1 </dev/null || code=$?
	check "$what: code $expected" [ "$code" = "$expected" ]
}

check() {
	text=$1
	shift
	if "$@"; then
		echo "ok - $text"
	else
		echo "not ok - $text"
		sed 's/^/# /' "$work/out"
		failed=1
	fi
}

says() {
	grep -qF -- "$1" "$work/out"
}

installed() {
	grep -q '^apt-get install -y --no-install-recommends libyajl-dev$' \
		"$work/log"
}

untouched() {
	[ ! -s "$work/log" ]
}

run 'root' 0
check 'root: installs just what is missing' installed

run 'root who does not want it' 1 KPID_NO_INSTALL=1
check 'root who does not want it: nothing done' untouched
check 'root who does not want it: the command' \
	says 'apt-get install -y --no-install-recommends libyajl-dev'

run 'neither root nor sudo' 1 AS=1000
check 'neither: nothing done' untouched
check 'neither: the command' says "sh -c 'apt-get update &&"

stand_in sudo "echo \"sudo \$1\" >>'$work/log'; shift; exec \"\$@\""
run 'sudo' 0 AS=1000
check 'sudo: installs' installed
check 'sudo: does not ask without a terminal' grep -q '^sudo -n' "$work/log"
check 'sudo: says what it runs' says "running: sudo sh -c"

stand_in sudo 'echo "sudo: a password is required" >&2; exit 1'
run 'sudo that refuses' 1 AS=1000
check 'sudo that refuses: the command' says "HINT: an administrator"

stand_in apt-get 'echo "E: no network" >&2; exit 100'
run 'no network' 1
check 'no network: names what is missing' says 'not here: libyajl-dev'

stand_in pkg-config 'exit 0'
run 'nothing missing' 0 AS=1000
check 'nothing missing: not a word' [ ! -s "$work/out" ]

exit "$failed"
