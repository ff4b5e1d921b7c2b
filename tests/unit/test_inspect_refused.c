/* rooms: base config decode parse layout normalise body inspect */
/* Bodies in which there is no table; what a configuration knows already. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../support/inspect_run.h"
#include "kpid/inspect.h"

struct refused {
	const char *why, *file, *text, *says;
};

static const struct refused refusals[] = {
	{ "nothing", "a.csv", "", "the body is empty" },
	{ "a page", "a.csv", "<!DOCTYPE html><html><body>x</body></html>",
	    "HTML" },
	{ "prose", "a.txt", "There is nothing here.\nNor here.\n",
	    "no table was found" },
	{ "no period anywhere", "a.csv", "名前,点数\n甲,1\n乙,2\n",
	    "nothing says of when" },
	{ "figures without names", "a.csv", "1,2,3\n4,5,6\n",
	    "no table was found" },
	{ "a list of places", "2024.csv",
	    "施設名,所在地\n図書館,大手\n公民館,中央\n", "no table was found" },
	{ "JSON without records", "a.json", "{\"a\":[1,2,3]}",
	    "no list of records" },
	{ "broken JSON", "a.json", "{\"a\" 1}", "begins as JSON" },
	{ "two halves side by side", "2024-10.csv",
	    "年齢,人口,年齢,人口\n0歳,510,3歳,530\n1歳,520,4歳,540\n"
	    "2歳,525,5歳,550\n",
	    "no table was found" },
	{ "rows that contradict each other", "a.csv",
	    "年月,値\n2024-04,1\n2024-04,2\n2024-04,3\n",
	    "no table was found" },
};

Test(inspect_refused, refusals)
{
	const struct config cfg = { .time_zone = "Asia/Tokyo" };

	for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
		const struct refused *t = &refusals[i];
		struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		struct inspection in;
		int fd = body_of(t->text);

		cr_expect(!inspect_body(&cfg,
			      &(struct inspect_source){
				  fd, t->file, "file:///x" },
			      &mem, &in, &err),
		    "row %zu (%s): a draft", i, t->why);
		cr_expect(strstr(err.msg, t->says) != NULL,
		    "row %zu (%s): got '%s'", i, t->why, err.msg);
		(void)close(fd);
		arena_release(&mem);
	}
}

/* An indicator that the configuration has is used, not made again. */
Test(inspect_refused, known_indicator)
{
	const struct indicator known = { .code = "births",
		.name_ja = "出生数",
		.unit = "人",
		.measure = MEASURE_FLOW };
	const struct config cfg = { .time_zone = "Asia/Tokyo",
		.organization = "202037",
		.indicators = &known,
		.n_indicators = 1 };
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	struct inspection in;
	int fd = body_of("年月,出生数（人）,死亡数（人）\n2024-04,1,2\n"
			 "2024-05,3,4\n");

	cr_assert(inspect_body(&cfg,
		      &(struct inspect_source){ fd, "a.csv", "file:///x" },
		      &mem, &in, &err),
	    "%s", err.msg);
	json_t *root = json_loads(in.json, 0, NULL);

	cr_expect_eq(json_array_size(json_object_get(root, "indicators")), 1);
	cr_expect_str_eq(json_string_value(at(root,
			     "contract.values.0.indicator")),
	    "births");
	cr_expect(at(root, "contract.organization") == NULL,
	    "the configuration's organization is enough");
	json_decref(root);
	(void)close(fd);
	arena_release(&mem);
}
