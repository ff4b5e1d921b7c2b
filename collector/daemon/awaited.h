/* What the loader tells the loop beside its answers. */
#ifndef DAEMON_AWAITED_H
#define DAEMON_AWAITED_H

#include <jansson.h>

#include "kpid/config.h"
#include "kpid/db.h"
#include "kpid/error.h"

/* Puts into message what calendar_awaits ("awaited") and calendar_holidays
 * ("holidays") take; no query where no feed of cfg needs an answer. */
MUST_CHECK bool awaited_add(struct db *db, const struct config *cfg,
    json_t *message, struct kpid_err *err);

#endif
