# kpid in a container: one stage builds, the last one runs as an ordinary user
# and writes below /var/lib/kpid and /tmp alone. The database is another
# container, or any server: a private cluster does not fit here.
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
	gcc libc6-dev make pkg-config libcurl4-openssl-dev libjansson-dev \
	libpq-dev libyajl-dev libunistring-dev libzstd-dev zlib1g-dev \
	libzip-dev libexpat1-dev libpcre2-dev libmicrohttpd-dev \
	postgresql-client
COPY . /src
WORKDIR /src
RUN rm -rf build && make KPID_NO_INSTALL=1 && \
	make KPID_NO_INSTALL=1 DESTDIR=/out install && \
	rm -rf /out/usr/local/lib /out/usr/local/share/man && \
	strip /out/usr/local/bin/kpid && \
	cp /usr/lib/postgresql/*/bin/psql /usr/lib/postgresql/*/bin/pg_dump \
	/usr/lib/postgresql/*/bin/pg_restore /out/usr/local/bin

# The demonstration's web server and a mail server that keeps what it gets.
FROM debian:bookworm-slim AS dev
RUN apt-get update && apt-get install -y --no-install-recommends \
	busybox python3-aiosmtpd && rm -rf /var/lib/apt/lists/* && \
	install -d -o nobody /var/mail/caught
USER nobody

# The package of PostgreSQL's programs would bring Perl along.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
	libcurl4 libjansson4 libpq5 libyajl2 libunistring2 libzstd1 \
	zlib1g libzip4 libexpat1 libpcre2-8-0 libmicrohttpd12 \
	libreadline8 liblz4-1 libssl3 tzdata \
	ca-certificates && rm -rf /var/lib/apt/lists/* && \
	useradd --system --home-dir /var/lib/kpid kpid && \
	install -d -o kpid -g kpid -m 700 /var/lib/kpid
COPY --from=build /out/ /
USER kpid
ENV KPID_CONFIG=/etc/kpid/kpid.json
VOLUME /var/lib/kpid
HEALTHCHECK --interval=30s --start-period=60s CMD ["kpid", "ping"]
ENTRYPOINT ["kpid"]
CMD ["run"]
