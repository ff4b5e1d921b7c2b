/*
 * Paths into a JSON document, compiled once.
 *
 * The path of the records is a list of steps. The paths of the columns are a
 * tree, so that one look-up a member serves all columns.
 */
#ifndef KPID_PARSE_JSON_PATH_H
#define KPID_PARSE_JSON_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/error.h"

enum json_step_kind {
	STEP_MEMBER,     /* .name ['name'] */
	STEP_ELEMENT,    /* [3] */
	STEP_ANY_MEMBER, /* .* */
	STEP_ANY_ELEMENT /* [*]: also the object itself, where a
				 * publisher writes one record without a list */
};

struct json_step {
	enum json_step_kind kind;
	struct slice name;
	size_t index;
};

struct json_path {
	struct json_step *steps;
	size_t n;
	bool from_root; /* begins with $ */
};

/* Steps and names live in mem. */
MUST_CHECK bool json_path_compile(const char *text, struct arena *mem,
    struct json_path *out, struct kpid_err *err);

struct json_node {
	struct json_step step;
	struct json_node *child, *sibling;
	size_t column;         /* or JSON_NO_COLUMN */
	size_t seen_in;        /* the object that last had it */
	struct json_node *any; /* [*] that it lies in, or NULL */
	uint64_t sent; /* of a [*]: records before the element at hand */
	struct json_node *parent;
	bool unspoken; /* a member that no column names, told already */
};

#define JSON_NO_COLUMN ((size_t)-1)

/* The columns of a table: where each is found. */
struct json_columns {
	struct json_node *record;        /* from the record */
	struct json_node *root;          /* from the document */
	const struct json_path *records; /* borrowed */
	size_t *same_as;          /* an earlier column of the same path */
	size_t key, index, value; /* @key @index @value */
	size_t n;
};

/*
 * Paths as in contracts; false names the one that is none. A path from the
 * root may go through the same * as the records': it is then a member of what
 * the record lies in.
 */
MUST_CHECK bool json_columns_compile(const char *const *columns, size_t n,
    const struct json_path *records, struct arena *mem,
    struct json_columns *out, struct kpid_err *err);

/* NULL: no column lies there. parent may be NULL. */
struct json_node *json_node_member(struct json_node *parent, struct slice name);
/* As json_node_member, by place. */
struct json_node *json_node_element(struct json_node *parent, size_t index);

/* The * below parent, or NULL. */
struct json_node *json_node_any(struct json_node *parent,
    enum json_step_kind kind);

#endif
