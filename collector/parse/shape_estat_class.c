#include <stdlib.h>
#include <string.h>

#include "shape_estat.h"

#define FIRST_CODES 64

struct estat_class *
estat_class_of(struct estat_classes *all, struct slice member)
{
	for (size_t i = 0; i < all->n; i++)
		if (slice_eq(all->list[i].member, member))
			return &all->list[i];
	return NULL;
}

/* -1, 0, 1 as memcmp. */
static int
compare(struct slice a, struct slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n == 0 ? 0 : memcmp(a.ptr, b.ptr, n);

	return c != 0 ? c : (a.len > b.len) - (a.len < b.len);
}

/* Where code is, or would be put. */
static size_t
code_place(const struct estat_class *c, struct slice code)
{
	size_t low = 0, high = c->n;

	/* Codes come in order. */
	if (c->n > 0 && compare(c->codes[c->n - 1]->code, code) < 0)
		return c->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare(c->codes[mid]->code, code) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct estat_code *
estat_code_of(struct estat_class *c, struct slice code)
{
	size_t at;

	if (c->last != NULL && slice_eq(c->last->code, code))
		return c->last;
	at = code_place(c, code);
	if (at == c->n || !slice_eq(c->codes[at]->code, code))
		return NULL;
	c->last = c->codes[at];
	return c->last;
}

static void
codes_grow(struct shape *s, struct estat_class *c)
{
	struct estat_code **more;

	if (c->n < c->cap)
		return;
	c->cap = c->cap == 0 ? FIRST_CODES : 2 * c->cap;
	more = arena_array(s->mem, c->cap, sizeof(*more));
	if (c->n > 0)
		memcpy(more, c->codes, c->n * sizeof(*more));
	c->codes = more;
}

static bool
code_add(struct shape *s, struct estat_class *c, const struct json_value *v)
{
	const struct json_value *name = value_member(v, "@name");
	struct slice code = value_text(value_member(v, "@code"));
	struct estat_code *new;
	size_t at = code_place(c, code);

	if (at < c->n && slice_eq(c->codes[at]->code, code))
		return true;
	new = arena_alloc(s->mem, sizeof(*new));
	new->line = name != NULL ? name->line : v->line;
	new->column = name != NULL ? name->column : v->column;
	s->kept += sizeof(*new);
	if (!shape_keep(s, code, &new->code)
	    || !shape_keep(s, value_text(name), &new->name)
	    || !shape_keep(s, value_text(value_member(v, "@unit")), &new->unit))
		return false;
	codes_grow(s, c);
	memmove(&c->codes[at + 1], &c->codes[at],
	    (c->n - at) * sizeof(*c->codes));
	c->codes[at] = new;
	c->n++;
	return true;
}

static struct estat_class *
class_new(struct shape *s, struct estat_classes *all, struct slice member)
{
	struct estat_class *c = &all->list[all->n];

	if (all->n == ESTAT_CLASSES) {
		(void)shape_refuse(s, NULL,
		    "the table has more than %d classes", ESTAT_CLASSES);
		return NULL;
	}
	if (!shape_keep(s, member, &c->member))
		return NULL;
	c->id = (struct slice){ c->member.ptr + 1, c->member.len - 1 };
	all->n++;
	return c;
}

bool
estat_class_unexplained(struct shape *s, struct estat_classes *all,
    struct slice member)
{
	return estat_class_of(all, member) != NULL
	    || class_new(s, all, member) != NULL;
}

static bool
class_add(struct shape *s, struct estat_classes *all,
    const struct json_value *object)
{
	const struct json_value *list = value_member(object, "CLASS");
	struct slice id = value_text(value_member(object, "@id"));
	const char *member =
	    arena_printf(s->mem, "@%.*s", slice_width(id), id.ptr);
	struct estat_class *c = estat_class_of(all, slice_of(member));

	if (id.len == 0)
		return shape_refuse(s, object, "a CLASS_OBJ has no '@id'");
	if (c == NULL)
		c = class_new(s, all, slice_of(member));
	if (c == NULL)
		return false;
	c->explained = true;
	for (const struct json_value *v = value_first(list); v != NULL;
	     v = value_next(list, v))
		if (!code_add(s, c, v))
			return false;
	return true;
}

bool
estat_classes_add(struct shape *s, struct estat_classes *all,
    const struct json_value *class_inf)
{
	const struct json_value *list = value_member(class_inf, "CLASS_OBJ");

	for (const struct json_value *v = value_first(list); v != NULL;
	     v = value_next(list, v))
		if (!class_add(s, all, v))
			return false;
	return true;
}
