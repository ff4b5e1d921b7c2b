/* rooms: base config normalise */
/* Organizations by name, against the list that is built in. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../../collector/normalise/org_list.h"
#include "../../collector/normalise/org_name.h"
#include "kpid/label.h"
#include "kpid/normalise.h"

#define REFUSED (-1)

static const struct pair aliases[] = { { "旧・真田町", "202037" },
	{ "市　計", "20203" } };

struct reader {
	struct contract contract;
	struct arena mem, scratch;
	struct org_reader orgs;
};

static void
reader_begin(struct reader *r)
{
	memset(r, 0, sizeof(*r));
	r->contract.org_map = aliases;
	r->contract.n_org_map = ARRAY_LEN(aliases);
	org_reader_begin(&r->orgs, &r->contract, &r->mem, &r->scratch);
}

static void
reader_end(struct reader *r)
{
	arena_release(&r->mem);
	arena_release(&r->scratch);
}

static int
read_name(struct reader *r, const char *text, const char **why)
{
	int org = REFUSED;

	*why = "";
	return org_read(&r->orgs, slice_of(text), &org, why) ? org : REFUSED;
}

static const struct {
	const char *in;
	int out;
	const char *why;
} names[] = {
	{ "上田市", 202037, "a name that is there once" },
	{ "長野県上田市", 202037, "with its prefecture" },
	{ "長野県　上田市", 202037, "and a blank between" },
	{ " 上田市\n", 202037, "blanks around" },
	{ "上　田　市", 202037, "spread over the cell" },
	{ "北海道札幌市", 11002, "a code with a zero in front" },
	{ "札幌市", 11002, "the same without its prefecture" },
	{ "東京都府中市", 132063, "one of two" },
	{ "広島県府中市", 342084, "the other one" },
	{ "千代田区", 131016, "a ward of 東京都" },
	{ "東京都中央区", 131024, "one that others have, with its prefecture" },
	{ "新潟県岩船郡粟島浦村", 155861, "with its 郡" },
	{ "岩船郡粟島浦村", 155861, "without the prefecture" },
	{ "新潟県粟島浦村", 155861, "without the 郡" },
	{ "下北郡佐井村", 24261, "a village of 青森県" },
	{ "日高郡美浜町", 303810, "the 郡 tells which of three" },
	{ "三方郡美浜町", 184420, "another of them" },
	{ "八丈島八丈町", 134015, "an island before the name" },
	{ "郡山市", 72036, "郡 in the name itself" },
	{ "大和郡山市", 292036, "the same, within" },
	{ "赤穂郡上郡町", 284815, "郡 twice" },
	{ "四日市市", 242021, "市 twice" },
	{ "長野県", 200000, "a prefecture" },
	{ "龍ヶ崎市", 82082, "small ke" },
	{ "龍ケ崎市", 82082, "large ke" },
	{ "鰺ケ沢町", 23213, "the other way round" },
	{ "高岡郡檮原町", 394050, "its own sign, which the list lacks" },
	{ "全国", 0, "the country" },
	{ "兵庫", 280003, "a prefecture without its 県" },
	{ "京　都", 260002, "without its 府, spread" },
	{ "東京", 130001, "without its 都" },
	{ "札幌", REFUSED, "a city without its 市" },
	{ "000000", 0, "its code" },
	{ "00000", 0, "its code in e-Stat" },
	{ "２０２０３７", 202037, "a code is still one" },
	{ "11002", 11002, "one without its zero" },
	{ "旧・真田町", 202037, "an alias" },
	{ "市計", 202037, "an alias, compared as a label" },
};

Test(org_name, read)
{
	struct reader r;

	reader_begin(&r);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *why;
		int org = read_name(&r, names[i].in, &why);

		cr_expect_eq(org, names[i].out,
		    "row %zu (%s): '%s' gave %d, not %d: %s", i, names[i].why,
		    names[i].in, org, names[i].out, why);
	}
	reader_end(&r);
}

static const struct {
	const char *in;
	const char *told[3]; /* parts of the reason */
} refused[] = {
	{ "府中市",
	    { "132063 東京都, 342084 広島県", "organization.text",
		"organization.map" } },
	{ "美浜町", { "184420 福井県三方郡", "303810 和歌山県日高郡" } },
	{ "中央区", { "131024 東京都", "wards of designated cities" } },
	{ "港区", { "131032 東京都", "東京都{市区町村}" } },
	{ "札幌市中央区",
	    { "a ward of 札幌市 (011002)", "by code only",
		"\"札幌市中央区\": \"its code\"" } },
	{ "神奈川県横浜市港北区", { "a ward of 横浜市 (141003)" } },
	{ "新潟県岩船郡粟島村", { "155861 新潟県岩船郡粟島浦村" } },
	{ "長野県上田町", { "202037 長野県上田市" } },
	{ "山県郡千代田町", { "no local government", "105236 群馬県邑楽郡" } },
	{ "埼玉県南埼玉郡白岡町",
	    { "112461 埼玉県白岡市", "a former or another name" } },
	{ "合計", { "no local government", "rows.except" } },
	{ "20203 上田市", { "no local government" } },
	{ "202038", { "check digit" } },
	{ "", { "no code" } },
};

