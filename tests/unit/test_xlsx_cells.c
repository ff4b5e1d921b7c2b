/* rooms: base decode parse */
/* Cells of workbooks as programs other than Excel write them, and numbers in
 * the formats that Japanese statistics use. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../support/xlsx_make.h"

/* Each format is a style of its own: the first is number 1. */
static const char *
styles_of(const char *const *codes, size_t n, struct arena *mem)
{
	const char *formats = "", *cells = "<xf numFmtId=\"0\"/>";

	for (size_t i = 0; i < n; i++) {
		formats = arena_printf(mem,
		    "%s<numFmt numFmtId=\"%zu\" formatCode=\"%s\"/>", formats,
		    200 + i, codes[i]);
		cells = arena_printf(mem, "%s<xf numFmtId=\"%zu\"/>", cells,
		    200 + i);
	}
	return arena_printf(mem, "<numFmts>%s</numFmts><cellXfs>%s</cellXfs>",
	    formats, cells);
}

static const struct {
	const char *code, *in, *want, *why;
} formats[] = {
	{ "yyyy/m/d", "45565", "2024-09-30", "a day" },
	{ "yyyy/mm/dd;@", "45565", "2024-09-30", "with a section for texts" },
	{ "[$-411]ge.m.d", "45565", "2024-09-30", "R6.9.30" },
	{ "[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "45565",
	    "2024-09-30", "令和6年9月30日" },
	{ "[$-ja-JP-x-gannen]ggge&quot;年&quot;m&quot;月&quot;d&quot;日"
	  "&quot;;@",
	    "43586", "2019-05-01", "令和元年5月1日" },
	{ "[$-411]ggge&quot;年&quot;m&quot;月&quot;", "45536", "2024-09",
	    "令和6年9月" },
	{ "[$-411]ggge&quot;年&quot;", "45292", "2024", "令和6年" },
	{ "yyyy&quot;年&quot;", "45292", "2024", "2024年" },
	{ "m&quot;月&quot;d&quot;日&quot;", "45565", "2024-09-30",
	    "a day without its year" },
	{ "m&quot;月&quot;", "45536", "2024-09", "a month without its year" },
	{ "mmm-yy", "45536", "2024-09", "Sep-24" },
	{ "yyyy-mm", "45536", "2024-09", "2024-09" },
	{ "[Red]yyyy/m/d", "45565", "2024-09-30", "in a colour" },
	{ "[Red][&gt;45000]yyyy/m/d;yyyy/m/d", "45565", "2024-09-30",
	    "under a condition" },
	{ "aaa", "45565", "2024-09-30", "月" },
	{ "yyyy/m/d h:mm", "45565.5", "2024-09-30T12:00:00", "noon" },
	{ "yyyy/m/d\\ h:mm", "45565", "2024-09-30", "midnight" },
	{ "h:mm:ss", "0.5", "12:00:00", "a time" },
	{ "h&quot;時&quot;mm&quot;分&quot;", "0.25", "06:00:00", "6時00分" },
	{ "[h]:mm", "1.5", "1.5", "hours that passed" },
	{ "[mm]:ss", "0.5", "0.5", "minutes that passed" },
	{ "0%", "0.345", "34.5%", "percent, more than it shows" },
	{ "0.00%", "0.28999999999999998", "29%", "percent of a double" },
	{ "0.0&quot;%&quot;", "34.5", "34.5", "a percent sign in quotes" },
	{ "#,##0", "1234567", "1234567", "thousands parted" },
	{ "#,##0;[Red]▲#,##0", "-5", "-5", "a triangle for minus" },
	{ "#,##0_);[Red]\\(#,##0\\)", "-5", "-5", "in parentheses" },
	{ "&quot;約&quot;0", "30", "30", "a word in front" },
	{ "0&quot;人&quot;", "12", "12", "a unit behind" },
	{ "0.0_ ", "72.7", "72.7", "a blank as wide as a sign" },
	{ "0_d", "5", "5", "a letter that is only as wide" },
	{ "0\\y", "5", "5", "a letter that is escaped" },
	{ "0*-", "5", "5", "a sign that fills up" },
	{ "General", "0.1", "0.1", "no format" },
	{ "@", "45565", "45565", "text" },
	{ ";;;", "5", "5", "hidden" },
	{ "0.00E+00", "12345", "12345", "with an exponent" },
	{ "# ?/?", "0.5", "0.5", "a fraction" },
	{ "[DBNum1][$-411]General", "12", "12", "kanji digits" },
	{ "yyyy/m/d", "未定", "未定", "no number at all" },
	{ "yyyy/m/d", "-1", "-1", "before the first day" },
	{ "yyyy/m/d", "99999999", "99999999", "behind the last" },
	{ "yyyy/m/d", "1e5", "2173-10-14", "an exponent" },
};

