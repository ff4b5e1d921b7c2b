/* rooms: base decode parse */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/parse/json_path.h"
#include "kpid/limits.h"

/* The steps written out: .name [3] .* [*]. */
static const char *
steps_text(const struct json_path *path, struct arena *mem)
{
	const char *text = path->from_root ? "$" : "";

	for (size_t i = 0; i < path->n; i++) {
		const struct json_step *step = &path->steps[i];

		if (step->kind == STEP_MEMBER)
			text = arena_printf(mem, "%s<" SLICE_FMT ">", text,
			    slice_width(step->name), step->name.ptr);
		else if (step->kind == STEP_ELEMENT)
			text = arena_printf(mem, "%s[%zu]", text, step->index);
		else
			text = arena_printf(mem, "%s%s", text,
			    step->kind == STEP_ANY_MEMBER ? ".*" : "[*]");
	}
	return text;
}

static const struct json_path nowhere; /* records: the document itself */

Test(json_path, paths_that_are_read)
{
	static const struct {
		const char *in, *want, *why;
	} table[] = {
		{ "$", "$", "the document" },
		{ "$.data[*]", "$<data>[*]", "a list" },
		{ "$.*", "$.*", "every member" },
		{ "$.a['b c'][*].rows[*]", "$<a><b c>[*]<rows>[*]", "nested" },
		{ "$[*]", "$[*]", "the document is the list" },
		{ "$[*][0]", "$[*][0]", "the first of each" },
		{ "name", "<name>", "a member of the record" },
		{ "a.b", "<a><b>", "deeper" },
		{ "[3]", "[3]", "an element of the record" },
		{ "a[0].b", "<a>[0]<b>", "mixed" },
		{ "['$']", "<$>", "a member with a name like a root" },
		{ "[\"it's\"]", "<it's>", "double quotes" },
		{ "['a.b[0]']", "<a.b[0]>", "dots and brackets in a name" },
		{ "['']", "<>", "the empty name" },
		{ "指標.値", "<指標><値>", "Japanese names" },
		{ "@tab", "<@tab>", "a name with @ is a name here" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		struct json_path path = { 0 };
		bool ok = json_path_compile(table[i].in, &mem, &path, &err);

		cr_expect(ok, "row %zu (%s): %s", i, table[i].why, err.msg);
		if (ok)
			cr_expect_str_eq(steps_text(&path, &mem), table[i].want,
			    "row %zu (%s): got %s", i, table[i].why,
			    steps_text(&path, &mem));
	}
}

Test(json_path, paths_that_are_refused_say_where)
{
	static const struct {
		const char *in, *want;
	} table[] = {
		{ "", "character 1: a name is missing" },
		{ "$data", "character 2: '.' or '[' is missing" },
		{ "$.", "character 3: a name is missing" },
		{ "$..a", "character 3: a name is missing" },
		{ "$.a[", "character 5: neither a number, * nor" },
		{ "$.a[]", "character 5: neither a number, * nor" },
		{ "$.a[-1]", "character 5: neither a number, * nor" },
		{ "$.a[1", "character 6: ']' is missing" },
		{ "$.a[1 ]", "character 6: ']' is missing" },
		{ "$.a[*", "character 6: ']' is missing" },
		{ "$['a", "character 3: a quote is not closed" },
		{ "$['a'", "character 6: ']' is missing" },
		{ "$[99999999999999999999]", "the index is too large" },
		{ "a]b[0]c", "character 7: '.' or '[' is missing" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		struct json_path path = { 0 };
		bool ok = json_path_compile(table[i].in, &mem, &path, &err);

		cr_expect(!ok && err.code == KPID_ECONFIG
			&& strstr(err.msg, table[i].want) != NULL,
		    "row %zu ('%s'): got %s", i, table[i].in, err.msg);
		cr_expect(path.steps == NULL, "row %zu: output touched", i);
	}
}

Test(json_path, depth_is_limited)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	struct json_path path;
	char text[1 + 3 * (LIMIT_JSON_DEPTH + 1) + 1] = "$";

	for (size_t i = 0; i < LIMIT_JSON_DEPTH; i++)
		memcpy(text + 1 + 3 * i, "[0]", 4);
	cr_expect(json_path_compile(text, &mem, &path, &err), "%s", err.msg);
	memcpy(text + 1 + 3 * LIMIT_JSON_DEPTH, "[0]", 4);
	cr_expect(!json_path_compile(text, &mem, &path, &err));
	cr_expect(strstr(err.msg, "LIMIT_JSON_DEPTH") != NULL);
}

Test(json_path, columns_share_their_way)
{
	const char *const names[] = {
		"a.x",
		"a.y",
		"@index",
		"$.meta.date",
		"a.x",
		"@index",
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	struct json_columns c;
	struct json_node *a;

	cr_assert(json_columns_compile(names, ARRAY_LEN(names), &nowhere, &mem,
		      &c, &err),
	    "%s", err.msg);
	a = json_node_member(c.record, slice_of("a"));
	cr_assert(a != NULL && a->sibling == NULL);
	cr_expect_eq(a->column, JSON_NO_COLUMN);
	cr_expect_eq(json_node_member(a, slice_of("x"))->column, 0);
	cr_expect_eq(json_node_member(a, slice_of("y"))->column, 1);
	cr_expect(json_node_member(a, slice_of("z")) == NULL);
	cr_expect(json_node_element(a, 0) == NULL);
	cr_expect(json_node_member(NULL, slice_of("a")) == NULL);
	cr_expect_eq(c.index, 2);
	cr_expect_eq(c.key, JSON_NO_COLUMN);
	cr_expect_eq(c.same_as[4], 0, "the same path twice");
	cr_expect_eq(c.same_as[5], 2, "the same special twice");
	cr_expect(json_node_member(c.root, slice_of("meta")) != NULL);
}

Test(json_path, columns_that_are_refused)
{
	static const struct {
		const char *in, *want;
	} table[] = {
		{ "a[*]", "names more than one value" },
		{ "$.*", "names more than one value" },
		{ "$",
		    "is the whole document. HINT: a member of that name is "
		    "written ['$']" },
		{ "@time",
		    "unknown column '@time'. HINT: @key, @index and "
		    "@value are there; a member of that name is written "
		    "['@time']" },
		{ "a..b", "a name is missing" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		struct json_columns c;

		cr_expect(!json_columns_compile(&table[i].in, 1, &nowhere, &mem,
			      &c, &err)
			&& strstr(err.msg, table[i].want) != NULL,
		    "row %zu ('%s'): got %s", i, table[i].in, err.msg);
	}
}
