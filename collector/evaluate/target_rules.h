/* What must hold between the columns of a target. */
#ifndef EVALUATE_TARGET_RULES_H
#define EVALUATE_TARGET_RULES_H

#include <jansson.h>

#include "kpid/config.h"

/* Rows as columns.h reads them, with "line". Problems name file and line. */
void target_rules_check(const struct config *cfg,
    const struct plan_files *files, const json_t *targets, const json_t *goals,
    struct problems *all);

/* Warns of a target that no feed can give a value: without dimensions, where
 * its indicator's series all have some. */
void target_dims_check(const struct config *cfg, const char *file,
    const json_t *row, struct problems *all);

#endif
