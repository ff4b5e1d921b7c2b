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
		    "footnote mark: not a part of the number. HINT: "
		    "'footnotes' or 'flags' names it");
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
		    "the number. HINT: values[].pattern says which is "
		    "meant");
	if (c == 'e' || c == 'E')
		return refuse(why,
		    "an exponent: a spreadsheet has rounded "
		    "the figure");
	if (c == '%')
		return refuse(why, "a percent sign where the unit is another");
	if (c == ' ')
		return refuse(why, "a blank inside the number");
	return refuse(why,
	    "text behind the number. HINT: values[].unit, flags or "
	    "footnotes, when it is one of these");
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

/* 1.234.567,8 and 1 234 567,8 as 1,234,567.8; of two kinds of separator only
 * one is turned, so that the other is refused. */
static void
turn_commas(char *text, size_t len)
{
	char separator = memchr(text, '.', len) != NULL ? '.' : ' ';

	for (size_t i = 0; i < len; i++)
		if (text[i] == ',')
			text[i] = '.';
		else if (text[i] == separator)
			text[i] = ',';
}

static bool
read_folded(char *folded, size_t len, const struct number_form *form,
    struct buf *buf, const char **why)
{
	struct slice text = slice_trim((struct slice){ folded, len });
	struct decimal d;

	cut_unit(&text, form->unit);
	bool negative = take_sign(&text, form->unit);

	if (form->decimal_comma)
		turn_commas(folded + (text.ptr - folded), text.len);
	if (!read_decimal(text, &d, why)
	    || !decimal_shift(&d, form->scale, why))
		return false;
	return emit(&d, negative, buf)
	    ? true
	    : refuse(why, "longer than the buffer for numbers");
}

/* The forms of most cells, which need no folding. */
static bool
read_quick(struct slice cell, const struct number_form *form, struct buf *buf,
    struct slice *out)
{
	char text[NUMERAL_QUICK_MAX];

	if (form->decimal_comma)
		return false;
	if (form->scale == 0 && numeral_is_plain(cell)) {
		*out = cell;
		return true;
	}

	size_t len = numeral_quick(cell, form->scale, text);

	buf_clear(buf);
	if (len == 0 || !buf_put(buf, text, len))
		return false;
	*out = buf_slice(buf);
	return true;
}

bool
number_read(struct slice cell, const struct number_form *form, struct buf *buf,
    struct slice *out, const char **why)
{
	char folded[NUMBER_TEXT_MAX];

	if (read_quick(cell, form, buf, out))
		return true;
	if (cell.len > sizeof(folded))
		return refuse(why, "longer than any number");
	buf_clear(buf);
	if (!read_folded(folded, numeral_fold(cell, folded), form, buf, why))
		return false;
	*out = buf_slice(buf);
	return true;
}
