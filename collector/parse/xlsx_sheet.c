/* The second reading of a sheet: its cells as texts, row by row. */
#include "xlsx_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "kpid/limits.h"
#include "xlsx_row.h"

enum type {
	TYPE_NUMBER,
	TYPE_SHARED,
	TYPE_TEXT, /* of a formula, or written in the cell */
	TYPE_BOOLEAN,
	TYPE_ERROR,
	TYPE_DATE
};

static const struct {
	const char *name;
	enum type type;
} types[] = {
	{ "n", TYPE_NUMBER },
	{ "s", TYPE_SHARED },
	{ "str", TYPE_TEXT },
	{ "inlineStr", TYPE_TEXT },
	{ "b", TYPE_BOOLEAN },
	{ "e", TYPE_ERROR },
	{ "d", TYPE_DATE },
};

struct reader {
	const struct xlsx_book *book;
	const struct xlsx_sheet *sheet;
	struct xlsx_row row;
	bool in_data, in_row, in_cell;
	bool in_text;  /* of the cell itself: <is> */
	bool phonetic; /* inside a <rPh> */
	bool taking;
	bool formula;    /* the cell's value is a result */
	uint32_t column; /* of the cell; 0: none yet in this row */
	uint32_t style;
	enum type type;
	struct buf text; /* of the cell, as it stands */
};

static void
reader_end(struct reader *r)
{
	xlsx_row_free(&r->row);
	buf_release(&r->text);
}

/* "sheet '推移', cell C5: " in front of what went wrong. */
static bool
wrap_cell(const struct reader *r, struct kpid_err *err)
{
	char letters[8] = "";
	size_t at = sizeof(letters) - 1;

	for (uint32_t n = r->column; n > 0 && at > 0; n = (n - 1) / 26)
		letters[--at] = (char)('A' + (n - 1) % 26);
	return err_wrap(err, "sheet '%s', cell %s%u", r->sheet->name,
	    letters + at, r->row.number);
}

static bool
start_row(struct reader *r, const char *const *atts, struct kpid_err *err)
{
	const char *at = xml_attribute(atts, "r");
	uint32_t number = r->row.number + 1;

	if ((at != NULL && !xml_number(at, XLSX_ROWS, &number))
	    || number <= r->row.number || number > XLSX_ROWS)
		return err_set(err, KPID_EPARSE,
		    "sheet '%s': a row '%s' stands behind row %u",
		    r->sheet->name, at != NULL ? at : "", r->row.number);
	r->in_row = true;
	r->column = 0;
	return xlsx_row_begin(&r->row, number, err);
}

static bool
cell_type(const char *name, enum type *out)
{
	*out = TYPE_NUMBER;
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (name == NULL || strcmp(types[i].name, name) == 0) {
			*out = types[i].type;
			return true;
		}
	return false;
}

static bool
start_cell(struct reader *r, const char *const *atts, struct kpid_err *err)
{
	const char *at = xml_attribute(atts, "r");
	const char *type = xml_attribute(atts, "t");
	uint32_t column = r->column + 1, row;

	if ((at != NULL && !xlsx_reference(at, &column, &row))
	    || column <= r->column || column > XLSX_COLUMNS)
		return err_set(err, KPID_EPARSE,
		    "sheet '%s', row %u: a cell '%s' stands behind %u others",
		    r->sheet->name, r->row.number, at != NULL ? at : "",
		    r->column);
	if (!cell_type(type, &r->type))
		return err_set(err, KPID_EPARSE,
		    "sheet '%s', row %u: '%s' is no type of a cell",
		    r->sheet->name, r->row.number, type);
	if (!xml_number(xml_attribute(atts, "s"), INT32_MAX, &r->style))
		r->style = 0;
	r->column = column;
	r->in_cell = true;
	r->formula = false;
	buf_clear(&r->text);
	return true;
}

static bool
start(void *ctx, const char *name, const char *const *atts,
    struct kpid_err *err)
{
	struct reader *r = ctx;

