/* Parts of a year: quarters, halves, months and days. */
#include <stdio.h>
#include <string.h>

#include "period_grammar.h"

/* (月) and (月曜日) must be the weekday of the date. */
static bool
scan_weekday(struct scan *s, int32_t day, const char **why)
{
	static const char *const names[] = { "月", "火", "水", "木", "金", "土",
		"日" };

	if (!scan_word(s, "("))
		return true;
	if (!scan_word(s, names[civil_weekday(day) - 1]))
		return scan_refuse(why, "a weekday that is not the date's");
	(void)scan_word(s, "曜日");
	(void)scan_word(s, "曜");
	return scan_word(s, ")") ? true : scan_refuse(why, scan_unreadable);
}

/* Z, +09:00: midnight there is the day that is named. */
static void
cut_zone(struct slice *t)
{
	static const char form[] = "+00:00";
	size_t n = strlen(form);

	if (t->len > 0 && t->ptr[t->len - 1] == 'Z') {
		t->len--;
		return;
	}
	if (t->len <= n)
		return;
	for (size_t i = 0; i < n; i++) {
		char c = t->ptr[t->len - n + i];

		if (form[i] == '0'       ? c < '0' || c > '9'
			: form[i] == ':' ? c != ':'
					 : c != '+' && c != '-')
			return;
	}
	t->len -= n;
}

/* T00:00:00, T00:00:00Z, 0:00, 0時: a time that says nothing. */
static bool
midnight(struct scan *s, const char **why)
{
	if (!scan_word(s, "T"))
		(void)scan_word(s, " ");
	cut_zone(&s->rest);
	bool colon = memchr(s->rest.ptr, ':', s->rest.len) != NULL;

	for (size_t i = 0; i < s->rest.len; i++)
		if (memchr("0:.", s->rest.ptr[i], 3) == NULL)
			return scan_refuse(why,
			    colon ? "a time of day: a period "
				    "is a stretch of whole days"
				  : scan_unreadable);
	return colon ? true : scan_refuse(why, scan_unreadable);
}

bool
scan_day_rest(struct scan *s, struct civil d, struct reading *out,
    const char **why)
{
	if (!scan_make(s, SPAN_DAY, d, out, why)
	    || !scan_weekday(s, out->period.first, why))
		return false;
	out->parts.month = d.month;
	return s->rest.len == 0 || midnight(s, why);
}

bool
scan_month_rest(struct scan *s, struct civil d, struct reading *out,
    const char **why)
{
	int digits = 0;

	out->parts.month = d.month;
	out->end = scan_word(s, "末日") || scan_word(s, "末");
	if (out->end || s->rest.len == 0)
		return scan_make(s, SPAN_MONTH, d, out, why)
		    && (s->rest.len == 0 || scan_refuse(why, scan_unreadable));
	if (scan_word(s, "期"))
		return scan_refuse(why,
		    "月期 of one month: the month, or a business year that "
		    "ends in it?");
	if (!scan_number(s, 2, &d.day, &digits) || !scan_word(s, "日"))
		return scan_refuse(why, scan_unreadable);
	return scan_day_rest(s, d, out, why);
}

/* 第2四半期, 2四半期, 第2・四半期, 2/4半期, Q2, -Q2, 2Q: its number, or 0
 * when there is none. */
static int
scan_quarter(struct scan *s)
{
	struct scan try = *s;
	int n = 0, digits = 0;

	(void)scan_word(&try, "-");
	bool letter = scan_word(&try, "Q");

	if (!letter)
		(void)scan_word(&try, "第");
	if (!scan_number(&try, 1, &n, &digits) || n < 1 || n > 4)
		return 0;
	if (!letter && !scan_word(&try, "/4半期") && !scan_word(&try, "Q")) {
		if (!scan_word(&try, "・"))
			(void)scan_word(&try, "/");
		if (!scan_word(&try, "四半期"))
			return 0;
	}
	if (try.rest.len > 0)
		return 0;
	*s = try;
	return n;
}

