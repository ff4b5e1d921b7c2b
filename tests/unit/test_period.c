/* rooms: base */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/civil.h"

static int32_t
day_of(int year, int month, int day)
{
	int32_t out = 0;

	cr_assert(civil_to_day((struct civil){ year, month, day }, &out));
	return out;
}

static const struct {
	struct civil a, b;
	const char *span, *text, *frequency, *why;
} stretches[] = {
	{ { 2024, 9, 30 }, { 2024, 9, 30 }, "D", "2024-09-30", "D",
	    "an instant" },
	{ { 2024, 9, 2 }, { 2024, 9, 8 }, "W", "2024-W36", "W",
	    "Monday to Sunday" },
	{ { 2024, 9, 1 }, { 2024, 9, 7 }, "P7D", "2024-09-01/2024-09-07", "A",
	    "seven days from a Sunday" },
	{ { 2024, 12, 30 }, { 2025, 1, 5 }, "W", "2025-W01", "W",
	    "a week of next year" },
	{ { 2020, 12, 28 }, { 2021, 1, 3 }, "W", "2020-W53", "W",
	    "a year of 53 weeks" },
	{ { 2024, 2, 1 }, { 2024, 2, 29 }, "M", "2024-02", "M",
	    "leap February" },
	{ { 2023, 2, 1 }, { 2023, 2, 28 }, "M", "2023-02", "M", "February" },
	{ { 2024, 2, 1 }, { 2024, 2, 28 }, "P28D", "2024-02-01/2024-02-28", "A",
	    "a leap February cut short" },
	{ { 2024, 7, 1 }, { 2024, 9, 30 }, "Q", "2024-Q3", "Q",
	    "calendar quarter" },
	{ { 2024, 8, 1 }, { 2024, 10, 31 }, "P3M", "2024-08-01/2024-10-31", "Q",
	    "three other months" },
	{ { 2024, 1, 1 }, { 2024, 6, 30 }, "S", "2024-S1", "S",
	    "calendar half" },
	{ { 2024, 4, 1 }, { 2024, 9, 30 }, "P6M", "2024-04-01/2024-09-30", "S",
	    "a fiscal half is a span" },
	{ { 2024, 1, 1 }, { 2024, 12, 31 }, "A", "2024", "A", "calendar year" },
	{ { 2024, 4, 1 }, { 2025, 3, 31 }, "FY", "FY2024", "FY",
	    "fiscal year" },
	{ { 2024, 10, 1 }, { 2025, 9, 30 }, "P12M", "2024-10-01/2025-09-30",
	    "A", "any other twelve months" },
	{ { 2022, 4, 1 }, { 2025, 3, 31 }, "P36M", "2022-04-01/2025-03-31", "A",
	    "a plan of three years" },
	{ { 1, 1, 1 }, { 9999, 12, 31 }, "P119988M", "0001-01-01/9999-12-31",
	    "A", "the longest" },
	{ { 1, 1, 2 }, { 9999, 12, 31 }, "P3652058D", "0001-01-02/9999-12-31",
	    "A", "the longest text" },
};

Test(period, stretches_take_the_narrowest_name)
{
	for (size_t i = 0; i < ARRAY_LEN(stretches); i++) {
		struct period p = period_between(day_of(stretches[i].a.year,
						     stretches[i].a.month,
						     stretches[i].a.day),
		    day_of(stretches[i].b.year, stretches[i].b.month,
			stretches[i].b.day));
		char span[SPAN_TEXT_MAX], text[PERIOD_TEXT_MAX];
		struct period back;

		cr_expect_eq(span_text(p, span), strlen(span));
		cr_expect_eq(period_text(p, text), strlen(text));
		cr_expect_str_eq(span, stretches[i].span,
		    "row %zu (%s): got %s", i, stretches[i].why, span);
		cr_expect_str_eq(text, stretches[i].text,
		    "row %zu (%s): got %s", i, stretches[i].why, text);
		cr_expect_str_eq(period_frequency(p), stretches[i].frequency,
		    "row %zu (%s): got %s", i, stretches[i].why,
		    period_frequency(p));
		cr_assert(period_parse(slice_of(text), &back), "row %zu (%s)",
		    i, stretches[i].why);
		cr_expect(back.kind == p.kind && back.first == p.first
			&& back.last == p.last && back.n == p.n,
		    "row %zu (%s)", i, stretches[i].why);
	}
}

Test(period, parse_reads_nothing_but_the_canonical_text)
{
	static const char *const bad[] = { "", "2024-9", "2024-09-31",
		"2024-13", "2024-00", "2024-Q5", "2024-Q0", "2024-S3",
		"2024-W54", "2021-W53", "2024-W00", "2024-w36", "24-09",
		" 2024", "2024 ", "FY24", "fy2024", "FY2024-04", "F2024",
		"0000", "2024-09-30/", "2024-04-01/2025-03-31",
		"2024-09-30/2024-09-30", "2024-09-30/2024-09-01",
		"2024-09-30T00:00:00", "2024-W361", "2024-Q11", "９９９９",
		"9999-W53", "FY9999" };
	struct period p = { .n = 42 };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		cr_expect(!period_parse(slice_of(bad[i]), &p), "'%s'", bad[i]);
	cr_expect_eq(p.n, 42, "output touched");
}

Test(period, make_wants_its_first_day)
{
	static const struct {
		enum span_kind kind;
		struct civil first;
		const char *text; /* NULL: refused */
		const char *why;
	} table[] = {
		{ SPAN_DAY, { 2024, 2, 29 }, "2024-02-29", "any day" },
		{ SPAN_DAY, { 2023, 2, 29 }, NULL, "no such day" },
		{ SPAN_WEEK, { 2024, 9, 2 }, "2024-W36", "a Monday" },
		{ SPAN_WEEK, { 2024, 9, 3 }, NULL, "a Tuesday" },
		{ SPAN_MONTH, { 2024, 2, 1 }, "2024-02", "a month" },
		{ SPAN_MONTH, { 2024, 2, 2 }, NULL, "not its first day" },
		{ SPAN_QUARTER, { 2024, 10, 1 }, "2024-Q4", "last quarter" },
		{ SPAN_QUARTER, { 2024, 11, 1 }, NULL, "within a quarter" },
		{ SPAN_HALF, { 2024, 7, 1 }, "2024-S2", "second half" },
		{ SPAN_HALF, { 2024, 4, 1 }, NULL, "fiscal half is a span" },
		{ SPAN_YEAR, { 2024, 1, 1 }, "2024", "year" },
		{ SPAN_YEAR, { 2024, 4, 1 }, NULL, "not January" },
		{ SPAN_FISCAL_YEAR, { 2024, 4, 1 }, "FY2024", "April" },
		{ SPAN_FISCAL_YEAR, { 2024, 1, 1 }, NULL, "not April" },
		{ SPAN_FISCAL_YEAR, { 9999, 4, 1 }, NULL, "ends too late" },
		{ SPAN_MONTHS, { 2024, 4, 1 }, NULL, "how many is not said" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct period p;
		char text[PERIOD_TEXT_MAX] = "";
		bool made = period_make(table[i].kind, table[i].first, &p);

		cr_assert_eq(made, table[i].text != NULL, "row %zu (%s)", i,
		    table[i].why);
		if (!made)
			continue;
		(void)period_text(p, text);
		cr_expect_str_eq(text, table[i].text, "row %zu (%s): got %s", i,
		    table[i].why, text);
	}
}
