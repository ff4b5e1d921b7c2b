#include <string.h>

#include "suggest.h"

#define WORD_MAX 64 /* longer words are not typed by hand */

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Edits of one byte, a swap of two neighbours being one (optimal string
 * alignment). Both shorter than WORD_MAX. */
static size_t
edit_distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t d[WORD_MAX][WORD_MAX];

	for (size_t i = 0; i <= n; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= m; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		for (size_t j = 1; j <= m; j++) {
			d[i][j] = least(d[i - 1][j] + 1, d[i][j - 1] + 1,
			    d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2]
			    && a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1,
				    d[i][j]);
		}
	}
	return d[n][m];
}

void
suggestion_begin(struct suggestion *s, const char *word)
{
	size_t len = strlen(word);

	/* One mistake in three letters is a slip, more is another word; any
	 * letter is one mistake away from any other. */
	*s = (struct suggestion){ .word = word,
		.distance = (len == 2 ? 1 : len / 3) + 1 };
}

void
suggestion_offer(struct suggestion *s, const char *name)
{
	size_t n = strlen(s->word), m = strlen(name), distance;

	if (n >= WORD_MAX || m >= WORD_MAX)
		return;
	distance = edit_distance(s->word, n, name, m);
	if (distance < s->distance) {
		s->distance = distance;
		s->best = name;
	}
}
