#!/bin/sh
# Prints organizations.csv as C tables: the local governments by code, and all
# spellings of their names (with and without prefecture and 郡) in byte order.
set -eu
cd "$(dirname "$0")"

# code,prefecture,district,name
rows() {
	grep -v -e '^#' -e '^code,' organizations.csv
}

# Each line: the text, the row it stands in, and which parts make it up:
# 1 prefecture, 2 district, 4 name.
spellings() {
	rows | awk -F, -v OFS='\t' '
	{ row = NR - 1 }
	$4 == "" { print $2, row, 1; next }
	{ print $4, row, 4; print $2 $4, row, 5 }
	$3 != "" { print $3 $4, row, 6; print $2 $3 $4, row, 7 }'
}

printf '/* Made by config/embed.sh. */\n'
printf '#include "../collector/normalise/org_list.h"\n\n'
printf 'const struct org_entry org_entries[] = {\n'
rows | awk -F, '{ sub(/^0/, "", $1)
	printf "\t{ %s, \"%s\", \"%s\", \"%s\" },\n", $1, $2, $3, $4 }'
printf '};\nconst size_t org_n_entries = %s;\n' "$(rows | wc -l)"

printf '\nconst struct org_spelling org_spellings[] = {\n'
spellings | LC_ALL=C sort -t "$(printf '\t')" -k 1,1 -k 2,2n |
awk -F '\t' '{ printf "\t{ %s, %s },\n", $2, $3 }'
printf '};\nconst size_t org_n_spellings = %s;\n' "$(spellings | wc -l)"
