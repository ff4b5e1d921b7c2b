/*
 * What is known of a body while it is looked at. Private to this room.
 *
 * A sample of the grid is cut into header and data, every column is given a
 * role, and the roles become the parts of a contract. Whatever is chosen
 * without being sure of it is a doubt.
 */
#ifndef INSPECT_GUESS_H
#define INSPECT_GUESS_H

#include <jansson.h>
#include <stdint.h>

#include "kpid/arena.h"
#include "kpid/config.h"
#include "kpid/table.h"

#define HEAD_ROWS       2000
#define TAIL_ROWS       200
#define SAMPLE_BYTES    ((size_t)16 << 20)
#define SAMPLE_COLUMNS  1024
#define SAMPLE_CELL     512 /* bytes kept of one cell */
#define DISTINCT_MAX    400 /* different texts counted in a column */
#define HEADER_ROWS_MAX 8
#define NOTE_UNITS      6 /* in one （単位：..） */

/* A cell of the sample; text is trimmed, never NULL. */
struct seen_cell {
	const char *text;
	bool merged; /* covered by a merged cell, whose text it is */
};

struct seen_row {
	const struct seen_cell *cells;
	size_t n, filled;
	uint32_t line;
	uint32_t number; /* of the row in its table, blank lines counted */
};

/* The first HEAD_ROWS of a grid and its last TAIL_ROWS. */
struct sample {
	const struct seen_row *rows;
	size_t n, head;
	size_t width;
	uint64_t all; /* rows of the grid */
};

/* What a cell looks like by itself. */
enum shape { SHAPE_BLANK, SHAPE_NUMBER, SHAPE_MARK, SHAPE_WHEN, SHAPE_TEXT };

/* How much of a period stands in a cell. */
enum when {
	WHEN_NONE,
	WHEN_FULL,   /* with its year: 令和6年9月, 2024-09, H28 */
	WHEN_DIGITS, /* 2024, 202409: may be a number */
	WHEN_YEAR,   /* a year without its era: 20年, 6年度 */
	WHEN_PART,   /* a part of a year without it: 第1四半期, 上半期 */
	WHEN_MONTH   /* a month without its year: 4月, 10月中 */
};

struct look {
	enum shape shape;
	enum when when;
	struct period period; /* WHEN_FULL, WHEN_DIGITS */
	int decimals;         /* SHAPE_NUMBER */
	bool digits;          /* nothing but ASCII digits */
	bool padded;          /* digits with a leading zero: a code */
	bool comma;           /* a decimal comma, surely */
	bool time;            /* a day, and a time of day behind it */
	const char *unit;     /* behind the number: 1,518件 */
	const char *flag;     /* behind the number: 123p */
};

enum role {
	ROLE_NONE,
	ROLE_PERIOD,
	ROLE_ORG,
	ROLE_LABEL, /* a dimension, or the indicator's name */
	ROLE_VALUE,
	ROLE_WIDE,  /* unpivot makes rows of it */
	ROLE_TOTAL, /* beside the columns of unpivot: not taken */
	ROLE_UNIT,
	ROLE_STATUS,
	ROLE_IGNORE
};

struct column {
	const char *name;      /* header cells joined; may be empty */
	const char *reference; /* as a contract names it: "計#2", "#3" */
	const char *key;       /* label_key of the last part, unit off */
	const char *unit;      /* of header, units row or cells; or NULL */
	const char *date;      /* in brackets in the name, or NULL */
	enum role role;
	size_t number; /* 1-based */
	size_t filled, numbers, marks, texts, whens[WHEN_MONTH + 1];
	size_t digits, padded, org_codes, blanks_below, percents, commas;
	int decimals;
	bool rising; /* whole numbers, each the one before and one */
	bool merged;
	const char **distinct;
	size_t n_distinct; /* DISTINCT_MAX: that many or more */
};

/* Where the table stands in the sample. */
struct table_place {
	size_t top, rows, units;
	size_t first, last; /* rows of data: first..last - 1 */
};

