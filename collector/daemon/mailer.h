/*
 * The mailer's side: a worker process that sends what is due, in order. The
 * database wakes it when there are mails.
 */
#ifndef DAEMON_MAILER_H
#define DAEMON_MAILER_H

#include "kpid/config.h"
#include "kpid/db.h"
#include "kpid/error.h"

/* Sends until the loop closes its side of fd, and tells it of each look. */
MUST_CHECK bool mailer_serve(struct db *db, const struct config *cfg, int fd,
    struct kpid_err *err);

#endif
