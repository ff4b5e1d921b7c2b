/*
 * The inside of a JSON table: json_table.c sets it up, json_walk.c turns
 * tokens into rows.
 */
#ifndef KPID_PARSE_JSON_TABLE_H
#define KPID_PARSE_JSON_TABLE_H

#include "json_path.h"
#include "json_reader.h"
#include "kpid/limits.h"
#include "kpid/parse.h"
#include "kpid/place.h"

/* What a value is to the paths. */
struct json_match {
	int step;                        /* steps of the records' path that it
					 * fulfils; JSON_OFF: none */
	struct json_node *root, *record; /* NULL: no column here */
};

#define JSON_OFF (-1)

/* An object or array that is open. */
struct json_frame {
	struct json_match match;
	bool array;
	bool path_seen; /* the member on the records' path */
	size_t index;   /* of its next value */
	size_t serial;  /* tells objects apart */
};

struct json_table {
	struct arena *mem;
	struct json_reader reader;
	const char *records_text;
	const char **names; /* columns as given */
	struct json_path records;
	struct json_columns columns;

	struct json_frame stack[LIMIT_JSON_DEPTH];
	size_t depth;
	struct json_match next; /* of the member whose key was read */
	size_t serial, value_index;
	struct slice key; /* of a record, in row_mem */
	bool has_key;

	struct cell *cells, *fixed; /* fixed: columns from the root */
	struct arena row_mem;
	size_t row_bytes;
	struct place record; /* where it begins */
	bool in_record, begun, reached, any_record;
	size_t record_depth;

	const struct row_sink *sink; /* of the push under way */
	struct kpid_err *err;
};

/* What the reader calls; the context is the table. */
bool json_walk_token(void *table, const struct json_token *t);

#endif
