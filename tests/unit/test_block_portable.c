/* rooms: base */
/* The version for machines without SSE2, on one that has it. */
#undef __SSE2__
#include "../support/block_check.h"

Test(block_portable, every_byte_beside_a_plain_loop)
{
	block_check();
}
