/*
 * "{年}年{月}月": a text that cells are put into. {{ and }} are braces.
 */
#ifndef CONFIG_TEMPLATE_H
#define CONFIG_TEMPLATE_H

#include "kpid/bytes.h"
#include "kpid/error.h"

/* Is text one that names a column at least? */
MUST_CHECK bool template_check(const char *text, struct kpid_err *err);

/* The next name between braces; *rest is moved behind it. false: no more.
 * For texts that template_check has taken. */
bool template_next(struct slice *rest, struct slice *name);

/* The number that a name is ("3"), 0 when it is none. */
size_t group_number(struct slice name);

#endif
