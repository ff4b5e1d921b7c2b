/* rooms: base decode parse */
#include "../support/json_read.h"

#include "kpid/limits.h"

struct json_case {
	const char *records, *columns[COLUMNS_MAX], *in, *want, *why;
};

static const struct json_case good[] = {
	{ "$.data[*]", { "code", "value" },
	    "{\"data\":[{\"code\":\"202037\",\"value\":72.70},\n"
	    " {\"value\":-1.5E+3,\"code\":\"202011\",\"other\":[{}]}]}",
	    "1: code|value\n1: 202037|72.70\n2: 202011|-1.5E+3\n",
	    "members in any order, numbers as written" },
	{ "$.data[*]", { "v" },
	    "{\"data\":[{\"v\":123456789.123456789012345},"
	    "{\"v\":12345678901234567890123}]}",
	    "1: v\n1: 123456789.123456789012345\n1: 12345678901234567890123\n",
	    "no digit is lost" },
	{ "$[*]", { "a", "b", "c" },
	    "[{\"a\":null,\"b\":true},{\"c\":false},{}]",
	    "1: a|b|c\n1: ~|true|~\n1: ~|~|false\n1: ~|~|~\n",
	    "null and absent are null" },
	{ "$.*", { "@key", "[0]", "[2]", "@index" },
	    "{\"13101\":[1,2,3],\n\"13102\":[4,5],\"x\":7}",
	    "1: @key|[0]|[2]|@index\n1: 13101|1|3|0\n2: 13102|4|~|1\n"
	    "2: x|~|~|2\n",
	    "members are records" },
	{ "$.value.*", { "@key", "@value" },
	    "{\"value\":{\"0\":195074,\"3\":null}}",
	    "1: @key|@value\n1: 0|195074\n1: 3|~\n", "sparse values" },
	{ "$.value[*]", { "@index", "@value", "@key" },
	    "{\"value\":[1.0,\"…\",null]}",
	    "1: @index|@value|@key\n1: 0|1.0|~\n1: 1|…|~\n1: 2|~|~\n",
	    "a list of values" },
	{ "$.a['b c'][*].rows[*]", { "x", "@index" },
	    "{\"a\":{\"b c\":[{\"rows\":[{\"x\":1},{\"x\":2}]},{\"n\":0},"
	    "{\"rows\":[{\"x\":3}]}]}}",
	    "1: x|@index\n1: 1|0\n1: 2|1\n1: 3|0\n", "a list in a list" },
	{ "$", { "a.b", "a.c[1]" }, "{\"a\":{\"b\":1,\"c\":[2,3]}}",
	    "1: a.b|a.c[1]\n1: 1|3\n", "the document is the record" },
	{ "$.d[*]", { "$.meta.date", "x", "$.n[1]" },
	    "{\"meta\":{\"date\":\"2024-04\"},\"n\":[5,6],"
	    "\"d\":[{\"x\":1},{\"x\":2}]}",
	    "1: $.meta.date|x|$.n[1]\n1: 2024-04|1|6\n1: 2024-04|2|6\n",
	    "columns from the root" },
	{ "$.VALUE[*]", { "['@time']", "['$']" },
	    "{\"VALUE\":{\"@time\":\"2020000000\",\"$\":\"19.0\"}}",
	    "1: ['@time']|['$']\n1: 2020000000|19.0\n",
	    "one record without its list" },
	{ "$.d[*]", { "x" }, "{\"d\":[]}", "1: x\n", "an empty list" },
	{ "$.d[*]", { "x" }, "{\"d\":null}", "1: x\n", "null for a list" },
	{ "$.d.*", { "x" }, "{\"d\":{}}", "1: x\n", "an empty object" },
	{ "$[*]", { "a", "b", "a" }, "[{\"a\":1,\"b\":2}]",
	    "1: a|b|a\n1: 1|2|1\n", "the same path twice" },
	{ "$[*]", { "t" },
	    "[{\"t\":\"a\\\"b\\\\\\n\\u5e74\\ud83d\\ude00"
	    "\\/\"}]",
	    "1: t\n1: a\"b\\\\n年😀/\n", "escapes" },
	{ "$[*]", { "年" }, "[{\"\\u5e74\":1},{\"年\":2}]",
	    "1: 年\n1: 1\n1: 2\n", "escapes in a name" },
	{ "$[*]", { "a" }, "[{\"z\":1,\"z\":2,\"a\":3}]", "1: a\n1: 3\n",
	    "a member twice that nobody asked for" },
	{ "$", { "@value" }, " 42 ", "1: @value\n1: 42\n", "a number alone" },
	{ "$", { "@value" }, "42", "1: @value\n1: 42\n", "to the very end" },
	{ "$[*][0]", { "@value" }, "[[1,2],[3],[]]", "1: @value\n1: 1\n1: 3\n",
	    "the first of each" },
};

