/*
 * Bodies in a file of their own, with a second one beside it that describes
 * them: large ones, which are read where they lie, and all that were written
 * before small ones had one file.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "kpid/limits.h"
#include "spool_int.h"

bool
spool_verified(const struct spool_seen *seen, const struct spool_meta *meta,
    struct kpid_err *err)
{
	if (seen->bytes != meta->bytes)
		return err_set(err, KPID_ESPOOL,
		    "'%s' is damaged: it has "
		    "%llu bytes, %llu were written",
		    seen->path, (unsigned long long)seen->bytes,
		    (unsigned long long)meta->bytes);
	if (memcmp(seen->sum, meta->sha256, SHA256_LEN) != 0)
		return err_set(err, KPID_ESPOOL,
		    "'%s' is damaged: its "
		    "SHA-256 is not the one that was written",
		    seen->path);
	return true;
}

/* Reads the whole body once: a bit that fell over on the disk must not become
 * a figure. */
static bool
body_verify(int fd, const char *path, const struct spool_meta *meta,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	/* one byte more finds one that is too long */
	const size_t room =
	    meta->bytes < CHUNK_BYTES ? (size_t)meta->bytes + 1 : CHUNK_BYTES;
	char *chunk = arena_alloc(&mem, room);
	uint8_t sum[SHA256_LEN];
	struct sha256 hash;
	uint64_t bytes = 0;
	ssize_t n;

	sha256_init(&hash);
	while ((n = read(fd, chunk, room)) > 0) {
		sha256_update(&hash, chunk, (size_t)n);
		bytes += (uint64_t)n;
	}
	if (n < 0)
		return spool_failed(err, "read", path);
	sha256_final(&hash, sum);
	if (!spool_verified(&(struct spool_seen){ path, bytes, sum }, meta,
		err))
		return false;
	if (lseek(fd, 0, SEEK_SET) != 0)
		return spool_failed(err, "read", path);
	return true;
}

bool
spool_pair_describe(const struct spool *s, const char *id, struct arena *mem,
    struct spool_meta *out, struct kpid_err *err)
{
	struct spool_meta m = { .id = arena_strdup(mem, id) };

	if (!spool_meta_unseal(spool_path(s, id, SPOOL_META).text, mem, &m,
		err))
		return false;
	*out = m;
	return true;
}

bool
spool_pair_read(const struct spool *s, const char *id, struct arena *mem,
    struct spool_meta *out, int *fd, struct kpid_err *err)
{
	const struct spool_path body = spool_path(s, id, SPOOL_BODY);
	struct spool_meta m;
	int body_fd;

	if (!spool_pair_describe(s, id, mem, &m, err))
		return false;
	body_fd = open(body.text, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (body_fd < 0)
		return spool_failed(err, "open", body.text);
	if (!body_verify(body_fd, body.text, &m, err)) {
		(void)close(body_fd);
		return false;
	}
	*out = m;
	*fd = body_fd;
	return true;
}
