/* Must be found: a leak does not fail a Criterion test by itself. */
#include <criterion/criterion.h>
#include <stdlib.h>

/* Volatile, so that the compiler keeps an allocation nobody uses. */
static void *volatile kept;

Test(canary, leak)
{
	kept = malloc(4711);
	kept = NULL;
	cr_expect_null(kept);
}
