/* Inside load: bodies into the database. body_fetch is public (load.h). */
#ifndef LOAD_KEEP_H
#define LOAD_KEEP_H

#include <fcntl.h>
#include <stdio.h>

#include "kpid/db_array.h"
#include "kpid/load.h"

/* On their way, together: a statement costs as much as a small body. */
struct keeper {
	struct db *db;
	struct db_array sums, numbers, chunks;
};

void keeper_init(struct keeper *k, struct db *db);
/* CLEANUP; gives up what was not sent. */
void keeper_release(struct keeper *k);
/* Stores the file's bytes under their checksum; they may be there already. */
MUST_CHECK bool keeper_put(struct keeper *k, int fd, const uint8_t sha256[32],
    struct kpid_err *err);
/* Sends what is left. */
MUST_CHECK bool keeper_end(struct keeper *k, struct kpid_err *err);

#endif
