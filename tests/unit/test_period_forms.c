/* rooms: base config normalise */
/* Periods as statistical offices and the rest of the world write them. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/normalise/period_rule.h"
#include "kpid/normalise.h"

struct form {
	const char *in, *out, *why; /* out: period_text, or what is said of it
				     * when it is refused */
};

static const struct form read[] = {
	{ "2014-T1", "2014-01-01/2014-04-30", "SDMX: four months" },
	{ "2024H1", "2024-S1", "a half by its letter" },
	{ "Q1 2024", "2024-Q1", "the quarter first" },
	{ "Q3/2024", "2024-Q3", "with a stroke" },
	{ "1980/ 1- 3.", "1980-Q1", "内閣府: months by their numbers" },
	{ "2024/4-6", "2024-Q2", "without the blanks and the point" },
	{ "2024/10-12.", "2024-Q4", "of two figures" },
	{ "2024-4-6", "2024-04-06", "a date" },
	{ "2024年第36週", "2024-W36", "a week" },
	{ "2024年10週", "2024-W10", "without 第" },
	{ "令和5年度(4月～12月)", "2023-04-01/2023-12-31",
	    "a stretch of the year in parentheses" },
	{ "2024-04-01T00:00:00+09:00", "2024-04-01", "midnight there" },
	{ "2014-T3", "2014-09-01/2014-12-31", "the last four" },
	{ "2014-A1", "2014", "a reporting year" },
	{ "2014-S2", "2014-S2", "a half" },
	{ "2014-M01", "2014-01", "a month" },
	{ "2014-M12", "2014-12", "the last month" },
	{ "2014-W05", "2014-W05", "a week" },
	{ "2014-D032", "2014-02-01", "a day of the year" },
	{ "2016-D366", "2016-12-31", "of a leap year" },
	{ "2014-01-01/P1M", "2014-01", "from a day, so long" },
	{ "2014-04-01/P1Y", "FY2014", "a fiscal year so written" },
	{ "2014-01-01T00:00:00/P3M", "2014-Q1", "from midnight" },
	{ "2014-01-06/P7D", "2014-W02", "seven days" },
	{ "2014-01-06/P1W", "2014-W02", "a week" },
	{ "2014-01-01T00:00:00", "2014-01-01", "midnight" },
	{ "2014-01-01T00:00:00Z", "2014-01-01", "midnight in UTC" },
	{ "2012", "2012", "World Bank year" },
	{ "2012Q1", "2012-Q1", "World Bank quarter" },
	{ "2012M01", "2012-01", "World Bank month" },
	{ "2012M11", "2012-11", "of two figures" },
	{ "2018000106", "2018-S1", "e-Stat half" },
	{ "2018 Jan", "2018-01", "a month's name" },
	{ "Jan 2018", "2018-01", "before its year" },
	{ "Jan. 2018", "2018-01", "abbreviated" },
	{ "Sept 2018", "2018-09", "by four letters" },
	{ "september 2018", "2018-09", "in full" },
	{ "2018-Dec", "2018-12", "with a dash" },
	{ "MAY 2018", "2018-05", "capitals" },
	{ "24 October 2011", "2011-10-24", "a day" },
	{ "24-Oct-2011", "2011-10-24", "a day with dashes" },
	{ "October 24, 2011", "2011-10-24", "the American way" },
	{ "H29.8.31時点", "2017-08-31", "時点" },
	{ "平成24年 １月中", "2012-01", "月中 of both widths" },
	{ "2024年度1Q", "2024-Q2", "the fiscal first" },
	{ "2024年1Q", "2024-Q1", "the calendar first" },
	{ "FY2024-Q1", "2024-Q2", "with a dash" },
	{ "令和6年度第１・四半期", "2024-Q2", "with a point" },
	{ "令和6年度第3/四半期", "2024-Q4", "with a stroke" },
	{ "令和6年1/4半期", "2024-Q1", "as a fraction" },
	{ "令和6年度（上期）", "2024-04-01/2024-09-30", "in parentheses" },
	{ "2013年1～3月期", "2013-Q1", "月 said once" },
	{ "2013年10-12月期", "2013-Q4", "with a hyphen" },
	{ "2013年7月-9月", "2013-Q3", "with a hyphen and both 月" },
	{ "2013年度1～3月", "2014-Q1", "at the end of a fiscal year" },
	{ "令和6年度4月～3月", "FY2024", "all of a fiscal year" },
	{ "2024年4月から9月まで", "2024-04-01/2024-09-30", "in words" },
	{ "2024年9月2日～8日", "2024-W36", "days of one month" },
	{ "令和6年4月～7年3月", "FY2024", "the second year of the same era" },
	{ "平成30年～令和2年", "2018-01-01/2020-12-31", "two eras" },
	{ "平成31年・令和元年", "2019", "the year of both" },
	{ "平成31/令和元年度", "FY2019", "and its fiscal year" },
	{ "平成31年・令和元年5月", "2019-05", "a month of the second" },
	{ "H31/4", "2019-04", "a stroke that parts a month" },
};

