/*
 * The spool's files, shared by its parts.
 */
#ifndef KPID_SPOOL_INT_H
#define KPID_SPOOL_INT_H

#include <assert.h>
#include <limits.h>

#include "kpid/bytes.h"
#include "kpid/sha256.h"
#include "kpid/spool.h"

#define SPOOL_ID_LEN     20       /* receipt in microseconds */
#define SPOOL_PART       ".part"  /* being written */
#define SPOOL_SINGLE     ".spool" /* body and description */
#define SPOOL_BODY       ".body"
#define SPOOL_META       ".json"
#define SPOOL_META_PART  ".json.part" /* before it is renamed */

/* The description's last line: trailer.c. */
#define SPOOL_FOOTER_LEN 81

struct spool {
	const char *dir; /* STATE_DIR/spool */
	usec last;       /* newest ID given or found */
	uint64_t bytes;  /* of bodies there, as far as is known: room.c */
	uint64_t held;   /* of them, what may not be on the disk yet */
	uint64_t max;    /* 0: no bound */
	bool full;       /* the bound was reached when last looked at */
};

struct spool_writer {
	struct spool *spool;
	char id[SPOOL_ID_LEN + 1];
	int fd; /* locked: see sweep.c; negative: no file yet */
	uint64_t bytes;
	struct sha256 hash;
	char *held; /* what is not in the file yet */
	size_t n_held, cap_held;
	uint64_t counted; /* in the spool's held */
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

/* Makes the file, unless it is there, with what was held until now. Its ID may
 * become a later one. */
MUST_CHECK bool spool_writer_settle(struct spool_writer *w,
    struct kpid_err *err);
/* What stands behind the body; the file is there afterwards. */
MUST_CHECK bool spool_writer_end(struct spool_writer *w, const void *p,
    size_t len, struct kpid_err *err);

/* Removes what a crash left; bodies still being written by any process are
 * locked and stay. Sets s->last. */
MUST_CHECK bool spool_sweep(struct spool *s, struct kpid_err *err);

/* struct spool_meta as JSON in one line, in mem; sealed: with a sum over itself
 * as the last key. */
MUST_CHECK bool spool_meta_encode(const struct spool_meta *meta,
    struct arena *mem, const char **out, struct kpid_err *err);
MUST_CHECK bool spool_meta_seal(const struct spool_meta *meta,
    struct arena *mem, const char **out, struct kpid_err *err);
/* What is missing or damaged is KPID_ESPOOL, with the path; the id of *out is
 * left as it is. unseal reads the file at path. */
MUST_CHECK bool spool_meta_decode(struct slice text, const char *path,
    struct arena *mem, struct spool_meta *out, struct kpid_err *err);
MUST_CHECK bool spool_meta_unseal(const char *path, struct arena *mem,
    struct spool_meta *out, struct kpid_err *err);

/* What is to stand behind a body. */
const char *spool_trailer(const char *description, struct arena *mem);
/* How long the last line of a file says that its trailer is, that line
 * included; 0: it is no such line. Nothing is verified. */
size_t spool_trailer_len(struct slice tail);
/* The description in the end of a file, borrowed; false: not all of it is
 * there, or it is not as it was written. */
MUST_CHECK bool spool_trailer_take(struct slice tail,
    struct slice *description);

/* A body in one file. */
struct spool_file {
	const char *id;
	struct spool_path path;
	int fd; /* negative: there is none */
	uint64_t size;
};

MUST_CHECK bool spool_single_open(const struct spool *s, const char *id,
    struct spool_file *out, struct kpid_err *err);
/* CLEANUP */
void spool_single_close(const struct spool_file *f);
MUST_CHECK bool spool_single_describe(const struct spool_file *f,
    struct arena *mem, struct spool_meta *out, struct kpid_err *err);
MUST_CHECK bool spool_single_read(const struct spool_file *f, struct arena *mem,
    struct spool_meta *out, int *fd, struct kpid_err *err);
/* Of the body alone; unverified. */
uint64_t spool_single_bytes(const struct spool_file *f);

/* A body and its description in two files. */
MUST_CHECK bool spool_pair_describe(const struct spool *s, const char *id,
    struct arena *mem, struct spool_meta *out, struct kpid_err *err);
MUST_CHECK bool spool_pair_read(const struct spool *s, const char *id,
    struct arena *mem, struct spool_meta *out, int *fd, struct kpid_err *err);

/* What was read of a body. */
struct spool_seen {
	const char *path;
	uint64_t bytes;
	const uint8_t *sum;
};
/* Is it the body that is described? */
MUST_CHECK bool spool_verified(const struct spool_seen *seen,
    const struct spool_meta *meta, struct kpid_err *err);

#endif
