/* rooms: base config */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/config/suggest.h"
#include "kpid/error.h"

Test(suggest, the_nearest_known_name)
{
	static const char *const known[] = { "schedule", "source", "title",
		"url", "time_zone", "as" };
	static const struct {
		const char *word, *best, *why;
	} table[] = {
		{ "shedule", "schedule", "a letter left out" },
		{ "schedulle", "schedule", "a letter too many" },
		{ "scehdule", "schedule", "two letters swapped" },
		{ "titel", "title", "swapped at the end" },
		{ "timezone", "time_zone", "an underscore forgotten" },
		{ "ulr", "url", "a short one" },
		{ "colour", NULL, "nothing near" },
		{ "x", NULL, "any letter is near any other" },
		{ "", NULL, "nothing written" },
		{ "at", "as", "two letters" },
	};
	char endless[500];
	struct suggestion s;

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		suggestion_begin(&s, table[i].word);
		for (size_t k = 0; k < ARRAY_LEN(known); k++)
			suggestion_offer(&s, known[k]);
		cr_expect(table[i].best == NULL
			? s.best == NULL
			: s.best != NULL && strcmp(s.best, table[i].best) == 0,
		    "'%s' (%s): got '%s'", table[i].word, table[i].why,
		    s.best == NULL ? "nothing" : s.best);
	}
	memset(endless, 'x', sizeof(endless));
	endless[sizeof(endless) - 1] = '\0';
	suggestion_begin(&s, endless);
	suggestion_offer(&s, endless);
	cr_expect_null(s.best, "not typed by hand");
}
