/* What a number format shows of a number. */
#include <string.h>
#include <strings.h>

#include "xlsx_value.h"

/* Format ids that a workbook uses without defining them; 27 to 36 and 50 to
 * 58 are those of Japan. */
static const struct {
	unsigned int first, last;
	enum xlsx_style style;
} builtin[] = {
	{ 9, 10, STYLE_PERCENT },
	{ 14, 16, STYLE_DATE },
	{ 17, 17, STYLE_YEAR_MONTH },
	{ 18, 21, STYLE_TIME },
	{ 22, 22, STYLE_DATE_TIME },
	{ 27, 31, STYLE_DATE },
	{ 32, 33, STYLE_TIME },
	{ 34, 34, STYLE_YEAR_MONTH },
	{ 35, 36, STYLE_DATE },
	{ 45, 45, STYLE_TIME },
	{ 47, 47, STYLE_TIME },
	{ 50, 51, STYLE_DATE },
	{ 52, 52, STYLE_YEAR_MONTH },
	{ 53, 54, STYLE_DATE },
	{ 55, 55, STYLE_YEAR_MONTH },
	{ 56, 58, STYLE_DATE },
};

/* Words of a code that are none of its letters. G/標準 is General in Japan. */
static const char *const words[] = { "General", "G/", "AM/PM", "A/P", "E+",
	"E-" };

/* What a code has outside quotes. */
struct shown {
	bool year, month, day, weekday, hour, second;
	bool percent, digits, elapsed;
	bool fraction, ended; /* of the first section */
	unsigned int commas;  /* behind its digits */
	bool minute;          /* an m that stands by hours or seconds */
	bool pending;         /* an m that may be either */
	char before;          /* the letter before the last m */
};

enum xlsx_style
xlsx_style_builtin(unsigned int id)
{
	for (size_t i = 0; i < ARRAY_LEN(builtin); i++)
		if (id >= builtin[i].first && id <= builtin[i].last)
			return builtin[i].style;
	return STYLE_NUMBER;
}

/* Bytes up to and with the next `end`, or all. */
static size_t
until(struct slice s, char end)
{
	const char *at = memchr(s.ptr, end, s.len);

	return at == NULL ? s.len : (size_t)(at - s.ptr) + 1;
}

/* [h] [mm] [ss] are hours and more that passed; [Red], [>=100], [$-411] are
 * none of a date. */
static size_t
bracket(struct slice s, struct shown *to)
{
	size_t len = until(s, ']');
	size_t letters = 1;

	while (letters < len && strchr("hHmMsS", s.ptr[letters]) != NULL)
		letters++;
	if (len > 2 && letters == len - 1)
		to->elapsed = true;
	return len;
}

static size_t
word(struct slice s)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t len = strlen(words[i]);

		if (s.len >= len && strncasecmp(s.ptr, words[i], len) == 0)
			return len;
	}
	return 0;
}

/* What is no letter of the code: how many bytes to pass over, 0 for none. */
static size_t
literal(struct slice s, struct shown *to)
{
	switch (*s.ptr) {
	case '"':
		return 1 + until((struct slice){ s.ptr + 1, s.len - 1 }, '"');
	case '\\':
	case '_':
	case '*':
		return s.len < 2 ? 1 : 2;
	case '[':
		return bracket(s, to);
	default:
		return word(s);
	}
}

/* m is a month, but by hours or seconds minutes: h:mm, mm:ss. */
static void
take_month(struct shown *to, char last)
{
	if (last == 'h')
		to->minute = true;
	else
		to->pending = true;
}

/* A run of one letter. */
static void
take_letter(struct shown *to, char letter, size_t run, char last)
{
	if (letter == 's' && to->pending) {
		to->pending = false;
		to->minute = true;
	}
	if (letter != 'm' && to->pending) {
		to->pending = false;
		to->month = true;
	}
	switch (letter) {
	case 'y':
	case 'e':
	case 'b':
	case 'r':
		to->year = true;
		break;
	case 'm':
		take_month(to, last);
		break;
	case 'd': /* ddd and aaa are days of the week */
		to->day |= run < 3;
		to->weekday |= run >= 3;
		break;
	case 'a':
		to->weekday |= run >= 3;
		break;
	case 'h':
		to->hour = true;
		break;
	case 's':
		to->second = true;
		break;
	case '%':
		to->percent = true;
		break;
	default:
		to->digits = true;
	}
}

/* A comma that digits of the whole part follow parts groups, any other shows
 * thousands. Positive numbers have the first section. */
static void
take_mark(struct shown *to, char mark)
{
	if (mark == ';')
		to->ended = true;
	if (to->ended)
		return;
	if (mark == '.')
		to->fraction = true;
	else if (mark == ',')
		to->commas += to->digits;
	else if (strchr("0#?", mark) != NULL && !to->fraction)
		to->commas = 0;
}

static void
take_code(struct slice code, struct shown *to)
{
	char last = '\0';

	while (code.len > 0) {
		char letter = *code.ptr;
		size_t run = literal(code, to);

		if (letter >= 'A' && letter <= 'Z')
			letter = (char)(letter + 'a' - 'A');
		if (run == 0 && strchr("yebrmdahs%0#?", letter) != NULL) {
			while (run < code.len
			    && (code.ptr[run] | 0x20) == (*code.ptr | 0x20))
				run++;
			take_letter(to, letter, run, last);
			last = letter;
		}
		if (strchr("0#?,.;", *code.ptr) != NULL)
			take_mark(to, *code.ptr);
		run = run > code.len ? code.len : run + (run == 0);
		code.ptr += run;
		code.len -= run;
	}
	to->month |= to->pending;
}

static enum xlsx_style
style_of_date(const struct shown *s)
{
	if (s->day || (s->weekday && !s->month && !s->year))
		return STYLE_DATE;
	if (s->month)
		return STYLE_YEAR_MONTH;
	return s->year ? STYLE_YEAR : STYLE_NUMBER;
}

static enum xlsx_style
style_of_number(const struct shown *s)
{
	static const enum xlsx_style thousands[] = { STYLE_NUMBER,
		STYLE_THOUSANDS, STYLE_MILLIONS, STYLE_BILLIONS };

	if (s->percent)
		return STYLE_PERCENT;
	return s->commas < ARRAY_LEN(thousands) ? thousands[s->commas]
						: STYLE_NUMBER;
}

int
xlsx_style_shift(enum xlsx_style style)
{
	switch (style) {
	case STYLE_PERCENT:
		return 2;
	case STYLE_THOUSANDS:
		return -3;
	case STYLE_MILLIONS:
		return -6;
	case STYLE_BILLIONS:
		return -9;
	default:
		return 0;
	}
}

enum xlsx_style
xlsx_style_code(struct slice code)
{
	struct shown s = { 0 };
	bool time;

	take_code(code, &s);
	time = s.hour || s.second || s.minute;
	if (s.elapsed)
		return STYLE_NUMBER;
	if (s.digits && !time)
		return style_of_number(&s);
	if (!time)
		return style_of_date(&s);
	return s.year || s.month || s.day ? STYLE_DATE_TIME : STYLE_TIME;
}
