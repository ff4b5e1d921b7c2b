/* A sorted list; what comes next is guessed, else searched. */
#include <stdlib.h>
#include <string.h>

#include "kpid/error.h"
#include "shape.h"

/* The place of the first period that is not before `first`. */
static size_t
search(const struct shape *s, int32_t first)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (s->periods[middle].first < first)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
insert(struct shape *s, size_t at, int32_t first)
{
	if (s->n == s->cap) {
		s->cap = s->cap == 0 ? 64 : s->cap * 2;
		s->periods =
		    reallocarray(s->periods, s->cap, sizeof(*s->periods));
		if (s->periods == NULL)
			fatal("out of memory");
	}
	memmove(s->periods + at + 1, s->periods + at,
	    (s->n - at) * sizeof(*s->periods));
	s->periods[at] = (struct shape_period){ first, 0 };
	s->n++;
}

static bool
is_at(const struct shape *s, size_t at, int32_t first)
{
	return at < s->n && s->periods[at].first == first;
}

void
shape_count(struct shape *s, int32_t first)
{
	if (is_at(s, s->at + 1, first))
		s->at++;
	else if (is_at(s, 0, first))
		s->at = 0;
	else if (!is_at(s, s->at, first)) {
		s->at = search(s, first);
		if (!is_at(s, s->at, first))
			insert(s, s->at, first);
	}
	s->periods[s->at].rows++;
}

void
shape_release(struct shape *s)
{
	free(s->periods);
	*s = (struct shape){ 0 };
}
