#!/bin/sh
# Prints sql/ as a C table: the migrations in number order, then the functions
# and views in the order of install.list, then the grants.
set -eu
cd "$(dirname "$0")"

text() {
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^\(.*\)$/\t  "\1\\n"/' "$1"
}

literal() {
	printf '\t{ "%s", %s,\n' "$1" "$2"
	text "$1"
	printf '\t},\n'
}

printf '/* Made by sql/embed.sh. */\n#include "../collector/store/sql.h"\n\n'
printf 'const struct sql_file sql_files[] = {\n'
for file in migrations/*.sql; do
	number=${file#migrations/}
	number=${number%%_*}
	literal "$file" "${number#"${number%%[!0]*}"}"
done
sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' install.list |
while read -r file; do
	literal "$file" 0
done
literal grants.sql 0
printf '\t{ 0 }\n};\n'

printf '\nconst char sql_bootstrap[] =\n'
text bootstrap.sql
printf '\t;\n'
