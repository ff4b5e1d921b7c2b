/* rooms: base decode parse */
#include "../support/shape_run.h"

#include "kpid/limits.h"

#define HEAD \
	"{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":0,\"ERROR_MSG\":\"ok\"},"
#define ROWS(from, to, all)                                              \
	"\"RESULT_INF\":{\"TOTAL_NUMBER\":" all ",\"FROM_NUMBER\":" from \
	",\"TO_NUMBER\":" to "}"
#define CLASSES                                                                      \
	"\"CLASS_INF\":{\"CLASS_OBJ\":[{\"@id\":\"tab\",\"@name\":\"表章項目\"," \
	"\"CLASS\":[{\"@code\":\"33\",\"@name\":\"年齢\",\"@level\":\"\","         \
	"\"@unit\":\"歳\"},{\"@code\":\"40\",\"@name\":\"\\u7d66\\u4e0e\"}]},"      \
	"{\"@id\":\"time\",\"CLASS\":{\"@code\":\"2020000000\","                     \
	"\"@name\":\"2020年\"}}]}"
#define DATA(inf) HEAD "\"STATISTICAL_DATA\":{" inf "}}}"
#define COLUMNS   "1: tab|tab_name|time|time_name|unit|value|annotation\n"

static const struct shape_case good[] = {
	{ DATA(CLASSES ",\"DATA_INF\":{\"NOTE\":{\"@char\":\"-\",\"$\":"
		       "\"計数のない場合\"},\"VALUE\":[\n{\"@tab\":\"33\","
		       "\"@time\":\"2020000000\",\"@unit\":\"年\",\"$\":\"19.0"
		       "\"},\n{\"$\":\"-\",\"@tab\":\"40\",\"@time\":"
		       "\"2020000000\",\"@annotation\":\"*\"}]}"),
	    COLUMNS "legend [-] 計数のない場合\n"
		    "2: 33|年齢|2020000000|2020年|年|19.0|~\n"
		    "3: 40|給与|2020000000|2020年|~|-|*\n",
	    "several values, one note" },
	{ DATA(CLASSES ",\"DATA_INF\":{\"VALUE\":{\"@tab\":\"33\",\"@time\":"
		       "\"2020000000\",\"$\":72.70}}"),
	    COLUMNS "1: 33|年齢|2020000000|2020年|歳|72.70|~\n",
	    "one value without its list; the unit of its class; a number" },
	{ DATA("\"DATA_INF\":{\"VALUE\":[{\"@tab\":\"33\",\"@time\":"
	       "\"2020000000\",\"$\":null}]}," CLASSES),
	    COLUMNS "1: 33|年齢|2020000000|2020年|歳|~|~\n",
	    "what explains the codes comes last; null" },
	{ DATA(CLASSES
	      ",\"DATA_INF\":{\"NOTE\":[{\"@char\":\"***\",\"$\":\"秘"
	      "匿\"},{\"@char\":\"…\",\"$\":\"不詳\"},{\"@char\":\"…\""
	      ",\"$\":\"不詳\"}],\"VALUE\":[{\"@tab\":\"33\",\"x\":[1],"
	      "\"$\":\"***\"}]}"),
	    COLUMNS "legend [***] 秘匿\nlegend […] 不詳\n"
		    "1: 33|年齢|~|~|歳|***|~\n",
	    "several notes, one of them twice; a class that is not there" },
	{ DATA("\"DATA_INF\":{\"VALUE\":[{\"@tab\":\"33\",\"@area\":\"13100\","
	       "\"@unit\":\"円\",\"$\":\"1\"}]}"),
	    "1: tab|tab_name|area|area_name|unit|value|annotation\n"
	    "1: 33|~|13100|~|円|1|~\n",
	    "nothing explains the codes (metaGetFlg=N)" },
	{ DATA(ROWS("1", "1", "2") "," CLASSES
				   ",\"DATA_INF\":{\"VALUE\":{\"@tab\":\"33\","
				   "\"$\":\"1\"}}") "\n" DATA(ROWS("2", "2",
	      "2") ",\"CLASS_INF\":{\"CLASS_OBJ\":{\"@id\":"
		   "\"tab\",\"CLASS\":{\"@code\":\"41\","
		   "\"@name\":\"新\"}}},\"DATA_INF\":{\"VALUE\":"
		   "[{\"@tab\":\"41\",\"$\":\"2\"},{\"@tab\":"
		   "\"33\",\"$\":\"3\"}]}"),
	    COLUMNS "1: 33|年齢|~|~|歳|1|~\n2: 41|新|~|~|~|2|~\n"
		    "2: 33|年齢|~|~|歳|3|~\n",
	    "two pages, the second with codes of its own" },
	{ "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":\"2\",\"ERROR_MSG\":"
	  "\"一部\"},\"STATISTICAL_DATA\":{" CLASSES
	  ",\"DATA_INF\":{\"VALUE\":{\"@tab\":\"33\",\"$\":\"1\"}}}}}",
	    COLUMNS "partial e-Stat says (STATUS 2): 一部\n"
		    "1: 33|年齢|~|~|歳|1|~\n",
	    "a status that warns, as text" },
	{ DATA("\"RESULT_INF\":{\"TOTAL_NUMBER\":9,\"FROM_NUMBER\":1,"
	       "\"TO_NUMBER\":1,\"NEXT_KEY\":2}," CLASSES
	       ",\"DATA_INF\":{\"VALUE\":{\"@tab\":\"33\",\"$\":\"1\"}}"),
	    COLUMNS "partial rows 1 to 1 of 9 are here, the next page begins "
		    "at row 2\n1: 33|年齢|~|~|歳|1|~\n",
	    "the next page is not here" },
	{ DATA(ROWS("5", "5", "5") "," CLASSES ",\"DATA_INF\":{\"VALUE\":"
				   "{\"@tab\":\"33\",\"$\":\"1\"}}"),
	    COLUMNS "partial rows 5 to 5 of 5 are here\n"
		    "1: 33|年齢|~|~|歳|1|~\n",
	    "the pages before are not here" },
	{ DATA(ROWS("1", "1", "3") "," CLASSES ",\"DATA_INF\":{\"VALUE\":"
				   "{\"@tab\":\"33\",\"$\":\"1\"}}"),
	    COLUMNS "partial rows 1 to 1 of 3 are here\n"
		    "1: 33|年齢|~|~|歳|1|~\n",
	    "there are more, and no key" },
	{ DATA(CLASSES ",\"DATA_INF\":{\"VALUE\":{\"@tab\":\"33\","
		       "\"$\":\"1\"}}")
		DATA("") "{\"GET_STATS_DATA\":{"
			 "\"RESULT\":{\"STATUS\":1,\"ERROR_MSG\":\"none\"}}}",
	    COLUMNS "1: 33|年齢|~|~|歳|1|~\n", "empty pages behind" },
};

