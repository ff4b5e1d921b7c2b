/*
 * The spool as its readers see it: list, read, remove, set aside.
 */
#include "spool_int.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/bytes.h"
#include "kpid/limits.h"
#include "kpid/sha256.h"

#define ASIDE "aside"

static bool
dir_make(const char *path, struct kpid_err *err)
{
	struct stat st;

	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return err_set(err, KPID_ESPOOL,
		    "could not create '%s': %s. "
		    "HINT: make the directory, or name another one as "
		    "\"state\"",
		    path, strerror(errno));
	if (stat(path, &st) != 0)
		return spool_failed(err, "read", path);
	if (!S_ISDIR(st.st_mode))
		return err_set(err, KPID_ESPOOL, "'%s' is not a directory",
		    path);
	return true;
}

/* Another user's spool would be read by one and written by the other, and
 * neither could take the other's bodies. */
static bool
owner_check(const char *path, struct kpid_err *err)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return spool_failed(err, "read", path);
	if (st.st_uid == geteuid())
		return true;
	return err_set(err, KPID_ESPOOL,
	    "'%s' belongs to user %u, not to "
	    "user %u. HINT: run kpid as its owner, or name another "
	    "\"state\"",
	    path, (unsigned)st.st_uid, (unsigned)geteuid());
}

bool
spool_open(const char *state_dir, struct arena *mem, struct spool **out,
    struct kpid_err *err)
{
	struct spool *s = arena_alloc(mem, sizeof(*s));

	if (strlen(state_dir) > PATH_MAX - 64)
		return err_set(err, KPID_ECONFIG,
		    "\"state\" is too long: "
		    "%zu bytes",
		    strlen(state_dir));
	s->dir = arena_printf(mem, "%s/spool", state_dir);
	if (!dir_make(state_dir, err) || !dir_make(s->dir, err)
	    || !owner_check(s->dir, err) || !spool_dir_sync(state_dir, err)
	    || !spool_sweep(s, err))
		return false;
	*out = s;
	return true;
}

static int
is_meta(const struct dirent *e)
{
	char id[SPOOL_ID_LEN + 1];
	const char *suffix;

	return spool_name_split(e->d_name, id, &suffix)
	    && strcmp(suffix, SPOOL_META) == 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

bool
spool_list(struct spool *s, struct arena *mem, const char *const **ids,
    size_t *n, struct kpid_err *err)
{
	struct dirent **found;
	int count = scandir(s->dir, &found, is_meta, by_name);

	if (count < 0)
		return spool_failed(err, "read", s->dir);
	const char **list = arena_array(mem, (size_t)count, sizeof(*list));
	for (int i = 0; i < count; i++) {
		list[i] = arena_strndup(mem, found[i]->d_name, SPOOL_ID_LEN);
		free(found[i]);
	}
	free(found);
	*ids = list;
	*n = (size_t)count;
	return true;
}

static bool
id_check(const char *id, struct kpid_err *err)
{
	if (spool_id_valid(id))
		return true;
	return err_set(err, KPID_ESPOOL,
	    "'%s' is not the name of a spooled "
	    "body",
	    id);
}

/* Reads the whole body once: a bit that fell over on the disk must not become
 * a figure. */
static bool
body_verify(int fd, const char *path, const struct spool_meta *meta,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	/* most bodies are small; one byte more finds one that is too long */
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
	if (bytes != meta->bytes)
		return err_set(err, KPID_ESPOOL,
		    "'%s' is damaged: it has "
		    "%llu bytes, %llu were written",
		    path, (unsigned long long)bytes,
		    (unsigned long long)meta->bytes);
	if (memcmp(sum, meta->sha256, sizeof(sum)) != 0)
		return err_set(err, KPID_ESPOOL,
		    "'%s' is damaged: its "
		    "SHA-256 is not the one that was written",
		    path);
	if (lseek(fd, 0, SEEK_SET) != 0)
		return spool_failed(err, "read", path);
	return true;
}

bool
spool_meta(struct spool *s, const char *id, struct arena *mem,
    struct spool_meta *out, struct kpid_err *err)
{
	return id_check(id, err)
	    && spool_meta_decode(spool_path(s, id, SPOOL_META).text, id, mem,
		out, err);
}

bool
spool_read(struct spool *s, const char *id, struct arena *mem,
    struct spool_meta *meta, int *fd, struct kpid_err *err)
{
	struct spool_path body;
	struct spool_meta m;
	int body_fd;

	if (!id_check(id, err)
	    || !spool_meta_decode(spool_path(s, id, SPOOL_META).text, id, mem,
		&m, err))
		return false;
	body = spool_path(s, id, SPOOL_BODY);
	body_fd = open(body.text, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (body_fd < 0)
		return spool_failed(err, "open", body.text);
	if (!body_verify(body_fd, body.text, &m, err)) {
		(void)close(body_fd);
		return false;
	}
	*meta = m;
	*fd = body_fd;
	return true;
}

bool
spool_describe(struct spool *s, const char *id, struct arena *mem,
    struct spool_meta *meta, struct kpid_err *err)
{
	return id_check(id, err)
	    && spool_meta_decode(spool_path(s, id, SPOOL_META).text, id, mem,
		meta, err);
}

bool
spool_has(struct spool *s, const char *id)
{
	struct kpid_err ignored;

	return id_check(id, &ignored)
	    && access(spool_path(s, id, SPOOL_META).text, F_OK) == 0;
}

static bool
file_remove(const char *path, struct kpid_err *err)
{
	if (unlink(path) == 0 || errno == ENOENT)
		return true;
	return spool_failed(err, "remove", path);
}

/* ID.json first: a body alone is what a sweep takes away. */
bool
spool_remove(struct spool *s, const char *id, struct kpid_err *err)
{
	return id_check(id, err)
	    && file_remove(spool_path(s, id, SPOOL_META).text, err)
	    && file_remove(spool_path(s, id, SPOOL_BODY).text, err);
}

static bool
file_set_aside(struct spool *s, const char *id, const char *suffix,
    struct kpid_err *err)
{
	struct spool_path from = spool_path(s, id, suffix), to;
	int n = snprintf(to.text, sizeof(to.text), "%s/" ASIDE "/%s%s", s->dir,
	    id, suffix);

	if (n < 0 || (size_t)n >= sizeof(to.text))
		fatal("spool path too long: %s", s->dir);
	if (rename(from.text, to.text) == 0 || errno == ENOENT)
		return true;
	return spool_failed(err, "move", from.text);
}

/* The body moves before ID.json, so that a crash in between leaves something
 * that is listed, and set aside again. The reason comes last: on a full disk
 * there may be no room for it, but moving takes none. */
bool
spool_set_aside(struct spool *s, const char *id, const char *why,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	char *dir, *note, *text;

	if (!id_check(id, err))
		return false;
	dir = arena_printf(&mem, "%s/" ASIDE, s->dir);
	note = arena_printf(&mem, "%s/%s.txt", dir, id);
	text = arena_printf(&mem, "%s\n", why);
	if (!dir_make(dir, err) || !file_set_aside(s, id, SPOOL_BODY, err)
	    || !file_set_aside(s, id, SPOOL_META, err))
		return false;
	struct kpid_err unsaid = { 0 };

	if (!spool_file_put(note, text, strlen(text), &unsaid)
	    && !unsaid.retry) {
		*err = unsaid;
		return false;
	}
	return spool_dir_sync(dir, err) && spool_dir_sync(s->dir, err);
}
