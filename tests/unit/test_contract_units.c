/* rooms: base config decode parse layout normalise body */
/* Whole contracts over whole tables: a unit that is not the contract's is
 * found wherever a table says one, and holds. */
#include "../support/contract_run.h"

#define TAX(x)                                                                \
	"{'format':'csv','csv':{'rows':'lenient'},'period':{'column':'年'}," \
	"'values':[{'column':'値','indicator':'tax'" x "}]}"
#define HELD "held\n"
#define SUGGEST(column, unit)                                             \
	"> \"values\": [ { \"column\": \"" column "\", \"unit\": \"" unit \
	"\" } ]\n"

static const struct contract_case notes[] = {
	{ "above the header", TAX(""), "市税,（単位：百万円）\n年,値\n2001,5\n",
	    "changed_unit 1:2 unit '百万円' above column '値' is not '円', the unit of the indicator 'tax'\n" SUGGEST(
		"値", "百万円") "3:2 tax 2001 = 5\n" HELD },
	{ "in the title", TAX(""), "市税（単位 千円）\n年,値\n2001,5\n",
	    "changed_unit 1:1 unit '千円' above column '値'..\n" SUGGEST("値",
		"千円") "3:2 tax 2001 = 5\n" HELD },
	{ "in English", TAX(""), "Tax\n(thousand yen)\n年,値\n2001,5\n",
	    "changed_unit 2:1 unit 'thousand yen' above column '値'..\n" SUGGEST(
		"値", "thousand yen") "4:2 tax 2001 = 5\n" HELD },
	{ "the contract's own", TAX(",'unit':'千円'"),
	    "単位：千円\n年,値\n2001,5\n", "3:2 tax 2001 = 5000\n" },
	{ "no longer the contract's", TAX(",'unit':'千円'"),
	    "単位：百万円\n年,値\n2001,5\n",
	    "changed_unit 1:1 unit '百万円' above column '値' is not '千円', which the contract says\n" SUGGEST(
		"値", "百万円") "3:2 tax 2001 = 5000\n" HELD },
	{ "said by the scale", TAX(",'scale':3"), "単位：千円\n年,値\n2001,5\n",
	    "3:2 tax 2001 = 5000\n" },
	{ "several, of which one is of this kind", TAX(""),
	    "単位：人、千円、％\n年,値\n2001,5\n",
	    "changed_unit 1:1 unit '千円' above column '値'..\n" SUGGEST("値",
		"千円") "3:2 tax 2001 = 5\n" HELD },
	{ "several, and none is of this kind", TAX(""),
	    "単位：人・％\n年,値\n2001,5\n", "3:2 tax 2001 = 5\n" },
	{ "several, and one is the wanted", TAX(""),
	    "（単位：千円、円）\n年,値\n2001,5\n", "3:2 tax 2001 = 5\n" },
	{ "a separator within a number", TAX(",'unit':'千円'"),
	    "単位：1,000円\n年,値\n2001,5\n", "3:2 tax 2001 = 5000\n" },
	{ "no unit in parentheses", TAX(""), "（令和6年度）\n年,値\n2001,5\n",
	    "3:2 tax 2001 = 5\n" },
	{ "the column says its own",
	    "{'format':'csv','csv':{'rows':'lenient'},'period':{'column':'年'},"
	    "'values':[{'column':'値（円）','indicator':'tax'}]}",
	    "単位：千円\n年,値（円）\n2001,5\n", "3:2 tax 2001 = 5\n" },
	{ "the rows say theirs",
	    "{'format':'csv','csv':{'rows':'lenient'},'period':{'column':'年'},"
	    "'unit':{'column':'単位'},'values':[{'column':'値','indicator':"
	    "'tax'}]}",
	    "単位：千円\n年,値,単位\n2001,5,百万円\n",
	    "3:2 tax 2001 = 5000000\n" },
};

Test(contract_units, above_the_header)
{
	contract_expect(notes, ARRAY_LEN(notes));
}

#define WIDE(x)                                                                \
	"{'format':'csv','period':{'column':'年度'},'unpivot':{'columns':"   \
	"'^(令和[0-9]+年度)','into':['年度'],'value':'値'},'values':[{" \
	"'column':'値','indicator':'tax'" x "}],'other_columns':'ignore'}"

