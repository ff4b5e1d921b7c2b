/* Raw bodies kept in the database, cut in chunks and compressed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zstd.h>

#include "keep.h"
#include "kpid/limits.h"

#define KEEP_CHUNK (1 << 20)
#define KEEP_LEVEL 3 /* zstd's own default: 300 MB/s and a fifth */

static void
start(struct keeper *k)
{
	db_array_init(&k->sums, DB_ARRAY_BYTEA);
	db_array_init(&k->numbers, DB_ARRAY_TEXT);
	db_array_init(&k->chunks, DB_ARRAY_BYTEA);
}

void
keeper_init(struct keeper *k, struct db *db)
{
	k->db = db;
	start(k);
}

void
keeper_release(struct keeper *k)
{
	db_array_release(&k->sums);
	db_array_release(&k->numbers);
	db_array_release(&k->chunks);
}

bool
keeper_end(struct keeper *k, struct kpid_err *err)
{
	if (k->sums.n == 0)
		return true;
	const struct db_param params[] = { db_array_param(&k->sums),
		db_array_param(&k->numbers), db_array_param(&k->chunks) };

	if (!db_exec(k->db,
		"select kpid.body_put(c.sha256, c.n, c.chunk)"
		" from unnest($1::bytea[], $2::text[]::integer[], $3::bytea[])"
		" c (sha256, n, chunk)",
		params, ARRAY_LEN(params), err))
		return false;
	keeper_release(k);
	start(k);
	return true;
}

static bool
put_chunk(struct keeper *k, const uint8_t sha256[32], int n,
    struct slice packed, struct kpid_err *err)
{
	char number[16];

	(void)snprintf(number, sizeof(number), "%d", n);
	if (!db_array_put(&k->sums, sha256, 32)
	    || !db_array_text(&k->numbers, number)
	    || !db_array_put(&k->chunks, packed.ptr, packed.len))
		return err_set(err, KPID_EINTERNAL, "a batch over its limit");
	return k->chunks.b.len < KEEP_CHUNK || keeper_end(k, err);
}

bool
keeper_put(struct keeper *k, int fd, const uint8_t sha256[32],
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct stat st;
	ssize_t len;

	if (fstat(fd, &st) != 0)
		return err_set(err, KPID_ESPOOL,
		    "could not look at the body: %s", strerror(errno));
	/* most bodies are small: thousands of them come in one batch */
	const size_t chunk =
	    st.st_size < KEEP_CHUNK ? (size_t)st.st_size + 1 : KEEP_CHUNK;
	const size_t room = ZSTD_compressBound(chunk);
	char *raw = arena_alloc(&mem, chunk);
	char *packed = arena_alloc(&mem, room);

	for (int n = 0;
	     (len = pread(fd, raw, chunk, (off_t)n * KEEP_CHUNK)) > 0; n++) {
		size_t size =
		    ZSTD_compress(packed, room, raw, (size_t)len, KEEP_LEVEL);

		if (ZSTD_isError(size))
			return err_set(err, KPID_EINTERNAL, "zstd: %s",
			    ZSTD_getErrorName(size));
		if (!put_chunk(k, sha256, n, (struct slice){ packed, size },
			err))
			return false;
	}
	return len == 0 ? true
			: err_set(err, KPID_ESPOOL,
			    "could not read the body: %s", strerror(errno));
}

/* One packed chunk, as hexadecimal, to fd. */
static bool
unpack(const char *hex, int fd, char *raw, struct arena *mem,
    struct kpid_err *err)
{
	const size_t len = strlen(hex) / 2;
	uint8_t *packed = arena_alloc(mem, len);
	size_t size;

	if (!hex_decode(hex, packed, len))
		return err_set(err, KPID_EDB, "a kept body is not readable");
	size = ZSTD_decompress(raw, KEEP_CHUNK, packed, len);
	if (ZSTD_isError(size))
		return err_set(err, KPID_EDB, "a kept body is damaged: %s",
		    ZSTD_getErrorName(size));
	if (write(fd, raw, size) != (ssize_t)size)
		return err_set(err, KPID_ESPOOL,
		    "could not write a "
		    "temporary file: %s",
		    strerror(errno));
	return true;
}

bool
body_fetch(struct db *db, int delivery, struct arena *mem, int *fd,
    struct kpid_err *err)
{
	char path[] = "/tmp/kpid-body-XXXXXX", number[16];
	char *raw = arena_alloc(mem, KEEP_CHUNK);
	int file = mkostemp(path, O_CLOEXEC);
	const char *hex = "";
	bool ok = file >= 0;

	if (!ok)
		return err_set(err, KPID_ESPOOL,
		    "could not make a temporary "
		    "file: %s",
		    strerror(errno));
	(void)unlink(path);
	(void)snprintf(number, sizeof(number), "%d", delivery);
	for (int n = 0; ok && hex != NULL; n++) {
		CLEANUP(arena_release) struct arena chunk = { 0 };
		char place[16];

		(void)snprintf(place, sizeof(place), "%d", n);
		const struct db_param params[] = { DB_TEXT(number),
			DB_TEXT(place) };

		ok = db_value(db,
			 &(struct db_query){
			     "select pg_catalog.encode(kpid.body_chunk("
			     "$1::integer, $2::integer), 'hex')",
			     params, 2 },
			 &chunk, &hex, err)
		    && (hex == NULL || unpack(hex, file, raw, &chunk, err));
	}
	if (!ok) {
		(void)close(file);
		return false;
	}
	*fd = file;
	return true;
}
