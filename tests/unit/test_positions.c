/* rooms: base config */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/config/positions.h"

static const struct positions *
read_text(const char *text, struct arena *mem)
{
	const struct positions *p = NULL;
	struct kpid_err err = { 0 };

	cr_assert(positions_read(slice_of(text), mem, &p, &err), "%s", err.msg);
	return p;
}

Test(positions, each_part_has_its_line)
{
	static const struct {
		const char *pointer;
		int line;
		const char *why;
	} table[] = {
		{ "", 1, "the whole" },
		{ "/a", 2, "a member: its key" },
		{ "/b", 4, "key and value on different lines" },
		{ "/b/0", 6, "an element: its first byte" },
		{ "/b/1", 6, "two on one line" },
		{ "/b/1/x", 7, "inside an element" },
		{ "/b/2", 9, "a number" },
		{ "/b/3", 10, "null" },
		{ "/b/4/0", 11, "a list in a list" },
		{ "/c~1d~0e", 12, "an escaped key" },
		{ "/日本", 13, "not ASCII" },
		{ "/b/1/missing", 6, "of no such part: the one around it" },
		{ "/nothing/at/all", 1, "nothing around but the whole" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct positions *p = read_text("{\n"
					      "  \"a\": \"x\\ny\",\n"
					      "\n"
					      "  \"b\":\n"
					      "  [\n"
					      "    true, {\n"
					      "      \"x\": 1\n"
					      "    },\n"
					      "    72.70,\n"
					      "    null,\n"
					      "    [[]]],\n"
					      "  \"c/d~e\": 0,\n"
					      "  \"日本\": 0\n"
					      "}\n",
	    &mem);

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		int line = positions_line(p, table[i].pointer, &mem);

		cr_expect_eq(line, table[i].line, "%s (%s): got %d",
		    table[i].pointer, table[i].why, line);
	}
}

Test(positions, windows_line_ends)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct positions *p =
	    read_text("{\r\n\"a\": 1,\r\n\"b\": 2}", &mem);

	cr_expect_eq(positions_line(p, "/b", &mem), 3);
}

Test(positions, many_parts)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *text = "[0";
	const struct positions *p;

	for (int i = 1; i < 500; i++)
		text = arena_printf(&mem, "%s,\n%d", text, i);
	p = read_text(arena_printf(&mem, "%s]", text), &mem);
	cr_expect_eq(positions_line(p, "/499", &mem), 500);
	cr_expect_eq(positions_line(p, "/7", &mem), 8);
}

Test(positions, an_empty_document)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	cr_expect_eq(positions_line(read_text("{}", &mem), "/a", &mem), 1);
}

Test(positions, what_is_not_json_or_too_deep_fails)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	static const char *const bad[] = { "", "{", "{]", "[1 2]" };
	const struct positions *p = NULL;
	struct kpid_err err = { 0 };
	char deep[200] = "";

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		cr_expect(!positions_read(slice_of(bad[i]), &mem, &p, &err),
		    "'%s'", bad[i]);
	memset(deep, '[', 65);
	memset(deep + 65, ']', 65);
	cr_expect(!positions_read(slice_of(deep), &mem, &p, &err));
	cr_expect_str_eq(err.msg, "nested deeper than 64 levels");
	cr_expect(positions_read((struct slice){ deep + 1, 128 }, &mem, &p,
		      &err),
	    "64 levels are read");
}
