/* Columns that a format brings along, which no contract needs to name. */
#include "header_names.h"

#include <string.h>

#define NAME_SUFFIX "_name"

static const struct {
	enum feed_format format;
	const char *name;
} brought[] = {
	{ FORMAT_ESTAT, "unit" },
	{ FORMAT_ESTAT, "annotation" },
	{ FORMAT_CKAN, "_id" },
	{ FORMAT_CKAN, "rank" },
	{ FORMAT_JSON_STAT, "status" },
	{ FORMAT_JSON_STAT, "unit" },
	{ FORMAT_SDMX_CSV, "DATAFLOW" },
	{ FORMAT_SDMX_CSV, "STRUCTURE" },
	{ FORMAT_SDMX_CSV, "STRUCTURE_ID" },
	{ FORMAT_SDMX_CSV, "STRUCTURE_NAME" },
	{ FORMAT_SDMX_CSV, "ACTION" },
	{ FORMAT_WORLD_BANK, "iso3" },
	{ FORMAT_WORLD_BANK, "unit" },
	{ FORMAT_WORLD_BANK, "obs_status" },
	{ FORMAT_WORLD_BANK, "decimal" },
};

static size_t
column_of(const struct header_names *h, const char *key)
{
	for (size_t i = 0; i < h->header->n; i++)
		if (strcmp(h->keys[i], key) == 0)
			return i;
	return NO_COLUMN;
}

/* area and area_name say the same: who has one of them has both. */
static void
use_names(struct header_names *h)
{
	for (size_t i = 0; i < h->header->n; i++) {
		size_t len = strlen(h->keys[i]), code;

		if (len <= strlen(NAME_SUFFIX)
		    || strcmp(h->keys[i] + len - strlen(NAME_SUFFIX),
			   NAME_SUFFIX)
			!= 0)
			continue;
		code = column_of(h,
		    arena_strndup(h->mem, h->keys[i],
			len - strlen(NAME_SUFFIX)));
		if (code == NO_COLUMN)
			continue;
		h->used[code] = h->used[code] || h->used[i];
		h->used[i] = true;
	}
}

/* In SDMX dimensions come before the value, attributes behind it. */
static void
use_attributes(struct header_names *h)
{
	size_t value = column_of(h, "OBS_VALUE");

	for (size_t i = value; i < h->header->n; i++)
		h->used[i] = true;
}

void
header_use_format(struct header_names *h, enum feed_format format)
{
	if (format == FORMAT_CSV || format == FORMAT_XLSX
	    || format == FORMAT_JSON)
		return;
	if (format != FORMAT_CKAN)
		use_names(h);
	if (format == FORMAT_SDMX_JSON || format == FORMAT_SDMX_CSV)
		use_attributes(h);
	for (size_t i = 0; i < ARRAY_LEN(brought); i++)
		if (brought[i].format == format)
			header_use(h, brought[i].name);
}
