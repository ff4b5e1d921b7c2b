#!/bin/sh
# The demonstration, below build/demo: demo.sh run | serve
#
#   run    collects the real figures of config/demo, judges them as of
#          2024-09-30 and writes the mails; leaves nothing running
#   serve  only the web server, in the foreground, for commands by hand
set -eu

cd "$(dirname "$0")/../.."
top=$(pwd)
demo=build/demo
kpid=build/kpid
port=8765
server=
pipe=
# runuser stands where a root made by plain 'su' does not look.
PATH=$PATH:/usr/sbin:/sbin

finish() {
	[ -z "$pipe" ] || rm -rf "$pipe"
	if [ -n "$server" ]; then
		kill "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
trap 'exit 141' PIPE

# Ends with this shell, even when that is killed.
web() {
	exec setpriv --pdeathsig TERM /usr/bin/python3 \
		tests/support/servers/web.py --root config/demo/www --port "$1"
}

# Starts it in the background; sets port to where it listens.
start_web() {
	pipe=$(mktemp -d "${TMPDIR:-/tmp}/kpid-demo-XXXXXX")
	mkfifo "$pipe/said"
	web "$1" >"$pipe/said" 2>"$pipe/errors" &
	server=$!
	said=
	read -r said <"$pipe/said" || true
	case $said in
	"listening on "*)
		port=${said##*:}
		rm -rf "$pipe"
		pipe=
		return 0
		;;
	esac
	wait "$server" || true
	server=
	errors=$(cat "$pipe/errors")
	rm -rf "$pipe"
	pipe=
	return 1
}

# PostgreSQL does not run as root, and its user cannot enter a clone below
# /root: then, and only then, the cluster stands elsewhere.
place_database() {
	database=$top/$demo/pg
	[ "$(id -u)" = 0 ] || return 0
	user=$(sh tests/support/pg.sh user)
	if runuser -u "$user" -- test -x "$top/$demo"; then
		return 0
	fi
	name=$(printf '%s' "$top" | cksum | cut -d ' ' -f 1)
	database=/var/lib/kpid-demo/$name
	[ -e "$demo/kpid.json" ] || rm -rf "$database"
	echo "user '$user', whom PostgreSQL runs as, cannot enter $top:"
	echo "the demo's database is in $database"
	echo
}

quoted() {
	printf '%s' "$1" | sed -e 's/[\\"]/\\&/g' -e 's/[\\&|]/\\&/g'
}

# Written again each time: the port may be another one.
configure() {
	mkdir -p "$demo/feeds"
	place_database
	for feed in config/feeds/*.json; do
		sed -e "s|127\.0\.0\.1:8765/|127.0.0.1:$port/|" \
			-e 's|"file:\.\./|"file:../../../config/|' \
			"$feed" >"$demo/feeds/${feed##*/}"
	done
	sed -e "s|@DEMO@/pg|$(quoted "$database")|" \
		-e "s|@TOP@/config/feeds|$(quoted "$top/$demo")/feeds|" \
		-e "s|@TOP@|$(quoted "$top")|" \
		-e "s|@DEMO@|$(quoted "$top/$demo")|" \
		config/demo/kpid.json.in >"$demo/kpid.json"
}

show() {
	echo
	echo "\$ $kpid -c $demo/kpid.json $*"
	"$kpid" -c "$demo/kpid.json" "$@"
}

run() {
	start_web "$port" || start_web 0 || {
		echo "demo.sh: the web server did not start: $errors" >&2
		exit 1
	}
	configure
	show collect --all
	show status --as-of 2024-09-30
	as="-c $demo/kpid.json"
	files=$(find "$demo/mail/new" -type f 2>/dev/null | wc -l)
	cat <<-END

	configuration   $demo/kpid.json
	mails           $demo/mail/new ($files)
	database        $kpid $as psql
	one target      $kpid $as explain TARGET --as-of 2024-09-30
	again           make demo (unchanged everywhere, no mail)
	by hand         make demo-serve in another terminal, then
	                $kpid $as collect --all
	from the start  rm -rf $demo
	END
}

serve() {
	configure
	echo "serving config/demo/www; end with Ctrl-C. In another terminal:"
	echo "  $kpid -c $demo/kpid.json collect --all"
	web "$port"
}

case ${1:-} in
run | serve) "$1" ;;
*)
	echo 'usage: demo.sh run | serve' >&2
	exit 2
	;;
esac
