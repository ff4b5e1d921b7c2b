/*
 * How much room the bodies that wait may take.
 *
 * The bytes that are known are those found on the disk plus what this process
 * wrote since or holds in memory: never too few, for others only take away. So
 * the disk is looked at only when the bound seems to be reached, not for every
 * body.
 */
#include "spool_int.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

static void
dir_free(DIR **d)
{
	if (*d != NULL)
		(void)closedir(*d);
}

static uint64_t
single_bytes(const struct spool *s, const char *id)
{
	CLEANUP(spool_single_close) struct spool_file f = { .fd = -1 };
	struct kpid_err gone;

	return spool_single_open(s, id, &f, &gone) && f.fd >= 0
	    ? spool_single_bytes(&f)
	    : 0;
}

static uint64_t
file_bytes(const struct spool *s, const char *name)
{
	char id[SPOOL_ID_LEN + 1];
	const char *suffix;
	struct stat st;

	if (!spool_name_split(name, id, &suffix))
		return 0;
	if (strcmp(suffix, SPOOL_SINGLE) == 0)
		return single_bytes(s, id);
	if ((strcmp(suffix, SPOOL_BODY) != 0 && strcmp(suffix, SPOOL_PART) != 0)
	    || stat(spool_path(s, id, suffix).text, &st) != 0)
		return 0;
	return (uint64_t)st.st_size;
}

void
spool_look(struct spool *s)
{
	CLEANUP(dir_free) DIR *d = opendir(s->dir);
	uint64_t bytes = 0;
	struct dirent *e;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL)
		bytes += file_bytes(s, e->d_name);
	bytes += s->held;
	s->bytes = bytes;
	s->full = s->max > 0 && bytes >= s->max;
}

void
spool_bound(struct spool *s, uint64_t max_bytes)
{
	s->max = max_bytes;
	spool_look(s);
}

bool
spool_full(struct spool *s)
{
	if (s->max > 0 && !s->full && s->bytes >= s->max)
		spool_look(s);
	return s->full;
}

uint64_t
spool_most(const struct spool *s)
{
	return s->max;
}

uint64_t
spool_bytes(const struct spool *s)
{
	return s->bytes;
}
