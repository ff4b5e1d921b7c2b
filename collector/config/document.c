#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "document.h"
#include "kpid/file.h"
#include "kpid/limits.h"

/* jansson ends its texts with "near '...'": the line says it better. */
static void
syntax_problem(const struct document *d, json_error_t *error)
{
	char *near = strstr(error->text, " near '");

	if (json_error_code(error) == json_error_duplicate_key) {
		problem_add(d->all, d->file, error->line, "duplicate key%s",
		    near == NULL ? "" : near);
		return;
	}
	if (near == NULL) { /* at the end of the file */
		problem_add(d->all, d->file, error->line, "not JSON: %s",
		    error->text);
		return;
	}
	*near = '\0';
	problem_add(d->all, d->file, error->line, "not JSON: %s at column %d",
	    error->text, error->column);
}

/* Editors of Windows put a byte order mark in front. */
static struct slice
without_bom(struct slice text)
{
	if (text.len < 3 || memcmp(text.ptr, "\xef\xbb\xbf", 3) != 0)
		return text;
	return (struct slice){ text.ptr + 3, text.len - 3 };
}

/* It stands in front of a problem already. */
static const char *
without_path(const char *text, const char *path, struct arena *mem)
{
	const char *quoted = arena_printf(mem, " '%s'", path);
	const char *at = strstr(text, quoted);

	return at == NULL ? text
			  : arena_printf(mem, "%.*s%s", (int)(at - text), text,
			      at + strlen(quoted));
}

bool
document_open(const char *path, const struct reading *by, struct arena *scratch,
    struct document *out)
{
	struct kpid_err err = { 0 };
	struct slice text;
	json_error_t error;
	struct document d = { .path = path,
		.dir = path_dir(path, scratch),
		.file = arena_strdup(by->mem, path_shown(path)),
		.mem = by->mem,
		.scratch = scratch,
		.all = by->all,
		.forms = by->forms,
		.defaults = by->defaults };

	*out = d;
	if (!file_read(path, LIMIT_CONFIG_BYTES, KPID_ECONFIG, scratch, &text,
		&err)) {
		problem_add(d.all, d.file, 0, "%s",
		    without_path(err.msg, path, scratch));
		return false;
	}
	text = without_bom(text);
	d.root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &error);
	*out = d;
	if (d.root == NULL) {
		syntax_problem(&d, &error);
		return false;
	}
	if (!json_is_object(d.root)) {
		problem_add(d.all, d.file, 1, "must be an object, not a list");
		return false;
	}
	if (!positions_read(text, scratch, &out->places, &err)) {
		problem_add(d.all, d.file, 1, "%s", err.msg);
		return false;
	}
	return true;
}

void
document_close(struct document *d)
{
	json_decref(d->root);
	d->root = NULL;
}

void
document_problem(const struct document *d, const char *pointer, const char *fmt,
    ...)
{
	char text[KPID_ERR_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	problem_add(d->all, d->file,
	    positions_line(d->places, pointer, d->scratch), "%s", text);
}
