/*
 * One body's tables on their way to observations: what the files of this room
 * share. Private to it.
 */
#ifndef NORMALISE_NORMALISER_H
#define NORMALISE_NORMALISER_H

#include "kpid/normalise.h"
#include "kpid/pattern.h"
#include "dims.h"
#include "legend.h"
#include "mapping.h"
#include "memo.h"
#include "org_name.h"
#include "period_rule.h"
#include "series.h"
#include "spelling.h"

#define REASON_MAX   512
#define CLIP_BYTES   80  /* of a cell's text in a message */
#define FINDINGS_MAX 100 /* different ones; then one says so */

/* A label and the indicator it names; NULL when it names two, or none. */
struct label_name {
	const char *key;
	const struct indicator *indicator;
	bool ignored; /* the contract says that none is meant */
};

/* The fields that a row has once; dimensions come behind them. */
enum field_name {
	FIELD_PERIOD,
	FIELD_ORG,
	FIELD_INDICATOR,
	FIELD_STATUS,
	FIELD_UNIT,
	FIELD_DIMS /* the first of them */
};

struct normaliser;

/* What one field of the contract is read from, in the table at hand. */
struct field {
	const char *what;            /* "period", for messages */
	const struct source *source; /* declared or not */
	const struct place *place;   /* NULL until there is a header */
	struct pattern *pattern;     /* of the source, or NULL */
	bool part_optional;          /* not found in a cell: it is blank */
	struct buf text;             /* cells put into a text */
	struct buf rewritten;        /* groups put together anew */
	struct memo *memo;           /* NULL: read anew in each row */
	bool (*read)(struct normaliser *n, struct slice text,
	    struct memo_value *v, struct kpid_err *err);
	struct memo_value constant; /* when it is no column */
};

/* A text of the row, borrowed for it. */
struct cell_text {
	struct slice text;
	const struct cell *at; /* the cell to name in messages */
	struct cell absent;    /* which it is when the row is too short */
};

/* A value of the contract, made ready for the table at hand. */
struct value_plan {
	const struct contract_value *value;
	const struct indicator *indicator; /* NULL: the row names it */
	size_t column;                     /* NO_COLUMN: rows are counted */
	size_t status;           /* column of its flag, or NO_COLUMN */
	struct pattern *pattern; /* which part of the cell is read; or NULL */
	bool period_set;         /* not the row's, but this */
	struct period period;
	size_t *order;           /* of its own dimensions, by name */
	struct buf dims;         /* with constants of its own: their JSON.. */
	uint64_t dims_of;        /* ..made of the row's dims of this number */
	struct series *last;     /* the series that it had last, or NULL */
	struct value_rule *rule; /* what values_prepare made for it */
};

/* A row of which nobody knows whose it is or of when. */
struct keyless_row {
	uint32_t line;
	char raw[CLIP_BYTES + 1];
	char reason[REASON_MAX];
};

struct normaliser {
	const struct config *cfg;
	const struct feed *feed;
	struct arena *mem;
	const struct observation_sink *out;
	struct series_table series;
	struct spellings spellings; /* of dimensions */
	struct legend legend;
	uint64_t read;
	uint64_t findings[FINDINGS_MAX];
	size_t n_findings;

	/* The table at hand. */
	const struct contract *contract;
	struct arena header_mem; /* of map and found: of one header */
	struct mapping map;
	bool prepared; /* what the contract says without a header is read */
	bool *found;   /* JSON: column ever had a cell */
	uint64_t rows;
	uint64_t keyless; /* of them: nobody knows whose or of when */
	struct keyless_row first_keyless;
	uint32_t header_line;
	struct cell *notes; /* above the header, which may say a unit */
	size_t n_notes;
	struct field *fields; /* FIELD_DIMS + n_dims */
	struct value_plan *values;
	size_t n_values;
	const struct label_name *names;
	size_t n_names;
	struct org_reader orgs;
	struct period_rule period_rule;
	struct counts *counts; /* NULL: nothing is counted */
	struct dims dims;

	struct buf value;               /* canonical number of one cell */
	struct memo *memos[FIELD_UNIT]; /* of fields, cleared for each table */
	struct arena scratch;           /* of one lookup */
	char reason[REASON_MAX];
};

