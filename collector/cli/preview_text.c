/* The first observations beside their raw cells, and what was wrong. */
#include "preview.h"

#include <string.h>

#include "kpid/json_text.h"
#include "kpid/table.h"
#include "text.h"

/* Columns are at least so wide; a raw cell is no wider. */
#define PLACE_WIDTH  9
#define RAW_WIDTH    16
#define VALUE_WIDTH  14
#define PERIOD_WIDTH 10

/* A cell may hold what a terminal takes for a command. */
static void
make_visible(char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = ' ';
}

static const char *
sheet_name(const struct preview *p, uint32_t number)
{
	for (size_t i = 0; i < p->n_sheets; i++)
		if (p->sheets[i].number == number)
			return p->sheets[i].name;
	return NULL;
}

/* 1 is A, 27 is AA: as spreadsheets call columns. */
static const char *
column_letters(uint32_t column, struct arena *mem)
{
	char text[8];
	size_t at = sizeof(text) - 1;

	text[at] = '\0';
	for (; column > 0 && at > 0; column = (column - 1) / 26)
		text[--at] = (char)('A' + (column - 1) % 26);
	return arena_strdup(mem, text + at);
}

/* line:column, or in a workbook sheet!B3. */
static const char *
place_text(const struct preview *p, uint32_t line, uint32_t column,
    struct arena *mem)
{
	const char *sheet = sheet_name(p, line / LINES_PER_SHEET);

	if (sheet == NULL)
		return arena_printf(mem, "%u:%u", line, column);
	return arena_printf(mem, "%s!%s%u", sheet, column_letters(column, mem),
	    line % LINES_PER_SHEET);
}

/* "line 3 column 2: " or "sheet!B3: "; nothing for what has no place. */
static const char *
place_words(const struct preview *p, uint32_t line, uint32_t column,
    struct arena *mem)
{
	if (line == 0)
		return "";
	if (p->n_sheets > 0 && column > 0)
		return arena_printf(mem,
		    "%s: ", place_text(p, line, column, mem));
	if (column == 0)
		return arena_printf(mem, "line %u: ", line % LINES_PER_SHEET);
	return arena_printf(mem, "line %u column %u: ", line, column);
}

static void
count(struct preview *p, const struct observation *o)
{
	if (p->n++ == 0)
		p->first = p->last = o->period;
	if (o->period.first < p->first.first)
		p->first = o->period;
	if (o->period.last > p->last.last)
		p->last = o->period;
	if (o->series->ordinal >= p->n_series)
		p->n_series = o->series->ordinal + 1;
	p->missing[o->missing]++;
}

static void
keep_observation(struct preview *p, const struct observation *o)
{
	const bool dims = strcmp(o->series->dims, "{}") != 0;
	const char *missing = missing_text(o->missing);
	char period[PERIOD_TEXT_MAX];
	char *raw = slice_dup(o->raw, &p->mem);

	(void)period_text(o->period, period);
	make_visible(raw);
	p->shown[p->n_shown++] = (struct shown){
		.place = place_text(p, o->line, o->column, &p->mem),
		.raw = raw,
		.value =
		    missing != NULL ? missing : slice_dup(o->value, &p->mem),
		.period = arena_strdup(&p->mem, period),
		.series = arena_printf(&p->mem, "%06d  %s%s%s", o->series->org,
		    o->series->indicator, dims ? " " : "",
		    dims ? o->series->dims : ""),
		.status = o->status,
	};
}

static void
widen(int *width, const char *text, int gap)
{
	int w = text_width(text) + gap;

	if (w > *width)
		*width = w;
}

/* Only now are the widths known. */
static void
print_shown(struct preview *p)
{
	int place = PLACE_WIDTH, value = VALUE_WIDTH, period = PERIOD_WIDTH;

	for (size_t i = 0; i < p->n_shown; i++) {
		widen(&place, p->shown[i].place, 1);
		widen(&value, p->shown[i].value, 0);
		widen(&period, p->shown[i].period, 0);
	}
	if (p->n_shown > 0 || p->n == 0)
		printf("%-*s%*s  %*s    %-*s  series\n", place, "place",
		    RAW_WIDTH, "raw cell", value, "value", period, "period");
	for (size_t i = 0; i < p->n_shown; i++) {
		const struct shown *row = &p->shown[i];

		text_print(row->place, place, false);
		text_print(row->raw, RAW_WIDTH, true);
		fputs("  ", stdout);
		text_print(row->value, value, true);
		printf(" %c  ", row->status);
		text_print(row->period, period, false);
		printf("  %s\n", row->series);
	}
	p->n_shown = 0;
	arena_release(&p->mem);
}

static bool
text_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct preview *p = ctx;

	(void)err;
	count(p, o);
	if (p->n <= SHOWN)
		keep_observation(p, o);
	if (p->n == SHOWN)
		print_shown(p);
	return true;
}

