#!/bin/sh
# The rules of the house: layers, banned functions, sizes, formats, scripts.
# Prints file:line: what is wrong; ends with 1 when there was anything.
set -eu

cd "$(dirname "$0")/../.."
bad=0

# What git has or would take; without git, what is not built.
files() {
	if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
		git ls-files --cached --others --exclude-standard |
			while read -r file; do
				[ ! -f "$file" ] || echo "$file"
			done
	else
		find . -type f ! -path './build/*' ! -path './.git/*' |
			sed 's|^\./||'
	fi | sort
}

# Which C files clang-format speaks about.
formatted() {
	find collector include tests \( -name '*.c' -o -name '*.h' \)
}

scripts() {
	find .ci config sql tests -name '*.sh'
	[ ! -f .ci/run ] || echo .ci/run
}

files | /usr/bin/python3 tests/support/lint.py || bad=1

if command -v clang-format-14 >/dev/null; then
	formatted | xargs clang-format-14 --dry-run -Werror || bad=1
else
	echo 'lint: clang-format-14 is not here; formats not checked' >&2
fi

if command -v shellcheck >/dev/null; then
	scripts | xargs shellcheck || bad=1
else
	echo 'lint: shellcheck is not here; scripts not checked' >&2
fi

exit "$bad"
