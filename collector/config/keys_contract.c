/* The keys of a contract: what the fields of an observation are read from. */
#include "keys.h"

const char *const format_words[] = { "csv", "json", "xlsx", "estat", "ckan",
	"json-stat", "sdmx-json", "sdmx-csv", "world-bank", NULL };
const char *const status_words[] = { "A", "B", "E", "P", NULL };

static const char *const encodings[] = { "auto", "utf-8", "utf-16", "utf-16le",
	"utf-16be", "cp932", "euc-jp", "iso-2022-jp", NULL };
static const char *const absent_words[] = { "keep", "withdraw", NULL };
static const char *const other_words[] = { "tell", "ignore", NULL };
static const char *const period_words[] = { "auto", "day", "first_day", "month",
	"quarter", "half", "year", "fiscal_year", "year_to_date",
	"fiscal_year_to_date", NULL };
static const char *const frequencies[] = { "D", "W", "M", "Q", "S", "A", "FY",
	NULL };
static const char *const reasons[] = { "not_applicable", "suppressed",
	"not_collected", "not_available", "error", NULL };
static const char *const findings[] = { "unknown_column", "unknown_label",
	"unknown_mark", "unknown_status", "empty_path", "changed_unit",
	"private_use", "extra_cells", "partial", NULL };

static const struct key period_list[] = {
	{ "column", KEY_TEXT, .at = offsetof(struct contract, period.column) },
	{ "constant", KEY_TEXT,
	    .at = offsetof(struct contract, period.constant) },
	{ "text", KEY_TEMPLATE, .at = offsetof(struct contract, period.text) },
	{ "pattern", KEY_PATTERN,
	    .at = offsetof(struct contract, period.pattern) },
	{ "rewrite", KEY_TEMPLATE,
	    .at = offsetof(struct contract, period.rewrite) },
	{ "as", KEY_CHOICE, .at = offsetof(struct contract, period_as),
	    .words = period_words, .fallback = "auto" },
	{ "era", KEY_TEXT, .at = offsetof(struct contract, era),
	    .pattern = "^(令和|平成|昭和|大正|明治|[RHSTM])$",
	    .want = "an era such as '令和'" },
	{ "frequency", KEY_TEXT, .at = offsetof(struct contract, frequency),
	    .words = frequencies, .fallback = "D" },
	{ "inherit", KEY_FLAG, .at = offsetof(struct contract, inherit),
	    .fallback = "false" },
	{ "shift", KEY_INT, .at = offsetof(struct contract, shift), .min = -120,
	    .max = 120, .fallback = "0" },
	{ "opening", KEY_FLAG, .at = offsetof(struct contract, opening),
	    .fallback = "false" },
};
static const struct keys period_keys = {
	.list = period_list,
	.n = ARRAY_LEN(period_list),
	.size = sizeof(struct contract),
	.line_at = offsetof(struct contract, period.line),
	.one_of = { "column", "constant", "text" },
	.none_fine = true, /* a format's own column, periods of values */
};

static const char *const org_words[] = { "code", "prefecture", NULL };

static const struct key organization_list[] = {
	{ "column", KEY_TEXT,
	    .at = offsetof(struct contract, organization.column) },
	{ "constant", KEY_TEXT,
	    .at = offsetof(struct contract, organization.constant) },
	{ "text", KEY_TEMPLATE,
	    .at = offsetof(struct contract, organization.text) },
	{ "pattern", KEY_PATTERN,
	    .at = offsetof(struct contract, organization.pattern) },
	{ "rewrite", KEY_TEMPLATE,
	    .at = offsetof(struct contract, organization.rewrite) },
	{ "as", KEY_SWITCH, .at = offsetof(struct contract, org_prefecture),
	    .words = org_words, .fallback = "code" },
	{ "map", KEY_PAIRS, .at = offsetof(struct contract, org_map),
	    .also = offsetof(struct contract, n_org_map), .names = ".",
	    .names_want = "a name" },
};
static const struct keys organization_keys = {
	.list = organization_list,
	.n = ARRAY_LEN(organization_list),
	.size = sizeof(struct contract),
	.line_at = offsetof(struct contract, organization.line),
	.one_of = { "column", "constant", "text" },
};

