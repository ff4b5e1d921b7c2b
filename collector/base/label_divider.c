/* Headers that were read with another delimiter than they have. */
#include <string.h>

#include "kpid/label.h"

static bool
has_part(struct slice text, char by, const char *key, struct arena *mem)
{
	const char *end = text.ptr + text.len, *at = text.ptr, *stop;

	for (; at <= end; at = stop + 1) {
		struct slice part;

		stop = memchr(at, by, (size_t)(end - at));
		stop = stop == NULL ? end : stop;
		part = (struct slice){ at, (size_t)(stop - at) };
		if (strcmp(label_key(part, mem), key) == 0)
			return true;
	}
	return false;
}

char
label_divider(struct slice text, char but, const char *wanted)
{
	static const char usual[] = { ';', '\t', '|', ',' };
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *key =
	    wanted == NULL ? NULL : label_key(slice_of(wanted), &mem);

	for (size_t i = 0; i < ARRAY_LEN(usual) && text.len > 0; i++)
		if (usual[i] != but
		    && memchr(text.ptr, usual[i], text.len) != NULL
		    && (key == NULL || has_part(text, usual[i], key, &mem)))
			return usual[i];
	return '\0';
}

const char *
label_shown(struct slice label, struct arena *mem)
{
	const char *shown = "", *tab;

	label = slice_trim(label);
	if (label.len == 0 || memchr(label.ptr, '\t', label.len) == NULL)
		return label_key(label, mem);
	while ((tab = memchr(label.ptr, '\t', label.len)) != NULL) {
		size_t upto = (size_t)(tab - label.ptr);

		shown =
		    arena_printf(mem, "%s%.*s\\t", shown, (int)upto, label.ptr);
		label = (struct slice){ tab + 1, label.len - upto - 1 };
	}
	return arena_printf(mem, "%s%.*s", shown, slice_width(label),
	    label.ptr);
}
