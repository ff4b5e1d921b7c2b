/* How an indicator is computed from others. */
#include "keys.h"

const char *const derivation_words[] = { NULL, "ratio", "sum", "difference",
	"per_population", "monthly_of", "ytd_of" };

#define INPUTS                                                         \
	.at = offsetof(struct derivation, inputs),                     \
	.also = offsetof(struct derivation, n_inputs), .filled = true, \
	.pattern = CODE, .want = CODE_WANT

static const struct key derived_list[] = {
	{ "ratio", KEY_TEXTS, INPUTS },
	{ "sum", KEY_TEXTS, INPUTS },
	{ "difference", KEY_TEXTS, INPUTS },
	{ "per_population", KEY_TEXTS, INPUTS },
	{ "monthly_of", KEY_TEXT, .at = offsetof(struct derivation, of),
	    .pattern = CODE, .want = CODE_WANT },
	{ "ytd_of", KEY_TEXT, .at = offsetof(struct derivation, of),
	    .pattern = CODE, .want = CODE_WANT },
	{ "per", KEY_INT, .at = offsetof(struct derivation, per), .min = 1,
	    .max = 1000000 },
};
const struct keys derived_keys = {
	.list = derived_list,
	.n = ARRAY_LEN(derived_list),
	.size = sizeof(struct derivation),
	.line_at = offsetof(struct derivation, line),
	.one_of = { "ratio", "sum", "difference", "per_population",
	    "monthly_of", "ytd_of" },
};
