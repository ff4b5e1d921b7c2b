/*
 * Decimal numbers as text, for people to read. Nothing is judged with them:
 * values were compared as numeric in the database. Text that is no plain
 * decimal ("-12.50") is given back as it is.
 */
#ifndef KPID_NOTIFY_DECIMAL_H
#define KPID_NOTIFY_DECIMAL_H

#include <stdbool.h>

#include "kpid/arena.h"

/* [-]digits[.digits], nothing around it. */
bool decimal_valid(const char *text);
/* Below 0; "-0.00" is not. */
bool decimal_negative(const char *text);
/* All digits are 0, whatever the sign. */
bool decimal_zero(const char *text);
/* Equal in value: 7.50 is 7.5. */
bool decimal_same(const char *a, const char *b);
/* Digits after the point, trailing zeros too. */
int decimal_places(const char *text);

/* 12345.60 to 12,345.60, with U+2212 as the minus sign. */
const char *decimal_show(const char *text, struct arena *mem);
/* The same, zeros at the end left out: 250.0000 is 250. */
const char *decimal_show_short(const char *text, struct arena *mem);
/* Without its sign: -3.5 is 3.5. */
const char *decimal_abs(const char *text, struct arena *mem);
/* Cut to so many places; up: away from zero when anything is cut off. */
const char *decimal_cut(const char *text, int places, bool up,
    struct arena *mem);

/* Rounded to so many places, half away from zero. */
const char *decimal_round(const char *text, int places, struct arena *mem);
/* A share of 1 in per cent, without its sign: 0.1136 is 11, what is not quite
 * 0 or 1 is cut to 1 and 99. NULL: not a share of 1. */
const char *decimal_per_cent(const char *text, struct arena *mem);

/* part of whole in thousandths, 0..1000, for drawing; false when that has no
 * meaning (not numbers, whole not above 0, or too long to matter). */
bool decimal_permille(const char *part, const char *whole, int *out);

#endif
