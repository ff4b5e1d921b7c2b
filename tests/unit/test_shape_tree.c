/* rooms: base decode parse */
#include <stdio.h>

#include "../../collector/parse/shape_tree.h"
#include "../support/rows.h"

struct grown {
	struct arena mem;
	struct json_tree tree;
	struct json_reader reader;
	struct kpid_err err;
	bool ok;
};

static bool
put(void *ctx, const struct json_token *t)
{
	struct grown *g = ctx;

	return tree_put(&g->tree, &g->reader, t);
}

static const struct json_value *
grow(struct grown *g, const char *in, size_t max)
{
	tree_begin(&g->tree, &g->mem, max, "LIMIT_OF_TEST");
	json_reader_init(&g->reader, false, put, g);
	g->ok = json_reader_push(&g->reader, slice_of(in), &g->err)
	    && json_reader_end(&g->reader, &g->err);
	return g->tree.root;
}

static void
grown_free(struct grown *g)
{
	json_reader_free(&g->reader);
	arena_release(&g->mem);
}

#define TREE \
	"{\"a\":{\"b\":[10,\"x\",null],\"\":true},\n\"n\":\"0042\",\"a2\":{}}"

Test(shape_tree, values_are_found_by_their_names)
{
	static const struct {
		const char *steps[4], *want, *why;
	} table[] = {
		{ { "n" }, "0042", "a member" },
		{ { "a", "" }, "true", "a nameless member" },
		{ { "a", "x" }, NULL, "not there" },
		{ { "n", "x" }, NULL, "below a text" },
		{ { "x", "y" }, NULL, "below nothing" },
		{ { "a", "b" }, "", "a list has no text" },
	};
	CLEANUP(grown_free) struct grown g = { 0 };
	const struct json_value *root = grow(&g, TREE, 1 << 20);

	cr_assert(g.ok, "%s", g.err.msg);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const struct json_value *v = value_at(root, table[i].steps);

		cr_expect_eq(v == NULL, table[i].want == NULL, "row %zu (%s)",
		    i, table[i].why);
		cr_expect(v == NULL || slice_is(v->text, table[i].want),
		    "row %zu (%s)", i, table[i].why);
	}
	cr_expect_null(value_member(NULL, "a"));
	cr_expect_eq(value_text(NULL).len, 0);
}

Test(shape_tree, lists_are_walked_and_one_thing_stands_for_a_list)
{
	static const char *const list_at[] = { "a", "b", NULL };
	CLEANUP(grown_free) struct grown g = { 0 };
	const struct json_value *root = grow(&g, TREE, 1 << 20);
	const struct json_value *list = value_at(root, list_at);
	size_t n = 0;

	for (const struct json_value *v = value_first(list); v != NULL;
	     v = value_next(list, v))
		n++;
	cr_expect_eq(n, 3);
	cr_expect_eq(list->n, 3);
	cr_expect_eq(value_first(root), root);
	cr_expect_null(value_next(root, root));
	cr_expect_null(value_first(value_member(root, "n")));
	cr_expect_null(value_first(NULL));
	cr_expect(slice_is(value_text(value_element(list, 1)), "x"));
	cr_expect(value_is(value_element(list, 2), JSON_NULL));
	cr_expect_null(value_element(list, 3));
	cr_expect_null(value_element(root, 0));
	cr_expect_eq(value_member(root, "n")->line, 2);
	cr_expect_eq(value_member(root, "n")->column, 5);
}

Test(shape_tree, numbers_are_whole_and_bounded)
{
	static const struct {
		const char *in;
		bool ok;
		uint64_t want;
	} table[] = {
		{ "0", true, 0 },
		{ "0042", true, 42 },
		{ "999999999999999999", true, 999999999999999999ULL },
		{ "1000000000000000000", false, 0 },
		{ "", false, 0 },
		{ "-1", false, 0 },
		{ "1.0", false, 0 },
		{ "1e3", false, 0 },
		{ " 1", false, 0 },
		{ "１", false, 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		uint64_t n = 0;
		bool ok = slice_number(slice_of(table[i].in), &n);

		cr_expect_eq(ok, table[i].ok, "'%s'", table[i].in);
		cr_expect_eq(n, table[i].want, "'%s'", table[i].in);
	}
}

Test(shape_tree, an_index_finds_every_member_and_nothing_else)
{
	CLEANUP(grown_free) struct grown g = { 0 };
	CLEANUP(buf_release) struct buf b;
	struct value_index index;
	char key[16];

	buf_init(&b, 1 << 20);
	cr_assert(buf_puts(&b, "{\"\":\"\""));
	for (int i = 999; i >= 0; i--)
		cr_assert(buf_printf(&b, ",\"k%d\":\"%d\"", i * 7, i));
	cr_assert(buf_puts(&b, "}") && buf_put(&b, "", 1));
	index = index_members(grow(&g, b.ptr, 1 << 20), &g.mem);
	cr_assert(g.ok, "%s", g.err.msg);
	for (int i = 0; i < 7000; i++) {
		const struct json_value *v;

		(void)snprintf(key, sizeof(key), "k%d", i);
		v = index_find(&index, slice_of(key));
		cr_expect_eq(v != NULL, i % 7 == 0, "%s", key);
		(void)snprintf(key, sizeof(key), "%d", i / 7);
		cr_expect(v == NULL || slice_is(v->text, key), "%d", i);
	}
	cr_expect_not_null(index_find(&index, slice_of("")));
	cr_expect_null(index_find(&index, slice_of("k")));
	index = index_members(NULL, &g.mem);
	cr_expect_null(index_find(&index, slice_of("k0")));
}

Test(shape_tree, what_it_takes_is_bounded)
{
	static const struct {
		const char *in;
		size_t max;
		bool ok;
	} table[] = {
		{ "[1,2]", 1000, true },
		{ "[1,2,\n3,4,5,6,7,8,9,10,11,12]", 1000, false },
		{ "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":1}", 100, false },
		{ "[]", 10, false },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(grown_free) struct grown g = { 0 };

		(void)grow(&g, table[i].in, table[i].max);
		cr_expect_eq(g.ok, table[i].ok, "row %zu: %s", i, g.err.msg);
		cr_expect(g.ok || strstr(g.err.msg, "(LIMIT_OF_TEST)") != NULL,
		    "row %zu: %s", i, g.err.msg);
		cr_expect_eq(tree_whole(&g.tree), table[i].ok, "row %zu", i);
	}
}