static const struct contract_case wide[] = {
	{ "one year's column", WIDE(",'unit':'千円'"),
	    "区分,令和4年度（千円）,令和5年度（百万円）\n市税,3,4\n",
	    "changed_unit 1:3 unit '百万円' of column '令和5年度（百万円）' is not '千円', which the contract says\n" SUGGEST(
		"値",
		"百万円") "2:2 tax FY2022 = 3000\n2:3 tax FY2023 = 4000\n" HELD },
	{ "the indicator's", WIDE(""),
	    "区分,令和4年度,令和5年度（百万円）\n市税,3,4\n",
	    "changed_unit 1:3 unit '百万円' of column '令和5年度（百万円）' is not '円', the unit of the indicator 'tax'\n" SUGGEST(
		"値",
		"百万円") "2:2 tax FY2022 = 3\n2:3 tax FY2023 = 4\n" HELD },
	{ "as the contract says", WIDE(",'unit':'千円'"),
	    "区分,令和4年度（千円）,令和5年度（千円）\n市税,3,4\n",
	    "2:2 tax FY2022 = 3000\n2:3 tax FY2023 = 4000\n" },
	{ "parentheses of another kind", WIDE(""),
	    "区分,令和4年度（決算）,令和5年度（見込）\n市税,3,4\n",
	    "2:2 tax FY2022 = 3\n2:3 tax FY2023 = 4\n" },
};

Test(contract_units, columns_made_rows)
{
	contract_expect(wide, ARRAY_LEN(wide));
}

#define LONG(map, x)                                                     \
	"{'format':'csv','csv':{'rows':'lenient'},'period':{'constant':" \
	"'2024'},'indicator':{'column':'項目'" map                       \
	"},'values':[{'column':'値'" x "}]}"

static const struct contract_case labels[] = {
	{ "of the map",
	    LONG(",'map':{'市税収入（百万円）':'tax','人口（人）':'people'}",
		""),
	    "項目,値\n市税収入（百万円）,5\n人口（人）,7\n市税収入（百万円）,6\n",
	    "changed_unit 2:1 unit '百万円' of label '市税収入（百万円）' is not '円', the unit of the indicator 'tax'\n"
	    "2:2 tax 2024 = 5\n3:2 people 2024 = 7\n4:2 tax 2024 = 6\n" HELD },
	{ "cut off by the pattern", LONG(",'pattern':'^([^（]+)'", ""),
	    "項目,値\n市税収入（千円）,5\n",
	    "changed_unit 2:1 unit '千円' of label '市税収入（千円）'..\n"
	    "2:2 tax 2024 = 5\n" HELD },
	{ "cut off the name of a column",
	    "{'format':'csv','period':{'column':'年'},'unpivot':{'columns':"
	    "'^(市税収入|人口)','into':['項目'],'value':'値'},'indicator':{"
	    "'column':'項目'},'values':[{'column':'値'}]}",
	    "年,市税収入（千円）,人口（人）\n2001,5,6\n2002,7,8\n",
	    "changed_unit 1:2 unit '千円' of label '市税収入（千円）' is not '円', the unit of the indicator 'tax'\n"
	    "2:2 tax 2001 = 5\n2:3 people 2001 = 6\n"
	    "3:2 tax 2002 = 7\n3:3 people 2002 = 8\n" HELD },
	{ "which the value says",
	    LONG(",'map':{'税（千円）':'tax'}", ",'unit':'千円'"),
	    "項目,値\n税（千円）,5\n", "2:2 tax 2024 = 5000\n" },
	{ "above the header", LONG("", ""),
	    "単位：人、千円\n項目,値\n人口,5\n市税収入,6\n",
	    "3:2 people 2024 = 5\n"
	    "changed_unit 1:1 unit '千円' above label '市税収入' is not '円', the unit of the indicator 'tax'\n"
	    "4:2 tax 2024 = 6\n" HELD },
};

Test(contract_units, labels)
{
	contract_expect(labels, ARRAY_LEN(labels));
}
