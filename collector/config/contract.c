/* Contracts: values against each other and against the configuration. */
#include <string.h>

#include "check.h"

static void
check_contract(const struct check *k)
{
	check_table(k);
	check_fields(k);
	check_values(k);
}

/* A format's own column may be missing in a body of it. */
static void
own_status(struct contract *c)
{
	const char *column = c->status.column;

	if (column == NULL)
		return;
	if (c->format == FORMAT_JSON_STAT)
		c->status.optional = strcmp(column, "status") == 0;
	if (c->format == FORMAT_SDMX_JSON || c->format == FORMAT_SDMX_CSV)
		c->status.optional = strcmp(column, "OBS_STATUS") == 0;
}

/* The database withdraws by delivery, not by table. */
static void
check_absent(const struct check *k, const struct feed *f)
{
	if (k->c->withdraw != f->contracts[0].withdraw)
		check_problem(k, "/absent",
		    "'absent' is of the whole body: all its contracts must say "
		    "the same");
}

void
contracts_check(const struct document *d, const struct config *cfg,
    struct feed *f)
{
	const json_t *json = json_object_get(d->root, "contract");
	bool list = json_is_array(json);

	/* One that could not be read is a problem already. */
	if (f->n_contracts != (list ? json_array_size(json) : 1))
		return;
	for (size_t i = 0; i < f->n_contracts; i++) {
		struct check k = { d, cfg, &f->contracts[i],
			list ? json_array_get(json, i) : json,
			list ? pointer_element("/contract", i, d->scratch)
			     : "/contract" };

		own_status((struct contract *)&f->contracts[i]);
		check_contract(&k);
		check_absent(&k, f);
	}
}
