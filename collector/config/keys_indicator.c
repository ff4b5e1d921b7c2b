#include "keys.h"

const char *const measure_words[] = { "stock", "flow", "flow_ytd", "ratio",
	NULL };

static const struct key indicator_list[] = {
	{ "indicator", KEY_TEXT, .required = true,
	    .at = offsetof(struct indicator, code), .pattern = CODE,
	    .want = CODE_WANT },
	{ "name_ja", KEY_TEXT, .required = true,
	    .at = offsetof(struct indicator, name_ja) },
	{ "name_en", KEY_TEXT, .at = offsetof(struct indicator, name_en) },
	{ "unit", KEY_TEXT, .required = true,
	    .at = offsetof(struct indicator, unit) },
	{ "measure", KEY_CHOICE, .required = true,
	    .at = offsetof(struct indicator, measure), .words = measure_words },
	{ "decimals", KEY_INT, .at = offsetof(struct indicator, decimals),
	    .max = 12, .fallback = "0" },
	{ "numerator", KEY_TEXT, .at = offsetof(struct indicator, numerator),
	    .pattern = CODE, .want = CODE_WANT },
	{ "denominator", KEY_TEXT,
	    .at = offsetof(struct indicator, denominator), .pattern = CODE,
	    .want = CODE_WANT },
	/* Without it measure and unit decide: see indicators.c. */
	{ "monotone", KEY_FLAG, .at = offsetof(struct indicator, monotone) },
	{ "source", KEY_TEXT, .at = offsetof(struct indicator, source) },
	{ "derived", KEY_OBJECT, .sub = &derived_keys,
	    .at = offsetof(struct indicator, derived) },
	{ "settles_on", KEY_TEXT, .at = offsetof(struct indicator, settles_on),
	    .pattern = "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
	    .want = "a month and a day as 05-31" },
};
const struct keys one_indicator_keys = {
	.list = indicator_list,
	.n = ARRAY_LEN(indicator_list),
	.size = sizeof(struct indicator),
	.line_at = offsetof(struct indicator, line),
};

static const struct key file_list[] = {
	{ .name = "$schema", .kind = KEY_NOTE },
	{ "indicators", KEY_LIST, .required = true, .sub = &one_indicator_keys,
	    .at = offsetof(struct indicator_file, list),
	    .also = offsetof(struct indicator_file, n) },
};
const struct keys indicator_keys = {
	.list = file_list,
	.n = ARRAY_LEN(file_list),
	.size = sizeof(struct indicator_file),
};
