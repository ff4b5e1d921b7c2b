/* rooms: base config decode parse layout normalise body inspect */
/* Encodings, envelopes, workbooks and named JSON under inspection. */
#include <criterion/criterion.h>
#include <iconv.h>
#include <jansson.h>
#include <string.h>
#include <zlib.h>

#include "../../collector/inspect/json_guess.h"
#include "../../collector/inspect/sniff.h"
#include "../support/xlsx_make.h"
#include "kpid/inspect.h"

static const struct config empty = { .time_zone = "Asia/Tokyo" };

static const char table[] = "年月,人口（人）,世帯数\n"
			    "令和6年4月,\"150,001\",63001\n"
			    "令和6年5月,\"149,998\",63005\n";

/* The draft's contract; NULL and *why when there is none. */
static json_t *
contract_of(int fd, const char *file, char why[KPID_ERR_MAX],
    const char **doubts)
{
	static char told[4096];
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	struct inspection in = { 0 };
	json_t *root = NULL, *contract = NULL;

	told[0] = '\0';
	if (inspect_body(&empty,
		&(struct inspect_source){ fd, file, "file:///x" }, &mem, &in,
		&err)) {
		root = json_loads(in.json, 0, NULL);
		contract = json_incref(json_object_get(root, "contract"));
		json_decref(root);
	}
	for (size_t i = 0; i < in.n_doubts; i++)
		if (strlen(told) + strlen(in.doubts[i]) + 2 < sizeof(told)) {
			memcpy(told + strlen(told), in.doubts[i],
			    strlen(in.doubts[i]) + 1);
			memcpy(told + strlen(told), "\n", 2);
		}
	if (doubts != NULL)
		*doubts = told;
	(void)snprintf(why, KPID_ERR_MAX, "%s", err.msg);
	arena_release(&mem);
	(void)close(fd);
	return contract;
}

struct encoded {
	const char *iconv, *name;
	bool doubted;
};

static const struct encoded encodings[] = {
	{ "UTF-8", "utf-8", false },
	{ "CP932", "cp932", false },
	{ "UTF-16", "utf-16", false }, /* with its mark */
	{ "EUC-JP", "euc-jp", true },
	{ "ISO-2022-JP", "iso-2022-jp", true },
};

Test(inspect_bodies, encodings)
{
	for (size_t i = 0; i < ARRAY_LEN(encodings); i++) {
		char in[sizeof(table)], out[1024], why[KPID_ERR_MAX];
		char *from = in, *to = out;
		size_t n = sizeof(table) - 1, room = sizeof(out);
		iconv_t cd = iconv_open(encodings[i].iconv, "UTF-8");
		const char *doubts;
		json_t *contract;

		memcpy(in, table, sizeof(table));
		cr_assert(iconv(cd, &from, &n, &to, &room) != (size_t)-1);
		cr_assert(iconv(cd, NULL, NULL, &to, &room) != (size_t)-1);
		(void)iconv_close(cd);
		contract = contract_of(bytes_fd(out, sizeof(out) - room),
		    "a.csv", why, &doubts);
		cr_expect(contract != NULL, "%s: %s", encodings[i].name, why);
		if (contract == NULL)
			continue;
		cr_expect_str_eq(json_string_value(json_object_get(contract,
				     "encoding")),
		    encodings[i].name);
		cr_expect_eq(strstr(doubts, "the encoding is") != NULL,
		    encodings[i].doubted, "%s: %s", encodings[i].name, doubts);
		json_decref(contract);
	}
}

struct separated {
	const char *why, *text;
	char delimiter;
};

static const struct separated separators[] = {
	{ "commas", "a,b,c\n1,2,3\n", ',' },
	{ "tabs, commas in figures", "a\tb\n1,000\t2,000\n", '\t' },
	{ "semicolons and decimal commas", "a;b;c\n1,5;2,5;3,5\n", ';' },
	{ "bars", "a|b|c\n1|2|3\n", '|' },
	{ "quoted commas", "a;b\n\"x,y,z\";1\n\"x,y,z\";2\n", ';' },
	{ "lines of CR alone", "a;b\r1;2\r3;4\r", ';' },
	{ "one column", "a\n1\n", ',' },
};

Test(inspect_bodies, separators)
{
	for (size_t i = 0; i < ARRAY_LEN(separators); i++)
		cr_expect_eq(sniff_delimiter(slice_of(separators[i].text)),
		    separators[i].delimiter, "row %zu (%s)", i,
		    separators[i].why);
}

