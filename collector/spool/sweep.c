/*
 * What a crash left in the spool, taken away.
 *
 * ID.part, and ID.body without its ID.json, were never acknowledged. One that
 * another process is still writing looks the same but is locked by its writer,
 * who lets go only after it has its last name: so the lock is taken first, then
 * looked again.
 */
#include "spool_int.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static void
dir_free(DIR **d)
{
	if (*d != NULL)
		(void)closedir(*d);
}

static bool
exists(const struct spool *s, const char *id, const char *suffix)
{
	return access(spool_path(s, id, suffix).text, F_OK) == 0;
}

static void
part_sweep(const struct spool *s, const char *id)
{
	const struct spool_path part = spool_path(s, id, SPOOL_PART);
	CLEANUP(spool_fd_close)
	int fd = open(part.text, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		(void)unlink(part.text);
}

static void
body_sweep(const struct spool *s, const char *id)
{
	struct spool_path body = spool_path(s, id, SPOOL_BODY);
	CLEANUP(spool_fd_close)
	int fd = open(body.text, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0
	    || exists(s, id, SPOOL_META))
		return;
	(void)unlink(spool_path(s, id, SPOOL_META_PART).text);
	(void)unlink(body.text);
}

static void
entry_sweep(struct spool *s, const char *name)
{
	char id[SPOOL_ID_LEN + 1];
	const char *suffix;
	usec at;

	if (!spool_name_split(name, id, &suffix))
		return;
	at = strtoll(id, NULL, 10);
	if (at > s->last)
		s->last = at;
	if (strcmp(suffix, SPOOL_PART) == 0)
		part_sweep(s, id);
	else if (strcmp(suffix, SPOOL_BODY) == 0 && !exists(s, id, SPOOL_META))
		body_sweep(s, id);
	else if (strcmp(suffix, SPOOL_META_PART) == 0
	    && !exists(s, id, SPOOL_BODY))
		(void)unlink(spool_path(s, id, SPOOL_META_PART).text);
}

bool
spool_sweep(struct spool *s, struct kpid_err *err)
{
	CLEANUP(dir_free) DIR *d = opendir(s->dir);
	struct dirent *e;

	if (d == NULL)
		return spool_failed(err, "read", s->dir);
	for (errno = 0; (e = readdir(d)) != NULL; errno = 0)
		entry_sweep(s, e->d_name);
	if (errno != 0)
		return spool_failed(err, "read", s->dir);
	return true;
}