/* The parts of a draft, each NULL until something is known of it. */
struct draft {
	json_t *feed, *title, *url;
	json_t *format, *member, *sheet, *encoding, *csv, *records, *header;
	json_t *captures, *rows, *unpivot, *period, *organization, *indicator;
	json_t *dimensions, *values, *unit, *status, *flags, *footnotes;
	json_t *missing, *ignore, *indicators, *secrets;
};

/* The columns that unpivot makes rows of. */
struct wide {
	size_t n;
	enum when when;      /* of their names */
	const char *period;  /* the column that takes it: "時期", "月" */
	const char *label;   /* a second level of the header, or NULL */
	const char **labels; /* its texts */
	size_t n_labels;
	bool orgs;      /* local governments, and no periods */
	bool with_year; /* a month's year stands in the header, too */
	bool from_april, fiscal;
	bool bare;      /* some years have no era.. */
	bool inherited; /* ..but the first of them has */
};

/* A figure that wants an indicator. */
struct figure {
	const char *name; /* header or label; "" is the table as a whole */
	const char *unit; /* or NULL */
	size_t number;    /* of its column, or of its label; 0: the table */
	int decimals;
};

struct guess {
	struct arena *mem;
	const struct config *cfg;
	enum feed_format format;
	const char *stem; /* of the file's name: [a-z0-9_] */
	const char *file; /* the body's name, or NULL */
	const char *url;
	const char *sheet;         /* whose rows the sample has, or NULL */
	const char *const *sheets; /* of a workbook, by their place in it */
	size_t n_sheets;
	const char *title;  /* of the table, or NULL */
	const char *beside; /* the period found by beside_guess */
	const char *const
	    *note; /* （単位：千円、％） above the table, or NULL */
	struct sample sample;
	struct table_place at;
	struct column *columns;
	size_t n_columns;
	size_t n_data; /* rows of data in the sample */
	struct wide wide;
	const struct column *by_label; /* its labels are indicators, or NULL */
	bool *skipped;                 /* rows of the sample that are no data */
	struct draft draft;
	bool to_date;         /* figures run on since April */
	bool as_of;           /* 4月1日現在 stands above the table */
	bool repeats;         /* the header comes again below */
	size_t n_strange;     /* cells told of as neither figure nor mark */
	const char *unitless; /* names, for a doubt */
	const char *stocks, *flows; /* names of indicators, for a doubt */
	const char **doubts;
	size_t n_doubts, cap_doubts;
};

/* sample.c */
struct sampler;
/* placed: a cell's column is its place in the row, and not a byte of JSON. */
struct sampler *sampler_new(bool placed, struct arena *mem);
struct row_sink sampler_sink(struct sampler *s);
/* What was seen; lives in the sampler's arena. */
struct sample sampler_end(struct sampler *s);
/* The cell's text, "" where the row is short. */
const char *seen_at(const struct seen_row *row, size_t column);

/* look.c */
struct look look_at(const char *text, struct arena *mem);
/* look_when.c: its part of a look. */
enum when look_when(const char *text, struct look *out, struct arena *mem);
/* Why a mark stands for no number, or NULL: it is none that is known. */
const char *mark_reason(const char *text);
/* 人, 件, ％, 千円: a word that is a unit and nothing else. */
bool is_unit(const char *text);
bool is_total(const char *text, struct arena *mem);
/* ※, 注, 資料: the beginning of a note below a table. */
bool is_note(const char *text);

/* look_text.c */
bool has_figure(const char *text);
bool all_digits(const char *text);
/* Is one of the words (a list that ends in NULL) the key, or in it? */
bool key_is(const char *key, const char *const *words);
bool key_has(const char *key, const char *const *words);

/* header_guess.c: false: the sample has no rows of figures below a header. */
bool header_guess(const struct sample *s, struct arena *mem,
    struct table_place *out);
/* Rows of the header as contracts count them, blank lines among them. */
uint32_t header_rows(const struct sample *s, const struct table_place *at);
/* header_names.c: names as layout joins them. */
const char *const *header_names(const struct sample *s,
    const struct table_place *at, struct arena *mem);

