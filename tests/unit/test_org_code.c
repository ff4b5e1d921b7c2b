/* rooms: base normalise */
/* Codes of local governments: 011002 is 札幌市, 202037 上田市. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/normalise/org_code.h"
#include "kpid/normalise.h"

#define REFUSED (-1)

struct code {
	const char *in;
	int out; /* REFUSED */
	const char *why;
};

static const struct code codes[] = {
	{ "202037", 202037, "six digits" },
	{ "20203", 202037, "without the check digit" },
	{ "011002", 11002, "with its leading zero" },
	{ "11002", 11002, "without it: no municipality is 11-002" },
	{ "01100", 11002, "without the check digit" },
	{ "1100", 11002, "without both" },
	{ "01202", 12025, "函館市" },
	{ "２０２０３７", 202037, "full-width" },
	{ "　202037 ", 202037, "blanks around" },
	{ "20206", 202061,
	    "諏訪市: 020206 has a check digit that fits, but "
	    "no municipality is 02-020" },
	{ "10201", 102016, "前橋市: the same" },
	{ "200000", 200000, "長野県" },
	{ "20000", 200000, "長野県 without the check digit" },
	{ "13100", 131008, "特別区部" },
	{ "11100", REFUSED, "さいたま市, or 札幌市清田区 without its zero" },
	{ "12203", REFUSED, "市川市, or 士別市 without its zero" },
	{ "202038", REFUSED, "wrong check digit" },
	{ "13", REFUSED, "two digits: of JIS, or of the police?" },
	{ "000000", 0, "the whole country" },
	{ "00000", 0, "without its check digit" },
	{ "０００００", 0, "full-width" },
	{ "0000", REFUSED, "four zeros are nothing" },
	{ "480002", REFUSED, "there are 47 prefectures" },
	{ "20050", REFUSED, "no municipality has such a number" },
	{ "203", REFUSED, "too short" },
	{ "2020370", REFUSED, "too long" },
	{ "20203a", REFUSED, "a letter" },
	{ "上田市", REFUSED, "a name" },
	{ "", REFUSED, "empty" },
	{ "-20203", REFUSED, "a sign" },
};

Test(org_code, read)
{
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		const struct code *row = &codes[i];
		const char *why = "";
		int org = REFUSED;
		bool ok = org_code_read(slice_of(row->in), &org, &why);

		cr_expect_eq(org, row->out,
		    "row %zu (%s): '%s' gave %d, not "
		    "%d: %s",
		    i, row->why, row->in, org, row->out, why);
		cr_expect(ok || why[0] != '\0', "row %zu (%s): no reason", i,
		    row->why);
	}
}

/* The codes before an ambiguous one show which digit the table leaves out. */
Test(org_code, the_table_decides_what_one_code_cannot)
{
	static const struct {
		const char *before, *in;
		int out;
	} rows[] = {
		{ "01100", "11100", 111007 },
		{ "1100", "11100", 111007 },
		{ "20203", "11100", 111007 },
		{ "202037", "11100", 11100 },
		{ "11002", "11100", 11100 },
		{ "11100", "11100", 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		enum org_form form = ORG_FORM_UNKNOWN;
		const char *why = "";
		int first = 0, org = 0;

		bool ok = org_code_read_as(slice_of(rows[i].before), &form,
		    &first, &why);

		cr_expect_eq(ok, rows[i].out != 0);
		ok = org_code_read_as(slice_of(rows[i].in), &form, &org, &why);
		cr_expect_eq(org, rows[i].out,
		    "row %zu: after '%s', '%s' "
		    "gave %d: %s",
		    i, rows[i].before, rows[i].in, org, ok ? "" : why);
	}
}

Test(org_code, which_cells_are_codes)
{
	static const struct {
		const char *in;
		bool out;
	} rows[] = { { "202037", true }, { "２０２０３７", true },
		{ " 11002　", true }, { "1", true }, { "", false },
		{ "上田市", false }, { "20203上田市", false } };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		cr_expect_eq(org_code_is(slice_of(rows[i].in)), rows[i].out,
		    "row %zu: '%s'", i, rows[i].in);
}

/* JIS X 0401, where the contract says so. */
Test(org_code, of_prefectures)
{
	static const struct code rows[] = {
		{ "13", 130001, "東京都" },
		{ "01", 10006, "北海道" },
		{ "1", 10006, "without its zero" },
		{ "４７", 470007, "full-width" },
		{ "00", 0, "the whole country" },
		{ "48", REFUSED, "there are 47" },
		{ "", REFUSED, "nothing" },
		{ "1a", REFUSED, "no figure" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *why = NULL;
		int out = REFUSED;

		cr_expect(org_prefecture_read(slice_of(rows[i].in), &out, &why)
			    == (rows[i].out != REFUSED)
			&& out == rows[i].out,
		    "row %zu (%s): %d", i, rows[i].why, out);
	}
}