Test(inspect_bodies, envelopes)
{
	const struct part one[] = { part_of("jinko.csv", table) };
	const struct part some[] = { part_of("readme.html", "<p>x</p>"),
		part_of("jinko.csv", table) };
	const struct part several[] = { part_of("a.csv", table),
		part_of("b.csv", table) };
	char why[KPID_ERR_MAX];
	const char *doubts;
	json_t *contract = contract_of(zip_make(one, 1), "a.zip", why, NULL);

	cr_assert(contract != NULL, "%s", why);
	cr_expect(json_object_get(contract, "member") == NULL,
	    "the only member needs no name");
	json_decref(contract);
	contract = contract_of(zip_make(some, 2), "a.zip", why, &doubts);
	cr_assert(contract != NULL, "%s", why);
	cr_expect(json_object_get(contract, "member") != NULL);
	cr_expect(strstr(doubts, "'jinko.csv'") != NULL, "%s", doubts);
	json_decref(contract);
	contract = contract_of(zip_make(several, 2), "a.zip", why, NULL);
	cr_expect(contract == NULL && strstr(why, "b.csv") != NULL, "%s", why);
}

Test(inspect_bodies, gzip)
{
	unsigned char out[1024];
	z_stream z = { 0 };
	char why[KPID_ERR_MAX], in[sizeof(table)];
	json_t *contract;

	memcpy(in, table, sizeof(table));
	cr_assert(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY)
	    == Z_OK);
	z.next_in = (unsigned char *)in;
	z.avail_in = sizeof(table) - 1;
	z.next_out = out;
	z.avail_out = sizeof(out);
	cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	(void)deflateEnd(&z);
	contract =
	    contract_of(bytes_fd(out, z.total_out), "a.csv.gz", why, NULL);
	cr_assert(contract != NULL, "%s", why);
	cr_expect_str_eq(json_string_value(json_object_get(contract, "format")),
	    "csv");
	json_decref(contract);
}

#define T(ref, text) \
	"<c r=\"" ref "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define N(ref, text) "<c r=\"" ref "\"><v>" text "</v></c>"

/* A cover, then a table with a merged header and a total. */
static const struct book book = {
	.sheet = "<row r=\"1\">" T("A1", "目次") "</row>",
	.names = { "人口", "世帯" },
	.sheets = { "<row r=\"1\">" T("A1",
			"市の人口") "</row>"
				    "<row r=\"3\">" T("A3", "年度") T("B3",
					"人口（人）") T("D3",
					"世帯数") "</row>"
						  "<row r=\"4\">" T("B4",
						      "男") T("C4",
						      "女") "</row>"
							    "<row r=\"5\">" T(
								"A5",
								"令和4年度") N("B5",
								"10") N("C5",
								"11") N("D5",
								"8") "</row>"
								     "<row r=\"6\">" T(
									 "A6",
									 "令和5年度") N("B6",
									 "12") N("C6",
									 "13")
									 N("D6",
									     "9") "</row>",
	    "<row r=\"1\">" T("A1", "年度")
		T("B1", "数") "</row>"
			      "<row r=\"2\">" T("A2", "令和4年度")
				  N("B2", "1") "</row>" },
};

Test(inspect_bodies, workbook)
{
	char why[KPID_ERR_MAX];
	const char *doubts;
	json_t *contract =
		   contract_of(book_make(&book), "toukei.xlsx", why, &doubts),
	       *values;

	cr_assert(contract != NULL, "%s", why);
	cr_expect_str_eq(json_string_value(json_object_get(
			     json_object_get(contract, "sheet"), "name")),
	    "人口", "the first sheet that is a table");
	cr_expect(strstr(doubts, "'世帯'") != NULL, "the others are told: %s",
	    doubts);
	values = json_object_get(contract, "values");
	cr_expect_eq(json_array_size(values), 3);
	cr_expect_str_eq(json_string_value(json_object_get(
			     json_array_get(values, 1), "column")),
	    "人口（人）/女");
	json_decref(contract);
}

#define MONTH_SHEET(a, b)                                                           \
	"<row r=\"1\">" T("A1",                                                     \
	    "令和5年度　図書館の利用者数（人）") "</row>"                           \
						 "<row r=\"2\">" T("A2",            \
						     "館名") T("B2",                \
						     "利用者数") "</row>"           \
								 "<row r=\"3\">" T( \
								     "A3",          \
								     "中央図書館")  \
								     a              \
	    "</row>"                                                                \
	    "<row r=\"4\">" T("A4", "丸子図書館") b "</row>"

