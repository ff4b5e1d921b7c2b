/* What stands beside the table: its title, its unit, a period. */
#include <string.h>

#include "guess.h"
#include "kpid/normalise.h"
#include "kpid/pattern.h"

#define ERA         "(?:令和|平成|昭和)[\\s　]*(?:[0-9０-９]+|元)[\\s　]*年"
#define FOUR        "(?:19|20|１９|２０)[0-9０-９]{2}年"
#define MONTH       "[\\s　]*[0-9０-９]{1,2}[\\s　]*月"
#define DAY         "(?:[\\s　]*[0-9０-９]{1,2}[\\s　]*日|末)?"
#define BEFORE      "(?<![0-9])"
#define BEHIND      "(?![0-9])"
#define LETTER      "(?<![A-Za-z])"

/* A longer text is a note, and its period that of something else. */
#define TITLE_BYTES 120

enum beside_kind { BESIDE_MONTH, BESIDE_YEAR };

/* A period as titles and file names have it. Two captures are year, month. */
static const struct form {
	const char *patterns[2];
	const char *text; /* how the captures are put together */
	enum beside_kind kind;
	bool name_only; /* in a file's name */
} forms[] = {
	{ { "((?:19|20)[0-9]{2})年第?[0-9]{1,2}週",
	      "(?:19|20)[0-9]{2}年第?([0-9]{1,2})週" },
	    "{%s}-W{%s}", BESIDE_MONTH, false },
	{ { ERA "度?" MONTH DAY }, "{%s}", BESIDE_MONTH, false },
	{ { FOUR "度?" MONTH DAY }, "{%s}", BESIDE_MONTH, false },
	{ { LETTER "[RHS][0-9]{1,2}\\.[0-9]{1,2}(?:\\.[0-9]{1,2})?" }, "{%s}",
	    BESIDE_MONTH, false },
	{ { BEFORE
	      "(?:19|20)[0-9]{2}[-/][0-9]{1,2}(?:[-/][0-9]{1,2})?" BEHIND },
	    "{%s}", BESIDE_MONTH, false },
	{ { BEFORE "((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9])" BEHIND },
	    "{%s}", BESIDE_MONTH, true },
	{ { BEFORE "((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2]))" BEHIND }, "{%s}",
	    BESIDE_MONTH, true },
	{ { BEFORE "((?:19|20)[0-9]{2})_[0-9]{2}" BEHIND,
	      "(?:19|20)[0-9]{2}_([0-9]{2})" BEHIND },
	    "{%s}年{%s}月", BESIDE_MONTH, true },
	{ { LETTER "[rR]([0-9]{1,2})[_-][0-9]{1,2}" BEHIND,
	      LETTER "[rR][0-9]{1,2}[_-]([0-9]{1,2})" BEHIND },
	    "令和{%s}年{%s}月", BESIDE_MONTH, true },
	{ { LETTER "[hH]([0-9]{1,2})[_-][0-9]{1,2}" BEHIND,
	      LETTER "[hH][0-9]{1,2}[_-]([0-9]{1,2})" BEHIND },
	    "平成{%s}年{%s}月", BESIDE_MONTH, true },
	{ { ERA "度?" }, "{%s}", BESIDE_YEAR, false },
	{ { FOUR "度?" }, "{%s}", BESIDE_YEAR, false },
	{ { LETTER "[rR]([0-9]{1,2})" BEHIND }, "令和{%s}年", BESIDE_YEAR,
	    true },
	{ { LETTER "[hH]([0-9]{1,2})" BEHIND }, "平成{%s}年", BESIDE_YEAR,
	    true },
	{ { "[fF][yY]((?:19|20)[0-9]{2})" BEHIND }, "{%s}年度", BESIDE_YEAR,
	    true },
	{ { BEFORE "((?:19|20)[0-9]{2})" BEHIND }, "{%s}年", BESIDE_YEAR,
	    true },
};

bool
text_takes(struct guess *g, const char *text, const char *pattern,
    const char **taken)
{
	struct kpid_err err = { 0 };
	struct slice groups[PATTERN_GROUPS];
	struct pattern *p;
	bool found = false;

	if (text == NULL || !pattern_new(pattern, g->mem, &p, &err)
	    || !pattern_find(p, slice_of(text), groups, &found, &err) || !found)
		return false;
	*taken = slice_dup(pattern_taken(p, groups), g->mem);
	return true;
}

/* The first cell above the header that has it, by row, then column. */
static const char *
above_with(struct guess *g, const char *pattern)
{
	const char *taken;

	for (size_t r = 0; r < g->at.top; r++) {
		const struct seen_row *row = &g->sample.rows[r];

		for (size_t i = 0; i < row->n; i++)
			if (*row->cells[i].text != '\0'
			    && text_takes(g, row->cells[i].text, pattern,
				&taken))
				return row->cells[i].text;
	}
	return NULL;
}

/* The form with its captures' texts put in: can it be read? */
static bool
is_readable(const char *text, enum beside_kind kind)
{
	struct period period;
	const char *why = NULL;

	if (!period_read(slice_of(text), PERIOD_AS_AUTO, NULL, &period, &why))
		return false;
	return kind == BESIDE_YEAR
	    || (period.kind != SPAN_YEAR && period.kind != SPAN_FISCAL_YEAR);
}

/* {%s} filled in: with names of captures, or (bare) with their texts. */
static const char *
fill(const char *form, const char *first, const char *second, bool bare,
    struct arena *mem)
{
	const char *texts[2] = { first, second };
	const char *out = "";
	size_t n = 0;

