/* rooms: base */
#include "../support/block_check.h"

Test(block, every_byte_beside_a_plain_loop)
{
	block_check();
}
