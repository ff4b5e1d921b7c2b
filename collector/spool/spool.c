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
is_whole(const struct dirent *e)
{
	char id[SPOOL_ID_LEN + 1];
	const char *suffix;

	return spool_name_split(e->d_name, id, &suffix)
	    && (strcmp(suffix, SPOOL_SINGLE) == 0
		|| strcmp(suffix, SPOOL_META) == 0);
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
	int count = scandir(s->dir, &found, is_whole, by_name);

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

bool
spool_describe(struct spool *s, const char *id, struct arena *mem,
    struct spool_meta *out, struct kpid_err *err)
{
	CLEANUP(spool_single_close) struct spool_file f = { .fd = -1 };

	if (!id_check(id, err) || !spool_single_open(s, id, &f, err))
		return false;
	return f.fd >= 0 ? spool_single_describe(&f, mem, out, err)
			 : spool_pair_describe(s, id, mem, out, err);
}

bool
spool_read(struct spool *s, const char *id, struct arena *mem,
    struct spool_meta *meta, int *fd, struct kpid_err *err)
{
	CLEANUP(spool_single_close) struct spool_file f = { .fd = -1 };

	if (!id_check(id, err) || !spool_single_open(s, id, &f, err))
		return false;
	return f.fd >= 0 ? spool_single_read(&f, mem, meta, fd, err)
			 : spool_pair_read(s, id, mem, meta, fd, err);
}

static bool
has(const struct spool *s, const char *id, const char *suffix)
{
	return access(spool_path(s, id, suffix).text, F_OK) == 0;
}

bool
spool_has(struct spool *s, const char *id)
{
	struct kpid_err ignored;

	return id_check(id, &ignored)
	    && (has(s, id, SPOOL_SINGLE) || has(s, id, SPOOL_META));
}

static bool
file_remove(const char *path, struct kpid_err *err)
{
	if (unlink(path) == 0 || errno == ENOENT)
		return true;
	return spool_failed(err, "remove", path);
}

/* ID.json before ID.body: a body alone is what a sweep takes away. */
bool
spool_remove(struct spool *s, const char *id, struct kpid_err *err)
{
	if (!id_check(id, err))
		return false;
	if (unlink(spool_path(s, id, SPOOL_SINGLE).text) == 0)
		return true;
	return file_remove(spool_path(s, id, SPOOL_SINGLE).text, err)
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
	if (!dir_make(dir, err) || !file_set_aside(s, id, SPOOL_SINGLE, err)
	    || !file_set_aside(s, id, SPOOL_BODY, err)
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
