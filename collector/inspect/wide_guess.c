/*
 * Tables whose columns are periods: 4月 .. 3月, H28 .. R5, 2020年/男.
 *
 * The names are split at the header's rows; one part of each is the period,
 * another one may be a label. The pattern of unpivot is the first of the usual
 * ones that finds just these columns, else their names.
 */
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "kpid/label.h"
#include "kpid/pattern.h"

#define YEARS                                                      \
	"(?:令和|平成|昭和|大正|明治|[RHSTM])?[\\s　]*" \
	"(?:[0-9０-９]{1,4}|元)[\\s　]*(?:年度?)?"
#define MONTHS "[0-9０-９]{1,2}[\\s　]*月"

/* What a period may look like in a pattern, the narrowest first. */
static const char *const shapes[] = { "[0-9０-９]{1,2}月", "第[0-9０-９]四半期",
	"[上下]半?期", "[0-9]{4}", "[0-9０-９]{4}年度", "[0-9０-９]{4}年",
	"[RHS][0-9]{1,2}", "(?:令和|平成|昭和)?(?:[0-9０-９]+|元)年度",
	"(?:令和|平成|昭和)?(?:[0-9０-９]+|元)年", "[0-9]{4}[-/.][0-9]{1,2}",
	MONTHS, YEARS, YEARS "[\\s　]*" MONTHS,
	"[RHS][0-9]{1,2}\\.[0-9]{1,2}(?:\\.[0-9]{1,2})?" };
/* What may stand behind it. */
static const char *const ends[] = { "", "[\\s　]*[（(\\[［].*[）)\\]］]",
	"[\\s　]*(?:の?実績値?|決算額?)" };
/* What may belong to it: 3月末 is a day. */
static const char *const tails[] = { "",
	"[\\s　]*(?:中|分|末日?(?:現在)?|現在)" };

/* One column's name in its parts. */
struct parts {
	const char *period, *year, *label;
	enum when when;
	struct period span;
	bool first; /* the period stands before the label */
};

static enum when
when_of_part(const char *part, struct guess *g, struct period *span)
{
	struct look look =
	    look_at(without_result(without_brackets(part, g->mem), g->mem),
		g->mem);

	*span = look.period;
	if (look.when == WHEN_DIGITS && strlen(part) != 4 && strlen(part) != 6)
		return WHEN_NONE;
	return look.when;
}

/* Months, or parts of a year; else WHEN_NONE. */
static enum when
waits_for_year(enum when when)
{
	return when == WHEN_MONTH || when == WHEN_PART ? when : WHEN_NONE;
}

/* 令和5年/4月, 人口/2020年, 2020年/男: at most two parts are told apart. */
static bool
split_name(struct guess *g, const char *name, struct parts *out)
{
	const char *slash = g->at.rows > 1 ? strchr(name, '/') : NULL;
	struct parts p = { 0 };

	if (slash == NULL) {
		p.period = name;
		p.when = when_of_part(name, g, &p.span);
		*out = p;
		return p.when != WHEN_NONE;
	}
	const char *head = arena_strndup(g->mem, name, (size_t)(slash - name));
	const char *tail = slash + 1;
	struct period span;
	enum when first = when_of_part(head, g, &p.span);
	enum when second = when_of_part(tail, g, &span);

	if (first == WHEN_NONE && second == WHEN_NONE)
		return false;
	if (first != WHEN_NONE && waits_for_year(second) != WHEN_NONE) {
		p.year = head;
		p.period = tail;
		p.when = second;
	} else if (first != WHEN_NONE) {
		p = (struct parts){ head, NULL, tail, first, p.span, true };
	} else
		p = (struct parts){ tail, NULL, head, second, span, false };
	*out = p;
	return true;
}

static bool
may_be_wide(const struct column *c)
{
	return c->role == ROLE_NONE
	    && (c->filled == 0
		|| (c->numbers + c->marks) * 10 >= c->filled * 5);
}

/* Columns whose names are like the first one's. */
static size_t
find_wide(struct guess *g, struct parts *parts)
{
	size_t n = 0;
	struct parts like = { 0 };

	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		parts[i].when = WHEN_NONE;
		if (!may_be_wide(c) || !split_name(g, c->name, &parts[i]))
			continue;
		if (n == 0)
			like = parts[i];
		if ((parts[i].label != NULL) != (like.label != NULL)
		    || waits_for_year(parts[i].when)
			!= waits_for_year(like.when)) {
			parts[i].when = WHEN_NONE;
			continue;
		}
		n++;
	}
	return n;
}

