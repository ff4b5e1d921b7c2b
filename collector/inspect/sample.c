/* The first rows of a grid and its last ones, in bounded memory. */
#include <string.h>

#include "guess.h"

/* The last rows live in two arenas, one being filled; the older one is
 * released when the newer has TAIL_ROWS by itself. */
struct tail {
	struct arena mem;
	struct seen_row rows[TAIL_ROWS];
	size_t n;
};

struct sampler {
	struct arena *mem;
	bool placed;
	struct seen_row *head;
	size_t n_head, bytes;
	uint32_t number, line; /* of the row before, and where it ended */
	struct tail tails[2];
	int now;
	uint64_t all;
};

struct sampler *
sampler_new(bool placed, struct arena *mem)
{
	struct sampler *s = arena_alloc(mem, sizeof(*s));

	s->mem = mem;
	s->placed = placed;
	s->head = arena_array(mem, HEAD_ROWS, sizeof(*s->head));
	return s;
}

static const char *
keep_text(struct slice text, struct arena *mem)
{
	size_t len;

	text = slice_trim(text);
	len = text.len < SAMPLE_CELL ? text.len : SAMPLE_CELL;
	while (len < text.len && len > 0
	    && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
		len--;
	return len == 0 ? "" : arena_strndup(mem, text.ptr, len);
}

/* Cells stand at their column: XLSX leaves empty ones out. */
static size_t
place_of(const struct row *row, size_t i)
{
	uint32_t column = row->cells[i].column;

	return column >= i + 1 && column <= i + SAMPLE_COLUMNS ? column - 1 : i;
}

static struct seen_row
keep_row(const struct sampler *s, const struct row *row, struct arena *mem,
    size_t *bytes)
{
	struct seen_row kept = { .line = row->line, .number = s->number };
	size_t n = row->n == 0 ? 0
	    : s->placed        ? place_of(row, row->n - 1) + 1
			       : row->n;
	struct seen_cell *cells;

	if (n > SAMPLE_COLUMNS)
		n = SAMPLE_COLUMNS;
	cells = arena_array(mem, n, sizeof(*cells));
	for (size_t i = 0; i < n; i++)
		cells[i].text = "";
	for (size_t i = 0; i < row->n; i++) {
		size_t at = s->placed ? place_of(row, i) : i;
		const struct cell *c = &row->cells[i];

		if (at >= n)
			break;
		cells[at].text = keep_text(c->text, mem);
		cells[at].merged = c->kind == CELL_MERGED;
		kept.filled += *cells[at].text != '\0';
		*bytes += strlen(cells[at].text);
	}
	*bytes += n * sizeof(*cells);
	kept.cells = cells;
	kept.n = n;
	return kept;
}

static void
keep_tail(struct sampler *s, const struct row *row)
{
	struct tail *t = &s->tails[s->now];
	size_t unused = 0;

	if (t->n == TAIL_ROWS) {
		s->now = !s->now;
		t = &s->tails[s->now];
		arena_release(&t->mem);
		t->n = 0;
	}
	t->rows[t->n++] = keep_row(s, row, &t->mem, &unused);
}

static uint32_t
line_ends(struct slice raw)
{
	uint32_t n = 0;

	for (size_t i = 0; i < raw.len; i++)
		n += raw.ptr[i] == '\n'
		    || (raw.ptr[i] == '\r'
			&& (i + 1 == raw.len || raw.ptr[i + 1] != '\n'));
	return n;
}

/* Rows are counted as layout counts them: by lines, where one is blank. */
static void
count_row(struct sampler *s, const struct row *row)
{
	if (s->all++ == 0)
		s->line = row->line > LINES_PER_SHEET
		    ? (row->line - 1) / LINES_PER_SHEET * LINES_PER_SHEET
		    : 0;
	s->number += row->line > s->line ? row->line - s->line : 1;
	s->line = row->line + line_ends(row->raw);
}

static bool
take_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct sampler *s = ctx;

	(void)err;
	count_row(s, row);
	if (s->n_head < HEAD_ROWS && s->bytes < SAMPLE_BYTES)
		s->head[s->n_head++] = keep_row(s, row, s->mem, &s->bytes);
	else
		keep_tail(s, row);
	return true;
}

struct row_sink
sampler_sink(struct sampler *s)
{
	return (struct row_sink){ .ctx = s, .row = take_row, .bad = bad_skip };
}

static struct seen_row
copy_row(const struct seen_row *row, struct arena *mem)
{
	struct seen_cell *cells = arena_array(mem, row->n, sizeof(*cells));
	struct seen_row copy = *row;

	for (size_t i = 0; i < row->n; i++) {
		cells[i] = row->cells[i];
		cells[i].text = arena_strdup(mem, cells[i].text);
	}
	copy.cells = cells;
	return copy;
}

struct sample
sampler_end(struct sampler *s)
{
	struct tail *older = &s->tails[!s->now], *newer = &s->tails[s->now];
	size_t from = newer->n;
	struct seen_row *rows =
	    arena_array(s->mem, s->n_head + TAIL_ROWS + 1, sizeof(*rows));
	struct sample out = { .rows = rows, .head = s->n_head, .all = s->all };

	memcpy(rows, s->head, s->n_head * sizeof(*rows));
	out.n = s->n_head;
	for (size_t i = from < older->n ? from : older->n; i < older->n; i++)
		rows[out.n++] = copy_row(&older->rows[i], s->mem);
	for (size_t i = 0; i < newer->n; i++)
		rows[out.n++] = copy_row(&newer->rows[i], s->mem);
	arena_release(&older->mem);
	arena_release(&newer->mem);
	for (size_t i = 0; i < out.n; i++)
		if (rows[i].n > out.width)
			out.width = rows[i].n;
	return out;
}

const char *
seen_at(const struct seen_row *row, size_t column)
{
	return column < row->n ? row->cells[column].text : "";
}
