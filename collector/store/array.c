/* Arrays as the server receives them: a head, then each element's length and
 * bytes, big-endian. */
#include <string.h>

#include "kpid/db_array.h"

#define ARRAY_MAX ((size_t)256 << 20) /* bytes; the server takes 1 GB */
#define N_PLACE   12                  /* of the count in the head */

static void
put_int(uint32_t v, unsigned char out[4])
{
	for (int i = 0; i < 4; i++)
		out[i] = (unsigned char)(v >> (24 - 8 * i));
}

void
db_array_init(struct db_array *a, enum db_element kind)
{
	/* one dimension, may hold nulls, of this type, none yet, from 1 on */
	const uint32_t head[] = { 1, 1, (uint32_t)kind, 0, 1 };
	unsigned char bytes[4];

	a->n = 0;
	buf_init(&a->b, ARRAY_MAX);
	for (size_t i = 0; i < ARRAY_LEN(head); i++) {
		put_int(head[i], bytes);
		if (!buf_put(&a->b, bytes, sizeof(bytes)))
			fatal("an array without room for its head");
	}
}

void
db_array_release(struct db_array *a)
{
	buf_release(&a->b);
}

bool
db_array_put(struct db_array *a, const void *p, size_t len)
{
	const size_t before = a->b.len;
	unsigned char head[4];

	put_int(p == NULL ? UINT32_MAX : (uint32_t)len, head);
	if (!buf_put(&a->b, head, sizeof(head)))
		return false;
	if (p != NULL && !buf_put(&a->b, p, len)) {
		a->b.len = before;
		return false;
	}
	a->n++;
	return true;
}

bool
db_array_text(struct db_array *a, const char *text)
{
	return db_array_put(a, text, text == NULL ? 0 : strlen(text));
}

struct db_param
db_array_param(struct db_array *a)
{
	put_int(a->n, (unsigned char *)a->b.ptr + N_PLACE);
	return DB_BYTES(a->b.ptr, a->b.len);
}
