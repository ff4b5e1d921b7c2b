/* Widths by Unicode, whatever the locale says. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <unistr.h>
#include <uniwidth.h>

#include "text.h"

/* The width of the character at *p, which is moved past it. */
static int
step(const uint8_t **p)
{
	ucs4_t c;

	*p = u8_next(&c, *p);
	if (*p == NULL)
		return 0;
	int width = uc_width(c, "UTF-8");

	return width < 0 ? 0 : width;
}

int
text_width(const char *text)
{
	const uint8_t *p = (const uint8_t *)text;
	int width = 0;

	while (p != NULL && *p != '\0')
		width += step(&p);
	return width;
}

static void
print_cut(const char *text, int width)
{
	const uint8_t *p = (const uint8_t *)text, *next = p;
	int used = 0;

	while (*next != '\0') {
		int w;

		p = next;
		w = step(&next);
		if (next == NULL || used + w > width - 1)
			break;
		used += w;
	}
	printf("%.*s…%*s", (int)((const char *)p - text), text,
	    width - 1 - used, "");
}

void
text_print(const char *text, int width, bool right)
{
	int w = text_width(text);

	if (w > width) {
		print_cut(text, width);
		return;
	}
	if (right)
		printf("%*s%s", width - w, "", text);
	else
		printf("%s%*s", text, width - w, "");
}