static const struct key indicator_list[] = {
	{ "column", KEY_TEXT,
	    .at = offsetof(struct contract, indicator.column) },
	{ "constant", KEY_TEXT,
	    .at = offsetof(struct contract, indicator.constant),
	    .pattern = CODE, .want = CODE_WANT },
	{ "text", KEY_TEMPLATE,
	    .at = offsetof(struct contract, indicator.text) },
	{ "pattern", KEY_PATTERN,
	    .at = offsetof(struct contract, indicator.pattern) },
	{ "rewrite", KEY_TEMPLATE,
	    .at = offsetof(struct contract, indicator.rewrite) },
	{ "map", KEY_PAIRS, .at = offsetof(struct contract, indicator_map),
	    .also = offsetof(struct contract, n_indicator_map), .pattern = CODE,
	    .want = CODE_WANT, .names = ".", .names_want = "a label" },
	{ "ignore", KEY_TEXTS,
	    .at = offsetof(struct contract, indicator_ignore),
	    .also = offsetof(struct contract, n_indicator_ignore) },
};
static const struct keys indicator_source_keys = {
	.list = indicator_list,
	.n = ARRAY_LEN(indicator_list),
	.size = sizeof(struct contract),
	.line_at = offsetof(struct contract, indicator.line),
	.one_of = { "column", "constant", "text" },
};

static const struct key dimension_list[] = {
	{ "column", KEY_TEXT, .at = offsetof(struct dimension, source.column) },
	{ "constant", KEY_TEXT,
	    .at = offsetof(struct dimension, source.constant) },
	{ "text", KEY_TEMPLATE, .at = offsetof(struct dimension, source.text) },
	{ "pattern", KEY_PATTERN,
	    .at = offsetof(struct dimension, source.pattern) },
	{ "rewrite", KEY_TEMPLATE,
	    .at = offsetof(struct dimension, source.rewrite) },
	{ "map", KEY_PAIRS, .at = offsetof(struct dimension, map),
	    .also = offsetof(struct dimension, n_map) },
};
static const struct keys dimension_keys = {
	.list = dimension_list,
	.n = ARRAY_LEN(dimension_list),
	.size = sizeof(struct dimension),
	.line_at = offsetof(struct dimension, source.line),
	.name_at = offsetof(struct dimension, name),
	.one_of = { "column", "constant", "text" },
};

static const struct key value_list[] = {
	{ "column", KEY_TEXT, .at = offsetof(struct contract_value, column) },
	{ "count", KEY_FLAG, .at = offsetof(struct contract_value, count) },
	{ "indicator", KEY_TEXT,
	    .at = offsetof(struct contract_value, indicator), .pattern = CODE,
	    .want = CODE_WANT },
	{ "unit", KEY_TEXT, .at = offsetof(struct contract_value, unit) },
	{ "scale", KEY_INT, .at = offsetof(struct contract_value, scale),
	    .also = offsetof(struct contract_value, scale_set), .min = -12,
	    .max = 12 },
	{ "status", KEY_TEXT, .at = offsetof(struct contract_value, status) },
	{ "period", KEY_TEXT, .at = offsetof(struct contract_value, period) },
	{ "pattern", KEY_PATTERN,
	    .at = offsetof(struct contract_value, pattern) },
	{ "dimensions", KEY_PAIRS, .at = offsetof(struct contract_value, dims),
	    .also = offsetof(struct contract_value, n_dims), .names = CODE,
	    .names_want = NAMED_WANT },
};
static const struct keys value_keys = {
	.list = value_list,
	.n = ARRAY_LEN(value_list),
	.size = sizeof(struct contract_value),
	.line_at = offsetof(struct contract_value, line),
	.one_of = { "column", "count" },
};

static const struct key unit_list[] = {
	{ "column", KEY_TEXT, .required = true,
	    .at = offsetof(struct source, column) },
};
static const struct keys unit_keys = {
	.list = unit_list,
	.n = ARRAY_LEN(unit_list),
	.size = sizeof(struct source),
	.line_at = offsetof(struct source, line),
};

