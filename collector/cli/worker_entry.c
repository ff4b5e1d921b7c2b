/* kpid --worker loader|mailer CONFIG FD: not for people. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "worker_entry.h"

int
worker_entry(int argc, char **argv)
{
	if (argc != 5)
		return EXIT_USAGE;
	return worker_run(strcmp(argv[2], "mailer") == 0 ? WORKER_MAILER
							 : WORKER_LOADER,
	    argv[3], (int)strtol(argv[4], NULL, 10));
}
