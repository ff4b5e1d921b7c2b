/* rooms: base config decode parse layout normalise */
/* Local governments by code, and what was meant by a wrong one. */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/normalise.h"

Test(org_title, names)
{
	static const struct {
		int code;
		const char *want, *why;
	} rows[] = {
		{ 202037, "長野県上田市", "a city" },
		{ 11002, "北海道札幌市", "a leading zero" },
		{ 200000, "長野県", "a prefecture has no name beside" },
		{ 202038, NULL, "no check digit of any" },
		{ 0, NULL, "the whole country is none" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		const char *title = org_title(rows[i].code, &mem);

		cr_expect((title == NULL) == (rows[i].want == NULL)
			&& (title == NULL || strcmp(title, rows[i].want) == 0),
		    "row %zu (%s): got %s", i, rows[i].why,
		    title != NULL ? title : "(none)");
	}
}

Test(org_title, nearest)
{
	static const struct {
		const char *digits;
		int want;
		const char *why;
	} rows[] = {
		{ "202038", 202037, "another check digit" },
		{ "202037", 202037, "itself" },
		{ "011003", 11002, "with its leading zero" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int code = org_nearest(rows[i].digits);

		cr_expect_eq(code, rows[i].want, "row %zu (%s): got %06d", i,
		    rows[i].why, code);
	}
}
