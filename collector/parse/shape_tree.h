/*
 * A part of a JSON document held in memory: what explains its codes, or one
 * of its observations. Each value knows where it stood.
 */
#ifndef KPID_PARSE_SHAPE_TREE_H
#define KPID_PARSE_SHAPE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json_reader.h"
#include "kpid/arena.h"
#include "kpid/limits.h"

struct json_value {
	enum json_kind kind;
	bool passed_over; /* a list of observations: n is how many it has,
			   * and there are no children */
	uint32_t line, column;
	struct slice key;  /* of a member */
	struct slice text; /* of a scalar */
	struct slice raw;  /* a number's token, where text was made of it */
	size_t n;          /* children */
	struct json_value *child, *last, *next;
};

/* Being built; begin with tree_begin. */
struct json_tree {
	struct arena *mem;
	size_t bytes, max;    /* taken, with what each value costs */
	const char *max_name; /* of the limit */
	struct json_value *root;
	struct json_value *open[LIMIT_JSON_DEPTH];
	size_t depth;
	struct slice key; /* of the member that comes */
};

/* Empty; values live in mem and take max bytes at the most. */
void tree_begin(struct json_tree *t, struct arena *mem, size_t max,
    const char *max_name);
/* Any token of the document, in order. */
MUST_CHECK bool tree_put(struct json_tree *t, struct json_reader *r,
    const struct json_token *token);
/* The root is there and closed. */
bool tree_whole(const struct json_tree *t);

/* NULL when v is NULL, no object, or has no such member. */
const struct json_value *value_member(const struct json_value *v,
    const char *name);
/* By steps, up to a NULL. */
const struct json_value *value_at(const struct json_value *v,
    const char *const *steps);
/* NULL when v is NULL, no array, or shorter. */
const struct json_value *value_element(const struct json_value *v, size_t i);
bool value_is(const struct json_value *v, enum json_kind kind);
/* Of a scalar; empty for everything else and for NULL. */
struct slice value_text(const struct json_value *v);
/* A whole number without sign, up to 18 digits. */
MUST_CHECK bool value_number(const struct json_value *v, uint64_t *out);
/* The same of any text. */
MUST_CHECK bool slice_number(struct slice s, uint64_t *out);

/* What an object or array holds; an object stands for a list of itself, as
 * where a publisher leaves out the list around one thing. */
const struct json_value *value_first(const struct json_value *v);
const struct json_value *value_next(const struct json_value *list,
    const struct json_value *v);

/* Values by a text, for many look-ups. */
struct value_index {
	struct value_entry {
		struct slice key;
		const struct json_value *value;
	} * list;
	size_t n;
};

/* The members of an object by their names, in mem. */
struct value_index index_members(const struct json_value *object,
    struct arena *mem);
/* list[0..n) filled by the caller; sorts it. */
void index_sort(struct value_index *index);
/* NULL: it is not there. */
const struct value_entry *index_entry(const struct value_index *index,
    struct slice key);
/* Its value, or NULL. */
const struct json_value *index_find(const struct value_index *index,
    struct slice key);

#endif
