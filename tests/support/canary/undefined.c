/* Must be found: signed overflow, which works everywhere by accident. */
#include <criterion/criterion.h>
#include <limits.h>

/* Volatile, so that the compiler cannot work it out. */
static volatile int most = INT_MAX;

Test(canary, undefined)
{
	cr_expect_lt(most + 1, INT_MAX);
}
