#include <time.h>

#include "kpid/clock.h"

usec
clock_now(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		fatal("could not read the clock");
	return (usec)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

usec
clock_read(const struct clock *c)
{
	return c != NULL && c->fixed ? c->at : clock_now();
}
