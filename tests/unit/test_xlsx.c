/* rooms: base decode parse */
/* What a workbook gives as rows: texts, numbers, dates, gaps, sheets. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../support/xlsx_make.h"

/* The number of a style is its place here. */
#define STYLES                                                        \
	"<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy/m/d\"/>" \
	"<numFmt numFmtId=\"165\" "                                   \
	"formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"        \
	"<numFmt numFmtId=\"166\" formatCode=\"[$-411]ge.m.d;@\"/>"   \
	"<numFmt numFmtId=\"167\" formatCode=\"[h]:mm\"/>"            \
	"<numFmt numFmtId=\"168\" formatCode=\"#,##0,\"/></numFmts>"  \
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"          \
	"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/>"         \
	"<xf numFmtId=\"165\"/><xf numFmtId=\"166\"/>"                \
	"<xf numFmtId=\"10\"/><xf numFmtId=\"22\"/>"                  \
	"<xf numFmtId=\"20\"/><xf numFmtId=\"167\"/>"                 \
	"<xf numFmtId=\"168\"/></cellXfs>"                            \
	"<dxfs><dxf><numFmt numFmtId=\"164\" formatCode=\"0\"/></dxf></dxfs>"

#define STRINGS                                                                 \
	"<si><t>団体</t></si>"                                                \
	"<si><t>令和5年度</t><rPh sb=\"0\" eb=\"2\"><t>レイワ</t></rPh>" \
	"<phoneticPr/></si>"                                                    \
	"<si><r><t>人口</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">"  \
	" 総数</t></r><rPh><t>ジンコウ</t></rPh></si>"                    \
	"<si/>"                                                                 \
	"<si><t>a_x000D_\nb_x005F_x0041_ &lt;&amp;&gt; _x00_ _xZZZZ_</t></si>"

struct shown {
	const char *why;
	struct book book;
	const char *want;
};

static void
expect_book(size_t i, const struct shown *t)
{
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	book_read(book_make(&t->book), NULL, &s);
	cr_expect_str_eq(seen_text(&s), t->want, "row %zu (%s): got\n%s", i,
	    t->why, seen_text(&s));
}

static const struct shown texts[] = {
	{ "shared strings without furigana, runs joined",
	    { .sheet = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
		       "<c r=\"B1\" t=\"s\"><v>1</v></c>"
		       "<c r=\"C1\" t=\"s\"><v>2</v></c>"
		       "<c r=\"D1\" t=\"s\"><v>3</v></c>"
		       "<c r=\"E1\" t=\"s\"><v>4</v></c></row>",
		.strings = STRINGS },
	    "sheet 推移\n1: 団体|令和5年度|人口 総数||"
	    "a\\r\\nb_x0041_ <&> _x00_ _xZZZZ_\n" },
	{ "numbers, with what they were made of",
	    { .sheet = "<row><c><v>202037</v></c>"
		       "<c><v>-10.199999999999999</v></c>"
		       "<c t=\"n\"><v>1E-3</v></c>"
		       "<c><f>A1*2</f><v>404074</v></c></row>" },
	    "sheet 推移\n1: 202037|-10.2{-10.199999999999999}|"
	    "0.001{1E-3}|404074\n" },
	{ "the other types",
	    { .sheet = "<row><c t=\"str\"><f>x</f><v>式_x0041_</v></c>"
		       "<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>"
		       "<c t=\"e\"><v>#VALUE!</v></c>"
		       "<c t=\"d\"><v>2024-09-30T00:00:00</v></c>"
		       "<c t=\"d\"><v>2024-09-30T08:30:00</v></c>"
		       "<c t=\"inlineStr\"><is><t>中</t><r><t>文</t></r>"
		       "<rPh><t>x</t></rPh></is></c></row>" },
	    "sheet 推移\n1: 式A|TRUE{1}|FALSE{0}|#VALUE!|"
	    "2024-09-30{2024-09-30T00:00:00}|2024-09-30T08:30:00|"
	    "中文\n" },
	{ "formulas that nobody calculated are not blank",
	    { .sheet = "<row><c><f>A2*2</f></c>"
		       "<c><f>A2*2</f><v></v></c>"
		       "<c t=\"str\"><f>x</f><v></v></c>"
		       "<c><v>1</v></c></row>" },
	    "sheet 推移\n1: (formula without a result)|"
	    "(formula without a result)||1\n" },
	{ "by style",
	    { .sheet = "<row><c s=\"1\"><v>45565</v></c>"
		       "<c s=\"2\"><v>45536</v></c>"
		       "<c s=\"3\"><v>45565</v></c>"
		       "<c s=\"4\"><v>0.34499999999999997</v></c>"
		       "<c s=\"5\"><v>45565.354166666664</v></c>"
		       "<c s=\"6\"><v>0.5</v></c>"
		       "<c s=\"7\"><v>1.5</v></c>"
		       "<c s=\"99\"><v>45565</v></c>"
		       "<c s=\"1\"><v>-3</v></c>"
		       "<c s=\"1\" t=\"str\"><v>未定</v></c></row>",
		.styles = STYLES },
	    "sheet 推移\n1: 2024-09-30{45565}|2024-09{45536}|"
	    "2024-09-30{45565}|34.5%{0.34499999999999997}|"
	    "2024-09-30T08:30:00{45565.354166666664}|12:00:00{0.5}|1.5|"
	    "45565|-3|未定\n" },
	{ "a format that shows thousands: as it is shown",
	    { .sheet = "<row><c s=\"8\"><v>1234567</v></c></row>",
		.styles = STYLES },
	    "sheet 推移\n1: 1234.567{1234567}\n" },
	{ "days counted from 1904",
	    { .sheet = "<row><c s=\"1\"><v>39082</v></c></row>",
		.styles = STYLES,
		.before = "<workbookPr date1904=\"1\"/>" },
	    "sheet 推移\n1: 2011-01-01{39082}\n" },
	{ "prefixes of names, as some programs write them",
	    { .whole = "<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row "
		       "r=\"2\"><x:c r=\"B2\"><x:v>7</x:v></x:c></x:row>"
		       "</x:sheetData></x:worksheet>" },
	    "sheet 推移\n2: |7\n" },
};

