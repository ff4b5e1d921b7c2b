/* A local government by its code, and the one whose code is nearly this. */
#include <stdio.h>

#include "kpid/label.h"
#include "kpid/normalise.h"
#include "org_list.h"

const char *
org_title(int code, struct arena *mem)
{
	for (size_t i = 0; i < org_n_entries; i++)
		if (org_entries[i].code == code)
			return arena_printf(mem, "%s%s",
			    org_entries[i].prefecture, org_entries[i].name);
	return NULL;
}

int
org_nearest(const char *digits)
{
	size_t best = SIZE_MAX;
	int code = 0;

	for (size_t i = 0; i < org_n_entries; i++) {
		char text[16];

		(void)snprintf(text, sizeof(text), "%06d", org_entries[i].code);
		size_t distance = nearest_distance(digits, text);

		if (distance < best) {
			best = distance;
			code = org_entries[i].code;
		}
	}
	return code;
}
