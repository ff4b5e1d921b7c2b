/* rooms: base config normalise */
/* Periods as tables write them, and as the contract wants them. */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/normalise.h"

struct reading {
	const char *in;
	enum period_as as;
	const char *out; /* period_text; NULL: refused */
	const char *why;
};

static const struct reading by_form[] = {
	{ "令和6年9月末", PERIOD_AS_AUTO, "2024-09-30", "月末 is a day" },
	{ "令和6年9月末日", PERIOD_AS_AUTO, "2024-09-30", "月末日" },
	{ "令和6年2月末", PERIOD_AS_AUTO, "2024-02-29", "leap year" },
	{ "令和6年9月", PERIOD_AS_AUTO, "2024-09", "a month" },
	{ "令和6年9月分", PERIOD_AS_AUTO, "2024-09", "月分" },
	{ "令和6年9月中", PERIOD_AS_AUTO, "2024-09", "月中 is the month" },
	{ "平成30年中", PERIOD_AS_AUTO, "2018", "年中 is the year" },
	{ "令和6年度", PERIOD_AS_AUTO, "FY2024", "a fiscal year" },
	{ "2024年度", PERIOD_AS_AUTO, "FY2024", "a western one" },
	{ "R6年度", PERIOD_AS_AUTO, "FY2024", "by letter" },
	{ "平成31年度", PERIOD_AS_AUTO, "FY2019", "FY2019 as it was called" },
	{ "昭和55年度", PERIOD_AS_AUTO, "FY1980", "an old one" },
	{ "令和6(2024)年度", PERIOD_AS_AUTO, "FY2024", "both reckonings" },
	{ "FY2024", PERIOD_AS_AUTO, "FY2024", "as we write it" },
	{ "ＦＹ２０２４", PERIOD_AS_AUTO, "FY2024", "full-width" },
	{ "令和6年度末", PERIOD_AS_AUTO, "2025-03-31", "its last day" },
	{ "令和6年末", PERIOD_AS_AUTO, "2024-12-31", "the year's last day" },
	{ "令和6年", PERIOD_AS_AUTO, "2024", "a calendar year" },
	{ "2024年", PERIOD_AS_AUTO, "2024", "a calendar year" },
	{ "2024", PERIOD_AS_AUTO, "2024", "digits" },
	{ "2024/09/30", PERIOD_AS_AUTO, "2024-09-30", "slashes" },
	{ "2024/9/5", PERIOD_AS_AUTO, "2024-09-05", "no leading zeros" },
	{ "2024.9.5", PERIOD_AS_AUTO, "2024-09-05", "points" },
	{ "２０２４／９／５", PERIOD_AS_AUTO, "2024-09-05", "full-width" },
	{ "20240930", PERIOD_AS_AUTO, "2024-09-30", "eight digits" },
	{ "202409", PERIOD_AS_AUTO, "2024-09", "six digits" },
	{ "2024-09", PERIOD_AS_AUTO, "2024-09", "ISO month" },
	{ "2024/9", PERIOD_AS_AUTO, "2024-09", "month by slash" },
	{ "2024-W36", PERIOD_AS_AUTO, "2024-W36", "ISO week" },
	{ "2024Q3", PERIOD_AS_AUTO, "2024-Q3", "quarter" },
	{ "2024-Q3", PERIOD_AS_AUTO, "2024-Q3", "quarter as we write it" },
	{ "2024年第3四半期", PERIOD_AS_AUTO, "2024-Q3", "calendar quarter" },
	{ "令和6年度第2四半期", PERIOD_AS_AUTO, "2024-Q3",
	    "the fiscal second is the calendar third" },
	{ "令和六年度第四四半期", PERIOD_AS_AUTO, "2025-Q1",
	    "the last fiscal one is next year's first" },
	{ "FY2024Q1", PERIOD_AS_AUTO, "2024-Q2", "fiscal quarter" },
	{ "令和6年度上半期", PERIOD_AS_AUTO, "2024-04-01/2024-09-30",
	    "a fiscal half is a span" },
	{ "令和6年度下期", PERIOD_AS_AUTO, "2024-10-01/2025-03-31",
	    "the second half ends next year" },
	{ "2024年上半期", PERIOD_AS_AUTO, "2024-S1", "a calendar half" },
	{ "令和6年度9月", PERIOD_AS_AUTO, "2024-09", "month of the year" },
	{ "令和6年度3月", PERIOD_AS_AUTO, "2025-03",
	    "months 1 to 3 are next "
	    "year's" },
	{ "令和6年度（9月末）", PERIOD_AS_AUTO, "2024-09-30", "parentheses" },
	{ "2023000101", PERIOD_AS_AUTO, "2023-01", "e-Stat month" },
	{ "2018000103", PERIOD_AS_AUTO, "2018-Q1", "e-Stat quarter" },
	{ "2020000000", PERIOD_AS_AUTO, "2020", "e-Stat year" },
	{ "2020100000", PERIOD_AS_AUTO, "FY2020", "e-Stat fiscal year" },
	{ "R6.9.30", PERIOD_AS_AUTO, "2024-09-30", "points" },
	{ "R 6. 9.30", PERIOD_AS_AUTO, "2024-09-30", "padded" },
	{ "H20.4.1", PERIOD_AS_AUTO, "2008-04-01", "平成" },
	{ "R2/12/1", PERIOD_AS_AUTO, "2020-12-01", "slashes" },
	{ "R2-12-01", PERIOD_AS_AUTO, "2020-12-01", "dashes" },
	{ "R6.9末", PERIOD_AS_AUTO, "2024-09-30", "the month's end" },
	{ "令和6年4月1日", PERIOD_AS_AUTO, "2024-04-01", "a day" },
	{ "令和六年九月三十日", PERIOD_AS_AUTO, "2024-09-30", "kanji" },
	{ "令和6年4月1日現在", PERIOD_AS_AUTO, "2024-04-01", "as of" },
	{ "令和6年9月末現在", PERIOD_AS_AUTO, "2024-09-30", "as of the end" },
	{ "令和6年9月30日（月）", PERIOD_AS_AUTO, "2024-09-30", "weekday" },
	{ "2024-09-30 0:00", PERIOD_AS_AUTO, "2024-09-30", "midnight" },
	{ "2024-09-30T00:00:00", PERIOD_AS_AUTO, "2024-09-30", "midnight" },
	{ "令和6年4月～9月", PERIOD_AS_AUTO, "2024-04-01/2024-09-30",
	    "a range, its year said once" },
	{ "R6.10〜R7.3", PERIOD_AS_AUTO, "2024-10-01/2025-03-31",
	    "a range over the new year" },
	{ "2024年4月1日～2025年3月31日", PERIOD_AS_AUTO, "FY2024",
	    "a range that is a fiscal year" },
	{ "　令和6年　", PERIOD_AS_AUTO, "2024", "blanks around" },
};

