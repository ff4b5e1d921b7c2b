/* rooms: base normalise */
/* Which labels are the same, and which name is nearest. */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/label.h"
#include "kpid/normalise.h"

struct label {
	const char *in, *out, *why;
};

static const struct label labels[] = {
	{ "indicator", "indicator", "ASCII as it stands" },
	{ "", "", "empty" },
	{ "  ", "", "blanks alone" },
	{ " My  Number ", "My Number", "blanks are folded to one" },
	{ "総　数", "総数", "a blank that only spreads the characters" },
	{ "令和6年度\n実績", "令和6年度実績", "a line break in a header" },
	{ "人口（人）", "人口(人)", "full-width parentheses" },
	{ "ｱｲｳｶﾞ", "アイウガ", "half-width kana" },
	{ "ﾄﾝ", "トン", "half-width unit" },
	{ "㈱", "(株)", "a square word" },
	{ "㋿６年", "令和6年", "an era's ligature" },
	{ "⼭⽥", "山田", "Kangxi radicals" },
	{ "辻\xf3\xa0\x84\x80", "辻", "a variation selector" },
	{ "\xef\xbb\xbf年度", "年度", "a byte order mark left behind" },
	{ "１００％", "100%", "figures and percent" },
	{ "ABC", "ABC", "case is kept" },
	{ "保有枚数率 (%)", "保有枚数率(%)", "a blank beside a kanji" },
};

Test(label, key)
{
	struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		const char *key = label_key(slice_of(labels[i].in), &mem);

		cr_expect_str_eq(key, labels[i].out,
		    "row %zu (%s): '%s' "
		    "gave '%s'",
		    i, labels[i].why, labels[i].in, key);
	}
	arena_release(&mem);
}

Test(label, squeezed_it_stays_as_printed)
{
	static const struct label rows[] = {
		{ "中　央　区", "中央区", "spread over the cell" },
		{ "  東  灘  区    ", "東灘区", "padded, too" },
		{ "０～4歳", "０～4歳", "widths stay" },
		{ "Iron and steel", "Iron and steel", "words" },
		{ "Machinery and\nequipment", "Machinery and equipment",
		    "two lines" },
		{ "北　神 area", "北神area", "between two scripts" },
		{ "", "", "nothing" },
	};
	struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slice got = label_squeeze(slice_of(rows[i].in), &mem);

		cr_expect(slice_is(got, rows[i].out), "row %zu (%s): '%.*s'", i,
		    rows[i].why, slice_width(got), got.ptr);
	}
	arena_release(&mem);
}

Test(label, longer_than_the_stack)
{
	struct arena mem = { 0 };
	struct buf long_text;

	buf_init(&long_text, 10000);
	for (int i = 0; i < 1000; i++)
		cr_assert(buf_puts(&long_text, "１"));
	cr_expect_eq(strlen(label_key(buf_slice(&long_text), &mem)), 1000);
	buf_release(&long_text);
	arena_release(&mem);
}

Test(label, nearest)
{
	static const char *const names[] = { "年度", "実績値", "指標", "" };
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "実績", "実績値" },
		{ "実積値", "実績値" },
		{ "年", "年度" },
		{ "population", NULL },
		{ "指標", "指標" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *got =
		    nearest_name(rows[i].in, names, ARRAY_LEN(names));

		cr_expect_str_eq(got == NULL ? "none" : got,
		    rows[i].out == NULL ? "none" : rows[i].out,
		    "row %zu: '%s' gave '%s'", i, rows[i].in,
		    got == NULL ? "none" : got);
	}
	cr_expect_eq(nearest_distance("弁護士相談", "弁護士等相談"), 1,
	    "characters are counted, not bytes");
}

Test(label, what_divides_a_header_that_was_read_as_one_cell)
{
	static const struct {
		const char *text, *wanted, *shown, *why;
		char but, by;
	} rows[] = {
		{ "年月;人口", "人口", "年月;人口", "a semicolon", ',', ';' },
		{ "年月\t人　口 ", "人口", "年月\\t人　口", "a tab", ',',
		    '\t' },
		{ "年月|人口", "年月", "年月|人口", "a bar", ',', '|' },
		{ "年月,人口", "年月", "年月,人口", "a comma", ';', ',' },
		{ "年月,人口", "年月", "年月,人口", "the one it is", ',', 0 },
		{ "a;b", "c", "a;b", "none of its parts is wanted", ',', 0 },
		{ "a;b,c", "c", "a;b,c", "by which it is found", 0, ',' },
		{ "a;b", NULL, "a;b", "any part will do", ',', ';' },
		{ "年月", "年月", "年月", "nothing", ',', 0 },
		{ "", NULL, "", "nothing at all", ',', 0 },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct slice text = slice_of(rows[i].text);
		const char *shown = label_shown(text, &mem);
		char by = label_divider(text, rows[i].but, rows[i].wanted);

		cr_expect_eq(by, rows[i].by, "row %zu (%s): '%c'", i,
		    rows[i].why, by);
		cr_expect_str_eq(shown, rows[i].shown, "row %zu (%s): %s", i,
		    rows[i].why, shown);
	}
}
