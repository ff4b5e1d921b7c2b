/* The words of kpid put, each against what is known. */
#include <string.h>

#include "kpid/label.h"
#include "kpid/normalise.h"
#include "names.h"
#include "put.h"

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

/* What kpid computes would contradict what is typed. */
static bool
is_stated(const struct put *p, struct kpid_err *err)
{
	const struct indicator *i =
	    config_indicator(&p->cli->cfg, p->hand.indicator);

	if (i == NULL || i->derived.kind == DERIVED_NOT)
		return true;
	return err_set(err, KPID_EUSAGE,
	    "'%s' is computed from other indicators. HINT: put the values of "
	    "those",
	    p->hand.indicator);
}

bool
put_words(struct put *p, struct kpid_err *err)
{
	struct hand *h = &p->hand;
	int code;

	h->indicator = p->cli->args[0];
	h->period = p->cli->args[1];
	h->value = p->cli->args[2];
	h->by = cli_option(p->cli, "by");
	h->why = cli_option(p->cli, "why");
	h->again = "";
	h->dims = p->dims;
	return names_indicator(p->cli, h->indicator, err) && is_stated(p, err)
	    && names_org(p->cli, &h->org, &code, err)
	    && names_dims(p->cli, p->dims, &h->n_dims, err)
	    && read_missing(p, err) && read_frequency(p, err);
}
