/* Numbers as people write them, to canonical decimal text. */
#include "kpid/normalise.h"

#include <string.h>
#include <unistr.h>

#include "numeral.h"

/* Bytes of a cell that can still be a number of LIMIT_NUMBER_DIGITS digits,
 * each full-width and every third followed by a separator. */
#define NUMBER_TEXT_MAX (5 * LIMIT_NUMBER_DIGITS)
#define UNIT_TEXT_MAX   64

static bool
refuse(const char **why, const char *text)
{
	*why = text;
	return false;
}

/* Does `text` end in `tail`? Then it is cut off, and the blanks before it. */
static bool
cut_tail(struct slice *text, struct slice tail)
{
	if (tail.len == 0 || tail.len > text->len
	    || memcmp(text->ptr + text->len - tail.len, tail.ptr, tail.len)
		!= 0)
		return false;
	text->len -= tail.len;
	*text = slice_trim(*text);
	return true;
}

static void
cut_unit(struct slice *text, const char *unit)
{
	char folded[UNIT_TEXT_MAX];
	struct slice tail = slice_of("%");

	if (unit != NULL) {
		struct slice raw = slice_trim(slice_of(unit));

		if (raw.len > sizeof(folded))
			return;
		tail = (struct slice){ folded, numeral_fold(raw, folded) };
	}
	(void)cut_tail(text, tail);
}

static bool
is_note_mark(ucs4_t c)
{
	return c == 0xB2 || c == 0xB3 || c == 0xB9 /* superscripts */
	    || (c >= 0x2070 && c <= 0x209C)
	    || (c >= 0x2460 && c <= 0x24FF) /* circled */
	    || (c >= 0x2776 && c <= 0x2793) || (c >= 0x3251 && c <= 0x32BF)
	    || c == 0x203B; /* reference mark */
}

/* The reason for what is left over, which cannot be read as a number. */
static bool
refuse_rest(struct slice rest, bool digits, const char **why)
{
	ucs4_t c = 0;

	if (rest.len == 0)
		return refuse(why, "no digits");
	(void)u8_mbtouc(&c, (const uint8_t *)rest.ptr, rest.len);
	if (is_note_mark(c))
		return refuse(why,
		    "a superscript, a circled digit or a "
		    "footnote mark: not a part of the number");
	if (!digits && c == 0x7D04)
		return refuse(why,
		    "約: an approximate figure, not an "
		    "observation");
	if (!digits)
		return refuse(why,
		    "text in front of the number, or no "
		    "number at all");
	if (c == '(')
		return refuse(why,
		    "a second figure in parentheses behind "
		    "the number");
	if (c == 'e' || c == 'E')
		return refuse(why,
		    "an exponent: a spreadsheet has rounded "
		    "the figure");
	if (c == '%')
		return refuse(why,
		    "a percent sign where the contract says "
		    "another unit");
	if (c == ' ')
		return refuse(why, "a blank inside the number");
	return refuse(why,
	    "text behind the number; if it is the unit, say "
	    "so in the contract");
}

static bool
read_decimal(struct slice text, struct decimal *d, const char **why)
{
	struct slice rest = text;

	d->n = d->whole = 0;
	if (!numeral_whole(&rest, d, why) || !numeral_fraction(&rest, d, why))
		return false;
	if (rest.len == 0 && d->n > 0)
		return true;
	if (numeral_is_kanji(rest)) {
		if (numeral_kanji(text, d, why))
			return true;
		return false;
	}
	return refuse_rest(rest, d->n > 0, why);
}

/* The sign in front, or the parentheses around, of a negative number. */
static bool
take_sign(struct slice *text, const char *unit)
{
	if (text->len >= 2 && text->ptr[0] == '('
	    && text->ptr[text->len - 1] == ')') {
		*text =
		    slice_trim((struct slice){ text->ptr + 1, text->len - 2 });
		cut_unit(text, unit);
		return true;
	}
	if (text->len == 0 || (text->ptr[0] != '-' && text->ptr[0] != '+'))
		return false;
	bool negative = text->ptr[0] == '-';

	*text = slice_trim((struct slice){ text->ptr + 1, text->len - 1 });
	return negative;
}

static bool
is_zero(const struct decimal *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->digits[i] != '0')
			return false;
	return true;
}

static bool
emit(const struct decimal *d, bool negative, struct buf *buf)
{
	size_t lead = 0;

	while (lead + 1 < d->whole && d->digits[lead] == '0')
		lead++;
	return (!negative || is_zero(d) || buf_put(buf, "-", 1))
	    && (d->whole > 0 || buf_put(buf, "0", 1))
	    && buf_put(buf, d->digits + lead, d->whole - lead)
	    && (d->n == d->whole
		|| (buf_put(buf, ".", 1)
		    && buf_put(buf, d->digits + d->whole, d->n - d->whole)));
}

/* Most cells are canonical as they stand: nothing to fold, nothing to move. */
static bool
is_canonical(struct slice cell)
{
	size_t points = 0;

	if (cell.len == 0 || cell.len > LIMIT_NUMBER_DIGITS
	    || cell.ptr[0] == '.' || cell.ptr[cell.len - 1] == '.'
	    || (cell.len > 1 && cell.ptr[0] == '0' && cell.ptr[1] != '.'))
		return false;
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.ptr[i] == '.')
			points++;
		else if (cell.ptr[i] < '0' || cell.ptr[i] > '9')
			return false;
	}
	return points <= 1;
}

bool
number_read(struct slice cell, const char *unit, int scale, struct buf *buf,
    const char **why)
{
	char folded[NUMBER_TEXT_MAX];
	struct decimal d;

	buf_clear(buf);
	if (scale == 0 && is_canonical(cell))
		return buf_put(buf, cell.ptr, cell.len)
		    ? true
		    : refuse(why, "longer than the buffer for numbers");
	if (cell.len > sizeof(folded))
		return refuse(why, "longer than any number");

	struct slice text =
	    slice_trim((struct slice){ folded, numeral_fold(cell, folded) });

	cut_unit(&text, unit);
	bool negative = take_sign(&text, unit);

	if (!read_decimal(text, &d, why) || !decimal_shift(&d, scale, why))
		return false;
	return emit(&d, negative, buf)
	    ? true
	    : refuse(why, "longer than the buffer for numbers");
}