static bool
text_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct preview *p = ctx;
	char *raw;

	(void)err;
	if (p->n_rejects++ >= SHOWN)
		return true;
	raw = arena_strndup(&mem, r->raw.ptr == NULL ? "" : r->raw.ptr,
	    r->raw.len < 255 ? r->raw.len : 255);
	make_visible(raw);
	fprintf(p->rejects, "%s%s: '%s'\n",
	    place_words(p, r->line, r->column, &mem), r->reason, raw);
	return true;
}

static bool
text_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct preview *p = ctx;

	(void)err;
	p->n_holding += f->holds;
	if (p->n_findings++ < SHOWN || f->holds)
		fprintf(p->findings, "%s%s%s%s%s\n", f->holds ? "holds: " : "",
		    place_words(p, f->line, f->column, &mem), f->text,
		    f->suggestion != NULL ? "\n    contract: " : "",
		    f->suggestion != NULL ? f->suggestion : "");
	return true;
}

/* Remembers the sheets that a contract reads, by their place. */
struct sheet_search {
	struct preview *p;
	const char *name;
};

static bool
see_sheet(void *ctx, struct slice name, struct kpid_err *err)
{
	struct sheet_search *s = ctx;

	(void)err;
	s->name = slice_dup(name, &s->p->cli->mem);
	return true;
}

static bool
see_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct sheet_search *s = ctx;
	struct preview *p = s->p;

	(void)err;
	if (s->name != NULL && p->n_sheets < SHEETS_SHOWN)
		p->sheets[p->n_sheets++] =
		    (struct sheet_shown){ row->line / LINES_PER_SHEET,
			    s->name };
	s->name = NULL;
	return true;
}

static void
find_sheets(struct preview *p)
{
	struct sheet_search s = { p, NULL };
	const struct row_sink sink = {
		.ctx = &s, .row = see_row, .bad = bad_skip, .sheet = see_sheet
	};
	const struct feed *feed = p->body->feed;

	for (size_t i = 0; i < feed->n_contracts; i++) {
		struct arena mem = { 0 };
		struct kpid_err err = { 0 };

		/* What is wrong with it is told when it is read. */
		if (feed->contracts[i].format == FORMAT_XLSX)
			(void)!body_grid(p->body, &feed->contracts[i], &sink,
			    &mem, &err);
		arena_release(&mem);
	}
}

static void
print_missing(const struct preview *p)
{
	bool any = false;

	for (int m = MISSING_NONE + 1; m < MISSING_KINDS; m++) {
		if (p->missing[m] == 0)
			continue;
		printf("%s%llu %s", any ? ", " : "; missing: ",
		    (unsigned long long)p->missing[m],
		    missing_text((enum missing)m));
		any = true;
	}
}

static void
print_summary(const struct preview *p)
{
	char first[PERIOD_TEXT_MAX] = "", last[PERIOD_TEXT_MAX] = "";

	(void)period_text(p->first, first);
	(void)period_text(p->last, last);
	printf("\n%llu observation%s", (unsigned long long)p->n,
	    p->n == 1 ? "" : "s");
	if (p->n > 0)
		printf(" of %u series, %s to %s", p->n_series, first, last);
	print_missing(p);
	if (p->published[0] != '\0')
		printf("\npublished %s", p->published);
	printf("\n%llu rejected, %llu finding%s\n",
	    (unsigned long long)p->n_rejects, (unsigned long long)p->n_findings,
	    p->n_findings == 1 ? "" : "s");
	if (p->n_holding > 0)
		printf("collect would hold the delivery: %llu finding%s hold%s "
		       "it\n",
		    (unsigned long long)p->n_holding,
		    p->n_holding == 1 ? "" : "s", p->n_holding == 1 ? "s" : "");
}

bool
preview_text(struct preview *p, struct kpid_err *err)
{
	const struct observation_sink sink = { p, text_observation, text_reject,
		text_finding };
	const struct observation_sink checked = repeats_sink(p->repeats, &sink);
	uint64_t read;
	bool ok;

	find_sheets(p);
	ok = preview_published(p, &checked, err)
	    && body_read(p->body, &checked, &p->cli->mem, &read, err);
	print_shown(p);
	if (p->n > SHOWN)
		printf("... and %llu more\n",
		    (unsigned long long)(p->n - SHOWN));
	if (p->n_rejects > 0)
		printf("\nrejected (%llu):\n",
		    (unsigned long long)p->n_rejects);
	preview_copy(p->rejects);
	if (p->n_findings > 0)
		printf("\nfindings (%llu):\n",
		    (unsigned long long)p->n_findings);
	preview_copy(p->findings);
	print_summary(p);
	return ok;
}
