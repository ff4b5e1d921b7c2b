/* The words of kpid put, each against what is known. */
#include <string.h>

#include "kpid/label.h"
#include "kpid/normalise.h"
#include "put.h"

static bool
find_indicator(struct put *p, struct kpid_err *err)
{
	const struct config *cfg = &p->cli->cfg;
	const char *code = p->cli->args[0];
	const char **codes =
	    arena_array(&p->cli->mem, cfg->n_indicators, sizeof(*codes));
	const char *near;

	p->hand.indicator = code;
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

static bool
find_org(struct put *p, struct kpid_err *err)
{
	const char *org = cli_option(p->cli, "org"), *why;
	int code;

	p->hand.org = org != NULL ? org : p->cli->cfg.organization;
	if (p->hand.org == NULL)
		return err_set(err, KPID_EUSAGE,
		    "whose value is it? HINT: give --org, or 'organization' "
		    "in the configuration");
	if (org_code_read(slice_of(p->hand.org), &code, &why))
		return true;
	code = org_nearest(p->hand.org);
	return err_set(err, KPID_EUSAGE,
	    "--org '%s': %s. HINT: did you mean '%06d' (%s)?", p->hand.org, why,
	    code, org_title(code, &p->cli->mem));
}

/* By name, so that the order of the options makes no other body. */
static bool
add_dim(struct put *p, struct pair dim, struct kpid_err *err)
{
	size_t at = p->hand.n_dims;

	if (at == ARRAY_LEN(p->dims))
		return err_set(err, KPID_EUSAGE, "more than %d dimensions",
		    HAND_DIMS_MAX);
	for (; at > 0 && strcmp(p->dims[at - 1].from, dim.from) > 0; at--)
		p->dims[at] = p->dims[at - 1];
	p->dims[at] = dim;
	p->hand.n_dims++;
	return at == 0 || strcmp(p->dims[at - 1].from, dim.from) != 0
	    ? true
	    : err_set(err, KPID_EUSAGE, "--dim %s is given twice", dim.from);
}

static bool
read_dims(struct put *p, struct kpid_err *err)
{
	const char *text;

	p->hand.dims = p->dims;
	for (size_t i = 0; (text = cli_option_at(p->cli, "dim", i)) != NULL;
	     i++) {
		const char *equals = strchr(text, '=');

		if (equals == NULL || equals == text || equals[1] == '\0')
			return err_set(err, KPID_EUSAGE,
			    "--dim '%s' is not K=V, such as sex=女", text);
		if (!add_dim(p,
			(struct pair){ arena_strndup(&p->cli->mem, text,
					   (size_t)(equals - text)),
			    equals + 1 },
			err))
			return false;
	}
	return true;
}

static bool
read_missing(struct put *p, struct kpid_err *err)
{
	static const char *const reasons[] = { "not_applicable", "suppressed",
		"not_collected", "not_available", "error" };
	CLEANUP(buf_release) struct buf b;
	const char *text = cli_option(p->cli, "missing"), *near, *why;
	enum missing reason;
	struct slice number;

	buf_init(&b, HAND_BYTES);
	p->hand.missing = text != NULL ? text : "";
	if (text == NULL)
		return true;
	near = nearest_name(text, reasons, ARRAY_LEN(reasons));
	if (!missing_from_text(slice_of(text), &reason))
		return err_set(err, KPID_EUSAGE,
		    "no reason '%s'. HINT: did you mean '%s'?", text,
		    near != NULL ? near : reasons[3]);
	if (number_read(slice_of(p->hand.value), &(struct number_form){ 0 }, &b,
		&number, &why))
		return err_set(err, KPID_EUSAGE,
		    "--missing says that there is no number, but '%s' is one",
		    p->hand.value);
	return true;
}

static bool
read_frequency(struct put *p, struct kpid_err *err)
{
	const char *text = cli_option(p->cli, "frequency");

	p->hand.frequency = text != NULL ? text : "";
	if (text == NULL
	    || (strchr(text, ' ') == NULL && *text != '\0'
		&& strstr(" D W M Q S A FY ",
		       arena_printf(&p->cli->mem, " %s ", text))
		    != NULL))
		return true;
	return err_set(err, KPID_EUSAGE,
	    "--frequency '%s' is none of D W M Q S A FY", text);
}

bool
put_words(struct put *p, struct kpid_err *err)
{
	p->hand.period = p->cli->args[1];
	p->hand.value = p->cli->args[2];
	p->hand.by = cli_option(p->cli, "by");
	p->hand.why = cli_option(p->cli, "why");
	p->hand.again = "";
	return find_indicator(p, err) && find_org(p, err) && read_dims(p, err)
	    && read_missing(p, err) && read_frequency(p, err);
}
