/* rooms: base decode parse */
#include "../support/shape_run.h"

#include "kpid/limits.h"

#define ESTAT "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":0}}}"
#define CKAN  "{\"success\":true,\"result\":{\"records\":[]}}"
#define STAT1 "{\"x\":{\"dimension\":{},\"value\":[1]}}"
#define STAT2 "{\"class\":\"dataset\",\"value\":[1]}"
#define SDMX1 "{\"header\":{},\"structure\":{},\"dataSets\":[]}"
#define SDMX2 "{\"meta\":{},\"data\":{\"dataSets\":[]}}"
#define BANK  "[{\"page\":1},[]]"

static void
expect_error(enum feed_format format, const char *in, const char *want,
    const char *why)
{
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	shape_run(format, slice_of(in), 1 << 20, &s);
	cr_expect_not_null(strstr(seen_text(&s), want), "(%s): got %s", why,
	    seen_text(&s));
}

Test(shape, another_shape_is_refused_by_its_name)
{
	static const struct {
		enum feed_format format;
		const char *in, *want, *why;
	} table[] = {
		{ FORMAT_CKAN, ESTAT,
		    "error this is e-Stat (getStatsData), where CKAN "
		    "(datastore_search) is expected. HINT: say \"format\": "
		    "\"estat\"\n",
		    "e-Stat" },
		{ FORMAT_ESTAT, CKAN, "say \"format\": \"ckan\"", "CKAN" },
		{ FORMAT_ESTAT, STAT1, "say \"format\": \"json-stat\"",
		    "JSON-stat 1" },
		{ FORMAT_WORLD_BANK, STAT2, "say \"format\": \"json-stat\"",
		    "JSON-stat 2" },
		{ FORMAT_JSON_STAT, SDMX1, "say \"format\": \"sdmx-json\"",
		    "SDMX-JSON 1" },
		{ FORMAT_CKAN, SDMX2, "say \"format\": \"sdmx-json\"",
		    "SDMX-JSON 2" },
		{ FORMAT_SDMX_JSON, BANK, "say \"format\": \"world-bank\"",
		    "World Bank" },
		{ FORMAT_ESTAT, "{\"data\":[1]}",
		    "error line 1 column 1: this is no answer of e-Stat "
		    "(getStatsData): there is no 'GET_STATS_DATA'. HINT: look "
		    "at the body; JSON of another shape is read by \"format\": "
		    "\"json\" with \"records\"\n",
		    "any object" },
		{ FORMAT_SDMX_JSON, "[1,2]", "there is no 'dataSets' with",
		    "any list" },
		{ FORMAT_JSON_STAT, "7", "there is no 'dimension' with",
		    "a number" },
		{ FORMAT_CKAN, "<html>", "line 1: this is not JSON", "a page" },
		{ FORMAT_CSV, "[]", "is no JSON shape", "no shape at all" },
		{ FORMAT_XLSX, "[]", "is no JSON shape", "nor is this" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		expect_error(table[i].format, table[i].in, table[i].want,
		    table[i].why);
}

/* head, n times unit, tail. */
static void
long_put(struct buf *b, const char *head, const char *unit, size_t n,
    const char *tail)
{
	cr_assert(buf_puts(b, head));
	for (size_t i = 0; i < n; i++)
		cr_assert(buf_puts(b, unit));
	cr_assert(buf_puts(b, tail));
}

Test(shape, limits_are_errors_that_name_them)
{
	static const struct {
		enum feed_format format;
		const char *head, *unit;
		size_t n;
		const char *tail, *want, *why;
	} table[] = {
		{ FORMAT_ESTAT, "{\"x\":", "[", LIMIT_JSON_DEPTH, "",
		    "nested deeper than 64 (LIMIT_JSON_DEPTH)", "deep" },
		{ FORMAT_ESTAT, "{\"GET_STATS_DATA\":{\"a\":\"", "x",
		    LIMIT_CELL_BYTES + 1, "\"}}", "(LIMIT_CELL_BYTES)",
		    "a long text" },
		{ FORMAT_ESTAT, "{\"GET_STATS_DATA\":{\"a\":[", "\"xy\",",
		    500000, "1]}}", "(LIMIT_JSON_META_BYTES)",
		    "too much to explain" },
		{ FORMAT_ESTAT, "{\"success\":true,\"result\":{\"records\":[",
		    "\"xy\",", 500000, "1]}}", "say \"format\": \"ckan\"",
		    "too much, of another format" },
		{ FORMAT_CKAN, "{\"success\":true,\"result\":{\"records\":[[",
		    "\"xy\",", 500000, "1]]}}", "(LIMIT_JSON_META_BYTES)",
		    "a long record" },
		{ FORMAT_CKAN, "{\"success\":true,\"result\":{\"fields\":[",
		    "{\"id\":\"a\"},", 20000,
		    "{\"id\":\"b\"}],\"records\":[{\"a\":1}]}}", "1: a|b\n",
		    "a column many times is one" },
		{ FORMAT_CKAN,
		    "{\"success\":true,\"result\":{\"records\":["
		    "{\"a\":1}",
		    " ", 7 * LIMIT_CELL_BYTES, "]}}", "1: a\n1: 1\n",
		    "blanks are no text" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(seen_release) struct seen s;
		CLEANUP(buf_release) struct buf b;

		seen_init(&s);
		buf_init(&b, 64 << 20);
		long_put(&b, table[i].head, table[i].unit, table[i].n,
		    table[i].tail);
		shape_run(table[i].format, buf_slice(&b), CHUNK_BYTES, &s);
		cr_expect_not_null(strstr(seen_text(&s), table[i].want),
		    "row %zu (%s): got %.300s", i, table[i].why, seen_text(&s));
	}
}

Test(shape, too_many_columns_are_refused)
{
	CLEANUP(seen_release) struct seen s;
	CLEANUP(buf_release) struct buf b;

	seen_init(&s);
	buf_init(&b, 64 << 20);
	cr_assert(buf_puts(&b, "{\"success\":true,\"result\":{\"records\":[{"));
	for (int i = 0; i <= LIMIT_ROW_CELLS; i++)
		cr_assert(buf_printf(&b, "\"c%d\":%d,", i, i));
	cr_assert(buf_puts(&b, "\"z\":1}]}}"));
	shape_run(FORMAT_CKAN, buf_slice(&b), CHUNK_BYTES, &s);
	cr_expect_not_null(strstr(seen_text(&s), "(LIMIT_ROW_CELLS)"), "%.300s",
	    seen_text(&s));
}

/* A source that fails, and one that has less to say the second time. */
static bool
read_failing(void *ctx, const struct text_sink *to, struct kpid_err *err)
{
	int *times = ctx;

	if (++*times == 2)
		return err_set(err, KPID_ESPOOL, "gone");
	return to->text(to->ctx,
	    slice_of("{\"success\":true,\"result\":{\"records\":[{\"a\":1}]}}"),
	    err);
}

Test(shape, a_text_that_cannot_be_read_again_is_an_error)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(seen_release) struct seen s;
	struct kpid_err err = { 0 };
	int times = 0;
	const struct text_source source = { &times, read_failing };

	seen_init(&s);
	const struct row_sink sink = seen_sink(&s);

	cr_expect(!shape_read(FORMAT_CKAN, &source, &sink, &mem, &err));
	cr_expect_str_eq(err.msg, "gone");
	cr_expect_str_eq(seen_text(&s), "1: a\n");
}

/* Whoever explains a value finds its cell again by line and column: no other
 * cell of the row may stand there. */
static bool
check_places(void *ctx, const struct row *row, struct kpid_err *err)
{
	size_t *rows = ctx, at = row->n;

	(void)err;
	if ((*rows)++ == 0)
		return true;
	for (size_t i = 0; i < row->n; i++)
		if (slice_is(row->cells[i].text, "42.50"))
			at = i;
	cr_assert_lt(at, row->n);
	for (size_t i = 0; i < row->n; i++)
		cr_expect(i == at || row->cells[i].line != row->cells[at].line
			|| row->cells[i].column != row->cells[at].column,
		    "cell %zu stands where the value, cell %zu, does", i, at);
	return true;
}

Test(shape, the_value_stands_alone_in_its_place)
{
	static const struct {
		enum feed_format format;
		const char *in;
	} table[] = {
		{ FORMAT_JSON_STAT,
		    "{\"class\":\"dataset\",\"value\":[42.50],\"id\":[\"x\"],"
		    "\"size\":[1],\"dimension\":{\"x\":{\"category\":{"
		    "\"index\":[\"k\"]}}}}" },
		{ FORMAT_JSON_STAT,
		    "{\"class\":\"dataset\",\"value\":{\"0\":42.50},\"id\":["
		    "\"x\"],\"size\":[1],\"dimension\":{\"x\":{\"category\":{"
		    "\"index\":[\"k\"]}}}}" },
		{ FORMAT_SDMX_JSON,
		    "{\"dataSets\":[{\"observations\":{\"0\":[42.50]}}],"
		    "\"structure\":{\"dimensions\":{\"observation\":[{\"id\":"
		    "\"T\",\"values\":[{\"id\":\"2020\"}]}]},\"attributes\":{"
		    "\"observation\":[{\"id\":\"S\"}]}}}" },
		{ FORMAT_SDMX_JSON,
		    "{\"dataSets\":[{\"observations\":{\"0\":42.50}}],"
		    "\"structure\":{\"dimensions\":{\"observation\":[{\"id\":"
		    "\"T\",\"values\":[{\"id\":\"2020\"}]}]}}}" },
		{ FORMAT_CKAN,
		    "{\"success\":true,\"result\":{\"fields\":[{\"id\":\"a\"},{"
		    "\"id\":\"b\"}],\"records\":[{\"b\":42.50}]}}" },
		{ FORMAT_ESTAT,
		    "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":0},"
		    "\"STATISTICAL_DATA\":{\"DATA_INF\":{\"VALUE\":[{\"@tab\":"
		    "\"1\",\"$\":\"42.50\"}]}}}}" },
		{ FORMAT_WORLD_BANK,
		    "[{\"page\":1},[{\"date\":\"2020\",\"value\":42.50}]]" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct shape_text text = { slice_of(table[i].in), 7 };
		const struct text_source source = { &text, shape_text_read };
		struct kpid_err err = { 0 };
		size_t rows = 0;
		const struct row_sink sink = { .ctx = &rows,
			.row = check_places };

		cr_assert(shape_read(table[i].format, &source, &sink, &mem,
			      &err),
		    "row %zu: %s", i, err.msg);
		cr_expect_eq(rows, 2, "row %zu", i);
	}
}
