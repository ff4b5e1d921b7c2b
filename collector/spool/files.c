/*
 * The spool's files: names, durable writes, errors of the disk.
 */
#include "spool_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct spool_path
spool_path(const struct spool *s, const char *id, const char *suffix)
{
	struct spool_path p;
	int n = snprintf(p.text, sizeof(p.text), "%s/%s%s", s->dir, id, suffix);

	if (n < 0 || (size_t)n >= sizeof(p.text))
		fatal("spool path too long: %s", s->dir);
	return p;
}

bool
spool_id_valid(const char *id)
{
	return strlen(id) == SPOOL_ID_LEN
	    && strspn(id, "0123456789") == SPOOL_ID_LEN;
}

bool
spool_name_split(const char *name, char id[SPOOL_ID_LEN + 1],
    const char **suffix)
{
	if (strspn(name, "0123456789") != SPOOL_ID_LEN)
		return false;
	memcpy(id, name, SPOOL_ID_LEN);
	id[SPOOL_ID_LEN] = '\0';
	*suffix = name + SPOOL_ID_LEN;
	return true;
}

bool
spool_failed(struct kpid_err *err, const char *verb, const char *path)
{
	int code = errno;

	if (code == ENOSPC || code == EDQUOT || code == EFBIG)
		return err_set_retry(err, KPID_ESPOOL,
		    "could not %s '%s': "
		    "%s. HINT: free some space there; what was spooled before "
		    "is kept",
		    verb, path, strerror(code));
	(void)!err_set(err, KPID_ESPOOL, "could not %s '%s': %s", verb, path,
	    strerror(code));
	/* The file is not to blame for what the process is short of. */
	err->retry = code == EMFILE || code == ENFILE || code == ENOMEM;
	return false;
}

bool
spool_write_all(int fd, const void *p, size_t len)
{
	const char *from = p;

	while (len > 0) {
		ssize_t n = write(fd, from, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		from += n;
		len -= (size_t)n;
	}
	return true;
}

void
spool_fd_close(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

bool
spool_dir_sync(const char *dir, struct kpid_err *err)
{
	CLEANUP(spool_fd_close)
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fsync(fd) != 0)
		return spool_failed(err, "sync", dir);
	return true;
}

bool
spool_file_put(const char *path, const char *text, size_t len,
    struct kpid_err *err)
{
	CLEANUP(spool_fd_close)
	int fd = open(path,
	    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return spool_failed(err, "create", path);
	if (!spool_write_all(fd, text, len) || fsync(fd) != 0)
		return spool_failed(err, "write", path);
	return true;
}
