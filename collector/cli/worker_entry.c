/* kpid --worker loader|mailer|claimer CONFIG FD: not for people. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "worker_entry.h"

int
worker_entry(int argc, char **argv)
{
	if (argc != 5)
		return EXIT_USAGE;
	for (enum worker_kind k = WORKER_LOADER; k <= WORKER_CLAIMER; k++)
		if (strcmp(argv[2], worker_name(k)) == 0)
			return worker_run(k, argv[3],
			    (int)strtol(argv[4], NULL, 10));
	return EXIT_USAGE;
}
