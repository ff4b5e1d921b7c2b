/*
 * Goals and targets as the people who keep them write them: CSV files that a
 * spreadsheet opens (UTF-8 with BOM, or CP932), read by kpid's own reader.
 *
 * In: paths.  Out: one JSON document for kpid.target_import, or every problem
 * at once as file:line. The columns stand in docs/targets.md and in
 * targets.c's table; their headers may be Japanese or English.
 */
#ifndef KPID_TARGETS_H
#define KPID_TARGETS_H

#include "kpid/config.h"
#include "kpid/error.h"

/*
 * Reads one goals and one targets file (goals may be NULL: targets alone).
 * *json: {"goals":[{..}],"targets":[{..}]}, numbers as strings, in mem.
 * false: problems say why.
 */
MUST_CHECK bool targets_read(const struct config *cfg,
    const struct plan_files *files, struct arena *mem, const char **json,
    struct problems *all);

/*
 * What the store knows a file of targets by: its path from the directory of
 * the configuration on, so that an installation may move; a file elsewhere by
 * its whole path.  In mem.
 */
const char *targets_source(const struct config *cfg, const char *path,
    struct arena *mem);

#endif
