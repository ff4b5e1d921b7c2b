/*
 * One configuration file, read and placed; private to config.
 */
#ifndef CONFIG_DOCUMENT_H
#define CONFIG_DOCUMENT_H

#include <jansson.h>

#include "forms.h"
#include "keys.h"
#include "positions.h"

/* The structs of the key tables as they are when nothing is said. */
struct defaults {
	const struct keys *keys;
	const void *image; /* keys->size bytes */
	struct defaults *next;
};

/* What the files of one configuration are read with. */
struct reading {
	struct arena *mem; /* what they say */
	struct problems *all;
	struct forms *forms;
	struct defaults **defaults; /* of the tables that were asked for */
};

struct document {
	const char *path, *dir; /* absolute; dir: of relative paths */
	const char *file;       /* the path as messages show it; in mem */
	json_t *root;           /* an object; owned */
	const struct positions *places;
	struct arena *mem;     /* what stays when the file is closed */
	struct arena *scratch; /* of the open file: its text, its places */
	struct problems *all;
	struct forms *forms;
	struct defaults **defaults;
};

/* false: a problem says why. Close it in both cases; scratch, in which path
 * may stand, is released after that. */
MUST_CHECK bool document_open(const char *path, const struct reading *by,
    struct arena *scratch, struct document *out);
/* Twice is fine. */
void document_close(struct document *d);

/* Adds a problem with the part of d that pointer names. */
PRINTF(3, 4)
void document_problem(const struct document *d, const char *pointer,
    const char *fmt, ...);

/* Makes *out, of the struct that keys fills, what d says, and defaults; every
 * difference is a problem. What has one keeps its default. */
void document_read(const struct document *d, const struct keys *keys,
    void *out);

#endif
