/* rooms: base daemon */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../collector/daemon/tally.h"

static const struct tally_part parts[] = { { "database", NULL },
	{ "spool", "the disk is full" } };
static const struct tally_feed feeds[] = {
	{ .name = "a", .loaded_at = 1700000000500000, .failures = 0 },
	{ .name = "b\"\\\n", .due_at = 1700000001000000, .failures = 2 },
};

static struct tally_view
view_of(const struct tally *t)
{
	return (struct tally_view){ .tally = t,
		.parts = parts,
		.n_parts = 2,
		.feeds = feeds,
		.n_feeds = 2,
		.waiting = 3,
		.waiting_bytes = 4096,
		.most_bytes = 1 << 20 };
}

/* The page; the caller frees. */
static char *
page(bool openmetrics)
{
	const struct tally t = { .started_at = 1600000000000000,
		.fetches = { 5, 4, 3 },
		.bytes = 123456789012345,
		.rows = { 1000000, 1, 2, 3, 4 } };
	const struct tally_view v = view_of(&t);
	struct buf out;

	buf_init(&out, 1 << 20);
	cr_assert(tally_print(&v, openmetrics, &out) && buf_put(&out, "", 1));
	char *text = strdup(out.ptr);

	buf_release(&out);
	return text;
}

Test(tally, lines_that_a_scraper_reads)
{
	static const struct {
		bool openmetrics;
		const char *line;
		const char *why;
	} rows[] = {
		{ false, "\nkpid_fetches_total{outcome=\"body\"} 5\n",
		    "count" },
		{ false, "# TYPE kpid_fetches_total counter\n",
		    "the old format names the family like the sample" },
		{ true, "# TYPE kpid_fetches counter\n",
		    "the new one without _total" },
		{ true, "\nkpid_fetches_total{outcome=\"failed\"} 3\n",
		    "the sample has it" },
		{ false, "\nkpid_fetched_bytes_total 123456789012345\n",
		    "all digits of a large count" },
		{ false, "\nkpid_rows_total{outcome=\"read\"} 1000000\n",
		    "no exponent" },
		{ false, "\nkpid_ready{part=\"database\"} 1\n", "works" },
		{ false, "\nkpid_ready{part=\"spool\"} 0\n", "does not" },
		{ false,
		    "\nkpid_feed_loaded_timestamp_seconds{feed=\"a\"} "
		    "1700000000.5\n",
		    "seconds with their fraction" },
		{ false, "\nkpid_feed_failures{feed=\"b\\\"\\\\\\n\"} 2\n",
		    "a label's quote, backslash and line feed" },
		{ false, "\nkpid_spooled_bodies 3\n", "what waits" },
		{ false, "\nkpid_spool_bytes 4096\n", "its bytes" },
		{ false, "\nkpid_spool_max_bytes 1048576\n", "its bound" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *text = page(rows[i].openmetrics);

		cr_expect(strstr(text, rows[i].line) != NULL,
		    "row %zu (%s):\n%s", i, rows[i].why, text);
		free(text);
	}
}

Test(tally, only_openmetrics_says_where_it_ends)
{
	char *open = page(true), *old = page(false);

	cr_expect_str_eq(open + strlen(open) - 6, "# EOF\n");
	cr_expect(strstr(old, "# EOF") == NULL);
	cr_expect(strstr(old, "loaded_timestamp_seconds{feed=\"b") == NULL,
	    "never loaded: no sample, not 1970");
	free(open);
	free(old);
}

Test(tally, ready_when_all_parts_work)
{
	const struct tally t = { 0 };
	struct tally_view v = view_of(&t);
	struct buf out;
	bool ready = true;

	buf_init(&out, 4096);
	cr_assert(tally_ready(&v, &ready, &out) && buf_put(&out, "", 1));
	cr_expect(!ready);
	cr_expect_str_eq(out.ptr, "database: ok\nspool: the disk is full\n");
	buf_clear(&out);
	v.n_parts = 1;
	cr_assert(tally_ready(&v, &ready, &out));
	cr_expect(ready);
	buf_release(&out);
}

Test(tally, a_page_over_its_limit_is_told)
{
	const struct tally t = { 0 };
	const struct tally_view v = view_of(&t);
	struct buf out;
	bool ready;

	buf_init(&out, 16);
	cr_expect(!tally_print(&v, false, &out));
	cr_expect(!tally_ready(&v, &ready, &out));
	buf_release(&out);
}
