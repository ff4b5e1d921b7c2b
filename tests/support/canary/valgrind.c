/* Must be found: a branch on memory that nobody wrote. */
#include <stdio.h>
#include <stdlib.h>

int
main(void)
{
	volatile char *unset = malloc(16);

	if (unset != NULL && unset[7] == 'x')
		puts("x");
	free((void *)unset);
	return 0;
}
