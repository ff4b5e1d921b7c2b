/* The hidden first word by which the daemon starts its own workers. */
#ifndef CLI_WORKER_ENTRY_H
#define CLI_WORKER_ENTRY_H

#include "kpid/daemon.h"

#define WORKER_WORD "--worker"

/* Serves until the daemon hangs up; the exit code. argv is as spawned: kpid
 * --worker KIND CONFIG FD, and anything else is a usage error. */
int worker_entry(int argc, char **argv);

#endif
