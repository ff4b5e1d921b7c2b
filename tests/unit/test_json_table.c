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
	    "1: code|value\n1: 202037|72.70\n2: 202011|-1500\n",
	    "members in any order, numbers as written" },
	{ "$[*]", { "v" },
	    "[{\"v\":1e3},{\"v\":1.0E-2},{\"v\":2.5e+3},{\"v\":-12.50e1},"
	    "{\"v\":1e0},{\"v\":0.00120e2},{\"v\":-0.5E-1},{\"v\":0e9},"
	    "{\"v\":9007199254740993.0e1},{\"v\":\"1e3\"},"
	    "{\"v\":1e1000}]",
	    "1: v\n1: 1000\n1: 0.010\n1: 2500\n1: -125.0\n1: 1\n1: 0.120\n"
	    "1: -0.05\n1: 0\n1: 90071992547409930\n1: 1e3\n1: 1e1000\n",
	    "exponents are exact; a text is a text, a monster what it is" },
	{ "$.d[*]", { "$.v", "x" }, "{\"v\":2.4e1,\"d\":[{\"x\":1}]}",
	    "1: $.v|x\n1: 24|1\n", "an exponent in a column from the root" },
	{ "$[*]", { "a", "b" },
	    "[{\"b\":1,\"a\":[1,{\"b\":3}]},\n{\"a\":{\"a\":{}},\"b\":[2]},"
	    "{\"a\":1,\"b\":2}]",
	    "1: a|b\nbad 1.13 [[..]] 'a' is an array where one value is "
	    "expected\nbad 2.6 [{..}] 'a' is an object where one value is "
	    "expected\n2: 1|2\n",
	    "a record with a list or object for a value is none" },
	{ "$[*]", { "@value" }, "[1,\n  {\"x\":[]},3]",
	    "1: @value\n1: 1\nbad 2.3 [{..}] '@value' is an object where one "
	    "value is expected\n2: 3\n",
	    "a record that is no value" },
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
	{ "$.result.data[*].data[*]", { "$.result.data[*].label", "y", "v" },
	    "{\"result\":{\"data\":[{\"label\":\"総人口\",\"data\":["
	    "{\"y\":1980,\"v\":12},{\"y\":1985,\"v\":13}]},\n"
	    "{\"data\":[{\"y\":1980,\"v\":2}]},{\"label\":\"老年\","
	    "\"data\":{\"y\":1980,\"v\":1}}]}}",
	    "1: $.result.data[*].label|y|v\n1: 総人口|1980|12\n"
	    "1: 総人口|1985|13\n2: ~|1980|2\n2: 老年|1980|1\n",
	    "what a record lies in, and nothing of its neighbour" },
	{ "$.*.rows[*]", { "$.*.name", "x" },
	    "{\"a\":{\"name\":\"A\",\"rows\":[{\"x\":1}]},"
	    "\"b\":{\"name\":\"B\",\"rows\":[{\"x\":2}]}}",
	    "1: $.*.name|x\n1: A|1\n1: B|2\n", "members that hold lists" },
	{ "$", { "p", "n" }, "{\"p\":\"13\",\"n\":1}\n{\"p\":\"14\"}\n",
	    "1: p|n\n1: 13|1\n2: 14|~\n", "a document a line" },
	{ "$[*]", { "$.meta", "x" }, "[{\"x\":1}]\n[{\"x\":2}]",
	    "1: $.meta|x\n1: ~|1\n2: ~|2\n", "lists one behind the other" },
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
	{ "$.d[*].r[*]", { "$.d[*].n", "x" },
	    "{\"d\":[{\"n\":1,\"r\":[{\"x\":1}]},{\"r\":[{\"x\":2}],\"n\":2}]}",
	    "1: $.d[*].n|x\n1: 1|1\n1: ~|2\n"
	    "error line 1 column 48: '$.d[*].n' stands behind the first record, "
	    "too late for it\n",
	    "what the records lie in comes behind them" },
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
	{ "$.d[*]", { "$.n", "x" }, "{\"n\":[1],\"d\":[{\"x\":1}]}",
	    "1: $.n|x\nerror line 1 column 6: '$.n' is an array where one "
	    "value is expected\n",
	    "a list in a column from the root" },
	{ "$.d[*]", { "$.n", "x" }, "{\"n\":{},\"d\":[{\"x\":1}]}",
	    "1: $.n|x\nerror line 1 column 6: '$.n' is an object where one "
	    "value is expected\n",
	    "an object in a column from the root" },
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
	    "more than one value. HINT: only the path of the records has a *, "
	    "or a path from the root that begins like it\n",
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

