/* The grammar of one period: a year by era or not, and what follows it. */
#include "period_grammar.h"

#include <string.h>

static const char unreadable[] = "not a year, month, day or span that is read";

static bool
refuse(const char **why, const char *text)
{
	*why = text;
	return false;
}

/* A period of `kind` that begins on d, and on which the era was in force. */
static bool
make(const struct scan *s, enum span_kind kind, struct civil d,
    struct reading *out, const char **why)
{
	if (!period_make(kind, d, &out->period))
		return refuse(why, "no such date");
	if (s->era == NULL || kind == SPAN_YEAR || kind == SPAN_FISCAL_YEAR)
		return true;
	return era_covers(s->era, out->period.first, out->period.last, why);
}

/* n months from the first of this one. */
static bool
make_months(const struct scan *s, struct civil d, int n, struct reading *out,
    const char **why)
{
	int after = d.month - 1 + n - 1;
	struct civil last = { d.year + after / 12, after % 12 + 1, 1 };
	struct reading end = { 0 };

	if (!make(s, SPAN_MONTH, d, out, why)
	    || !make(s, SPAN_MONTH, last, &end, why))
		return false;
	out->period = period_between(out->period.first, end.period.last);
	return true;
}

/* The year: of an era (元 is 1), of four digits, or bare with a known era. */
static bool
scan_year(struct scan *s, const char **why)
{
	int n = 0, digits = 0;

	s->era = era_take(&s->rest);
	const struct era *known = s->era != NULL ? s->era : s->bare_era;

	if (known != NULL && scan_word(s, "元")) {
		s->era = known;
		return era_western_year(s->era, 1, &s->year, why);
	}
	if (!scan_number(s, s->era != NULL ? 3 : 4, &n, &digits))
		return refuse(why, unreadable);
	if (s->era == NULL && digits == 4) {
		s->year = n;
		return true;
	}
	if (digits > 2)
		return refuse(why, "a year of three digits");
	if (known == NULL)
		return refuse(why,
		    "a year of one or two digits and no era; "
		    "the contract can name it");
	s->era = known;
	return era_western_year(known, n, &s->year, why);
}

/* 令和6(2024)年, 2024年(令和6年): both must be the same year. */
static bool
scan_pair(struct scan *s, const char **why)
{
	const char *close = memchr(s->rest.ptr, ')', s->rest.len);

	if (s->rest.len == 0 || *s->rest.ptr != '(')
		return true;
	if (close == NULL)
		return refuse(why, "a parenthesis that is not closed");
	size_t len = (size_t)(close - s->rest.ptr);
	struct scan pair = { .bare_era = s->bare_era,
		.rest = { s->rest.ptr + 1, len - 1 } };
	const char *unused = NULL;

	if (!scan_year(&pair, &unused))
		return true; /* not a year: (9月末), for those behind */
	if (!scan_word(&pair, "年度"))
		(void)scan_word(&pair, "年");
	if (pair.rest.len > 0)
		return true;
	if (pair.year != s->year)
		return refuse(why, "two years that are not the same");
	s->rest = (struct slice){ close + 1, s->rest.len - len - 1 };
	return true;
}

/* (月) and (月曜日) must be the weekday of the date. */
static bool
scan_weekday(struct scan *s, int32_t day, const char **why)
{
	static const char *const names[] = { "月", "火", "水", "木", "金", "土",
		"日" };

	if (!scan_word(s, "("))
		return true;
	if (!scan_word(s, names[civil_weekday(day) - 1]))
		return refuse(why, "a weekday that is not the date's");
	(void)scan_word(s, "曜日");
	(void)scan_word(s, "曜");
	return scan_word(s, ")") ? true : refuse(why, unreadable);
}

/* Behind a day: nothing, its weekday, or midnight, which exports add. */
static bool
day_rest(struct scan *s, struct civil d, struct reading *out, const char **why)
{
	if (!make(s, SPAN_DAY, d, out, why)
	    || !scan_weekday(s, out->period.first, why))
		return false;
	if (s->rest.len == 0)
		return true;
	if (!scan_word(s, "T"))
		(void)scan_word(s, " ");
	bool colon = memchr(s->rest.ptr, ':', s->rest.len) != NULL;

	for (size_t i = 0; i < s->rest.len; i++)
		if (memchr("0:.", s->rest.ptr[i], 3) == NULL)
			return refuse(why,
			    colon ? "a time of day: a period "
				    "is a stretch of whole days"
				  : unreadable);
	return colon ? true : refuse(why, unreadable);
}

/* Behind 9月, which has been taken. */
static bool
month_rest(struct scan *s, struct civil d, struct reading *out,
    const char **why)
{
	int digits = 0;

	out->end = scan_word(s, "末日") || scan_word(s, "末");
	if (out->end || s->rest.len == 0)
		return make(s, SPAN_MONTH, d, out, why)
		    && (s->rest.len == 0 || refuse(why, unreadable));
	if (!scan_number(s, 2, &d.day, &digits) || !scan_word(s, "日"))
		return refuse(why, unreadable);
	return day_rest(s, d, out, why);
}

