/*
 * The parts of a workbook: members of its zip archive, most of them XML, which
 * is read in pieces through expat. Private to this room.
 */
#ifndef PARSE_XLSX_PART_H
#define PARSE_XLSX_PART_H

#include "archive_zip.h"
#include "kpid/bytes.h"

/*
 * Who takes the events of one part. Names come without their namespace
 * prefix; a handler returning false ends the reading with its err. The reading
 * ends early, and well, once *enough is true.
 */
struct xml_handler {
	void *ctx;
	bool (*start)(void *ctx, const char *name, const char *const *atts,
	    struct kpid_err *err);
	bool (*end)(void *ctx, const char *name, struct kpid_err *err);
	/* NULL: texts are passed over. Comes in pieces. */
	bool (*text)(void *ctx, struct slice text, struct kpid_err *err);
	const bool *enough; /* NULL: never */
};

/* max: bytes of the part, unpacked. A part with a document type, nested over
 * LIMIT_XML_DEPTH or with a tag over LIMIT_CELL_BYTES is an error. */
MUST_CHECK bool xml_read(zip_t *zip, const char *part, long long max,
    const struct xml_handler *to, struct kpid_err *err);
/* By its name without prefix; NULL when there is none. */
const char *xml_attribute(const char *const *atts, const char *name);
/* An attribute that says yes. */
bool xml_true(const char *value);
/* Digits alone, at most max; false for anything else. NULL is fine. */
MUST_CHECK bool xml_number(const char *text, uint32_t max, uint32_t *out);

/* One relation of a part to another. */
struct xlsx_relation {
	const char *id, *type; /* type: its last name, such as worksheet */
	const char *part;      /* name of the other, in mem */
};

struct xlsx_relations {
	struct xlsx_relation *list;
	size_t n, cap;
	struct arena *mem;
};

/* Those of `part` ("": the whole package); none when nothing says so. What
 * points out of the package is left out. */
MUST_CHECK bool xlsx_relations_read(zip_t *zip, const char *part,
    struct xlsx_relations *out, struct kpid_err *err);

/* The package's document, in mem; NULL when it names none. */
MUST_CHECK bool xlsx_main_part(zip_t *zip, struct arena *mem, const char **out,
    struct kpid_err *err);

/* n + 1 elements of size bytes have room in *list, whose n live in mem. */
void *xlsx_grow(void *list, size_t n, size_t *cap, size_t size,
    struct arena *mem);

#endif
