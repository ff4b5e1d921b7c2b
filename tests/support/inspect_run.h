/*
 * Bodies for inspect, and a look into the drafts that come out.
 */
#ifndef TESTS_INSPECT_RUN_H
#define TESTS_INSPECT_RUN_H

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* An open file of this text; the caller closes it. */
static int
body_of(const char *text)
{
	int fd = memfd_create("body", MFD_CLOEXEC);

	cr_assert(fd >= 0
	    && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	return fd;
}

/* "a.0.b" in root. */
static json_t *
at(json_t *root, const char *path)
{
	char step[64];

	while (*path != '\0' && root != NULL) {
		size_t len = strcspn(path, ".");

		memcpy(step, path, len);
		step[len] = '\0';
		root = json_is_array(root)
		    ? json_array_get(root, strtoul(step, NULL, 10))
		    : json_object_get(root, step);
		path += len + (path[len] == '.');
	}
	return root;
}

#endif
