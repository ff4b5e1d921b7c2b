/* rooms: base decode parse */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "kpid/civil.h"

#include "../../collector/parse/xlsx_value.h"

Test(xlsx_value, numbers_show_fifteen_digits)
{
	static const struct {
		const char *in, *want, *why;
	} table[] = {
		{ "0", "0", "zero" },
		{ "202037", "202037", "whole" },
		{ "-0", "0", "no negative zero" },
		{ "72.70", "72.70", "as it was written" },
		{ "0.00", "0.00", "as it was written" },
		{ "-10.199999999999999", "-10.2", "a double of 17 digits" },
		{ "20.100000000000001", "20.1", "the same, other side" },
		{ "0.1", "0.1", "nothing to round" },
		{ "123456789012345", "123456789012345", "15 digits" },
		{ "123456789012345.5", "123456789012346", "half goes up" },
		{ "-123456789012345.5", "-123456789012346", "away from zero" },
		{ "123456789012345.49", "123456789012345", "below half" },
		{ "999999999999999.9", "1000000000000000", "carried over" },
		{ "9.9999999999999999", "10", "carried past the point" },
		{ "0.00099999999999999999", "0.001", "carried below it" },
		{ "1E-3", "0.001", "small" },
		{ "1.5e3", "1500", "an exponent in small letters" },
		{ "1.2345678901234567E+20", "123456789012346000000", "large" },
		{ "+7", "7", "a sign" },
		{ "007", "7", "zeros in front" },
		{ ".5", "0.5", "no digit before the point" },
		{ "5.", "5", "none behind it" },
		{ "0E+9", "0", "zero whatever its exponent" },
	};
	char out[XLSX_DECIMAL_MAX];

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		bool ok = xlsx_decimal(slice_of(table[i].in), 0, out);

		cr_expect(ok && strcmp(out, table[i].want) == 0,
		    "row %zu (%s): got %s", i, table[i].why, ok ? out : "none");
	}
}

Test(xlsx_value, the_smallest_and_the_largest_fit)
{
	char out[XLSX_DECIMAL_MAX];

	cr_expect(xlsx_decimal(slice_of("-5E-324"), 0, out)
	    && strlen(out) == 327 && out[326] == '5');
	cr_expect(xlsx_decimal(slice_of("1.7976931348623157E+308"), 2, out)
	    && strlen(out) == 311);
}

Test(xlsx_value, percentages_are_shifted_not_rounded)
{
	static const struct {
		const char *in, *want;
	} table[] = {
		{ "0.345", "34.5" },
		{ "0.28999999999999998", "29" },
		{ "1", "100" },
		{ "0.0005", "0.05" },
		{ "0", "0" },
		{ "-1.5", "-150" },
	};
	char out[XLSX_DECIMAL_MAX];

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		cr_expect(xlsx_decimal(slice_of(table[i].in), 2, out)
			&& strcmp(out, table[i].want) == 0,
		    "row %zu (%s): got %s", i, table[i].in, out);
}

Test(xlsx_value, thousands_are_shifted_not_rounded)
{
	static const struct {
		const char *in, *want;
	} table[] = {
		{ "1234567", "1234.567" },
		{ "1234000", "1234" },
		{ "20", "0.02" },
		{ "0", "0" },
		{ "0.00", "0" },
		{ "-1500.50", "-1.5005" },
	};
	char out[XLSX_DECIMAL_MAX];

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		cr_expect(xlsx_decimal(slice_of(table[i].in), -3, out)
			&& strcmp(out, table[i].want) == 0,
		    "row %zu (%s): got %s", i, table[i].in, out);
}

Test(xlsx_value, what_is_no_number_is_left_alone)
{
	static const char *const table[] = { "", "-", ".", "1,000", "1 ", " 1",
		"1.2.3", "E5", "1E", "1E+", "1E5x", "0x10", "NaN", "INF",
		"1E400", "1E-400", "1E99999999999999999999", "12a", "--1",
		"１" };
	char out[XLSX_DECIMAL_MAX] = "untouched";

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		cr_expect(!xlsx_decimal(slice_of(table[i]), 0, out)
			&& strcmp(out, "untouched") == 0,
		    "row %zu: '%s' gave %s", i, table[i], out);
}

