#!/bin/sh
# deb.sh BUILD VERSION: makes BUILD/kpid_VERSION+TIME_ARCH.deb of what `make
# install` puts into a folder. What the package needs is read off the program
# (dpkg-shlibdeps), the rest stands here. The time makes each package newer
# than those made before it: of the same version apt would install nothing.
set -eu

build=$(cd "$1" && pwd)
stamp=${SOURCE_DATE_EPOCH:-$(date +%s)}
version=$2+$(date -u -d "@$stamp" +%Y%m%d%H%M%S)
arch=$(dpkg --print-architecture)
here=$(dirname "$0")
tree=$build/deb
rm -rf "$tree"
make --no-print-directory BUILD="$build" DESTDIR="$tree" prefix=/usr \
	KPID_NO_INSTALL=1 install >/dev/null
strip --strip-unneeded --remove-section=.comment --remove-section=.note \
	"$tree/usr/bin/kpid"
gzip -9n "$tree"/usr/share/man/man*/*
maintainer='kpid maintainers <kpid@kpid.example>'
install -m 644 "$here/copyright" "$tree/usr/share/doc/kpid/copyright"
gzip -9n >"$tree/usr/share/doc/kpid/changelog.gz" <<EOF
kpid ($version) bookworm; urgency=medium

  * Made from the tree of this version; its history is the tree's own.

 -- $maintainer  $(LC_ALL=C date -u -R -d "@$stamp")
EOF

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
Maintainer: $maintainer
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
	systemctl --system daemon-reload >/dev/null || true
	# A running daemon goes on with the new program, another stays off.
	! systemctl --quiet is-active kpid.service ||
		deb-systemd-invoke restart kpid.service || true
fi
[ -n "$2" ] || cat <<'TEXT'
kpid is installed and not started. Say in /etc/kpid/kpid.json which
organization this is and where mail goes, then: systemctl enable --now kpid
TEXT
EOF
cat >"$tree/DEBIAN/prerm" <<'EOF'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
	deb-systemd-invoke stop kpid.service || true
	rm -f /etc/systemd/system/multi-user.target.wants/kpid.service
fi
EOF
cat >"$tree/DEBIAN/postrm" <<'EOF'
#!/bin/sh
set -e
[ ! -d /run/systemd/system ] ||
	systemctl --system daemon-reload >/dev/null || true
# Collected figures are not ours to throw away.
if [ "$1" = purge ] && [ -d /var/lib/kpid ] &&
	! rmdir /var/lib/kpid 2>/dev/null; then
	echo 'kpid: /var/lib/kpid holds collected figures and is kept;' \
		'remove it by hand when nobody needs them'
fi
EOF
chmod 755 "$tree/DEBIAN/postinst" "$tree/DEBIAN/prerm" "$tree/DEBIAN/postrm"
(cd "$tree" && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2) \
	>"$tree/DEBIAN/md5sums"
find "$tree" -type d -exec chmod 755 {} +
rm -f "$build"/kpid_*_"$arch".deb
dpkg-deb --root-owner-group --build "$tree" \
	"$build/kpid_${version}_$arch.deb"
