/* rooms: base config */
#include <criterion/criterion.h>

#include "../../collector/config/forms.h"
#include "kpid/error.h"

#define SIX  "^[0-9]{6}$"
#define NAME "^[a-z][a-z0-9_]*$"

/* Asked in turn: each pattern is the same one the second time. */
Test(forms, each_pattern_decides_by_itself)
{
	static const char *const six = SIX, *const name = NAME;
	static const struct {
		bool digits;
		const char *text;
		bool like;
	} table[] = {
		{ true, "202037", true },
		{ false, "202037", false },
		{ false, "births", true },
		{ true, "births", false },
		{ true, "2020370", false },
		{ true, "", false },
		{ false, "b1_2", true },
		{ false, "出生", false },
	};
	CLEANUP(forms_free) struct forms *forms = forms_new();

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < ARRAY_LEN(table); i++)
			cr_expect_eq(form_matches(forms,
					 table[i].digits ? six : name,
					 table[i].text),
			    table[i].like, "pass %d, row %zu: '%s'", pass, i,
			    table[i].text);
}

Test(forms, freed_twice_and_without_any)
{
	struct forms *forms = NULL;

	forms_free(&forms);
	cr_expect_null(forms);
	forms = forms_new();
	forms_free(&forms);
	cr_expect_null(forms);
	forms_free(&forms);
	cr_expect_null(forms);
}
