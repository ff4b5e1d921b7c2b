/*
 * The daemon: one loop that waits, three workers that work.
 *
 * The loop fetches into the spool, keeps the calendar and takes signals; it
 * never touches the database. A loader takes spooled bodies to evaluated
 * observations, a mailer drains the outbox, a claimer shares the feeds with
 * other daemons upon the same database; all are this program started again,
 * and what the loader crashes on is set aside.
 */
#ifndef KPID_DAEMON_H
#define KPID_DAEMON_H

#include "kpid/error.h"

/* Runs until SIGTERM or SIGINT; config_path is read here and at SIGHUP. */
MUST_CHECK bool daemon_run(const char *config_path, struct kpid_err *err);

enum worker_kind { WORKER_LOADER, WORKER_MAILER, WORKER_CLAIMER };

/* loader, mailer, claimer */
const char *worker_name(enum worker_kind kind);

/* The other side: serves requests on fd until it is closed. Returns the exit
 * code of the process. */
int worker_run(enum worker_kind kind, const char *config_path, int fd);

#endif