Test(xlsx, cells_become_texts)
{
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		expect_book(i, &texts[i]);
}

Test(xlsx, rows_and_columns_keep_their_places)
{
	static const struct shown table[] = {
		{ "gaps between cells are blank cells",
		    { .sheet = "<row r=\"2\"><c r=\"B2\"><v>1</v></c>"
			       "<c r=\"E2\"><v>2</v></c></row>"
			       "<row r=\"5\"><c r=\"AA5\"><v>3</v></c></row>" },
		    "sheet 推移\n2: |1|||2\n5: ||||||||||||||||||||||||||3\n" },
		{ "what has no place counts on",
		    { .sheet = "<row><c><v>1</v></c><c r=\"D1\"><v>2</v></c>"
			       "<c><v>3</v></c></row><row><c><v>4</v></c></row>"
			       "<row r=\"9\"/><row><c><v>5</v></c></row>" },
		    "sheet 推移\n1: 1|||2|3\n2: 4\n10: 5\n" },
		{ "empty rows and empty cells at the end are left out",
		    { .sheet = "<row r=\"1\"><c r=\"A1\" s=\"1\"/>"
			       "<c r=\"B1\"><v></v></c></row>"
			       "<row r=\"3\"><c r=\"A3\"><v>1</v></c>"
			       "<c r=\"B3\" s=\"2\"/></row><row r=\"4\">"
			       "<c r=\"A4\" t=\"inlineStr\"><is><t/></is></c>"
			       "</row>" },
		    "sheet 推移\n3: 1\n" },
		{ "an empty sheet", { .sheet = "" }, "sheet 推移\n" },
		{ "the last cell of all",
		    { .sheet = "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v>"
			       "</c></row>" },
		    "sheet 推移\n1048576: 1\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		expect_book(i, &table[i]);
}

#define MERGED(ranges) "<mergeCells>" ranges "</mergeCells>"
#define RANGE(ref)     "<mergeCell ref=\"" ref "\"/>"

Test(xlsx, merged_cells_tell_of_their_first)
{
	static const struct shown table[] = {
		{ "to the right",
		    { .sheet = "<row><c t=\"str\"><v>人口</v></c><c/><c/><c>"
			       "<v>1</v></c></row>",
			.behind = MERGED(RANGE("A1:C1")) },
		    "sheet 推移\n1: 人口|^人口^|^人口^|1\n" },
		{ "past the last cell of the row",
		    { .sheet = "<row><c><v>1</v></c></row>",
			.behind = MERGED(RANGE("A1:C1")) },
		    "sheet 推移\n1: 1|^1^|^1^\n" },
		{ "down",
		    { .sheet = "<row><c><v>1</v></c><c><v>2</v></c></row>"
			       "<row><c/><c><v>3</v></c></row>"
			       "<row><c><v>4</v></c></row>",
			.behind = MERGED(RANGE("A1:A2")) },
		    "sheet 推移\n1: 1|2\n2: ^1^|3\n3: 4\n" },
		{ "both, and rows that the file has not",
		    { .sheet = "<row r=\"2\"><c r=\"B2\"><v>1</v></c></row>"
			       "<row r=\"5\"><c r=\"A5\"><v>2</v></c></row>",
			.behind = MERGED(RANGE("B2:C4")) },
		    "sheet 推移\n2: |1|^1^\n3: |^1^|^1^\n4: |^1^|^1^\n5: 2\n" },
		{ "several, listed in any order",
		    { .sheet = "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v>"
			       "</c></row><row r=\"2\"><c r=\"C2\"><v>4</v></c>"
			       "</row>",
			.behind = MERGED(RANGE("B1:B2") RANGE("A1:A2")) },
		    "sheet 推移\n1: 1|2|3\n2: ^1^|^2^|4\n" },
		{ "what a covered cell still holds is not seen",
		    { .sheet = "<row><c><v>1</v></c><c><v>99</v></c></row>",
			.behind = MERGED(RANGE("A1:B1")) },
		    "sheet 推移\n1: 1|^1^\n" },
		{ "nothing in it",
		    { .sheet = "<row><c/><c/><c><v>1</v></c></row>",
			.behind = MERGED(RANGE("A1:B4")) },
		    "sheet 推移\n1: |^^|1\n" },
		{ "a date is one in every row",
		    { .sheet = "<row><c s=\"1\"><v>45565</v></c></row>"
			       "<row><c/><c><v>1</v></c></row>",
			.behind = MERGED(RANGE("A1:A2")),
			.styles = STYLES },
		    "sheet 推移\n1: 2024-09-30{45565}\n2: ^2024-09-30^|1\n" },
		{ "what is no range",
		    { .sheet = "<row><c><v>1</v></c></row>",
			.behind = MERGED(RANGE("A1") RANGE("A1:A1")
				RANGE("B2:A1") RANGE("A1:ZZZZ9") RANGE("x:y")
				    RANGE("A:C") "<mergeCell/>") },
		    "sheet 推移\n1: 1\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		expect_book(i, &table[i]);
}

#define CELL(v) "<row><c><v>" v "</v></c></row>"

Test(xlsx, sheets_are_picked)
{
	static const struct book book = { .sheet = CELL("1"),
		.names = { "２０２４年", "メモ", "作業" },
		.sheets = { CELL("2"), CELL("3"), CELL("4") },
		.states = { NULL, "hidden", "veryHidden" } };
	static const struct book one = { .sheet = "<row><c s=\"1\"/></row>",
		.names = { "表", "裏" },
		.sheets = { CELL("2"), CELL("3") },
		.states = { NULL, "hidden" } };
	static const struct {
		const char *why;
		const struct book *book;
		struct pick pick;
		const char *want;
	} table[] = {
		{ "by name", &book, { .name = "２０２４年" },
		    "sheet ２０２４年\n1048577: 2\n" },
		{ "by a name in other letters", &book, { .name = "2024年" },
		    "sheet ２０２４年\n1048577: 2\n" },
		{ "hidden, by name", &book, { .name = "作業" },
		    "sheet 作業\n3145729: 4\n" },
		{ "by pattern, hidden ones left out", &book, { .pattern = "." },
		    "sheet 推移\n1: 1\nsheet ２０２４年\n1048577: 2\n" },
		{ "by pattern, one", &book, { .pattern = "^\\d+年$" },
		    "sheet ２０２４年\n1048577: 2\n" },
		{ "none of that name", &book, { .name = "推" },
		    "error 7 no sheet of the workbook is like '推'; there are: "
		    "'推移', '２０２４年'\n" },
		{ "none like that", &book, { .pattern = "^作業" },
		    "error 7 no sheet of the workbook is like '^作業'; there "
		    "are: '推移', '２０２４年'\n" },
		{ "no pattern", &book, { .pattern = "(" },
		    "error 2 '(' is no pattern: missing closing parenthesis, "
		    "at byte 2\n" },
		{ "several, none picked", &book, { 0 },
		    "error 7 the workbook has several sheets: '推移', "
		    "'２０２４年'. HINT: \"sheet\": {\"name\": \"推移\"} in the "
		    "contract reads one of them\n" },
		{ "the only one with cells", &one, { 0 },
		    "sheet 表\n1048577: 2\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(seen_release) struct seen s;

		seen_init(&s);
		book_read(book_make(table[i].book), &table[i].pick, &s);
		cr_expect_str_eq(seen_text(&s), table[i].want,
		    "row %zu (%s): got\n%s", i, table[i].why, seen_text(&s));
	}
}

/* A sink that stops is heard, and nothing more is read. */
Test(xlsx, the_one_who_takes_may_stop)
{
	static const struct book book = { .sheet = CELL("1") CELL("2"),
		.behind = MERGED(RANGE("A1:A2")) };
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	s.stop_after = 1;
	book_read(book_make(&book), NULL, &s);
	cr_expect_str_eq(seen_text(&s), "sheet 推移\n1: 1\nerror 8 enough\n");
}

/* Sheets are read in pieces of 64 KiB: wherever the word is cut that says that
 * there are merged cells, they are found. */
Test(xlsx, merged_cells_are_found_across_pieces)
{
	static const char before[] =
	    "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><!--";
	static const char behind[] = "--><mergeCells><mergeCell ref=\"A1:B1\"/>"
				     "</mergeCells></worksheet>";
	CLEANUP(arena_release) struct arena mem = { 0 };
	const size_t piece = 64 << 10;
	char *text = arena_alloc(&mem, piece + 200);

	for (size_t back = 0; back < 40; back++) {
		CLEANUP(seen_release) struct seen s;
		struct book book = { .whole = text };

		memset(text, '.', piece + 200);
		memcpy(text, before, sizeof(before) - 1);
		memcpy(text + piece - back, behind, sizeof(behind));
		seen_init(&s);
		book_read(book_make(&book), NULL, &s);
		cr_expect_str_eq(seen_text(&s), "sheet 推移\n1: 1|^1^\n",
		    "%zu bytes before the cut: got %s", back, seen_text(&s));
	}
}
