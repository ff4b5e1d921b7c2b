/*
 * gzip streams, with zlib. A stream counts only with its trailer: the sum
 * and the length in it are compared by zlib before it says that it ended.
 */
#include "unpack.h"

#include <stdlib.h>

#define ZLIB_CONST
#include <zlib.h>

/* The largest window, and gzip's header and trailer around it. */
#define GZIP_BITS (16 + MAX_WBITS)
#define OUT_BYTES (32 << 10)

struct unpack {
	z_stream z;
	bool whole; /* no byte since a member's end */
	unsigned char out[OUT_BYTES];
};

struct unpack *
unpack_new(void)
{
	struct unpack *u = calloc(1, sizeof(*u));

	if (u == NULL || inflateInit2(&u->z, GZIP_BITS) != Z_OK)
		fatal("out of memory");
	return u;
}

void
unpack_free(struct unpack *u)
{
	if (u == NULL)
		return;
	(void)inflateEnd(&u->z);
	free(u);
}

/* Z_BUF_ERROR says only that there is nothing more to do yet. */
static bool
check(const struct unpack *u, int rc, struct kpid_err *err)
{
	if (rc == Z_MEM_ERROR)
		fatal("out of memory");
	if (rc == Z_OK || rc == Z_STREAM_END || rc == Z_BUF_ERROR)
		return true;
	return err_set(err, KPID_EFETCH,
	    "the body is no sound gzip stream: "
	    "%s",
	    u->z.msg != NULL ? u->z.msg : zError(rc));
}

/* One buffer full at most; *more: there may be more without more input. */
static bool
step(struct unpack *u, size_t *n, bool *more, struct kpid_err *err)
{
	int rc;

	if (u->whole && inflateReset(&u->z) != Z_OK)
		return err_set(err, KPID_EINTERNAL, "zlib cannot begin anew");
	u->z.next_out = u->out;
	u->z.avail_out = sizeof(u->out);
	rc = inflate(&u->z, Z_NO_FLUSH);
	u->whole = rc == Z_STREAM_END;
	*n = sizeof(u->out) - u->z.avail_out;
	*more = u->z.avail_in > 0 || (u->z.avail_out == 0 && !u->whole);
	return check(u, rc, err);
}

bool
unpack_put(struct unpack *u, const void *p, size_t len, unpacked_fn *fn,
    void *ctx, struct kpid_err *err)
{
	bool more = len > 0;
	size_t n = 0;

	u->z.next_in = p;
	u->z.avail_in = (uInt)len;
	while (more)
		if (!step(u, &n, &more, err) || (n > 0 && !fn(ctx, u->out, n)))
			return false;
	return true;
}

bool
unpack_end(const struct unpack *u, struct kpid_err *err)
{
	if (u->whole)
		return true;
	return err_set_retry(err, KPID_EFETCH,
	    "the body ends early: its gzip "
	    "stream is cut short");
}

size_t
unpack_excerpt(const void *p, size_t len, char *out, size_t room)
{
	z_stream z = { .next_in = p,
		.avail_in = (uInt)len,
		.next_out = (unsigned char *)out,
		.avail_out = (uInt)room };

	if (inflateInit2(&z, GZIP_BITS) != Z_OK)
		fatal("out of memory");
	(void)inflate(&z, Z_SYNC_FLUSH);
	(void)inflateEnd(&z);
	return room - z.avail_out;
}