Test(org_name, refused_with_what_may_be_meant)
{
	struct reader r;

	reader_begin(&r);
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		const char *why;
		int org = read_name(&r, refused[i].in, &why);

		cr_expect_eq(org, REFUSED, "row %zu: '%s' gave %d", i,
		    refused[i].in, org);
		for (size_t j = 0; j < ARRAY_LEN(refused[i].told); j++)
			cr_expect(refused[i].told[j] == NULL
				|| strstr(why, refused[i].told[j]) != NULL,
			    "row %zu: '%s': '%s' does not say '%s'", i,
			    refused[i].in, why, refused[i].told[j]);
	}
	reader_end(&r);
}

/* A body of nothing but unknown names costs no memory without end. */
Test(org_name, refusals_are_worded_once_and_end)
{
	struct reader r;
	char name[32];
	const char *first, *again, *why = "";

	reader_begin(&r);
	(void)read_name(&r, "無い町", &first);
	(void)read_name(&r, "無い町", &again);
	cr_expect_eq(first, again, "the same name was worded twice");
	for (int i = 0; i < 2 * ORG_REFUSALS_MAX; i++) {
		(void)snprintf(name, sizeof(name), "無い町%d", i);
		cr_expect_eq(read_name(&r, name, &why), REFUSED);
	}
	cr_expect_str_eq(why, "no local government has this name");
	(void)read_name(&r, "無い町", &again);
	cr_expect_eq(first, again, "the first ones are forgotten");
	reader_end(&r);
}

Test(org_list, every_code_and_name_is_its_own)
{
	struct arena mem = { 0 };
	size_t prefectures = 0;

	cr_assert_eq(org_n_entries, 47 + 1741);
	for (size_t i = 0; i < org_n_entries; i++) {
		const struct org_entry *e = &org_entries[i];
		const char *name = arena_printf(&mem, "%s%s%s", e->prefecture,
		    e->district, e->name);
		const char *why = "";
		size_t first = 0;
		int org = 0;

		prefectures += e->name[0] == '\0';
		cr_expect(org_code_read(slice_of(arena_printf(&mem, "%06d",
					    e->code)),
			      &org, &why)
			&& org == e->code,
		    "%06d %s: %s", e->code, name, why);
		cr_expect(i == 0 || org_entries[i - 1].code < e->code,
		    "%06d is out of order", e->code);
		cr_expect_str_eq(label_key(slice_of(name), &mem), name);
		cr_expect_eq(org_list_find(slice_of(name), &first), 1,
		    "'%s' is not found", name);
		cr_expect_eq(org_spellings[first].entry, i);
	}
	cr_expect_eq(prefectures, 47);
	arena_release(&mem);
}

Test(org_list, prefecture)
{
	static const struct {
		const char *in;
		int out;
	} rows[] = { { "北海道札幌市", 10006 }, { "京都府京都市", 260002 },
		{ "東京都", 130001 }, { "東京", 0 }, { "", 0 } };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct org_entry *e =
		    org_list_prefecture(slice_of(rows[i].in));

		cr_expect_eq(e == NULL ? 0 : e->code, rows[i].out, "row %zu",
		    i);
	}
}
