#include "archive_out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *
temporary_dir(void)
{
	const char *dir = getenv("TMPDIR");

	return dir != NULL && dir[0] == '/' ? dir : "/tmp";
}

/* Where the file system cannot make a file without a name. */
static int
open_unlinked(const char *dir)
{
	char path[4096];
	int n = snprintf(path, sizeof(path), "%s/kpid-XXXXXX", dir);
	int fd = -1;

	if (n > 0 && (size_t)n < sizeof(path))
		fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		(void)unlink(path);
	return fd;
}

bool
unpacked_open(long long max, struct unpacked *out, struct kpid_err *err)
{
	const char *dir = temporary_dir();
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0)
		fd = open_unlinked(dir);
	if (fd < 0)
		return err_set(err, KPID_ESPOOL,
		    "could not make a temporary file in '%s': %s. HINT: TMPDIR "
		    "names another directory",
		    dir, strerror(errno));
	*out = (struct unpacked){ fd, 0, max };
	return true;
}

void
unpacked_close(struct unpacked *u)
{
	if (u->fd >= 0)
		(void)close(u->fd);
	u->fd = -1;
}

bool
unpacked_put(struct unpacked *u, const void *p, size_t len,
    struct kpid_err *err)
{
	const char *from = p;

	if ((long long)len > u->max - u->len)
		return err_set(err, KPID_EREFUSED,
		    "the body unpacks to more than the limit of %lld bytes. "
		    "HINT: \"max_bytes\" of the feed raises it",
		    u->max);
	u->len += (long long)len;
	while (len > 0) {
		ssize_t n = write(u->fd, from, len);

		if (n < 0 && errno != EINTR)
			return err_set(err, KPID_ESPOOL,
			    "could not write what was unpacked: %s",
			    strerror(errno));
		if (n > 0) {
			from += n;
			len -= (size_t)n;
		}
	}
	return true;
}