Test(xlsx_cells, formats_say_what_a_number_shows)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *codes[ARRAY_LEN(formats)], *cells = "", *lines = "";

	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		codes[i] = formats[i].code;
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		cells = arena_printf(&mem,
		    "%s<row r=\"%zu\"><c s=\"%zu\"><v>%s</v></c></row>", cells,
		    i + 1, i + 1, formats[i].in);
	CLEANUP(seen_release) struct seen s;
	const struct book b = { .sheet = cells,
		.styles = styles_of(codes, ARRAY_LEN(codes), &mem) };
	char *line, *rest;

	seen_init(&s);
	book_read(book_make(&b), NULL, &s);
	lines = arena_strdup(&mem, seen_text(&s));
	rest = strchr(lines, '\n') + 1;
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		line = strsep(&rest, "\n");
		cr_assert_not_null(rest, "row %zu is missing", i);
		line = strchr(line, ' ') + 1;
		line[strcspn(line, "{")] = '\0';
		cr_expect(strcmp(line, formats[i].want) == 0,
		    "row %zu (%s, '%s'): %s gave %s", i, formats[i].why,
		    formats[i].code, formats[i].in, line);
	}
}

struct shown {
	const char *why;
	struct book book;
	const char *want;
};

static void
expect_books(const struct shown *table, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		CLEANUP(seen_release) struct seen s;

		seen_init(&s);
		book_read(book_make(&table[i].book), NULL, &s);
		cr_expect_str_eq(seen_text(&s), table[i].want,
		    "row %zu (%s): got\n%s", i, table[i].why, seen_text(&s));
	}
}

static const struct shown numbers[] = {
	{ "what a double has of a short number",
	    { .sheet = "<row><c><v>0.1</v></c><c><v>0.10000000000000001</v></c>"
		       "<c><v>72.700000000000003</v></c>"
		       "<c><v>-10.199999999999999</v></c></row>" },
	    "sheet 推移\n"
	    "1: 0.1|0.1{0.10000000000000001}|72.7{72.700000000000003}|-10.2{-10.199999999999999}\n" },
	{ "rounding that carries",
	    { .sheet = "<row><c><v>0.99999999999999989</v></c>"
		       "<c><v>99.999999999999986</v></c>"
		       "<c><v>-9.9999999999999996E+22</v></c></row>" },
	    "sheet 推移\n"
	    "1: 1{0.99999999999999989}|100{99.999999999999986}|-100000000000000000000000{-9.9999999999999996E+22}\n" },
	{ "15 digits and no more",
	    { .sheet = "<row><c><v>123456789012345678</v></c>"
		       "<c><v>0.12345678901234567</v></c>"
		       "<c><v>999999999999999</v></c></row>" },
	    "sheet 推移\n"
	    "1: 123456789012346000{123456789012345678}|0.123456789012346{0.12345678901234567}|999999999999999\n" },
	{ "exponents",
	    { .sheet = "<row><c><v>1E3</v></c><c><v>1.5E-07</v></c>"
		       "<c><v>2.0E+5</v></c><c><v>1E+20</v></c></row>" },
	    "sheet 推移\n"
	    "1: 1000{1E3}|0.00000015{1.5E-07}|200000{2.0E+5}|100000000000000000000{1E+20}\n" },
	{ "what is no number",
	    { .sheet = "<row><c><v>1,234</v></c><c><v>NaN</v></c>"
		       "<c><v> 5 </v></c><c><v>1.2.3</v></c></row>" },
	    "sheet 推移\n"
	    "1: 1,234|NaN| 5 |1.2.3\n" },
};

Test(xlsx_cells, numbers)
{
	expect_books(numbers, ARRAY_LEN(numbers));
}

static const struct shown texts[] = {
	{ "runs of different fonts",
	    { .sheet = "<row><c t=\"s\"><v>0</v></c></row>",
		.strings = "<si><r><rPr><b/><sz val=\"9\"/></rPr><t>人</t></r>"
			   "<r><t>口</t></r></si>" },
	    "sheet 推移\n"
	    "1: 人口\n" },
	{ "furigana",
	    { .sheet = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>"
		       "</row>",
		.strings =
		    "<si><t>上田</t><rPh sb=\"0\" eb=\"2\"><t>ウエダ</t></rPh>"
		    "<phoneticPr fontId=\"1\"/></si><si><rPh><t>ナガノ</t>"
		    "</rPh><r><t>長野</t></r></si>" },
	    "sheet 推移\n"
	    "1: 上田|長野\n" },
	{ "blanks that are kept",
	    { .sheet = "<row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is>"
		       "<t xml:space=\"preserve\"> a </t></is></c></row>",
		.strings = "<si><t xml:space=\"preserve\">　総数 </t></si>" },
	    "sheet 推移\n"
	    "1: 　総数 | a \n" },
	{ "a string used twice, and one never",
	    { .sheet = "<row><c t=\"s\"><v>1</v></c><c t=\"s\"><v>1</v></c>"
		       "</row>",
		.strings = "<si><t>a</t></si><si><t>b</t></si>" },
	    "sheet 推移\n"
	    "1: b|b\n" },
	{ "an empty string",
	    { .sheet = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>"
		       "</row>",
		.strings = "<si><t/></si><si><t>b</t></si>" },
	    "sheet 推移\n"
	    "1: |b\n" },
	{ "in the cell itself",
	    { .sheet = "<row><c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t>"
		       "</r><rPh><t>x</t></rPh></is></c></row>" },
	    "sheet 推移\n"
	    "1: ab\n" },
	{ "line breaks and entities",
	    { .sheet = "<row><c t=\"str\"><v>a&#10;b &amp; &lt;c&gt; "
		       "&quot;</v></c></row>" },
	    "sheet 推移\n"
	    "1: a\\nb & <c> \"\n" },
	{ "CDATA",
	    { .sheet = "<row><c t=\"str\"><v><![CDATA[a<b]]></v></c></row>" },
	    "sheet 推移\n"
	    "1: a<b\n" },
	{ "a formula that gives a text",
	    { .sheet = "<row><c t=\"str\"><f>A1&amp;\"x\"</f><v>ax</v></c>"
		       "</row>" },
	    "sheet 推移\n"
	    "1: ax\n" },
};

