/* The parts of a draft in the order in which the documentation has them. */
#include <stdlib.h>
#include <string.h>

#include "guess.h"

json_t *
json_column(const char *name)
{
	json_t *source = json_object();

	(void)json_object_set_new(source, "column", json_string(name));
	return source;
}

void
json_append(json_t **to, json_t *item)
{
	if (*to == NULL)
		*to = json_array();
	(void)json_array_append_new(*to, item);
}

void
json_set_text(json_t **to, const char *key, const char *text)
{
	if (*to == NULL)
		*to = json_object();
	(void)json_object_set_new(*to, key, json_string(text));
}

/* One key of the feed file or its contract. */
struct part {
	const char *key;
	json_t *value;
};

static void
set_parts(json_t *to, const struct part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (parts[i].value != NULL)
			(void)json_object_set(to, parts[i].key, parts[i].value);
}

static json_t *
contract_of(const struct draft *d)
{
	const struct part parts[] = {
		{ "format", d->format },
		{ "member", d->member },
		{ "sheet", d->sheet },
		{ "encoding", d->encoding },
		{ "csv", d->csv },
		{ "records", d->records },
		{ "header", d->header },
		{ "captures", d->captures },
		{ "rows", d->rows },
		{ "unpivot", d->unpivot },
		{ "period", d->period },
		{ "organization", d->organization },
		{ "indicator", d->indicator },
		{ "dimensions", d->dimensions },
		{ "values", d->values },
		{ "unit", d->unit },
		{ "status", d->status },
		{ "flags", d->flags },
		{ "footnotes", d->footnotes },
		{ "missing", d->missing },
		{ "ignore", d->ignore },
	};
	json_t *contract = json_object();

	set_parts(contract, parts, ARRAY_LEN(parts));
	return contract;
}

static void
free_text(char **text)
{
	free(*text);
}

const char *
draft_write(const struct draft *d, struct arena *mem)
{
	json_t *contract = contract_of(d), *owner, *root = json_object();
	CLEANUP(free_text) char *text = NULL;

	owner = json_string("owner@example.jp");
	const struct part parts[] = {
		{ "feed", d->feed },
		{ "title", d->title },
		{ "owner", owner },
		{ "url", d->url },
		{ "secrets", d->secrets },
		{ "indicators", d->indicators },
		{ "contract", contract },
	};

	set_parts(root, parts, ARRAY_LEN(parts));
	text = json_dumps(root, JSON_INDENT(2));
	json_decref(owner);
	json_decref(contract);
	json_decref(root);
	if (text == NULL)
		fatal("out of memory");
	return arena_printf(mem, "%s\n", text);
}

void
draft_release(struct draft *d)
{
	json_t **parts[] = { &d->feed, &d->title, &d->url, &d->format,
		&d->member, &d->sheet, &d->encoding, &d->csv, &d->records,
		&d->header, &d->captures, &d->rows, &d->unpivot, &d->period,
		&d->organization, &d->indicator, &d->dimensions, &d->values,
		&d->unit, &d->status, &d->flags, &d->footnotes, &d->missing,
		&d->ignore, &d->indicators, &d->secrets };

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		json_decref(*parts[i]);
		*parts[i] = NULL;
	}
}