static const struct shape_case bad[] = {
	{ "{\"GET_STATS_LIST\":{\"RESULT\":{\"STATUS\":100,\"ERROR_MSG\":"
	  "\"認証に失敗しました。\"}}}",
	    "error e-Stat answers with an error (STATUS 100): "
	    "認証に失敗しました。 HINT: look at appId in the feed's URL\n",
	    "not allowed" },
	{ "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":\"210\",\"ERROR_MSG\":"
	  "\"x\"}}}",
	    "error e-Stat answers with an error (STATUS 210): x\n",
	    "the server's fault" },
	{ "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":1,\"ERROR_MSG\":\"該当"
	  "データはありませんでした。\"}}}",
	    "error the answer has no data (STATUS 1): 該当データはありませんで"
	    "した。 HINT: no row fits the conditions in the feed's URL\n",
	    "no data" },
	{ DATA(CLASSES),
	    "error the answer has no data (STATUS 0): ok. HINT: cntGetFlg=Y in "
	    "the feed's URL asks for the count only\n",
	    "the count only" },
	{ "{\"GET_STATS_DATA\":{\n\"RESULT\":{}}}",
	    "error line 2 column 10: the answer of e-Stat has no STATUS that "
	    "is a number\n",
	    "no status" },
	{ DATA(CLASSES ",\"DATA_INF\":{\"VALUE\":[\n{\"@tab\":\"99\"}]}"),
	    COLUMNS "error line 2 column 9: code '99' of 'tab' is not "
		    "explained in CLASS_INF\n",
	    "an unknown code" },
	{ DATA(CLASSES ",\"DATA_INF\":{\"VALUE\":[\n{\"@cat01\":\"1\"}]}"),
	    COLUMNS "error line 2 column 11: the observation has '@cat01', "
		    "which CLASS_INF does not explain\n",
	    "an unknown class" },
	{ DATA(CLASSES ",\"DATA_INF\":{\"VALUE\":[7]}"),
	    COLUMNS "error line 1 column 335: an observation in VALUE is no "
		    "object\n",
	    "no object" },
	{ DATA("\"DATA_INF\":{\"VALUE\":\"none\"}"),
	    "error line 1 column 99: 'VALUE' is 'none' where a list of "
	    "observations is expected\n",
	    "a text for the values" },
	{ DATA("\"DATA_INF\":{\"VALUE\":[],\"VALUE\":[]}"),
	    "error line 1 column 110: the object has the member 'VALUE' "
	    "twice\n",
	    "the values twice" },
	{ DATA(ROWS("1", "1", "4") "," CLASSES ",\"DATA_INF\":{\"VALUE\":"
				   "{\"@tab\":\"33\",\"$\":\"1\"}}")
		DATA("\n" ROWS("3", "4", "4")),
	    "error line 2 column 14: page 2 has rows 3 to 4 of 4, where the "
	    "one before ended with row 1 of 4. HINT: fetch again; the table "
	    "changed in between\n",
	    "pages that do not join" },
	{ HEAD "\"STATISTICAL_DATA\":{" CLASSES,
	    "error line 1: the JSON document ends early; the body was probably "
	    "cut short\n",
	    "cut short" },
	{ " \n",
	    "error line 2: the JSON document ends early; the body was "
	    "probably cut short\n",
	    "blank" },
};

