/*
 * What kind of bytes a body is. Private to this room.
 */
#ifndef INSPECT_SNIFF_H
#define INSPECT_SNIFF_H

#include "kpid/archive.h"
#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/config.h"
#include "kpid/error.h"

#define SNIFF_BYTES (512 << 10) /* of text that are looked at */

/* The body out of its envelopes. */
struct inside {
	int fd, outer; /* equal when there was no envelope */
	bool workbook;
	const char *member;  /* of a zip archive, or NULL */
	const char *pattern; /* by which it was picked among several, or NULL */
};

MUST_CHECK bool inside_open(int fd, struct arena *mem, struct inside *out,
    struct kpid_err *err);
void inside_close(struct inside *in);

/* The encoding's name for a contract, and the first SNIFF_BYTES as UTF-8.
 * *sure: nothing else fits as well. */
MUST_CHECK bool sniff_text(int fd, struct arena *mem, const char **encoding,
    bool *sure, struct slice *head, struct kpid_err *err);
/* Of , tab ; and | the one that parts most lines alike. */
char sniff_delimiter(struct slice head);

#endif
