#!/bin/sh
# What the container of docker-compose.yml runs: the schema, then the daemon.
# The demonstration has its web server in another container, so its feeds are
# written anew; its clock stands still, so it is collected here, once.
set -eu

case $KPID_CONFIG in
/var/lib/kpid/demo/*)
	mkdir -p /var/lib/kpid/demo
	cp -r /etc/kpid/. /var/lib/kpid/demo
	sed -i 's,127\.0\.0\.1:8765,www:8765,' /var/lib/kpid/demo/feeds/*.json
	kpid migrate
	tries=0
	until kpid collect --all || [ "$tries" = 10 ]; do
		tries=$((tries + 1))
		sleep 2
	done
	;;
*)
	kpid migrate
	;;
esac
exec kpid run
