/* rooms: base normalise */
/* Numbers as tables write them, and what is refused with its reason. */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/normalise.h"

#define BUF_MAX 4096

struct accepted {
	const char *in, *unit;
	int scale;
	const char *out, *why;
};

static const struct accepted accepted[] = {
	{ "45", NULL, 0, "45", "as it stands" },
	{ "72.70", NULL, 0, "72.70", "its decimals are kept" },
	{ "0.00", NULL, 0, "0.00", "a real zero with decimals" },
	{ "007", NULL, 0, "7", "leading zeros go" },
	{ "0", NULL, 0, "0", "zero" },
	{ "00.5", NULL, 0, "0.5", "one zero stays before the point" },
	{ ".5", NULL, 0, "0.5", "no digit before the point" },
	{ "-.5", NULL, 0, "-0.5", "the same, negative" },
	{ "１，２３４", NULL, 0, "1234", "full-width" },
	{ "７２．７０", NULL, 0, "72.70", "full-width point" },
	{ "1,234,567.89", NULL, 0, "1234567.89", "separators" },
	{ "△1,284", NULL, 0, "-1284", "white triangle" },
	{ "▲ 1,284", NULL, 0, "-1284", "black triangle, padded" },
	{ "−5", NULL, 0, "-5", "U+2212" },
	{ "－５", NULL, 0, "-5", "full-width hyphen" },
	{ "–5", NULL, 0, "-5", "en dash" },
	{ "＋5", NULL, 0, "5", "plus" },
	{ "-0", NULL, 0, "0", "no negative zero" },
	{ "△0.0", NULL, 0, "0.0", "no negative zero with decimals" },
	{ "(1,234)", NULL, 0, "-1234", "parentheses of accounts" },
	{ "（45）", NULL, 0, "-45", "full-width parentheses" },
	{ "  45 ", NULL, 0, "45", "ASCII blanks around" },
	{ "　45　", NULL, 0, "45", "ideographic blanks around" },
	{ "13.2%", NULL, 0, "13.2", "percent" },
	{ "13.2 ％", "%", 0, "13.2", "full-width percent, declared" },
	{ "45件", "件", 0, "45", "the unit behind" },
	{ "45 件", "件", 0, "45", "the unit behind a blank" },
	{ "45", "件", 0, "45", "the unit need not be there" },
	{ "(45件)", "件", 0, "-45", "the unit in parentheses" },
	{ "５００ｔ", "t", 0, "500", "a full-width unit" },
	{ "1,234千円", "千円", 3, "1234000", "unit and scale" },
	{ "1.5", NULL, 3, "1500", "scale past the decimals" },
	{ "1.23456", NULL, 3, "1234.56", "scale within the decimals" },
	{ "72.70", NULL, 1, "727.0", "scale keeps what is left" },
	{ "12345", NULL, -3, "12.345", "scale down" },
	{ "5", NULL, -3, "0.005", "scale down past the digits" },
	{ "-5", NULL, -1, "-0.5", "scale down, negative" },
	{ "0", NULL, 3, "0", "zero times a thousand" },
	{ "123456789012345678901234567890.123456789", NULL, 0,
	    "123456789012345678901234567890.123456789", "no double" },
	{ "52億8,700万円", "円", 0, "5287000000", "figures between kanji" },
	{ "1億1,500万円", "円", 0, "115000000", "one hundred million" },
	{ "1億2345万6789", NULL, 0, "123456789", "groups of four" },
	{ "一億二千三百四十五万六千七百八十九", NULL, 0, "123456789",
	    "kanji throughout" },
	{ "1.5億", NULL, 0, "150000000", "a fraction of a unit" },
	{ "12,345万", NULL, 0, "123450000", "separators before the unit" },
	{ "3億", NULL, 0, "300000000", "nothing behind the unit" },
	{ "3千", NULL, 0, "3000", "a small unit" },
	{ "3百45", NULL, 0, "345", "figures behind a small unit" },
	{ "△3万", NULL, 0, "-30000", "negative kanji" },
	{ "〇", NULL, 0, "0", "kanji zero" },
	{ "零", NULL, 0, "0", "the other kanji zero" },
	{ "百", NULL, 0, "100", "a unit alone" },
	{ "二〇", NULL, 0, "20", "kanji by position" },
	{ "1,234.5", NULL, 3, "1234500", "separators and scale" },
	{ "-1,234.5678", NULL, 3, "-1234567.8", "the same, negative" },
	{ "0.5", NULL, 3, "500", "a zero in front and scale" },
	{ "10,000,000", NULL, 0, "10000000", "groups of zeros" },
	{ "-0.50", NULL, 0, "-0.50", "negative, below one" },
};

