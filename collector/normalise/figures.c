/* Decimal numbers as their digits: separators, the point, powers of ten. */
#include "numeral.h"

#include <string.h>

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

bool
decimal_shift(struct decimal *d, int n, const char **why)
{
	size_t by = (size_t)(n < 0 ? -n : n);

	if (by + d->n > sizeof(d->digits)) {
		*why = "too many digits after scaling";
		return false;
	}
	if (n >= 0) { /* fill behind, up to the new point */
		size_t whole = d->whole + by;

		if (whole > d->n) {
			memset(d->digits + d->n, '0', whole - d->n);
			d->n = whole;
		}
		d->whole = whole;
		return true;
	}
	if (by > d->whole) { /* fill in front: 5 by -3 is 0.005 */
		size_t pad = by - d->whole;

		memmove(d->digits + pad, d->digits, d->n);
		memset(d->digits, '0', pad);
		d->n += pad;
		d->whole += pad;
	}
	d->whole -= by;
	return true;
}
