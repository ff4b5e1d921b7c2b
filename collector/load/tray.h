/* Bytes put aside until it is known where they go: in memory while they are
 * few, in a file without a name beyond. */
#ifndef LOAD_TRAY_H
#define LOAD_TRAY_H

#include "kpid/bytes.h"

struct tray {
	struct buf tail;  /* the newest bytes */
	uint64_t spilled; /* those before them, in the file */
	int fd;           /* -1: none was needed yet */
};

/* Empty; takes memory as it grows, and a file past a few MB. */
void tray_init(struct tray *t);
/* Twice is fine. */
void tray_release(struct tray *t);
/* Adds at the end. */
MUST_CHECK bool tray_put(struct tray *t, const void *p, size_t len,
    struct kpid_err *err);
uint64_t tray_length(const struct tray *t);
/* Gives up what came after the first `length` bytes. */
void tray_cut(struct tray *t, uint64_t length);
/* At most len bytes from place `at`; *got is less only at the end. */
MUST_CHECK bool tray_get(const struct tray *t, uint64_t at, void *out,
    size_t len, size_t *got, struct kpid_err *err);

#endif