static const struct {
	const char *code;
	enum xlsx_style want;
} formats[] = {
	{ "General", STYLE_NUMBER },
	{ "GENERAL", STYLE_NUMBER },
	{ "G/標準", STYLE_NUMBER },
	{ "General\"年\"", STYLE_NUMBER },
	{ "@", STYLE_NUMBER },
	{ "#,##0;\"▲ \"#,##0", STYLE_NUMBER },
	{ "0.00E+00", STYLE_NUMBER },
	{ "#,##0,", STYLE_THOUSANDS },
	{ "#,##0,_ ;[Red]\\-#,##0,,", STYLE_THOUSANDS },
	{ "#,##0,.0", STYLE_THOUSANDS },
	{ "0.0,,\"百万円\"", STYLE_MILLIONS },
	{ "0,,,", STYLE_BILLIONS },
	{ "#,##0;#,##0,", STYLE_NUMBER },
	{ "#,##0\",\"", STYLE_NUMBER },
	{ "\"( \"0.0\" )\";\"( \"\\-0.0\" )\"", STYLE_NUMBER },
	{ "[Red]0.0", STYLE_NUMBER },
	{ "[DBNum1][$-411]General", STYLE_NUMBER },
	{ "0_ ;\"-\"0_ ;0_ ", STYLE_NUMBER },
	{ "0\"day\"", STYLE_NUMBER },
	{ "0\\d", STYLE_NUMBER },
	{ "0_d", STYLE_NUMBER },
	{ "\"令和\"0\"年\"", STYLE_NUMBER },
	{ "[h]:mm", STYLE_NUMBER },
	{ "[mm]:ss", STYLE_NUMBER },
	{ "0%", STYLE_PERCENT },
	{ "0.0%;[Red]\\-0.0%", STYLE_PERCENT },
	{ "0.0\"%\"", STYLE_NUMBER },
	{ "0.0\\%", STYLE_NUMBER },
	{ "yyyy/m/d", STYLE_DATE },
	{ "yyyy\\-mm\\-dd;@", STYLE_DATE },
	{ "[$-411]ge.m.d;@", STYLE_DATE },
	{ "[$-411]ggge\"年\"m\"月\"d\"日\";@", STYLE_DATE },
	{ "m\"月\"d\"日\"", STYLE_DATE },
	{ "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", STYLE_DATE },
	{ "aaaa", STYLE_DATE },
	{ "yyyy\"年\"m\"月\"", STYLE_YEAR_MONTH },
	{ "[$-411]ggge\"年\"m\"月\"", STYLE_YEAR_MONTH },
	{ "[$-411]mmm\\-yy", STYLE_YEAR_MONTH },
	{ "m\"月\"", STYLE_YEAR_MONTH },
	{ "yyyy\"年度\"", STYLE_YEAR },
	{ "[$-411]ge", STYLE_YEAR },
	{ "yyyy/m/d h:mm", STYLE_DATE_TIME },
	{ "yyyy-mm-dd hh:mm:ss.000", STYLE_DATE_TIME },
	{ "m/d/yy h:mm AM/PM", STYLE_DATE_TIME },
	{ "h:mm", STYLE_TIME },
	{ "h\"時\"mm\"分\"", STYLE_TIME },
	{ "mm:ss.0", STYLE_TIME },
	{ "h:mm AM/PM", STYLE_TIME },
	{ "", STYLE_NUMBER },
	{ "\"", STYLE_NUMBER },
	{ "[", STYLE_NUMBER },
	{ "0\\", STYLE_NUMBER },
};

Test(xlsx_value, formats_say_what_a_number_is)
{
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		enum xlsx_style got =
		    xlsx_style_code(slice_of(formats[i].code));

		cr_expect(got == formats[i].want, "row %zu (%s): got %d", i,
		    formats[i].code, (int)got);
	}
}