static const struct json_case bad[] = {
	{ "$.data[*]", { "a" }, "{\"data\":[{\"a\":1},\n{\"a\":",
	    "1: a\n1: 1\n"
	    "error line 2: the JSON document ends early; the body was probably "
	    "cut short\n",
	    "cut inside a record" },
	{ "$", { "a" }, "",
	    "1: a\nerror line 1: the JSON document ends early;"
	    " the body was probably cut short\n",
	    "empty" },
	{ "$", { "a" }, "{\"a\":tru",
	    "1: a\nerror line 1: the JSON document "
	    "ends early; the body was probably cut short\n",
	    "cut in a word" },
	{ "$[*]", { "a" }, "[{\"a\":1}\n,\n{\"a\" 2}]",
	    "1: a\n1: 1\nerror "
	    "line 3: this is not JSON: parse error: object key and value must "
	    "be separated by a colon (':')\n",
	    "a colon is missing" },
	{ "$[*]", { "a" }, "[1]\n[2]",
	    "1: a\n1: ~\nerror line 2: this is not "
	    "JSON: parse error: trailing garbage\n",
	    "two documents" },
	{ "$[*]", { "a" }, "[{\"a\":1,\n \"a\":2}]",
	    "1: a\nerror line 2 "
	    "column 2: the object has the member 'a' twice\n",
	    "a member twice" },
	{ "$.d[*]", { "a" }, "{\"d\":[{\"a\":1}],\n\"d\":[]}",
	    "1: a\n1: 1\n"
	    "error line 2 column 1: the object has the member 'd' twice\n",
	    "the list twice" },
	{ "$[*]", { "a.b", "a.c" }, "[{\"a\":{\"b\":1},\"a\":{\"c\":1}}]",
	    "1: a.b|a.c\nerror line 1 column 15: the object has the member 'a' "
	    "twice\n",
	    "a member twice on the way" },
	{ "$[*]", { "a" }, "[{\"a\":[1]}]",
	    "1: a\nerror line 1 column 7: 'a' "
	    "is an array where one value is expected\n",
	    "array" },
	{ "$[*]", { "a" }, "[{\"a\":{}}]",
	    "1: a\nerror line 1 column 7: 'a' "
	    "is an object where one value is expected\n",
	    "object" },
	{ "$[*]", { "@value" }, "[1,\n  {}]",
	    "1: @value\n1: 1\nerror line 2 "
	    "column 3: the record is an object, where '@value' expects one "
	    "value\n",
	    "a record that is no value" },
	{ "$.d[*]", { "$.n" }, "{\"d\":[{\"x\":1}],\"n\":2}",
	    "1: $.n\n1: ~\n"
	    "error line 1 column 20: '$.n' stands behind the first record, too "
	    "late for it\n",
	    "a root column too late" },
	{ "$.data[*]", { "a" }, "{\"success\":false}",
	    "1: a\nerror the JSON "
	    "document has nothing at '$.data[*]', where the records are "
	    "expected. HINT: look at the body; it may be an error message\n",
	    "no records" },
	{ "$.*", { "a" }, "[]",
	    "1: a\nerror the JSON document has nothing at "
	    "'$.*', where the records are expected. HINT: look at the body; it "
	    "may be an error message\n",
	    "a list where members are expected" },
	{ "$[*]", { "a" }, "[{\"a\":1},\n{\"b\":\"x\\u0000\"}]",
	    "1: a\n1: 1\n"
	    "error line 2 column 6: the escape \\u0000 is no text\n",
	    "NUL" },
	{ "$[*]", { "a" }, "[\n\"\\ud800\"]",
	    "1: a\nerror line 2 column 1: an "
	    "escape is half of a surrogate pair\n",
	    "an upper half" },
	{ "$[*]", { "a" }, "[\"\\ud800\\n\"]",
	    "1: a\nerror line 1 column 2: "
	    "an escape is half of a surrogate pair\n",
	    "an upper half and another escape" },
	{ "$[*]", { "a" }, "[\"\\uDC00\"]",
	    "1: a\nerror line 1 column 2: an "
	    "escape is half of a surrogate pair\n",
	    "a lower half" },
	{ "$[*]", { "a" }, "[\"\\ud800\\ud800\"]",
	    "1: a\nerror line 1 column "
	    "2: an escape is half of a surrogate pair\n",
	    "two upper halves" },
	{ "data[*]", { "a" }, "{}",
	    "error the path 'data[*]' of the records "
	    "does not begin with '$'\n",
	    "records not from the root" },
	{ "$[*]", { "a[*]" }, "{}",
	    "error the path 'a[*]' of a column names "
	    "more than one value. HINT: only the path of the records has a *\n",
	    "a column of many" },
};

