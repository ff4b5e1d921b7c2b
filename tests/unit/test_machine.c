/* rooms: all */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../collector/daemon/machine.h"

#define MINUTE ((usec)60 * 1000000)
#define DAY    ((usec)1736000000 * 1000000) /* in January 2025 */

Test(machine, a_clock_is_bad_when_nothing_sets_it_right_for_an_hour)
{
	static const struct {
		usec now;
		bool unsynchronised, bad;
		const char *why;
	} rows[] = {
		{ DAY, false, false, "it is set right" },
		{ DAY + MINUTE, true, false, "just now it is not" },
		{ DAY + 60 * MINUTE, true, false, "59 minutes" },
		{ DAY + 61 * MINUTE, true, true, "an hour" },
		{ DAY + 90 * MINUTE, true, true, "and longer" },
		{ DAY + 91 * MINUTE, false, false, "it is right again" },
		{ DAY + 92 * MINUTE, true, false, "a new hour begins" },
		{ DAY + 30 * MINUTE, true, false, "the clock was set back" },
		{ DAY + 89 * MINUTE, true, false, "59 minutes after that" },
		{ DAY + 90 * MINUTE, true, true, "and an hour" },
		{ MINUTE, false, true, "1970" },
	};
	usec since = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *got = machine_clock_fault(rows[i].now,
		    rows[i].unsynchronised, &since);

		cr_expect((got != NULL) == rows[i].bad, "row %zu (%s): got %s",
		    i, rows[i].why, got != NULL ? got : "no fault");
	}
}

Test(machine, where_the_kernel_may_not_be_asked_the_time_service_is)
{
	struct arena mem = { 0 };
	const char *top = getenv("TMPDIR");
	char *dir = arena_printf(&mem, "%s/kpid-time-XXXXXX",
	    top == NULL ? "/tmp" : top);
	const char *done;
	FILE *f;

	cr_assert_not_null(mkdtemp(dir));
	done = arena_printf(&mem, "%s/synchronized", dir);
	cr_expect_eq(machine_time_service(dir, &mem), 1, "nothing came yet");
	f = fopen(done, "w");
	cr_assert_not_null(f);
	(void)fclose(f);
	cr_expect_eq(machine_time_service(dir, &mem), 0, "the clock was set");
	(void)unlink(done);
	(void)rmdir(dir);
	cr_expect_eq(machine_time_service(dir, &mem), -1, "it does not run");
	arena_release(&mem);
}
