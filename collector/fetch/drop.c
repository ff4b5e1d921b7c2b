/*
 * Drop folders: what has settled is claimed, and given up when it is loaded.
 */
#include "kpid/drop.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <unistd.h>

#include "fetch_int.h"
#include "kpid/clock.h"
#include "kpid/file.h"

#define CLAIMED   ".claimed"
#define SAME_NAME 10000 /* files of one name in done/ */

/* Ends of names that programs give to what they have not finished. */
static const char *const half_names[] = { ".part", ".partial", ".tmp", ".temp",
	".filepart", ".crdownload", ".download", ".swp", ".lock", "~" };

/* A folder while it is looked at. */
struct folder {
	const struct feed *feed;
	const char *path, *pattern;
	int dir, claimed;
	struct arena *mem;
};

static void
folder_close(struct folder *f)
{
	if (f->claimed >= 0)
		(void)close(f->claimed);
	if (f->dir >= 0)
		(void)close(f->dir);
}

/* DIR and the pattern of names in it. */
static bool
url_parts(const struct feed *feed, struct arena *mem, const char **dir,
    const char **pattern, struct kpid_err *err)
{
	const char *path;

	if (!file_url_path(feed->url, mem, &path, err))
		return false;
	const bool globs = strpbrk(path_base(path), "*?[") != NULL;

	*dir = globs ? path_dir(path, mem) : path;
	*pattern = globs ? path_base(path) : "*";
	return true;
}

bool
drop_dir(const struct feed *feed, struct arena *mem, const char **out,
    struct kpid_err *err)
{
	const char *pattern;

	return url_parts(feed, mem, out, &pattern, err);
}

