#!/bin/sh
# pace.sh KPID REPS SEED...: pace.py on a PostgreSQL of its own.
set -eu

kpid=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/kpid-pace-XXXXXX)
chmod 755 "$work"
trap 'sh "$here/../support/pg.sh" stop "$work/pg"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

sh "$here/../support/pg.sh" start "$work/pg" >/dev/null
export PGHOST="$work/pg" PGUSER=kpid PGDATABASE=pace
createdb pace
mkdir "$work/feeds"
echo '{"indicators": [{"indicator": "unused", "name_ja": "なし",
 "unit": "件", "measure": "flow"}]}' >"$work/indicators.json"
cat >"$work/kpid.json" <<EOF
{"organization": "202037", "state": "$work/state", "feeds": "$work/feeds",
 "indicators": "$work/indicators.json", "database":
 {"url": "postgresql://kpid@/pace?host=$(echo "$PGHOST" | sed 's|/|%2F|g')"}}
EOF
"$kpid" -c "$work/kpid.json" migrate >/dev/null
/usr/bin/python3 "$here/pace.py" "$@"
