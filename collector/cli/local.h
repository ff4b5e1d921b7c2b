/* Commands that read a body and write nothing: inspect, preview. */
#ifndef CLI_LOCAL_H
#define CLI_LOCAL_H

#include "cli.h"

/*
 * The configuration when there is one. needed, or one named by -c or
 * $KPID_CONFIG: it must be there and right; else one that is not is as none:
 * empty. Returns -1, or an exit code.
 */
int local_config(struct cli *cli, bool needed);

/* Not needed, and without feeds when one of them is faulty: a shell makes the
 * file empty into which inspect is to write, perhaps where the feeds stand. */
int local_settings(struct cli *cli);

/* A body to read. */
struct local_body {
	int fd;
	const char *file; /* its name */
	const char *url;  /* file:/absolute for a local file */
};

/* where: a path or a URL; NULL: the feed's. What is fetched goes to a private
 * directory that is removed again. */
MUST_CHECK bool local_open(struct cli *cli, const struct feed *feed,
    const char *where, struct local_body *out, struct kpid_err *err);

#endif
