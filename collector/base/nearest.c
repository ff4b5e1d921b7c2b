/* Edit distance over characters, not bytes. */
#include "kpid/label.h"

#include <string.h>
#include <unistr.h>

#define NAME_MAX_CHARS 63

/* Characters of s into out; SIZE_MAX when there are too many. */
static size_t
characters(const char *s, ucs4_t out[NAME_MAX_CHARS])
{
	const uint8_t *p = (const uint8_t *)s;
	size_t len = strlen(s), n = 0;

	for (size_t i = 0; i < len; n++) {
		if (n == NAME_MAX_CHARS)
			return SIZE_MAX;
		i += (size_t)u8_mbtouc(&out[n], p + i, len - i);
	}
	return n;
}

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

size_t
nearest_distance(const char *a, const char *b)
{
	ucs4_t x[NAME_MAX_CHARS], y[NAME_MAX_CHARS];
	size_t above[NAME_MAX_CHARS + 1], n = characters(a, x);
	size_t m = characters(b, y);

	if (n == SIZE_MAX || m == SIZE_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= m; j++)
		above[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t diagonal = above[0];

		above[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t cost = diagonal + (x[i - 1] != y[j - 1]);

			diagonal = above[j];
			above[j] = least(above[j] + 1, above[j - 1] + 1, cost);
		}
	}
	return above[m];
}

const char *
nearest_name(const char *wanted, const char *const *names, size_t n)
{
	ucs4_t text[NAME_MAX_CHARS];
	size_t length = characters(wanted, text), best = SIZE_MAX;
	const char *name = NULL;

	if (length == SIZE_MAX)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t distance = nearest_distance(wanted, names[i]);
		size_t other = characters(names[i], text);

		/* As far away as it is long: not a letter in common. */
		if (distance == (length > other ? length : other))
			continue;
		if (distance < best) {
			best = distance;
			name = names[i];
		}
	}
	return best <= (length + 1) / 2 ? name : NULL;
}
