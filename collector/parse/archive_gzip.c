/*
 * gzip files, with zlib. A member counts only with its trailer: zlib compares
 * sum and length before it says that it ended.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#define ZLIB_CONST
#include <zlib.h>

#include "archive_out.h"

/* The largest window, and gzip's header and trailer around it. */
#define GZIP_BITS   (16 + MAX_WBITS)
#define PIECE_BYTES (32 << 10)

struct gunzip {
	int fd;
	z_stream z;
	off_t at;       /* of the next bytes of the file */
	size_t members; /* that ended */
	bool inside;    /* a member has begun and not ended */
	bool padded;    /* zeros followed: nothing else may */
	unsigned char in[PIECE_BYTES], out[PIECE_BYTES];
};

static void
gunzip_end(struct gunzip *g)
{
	(void)inflateEnd(&g->z);
}

static bool
refuse(const char *why, struct kpid_err *err)
{
	return err_set(err, KPID_EPARSE,
	    "the gzip file is damaged: %s. HINT: fetch the file again", why);
}

/* *more: the file has not ended. */
static bool
fill(struct gunzip *g, bool *more, struct kpid_err *err)
{
	ssize_t n;

	do
		n = pread(g->fd, g->in, sizeof(g->in), g->at);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, KPID_ESPOOL,
		    "could not read the gzip file: %s", strerror(errno));
	g->at += n;
	g->z.next_in = g->in;
	g->z.avail_in = (uInt)n;
	*more = n > 0;
	return true;
}

/* One buffer full at most. */
static bool
step(struct gunzip *g, struct unpacked *u, struct kpid_err *err)
{
	int rc;

	g->z.next_out = g->out;
	g->z.avail_out = sizeof(g->out);
	g->inside = true;
	rc = inflate(&g->z, Z_NO_FLUSH);
	if (rc == Z_MEM_ERROR)
		fatal("out of memory");
	if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
		return refuse(g->z.msg != NULL ? g->z.msg : zError(rc), err);
	if (rc == Z_STREAM_END) {
		g->inside = false;
		g->members++;
		if (inflateReset(&g->z) != Z_OK)
			return refuse("zlib cannot begin anew", err);
	}
	return unpacked_put(u, g->out, sizeof(g->out) - g->z.avail_out, err);
}

/* Between members: tapes are filled up with zeros, and so are some files. */
static bool
skip_padding(struct gunzip *g, struct kpid_err *err)
{
	while (g->members > 0 && g->z.avail_in > 0
	    && (g->padded || *g->z.next_in == 0)) {
		if (*g->z.next_in != 0)
			return refuse("something follows its end", err);
		g->padded = true;
		g->z.next_in++;
		g->z.avail_in--;
	}
	return true;
}

static bool
unpack_piece(struct gunzip *g, struct unpacked *u, struct kpid_err *err)
{
	do {
		if (!g->inside && !skip_padding(g, err))
			return false;
		if (g->padded)
			return true;
		if ((g->inside || g->z.avail_in > 0) && !step(g, u, err))
			return false;
	} while (g->z.avail_in > 0 || (g->inside && g->z.avail_out == 0));
	return true;
}

bool
gzip_unpack(int fd, struct unpacked *u, struct kpid_err *err)
{
	CLEANUP(gunzip_end) struct gunzip g = { .fd = fd };
	bool more = true;

	if (inflateInit2(&g.z, GZIP_BITS) != Z_OK)
		fatal("out of memory");
	while (more)
		if (!fill(&g, &more, err)
		    || (more && !unpack_piece(&g, u, err)))
			return false;
	if (g.inside)
		return refuse("it ends too early", err);
	return true;
}
