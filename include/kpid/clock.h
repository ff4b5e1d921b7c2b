/*
 * What time it is. Passed down, so that a demonstration and a test can fix it.
 */
#ifndef KPID_CLOCK_H
#define KPID_CLOCK_H

#include <stdbool.h>

#include "kpid/civil.h"

struct clock {
	bool fixed;
	usec at; /* the answer when fixed */
};

/* Real time, microseconds since 1970. */
usec clock_now(void);
/* The time that c says; NULL is a clock that runs. */
usec clock_read(const struct clock *c);

#endif
