/*
 * The claimer's side: what the loop says of leases, put to the database. It
 * has a connection of its own, so that a claim waits for no load.
 */
#ifndef DAEMON_CLAIMER_H
#define DAEMON_CLAIMER_H

#include <jansson.h>

#include "kpid/config.h"
#include "kpid/db.h"
#include "kpid/error.h"

/* Tells the loop that it may ask. */
MUST_CHECK bool claimer_ready(int fd, struct kpid_err *err);
/* One request, one answer (wire.h). */
MUST_CHECK bool claimer_serve(struct db *db, const struct config *cfg, int fd,
    const json_t *request, struct kpid_err *err);

#endif
