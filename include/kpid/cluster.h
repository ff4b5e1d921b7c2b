/*
 * Where the database is: a server's URL, or a private cluster of our own.
 *
 * Yields a connection string; nothing else in kpid asks which of the two it
 * is. A private cluster is made by initdb on first use, listens on a Unix
 * socket only, runs as an unprivileged user when started by root, and is
 * stopped by the last command that uses it (flock).
 */
#ifndef KPID_CLUSTER_H
#define KPID_CLUSTER_H

#include "kpid/arena.h"
#include "kpid/config.h"
#include "kpid/error.h"

struct cluster;

/*
 * For a URL: nothing but the string. For a private directory: creates and
 * starts the cluster when needed and holds a share in it. say (may be NULL)
 * is told of slow steps ("creating a private database in ...").
 */
MUST_CHECK bool cluster_open(const struct config *cfg, struct arena *mem,
    void (*say)(const char *text), struct cluster **out, struct kpid_err *err);
/* For db_open; lives as long as the share. */
const char *cluster_conninfo(const struct cluster *c);
/* Gives the share back; the last one out stops the server. NULL is fine. */
void cluster_close(struct cluster *c);

#endif
