/*
 * A JSON-stat data set: its dimensions and what the places of its values mean.
 */
#ifndef KPID_PARSE_SHAPE_CUBE_H
#define KPID_PARSE_SHAPE_CUBE_H

#include "shape.h"

struct cube_category {
	struct slice code, label, unit;
	struct json_value at, label_at, unit_at; /* where they stand */
};

struct cube_dim {
	struct slice id;
	struct cube_category *categories;
	size_t n;
	size_t column; /* its name stands in the next */
};

struct cube {
	size_t place;      /* among the data sets of the document */
	struct slice name; /* for the column dataset */
	const struct json_value *node, *values;
	struct cube_dim *dims;
	size_t n_dims;
	uint64_t total; /* values, those that are absent too */

	struct slice status; /* of all values, or empty */
	const struct json_value *status_at;
	const struct json_value **statuses; /* of each, or NULL */
	struct value_index status_index;    /* by place */
	bool *status_used;                  /* of either, by its place there */
	size_t n_statuses;
};

/* The status of one value, or NULL; it is then one that was used. */
const struct json_value *cube_status(const struct cube *c, uint64_t place);
/* The next one that belongs to no value that was there, with its place; *at
 * begins as 0. NULL: there are no more. */
const struct json_value *cube_status_unused(const struct cube *c, size_t *at,
    uint64_t *place);

/* From its node; everything lives in s->mem. */
MUST_CHECK bool cube_make(struct shape *s, const struct json_value *node,
    struct cube *out);

#endif
