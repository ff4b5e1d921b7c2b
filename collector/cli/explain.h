/* kpid explain of a value. Private to this room. */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "cli.h"

/* INDICATOR PERIOD: what a value rests on, and what it was before. Returns
 * the exit code. */
int explain_value(struct cli *cli);

#endif
