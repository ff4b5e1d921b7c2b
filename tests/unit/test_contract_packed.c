/* rooms: base config decode parse layout normalise body */
/* Whole contracts over bodies in envelopes, and over workbooks. */
#include <zlib.h>

#include "../support/contract_run.h"
#include "../support/xlsx_make.h"

#define TABLE "年月,点\n2024-04,1\n"
#define CSV(x)                                                          \
	"{'format':'csv'," x "'period':{'column':'年月'},'values':[{" \
	"'column':'点','indicator':'loans'}]}"

/* text as gzip, so many times, in mem. */
static struct slice
packed(struct slice text, int times, struct arena *mem)
{
	for (; times > 0; times--) {
		size_t room = text.len + 200;
		char *out = arena_alloc(mem, room);
		z_stream z = { .next_in = (unsigned char *)(uintptr_t)text.ptr,
			.avail_in = (unsigned)text.len,
			.next_out = (unsigned char *)out,
			.avail_out = (unsigned)room };

		cr_assert(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, 0)
		    == Z_OK);
		cr_assert(deflate(&z, Z_FINISH) == Z_STREAM_END);
		cr_assert(deflateEnd(&z) == Z_OK);
		text = (struct slice){ out, z.total_out };
	}
	return text;
}

/* An archive of these members, in mem. */
static struct slice
zipped(const struct part parts[3], struct arena *mem)
{
	size_t n = 0, len;
	char *bytes, *copy;

	while (n < 3 && parts[n].name != NULL)
		n++;
	bytes = zip_bytes(parts, n, &len);
	copy = arena_strndup(mem, bytes, len);
	free(bytes);
	return (struct slice){ copy, len };
}

static void
expect_told(size_t row, const char *why, const char *contract,
    struct slice body, const char *want)
{
	CLEANUP(contract_run_release) struct contract_run r;

	contract_run_init(&r);
	contract_read(&r, contract, body);
	cr_expect(contract_like(contract_told(&r), want),
	    "row %zu (%s): got\n%s", row, why, contract_told(&r));
}

