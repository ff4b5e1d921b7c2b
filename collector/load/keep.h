/* Inside load: bodies into the database. body_fetch is public (load.h). */
#ifndef LOAD_KEEP_H
#define LOAD_KEEP_H

#include <fcntl.h>
#include <stdio.h>

#include "kpid/load.h"

/* Stores the file's bytes under their checksum; they may be there already. */
MUST_CHECK bool body_keep(struct db *db, int fd, const uint8_t sha256[32],
    struct kpid_err *err);

#endif
