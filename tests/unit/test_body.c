/* rooms: base config decode parse layout normalise body */
/* One file from end to end, as load, preview and explain read it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "kpid/body.h"

static const struct indicator indicators[] = {
	{ .code = "cards", .name_ja = "交付枚数" },
	{ .code = "people", .name_ja = "人口" },
};

static const struct contract_value values[] = {
	{ .column = "枚数", .indicator = "cards" },
	{ .column = "人口", .indicator = "people" },
};

static const struct contract csv = { .format = FORMAT_CSV,
	.encoding = "auto",
	.delimiter = ',',
	.quote = '"',
	.values = values,
	.n_values = 2,
	.period = { .column = "年月" },
	.period_as = PERIOD_AS_MONTH };
static const struct contract json = { .format = FORMAT_JSON,
	.records = "$.d[*]",
	.values = values,
	.n_values = 2,
	.period = { .column = "年月" },
	.period_as = PERIOD_AS_MONTH };

static const struct contract xlsx = { .format = FORMAT_XLSX,
	.values = values,
	.n_values = 2,
	.period = { .column = "年月" } };

struct rig {
	struct config cfg;
	struct feed feed;
	struct body body;
	FILE *file;
	struct arena mem;
	struct buf told;
	uint64_t read;
	struct kpid_err err;
};

static void
rig_open(struct rig *r, const struct contract *contract, struct slice text)
{
	*r = (struct rig){ .cfg = { .organization = "202037",
			       .indicators = indicators,
			       .n_indicators = 2 },
		.feed = { .name = "a",
		    .file = "feeds/a.json",
		    .url = "https://example.jp/d/h29_08.csv?x=1",
		    .contracts = contract,
		    .n_contracts = 1 },
		.file = tmpfile() };
	cr_assert(r->file != NULL);
	cr_assert(fwrite(text.ptr, 1, text.len, r->file) == text.len);
	cr_assert(fflush(r->file) == 0);
	r->body = (struct body){
		.cfg = &r->cfg, .feed = &r->feed, .fd = fileno(r->file)
	};
	buf_init(&r->told, 1 << 20);
}

static void
rig_free(struct rig *r)
{
	(void)fclose(r->file);
	buf_release(&r->told);
	arena_release(&r->mem);
}

static bool
tell_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct rig *r = ctx;
	char period[PERIOD_TEXT_MAX];

	(void)err;
	(void)period_text(o->period, period);
	cr_assert(buf_printf(&r->told, "%s %s %.*s; ", o->series->indicator,
	    period, slice_width(o->value), o->value.ptr));
	return true;
}

static bool
tell_reject(void *ctx, const struct reject *j, struct kpid_err *err)
{
	struct rig *r = ctx;

	(void)err;
	cr_assert(buf_printf(&r->told, "reject %u:%u %.*s; ", j->line,
	    j->column, slice_width(j->raw), j->raw.ptr));
	return true;
}

static bool
tell_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	struct rig *r = ctx;

	(void)err;
	cr_assert(buf_printf(&r->told, "%s; ", f->kind));
	return true;
}

static bool
rig_read(struct rig *r)
{
	const struct observation_sink out = { r, tell_observation, tell_reject,
		tell_finding };

	return body_read(&r->body, &out, &r->mem, &r->read, &r->err);
}

Test(body, csv_and_json_say_the_same)
{
	static const struct {
		const struct contract *contract;
		const char *text, *want;
		uint64_t read;
		const char *why;
	} rows[] = {
		{ &csv, "年月,枚数,人口\nR6.5,３,\"1,234\"\n2024-06,4,5\n",
		    "cards 2024-05 3; people 2024-05 1234; "
		    "cards 2024-06 4; people 2024-06 5; ",
		    4, "CSV" },
		{ &json,
		    "{\"d\":[{\"年月\":\"R6.5\",\"枚数\":3,"
		    "\"人口\":\"1,234\"}]}",
		    "cards 2024-05 3; people 2024-05 1234; ", 2, "JSON" },
		{ &csv, "年月,枚数,人口\r\n2024-05,x,5\r\n",
		    "unknown_mark; reject 2:2 x; people 2024-05 5; ", 2,
		    "a reject is counted as read" },
		{ &csv,
		    "\xef\xbb\xbf"
		    "年月,枚数,人口\n2024-05,1,2",
		    "cards 2024-05 1; people 2024-05 2; ", 2,
		    "a mark in front, no line end behind" },
		{ &csv,
		    "\x94\x4e\x8c\x8e,\x96\x87\x90\x94,\x90\x6c\x8c\xfb\n"
		    "2024-05,1,2\n",
		    "cards 2024-05 1; people 2024-05 2; ", 2, "CP932" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(rig_free) struct rig r;

		rig_open(&r, rows[i].contract, slice_of(rows[i].text));
		cr_assert(rig_read(&r), "row %zu (%s): %s", i, rows[i].why,
		    r.err.msg);
		cr_assert(buf_put(&r.told, "", 1));
		cr_expect_str_eq(r.told.ptr, rows[i].want,
		    "row %zu (%s): got %s", i, rows[i].why, r.told.ptr);
		cr_expect(r.read == rows[i].read, "row %zu (%s): read %llu", i,
		    rows[i].why, (unsigned long long)r.read);
	}
}

/* Text as gzip; the caller's buffer is large enough. */
static struct slice
gzip(const char *text, char *out, size_t room)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)text,
		.avail_in = (unsigned)strlen(text),
		.next_out = (unsigned char *)out,
		.avail_out = (unsigned)room };

	cr_assert(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, 0) == Z_OK);
	cr_assert(deflate(&z, Z_FINISH) == Z_STREAM_END);
	cr_assert(deflateEnd(&z) == Z_OK);
	return (struct slice){ out, z.total_out };
}