/* With a decimal comma. */
static const struct accepted accepted_comma[] = {
	{ "12,5", NULL, 0, "12.5", "decimal comma" },
	{ "1.234.567,89", NULL, 0, "1234567.89", "points part groups" },
	{ "1 234 567,89", NULL, 0, "1234567.89", "blanks part groups" },
	{ "1\xc2\xa0"
	  "234,5",
	    NULL, 0, "1234.5", "no-break blanks too" },
	{ "1.234", NULL, 0, "1234", "a point is no decimal one" },
	{ "-12,5 %", NULL, 0, "-12.5", "a unit behind" },
	{ "(1.234,5)", NULL, 0, "-1234.5", "parentheses" },
	{ "1.234,5", "千円", 3, "1234500", "and a scale" },
	{ "12", NULL, 0, "12", "no comma at all" },
};

static void
expect_accepted(const struct accepted *rows, size_t n, bool comma)
{
	struct buf buf;

	buf_init(&buf, BUF_MAX);
	for (size_t i = 0; i < n; i++) {
		const struct accepted *row = &rows[i];
		const char *why = "";
		const struct number_form form = { row->unit, row->scale,
			comma };
		struct slice out = slice_of("");
		bool ok =
		    number_read(slice_of(row->in), &form, &buf, &out, &why);

		cr_expect(ok, "row %zu (%s): '%s' refused: %s", i, row->why,
		    row->in, why);
		cr_expect(slice_is(out, row->out),
		    "row %zu (%s): '%s' gave '%.*s', not '%s'", i, row->why,
		    row->in, (int)out.len, out.ptr, row->out);
	}
	buf_release(&buf);
}

Test(number, accepted)
{
	expect_accepted(accepted, ARRAY_LEN(accepted), false);
	expect_accepted(accepted_comma, ARRAY_LEN(accepted_comma), true);
}

struct refused {
	const char *in, *unit, *reason; /* reason: a part of the text */
};

static const struct refused refused[] = {
	{ "", NULL, "no digits" },
	{ "-", NULL, "no digits" },
	{ "()", NULL, "no digits" },
	{ "1,440①", NULL, "circled" },
	{ "52²", NULL, "superscript" },
	{ "45※", NULL, "footnote" },
	{ "①", NULL, "circled" },
	{ "½", NULL, "text in front" },
	{ "1,23,4", NULL, "groups of three" },
	{ "1,2345", NULL, "groups of three" },
	{ "1234,567", NULL, "groups of three" },
	{ "1,", NULL, "groups of three" },
	{ ",123", NULL, "groups of three" },
	{ "0,123", NULL, "groups of three" },
	{ "1.2.3", NULL, "second point" },
	{ "1.234,5", NULL, "second point" },
	{ "5.", NULL, "no digit behind" },
	{ ".", NULL, "no digit behind" },
	{ "約30", NULL, "約" },
	{ "約30%", NULL, "約" },
	{ "1,440(+110)", NULL, "second figure" },
	{ "1,440(+110)", NULL, "values[].pattern" },
	{ "1.2E+05", NULL, "exponent" },
	{ "45件", NULL, "unit" },
	{ "45人", "件", "unit" },
	{ "45%", "件", "percent" },
	{ "12 345", NULL, "blank inside" },
	{ "--5", NULL, "text in front" },
	{ "-(5)", NULL, "text in front" },
	{ "休館", NULL, "text in front" },
	{ "…", NULL, "text in front" },
	{ "4/15", NULL, "text behind" },
	{ "1万2億", NULL, "part of the number" },
	{ "1億12345万", NULL, "two kanji units" },
	{ "1億2.5万", NULL, "fraction inside" },
	{ "億", NULL, "part of the number" },
	{ "3百450", NULL, "two kanji units" },
	{ "1億人", NULL, "part of the number" },
	{ "1234567890123456億", NULL, "too many digits" },
	{ "1,234.", NULL, "no digit behind" },
	{ "1,234,", NULL, "groups of three" },
	{ "-", "件", "no digits" },
};

