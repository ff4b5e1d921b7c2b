/*
 * Where each part of a JSON text stands: jansson keeps values, not lines.
 *
 * A part is named by its JSON pointer (RFC 6901). A member's line is that of
 * its key, an element's that of its first byte.
 */
#ifndef CONFIG_POSITIONS_H
#define CONFIG_POSITIONS_H

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/error.h"

struct positions;

/* Lives in mem. Fails on text that is not JSON or is nested too deep. */
MUST_CHECK bool positions_read(struct slice text, struct arena *mem,
    const struct positions **out, struct kpid_err *err);
/* The line of pointer ("" is the whole, line 1), or of the nearest part
 * around it when there is no such part. */
int positions_line(const struct positions *p, const char *pointer,
    struct arena *mem);

/* parent/key with the key escaped, and parent/index. */
const char *pointer_member(const char *parent, struct slice key,
    struct arena *mem);
/* The JSON pointer of an array's element, in mem. */
const char *pointer_element(const char *parent, size_t index,
    struct arena *mem);

#endif
