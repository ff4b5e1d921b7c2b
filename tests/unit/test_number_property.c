/* rooms: base normalise */
/* Numbers at random: however a number is written, it is the same number. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/normalise/numeral.h"
#include "kpid/normalise.h"

#define ROUNDS   20000
#define TEXT_MAX 256

/* The same numbers in every run (Knuth's MMIX constants). */
static unsigned
next(uint64_t *state)
{
	*state = *state * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(*state >> 33);
}

/* -?digits[.digits] without needless zeros; up to 25 digits and 8 decimals. */
static void
canonical(uint64_t *state, char out[TEXT_MAX])
{
	unsigned whole = 1 + next(state) % 25, behind = next(state) % 9;
	size_t n = 0;

	if (next(state) % 3 == 0)
		out[n++] = '-';
	out[n++] = (char)('1' + next(state) % 9);
	for (unsigned i = 1; i < whole; i++)
		out[n++] = (char)('0' + next(state) % 10);
	if (behind > 0)
		out[n++] = '.';
	for (unsigned i = 0; i < behind; i++)
		out[n++] = (char)('0' + next(state) % 10);
	out[n] = '\0';
}

static void
put(char *out, const char *text)
{
	memcpy(out + strlen(out), text, strlen(text) + 1);
}

static void
put_char(char *out, char c)
{
	put(out, (char[]){ c, '\0' });
}

/* With separators between groups of three digits before the point. */
static void
put_grouped(char *out, const char *number, char separator, char point)
{
	size_t digits = strcspn(number, ".");

	for (size_t i = 0; number[i] != '\0'; i++) {
		if (i > 0 && i < digits && (digits - i) % 3 == 0)
			put_char(out, separator);
		put_char(out, number[i] == '.' ? point : number[i]);
	}
}

/* Every ASCII sign as its full-width form. */
static void
widen(const char *text, char *out)
{
	size_t n = 0;

	for (; *text != '\0'; text++) {
		unsigned c = (unsigned)*text - '!' + 0xFF01;

		out[n++] = (char)(0xE0 | c >> 12);
		out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		out[n++] = (char)(0x80 | (c & 0x3F));
	}
	out[n] = '\0';
}

/* One of the ways in which tables write it; *form: how it is to be read. */
static void
written(const char *number, unsigned way, char out[TEXT_MAX],
    struct number_form *form)
{
	bool negative = *number == '-';
	const char *amount = number + negative;
	char narrow[TEXT_MAX] = "";

	out[0] = '\0';
	*form = (struct number_form){ 0 };
	switch (way % 6) {
	case 0:
		put(out, negative ? "△ " : "+");
		put_grouped(out, amount, ',', '.');
		break;
	case 1:
		put(out, negative ? "(" : "");
		put_grouped(out, amount, ',', '.');
		put(out, negative ? ")" : "");
		break;
	case 2:
		put(narrow, negative ? "-" : "");
		put_grouped(narrow, amount, ',', '.');
		widen(narrow, out);
		break;
	case 3:
		form->decimal_comma = true;
		put(out, negative ? "-" : "");
		put_grouped(out, amount, '.', ',');
		break;
	case 4:
		form->unit = "件";
		put(out, negative ? "▲0" : "　00");
		put(out, amount);
		put(out, " 件");
		break;
	case 5:
	default:
		put(out, number);
		break;
	}
}

Test(number, however_it_is_written_it_is_the_same)
{
	uint64_t state = 20240930;
	struct buf buf;

	buf_init(&buf, 4096);
	for (unsigned i = 0; i < ROUNDS; i++) {
		char number[TEXT_MAX], text[TEXT_MAX];
		struct number_form form;
		struct slice out = slice_of("");
		const char *why = "";

		canonical(&state, number);
		written(number, i, text, &form);
		cr_assert(number_read(slice_of(text), &form, &buf, &out, &why),
		    "'%s' of %s: %s", text, number, why);
		cr_assert(slice_is(out, number), "'%s' gave '%.*s', not %s",
		    text, (int)out.len, out.ptr, number);
	}
	buf_release(&buf);
}

static struct slice
without_last_zeros(struct slice number)
{
	if (memchr(number.ptr, '.', number.len) == NULL)
		return number;
	while (number.ptr[number.len - 1] == '0')
		number.len--;
	if (number.ptr[number.len - 1] == '.')
		number.len--;
	return number;
}

Test(number, scaled_and_back_is_the_same)
{
	uint64_t state = 7;
	struct buf there, back;

	buf_init(&there, 4096);
	buf_init(&back, 4096);
	for (unsigned i = 0; i < ROUNDS; i++) {
		int scale = (int)(next(&state) % 25) - 12;
		struct number_form form = { .scale = scale };
		struct slice scaled = slice_of(""), out = slice_of("");
		char number[TEXT_MAX];
		const char *why = "";

		canonical(&state, number);
		cr_assert(number_read(slice_of(number), &form, &there, &scaled,
			      &why),
		    "%s: %s", number, why);
		form.scale = -scale;
		cr_assert(number_read(scaled, &form, &back, &out, &why),
		    "%.*s: %s", (int)scaled.len, scaled.ptr, why);
		cr_assert(slice_eq(without_last_zeros(out),
			      without_last_zeros(slice_of(number))),
		    "%s by 10^%d gave '%.*s', which gave '%.*s'", number, scale,
		    (int)scaled.len, scaled.ptr, (int)out.len, out.ptr);
	}
	buf_release(&there);
	buf_release(&back);
}

/* Most cells take a shorter way than the others; a blank behind them makes
 * them take the long one. */
Test(number, both_ways_agree)
{
	static const char signs[] = "0012345.,,-";
	uint64_t state = 99;
	struct buf quick, slow;

	buf_init(&quick, 4096);
	buf_init(&slow, 4096);
	for (unsigned i = 0; i < 10 * ROUNDS; i++) {
		struct number_form form = { .scale = (int)(i % 4) };
		struct slice a = slice_of(""), b = slice_of("");
		const char *why_a = "", *why_b = "";
		char text[16];
		size_t n = 1 + next(&state) % 9;

		for (size_t j = 0; j < n; j++)
			text[j] = signs[next(&state) % (sizeof(signs) - 1)];
		text[n] = ' ';

		bool ok = number_read((struct slice){ text, n }, &form, &quick,
		    &a, &why_a);
		bool too = number_read((struct slice){ text, n + 1 }, &form,
		    &slow, &b, &why_b);

		cr_assert_eq(ok, too, "'%.*s': '%s' against '%s'", (int)n, text,
		    why_a, why_b);
		cr_assert(slice_eq(a, b), "'%.*s' is %.*s and %.*s", (int)n,
		    text, (int)a.len, a.ptr, (int)b.len, b.ptr);
	}
	buf_release(&quick);
	buf_release(&slow);
}
