#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "problem.h"

static void
append(struct problems *all, const char *file, int line, const char *text)
{
	if (all->n == all->cap) {
		size_t cap = all->cap == 0 ? 16 : 2 * all->cap;
		struct problem *list =
		    arena_array(all->mem, cap, sizeof(*list));

		if (all->n > 0)
			memcpy(list, all->list, all->n * sizeof(*list));
		all->list = list;
		all->cap = cap;
	}
	all->list[all->n++] =
	    (struct problem){ .file = arena_strdup(all->mem, file),
		    .line = line,
		    .text = arena_strdup(all->mem, text) };
}

void
problem_add(struct problems *all, const char *file, int line, const char *fmt,
    ...)
{
	char text[KPID_ERR_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	append(all, file, line, text);
}

void
problem_warn(struct problems *all, const char *file, int line, const char *fmt,
    ...)
{
	char text[KPID_ERR_MAX];
	va_list ap;

	if (all->warnings == NULL)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	append(all->warnings, file, line, text);
}

const char *
problem_place(const char *file, int line, struct arena *mem)
{
	return line > 0 ? arena_printf(mem, "%s:%d", file, line)
			: arena_strdup(mem, file);
}

static int
by_place(const void *a, const void *b)
{
	const struct problem *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	return order != 0 ? order : strcmp(x->text, y->text);
}

void
problems_sort(struct problems *all, size_t from)
{
	if (all->n > from)
		qsort(all->list + from, all->n - from, sizeof(*all->list),
		    by_place);
}
