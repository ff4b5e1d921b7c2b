/* replay FILE...: a fuzz target over the corpus, once each, no libFuzzer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define INPUT_MAX (16 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
replay(const char *path, uint8_t *data)
{
	FILE *in = fopen(path, "rb");
	size_t n;

	if (in == NULL) {
		perror(path);
		return 1;
	}
	n = fread(data, 1, INPUT_MAX, in);
	(void)fclose(in);
	return LLVMFuzzerTestOneInput(data, n);
}

int
main(int argc, char **argv)
{
	uint8_t *data = malloc(INPUT_MAX);
	int bad = data == NULL;

	for (int i = 1; i < argc && !bad; i++)
		bad = replay(argv[i], data);
	free(data);
	return bad;
}