static const struct form refused[] = {
	{ "2024/6-4", "ends before it begins", "turned round" },
	{ "2024年第54週", "no such week", "one that there is not" },
	{ "2024-04-01T09:00:00+09:00", "a time of day", "not midnight" },
	{ "2014-T4", "no such date", "there are three of four months" },
	{ "2014-M13", "no such date", "month 13" },
	{ "2015-D366", "no such date", "no leap year" },
	{ "2014-01-15/P1M", "first of one", "months from a 15th" },
	{ "2014-01-01/P1X", "no such duration", "not a unit" },
	{ "2014-02-30/P1M", "no such d", "no such day" },
	{ "2014-01-01/P", "no such d", "no length" },
	{ "Jan-18", "a day or a year", "ambiguous" },
	{ "24-Oct-11", "a day or a year", "two figures" },
	{ "Jan", "no year", "no year at all" },
	{ "31 Feb 2018", "no such date", "no such day" },
	{ "30/09/2024", "day or its month", "the year behind" },
	{ "9.30.2024", "day or its month", "the year behind" },
	{ "1990年代", "年代", "ten years" },
	{ "2024年3月期", "business year", "a month or a year that ends in it" },
	{ "3月", "without its year", "no row above" },
	{ "第2四半期", "not a year", "no row above" },
	{ "元年", "without its era", "of which era?" },
	{ "平成31年・令和2年", "not the same", "two years" },
	{ "2024年1～月", "not a year", "half a range" },
	{ "～2024年", "not a year", "a range without its begin" },
	{ "2019/20", "as fiscal_year", "a school year or a fiscal one?" },
	{ "2024年5月10日～3日", "before it begins", "days the wrong way" },
};

Test(period_forms, read_by_their_own_form)
{
	for (size_t i = 0; i < ARRAY_LEN(read); i++) {
		char text[PERIOD_TEXT_MAX] = "refused";
		struct period p = { 0 };
		const char *why = "";

		if (period_read(slice_of(read[i].in), PERIOD_AS_AUTO, NULL, &p,
			&why))
			(void)period_text(p, text);
		cr_expect_str_eq(text, read[i].out,
		    "row %zu (%s): '%s' gave '%s', not '%s': %s", i,
		    read[i].why, read[i].in, text, read[i].out, why);
	}
}

Test(period_forms, refused_with_the_reason)
{
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		const struct form *row = &refused[i];
		struct period p = { 0 };
		const char *why = "";

		cr_expect(!period_read(slice_of(row->in), PERIOD_AS_AUTO, NULL,
			      &p, &why),
		    "row %zu (%s): '%s' was read", i, row->why, row->in);
		cr_expect(strstr(why, row->out) != NULL,
		    "row %zu (%s): '%s': the reason is '%s', which does not "
		    "say '%s'",
		    i, row->why, row->in, why, row->out);
	}
}

