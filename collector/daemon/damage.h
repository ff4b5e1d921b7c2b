/* Spooled bodies that no longer are what was written. */
#ifndef DAEMON_DAMAGE_H
#define DAEMON_DAMAGE_H

#include <jansson.h>
#include <stdbool.h>

#include "kpid/load.h"
#include "kpid/spool.h"

/* Says why, sets the body aside and appends its feed to the list of those to
 * fetch again; null: even whose it was cannot be read. */
MUST_CHECK bool damage_set_aside(struct spool *s, const char *id,
    const char *why, json_t *again, struct kpid_err *err);
/* Appends the feeds whose bodies were found damaged while being loaded. */
void damage_found(const struct load_result *results, size_t n, json_t *again);

#endif
