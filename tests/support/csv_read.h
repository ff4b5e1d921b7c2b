/*
 * Reads CSV in pieces cut where the test says, into the text of what was seen;
 * an error is the last line of it.
 */
#ifndef TEST_SUPPORT_CSV_READ_H
#define TEST_SUPPORT_CSV_READ_H

#include <stdio.h>

#include "kpid/parse.h"
#include "rows.h"

/* tests/cases/csv: each <name>.csv gives the rows of <name>.rows. */
static const char *const csv_cases[] = {
	"plain",
	"crlf",
	"cr_only",
	"mixed_ends",
	"comma_in_quotes",
	"doubled_quotes",
	"newline_in_quotes",
	"crlf_in_quotes",
	"quotes_and_newlines",
	"empty_cells",
	"empty_lines",
	"no_final_newline",
	"quoted_to_the_end",
	"json_in_cell",
	"quote_inside_plain",
	"ragged",
	"text_after_quote",
	"title_rows",
	"bad_first_row",
	"only_line_ends",
	"spectrum_crlf",
};

static const struct csv_dialect comma = { ',', '"' };

/* Pieces of size bytes, the first of first bytes (0: of size as well). */
struct cuts {
	size_t first, size;
};

static inline bool
csv_read_piece(struct csv *p, struct slice text, size_t from, size_t to,
    struct seen *s, struct kpid_err *err)
{
	struct slice piece = piece_new(text, from, to);
	const struct row_sink sink = seen_sink(s);
	bool ok = csv_push(p, piece, to == text.len, &sink, err);

	piece_free(piece);
	return ok;
}

static inline void
csv_read(struct csv_dialect dialect, struct slice text, struct cuts cuts,
    struct seen *s)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	struct csv *p = csv_new(dialect, &mem);
	size_t from = 0, to = cuts.first > 0 ? cuts.first : cuts.size;
	bool ok = true;

	for (; ok; from = to, to += cuts.size) {
		if (to > text.len)
			to = text.len;
		ok = csv_read_piece(p, text, from, to, s, &err);
		if (to == text.len)
			break;
	}
	if (!ok)
		cr_assert(buf_printf(&s->text, "error %s\n", err.msg));
	csv_free(p);
}

/* The content of tests/cases/csv/<name>.<ending>. */
static inline struct slice
case_read(const char *name, const char *ending, struct buf *into)
{
	char path[256], chunk[4096];
	size_t n;
	FILE *f;

	(void)snprintf(path, sizeof(path), "tests/cases/csv/%s.%s", name,
	    ending);
	f = fopen(path, "rb");
	cr_assert(f != NULL,
	    "could not open '%s' (run from the root of the "
	    "tree)",
	    path);
	buf_clear(into);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		cr_assert(buf_put(into, chunk, n));
	(void)fclose(f);
	return buf_slice(into);
}

#endif
