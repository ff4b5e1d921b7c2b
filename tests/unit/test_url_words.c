/* rooms: base config */
/* Words of a URL, and the periods that fill them. */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/url_words.h"

static int32_t
day(int year, int month, int of_month)
{
	int32_t out = 0;

	cr_assert(civil_to_day((struct civil){ year, month, of_month }, &out));
	return out;
}

Test(url_words, are_filled)
{
	static const struct {
		const char *url;
		enum span_kind every;
		int year, month, day;
		const char *want, *why;
	} rows[] = {
		{ "/{yyyy}{mm}.csv", SPAN_MONTH, 2024, 4, 30, "/202404.csv",
		    "a month" },
		{ "/{yy}/{m}", SPAN_MONTH, 2024, 4, 1, "/24/4", "short" },
		{ "/{yyyy}{mm}{last_dd}", SPAN_MONTH, 2024, 2, 3, "/20240229",
		    "its last day, of a leap year" },
		{ "/{yyyy}-{mm}-{dd}", SPAN_DAY, 2024, 12, 5, "/2024-12-05",
		    "a day" },
		{ "/{d}", SPAN_WEEK, 2024, 9, 8, "/2", "a week from Monday" },
		{ "/{yyyy}q{q}", SPAN_QUARTER, 2025, 3, 31, "/2025q1",
		    "a quarter" },
		{ "/{fy}q{fq}", SPAN_QUARTER, 2025, 3, 31, "/2024q4",
		    "of a fiscal year" },
		{ "/{fy}q{fq}", SPAN_QUARTER, 2025, 4, 1, "/2025q1",
		    "and the next" },
		{ "/{yyyy}{mm}", SPAN_HALF, 2024, 12, 31, "/202407", "a half" },
		{ "/fy{fyy}", SPAN_FISCAL_YEAR, 2025, 3, 31, "/fy24",
		    "a fiscal year" },
		{ "/{R}{ee}", SPAN_FISCAL_YEAR, 2025, 3, 31, "/R06",
		    "its own year of the era" },
		{ "/{r}{era_year}", SPAN_FISCAL_YEAR, 2019, 4, 1, "/r1",
		    "令和元年度 began in 平成" },
		{ "/{R}{era_year}", SPAN_FISCAL_YEAR, 1988, 4, 1, "/S63",
		    "昭和63年度 ended in 平成" },
		{ "/{R}{ee}{mm}", SPAN_MONTH, 2019, 4, 1, "/H3104",
		    "the last month of 平成" },
		{ "/{R}{ee}{mm}", SPAN_MONTH, 2019, 5, 1, "/R0105",
		    "the first of 令和" },
		{ "/{r}{era_fyy}/{mm}", SPAN_MONTH, 2025, 2, 1, "/r06/02",
		    "the fiscal year of a month" },
		{ "/{era}{era_year}", SPAN_YEAR, 2024, 1, 1,
		    "/%E4%BB%A4%E5%92%8C6", "percent-encoded" },
		{ "/{org}/{org5}/{pref}", SPAN_MONTH, 2024, 4, 1,
		    "/202037/20203/20", "an organization" },
		{ "/?appId={appId}&y={yyyy}", SPAN_YEAR, 2024, 4, 1,
		    "/?appId={appId}&y=2024", "a secret stays" },
		{ "/a.csv", SPAN_YEAR, 2024, 4, 1, "/a.csv", "no words" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct url_place at = url_place_of(rows[i].every,
		    day(rows[i].year, rows[i].month, rows[i].day));
		const char *got;

		at.org = "202037";
		got = url_words_fill(rows[i].url, &at, &mem);
		cr_expect_str_eq(got, rows[i].want, "row %zu (%s): got '%s'", i,
		    rows[i].why, got);
	}
}

Test(url_words, periods_follow_each_other)
{
	static const struct {
		enum span_kind every;
		int steps;
		const char *want;
	} rows[] = {
		{ SPAN_DAY, -1, "2024-02-29" },
		{ SPAN_WEEK, 1, "2024-W10" },
		{ SPAN_MONTH, -3, "2023-12" },
		{ SPAN_MONTH, 12, "2025-03" },
		{ SPAN_QUARTER, -1, "2023-Q4" },
		{ SPAN_HALF, 1, "2024-S2" },
		{ SPAN_YEAR, -4, "2020" },
		{ SPAN_FISCAL_YEAR, 0, "FY2023" },
		{ SPAN_FISCAL_YEAR, 1, "FY2024" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct url_place at =
		    url_place_of(rows[i].every, day(2024, 3, 1));
		char text[PERIOD_TEXT_MAX];

		at = url_place_step(&at, rows[i].steps);
		(void)url_place_text(&at, text);
		cr_expect_str_eq(text, rows[i].want, "row %zu: got '%s'", i,
		    text);
	}
}

Test(url_words, are_known_by_name)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	cr_expect_eq(url_word_of(slice_of("mm")), URL_WORD_MONTH);
	cr_expect_eq(url_word_of(slice_of("org5")), URL_WORD_ORG);
	cr_expect_eq(url_word_of(slice_of("appId")), URL_WORD_UNKNOWN);
	cr_expect_str_eq(url_word_like(slice_of("yyy"), &mem), "yyyy");
	cr_expect_null(url_word_like(slice_of("appId"), &mem));
}
