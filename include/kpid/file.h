/*
 * Whole files of stated maximum, and paths as text.
 */
#ifndef KPID_FILE_H
#define KPID_FILE_H

#include <stddef.h>

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/error.h"

/* The whole of a regular file, in mem, with a NUL behind it that out->len does
 * not count. Larger than max bytes is KPID_EREFUSED; anything else that goes
 * wrong has the code that the caller says. */
MUST_CHECK bool file_read(const char *path, size_t max, enum kpid_code code,
    struct arena *mem, struct slice *out, struct kpid_err *err);

/* dir/path, or path when it is absolute; "." and ".." and doubled slashes
 * taken out. dir must be absolute. No file is looked at. */
char *path_join(const char *dir, const char *path, struct arena *mem);
/* All before the last slash, "." when there is none. */
char *path_dir(const char *path, struct arena *mem);
/* What follows the last slash. Borrowed from path. */
const char *path_base(const char *path);
/* How messages name an absolute path: from the working directory on when it
 * lies below. Borrowed from path. */
const char *path_shown(const char *path);
/* Is path dir itself or below it? Both clean and absolute. */
bool path_below(const char *path, const char *dir);

#endif
