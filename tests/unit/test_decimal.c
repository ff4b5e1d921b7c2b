/* rooms: base notify */
#include <criterion/criterion.h>

#include "../../collector/notify/decimal.h"

static const struct {
	const char *text, *shown, *shorter, *why;
} shows[] = {
	{ "45", "45", "45", "whole" },
	{ "72.70", "72.70", "72.7", "decimals as they came" },
	{ "250.0000", "250.0000", "250", "computed" },
	{ "7.5000", "7.5000", "7.5", "computed half" },
	{ "1000", "1,000", "1,000", "thousand" },
	{ "999", "999", "999", "below" },
	{ "1234567.891", "1,234,567.891", "1,234,567.891", "groups" },
	{ "-3.5", "\u22123.5", "\u22123.5", "minus sign" },
	{ "-1234", "\u22121,234", "\u22121,234", "minus and group" },
	{ "-0.0000", "0.0000", "0", "no negative zero" },
	{ "0", "0", "0", "zero" },
	{ "100", "100", "100", "zeros before the point stay" },
	{ "", "", "", "empty is no number" },
	{ "1e5", "1e5", "1e5", "exponent is no plain decimal" },
	{ "1.", "1.", "1.", "nothing after the point" },
	{ ".5", ".5", ".5", "nothing before the point" },
	{ "約30", "約30", "約30", "words stay" },
	{ "123456789012345678901234567890",
	    "123,456,789,012,345,678,901,"
	    "234,567,890",
	    "123,456,789,012,345,678,901,234,567,890",
	    "more digits than any machine number" },
};

Test(decimal, show)
{
	for (size_t i = 0; i < ARRAY_LEN(shows); i++) {
		struct arena mem = { 0 };

		cr_expect_str_eq(decimal_show(shows[i].text, &mem),
		    shows[i].shown, "row %zu (%s): %s", i, shows[i].why,
		    decimal_show(shows[i].text, &mem));
		cr_expect_str_eq(decimal_show_short(shows[i].text, &mem),
		    shows[i].shorter, "row %zu (%s)", i, shows[i].why);
		arena_release(&mem);
	}
}

static const struct {
	const char *text;
	int places;
	bool up;
	const char *want, *why;
} cuts[] = {
	{ "75.8333", 0, true, "76", "75 a month would not reach it" },
	{ "75.8333", 0, false, "75", "a limit must not be passed" },
	{ "75.0000", 0, true, "75", "nothing is cut off" },
	{ "1.8333", 1, true, "1.9", "one place" },
	{ "99.99", 0, true, "100", "carry makes a digit" },
	{ "9.95", 1, true, "10.0", "carry over the point" },
	{ "0.01", 0, true, "1", "a little is one" },
	{ "0.5333", 2, false, "0.53", "index" },
	{ "0.5999", 2, false, "0.59", "not the 0.60 it did not reach" },
	{ "7", 2, true, "7", "fewer places than asked" },
	{ "-1.25", 1, true, "-1.3", "away from zero" },
	{ "x", 0, true, "x", "no number" },
};

Test(decimal, cut)
{
	for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
		struct arena mem = { 0 };
		const char *got =
		    decimal_cut(cuts[i].text, cuts[i].places, cuts[i].up, &mem);

		cr_expect_str_eq(got, cuts[i].want, "row %zu (%s): %s", i,
		    cuts[i].why, got);
		arena_release(&mem);
	}
}

static const struct {
	const char *part, *whole;
	int want; /* -1: no bar */
	const char *why;
} shares[] = {
	{ "45", "500", 90, "9 %" },
	{ "7", "15", 466, "rounded down" },
	{ "72.7", "73.0", 995, "decimals" },
	{ "79", "50", 1000, "past the target is full" },
	{ "-5", "50", 0, "below zero is empty" },
	{ "0", "50", 0, "nothing" },
	{ "5", "0", -1, "no share of nothing" },
	{ "5", "-3", -1, "nor of less" },
	{ "x", "50", -1, "no number" },
	{ NULL, "50", -1, "absent" },
	{ "5", NULL, -1, "absent whole" },
	{ "99999999999", "99999999999.9999", 999, "the longest" },
	{ "100000000000", "100000000000", -1, "longer is not drawn" },
};

Test(decimal, permille)
{
	for (size_t i = 0; i < ARRAY_LEN(shares); i++) {
		int got = -1;

		cr_expect_eq(decimal_permille(shares[i].part, shares[i].whole,
				 &got),
		    shares[i].want >= 0, "row %zu (%s)", i, shares[i].why);
		cr_expect_eq(got, shares[i].want, "row %zu (%s): %d", i,
		    shares[i].why, got);
	}
}

Test(decimal, signs_and_equality)
{
	struct arena mem = { 0 };

	cr_expect(decimal_negative("-0.5"));
	cr_expect(!decimal_negative("-0.0"));
	cr_expect(!decimal_negative("0.5"));
	cr_expect(!decimal_negative("-"));
	cr_expect(!decimal_negative(NULL));
	cr_expect(decimal_zero("0.000"));
	cr_expect(decimal_zero("-0"));
	cr_expect(!decimal_zero("0.001"));
	cr_expect(!decimal_zero(NULL));
	cr_expect_str_eq(decimal_abs("-3.5", &mem), "3.5");
	cr_expect_str_eq(decimal_abs("3.5", &mem), "3.5");
	cr_expect_str_eq(decimal_abs("-x", &mem), "-x");
	cr_expect_eq(decimal_places("73.0"), 1);
	cr_expect_eq(decimal_places("73"), 0);
	cr_expect_eq(decimal_places(NULL), 0);
	cr_expect(decimal_same("7.50", "7.5"));
	cr_expect(decimal_same("250.0000", "250"));
	cr_expect(decimal_same("-0.0", "0"));
	cr_expect(!decimal_same("7.5", "7"));
	cr_expect(!decimal_same("-7", "7"));
	cr_expect(!decimal_same(NULL, "7"));
	arena_release(&mem);
}

static const struct {
	const char *text;
	int places;
	const char *rounded;
} roundings[] = {
	{ "101.4999", 0, "101" },
	{ "101.5", 0, "102" },
	{ "-0.25", 1, "-0.3" },
	{ "9.96", 1, "10.0" },
	{ "7", 2, "7" },
	{ "x", 0, "x" },
};

Test(decimal, rounds_half_away_from_zero)
{
	for (size_t i = 0; i < ARRAY_LEN(roundings); i++) {
		struct arena mem = { 0 };
		const char *got =
		    decimal_round(roundings[i].text, roundings[i].places, &mem);

		cr_expect_str_eq(got, roundings[i].rounded, "row %zu: %s", i,
		    got);
		arena_release(&mem);
	}
}

static const struct {
	const char *share, *per_cent;
} chances[] = {
	{ "0.1136", "11" },
	{ "0.5", "50" },
	{ "0", "0" },
	{ "0.0004", "1" },
	{ "0.9999", "99" },
	{ "1.0000", "100" },
	{ "-0.1", NULL },
	{ "x", NULL },
	{ NULL, NULL },
};

Test(decimal, shares_in_per_cent)
{
	for (size_t i = 0; i < ARRAY_LEN(chances); i++) {
		struct arena mem = { 0 };
		const char *got = decimal_per_cent(chances[i].share, &mem);

		if (chances[i].per_cent == NULL)
			cr_expect_null(got, "row %zu: %s", i, got);
		else
			cr_expect_str_eq(got, chances[i].per_cent,
			    "row %zu: %s", i, got);
		arena_release(&mem);
	}
}