static bool
fits(struct guess *g, const char *text, const struct parts *parts)
{
	struct kpid_err err = { 0 };
	struct slice groups[PATTERN_GROUPS];
	struct pattern *pattern;

	if (!pattern_new(text, g->mem, &pattern, &err))
		return false;
	for (size_t i = 0; i < g->n_columns; i++) {
		bool found = false;

		if (!pattern_find(pattern, slice_of(g->columns[i].name), groups,
			&found, &err))
			return false;
		if (found != (parts[i].when != WHEN_NONE))
			return false;
	}
	return true;
}

/* (?:男|女): the second level without its totals. */
static const char *
any_label(const struct guess *g)
{
	const char *text = "";

	for (size_t i = 0; i < g->wide.n_labels; i++)
		text = arena_printf(g->mem, "%s%s%s", text,
		    *text == '\0' ? "" : "|",
		    pattern_quote(g->wide.labels[i], g->mem));
	return text;
}

static const char *
whole_pattern(const struct guess *g, const struct parts *like,
    const char *shape, const char *end)
{
	if (like->year != NULL)
		return arena_printf(g->mem, "^(.+)/(%s)%s$", shape, end);
	if (like->label == NULL)
		return arena_printf(g->mem, "^(%s)%s$", shape, end);
	return like->first
	    ? arena_printf(g->mem, "^(%s)%s/(%s)$", shape, end, any_label(g))
	    : arena_printf(g->mem, "^(%s)/(%s)%s$", any_label(g), shape, end);
}

static const char *
name_by_name(struct guess *g, const struct parts *parts)
{
	const char *text = "";

	for (size_t i = 0; i < g->n_columns; i++)
		if (parts[i].when != WHEN_NONE)
			text = arena_printf(g->mem, "%s%s%s", text,
			    *text == '\0' ? "" : "|",
			    pattern_quote(parts[i].period, g->mem));
	return text;
}

static const char *
choose_pattern(struct guess *g, const struct parts *parts,
    const struct parts *like)
{
	const size_t n = ARRAY_LEN(tails) * ARRAY_LEN(shapes);

	for (size_t i = 0; i < ARRAY_LEN(ends) * n; i++) {
		const char *shape =
		    arena_printf(g->mem, "%s%s", shapes[i % ARRAY_LEN(shapes)],
			tails[i / ARRAY_LEN(shapes) % ARRAY_LEN(tails)]);
		const char *text = whole_pattern(g, like, shape, ends[i / n]);

		if (fits(g, text, parts))
			return text;
	}
	return whole_pattern(g, like, name_by_name(g, parts), "");
}

static void
take_label(struct guess *g, const char *label)
{
	struct wide *w = &g->wide;

	for (size_t i = 0; i < w->n_labels; i++)
		if (strcmp(w->labels[i], label) == 0)
			return;
	if (w->labels == NULL)
		w->labels =
		    arena_array(g->mem, g->n_columns, sizeof(*w->labels));
	w->labels[w->n_labels++] = label;
}

/* 計 beside 男 and 女 below each year; alone it is the figure itself. */
static void
leave_label_totals(struct guess *g, struct parts *parts)
{
	size_t totals = 0, others = 0;

	for (size_t i = 0; i < g->n_columns; i++) {
		if (parts[i].when == WHEN_NONE || parts[i].label == NULL)
			continue;
		if (is_total(parts[i].label, g->mem))
			totals++;
		else
			others++;
	}
	for (size_t i = 0; i < g->n_columns; i++) {
		if (parts[i].when == WHEN_NONE || parts[i].label == NULL)
			continue;
		if (totals > 0 && others > 0
		    && is_total(parts[i].label, g->mem)) {
			parts[i].when = WHEN_NONE;
			g->columns[i].role = ROLE_TOTAL;
			doubt(g,
			    "whether columns of totals ('%s') are wanted: "
			    "they are left out, so that nothing counts twice",
			    g->columns[i].name);
		} else
			take_label(g, parts[i].label);
	}
}

