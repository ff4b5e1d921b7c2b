/* Records as they are filled: cells, the row that they become, or why they
 * become none. */
#include <stdio.h>

#include "json_number.h"
#include "json_table.h"

/* ---- cells ------------------------------------------------------------- */

static bool
check_cell(struct json_table *p, size_t column, struct slice text)
{
	p->row_bytes += text.len;
	if (text.len > LIMIT_CELL_BYTES)
		return json_refuse(&p->reader,
		    "'%s' is longer than %d bytes "
		    "(LIMIT_CELL_BYTES)",
		    p->names[column], LIMIT_CELL_BYTES);
	if (p->row_bytes > LIMIT_ROW_BYTES)
		return json_refuse(&p->reader,
		    "the record is longer than %d bytes "
		    "(LIMIT_ROW_BYTES)",
		    LIMIT_ROW_BYTES);
	return true;
}

static struct slice
keep(struct json_table *p, struct slice text)
{
	return (struct slice){ arena_strndup(&p->row_mem, text.ptr, text.len),
		text.len };
}

/* The text of a cell, in row_mem; *raw: when it is not the token's. */
static struct slice
cell_text(struct json_table *p, const struct json_token *t, struct slice *raw)
{
	struct slice plain;

	if (t->kind != JSON_NUMBER
	    || !json_number_plain(t->text, &p->row_mem, &plain))
		return keep(p, t->text);
	*raw = keep(p, t->text);
	return plain;
}

/* Columns from the root live longer than a record. */
static bool
keep_fixed(struct json_table *p, struct cell *c, size_t column)
{
	struct buf *b = &p->fixed_text[column];

	buf_clear(b);
	if (!buf_put(b, c->text.ptr, c->text.len))
		return false; /* check_cell has seen its length */
	c->text = buf_slice(b);
	c->raw = (struct slice){ NULL, 0 };
	return true;
}

/* Puts a value into a cell, which stands where the last token does. */
static bool
fill(struct json_table *p, struct cell *cells, size_t column,
    const struct json_token *t)
{
	const struct place *at;
	struct cell c = { .kind = CELL_TEXT };

	if (column == JSON_NO_COLUMN)
		return true;
	if (!check_cell(p, column, t->text))
		return false;
	at = json_place(&p->reader);
	c.text = cell_text(p, t, &c.raw);
	c.line = at->line;
	c.column = place_column(at);
	if (t->kind == JSON_NULL)
		c.kind = CELL_NULL;
	if (cells == p->fixed && !keep_fixed(p, &c, column))
		return false;
	cells[column] = c;
	return true;
}

bool
json_fill(struct json_table *p, size_t column, const struct json_token *t)
{
	return fill(p, p->cells, column, t);
}

bool
json_fill_fixed(struct json_table *p, const struct json_node *n,
    const struct json_token *t)
{
	const size_t column = n->column;
	uint64_t before = n->any != NULL ? n->any->sent : p->document_sent;

	if (column == JSON_NO_COLUMN)
		return true;
	if (p->sent > before)
		return json_refuse(&p->reader,
		    "'%s' stands behind the first record, "
		    "too late for it",
		    p->names[column]);
	return fill(p, p->fixed, column, t);
}

bool
json_fixed_container(struct json_table *p, const struct json_node *n,
    bool array)
{
	if (n == NULL || n->column == JSON_NO_COLUMN)
		return true;
	return json_refuse(&p->reader,
	    "'%s' is an %s where one value is expected", p->names[n->column],
	    array ? "array" : "object");
}

void
json_spoil(struct json_table *p, size_t column, bool array)
{
	if (column == JSON_NO_COLUMN || p->bad_name != NULL)
		return;
	p->bad = *json_place(&p->reader);
	p->bad_array = array;
	p->bad_name = p->names[column];
}

/* ---- records ----------------------------------------------------------- */

static bool
fill_place(struct json_table *p)
{
	char index[24] = "";
	struct slice none = { "", 0 };
	int len = 0;

	if (p->columns.index != JSON_NO_COLUMN)
		len = snprintf(index, sizeof(index), "%zu", p->value_index);
	const struct json_token place = { .kind = JSON_STRING,
		.text = { index, (size_t)len } };
	const struct json_token key = {
		.kind = p->has_key ? JSON_STRING : JSON_NULL,
		.text = p->has_key ? p->key : none,
	};

	return json_fill(p, p->columns.index, &place)
	    && json_fill(p, p->columns.key, &key);
}

bool
json_record_begin(struct json_table *p)
{
	p->in_record = p->reached = true;
	p->sent++;
	p->record = *json_place(&p->reader);
	p->record_depth = p->depth;
	for (size_t i = 0; i < p->columns.n; i++) {
		p->cells[i] = p->fixed[i];
		if (p->fixed[i].line == 0)
			p->cells[i] = (struct cell){
				.text = { "", 0 },
				.line = p->record.line,
				.column = place_column(&p->record),
				.kind = CELL_NULL,
			};
	}
	return fill_place(p);
}

static bool
send_bad(struct json_table *p)
{
	const char *reason = arena_printf(&p->row_mem,
	    "'%.200s' is an %s where one value is expected", p->bad_name,
	    p->bad_array ? "array" : "object");

	return p->sink->bad(p->sink->ctx, p->bad.line, place_column(&p->bad),
	    slice_of(p->bad_array ? "[..]" : "{..}"), reason, p->err);
}

static bool
send_row(struct json_table *p)
{
	const struct row row = {
		.cells = p->cells, .n = p->columns.n, .line = p->record.line
	};

	for (size_t i = 0; i < p->columns.n; i++)
		if (p->columns.same_as[i] != i)
			p->cells[i] = p->cells[p->columns.same_as[i]];
	return p->sink->row(p->sink->ctx, &row, p->err);
}

bool
json_record_end(struct json_table *p)
{
	if (!(p->bad_name != NULL ? send_bad(p) : send_row(p)))
		return false;
	p->bad_name = NULL;
	p->in_record = p->has_key = false;
	p->row_bytes = 0;
	arena_reset(&p->row_mem);
	return true;
}