Test(body, an_envelope_is_taken_off)
{
	CLEANUP(rig_free) struct rig r;
	char packed[512];
	struct slice once =
	    gzip("年月,枚数,人口\n2024-05,1,2\n", packed, sizeof(packed));

	rig_open(&r, &csv, once);
	cr_assert(rig_read(&r), "%s", r.err.msg);
	cr_assert(buf_put(&r.told, "", 1));
	cr_expect_str_eq(r.told.ptr, "cards 2024-05 1; people 2024-05 2; ");
}

/* Two tables of one file: the second begins where the first has ended. */
Test(body, each_contract_of_a_feed_reads_its_own_table)
{
	static const char text[] = "年月,枚数,人口\n2024-05,1,2\n\n"
				   "月,転入\n2024-06,7\n";
	static const struct row_test until = { .matches = "^月$" };
	static const struct contract_value moved[] = { { .column = "転入",
	    .indicator = "cards" } };
	struct contract two[] = { csv, csv };
	CLEANUP(rig_free) struct rig r;

	two[0].rows.until = &until;
	two[0].rows.n_until = 1;
	two[1].period.column = "月";
	two[1].values = moved;
	two[1].n_values = 1;
	rig_open(&r, two, slice_of(text));
	r.feed.n_contracts = 2;
	cr_assert(rig_read(&r), "%s", r.err.msg);
	cr_assert(buf_put(&r.told, "", 1));
	cr_expect_str_eq(r.told.ptr,
	    "cards 2024-05 1; people 2024-05 2; cards 2024-06 7; ");
	cr_expect(r.read == 3);
}

Test(body, the_name_of_a_file_says_when)
{
	static const struct capture year = {
		.name = "年", .from = CAPTURE_FILE, .pattern = "^h(\\d+)_"
	};
	struct contract named = csv;
	CLEANUP(rig_free) struct rig r;

	named.captures = &year;
	named.n_captures = 1;
	named.period = (struct source){ .text = "H{年}.8" };
	rig_open(&r, &named, slice_of("枚数,人口\n1,2\n"));
	cr_assert(rig_read(&r), "%s", r.err.msg);
	cr_assert(buf_put(&r.told, "", 1));
	cr_expect_str_eq(r.told.ptr, "cards 2017-08 1; people 2017-08 2; ");
}

