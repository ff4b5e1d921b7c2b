/* The first observations beside their raw cells, and what was wrong. */
#include "preview.h"

#include <string.h>

#include "kpid/json_text.h"
#include "kpid/table.h"
#include "text.h"

#define SHOWN 20 /* first observations, rejects, findings */

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

/* line:column, or sheet!row:column in a workbook. */
static const char *
place_text(const struct preview *p, uint32_t line, uint32_t column,
    struct arena *mem)
{
	const char *sheet = sheet_name(p, line / LINES_PER_SHEET);

	return sheet == NULL ? arena_printf(mem, "%u:%u", line, column)
			     : arena_printf(mem, "%s!%u:%u", sheet,
				 line % LINES_PER_SHEET, column);
}

/* "line 3 column 2", or the place in a workbook. */
static const char *
place_words(const struct preview *p, uint32_t line, uint32_t column,
    struct arena *mem)
{
	return p->n_sheets > 0
	    ? place_text(p, line, column, mem)
	    : arena_printf(mem, "line %u column %u", line, column);
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
print_observation(const struct preview *p, const struct observation *o)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *missing = missing_text(o->missing);
	char period[PERIOD_TEXT_MAX];
	char *raw = slice_dup(o->raw, &mem);

	(void)period_text(o->period, period);
	make_visible(raw);
	text_print(place_text(p, o->line, o->column, &mem),
	    p->n_sheets > 0 ? 18 : 9, false);
	text_print(raw, 16, true);
	fputs("  ", stdout);
	text_print(missing != NULL ? missing : slice_dup(o->value, &mem), 14,
	    true);
	printf(" %c  ", o->status);
	text_print(period, 12, false);
	printf("%06d  %s %s\n", o->series->org, o->series->indicator,
	    strcmp(o->series->dims, "{}") == 0 ? "" : o->series->dims);
}

static bool
text_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct preview *p = ctx;

	(void)err;
	count(p, o);
	if (p->n <= SHOWN)
		print_observation(p, o);
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
	fprintf(p->rejects, "%s: %s: '%s'\n",
	    place_words(p, r->line, r->column, &mem), r->reason, raw);
	return true;
}

static bool
text_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct preview *p = ctx;

	(void)err;
	if (p->n_findings++ < SHOWN)
		fprintf(p->findings, "%s: %s%s%s\n",
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

static bool
see_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	(void)ctx;
	(void)line;
	(void)column;
	(void)raw;
	(void)reason;
	(void)err;
	return true;
}

static void
find_sheets(struct preview *p)
{
	struct sheet_search s = { p, NULL };
	const struct row_sink sink = {
		.ctx = &s, .row = see_row, .bad = see_bad, .sheet = see_sheet
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
	printf("\n%llu rejected, %llu finding%s\n",
	    (unsigned long long)p->n_rejects, (unsigned long long)p->n_findings,
	    p->n_findings == 1 ? "" : "s");
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
	printf("place    %s         raw cell           value    period      "
	       "series\n",
	    p->n_sheets > 0 ? "         " : "");
	ok = body_read(p->body, &checked, &p->cli->mem, &read, err);
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