/* A sheet for each month; places are told as cells of a sheet. */
static const struct book months = {
	.names = { "4月", "5月", "6月" },
	.sheets = {
	    MONTH_SHEET(N("B3", "120"), T("B4", "休館中")),
	    MONTH_SHEET(N("B3", "118"), N("B4", "31")),
	    MONTH_SHEET(N("B3", "125"), N("B4", "30")),
	},
};

Test(inspect_bodies, sheets_of_months)
{
	char why[KPID_ERR_MAX];
	const char *doubts, *text;
	json_t *contract =
	    contract_of(book_make(&months), "toshokan.xlsx", why, &doubts);

	cr_assert(contract != NULL, "%s", why);
	text = json_string_value(json_object_get(json_object_get(contract,
						     "sheet"),
	    "pattern"));
	cr_expect(text != NULL && strcmp(text, "^(?:[0-9０-９]+|元)月$") == 0,
	    "all sheets: %s", text);
	text = json_string_value(json_object_get(json_object_get(contract,
						     "period"),
	    "text"));
	cr_expect(text != NULL && strcmp(text, "{年}{月}") == 0,
	    "the year above, the month of the sheet: %s", text);
	cr_expect(strstr(doubts, "4月!B4: ") != NULL, "%s", doubts);
	json_decref(contract);
}

struct shaped {
	const char *why, *text, *name, *records;
};

static const struct shaped shapes[] = {
	{ "e-Stat", "{\"GET_STATS_DATA\":{}}", "estat", NULL },
	{ "e-Stat's refusal", "{\"GET_STATS_LIST\":{}}", "estat", NULL },
	{ "CKAN", "{\"success\":true,\"result\":{\"records\":[]}}", "ckan",
	    NULL },
	{ "CKAN's refusal", "{\"success\":false,\"error\":{}}", "ckan", NULL },
	{ "JSON-stat 2",
	    "{\"class\":\"dataset\",\"id\":[],\"size\":[],\"value\":[]}",
	    "json-stat", NULL },
	{ "a bundle of JSON-stat 1",
	    "{\"oecd\":{\"dimension\":{},\"value\":[]}}", "json-stat", NULL },
	{ "SDMX-JSON 1", "{\"dataSets\":[],\"structure\":{}}", "sdmx-json",
	    NULL },
	{ "SDMX-JSON 2", "{\"data\":{\"dataSets\":[]}}", "sdmx-json", NULL },
	{ "World Bank", "[{\"page\":1,\"pages\":1},[{\"value\":1}]]",
	    "world-bank", NULL },
	{ "a list of records", "[{\"a\":1},{\"a\":2}]", "json", "$[*]" },
	{ "records further inside",
	    "{\"meta\":[{\"x\":1}],\"d\":{\"r\":[{\"a\":1},{\"a\":2}]}}",
	    "json", "$.d.r[*]" },
	{ "a name that is no plain step", "{\"a b\":[{\"v\":1}]}", "json",
	    "$['a b'][*]" },
	{ "only the beginning of it", "{\"d\":[{\"a\":1},{\"a\":\"x, y", "json",
	    "$.d[*]" },
};

Test(inspect_bodies, shapes)
{
	for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
		struct arena mem = { 0 };
		struct json_shape got = { 0 };
		struct kpid_err err = { 0 };
		bool ok =
		    json_guess(slice_of(shapes[i].text), &mem, &got, &err);

		cr_expect(ok, "row %zu (%s): %s", i, shapes[i].why, err.msg);
		if (ok)
			cr_expect_str_eq(got.name, shapes[i].name,
			    "row %zu (%s): %s", i, shapes[i].why, got.name);
		if (ok && shapes[i].records != NULL)
			cr_expect_str_eq(got.records, shapes[i].records,
			    "row %zu (%s): %s", i, shapes[i].why, got.records);
		arena_release(&mem);
	}
}

/* Members of all records, those of objects by their path, each once. */
Test(inspect_bodies, members)
{
	static const char *const want[] = { "a", "b.c", "['d.e']", "f" };
	struct arena mem = { 0 };
	struct json_shape got = { 0 };
	struct kpid_err err = { 0 };

	cr_assert(json_guess(
	    slice_of("[{\"a\":1,\"b\":{\"c\":2},\"d.e\":3,\"l\":[1]},"
		     "{\"a\":null,\"f\":\"x\"}]"),
	    &mem, &got, &err));
	cr_assert_eq(got.n_columns, ARRAY_LEN(want), "%zu columns",
	    got.n_columns);
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		cr_expect_str_eq(got.columns[i], want[i]);
	arena_release(&mem);
}
