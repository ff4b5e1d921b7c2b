#include "keys.h"

#define CODE      "^[a-z][a-z0-9_]*$"
#define CODE_WANT "a code of a-z, 0-9 and '_'"

static const char *const format_words[] = { "csv", "json", NULL };
static const char *const encodings[] = { "auto", "utf-8", "cp932", NULL };
static const char *const row_words[] = { "strict", "lenient", NULL };
static const char *const absent_words[] = { "keep", "withdraw", NULL };
static const char *const period_words[] = { "auto", "day", "month", "quarter",
	"half", "year", "fiscal_year", NULL };
static const char *const frequencies[] = { "D", "W", "M", "Q", "S", "A", "FY",
	NULL };
static const char *const flags[] = { "A", "B", "E", "P", NULL };
static const char *const reasons[] = { "not_applicable", "suppressed",
	"not_collected", "not_available", "error", NULL };

static const struct key csv_list[] = {
	{ "delimiter", KEY_CHAR, .at = offsetof(struct contract, delimiter),
	    .fallback = "," },
	{ "quote", KEY_CHAR, .at = offsetof(struct contract, quote),
	    .fallback = "\"" },
	{ "rows", KEY_SWITCH, .at = offsetof(struct contract, lenient),
	    .words = row_words, .fallback = "strict" },
};
static const struct keys csv_keys = {
	.list = csv_list,
	.n = ARRAY_LEN(csv_list),
	.size = sizeof(struct contract),
};

static const struct key header_list[] = {
	{ "row", KEY_LONG, .at = offsetof(struct contract, header_row),
	    .min = 1, .max = 1000, .fallback = "1" },
};
static const struct keys header_keys = {
	.list = header_list,
	.n = ARRAY_LEN(header_list),
	.size = sizeof(struct contract),
};

static const struct key period_list[] = {
	{ "column", KEY_TEXT, .at = offsetof(struct contract, period.column) },
	{ "constant", KEY_TEXT,
	    .at = offsetof(struct contract, period.constant) },
	{ "as", KEY_CHOICE, .at = offsetof(struct contract, period_as),
	    .words = period_words, .fallback = "auto" },
	{ "era", KEY_TEXT, .at = offsetof(struct contract, era),
	    .pattern = "^(令和|平成|昭和|大正|明治|[RHSTM])$",
	    .want = "an era such as '令和'" },
	{ "frequency", KEY_TEXT, .at = offsetof(struct contract, frequency),
	    .words = frequencies, .fallback = "D" },
};
static const struct keys period_keys = {
	.list = period_list,
	.n = ARRAY_LEN(period_list),
	.size = sizeof(struct contract),
	.line_at = offsetof(struct contract, period.line),
	.one_of = { "column", "constant" },
};

static const struct key source_list[] = {
	{ "column", KEY_TEXT, .at = offsetof(struct source, column) },
	{ "constant", KEY_TEXT, .at = offsetof(struct source, constant) },
};
static const struct keys source_keys = {
	.list = source_list,
	.n = ARRAY_LEN(source_list),
	.size = sizeof(struct source),
	.line_at = offsetof(struct source, line),
	.one_of = { "column", "constant" },
};

static const struct key indicator_list[] = {
	{ "column", KEY_TEXT,
	    .at = offsetof(struct contract, indicator.column) },
	{ "constant", KEY_TEXT,
	    .at = offsetof(struct contract, indicator.constant),
	    .pattern = CODE, .want = CODE_WANT },
	{ "map", KEY_PAIRS, .at = offsetof(struct contract, indicator_map),
	    .also = offsetof(struct contract, n_indicator_map), .pattern = CODE,
	    .want = CODE_WANT },
};
static const struct keys indicator_source_keys = {
	.list = indicator_list,
	.n = ARRAY_LEN(indicator_list),
	.size = sizeof(struct contract),
	.line_at = offsetof(struct contract, indicator.line),
	.one_of = { "column", "constant" },
};

static const struct key value_list[] = {
	{ "column", KEY_TEXT, .required = true,
	    .at = offsetof(struct contract_value, column) },
	{ "indicator", KEY_TEXT,
	    .at = offsetof(struct contract_value, indicator), .pattern = CODE,
	    .want = CODE_WANT },
	{ "unit", KEY_TEXT, .at = offsetof(struct contract_value, unit) },
	{ "scale", KEY_INT, .at = offsetof(struct contract_value, scale),
	    .min = -12, .max = 12, .fallback = "0" },
};
static const struct keys value_keys = {
	.list = value_list,
	.n = ARRAY_LEN(value_list),
	.size = sizeof(struct contract_value),
	.line_at = offsetof(struct contract_value, line),
};

