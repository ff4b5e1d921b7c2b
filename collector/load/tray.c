/* A buffer that spills into an unlinked temporary file. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tray.h"

#define TRAY_MEMORY (4 << 20)

void
tray_init(struct tray *t)
{
	*t = (struct tray){ .fd = -1 };
	buf_init(&t->tail, TRAY_MEMORY);
}

void
tray_release(struct tray *t)
{
	if (t->fd >= 0)
		(void)close(t->fd);
	t->fd = -1;
	buf_release(&t->tail);
}

uint64_t
tray_length(const struct tray *t)
{
	return t->spilled + t->tail.len;
}

static bool
open_file(struct tray *t, struct kpid_err *err)
{
	char path[] = "/tmp/kpid-rows-XXXXXX";

	if (t->fd >= 0)
		return true;
	t->fd = mkostemp(path, O_CLOEXEC);
	if (t->fd < 0)
		return err_set(err, KPID_ESPOOL,
		    "could not make a temporary file: %s", strerror(errno));
	(void)unlink(path);
	return true;
}

static bool
write_at(struct tray *t, const char *p, size_t len, struct kpid_err *err)
{
	if (!open_file(t, err))
		return false;
	while (len > 0) {
		ssize_t n = pwrite(t->fd, p, len, (off_t)t->spilled);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(err, KPID_ESPOOL,
			    "could not write a temporary file: %s",
			    strerror(errno));
		p += n;
		len -= (size_t)n;
		t->spilled += (uint64_t)n;
	}
	return true;
}

bool
tray_put(struct tray *t, const void *p, size_t len, struct kpid_err *err)
{
	if (buf_put(&t->tail, p, len))
		return true;
	if (!write_at(t, t->tail.ptr, t->tail.len, err))
		return false;
	buf_clear(&t->tail);
	return buf_put(&t->tail, p, len) || write_at(t, p, len, err);
}

void
tray_cut(struct tray *t, uint64_t length)
{
	if (length >= t->spilled) {
		t->tail.len = (size_t)(length - t->spilled);
		return;
	}
	t->spilled = length;
	buf_clear(&t->tail);
}

static bool
read_at(const struct tray *t, uint64_t at, char *out, size_t len,
    struct kpid_err *err)
{
	while (len > 0) {
		ssize_t n = pread(t->fd, out, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(err, KPID_ESPOOL,
			    "could not read a temporary file: %s",
			    n == 0 ? "it is short" : strerror(errno));
		out += n;
		at += (uint64_t)n;
		len -= (size_t)n;
	}
	return true;
}

bool
tray_get(const struct tray *t, uint64_t at, void *out, size_t len, size_t *got,
    struct kpid_err *err)
{
	const uint64_t end = tray_length(t);
	size_t filed = 0;

	if (at >= end)
		len = 0;
	else if (len > end - at)
		len = (size_t)(end - at);
	if (at < t->spilled) {
		filed = len < t->spilled - at ? len : (size_t)(t->spilled - at);
		if (!read_at(t, at, out, filed, err))
			return false;
	}
	if (len > filed)
		memcpy((char *)out + filed,
		    t->tail.ptr + (at + filed - t->spilled), len - filed);
	*got = len;
	return true;
}
