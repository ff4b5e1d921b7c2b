/* rooms: base normalise */
/* What stands where a number should: whose word counts. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/normalise/mark.h"

static const struct pair missing[] = { { "…", "not_available" },
	{ "-", "not_applicable" }, { "*", "suppressed" },
	{ "-999", "not_collected" } };
static const char *const zero[] = { "未開催", "－" };
static struct legend_mark told[] = {
	{ "***", "秘匿", MISSING_SUPPRESSED },
	{ "-", "該当数値がないもの", MISSING_NOT_COLLECTED },
	{ "#N/A", "調査していない", MISSING_NOT_COLLECTED },
	{ "X", "何か", MISSING_NONE },
};

static const struct contract contract = { .missing = missing,
	.n_missing = ARRAY_LEN(missing),
	.zero = zero,
	.n_zero = ARRAY_LEN(zero) };
static const struct legend legend = { .marks = told, .n = ARRAY_LEN(told) };

Test(mark, read)
{
	static const struct {
		const char *in;
		enum mark mark;
		enum missing reason;
		const char *why;
	} rows[] = {
		{ "", MARK_BLANK, MISSING_NONE, "nothing" },
		{ "\u00a0", MARK_BLANK, MISSING_NONE, "a no-break space" },
		{ "\u2003\u00a0", MARK_BLANK, MISSING_NONE, "two of them" },
		{ "…", MARK_MISSING, MISSING_NOT_AVAILABLE, "the contract" },
		{ "-999", MARK_MISSING, MISSING_NOT_COLLECTED, "a number" },
		{ "未開催", MARK_ZERO, MISSING_NONE, "a word for zero" },
		{ "－", MARK_ZERO, MISSING_NONE, "another dash" },
		{ "-", MARK_MISSING, MISSING_NOT_APPLICABLE,
		    "the contract goes before the legend" },
		{ "***", MARK_MISSING, MISSING_SUPPRESSED, "the legend" },
		{ "#N/A", MARK_MISSING, MISSING_NOT_COLLECTED,
		    "the legend goes before what spreadsheets mean" },
		{ "#REF!", MARK_MISSING, MISSING_ERROR, "a failed formula" },
		{ "#1", MARK_NONE, MISSING_NONE, "no formula" },
		{ "X", MARK_UNKNOWN, MISSING_NONE,
		    "the legend's words say nothing that is known" },
		{ "—", MARK_NONE, MISSING_NONE, "a dash nobody named" },
		{ "45", MARK_NONE, MISSING_NONE, "a number" },
		{ "NaN", MARK_NONE, MISSING_NONE, "of SDMX alone" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		enum missing reason = MISSING_NONE;
		enum mark mark = mark_read(&contract, &legend,
		    slice_of(rows[i].in), &reason);

		cr_expect_eq(mark, rows[i].mark, "row %zu (%s): '%s': %d", i,
		    rows[i].why, rows[i].in, (int)mark);
		cr_expect_eq(reason, rows[i].reason, "row %zu (%s): '%s'", i,
		    rows[i].why, rows[i].in);
	}
}

Test(mark, sdmx_writes_nan)
{
	static const enum feed_format formats[] = { FORMAT_SDMX_CSV,
		FORMAT_SDMX_JSON };

	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		const struct contract c = { .format = formats[i] };
		enum missing reason = MISSING_NONE;

		cr_expect_eq(mark_read(&c, &(struct legend){ 0 },
				 slice_of("NaN"), &reason),
		    MARK_BLANK);
	}
}

Test(mark, of_a_status_and_back)
{
	static const struct {
		char status;
		enum missing reason;
	} rows[] = { { 'M', MISSING_NOT_APPLICABLE },
		{ 'Q', MISSING_SUPPRESSED }, { 'L', MISSING_NOT_COLLECTED },
		{ 'O', MISSING_NOT_AVAILABLE } };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		cr_expect_eq(missing_of_status(rows[i].status), rows[i].reason);
		cr_expect_eq(missing_status(rows[i].reason), rows[i].status);
	}
	for (const char *p = "APEB"; *p != '\0'; p++)
		cr_expect_eq(missing_of_status(*p), MISSING_NONE);
	cr_expect_eq(missing_of_status('\0'), MISSING_NONE);
}

Test(mark, unknown_ones_have_no_digit)
{
	static const struct {
		const char *in;
		bool out;
	} rows[] = { { "休館", true }, { "―", true }, { "a)", true },
		{ "約30", false }, { "３人", false }, { "三人", false },
		{ "1,440(+110)", false } };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		cr_expect_eq(mark_unknown(slice_of(rows[i].in)), rows[i].out,
		    "row %zu: '%s'", i, rows[i].in);
}

/* Where a mark looks like a number, no cell may pass unseen. */
Test(mark, that_looks_like_a_number)
{
	static const struct {
		const char *mark;
		bool out;
	} rows[] = { { "-999", true }, { "9", true }, { ".", true },
		{ "-", true }, { "…", false }, { "1)", false },
		{ "p", false } };
	struct legend none = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *mark = rows[i].mark;
		const struct pair pair = { mark, "P" };
		struct legend_mark said = { mark, "", MISSING_NONE };
		const struct legend says = { .marks = &said, .n = 1 };
		const struct contract cs[] = {
			{ .missing = &pair, .n_missing = 1 },
			{ .zero = &mark, .n_zero = 1 },
			{ .flags = &pair, .n_flags = 1 },
			{ .footnotes = &mark, .n_footnotes = 1 },
		};

		for (size_t j = 0; j < ARRAY_LEN(cs); j++)
			cr_expect_eq(mark_may_be_plain(&cs[j], &none),
			    rows[i].out, "row %zu: '%s' %zu", i, mark, j);
		cr_expect_eq(mark_may_be_plain(&(struct contract){ 0 }, &says),
		    rows[i].out, "row %zu: '%s' of the legend", i, mark);
	}
	cr_expect(!mark_may_be_plain(&(struct contract){ 0 }, &none));
}
