/* rooms: base decode parse */
#include "../support/shape_run.h"

#define DIMS                                                                \
	"\"id\":[\"sex\",\"year\"],\"size\":[2,2],\"dimension\":{\"sex\":{" \
	"\"category\":{\"index\":[\"M\",\"F\"],\"label\":{\"F\":\"女\","   \
	"\"M\":\"男\"}}},\"year\":{\"category\":{\"index\":{\"2021\":1,"   \
	"\"2020\":0}}}}"
#define SET(x)  "{\"version\":\"2.0\",\"class\":\"dataset\"," DIMS "," x "}"
#define COLUMNS "1: sex|sex_name|year|year_name|value|status|unit\n"

static const struct shape_case good[] = {
	{ SET("\"value\":[\n1,\n2.50,\nnull,\n\"x\"]"),
	    COLUMNS "2: M|男|2020|~|1|~|~\n3: M|男|2021|~|2.50|~|~\n"
		    "4: F|女|2020|~|~|~|~\n5: F|女|2021|~|x|~|~\n",
	    "a list of values" },
	{ SET("\"value\":{\"3\":7,\"1\":null}"),
	    COLUMNS "1: F|女|2021|~|7|~|~\n1: M|男|2021|~|~|~|~\n",
	    "some of the values, in any order" },
	{ "{\"value\":{\"0\":7}," DIMS "}", COLUMNS "1: M|男|2020|~|7|~|~\n",
	    "values first, no class" },
	{ SET("\"value\":{\"0\":7},\"status\":\"p\""),
	    COLUMNS "1: M|男|2020|~|7|p|~\n", "one status for all" },
	{ SET("\"value\":[1,2,3,4],\"status\":[\"a\"]"),
	    COLUMNS "1: M|男|2020|~|1|a|~\n1: M|男|2021|~|2|a|~\n"
		    "1: F|女|2020|~|3|a|~\n1: F|女|2021|~|4|a|~\n",
	    "the same in a list" },
	{ SET("\"value\":{\"1\":1,\"2\":2},\"status\":[\"a\",null,\"c\",\"d\"]"),
	    COLUMNS "1: M|男|2021|~|1|~|~\n1: F|女|2020|~|2|c|~\n"
		    "1: M|男|2020|~|~|a|~\n1: F|女|2021|~|~|d|~\n",
	    "a status for each, without a value too" },
	{ SET("\"value\":[null,1,2,null],\"status\":{\"0\":\":\"}"),
	    COLUMNS "1: M|男|2020|~|~|:|~\n1: M|男|2021|~|1|~|~\n"
		    "1: F|女|2020|~|2|~|~\n1: F|女|2021|~|~|~|~\n",
	    "null with a status and without" },
	{ SET("\"value\":{\"1\":1,\"2\":2},\n\"status\":{\"0\":\":\","
	      "\"2\":\"e\",\"9\":\"x\"}"),
	    COLUMNS "1: M|男|2021|~|1|~|~\n1: F|女|2020|~|2|e|~\n"
		    "2: M|男|2020|~|~|:|~\n",
	    "absent with a status, absent without" },
	{ "{\"error\":null,\"a\":{\"value\":[1],\"dimension\":{\"id\":[\"x\"],"
	  "\"size\":[1],\"x\":{\"category\":{\"index\":{\"k\":0}}}}}}",
	    "1: x|x_name|value|status|unit\n1: k|~|1|~|~\n",
	    "no error, which is said" },
	{ SET("\"value\":{\"1\":1.5e2},\"status\":\"p\""),
	    COLUMNS "1: M|男|2021|~|150|p|~\n",
	    "what is said of all says nothing of what is absent" },
	{ SET("\"status\":{\"2\":\"e\"},\"value\":{\"1\":1,\"2\":2}"),
	    COLUMNS "1: M|男|2021|~|1|~|~\n1: F|女|2020|~|2|e|~\n",
	    "a status for some" },
	{ "{\"class\":\"dataset\",\"id\":[\"m\",\"value\"],\"size\":[2,1],"
	  "\"dimension\":{\"value\":{\"category\":{\"label\":{\"v\":\"V\"}}},"
	  "\"m\":{\"category\":{\"index\":[\"p\",\"r\"],\"unit\":{\"p\":{"
	  "\"label\":\"人\",\"decimals\":0},\"r\":{\"symbol\":\"%\"}}}}},"
	  "\"value\":[5,6]}",
	    "1: m|m_name|value|value_name|status|unit\n1: p|~|5|V|~|人\n"
	    "1: r|~|6|V|~|%\n",
	    "units; a dimension of one category; one called value" },
	{ "{\"class\":\"dataset\",\"id\":[\"m\"],\"size\":[1],\"dimension\":{"
	  "\"m\":{\"category\":{\"unit\":{\"p\":{\"base\":\"people\","
	  "\"multiplier\":3}}}}},\"value\":[5]}",
	    "1: m|m_name|value|status|unit\n1: p|~|5|~|people ×10^3\n",
	    "a unit that is multiplied" },
	{ "{\"a\":{\"label\":\"A\",\"value\":[1],\"dimension\":{\"id\":[\"x\"],"
	  "\"size\":[1],\"x\":{\"category\":{\"index\":{\"k\":0}}}}}}",
	    "1: x|x_name|value|status|unit\n1: k|~|1|~|~\n",
	    "version 1: a bundle of one" },
	{ "{\"version\":\"1.0\",\"a\":{\"value\":[1],\"dimension\":{\"id\":"
	  "[\"x\"],\"size\":[1],\"x\":{\"category\":{\"index\":[\"k\"]}}}},\n"
	  "\"b\":{\"dimension\":{\"id\":[\"y\",\"x\"],\"size\":[1,1],\"x\":{"
	  "\"category\":{\"index\":[\"l\"]}},\"y\":{\"category\":{\"index\":["
	  "\"z\"]}}},\"value\":{\"0\":2}}}",
	    "1: dataset|x|x_name|y|y_name|value|status|unit\n"
	    "1: a|k|~|~|~|1|~|~\n2: b|l|~|z|~|2|~|~\n",
	    "version 1: a bundle of two" },
	{ "{\"class\":\"collection\",\"link\":{\"item\":[{\"class\":\"dataset\""
	  ",\"href\":\"u\"}," SET("\"label\":\"L\",\"value\":{\"0\":1}") ",\n" SET(
	      "\"value\":{\"0\":2}") "]}}",
	    "1: dataset|sex|sex_name|year|year_name|value|status|unit\n"
	    "1: L|M|男|2020|~|1|~|~\n2: 3|M|男|2020|~|2|~|~\n",
	    "a collection, one of which is elsewhere" },
	{ "{\"d\":{\"value\":{\"0\":9,\"1\":8},\"dimension\":{\"id\":[\"a\","
	  "\"b\",\"c\"],\"size\":[2,1],\"a\":{\"category\":{\"index\":{\"q\":0"
	  "}}},\"b\":{\"category\":{\"index\":{\"r\":0,\"s\":1}}},\"c\":{"
	  "\"category\":{\"label\":{\"t\":\"T\"}}}}}}",
	    "1: a|a_name|b|b_name|c|c_name|value|status|unit\n"
	    "1: q|~|r|~|t|T|9|~|~\n1: q|~|s|~|t|T|8|~|~\n",
	    "sizes of one left out" },
};

