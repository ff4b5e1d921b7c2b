#include <string.h>

#include "json_path.h"
#include "kpid/limits.h"

#define INDEX_MAX 1000000000

struct path_reader {
	const char *text, *at;
	struct json_path path;
};

static bool
refuse_path(const struct path_reader *r, const char *why, struct kpid_err *err)
{
	return err_set(err, KPID_ECONFIG,
	    "could not read the path '%s' at "
	    "character %zu: %s. HINT: paths look like $.data[*], a.b, "
	    "a['b c'], [3]",
	    r->text, (size_t)(r->at - r->text) + 1, why);
}

static bool
add_step(struct path_reader *r, struct json_step step, struct kpid_err *err)
{
	if (r->path.n == LIMIT_JSON_DEPTH)
		return refuse_path(r, "too deep (LIMIT_JSON_DEPTH)", err);
	r->path.steps[r->path.n++] = step;
	return true;
}

/* name as in .name: up to the next step. */
static bool
read_name(struct path_reader *r, struct kpid_err *err)
{
	struct json_step step = { .kind = STEP_MEMBER };

	if (*r->at == '*') {
		r->at++;
		step.kind = STEP_ANY_MEMBER;
		return add_step(r, step, err);
	}
	step.name = (struct slice){ r->at, strcspn(r->at, ".[") };
	if (step.name.len == 0)
		return refuse_path(r, "a name is missing", err);
	r->at += step.name.len;
	return add_step(r, step, err);
}

/* ['name'] or ["name"]; at stands on the quote. */
static bool
read_quoted(struct path_reader *r, struct kpid_err *err)
{
	struct json_step step = { .kind = STEP_MEMBER };
	const char *from = r->at + 1, *end = strchr(from, *r->at);

	if (end == NULL)
		return refuse_path(r, "a quote is not closed", err);
	step.name = (struct slice){ from, (size_t)(end - from) };
	r->at = end + 1;
	return add_step(r, step, err);
}

static bool
read_index(struct path_reader *r, struct kpid_err *err)
{
	struct json_step step = { .kind = STEP_ELEMENT };
	const char *from = r->at;

	for (; *r->at >= '0' && *r->at <= '9'; r->at++) {
		step.index = step.index * 10 + (size_t)(*r->at - '0');
		if (step.index > INDEX_MAX)
			return refuse_path(r, "the index is too large", err);
	}
	if (r->at == from)
		return refuse_path(r,
		    "neither a number, * nor a quoted name "
		    "stands in the brackets",
		    err);
	return add_step(r, step, err);
}

/* at stands behind the opening bracket. */
static bool
read_bracket(struct path_reader *r, struct kpid_err *err)
{
	struct json_step any = { .kind = STEP_ANY_ELEMENT };
	bool ok;

	if (*r->at == '*') {
		r->at++;
		ok = add_step(r, any, err);
	} else if (*r->at == '\'' || *r->at == '"') {
		ok = read_quoted(r, err);
	} else {
		ok = read_index(r, err);
	}
	if (!ok)
		return false;
	if (*r->at != ']')
		return refuse_path(r, "']' is missing", err);
	r->at++;
	return true;
}

static bool
read_step(struct path_reader *r, struct kpid_err *err)
{
	if (*r->at == '[') {
		r->at++;
		return read_bracket(r, err);
	}
	if (*r->at == '.') {
		r->at++;
		return read_name(r, err);
	}
	return refuse_path(r, "'.' or '[' is missing", err);
}

bool
json_path_compile(const char *text, struct arena *mem, struct json_path *out,
    struct kpid_err *err)
{
	struct path_reader r = { .text = arena_strdup(mem, text) };

	r.at = r.text;
	r.path.steps =
	    arena_array(mem, LIMIT_JSON_DEPTH, sizeof(*r.path.steps));
	if (*r.at == '$') {
		r.path.from_root = true;
		r.at++;
	} else if (*r.at != '[' && !read_name(&r, err)) {
		return false;
	}
	while (*r.at != '\0')
		if (!read_step(&r, err))
			return false;
	*out = r.path;
	return true;
}
