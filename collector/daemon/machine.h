/* What kpid measures of itself. */
#ifndef DAEMON_MACHINE_H
#define DAEMON_MACHINE_H

#include "kpid/arena.h"
#include "kpid/clock.h"
#include "kpid/config.h"

/* How the last evaluation went. */
struct judged {
	usec took;
	const char *error; /* NULL: it went well */
};

/* A JSON document for kpid.watch, in mem. */
const char *machine_facts(const struct config *cfg, const struct judged *judged,
    struct arena *mem);

/* The same of one thing that only the loop knows: is the spool full? */
const char *machine_room(bool full, struct arena *mem);

/* dir is that of systemd-timesyncd: 1 while it has not set the clock yet, 0
 * when it has, -1 when it does not run. */
int machine_time_service(const char *dir, struct arena *mem);

/* Does the kernel, or who sets the clock, say that it is not set right? */
bool machine_unsynchronised(void);
/* What is wrong with the clock; NULL: nothing. *since: the kernel has said so
 * since then, 0 when it does not; kept from one question to the next. */
const char *machine_clock_fault(usec now, bool unsynchronised, usec *since);

#endif