/* What the contract makes of it; NULL: refused. */
static const struct {
	const char *in;
	struct period_rule rule;
	const char *out, *why;
} ruled[] = {
	{ "令和6年9月", { .as = PERIOD_AS_FIRST_DAY }, "2024-09-01",
	    "a month's first day" },
	{ "令和6年9月末", { .as = PERIOD_AS_FIRST_DAY }, "2024-09-30",
	    "which 末 is not" },
	{ "令和6年", { .as = PERIOD_AS_FIRST_DAY }, "2024-01-01",
	    "a year's first day" },
	{ "2024-04", { .as = PERIOD_AS_MONTH, .shift = -1 }, "2024-03",
	    "the month before" },
	{ "2024-01", { .as = PERIOD_AS_MONTH, .shift = -1 }, "2023-12",
	    "over the new year" },
	{ "2024-09", { .as = PERIOD_AS_DAY, .shift = 1 }, "2024-10-31",
	    "the end of the next month" },
	{ "2024-09-01", { .as = PERIOD_AS_FIRST_DAY, .shift = 1 }, "2024-10-01",
	    "an instant moves too" },
	{ "2024-01-31", { .as = PERIOD_AS_DAY, .shift = 1 }, NULL,
	    "there is no 31st" },
	{ "令和6年1月末", { .as = PERIOD_AS_DAY, .shift = 1 }, "2024-02-29",
	    "but there is an end" },
	{ "2024", { .shift = 3 }, "FY2024", "a year from April" },
	{ "2024-W05", { .shift = 1 }, NULL, "weeks are no months" },
	{ "9999-12", { .shift = 1 }, NULL, "the end of the calendar" },
	{ "2024年9月", { .as = PERIOD_AS_YEAR_TO_DATE }, "2024-09",
	    "a total to September" },
	{ "2024年1月～9月", { .as = PERIOD_AS_YEAR_TO_DATE }, "2024-09",
	    "from January" },
	{ "2024年4月～9月", { .as = PERIOD_AS_YEAR_TO_DATE }, NULL,
	    "from April is no total of the year" },
	{ "2024年4月～9月", { .as = PERIOD_AS_FISCAL_YEAR_TO_DATE }, "2024-09",
	    "but of the fiscal year" },
	{ "令和6年度", { .as = PERIOD_AS_FISCAL_YEAR_TO_DATE }, "2025-03",
	    "all of it" },
	{ "2024-09-30", { .as = PERIOD_AS_YEAR_TO_DATE }, "2024-09",
	    "the month's last day" },
	{ "2024-09-15", { .as = PERIOD_AS_YEAR_TO_DATE }, NULL,
	    "in the middle of a month" },
	{ "2024Q2", { .as = PERIOD_AS_FISCAL_YEAR_TO_DATE }, "2024-06",
	    "April to June" },
	{ "2024Q3", { .as = PERIOD_AS_FISCAL_YEAR_TO_DATE }, NULL,
	    "July to September is a part" },
	{ "2024-09-15", { .as = PERIOD_AS_MONTH, .bucket = true }, "2024-09",
	    "rows that are counted by month" },
	{ "2024-08", { .as = PERIOD_AS_QUARTER, .bucket = true }, "2024-Q3",
	    "by quarter" },
	{ "2024-08-03", { .as = PERIOD_AS_HALF, .bucket = true }, "2024-S2",
	    "by half" },
	{ "2024-02-03", { .as = PERIOD_AS_FISCAL_YEAR, .bucket = true },
	    "FY2023", "by fiscal year" },
	{ "2024", { .as = PERIOD_AS_MONTH, .bucket = true }, NULL,
	    "a year has no month" },
};

Test(period_forms, as_the_contract_wants_them)
{
	for (size_t i = 0; i < ARRAY_LEN(ruled); i++) {
		struct period_rule rule = ruled[i].rule;
		char text[PERIOD_TEXT_MAX] = "refused";
		struct period p = { 0 };
		const char *why = "";
		const char *out =
		    ruled[i].out == NULL ? "refused" : ruled[i].out;

		if (period_read_by(slice_of(ruled[i].in), &rule, &p, &why))
			(void)period_text(p, text);
		cr_expect_str_eq(text, out,
		    "row %zu (%s): '%s' gave '%s', not '%s': %s", i,
		    ruled[i].why, ruled[i].in, text, out, why);
	}
}