static const struct key dimension_list[] = {
	{ "column", KEY_TEXT, .required = true,
	    .at = offsetof(struct pair, from) },
};
static const struct keys dimension_keys = {
	.list = dimension_list,
	.n = ARRAY_LEN(dimension_list),
	.size = sizeof(struct pair),
	.name_at = offsetof(struct pair, to),
};

static const struct key status_list[] = {
	{ "column", KEY_TEXT, .required = true,
	    .at = offsetof(struct contract, status.column) },
	{ "map", KEY_PAIRS, .at = offsetof(struct contract, status_map),
	    .also = offsetof(struct contract, n_status_map), .words = flags },
};
static const struct keys status_keys = {
	.list = status_list,
	.n = ARRAY_LEN(status_list),
	.size = sizeof(struct contract),
	.line_at = offsetof(struct contract, status.line),
};

static const struct key contract_list[] = {
	{ "format", KEY_CHOICE, .required = true,
	    .at = offsetof(struct contract, format), .words = format_words },
	{ "encoding", KEY_TEXT, .at = offsetof(struct contract, encoding),
	    .words = encodings, .fallback = "auto" },
	{ "csv", KEY_OBJECT, .sub = &csv_keys },
	{ "header", KEY_OBJECT, .sub = &header_keys },
	{ "records", KEY_TEXT, .at = offsetof(struct contract, records),
	    .fallback = "$[*]" },
	{ "period", KEY_OBJECT, .required = true, .sub = &period_keys },
	{ "organization", KEY_OBJECT, .sub = &source_keys,
	    .at = offsetof(struct contract, organization) },
	{ "indicator", KEY_OBJECT, .sub = &indicator_source_keys },
	{ "values", KEY_LIST, .required = true, .sub = &value_keys,
	    .at = offsetof(struct contract, values),
	    .also = offsetof(struct contract, n_values) },
	{ "dimensions", KEY_MEMBERS, .sub = &dimension_keys,
	    .at = offsetof(struct contract, dims),
	    .also = offsetof(struct contract, n_dims), .pattern = CODE,
	    .want = CODE_WANT },
	{ "status", KEY_OBJECT, .sub = &status_keys },
	{ "missing", KEY_PAIRS, .at = offsetof(struct contract, missing),
	    .also = offsetof(struct contract, n_missing), .words = reasons },
	{ "zero", KEY_TEXTS, .at = offsetof(struct contract, zero),
	    .also = offsetof(struct contract, n_zero) },
	{ "ignore", KEY_TEXTS, .at = offsetof(struct contract, ignore),
	    .also = offsetof(struct contract, n_ignore) },
	{ "absent", KEY_SWITCH, .at = offsetof(struct contract, withdraw),
	    .words = absent_words, .fallback = "keep" },
};
static const struct keys contract_keys = {
	.list = contract_list,
	.n = ARRAY_LEN(contract_list),
	.size = sizeof(struct contract),
};

static const struct key feed_list[] = {
	{ .name = "$schema", .kind = KEY_NOTE },
	{ "feed", KEY_TEXT, .required = true, .at = offsetof(struct feed, name),
	    .pattern = "^[a-z0-9-]+$", .want = "a name of a-z, 0-9 and '-'" },
	{ "title", KEY_TEXT, .required = true,
	    .at = offsetof(struct feed, title) },
	{ "owner", KEY_TEXT, .required = true,
	    .at = offsetof(struct feed, owner),
	    .pattern = "^[^@<>]+@[^@<> ]+$|^[^@<>]*<[^@<> ]+@[^@<> ]+>$",
	    .want = "a mail address" },
	{ "source", KEY_TEXT, .at = offsetof(struct feed, source) },
	{ "licence", KEY_TEXT, .at = offsetof(struct feed, licence) },
	{ "url", KEY_TEXT, .required = true, .at = offsetof(struct feed, url),
	    .pattern = "^(https?://|file:)",
	    .want = "a URL of http:, https: or file:" },
	{ "schedule", KEY_TEXT, .at = offsetof(struct feed, schedule),
	    .line_at = offsetof(struct feed, schedule_line) },
	{ "time_zone", KEY_TEXT, .at = offsetof(struct feed, time_zone),
	    .line_at = offsetof(struct feed, time_zone_line) },
	{ "max_bytes", KEY_LONG, .at = offsetof(struct feed, max_bytes),
	    .min = 1, .max = 1LL << 40, .fallback = "8589934592" },
	{ "contract", KEY_OBJECT, .required = true, .sub = &contract_keys,
	    .at = offsetof(struct feed, contract) },
};
const struct keys feed_keys = {
	.list = feed_list,
	.n = ARRAY_LEN(feed_list),
	.size = sizeof(struct feed),
};