static const struct key status_list[] = {
	{ "column", KEY_TEXT, .at = offsetof(struct contract, status.column) },
	{ "pattern", KEY_PATTERN,
	    .at = offsetof(struct contract, status.pattern) },
	{ "map", KEY_PAIRS, .at = offsetof(struct contract, status_map),
	    .also = offsetof(struct contract, n_status_map),
	    .words = status_words },
};
static const struct keys status_keys = {
	.list = status_list,
	.n = ARRAY_LEN(status_list),
	.size = sizeof(struct contract),
	.line_at = offsetof(struct contract, status.line),
};

/* `period` and `values`: without them the format's own, if it has them. */
static const struct key contract_list[] = {
	{ "format", KEY_CHOICE, .required = true,
	    .at = offsetof(struct contract, format), .words = format_words },
	{ "member", KEY_OBJECT, .sub = &pick_keys,
	    .at = offsetof(struct contract, member) },
	{ "sheet", KEY_OBJECT, .sub = &pick_keys,
	    .at = offsetof(struct contract, sheet) },
	{ "encoding", KEY_TEXT, .at = offsetof(struct contract, encoding),
	    .words = encodings, .fallback = "auto" },
	{ "csv", KEY_OBJECT, .sub = &csv_keys },
	{ "records", KEY_TEXT, .at = offsetof(struct contract, records),
	    .fallback = "$[*]" },
	{ "header", KEY_OBJECT, .sub = &header_keys },
	{ "captures", KEY_MEMBERS, .sub = &capture_keys,
	    .at = offsetof(struct contract, captures),
	    .also = offsetof(struct contract, n_captures), .names = ".",
	    .names_want = "the name of a column" },
	{ "rows", KEY_OBJECT, .sub = &rows_keys },
	{ "unpivot", KEY_OBJECT, .sub = &unpivot_keys },
	{ "period", KEY_OBJECT, .sub = &period_keys },
	{ "organization", KEY_OBJECT, .sub = &organization_keys },
	{ "indicator", KEY_OBJECT, .sub = &indicator_source_keys },
	{ "dimensions", KEY_MEMBERS, .sub = &dimension_keys,
	    .at = offsetof(struct contract, dims),
	    .also = offsetof(struct contract, n_dims), .names = CODE,
	    .names_want = NAMED_WANT },
	{ "values", KEY_LIST, .filled = true, .sub = &value_keys,
	    .at = offsetof(struct contract, values),
	    .also = offsetof(struct contract, n_values) },
	{ "unit", KEY_OBJECT, .sub = &unit_keys,
	    .at = offsetof(struct contract, unit) },
	{ "status", KEY_OBJECT, .sub = &status_keys },
	{ "flags", KEY_PAIRS, .at = offsetof(struct contract, flags),
	    .also = offsetof(struct contract, n_flags), .words = status_words,
	    .names = ".", .names_want = "a mark" },
	{ "footnotes", KEY_TEXTS, .at = offsetof(struct contract, footnotes),
	    .also = offsetof(struct contract, n_footnotes) },
	{ "missing", KEY_PAIRS, .at = offsetof(struct contract, missing),
	    .also = offsetof(struct contract, n_missing), .words = reasons },
	{ "zero", KEY_TEXTS, .at = offsetof(struct contract, zero),
	    .also = offsetof(struct contract, n_zero) },
	{ "ignore", KEY_TEXTS, .at = offsetof(struct contract, ignore),
	    .also = offsetof(struct contract, n_ignore) },
	{ "other_columns", KEY_SWITCH,
	    .at = offsetof(struct contract, other_columns),
	    .words = other_words, .fallback = "tell" },
	{ "hold", KEY_TEXTS, .at = offsetof(struct contract, hold),
	    .also = offsetof(struct contract, n_hold), .words = findings },
	{ "absent", KEY_SWITCH, .at = offsetof(struct contract, withdraw),
	    .words = absent_words, .fallback = "keep" },
};
const struct keys contract_keys = {
	.list = contract_list,
	.n = ARRAY_LEN(contract_list),
	.size = sizeof(struct contract),
	.line_at = offsetof(struct contract, line),
};
