/* grid FILE: its rows of cells as a CSV, as JSON, for conformance/run.py. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "kpid/body.h"
#include "kpid/json_text.h"
#include "kpid/limits.h"

struct printer {
	struct buf out;
	bool begun;
};

static bool
print_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct printer *p = ctx;
	struct buf *b = &p->out;
	bool ok = buf_puts(b, p->begun ? ",\n[" : "[[");

	p->begun = true;
	for (size_t i = 0; ok && i < row->n; i++)
		ok = (i == 0 || buf_puts(b, ","))
		    && json_put_text(b, row->cells[i].text);
	if (!ok || !buf_puts(b, "]"))
		return err_set(err, KPID_EINTERNAL, "a row over its limit");
	printf("%.*s", (int)b->len, b->ptr);
	buf_clear(b);
	return true;
}

static bool
print_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	(void)ctx;
	(void)raw;
	return err_set(err, KPID_EPARSE, "line %u column %u: %s", line, column,
	    reason);
}

int
main(int argc, char **argv)
{
	const struct contract c = { .format = FORMAT_CSV,
		.encoding = "auto",
		.delimiter = ',',
		.quote = '"' };
	const struct feed feed = {
		.file = "-", .contracts = &c, .n_contracts = 1
	};
	struct printer p = { .begun = false };
	const struct row_sink rows = {
		.ctx = &p, .row = print_row, .bad = print_bad
	};
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	const struct body body = { .feed = &feed,
		.fd = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1 };
	bool ok;

	buf_init(&p.out, LIMIT_ROW_BYTES);
	ok = body_grid(&body, &c, &rows, &mem, &err);
	puts(p.begun ? "]" : "[]");
	if (!ok)
		fprintf(stderr, "%s\n", err.msg);
	buf_release(&p.out);
	arena_release(&mem);
	(void)close(body.fd);
	return ok ? 0 : 1;
}
