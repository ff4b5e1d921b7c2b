/* Codes of local governments: the check digit, the digits that were lost. */
#include "kpid/normalise.h"

#include "numeral.h"
#include "org_code.h"

#define LAST_PREFECTURE 47
#define CODE_TEXT_MAX   64 /* bytes of a cell that can still be a code */

static bool
refuse(const char **why, const char *text)
{
	*why = text;
	return false;
}

/* Weights 6 5 4 3 2, modulo 11, the last digit of what is missing to 11:
 * 総務省「全国地方公共団体コード仕様」. five is the code without it. */
static int
check_digit(int five)
{
	int sum = 0;

	for (int weight = 2; weight <= 6; weight++, five /= 10)
		sum += weight * (five % 10);
	return (11 - sum % 11) % 10;
}

/* Could it be a code: a prefecture 01 to 47, and in it the prefecture itself
 * (000), a designated city or ward (100..), a city, town, village or union. */
static bool
plausible(int five)
{
	int prefecture = five / 1000, within = five % 1000;

	return prefecture >= 1 && prefecture <= 47
	    && (within == 0 || within >= 100);
}

static bool
six_ok(int six)
{
	return plausible(six / 10) && check_digit(six / 10) == six % 10;
}

static int
with_check(int five)
{
	return five * 10 + check_digit(five);
}

/* Five digits with no zero in front: which of the two was lost? */
static bool
five_digits(int code, enum org_form *form, int *out, const char **why)
{
	bool five = plausible(code), six = six_ok(code);

	if (!five && !six)
		return refuse(why,
		    "five digits that are no local "
		    "government's, with or without a check digit");
	if (five && six && *form == ORG_FORM_UNKNOWN)
		return refuse(why,
		    "five digits that are one code without "
		    "its check digit and another without its leading zero");
	bool take_six = five && six ? *form == ORG_FORM_SIX : six;

	if (five != six)
		*form = six ? ORG_FORM_SIX : ORG_FORM_FIVE;
	*out = take_six ? code : with_check(code);
	return true;
}

static bool
by_length(int code, size_t digits, enum org_form *form, int *out,
    const char **why)
{
	if (digits == 6) {
		if (!six_ok(code))
			return refuse(why,
			    "a code whose check digit is "
			    "wrong");
		*form = ORG_FORM_SIX;
		*out = code;
		return true;
	}
	if (digits <= 2 && code <= LAST_PREFECTURE)
		return refuse(why,
		    "two digits, no code of a local government. HINT: "
		    "organization.as \"prefecture\", when 13 is 東京都 (JIS X "
		    "0401); of the police, where 30 is, organization.map");
	if (digits == 5 && code >= 10000)
		return five_digits(code, form, out, why);
	if ((digits != 5 && digits != 4) || !plausible(code))
		return refuse(why,
		    "no code of a local government, which has "
		    "six digits");
	*form = ORG_FORM_FIVE; /* 01202, or 1202 without its zero */
	*out = with_check(code);
	return true;
}

/* The cell in ASCII, without blanks around; text lends the memory. A cell
 * that is longer than any code gives an empty slice. */
static struct slice
folded(struct slice cell, char text[CODE_TEXT_MAX])
{
	cell = slice_trim(cell);
	if (cell.len > CODE_TEXT_MAX)
		cell.len = 0;
	return slice_trim((struct slice){ text, numeral_fold(cell, text) });
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
org_code_is(struct slice cell)
{
	char memory[CODE_TEXT_MAX];
	struct slice text = folded(cell, memory);

	for (size_t i = 0; i < text.len; i++)
		if (!is_digit(text.ptr[i]))
			return false;
	return text.len > 0;
}

bool
org_code_read_as(struct slice cell, enum org_form *form, int *out,
    const char **why)
{
	char memory[CODE_TEXT_MAX];
	struct slice text = folded(cell, memory);
	int code = 0;

	if (text.len == 0 || text.len > 6)
		return refuse(why,
		    "no code of a local government, which has "
		    "six digits");
	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.ptr[i]))
			return refuse(why,
			    "a code with something else than "
			    "digits");
		code = code * 10 + (text.ptr[i] - '0');
	}
	if (code == 0 && text.len >= 5) { /* the whole country */
		*out = 0;
		return true;
	}
	return by_length(code, text.len, form, out, why);
}

bool
org_prefecture_read(struct slice cell, int *out, const char **why)
{
	char memory[CODE_TEXT_MAX];
	struct slice text = folded(cell, memory);
	int code = 0;

	for (size_t i = 0; i < text.len; i++)
		code = code * 10
		    + (is_digit(text.ptr[i]) ? text.ptr[i] - '0'
					     : LAST_PREFECTURE + 1);
	if (text.len == 0 || text.len > 2 || code > LAST_PREFECTURE)
		return refuse(why,
		    "no code of a prefecture, which is 01 to 47, or 00");
	*out = code == 0 ? 0 : with_check(code * 1000);
	return true;
}

bool
org_code_read(struct slice cell, int *out, const char **why)
{
	enum org_form form = ORG_FORM_UNKNOWN;

	return org_code_read_as(cell, &form, out, why);
}
