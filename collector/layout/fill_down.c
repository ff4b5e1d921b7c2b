/* Blank cells that mean what stands above them. */
#include "fill_down.h"

#include "kpid/limits.h"

void
fill_down_init(struct fill_down *f, const struct contract *c, struct arena *mem)
{
	*f = (struct fill_down){ .c = c, .n = c->rows.n_fill_down };
	f->columns = arena_array(mem, f->n, sizeof(*f->columns));
	f->texts = arena_array(mem, f->n, sizeof(*f->texts));
	for (size_t i = 0; i < f->n; i++)
		buf_init(&f->texts[i], LIMIT_CELL_BYTES);
}

void
fill_down_release(struct fill_down *f)
{
	for (size_t i = 0; i < f->n; i++)
		buf_release(&f->texts[i]);
}

bool
fill_down_resolve(struct fill_down *f, const struct feed *feed,
    const struct names *names, struct arena *mem, struct kpid_err *err)
{
	for (size_t i = 0; i < f->n; i++)
		if (!names_need(names, feed,
			&(struct wanted_name){
			    f->c->rows.fill_down[i], f->c->line },
			mem, &f->columns[i], err))
			return false;
	return true;
}

void
fill_down_forget(struct fill_down *f)
{
	for (size_t i = 0; i < f->n; i++)
		buf_clear(&f->texts[i]);
}

bool
fill_down_row(struct fill_down *f, struct cell *cells, size_t n,
    struct kpid_err *err)
{
	for (size_t i = 0; i < f->n; i++) {
		struct buf *text = &f->texts[i];

		if (f->columns[i] >= n)
			continue;
		struct cell *c = &cells[f->columns[i]];
		struct slice words = cell_words(c);

		if (words.len == 0) {
			c->text = buf_slice(text);
			c->kind = text->len > 0 ? CELL_TEXT : c->kind;
			c->raw = (struct slice){ 0 };
			continue;
		}
		c->kind = CELL_TEXT;
		if (slice_eq(words, buf_slice(text)))
			continue;
		buf_clear(text);
		if (!buf_put(text, words.ptr, words.len))
			return err_set(err, KPID_EPARSE,
			    "line %u column %u: the cell is longer than %d "
			    "bytes (LIMIT_CELL_BYTES)",
			    c->line, c->column, LIMIT_CELL_BYTES);
	}
	return true;
}
