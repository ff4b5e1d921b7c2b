/*
 * Bodies in one file with their description, read: the whole file at once, for
 * it is small. Who reads a body reads to its end, so it is handed on alone, as
 * a file in memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool_int.h"

/* Most descriptions with their last line. */
#define TAIL_BYTES 2048
/* What servers may put into a description is bounded; this is more. */
#define FILE_MAX   (SPOOL_SMALL + (4U << 20))

static bool
damaged(const char *path, struct kpid_err *err)
{
	return err_set(err, KPID_ESPOOL,
	    "'%s' is damaged: it was cut, or its description is not the one "
	    "that was written",
	    path);
}

/* The last bytes of a file; fewer where it has become shorter. */
static bool
read_tail(const struct spool_file *f, size_t want, struct arena *mem,
    struct slice *out, struct kpid_err *err)
{
	char *to = arena_alloc(mem, want + 1);
	const uint64_t from = f->size - want;
	size_t len = 0;

	while (len < want) {
		const ssize_t n =
		    pread(f->fd, to + len, want - len, (off_t)(from + len));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return spool_failed(err, "read", f->path.text);
		if (n == 0)
			break;
		len += (size_t)n;
	}
	*out = (struct slice){ to, len };
	return true;
}

static bool
decode(const struct spool_file *f, struct slice tail, struct arena *mem,
    struct spool_meta *out, struct kpid_err *err)
{
	struct slice said;
	struct spool_meta m = { .id = arena_strdup(mem, f->id) };

	if (!spool_trailer_take(tail, &said))
		return damaged(f->path.text, err);
	if (!spool_meta_decode(said, f->path.text, mem, &m, err))
		return false;
	*out = m;
	return true;
}

bool
spool_single_open(const struct spool *s, const char *id, struct spool_file *out,
    struct kpid_err *err)
{
	struct spool_file f = { .id = id,
		.path = spool_path(s, id, SPOOL_SINGLE) };
	struct stat st;

	f.fd = open(f.path.text, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (f.fd < 0 && errno != ENOENT)
		return spool_failed(err, "open", f.path.text);
	if (f.fd >= 0 && fstat(f.fd, &st) != 0) {
		(void)close(f.fd);
		return spool_failed(err, "read", f.path.text);
	}
	f.size = f.fd >= 0 ? (uint64_t)st.st_size : 0;
	*out = f;
	return true;
}

void
spool_single_close(const struct spool_file *f)
{
	spool_fd_close(&f->fd);
}

bool
spool_single_describe(const struct spool_file *f, struct arena *mem,
    struct spool_meta *out, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena tmp = { 0 };
	size_t want = f->size < TAIL_BYTES ? (size_t)f->size : TAIL_BYTES;
	struct slice tail;

	if (!read_tail(f, want, &tmp, &tail, err))
		return false;
	if (spool_trailer_len(tail) > tail.len) {
		want = spool_trailer_len(tail);
		if (want > f->size || want > FILE_MAX)
			return damaged(f->path.text, err);
		if (!read_tail(f, want, &tmp, &tail, err))
			return false;
	}
	return decode(f, tail, mem, out, err);
}

uint64_t
spool_single_bytes(const struct spool_file *f)
{
	CLEANUP(arena_release) struct arena tmp = { 0 };
	struct kpid_err unread;
	struct slice tail;
	size_t len;

	if (f->size < SPOOL_FOOTER_LEN
	    || !read_tail(f, SPOOL_FOOTER_LEN, &tmp, &tail, &unread))
		return f->size;
	len = spool_trailer_len(tail);
	return len <= f->size ? f->size - len : f->size;
}

/* A bit that fell over on the disk must not become a figure. */
static bool
verify(const struct spool_file *f, struct slice body,
    const struct spool_meta *meta, struct kpid_err *err)
{
	uint8_t sum[SHA256_LEN];

	sha256_of(body.ptr, body.len, sum);
	return spool_verified(&(struct spool_seen){ f->path.text, body.len,
				  sum },
	    meta, err);
}

/* Its position is 0. */
static bool
in_memory(struct slice body, int *fd, struct kpid_err *err)
{
	const int to = memfd_create("kpid-body", MFD_CLOEXEC);

	if (to < 0)
		return spool_failed(err, "make", "a file in memory");
	if (spool_write_all(to, body.ptr, body.len)
	    && lseek(to, 0, SEEK_SET) == 0) {
		*fd = to;
		return true;
	}
	(void)!spool_failed(err, "write", "a file in memory");
	(void)close(to);
	return false;
}

bool
spool_single_read(const struct spool_file *f, struct arena *mem,
    struct spool_meta *out, int *fd, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena tmp = { 0 };
	struct spool_meta m;
	struct slice all, body;

	if (f->size > FILE_MAX)
		return damaged(f->path.text, err);
	if (!read_tail(f, (size_t)f->size, &tmp, &all, err)
	    || !decode(f, all, mem, &m, err))
		return false;
	body = (struct slice){ all.ptr, all.len - spool_trailer_len(all) };
	if (!verify(f, body, &m, err) || !in_memory(body, fd, err))
		return false;
	*out = m;
	return true;
}
