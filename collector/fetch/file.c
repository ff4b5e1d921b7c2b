/*
 * file: URLs, below the directories that the configuration names.
 */
#include "fetch_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "kpid/limits.h"

/* Chunks of one step: the loop must come round for the others. */
#define STEP_CHUNKS 16

static void
str_free(char **s)
{
	free(*s);
}

static int
hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0'
	    ? NULL
	    : strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);

	return at == NULL ? -1 : (int)(at - digits);
}

/* A "%" that no two digits follow stays: people write file names as they
 * are. */
static bool
percent_decode(const char *p, struct arena *mem, const char **out)
{
	char *text = arena_alloc(mem, strlen(p) + 1), *to = text;

	for (; *p != '\0'; p++) {
		int high = *p == '%' ? hex_digit(p[1]) : -1;
		int low = high >= 0 ? hex_digit(p[2]) : -1;

		if (low < 0) {
			*to++ = *p;
			continue;
		}
		if (high + low == 0)
			return false;
		*to++ = (char)(high << 4 | low);
		p += 2;
	}
	*to = '\0';
	*out = text;
	return true;
}

bool
file_url_path(const char *url, struct arena *mem, const char **out,
    struct kpid_err *err)
{
	const char *p = url + strlen("file:"), *path;

	if (strncmp(p, "//", 2) == 0) {
		p += 2;
		if (strncasecmp(p, "localhost/", 10) == 0)
			p += strlen("localhost");
	}
	if (p[0] != '/' || !percent_decode(p, mem, &path))
		return err_set(err, KPID_EREFUSED,
		    "a file: URL names a file "
		    "of this machine with its whole path. HINT: write it like "
		    "file:///srv/kpi/figures.csv");
	*out = path;
	return true;
}

/* What stands behind root in path; NULL when it is not below. */
static const char *
below(const char *root, const char *path)
{
	size_t n = strlen(root);

	while (n > 0 && root[n - 1] == '/')
		n--;
	return strncmp(root, path, n) == 0 && path[n] == '/' ? path + n + 1
							     : NULL;
}

static void
fd_close(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

/* Opens rest, which has no links in it, step by step below dir: a link put
 * there since it was looked at is refused, not followed. */
static int
open_below(const char *root, const char *rest, struct arena *mem)
{
	char *name = arena_strdup(mem, rest), *slash;
	int dir = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC), fd;

	while (dir >= 0 && (slash = strchr(name, '/')) != NULL) {
		*slash = '\0';
		fd = openat(dir, name,
		    O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		(void)close(dir);
		dir = fd;
		name = slash + 1;
	}
	if (dir < 0)
		return -1;
	fd = openat(dir, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	int saved = errno;
	(void)close(dir);
	errno = saved;
	return fd;
}

static bool
refused(struct kpid_err *err, const char *path)
{
	return err_set(err, KPID_EREFUSED,
	    "'%s' is below none of the "
	    "directories that feeds may read. HINT: add its directory to "
	    "\"file_roots\" in the configuration",
	    path);
}

static bool
open_failed(struct kpid_err *err, const char *path)
{
	int code = errno;

	if (code == ENOENT || code == ENOTDIR)
		return err_set(err, KPID_EFETCH, "there is no file '%s'", path);
	if (code == EACCES)
		return err_set(err, KPID_EFETCH,
		    "could not read '%s': %s. "
		    "HINT: user %u, as whom kpid runs, must be able to read "
		    "it and to enter its directories",
		    path, strerror(code), (unsigned)geteuid());
	return err_set(err, KPID_EFETCH, "could not read '%s': %s", path,
	    strerror(code));
}

/* -1 with err when the path is below no root. */
static int
open_checked(const struct config *cfg, const char *path, struct arena *mem,
    struct kpid_err *err)
{
	CLEANUP(str_free) char *real = realpath(path, NULL);

	if (real == NULL) {
		(void)open_failed(err, path);
		return -1;
	}
	for (size_t i = 0; i < cfg->n_file_roots; i++) {
		CLEANUP(str_free)
		char *root = realpath(cfg->file_roots[i], NULL);
		const char *rest = root != NULL ? below(root, real) : NULL;
		int fd;

		if (rest == NULL)
			continue;
		fd = open_below(root, rest, mem);
		if (fd < 0)
			(void)open_failed(err, path);
		return fd;
	}
	(void)refused(err, path);
	return -1;
}

int
dir_open_checked(const struct config *cfg, const char *path, struct arena *mem,
    struct kpid_err *err)
{
	CLEANUP(str_free) char *real = realpath(path, NULL);
	int fd;

	for (size_t i = 0; real != NULL && i < cfg->n_file_roots; i++) {
		CLEANUP(str_free)
		char *root = realpath(cfg->file_roots[i], NULL);

		if (root == NULL || strcmp(root, real) != 0)
			continue;
		fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			(void)open_failed(err, path);
		return fd;
	}
	fd = open_checked(cfg, path, mem, err);
	if (fd < 0 || faccessat(fd, ".", X_OK, 0) == 0)
		return fd;
	(void)open_failed(err, path);
	(void)close(fd);
	return -1;
}

static bool
kind_check(const struct stat *st, const char *path, struct kpid_err *err)
{
	if (S_ISDIR(st->st_mode))
		return err_set(err, KPID_EFETCH,
		    "'%s' is a directory, not a "
		    "file",
		    path);
	if (!S_ISREG(st->st_mode))
		return err_set(err, KPID_EFETCH, "'%s' is not a plain file",
		    path);
	return true;
}

bool
file_start(struct transfer *t)
{
	CLEANUP(fd_close) int fd = -1;
	const char *path;

	if (!file_url_path(t->url, &t->mem, &path, &t->err))
		return false;
	fd = t->fd;
	t->fd = -1;
	if (fd >= 0 && lseek(fd, 0, SEEK_SET) != 0)
		return open_failed(&t->err, path);
	if (fd < 0)
		fd = open_checked(t->owner->cfg, path, &t->mem, &t->err);
	if (fd < 0) {
		t->missing = access(path, F_OK) != 0 && errno == ENOENT;
		return false;
	}
	if (fstat(fd, &t->st) != 0)
		return open_failed(&t->err, path);
	if (!kind_check(&t->st, path, &t->err))
		return false;
	if (t->st.st_size > transfer_limit(t))
		return transfer_too_large(t, &t->err);
	t->fd = fd;
	fd = -1;
	return true;
}

/* A file that someone is still writing gives half a table: better late. */
static void
stable_check(struct transfer *t)
{
	struct stat now;

	if (fstat(t->fd, &now) == 0 && now.st_size == t->st.st_size
	    && now.st_mtim.tv_sec == t->st.st_mtim.tv_sec
	    && now.st_mtim.tv_nsec == t->st.st_mtim.tv_nsec)
		return;
	t->failed = true;
	(void)err_set_retry(&t->err, KPID_EFETCH,
	    "the file changed while it "
	    "was read. HINT: write it under another name and rename it");
}

bool
file_step(struct transfer *t)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	char *chunk = arena_alloc(&mem, CHUNK_BYTES);

	for (int i = 0; i < STEP_CHUNKS; i++) {
		ssize_t n = read(t->fd, chunk, CHUNK_BYTES);

		if (n < 0) {
			t->failed = true;
			(void)err_set(&t->err, KPID_EFETCH,
			    "could not read "
			    "the file: %s",
			    strerror(errno));
			return true;
		}
		if (n == 0) {
			stable_check(t);
			return true;
		}
		if (!transfer_body(t, chunk, (size_t)n))
			return true;
	}
	return false;
}
