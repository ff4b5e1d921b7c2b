/*
 * The structure of an SDMX-JSON message: shape_sdmx_part.c reads it and puts
 * its codes into cells, shape_sdmx.c walks over data sets and series.
 */
#ifndef KPID_PARSE_SHAPE_SDMX_H
#define KPID_PARSE_SHAPE_SDMX_H

#include "shape.h"

#define SDMX_DIMS  64 /* of one structure */
#define SDMX_MASKS 16 /* kinds of partial keys of one data set */

/* A dimension, attribute or measure. */
struct sdmx_part {
	struct slice id;
	const struct json_value **values; /* what an index means */
	size_t n;
	const struct json_value *missing; /* "default", or NULL */
	size_t column;
};

struct sdmx_parts {
	struct sdmx_part *list;
	size_t n;
};

enum sdmx_level {
	SDMX_DIM_SET, /* one value for the whole data set */
	SDMX_DIM_SERIES,
	SDMX_DIM_OBS,
	SDMX_MEASURE,
	SDMX_ATTR_SET,
	SDMX_ATTR_GROUP, /* by some of the dimensions */
	SDMX_ATTR_SERIES,
	SDMX_ATTR_OBS,
	SDMX_LEVELS
};

struct sdmx_structure {
	struct sdmx_parts parts[SDMX_LEVELS];
};

/* Adds the columns of its parts. */
MUST_CHECK bool sdmx_structure_make(struct shape *s,
    const struct json_value *node, struct sdmx_structure *out);

/* A code of a dimension and its name. */
MUST_CHECK bool sdmx_set_dim(struct shape *s, const struct sdmx_part *p,
    uint64_t index, const struct json_value *at);
/* An index, a list of them, or the value itself; NULL or null: the default. */
MUST_CHECK bool sdmx_set(struct shape *s, const struct sdmx_part *p,
    const struct json_value *v);
/* The elements of a list, one for each part, skip of them left out. */
MUST_CHECK bool sdmx_set_all(struct shape *s, const struct sdmx_parts *parts,
    const struct json_value *list, size_t skip);

#endif
