/* When a delivery looks wrong as a whole: the gates of a feed. */
#include "keys.h"

static const struct key total_list[] = {
	{ "total", KEY_TEXT, .required = true,
	    .at = offsetof(struct gate_total, total) },
	{ "parts", KEY_TEXTS, .required = true, .filled = true,
	    .at = offsetof(struct gate_total, parts),
	    .also = offsetof(struct gate_total, n_parts) },
	{ "dimension", KEY_TEXT, .at = offsetof(struct gate_total, dimension),
	    .pattern = CODE, .want = CODE_WANT },
	{ "indicator", KEY_TEXT, .at = offsetof(struct gate_total, indicator),
	    .pattern = CODE, .want = CODE_WANT },
	{ "tolerance", KEY_NUMBER, .at = offsetof(struct gate_total, tolerance),
	    .max = 1000000000000LL, .fallback = "0" },
};
static const struct keys total_keys = {
	.list = total_list,
	.n = ARRAY_LEN(total_list),
	.size = sizeof(struct gate_total),
	.line_at = offsetof(struct gate_total, line),
};

static const struct key gates_list[] = {
	{ "rows_drop", KEY_NUMBER, .empty = true,
	    .at = offsetof(struct feed, gates.rows_drop), .max = 1,
	    .fallback = "0.5" },
	{ "all_zero", KEY_FLAG, .at = offsetof(struct feed, gates.all_zero),
	    .fallback = "true" },
	{ "jump", KEY_NUMBER, .empty = true,
	    .at = offsetof(struct feed, gates.jump), .min = 2, .max = 1000000,
	    .fallback = "100" },
	{ "unit_slip", KEY_FLAG, .at = offsetof(struct feed, gates.unit_slip),
	    .fallback = "true" },
	{ "totals", KEY_LIST, .sub = &total_keys,
	    .at = offsetof(struct feed, gates.totals),
	    .also = offsetof(struct feed, gates.n_totals) },
	{ "running_total", KEY_FLAG,
	    .at = offsetof(struct feed, gates.running_total),
	    .fallback = "true" },
	{ "ratio_max", KEY_NUMBER, .empty = true,
	    .at = offsetof(struct feed, gates.ratio_max), .min = 1,
	    .max = 1000000, .fallback = "100" },
	{ "future", KEY_FLAG, .at = offsetof(struct feed, gates.future),
	    .fallback = "true" },
};
const struct keys gates_keys = {
	.list = gates_list,
	.n = ARRAY_LEN(gates_list),
	.size = sizeof(struct feed),
};
