/*
 * Arenas: all memory of one unit of work, released at once.
 *
 * An arena is created where a unit of work begins (a command, a job, a chunk
 * of rows) and nowhere else. Nothing taken from it is freed by itself.
 */
#ifndef KPID_ARENA_H
#define KPID_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "kpid/error.h"

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first, or NULL */
};

/* Zeroed memory aligned for any type; lives in the arena. Never NULL: out of
 * memory ends the process. len 0 gives a valid pointer. */
void *arena_alloc(struct arena *mem, size_t len)
    __attribute__((malloc, returns_nonnull));

/* n elements of size bytes each; overflow ends the process. */
void *arena_array(struct arena *mem, size_t n, size_t size)
    __attribute__((malloc, returns_nonnull));

/* NUL-terminated copies. arena_strndup copies exactly len bytes. */
char *arena_strdup(struct arena *mem, const char *s)
    __attribute__((returns_nonnull));
/* Exactly len bytes of s, and a NUL; s need not end in one. */
char *arena_strndup(struct arena *mem, const char *s, size_t len)
    __attribute__((returns_nonnull));
/* As long as it comes out: nothing is cut. */
PRINTF(2, 3)
char *arena_printf(struct arena *mem, const char *fmt, ...)
    __attribute__((returns_nonnull));

/* Frees everything; the arena is empty and can be used again. */
void arena_release(struct arena *mem);

/* Forgets everything but keeps one block: for a chunk loop, where resident
 * memory must not grow with the number of chunks. */
void arena_reset(struct arena *mem);

#endif
