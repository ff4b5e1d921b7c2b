/*
 * The daemon: one loop that waits, two workers that work.
 *
 * The loop fetches into the spool, keeps the calendar and takes signals; it
 * never touches the database. A loader takes spooled bodies to evaluated
 * observations, a mailer drains the outbox; both are this program started
 * again, and what they crash on is set aside.
 */
#ifndef KPID_DAEMON_H
#define KPID_DAEMON_H

#include "kpid/error.h"

/* Runs until SIGTERM or SIGINT; config_path is read here and at SIGHUP. */
MUST_CHECK bool daemon_run(const char *config_path, struct kpid_err *err);

enum worker_kind { WORKER_LOADER, WORKER_MAILER };

/* The other side: serves requests on fd until it is closed. Returns the exit
 * code of the process. */
int worker_run(enum worker_kind kind, const char *config_path, int fd);

#endif
