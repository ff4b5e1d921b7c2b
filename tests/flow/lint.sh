#!/bin/sh
# lint.py finds each thing that it is for, and nothing in a clean file.
set -eu

lint=$(pwd)/tests/support/lint.py
work=$(mktemp -d "${TMPDIR:-/tmp}/kpid-lint-XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p collector/parse collector/store include/kpid sql/functions
: >sql/install.list
failed=0

# finds WHAT FILE MESSAGE: with the file as it is on standard input.
finds() {
	cat >"$2"
	code=0
	out=$(echo "$2" | /usr/bin/python3 "$lint") || code=$?
	if [ "$code" = 1 ] && echo "$out" | grep -qF -- "$2:$3"; then
		echo "ok - $1"
	else
		printf 'not ok - %s\n# %s\n' "$1" "$out"
		failed=1
	fi
	rm "$2"
}

c=collector/parse/x.c
finds 'a header of a higher room' $c "1: 'parse' includes 'kpid/load.h'" <<-END
	#include "kpid/load.h"
END
finds 'the store in a stage' $c "1: 'parse' includes 'kpid/db.h'" <<-END
	#include "kpid/db.h"
END
finds 'a stage in the store' collector/store/x.c \
	"1: 'store' includes 'kpid/parse.h'" <<-END
	#include "kpid/parse.h"
END
finds "another room's private header" $c "1: '../store/db.h'" <<-END
	#include "../store/db.h"
END
finds 'a library where it does not belong' $c '1: <libpq-fe.h>' <<-END
	#include <libpq-fe.h>
END
finds 'a header without a room' include/kpid/x.h '1: lint.py knows' <<-END
	int x(void);
END
finds 'a banned function' $c '2: strcpy()' <<-END
	/* strcat() is only spoken of here */
	strcpy(a, b);
END
finds 'a mutable variable without its reason' $c '1: a mutable' <<-END
	static int count;
END
finds 'a long function' $c '2: 61 lines in one function' <<-END
	f(void)
	{
	$(seq -f '	x(%.0f);' 60)
	}
END
finds 'too many parameters' $c '1: 7 parameters of f()' <<-END
	void f(int a, int b, int c, int d, int e, int g, int (*h)(int, int));
END
finds 'a long file' $c '500: 501 lines' <<-END
	$(seq -f 'int x(%.0f);' 501)
END
finds 'a wide line' $c '1: wider' <<-END
	$(printf '%081d' 0)
END
finds 'blanks at the end' $c '1: blanks' <<-END
	$(printf 'int x; ')
END
finds 'what is left to do' $c '1: something' <<-END
	$(printf '/* %s%s */' TO DO)
END
finds 'a path of one machine' $c '1: a path' <<-END
	$(printf '"/%s/me/main"' home)
END
f=sql/functions/kpid.x.sql
finds 'SQL that is not installed' $f '1: not in' <<-END
	-- Function: kpid.x
	set search_path = pg_catalog, pg_temp
END
finds 'a function without search_path' $f '1: neither' <<-END
	-- Function: kpid.x
END
finds 'a function without its block' $f '1: no block' <<-END
	set search_path = pg_catalog, pg_temp
END

printf '#include "kpid/bytes.h"\n\nstatic const int x = 1;\n' >$c
if echo $c | /usr/bin/python3 "$lint" >out; then
	echo 'ok - nothing in a clean file'
else
	sed 's/^/# /' out
	echo 'not ok - nothing in a clean file'
	failed=1
fi
exit "$failed"
