#!/bin/sh
# A private PostgreSQL for tests, on a Unix socket only.
#
#   pg.sh start DIR   makes it below DIR (new, short, reachable by others);
#                     prints the socket's directory
#   pg.sh stop DIR    stops it and removes DIR
#   pg.sh user        as whom it runs: PostgreSQL refuses root
set -eu

server_user() {
	if [ "$(id -u)" != 0 ]; then
		id -un
		return
	fi
	for name in "${SUDO_USER:-}" kpid postgres; do
		if [ -n "$name" ] && [ "$name" != root ] &&
			id "$name" >/dev/null 2>&1; then
			echo "$name"
			return
		fi
	done
	echo 'pg.sh: no unprivileged user to run PostgreSQL as' >&2
	return 1
}

as_server() {
	if [ "$(id -u)" = 0 ]; then
		runuser -u "$user" -- "$@"
	else
		"$@"
	fi
}

newest_bindir() {
	for program in /usr/lib/postgresql/*/bin/initdb; do
		echo "${program%/initdb}"
	done | sort -t/ -k5n | tail -n 1
}

# Durability costs time, and nobody will miss these data. KPID_PG_OPTIONS has
# the last word: the bench wants a server as people have it. On one line, for
# pg_ctl's shell would take a second one as another command.
options='-c listen_addresses= -c fsync=off -c synchronous_commit=off'
options="$options -c full_page_writes=off -c jit=off -c max_connections=60"
options="$options ${KPID_PG_OPTIONS:-}"

make_and_run() {
	as_server "$bin/initdb" -D "$1/data" -U kpid -A trust \
		--locale=C.UTF-8 -E UTF8 --no-sync &&
		as_server "$bin/pg_ctl" -D "$1/data" -w -l "$1/log" \
			-o "-k '$1' $options" start
}

start() {
	mkdir -p "$1"
	chmod 755 "$1"
	[ "$(id -u)" != 0 ] || chown "$user" "$1"
	if ! make_and_run "$1" >"$1.log" 2>&1; then
		cat "$1.log" >&2
		return 1
	fi
	echo "$1"
}

stop() {
	[ -d "$1/data" ] || return 0
	as_server "$bin/pg_ctl" -D "$1/data" -w -m immediate stop \
		>/dev/null 2>&1 || true
	rm -rf "$1" "$1.log"
}

user=$(server_user)
bin=$(newest_bindir)
cd /
case ${1:-} in
start | stop) "$1" "$2" ;;
user) echo "$user" ;;
*)
	echo 'usage: pg.sh start DIR | stop DIR | user' >&2
	exit 2
	;;
esac
