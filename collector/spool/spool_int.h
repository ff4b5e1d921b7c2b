/*
 * The spool's files, shared by its parts.
 */
#ifndef KPID_SPOOL_INT_H
#define KPID_SPOOL_INT_H

#include <limits.h>

#include "kpid/sha256.h"
#include "kpid/spool.h"

#define SPOOL_ID_LEN    20 /* receipt in microseconds */
#define SPOOL_BODY      ".body"
#define SPOOL_META      ".json"
#define SPOOL_META_PART ".json.part" /* before it is renamed */

struct spool {
	const char *dir; /* STATE_DIR/spool */
	usec last;       /* newest ID given or found */
	uint64_t bytes;  /* of bodies there, as far as is known: room.c */
	uint64_t max;    /* 0: no bound */
	bool full;       /* the bound was reached when last looked at */
};

struct spool_writer {
	struct spool *spool;
	char id[SPOOL_ID_LEN + 1];
	int fd; /* locked: see sweep.c */
	uint64_t bytes;
	struct sha256 hash;
};

struct spool_path {
	char text[PATH_MAX];
};

/* The file of an ID; spool_open has checked that every path fits. */
struct spool_path spool_path(const struct spool *s, const char *id,
    const char *suffix);
/* SPOOL_ID_LEN digits: no path can be made of it. */
bool spool_id_valid(const char *id);
/* A file's name as ID and what follows it; false: not one of ours. */
bool spool_name_split(const char *name, char id[SPOOL_ID_LEN + 1],
    const char **suffix);

/* "could not VERB 'path': errno", retry and a hint when the disk is full. */
bool spool_failed(struct kpid_err *err, const char *verb, const char *path);
/* Writes all of it, whatever the system takes at once. errno on failure. */
MUST_CHECK bool spool_write_all(int fd, const void *p, size_t len);
/* Makes the names in a directory survive a power cut. */
MUST_CHECK bool spool_dir_sync(const char *dir, struct kpid_err *err);
/* A whole small file: created or replaced, 0600, synced. */
MUST_CHECK bool spool_file_put(const char *path, const char *text, size_t len,
    struct kpid_err *err);
/* CLEANUP; a negative one is none. */
void spool_fd_close(const int *fd);

/* Removes what a crash left; bodies still being written by any process are
 * locked and stay. Sets s->last. */
MUST_CHECK bool spool_sweep(struct spool *s, struct kpid_err *err);

/* struct spool_meta as JSON: both in mem. */
MUST_CHECK bool spool_meta_encode(const struct spool_meta *meta,
    struct arena *mem, const char **out, struct kpid_err *err);
/* What is missing or damaged is KPID_ESPOOL, with the path; the description
 * has a sum of its own. */
MUST_CHECK bool spool_meta_decode(const char *path, const char *id,
    struct arena *mem, struct spool_meta *out, struct kpid_err *err);

#endif
