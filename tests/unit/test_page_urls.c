/* rooms: base decode parse */
/* The URL of the next page, whatever the feed's looks like; no page leads
 * nowhere or back. */
#include <stdio.h>
#include <unistd.h>

#include "../support/shape_run.h"
#include "kpid/fetch.h"

struct page_case {
	enum feed_format format;
	const char *url, *body, *want, *why; /* want: NULL, a URL or "!text" */
};

#define ESTAT(key)                                                  \
	"{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":0},"           \
	"\"STATISTICAL_DATA\":{\"RESULT_INF\":{\"TOTAL_NUMBER\":9," \
	"\"NEXT_KEY\":" key "},\"DATA_INF\":{\"VALUE\":[{\"$\":\"1\"}]}}}}"
#define CKAN(total, records)                                       \
	"{\"success\":true,\"result\":{\"records\":[" records "]," \
	"\"total\":" total "}}"
#define BANK(page, pages)                                       \
	"[{\"page\":" page ",\"pages\":" pages ",\"total\":9}," \
	"[{\"date\":\"2020\",\"value\":1}]]"

static const struct page_case urls[] = {
	{ FORMAT_ESTAT, "https://h/a?appId=x", ESTAT("5"),
	    "https://h/a?appId=x&startPosition=5", "behind a query" },
	{ FORMAT_ESTAT, "https://h/a?", ESTAT("5"),
	    "https://h/a?startPosition=5", "an empty query" },
	{ FORMAT_ESTAT, "https://h/a?x=1&", ESTAT("5"),
	    "https://h/a?x=1&startPosition=5", "an open query" },
	{ FORMAT_ESTAT, "https://h/a?x=1#part", ESTAT("5"),
	    "https://h/a?x=1&startPosition=5#part", "before a fragment" },
	{ FORMAT_ESTAT, "https://h/a?startPosition=1&x=%E4%B8%8A&y=a%26b",
	    ESTAT("5"), "https://h/a?startPosition=5&x=%E4%B8%8A&y=a%26b",
	    "escapes stay as they are" },
	{ FORMAT_ESTAT, "https://h/a?x=startPosition=1", ESTAT("5"),
	    "https://h/a?x=startPosition=1&startPosition=5",
	    "the name inside another's value" },
	{ FORMAT_ESTAT, "https://h/startPosition=1/a", ESTAT("5"),
	    "https://h/startPosition=1/a?startPosition=5",
	    "the name inside the path" },
	{ FORMAT_ESTAT, "https://h/a?startposition=1", ESTAT("5"),
	    "https://h/a?startposition=1&startPosition=5",
	    "names in other letters are others" },
	{ FORMAT_ESTAT, "https://h/a#b?startPosition=1", ESTAT("5"),
	    "https://h/a?startPosition=5#b?startPosition=1",
	    "the name inside a fragment" },
	{ FORMAT_ESTAT, "https://h/a", ESTAT("null"), NULL, "no key" },
	{ FORMAT_ESTAT, "https://h/a?startPosition=9", ESTAT("5"),
	    "!does not lead on", "a key that leads back" },
	{ FORMAT_CKAN, "https://h/s?resource_id=r&limit=2&offset=2",
	    CKAN("9", "{},{}"), "https://h/s?resource_id=r&limit=2&offset=4",
	    "as many on as there were" },
	{ FORMAT_CKAN, "https://h/s?limit=5", CKAN("9", "{},{}"),
	    "https://h/s?limit=5&offset=2", "fewer than were asked for" },
	{ FORMAT_CKAN, "https://h/s?offset=7", CKAN("9", "{},{}"), NULL,
	    "all of them" },
	{ FORMAT_CKAN, "https://h/s?offset=8", CKAN("9", "{},{}"), NULL,
	    "more than all of them" },
	{ FORMAT_CKAN, "https://h/s", CKAN("\"9\"", "{}"),
	    "https://h/s?offset=1", "a total as text" },
	{ FORMAT_CKAN, "https://h/s", CKAN("9", "[1,2],[3,4]"),
	    "https://h/s?offset=2", "records that are lists" },
	{ FORMAT_WORLD_BANK, "https://h/v?page=1&per_page=1", BANK("1", "9"),
	    "https://h/v?page=2&per_page=1", "the page after this one" },
	{ FORMAT_WORLD_BANK, "https://h/v?per_page=1", BANK("1", "9"),
	    "https://h/v?per_page=1&page=2", "per_page is another name" },
	{ FORMAT_WORLD_BANK, "https://h/v", BANK("9", "9"), NULL, "the last" },
	{ FORMAT_WORLD_BANK, "https://h/v", BANK("1", "0"), NULL, "no page" },
	{ FORMAT_SDMX_JSON, "https://h/v", "{\"data\":{}}", NULL,
	    "a format without pages" },
	{ FORMAT_XLSX, "https://h/v", "PK", NULL, "no text at all" },
};

/* What follows this page; a URL, an error or "none". */
static const char *
next_of(const struct page_case *c, struct arena *mem)
{
	const struct contract contract = { .format = c->format };
	const struct feed feed = { .contracts = &contract, .n_contracts = 1 };
	FILE *file = tmpfile();
	struct page page = { &feed, fileno(file), 0, c->url };
	struct kpid_err err = { 0 };
	const char *next = NULL;
	bool ok;

	cr_assert(fputs(c->body, file) >= 0 && fflush(file) == 0);
	ok = page_next(&page, mem, &next, &err);
	(void)fclose(file);
	return !ok         ? arena_printf(mem, "!%s", err.msg)
	    : next == NULL ? "none"
			   : next;
}

Test(page_urls, the_next_page_of_any_url)
{
	for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		const char *want = urls[i].want != NULL ? urls[i].want : "none";
		const char *got = next_of(&urls[i], &mem);

		cr_expect(want[0] == '!'
			? got[0] == '!' && strstr(got, want + 1) != NULL
			: strcmp(got, want) == 0,
		    "row %zu (%s): got %s", i, urls[i].why, got);
	}
}
