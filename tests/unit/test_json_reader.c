/* rooms: base decode parse */
#include "../../collector/parse/json_reader.h"
#include "../support/rows.h"

/* Writes tokens down: kind, text and place; every other one without asking
 * for its place. */
struct note {
	struct buf text;
	struct json_reader *reader;
	bool lazy;
	size_t n;
	size_t stop_after;
};

static bool
take(void *ctx, const struct json_token *t)
{
	static const char kinds[] = "nbds:{[.";
	struct note *w = ctx;
	bool ok;

	if (w->stop_after > 0 && w->n == w->stop_after)
		return json_refuse(w->reader, "enough of '%.*s'",
		    slice_width(t->text), t->text.ptr);
	ok = buf_printf(&w->text, "%c%.*s", kinds[t->kind],
	    slice_width(t->text), t->text.ptr);
	if (!w->lazy || w->n % 2 == 0)
		ok &=
		    buf_printf(&w->text, "@%u.%u", json_place(w->reader)->line,
			place_column(json_place(w->reader)));
	cr_assert(ok && buf_puts(&w->text, " "));
	w->n++;
	return true;
}

static void
run(struct note *w, bool many, const char *in, size_t size)
{
	struct json_reader r;
	struct kpid_err err = { 0 };
	size_t len = strlen(in);
	bool ok = true;

	buf_init(&w->text, 1 << 20);
	w->reader = &r;
	json_reader_init(&r, many, take, w);
	for (size_t from = 0; ok && from < len; from += size) {
		struct slice piece = piece_new(slice_of(in), from,
		    from + size < len ? from + size : len);

		ok = json_reader_push(&r, piece, &err);
		piece_free(piece);
	}
	if (!ok || !json_reader_end(&r, &err))
		cr_assert(buf_puts(&w->text, err.msg));
	cr_assert(buf_put(&w->text, "", 1));
	json_reader_free(&r);
	json_reader_free(&r);
}

struct reader_case {
	bool many;
	const char *in, *want, *why;
};

static const struct reader_case table[] = {
	{ false, "{\"a\" : [1.50,\r\n true ,null],\"b\":\"x\\n\"}",
	    "{@1.1 :a@1.2 [@1.8 d1.50@1.9 btrue@2.2 n@2.8 .@2.12 :b@2.14 "
	    "sx\n@2.18 .@2.23 ",
	    "each kind" },
	{ false, "  -0.0e+10", "d-0.0e+10@1.3 ", "a number to the end" },
	{ false, "\"\\u5e74\\ud83d\\ude00\"", "s年😀@1.1 ", "escapes" },
	{ false, "[]\r\r[]",
	    "[@1.1 .@1.2 line 3: this is not JSON: parse "
	    "error: trailing garbage",
	    "one document only" },
	{ true, "[]\r\r[7]\n", "[@1.1 .@1.2 [@3.1 d7@3.2 .@3.3 ",
	    "two documents" },
	{ true, "1 \"x\"{}", "d1@1.1 sx@1.3 {@1.6 .@1.7 ",
	    "documents of every kind" },
	{ true, "[1]\n[",
	    "[@1.1 d1@1.2 .@1.3 [@2.1 line 2: the JSON document "
	    "ends early; the body was probably cut short",
	    "the second is cut" },
	{ true, "",
	    "line 1: the JSON document ends early; the body was "
	    "probably cut short",
	    "nothing" },
	{ false, "{\"a\":\n\"\\u0000\"}",
	    "{@1.1 :a@1.2 line 2 column 1: the escape \\u0000 is no text",
	    "no text" },
	{ false, "[1,\n x]", NULL, "a word that is none" },
};

static void
expect(const struct reader_case *c, size_t size)
{
	struct note w = { 0 };

	run(&w, c->many, c->in, size);
	if (c->want != NULL)
		cr_expect_str_eq(w.text.ptr, c->want,
		    "(%s) in pieces of %zu: got %s", c->why, size, w.text.ptr);
	else
		cr_expect_not_null(strstr(w.text.ptr,
				       "line 2: this is not JSON"),
		    "(%s) in pieces of %zu: got %s", c->why, size, w.text.ptr);
	buf_release(&w.text);
}

Test(json_reader, tokens_have_their_places_however_cut)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		for (size_t size = 1; size < 40; size++)
			expect(&table[i], size);
}

Test(json_reader, places_that_nobody_asks_for_do_not_move_the_others)
{
	static const char in[] = "{\"a\":\n[1,\n\n22 ],\t\"b\" :\r\n{}}";
	static const char want[] =
	    "{@1.1 :a [@2.1 d1 d22@4.1 . :b@4.7 { .@5.2 . ";

	for (size_t size = 1; size < 40; size++) {
		struct note w = { .lazy = true };

		run(&w, false, in, size);
		cr_expect_str_eq(w.text.ptr, want, "in pieces of %zu: got %s",
		    size, w.text.ptr);
		buf_release(&w.text);
	}
}

Test(json_reader, whoever_takes_the_tokens_can_stop_with_a_place)
{
	for (size_t size = 1; size < 20; size++) {
		struct note w = { .stop_after = 2 };

		run(&w, false, "[1,\n\"two\",3]", size);
		cr_expect_str_eq(w.text.ptr,
		    "[@1.1 d1@1.2 line 2 column 1: enough of 'two'",
		    "in pieces of %zu: got %s", size, w.text.ptr);
		buf_release(&w.text);
	}
}
