/*
 * The classes of an e-Stat table: shape_estat_class.c collects them from
 * pages, shape_estat.c looks codes up.
 */
#ifndef KPID_PARSE_SHAPE_ESTAT_H
#define KPID_PARSE_SHAPE_ESTAT_H

#include "shape.h"

#define ESTAT_CLASSES 32 /* tab, cat01 to cat15, area, time */

struct estat_code {
	struct slice code, name, unit;
	uint32_t line, column; /* where the name stands */
};

struct estat_class {
	struct slice id;           /* cat01 */
	struct slice member;       /* @cat01 */
	bool explained;            /* CLASS_INF has it */
	struct estat_code **codes; /* by code */
	size_t n, cap;
	const struct estat_code *last; /* found */
	size_t column, name_column;
};

struct estat_classes {
	struct estat_class list[ESTAT_CLASSES];
	size_t n;
};

/* The member that all stands in: GET_STATS_DATA, or another call's; NULL when
 * there is none. */
const struct json_value *estat_top(const struct json_value *root);

/* Adds what CLASS_INF of a page has. */
MUST_CHECK bool estat_classes_add(struct shape *s, struct estat_classes *all,
    const struct json_value *class_inf);
/* A class that only observations name: "@cat01". */
MUST_CHECK bool estat_class_unexplained(struct shape *s,
    struct estat_classes *all, struct slice member);
/* NULL: it is not there. */
struct estat_class *estat_class_of(struct estat_classes *all,
    struct slice member);
const struct estat_code *estat_code_of(struct estat_class *c,
    struct slice code);

#endif
