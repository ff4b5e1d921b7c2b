/* rooms: base decode parse */
#include "../support/shape_run.h"

#define VALUES(a, b)                                              \
	"\"values\":[{\"id\":\"" a "\",\"name\":\"" a " name\"}," \
	"{\"id\":\"" b "\",\"name\":\"" b " name\"}]"
#define TIME                                                              \
	"{\"id\":\"TIME_PERIOD\",\"values\":[{\"id\":\"2020\",\"start\":" \
	"\"2020-01-01T00:00:00Z\",\"name\":\"2020\"},{\"id\":\"2021\"}]}"
#define FREQ "{\"id\":\"FREQ\",\"values\":[{\"id\":\"A\",\"name\":\"Annual\"}]}"
#define AREA "{\"id\":\"AREA\"," VALUES("JP", "FR") "}"
#define STATUS \
	"{\"id\":\"OBS_STATUS\",\"values\":[{\"id\":\"P\"},{\"id\":\"A\"}]}"
#define STRUCTURE(set, series, obs, a_set, a_series, a_obs)                \
	"{\"dimensions\":{\"dataSet\":[" set "],\"series\":[" series       \
	"],\"observation\":[" obs "]},\"attributes\":{\"dataSet\":[" a_set \
	"],\"series\":[" a_series "],\"observation\":[" a_obs "]}}"
#define COLUMNS                                                          \
	"1: FREQ|FREQ_name|AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|" \
	"OBS_VALUE"

static const struct shape_case good[] = {
	{ "{\"header\":{},\"structure\":" STRUCTURE(FREQ, AREA, TIME, "", "",
	      STATUS) ",\"dataSets\":[{\"action\":\"Information\",\"series\":{\"0\":{"
		      "\"attributes\":[],\"observations\":{\n\"0\":[1.50,0],\n\"1\":[null,"
		      "1]}},\n\"1\":{\"observations\":{\"1\":[3]}}}}]}",
	    COLUMNS "|OBS_STATUS\n2: A|Annual|JP|JP name|2020|2020|1.50|P\n"
		    "3: A|Annual|JP|JP name|2021|~|~|A\n"
		    "4: A|Annual|FR|FR name|2021|~|3|~\n",
	    "version 1, in series" },
	{ "{\"header\":{},\"dataSets\":[{\"observations\":{\n\"0:0\":[1.50,0],"
	  "\"1:1\":[\"NaN\"]}}],\"structure\":" STRUCTURE(FREQ, "",
	      AREA "," TIME, "", "", STATUS) "}",
	    COLUMNS "|OBS_STATUS\n2: A|Annual|JP|JP name|2020|2020|1.50|P\n"
		    "2: A|Annual|FR|FR name|2021|~|NaN|~\n",
	    "version 1, flat, the structure last" },
	{ "{\"meta\":{},\"data\":{\"structures\":[" STRUCTURE(FREQ, AREA, TIME,
	      "{\"id\":\"MULT\",\"values\":[{\"id\":\"0\"},{\"id\":\"3\"}]},{"
	      "\"id\":\"MAIL\"}",
	      "{\"id\":\"TITLE\",\"values\":[{\"name\":\"t\"},{\"value\":"
	      "\"v\"}]}",
	      "{\"id\":\"OBS_STATUS\",\"default\":\"A\",\"values\":[{\"id\":"
	      "\"P\"}]},{\"id\":\"NOTE\"}") "],\"dataSets\":[{\"structure\":0,"
					    "\"attributes\":[1,\"a@b\"],\"series\":{\"0\":{\"attributes\":[1],"
					    "\"observations\":{\"0\":[1,null,{\"en\":\"x\",\"fr\":\"y\"},7],"
					    "\"1\":[2,0,[\"p\",\"q\"]]}},\"1\":{\"attributes\":[0],"
					    "\"observations\":{\"0\":[4]}}}}]}}",
	    COLUMNS "|MULT|MAIL|TITLE|OBS_STATUS|NOTE\n"
		    "1: A|Annual|JP|JP name|2020|2020|1|3|a@b|v|A|x\n"
		    "1: A|Annual|JP|JP name|2021|~|2|3|a@b|v|P|p;q\n"
		    "1: A|Annual|FR|FR name|2020|2020|4|3|a@b|t|A|~\n",
	    "version 2: attributes on all levels, default, list, languages" },
	{ "{\"data\":{\"structure\":" STRUCTURE("", AREA, TIME,
	      "{\"id\":\"U\",\"values\":[{\"id\":\"T\"}]}", "",
	      "") ",\"dataSets\":[{\"series\":{\"0\":{\"observations\":{\"0\":[1]}}}},"
		  "{\"action\":\"Append\",\"series\":{\"1\":{\"observations\":{\"0\":"
		  "2}},\"0\":{}}}]}}",
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE|U\n"
	    "1: JP|JP name|2020|2020|1|T\n1: FR|FR name|2020|2020|2|T\n",
	    "two data sets; the only value of an attribute holds" },
	{ "{\"data\":{\"dataSets\":[{\"structure\":1,\"observations\":{\"0:1\":"
	  "[9,8]}},{\"structure\":0,\"observations\":{\"1\":[7]}}],"
	  "\"structures\":[{\"dimensions\":{\"observation\":[" TIME "]}},{"
	  "\"dimensions\":{\"observation\":[" AREA "," TIME "]},\"measures\":{"
	  "\"observation\":[{\"id\":\"M1\"},{\"id\":\"M2\"}]}}]}}",
	    "1: TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE|AREA|AREA_name|M1|M2\n"
	    "1: 2021|~|~|JP|JP name|9|8\n1: 2021|~|7|~|~|~|~\n",
	    "two structures, one of two measures" },
	{ "{\"data\":{\"dataSets\":[{\"dimensionGroupAttributes\":{\"::1\":[["
	  "\"s1\",\"s2\"],null],\":0:\":[null,{\"en\":\"c0\"}],\":1:\":[null,"
	  "\"c1\"]},\"observations\":{\"0:1\":[1],\"1:0\":[2]}}],"
	  "\"structures\":[{\"dimensions\":{\"dataSet\":[" FREQ "],"
	  "\"observation\":[" AREA "," TIME "]},\"attributes\":{"
	  "\"dimensionGroup\":[{\"id\":\"SOURCE\"},{\"id\":\"C\"}]}}]}}",
	    COLUMNS "|SOURCE|C\n"
		    "1: A|Annual|JP|JP name|2021|~|1|s1;s2|c0\n"
		    "1: A|Annual|FR|FR name|2020|2020|2|~|c1\n",
	    "attributes of parts of a key" },
};