Test(contract_packed, archives)
{
	static const struct {
		const char *why, *contract;
		struct part parts[3];
		int gzip; /* so often around it all */
		const char *want;
	} table[] = {
		{ "one member", CSV(""), { { "a.csv", TABLE, 0, NULL } }, 0,
		    "2:2 loans 2024-04 = 1\n" },
		{ "the one that is named", CSV("'member':{'name':'b.csv'},"),
		    { { "a.csv", "x\n", 0, NULL },
			{ "d/b.csv", TABLE, 0, NULL } },
		    0, "2:2 loans 2024-04 = 1\n" },
		{ "the one that is like it",
		    CSV("'member':{'pattern':'^b.*[.]csv$'},"),
		    { { "a.csv", "x\n", 0, NULL },
			{ "b6.csv", TABLE, 0, NULL } },
		    0, "2:2 loans 2024-04 = 1\n" },
		{ "several, and none named", CSV(""),
		    { { "a.csv", TABLE, 0, NULL },
			{ "b.csv", TABLE, 0, NULL } },
		    0,
		    "error the zip archive has several members: 'a.csv', "
		    "'b.csv'..\n" },
		{ "none of that name", CSV("'member':{'name':'c.csv'},"),
		    { { "a.csv", TABLE, 0, NULL } }, 0,
		    "error no member of the zip archive is like 'c.csv'..\n" },
		{ "under a password", CSV(""),
		    { { "a.csv", TABLE, 0, "secret" } }, 0,
		    "error 'a.csv' of the zip archive is locked by a "
		    "password..\n" },
		{ "in gzip", CSV(""), { { "a.csv", TABLE, 0, NULL } }, 1,
		    "2:2 loans 2024-04 = 1\n" },
		{ "gzip of gzip of gzip of an archive", CSV(""),
		    { { "a.csv", TABLE, 0, NULL } }, 3,
		    "error the body is packed more than ..\n" },
		{ "the member's name says when",
		    "{'format':'csv','captures':{'月':{'from':'file','pattern':"
		    "'_([0-9]{6})[.]csv$'}},'period':{'column':'月'},'values':["
		    "{'column':'点','indicator':'loans'}]}",
		    { { "d/点_202405.csv", "点\n7\n", 0, NULL } }, 0,
		    "2:1 loans 2024-05 = 7\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };

		expect_told(i, table[i].why, table[i].contract,
		    packed(zipped(table[i].parts, &mem), table[i].gzip, &mem),
		    table[i].want);
	}
}

Test(contract_packed, gzip)
{
	static const struct {
		const char *why, *contract;
		int times;
		size_t cut; /* bytes of its end */
		const char *want;
	} table[] = {
		{ "once", CSV(""), 1, 0, "2:2 loans 2024-04 = 1\n" },
		{ "twice", CSV(""), 2, 0, "2:2 loans 2024-04 = 1\n" },
		{ "its end is missing", CSV(""), 1, 9,
		    "error the gzip file is damaged: it ends too early..\n" },
		{ "a member that is no archive's",
		    CSV("'member':{'name':'a.csv'},"), 1, 0,
		    "error the body is no zip archive, but a.json:1 picks a "
		    "member of one\n" },
		{ "and of a plain body", CSV("'member':{'name':'a.csv'},"), 0,
		    0,
		    "error the body is no zip archive, but a.json:1 picks a "
		    "member of one\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct slice body =
		    packed(slice_of(TABLE), table[i].times, &mem);

		body.len -= table[i].cut;
		expect_told(i, table[i].why, table[i].contract, body,
		    table[i].want);
	}
}

#define CELL(r, v) "<c r=\"" r "\" t=\"inlineStr\"><is><t>" v "</t></is></c>"
#define SHEET(month, value)                                               \
	"<row r=\"2\">" CELL("A2", "年月")                                \
	    CELL("B2", "点") "</row>"                                     \
			     "<row r=\"3\"><c r=\"A3\" s=\"1\"><v>" month \
			     "</v></c>"                                   \
			     "<c r=\"B3\"><v>" value "</v></c></row>"
#define STYLES                                                          \
	"<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy/m\"/>"     \
	"</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/>" \
	"</cellXfs>"
#define XLSX(x)                                                          \
	"{'format':'xlsx'," x "'period':{'column':'年月'},'values':[{" \
	"'column':'点','indicator':'loans'}]}"

static const struct {
	const char *why, *contract;
	struct book book;
	const char *want;
} workbooks[] = {
	{ "dates by their format, doubles by their digits", XLSX(""),
	    { .sheet = SHEET("45383", "10.199999999999999"), .styles = STYLES },
	    "3:2 loans 2024-04 = 10.2\n" },
	{ "a sheet by its name", XLSX("'sheet':{'name':'２月'},"),
	    { .sheet = SHEET("45383", "1"),
		.styles = STYLES,
		.names = { "2月" },
		.sheets = { SHEET("45413", "2") } },
	    "1048579:2 loans 2024-05 = 2\n" },
	{ "all sheets that are like it, one after the other",
	    XLSX("'sheet':{'pattern':'月$|推移'},"),
	    { .sheet = SHEET("45383", "1"),
		.styles = STYLES,
		.names = { "2月", "裏" },
		.sheets = { SHEET("45413", "2"), SHEET("1", "9") } },
	    "3:2 loans 2024-04 = 1\n1048579:2 loans 2024-05 = 2\n" },
	{ "the sheet's name says when",
	    "{'format':'xlsx','sheet':{'pattern':'月$'},'captures':{"
	    "'月':{'from':'sheet','pattern':'.+月'}},'period':{'text':"
	    "'令和6年{月}'},'values':[{'column':'点','indicator':'loans'}],"
	    "'ignore':['年月']}",
	    { .sheet = "",
		.styles = STYLES,
		.names = { "4月", "5月" },
		.sheets = { SHEET("1", "1"), SHEET("1", "2") } },
	    "1048579:2 loans 2024-04 = 1\n"
	    "2097155:2 loans 2024-05 = 2\n" },
	{ "a cell of an error", XLSX(""),
	    { .sheet = "<row>" CELL("A1", "年月")
		    CELL("B1", "点") "</row><row>" CELL("A2",
			"2024-04") "<c r=\"B2\" "
				   "t=\"e\"><v>#DIV/0!</v></c></row>" },
	    "2:2 loans 2024-04 = error O\n" },
	{ "merged across",
	    XLSX("'header':{'row':1,'rows':2},"
		 "'other_columns':'ignore',"),
	    { .sheet = "<row>" CELL("A1", "年月") CELL("B1",
		  "点") "</row><row>" CELL("B2", "") "</row><row>" CELL("A3",
		  "R6.4") "<c r=\"B3\"><v>5</v></c>"
			  "</row>",
		.behind = "<mergeCells><mergeCell ref=\"A1:A2\"/>"
			  "<mergeCell ref=\"B1:B2\"/></mergeCells>" },
	    "3:2 loans 2024-04 = 5\n" },
	{ "several sheets, and none picked", XLSX(""),
	    { .sheet = SHEET("1", "1"),
		.styles = STYLES,
		.names = { "2月" },
		.sheets = { SHEET("1", "2") } },
	    "error the workbook has several sheets: '推移', "
	    "'2月'..\n" },
	{ "said to be CSV", CSV(""), { .sheet = SHEET("1", "1") },
	    "error the body is a workbook (XLSX)..\n" },
};

Test(contract_packed, workbooks)
{
	for (size_t i = 0; i < ARRAY_LEN(workbooks); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct part parts[12];
		size_t len, n = book_parts(&workbooks[i].book, &mem, parts);
		char *bytes = zip_bytes(parts, n, &len);

		expect_told(i, workbooks[i].why, workbooks[i].contract,
		    (struct slice){ bytes, len }, workbooks[i].want);
		free(bytes);
	}
}
