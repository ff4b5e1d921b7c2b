#!/bin/sh
# deb.sh BUILD VERSION: makes BUILD/kpid_VERSION_ARCH.deb of what `make
# install` puts into a folder. What the package needs is read off the program
# (dpkg-shlibdeps), the rest stands here.
set -eu

build=$(cd "$1" && pwd)
version=$2
arch=$(dpkg --print-architecture)
here=$(dirname "$0")
tree=$build/deb
rm -rf "$tree"
make --no-print-directory BUILD="$build" DESTDIR="$tree" prefix=/usr \
	KPID_NO_INSTALL=1 install >/dev/null
strip --strip-unneeded "$tree/usr/bin/kpid"
gzip -9n "$tree"/usr/share/man/man*/*

# /etc: what people change and an upgrade must leave alone.
install -d -m 755 "$tree/etc/kpid/feeds"
install -m 644 "$here/kpid.json" "$tree/etc/kpid/kpid.json"
install -m 644 config/indicators.json "$tree/etc/kpid/indicators.json"

mkdir -p "$tree/DEBIAN" "$build/debian"
: >"$build/debian/control"
depends=$(cd "$build" && dpkg-shlibdeps -O deb/usr/bin/kpid 2>/dev/null)
cat >"$tree/DEBIAN/control" <<EOF
Package: kpid
Version: $version
Architecture: $arch
Maintainer: kpid maintainers <kpid@localhost>
Section: misc
Priority: optional
Depends: ${depends#shlibs:Depends=}, postgresql-client, tzdata, ca-certificates
Recommends: postgresql-15
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f 1)
Description: collects KPI series of a local government into PostgreSQL
 kpid reads CSV, spreadsheets and HTTP feeds of public statistics, keeps every
 revision in PostgreSQL, compares the figures with the targets of the fiscal
 year and mails the people responsible when one slips.
EOF
(cd "$tree" && find etc -type f | sed 's,^,/,' | LC_ALL=C sort) \
	>"$tree/DEBIAN/conffiles"

cat >"$tree/DEBIAN/postinst" <<'EOF'
#!/bin/sh
set -e
[ "$1" = configure ] || exit 0
if command -v systemd-sysusers >/dev/null; then
	systemd-sysusers kpid.conf
elif ! getent passwd kpid >/dev/null; then
	useradd --system --user-group --home-dir /var/lib/kpid \
		--shell /usr/sbin/nologin kpid
fi
install -d -m 0700 -o kpid -g kpid /var/lib/kpid
install -d -m 0755 -o kpid -g kpid /run/kpid
chgrp kpid /etc/kpid
chmod 0750 /etc/kpid
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
	# A running daemon goes on with the new program.
	systemctl try-restart kpid.service || true
fi
[ -n "$2" ] || cat <<'TEXT'
kpid is installed and not started. Say in /etc/kpid/kpid.json which
organization this is and where mail goes, then:
    systemctl enable --now kpid
TEXT
EOF
cat >"$tree/DEBIAN/prerm" <<'EOF'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
	systemctl disable --now kpid.service || true
fi
EOF
cat >"$tree/DEBIAN/postrm" <<'EOF'
#!/bin/sh
set -e
[ ! -d /run/systemd/system ] || systemctl daemon-reload
# Collected figures are not ours to throw away.
if [ "$1" = purge ] && [ -d /var/lib/kpid ] &&
	! rmdir /var/lib/kpid 2>/dev/null; then
	echo 'kpid: /var/lib/kpid holds collected figures and is kept;' \
		'remove it by hand when nobody needs them'
fi
EOF
chmod 755 "$tree/DEBIAN/postinst" "$tree/DEBIAN/prerm" "$tree/DEBIAN/postrm"
find "$tree" -type d -exec chmod 755 {} +
dpkg-deb --root-owner-group --build "$tree" \
	"$build/kpid_${version}_$arch.deb"
