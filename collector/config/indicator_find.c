/* Indicators by their code. */
#include <string.h>

#include "load.h"
#include "suggest.h"

const struct indicator *
config_indicator(const struct config *cfg, const char *code)
{
	for (size_t i = 0; i < cfg->n_indicators; i++) {
		const char *known = cfg->indicators[i].code;

		if (known != NULL && strcmp(known, code) == 0)
			return &cfg->indicators[i];
	}
	return NULL;
}

void
indicator_check(const struct document *d, const char *pointer,
    const struct config *cfg, const char *code)
{
	struct suggestion s;

	if (code == NULL || cfg->n_indicators == 0
	    || config_indicator(cfg, code) != NULL)
		return;
	suggestion_begin(&s, code);
	for (size_t i = 0; i < cfg->n_indicators; i++) {
		if (cfg->indicators[i].code != NULL)
			suggestion_offer(&s, cfg->indicators[i].code);
	}
	if (s.best != NULL)
		document_problem(d, pointer,
		    "unknown indicator '%s'. HINT: did you mean '%s'?", code,
		    s.best);
	else
		document_problem(d, pointer,
		    "unknown indicator '%s'. HINT: "
		    "declare it in the file of indicators",
		    code);
}
