/* rooms: base config normalise */
/* Eras: their names, their years, and the days on which they changed. */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/normalise.h"

struct name {
	const char *in;
	int year; /* 0: refused */
	const char *why;
};

static const struct name names[] = {
	{ "令和6年", 2024, "in full" },
	{ "令和元年", 2019, "the first year" },
	{ "令和 6年", 2024, "padded" },
	{ "令和６年", 2024, "full-width" },
	{ "令和六年", 2024, "kanji" },
	{ "平成二十三年", 2011, "kanji tens" },
	{ "昭和十年", 1935, "kanji ten" },
	{ "㋿6年", 2024, "ligature" },
	{ "㍻30年", 2018, "ligature" },
	{ "㍼55年", 1980, "ligature" },
	{ "㍽9年", 1920, "ligature" },
	{ "㍾40年", 1907, "ligature" },
	{ "R6年", 2024, "letter" },
	{ "Ｈ31年", 2019, "full-width letter" },
	{ "S64年", 1989, "the last year of 昭和" },
	{ "T15年", 1926, "the last year of 大正" },
	{ "M45年", 1912, "the last year of 明治" },
	{ "令6年", 2024, "abbreviated" },
	{ "昭55年", 1980, "abbreviated" },
	{ "平成31年", 2019, "the last year of 平成" },
	{ "昭和64年", 1989, "seven days long" },
	{ "令和6(2024)年", 2024, "both reckonings" },
	{ "2024年(令和6年)", 2024, "the other way round" },
	{ "2019年（令和元年）", 2019, "with the first year" },
	{ "令和6(2023)年", 0, "both reckonings, not the same" },
	{ "平成35年", 0, "平成 ended in its year 31" },
	{ "昭和65年", 0, "昭和 ended in its year 64" },
	{ "大正16年", 0, "大正 ended in its year 15" },
	{ "明治46年", 0, "明治 ended in its year 45" },
	{ "令和0年", 0, "there is no year 0" },
	{ "文久3年", 0, "an era before 1868" },
	{ "X6年", 0, "no such letter" },
	{ "6年", 0, "no era" },
};

Test(era, years)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct name *row = &names[i];
		struct period p = { 0 };
		const char *why = "";
		bool ok = period_read(slice_of(row->in), PERIOD_AS_AUTO, NULL,
		    &p, &why);
		int year = ok ? civil_from_day(p.first).year : 0;

		cr_expect_eq(year, row->year,
		    "row %zu (%s): '%s' gave %d, "
		    "not %d: %s",
		    i, row->why, row->in, year, row->year, why);
		cr_expect(ok || why[0] != '\0', "row %zu (%s): no reason", i,
		    row->why);
	}
}

struct border {
	const char *in;
	bool ok;
};

/* The last day of each era and the first of the next, and the days beyond. */
static const struct border borders[] = {
	{ "明治45年7月29日", true },
	{ "明治45年7月30日", false },
	{ "大正元年7月29日", false },
	{ "大正元年7月30日", true },
	{ "大正15年12月24日", true },
	{ "大正15年12月25日", false },
	{ "昭和元年12月24日", false },
	{ "昭和元年12月25日", true },
	{ "昭和64年1月7日", true },
	{ "昭和64年1月8日", false },
	{ "平成元年1月7日", false },
	{ "平成元年1月8日", true },
	{ "平成31年4月30日", true },
	{ "平成31年5月1日", false },
	{ "令和元年4月30日", false },
	{ "令和元年5月1日", true },
	{ "平成31年4月", true },
	{ "平成31年5月", false },
	{ "昭和64年1月", true },
	{ "平成元年1月", true },
	{ "昭和64年2月", false },
	{ "令和元年4月", false },
	{ "H31.4.30", true },
	{ "H31.5.1", false },
	{ "平成31年度", true },
	{ "令和元年度", true },
	{ "昭和64年度", true },
	{ "平成32年度", false },
	{ "明治6年1月1日", true },
	{ "明治5年12月1日", false },
	{ "明治5年", true },
};

Test(era, the_days_on_which_they_changed)
{
	for (size_t i = 0; i < ARRAY_LEN(borders); i++) {
		struct period p = { 0 };
		const char *why = "";
		bool ok = period_read(slice_of(borders[i].in), PERIOD_AS_AUTO,
		    NULL, &p, &why);

		cr_expect_eq(ok, borders[i].ok, "row %zu: '%s' was %s %s", i,
		    borders[i].in, ok ? "read" : "refused:", why);
	}
}

Test(era, the_reason_names_the_dates)
{
	struct period p = { 0 };
	const char *why = "";

	cr_expect(!period_read(slice_of("平成35年"), PERIOD_AS_AUTO, NULL, &p,
	    &why));
	cr_expect(strstr(why, "平成") != NULL
		&& strstr(why, "2019-04-30") != NULL,
	    "%s", why);
	cr_expect(!period_read(slice_of("明治5年12月1日"), PERIOD_AS_AUTO, NULL,
	    &p, &why));
	cr_expect(strstr(why, "1873") != NULL, "%s", why);
}

Test(era, of_bare_years_comes_from_the_contract)
{
	static const struct {
		const char *in, *era, *out;
	} rows[] = {
		{ "6年9月", "令和", "2024-09" },
		{ "6年9月", "R", "2024-09" },
		{ "20年", "平成", "2008" },
		{ "6", "令和", "2024" },
		{ "6.9.30", "令和", "2024-09-30" },
		{ "元年度", "令和", "FY2019" },
		{ "31年5月", "平成", NULL },
		{ "2024年9月", "令和", "2024-09" },
		{ "平成30年", "令和", "2018" },
		{ "6年9月", "文久", NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[PERIOD_TEXT_MAX] = "";
		struct period p = { 0 };
		const char *why = "";
		bool ok = period_read(slice_of(rows[i].in), PERIOD_AS_AUTO,
		    rows[i].era, &p, &why);

		if (ok)
			(void)period_text(p, text);
		cr_expect_str_eq(text, rows[i].out == NULL ? "" : rows[i].out,
		    "row %zu: '%s' by %s gave '%s': %s", i, rows[i].in,
		    rows[i].era, text, why);
	}
}