#define ONE(obs)                                                             \
	"{\"header\":{},\"structure\":" STRUCTURE("", "", AREA "," TIME, "", \
	    "", STATUS) ",\"dataSets\":[\n{\"observations\":{" obs "}}]}"
#define ONE_COLUMNS \
	"1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE|OBS_STATUS\n"

static const struct shape_case bad[] = {
	{ ONE("\"0:2\":[1]"),
	    ONE_COLUMNS "error line 2 column 24: 'TIME_PERIOD' has no value 2, "
			"it has 2\n",
	    "a code that is not there" },
	{ ONE("\"0\":[1]"),
	    ONE_COLUMNS "error line 2 column 22: the key '0' does not fit 2 "
			"dimensions\n",
	    "a short key" },
	{ ONE("\"0:1:0\":[1]"),
	    ONE_COLUMNS "error line 2 column 26: the key '0:1:0' does not fit "
			"2 dimensions\n",
	    "a long key" },
	{ ONE("\"0:\":[1]"),
	    ONE_COLUMNS "error line 2 column 23: the key '0:' does not fit 2 "
			"dimensions\n",
	    "half a key" },
	{ ONE("\"0:0\":[1,5]"),
	    ONE_COLUMNS "error line 2 column 27: 'OBS_STATUS' has no value 5, "
			"it has 2\n",
	    "an attribute that is not there" },
	{ ONE("\"0:0\":[1,-1]"),
	    ONE_COLUMNS "error line 2 column 27: '-1' is no index of "
			"'OBS_STATUS'\n",
	    "an index below nothing" },
	{ ONE("\"0:0\":[]"),
	    ONE_COLUMNS "error line 2 column 24: the observation is empty\n",
	    "empty" },
	{ ONE(""),
	    "error the message has no data. HINT: look at the feed's "
	    "URL\n",
	    "no observation" },
	{ "{\"meta\":{},\"data\":{\"dataSets\":[]},\"errors\":[{\"code\":404,"
	  "\"title\":\"No results found\"}]}",
	    "error the SDMX service answers with an error 404: No results "
	    "found\n",
	    "an error" },
	{ "{\"errors\":[{\"code\":150,\"message\":\"\\u7121\\u52b9\"}]}",
	    "error the SDMX service answers with an error 150: 無効\n",
	    "an error without anything else" },
	{ "{\"errors\":[\"busy\"]}",
	    "error the SDMX service answers with an error: busy\n",
	    "an error in a word" },
	{ "{\"dataSets\":[{\"observations\":{\"0\":[1]}}]}",
	    "error line 1 column 1: the SDMX-JSON message has no 'structure', "
	    "without which its codes say nothing\n",
	    "no structure" },
	{ "{\"structure\":{},\"dataSets\":[\n{\"action\":\"Delete\","
	  "\"observations\":{\"0\":[1]}}]}",
	    "error line 2 column 1: the data set is a list of what is to be "
	    "deleted (action 'Delete'). HINT: ask the publisher for all data, "
	    "not for the changes\n",
	    "deletions" },
	{ "{\"structure\":{},\"dataSets\":[\n{\"structure\":1,"
	  "\"observations\":{\"0\":[1]}}]}",
	    "error line 2 column 1: the data set refers to structure 1, there "
	    "are 1\n",
	    "a structure that is not there" },
	{ "{\"structure\":{\"dimensions\":{\"observation\":[\n{}]}},"
	  "\"dataSets\":[{}]}",
	    "error line 2 column 1: a dimension, measure or attribute has no "
	    "'id'\n",
	    "a nameless dimension" },
};

Test(shape_sdmx, observations_come_with_codes_and_attributes)
{
	shape_expect(FORMAT_SDMX_JSON, good, ARRAY_LEN(good));
}

Test(shape_sdmx, what_is_wrong_is_told_with_its_place)
{
	shape_expect(FORMAT_SDMX_JSON, bad, ARRAY_LEN(bad));
}

Test(shape_sdmx, more_dimensions_than_a_key_may_have_are_refused)
{
	CLEANUP(seen_release) struct seen s;
	CLEANUP(buf_release) struct buf b;

	seen_init(&s);
	buf_init(&b, 1 << 20);
	cr_assert(buf_puts(&b,
	    "{\"dataSets\":[{\"observations\":{\"0\":[1]}}],"
	    "\"structure\":{\"dimensions\":{\"observation\":"
	    "[{\"id\":\"d\"}"));
	for (int i = 0; i < 64; i++)
		cr_assert(buf_printf(&b, ",{\"id\":\"d%d\"}", i));
	cr_assert(buf_puts(&b, "]}}}"));
	shape_run(FORMAT_SDMX_JSON, buf_slice(&b), 100, &s);
	cr_expect_not_null(strstr(seen_text(&s), "more than 64 dimensions"),
	    "%s", seen_text(&s));
}
