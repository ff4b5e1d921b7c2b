/* expat behind struct xml_handler, with everything bounded that it is fed. */
#include <expat.h>
#include <string.h>

#include "kpid/limits.h"
#include "xlsx_part.h"

#define PIECE_BYTES (64 << 10)

struct xml {
	XML_Parser parser;
	const struct xml_handler *to;
	const char *part;
	int depth;
	long long fed;
	bool stopped, ok; /* by us; ok: because there is enough */
	struct kpid_err *err;
};

static void
xml_free(struct xml *x)
{
	if (x->parser != NULL)
		XML_ParserFree(x->parser);
}

/* More events may come after a stop: they are not passed on. */
static void
stop(struct xml *x, bool ok)
{
	x->stopped = true;
	x->ok = ok;
	(void)XML_StopParser(x->parser, XML_FALSE);
}

static void
after(struct xml *x, bool ok)
{
	if (!ok)
		stop(x, false);
	else if (x->to->enough != NULL && *x->to->enough)
		stop(x, true);
}

static const char *
local_name(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon == NULL ? name : colon + 1;
}

static void XMLCALL
on_start(void *ctx, const XML_Char *name, const XML_Char **atts)
{
	struct xml *x = ctx;

	if (x->stopped)
		return;
	if (++x->depth > LIMIT_XML_DEPTH) {
		after(x,
		    err_set(x->err, KPID_EREFUSED,
			"'%s' of the workbook is nested deeper than %d",
			x->part, LIMIT_XML_DEPTH));
		return;
	}
	after(x,
	    x->to->start(x->to->ctx, local_name(name),
		(const char *const *)atts, x->err));
}

static void XMLCALL
on_end(void *ctx, const XML_Char *name)
{
	struct xml *x = ctx;

	x->depth--;
	if (!x->stopped && x->to->end != NULL)
		after(x, x->to->end(x->to->ctx, local_name(name), x->err));
}

static void XMLCALL
on_text(void *ctx, const XML_Char *text, int len)
{
	struct xml *x = ctx;
	const struct slice piece = { text, (size_t)len };

	if (!x->stopped)
		after(x, x->to->text(x->to->ctx, piece, x->err));
}

/* Entities are made of a document type; no workbook has one. */
static void XMLCALL
on_doctype(void *ctx, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int internal)
{
	struct xml *x = ctx;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	after(x,
	    err_set(x->err, KPID_EREFUSED,
		"'%s' of the workbook has a document type (DOCTYPE), which no "
		"workbook has",
		x->part));
}

static void
xml_new(struct xml *x)
{
	x->parser = XML_ParserCreate(NULL);
	if (x->parser == NULL)
		fatal("out of memory");
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	if (x->to->text != NULL)
		XML_SetCharacterDataHandler(x->parser, on_text);
}

static bool
refuse_xml(const struct xml *x)
{
	enum XML_Error code = XML_GetErrorCode(x->parser);

	if (code == XML_ERROR_NO_MEMORY)
		fatal("out of memory");
	return err_set(x->err, KPID_EPARSE,
	    "'%s' of the workbook is no sound XML: line %lu column %lu: %s",
	    x->part, XML_GetCurrentLineNumber(x->parser),
	    XML_GetCurrentColumnNumber(x->parser) + 1, XML_ErrorString(code));
}

/* expat keeps a tag that is not whole: it may not grow for ever. */
static bool
check_tag(const struct xml *x)
{
	long long open = x->fed - XML_GetCurrentByteIndex(x->parser);

	if (open <= LIMIT_CELL_BYTES + PIECE_BYTES)
		return true;
	return err_set(x->err, KPID_EREFUSED,
	    "'%s' of the workbook has a tag of more than %d bytes "
	    "(LIMIT_CELL_BYTES)",
	    x->part, LIMIT_CELL_BYTES);
}

/* One piece; *len 0: the last. */
static bool
xml_step(struct xml *x, struct zip_member *m, size_t *len)
{
	void *piece = XML_GetBuffer(x->parser, PIECE_BYTES);

	if (piece == NULL)
		fatal("out of memory");
	if (!zip_member_read(m, piece, PIECE_BYTES, len, x->err))
		return false;
	x->fed += (long long)*len;
	if (XML_ParseBuffer(x->parser, (int)*len, *len == 0) == XML_STATUS_OK)
		return check_tag(x);
	return x->stopped ? x->ok : refuse_xml(x);
}

bool
xml_read(zip_t *zip, const char *part, long long max,
    const struct xml_handler *to, struct kpid_err *err)
{
	CLEANUP(zip_member_close) struct zip_member m = { 0 };
	CLEANUP(xml_free)
	struct xml x = { .to = to, .part = part, .err = err };
	uint64_t index;
	size_t len;

	if (!zip_find(zip, part, &index))
		return err_set(err, KPID_EPARSE,
		    "the workbook has no part '%s'", part);
	if (!zip_member_open(zip, index, part, max, &m, err))
		return false;
	xml_new(&x);
	do {
		if (!xml_step(&x, &m, &len))
			return false;
	} while (len > 0 && !x.stopped);
	return true;
}

const char *
xml_attribute(const char *const *atts, const char *name)
{
	for (; atts[0] != NULL; atts += 2)
		if (strcmp(local_name(atts[0]), name) == 0)
			return atts[1];
	return NULL;
}

bool
xml_true(const char *value)
{
	return value != NULL
	    && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0
		|| strcmp(value, "on") == 0);
}

bool
xml_number(const char *text, uint32_t max, uint32_t *out)
{
	uint64_t n = 0;

	if (text == NULL || *text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return false;
		n = 10 * n + (uint64_t)(*text - '0');
		if (n > max)
			return false;
	}
	*out = (uint32_t)n;
	return true;
}
