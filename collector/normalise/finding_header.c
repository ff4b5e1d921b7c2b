/* Findings of a header: columns and units that the contract does not know,
 * paths that lead nowhere. */
#include <stdio.h>
#include <string.h>

#include "kpid/units.h"
#include "normaliser.h"

#define TEXT_MAX 640

bool
finding_columns(struct normaliser *n, const struct table_header *h,
    struct kpid_err *err)
{
	char text[TEXT_MAX], suggestion[TEXT_MAX];
	char quoted[2 * CLIP_BYTES + 1];

	for (size_t i = 0; i < h->n; i++) {
		const struct table_column *column = &h->columns[i];
		struct slice name = cell_clip(slice_trim(column->name));

		if (n->map.used[i] || name.len == 0)
			continue;
		finding_quote(name, quoted);
		(void)snprintf(text, sizeof(text),
		    "column '%.*s' is not in the contract", slice_width(name),
		    name.ptr);
		(void)snprintf(suggestion, sizeof(suggestion),
		    "\"ignore\": [ \"%s\" ]", quoted);
		if (!finding_once(n,
			&(struct finding){ .kind = "unknown_column",
			    .line = column->line,
			    .column = column->column,
			    .text = text,
			    .suggestion = suggestion },
			err))
			return false;
	}
	return true;
}

bool
finding_unit(struct normaliser *n, const struct cell *cell, struct slice unit,
    const struct value_plan *p, struct kpid_err *err)
{
	const struct contract_value *v = p->value;
	struct slice name =
	    cell_clip(slice_of(v->column == NULL ? "count" : v->column));
	const char *wanted = v->unit;
	char text[TEXT_MAX], suggestion[TEXT_MAX];
	char quoted[2 * CLIP_BYTES + 1];

	if (wanted == NULL && p->indicator != NULL)
		wanted = p->indicator->unit;
	unit = cell_clip(slice_trim(unit));
	finding_quote(unit, quoted);
	(void)snprintf(text, sizeof(text),
	    "unit '%.*s' of column '%.*s' is not '%.80s', which the contract "
	    "says",
	    slice_width(unit), unit.ptr, slice_width(name), name.ptr,
	    wanted == NULL ? "the indicator's" : wanted);
	(void)snprintf(suggestion, sizeof(suggestion), "\"unit\": \"%s\"",
	    quoted);
	return finding_once(n,
	    &(struct finding){ .kind = "changed_unit",
		.line = cell->line,
		.column = cell->column,
		.text = text,
		.suggestion = suggestion,
		.holds = true },
	    err);
}

/* What stands in parentheses at the end of a name: 歳入総額（千円）. */
static bool
in_parentheses(struct slice name, struct slice *inside)
{
	static const char *const open[] = { "（", "(", "〔", "[" };
	static const char *const close[] = { "）", ")", "〕", "]" };

	name = slice_trim(name);
	for (size_t i = 0; i < ARRAY_LEN(close); i++) {
		size_t len = strlen(open[i]), back = strlen(close[i]);

		if (name.len < len + back
		    || memcmp(name.ptr + name.len - back, close[i], back) != 0)
			continue;
		for (size_t at = name.len - back - len; at > 0; at--)
			if (memcmp(name.ptr + at, open[i], len) == 0) {
				*inside = slice_trim((struct slice){
				    name.ptr + at + len,
				    name.len - back - at - len });
				return inside->len > 0;
			}
	}
	return false;
}

/*
 * The unit that the header gives a column when it is not the contract's. A row
 * of units holds nothing else; parentheses may hold anything (総数, 暫定値),
 * so that there only what is a multiple of the contract's unit is taken for
 * one, or what says 単位.
 */
static bool
other_unit(const struct table_column *column, const char *wanted,
    struct slice *unit)
{
	int scale = 0;

	*unit = slice_trim(column->unit);
	if (unit->len > 0)
		return !unit_factor(*unit, slice_of(wanted), &scale)
		    || scale != 0;
	if (!in_parentheses(column->name, unit))
		return false;
	if (unit_factor(*unit, slice_of(wanted), &scale))
		return scale != 0;
	return unit->len >= strlen("単位")
	    && memcmp(unit->ptr, "単位", strlen("単位")) == 0;
}

/* Held: another unit would change the meaning of every value below it. */
bool
finding_header_units(struct normaliser *n, const struct table_header *h,
    struct kpid_err *err)
{
	for (size_t i = 0; i < n->n_values; i++) {
		const struct value_plan *p = &n->values[i];
		struct slice unit;

		if (p->column == NO_COLUMN || p->value->unit == NULL)
			continue;
		const struct table_column *column = &h->columns[p->column];
		const struct cell cell = { .line = column->line,
			.column = column->column };

		if (other_unit(column, p->value->unit, &unit)
		    && !finding_unit(n, &cell, unit, p, err))
			return false;
	}
	return true;
}

/* Held: what the path used to find would be stored as missing. */
static bool
empty_path(struct normaliser *n, size_t column, const char *path,
    struct kpid_err *err)
{
	struct slice name = cell_clip(slice_of(path));
	char text[TEXT_MAX];

	if (column == NO_COLUMN || path == NULL || n->found[column])
		return true;
	n->found[column] = true; /* told once */
	(void)snprintf(text, sizeof(text),
	    "path '%.*s' finds nothing in any record; has the key been "
	    "renamed?",
	    slice_width(name), name.ptr);
	return finding_once(n,
	    &(struct finding){ .kind = "empty_path",
		.line = n->header_line,
		.text = text,
		.holds = true,
		.suggestion = "\"column\": \"its path as it is now\"" },
	    err);
}

bool
finding_empty_paths(struct normaliser *n, struct kpid_err *err)
{
	const struct contract *c = n->contract;

	for (size_t i = 0; i < c->n_dims; i++)
		if (!empty_path(n, n->map.dims[i].column,
			c->dims[i].source.column, err))
			return false;
	for (size_t i = 0; i < c->n_values; i++)
		if (!empty_path(n, n->map.values[i], c->values[i].column, err))
			return false;
	return true;
}
