#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "notice.h"

static void
json_release(json_t **value)
{
	json_decref(*value);
}

/* The member "name_ja" or "name_en" (name "": "ja" or "en"), or NULL. */
static const char *
said(const struct letter *letter, const json_t *object, const char *name)
{
	char key[32];

	(void)snprintf(key, sizeof(key), "%s%s%s", name,
	    name[0] == '\0' ? "" : "_", letter->lang->code);
	const char *text = json_string_value(json_object_get(object, key));

	return text == NULL ? NULL : arena_strdup(letter->mem, text);
}

static enum line_weight
weight_of(const json_t *line)
{
	const char *name = json_string_value(json_object_get(line, "weight"));

	if (name != NULL && strcmp(name, "strong") == 0)
		return LINE_STRONG;
	return name != NULL && strcmp(name, "fine") == 0 ? LINE_FINE
							 : LINE_PLAIN;
}

static struct block
block_of(const struct letter *letter, const json_t *part)
{
	const json_t *list = json_object_get(part, "lines"), *line;
	const size_t n = json_array_size(list);
	struct block_line *lines = arena_array(letter->mem, n, sizeof(*lines));
	const char *heading = said(letter, part, "heading");
	size_t i;

	json_array_foreach((json_t *)list, i, line)
	{
		const char *label = said(letter, line, "label");

		lines[i] = (struct block_line){ label == NULL ? "" : label,
			said(letter, line, ""), weight_of(line) };
	}
	return (struct block){ heading == NULL ? "" : heading, lines, n };
}

bool
notice_read(struct letter *letter, const char *json, struct kpid_err *err)
{
	json_error_t where;
	CLEANUP(json_release)
	json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, &where);
	const json_t *parts = json_object_get(root, "parts"), *part;
	const size_t n = json_array_size(parts);
	struct block *blocks = arena_array(letter->mem, n, sizeof(*blocks));
	size_t i;

	letter->subject = said(letter, root, "subject");
	letter->lead = said(letter, root, "lead");
	if (letter->subject == NULL || letter->lead == NULL)
		return err_set(err, KPID_EMAIL,
		    "the facts of the mail have no subject or no first line");
	json_array_foreach((json_t *)parts, i, part)
	{
		blocks[i] = block_of(letter, part);
	}
	letter->blocks = blocks;
	letter->n_blocks = n;
	return true;
}