	if (r->in_cell) {
		if (strcmp(name, "v") == 0)
			r->taking = true;
		else if (strcmp(name, "f") == 0)
			r->formula = true;
		else if (strcmp(name, "is") == 0)
			r->in_text = true;
		else if (strcmp(name, "rPh") == 0)
			r->phonetic = true;
		else if (strcmp(name, "t") == 0)
			r->taking = r->in_text && !r->phonetic;
	} else if (r->in_row) {
		if (strcmp(name, "c") == 0)
			return start_cell(r, atts, err);
	} else if (r->in_data) {
		if (strcmp(name, "row") == 0)
			return start_row(r, atts, err);
	} else if (strcmp(name, "sheetData") == 0) {
		r->in_data = true;
	}
	return true;
}

static bool
add_text(struct reader *r, const char *p, size_t len, struct kpid_err *err)
{
	if (buf_put(&r->text, p, len))
		return true;
	(void)err_set(err, KPID_EREFUSED,
	    "it is longer than %d bytes (LIMIT_CELL_BYTES)", LIMIT_CELL_BYTES);
	return wrap_cell(r, err);
}

static bool
text(void *ctx, struct slice piece, struct kpid_err *err)
{
	struct reader *r = ctx;

	return !r->taking || add_text(r, piece.ptr, piece.len, err);
}

static struct slice
keep(struct reader *r, struct slice s)
{
	return (struct slice){ arena_strndup(&r->row.mem, s.ptr, s.len),
		s.len };
}

/* A number: as it stands, or made readable, with what it was made of. */
static bool
put_number(struct reader *r, struct slice v, struct kpid_err *err)
{
	enum xlsx_style style = xlsx_style_of(r->book, r->style);
	char made[XLSX_DECIMAL_MAX];
	struct slice as_made = { made, 0 }, raw = { 0 };
	bool ok;

	if (style <= STYLE_BILLIONS)
		ok = xlsx_decimal(v, xlsx_style_shift(style), made);
	else
		ok = xlsx_date(v, style, r->book->date1904, made)
		    || xlsx_decimal(v, 0, made);
	if (ok) {
		as_made.len = strlen(made);
		if (style == STYLE_PERCENT)
			made[as_made.len++] = '%';
	}
	if (!ok || slice_eq(as_made, v))
		return xlsx_row_put(&r->row, r->column, keep(r, v), raw, err);
	raw = keep(r, v);
	return xlsx_row_put(&r->row, r->column, keep(r, as_made), raw, err);
}

static bool
put_shared(struct reader *r, struct slice v, struct kpid_err *err)
{
	uint32_t number;
	struct slice shared;

	if (!xml_number(v.ptr, UINT32_MAX, &number)
	    || !xlsx_string(r->book, number, &shared)) {
		(void)err_set(err, KPID_EPARSE,
		    "the workbook has no shared string '%s'", v.ptr);
		return wrap_cell(r, err);
	}
	return xlsx_row_put(&r->row, r->column, shared, (struct slice){ 0 },
	    err);
}

/* ISO 8601 already; a midnight is no time of day. */
static bool
put_date(struct reader *r, struct slice v, struct kpid_err *err)
{
	static const char midnight[] = "T00:00:00";
	struct slice day = v;

	if (v.len > 10 && v.len - 10 >= sizeof(midnight) - 1
	    && memcmp(v.ptr + 10, midnight, sizeof(midnight) - 1) == 0
	    && strspn(v.ptr + 10 + sizeof(midnight) - 1, ".0Z")
		== v.len - 10 - (sizeof(midnight) - 1))
		day.len = 10;
	return xlsx_row_put(&r->row, r->column, keep(r, day),
	    day.len < v.len ? keep(r, v) : (struct slice){ 0 }, err);
}

static bool
put_cell(struct reader *r, struct slice v, struct kpid_err *err)
{
	struct slice raw = { 0 };

	switch (r->type) {
	case TYPE_NUMBER:
		return put_number(r, v, err);
	case TYPE_SHARED:
		return put_shared(r, v, err);
	case TYPE_DATE:
		return put_date(r, v, err);
	case TYPE_BOOLEAN:
		raw = keep(r, v);
		v = slice_of(xml_true(v.ptr) ? "TRUE" : "FALSE");
		break;
	case TYPE_TEXT:
		v = keep(r, xlsx_unescape(r->text.ptr, v.len));
		break;
	case TYPE_ERROR:
		v = keep(r, v);
	}
	return xlsx_row_put(&r->row, r->column, v, raw, err);
}

