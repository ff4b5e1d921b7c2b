/*
 * What comes out of an envelope: an unlinked temporary file that refuses to
 * grow over its limit. Private to this room.
 */
#ifndef PARSE_ARCHIVE_OUT_H
#define PARSE_ARCHIVE_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/error.h"

struct unpacked {
	int fd; /* -1: none */
	long long len, max;
};

/* In $TMPDIR, else /tmp. Ended by unpacked_close, or by taking the fd. */
MUST_CHECK bool unpacked_open(long long max, struct unpacked *out,
    struct kpid_err *err);
void unpacked_close(struct unpacked *u);
MUST_CHECK bool unpacked_put(struct unpacked *u, const void *p, size_t len,
    struct kpid_err *err);

/* The gzip file fd, all its members one behind the other, into u. */
MUST_CHECK bool gzip_unpack(int fd, struct unpacked *u, struct kpid_err *err);

#endif
