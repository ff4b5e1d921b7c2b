/* The keys of a contract that say where the table is. */
#include "keys.h"

static const char *const row_words[] = { "strict", "lenient", NULL };
static const char *const decimal_words[] = { ".", ",", NULL };
static const char *const fill_words[] = { "right", "none", NULL };
static const char *const from_words[] = { "above", "section", "file", "url",
	"sheet", NULL };

static const struct key pick_list[] = {
	{ "name", KEY_TEXT, .at = offsetof(struct pick, name) },
	{ "pattern", KEY_PATTERN, .at = offsetof(struct pick, pattern) },
};
const struct keys pick_keys = {
	.list = pick_list,
	.n = ARRAY_LEN(pick_list),
	.size = sizeof(struct pick),
	.line_at = offsetof(struct pick, line),
	.one_of = { "name", "pattern" },
};

static const struct key csv_list[] = {
	{ "delimiter", KEY_CHAR, .at = offsetof(struct contract, delimiter),
	    .fallback = "," },
	{ "quote", KEY_CHAR, .at = offsetof(struct contract, quote),
	    .empty = true, .fallback = "\"" },
	{ "decimal", KEY_SWITCH, .at = offsetof(struct contract, decimal_comma),
	    .words = decimal_words, .fallback = "." },
	{ "rows", KEY_SWITCH, .at = offsetof(struct contract, lenient),
	    .words = row_words, .fallback = "strict" },
};
const struct keys csv_keys = {
	.list = csv_list,
	.n = ARRAY_LEN(csv_list),
	.size = sizeof(struct contract),
};

static const struct key header_list[] = {
	{ "row", KEY_LONG, .at = offsetof(struct contract, header.row),
	    .min = 1, .max = 1000 },
	{ "find", KEY_TEXTS, .at = offsetof(struct contract, header.find),
	    .also = offsetof(struct contract, header.n_find), .filled = true },
	{ "pattern", KEY_PATTERN,
	    .at = offsetof(struct contract, header.pattern) },
	{ "rows", KEY_INT, .at = offsetof(struct contract, header.rows),
	    .min = 1, .max = 20, .fallback = "1" },
	{ "fill", KEY_SWITCH, .at = offsetof(struct contract, header.no_fill),
	    .words = fill_words, .fallback = "right" },
	{ "join", KEY_TEXT, .at = offsetof(struct contract, header.join),
	    .empty = true, .fallback = "/" },
	{ "units", KEY_INT, .at = offsetof(struct contract, header.units),
	    .max = 5, .fallback = "0" },
	{ "repeats", KEY_FLAG, .at = offsetof(struct contract, header.repeats),
	    .fallback = "false" },
	{ "names", KEY_TEXTS, .at = offsetof(struct contract, header.names),
	    .also = offsetof(struct contract, header.n_names), .empty = true,
	    .filled = true },
};
const struct keys header_keys = {
	.list = header_list,
	.n = ARRAY_LEN(header_list),
	.size = sizeof(struct contract),
	.one_of = { "row", "find", "pattern" },
	.none_fine = true,
};

static const struct key capture_list[] = {
	{ "from", KEY_CHOICE, .required = true,
	    .at = offsetof(struct capture, from), .words = from_words },
	{ "pattern", KEY_PATTERN, .required = true,
	    .at = offsetof(struct capture, pattern) },
};
const struct keys capture_keys = {
	.list = capture_list,
	.n = ARRAY_LEN(capture_list),
	.size = sizeof(struct capture),
	.line_at = offsetof(struct capture, line),
	.name_at = offsetof(struct capture, name),
};

static const struct key test_list[] = {
	{ "column", KEY_TEXT, .at = offsetof(struct row_test, column) },
	{ "is", KEY_TEXTS, .at = offsetof(struct row_test, is),
	    .also = offsetof(struct row_test, n_is), .empty = true,
	    .filled = true },
	{ "matches", KEY_PATTERN, .at = offsetof(struct row_test, matches) },
};
static const struct keys test_keys = {
	.list = test_list,
	.n = ARRAY_LEN(test_list),
	.size = sizeof(struct row_test),
	.line_at = offsetof(struct row_test, line),
	.one_of = { "is", "matches" },
};

static const struct key rows_list[] = {
	{ "where", KEY_LIST, .sub = &test_keys,
	    .at = offsetof(struct contract, rows.where),
	    .also = offsetof(struct contract, rows.n_where) },
	{ "except", KEY_LIST, .sub = &test_keys,
	    .at = offsetof(struct contract, rows.except),
	    .also = offsetof(struct contract, rows.n_except) },
	{ "until", KEY_LIST, .sub = &test_keys,
	    .at = offsetof(struct contract, rows.until),
	    .also = offsetof(struct contract, rows.n_until) },
	{ "fill_down", KEY_TEXTS,
	    .at = offsetof(struct contract, rows.fill_down),
	    .also = offsetof(struct contract, rows.n_fill_down) },
};
const struct keys rows_keys = {
	.list = rows_list,
	.n = ARRAY_LEN(rows_list),
	.size = sizeof(struct contract),
};

static const struct key unpivot_list[] = {
	{ "columns", KEY_PATTERN, .required = true,
	    .at = offsetof(struct contract, unpivot.columns) },
	{ "into", KEY_TEXTS, .required = true,
	    .at = offsetof(struct contract, unpivot.into),
	    .also = offsetof(struct contract, unpivot.n_into), .filled = true },
	{ "value", KEY_TEXT, .at = offsetof(struct contract, unpivot.value),
	    .fallback = "value" },
};
const struct keys unpivot_keys = {
	.list = unpivot_list,
	.n = ARRAY_LEN(unpivot_list),
	.size = sizeof(struct contract),
	.line_at = offsetof(struct contract, unpivot.line),
};