/* A directory of ours in it, made when it is missing; -1: errno. */
static int
sub_open(int dir, const char *name)
{
	if (mkdirat(dir, name, 0770) != 0 && errno != EEXIST)
		return -1;
	return openat(dir, name,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool
not_ours(struct kpid_err *err, const char *path, const char *sub)
{
	return err_set(err, KPID_EFETCH,
	    "could not use '%s/%s': %s. HINT: user %u, as whom kpid runs, must "
	    "be able to write in '%s'; \"then\": \"keep\" only reads",
	    path, sub, strerror(errno), (unsigned)geteuid(), path);
}

static bool
folder_open(const struct config *cfg, const struct feed *feed, bool claim,
    struct arena *mem, struct folder *out, struct kpid_err *err)
{
	*out = (struct folder){
		.feed = feed, .dir = -1, .claimed = -1, .mem = mem
	};
	if (!url_parts(feed, mem, &out->path, &out->pattern, err))
		return false;
	out->dir = dir_open_checked(cfg, out->path, mem, err);
	if (out->dir < 0)
		return false;
	if (!claim || feed->drop.then == DROP_KEEP)
		return true;
	out->claimed = sub_open(out->dir, CLAIMED);
	return out->claimed >= 0 ? true : not_ours(err, out->path, CLAIMED);
}

static bool
is_half(const char *name)
{
	const size_t n = strlen(name);

	if (name[0] == '.' || strncmp(name, "~$", 2) == 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(half_names); i++) {
		const size_t m = strlen(half_names[i]);

		if (n >= m && strcasecmp(name + n - m, half_names[i]) == 0)
			return true;
	}
	return false;
}

static usec
usec_of(struct timespec t)
{
	return t.tv_sec * (usec)1000000 + t.tv_nsec / 1000;
}

/* The change of the inode, not the time of the file: that one may be copied
 * along before the contents are there. */
static usec
changed_at(const struct stat *st)
{
	return usec_of(st->st_ctim);
}

static int
by_name(const void *a, const void *b)
{
	const struct drop_file *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int
by_time(const void *a, const void *b)
{
	const struct drop_file *x = a, *y = b;
	const usec p = usec_of(x->st.st_mtim), q = usec_of(y->st.st_mtim);

	return p != q ? (p > q ? 1 : -1) : strcmp(x->name, y->name);
}

static void
append(struct drop_files *to, size_t *cap, struct drop_file file,
    struct arena *mem)
{
	if (to->n == *cap) {
		struct drop_file *old = to->list;

		*cap = *cap == 0 ? 32 : 2 * *cap;
		to->list = arena_array(mem, *cap, sizeof(*old));
		if (to->n > 0)
			memcpy(to->list, old, to->n * sizeof(*old));
	}
	to->list[to->n++] = file;
}

/* Plain files of a directory that the feed wants, in its order. */
static void
folder_list(const struct folder *f, int dir, struct drop_files *out)
{
	DIR *d = fdopendir(openat(dir, ".", O_RDONLY | O_CLOEXEC));
	const struct dirent *entry;
	size_t cap = 0;

	*out = (struct drop_files){ .again = INT64_MAX };
	while (d != NULL && (entry = readdir(d)) != NULL) {
		struct drop_file file = { .fd = -1 };

		if (is_half(entry->d_name)
		    || fnmatch(f->pattern, entry->d_name, FNM_PERIOD) != 0
		    || fstatat(dir, entry->d_name, &file.st,
			   AT_SYMLINK_NOFOLLOW)
			!= 0
		    || !S_ISREG(file.st.st_mode))
			continue;
		file.name = arena_strdup(f->mem, entry->d_name);
		file.url =
		    arena_printf(f->mem, "file://%s/%s", f->path, file.name);
		append(out, &cap, file, f->mem);
	}
	if (d != NULL)
		(void)closedir(d);
	if (out->n > 1)
		qsort(out->list, out->n, sizeof(*out->list),
		    f->feed->drop.by_time ? by_time : by_name);
}

/* Moves a file where there is none of that name. SMB and NFS may not know how
 * to do that at once: then by a link, which is as good. */
static bool
move(int from, const char *name, int to, const char *as)
{
	if (renameat2(from, name, to, as, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
		return false;
	return linkat(from, name, to, as, 0) == 0
	    && unlinkat(from, name, 0) == 0;
}

/* Opens and locks a claimed file; false: somebody else is at it, or was. */
static bool
hold(const struct folder *f, struct drop_file *file)
{
	struct stat there;

	file->fd = openat(f->claimed, file->name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (file->fd >= 0
	    /* where a file system knows no locks, one program alone may look */
	    && (flock(file->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
	    && fstat(file->fd, &file->st) == 0
	    && fstatat(f->claimed, file->name, &there, AT_SYMLINK_NOFOLLOW) == 0
	    && there.st_ino == file->st.st_ino)
		return true;
	drop_release(file);
	return false;
}

void
drop_release(struct drop_file *file)
{
	if (file->fd >= 0)
		(void)close(file->fd);
	file->fd = -1;
}

/* What a program that died had claimed. */
static void
take_left(const struct folder *f, const struct drop_wish *wish,
    struct drop_files *out, size_t *cap)
{
	struct drop_files left;

	folder_list(f, f->claimed, &left);
	for (size_t i = 0; i < left.n; i++)
		if (out->n == wish->most)
			out->more = true;
		else if (hold(f, &left.list[i]))
			append(out, cap, left.list[i], f->mem);
}

/* Before it is claimed: what lies in .claimed nobody would look for. */
static bool
is_readable(const struct folder *f, const char *name, struct drop_files *out)
{
	if (faccessat(f->dir, name, R_OK, AT_EACCESS) == 0 || errno != EACCES)
		return true;
	out->unread = arena_printf(f->mem,
	    "could not read '%s/%s': %s. HINT: user %u, as whom kpid runs, "
	    "must be able to read it",
	    f->path, name, strerror(EACCES), (unsigned)geteuid());
	return false;
}

static bool
is_claimed(const struct folder *f, struct drop_file *file)
{
	return f->claimed < 0
	    || (move(f->dir, file->name, f->claimed, file->name)
		&& hold(f, file));
}

static void
take_new(const struct folder *f, const struct drop_wish *wish,
    struct drop_files *out, size_t *cap)
{
	const usec settle = f->feed->drop.settle_s * (usec)1000000;
	const usec now = clock_now();
	struct drop_files all;

	folder_list(f, f->dir, &all);
	for (size_t i = 0; i < all.n; i++) {
		const usec whole = changed_at(&all.list[i].st) + settle;

		if (changed_at(&all.list[i].st) <= wish->after)
			continue;
		if (whole > now)
			out->again = whole < out->again ? whole : out->again;
		else if (out->n == wish->most)
			out->more = true;
		else if (is_readable(f, all.list[i].name, out)
		    && is_claimed(f, &all.list[i]))
			append(out, cap, all.list[i], f->mem);
	}
}

bool
drop_take(const struct config *cfg, const struct feed *feed,
    const struct drop_wish *wish, struct arena *mem, struct drop_files *out,
    struct kpid_err *err)
{
	CLEANUP(folder_close) struct folder f = { .dir = -1, .claimed = -1 };
	size_t cap = 0;

	if (!folder_open(cfg, feed, wish->claim, mem, &f, err))
		return false;
	*out = (struct drop_files){ .again = INT64_MAX };
	if (f.claimed >= 0)
		take_left(&f, wish, out, &cap);
	take_new(&f, wish, out, &cap);
	return true;
}

/* done/NAME, or done/NAME~2 .. where there is one. */
static bool
put_away(const struct folder *f, const char *name, const char *where)
{
	int to = sub_open(f->dir, where);
	bool ok = to >= 0 && move(f->claimed, name, to, name);

	for (int i = 2; !ok && to >= 0 && errno == EEXIST && i < SAME_NAME; i++)
		ok = move(f->claimed, name, to,
		    arena_printf(f->mem, "%s~%d", name, i));
	if (to >= 0) {
		const int code = errno;

		(void)close(to);
		errno = code;
	}
	return ok;
}

static bool
same_file(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size
	    && usec_of(a->st_mtim) == usec_of(b->st_mtim);
}

static bool
finish(const struct folder *f, const struct drop_file *file, bool good,
    struct kpid_err *err)
{
	const char *where = good ? "done" : "failed";
	struct stat now;

	if (fstat(file->fd, &now) == 0 && !same_file(&now, &file->st)
	    && move(f->claimed, file->name, f->dir, file->name))
		return true;
	if (good && f->feed->drop.then == DROP_DELETE)
		return unlinkat(f->claimed, file->name, 0) == 0
		    ? true
		    : not_ours(err, f->path, CLAIMED);
	return put_away(f, file->name, where) ? true
					      : not_ours(err, f->path, where);
}

bool
drop_finish(const struct config *cfg, const struct feed *feed,
    struct drop_file *file, bool good, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(folder_close) struct folder f = { .dir = -1, .claimed = -1 };
	bool ok;

	if (file->fd < 0)
		return true;
	ok = folder_open(cfg, feed, true, &mem, &f, err)
	    && finish(&f, file, good, err);
	drop_release(file);
	return ok;
}
