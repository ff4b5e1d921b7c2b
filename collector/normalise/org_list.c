/* Names of local governments: searching the list by bytes. */
#include "org_list.h"

#include <string.h>

/* As memcmp, of text's beginning and part; *text is moved behind it. */
static int
compare_part(struct slice *text, const char *part)
{
	size_t len = strlen(part);
	size_t common = text->len < len ? text->len : len;
	int order = memcmp(text->ptr, part, common);

	if (order != 0)
		return order;
	if (common < len)
		return -1;
	text->ptr += len;
	text->len -= len;
	return 0;
}

static int
compare(struct slice text, const struct org_spelling *s)
{
	const struct org_entry *e = &org_entries[s->entry];
	int order = 0;

	if (s->parts & ORG_PREFECTURE)
		order = compare_part(&text, e->prefecture);
	if (order == 0 && s->parts & ORG_DISTRICT)
		order = compare_part(&text, e->district);
	if (order == 0 && s->parts & ORG_NAME)
		order = compare_part(&text, e->name);
	return order != 0 ? order : text.len > 0;
}

size_t
org_list_find(struct slice key, size_t *first)
{
	size_t low = 0, high = org_n_spellings, n = 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(key, &org_spellings[middle]) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low + n < org_n_spellings
	    && compare(key, &org_spellings[low + n]) == 0)
		n++;
	*first = low;
	return n;
}

const struct org_entry *
org_list_prefecture(struct slice text)
{
	for (size_t i = 0; i < org_n_entries; i++) {
		struct slice rest = text;

		if (org_entries[i].name[0] == '\0'
		    && compare_part(&rest, org_entries[i].prefecture) == 0)
			return &org_entries[i];
	}
	return NULL;
}
