/*
 * A maildir: for a machine without mail, for demonstrations and for tests.
 * The file's name comes from the Message-ID, so that the same message twice is
 * one file, also when a reader has moved it to cur/ meanwhile.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/notify.h"

/* File systems end names at 255 bytes; mail readers append ":2,flags". */
#define NAME_MAX_BYTES 200

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static void
close_directory(DIR **dir)
{
	if (*dir != NULL)
		(void)closedir(*dir);
}

static bool
failed(struct kpid_err *err, const char *what, const char *path)
{
	return err_set_retry(err, KPID_EMAIL, "could not %s '%s': %s", what,
	    path, strerror(errno));
}

/*
 * What root makes belongs to whom the directory above it belongs: the service,
 * which is another user, writes there when root has tried `kpid mail test`.
 */
static bool
made_for(const char *path, const char *above, struct kpid_err *err)
{
	struct stat st;

	if (geteuid() != 0)
		return true;
	if (stat(above, &st) != 0
	    || (st.st_uid != 0 && lchown(path, st.st_uid, st.st_gid) != 0))
		return failed(err, "give to the owner of its directory", path);
	return true;
}

static bool
make_directory(const char *path, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *above = arena_printf(&mem, "%s/..", path);

	if (mkdir(path, 0700) == 0)
		return made_for(path, above, err);
	return errno == EEXIST ? true : failed(err, "make the directory", path);
}

/* Like mkdir -p; path is given back as it was. */
static bool
make_directories(char *path, struct kpid_err *err)
{
	for (char *p = path + 1;; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (!make_directory(path, err))
			return false;
		*p = c;
		if (c == '\0')
			return true;
	}
}

static bool
plain_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
	    || (c >= '0' && c <= '9') || (c != '\0' && strchr("@._+-", c));
}

/* <id> without the brackets; what is special in a file name as =XX. */
static bool
file_name(const char *id, struct arena *mem, const char **out,
    struct kpid_err *err)
{
	size_t len = strlen(id), n = 0;
	char *name = arena_alloc(mem, 3 * len + 1);

	if (len < 3 || id[0] != '<' || id[len - 1] != '>' || id[1] == '.')
		return err_set(err, KPID_EMAIL,
		    "the Message-ID '%s' is not of "
		    "the form <left@right>",
		    id);
	for (size_t i = 1; i + 1 < len; i++) {
		if (plain_character(id[i])) {
			name[n++] = id[i];
			continue;
		}
		name[n++] = '=';
		hex_encode((const uint8_t *)&id[i], 1, name + n);
		n += 2;
	}
	name[n] = '\0';
	if (n > NAME_MAX_BYTES)
		return err_set(err, KPID_EMAIL,
		    "the Message-ID '%s' is too "
		    "long for a file name (%d bytes)",
		    id, NAME_MAX_BYTES);
	*out = name;
	return true;
}

static bool
write_all(int fd, struct slice s)
{
	while (s.len > 0) {
		ssize_t n = write(fd, s.ptr, s.len);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			s.ptr += n;
			s.len -= (size_t)n;
		}
	}
	return true;
}

static bool
write_file(const char *path, struct slice message, struct kpid_err *err)
{
	CLEANUP(close_fd)
	int fd = open(path,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return failed(err, "create", path);
	if (!write_all(fd, message) || fsync(fd) != 0)
		return failed(err, "write", path);
	return true;
}

static bool
sync_directory(const char *path, struct kpid_err *err)
{
	CLEANUP(close_fd)
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd >= 0 && fsync(fd) == 0
	    ? true
	    : failed(err, "sync the directory", path);
}

/* Has a reader taken it? It is then called NAME:2,FLAGS in cur/. */
static bool
already_read(const char *cur, const char *name)
{
	CLEANUP(close_directory) DIR *dir = opendir(cur);
	size_t len = strlen(name);

	for (struct dirent *e = dir == NULL ? NULL : readdir(dir); e != NULL;
	     e = readdir(dir)) {
		if (strncmp(e->d_name, name, len) == 0
		    && (e->d_name[len] == '\0' || e->d_name[len] == ':'))
			return true;
	}
	return false;
}

bool
maildir_put(const char *dir, const char *message_id, struct slice message,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	char *tmp = arena_printf(&mem, "%s/tmp", dir);
	char *cur = arena_printf(&mem, "%s/cur", dir);
	char *fresh = arena_printf(&mem, "%s/new", dir);
	const char *name = NULL, *draft, *path;

	if (!file_name(message_id, &mem, &name, err)
	    || !make_directories(tmp, err) || !make_directories(cur, err)
	    || !make_directories(fresh, err))
		return false;
	if (already_read(cur, name))
		return true;
	draft = arena_printf(&mem, "%s/%s.%ld", tmp, name, (long)getpid());
	path = arena_printf(&mem, "%s/%s", fresh, name);
	if (!write_file(draft, message, err) || !made_for(draft, fresh, err)) {
		(void)unlink(draft);
		return false;
	}
	if (rename(draft, path) != 0)
		return failed(err, "move the mail to", path);
	return sync_directory(fresh, err);
}
