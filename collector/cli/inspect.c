/* kpid inspect: a feed file for a body that nobody has described. */
#include "kpid/inspect.h"

#include <stdio.h>
#include <unistd.h>

#include "kpid/limits.h"
#include "local.h"

int
cmd_inspect(struct cli *cli)
{
	const struct feed feed = { .name = "inspect",
		.title = "inspect",
		.file = "the command line",
		.url = cli->args[0],
		.max_bytes = LIMIT_BODY_BYTES };
	struct kpid_err err = { 0 };
	struct inspection in;
	struct local_body body;
	int code = local_settings(cli);
	bool ok;

	if (code >= 0)
		return code;
	if (!local_open(cli, &feed, cli->args[0], &body, &err))
		return cli_fail(&err);
	ok = inspect_body(&cli->cfg,
	    &(struct inspect_source){ body.fd, body.file, body.url }, &cli->mem,
	    &in, &err);
	(void)close(body.fd);
	if (!ok)
		return cli_fail(&err);
	fputs(in.json, stdout);
	for (size_t i = 0; i < in.n_doubts; i++)
		fprintf(stderr, "not sure: %s\n", in.doubts[i]);
	return EXIT_DONE;
}