static void
expect_rows(const struct json_case *c, size_t first, size_t size)
{
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	json_read(c->records, c->columns, slice_of(c->in), first, size, &s);
	cr_expect_str_eq(seen_text(&s), c->want,
	    "(%s) cut at %zu and every "
	    "%zu: got\n%s",
	    c->why, first, size, seen_text(&s));
}

static void
expect_rows_of_every_cut(const struct json_case *c)
{
	size_t len = strlen(c->in);

	for (size_t first = 0; first <= len; first++) {
		expect_rows(c, first, 1);
		expect_rows(c, first, 7);
		expect_rows(c, first, len + 1);
	}
}

Test(json_table, documents_give_their_rows_however_cut)
{
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		expect_rows_of_every_cut(&good[i]);
}

Test(json_table, what_is_wrong_is_told_with_its_place_however_cut)
{
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		expect_rows_of_every_cut(&bad[i]);
}

Test(json_table, cells_know_their_places_however_cut)
{
	static const char *const columns[COLUMNS_MAX] = {
		"a",
		"b",
		"@key",
		"$.m",
	};
	struct slice in = slice_of(
	    "{ \"m\" : 1,\r\n \"d\" : {\r\n"
	    "  \"k\" : { \"x\":[] , \"b\" :\n\t\"\\u5e74\", \"a\":  -7.50 },\r"
	    "\"l\":{\"b\":null}}}");

	for (size_t first = 0; first <= in.len; first++) {
		CLEANUP(seen_release) struct seen s;

		seen_init(&s);
		s.places = true;
		json_read("$.d.*", columns, in, first, 1 + first % 9, &s);
		cr_expect_str_eq(seen_text(&s),
		    "1: a@1.1|b@1.2|@key@1.3|$.m@1.4\n"
		    "3: -7.50@4.18|年@4.2|k@3.9|1@1.9\n"
		    "5: ~@5.5|~@5.10|l@5.5|1@1.9\n",
		    "cut at %zu: got\n%s", first, seen_text(&s));
	}
}

static const char *const column_a[COLUMNS_MAX] = { "a" };

/* head, n times unit, tail; read in pieces of a chunk. */
static void
read_long(const char *head, const char *unit, size_t n, const char *tail,
    struct seen *s)
{
	CLEANUP(buf_release) struct buf b;

	buf_init(&b, 64 << 20);
	cr_assert(buf_puts(&b, head));
	for (size_t i = 0; i < n; i++)
		cr_assert(buf_puts(&b, unit));
	cr_assert(buf_puts(&b, tail));
	json_read("$[*]", column_a, buf_slice(&b), CHUNK_BYTES, CHUNK_BYTES, s);
}

Test(json_table, limits_are_errors_that_name_them)
{
	static const struct {
		const char *head, *unit;
		size_t n;
		const char *tail, *want, *why;
	} table[] = {
		{ "[{\"b\":", "[", LIMIT_JSON_DEPTH - 1, "",
		    "nested deeper "
		    "than 64 (LIMIT_JSON_DEPTH)",
		    "deep arrays" },
		{ "[", "{\"b\":", LIMIT_JSON_DEPTH, "",
		    "nested deeper "
		    "than 64 (LIMIT_JSON_DEPTH)",
		    "deep objects" },
		{ "[{\"a\":\"", "x", LIMIT_CELL_BYTES, "\"}]", NULL,
		    "a text of the limit" },
		{ "[{\"a\":\"", "x", LIMIT_CELL_BYTES + 1, "\"}]",
		    "'a' is longer than 1048576 bytes (LIMIT_CELL_BYTES)",
		    "a text over it" },
		{ "[{\"b\":\"", "x", 6 * LIMIT_CELL_BYTES, "\"}]",
		    "(LIMIT_CELL_BYTES, escapes counted)",
		    "a text that nobody asked for" },
		{ "[{\"a\":", "1", LIMIT_CELL_BYTES + 1, "}]", "'a' is longer",
		    "a number" },
		{ "[", "{\"a\":\"0123456789abcdef\"},", 100000, "{}]", NULL,
		    "many records" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(seen_release) struct seen s;
		const char *error;

		seen_init(&s);
		read_long(table[i].head, table[i].unit, table[i].n,
		    table[i].tail, &s);
		error = strstr(seen_text(&s), "error ");
		cr_expect(table[i].want == NULL
			? error == NULL
			: error != NULL && strstr(error, table[i].want) != NULL,
		    "row %zu (%s): got %s", i, table[i].why, error);
	}
}

Test(json_table, the_error_of_the_sink_stops_the_parser)
{
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	s.stop_after = 2;
	json_read("$[*]", column_a, slice_of("[{\"a\":1},{},{},{}]"), 99, 99,
	    &s);
	cr_expect_str_eq(seen_text(&s), "1: a\n1: 1\n1: error enough\n",
	    "got\n%s", seen_text(&s));
}
