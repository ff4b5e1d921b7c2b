/* What the files of the private cluster share. */
#ifndef STORE_CLUSTER_H
#define STORE_CLUSTER_H

#include <sys/types.h>

#include "kpid/arena.h"
#include "kpid/cluster.h"
#include "kpid/config.h"
#include "kpid/error.h"

/* Made by an installation (tmpfiles.d): where sockets may stand that a service
 * with a private /tmp shares with others. */
#define CLUSTER_RUN "/run/kpid"

/* Who runs the server and with which programs. */
struct cluster_host {
	const char *dir; /* absolute; holds data, lock files */
	const char *data, *log;
	const char *users_lock;  /* held shared by every command */
	const char *server_lock; /* held while the server runs */
	const char *bindir;
	uid_t uid; /* of the server; ours unless root */
	gid_t gid;
	const char *user; /* its name */
};

/* Finds user and programs; creates dir. */
MUST_CHECK bool cluster_host_find(const struct config *cfg, struct arena *mem,
    struct cluster_host *out, struct kpid_err *err);

/* initdb when there is no data directory yet; a half-made one is removed. */
MUST_CHECK bool cluster_create(const struct cluster_host *host,
    struct kpid_err *err);

/* In a child: becomes the server's user for good. */
void cluster_become(const struct cluster_host *host);

/* A directory for the socket of a server that is to start, in mem. */
MUST_CHECK bool socket_dir_make(const struct cluster_host *host,
    struct arena *mem, const char **out, struct kpid_err *err);
/*
 * Starts the process that runs the server and stops it when nobody holds a
 * share of host->users_lock any more. Returns when the server takes
 * connections, in socket_dir.
 */
MUST_CHECK bool supervisor_start(const struct cluster_host *host,
    const char *socket_dir, struct kpid_err *err);

/* Removes a socket's directory and what a killed server left in it. */
void socket_dir_remove(const char *socket_dir);

#endif