/* rows_guess.c: notes, totals and sections, which are no data. */
void rows_guess(struct guess *g);
/* sections_guess.c */
void sections_guess(struct guess *g);
/* The first text of a row, and how many it has of its own. */
const char *row_first_text(const struct seen_row *row);
size_t row_texts(const struct seen_row *row);
/* {column?, how: what}, and where it goes; what is stolen. */
json_t *row_test(const char *column, const char *how, json_t *what);
void row_test_add(struct guess *g, const char *which, json_t *test);
void totals_guess(struct guess *g);
/* A column that is blank where the text above it goes on. */
void fill_down_guess(struct guess *g, const struct column *c);

/* column_guess.c */
void columns_look(struct guess *g);
void columns_assign(struct guess *g);
/* A row of data: one that no guess has taken out. */
bool row_is_data(const struct guess *g, size_t row);

/* Each fills its parts of g->draft. */
void above_guess(struct guess *g);  /* above_guess.c: title, unit */
void wide_guess(struct guess *g);   /* wide_guess.c */
bool period_guess(struct guess *g); /* period_guess.c; false: none found */
/* The first column that nothing has taken, of such cells (and so called). */
const struct column *column_of(const struct guess *g, enum when when,
    const char *const *names);
void take_period(struct guess *g, const struct column *c);
/* The year, as a period's template has it, of months that name none. */
const char *year_of_months(struct guess *g);
const char *year_with_month(struct guess *g, const char *text,
    const char *sample);
bool period_from_wide(struct guess *g); /* wide_period.c */
/* wide_period.c: R3実績 is of R3; R7目標 is a figure of another kind. */
const char *without_result(const char *part, struct arena *mem);
/* above_guess.c: (H29.8.31時点) in a column's name, or NULL. */
const char *date_in_name(const char *name, struct arena *mem);
/* above_guess.c: the one year in a column's name, or NULL. */
const char *year_in_name(const char *name, struct arena *mem);
/* above_guess.c: a period in the title or the file's name becomes a capture.
 * Its text as a period's template has it ("{時点}", "令和{年}年"), or NULL;
 * month: one of a month or day is looked for first; year: one without month is
 * looked for alone. */
const char *beside_guess(struct guess *g, bool month, bool year);
/* above_guess.c: what the pattern takes of a text; false: nothing. */
bool text_takes(struct guess *g, const char *text, const char *pattern,
    const char **taken);
/* period_words.c: 年度, 各月1日現在 and 累計, by which periods are read. */
void period_words(struct guess *g);
/* period_beside.c: a month that is the sheet's name, or a period below. */
bool period_beside(struct guess *g);
/* era_guess.c: the era of years that do not name it, told as a doubt. */
const char *era_guess(struct guess *g, long first, long last);
/* year_guess.c: 1年: no year that is written without its era. */
bool is_year_one(const char *text, struct arena *mem);
/* 28 below 平成27年: years that leave out all but their number. */
bool goes_on(const struct column *c, struct arena *mem);
/* 人口（2015年）, 人口（2020年）: each value has its own period. */
bool years_in_names(struct guess *g);
/* 西暦 beside 和暦, 年 beside 年月: the period again, and no figure. */
void leave_years(struct guess *g);
/* The period of days that come with a time of day. */
void cut_times(struct guess *g, const struct column *c);
/* A name for a column that is made, unlike those that are there. */
const char *made_name(const struct guess *g, const char *wish);
void org_guess(struct guess *g); /* org_guess.c */
/* org_names.c: 上田市, 長野県, 全国. */
bool is_org_name(const char *text, struct arena *mem);
/* A column of such names and their sums, or NULL. */
struct column *org_name_column(struct guess *g);
void leave_sums_of_orgs(struct guess *g, const struct column *c);
/* Their names across the header become rows. */
bool orgs_across(struct guess *g);
/* One organization for the whole table. */
void org_constant(struct guess *g);
void label_guess(struct guess *g); /* label_guess.c */
bool is_code_name(const char *key);
/* Figures of a few values that only name something: 区分, 種別, コード. */
bool is_category(const struct guess *g, const struct column *c);
bool value_guess(struct guess *g); /* value_guess.c; false: no figures */
/* value_guess.c: instead of values: the rows are counted. */
void count_guess(struct guess *g);
/* indicator_guess.c: its code, and the unit in which it is printed. */
const char *indicator_for(struct guess *g, const struct figure *f,
    const char **unit);
