/*
 * Who this daemon is to others upon the same database: host:number, kept in
 * the state directory so that a daemon that is started again is the same one
 * and takes up its own leases at once. A lock on the file says that nobody
 * else of that name runs; a second daemon in the same state directory gets a
 * name for this time alone.
 */
#ifndef DAEMON_INSTANCE_H
#define DAEMON_INSTANCE_H

#include "kpid/error.h"

#define INSTANCE_NAME_MAX 128

struct instance {
	char name[INSTANCE_NAME_MAX];
	int fd; /* holds the lock; -1: none */
};

MUST_CHECK bool instance_open(const char *state_dir, struct instance *out,
    struct kpid_err *err);
void instance_close(struct instance *in);

#endif
