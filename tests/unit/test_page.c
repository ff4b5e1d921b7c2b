/* rooms: base decode parse */
#include <stdio.h>
#include <unistd.h>

#include "../support/shape_run.h"
#include "kpid/fetch.h"

#define HOST "https://h.jp/"

struct page_case {
	enum feed_format format;
	const char *url, *body, *want, *why; /* want: NULL, a URL or "!text" */
};

#define ESTAT(key)                                                             \
	"{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":0},\"STATISTICAL_DATA\":" \
	"{\"RESULT_INF\":{\"TOTAL_NUMBER\":9" key "},\"DATA_INF\":{\"VALUE\":" \
	"[{\"$\":\"1\"},{\"$\":\"2\"}]}}}}"
#define CKAN(total, records) \
	"{\"success\":true,\"result\":{\"records\":[" records "]" total "}}"
#define BANK(page, pages) "[{\"page\":" page ",\"pages\":" pages "},[{},{}]]"

static const struct page_case table[] = {
	{ FORMAT_ESTAT, HOST "a?appId=x&limit=2", ESTAT(",\"NEXT_KEY\":3"),
	    HOST "a?appId=x&limit=2&startPosition=3", "added" },
	{ FORMAT_ESTAT, HOST "a?startPosition=3&x=%20",
	    ESTAT(",\"NEXT_KEY\":5"), HOST "a?startPosition=5&x=%20",
	    "replaced" },
	{ FORMAT_ESTAT,
	    HOST "a?x=1&startPosition=", ESTAT(",\"NEXT_KEY\":\"5\""),
	    HOST "a?x=1&startPosition=5", "it was empty; the key is text" },
	{ FORMAT_ESTAT, HOST "a?xstartPosition=1#f", ESTAT(",\"NEXT_KEY\":5"),
	    HOST "a?xstartPosition=1&startPosition=5#f",
	    "another name ends so; a fragment" },
	{ FORMAT_ESTAT, HOST "a", ESTAT(",\"NEXT_KEY\":5"),
	    HOST "a?startPosition=5", "without a query" },
	{ FORMAT_ESTAT, HOST "a#b?c", ESTAT(",\"NEXT_KEY\":5"),
	    HOST "a?startPosition=5#b?c", "a fragment with a question mark" },
	{ FORMAT_ESTAT, HOST "a", ESTAT(""), NULL, "the last" },
	{ FORMAT_ESTAT, HOST "a", "\xef\xbb\xbf" ESTAT(",\"NEXT_KEY\":5"),
	    HOST "a?startPosition=5", "a mark of byte order" },
	{ FORMAT_ESTAT, HOST "a",
	    "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":\"200\"}}}",
	    "!e-Stat answers with an error (STATUS 200)", "an error" },
	{ FORMAT_ESTAT, HOST "a?startPosition=5", ESTAT(",\"NEXT_KEY\":5"),
	    "!NEXT_KEY 5 does not lead on", "itself again" },
	{ FORMAT_ESTAT, HOST "a", "{}", "!this is no answer of e-Stat",
	    "another document" },
	{ FORMAT_ESTAT, HOST "a", "<html>", "!this is not JSON", "a page" },
	{ FORMAT_ESTAT, HOST "a", ESTAT("") "{", "!ends early", "cut" },
	{ FORMAT_CKAN, HOST "s?resource_id=r&limit=2",
	    CKAN(",\"total\":5", "{},{}"),
	    HOST "s?resource_id=r&limit=2&offset=2", "from the beginning" },
	{ FORMAT_CKAN, HOST "s?offset=2&limit=2", CKAN(",\"total\":5", "{},{}"),
	    HOST "s?offset=4&limit=2", "in the middle" },
	{ FORMAT_CKAN, HOST "s?offset=4&limit=2", CKAN(",\"total\":5", "{}"),
	    NULL, "the end" },
	{ FORMAT_CKAN, HOST "s", CKAN(",\"total\":5", ""), NULL,
	    "an empty page ends it" },
	{ FORMAT_CKAN, HOST "s", CKAN("", "{}"), NULL, "no total" },
	{ FORMAT_CKAN, HOST "s",
	    CKAN(",\"total\":5,\"_links\":{\"next\":\"https://evil.example/\"}",
		"{}"),
	    HOST "s?offset=1", "links are not followed" },
	{ FORMAT_CKAN, HOST "s", "{\"success\":false,\"error\":{}}",
	    "!CKAN answers with an error", "an error" },
	{ FORMAT_WORLD_BANK, HOST "v2?format=json", BANK("1", "3"),
	    HOST "v2?format=json&page=2", "the first" },
	{ FORMAT_WORLD_BANK, HOST "v2?page=2&per_page=2", BANK("2", "3"),
	    HOST "v2?page=3&per_page=2", "the second" },
	{ FORMAT_WORLD_BANK, HOST "v2?page=3", BANK("\"3\"", "\"3\""), NULL,
	    "the last" },
	{ FORMAT_WORLD_BANK, HOST "v2", "[{\"message\":[]}]",
	    "!the World Bank answers with an error", "an error" },
	{ FORMAT_JSON_STAT, HOST "s", "{", NULL, "no pages at all" },
	{ FORMAT_CSV, HOST "s", "a,b", NULL, "no JSON" },
};

/* The page stands behind a page before it. */
static void
expect_next(const struct page_case *c)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	static const char before[] = "[1]\n";
	const struct contract contract = { .format = c->format };
	const struct feed feed = { .contracts = &contract, .n_contracts = 1 };
	FILE *file = tmpfile();
	struct page page = { &feed, fileno(file), strlen(before), c->url };
	struct kpid_err err = { 0 };
	const char *next = NULL;
	bool ok;

	cr_assert(fputs(before, file) >= 0 && fputs(c->body, file) >= 0
	    && fflush(file) == 0);
	ok = page_next(&page, &mem, &next, &err);
	if (c->want != NULL && c->want[0] == '!')
		cr_expect(!ok && strstr(err.msg, c->want + 1) != NULL,
		    "(%s): %s", c->why, err.msg);
	else if (c->want == NULL)
		cr_expect(ok && next == NULL, "(%s): %s%s", c->why, err.msg,
		    next != NULL ? next : "");
	else
		cr_expect_str_eq(next == NULL ? err.msg : next, c->want,
		    "(%s): got %s", c->why, next == NULL ? err.msg : next);
	(void)fclose(file);
}

Test(page, the_next_one_has_its_url)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		expect_next(&table[i]);
}

Test(page, a_page_larger_than_one_chunk_is_read_whole)
{
	CLEANUP(buf_release) struct buf b;
	struct page_case c = { FORMAT_CKAN, HOST "s", NULL,
		HOST "s?offset=50001", "large" };

	buf_init(&b, 16 << 20);
	cr_assert(buf_puts(&b,
	    "{\"success\":true,\"result\":{\"records\":[{}"));
	for (int i = 0; i < 50000; i++)
		cr_assert(buf_puts(&b, ",{\"a\":123456}"));
	cr_assert(buf_puts(&b, "],\"total\":50002}}"));
	cr_assert(buf_put(&b, "", 1));
	c.body = b.ptr;
	expect_next(&c);
}
