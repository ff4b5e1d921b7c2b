#include <string.h>

#include "decimal.h"
#include "kpid/bytes.h"

#define DIGITS "0123456789"

/* A number's parts, borrowed from its text. */
struct decimal {
	bool negative;
	struct slice whole, places;
};

static bool
split(const char *text, struct decimal *out)
{
	struct decimal d = { .negative = text != NULL && text[0] == '-' };

	if (text == NULL)
		return false;
	d.whole.ptr = text + (d.negative ? 1 : 0);
	d.whole.len = strspn(d.whole.ptr, DIGITS);
	d.places = (struct slice){ d.whole.ptr + d.whole.len, 0 };
	if (d.places.ptr[0] == '.') {
		d.places.ptr++;
		d.places.len = strspn(d.places.ptr, DIGITS);
		if (d.places.len == 0)
			return false;
	}
	if (d.whole.len == 0 || d.places.ptr[d.places.len] != '\0')
		return false;
	*out = d;
	return true;
}

static bool
all_zero(struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '0')
			return false;
	}
	return true;
}

bool
decimal_valid(const char *text)
{
	struct decimal d;

	return split(text, &d);
}

bool
decimal_zero(const char *text)
{
	struct decimal d;

	return split(text, &d) && all_zero(d.whole) && all_zero(d.places);
}

bool
decimal_negative(const char *text)
{
	struct decimal d;

	return split(text, &d) && d.negative && !decimal_zero(text);
}

static struct slice
without_zeros(struct slice places)
{
	while (places.len > 0 && places.ptr[places.len - 1] == '0')
		places.len--;
	return places;
}

/* Both without superfluous zeros before the point, as the database writes. */
bool
decimal_same(const char *a, const char *b)
{
	struct decimal x, y;

	return split(a, &x) && split(b, &y) && slice_eq(x.whole, y.whole)
	    && slice_eq(without_zeros(x.places), without_zeros(y.places))
	    && decimal_negative(a) == decimal_negative(b);
}

int
decimal_places(const char *text)
{
	struct decimal d;

	return split(text, &d) ? slice_width(d.places) : 0;
}

static const char *
grouped(const struct decimal *d, struct arena *mem)
{
	char *out = arena_alloc(mem, d->whole.len * 2 + 1), *p = out;

	for (size_t i = 0; i < d->whole.len; i++) {
		if (i > 0 && (d->whole.len - i) % 3 == 0)
			*p++ = ',';
		*p++ = d->whole.ptr[i];
	}
	return out;
}

static const char *
show(const struct decimal *d, struct arena *mem)
{
	bool zero = all_zero(d->whole) && all_zero(d->places);

	return arena_printf(mem, "%s%s%s" SLICE_FMT,
	    d->negative && !zero ? "\u2212" : "", grouped(d, mem),
	    d->places.len > 0 ? "." : "", slice_width(d->places),
	    d->places.ptr);
}

const char *
decimal_show(const char *text, struct arena *mem)
{
	struct decimal d;

	return split(text, &d) ? show(&d, mem) : text;
}

const char *
decimal_show_short(const char *text, struct arena *mem)
{
	struct decimal d;

	if (!split(text, &d))
		return text;
	d.places = without_zeros(d.places);
	return show(&d, mem);
}

const char *
decimal_abs(const char *text, struct arena *mem)
{
	return decimal_valid(text) && text[0] == '-'
	    ? arena_strdup(mem, text + 1)
	    : text;
}

/* Adds one to the last digit of "0ddd.dd"; the leading 0 takes the carry. */
static void
increment(char *digits)
{
	for (char *p = digits + strlen(digits) - 1; p >= digits; p--) {
		if (*p == '.')
			continue;
		if (*p != '9') {
			++*p;
			return;
		}
		*p = '0';
	}
}

const char *
decimal_cut(const char *text, int places, bool up, struct arena *mem)
{
	struct decimal d;
	struct slice rest;
	char *out;

	if (!split(text, &d) || slice_width(d.places) <= places)
		return text;
	rest = (struct slice){ d.places.ptr + places,
		d.places.len - (size_t)places };
	out = arena_printf(mem, "0" SLICE_FMT "%s%.*s", slice_width(d.whole),
	    d.whole.ptr, places > 0 ? "." : "", places, d.places.ptr);
	if (up && !all_zero(rest))
		increment(out);
	if (out[0] == '0')
		out++;
	return d.negative ? arena_printf(mem, "-%s", out) : out;
}

const char *
decimal_round(const char *text, int places, struct arena *mem)
{
	struct decimal d;

	if (!split(text, &d) || slice_width(d.places) <= places)
		return text;
	return decimal_cut(text, places, d.places.ptr[places] >= '5', mem);
}

const char *
decimal_per_cent(const char *text, struct arena *mem)
{
	struct decimal d;
	int permille;

	if (!split(text, &d) || d.negative
	    || !decimal_permille(text, "1", &permille))
		return NULL;
	if (decimal_zero(text) || permille == 1000)
		return decimal_zero(text) ? "0" : "100";
	permille = (permille + 5) / 10;
	return arena_printf(mem, "%d",
	    permille < 1        ? 1
		: permille > 99 ? 99
				: permille);
}

/* In ten-thousandths; false past 11 digits before the point. */
static bool
scaled(const char *text, long long *out)
{
	struct decimal d;
	long long n = 0;

	if (!split(text, &d) || d.whole.len > 11)
		return false;
	for (size_t i = 0; i < d.whole.len; i++)
		n = n * 10 + (d.whole.ptr[i] - '0');
	for (size_t i = 0; i < 4; i++)
		n = n * 10 + (i < d.places.len ? d.places.ptr[i] - '0' : 0);
	*out = d.negative ? -n : n;
	return true;
}

bool
decimal_permille(const char *part, const char *whole, int *out)
{
	long long a, b;

	if (!scaled(part, &a) || !scaled(whole, &b) || b <= 0)
		return false;
	a = a * 1000 / b;
	*out = a < 0 ? 0 : a > 1000 ? 1000 : (int)a;
	return true;
}