/* What a row says of all its values. */
struct row_key {
	struct period period;
	int org;
	const struct indicator *indicator; /* of values that name none */
	char status;
	const char *status_why; /* not NULL: values are rejects */
	struct slice unit;      /* trimmed; empty: the row says none */
	struct cell unit_cell;  /* where it stands, if it does */
	bool ignored;           /* its label is known and unused: no values */
};

/* The beginning of a text for a message, cut between two characters. */
struct slice cell_clip(struct slice text);

/* Writes n->reason and returns it. */
PRINTF(2, 3)
const char *normaliser_reason(struct normaliser *n, const char *fmt, ...);

/* The cell of this column; *absent (which the caller lends) when the row is
 * too short to have it. */
static inline const struct cell *
row_cell(const struct row *row, size_t column, struct cell *absent)
{
	if (column < row->n)
		return &row->cells[column];
	*absent = (struct cell){ .line = row->line,
		.text = slice_of(""),
		.column = (uint32_t)column + 1 };
	return absent;
}

/* Trimmed, and without the contract's footnote marks at its end. */
struct slice footnotes_cut(const struct contract *c, struct slice text);

/* Is the field read from the row, or the same in all of them? */
static inline bool
field_varies(const struct field *f)
{
	return f->place != NULL
	    && (f->place->column != NO_COLUMN || f->place->n_parts > 0);
}

/* The contract's sources made fields: patterns are read. */
MUST_CHECK bool fields_new(struct normaliser *n, struct kpid_err *err);
/* Where they stand in the header at hand, by n->map. */
void fields_place(struct normaliser *n);
/* Those that are no columns are read once. */
MUST_CHECK bool fields_constants(struct normaliser *n, struct kpid_err *err);
void fields_release(struct normaliser *n);
/* The field's cells put into a text. */
MUST_CHECK bool field_put(struct normaliser *n, const struct row *row,
    struct field *f, struct cell_text *out, struct kpid_err *err);

/* The field's cell as it stands, or its cells put into a text. */
MUST_CHECK static inline bool
field_raw(struct normaliser *n, const struct row *row, struct field *f,
    struct cell_text *out, struct kpid_err *err)
{
	if (f->place->n_parts > 0)
		return field_put(n, row, f, out, err);
	out->at = row_cell(row, f->place->column, &out->absent);
	out->text = out->at->text;
	return true;
}

/* What of a raw text is to be read: trimmed, footnotes off, its pattern's
 * part. *why: the pattern is not found in it. false: *err. */
MUST_CHECK bool field_part(struct normaliser *n, struct field *f,
    struct slice *text, const char **why, struct kpid_err *err);

/* What the field's kind of text means; all as in struct field. */
MUST_CHECK bool read_period(struct normaliser *n, struct slice text,
    struct memo_value *v, struct kpid_err *err);
MUST_CHECK bool read_org(struct normaliser *n, struct slice text,
    struct memo_value *v, struct kpid_err *err);
MUST_CHECK bool read_label(struct normaliser *n, struct slice text,
    struct memo_value *v, struct kpid_err *err);
MUST_CHECK bool read_status(struct normaliser *n, struct slice text,
    struct memo_value *v, struct kpid_err *err);

/*
 * Reads the row's period, organization, indicator, status, unit and
 * dimensions. false: *reject is filled in, the row has no key; or
 * reject->reason is NULL and *err says why the delivery cannot go on.
 */
MUST_CHECK bool row_key_read(struct normaliser *n, const struct row *row,
    struct row_key *out, struct reject *reject, struct kpid_err *err);
/* A text of the key that cannot be read: the whole row is a reject. */
void refuse_row(struct normaliser *n, const struct row *row,
    const struct field *f, const struct cell_text *raw, const char *why,
    struct reject *reject);
/* A status cell: *status, or *why it is none (told as a finding). */
MUST_CHECK bool status_read(struct normaliser *n, const struct row *row,
    size_t column, char *status, const char **why, struct kpid_err *err);

/* The contract's dimensions, in their order. */
void dims_prepare(struct normaliser *n);
/* Forgets what it has seen: the columns are others. */
void dims_forget(struct normaliser *n);
void dims_release(struct normaliser *n);
/* Into n->dims.at. false: *reject or, when its reason is NULL, *err says why
 * they cannot be read. */
