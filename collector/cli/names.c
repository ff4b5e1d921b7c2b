/* Names on the command line, against what is known. */
#include <string.h>

#include "kpid/label.h"
#include "kpid/normalise.h"
#include "names.h"

bool
names_indicator(struct cli *cli, const char *code, struct kpid_err *err)
{
	const struct config *cfg = &cli->cfg;
	const char **codes =
	    arena_array(&cli->mem, cfg->n_indicators, sizeof(*codes));
	const char *near;

	if (config_indicator(cfg, code) != NULL)
		return true;
	for (size_t i = 0; i < cfg->n_indicators; i++)
		codes[i] = cfg->indicators[i].code;
	near = nearest_name(code, codes, cfg->n_indicators);
	return err_set(err, KPID_EUSAGE,
	    near != NULL ? "no indicator '%s'. HINT: did you mean '%s'?"
			 : "no indicator '%s'. HINT: kpi.catalog lists them%s",
	    code, near != NULL ? near : "");
}

const char *
names_feed_near(struct cli *cli, const char *name)
{
	const struct config *cfg = &cli->cfg;
	const char **names =
	    arena_array(&cli->mem, cfg->n_feeds + 1, sizeof(*names));

	for (size_t i = 0; i < cfg->n_feeds; i++)
		names[i] = cfg->feeds[i].name;
	return nearest_name(name, names, cfg->n_feeds);
}

void
names_target_near(struct cli *cli, struct db *db, const char *name,
    struct kpid_err *err)
{
	struct kpid_err ignored;
	struct db_rows rows;
	const char **names, *near;

	/* The function's own words, for the one name of a call. */
	if (err->code != KPID_EUSAGE
	    || strstr(err->msg, "there is no target ") == NULL
	    || !db_rows(db,
		&(struct db_query){
		    "select distinct target from kpi.target", NULL, 0 },
		&cli->mem, &rows, &ignored))
		return;
	names = arena_array(&cli->mem, rows.n + 1, sizeof(*names));
	for (size_t i = 0; i < rows.n; i++)
		names[i] = db_cell(&rows, i, 0);
	near = nearest_name(name, names, rows.n);
	if (near != NULL)
		(void)!err_set(err, KPID_EUSAGE,
		    "there is no target '%s'. HINT: did you mean '%s'? kpid "
		    "status --format json names them all",
		    name, near);
	else if (rows.n == 0)
		(void)!err_set(err, KPID_EUSAGE,
		    "there is no target '%s', nor any other. HINT: kpid target "
		    "import FILE brings them in",
		    name);
}

bool
names_org(struct cli *cli, const char **text, int *code, struct kpid_err *err)
{
	const char *org = cli_option(cli, "org"), *why;
	int near;

	*text = org != NULL ? org : cli->cfg.organization;
	if (*text == NULL)
		return err_set(err, KPID_EUSAGE,
		    "whose value is it? HINT: give --org, or 'organization' "
		    "in the configuration");
	if (org_code_read(slice_of(*text), code, &why))
		return true;
	near = org_nearest(*text);
	return err_set(err, KPID_EUSAGE,
	    "--org '%s': %s. HINT: did you mean '%06d' (%s)?", *text, why, near,
	    org_title(near, &cli->mem));
}

static bool
add_dim(struct pair *dims, size_t *n, struct pair dim, struct kpid_err *err)
{
	size_t at = *n;

	if (at == HAND_DIMS_MAX)
		return err_set(err, KPID_EUSAGE, "more than %d dimensions",
		    HAND_DIMS_MAX);
	for (; at > 0 && strcmp(dims[at - 1].from, dim.from) > 0; at--)
		dims[at] = dims[at - 1];
	dims[at] = dim;
	(*n)++;
	return at == 0 || strcmp(dims[at - 1].from, dim.from) != 0
	    ? true
	    : err_set(err, KPID_EUSAGE, "--dim %s is given twice", dim.from);
}

bool
names_dims(struct cli *cli, struct pair *dims, size_t *n, struct kpid_err *err)
{
	const char *text;

	*n = 0;
	for (size_t i = 0; (text = cli_option_at(cli, "dim", i)) != NULL; i++) {
		const char *equals = strchr(text, '=');
		struct pair dim;

		if (equals == NULL || equals == text || equals[1] == '\0')
			return err_set(err, KPID_EUSAGE,
			    "--dim '%s' is not K=V, such as sex=女", text);
		dim.from =
		    arena_strndup(&cli->mem, text, (size_t)(equals - text));
		dim.to = equals + 1;
		if (!add_dim(dims, n, dim, err))
			return false;
	}
	return true;
}