Test(shape_estat, observations_come_with_what_their_codes_mean)
{
	shape_expect(FORMAT_ESTAT, good, ARRAY_LEN(good));
}

Test(shape_estat, what_is_wrong_is_told_with_its_place)
{
	shape_expect(FORMAT_ESTAT, bad, ARRAY_LEN(bad));
}

Test(shape_estat, cells_know_where_they_stand)
{
	static const char in[] =
	    DATA(CLASSES ",\"DATA_INF\":{\"VALUE\":[\r\n{\"@tab\":\"33\",\r\n "
			 "\"$\":\"19.0\"}]}");
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	s.places = true;
	shape_run(FORMAT_ESTAT, slice_of(in), 5, &s);
	cr_expect_not_null(strstr(seen_text(&s), "\n2: 33@2.9|年齢@1.172|"),
	    "%s", seen_text(&s));
	cr_expect_not_null(strstr(seen_text(&s), "|19.0@3.6|~@2.1\n"), "%s",
	    seen_text(&s));
}

/* A class of n codes, each named by a long text. */
static void
classes_put(struct buf *b, size_t n)
{
	static const char name[] = "市町村の名前であって長いもの";

	cr_assert(buf_puts(b,
	    HEAD "\"STATISTICAL_DATA\":{\"CLASS_INF\":{"
		 "\"CLASS_OBJ\":{\"@id\":\"area\",\"CLASS\":"
		 "["));
	for (size_t i = n; i-- > 0;)
		cr_assert(buf_printf(b,
		    "{\"@code\":\"%06zu\",\"@name\":\"%s\"}%s", i, name,
		    i > 0 ? "," : "]}},"));
	cr_assert(buf_puts(b,
	    "\"DATA_INF\":{\"VALUE\":[{\"@area\":\"000007\","
	    "\"$\":\"5\"}]}}}}"));
}

Test(shape_estat, codes_may_come_in_any_order_up_to_a_limit)
{
	static const struct {
		size_t n;
		const char *want, *why;
	} table[] = {
		{ 5000, "000007|市町村の名前であって長いもの|~|5|~\n", "many" },
		{ 200000, "LIMIT_JSON_META_BYTES", "too many" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(seen_release) struct seen s;
		CLEANUP(buf_release) struct buf b;

		seen_init(&s);
		buf_init(&b, 64 << 20);
		classes_put(&b, table[i].n);
		shape_run(FORMAT_ESTAT, buf_slice(&b), CHUNK_BYTES, &s);
		cr_expect_not_null(strstr(seen_text(&s), table[i].want),
		    "row %zu (%s): %s", i, table[i].why, seen_text(&s));
	}
}

Test(shape_estat, many_pages_take_the_memory_of_one)
{
	CLEANUP(seen_release) struct seen s;
	CLEANUP(buf_release) struct buf b;

	seen_init(&s);
	buf_init(&b, 64 << 20);
	for (int i = 0; i < 40; i++)
		classes_put(&b, 5000);
	shape_run(FORMAT_ESTAT, buf_slice(&b), CHUNK_BYTES, &s);
	cr_expect_null(strstr(seen_text(&s), "error"), "%s", seen_text(&s));
}

Test(shape_estat, a_sink_that_stops_stops_the_reader)
{
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	s.stop_after = 1;
	shape_run(FORMAT_ESTAT, slice_of(good[0].in), 9, &s);
	cr_expect_not_null(strstr(seen_text(&s), "error enough\n"), "%s",
	    seen_text(&s));
	cr_expect_null(strstr(seen_text(&s), "40|"), "%s", seen_text(&s));
}
