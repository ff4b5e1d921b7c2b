#include <malloc.h>

#include "kpid/cli.h"

/* Larger pieces of memory come from the system and go back to it at once: what
 * a large body needed must not stay with a daemon, and a table that is hardly
 * used costs nothing. glibc would raise this by itself. */
#define OWN_PIECE_BYTES (128 << 10)

int
main(int argc, char **argv)
{
	(void)mallopt(M_MMAP_THRESHOLD, OWN_PIECE_BYTES);
	return cli_main(argc, argv);
}
