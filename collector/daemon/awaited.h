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

/* Puts into message the turns that failed before this start: "retries",
 * [[feed, not before, turn], ..] as calendar_retry takes them. */
MUST_CHECK bool awaited_retries(struct db *db, json_t *message,
    struct kpid_err *err);

/* Tells the database when the feeds that were looked at are looked at next:
 * those that `done` has results of ([{feed, ..}, ..]) and the members of
 * `checked`. message is what awaited_add made. */
MUST_CHECK bool awaited_next(struct db *db, const struct config *cfg,
    const json_t *message, const json_t *done, json_t *checked,
    struct kpid_err *err);

#endif
