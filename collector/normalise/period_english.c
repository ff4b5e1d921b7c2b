/* Periods whose month has its English name. */
#include <ctype.h>
#include <string.h>

#include "period_grammar.h"

static const char *const months[] = { "january", "february", "march", "april",
	"may", "june", "july", "august", "september", "october", "november",
	"december" };

/* The figures around a month's name, and how many there are of each. */
struct parts {
	int month;
	int before, between, behind; /* 24 October 2011, October 24, 2011 */
	int n_before, n_between, n_behind; /* digits; 0: it is not there */
};

static bool
same_letters(const char *text, const char *name, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (tolower((unsigned char)text[i]) != name[i])
			return false;
	return true;
}

/* The month that all these letters name, in full or by its first three (or
 * Sept); 0: none. */
static int
month_named(struct slice word)
{
	if (word.len > 3 && word.ptr[word.len - 1] == '.')
		word.len--;
	for (size_t i = 0; i < ARRAY_LEN(months); i++) {
		size_t len = strlen(months[i]);

		if ((word.len == 3 || word.len == len
			|| (word.len == 4 && i == 8))
		    && same_letters(word.ptr, months[i], word.len))
			return (int)i + 1;
	}
	return 0;
}

static void
skip_signs(struct slice *t)
{
	while (t->len > 0 && memchr("-/, ", t->ptr[0], 4) != NULL) {
		t->ptr++;
		t->len--;
	}
}

static void
take_figures(struct slice *t, int *value, int *n)
{
	for (; t->len > 0 && *n < 5 && isdigit((unsigned char)t->ptr[0]);
	     ++*n) {
		*value = *value * 10 + (t->ptr[0] - '0');
		t->ptr++;
		t->len--;
	}
	skip_signs(t);
}

/* false: the text is not made of a month's name and figures. */
static bool
take_parts(struct slice t, struct parts *p)
{
	struct slice word;

	take_figures(&t, &p->before, &p->n_before);
	word = (struct slice){ t.ptr, 0 };
	while (word.len < t.len
	    && (isalpha((unsigned char)word.ptr[word.len])
		|| (word.ptr[word.len] == '.' && word.len > 2)))
		word.len++;
	p->month = month_named(word);
	if (p->month == 0)
		return false;
	t.ptr += word.len;
	t.len -= word.len;
	skip_signs(&t);
	take_figures(&t, &p->between, &p->n_between);
	take_figures(&t, &p->behind, &p->n_behind);
	return t.len == 0;
}

static bool
make(enum span_kind kind, struct civil d, struct reading *out, const char **why)
{
	const struct scan none = { 0 };

	out->parts = (struct period_parts){ .year = d.year, .month = d.month };
	return scan_make(&none, kind, d, out, why);
}

/* A year has four digits here: Jan-18 may be a day or a year. */
static bool
read_parts(const struct parts *p, struct reading *out, const char **why)
{
	bool day_before = p->n_before == 1 || p->n_before == 2;
	bool day_between = p->n_between == 1 || p->n_between == 2;
	struct civil d = { 0, p->month, 1 };

	if (p->n_before == 4 && p->n_behind == 0) {
		d.year = p->before;
		d.day = day_between ? p->between : 1;
		if (p->n_between == 0 || day_between)
			return make(day_between ? SPAN_DAY : SPAN_MONTH, d, out,
			    why);
	} else if (p->n_between == 4 && p->n_behind == 0) {
		d.year = p->between;
		d.day = day_before ? p->before : 1;
		if (p->n_before == 0 || day_before)
			return make(day_before ? SPAN_DAY : SPAN_MONTH, d, out,
			    why);
	} else if (p->n_before == 0 && day_between && p->n_behind == 4) {
		d.year = p->behind;
		d.day = p->between;
		return make(SPAN_DAY, d, out, why);
	}
	return scan_refuse(why,
	    "a month's name and no year of four digits: Jan-18 may be a day "
	    "or a year");
}

enum scanned
english_period(struct slice text, struct reading *out, const char **why)
{
	struct parts p = { 0 };

	if (!take_parts(text, &p))
		return SCAN_NONE;
	return scanned_if(read_parts(&p, out, why));
}
