/*
 * Writing a body into the spool.
 */
#include "spool_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/clock.h"

/* Is there a whole body of this ID? Who has the ID's unfinished file may ask:
 * another was renamed before that could be made. */
static bool
is_taken(const struct spool *s, const char *id)
{
	static const char *const names[] = { SPOOL_SINGLE, SPOOL_BODY };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (access(spool_path(s, id, names[i]).text, F_OK) == 0)
			return true;
	return false;
}

/* Creates the next ID's file; errno EEXIST: another process took that ID, or
 * swept the file before it was locked. */
static int
part_create(struct spool *s, char id[SPOOL_ID_LEN + 1])
{
	usec now = clock_now();
	struct spool_path part;
	struct stat st;
	int fd;

	s->last = now > s->last ? now : s->last + 1;
	(void)snprintf(id, SPOOL_ID_LEN + 1, "%020lld", (long long)s->last);
	part = spool_path(s, id, SPOOL_PART);
	fd = open(part.text, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	if (flock(fd, LOCK_EX) == 0 && fstat(fd, &st) == 0 && st.st_nlink > 0) {
		if (!is_taken(s, id))
			return fd;
		(void)unlink(part.text);
	}
	(void)close(fd);
	errno = EEXIST;
	return -1;
}

bool
spool_begin(struct spool *s, struct spool_writer **out, struct kpid_err *err)
{
	struct spool_writer *w = calloc(1, sizeof(*w));

	if (w == NULL)
		fatal("out of memory");
	do
		w->fd = part_create(s, w->id);
	while (w->fd < 0 && errno == EEXIST);
	if (w->fd < 0) {
		free(w);
		return spool_failed(err, "create a file in", s->dir);
	}
	w->spool = s;
	sha256_init(&w->hash);
	*out = w;
	return true;
}

bool
spool_write(struct spool_writer *w, const void *p, size_t len,
    struct kpid_err *err)
{
	if (!spool_write_all(w->fd, p, len))
		return spool_failed(err, "write",
		    spool_path(w->spool, w->id, SPOOL_PART).text);
	sha256_update(&w->hash, p, len);
	w->bytes += len;
	w->spool->bytes += len;
	return true;
}

int
spool_writer_fd(const struct spool_writer *w)
{
	return w->fd;
}

void
spool_abort(struct spool_writer *w)
{
	if (w == NULL)
		return;
	(void)unlink(spool_path(w->spool, w->id, SPOOL_PART).text);
	if (w->bytes >= SPOOL_SMALL) {
		(void)unlink(spool_path(w->spool, w->id, SPOOL_META_PART).text);
		(void)unlink(spool_path(w->spool, w->id, SPOOL_BODY).text);
	}
	w->spool->bytes -=
	    w->bytes < w->spool->bytes ? w->bytes : w->spool->bytes;
	(void)close(w->fd);
	free(w);
}

void
spool_close(struct spool_writer *w)
{
	(void)close(w->fd);
	free(w);
}
