/* rooms: base decode parse */
#include "../support/csv_read.h"

/*
 * However the body is cut, the rows are the same: each case is read whole,
 * then at every pair of cuts, then byte for byte.
 */

static void
expect_same(const char *name, struct slice text, const char *want,
    struct cuts cuts)
{
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	s.places = true;
	csv_read(comma, text, cuts, &s);
	cr_expect_str_eq(seen_text(&s), want,
	    "'%s' cut at %zu and every %zu: "
	    "got\n%s\nwhole:\n%s",
	    name, cuts.first, cuts.size, seen_text(&s), want);
}

static void
try_all_cuts(const char *name, struct slice text)
{
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	s.places = true;
	csv_read(comma, text, (struct cuts){ 0, text.len + 1 }, &s);
	for (size_t first = 0; first <= text.len; first++)
		for (size_t size = 1; size <= text.len; size++)
			expect_same(name, text, seen_text(&s),
			    (struct cuts){ first, size });
}

Test(csv_split, every_cut_of_every_case_gives_the_same_rows)
{
	CLEANUP(buf_release) struct buf in;

	buf_init(&in, 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(csv_cases); i++)
		try_all_cuts(csv_cases[i], case_read(csv_cases[i], "csv", &in));
}

Test(csv_split, every_cut_gives_the_same_error)
{
	static const char *const bodies[] = {
		"a,b\n1,\"2\n3,4\n",
		"\"x\"\"",
		"\"a\"b\r\n\"",
		"a\r\n\"\r\n\r\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
		try_all_cuts(bodies[i], slice_of(bodies[i]));
}
