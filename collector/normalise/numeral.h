/*
 * The figures of Japanese text: one small map for numbers, dates and codes.
 *
 * Not NFKC, on purpose: that turns a footnote mark (1,440 and a circled 1)
 * into one more digit. What is not in the map stays as it is, so that the
 * reader refuses it.
 */
#ifndef NORMALISE_NUMERAL_H
#define NORMALISE_NUMERAL_H

#include "kpid/bytes.h"
#include "kpid/limits.h"

/* A decimal number as its digits: those in front of the point come first. */
struct decimal {
	size_t n, whole; /* digits in all, and before the point */
	char digits[LIMIT_NUMBER_DIGITS];
};

/* The cell with full-width forms in ASCII, every minus sign (U+2010 to 2015,
 * U+2212, the triangles) as '-', every wave dash as '~', every blank as ' ';
 * all else as it is. Writes at most cell.len bytes; returns how many. */
size_t numeral_fold(struct slice cell, char *out);

/* The value 0 to 9 of the digit at p, ASCII or kanji (〇 to 九, 零), and its
 * length in *len; -1 when there is none. */
int numeral_digit(const char *p, const char *end, size_t *len);

/* Is it canonical as it stands: -?digits[.digits], no zero in front that says
 * nothing, no "-0"? Most cells are. */
bool numeral_is_plain(struct slice cell);

#define NUMERAL_QUICK_MAX 64

/* The number of an ordinary ASCII cell (1,234.5) times 10^scale, canonical;
 * how many bytes it takes, or 0: it must be looked at more closely. */
size_t numeral_quick(struct slice cell, int scale, char out[NUMERAL_QUICK_MAX]);

/* Does a kanji numeral (digit, 十 百 千 or 万 億 兆) stand at the beginning? */
bool numeral_is_kanji(struct slice text);

/* 52億8,700万, 1億2345万6789, 1.5億, 一億二千三百: groups of four by 万 億 兆,
 * each in figures or in kanji. Replaces *d. false: *why says why. */
MUST_CHECK bool numeral_kanji(struct slice text, struct decimal *d,
    const char **why);

/* Digits with separators in groups of three; *text is moved behind them.
 * Appends to *d, which may be empty. No digit at all is no error. */
MUST_CHECK bool numeral_whole(struct slice *text, struct decimal *d,
    const char **why);
/* The decimal point and what is behind it, when there is one. */
MUST_CHECK bool numeral_fraction(struct slice *text, struct decimal *d,
    const char **why);

/* Moves the point n places to the right (left when negative). */
MUST_CHECK bool decimal_shift(struct decimal *d, int n, const char **why);

#endif
