/*
 * A parameter that is a whole column: many values go to the server in one
 * statement, as PostgreSQL's binary form of an array.
 */
#ifndef KPID_DB_ARRAY_H
#define KPID_DB_ARRAY_H

#include "kpid/bytes.h"
#include "kpid/db.h"

enum db_element { DB_ARRAY_BYTEA = 17, DB_ARRAY_TEXT = 25 };

struct db_array {
	struct buf b;
	uint32_t n;
};

/* Empty; a statement's parameters are limited, and so is it. */
void db_array_init(struct db_array *a, enum db_element kind);
/* CLEANUP; twice is fine. */
void db_array_release(struct db_array *a);
/* p is copied; NULL is SQL null. false: over the limit, and as it was. */
MUST_CHECK bool db_array_put(struct db_array *a, const void *p, size_t len);
/* The same of a text. */
MUST_CHECK bool db_array_text(struct db_array *a, const char *text);
/* As a parameter; valid until the next put. */
struct db_param db_array_param(struct db_array *a);

#endif