static const struct shape_case bad[] = {
	{ SET("\n\"value\":[1,2,3]"),
	    "error line 2 column 9: 'value' has 3 values where 'size' says 4\n",
	    "too few values" },
	{ "{\"class\":\"dataset\",\"id\":[\"x\",\"x\"],\"size\":[1,1],"
	  "\"dimension\":{\"x\":{\"category\":{\"index\":[\"k\"]}}},"
	  "\"value\":[1]}",
	    "error line 1 column 30: 'id' names the dimension 'x' twice\n",
	    "a dimension named twice" },
	{ "{\"class\":\"dataset\",\"id\":[\"x\"],\"size\":[1,1],"
	  "\"dimension\":{\"x\":{\"category\":{\"index\":[\"k\"]}}},"
	  "\"value\":[1]}",
	    "error line 1 column 38: 'size' has 2 entries where 'id' names 1 "
	    "dimensions\n",
	    "more sizes than dimensions" },
	{ "{\"version\":\"2.0\",\"class\":\"error\",\"status\":\"404\","
	  "\"label\":\"no such \\u8868\"}",
	    "error the server answers with a JSON-stat error 404: no such 表\n",
	    "an error that says so" },
	{ "{\"error\":[{\"status\":400,\"id\":150,\"label\":\"bad filter\"}]}",
	    "error the server answers with a JSON-stat error 400: bad filter\n",
	    "a list of errors" },
	{ SET("\"value\":[1,2,3,4],\n\"status\":[\"a\",\"b\"]"),
	    "error line 2 column 10: 'status' has 2 entries where 'size' says "
	    "4\n",
	    "too few of status" },
	{ SET("\"value\":{\n\"4\":1}"),
	    COLUMNS "error line 2 column 5: '4' is no place of a value; there "
		    "are 4\n",
	    "a place too far" },
	{ SET("\"value\":{\n\"a\":1}"),
	    COLUMNS "error line 2 column 5: 'a' is no place of a value; there "
		    "are 4\n",
	    "no place" },
	{ "{\"class\":\"dataset\",\"id\":[\"x\"],\"size\":[2],\"value\":[1,2],"
	  "\"dimension\":{\"x\":{\"category\":{\n\"index\":[\"k\"]}}}}",
	    "error line 2 column 9: dimension 'x' has 1 categories where "
	    "'size' says 2\n",
	    "too few categories" },
	{ "{\"class\":\"dataset\",\"id\":[\"x\"],\"size\":[2],\"value\":[1,2],"
	  "\"dimension\":{\"x\":{\"category\":{\"index\":{\"k\":0,\n\"l\":0}}}"
	  "}}",
	    "error line 2 column 5: '0' is no place of its own for category "
	    "'l' of 'x'\n",
	    "two categories in one place" },
	{ "{\"class\":\"dataset\",\"id\":[\"x\"],\"size\":[2],\"value\":[1,2],"
	  "\"dimension\":{\"x\":{\"category\":\n{\"label\":{\"a\":\"A\",\"b\":"
	  "\"B\"}}}}}",
	    "error line 2 column 1: dimension 'x' has no 'index' that says the "
	    "order of its categories\n",
	    "no order" },
	{ "{\"class\":\"dataset\",\"id\":[\n\"y\"],\"size\":[1],\"value\":[1],"
	  "\"dimension\":{\"x\":{}}}",
	    "error line 2 column 1: dimension 'y' is not there\n",
	    "a dimension that is not there" },
	{ "{\"class\":\"dataset\",\"id\":[\"x\"],\"size\":[1],\"value\":[1],"
	  "\"dimension\":{\"x\":\n{}}}",
	    "error line 2 column 1: dimension 'x' has no 'category'\n",
	    "no category" },
	{ "{\"class\":\"dataset\",\"value\":[1],\"dimension\":{}}",
	    "error line 1 column 1: the data set has no 'dimension' with an "
	    "'id' and a 'size'\n",
	    "no id" },
	{ "{\"class\":\"dataset\",\"id\":[\"x\"],\"size\":[\n99999999999],"
	  "\"value\":[],\"dimension\":{\"x\":{\"category\":{\"index\":[]}}}}",
	    "error line 2 column 42: the categories take more than 33554432 "
	    "bytes (LIMIT_JSON_META_BYTES)\n",
	    "a size beyond all limits" },
	{ "{\"class\":\"dataset\",\"id\":[\"x\"],\"size\":[\n\"a\"],\"value\":"
	  "[],\"dimension\":{\"x\":{\"category\":{\"index\":[]}}}}",
	    "error line 2 column 1: a 'size' is no number\n",
	    "a size that is no number" },
	{ "{\"d\":{\"value\":{\"0\":9},\"dimension\":{\"id\":[\"a\",\"b\"],"
	  "\"size\":\n[3],\"a\":{\"category\":{\"index\":{\"q\":0}}},\"b\":{"
	  "\"category\":{\"index\":{\"r\":0,\"s\":1}}}}}}",
	    "error line 2 column 1: 'size' says 3 values where the categories "
	    "give 2\n",
	    "sizes that cannot be guessed" },
	{ "{\"class\":\"collection\",\"link\":{\"item\":[{\"href\":\"u\"}]}}",
	    "error the JSON-stat document has no data set with 'dimension' and "
	    "'value'. HINT: a collection may only name other documents; give "
	    "the URL of one of them\n",
	    "only links" },
	{ SET("\"value\":[1,2,3,4]") "\n{}",
	    "error line 2 column 1: this is no answer of JSON-stat: there is "
	    "no 'dimension' with 'value'. HINT: look at the body; JSON of "
	    "another shape is read by \"format\": \"json\" with \"records\"\n",
	    "something behind it" },
	{ SET("\"value\":[1,2,3,4]") "\n" SET("\"value\":[1,2,3,4]"),
	    "error line 2 column 1: a second document follows the first, where "
	    "one is expected\n",
	    "two documents" },
};

