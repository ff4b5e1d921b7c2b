/* Relations of parts: how one part of a workbook names another. */
#include "xlsx_part.h"

#include <string.h>

#include "kpid/file.h"
#include "kpid/limits.h"

void *
xlsx_grow(void *list, size_t n, size_t *cap, size_t size, struct arena *mem)
{
	void *grown;

	if (n < *cap)
		return list;
	*cap = *cap == 0 ? 16 : 2 * *cap;
	grown = arena_array(mem, *cap, size);
	if (n > 0)
		memcpy(grown, list, n * size);
	return grown;
}

/* xl/workbook.xml has its relations in xl/_rels/workbook.xml.rels. */
static const char *
relations_part(const char *part, struct arena *mem)
{
	const char *base = path_base(part);

	return arena_printf(mem, "%.*s_rels/%s.rels", (int)(base - part), part,
	    base);
}

struct reading {
	struct xlsx_relations *to;
	const char *dir; /* that targets are counted from; absolute */
};

static bool
relation(void *ctx, const char *name, const char *const *atts,
    struct kpid_err *err)
{
	const struct reading *r = ctx;
	struct xlsx_relations *to = r->to;
	const char *id = xml_attribute(atts, "Id");
	const char *type = xml_attribute(atts, "Type");
	const char *target = xml_attribute(atts, "Target");
	const char *mode = xml_attribute(atts, "TargetMode");

	if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL
	    || target == NULL
	    || (mode != NULL && strcmp(mode, "External") == 0))
		return true;
	if (to->n == LIMIT_ARCHIVE_MEMBERS)
		return err_set(err, KPID_EREFUSED,
		    "the workbook has more than %d relations between its parts "
		    "(LIMIT_ARCHIVE_MEMBERS)",
		    LIMIT_ARCHIVE_MEMBERS);
	to->list =
	    xlsx_grow(to->list, to->n, &to->cap, sizeof(*to->list), to->mem);
	to->list[to->n++] = (struct xlsx_relation){ arena_strdup(to->mem, id),
		arena_strdup(to->mem, path_base(type)),
		path_join(r->dir, target, to->mem) + 1 };
	return true;
}

bool
xlsx_relations_read(zip_t *zip, const char *part, struct xlsx_relations *out,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena work = { 0 };
	const char *from = relations_part(part, &work);
	struct reading r = { .to = out };
	const struct xml_handler to = { .ctx = &r, .start = relation };
	uint64_t index;

	r.dir = path_dir(arena_printf(&work, "/%s", part), &work);
	if (!zip_find(zip, from, &index))
		return true;
	return xml_read(zip, from, LIMIT_WORKBOOK_BYTES, &to, err);
}

bool
xlsx_main_part(zip_t *zip, struct arena *mem, const char **out,
    struct kpid_err *err)
{
	struct xlsx_relations all = { .mem = mem };
	uint64_t index;

	*out = NULL;
	if (!xlsx_relations_read(zip, "", &all, err))
		return false;
	for (size_t i = 0; i < all.n && *out == NULL; i++)
		if (strcmp(all.list[i].type, "officeDocument") == 0)
			*out = all.list[i].part;
	if (*out == NULL && zip_find(zip, "xl/workbook.xml", &index))
		*out = "xl/workbook.xml";
	return true;
}
