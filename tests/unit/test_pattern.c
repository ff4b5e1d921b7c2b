/* rooms: base */
/* Regular expressions: what they find, and what is said of those that are
 * none. */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/pattern.h"

struct find {
	const char *pattern, *text;
	const char *taken; /* NULL: not found */
	const char *why;
};

static const struct find finds[] = {
	{ "年", "令和6年", "年", "anywhere in the text" },
	{ "^令和", "平成令和", NULL, "an anchor holds" },
	{ "（(.+)）", "人口（千人）", "千人", "the first group" },
	{ "a|(b)", "a", "", "a group that took no part" },
	{ "^(\\d+)月$", "１２月", "１２", "wide digits are digits" },
	{ "^\\s*計$", "　計", "　計", "a wide blank is a blank" },
	{ "(?i)total", "Grand TOTAL", "TOTAL", "an option inside" },
	{ "^$", "", "", "the empty text" },
	{ "x", "", NULL, "nothing is in the empty text" },
	{ "(?<y>[0-9]{4})", "FY2023", "2023", "a named group counts" },
	{ "b",
	    "a\xff"
	    "b",
	    "b", "behind a byte that is no UTF-8" },
	{ "^.$", "\xff", NULL, "a byte that is no UTF-8 is no character" },
	{ "^.{3}$", "人口計", "人口計", "characters are counted, not bytes" },
};

Test(pattern, what_is_found)
{
	for (size_t i = 0; i < ARRAY_LEN(finds); i++) {
		const struct find *row = &finds[i];
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct slice groups[PATTERN_GROUPS];
		struct kpid_err err = { 0 };
		struct pattern *p;
		bool found = false;

		cr_assert(pattern_new(row->pattern, &mem, &p, &err),
		    "row %zu: %s", i, err.msg);
		cr_assert(pattern_find(p, slice_of(row->text), groups, &found,
			      &err),
		    "row %zu: %s", i, err.msg);
		cr_expect_eq(found, row->taken != NULL, "row %zu (%s)", i,
		    row->why);
		if (!found || row->taken == NULL)
			continue;
		cr_expect(slice_is(pattern_taken(p, groups), row->taken),
		    "row %zu (%s): got '%.*s'", i, row->why,
		    slice_width(pattern_taken(p, groups)),
		    pattern_taken(p, groups).ptr);
	}
}

Test(pattern, every_group_is_borrowed_from_the_text)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *text = "平成29年度 8月";
	struct slice groups[PATTERN_GROUPS];
	struct kpid_err err = { 0 };
	struct pattern *p;
	bool found = false;

	cr_assert(pattern_new("(昭和|平成)(\\d+)年(度)?(x)? (\\d+)月", &mem, &p,
	    &err));
	cr_expect_eq(pattern_groups(p), 5);
	cr_assert(pattern_find(p, slice_of(text), groups, &found, &err));
	cr_assert(found);
	cr_expect_eq(groups[0].ptr, text);
	cr_expect(slice_is(groups[1], "平成"));
	cr_expect(slice_is(groups[2], "29"));
	cr_expect(slice_is(groups[3], "度"));
	cr_expect_eq(groups[4].ptr, NULL, "took no part");
	cr_expect(slice_is(groups[5], "8"));
	cr_expect_eq(groups[5].ptr, text + strlen("平成29年度 "));
}

Test(pattern, no_text_at_all_is_the_empty_text)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct slice groups[PATTERN_GROUPS];
	struct kpid_err err = { 0 };
	struct pattern *p;
	bool found = false;

	cr_assert(pattern_new("^$", &mem, &p, &err));
	cr_assert(pattern_find(p, (struct slice){ NULL, 0 }, groups, &found,
	    &err));
	cr_expect(found);
}

static const struct {
	const char *pattern, *said, *why;
} refusals[] = {
	{ "(年", "'(年' is no pattern: missing closing parenthesis",
	    "an open parenthesis" },
	{ "年[", "at byte 5", "the place is told" },
	{ "*", "quantifier does not follow", "nothing to repeat" },
	{ "\\C", "\\C", "half a character" },
	{ "()()()()()()()()()()()()()()()()", "has 16 groups, more than 15",
	    "more groups than are counted" },
};

Test(pattern, what_is_no_pattern)
{
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		struct pattern *p = NULL;

		cr_expect_not(pattern_new(refusals[i].pattern, &mem, &p, &err));
		cr_expect_eq(err.code, KPID_ECONFIG);
		cr_expect_eq(p, NULL);
		cr_expect(strstr(err.msg, refusals[i].said) != NULL,
		    "row %zu (%s): got '%s'", i, refusals[i].why, err.msg);
	}
}

static size_t
blocks_of(const struct arena *mem)
{
	struct arena copy = *mem;
	size_t n = 0;

	/* The first member of a block is the next one. */
	for (void *b = copy.blocks; b != NULL; b = *(void **)b)
		n++;
	return n;
}

Test(pattern, a_match_that_never_ends_is_an_error_and_takes_no_more_memory)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	char text[64];
	struct slice groups[PATTERN_GROUPS];
	struct kpid_err err = { 0 };
	struct pattern *p;
	bool found = true;
	size_t blocks = 0;

	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	cr_assert(pattern_new("^(a+)+$", &mem, &p, &err));
	cr_expect(pattern_find(p, slice_of(text), groups, &found, &err));
	cr_expect(found);
	text[sizeof(text) - 2] = 'b';
	for (int i = 0; i < 20; i++) {
		cr_expect_not(pattern_find(p, slice_of(text), groups, &found,
		    &err));
		if (i == 0)
			blocks = blocks_of(&mem);
	}
	cr_expect_eq(err.code, KPID_ECONTRACT);
	cr_expect(strstr(err.msg, "'^(a+)+$' takes too long") != NULL,
	    "got '%s'", err.msg);
	cr_expect_eq(blocks_of(&mem), blocks, "%zu then %zu", blocks,
	    blocks_of(&mem));
	cr_expect(pattern_find(p, slice_of("aaa"), groups, &found, &err),
	    "the next text is read as if nothing had been");
	cr_expect(found);
}