void measures_tell(struct guess *g);
void mark_guess(struct guess *g); /* mark_guess.c */
void comma_guess(struct guess *g);
/* shape_guess.c: the roles of a format that says what its columns are; false:
 * there is no period or no value among them. */
bool shape_guess(struct guess *g);
/* Columns that no other part has taken. */
void ignore_guess(struct guess *g);

/* doubt.c */
PRINTF(2, 3) void doubt(struct guess *g, const char *fmt, ...);

/* doubt.c: where it is: "line 3", or "sheet!B3"; column 0: only the row. */
const char *place(const struct guess *g, uint32_t line, uint32_t column);

/* unit_guess.c: each NULL when there is none. */
const char *unit_in_brackets(const char *text, struct arena *mem);
/* 市税収入・千円 */
const char *unit_behind(const char *name, struct arena *mem);
/* A cell that is a unit, with or without brackets. */
const char *unit_of_cell(const char *text, struct arena *mem);
/* （単位：千円、％） and the like above a table: a list that ends in NULL. */
const char *const *units_of_note(const char *text, struct arena *mem);
/* The one of them that is some multiple of the base, or NULL. */
const char *unit_among(const char *const *note, const char *base);
const char *unit_by_name(const char *key);
/* Is it counted in %, by the column's unit or its label? */
bool is_share(const struct column *c, const char *label, struct arena *mem);
/* The name without a unit in brackets at its end. */
const char *without_brackets(const char *text, struct arena *mem);

/* name.c */
/* [a-z0-9_] of a text's ASCII letters and digits, or "" when it has none. */
const char *ascii_name(const char *text, struct arena *mem);
/* The English name of a usual Japanese column, or NULL. */
const char *known_name(const char *key);
/* The file's name without directory, ending and dates, as [a-z0-9_]. */
const char *file_stem(const char *file, struct arena *mem);
/* A header's text on one line, without blanks at its ends. */
const char *one_line(const char *text, struct arena *mem);
/* As a pattern that finds just this text. */
const char *pattern_quote(const char *text, struct arena *mem);

/* (令和6年5月1日現在) as a pattern that finds it of any day. */
const char *pattern_of_dates(const char *text, struct arena *mem);

/* table_guess.c: all of a draft but what only a reading shows. */
bool table_guess(struct guess *g, struct kpid_err *err);
/* Where the header is; by_row: by its number, not by its names. */
void header_write(struct guess *g, bool by_row);
/* period_column.c */
void period_set(struct guess *g, const char *key, const char *text);
void period_inherit(struct guess *g);
/* The era of a column's years that name none. */
void period_era(struct guess *g, const struct column *c);
/* All that a contract says of a column of periods. */
void period_column(struct guess *g, struct column *c);
/* How often days come, in the words of a contract; NULL: they are none, "":
 * there is only one. */
const char *days_apart(const char *const *texts, size_t n, struct arena *mem);
/* period_column.c: is the period a day, and so maybe one of a case? */
bool has_days(const struct guess *g);

/* url_secret.c: the draft's URL; keys in it become secrets of the draft. */
const char *url_without_keys(struct guess *g);

/* contract_write.c */
/* The feed file, keys in the order of the documentation; in mem. */
const char *draft_write(const struct draft *d, struct arena *mem);
void draft_release(struct draft *d);
/* {"column": name} */
json_t *json_column(const char *name);
/* Sets *to to a new list when it is none yet, and appends item (stolen). */
void json_append(json_t **to, json_t *item);
void json_set_text(json_t **to, const char *key, const char *text);

#endif
