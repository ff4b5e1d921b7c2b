/*
 * The inside of the named JSON shapes: what each of them says of itself, and
 * the table that all of them fill.
 */
#ifndef KPID_PARSE_SHAPE_H
#define KPID_PARSE_SHAPE_H

#include "kpid/parse.h"
#include "shape_walk.h"

struct shape;

struct shape_kind {
	const char *name;       /* as in "format" */
	const char *title;      /* for people */
	const char *looked_for; /* what a document of it has */
	/* From the explaining part; root may be NULL or not whole. */
	bool (*is)(const struct json_value *root);
	/* false: root is an answer that tells an error, which is set; any root,
	 * NULL too. */
	bool (*fine)(struct shape *s, const struct json_value *root);
	struct shape_lists lists;
	bool paged;  /* documents one behind the other are one answer */
	size_t size; /* of what it keeps, zeroed: shape.of */
	/* First pass. Not paged: root lives as long as the shape; else only
	 * for the call. */
	bool (*document)(struct shape *s, const struct json_value *root);
	/* Between the passes: adds the columns; NULL: document did. */
	bool (*columns)(struct shape *s);
	/* Legends and what is missing, or NULL. */
	bool (*tell)(struct shape *s);
	/* Second pass: sends rows. */
	bool (*item)(struct shape *s, const struct shape_item *item);
	/* After the last, or NULL: sends what no item stands for. */
	bool (*end)(struct shape *s);
};

struct shape {
	const struct shape_kind *kind;
	void *of; /* its own */
	struct arena *mem;
	const struct row_sink *sink;
	struct kpid_err *err;
	struct slice *names; /* of the columns */
	size_t n, cap;
	struct cell *cells; /* of the row being filled */
	uint32_t row_line;
	size_t kept; /* bytes that shape_keep took */
	size_t documents;
	/* First observation of the document that is told, or NULL. */
	const struct json_value *sample;
	struct shape_walk walk;
};

/* NULL: the format is no JSON shape. */
const struct shape_kind *shape_kind_of(enum feed_format format);

extern const struct shape_kind shape_estat, shape_ckan, shape_json_stat,
    shape_sdmx, shape_world_bank;

/* Sets the error, with the place of v before it (NULL: none). Returns
 * false. */
PRINTF(3, 4)
bool shape_refuse(struct shape *s, const struct json_value *v, const char *fmt,
    ...);
/* The place of a column by its name, which is added when it is not there;
 * the name is copied. */
MUST_CHECK bool shape_column(struct shape *s, struct slice name, size_t *out);
/* name and name_name. */
MUST_CHECK bool shape_column_pair(struct shape *s, struct slice id,
    size_t *out);
/* A copy that outlives documents; counts against LIMIT_JSON_META_BYTES. */
MUST_CHECK bool shape_keep(struct shape *s, struct slice text,
    struct slice *out);
/* Tells sink->partial, when the sink wants to know. */
PRINTF(2, 3) bool shape_partial(struct shape *s, const char *fmt, ...);

/* A row: all cells null at v, then some set, then sent. v is not where the
 * value stands: a cell is found again by its place. */
void shape_row(struct shape *s, const struct json_value *v);
/* text must live until the row is sent; NULL for at: where the row is. */
void shape_set(struct shape *s, size_t column, struct slice text,
    const struct json_value *at);
/* A scalar; null and NULL leave the cell null, an object or array is "{..}"
 * or "[..]", which no number or code is like. */
void shape_set_value(struct shape *s, size_t column,
    const struct json_value *v);
MUST_CHECK bool shape_send(struct shape *s);

#endif
