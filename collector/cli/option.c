/* The options that were given. */
#include <string.h>

#include "cli.h"

const char *
cli_option_at(const struct cli *cli, const char *name, size_t place)
{
	for (size_t i = 0; i < cli->n_options; i++)
		if (strcmp(cli->options[i].name, name) == 0 && place-- == 0)
			return cli->options[i].value != NULL
			    ? cli->options[i].value
			    : "";
	return NULL;
}

const char *
cli_option(const struct cli *cli, const char *name)
{
	return cli_option_at(cli, name, 0);
}