static const struct reading by_contract[] = {
	{ "令和6年9月末", PERIOD_AS_DAY, "2024-09-30", "the end" },
	{ "令和6年9月", PERIOD_AS_DAY, "2024-09-30", "a month's end" },
	{ "令和6年9月現在", PERIOD_AS_DAY, "2024-09-30", "the same" },
	{ "令和6年度", PERIOD_AS_DAY, "2025-03-31", "a fiscal year's end" },
	{ "2024-09-30", PERIOD_AS_MONTH, "2024-09", "the last day" },
	{ "2024/4/1", PERIOD_AS_MONTH, "2024-04", "the first day" },
	{ "令和6年9月末", PERIOD_AS_MONTH, "2024-09", "the end" },
	{ "2024/4/15", PERIOD_AS_MONTH, NULL, "a day in the middle" },
	{ "2024", PERIOD_AS_MONTH, NULL, "a year is no month" },
	{ "2024Q3", PERIOD_AS_QUARTER, "2024-Q3", "a quarter" },
	{ "2024-07", PERIOD_AS_QUARTER, "2024-Q3", "its first month" },
	{ "2024-08", PERIOD_AS_QUARTER, NULL, "its middle month" },
	{ "令和6年度上半期", PERIOD_AS_HALF, "2024-04-01/2024-09-30", "half" },
	{ "2024-06", PERIOD_AS_HALF, NULL, "a month is no half" },
	{ "2024", PERIOD_AS_YEAR, "2024", "a year" },
	{ "令和6年度", PERIOD_AS_YEAR, NULL, "fiscal is not calendar" },
	{ "2024", PERIOD_AS_FISCAL_YEAR, "FY2024", "bare year" },
	{ "R6", PERIOD_AS_FISCAL_YEAR, "FY2024", "bare era year" },
	{ "令和6年", PERIOD_AS_FISCAL_YEAR, "FY2024", "the contract knows" },
	{ "令和6年度", PERIOD_AS_FISCAL_YEAR, "FY2024", "as it says" },
	{ "令和7年3月末", PERIOD_AS_FISCAL_YEAR, "FY2024", "its last day" },
	{ "令和6年9月末", PERIOD_AS_FISCAL_YEAR, NULL, "its middle" },
};

