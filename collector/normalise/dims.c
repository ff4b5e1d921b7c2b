/* The dimensions of a row as one canonical JSON object. */
#include <inttypes.h>
#include <string.h>

#include "kpid/json_text.h"
#include "kpid/label.h"
#include "kpid/limits.h"
#include "normaliser.h"

/* "name": as it stands in the object. */
static struct slice
key_text(struct normaliser *n, const char *name)
{
	CLEANUP(buf_release) struct buf text = { 0 };

	buf_init(&text, DIMS_MAX);
	/* A name that is too long makes its rows too long: dims_read says so */
	if (!json_put_text(&text, slice_of(name)) || !buf_puts(&text, ":"))
		return (struct slice){ NULL, DIMS_MAX };
	return slice_of(slice_dup(buf_slice(&text), n->mem));
}

static struct dim
dim_of(struct normaliser *n, const struct dimension *declared, size_t field)
{
	struct dim d = { .field = field,
		.name = declared->name,
		.key = key_text(n, declared->name),
		.map = declared->map,
		.n_map = declared->n_map };

	d.map_keys = arena_array(n->mem, d.n_map, sizeof(*d.map_keys));
	for (size_t i = 0; i < d.n_map; i++)
		d.map_keys[i] = label_key(slice_of(d.map[i].from), n->mem);
	return d;
}

/* By name, so that the same dimensions are the same text in every feed. */
static void
put_in_order(struct dims *d, struct dim added)
{
	size_t at = d->n++;

	for (; at > 0 && strcmp(d->list[at - 1].name, added.name) > 0; at--)
		d->list[at] = d->list[at - 1];
	d->list[at] = added;
}

void
dims_prepare(struct normaliser *n)
{
	const struct contract *c = n->contract;
	struct dims *d = &n->dims;

	*d = (struct dims){ .list = arena_array(n->mem, c->n_dims,
				sizeof(*d->list)),
		.slots = arena_array(n->mem, DIMS_SLOTS, sizeof(*d->slots)) };
	d->at = d->slots;
	for (size_t i = 0; i < c->n_dims; i++)
		put_in_order(d, dim_of(n, &c->dims[i], FIELD_DIMS + i));
	for (size_t i = 0; i < DIMS_SLOTS; i++) {
		buf_init(&d->slots[i].cells, LIMIT_ROW_BYTES);
		buf_init(&d->slots[i].text, DIMS_MAX);
		d->slots[i].ends =
		    arena_array(n->mem, c->n_dims, sizeof(*d->slots[i].ends));
	}
}

void
dims_forget(struct normaliser *n)
{
	for (size_t i = 0; i < DIMS_SLOTS; i++)
		n->dims.slots[i].hash = 0;
}

void
dims_release(struct normaliser *n)
{
	for (size_t i = 0; i < DIMS_SLOTS && n->dims.slots != NULL; i++) {
		buf_release(&n->dims.slots[i].cells);
		buf_release(&n->dims.slots[i].text);
	}
	n->dims = (struct dims){ 0 };
}

/* Most texts have nothing to escape. */
static bool
is_plain(struct slice text)
{
	bool plain = true;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		plain &= c >= 0x20 && c != '"' && c != '\\';
	}
	return plain;
}

static bool
put_piece(struct buf *out, struct slice key, struct slice text)
{
	if (key.ptr == NULL || !buf_put(out, key.ptr, key.len))
		return false;
	if (!is_plain(text))
		return json_put_text(out, text);
	return buf_put(out, "\"", 1) && buf_put(out, text.ptr, text.len)
	    && buf_put(out, "\"", 1);
}

static bool
too_long(const struct row *row, struct kpid_err *err)
{
	return err_set(err, KPID_ECONTRACT,
	    "line %" PRIu32 ": the dimensions of the row are longer than %d "
	    "bytes. HINT: is a column of prose declared as a dimension?",
	    row->line, DIMS_MAX);
}

