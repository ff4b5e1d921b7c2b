/*
 * Writing a body into the spool.
 *
 * A small body is held in memory until it is whole: who fetches dozens at a
 * time does not wait for a file to be made for each.
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

/* Creates the file of w's ID; errno EEXIST: another process took that ID, or
 * swept the file before it was locked. */
static int
part_create(const struct spool_writer *w)
{
	const struct spool_path part = spool_path(w->spool, w->id, SPOOL_PART);
	struct stat st;
	int fd = open(part.text, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return -1;
	if (flock(fd, LOCK_EX) == 0 && fstat(fd, &st) == 0 && st.st_nlink > 0) {
		if (!is_taken(w->spool, w->id))
			return fd;
		(void)unlink(part.text);
	}
	(void)close(fd);
	errno = EEXIST;
	return -1;
}

static void
id_set(struct spool_writer *w, usec at)
{
	(void)snprintf(w->id, sizeof(w->id), "%020lld", (long long)at);
}

struct spool_writer *
spool_begin(struct spool *s)
{
	struct spool_writer *w = calloc(1, sizeof(*w));
	const usec now = clock_now();

	if (w == NULL)
		fatal("out of memory");
	s->last = now > s->last ? now : s->last + 1;
	w->spool = s;
	w->fd = -1;
	id_set(w, s->last);
	sha256_init(&w->hash);
	return w;
}

static bool
put(struct spool_writer *w, const void *p, size_t len, struct kpid_err *err)
{
	return spool_write_all(w->fd, p, len)
	    || spool_failed(err, "write",
		spool_path(w->spool, w->id, SPOOL_PART).text);
}

static void
hold(struct spool_writer *w, const void *p, size_t len)
{
	if (len == 0)
		return;
	if (len > w->cap_held - w->n_held) {
		w->cap_held = 2 * (w->n_held + len);
		w->held = realloc(w->held, w->cap_held);
	}
	if (w->held == NULL)
		fatal("out of memory");
	memcpy(w->held + w->n_held, p, len);
	w->n_held += len;
}

/* By who writes alone: another thread may make the file. */
static void
count(struct spool_writer *w, uint64_t held)
{
	w->spool->held += held - w->counted;
	w->counted = held;
}

static void
let_go(struct spool_writer *w)
{
	free(w->held);
	w->held = NULL;
	w->n_held = w->cap_held = 0;
}

bool
spool_writer_settle(struct spool_writer *w, struct kpid_err *err)
{
	if (w->fd >= 0)
		return true;
	while ((w->fd = part_create(w)) < 0 && errno == EEXIST)
		id_set(w, strtoll(w->id, NULL, 10) + 1);
	if (w->fd < 0)
		return spool_failed(err, "create a file in", w->spool->dir);
	if (!put(w, w->held, w->n_held, err))
		return false;
	let_go(w);
	return true;
}

bool
spool_writer_end(struct spool_writer *w, const void *p, size_t len,
    struct kpid_err *err)
{
	if (w->fd >= 0)
		return put(w, p, len, err);
	hold(w, p, len);
	return spool_writer_settle(w, err);
}

bool
spool_write(struct spool_writer *w, const void *p, size_t len,
    struct kpid_err *err)
{
	if (w->bytes + len >= SPOOL_SMALL) {
		if (!spool_writer_settle(w, err))
			return false;
		count(w, 0);
	}
	if (w->fd < 0) {
		hold(w, p, len);
		count(w, w->n_held);
	} else if (!put(w, p, len, err))
		return false;
	sha256_update(&w->hash, p, len);
	w->bytes += len;
	w->spool->bytes += len;
	return true;
}

int
spool_writer_fd(struct spool_writer *w, struct kpid_err *err)
{
	return spool_writer_settle(w, err) ? w->fd : -1;
}

void
spool_abort(struct spool_writer *w)
{
	if (w == NULL)
		return;
	if (w->fd >= 0)
		(void)unlink(spool_path(w->spool, w->id, SPOOL_PART).text);
	if (w->bytes >= SPOOL_SMALL) {
		(void)unlink(spool_path(w->spool, w->id, SPOOL_META_PART).text);
		(void)unlink(spool_path(w->spool, w->id, SPOOL_BODY).text);
	}
	w->spool->bytes -=
	    w->bytes < w->spool->bytes ? w->bytes : w->spool->bytes;
	spool_close(w);
}

void
spool_close(struct spool_writer *w)
{
	spool_fd_close(&w->fd);
	count(w, 0);
	let_go(w);
	free(w);
}
