/*
 * One feed's table on its way to observations: what normalise.c, row_key.c,
 * dims.c, value.c, indicator_label.c and finding.c share. Private to this room.
 */
#ifndef NORMALISE_NORMALISER_H
#define NORMALISE_NORMALISER_H

#include "kpid/normalise.h"
#include "mapping.h"
#include "memo.h"
#include "org_code.h"
#include "series.h"

#define REASON_MAX   512
#define CLIP_BYTES   80   /* of a cell's text in a message */
#define DIMS_MAX     4096 /* bytes of a series' dimensions */
#define FINDINGS_MAX 100  /* different ones; then one says so */

/* A label and the indicator it names; code is NULL when it names two. */
struct label_name {
	const char *key, *code;
};

struct normaliser {
	const struct config *cfg;
	const struct feed *feed;
	const struct contract *contract;
	struct arena *mem;
	const struct observation_sink *out;
	struct mapping map;
	bool mapped;
	bool *found; /* column ever had a cell */
	uint64_t read, rows;
	uint32_t header_line;

	struct memo_value period, org, indicator; /* constants */
	struct memo *periods, *orgs, *labels, *statuses;
	enum org_form org_form;
	const struct label_name *names;
	size_t n_names;
	size_t *dims; /* indexes, sorted by name */

	struct series_table series;
	struct buf value, dims_text;
	struct arena scratch; /* of one lookup */
	char reason[REASON_MAX];
	uint64_t findings[FINDINGS_MAX];
	size_t n_findings;
};

/* What a row says of all its values. */
struct row_key {
	struct period period;
	int org;
	const char *indicator; /* of values that name none */
	char status;
	const char *status_why; /* not NULL: values are rejects */
};

/* The beginning of a text for a message, cut between two characters. */
struct slice cell_clip(struct slice text);

/* Writes n->reason and returns it. */
PRINTF(2, 3)
const char *normaliser_reason(struct normaliser *n, const char *fmt, ...);

/* The cell of this column; *absent (which the caller lends) when the row is
 * too short to have it. */
const struct cell *row_cell(const struct row *row, size_t column,
    struct cell *absent);

/* Constants, label and dimension tables, from the contract. */
void row_key_prepare(struct normaliser *n);
/* A constant of the contract that cannot be read is an error. */
MUST_CHECK bool row_key_check(const struct normaliser *n, struct kpid_err *err);

/*
 * Reads the row's period, organization, indicator, status and dimensions
 * (into n->dims_text). false: *reject is filled in, the row has no key; or
 * reject->reason is NULL and *err says why the delivery cannot go on.
 */
MUST_CHECK bool row_key_read(struct normaliser *n, const struct row *row,
    struct row_key *out, struct reject *reject, struct kpid_err *err);

/* The order of the dimensions, and a row's as JSON in n->dims_text. */
void dims_prepare(struct normaliser *n);
/* false: they are longer than a row may have (DIMS_MAX). */
MUST_CHECK bool dims_read(struct normaliser *n, const struct row *row,
    struct kpid_err *err);

/* One value of a row, handed on as an observation or a reject. */
MUST_CHECK bool value_read(struct normaliser *n, const struct row *row,
    const struct row_key *key, size_t value, struct kpid_err *err);

/* All labels that name an indicator, into n->names. */
void indicator_names(struct normaliser *n);
/* NULL and *why: unknown, or it names two. */
const char *indicator_by_label(struct normaliser *n, struct slice label,
    const char **why);

/* Hands on a finding that holds nothing, once for each kind and text. */
MUST_CHECK bool finding_once(struct normaliser *n, const struct finding *f,
    struct kpid_err *err);
/* A label that names no indicator, with what may be meant. */
MUST_CHECK bool finding_label(struct normaliser *n, const struct cell *cell,
    struct kpid_err *err);
/* A mark that the contract does not explain, in a column of values. */
MUST_CHECK bool finding_mark(struct normaliser *n, const struct cell *cell,
    const char *column, struct kpid_err *err);
/* A status text that the contract does not map. */
MUST_CHECK bool finding_status(struct normaliser *n, const struct cell *cell,
    struct kpid_err *err);
/* The header's columns that the contract does not speak of. */
MUST_CHECK bool finding_columns(struct normaliser *n, const struct row *header,
    struct kpid_err *err);
/* Columns of JSON that no record had: the path leads nowhere any more. */
MUST_CHECK bool finding_empty_paths(struct normaliser *n, struct kpid_err *err);

#endif