/* 第2四半期, 2四半期, Q2, -Q2: its number, or 0 when there is none. */
static int
scan_quarter(struct scan *s)
{
	struct scan try = *s;
	int n = 0, digits = 0;

	(void)scan_word(&try, "-");
	bool letter = scan_word(&try, "Q");

	if (!letter)
		(void)scan_word(&try, "第");
	if (!scan_number(&try, 1, &n, &digits) || n < 1 || n > 4
	    || (!letter && !scan_word(&try, "四半期")) || try.rest.len > 0)
		return 0;
	*s = try;
	return n;
}

/* 上半期 1, 下半期 2, else 0. */
static int
scan_half(struct scan *s)
{
	if (scan_word(s, "上半期") || scan_word(s, "上期"))
		return 1;
	return scan_word(s, "下半期") || scan_word(s, "下期") ? 2 : 0;
}

/* Parts of a year that begins in `first`: 1 or 4. false: none stands here. */
static bool
part_of_year(struct scan *s, int first, struct civil *begin, int *months)
{
	int part = scan_half(s);

	*months = 6;
	if (part == 0) {
		part = scan_quarter(s);
		*months = 3;
	}
	if (part == 0)
		return false;
	int month = first - 1 + (part - 1) * *months;

	*begin = (struct civil){ s->year + month / 12, month % 12 + 1, 1 };
	return true;
}

/* Behind 年 or 年度. first is the month in which such a year begins. */
static bool
year_rest(struct scan *s, int first, struct reading *out, const char **why)
{
	enum span_kind kind = first == 1 ? SPAN_YEAR : SPAN_FISCAL_YEAR;
	struct civil d = { s->year, first, 1 };
	int months = 0, digits = 0;

	if (part_of_year(s, first, &d, &months))
		return s->rest.len == 0 ? make_months(s, d, months, out, why)
					: refuse(why, unreadable);
	out->end = scan_word(s, "末");
	if (out->end || s->rest.len == 0)
		return s->rest.len == 0 ? make(s, kind, d, out, why)
					: refuse(why, unreadable);
	if (s->rest.ptr[0] == '(' && s->rest.ptr[s->rest.len - 1] == ')')
		s->rest = (struct slice){ s->rest.ptr + 1, s->rest.len - 2 };
	if (!scan_number(s, 2, &d.month, &digits) || !scan_word(s, "月"))
		return refuse(why, unreadable);
	if (d.month < first)
		d.year++;
	return month_rest(s, d, out, why);
}

/* 2024/9, R6.9.30, 2024-09-30: behind the year and its separator. */
static bool
parted_rest(struct scan *s, const char *part, struct reading *out,
    const char **why)
{
	struct civil d = { s->year, 0, 1 };
	int digits = 0;

	if (!scan_number(s, 2, &d.month, &digits))
		return refuse(why, unreadable);
	if (!scan_word(s, part)) {
		out->end = scan_word(s, "末");
		return s->rest.len == 0 ? make(s, SPAN_MONTH, d, out, why)
					: refuse(why, unreadable);
	}
	if (!scan_number(s, 2, &d.day, &digits))
		return refuse(why, unreadable);
	return day_rest(s, d, out, why);
}

static bool
after_year(struct scan *s, struct reading *out, const char **why)
{
	static const char *const parts[] = { ".", "/", "-" };
	struct civil d = { s->year, 1, 1 };
	int months = 0;

	if (scan_word(s, "年度"))
		return scan_pair(s, why) && year_rest(s, 4, out, why);
	if (scan_word(s, "年"))
		return scan_pair(s, why) && year_rest(s, 1, out, why);
	if (s->rest.len == 0) {
		out->bare = true;
		return make(s, SPAN_YEAR, d, out, why);
	}
	if (part_of_year(s, 1, &d, &months))
		return s->rest.len == 0 ? make_months(s, d, months, out, why)
					: refuse(why, unreadable);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (scan_word(s, parts[i]))
			return parted_rest(s, parts[i], out, why);
	return refuse(why, unreadable);
}

static bool
all_digits(struct slice t)
{
	for (size_t i = 0; i < t.len; i++)
		if (t.ptr[i] < '0' || t.ptr[i] > '9')
			return false;
	return true;
}

/* 9月..: its year is the one inherited, or missing. true: it was one. */
static bool
month_alone(struct scan *s, struct civil *d)
{
	struct scan try = *s;
	int digits = 0;

	if (!scan_number(&try, 2, &d->month, &digits) || !scan_word(&try, "月"))
		return false;
	*d = (struct civil){ s->year, d->month, 1 };
	*s = try;
	return true;
}

bool
grammar_period(struct scan *s, struct reading *out, const char **why)
{
	struct civil d = { 0 };
	int digits = 0;

	if (s->rest.len > 2 && all_digits(s->rest))
		return compact_period(s->rest, out, why);
	if (month_alone(s, &d))
		return d.year == 0 ? refuse(why, "a month without its year")
				   : month_rest(s, d, out, why);
	if (scan_word(s, "FY")) {
		if (!scan_number(s, 4, &s->year, &digits) || digits != 4)
			return refuse(why, "FY without a year of four digits");
		return year_rest(s, 4, out, why);
	}
	return scan_year(s, why) && scan_pair(s, why)
	    && after_year(s, out, why);
}
