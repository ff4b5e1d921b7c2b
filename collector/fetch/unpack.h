/*
 * gzip, unpacked as it arrives, and known to be whole at its end: libcurl
 * unpacks too, but takes a stream that is cut short for one that has ended.
 */
#ifndef KPID_FETCH_UNPACK_H
#define KPID_FETCH_UNPACK_H

#include <stddef.h>

#include "kpid/error.h"

struct unpack;

/* Takes unpacked bytes; false stops, and it has said why itself. */
typedef bool unpacked_fn(void *ctx, const void *p, size_t len);

/* Never NULL: out of memory ends the process. */
struct unpack *unpack_new(void);
/* NULL is fine. */
void unpack_free(struct unpack *u);

/* Gives fn what the next bytes of the stream, fewer than 4 GiB, unpack to.
 * Several members one after the other are one body. false: it is no gzip
 * (err), or fn said so; u can then only be freed. */
MUST_CHECK bool unpack_put(struct unpack *u, const void *p, size_t len,
    unpacked_fn *fn, void *ctx, struct kpid_err *err);
/* After the last byte: has every member its end, and is there one? */
MUST_CHECK bool unpack_end(const struct unpack *u, struct kpid_err *err);

/* What can be had of a stream's first bytes, for a quotation: the bytes put
 * into out, at most room. Whatever is wrong with the stream ends it. */
size_t unpack_excerpt(const void *p, size_t len, char *out, size_t room);

#endif
