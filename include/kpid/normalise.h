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

/* How the numbers of a column are written, where that can differ. */
struct number_form {
	const char *unit;   /* printed behind; NULL: % */
	int scale;          /* what is read is times 10^scale */
	bool decimal_comma; /* 1.234,5 and 1 234,5; else 1,234.5 */
};

/*
 * A number as people write it: full-width digits, thousands separators (only
 * in groups of three, or of four by 万 億), a sign in front (- − △ ▲ ＋ and
 * parentheses), blanks around, one decimal point, % ％ or the unit behind.
 * *out: canonical text, with no leading zeros, the decimals it came with, "-0"
 * as "0": the cell itself when it is that already, else in buf, whose content
 * is lost. false: *why names the reason (static text).
 */
MUST_CHECK bool number_read(struct slice cell, const struct number_form *form,
    struct buf *buf, struct slice *out, const char **why);

/*
 * A period as people write it: 2024-09-30, 2024/9, 202409, 令和6年9月末,
 * R6.9.30, 平成31年度, FY2024, 2024年度, 2024-Q3, 元年, 2013年1～3月期, e-Stat's
 * time codes, SDMX's TIME_PERIOD, 24 October 2011. era: for bare years
 * ("6年9月"), may be NULL. An era name outside its dates is refused.
 */
MUST_CHECK bool period_read(struct slice cell, enum period_as as,
    const char *era, struct period *out, const char **why);

/*
 * 202037, 20203 (check digit added), 011002 and 11002; the check digit is
 * verified. 00000 and 000000 are the whole country, 0. Full-width digits are
 * read. Five digits that make sense both as a
 * code without its check digit and as one without its leading zero (11100 is
 * さいたま市 or a ward of 札幌市) are refused; a normaliser decides them by
 * the codes that it has read before.
 */
MUST_CHECK bool org_code_read(struct slice cell, int *out, const char **why);

/* "長野県上田市", in mem; NULL: no local government that kpid knows has this
 * code. */
const char *org_title(int code, struct arena *mem);
/* The code of the one whose six digits are most like these. */
int org_nearest(const char *digits);

/* Does the contract say that findings of this kind hold the delivery? */
bool finding_holds(const struct contract *c, const char *kind);

struct normaliser;

/* For one body: its series are numbered through all its tables. Lives in mem,
 * as do the series it interns; cfg borrowed. */
struct normaliser *normaliser_new(const struct config *cfg,
    const struct feed *feed, struct arena *mem);
/* NULL is fine; the series stay, they live in mem. */
void normaliser_free(struct normaliser *n);
/* Begins a table of this contract: what comes out of the sink's rows goes to
 * `out` as observations. Both borrowed until normaliser_end. */
struct table_sink normaliser_begin(struct normaliser *n,
    const struct contract *c, const struct observation_sink *out);
/* After the last row of a table: one without any row of data is an error that
 * says so. Hands on what is known only now: counts, and as findings JSON paths
 * that found nothing in any record (they hold the delivery). */
MUST_CHECK bool normaliser_end(struct normaliser *n, struct kpid_err *err);
/* What was read so far: a cell that should hold a value, a group of counted
 * rows (from normaliser_end on), a row that cannot be read or counted are one
 * each. Observations and rejects handed on add up to it. */
uint64_t normaliser_read(const struct normaliser *n);

#endif
