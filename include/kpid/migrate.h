/*
 * The schema: numbered migrations, forward only, with checksums; functions
 * and views are replaced when their text changed. All of sql/ is built into
 * the program.
 */
#ifndef KPID_MIGRATE_H
#define KPID_MIGRATE_H

#include "kpid/arena.h"
#include "kpid/db.h"
#include "kpid/error.h"

struct migrate_state {
	int applied, available; /* numbered migrations */
	bool code_current;      /* functions and views as built in */
	bool newer;             /* the database is ahead of this kpid */
};

/* What a database has; a changed checksum is an error that names the file. */
MUST_CHECK bool migrate_check(struct db *owner, struct arena *mem,
    struct migrate_state *out, struct kpid_err *err);
/* Brings it up to date in one transaction under an advisory lock and a
 * lock_timeout. *steps: how many files were run; 0 is "up to date". */
MUST_CHECK bool migrate_run(struct db *owner, struct arena *mem, int *steps,
    struct kpid_err *err);

#endif