/* 構成比（％） beside 決算額（千円） below each year is another quantity. */
static void
leave_other_units(struct guess *g, struct parts *parts)
{
	size_t shares = 0, others = 0;

	for (size_t i = 0; i < g->n_columns; i++) {
		if (parts[i].when == WHEN_NONE || parts[i].label == NULL)
			continue;
		if (is_share(&g->columns[i], parts[i].label, g->mem))
			shares++;
		else
			others++;
	}
	for (size_t i = 0; shares > 0 && others > 0 && i < g->n_columns; i++) {
		if (parts[i].when == WHEN_NONE || parts[i].label == NULL
		    || !is_share(&g->columns[i], parts[i].label, g->mem))
			continue;
		parts[i].when = WHEN_NONE;
		g->columns[i].role = ROLE_TOTAL;
		doubt(g,
		    "whether '%s' is wanted: it is of another unit than the "
		    "columns beside it, and needs a contract of its own",
		    g->columns[i].name);
	}
}

static void
note_periods(struct guess *g, const struct parts *parts)
{
	struct wide *w = &g->wide;
	bool first = true;

	for (size_t i = 0; i < g->n_columns; i++) {
		const struct parts *p = &parts[i];

		if (p->when == WHEN_NONE)
			continue;
		g->columns[i].role = ROLE_WIDE;
		w->n++;
		w->with_year |= p->year != NULL;
		w->fiscal |= strstr(p->period, "年度") != NULL;
		w->bare |= p->when == WHEN_YEAR;
		if (first) {
			w->when = p->when;
			w->inherited = p->when == WHEN_FULL;
			w->from_april = p->when == WHEN_PART
			    || (p->when == WHEN_MONTH
				&& strtol(label_key(slice_of(p->period),
					      g->mem),
				       NULL, 10)
				    == 4);
		}
		first = false;
	}
	w->inherited &= w->bare;
}

static void
write_unpivot(struct guess *g, const struct parts *parts,
    const struct parts *like)
{
	struct wide *w = &g->wide;
	json_t *unpivot = json_object(), *into = json_array();
	const char *second;

	w->period = made_name(g, waits_for_year(w->when) ? "月" : "時期");
	second = like->year != NULL ? made_name(g, "年")
	    : like->label != NULL   ? made_name(g, "区分")
				    : NULL;
	if (like->label != NULL)
		w->label = second;
	if (second != NULL && (like->year != NULL || !like->first))
		(void)json_array_append_new(into, json_string(second));
	(void)json_array_append_new(into, json_string(w->period));
	if (second != NULL && like->label != NULL && like->first)
		(void)json_array_append_new(into, json_string(second));
	(void)json_object_set_new(unpivot, "columns",
	    json_string(choose_pattern(g, parts, like)));
	(void)json_object_set_new(unpivot, "into", into);
	(void)json_object_set_new(unpivot, "value",
	    json_string(made_name(g, "値")));
	g->draft.unpivot = unpivot;
}

/* Totals over the year beside its months: figures that are no month. */
static void
leave_other_figures(struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];
		bool figures = c->numbers * 2 > c->filled && c->padded == 0
		    && c->org_codes * 2 <= c->filled && !c->rising;

		if (c->role != ROLE_NONE || !figures
		    || c->whens[WHEN_DIGITS] * 2 > c->filled)
			continue;
		c->role = ROLE_TOTAL;
		doubt(g,
		    "whether column '%s' is wanted: it is no period among "
		    "columns that are, and is left out%s",
		    c->reference,
		    is_total(c->key, g->mem) ? ", so that nothing counts twice"
					     : "");
	}
}

/* 1年 .. 6年 are classes of a school, and 1年 .. 40年 terms: the first year of
 * an era is 元年. */
static bool
are_no_years(struct guess *g, const struct parts *parts)
{
	bool first = false;

	for (size_t i = 0; i < g->n_columns; i++) {
		if (parts[i].when == WHEN_NONE)
			continue;
		if (parts[i].when != WHEN_YEAR)
			return false;
		first |= is_year_one(parts[i].period, g->mem);
	}
	return first;
}

void
wide_guess(struct guess *g)
{
	struct parts *parts =
	    arena_array(g->mem, g->n_columns + 1, sizeof(*parts));
	size_t n = find_wide(g, parts), i = 0;

	if (n < 2 || are_no_years(g, parts)) {
		if (orgs_across(g))
			leave_other_figures(g);
		return;
	}
	leave_other_units(g, parts);
	leave_label_totals(g, parts);
	note_periods(g, parts);
	while (i < g->n_columns && parts[i].when == WHEN_NONE)
		i++;
	if (i == g->n_columns)
		return;
	write_unpivot(g, parts, &parts[i]);
	leave_other_figures(g);
}