MUST_CHECK bool dims_read(struct normaliser *n, const struct row *row,
    struct reject *reject, struct kpid_err *err);
/* The row's dimensions with the value's own among them, as JSON; borrowed. */
MUST_CHECK bool dims_of_value(struct normaliser *n, struct value_plan *p,
    struct slice *out, struct kpid_err *err);

/* The contract's values, without what a header tells. */
MUST_CHECK bool value_plans_new(struct normaliser *n, struct kpid_err *err);
/* Where they stand in the header at hand. */
void value_plans_place(struct normaliser *n);
void value_plans_release(struct normaliser *n);
/* The series and period of a value of this row. */
MUST_CHECK bool value_series(struct normaliser *n, const struct row_key *key,
    struct value_plan *p, struct series_key **out, struct kpid_err *err);
struct period value_period(const struct row_key *key,
    const struct value_plan *p);

/* For each header, when columns are known: units, scales. */
MUST_CHECK bool values_prepare(struct normaliser *n, struct kpid_err *err);
/* One value of a row, handed on as an observation or a reject, or counted. */
MUST_CHECK bool value_read(struct normaliser *n, const struct row *row,
    const struct row_key *key, struct value_plan *p, struct kpid_err *err);
/* After the last row: counts are handed on (and count in n->read). */
MUST_CHECK bool values_end(struct normaliser *n, struct kpid_err *err);

/* All labels that name an indicator, into n->names. */
void indicator_names(struct normaliser *n);
/* The indicator of this code; one that the configuration does not know has a
 * code and nothing else. */
const struct indicator *indicator_of(struct normaliser *n, const char *code);
/* NULL and *why: unknown, or it names two; or *ignored. */
const struct indicator *indicator_by_label(struct normaliser *n,
    struct slice label, const char **why, bool *ignored);

/* Hands on a finding, once for each kind and text; the contract may say that
 * its kind holds. */
MUST_CHECK bool finding_once(struct normaliser *n, const struct finding *f,
    struct kpid_err *err);
/* The text as it stands between the quotes of JSON, clipped. */
void finding_quote(struct slice text, char out[2 * CLIP_BYTES + 1]);
/* A label that names no indicator, with what may be meant. */
MUST_CHECK bool finding_label(struct normaliser *n, const struct cell *cell,
    struct slice label, struct kpid_err *err);
/* A mark that the contract does not explain, in a column of values; with what
 * the body says of it. */
MUST_CHECK bool finding_mark(struct normaliser *n, const struct cell *cell,
    const char *column, struct kpid_err *err);
/* A status text that the contract does not map. */
MUST_CHECK bool finding_status(struct normaliser *n, const struct cell *cell,
    struct kpid_err *err);
/* A unit that is not the one that the contract says of this value; holds. */
MUST_CHECK bool finding_unit(struct normaliser *n, const struct cell *cell,
    struct slice unit, const struct value_plan *p, struct kpid_err *err);
/* Does a label say a unit that its indicator's figures are not taken for? */
bool label_says_unit(const struct normaliser *n, struct slice label,
    const struct indicator *ind);
/* It does; holds. */
MUST_CHECK bool finding_label_unit(struct normaliser *n,
    const struct cell *cell, struct slice label, const struct indicator *ind,
    struct kpid_err *err);
/* A member of JSON records that the contract does not name, by its path. */
MUST_CHECK bool finding_extra(struct normaliser *n, struct slice path,
    uint32_t line, uint32_t column, struct kpid_err *err);
/* None of the table's rows has a key; holds. */
MUST_CHECK bool finding_unreadable(struct normaliser *n, struct kpid_err *err);
/* The body says that it is a part of something; holds. */
MUST_CHECK bool finding_partial(struct normaliser *n, const char *text,
    struct kpid_err *err);
/* The header's columns that the contract does not speak of. */
MUST_CHECK bool finding_columns(struct normaliser *n,
    const struct table_header *h, struct kpid_err *err);
/* Units of the header that are not those of the contract's values. */
MUST_CHECK bool finding_header_units(struct normaliser *n,
    const struct table_header *h, struct kpid_err *err);
/* Columns of JSON that no record had: the path leads nowhere any more. */
MUST_CHECK bool finding_empty_paths(struct normaliser *n, struct kpid_err *err);

#endif
