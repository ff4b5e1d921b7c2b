/* How long a feed waits after a failure. */
#include "loop.h"

/* Up to a quarter, by the feed's name: those that failed together do not come
 * back together. */
static usec
jitter(const char *name, usec pause)
{
	uint32_t hash = 2166136261U; /* FNV-1a */

	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619U;
	return pause / 4 * (hash % 1024) / 1024;
}

/* 5, 10, 20 .. minutes, at most 6 hours. */
static usec
pause_after(int failures)
{
	const usec minute = 60 * (usec)1000000, longest = 360 * minute;
	const int doublings = failures > 8 ? 8 : failures - 1;
	const usec pause = 5 * minute << doublings;

	return pause > longest ? longest : pause;
}

usec
calendar_pause(const char *feed, int failures, usec asked)
{
	const usec pause = pause_after(failures);
	const usec whole = pause + jitter(feed, pause);

	return whole < asked ? asked : whole;
}
