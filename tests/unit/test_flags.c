/* rooms: base config normalise */
/* Marks beside numbers: which say something of it, which say nothing. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/normalise/flag.h"

static const struct pair flags[] = { { "p", "P" }, { "r", "A" }, { "※", "E" },
	{ "※※", "B" }, { "速報", "P" }, { "(p)", "P" } };
static const char *const footnotes[] = { "a)", "①", "注1" };
static const struct contract contract = { .flags = flags,
	.n_flags = ARRAY_LEN(flags),
	.footnotes = footnotes,
	.n_footnotes = ARRAY_LEN(footnotes) };

Test(flags, cut)
{
	static const struct {
		const char *in, *out;
		char status; /* '-': none was there */
		const char *why;
	} rows[] = {
		{ "1,234", "1,234", '-', "no mark" },
		{ "1,234p", "1,234", 'P', "behind" },
		{ "1,234 p ", "1,234", 'P', "behind a blank" },
		{ "p1,234", "1,234", 'P', "in front" },
		{ "※45", "45", 'E', "in front, not ASCII" },
		{ "※※45", "45", 'B', "the longest mark, not two short ones" },
		{ "45※※", "45", 'B', "the same, behind" },
		{ "45(p)", "45", 'P', "in parentheses" },
		{ "速報　45", "45", 'P', "a word" },
		{ "45pp", "45", 'P', "twice the same" },
		{ "45p速報", "45", 'P', "two that say the same" },
		{ "45a)", "45", '-', "a footnote" },
		{ "45p a)①", "45", 'P', "a flag before footnotes" },
		{ "45a)p", "45", 'P', "a flag behind a footnote" },
		{ "45 注1", "45", '-', "a footnote with a digit" },
		{ "p", "p", '-', "a mark alone is the cell's own text" },
		{ "a)", "a)", '-', "a footnote alone too" },
		{ "…p", "…", 'P', "a missing mark with a flag" },
		{ "", "", '-', "nothing" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slice text = slice_of(rows[i].in);
		char status = '-';
		bool ok = flags_cut(&contract, &text, &status);

		cr_expect(ok && slice_is(text, rows[i].out),
		    "row %zu (%s): '%s' gave '%.*s'", i, rows[i].why,
		    rows[i].in, (int)text.len, text.ptr);
		cr_expect_eq(status, rows[i].status, "row %zu (%s): %c", i,
		    rows[i].why, status);
	}
}

Test(flags, that_contradict_each_other)
{
	static const char *const rows[] = { "45pr", "p45※", "45 r p" };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slice text = slice_of(rows[i]);
		char status = '-';

		cr_expect(!flags_cut(&contract, &text, &status),
		    "row %zu: '%s'", i, rows[i]);
		cr_expect_eq(status, '-', "row %zu: written to", i);
		cr_expect(slice_is(text, rows[i]), "row %zu: written to", i);
	}
}
