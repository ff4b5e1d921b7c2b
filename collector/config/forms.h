/*
 * The regular expressions of the key tables, each compiled once for all files
 * of a configuration; private to config.
 */
#ifndef CONFIG_FORMS_H
#define CONFIG_FORMS_H

#include <stdbool.h>

struct forms;

struct forms *forms_new(void);
/* NULL is fine, and what is left of it afterwards. */
void forms_free(struct forms **forms);

/* Is text like the pattern? It outlives forms: a text of the program. */
bool form_matches(struct forms *forms, const char *pattern, const char *text);

#endif
