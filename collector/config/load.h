/*
 * The parts of loading a configuration; private to config.
 */
#ifndef CONFIG_LOAD_H
#define CONFIG_LOAD_H

#include "document.h"

/* What the key table cannot say of kpid.json: values against each other. */
void service_check(const struct document *d, struct service *s);

/* Reads and checks the indicators; problems say what is wrong. */
void indicators_load(const char *path, struct arena *mem, struct config *cfg,
    struct problems *all);

/* A feed file. Its name must be the file's, unless any_name. cfg: indicators
 * (none at all: unknown codes are not looked for), roots, organization. */
void feed_load(const char *path, bool any_name, const struct config *cfg,
    struct arena *mem, struct problems *all, struct feed *out);
/* Every *.json of the directory, by name. */
void feeds_load(const char *dir, struct arena *mem, struct config *cfg,
    struct problems *all);

/* Values of d's contract against each other and against cfg. */
void contract_check(const struct document *d, const struct config *cfg,
    struct contract *c);
/* file: URLs become absolute and must stand below a root. */
void feed_url_check(const struct document *d, const struct config *cfg,
    struct feed *f);

/* The six digits of a local government, its check digit right; otherwise a
 * problem. NULL is fine. */
void organization_check(const struct document *d, const char *pointer,
    const char *code);

/* Adds a problem when cfg has indicators and none of that code. */
void indicator_check(const struct document *d, const char *pointer,
    const struct config *cfg, const char *code);

/* The document for the database: feeds and indicators. */
const char *config_document(const struct config *cfg, struct arena *mem);

#endif
