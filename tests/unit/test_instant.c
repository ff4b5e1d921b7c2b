/* rooms: base */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/clock.h"

Test(instant, texts_and_what_they_say)
{
	static const struct {
		const char *in;
		usec at;
		const char *out, *why;
	} table[] = {
		{ "1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z", "zero" },
		{ "2024-10-01T09:00:00+09:00", 1727740800000000,
		    "2024-10-01T00:00:00Z", "Japan" },
		{ "2024-10-01 00:00:00Z", 1727740800000000,
		    "2024-10-01T00:00:00Z", "a blank for the T" },
		{ "2024-10-01 09:00:00+09", 1727740800000000,
		    "2024-10-01T00:00:00Z", "as PostgreSQL prints it" },
		{ "2024-10-01T00:00:00.5Z", 1727740800500000,
		    "2024-10-01T00:00:00.500000Z", "a fraction" },
		{ "2024-10-01T00:00:00.000001Z", 1727740800000001,
		    "2024-10-01T00:00:00.000001Z", "a microsecond" },
		{ "1969-12-31T23:59:59.999999Z", -1,
		    "1969-12-31T23:59:59.999999Z", "before the epoch" },
		{ "2024-02-28T20:30:00-05:30", 1709172000000000,
		    "2024-02-29T02:00:00Z", "west, over a leap day" },
		{ "0001-01-01T00:00:00Z", -62135596800000000,
		    "0001-01-01T00:00:00Z", "first" },
		{ "9999-12-31T23:59:59.999999Z", 253402300799999999,
		    "9999-12-31T23:59:59.999999Z", "last" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		char text[INSTANT_TEXT_MAX];
		usec at = 42;

		cr_expect(instant_parse(slice_of(table[i].in), &at),
		    "row %zu (%s)", i, table[i].why);
		cr_expect_eq(at, table[i].at, "row %zu (%s): got %lld", i,
		    table[i].why, (long long)at);
		cr_expect_eq(instant_text(at, text), strlen(text));
		cr_expect_str_eq(text, table[i].out, "row %zu (%s): got %s", i,
		    table[i].why, text);
	}
}

Test(instant, texts_that_are_none_are_refused)
{
	static const char *const bad[] = { "", "2024-10-01",
		"2024-10-01T09:00:00", "2024-10-01T09:00Z",
		"2024-10-01T24:00:00Z", "2024-10-01T09:60:00Z",
		"2024-10-01T09:00:60Z", "2024-02-30T09:00:00Z",
		"2024-10-01T09:00:00.Z", "2024-10-01T09:00:00.1234567Z",
		"2024-10-01T09:00:00+0900", "2024-10-01T09:00:00+9:00",
		"2024-10-01T09:00:00+16:00", "2024-10-01T09:00:00+09:60",
		"2024-10-01T09:00:00Zx", "2024-10-01t09:00:00z",
		"0001-01-01T00:00:00+09:00", "9999-12-31T23:59:59-01:00",
		"2024-10-01  09:00:00Z", "2024-10-01T09:00:00+09:" };
	usec at = 42;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		cr_expect(!instant_parse(slice_of(bad[i]), &at), "'%s'",
		    bad[i]);
	cr_expect_eq(at, 42, "output touched");
}

Test(clock, a_fixed_clock_stands_and_a_running_one_does_not_go_back)
{
	struct clock fixed = { .fixed = true, .at = 1727740800000000 };
	struct clock running = { 0 };
	usec before = clock_now();

	cr_expect_eq(clock_read(&fixed), 1727740800000000);
	cr_expect_geq(clock_read(&running), before);
	cr_expect_geq(clock_read(NULL), before);
}
