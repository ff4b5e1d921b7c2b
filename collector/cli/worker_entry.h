/* The hidden first word by which the daemon starts its own workers. */
#ifndef CLI_WORKER_ENTRY_H
#define CLI_WORKER_ENTRY_H

#include "kpid/daemon.h"

#define WORKER_WORD "--worker"

int worker_entry(int argc, char **argv);

#endif
