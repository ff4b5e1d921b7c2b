/*
 * Table rows to observations, by a feed's contract.
 *
 * Numbers, periods and marks are read from the cell as it stands by small
 * maps of our own; only labels and names are compared in NFKC. A row that
 * cannot be read is a reject with its reason; what the contract does not know
 * is a finding; neither stops the rest.
 */
#ifndef KPID_NORMALISE_H
#define KPID_NORMALISE_H

#include <stdbool.h>
#include <stdint.h>

#include "kpid/config.h"
#include "kpid/observation.h"
#include "kpid/table.h"

/*
 * A number as people write it: full-width digits, thousands separators (only
 * in groups of three, or of four by 万 億), a sign in front (- − △ ▲ ＋ and
 * parentheses), blanks around, one decimal point, % ％ or the unit behind.
 * out: canonical text in buf (cleared first): no leading zeros, the decimals
 * it came with, "-0" is "0". false: *why names the reason (static text).
 */
MUST_CHECK bool number_read(struct slice cell, const char *unit, int scale,
    struct buf *buf, const char **why);

/*
 * A period as people write it: 2024-09-30, 2024/9, 202409, 令和6年9月末,
 * R6.9.30, 平成31年度, FY2024, 2024年度, 2024-Q3, 元年. era: for bare years
 * ("6年9月"), may be NULL. An era name outside its dates is refused.
 */
MUST_CHECK bool period_read(struct slice cell, enum period_as as,
    const char *era, struct period *out, const char **why);

/*
 * 202037, 20203 (check digit added), 011002 and 11002; the check digit is
 * verified. Full-width digits are read. Five digits that make sense both as a
 * code without its check digit and as one without its leading zero (11100 is
 * さいたま市 or a ward of 札幌市) are refused; a normaliser decides them by
 * the codes that it has read before.
 */
MUST_CHECK bool org_code_read(struct slice cell, int *out, const char **why);

/* Labels are compared by this: NFKC, blanks folded, variation selectors off.
 * Lives in mem, NUL-terminated. */
char *label_key(struct slice label, struct arena *mem);

struct normaliser;

/* Lives in mem, as do the series it interns; cfg borrowed. */
struct normaliser *normaliser_new(const struct config *cfg,
    const struct feed *feed, struct arena *mem);
/* NULL is fine; the series stay, they live in mem. */
void normaliser_free(struct normaliser *n);
/* A row_sink whose rows come out of `out` as observations. Both borrowed. */
struct row_sink normaliser_sink(struct normaliser *n,
    const struct observation_sink *out);
/* After the last row: a body without its header or without any row of data is
 * an error that says so. May still hand on findings: a JSON path that found
 * nothing in any record holds the delivery. */
MUST_CHECK bool normaliser_end(struct normaliser *n, struct kpid_err *err);
/* Cells that should hold a value, rejected ones among them (a row that is bad
 * as a whole is one): observations and rejects handed on add up to it. */
uint64_t normaliser_read(const struct normaliser *n);

/* The columns a JSON contract asks for, in the order normalise expects them. */
const char *const *contract_columns(const struct contract *c, struct arena *mem,
    size_t *n);

#endif
