/* rooms: base config */
#include <criterion/criterion.h>

#include "kpid/units.h"

#define NOT 99 /* no multiple of each other */

static const struct {
	const char *from, *to;
	int power;
	const char *why;
} factors[] = {
	{ "円", "円", 0, "the same" },
	{ "千円", "円", 3, "thousands" },
	{ "百万円", "円", 6, "two words" },
	{ "億円", "円", 8, "" },
	{ "十億円", "円", 9, "" },
	{ "兆円", "億円", 4, "to a multiple" },
	{ "円", "千円", -3, "the other way" },
	{ "百万円", "千円", 3, "" },
	{ "万円", "円", 4, "" },
	{ "千人", "人", 3, "" },
	{ "万人", "人", 4, "" },
	{ "百人", "人", 2, "" },
	{ "千件", "件", 3, "" },
	{ "千世帯", "世帯", 3, "" },
	{ "１，０００円", "円", 3, "figures" },
	{ "100万円", "円", 6, "figures and words" },
	{ "10億円", "円", 9, "" },
	{ "1,000 persons", "persons", 3, "with a blank" },
	{ "thousand yen", "円", 3, "English" },
	{ "Million tonnes", "t", 6, "English" },
	{ "千t", "t", 3, "" },
	{ "千ﾄﾝ", "t", 3, "half-width" },
	{ "トン", "ｔ", 0, "full-width" },
	{ "㌧", "t", 0, "in one character" },
	{ "t", "kg", 3, "" },
	{ "ha", "㎢", -2, "" },
	{ "k㎡", "km2", 0, "" },
	{ "㎘", "L", 3, "" },
	{ "GWh", "kWh", 6, "" },
	{ "mWh", "kWh", NOT, "a symbol" },
	{ "%", "％", 0, "width" },
	{ "パーセント", "%", 0, "in words" },
	{ "㌫", "％", 0, "in one character" },
	{ "Percent", "%", 0, "a word" },
	{ "ヶ所", "か所", 0, "spelling" },
	{ "箇所", "ヵ所", 0, "spelling" },
	{ "名", "人", 0, "people" },
	{ "(千円)", "円", 3, "as in a row of units" },
	{ "（単位：千円）", "円", 3, "as in a title" },
	{ "単位：人", "人", 0, "" },
	{ " 千　円 ", "円", 3, "blanks" },
	{ "円", "人", NOT, "others" },
	{ "人", "世帯", NOT, "others" },
	{ "千円", "ドル", NOT, "others" },
	{ "%", "‰", NOT, "not said" },
	{ "%", "ポイント", NOT, "a difference is no share" },
	{ "千", "人", NOT, "a multiple of nothing" },
	{ "1000", "人", NOT, "a number is no unit" },
	{ "", "人", NOT, "nothing" },
	{ "", "", 0, "the same" },
	{ "千人当たり", "人当たり", NOT, "it divides" },
	{ "人口10万対", "人口千対", NOT, "it divides" },
	{ "per 1,000", "1,000", NOT, "it divides" },
	{ "千円/人", "円/人", 3, "the upper part" },
	{ "一覧", "覧", NOT, "a word" },
};

Test(units, factors)
{
	for (size_t i = 0; i < ARRAY_LEN(factors); i++) {
		int power = NOT;
		bool ok = unit_factor(slice_of(factors[i].from),
		    slice_of(factors[i].to), &power);

		cr_expect_eq(power, factors[i].power,
		    "row %zu: '%s' to '%s' (%s): got %d", i, factors[i].from,
		    factors[i].to, factors[i].why, power);
		cr_expect_eq(ok, factors[i].power != NOT, "row %zu: '%s'", i,
		    factors[i].from);
	}
}

/* There and back is nothing. */
Test(units, the_other_way_round)
{
	static const char *const units[] = { "円", "千円", "百万円", "億円",
		"兆円", "1,000円", "thousand yen" };

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		for (size_t j = 0; j < ARRAY_LEN(units); j++) {
			int there = NOT, back = NOT;

			cr_expect(unit_factor(slice_of(units[i]),
			    slice_of(units[j]), &there));
			cr_expect(unit_factor(slice_of(units[j]),
			    slice_of(units[i]), &back));
			cr_expect_eq(there, -back, "%s and %s", units[i],
			    units[j]);
		}
	}
}
