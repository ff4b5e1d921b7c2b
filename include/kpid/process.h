/*
 * Running another program to its end (initdb, pg_ctl). No shell.
 */
#ifndef KPID_PROCESS_H
#define KPID_PROCESS_H

#include <stdbool.h>

#include "kpid/bytes.h"
#include "kpid/error.h"

/*
 * Runs argv[0] (searched in PATH when it has no slash; argv ends with NULL)
 * and waits for it. Signals that this process blocks or ignores are as usual
 * in the program; its standard input is empty. What it writes to standard
 * output and error is appended to *output, in order, up to output's maximum.
 * A background process that it leaves behind is not waited for.
 * *status: its exit code, or 128 plus the number of the signal that ended it.
 * false: it could not be started.
 */
MUST_CHECK bool process_run(const char *const argv[], struct buf *output,
    int *status, struct kpid_err *err);

#endif