/* Columns of cells, from top to bottom; NULL: refused. */
static const struct {
	const char *in[8], *out[8], *why;
} columns[] = {
	{ { "平成24年1月", "2月", "3月", "平成25年1月", "2月" },
	    { "2012-01", "2012-02", "2012-03", "2013-01", "2013-02" },
	    "a year said once" },
	{ { "平成24年11月", "12月", "1月", "2月" },
	    { "2012-11", "2012-12", NULL, NULL },
	    "no year where it changes is no guess" },
	{ { "平成24年12月", "1月", "2月", "11月", "12月", "平成26年1月" },
	    { "2012-12", NULL, NULL, NULL, NULL, "2014-01" },
	    "once it has changed unsaid, no month has a year" },
	{ { "平成24年3月", "2月", "1月", "平成23年12月", "11月" },
	    { "2012-03", "2012-02", "2012-01", "2011-12", "2011-11" },
	    "newest first" },
	{ { "平成24年3月", "3月", "3月", "4月" },
	    { "2012-03", "2012-03", "2012-03", "2012-04" },
	    "several rows of a month" },
	{ { "平成７年", "８年", "　９年", "10" },
	    { "1995", "1996", "1997", "1998" }, "an era said once" },
	{ { "昭和62年", "63年", "平成元年", "2年" },
	    { "1987", "1988", "1989", "1990" }, "and where it changes" },
	{ { "昭和62年", "63年", "元年", "2年" }, { "1987", "1988", NULL, NULL },
	    "an era that does not say so" },
	{ { "H29.4", "30.4", "31.4" }, { "2017-04", "2018-04", "2019-04" },
	    "by letter" },
	{ { "令和6年度4月", "12月", "1月", "3月", "4月" },
	    { "2024-04", "2024-12", "2025-01", "2025-03", NULL },
	    "months of a fiscal year" },
	{ { "2024年度第1四半期", "第2四半期", "第4四半期" },
	    { "2024-Q2", "2024-Q3", "2025-Q1" }, "quarters" },
	{ { "2024年1～3月期", "4～6月期", "10-12月期" },
	    { "2024-Q1", "2024-Q2", "2024-Q4" }, "ranges" },
	{ { "2024年1月", "年2月", "3月中" },
	    { "2024-01", "2024-02", "2024-03" }, "the year's cell was blank" },
	{ { "1月", "2024年1月", "x", "2月" },
	    { NULL, "2024-01", NULL, "2024-02" },
	    "what cannot be read says nothing to those below" },
	{ { "2024-01", "2月", "" }, { "2024-01", "2024-02", NULL },
	    "ISO above; a blank cell is no period" },
};

Test(period_forms, what_a_cell_leaves_out_stands_above_it)
{
	for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
		struct period_rule rule = { .inherit = true };

		for (size_t j = 0; j < 8 && columns[i].in[j] != NULL; j++) {
			const char *want = columns[i].out[j];
			char text[PERIOD_TEXT_MAX] = "refused";
			struct period p = { 0 };
			const char *why = "";

			if (period_read_by(slice_of(columns[i].in[j]), &rule,
				&p, &why))
				(void)period_text(p, text);
			cr_expect_str_eq(text, want == NULL ? "refused" : want,
			    "column %zu (%s): '%s' gave '%s', not '%s': %s", i,
			    columns[i].why, columns[i].in[j], text,
			    want == NULL ? "refused" : want, why);
		}
	}
}

Test(period_forms, a_cell_without_its_year_is_refused_without_inherit)
{
	struct period_rule rule = { 0 };
	struct period p;
	const char *why = "";

	cr_assert(period_read_by(slice_of("2024年1月"), &rule, &p, &why));
	cr_expect(!period_read_by(slice_of("2月"), &rule, &p, &why));
	cr_expect(strstr(why, "without its year") != NULL, "%s", why);
}

/* Where the contract wants fiscal years, two years are one. */
Test(period_forms, two_years_are_a_fiscal_year_that_is_wanted)
{
	static const struct form rows[] = { { "2023/24", "FY2023", "" },
		{ "2023-24", "FY2023", "" },
		{ "1999/00", "refused", "month 0" },
		{ "2011/12", "refused", "December" },
		{ "2023/25", "refused", "not one behind the other" } };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[PERIOD_TEXT_MAX] = "refused";
		struct period p = { 0 };
		const char *why = "";

		if (period_read(slice_of(rows[i].in), PERIOD_AS_FISCAL_YEAR,
			NULL, &p, &why))
			(void)period_text(p, text);
		cr_expect_str_eq(text, rows[i].out, "'%s' gave '%s': %s",
		    rows[i].in, text, why);
	}
}
