/* Names on the command line, against what is known. Private to this room. */
#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include "cli.h"
#include "kpid/hand.h"

/* The feed of the configuration most like it; NULL: none is like it. */
const char *names_feed_near(struct cli *cli, const char *name);
/* As err says that there is no such target: the nearest one, or the indicator
 * of this name, in its HINT. */
void names_target_near(struct cli *cli, struct db *db, const char *name,
    struct kpid_err *err);
/* An indicator of the configuration, or KPID_EUSAGE with the nearest. */
MUST_CHECK bool names_indicator(struct cli *cli, const char *code,
    struct kpid_err *err);
/* --org, else the configuration's; *code is the number. */
MUST_CHECK bool names_org(struct cli *cli, const char **text, int *code,
    struct kpid_err *err);
/* All --dim K=V, by name: the order of the options makes no difference. dims
 * has room for HAND_DIMS_MAX. */
MUST_CHECK bool names_dims(struct cli *cli, struct pair *dims, size_t *n,
    struct kpid_err *err);

#endif