static const struct reading refused[] = {
	{ "", PERIOD_AS_AUTO, "empty", NULL },
	{ "　", PERIOD_AS_AUTO, "empty", NULL },
	{ "9月末", PERIOD_AS_AUTO, "without its year", NULL },
	{ "9月末", PERIOD_AS_DAY, "without its year", NULL },
	{ "6年9月", PERIOD_AS_AUTO, "no era", NULL },
	{ "2024-02-30", PERIOD_AS_AUTO, "no such date", NULL },
	{ "令和6年13月", PERIOD_AS_AUTO, "no such date", NULL },
	{ "令和5年2月29日", PERIOD_AS_AUTO, "no such date", NULL },
	{ "202413", PERIOD_AS_AUTO, "no such date", NULL },
	{ "45565", PERIOD_AS_AUTO, "day number", NULL },
	{ "2404", PERIOD_AS_AUTO, "century", NULL },
	{ "240401", PERIOD_AS_AUTO, "century", NULL },
	{ "10100310", PERIOD_AS_AUTO, "century", NULL },
	{ "2023000301", PERIOD_AS_AUTO, "e-Stat", NULL },
	{ "2024-09-30 13:00", PERIOD_AS_AUTO, "time of day", NULL },
	{ "令和6年9月30日（火）", PERIOD_AS_AUTO, "weekday", NULL },
	{ "令和6年4月現在", PERIOD_AS_AUTO, "no day", NULL },
	{ "令和6年9月～4月", PERIOD_AS_AUTO, "before it begins", NULL },
	{ "令和6年(2024", PERIOD_AS_AUTO, "parenthesis", NULL },
	{ "令和6年9月上旬", PERIOD_AS_AUTO, "not a year", NULL },
	{ "合計", PERIOD_AS_AUTO, "not a year", NULL },
	{ "震災前平均", PERIOD_AS_AUTO, "not a year", NULL },
	{ "本年累計", PERIOD_AS_AUTO, "not a year", NULL },
	{ "2024年9月①", PERIOD_AS_AUTO, "not a year", NULL },
	{ "FY24", PERIOD_AS_AUTO, "four digits", NULL },
	{ "Results", PERIOD_AS_AUTO, "not a year", NULL },
	{ "2024-09-3", PERIOD_AS_MONTH, "middle", NULL },
	{ "令和6年度", PERIOD_AS_YEAR, "fiscal year", NULL },
};

static void
check(const struct reading *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct reading *row = &rows[i];
		char text[PERIOD_TEXT_MAX] = "refused";
		struct period p = { 0 };
		const char *why = "";

		if (period_read(slice_of(row->in), row->as, NULL, &p, &why))
			(void)period_text(p, text);
		cr_expect_str_eq(text, row->out == NULL ? "refused" : row->out,
		    "row %zu (%s): '%s' gave '%s', not '%s': %s", i, row->why,
		    row->in, text, row->out == NULL ? "refused" : row->out,
		    why);
	}
}

Test(period_read, by_its_own_form)
{
	check(by_form, ARRAY_LEN(by_form));
}

Test(period_read, by_the_contract)
{
	check(by_contract, ARRAY_LEN(by_contract));
}

Test(period_read, refused_with_the_reason)
{
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		const struct reading *row = &refused[i];
		struct period p = { .kind = SPAN_DAYS, .n = 77 };
		const char *why = "";

		cr_expect(!period_read(slice_of(row->in), row->as, NULL, &p,
			      &why),
		    "row %zu: '%s' was read", i, row->in);
		cr_expect(strstr(why, row->out) != NULL,
		    "row %zu: '%s': the "
		    "reason is '%s', which does not say '%s'",
		    i, row->in, why, row->out);
		cr_expect_eq(p.n, 77, "row %zu: the output was touched", i);
	}
}

Test(period_read, a_paragraph_is_refused_not_read)
{
	char prose[500];
	struct period p = { 0 };
	const char *why = "";

	memset(prose, '2', sizeof(prose));
	cr_expect(!period_read((struct slice){ prose, sizeof(prose) },
	    PERIOD_AS_AUTO, NULL, &p, &why));
	cr_expect_str_eq(why, "longer than any period");
}
