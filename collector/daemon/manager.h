/*
 * The service manager's protocol: one datagram for each thing it should know,
 * to the socket named in NOTIFY_SOCKET. Without that variable nothing is done.
 *
 * Source: sd_notify(3); the protocol is promised to stay as it is.
 */
#ifndef DAEMON_MANAGER_H
#define DAEMON_MANAGER_H

#include "kpid/clock.h"

struct manager {
	int fd;        /* -1: nobody listens */
	usec watchdog; /* pause between two signs of life; 0: none wanted */
	usec next;     /* when the next one is due */
};

/* Takes the socket and the watchdog's interval out of the environment, so
 * that workers do not inherit them. The socket is closed by manager_close. */
void manager_open(struct manager *m);
void manager_close(struct manager *m);
/* Tells a state, such as "READY=1". One that cannot be told is dropped: the
 * manager has its own timeouts. */
void manager_tell(const struct manager *m, const char *state);
/* Begins a reload, and says when: the manager may wait for the READY=1 after
 * that instant. */
void manager_reloading(const struct manager *m);
/* A sign of life when one is due by now. */
void manager_beat(struct manager *m, usec now);
/* When the next is due; INT64_MAX without a watchdog. */
usec manager_next(const struct manager *m);

#endif
