/* What a text holds: words of a list, figures. */
#include <string.h>

#include "guess.h"

bool
key_is(const char *key, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(key, *words) == 0)
			return true;
	return false;
}

bool
key_has(const char *key, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strstr(key, *words) != NULL)
			return true;
	return false;
}

bool
all_digits(const char *text)
{
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

bool
has_figure(const char *text)
{
	static const char *const wide[] = { "０", "１", "２", "３", "４", "５",
		"６", "７", "８", "９", NULL };

	return strpbrk(text, "0123456789") != NULL || key_has(text, wide);
}
