/* rooms: base decode parse */
#include <iconv.h>

#include "../support/csv_read.h"
#include "kpid/decode.h"

/*
 * Bytes to rows as a feed goes: the text of the decoder into the parser. The
 * cases are written in every encoding here; their rows must not depend on it.
 */

struct pipeline {
	struct csv *csv;
	const struct row_sink *rows;
};

static bool
pass_text(void *ctx, struct slice utf8, struct kpid_err *err)
{
	struct pipeline *line = ctx;

	return csv_push(line->csv, utf8, false, line->rows, err);
}

static bool
push_pieces(struct decoder *d, struct slice body, size_t size,
    struct pipeline *line, struct kpid_err *err)
{
	const struct text_sink text = { line, pass_text };
	struct slice none = { "", 0 };

	for (size_t from = 0; from < body.len; from += size) {
		size_t to = from + size < body.len ? from + size : body.len;
		struct slice piece = piece_new(body, from, to);
		bool ok = decoder_push(d, piece, false, &text, err);

		piece_free(piece);
		if (!ok)
			return false;
	}
	return decoder_push(d, none, true, &text, err)
	    && csv_push(line->csv, none, true, line->rows, err);
}

static void
run_feed(enum encoding e, struct slice body, size_t size, struct seen *s)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct row_sink rows = seen_sink(s);
	struct pipeline line = { csv_new(comma, &mem), &rows };
	struct kpid_err err = { 0 };

	if (!push_pieces(decoder_new(e, &mem), body, size, &line, &err))
		cr_assert(buf_printf(&s->text, "error %s\n", err.msg));
	csv_free(line.csv);
}

/* As the C library writes it; kana and kanji are the same for all. */
static struct slice
written_as(const char *encoding, struct slice utf8, struct buf *out)
{
	iconv_t cd = iconv_open(encoding, "UTF-8");
	char converted[4096], *to = converted, *from;
	size_t left = sizeof(converted), in_left = utf8.len;

	memcpy(&from, &utf8.ptr, sizeof(from));
	cr_assert(cd != (iconv_t)-1);
	cr_assert(iconv(cd, &from, &in_left, &to, &left) == 0);
	cr_assert(iconv(cd, NULL, NULL, &to, &left) == 0);
	(void)iconv_close(cd);
	buf_clear(out);
	cr_assert(buf_put(out, converted, sizeof(converted) - left));
	return buf_slice(out);
}

static void
expect_rows(const char *name, enum encoding e, struct slice body,
    struct slice want)
{
	for (size_t size = 1; size <= body.len + 1; size++) {
		CLEANUP(seen_release) struct seen s;

		seen_init(&s);
		run_feed(e, body, size, &s);
		cr_expect(slice_eq(buf_slice(&s.text), want),
		    "case '%s' as "
		    "%s in pieces of %zu: got\n%s",
		    name, encoding_name(e), size, seen_text(&s));
	}
}

Test(decode_csv, rows_do_not_depend_on_encoding_or_cuts)
{
	static const struct {
		enum encoding encoding;
		const char *library;
	} encodings[] = {
		{ ENCODING_UTF8, "UTF-8" },
		{ ENCODING_CP932, "CP932" },
		{ ENCODING_UTF16, "UTF-16" }, /* with its mark */
		{ ENCODING_UTF16LE, "UTF-16LE" },
		{ ENCODING_UTF16BE, "UTF-16BE" },
		{ ENCODING_EUC_JP, "EUC-JP" },
		{ ENCODING_ISO_2022_JP, "ISO-2022-JP" },
	};
	CLEANUP(buf_release) struct buf in, want, other;

	buf_init(&in, 1 << 20);
	buf_init(&want, 1 << 20);
	buf_init(&other, 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(csv_cases); i++) {
		struct slice body = case_read(csv_cases[i], "csv", &in);
		struct slice rows = case_read(csv_cases[i], "rows", &want);

		for (size_t e = 0; e < ARRAY_LEN(encodings); e++)
			expect_rows(csv_cases[i], encodings[e].encoding,
			    written_as(encodings[e].library, body, &other),
			    rows);
	}
}

Test(decode_csv, a_body_cut_short_is_an_error_of_the_right_stage)
{
	static const struct {
		const char *in, *want;
	} table[] = {
		{ "a\n\xe5\xb9",
		    "1: a\nerror line 2, byte offset 2: the body "
		    "ends inside a character ('e5 b9' of UTF-8); it was probably "
		    "cut short\n" },
		{ "a\n\"年",
		    "1: a\nerror line 2 column 1: the quote that opens "
		    "here is never closed\n" },
		{ "\xef\xbb\xbf"
		  "a\n1\x94,\n",
		    "1: a\nerror line 2, byte "
		    "offset 6: '94' is not UTF-8. HINT: declare \"encoding\": "
		    "\"cp932\" if the publisher writes Shift_JIS (Windows)\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		expect_rows(table[i].in, ENCODING_UTF8, slice_of(table[i].in),
		    slice_of(table[i].want));
}
