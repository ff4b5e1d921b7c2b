/* Where a contract says that the table is. */
#include <string.h>

#include "check.h"
#include "kpid/pattern.h"

#define OF(format) (1u << (format))
#define ROWS       (OF(FORMAT_CSV) | OF(FORMAT_XLSX))
#define ALL        (OF(FORMAT_WORLD_BANK + 1) - 1)

/* format 'csv', or formats 'csv' and 'xlsx' */
static const char *
formats_text(unsigned int formats, struct arena *mem)
{
	const char *out = "";
	bool several = (formats & (formats - 1)) != 0;

	for (unsigned int i = 0; format_words[i] != NULL; i++)
		if ((formats & OF(i)) != 0)
			out = arena_printf(mem, "%s%s'%s'", out,
			    *out == '\0' ? "" : " and ", format_words[i]);
	return arena_printf(mem, "format%s %s", several ? "s" : "", out);
}

/* Was the format itself read? Otherwise nothing is known of it. */
static bool
format_known(const struct check *k)
{
	const char *word = json_string_value(check_json(k, "format"));

	return word != NULL && strcmp(word, format_words[k->c->format]) == 0;
}

/* Keys that would be read and never used. */
static void
check_keys(const struct check *k)
{
	static const struct {
		const char *key;
		unsigned int formats;
		const char *hint;
	} only[] = {
		{ "csv", OF(FORMAT_CSV) | OF(FORMAT_SDMX_CSV), NULL },
		{ "records", OF(FORMAT_JSON), NULL },
		{ "header", ROWS, NULL },
		{ "sheet", OF(FORMAT_XLSX), NULL },
		{ "encoding", ALL & ~OF(FORMAT_XLSX),
		    "a workbook says itself how its text is written" },
		{ "unpivot", ALL & ~OF(FORMAT_JSON),
		    "'records' with [*] or .* makes rows of members" },
	};

	for (size_t i = 0; i < ARRAY_LEN(only); i++) {
		const char *at;

		if (check_json(k, only[i].key) == NULL
		    || (only[i].formats & OF(k->c->format)) != 0)
			continue;
		at = arena_printf(k->d->scratch, "/%s", only[i].key);
		if (only[i].hint != NULL)
			check_problem(k, at,
			    "'%s' is not for the format '%s'. HINT: %s",
			    only[i].key, format_words[k->c->format],
			    only[i].hint);
		else
			check_problem(k, at, "'%s' is for the %s", only[i].key,
			    formats_text(only[i].formats, k->d->scratch));
	}
}

static void
check_csv(const struct check *k)
{
	const json_t *csv = check_json(k, "csv");
	const char *key;
	json_t *value;

	if (k->c->format == FORMAT_CSV && k->c->delimiter == k->c->quote)
		check_problem(k, "/csv",
		    "'delimiter' and 'quote' are the same");
	if (k->c->format != FORMAT_SDMX_CSV)
		return;
	json_object_foreach((json_t *)csv, key,
	    value) if (strcmp(key, "decimal") != 0)
	    check_problem(k, arena_printf(k->d->scratch, "/csv/%s", key),
		"'%s' is for the format 'csv'", key);
}

/* Names alone say that there is no header, so that it has no rows. */
static void
check_header(const struct check *k)
{
	static const char *const keys[] = { "rows", "fill", "join", "units",
		"repeats" };
	const struct header_spec *h = &k->c->header;
	const json_t *json = check_json(k, "header");

	if (h->n_names == 0 || h->row > 0 || h->n_find > 0
	    || h->pattern != NULL)
		return;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (json_object_get(json, keys[i]) != NULL)
			check_problem(k,
			    arena_printf(k->d->scratch, "/header/%s", keys[i]),
			    "'%s' is of a header, and 'names' alone says that "
			    "there is none. HINT: 'row', 'find' or 'pattern' "
			    "says where it stands",
			    keys[i]);
}

static const char *
capture_pointer(const struct check *k, const struct capture *capture)
{
	return pointer_member("/captures", slice_of(capture->name),
	    k->d->scratch);
}

static void
check_capture(const struct check *k, const struct capture *capture)
{
	static const struct {
		const char *word;
		unsigned int formats;
	} from[] = {
		[CAPTURE_ABOVE] = { "above", ROWS },
		[CAPTURE_SECTION] = { "section", ROWS },
		[CAPTURE_FILE] = { "file", ALL },
		[CAPTURE_URL] = { "url", ALL },
		[CAPTURE_SHEET] = { "sheet", OF(FORMAT_XLSX) },
	};

	if ((from[capture->from].formats & OF(k->c->format)) == 0)
		check_problem(k, capture_pointer(k, capture),
		    "'%s' is for the %s", from[capture->from].word,
		    formats_text(from[capture->from].formats, k->d->scratch));
}

/* The names of what unpivot makes, `value` the last. */
static const char *
unpivot_name(const struct unpivot *u, size_t i)
{
	return i < u->n_into ? u->into[i] : u->value;
}

static const char *
unpivot_pointer(const struct unpivot *u, size_t i, struct arena *mem)
{
	return i < u->n_into ? pointer_element("/unpivot/into", i, mem)
			     : "/unpivot/value";
}

/* A column that two of captures and unpivot make. */
static void
check_made(const struct check *k)
{
	const struct unpivot *u = &k->c->unpivot;
	struct arena *mem = k->d->scratch;

	for (size_t i = 0; u->columns != NULL && i <= u->n_into; i++) {
		const char *name = unpivot_name(u, i);

		for (size_t j = 0; j < k->c->n_captures; j++)
			if (same_label(name, k->c->captures[j].name, mem))
				check_problem(k, unpivot_pointer(u, i, mem),
				    "the column '%s' is made on line %d "
				    "already",
				    name, k->c->captures[j].line);
		for (size_t j = 0; j < i; j++)
			if (same_label(name, u->into[j], mem))
				check_problem(k, unpivot_pointer(u, i, mem),
				    "the column '%s' is made twice", name);
	}
}

static void
check_unpivot(const struct check *k)
{
	CLEANUP(arena_release) struct arena scratch = { 0 };
	const struct unpivot *u = &k->c->unpivot;
	struct kpid_err err = { 0 };
	struct pattern *p;
	size_t groups;

	if (u->columns == NULL || u->n_into == 0
	    || !pattern_new(u->columns, &scratch, &p, &err))
		return;
	groups = pattern_groups(p);
	if (u->n_into == (groups == 0 ? 1 : groups))
		return;
	check_problem(k, "/unpivot/into",
	    "%zu name%s for %zu group%s of '%s'. HINT: each parenthesis of "
	    "'columns' needs a name, (?:...) needs none; without parentheses "
	    "one name takes all",
	    u->n_into, u->n_into == 1 ? "" : "s", groups,
	    groups == 1 ? "" : "s", u->columns);
}

void
check_table(const struct check *k)
{
	if (format_known(k)) {
		check_keys(k);
		check_csv(k);
		for (size_t i = 0; i < k->c->n_captures; i++)
			check_capture(k, &k->c->captures[i]);
	}
	check_header(k);
	check_made(k);
	check_unpivot(k);
}
