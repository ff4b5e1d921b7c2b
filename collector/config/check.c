/* What the checks of a contract share. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "kpid/label.h"

void
check_problem(const struct check *k, const char *below, const char *fmt, ...)
{
	char text[KPID_ERR_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	document_problem(k->d,
	    arena_printf(k->d->scratch, "%s%s", k->pointer, below), "%s", text);
}

const json_t *
check_json(const struct check *k, const char *key)
{
	return json_object_get(k->json, key);
}

bool
source_declared(const struct source *s)
{
	return s->column != NULL || s->constant != NULL || s->text != NULL;
}

bool
same_label(const char *a, const char *b, struct arena *mem)
{
	return strcmp(label_key(slice_of(a), mem), label_key(slice_of(b), mem))
	    == 0;
}
