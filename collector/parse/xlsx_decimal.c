#include <stdint.h>
#include <string.h>

#include "xlsx_value.h"

#define SHOWN_DIGITS 15
#define DIGITS_MAX   400 /* a double has 17, a careless writer some more */
#define EXPONENT_MAX 330 /* of a double: 308, and 5e-324 */

/* 0.DIGITS times 10^point. */
struct decimal {
	bool negative;
	char digits[DIGITS_MAX]; /* 0..9, the first is not 0 */
	int n, point;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits of both sides of the point, zeros in front left out. */
static bool
read_digits(struct slice *s, struct decimal *d)
{
	bool any = false, fraction = false;

	for (; s->len > 0; s->ptr++, s->len--) {
		char c = *s->ptr;

		if (c == '.' && !fraction) {
			fraction = true;
			continue;
		}
		if (!is_digit(c))
			break;
		any = true;
		if (d->n > 0 || c != '0') {
			if (d->n == DIGITS_MAX)
				return false;
			d->digits[d->n++] = (char)(c - '0');
			d->point += !fraction;
		} else if (fraction) {
			d->point--;
		}
	}
	return any && d->point > -EXPONENT_MAX - DIGITS_MAX;
}

/* What follows the digits: nothing, or an exponent. */
static bool
read_exponent(struct slice s, int *out)
{
	int sign = 1, n = 0;

	if (s.len == 0)
		return true;
	if (*s.ptr != 'E' && *s.ptr != 'e')
		return false;
	s.ptr++;
	s.len--;
	if (s.len > 0 && (*s.ptr == '-' || *s.ptr == '+')) {
		sign = *s.ptr == '-' ? -1 : 1;
		s.ptr++;
		s.len--;
	}
	if (s.len == 0)
		return false;
	for (; s.len > 0; s.ptr++, s.len--) {
		if (!is_digit(*s.ptr))
			return false;
		n = n < EXPONENT_MAX + DIGITS_MAX ? 10 * n + (*s.ptr - '0') : n;
	}
	*out = sign * n;
	return true;
}

static bool
decimal_read(struct slice s, struct decimal *d)
{
	int exponent = 0;

	*d = (struct decimal){ 0 };
	if (s.len > 0 && (*s.ptr == '-' || *s.ptr == '+')) {
		d->negative = *s.ptr == '-';
		s.ptr++;
		s.len--;
	}
	if (!read_digits(&s, d) || !read_exponent(s, &exponent))
		return false;
	d->point += exponent;
	return d->n == 0
	    || (d->point > -EXPONENT_MAX && d->point < EXPONENT_MAX);
}

/* Half away from zero; zeros that rounding leaves at the end say nothing. */
static void
decimal_round(struct decimal *d)
{
	bool up;

	if (d->n <= SHOWN_DIGITS)
		return;
	up = d->digits[SHOWN_DIGITS] >= 5;
	d->n = SHOWN_DIGITS;
	while (up && d->n > 0 && d->digits[d->n - 1] == 9)
		d->n--;
	if (up && d->n > 0)
		d->digits[d->n - 1]++;
	if (up && d->n == 0) {
		d->digits[d->n++] = 1;
		d->point++;
	}
	while (d->n > 0 && d->digits[d->n - 1] == 0)
		d->n--;
}

/* The digit at a place, where 0 is the first behind the point. */
static char
digit_at(const struct decimal *d, int place)
{
	int i = place + d->point;

	return (char)('0' + (i >= 0 && i < d->n ? d->digits[i] : 0));
}

static void
decimal_write(const struct decimal *d, char *out)
{
	int from = d->point > 0 ? -d->point : -1;
	int to = d->n - d->point;
	size_t len = 0;

	if (d->negative && d->n > 0)
		out[len++] = '-';
	for (int place = from; place < 0; place++)
		out[len++] = digit_at(d, place);
	if (to > 0)
		out[len++] = '.';
	for (int place = 0; place < to; place++)
		out[len++] = digit_at(d, place);
	out[len] = '\0';
}

bool
xlsx_decimal(struct slice text, int shift, char out[XLSX_DECIMAL_MAX])
{
	struct decimal d;

	if (!decimal_read(text, &d))
		return false;
	decimal_round(&d);
	d.point += shift;
	while (shift < 0 && d.n > 0 && d.n > d.point && d.digits[d.n - 1] == 0)
		d.n--;
	if (d.n == 0 && (shift < 0 || d.point > 0 || d.point < -SHOWN_DIGITS))
		d.point = 0;
	decimal_write(&d, out);
	return true;
}
