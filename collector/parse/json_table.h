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
	struct place record;          /* where it begins */
	struct buf *fixed_text;       /* of those */
	uint64_t sent, document_sent; /* records, and before this document */
	bool in_record, begun, reached;
	size_t record_depth;
	size_t unspoken;      /* members told as unspoken */
	struct place bad;     /* of the value that makes the record none.. */
	bool bad_array;       /* ..an array, or an object.. */
	const char *bad_name; /* ..in this column; NULL: it is a record */

	const struct row_sink *sink; /* of the push under way */
	struct kpid_err *err;
};

/* ---- json_record.c */

/* What stands where the last token does, in a column of the record;
 * JSON_NO_COLUMN: in none. */
MUST_CHECK bool json_fill(struct json_table *p, size_t column,
    const struct json_token *t);
/* The same of a column from the root, which holds for the records behind. */
MUST_CHECK bool json_fill_fixed(struct json_table *p, const struct json_node *n,
    const struct json_token *t);
/* An array or object begins; false: where such a column is expected. */
MUST_CHECK bool json_fixed_container(struct json_table *p,
    const struct json_node *n, bool array);
/* Notes why the record is none: an array or object where one value should be.
 * The other records are not concerned. */
void json_spoil(struct json_table *p, size_t column, bool array);
MUST_CHECK bool json_record_begin(struct json_table *p);
/* Sends it. */
MUST_CHECK bool json_record_end(struct json_table *p);

/* ---- json_extra.c, json_walk.c */

/* A member of a record that no column names; tells the sink once of
 * each name. parent: the node of what it stands in. */
MUST_CHECK bool json_extra(struct json_table *p, struct json_node *parent,
    struct slice name);

/* What the reader calls; the context is the table. */
bool json_walk_token(void *table, const struct json_token *t);

#endif
