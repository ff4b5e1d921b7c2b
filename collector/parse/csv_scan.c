#include <string.h>

#include "csv_scan.h"
#include "kpid/block.h"

void
csv_marks_begin(struct csv_marks *m, struct csv_dialect dialect,
    struct slice text)
{
	*m = (struct csv_marks){
		.delimiter = dialect.delimiter,
		.quote = dialect.quote,
		.at = text.ptr,
		.end = text.ptr + text.len,
	};
	if (m->quote == '\0') /* then it marks what is one anyway */
		m->quote = m->delimiter;
}

static uint64_t
marks_of_block(const struct csv_marks *m, const char *p)
{
	return block_equal(p, m->delimiter) | block_equal(p, m->quote)
	    | block_equal(p, '\n') | block_equal(p, '\r');
}

/* The last bytes, which are no whole block. */
static uint64_t
marks_of_rest(const struct csv_marks *m)
{
	size_t n = (size_t)(m->end - m->at);
	char block[BLOCK_BYTES] = "";

	memcpy(block, m->at, n);
	return marks_of_block(m, block) & (((uint64_t)1 << n) - 1);
}

bool
csv_marks_fill(struct csv_marks *m)
{
	while (m->at < m->end && m->found == 0) {
		m->block = m->at;
		if (m->end - m->at >= BLOCK_BYTES) {
			m->found = marks_of_block(m, m->at);
			m->at += BLOCK_BYTES;
		} else {
			m->found = marks_of_rest(m);
			m->at = m->end;
		}
	}
	return m->found != 0;
}

const char *
csv_row_end(struct csv_dialect dialect, enum csv_state *state,
    struct slice text)
{
	enum csv_state now = *state;
	const char *end = text.ptr + text.len;

	for (const char *at = text.ptr; at < end; at++) {
		bool quote = *at == dialect.quote;

		if (now == IN_QUOTED) {
			now = quote ? AFTER_QUOTE : IN_QUOTED;
		} else if (quote && now != IN_PLAIN) {
			now = IN_QUOTED;
		} else if (*at == '\n' || *at == '\r') {
			*state = AT_CELL;
			return at + 1;
		} else if (*at == dialect.delimiter) {
			now = AT_CELL;
		} else if (now != AT_CELL || !csv_is_blank(*at)) {
			now = IN_PLAIN;
		}
	}
	*state = now;
	return NULL;
}
