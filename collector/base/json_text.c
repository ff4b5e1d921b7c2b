/* JSON text, piece by piece. */
#include "kpid/json_text.h"

static bool
put_escaped(struct buf *out, unsigned char c)
{
	switch (c) {
	case '"':
		return buf_puts(out, "\\\"");
	case '\\':
		return buf_puts(out, "\\\\");
	case '\n':
		return buf_puts(out, "\\n");
	case '\t':
		return buf_puts(out, "\\t");
	case '\r':
		return buf_puts(out, "\\r");
	default:
		return buf_printf(out, "\\u%04x", c);
	}
}

bool
json_put_text(struct buf *out, struct slice text)
{
	size_t plain = 0;

	if (!buf_puts(out, "\""))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		if (!buf_put(out, text.ptr + plain, i - plain)
		    || !put_escaped(out, c))
			return false;
		plain = i + 1;
	}
	return buf_put(out, text.ptr + plain, text.len - plain)
	    && buf_puts(out, "\"");
}

bool
json_put_comma(struct buf *out)
{
	char last = out->len > 0 ? out->ptr[out->len - 1] : '{';

	return last == '{' || last == '[' || buf_puts(out, ",");
}

bool
json_put_key(struct buf *out, const char *key)
{
	return json_put_comma(out) && json_put_text(out, slice_of(key))
	    && buf_puts(out, ":");
}
