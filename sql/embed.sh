#!/bin/sh
# Prints sql/ as a C table: the migrations in number order, the names of the
# local governments, then the functions and views in the order of
# install.list, then the grants.
set -eu
cd "$(dirname "$0")"

text() {
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^\(.*\)$/\t  "\1\\n"/' "$@"
}

literal() {
	printf '\t{ "%s", %s,\n' "$1" "$2"
	text "$1"
	printf '\t},\n'
}

# config/organizations.csv (code,prefecture,district,name) as a statement that
# runs again when the list changed: names follow, nothing is removed.
organizations() {
	echo 'insert into kpid.organization as g (org, name, prefecture) values'
	grep -v -e '^#' -e '^code,' ../config/organizations.csv |
		awk -F, '{ printf "(%d, '\''%s'\'', '\''%s'\''),\n",
			$1, $4 == "" ? $2 : $4, $2 }'
	cat <<-'END'
	(0, '全国', null)
	on conflict (org) do update
	set name = excluded.name, prefecture = excluded.prefecture
	where (g.name, g.prefecture)
	is distinct from (excluded.name, excluded.prefecture);
	END
}

printf '/* Made by sql/embed.sh. */\n#include "../collector/store/sql.h"\n\n'
printf 'const struct sql_file sql_files[] = {\n'
for file in migrations/*.sql; do
	number=${file#migrations/}
	number=${number%%_*}
	literal "$file" "${number#"${number%%[!0]*}"}"
done
printf '\t{ "organizations.csv", 0,\n'
organizations | text
printf '\t},\n'
sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' install.list |
while read -r file; do
	literal "$file" 0
done
literal grants.sql 0
printf '\t{ 0 }\n};\n'

printf '\nconst char sql_bootstrap[] =\n'
text bootstrap.sql
printf '\t;\n'