/* Members that no column names, each told once and where it stood first. */
Test(json_table, unspoken_members)
{
	static const struct json_case table[] = {
		{ "$.d[*]", { "a", "b.c" },
		    "{\"m\":1,\"d\":[{\"a\":1,\"x\":2},\n"
		    "{\"y\":{\"z\":1},\"b\":{\"c\":1,\"e\":2},\"x\":3}]}",
		    "1: a|b.c\nextra 1.20 x\n1: 1|~\nextra 2.2 y\n"
		    "extra 2.25 b.e\n2: ~|1\n",
		    "of records only, in objects that are read" },
		{ "$[*]", { "a" },
		    "[{\"a\":1,\"@t\":1,\"p.q\":2,\"it's[1]\":3,\"\":4}]",
		    "1: a\nextra 1.9 ['@t']\nextra 1.16 ['p.q']\n"
		    "extra 1.24 [\"it's[1]\"]\nextra 1.36 ['']\n1: 1\n",
		    "as a contract writes them" },
		{ "$[*]", { "[0].a" }, "[[{\"a\":1,\"b\":2},{\"c\":3}]]",
		    "1: [0].a\nextra 1.10 [0].b\n1: 1\n", "in a list" },
		{ "$[*]", { "a" }, "[{\"a\":{\"b\":1}}]",
		    "1: a\nbad 1.7 [{..}] 'a' is an object where one value is "
		    "expected\n",
		    "not in what should be a value" },
		{ "$[*]", { "a" }, "[{\"z\":1,\"z\":2,\"a\":3}]",
		    "1: a\nextra 1.3 z\n1: 3\n", "twice in a record" },
		{ "$.g[*].r[*]", { "$.g[*].n", "x" },
		    "{\"g\":[{\"n\":1,\"o\":2,\"r\":[{\"x\":1,\"u\":0}]}]}",
		    "1: $.g[*].n|x\nextra 1.32 u\n1: 1|1\n",
		    "not what the record lies in" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(seen_release) struct seen s;

		seen_init(&s);
		s.extras = true;
		json_read(table[i].records, table[i].columns,
		    slice_of(table[i].in), 7, 5, &s);
		cr_expect_str_eq(seen_text(&s), table[i].want,
		    "row %zu (%s): got\n%s", i, table[i].why, seen_text(&s));
	}
}

Test(json_table, unspoken_members_are_told_to_a_hundred)
{
	static const char *const columns[COLUMNS_MAX] = { "a" };
	CLEANUP(seen_release) struct seen s;
	CLEANUP(buf_release) struct buf in;
	size_t told = 0;

	seen_init(&s);
	s.extras = true;
	buf_init(&in, 1 << 20);
	cr_assert(buf_puts(&in, "[{\"a\":1"));
	for (int i = 0; i < 150; i++)
		cr_assert(buf_printf(&in, ",\"m%d\":%d", i, i));
	cr_assert(buf_puts(&in, "}]"));
	json_read("$[*]", columns, buf_slice(&in), in.len, 1, &s);
	for (const char *p = seen_text(&s); p != NULL;
	     p = strstr(p + 1, "extra "))
		told++;
	cr_expect_eq(told - 1, 100, "told %zu", told - 1);
	cr_expect_not_null(strstr(seen_text(&s), "1: 1\n"));
}

/* What was written stays known beside the digits. */
static bool
raw_seen(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct buf *b = ctx;
	struct slice raw = cell_raw(&row->cells[0]);

	(void)err;
	return buf_put(b, raw.ptr, raw.len) && buf_puts(b, "\n");
}

Test(json_table, an_exponent_stays_in_raw)
{
	static const char *const columns[] = { "v" };
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(buf_release) struct buf b;
	struct row_sink sink = { .ctx = &b, .row = raw_seen };
	struct json_table *p = NULL;
	struct kpid_err err = { 0 };

	buf_init(&b, 1000);
	cr_assert(json_table_new("$[*]", columns, 1, &mem, &p, &err));
	cr_expect(json_table_push(p, slice_of("[{\"v\":2.50e+3},{\"v\":7}]"),
	    true, &sink, &err));
	json_table_free(p);
	cr_assert(buf_put(&b, "", 1));
	cr_expect_str_eq(b.ptr, "v\n2.50e+3\n7\n", "got %s", b.ptr);
}
