/* rooms: base config schedule spool fetch daemon */
/* How long a feed waits after failures. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "../../collector/daemon/loop.h"

#define MINUTE (60 * (usec)1000000)

Test(pause, doubles_up_to_six_hours)
{
	static const struct {
		int failures;
		usec least; /* minutes */
	} rows[] = {
		{ 1, 5 },
		{ 2, 10 },
		{ 3, 20 },
		{ 6, 160 },
		{ 7, 320 },
		{ 8, 360 },
		{ 9, 360 },
		{ 1000000, 360 },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (int k = 0; k < 100; k++) {
			const usec least = rows[i].least * MINUTE;
			char feed[16];
			usec got;

			(void)snprintf(feed, sizeof(feed), "feed-%d", k);
			got = calendar_pause(feed, rows[i].failures, 0);
			cr_expect(got >= least && got <= least + least / 4,
			    "row %zu, %s: %lld s", i, feed,
			    (long long)(got / 1000000));
		}
}

Test(pause, is_not_the_same_for_all)
{
	int apart = 0;

	for (int k = 0; k < 100; k++) {
		char one[16], other[16];
		usec between;

		(void)snprintf(one, sizeof(one), "feed-%d", k);
		(void)snprintf(other, sizeof(other), "feed-%d", k + 1);
		between =
		    calendar_pause(one, 1, 0) - calendar_pause(other, 1, 0);
		apart += between < -1000000 || between > 1000000;
	}
	cr_expect(apart > 80, "%d of 100 pairs are a second apart", apart);
	cr_expect_eq(calendar_pause("a", 3, 0), calendar_pause("a", 3, 0));
}

Test(pause, is_what_the_server_asks_at_least)
{
	cr_expect_eq(calendar_pause("a", 1, 3600 * (usec)1000000), 60 * MINUTE);
	cr_expect_eq(calendar_pause("a", 4, 60 * (usec)1000000),
	    calendar_pause("a", 4, 0), "sooner than we would come");
}
