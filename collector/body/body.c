/* The pipeline of one body: chunks in, observations out. */
#include "kpid/body.h"

#include <stdio.h>

#include "grid.h"
#include "kpid/normalise.h"

static bool
tell_private_use(const struct decoder *decoder, const struct contract *c,
    const struct observation_sink *out, struct kpid_err *err)
{
	uint32_t line = 0;
	uint64_t n = decoder == NULL ? 0 : decoder_private_use(decoder, &line);
	char text[160];

	if (n == 0)
		return true;
	(void)snprintf(text, sizeof(text),
	    "%llu character%s of a private-use area (外字), which only %s maker "
	    "can read",
	    (unsigned long long)n, n == 1 ? "" : "s", n == 1 ? "its" : "their");
	return out->finding(out->ctx,
	    &(struct finding){ .kind = "private_use",
		.line = line,
		.text = text,
		.holds = finding_holds(c, "private_use") },
	    err);
}

static bool
read_grid(struct opened *o, const struct contract *c,
    const struct table_sink *table, struct kpid_err *err)
{
	const struct body_name name = grid_name(o);
	struct layout *l = NULL;
	bool ok = layout_new(&(struct layout_spec){ o->body->feed, c, &name },
	    table, o->mem, &l, err);

	if (ok) {
		const struct row_sink rows = layout_sink(l);

		ok = grid_read(o, c, &rows, err) && layout_end(l, err);
	}
	layout_free(l);
	return ok;
}

static bool
read_table(const struct body *body, const struct contract *c,
    struct normaliser *n, const struct observation_sink *out, struct arena *mem,
    struct kpid_err *err)
{
	CLEANUP(grid_close) struct opened o = { 0 };
	const struct table_sink table = normaliser_begin(n, c, out);

	return grid_open(body, c, mem, &o, err) && read_grid(&o, c, &table, err)
	    && normaliser_end(n, err)
	    && tell_private_use(o.decoder, c, out, err);
}

bool
body_read(const struct body *body, const struct observation_sink *out,
    struct arena *mem, uint64_t *read, struct kpid_err *err)
{
	const struct feed *feed = body->feed;
	struct normaliser *n = normaliser_new(body->cfg, feed, mem);
	bool ok = true;

	for (size_t i = 0; ok && i < feed->n_contracts; i++) {
		ok = read_table(body, &feed->contracts[i], n, out, mem, err);
		if (!ok && feed->n_contracts > 1)
			(void)!err_wrap(err, "table %zu of the contract",
			    i + 1);
	}
	if (ok)
		*read = normaliser_read(n);
	normaliser_free(n);
	return ok;
}

bool
body_grid(const struct body *body, const struct contract *c,
    const struct row_sink *rows, struct arena *mem, struct kpid_err *err)
{
	CLEANUP(grid_close) struct opened o = { 0 };

	return grid_open(body, c, mem, &o, err) && grid_read(&o, c, rows, err);
}