	while (*form != '\0') {
		const char *mark = strstr(form, "{%s}");
		size_t len =
		    mark == NULL ? strlen(form) : (size_t)(mark - form);

		out = arena_printf(mem, "%s%.*s", out, (int)len, form);
		form += len;
		if (mark == NULL || n == 2)
			break;
		out = arena_printf(mem, bare ? "%s%s" : "%s{%s}", out,
		    texts[n++]);
		form += strlen("{%s}");
	}
	return out;
}

static bool
is_form(struct guess *g, const struct form *f, const char *text)
{
	const char *first = "", *second = "";

	if (strlen(text) > TITLE_BYTES
	    || !text_takes(g, text, f->patterns[0], &first)
	    || (f->patterns[1] != NULL
		&& !text_takes(g, text, f->patterns[1], &second)))
		return false;
	g->beside = fill(f->text, first, second, true, g->mem);
	return is_readable(g->beside, f->kind);
}

static void
add_capture(struct guess *g, const char *name, const char *from,
    const char *pattern)
{
	json_t *capture = json_object();

	(void)json_object_set_new(capture, "from", json_string(from));
	(void)json_object_set_new(capture, "pattern", json_string(pattern));
	if (g->draft.captures == NULL)
		g->draft.captures = json_object();
	(void)json_object_set_new(g->draft.captures, name, capture);
}

static const char *
capture_form(struct guess *g, const struct form *f, const char *from,
    const char *text)
{
	const char *first = made_name(g,
	    f->kind == BESIDE_YEAR || f->patterns[1] != NULL ? "年" : "時点");
	const char *second =
	    made_name(g, strstr(f->text, "W") != NULL ? "週" : "月");

	add_capture(g, first, from, f->patterns[0]);
	if (f->patterns[1] != NULL)
		add_capture(g, second, from, f->patterns[1]);
	doubt(g, "whether the period stands in the %s ('%s')",
	    strcmp(from, "above") == 0       ? "title"
		: strcmp(from, "sheet") == 0 ? "sheet's name"
					     : "file's name",
	    one_line(text, g->mem));
	return fill(f->text, first, second, false, g->mem);
}

static const char *
try_form(struct guess *g, const struct form *f)
{
	const char *text = f->name_only ? NULL : above_with(g, f->patterns[0]);
	if (text != NULL && is_form(g, f, text))
		return capture_form(g, f, "above", text);
	if (g->file != NULL && is_form(g, f, g->file))
		return capture_form(g, f, "file", g->file);
	if (g->sheet != NULL && is_form(g, f, g->sheet))
		return capture_form(g, f, "sheet", g->sheet);
	return NULL;
}

const char *
beside_guess(struct guess *g, bool month, bool year)
{
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		const char *text;

		if (forms[i].kind == BESIDE_MONTH ? !month : !year)
			continue;
		text = try_form(g, &forms[i]);
		if (text != NULL)
			return text;
	}
	return NULL;
}

const char *
date_in_name(const char *name, struct arena *mem)
{
	static const char *const words[] = { ERA MONTH DAY, FOUR MONTH DAY,
		"[RHS][0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{1,2}",
		"(?:19|20)[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}" };
	struct guess g = { .mem = mem };
	const char *taken;

	if (*name == '\0')
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (text_takes(&g, name, words[i], &taken)
		    && is_readable(taken, BESIDE_MONTH))
			return taken;
	return NULL;
}

const char *
year_in_name(const char *name, struct arena *mem)
{
	static const char *const words[] = { ERA "度?", FOUR "度?",
		BEFORE "(?:19|20)[0-9]{2}" BEHIND };
	struct guess g = { .mem = mem };
	const char *taken, *more;

	/* 平成22年～27年 is a stretch, and none of its ends. */
	if (text_takes(&g, name, "[～〜~]|から", &taken))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (text_takes(&g, name, words[i], &taken)
		    && is_readable(taken, BESIDE_YEAR)
		    && !text_takes(&g, strstr(name, taken) + strlen(taken),
			words[i], &more))
			return taken;
	return NULL;
}

/* 市の人口（令和6年度） is called the same next year. */
static const char *
without_period(const char *title, struct arena *mem)
{
	static const char *const opens[] = { "（", "(" };

	for (size_t i = 0; i < ARRAY_LEN(opens); i++) {
		const char *open = strstr(title, opens[i]);

		if (open != NULL && open != title && strstr(open, "年") != NULL)
			return arena_strndup(mem, title,
			    (size_t)(open - title));
	}
	return title;
}

/* The longest of the first lines above the header is what it is called. */
void
above_guess(struct guess *g)
{
	for (size_t r = 0; r < g->at.top; r++) {
		const struct seen_row *row = &g->sample.rows[r];

		for (size_t i = 0; i < row->n; i++) {
			const char *text = row->cells[i].text;

			g->as_of |= strstr(text, "現在") != NULL
			    || strstr(text, "基準日") != NULL
			    || strstr(text, "時点") != NULL;
			if (g->note == NULL)
				g->note = units_of_note(text, g->mem);
			if (g->title == NULL && strlen(text) >= 6
			    && strncmp(text, "（単位", strlen("（単位")) != 0
			    && strncmp(text, "(単位", strlen("(単位")) != 0
			    && strncmp(text, "単位", strlen("単位")) != 0
			    && strstr(text, "ダウンロード") == NULL
			    && !is_note(text)
			    && look_at(text, g->mem).shape == SHAPE_TEXT)
				g->title =
				    without_period(one_line(text, g->mem),
					g->mem);
		}
	}
}