/* Of all cells; never 0. */
static bool
hash_cells(struct normaliser *n, const struct row *row, uint64_t *hash,
    struct kpid_err *err)
{
	*hash = 1;
	for (size_t i = 0; i < n->dims.n; i++) {
		struct field *f = &n->fields[n->dims.list[i].field];
		struct cell_text raw;

		if (!field_varies(f))
			continue;
		if (!field_raw(n, row, f, &raw, err))
			return false;
		*hash = memo_hash(raw.text.ptr, raw.text.len, *hash);
	}
	return true;
}

/* Are the cells of this row byte for byte the slot's? */
static bool
same_cells(struct normaliser *n, const struct row *row,
    const struct dims_slot *slot, bool *same, struct kpid_err *err)
{
	size_t begin = 0;

	*same = true;
	for (size_t i = 0; *same && i < n->dims.n; i++) {
		struct field *f = &n->fields[n->dims.list[i].field];
		size_t len = slot->ends[i].cell - begin;
		struct cell_text raw;

		if (!field_varies(f))
			continue;
		if (!field_raw(n, row, f, &raw, err))
			return false;
		*same = raw.text.len == len
		    && (len == 0
			|| memcmp(raw.text.ptr, slot->cells.ptr + begin, len)
			    == 0);
		begin += len;
	}
	return true;
}

/* The contract's name for this text; NULL: it has none. */
static const char *
named(struct normaliser *n, const struct dim *d, struct slice text)
{
	const char *key;

	arena_reset(&n->scratch);
	if (d->n_map == 0)
		return NULL;
	key = label_key(text, &n->scratch);
	for (size_t i = 0; i < d->n_map; i++)
		if (strcmp(key, d->map_keys[i]) == 0)
			return d->map[i].to;
	return NULL;
}

/* What the contract calls this text; without a word of it, the text itself,
 * its characters not spread, as it was written first. */
static struct slice
called(struct normaliser *n, const struct dim *d, struct slice text)
{
	const char *name = named(n, d, text);

	if (name != NULL)
		return slice_of(name);
	text = label_squeeze(text, &n->scratch);
	return text.len == 0
	    ? text
	    : spelling_first(&n->spellings, d->name, text, n->mem, &n->scratch);
}

/* The part of a cell that names what the row is about. A blank one does only
 * where the contract says so: else rows of a table whose labels stand once, or
 * are lost, would all be one series. What stands in no row (a name of a column
 * that unpivot took apart) may have no such part. */
static bool
take_part(struct normaliser *n, const struct row *row, const struct dim *d,
    struct cell_text *raw, struct reject *reject, struct kpid_err *err)
{
	struct field *f = &n->fields[d->field];
	const struct cell_text whole = *raw;
	const char *why = NULL;

	if (slice_trim(raw->text).len == 0 && raw->at->line >= row->line) {
		if (named(n, d, slice_of("")) == NULL && !f->source->optional)
			why =
			    "it is blank. HINT: rows.fill_down, when it means "
			    "the same as above; or a name for \"\" in the "
			    "dimension's map";
		raw->text = slice_of("");
	} else if (!field_part(n, f, &raw->text, &why, err)) {
		return false;
	}
	if (why == NULL)
		return true;
	refuse_row(n, row, f, &whole, why, reject);
	return false;
}

/* The text of a dimension in this row; its raw cell is kept. */
static bool
take_text(struct normaliser *n, const struct row *row, const struct dim *d,
    struct slice *text, struct reject *reject, struct kpid_err *err)
{
	struct field *f = &n->fields[d->field];
	struct buf *cells = &n->dims.at->cells;
	struct cell_text raw;

	if (!field_varies(f)) {
		const char *why = NULL;

		*text = slice_of(f->source->constant);
		if (!field_part(n, f, text, &why, err))
			return false;
		*text = why != NULL ? slice_of("") : called(n, d, *text);
		return true;
	}
	if (!field_raw(n, row, f, &raw, err))
		return false;
	if (!buf_put(cells, raw.text.ptr, raw.text.len))
		return too_long(row, err);
	if (!take_part(n, row, d, &raw, reject, err))
		return false;
	*text = called(n, d, raw.text);
	return true;
}