Test(xlsx_value, formats_without_a_code_are_known)
{
	static const struct {
		unsigned int id;
		enum xlsx_style want;
	} table[] = {
		{ 0, STYLE_NUMBER },
		{ 4, STYLE_NUMBER },
		{ 9, STYLE_PERCENT },
		{ 10, STYLE_PERCENT },
		{ 11, STYLE_NUMBER },
		{ 14, STYLE_DATE },
		{ 17, STYLE_YEAR_MONTH },
		{ 20, STYLE_TIME },
		{ 22, STYLE_DATE_TIME },
		{ 27, STYLE_DATE },
		{ 32, STYLE_TIME },
		{ 34, STYLE_YEAR_MONTH },
		{ 36, STYLE_DATE },
		{ 37, STYLE_NUMBER },
		{ 46, STYLE_NUMBER },
		{ 55, STYLE_YEAR_MONTH },
		{ 58, STYLE_DATE },
		{ 59, STYLE_NUMBER },
		{ 164, STYLE_NUMBER },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		cr_expect(xlsx_style_builtin(table[i].id) == table[i].want,
		    "format %u", table[i].id);
}

Test(xlsx_value, serial_numbers_are_days)
{
	static const struct {
		const char *serial;
		enum xlsx_style style;
		bool date1904;
		const char *want, *why;
	} table[] = {
		{ "45565", STYLE_DATE, false, "2024-09-30", "a day" },
		{ "45536", STYLE_YEAR_MONTH, false, "2024-09", "a month" },
		{ "45536", STYLE_YEAR, false, "2024", "a year" },
		{ "45565.5", STYLE_DATE_TIME, false, "2024-09-30T12:00:00",
		    "noon" },
		{ "45565", STYLE_DATE_TIME, false, "2024-09-30", "midnight" },
		{ "45565.5", STYLE_DATE, false, "2024-09-30T12:00:00",
		    "a time that the style does not show is not lost" },
		{ "45565.5", STYLE_YEAR_MONTH, false, "2024-09",
		    "a month has no time" },
		{ "0.39583333333333331", STYLE_TIME, false, "09:30:00",
		    "a time" },
		{ "0.75", STYLE_DATE_TIME, false, "18:00:00",
		    "a time without a day" },
		{ "45564.999999999", STYLE_DATE, false, "2024-09-30",
		    "less than a second before midnight" },
		{ "1", STYLE_DATE, false, "1900-01-01", "the first day" },
		{ "59", STYLE_DATE, false, "1900-02-28", "before the bug" },
		{ "60", STYLE_DATE, false, "1900-02-29", "the bug" },
		{ "61", STYLE_DATE, false, "1900-03-01", "behind it" },
		{ "0", STYLE_DATE, false, "1900-01-00", "as it is shown" },
		{ "2958465", STYLE_DATE, false, "9999-12-31", "the last day" },
		{ "0", STYLE_DATE, true, "1904-01-01", "counted from 1904" },
		{ "39082", STYLE_DATE, true, "2011-01-01", "from 1904" },
		{ "4.5565E+4", STYLE_DATE, false, "2024-09-30", "exponent" },
	};
	char out[XLSX_DATE_MAX];

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		bool ok = xlsx_date(slice_of(table[i].serial), table[i].style,
		    table[i].date1904, out);

		cr_expect(ok && strcmp(out, table[i].want) == 0,
		    "row %zu (%s): got %s", i, table[i].why, ok ? out : "none");
	}
	cr_expect(!xlsx_date(slice_of("-1"), STYLE_DATE, false, out));
	cr_expect(!xlsx_date(slice_of("2958466"), STYLE_DATE, false, out));
	cr_expect(!xlsx_date(slice_of("2958465"), STYLE_DATE, true, out));
	cr_expect(!xlsx_date(slice_of("令和6年"), STYLE_DATE, false, out));
}

/* Every day that a workbook can hold, against the calendar. */
Test(xlsx_value, every_day_follows_the_one_before)
{
	char out[XLSX_DATE_MAX], serial[16];
	struct civil c;

	for (int32_t day = 61; day <= 2958465; day += 37) {
		(void)snprintf(serial, sizeof(serial), "%d", day);
		cr_assert(xlsx_date(slice_of(serial), STYLE_DATE, false, out));
		c = civil_from_day(day - 36526); /* 2000-01-01 */
		char want[40];

		(void)snprintf(want, sizeof(want), "%04d-%02d-%02d", c.year,
		    c.month, c.day);
		cr_assert_str_eq(out, want, "day %d", day);
	}
}
