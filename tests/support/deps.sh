#!/bin/sh
# deps.sh GROUP...: installs what is missing of the groups build, run, test,
# deb, bench.
#
# Looks first. With nothing missing it says nothing and asks for no privilege.
# Root installs; others through sudo; with neither, the command for an
# administrator is printed and nothing has been built yet.
# KPID_NO_INSTALL=1 never installs.
set -eu

LC_ALL=C
export LC_ALL
missing=

# need PACKAGE COMMAND...: the package is missing when the command fails.
need() {
	package=$1
	shift
	"$@" >/dev/null 2>&1 || case " $missing " in
	*" $package "*) ;;
	*) missing="$missing $package" ;;
	esac
}

library() {
	pkg-config --exists "$1"
}

header() {
	echo "#include <$1>" | gcc -E -
}

# At least one of the files a pattern stands for.
file() {
	[ -e "$1" ]
}

server() {
	file /usr/lib/postgresql/*/bin/postgres || command -v postgres
}

need_build() {
	need gcc command -v gcc
	need libc6-dev header stdio.h
	need make command -v make
	need pkg-config command -v pkg-config
	need libcurl4-openssl-dev library libcurl
	need libjansson-dev library jansson
	need libpq-dev library libpq
	need libyajl-dev library yajl
	need libunistring-dev header unistr.h
	need libzstd-dev library libzstd
	need zlib1g-dev library zlib
	need libzip-dev library libzip
	need libexpat1-dev library expat
	need libpcre2-dev library libpcre2-8
	need libmicrohttpd-dev library libmicrohttpd
}

need_run() {
	need postgresql-15 server
	need python3 /usr/bin/python3 -c ''
	need tzdata file /usr/share/zoneinfo/Asia/Tokyo
	need ca-certificates file /etc/ssl/certs/ca-certificates.crt
}

need_test() {
	need libcriterion-dev library criterion
	need postgresql-15-pgtap \
		file /usr/share/postgresql/*/extension/pgtap.control
	need libtap-parser-sourcehandler-pgtap-perl command -v pg_prove
	need python3-aiosmtpd /usr/bin/python3 -c 'import aiosmtpd'
	need openssl command -v openssl
	need valgrind command -v valgrind
	need clang-14 command -v clang-14
	need libclang-rt-14-dev \
		file /usr/lib/llvm-14/lib/clang/*/lib/linux/libclang_rt.fuzzer*
	need clang-format-14 command -v clang-format-14
	need shellcheck command -v shellcheck
	need systemd command -v systemd-analyze
	need groff command -v groff
	need prometheus command -v promtool
	need python3-prometheus-client \
		/usr/bin/python3 -c 'import prometheus_client'
}

need_deb() {
	need dpkg-dev command -v dpkg-shlibdeps
	need binutils command -v strip
}

need_bench() {
	need python3 /usr/bin/python3 -c ''
	need miller command -v mlr
}

look() {
	missing=
	for group in "$@"; do
		"need_$group"
	done
	missing=${missing# }
}

# One line for root's shell. Debian's server package would make a cluster and
# start it: a file that forbids this stands there while it is installed.
# Prometheus, wanted for its promtool, would start and be enabled.
install_line() {
	get="apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install"
	get="$get -y --no-install-recommends $missing"
	case " $missing " in
	*" prometheus "*)
		get="$get && { [ ! -d /run/systemd/system ] ||"
		get="$get systemctl disable --now prometheus; }"
		;;
	esac
	case " $missing " in
	*" postgresql"*)
		dir=/etc/postgresql-common/createcluster.d
		echo "mkdir -p $dir &&" \
			"echo create_main_cluster = false >$dir/kpid.conf &&" \
			"$get; r=\$?; rm -f $dir/kpid.conf; exit \$r"
		;;
	*)
		echo "$get"
		;;
	esac
}

give_up() {
	echo "kpid needs packages that are not here: $missing" >&2
	echo "HINT: an administrator can install them with:" >&2
	echo "sh -c '$line'" >&2
	exit 1
}

with_sudo() {
	echo "kpid needs: $missing; running: sudo sh -c '$line'" >&2
	if [ -t 0 ]; then
		sudo sh -c "$line" || give_up
	else
		sudo -n sh -c "$line" || give_up
	fi
}

for group in "$@"; do
	case $group in
	build | run | test | deb | bench) ;;
	*)
		echo "deps.sh: no group '$group'" >&2
		exit 2
		;;
	esac
done

look "$@"
[ -n "$missing" ] || exit 0
line=$(install_line)
[ -z "${KPID_NO_INSTALL:-}" ] || give_up
if [ "$(id -u)" = 0 ]; then
	echo "kpid needs: $missing; running: sh -c '$line'" >&2
	sh -c "$line" || give_up
elif command -v sudo >/dev/null 2>&1; then
	with_sudo
else
	give_up
fi
look "$@"
[ -z "$missing" ] || give_up
