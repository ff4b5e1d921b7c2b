#include "json_number.h"

#include <string.h>

#include "kpid/limits.h"

/* Digits of a number without its point, which stands behind `whole`. */
struct expanded {
	char digits[LIMIT_NUMBER_DIGITS];
	size_t n;
	long whole;
	bool negative;
};

static bool
read_mantissa(struct slice text, struct expanded *x)
{
	bool point = false;

	x->negative = text.len > 0 && text.ptr[0] == '-';
	for (size_t i = x->negative; i < text.len; i++) {
		if (text.ptr[i] == '.') {
			point = true;
			continue;
		}
		if (x->n == sizeof(x->digits))
			return false;
		x->digits[x->n++] = text.ptr[i];
		x->whole += !point;
	}
	return x->n > 0;
}

static bool
read_exponent(struct slice text, long *out)
{
	bool negative = text.len > 0 && text.ptr[0] == '-';
	long n = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (i == 0 && (text.ptr[0] == '-' || text.ptr[0] == '+'))
			continue;
		n = 10 * n + (text.ptr[i] - '0');
		if (n > 2L * LIMIT_NUMBER_DIGITS)
			return false;
	}
	*out = negative ? -n : n;
	return true;
}

/* Digits that stand before and behind the point once it has moved. */
static bool
fits(const struct expanded *x)
{
	long before = x->whole > 1 ? x->whole : 1;
	long behind = (long)x->n - x->whole;

	return before + (behind > 0 ? behind : 0) <= LIMIT_NUMBER_DIGITS;
}

static char
digit_at(const struct expanded *x, long place)
{
	return place < 0 || place >= (long)x->n ? '0' : x->digits[place];
}

static size_t
write_plain(const struct expanded *x, char *out)
{
	long from = 0;
	size_t n = 0;

	if (x->negative)
		out[n++] = '-';
	while (from + 1 < x->whole && digit_at(x, from) == '0')
		from++;
	if (x->whole < 1)
		from = x->whole - 1; /* the zero before the point */
	for (long i = from; i < x->whole || i == from; i++)
		out[n++] = digit_at(x, i);
	if (x->whole < (long)x->n)
		out[n++] = '.';
	for (long i = x->whole; i < (long)x->n; i++)
		out[n++] = digit_at(x, i);
	return n;
}

bool
json_number_plain(struct slice number, struct arena *mem, struct slice *plain)
{
	struct slice mantissa = number, exponent;
	struct expanded x = { .n = 0 };
	char out[LIMIT_NUMBER_DIGITS + 2];
	long power;
	size_t n;

	mantissa.len = 0;
	while (mantissa.len < number.len && number.ptr[mantissa.len] != 'e'
	    && number.ptr[mantissa.len] != 'E')
		mantissa.len++;
	if (mantissa.len == number.len)
		return false;
	exponent = (struct slice){ number.ptr + mantissa.len + 1,
		number.len - mantissa.len - 1 };
	if (!read_mantissa(mantissa, &x) || !read_exponent(exponent, &power))
		return false;
	x.whole += power;
	if (!fits(&x))
		return false;
	n = write_plain(&x, out);
	*plain = (struct slice){ arena_strndup(mem, out, n), n };
	return true;
}
