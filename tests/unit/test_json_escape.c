/* rooms: base decode parse */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/parse/json_escape.h"
#include "kpid/error.h"

/* Pieces: how much is good must not depend on where the text is cut. */
Test(json_escape, bad_escapes_are_found_however_cut)
{
	static const struct {
		const char *in;
		size_t good;
		const char *why;
	} table[] = {
		{ "", 0, NULL },
		{ "plain", 5, NULL },
		{ "\\n\\\\\\\"", 6, NULL },
		{ "\\u5e74\\u0001", 12, NULL },
		{ "\\ud83d\\ude00\\uDBFF\\uDFFF", 24, NULL },
		{ "\\\\u0000", 7, NULL },
		{ "\\u00zz", 6, NULL },
		{ "\\ud83dé", 6, "half" },
		{ "ab\\u0000", 7, "u0000" },
		{ "\\ud83d\"", 6, "half" },
		{ "\\ud83d\\n", 7, "half" },
		{ "\\ud83d\\u0041", 11, "half" },
		{ "\\ud83d\\u0000", 11, "u0000" },
		{ "\\ude00", 5, "half" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		size_t len = strlen(table[i].in);

		for (size_t cut = 0; cut <= len; cut++) {
			struct json_escapes e = { 0 };
			struct slice head = { table[i].in, cut };
			const char *why = NULL;
			size_t good = json_escapes_push(&e, head, &why);

			if (why == NULL)
				good += json_escapes_push(&e,
				    slice_of(table[i].in + cut), &why);
			cr_expect(good == table[i].good
				&& (table[i].why == NULL ? why == NULL
							 : why != NULL
					    && strstr(why, table[i].why)),
			    "row %zu cut at %zu: got %zu %s", i, cut, good,
			    why);
		}
	}
}
