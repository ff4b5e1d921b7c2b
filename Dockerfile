# kpid in a container: one stage builds, the other runs as an ordinary user.
# The database is another container, or any server: a private cluster does
# not fit here ("database": {"url": ...} in the configuration).
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
	gcc libc6-dev make pkg-config libcurl4-openssl-dev libjansson-dev \
	libpq-dev libyajl-dev libunistring-dev libzstd-dev zlib1g-dev \
	libzip-dev libexpat1-dev libpcre2-dev
COPY . /src
WORKDIR /src
RUN rm -rf build && make KPID_NO_INSTALL=1 && \
	make KPID_NO_INSTALL=1 DESTDIR=/out install

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
	libcurl4 libjansson4 libpq5 libyajl2 libunistring2 libzstd1 \
	zlib1g libzip4 libexpat1 libpcre2-8-0 postgresql-client tzdata ca-certificates && \
	rm -rf /var/lib/apt/lists/* && \
	useradd --system --home-dir /var/lib/kpid --create-home kpid
COPY --from=build /out/ /
USER kpid
VOLUME /var/lib/kpid
ENTRYPOINT ["kpid", "-c", "/etc/kpid/kpid.json"]
CMD ["run"]