/* Makes the slot at hand this row's. */
static bool
fill(struct normaliser *n, const struct row *row, struct reject *reject,
    struct kpid_err *err)
{
	struct dims_slot *slot = n->dims.at;
	struct buf *out = &slot->text;

	buf_clear(&slot->cells);
	buf_clear(out);
	slot->number = ++n->dims.last_number;
	bool ok = buf_put(out, "{", 1);

	for (size_t i = 0; ok && i < n->dims.n; i++) {
		const struct dim *d = &n->dims.list[i];
		struct slice text;

		if (!take_text(n, row, d, &text, reject, err))
			return false;
		ok = (i == 0 || buf_put(out, ",", 1))
		    && put_piece(out, d->key, text);
		slot->ends[i] = (struct dim_end){ slot->cells.len, out->len };
	}
	return (ok && buf_put(out, "}", 1)) || too_long(row, err);
}

bool
dims_read(struct normaliser *n, const struct row *row, struct reject *reject,
    struct kpid_err *err)
{
	struct dims_slot *slot;
	uint64_t hash = 0;
	bool same = false;

	if (n->dims.n == 0 && n->dims.at->hash != 0)
		return true; /* {} once is {} for all rows */
	if (!hash_cells(n, row, &hash, err))
		return false;
	slot = &n->dims.slots[hash & (DIMS_SLOTS - 1)];
	if (slot->hash == hash && !same_cells(n, row, slot, &same, err))
		return false;
	n->dims.at = slot;
	if (same)
		return true;
	slot->hash = 0; /* until it is whole */
	if (!fill(n, row, reject, err))
		return false;
	slot->hash = hash;
	return true;
}

/* The i-th dimension of the row as it stands in its JSON. */
static struct slice
row_piece(const struct normaliser *n, size_t i)
{
	const struct dims_slot *slot = n->dims.at;
	size_t begin = i == 0 ? 1 : slot->ends[i - 1].piece + 1;

	return (struct slice){ slot->text.ptr + begin,
		slot->ends[i].piece - begin };
}

static bool
put_own(struct buf *out, const struct pair *d)
{
	return json_put_text(out, slice_of(d->from)) && buf_puts(out, ":")
	    && json_put_text(out, slice_trim(slice_of(d->to)));
}

/* The value's own dimensions go among the row's, by name. */
static bool
merge(struct normaliser *n, struct value_plan *p)
{
	const struct contract_value *v = p->value;
	size_t own = 0, row = 0;
	bool ok = buf_put(&p->dims, "{", 1);

	while (ok && (own < v->n_dims || row < n->dims.n)) {
		const struct pair *d =
		    own < v->n_dims ? &v->dims[p->order[own]] : NULL;

		ok = own + row == 0 || buf_put(&p->dims, ",", 1);
		if (d != NULL
		    && (row == n->dims.n
			|| strcmp(d->from, n->dims.list[row].name) <= 0)) {
			ok = ok && put_own(&p->dims, d);
			own++;
		} else {
			struct slice piece = row_piece(n, row++);

			ok = ok && buf_put(&p->dims, piece.ptr, piece.len);
		}
	}
	return ok && buf_put(&p->dims, "}", 1);
}

bool
dims_of_value(struct normaliser *n, struct value_plan *p, struct slice *out,
    struct kpid_err *err)
{
	const struct contract_value *v = p->value;

	if (v->n_dims == 0) {
		*out = buf_slice(&n->dims.at->text);
		return true;
	}
	if (p->dims_of != n->dims.at->number) {
		buf_clear(&p->dims);
		if (!merge(n, p))
			return err_set(err, KPID_ECONTRACT,
			    "%s:%d: the dimensions of the value '%s' are "
			    "longer than %d bytes",
			    n->feed->file, v->line,
			    v->column == NULL ? "count" : v->column, DIMS_MAX);
		p->dims_of = n->dims.at->number;
	}
	*out = buf_slice(&p->dims);
	return true;
}
