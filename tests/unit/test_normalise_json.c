/* rooms: base config normalise */
/* Records of JSON, and what a contract asks a parser for. */
#include <criterion/criterion.h>

#include "../support/normalise_run.h"

/* Records of JSON: the parser sends the paths first; null is no text. */
static void
json_begin(struct run *r)
{
	static const struct contract_value values[] = {
		{ .column = "$.value", .indicator = "helmets", .line = 9 }
	};
	static const char *const header[] = { "$.month", "$.value" };
	struct contract *c = &r->contract;

	run_init(r);
	c->format = FORMAT_JSON;
	c->records = "$[*]";
	c->period = (struct source){ .column = "$.month", .line = 5 };
	c->values = values;
	c->n_values = 1;
	run_begin(r);
	cr_assert(run_header(r, 1, 2, header), "%s", r->err.msg);
}

Test(normalise, json_null_is_missing)
{
	static const char *const some[] = { "2024-04", "7" };
	static const char *const null[] = { "2024-05", NULL };
	struct run r;

	json_begin(&r);
	cr_expect(run_row(&r, 2, 2, some));
	cr_expect(run_row(&r, 3, 2, null));
	cr_expect_str_eq(run_told(&r),
	    "helmets 202037 M M {} 2024-04 = 7 A\n"
	    "helmets 202037 M M {} 2024-05 = not_available O");
	cr_expect(normaliser_end(r.n, &r.err));
	cr_expect(!r.held);
	run_release(&r);
}

Test(normalise, a_json_path_that_never_finds_anything_holds_the_delivery)
{
	static const char *const null[] = { "2024-05", NULL };
	struct run r;

	json_begin(&r);
	cr_expect(run_row(&r, 3, 2, null));
	cr_expect(normaliser_end(r.n, &r.err));
	cr_expect(r.held);
	cr_expect_str_eq(r.last_kind, "empty_path");
	run_release(&r);
}

Test(normalise, missing_reasons_read_what_they_write)
{
	for (int i = MISSING_NOT_APPLICABLE; i <= MISSING_ERROR; i++) {
		enum missing back = MISSING_NONE;

		cr_expect(missing_from_text(
		    slice_of(missing_text((enum missing)i)), &back));
		cr_expect_eq((int)back, i);
	}
	enum missing untouched = MISSING_ERROR;

	cr_expect(!missing_from_text(slice_of("unknown"), &untouched));
	cr_expect_eq(untouched, MISSING_ERROR);
	cr_expect_null(missing_text(MISSING_NONE));
}
