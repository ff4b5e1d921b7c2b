/* rooms: base config decode parse layout normalise body inspect */
/* What a cell looks like by itself; names, units and marks. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/inspect/guess.h"

struct cell_look {
	const char *text;
	enum shape shape;
	enum when when;
	int decimals;
	const char *unit, *flag, *why;
};

static const struct cell_look looks[] = {
	{ "", SHAPE_BLANK, WHEN_NONE, 0, NULL, NULL, "nothing" },
	{ "12", SHAPE_NUMBER, WHEN_NONE, 0, NULL, NULL, "a number" },
	{ "1,234", SHAPE_NUMBER, WHEN_NONE, 0, NULL, NULL, "thousands" },
	{ "△3,387", SHAPE_NUMBER, WHEN_NONE, 0, NULL, NULL, "negative" },
	{ "0.30", SHAPE_NUMBER, WHEN_NONE, 2, NULL, NULL, "decimals" },
	{ "９６", SHAPE_NUMBER, WHEN_NONE, 0, NULL, NULL, "full width" },
	{ "9.6%", SHAPE_NUMBER, WHEN_NONE, 1, "%", NULL, "per cent" },
	{ "1,518件", SHAPE_NUMBER, WHEN_NONE, 0, "件", NULL, "a unit" },
	{ "123p", SHAPE_NUMBER, WHEN_NONE, 0, NULL, "p", "a flag" },
	{ "456（速報）", SHAPE_NUMBER, WHEN_NONE, 0, NULL, "（速報）",
	    "a flag in words" },
	{ "12,5", SHAPE_NUMBER, WHEN_NONE, 1, NULL, NULL,
	    "a comma that parts no thousands" },
	{ "－", SHAPE_MARK, WHEN_NONE, 0, NULL, NULL, "a mark" },
	{ "***", SHAPE_MARK, WHEN_NONE, 0, NULL, NULL, "a mark" },
	{ "#VALUE!", SHAPE_MARK, WHEN_NONE, 0, NULL, NULL, "an error" },
	{ "令和6年9月", SHAPE_WHEN, WHEN_FULL, 0, NULL, NULL, "era" },
	{ "R6.9.30", SHAPE_WHEN, WHEN_FULL, 0, NULL, NULL, "era, short" },
	{ "2024/09/30", SHAPE_WHEN, WHEN_FULL, 0, NULL, NULL, "a day" },
	{ "2024年度", SHAPE_WHEN, WHEN_FULL, 0, NULL, NULL, "fiscal year" },
	{ "2024", SHAPE_NUMBER, WHEN_DIGITS, 0, NULL, NULL,
	    "a year or a number" },
	{ "202409", SHAPE_NUMBER, WHEN_DIGITS, 0, NULL, NULL,
	    "a month or a number" },
	{ "202413", SHAPE_NUMBER, WHEN_NONE, 0, NULL, NULL, "no month" },
	{ "4月", SHAPE_WHEN, WHEN_MONTH, 0, NULL, NULL, "a month" },
	{ "１０月中", SHAPE_WHEN, WHEN_MONTH, 0, NULL, NULL,
	    "a month, full width" },
	{ "13月", SHAPE_TEXT, WHEN_NONE, 0, NULL, NULL, "no month" },
	{ "20年", SHAPE_WHEN, WHEN_YEAR, 0, NULL, NULL, "a year, no era" },
	{ "元年度", SHAPE_WHEN, WHEN_YEAR, 0, NULL, NULL, "a first year" },
	{ "人口", SHAPE_TEXT, WHEN_NONE, 0, NULL, NULL, "a word" },
	{ "0～4歳", SHAPE_TEXT, WHEN_NONE, 0, NULL, NULL, "an age" },
};

Test(inspect_look, cells)
{
	for (size_t i = 0; i < ARRAY_LEN(looks); i++) {
		const struct cell_look *row = &looks[i];
		struct arena mem = { 0 };
		struct look got = look_at(row->text, &mem);

		cr_expect(got.shape == row->shape && got.when == row->when,
		    "row %zu (%s): '%s' is %d, %d", i, row->why, row->text,
		    (int)got.shape, (int)got.when);
		cr_expect_eq(got.decimals, row->decimals,
		    "row %zu (%s): %d decimals", i, row->why, got.decimals);
		cr_expect((got.unit == NULL) == (row->unit == NULL)
			&& (got.unit == NULL
			    || strcmp(got.unit, row->unit) == 0),
		    "row %zu (%s): unit", i, row->why);
		cr_expect((got.flag == NULL) == (row->flag == NULL)
			&& (got.flag == NULL
			    || strcmp(got.flag, row->flag) == 0),
		    "row %zu (%s): flag", i, row->why);
		arena_release(&mem);
	}
}

Test(inspect_look, codes_and_commas)
{
	struct arena mem = { 0 };

	cr_expect(look_at("0059", &mem).padded, "a leading zero is a code's");
	cr_expect(!look_at("0", &mem).padded, "zero is a number");
	cr_expect(look_at("12,5", &mem).comma, "sure to be decimal");
	cr_expect(!look_at("12,500", &mem).comma, "may part thousands");
	arena_release(&mem);
}

struct named {
	const char *in, *out, *why;
};

static const struct named reasons[] = {
	{ "－", "not_applicable", "a dash" },
	{ "…", "not_available", "dots" },
	{ "x", "suppressed", "a cross" },
	{ "秘匿", "suppressed", "a word" },
	{ "集計中", "not_collected", "a word" },
	{ "#N/A", "error", "of a workbook" },
};

Test(inspect_look, reasons)
{
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
		const char *got = mark_reason(reasons[i].in);

		cr_assert(got != NULL, "row %zu (%s): none", i, reasons[i].why);
		cr_expect_str_eq(got, reasons[i].out, "row %zu (%s): %s", i,
		    reasons[i].why, got);
	}
	cr_expect(mark_reason("人") == NULL, "a word is no mark");
}

static const struct named units[] = {
	{ "人口（人）", "人", "in brackets" },
	{ "収入 [千円]", "千円", "in square brackets" },
	{ "面積(k㎡)", "k㎡", "a square sign" },
	{ "人口（単位：人）", "人", "with the word" },
	{ "総数（人口）", NULL, "no unit in the brackets" },
	{ "人口（H29.1.1時点）（人）", "人", "the second brackets" },
	{ "件数", NULL, "no brackets" },
};

Test(inspect_look, units_in_brackets)
{
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		struct arena mem = { 0 };
		const char *got = unit_in_brackets(units[i].in, &mem);

		cr_expect((got == NULL) == (units[i].out == NULL)
			&& (got == NULL || strcmp(got, units[i].out) == 0),
		    "row %zu (%s): %s", i, units[i].why,
		    got == NULL ? "none" : got);
		arena_release(&mem);
	}
}

static const struct named notes[] = {
	{ "（単位：人）", "人", "full width" },
	{ "(単位 千円)", "千円", "a blank" },
	{ "単位；ﾄﾝ", "ﾄﾝ", "half width" },
	{ "（単位：百人）", "百人", "hundreds" },
	{ "（単位：10億円）", "10億円", "a number in front" },
	{ "（単位：千円、％）", "千円|％", "two of them" },
	{ "（単位：世帯・人）", "世帯|人", "another mark between" },
	{ "（単位：人/km2）", "人/km2", "one with a stroke in it" },
	{ "（単位：人、見込み）", NULL, "a word that is none" },
	{ "人口", NULL, "no note" },
};

Test(inspect_look, units_of_note)
{
	for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
		struct arena mem = { 0 };
		const char *const *list = units_of_note(notes[i].in, &mem);
		const char *got = NULL;

		for (size_t k = 0; list != NULL && list[k] != NULL; k++)
			got =
			    arena_printf(&mem, "%s%s%s", got == NULL ? "" : got,
				got == NULL ? "" : "|", list[k]);
		cr_expect((got == NULL) == (notes[i].out == NULL)
			&& (got == NULL || strcmp(got, notes[i].out) == 0),
		    "row %zu (%s): %s", i, notes[i].why,
		    got == NULL ? "none" : got);
		arena_release(&mem);
	}
}

static const struct named stems[] = {
	{ "population.csv", "population", "as it is" },
	{ "population_2024-09.csv", "population", "a month" },
	{ "population_202409.xlsx", "population", "a month in digits" },
	{ "h29_08.csv", "feed", "nothing but a month" },
	{ "jinko_r6.csv", "jinko", "an era" },
	{ "202037_facility.csv", "facility", "an organization's code" },
	{ "人口.csv", "feed", "no letters" },
	{ "Open-Data (1).csv", "open_data_1", "blanks and brackets" },
	{ "/a/b/c.tsv", "feed", "one letter is no name" },
};

Test(inspect_look, stems)
{
	for (size_t i = 0; i < ARRAY_LEN(stems); i++) {
		struct arena mem = { 0 };
		const char *got = file_stem(stems[i].in, &mem);

		cr_expect_str_eq(got, stems[i].out, "row %zu (%s): '%s'", i,
		    stems[i].why, got);
		arena_release(&mem);
	}
}

static const struct named dates[] = {
	{ "交付枚数（H29.8.31時点）", "H29.8.31", "short" },
	{ "人口（令和6年1月1日現在）", "令和6年1月1日", "long" },
	{ "人口【2024/01/01】", "2024/01/01", "western" },
	{ "人口（人）", NULL, "no date" },
	{ "令和6年度", NULL, "a year alone" },
};

Test(inspect_look, dates_in_names)
{
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		struct arena mem = { 0 };
		const char *got = date_in_name(dates[i].in, &mem);

		cr_expect((got == NULL) == (dates[i].out == NULL)
			&& (got == NULL || strcmp(got, dates[i].out) == 0),
		    "row %zu (%s): %s", i, dates[i].why,
		    got == NULL ? "none" : got);
		arena_release(&mem);
	}
}

struct word {
	const char *text;
	bool is;
};

Test(inspect_look, totals)
{
	static const struct word words[] = { { "合計", true }, { "計", true },
		{ "合　計", true }, { "年間", true }, { "total", true },
		{ "会計課", false }, { "計画", false }, { "4月", false } };
	struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		cr_expect_eq(is_total(words[i].text, &mem), words[i].is,
		    "row %zu: '%s'", i, words[i].text);
	arena_release(&mem);
}

Test(inspect_look, notes_below)
{
	static const struct word words[] = { { "※住民基本台帳", true },
		{ "注）合計は", true }, { "資料：市民課", true },
		{ "（注1）", true }, { "*", false }, { "＊", false },
		{ "上田市", false } };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		cr_expect_eq(is_note(words[i].text), words[i].is,
		    "row %zu: '%s'", i, words[i].text);
}

Test(inspect_look, quoted_patterns)
{
	static const struct named quoted[] = {
		{ "4月", "4月", "nothing to quote" },
		{ "計(人)", "計\\(人\\)", "brackets" },
		{ "a.b+c", "a\\.b\\+c", "signs" },
		{ "4 月", "4[\\s　]*月", "a blank may be any" },
	};
	struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(quoted); i++)
		cr_expect_str_eq(pattern_quote(quoted[i].in, &mem),
		    quoted[i].out, "row %zu (%s)", i, quoted[i].why);
	arena_release(&mem);
}