Test(shape_json_stat, each_value_comes_with_its_categories)
{
	shape_expect(FORMAT_JSON_STAT, good, ARRAY_LEN(good));
}

Test(shape_json_stat, what_is_wrong_is_told_with_its_place)
{
	shape_expect(FORMAT_JSON_STAT, bad, ARRAY_LEN(bad));
}

/* What a reader of 10,000 values gets wrong when a place is off by one. */
Test(shape_json_stat, places_are_those_of_a_row_major_table)
{
	CLEANUP(seen_release) struct seen s;
	CLEANUP(buf_release) struct buf b;
	size_t n = 0;

	seen_init(&s);
	buf_init(&b, 1 << 20);
	cr_assert(buf_puts(&b,
	    "{\"class\":\"dataset\",\"id\":[\"a\",\"b\","
	    "\"c\"],\"size\":[3,4,5],\"dimension\":{\"a\":{"
	    "\"category\":{\"index\":[\"0\",\"1\",\"2\"]}},"
	    "\"b\":{\"category\":{\"index\":[\"0\",\"1\","
	    "\"2\",\"3\"]}},\"c\":{\"category\":{\"index\":["
	    "\"0\",\"1\",\"2\",\"3\",\"4\"]}}},\"value\":["));
	for (int i = 0; i < 60; i++)
		cr_assert(buf_printf(&b, "%s\"%d|~|%d|~|%d\"", i > 0 ? "," : "",
		    i / 20, i / 5 % 4, i % 5));
	cr_assert(buf_puts(&b, "]}"));
	shape_run(FORMAT_JSON_STAT, buf_slice(&b), 11, &s);
	for (char *p = strchr(s.text.ptr, '\n') + 1; *p != '\0' && n < 60;
	     n++) {
		char *end = strchr(p, '\n');
		const char *codes = p + 3, *value = codes + 12;

		cr_expect(strncmp(codes, value, 11) == 0, "row %zu: %.*s", n,
		    (int)(end - p), p);
		p = end + 1;
	}
	cr_expect_eq(n, 60);
}
