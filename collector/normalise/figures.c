/* Decimal numbers as their digits: separators, the point, powers of ten. */
#include "numeral.h"

#include <string.h>

/* Moves *p behind the digits that it stands on; false when there are none. */
static bool
skip_digits(const char **p, const char *end)
{
	const char *begin = *p;

	while (*p < end && **p >= '0' && **p <= '9')
		++*p;
	return *p > begin;
}

/* Of the digits and the point of a number: is one of them not 0? */
static bool
is_more_than_zero(const char *p, const char *end)
{
	while (p < end && (*p == '0' || *p == '.'))
		p++;
	return p < end;
}

bool
numeral_is_plain(struct slice cell)
{
	const char *p = cell.ptr, *end = cell.ptr + cell.len;

	if (cell.len == 0 || cell.len > LIMIT_NUMBER_DIGITS)
		return false;
	p += *p == '-';

	const char *first = p;

	if (!skip_digits(&p, end) || (*first == '0' && p - first > 1))
		return false;
	if (p < end && (*p++ != '.' || !skip_digits(&p, end) || p < end))
		return false;
	return first == cell.ptr || is_more_than_zero(first, end);
}

/* Digits with separators before each three of them, without the separators. */
static bool
quick_whole(const char **p, const char *end, char **out)
{
	size_t group = 0;
	bool grouped = false;

	for (; *p < end; ++*p) {
		if (**p >= '0' && **p <= '9') {
			*(*out)++ = **p;
			group++;
		} else if (**p == ',' && (grouped ? group == 3 : group <= 3)) {
			grouped = true;
			group = 0;
		} else {
			break;
		}
	}
	return !grouped || group == 3;
}

size_t
numeral_quick(struct slice cell, int scale, char out[NUMERAL_QUICK_MAX])
{
	const char *p = cell.ptr, *end = cell.ptr + cell.len;
	char *o = out;
	int behind = 0; /* digits behind the point that was */

	if (cell.len == 0 || cell.len > NUMERAL_QUICK_MAX / 2 || scale < 0
	    || scale >= NUMERAL_QUICK_MAX / 2)
		return 0;
	if (*p == '-')
		*o++ = *p++;
	if (p == end || *p < '1' || *p > '9' || !quick_whole(&p, end, &o)
	    || (p < end && (*p++ != '.' || p == end)))
		return 0;
	for (; p < end; p++, behind++) {
		if (*p < '0' || *p > '9')
			return 0;
		if (behind == scale)
			*o++ = '.';
		*o++ = *p;
	}
	for (; behind < scale; behind++)
		*o++ = '0';
	return (size_t)(o - out);
}

static bool
push(struct decimal *d, char digit, const char **why)
{
	if (d->n >= LIMIT_NUMBER_DIGITS) {
		*why = "more than 1000 digits";
		return false;
	}
	d->digits[d->n++] = digit;
	return true;
}

static bool
bad_groups(const char **why)
{
	*why = "a thousands separator that does not part groups of three";
	return false;
}

bool
numeral_whole(struct slice *text, struct decimal *d, const char **why)
{
	size_t group = 0; /* digits since the last separator */
	bool grouped = false;

	for (; text->len > 0; text->ptr++, text->len--) {
		char c = *text->ptr;

		if (c >= '0' && c <= '9') {
			if (!push(d, c, why))
				return false;
			group++;
		} else if (c != ',') {
			break;
		} else {
			bool fits = grouped
			    ? group == 3
			    : group >= 1 && group <= 3 && d->digits[0] != '0';

			if (!fits)
				return bad_groups(why);
			grouped = true;
			group = 0;
		}
	}
	d->whole = d->n;
	return grouped && group != 3 ? bad_groups(why) : true;
}

bool
numeral_fraction(struct slice *text, struct decimal *d, const char **why)
{
	if (text->len == 0 || *text->ptr != '.')
		return true;

	size_t before = d->n;

	for (text->ptr++, text->len--; text->len > 0;
	     text->ptr++, text->len--) {
		if (*text->ptr < '0' || *text->ptr > '9')
			break;
		if (!push(d, *text->ptr, why))
			return false;
	}
	if (d->n == before) {
		*why = "a decimal point with no digit behind it";
		return false;
	}
	if (text->len > 0 && (*text->ptr == '.' || *text->ptr == ',')) {
		*why = "a second point, or a separator behind the point";
		return false;
	}
	return true;
}

/* How many digits it has when its point is moved by n. */
static size_t
shifted_digits(const struct decimal *d, int n)
{
	size_t by = (size_t)(n < 0 ? -n : n);

	if (n >= 0)
		return d->whole + by > d->n ? d->whole + by : d->n;
	return by > d->whole ? d->n + by - d->whole : d->n;
}

bool
decimal_shift(struct decimal *d, int n, const char **why)
{
	size_t by = (size_t)(n < 0 ? -n : n);
	size_t digits = shifted_digits(d, n);

	if (digits > LIMIT_NUMBER_DIGITS) {
		*why = "more than 1000 digits after scaling";
		return false;
	}
	if (n >= 0) { /* fill behind, up to the new point */
		memset(d->digits + d->n, '0', digits - d->n);
		d->whole += by;
	} else { /* fill in front: 5 by -3 is 0.005 */
		size_t pad = digits - d->n;

		memmove(d->digits + pad, d->digits, d->n);
		memset(d->digits, '0', pad);
		d->whole = d->whole + pad - by;
	}
	d->n = digits;
	return true;
}