Test(body, what_is_no_table_is_refused_with_its_reason)
{
	static const struct {
		const struct contract *contract;
		const char *text;
		enum kpid_code code;
		const char *want, *why;
	} rows[] = {
		{ &csv, "", KPID_EPARSE, "empty", "no bytes" },
		{ &json, "", KPID_EPARSE, "empty", "no bytes of JSON" },
		{ &xlsx, "年月,枚数\n1,2\n", KPID_ECONTRACT, "no workbook",
		    "CSV where a workbook is said to come" },
		{ &csv, "<!DOCTYPE html><p>", KPID_EPARSE, "HTML", "a page" },
		{ &csv, "年月,人口\n2024-05,2\n", KPID_ECONTRACT, "'枚数'",
		    "a column of the contract is missing" },
		{ &csv, "年月,枚数,人口\n", KPID_ECONTRACT, "no row of data",
		    "a header alone" },
		{ &json, "{\"d\":[{\"年月\":", KPID_EPARSE, "line 1",
		    "the end is missing" },
		{ &csv, "年月,枚数,人口\n2024-05,\xff,1\n", KPID_EDECODE,
		    "line 2", "no encoding" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(rig_free) struct rig r;

		rig_open(&r, rows[i].contract, slice_of(rows[i].text));
		r.read = 77;
		cr_expect_not(rig_read(&r), "row %zu (%s)", i, rows[i].why);
		cr_expect(r.err.code == rows[i].code
			&& strstr(r.err.msg, rows[i].want) != NULL,
		    "row %zu (%s): code %d: %s", i, rows[i].why,
		    (int)r.err.code, r.err.msg);
		cr_expect(r.read == 77, "row %zu: *read was touched", i);
	}
}

/* More than one chunk, with rows across every border of them. */
Test(body, every_row_of_a_long_file_counts)
{
	CLEANUP(rig_free) struct rig r;
	struct buf text;
	const int n = 60000;

	buf_init(&text, 16 << 20);
	cr_assert(buf_puts(&text, "年月,枚数,人口\n"));
	for (int i = 0; i < n; i++)
		cr_assert(buf_printf(&text, "%d-%02d,x%d,\"y\n%d\"\n",
		    1900 + i / 12 % 100, i % 12 + 1, i, i));
	rig_open(&r, &csv, buf_slice(&text));
	r.told.max = 16 << 20;
	cr_expect(rig_read(&r), "%s", r.err.msg);
	cr_expect(r.read == 2 * (uint64_t)n, "read %llu",
	    (unsigned long long)r.read);
	buf_release(&text);
}

Test(body, the_cell_that_a_value_came_from_is_found_again)
{
	static const char table[] =
	    "年月,枚数,人口\n"
	    "2024-05,\"二\n行\",\"1,\"\"234\"\"\"\n2024-06,4,\n\n2024-07,5\n";
	static const char doc[] = "{\n \"d\": [\n  {\"年月\": \"R6.5\",\n"
				  "   \"枚数\": \"\\u4e09\", \"人口\": null}]}";
	static const struct {
		const struct contract *contract;
		const char *text;
		uint32_t line, column;
		const char *want, *why;
	} rows[] = {
		{ &csv, table, 1, 2, "枚数", "a header" },
		{ &csv, table, 2, 1, "2024-05", "the first" },
		{ &csv, table, 2, 2, "二\n行", "a cell of two lines" },
		{ &csv, table, 3, 3, "1,\"234\"", "behind it, quotes undone" },
		{ &csv, table, 4, 2, "4", "a row further down" },
		{ &csv, table, 4, 3, "", "an empty cell" },
		{ &csv, table, 6, 1, "2024-07", "a cell of a ragged row" },
		{ &csv, table, 5, 1, NULL, "an empty line" },
		{ &csv, table, 4, 9, NULL, "no such column" },
		{ &csv, table, 99, 1, NULL, "no such line" },
		{ &json, doc, 4, 14, "三", "an escape undone" },
		{ &json, doc, 3, 14, "R6.5", "JSON's first" },
		{ &json, doc, 9, 1, NULL, "no such line of JSON" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(rig_free) struct rig r;
		struct cell_found found = { .raw = "untouched" };

		rig_open(&r, rows[i].contract, slice_of(rows[i].text));
		cr_assert(body_cell(&r.body, rows[i].line, rows[i].column,
			      &r.mem, &found, &r.err),
		    "row %zu (%s): %s", i, rows[i].why, r.err.msg);
		const char *raw = found.raw;

		cr_expect((raw == NULL) == (rows[i].want == NULL)
			&& (raw == NULL || strcmp(raw, rows[i].want) == 0),
		    "row %zu (%s): got '%s'", i, rows[i].why,
		    raw == NULL ? "(none)" : raw);
	}
}

Test(body, a_cell_of_what_cannot_be_read_is_an_error)
{
	CLEANUP(rig_free) struct rig r;
	struct cell_found found = { .raw = "untouched" };

	rig_open(&r, &json, slice_of("{\"d\":[{\"年月\":"));
	cr_expect_not(body_cell(&r.body, 9, 9, &r.mem, &found, &r.err));
	cr_expect_str_eq(found.raw, "untouched");
}

Test(body, a_value_by_its_series_and_period)
{
	static const struct {
		const struct contract *contract;
		const char *text;
		struct cell_wanted wanted;
		uint32_t line, column;
		const char *raw, *why;
	} rows[] = {
		{ &csv, "年月,枚数,人口\nR6.8,1,\"2,0\"\nR6.9,3,4\n",
		    { "cards", "M", "{}", "2024-09", 202037 }, 3, 2, "3",
		    "a value" },
		{ &csv, "年月,枚数,人口\nR6.8,1,２\nR6.9,3,4\n",
		    { "people", "M", "{}", "2024-08", 202037 }, 2, 3, "２",
		    "as it is written" },
		{ &csv, "年月,枚数,人口\nR6.8,1,2\n",
		    { "people", "M", "{}", "2024-09", 202037 }, 0, 0, NULL,
		    "another month" },
		{ &csv, "年月,枚数,人口\nR6.8,1,2\n",
		    { "people", "M", "{}", "2024-08", 202029 }, 0, 0, NULL,
		    "another town" },
		{ &csv, "年月,枚数,人口\nR6.8,1,2\n",
		    { "people", "D", "{}", "2024-08", 202037 }, 0, 0, NULL,
		    "another frequency" },
		{ &csv, "年月,枚数,人口\nR6.8,1,2\n",
		    { "people", "M", "{\"a\":\"b\"}", "2024-08", 202037 }, 0, 0,
		    NULL, "other dimensions" },
		{ &json,
		    "{\"d\":[{\"年月\":\"R6.8\",\"枚数\":\"7\","
		    "\"人口\":8}]}",
		    { "cards", "M", "{}", "2024-08", 202037 }, 1, 33, "7",
		    "JSON: a byte of the line" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(rig_free) struct rig r;
		struct cell_found found = { .raw = "untouched" };

		rig_open(&r, rows[i].contract, slice_of(rows[i].text));
		cr_assert(body_value(&r.body, &rows[i].wanted, &r.mem, &found,
			      &r.err),
		    "row %zu (%s): %s", i, rows[i].why, r.err.msg);
		cr_expect(found.line == rows[i].line
			&& found.column == rows[i].column,
		    "row %zu (%s): at %u:%u", i, rows[i].why, found.line,
		    found.column);
		cr_expect((found.raw == NULL) == (rows[i].raw == NULL)
			&& (found.raw == NULL
			    || strcmp(found.raw, rows[i].raw) == 0),
		    "row %zu (%s): got '%s'", i, rows[i].why,
		    found.raw == NULL ? "(none)" : found.raw);
	}
}
