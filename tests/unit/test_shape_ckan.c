/* rooms: base decode parse */
#include "../support/shape_run.h"

#define RESULT(x) "{\"help\":\"h\",\"success\":true,\"result\":{" x "}}"
#define FIELDS                                                              \
	"\"fields\":[{\"id\":\"_id\",\"type\":\"int\"},{\"id\":\"年月\"," \
	"\"type\":\"text\"},{\"id\":\"件数\",\"type\":\"numeric\"}]"

static const struct shape_case ckan[] = {
	{ RESULT(
	      "\"total\":2," FIELDS ",\"records\":[\n{\"_id\":1,\"年月\":"
	      "\"2024-04\",\"件数\":\"12.50\"},\n{\"件数\":null,\"_id\":2}]"),
	    "1: _id|年月|件数\n2: 1|2024-04|12.50\n3: 2|~|~\n",
	    "fields as named; null and absent" },
	{ RESULT("\"records\":[{\"b\":1e3,\"a\":true}],\"total\":1"),
	    "1: b|a\n1: 1000|true\n", "without fields the first record tells" },
	{ RESULT("\"records\":[[1,\"x\",0.10],[2,null,3]]," FIELDS),
	    "1: _id|年月|件数\n1: 1|x|0.10\n1: 2|~|3\n", "records as lists" },
	{ RESULT("\"records\":[]," FIELDS), "1: _id|年月|件数\n", "no record" },
	{ RESULT("\"total\":3," FIELDS ",\"records\":[{\"_id\":1}]"),
	    "1: _id|年月|件数\npartial 1 of 3 records are here\n1: 1|~|~\n",
	    "only a part" },
	{ RESULT("\"total\":9,\"total_was_estimated\":true," FIELDS
		 ",\"records\":[{\"_id\":1}]"),
	    "1: _id|年月|件数\n1: 1|~|~\n", "a total that is a guess" },
	{ RESULT("\"records_truncated\":true," FIELDS
		 ",\"records\":[{\"_id\":1}]"),
	    "1: _id|年月|件数\npartial CKAN says that it cut the records\n"
	    "1: 1|~|~\n",
	    "cut by the server" },
	{ RESULT("\"total\":2," FIELDS ",\"records\":[{\"_id\":1}]") "\n" RESULT(
	      "\"total\":2," FIELDS ",\"records\":[{\"_id\":2}]") "\n",
	    "1: _id|年月|件数\n1: 1|~|~\n2: 2|~|~\n", "two pages" },
	{ RESULT(FIELDS ",\"records\":[{\"_id\":{\"a\":1},\"年月\":[2]}]"),
	    "1: _id|年月|件数\n1: {..}|[..]|~\n", "no scalars" },
};

static const struct shape_case bad_ckan[] = {
	{ "{\"success\":false,\"error\":{\"__type\":\"Not Found Error\","
	  "\"message\":\"Not found: x\"}}",
	    "error CKAN answers with an error: Not Found Error: Not found: x\n",
	    "not there" },
	{ "{\"success\":false,\"error\":{\"__type\":\"Validation Error\","
	  "\"resource_id\":[\"Missing value\"]}}",
	    "error CKAN answers with an error: Validation Error: resource_id: "
	    "Missing value\n",
	    "a parameter is wrong" },
	{ "{\"success\":false,\"error\":{}}",
	    "error CKAN answers with an error and does not say which\n",
	    "nothing is said" },
	{ RESULT("\"id\":\"x\""),
	    "error line 1 column 37: the answer of CKAN has no 'records'. "
	    "HINT: the feed's URL must call datastore_search?resource_id=..\n",
	    "another call" },
	{ RESULT("\"records\":[]"),
	    "error the answer of CKAN has neither fields nor records\n",
	    "nothing at all" },
	{ RESULT("\"records\":\"a,b\\n1,2\\n\"," FIELDS),
	    "error line 1 column 48: 'records' is 'a,b\n1,2\n' where a list of "
	    "observations is expected\n",
	    "records_format=csv" },
	{ RESULT(FIELDS ",\"records\":[\n{\"neu\":1}]"),
	    "1: _id|年月|件数\nerror line 2 column 8: the record has 'neu', "
	    "which is no field\n",
	    "a member that is no field" },
	{ RESULT(FIELDS ",\"records\":[\n{\"_id\":1,\"_id\":2}]"),
	    "1: _id|年月|件数\nerror line 2 column 16: the record has '_id' "
	    "twice\n",
	    "a member twice" },
	{ RESULT(FIELDS ",\"records\":[\n[1]]"),
	    "1: _id|年月|件数\nerror line 2 column 1: the record has 1 values "
	    "where there are 3 fields\n",
	    "a short list" },
	{ RESULT("\"total\":1," FIELDS ",\"records\":[[1,2,3]]") "\n" RESULT(
	      "\"total\":1," FIELDS ",\"records\":[[1,2,3]]"),
	    "error the pages have 2 records where CKAN says 1: the table "
	    "changed in between, or the server does not heed \"offset\"\n",
	    "the same page twice" },
	{ RESULT(FIELDS ",\"records\":[\n1]"),
	    "1: _id|年月|件数\nerror line 2 column 1: a record is no object\n",
	    "a record that is a number" },
	{ RESULT("\"fields\":[\n{\"type\":\"int\"}],\"records\":[]"),
	    "error line 2 column 1: a field has no 'id'\n",
	    "a nameless field" },
};