/*
 * An empty cell is there for its colour. One with a formula was written by a
 * program that does not calculate: a person who opens the workbook sees a
 * number, so that it is not blank. An empty text is a result.
 */
static bool
put_empty(struct reader *r, struct kpid_err *err)
{
	static const char none[] = "(formula without a result)";

	if (!r->formula || r->type == TYPE_TEXT)
		return true;
	return xlsx_row_put(&r->row, r->column, slice_of(none),
	    (struct slice){ 0 }, err);
}

static bool
end_cell(struct reader *r, struct kpid_err *err)
{
	const struct slice v = buf_slice(&r->text);

	r->in_cell = r->in_text = r->phonetic = r->taking = false;
	if (v.len == 0)
		return put_empty(r, err);
	if (!buf_put(&r->text, "", 1))
		return err_set(err, KPID_EREFUSED,
		    "it is longer than %d bytes (LIMIT_CELL_BYTES)",
		    LIMIT_CELL_BYTES);
	return put_cell(r, (struct slice){ r->text.ptr, v.len }, err);
}

static bool
end(void *ctx, const char *name, struct kpid_err *err)
{
	struct reader *r = ctx;

	if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
		r->taking = false;
	else if (r->in_cell && strcmp(name, "rPh") == 0)
		r->phonetic = false;
	else if (r->in_cell && strcmp(name, "c") == 0)
		return end_cell(r, err);
	else if (r->in_row && strcmp(name, "row") == 0) {
		r->in_row = false;
		return xlsx_row_end(&r->row, err);
	} else if (strcmp(name, "sheetData") == 0)
		r->in_data = false;
	return true;
}

bool
xlsx_sheet_read(const struct xlsx_book *b, size_t index,
    const struct row_sink *sink, struct kpid_err *err)
{
	const struct xlsx_sheet *s = &b->sheets[index];
	CLEANUP(reader_end) struct reader r = { .book = b, .sheet = s };
	const struct xml_handler to = { &r, start, end, text, NULL };

	buf_init(&r.text, LIMIT_CELL_BYTES);
	r.row.sink = sink;
	r.row.sheet = s->name;
	r.row.base = (uint32_t)index * LINES_PER_SHEET;
	if (sink->sheet != NULL
	    && !sink->sheet(sink->ctx, slice_of(s->name), err))
		return false;
	return xlsx_merges_read(b, s->part, &r.row.merges, err)
	    && xml_read(b->zip, s->part, LIMIT_SHEET_BYTES, &to, err);
}

/* Whether there is anything in a sheet, and no more. */
struct look {
	bool in_cell, taking, found;
};

static bool
look_start(void *ctx, const char *name, const char *const *atts,
    struct kpid_err *err)
{
	struct look *l = ctx;

	(void)atts;
	(void)err;
	if (strcmp(name, "c") == 0)
		l->in_cell = true;
	l->taking =
	    l->in_cell && (strcmp(name, "v") == 0 || strcmp(name, "t") == 0);
	return true;
}

static bool
look_end(void *ctx, const char *name, struct kpid_err *err)
{
	struct look *l = ctx;

	(void)err;
	l->taking = false;
	if (strcmp(name, "c") == 0)
		l->in_cell = false;
	return true;
}

static bool
look_text(void *ctx, struct slice piece, struct kpid_err *err)
{
	struct look *l = ctx;

	(void)err;
	l->found |= l->taking && piece.len > 0;
	return true;
}

bool
xlsx_sheet_holds(const struct xlsx_book *b, const char *part, bool *out,
    struct kpid_err *err)
{
	struct look l = { 0 };
	const struct xml_handler to = { &l, look_start, look_end, look_text,
		&l.found };

	if (!xml_read(b->zip, part, LIMIT_SHEET_BYTES, &to, err))
		return false;
	*out = l.found;
	return true;
}
