/* rooms: base notify */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/notify/facts.h"

Test(facts, every_kind_of_value_becomes_text)
{
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	struct facts f;

	cr_assert(
	    facts_read(
		"{\"as_of\":\"2024-10-15\",\"event\":12,"
		"\"fiscal_year\":2024,\"reopened\":true,\"clock\":null,"
		"\"targets\":[{\"target_value\":\"73.0\",\"actual\":72.70,"
		"\"expected\":7.5,\"gap\":-205,\"name\":\"\",\"unknown\":[1],"
		"\"modifiers\":[\"stale\",null,\"revised\"],"
		"\"source\":{\"line\":58,\"title\":\"中間報告\"}},{}]}",
		&mem, &f, &err),
	    "%s", err.msg);
	cr_expect_str_eq(f.as_of, "2024-10-15");
	cr_expect_str_eq(f.event, "12", "integers");
	cr_expect_str_eq(f.reopened, "true");
	cr_expect_null(f.clock, "null is absent");
	cr_expect_null(f.department, "absent");
	cr_assert_eq(f.n_targets, 2);
	cr_expect_str_eq(f.targets[0].target_value, "73.0",
	    "a string keeps its zeros");
	cr_expect_str_eq(f.targets[0].actual, "72.70",
	    "a number keeps them too: %s", f.targets[0].actual);
	cr_expect_str_eq(f.targets[0].expected, "7.5");
	cr_expect_str_eq(f.targets[0].gap, "-205");
	cr_expect_null(f.targets[0].name, "empty is absent");
	cr_assert_eq(f.targets[0].n_modifiers, 2);
	cr_expect_str_eq(f.targets[0].modifiers[1], "revised");
	cr_expect_str_eq(f.targets[0].source.line, "58");
	cr_expect_str_eq(f.targets[0].source.title, "中間報告");
	cr_expect_null(f.targets[1].source.title);
	cr_expect_eq(f.targets[1].n_modifiers, 0);
	arena_release(&mem);
}

static const struct {
	const char *json, *why;
} bad[] = {
	{ "", "empty" },
	{ "[]", "an array" },
	{ "\"x\"", "a string" },
	{ "{\"targets\":[}", "syntax" },
	{ "{\"event\":1,\"event\":2}", "one key twice" },
	{ "{\"as_of\":\"\\u0000\"}", "NUL" },
	{ "{\"as_of\":\"x", "a string without end" },
	{ "{\"as_of\":\"x\\", "nor its escape" },
	{ "{\"as_of\":\"\xff\"}", "not UTF-8" },
};

Test(facts, bad_documents_are_errors)
{
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		struct facts f = { .event = "kept" };

		cr_expect(!facts_read(bad[i].json, &mem, &f, &err),
		    "row %zu (%s) was taken", i, bad[i].why);
		cr_expect_eq(err.code, KPID_EMAIL, "row %zu", i);
		cr_expect_str_eq(f.event, "kept", "row %zu", i);
		arena_release(&mem);
	}
}

static const struct {
	const char *value, *want, *why;
} numbers[] = {
	{ "72.70", "72.70", "zeros at the end" },
	{ "-205.0000", "-205.0000", "negative" },
	{ "123456789012345678901234567890", "123456789012345678901234567890",
	    "past any machine number" },
	{ "\"72.70\"", "72.70", "a string" },
	{ "\"a \\\" 1,2 \\\\\"", "a \" 1,2 \\",
	    "numbers and quotes inside a string" },
	{ "\"\\u9045\"", "遅", "an escape" },
	{ "true", "true", "a word with an e in it" },
	{ "false", NULL, "no fact" },
	{ "null", NULL, "absent" },
};

Test(facts, numbers_stay_as_they_were_written)
{
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		struct facts f = { 0 };
		const char *json = arena_printf(&mem,
		    "{\"x\":[1,2e5],\"event\": %s}", numbers[i].value);

		cr_expect(facts_read(json, &mem, &f, &err), "row %zu (%s): %s",
		    i, numbers[i].why, err.msg);
		if (numbers[i].want == NULL)
			cr_expect_null(f.event, "row %zu", i);
		else
			cr_expect_str_eq(f.event, numbers[i].want,
			    "row %zu (%s): %s", i, numbers[i].why, f.event);
		arena_release(&mem);
	}
}

Test(facts, odd_shapes_are_passed_over)
{
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	struct facts f;

	cr_assert(facts_read("{\"targets\":{},\"event\":[1]}", &mem, &f, &err));
	cr_expect_eq(f.n_targets, 0);
	cr_expect_null(f.event);
	cr_assert(facts_read("{\"targets\":[1,{\"source\":[],"
			     "\"modifiers\":\"x\",\"status\":\"missed\"},"
			     "{\"status\":\"missed\"}]}",
	    &mem, &f, &err));
	cr_expect_eq(f.n_targets, 3);
	cr_expect_eq(facts_count(&f, "missed"), 2);
	cr_expect_eq(facts_count(&f, "watch"), 0);
	arena_release(&mem);
}