Test(shape_ckan, records_come_with_their_fields)
{
	shape_expect(FORMAT_CKAN, ckan, ARRAY_LEN(ckan));
}

Test(shape_ckan, what_is_wrong_is_told)
{
	shape_expect(FORMAT_CKAN, bad_ckan, ARRAY_LEN(bad_ckan));
}

#define WB_COLUMNS                                                          \
	"1: indicator|indicator_name|country|country_name|iso3|date|value|" \
	"unit|obs_status|decimal\n"
#define WB_ITEM(date, value)                                                 \
	"{\"indicator\":{\"id\":\"SP.POP\",\"value\":\"Population\"},"       \
	"\"country\":{\"id\":\"JP\",\"value\":\"Japan\"},"                   \
	"\"countryiso3code\":\"JPN\",\"date\":\"" date "\",\"value\":" value \
	",\"unit\":\"\",\"obs_status\":\"\",\"decimal\":0}"
#define WB_ROW(date, value) \
	"SP.POP|Population|JP|Japan|JPN|" date "|" value "|||0\n"
#define WB_HEAD(page, pages, total)           \
	"{\"page\":" page ",\"pages\":" pages \
	",\"per_page\":\"1\",\"total\":" total "}"

static const struct shape_case world_bank[] = {
	{ "[" WB_HEAD("1", "1", "2") ",[\n" WB_ITEM("2023",
	      "124516650") ",\n" WB_ITEM("2022", "null") "]]",
	    WB_COLUMNS
	    "2: " WB_ROW("2023", "124516650") "3: " WB_ROW("2022", "~"),
	    "one page" },
	{ "[" WB_HEAD("1", "2", "2") ",[" WB_ITEM("2023",
	      "1") "]]\n[" WB_HEAD("2", "2", "2") ",[" WB_ITEM("2022",
	      "2.50") "]]",
	    WB_COLUMNS "1: " WB_ROW("2023", "1") "2: " WB_ROW("2022", "2.50"),
	    "two pages" },
	{ "[" WB_HEAD("1", "2", "2") ",[" WB_ITEM("2023", "1") "]]",
	    WB_COLUMNS "partial 1 of 2 observations are here, up to page 1 of "
		       "2\n1: " WB_ROW("2023", "1"),
	    "a page is missing" },
	{ "[" WB_HEAD("1", "1", "1") ",[{\"date\":\"2023\",\"value\":5}]]",
	    WB_COLUMNS "1: ~|~|~|~|~|2023|5|~|~|~\n", "most is absent" },
	{ "[{\"message\":[{\"id\":\"120\",\"key\":\"Invalid value\",\"value\":"
	  "\"The provided parameter value is not valid\"}]}]",
	    "error the World Bank answers with an error: Invalid value: The "
	    "provided parameter value is not valid\n",
	    "an error" },
	{ "[" WB_HEAD("1", "1", "0") ",null]",
	    "error the answer has no data. HINT: look at the country and the "
	    "date in the feed's URL\n",
	    "no data" },
	{ "[" WB_HEAD("1", "3", "3") ",[1]]\n[" WB_HEAD("3", "3", "3") ",[1]]",
	    "error line 2 column 2: page 3 follows page 1\n",
	    "pages out of order" },
	{ "[" WB_HEAD("1", "1", "1") ",[\n1]]",
	    WB_COLUMNS "error line 2 column 1: an observation is no object\n",
	    "a number" },
	{ "[[],[\n" WB_ITEM("2023", "1") "]]",
	    "error line 1 column 1: this is no answer of the World Bank's API: "
	    "there is no 'page' in the first part of a list. HINT: look at the "
	    "body; JSON of another shape is read by \"format\": \"json\" with "
	    "\"records\"\n",
	    "no head" },
};

Test(shape_world_bank, observations_errors_and_pages)
{
	shape_expect(FORMAT_WORLD_BANK, world_bank, ARRAY_LEN(world_bank));
}