/* 上半期 1, 下半期 2, else 0. */
static int
scan_half(struct scan *s)
{
	struct scan try = *s;
	bool open = scan_word(&try, "(");
	int n = scan_word(&try, "上半期") || scan_word(&try, "上期") ? 1
	    : scan_word(&try, "下半期") || scan_word(&try, "下期")   ? 2
								     : 0;

	if (n == 0 || (open && !scan_word(&try, ")")))
		return 0;
	*s = try;
	return n;
}

enum scanned
scan_part(struct scan *s, struct reading *out, const char **why)
{
	int part = scan_half(s), months = 6, first = s->fiscal ? 4 : 1;

	if (part == 0) {
		part = scan_quarter(s);
		months = 3;
	}
	if (part == 0)
		return SCAN_NONE;
	int month = first - 1 + (part - 1) * months;
	struct civil d = { s->year + month / 12, month % 12 + 1, 1 };

	out->parts.month = d.month;
	return scanned_if(s->rest.len == 0
		? scan_make_months(s, d, months, out, why)
		: scan_refuse(why, scan_unreadable));
}

enum scanned
scan_months_by_number(struct scan *s, int first, struct reading *out,
    const char **why)
{
	struct scan try = *s;
	struct civil d = { s->year, first, 1 };
	int last = 0, digits = 0;

	if (!scan_word(&try, "-") || !scan_number(&try, 2, &last, &digits))
		return SCAN_NONE;
	(void)scan_word(&try, ".");
	if (try.rest.len > 0 || first < 1 || last > 12)
		return SCAN_NONE;
	*s = try;
	out->parts.month = first;
	return scanned_if(last < first
		? scan_refuse(why, "a range that ends before it begins")
		: scan_make_months(s, d, last - first + 1, out, why));
}

/* 第36週, 36週: weeks of ISO 8601, as 感染症発生動向調査 counts them. */
static enum scanned
scan_week(struct scan *s, struct reading *out, const char **why)
{
	struct scan try = *s;
	char text[PERIOD_TEXT_MAX];
	int n = 0, digits = 0, len;

	(void)scan_word(&try, "第");
	if (!scan_number(&try, 2, &n, &digits) || !scan_word(&try, "週")
	    || try.rest.len > 0)
		return SCAN_NONE;
	*s = try;
	len = snprintf(text, sizeof(text), "%04d-W%02d", s->year, n);
	return scanned_if(period_parse((struct slice){ text, (size_t)len },
			      &out->period)
		? s->era == NULL
		    || era_covers(s->era, out->period.first, out->period.last,
			why)
		: scan_refuse(why, "no such week of that year"));
}

/* 9月末 of a year, its words in parentheses perhaps. */
static bool
month_of_year(struct scan *s, struct reading *out, const char **why)
{
	struct civil d = { s->year, 0, 1 };
	int digits = 0;

	if (s->rest.ptr[0] == '(' && s->rest.ptr[s->rest.len - 1] == ')')
		s->rest = (struct slice){ s->rest.ptr + 1, s->rest.len - 2 };
	if (scan_word(s, "代"))
		return scan_refuse(why, "年代: ten years, which is no period");
	if (!scan_number(s, 2, &d.month, &digits) || !scan_word(s, "月"))
		return scan_refuse(why, scan_unreadable);
	if (s->fiscal && d.month < 4)
		d.year++;
	return scan_month_rest(s, d, out, why);
}

bool
scan_year_rest(struct scan *s, struct reading *out, const char **why)
{
	enum span_kind kind = s->fiscal ? SPAN_FISCAL_YEAR : SPAN_YEAR;
	struct civil d = { s->year, s->fiscal ? 4 : 1, 1 };
	enum scanned part = scan_part(s, out, why);

	if (part == SCAN_NONE && !s->fiscal)
		part = scan_week(s, out, why);
	if (part != SCAN_NONE)
		return part == SCAN_READ;
	out->end = scan_word(s, "末");
	if (out->end || s->rest.len == 0)
		return s->rest.len == 0 ? scan_make(s, kind, d, out, why)
					: scan_refuse(why, scan_unreadable);
	return month_of_year(s, out, why);
}