Test(xlsx_cells, texts)
{
	expect_books(texts, ARRAY_LEN(texts));
}

static const struct shown kinds[] = {
	{ "errors",
	    { .sheet = "<row><c t=\"e\"><v>#DIV/0!</v></c>"
		       "<c t=\"e\"><v>#N/A</v></c>"
		       "<c t=\"e\"><f>1/0</f><v>#REF!</v></c></row>" },
	    "sheet 推移\n"
	    "1: #DIV/0!|#N/A|#REF!\n" },
	{ "booleans",
	    { .sheet = "<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>"
		       "<c t=\"b\"><f>1=1</f><v>1</v></c></row>" },
	    "sheet 推移\n"
	    "1: TRUE{1}|FALSE{0}|TRUE{1}\n" },
	{ "dates as text",
	    { .sheet = "<row><c t=\"d\"><v>2024-09-30</v></c>"
		       "<c t=\"d\"><v>2024-09-30T00:00:00.000Z</v></c>"
		       "<c t=\"d\"><v>2024-09-30T13:45:00</v></c></row>" },
	    "sheet 推移\n"
	    "1: 2024-09-30|2024-09-30{2024-09-30T00:00:00.000Z}|2024-09-30T13:45:00\n" },
	{ "cells of colour alone",
	    { .sheet = "<row><c s=\"1\"/><c><v/></c><c><v>1</v></c></row>" },
	    "sheet 推移\n"
	    "1: ||1\n" },
	{ "rows and cells without their places",
	    { .sheet = "<row><c><v>1</v></c><c><v>2</v></c></row>"
		       "<row r=\"4\"><c><v>3</v></c></row><row><c r=\"C5\"><v>4"
		       "</v></c><c><v>5</v></c></row>" },
	    "sheet 推移\n"
	    "1: 1|2\n"
	    "4: 3\n"
	    "5: ||4|5\n" },
	{ "a hidden row is one",
	    { .sheet = "<row r=\"1\" hidden=\"1\"><c><v>1</v></c></row>"
		       "<row r=\"2\"><c><v>2</v></c></row>" },
	    "sheet 推移\n"
	    "1: 1\n"
	    "2: 2\n" },
	{ "what stands behind the cells is not read",
	    { .sheet = "<row><c><v>1</v></c></row>",
		.behind = "<row><c><v>2</v></c></row><c><v>3</v></c>" },
	    "sheet 推移\n"
	    "1: 1\n" },
};

Test(xlsx_cells, kinds)
{
	expect_books(kinds, ARRAY_LEN(kinds));
}

#define ROW(v) "<row><c><v>" v "</v></c></row>"

static const struct shown sheets[] = {
	{ "the only one that is seen",
	    { .sheet = ROW("1"),
		.names = { "裏" },
		.sheets = { ROW("2") },
		.states = { "hidden" } },
	    "sheet 推移\n"
	    "1: 1\n" },
	{ "the only one with cells, the second",
	    { .sheet = "", .names = { "表" }, .sheets = { ROW("2") } },
	    "sheet 表\n"
	    "1048577: 2\n" },
	{ "several",
	    { .sheet = ROW("1"), .names = { "表" }, .sheets = { ROW("2") } },
	    "error 7 the workbook has several sheets: '推移', '表'. HINT: \"sheet\": {\"name\": \"推移\"} in the contract reads one of them\n" },
	{ "merged cells of the second",
	    { .sheet = "<row><c s=\"9\"/></row>",
		.names = { "表" },
		.sheets = { ROW("2") },
		.behind =
		    "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>" },
	    "sheet 表\n"
	    "1048577: 2\n" },
};

Test(xlsx_cells, sheets)
{
	expect_books(sheets, ARRAY_LEN(sheets));
}
