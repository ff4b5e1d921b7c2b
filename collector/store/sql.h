/* The files of sql/, built in by sql/embed.sh. */
#ifndef STORE_SQL_H
#define STORE_SQL_H

struct sql_file {
	const char *name; /* "migrations/0001_catalogue.sql" */
	int number;       /* of a migration; else 0 */
	const char *text;
};

/* Migrations first, in order; ends with a name of NULL. */
extern const struct sql_file sql_files[];

/* What makes roles and kpid_meta.applied, before the first of them. */
extern const char sql_bootstrap[];

#endif
