/*
 * The parts of loading a configuration; private to config.
 */
#ifndef CONFIG_LOAD_H
#define CONFIG_LOAD_H

#include "document.h"

/* What the key table cannot say of kpid.json: values against each other. */
void service_check(const struct document *d, struct service *s);

/* Reads and checks the indicators; problems say what is wrong. */
void indicators_load(const char *path, const struct reading *by,
    struct config *cfg);

/* Gives cfg a list of its own with room for so many more. */
void indicators_reserve(struct config *cfg, size_t more, struct arena *mem);
/* Adds those of f, which d holds, to cfg's; what clashes is a problem. Sets
 * what their other keys decide. Room is reserved. */
void indicators_add(const struct document *d, const struct indicator_file *f,
    struct config *cfg);
/* What they say of each other, once cfg has them all. */
void indicators_check(const struct document *d, const struct indicator_file *f,
    const struct config *cfg);

/* Which of its keys says how an indicator is computed; json is the indicator
 * as it is written. */
void derivation_settle(const json_t *json, struct indicator *it);
/* What the key table cannot say of it, against cfg's indicators; pointer is
 * the indicator's. */
void derivation_check(const struct document *d, const char *pointer,
    const struct config *cfg, const struct indicator *it);
/* Inputs that the feeds bring in other periods or by other dimensions. */
void derivations_check_feeds(const struct config *cfg, struct problems *all);
/* A derivation as the database reads it, NULL for none; the caller's. */
json_t *derivation_document(const struct derivation *how);

/* A feed file, under whatever name. Its indicators are added to cfg's; cfg
 * gives indicators (none at all: unknown codes are not looked for), roots and
 * organization. */
void feed_load(const char *path, const struct reading *by, struct config *cfg,
    struct feed *out);
/* Every *.json of the directory, by name. */
void feeds_load(const char *dir, const struct reading *by, struct config *cfg);

/* Puts into a contract's JSON what its format says by itself. */
void format_defaults(json_t *contract);
/* Values of f's contracts against each other and against cfg. */
void contracts_check(const struct document *d, const struct config *cfg,
    struct feed *f);
/* file: URLs become absolute and must stand below a root. */
void feed_url_check(const struct document *d, const struct config *cfg,
    struct feed *f);

/* Each secret is in the URL, each "{name}" in the URL is a secret. */
void feed_secrets_check(const struct document *d, const struct feed *f);

/* What f's URL says of periods and organizations, against 'template'. */
void feed_template_check(const struct document *d, const struct config *cfg,
    struct feed *f);
/* A directory of files that come, against the URL. */
void feed_drop_check(const struct document *d, struct feed *f);

/* Totals of f's gates name indicators that there are. */
void gates_check(const struct document *d, const struct config *cfg,
    const struct feed *f);
/* The gates as the database reads them; the caller's. */
json_t *gates_document(const struct gates *g);

/* The six digits of a local government, its check digit right; otherwise a
 * problem. NULL is fine. */
void organization_check(const struct document *d, const char *pointer,
    const char *code);

/* Adds a problem when cfg has indicators and none of that code. */
void indicator_check(const struct document *d, const char *pointer,
    const struct config *cfg, const char *code);

#endif
