/* kpid prune: bodies that are kept no longer. */
#include <inttypes.h>
#include <stdio.h>

#include "cli.h"
#include "kpid/load.h"

static void
print(const struct cli *cli, const struct prune_counts *n, bool dry_run)
{
	if (cli->json)
		printf("{\"dry_run\":%s,\"bodies\":%" PRIu64
		       ",\"bytes\":%" PRIu64 "}\n",
		    dry_run ? "true" : "false", n->bodies, n->bytes);
	else
		printf("%" PRIu64 " %s, %" PRIu64 " bytes as they are kept%s\n",
		    n->bodies, n->bodies == 1 ? "body" : "bodies", n->bytes,
		    n->bodies == 0 ? ""
			: dry_run  ? ": would go; nothing was done"
				   : ": gone");
}

int
cmd_prune(struct cli *cli)
{
	const bool dry_run = cli_option(cli, "dry-run") != NULL;
	struct session s = { 0 };
	struct prune_counts counts = { 0 };
	struct kpid_err err = { 0 };
	bool ok;

	if (!prune_wanted(&cli->cfg) && !cli->json)
		fputs("kpid: bodies are kept for ever. HINT: \"bodies\": "
		      "{\"keep_days\": 730} in the configuration or a feed\n",
		    stderr);
	ok = cli_open(cli, DB_ROLE_COLLECTOR, &s, &err)
	    && bodies_prune(s.db, &cli->cfg, dry_run, &counts, &err);
	session_close(&s);
	if (!ok)
		return cli_fail(&err);
	print(cli, &counts, dry_run);
	return EXIT_DONE;
}
