/* The columns of goal and target files, and how their cells are read. */
#ifndef EVALUATE_COLUMNS_H
#define EVALUATE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "kpid/arena.h"
#include "kpid/bytes.h"

enum column_type {
	COLUMN_TEXT,
	COLUMN_WORD, /* WORD: one of `words` */
	COLUMN_NUMBER,
	COLUMN_DATE,
	COLUMN_FISCAL_YEAR,
	COLUMN_ORG,
	COLUMN_PLAN,
	COLUMN_CALENDAR,
	COLUMN_DIMS
};

struct column {
	const char *key;   /* in JSON and in English headers */
	const char *label; /* in Japanese headers */
	enum column_type type;
	bool required;     /* the cell may not be blank */
	const char *words; /* " at_least at_most " */
};

extern const struct column goal_columns[], target_columns[];
extern const size_t n_goal_columns, n_target_columns;

/*
 * One cell as JSON: strings, numbers as canonical text, a plan as an array of
 * {first, last, amount}; JSON null for a blank. NULL: *why says what is wrong
 * with it (in mem). A new reference.
 */
json_t *column_read(const struct column *c, struct slice cell,
    struct arena *mem, const char **why);

#endif