/* With a decimal comma. */
static const struct refused refused_comma[] = {
	{ "1.5", NULL, "groups of three" },
	{ "1.234 567,8", NULL, "blank inside" },
	{ "1,2,3", NULL, "second point" },
	{ "1,234.5", NULL, "second point" },
};

static void
expect_refused(const struct refused *rows, size_t n, bool comma)
{
	struct buf buf;

	buf_init(&buf, BUF_MAX);
	for (size_t i = 0; i < n; i++) {
		const struct refused *row = &rows[i];
		const struct number_form form = { .unit = row->unit,
			.decimal_comma = comma };
		struct slice out = slice_of("");
		const char *why = NULL;

		cr_expect(!number_read(slice_of(row->in), &form, &buf, &out,
			      &why),
		    "row %zu: '%s' gave '%.*s'", i, row->in, (int)out.len,
		    out.ptr);
		cr_expect(why != NULL && strstr(why, row->reason) != NULL,
		    "row %zu: '%s': the reason is '%s', which does not say "
		    "'%s'",
		    i, row->in, why == NULL ? "" : why, row->reason);
	}
	buf_release(&buf);
}

Test(number, refused_with_the_reason)
{
	expect_refused(refused, ARRAY_LEN(refused), false);
	expect_refused(refused_comma, ARRAY_LEN(refused_comma), true);
}

/* n digits, and how many are read of them; 0: refused. */
static size_t
read_digits(size_t n, int scale, struct buf *buf, const char **why)
{
	const struct number_form form = { .scale = scale };
	struct slice out;
	char text[1200];

	memset(text, '7', n);
	return number_read((struct slice){ text, n }, &form, buf, &out, why)
	    ? out.len
	    : 0;
}

Test(number, limits_are_named_not_cut)
{
	struct buf buf;
	const char *why = "";

	buf_init(&buf, BUF_MAX);
	cr_expect_eq(read_digits(1000, 0, &buf, &why), 1000, "%s", why);
	cr_expect_eq(read_digits(997, 3, &buf, &why), 1000, "%s", why);
	cr_expect_eq(read_digits(1000, -3, &buf, &why), 1001, "%s", why);
	cr_expect_eq(read_digits(1000, -1002, &buf, &why), 0, "%s", why);
	cr_expect_eq(read_digits(998, 3, &buf, &why), 0);
	cr_expect(strstr(why, "after scaling") != NULL, "%s", why);
	cr_expect_eq(read_digits(1001, 0, &buf, &why), 0);
	cr_expect(strstr(why, "1000 digits") != NULL, "%s", why);
	buf_release(&buf);
}

/* What most cells hold is read where it stands: nothing is copied. */
Test(number, a_plain_cell_is_borrowed)
{
	static const struct {
		const char *in;
		bool borrowed;
	} rows[] = { { "12345.6", true }, { "-5", true }, { "0.50", true },
		{ "1,234", false }, { "-0", false }, { "007", false },
		{ "5 ", false } };
	struct buf buf;

	buf_init(&buf, BUF_MAX);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slice in = slice_of(rows[i].in), out = slice_of("");
		const char *why = "";

		cr_expect(number_read(in, &(struct number_form){ 0 }, &buf,
			      &out, &why),
		    "row %zu: %s", i, why);
		cr_expect_eq(out.ptr == in.ptr, rows[i].borrowed, "row %zu", i);
	}
	buf_release(&buf);
}
