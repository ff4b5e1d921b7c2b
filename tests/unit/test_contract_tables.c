/* rooms: base config decode parse layout normalise body */
/* Whole contracts over whole tables: where the table is, and its rows. */
#include "../support/contract_run.h"

#define LOANS    "'values':[{'column':'貸出点数','indicator':'loans'}]"
#define TABLE(x) "{'format':'csv','period':{'column':'年月'}," LOANS x "}"

static const struct contract_case headers[] = {
	{ "below a title and notes", TABLE(""),
	    "図書館の利用状況,\n（令和6年度）,教育委員会\n,\n年月,貸出点数\n"
	    "2024-04,1\n",
	    "5:2 loans 2024-04 = 1\n" },
	{ "by its row", TABLE(",'header':{'row':3}"),
	    "年月,貸出点数\n旧,旧\n貸出点数,年月\n1,2024-04\n",
	    "4:1 loans 2024-04 = 1\n" },
	{ "by a label", TABLE(",'header':{'find':['年 月']}"),
	    "題,年\n年月,貸出点数\n2024-04,1\n", "3:2 loans 2024-04 = 1\n" },
	{ "by a pattern", TABLE(",'header':{'pattern':'^年.$'}"),
	    "題,年\n年月,貸出点数\n2024-04,1\n", "3:2 loans 2024-04 = 1\n" },
	{ "by a pattern that nothing is like",
	    TABLE(",'header':{'pattern':'^月日$'}"),
	    "年月,貸出点数\n2024-04,1\n",
	    "error none of the first 2 rows has a cell like '^月日$', by which the contract knows the header (a.json:1)\n" },
	{ "named by the contract",
	    TABLE(",'header':{'names':['年月','','貸出点数']}"),
	    "2024-04,x,1\n2024-05,y,2\n",
	    "1:3 loans 2024-04 = 1\n"
	    "2:3 loans 2024-05 = 2\n" },
	{ "named anew",
	    TABLE(",'header':{'row':1,'names':['年月','貸出点数']}"),
	    "Month,Loans\n2024-04,1\n", "2:2 loans 2024-04 = 1\n" },
	{ "fewer names than cells",
	    TABLE(",'header':{'names':['年月','貸出点数']}"),
	    "2024-04,1,2\n2024-05,1\n",
	    "reject 1:3 '2024-04,1,2': the row has 3 cells where the header has 2\n"
	    "2:2 loans 2024-05 = 1\n" },
	{ "of two rows, the upper text over those right of it",
	    "{'format':'csv','header':{'find':['年月'],'rows':2},'period':{"
	    "'column':'年月'},'values':[{'column':'貸出/計','indicator':'loans'}"
	    "],'ignore':['貸出/児童']}",
	    "年月,貸出,\n,児童,計\n2024-04,1,2\n", "3:3 loans 2024-04 = 2\n" },
	{ "with another sign between, and not filled",
	    "{'format':'csv','header':{'find':['年月'],'rows':2,'join':'・',"
	    "'fill':'none'},'period':{'column':'年月'},'values':[{'column':"
	    "'貸出・児童','indicator':'loans'},{'column':'計','indicator':"
	    "'visitors'}]}",
	    "年月,貸出,\n,児童,計\n2024-04,1,2\n",
	    "3:2 loans 2024-04 = 1\n"
	    "3:3 visitors 2024-04 = 2\n" },
	{ "that comes again", TABLE(",'header':{'repeats':true}"),
	    "年月,貸出点数\n2024-04,1\n貸出点数,年月\n2,2024-05\n",
	    "2:2 loans 2024-04 = 1\n"
	    "4:1 loans 2024-05 = 2\n" },
	{ "that comes again and nobody says so", TABLE(""),
	    "年月,貸出点数\n2024-04,1\n年月,貸出点数\n2024-05,2\n",
	    "2:2 loans 2024-04 = 1\n"
	    "reject 3:1 '年月': column '年月': not a year, month, day or span that is read\n"
	    "4:2 loans 2024-05 = 2\n" },
	{ "nowhere", TABLE(""), "a,b\n1,2\n3,4\n",
	    "error line 1: none of the first 3 rows has any of the columns '年月', '貸出点数'; this one has 'a', 'b'..\n" },
	{ "alone", TABLE(""), "年月,貸出点数\n",
	    "error no row of data below the header on line 1\n" },
	{ "a web page", TABLE(""), "<table><tr><td>年月</td></tr></table>\n",
	    "error this is an HTML page, not a table..\n" },
	{ "columns by their place",
	    "{'format':'csv','header':{'row':1},'period':{'column':'#1'},"
	    "'values':[{'column':'#3','indicator':'loans'}],"
	    "'other_columns':'ignore'}",
	    ",x,\n2024-04,9,1\n", "2:3 loans 2024-04 = 1\n" },
	{ "columns of one name",
	    "{'format':'csv','period':{'column':'年月'},'values':[{'column':"
	    "'計#1','indicator':'loans'},{'column':'計#2','indicator':"
	    "'visitors'}]}",
	    "年月,計,計\n2024-04,1,2\n",
	    "2:2 loans 2024-04 = 1\n"
	    "2:3 visitors 2024-04 = 2\n" },
};

Test(contract_tables, headers)
{
	contract_expect(headers, ARRAY_LEN(headers));
}

static const struct contract_case rows[] = {
	{ "where", TABLE(",'rows':{'where':[{'column':'館','is':['計']}]}"),
	    "年月,館,貸出点数\n2024-04,中央,1\n2024-04,　計 ,2\n"
	    "2024-04,計画,3\n",
	    "3:3 loans 2024-04 = 2\n" },
	{ "where two things hold",
	    TABLE(",'rows':{'where':[{'column':'館','is':['計']},{'column':"
		  "'年月','matches':'^2024'}]}"),
	    "年月,館,貸出点数\n2023-04,計,1\n2024-04,計,2\n2024-04,x,3\n",
	    "3:3 loans 2024-04 = 2\n" },
	{ "except",
	    TABLE(",'rows':{'except':[{'is':['合計']},{'matches':"
		  "'^平均'}]}"),
	    "年月,貸出点数\n2024-04,1\n合計,2\n平均（月）,3\n,\n2024-05,4\n",
	    "2:2 loans 2024-04 = 1\n"
	    "6:2 loans 2024-05 = 4\n" },
	{ "except where a cell is blank",
	    TABLE(",'rows':{'except':[{'column':'貸出点数','is':['']}]}"),
	    "年月,貸出点数\n2024-04,\n2024-05, \n2024-06,3\n",
	    "4:2 loans 2024-06 = 3\n" },
	{ "until", TABLE(",'rows':{'until':[{'matches':'^(注|資料)'}]}"),
	    "年月,貸出点数\n2024-04,1\n注　休館日を除く。,\n2024-05,2\n",
	    "2:2 loans 2024-04 = 1\n" },
	{ "a note that nobody speaks of", TABLE(""),
	    "年月,貸出点数\n2024-04,1\n注　休館日を除く。,\n",
	    "2:2 loans 2024-04 = 1\n"
	    "reject 3:1 '注　休館日を除く。': column '年月': not a year, month, day or span that is read\n" },
	{ "filled down",
	    TABLE(",'rows':{'fill_down':['年月','館']},"
		  "'dimensions':{'b':{'column':'館'}}"),
	    "年月,館,貸出点数\n2024-04,中央,1\n,,2\n2024-05,,3\n,西部,4\n",
	    "2:3 loans 2024-04 = 1 {\"b\":\"中央\"}\n"
	    "3:3 loans 2024-04 = 2 {\"b\":\"中央\"}\n"
	    "4:3 loans 2024-05 = 3 {\"b\":\"中央\"}\n"
	    "5:3 loans 2024-05 = 4 {\"b\":\"西部\"}\n" },
	{ "nothing above to fill down", TABLE(",'rows':{'fill_down':['年月']}"),
	    "年月,貸出点数\n,1\n2024-05,2\n",
	    "reject 2:1 '': column '年月': an empty cell\n"
	    "3:2 loans 2024-05 = 2\n" },
	{ "short and long rows", TABLE(""),
	    "年月,貸出点数,\n2024-04,1,\n2024-05,2\n2024-06,3,,4\n"
	    "2024-07\n",
	    "2:2 loans 2024-04 = 1\n"
	    "reject 3:3 '2024-05,2': the row has 2 cells where the header has 3\n"
	    "reject 4:4 '2024-06,3,,4': the row has 4 cells where the header has 3\n"
	    "reject 5:2 '2024-07': the row has 1 cell where the header has 3\n" },
	{ "read as far as they go", TABLE(",'csv':{'rows':'lenient'}"),
	    "年月,貸出点数\n2024-04\n2024-05,2\n2024-06,3,,\n2024-07,4,x\n",
	    "2:2 loans 2024-04 = not_available O\n"
	    "3:2 loans 2024-05 = 2\n"
	    "4:2 loans 2024-06 = 3\n"
	    "extra_cells 5:3 'x' stands where the header has no column and is not read\n"
	    "5:2 loans 2024-07 = 4\n" },
	{ "blank rows are none", TABLE(""),
	    "年月,貸出点数\n,\n2024-04,1\n\n , \n2024-05,2\n",
	    "3:2 loans 2024-04 = 1\n"
	    "6:2 loans 2024-05 = 2\n" },
	{ "a test by a column that is not there",
	    TABLE(",'rows':{'where':[{'column':'区','is':['x']}]}"),
	    "年月,貸出点数\n2024-04,1\n",
	    "error line 1: the header has no column '区'; it has '年月', '貸出点数'..\n" },
	{ "none is left",
	    TABLE(",'rows':{'where':[{'column':'年月','is':['x'"
		  "]}]}"),
	    "年月,貸出点数\n2024-04,1\n",
	    "error no row of data below the header on line 1\n" },
};

Test(contract_tables, rows)
{
	contract_expect(rows, ARRAY_LEN(rows));
}

static const struct contract_case wide[] = {
	{ "years across",
	    "{'format':'csv','header':{'find':['区分']},'unpivot':{'columns':"
	    "'^[0-9]+年$','into':['年']},'period':{'column':'年','as':"
	    "'fiscal_year','era':'平成'},'values':[{'column':'value',"
	    "'indicator':'waste'}],'ignore':['区分','増減']}",
	    "区分,20年,21年,増減\n収集量,\"48,210\",…,△785\n",
	    "2:2 waste FY2008 = 48210\n"
	    "unknown_mark 2:3 unknown mark '…' in column 'value'\n"
	    "> \"missing\": { \"…\": \"not_available\" }\n"
	    "reject 2:3 '…': unknown mark '…' in column 'value'\n" },
	{ "two things in the header",
	    "{'format':'csv','header':{'find':['地区'],'rows':2},'unpivot':{"
	    "'columns':'^(.+年)/(男|女)$','into':['年','男女'],'value':'数'},"
	    "'period':{'column':'年'},'dimensions':{'a':{'column':'地区'},"
	    "'s':{'column':'男女'}},'values':[{'column':'数','indicator':"
	    "'people'}]}",
	    "地区,令和5年,,令和6年,\n,男,女,男,女\n中央,1,2,3,4\n西,5,,7,8\n",
	    "3:2 people 2023 = 1 {\"a\":\"中央\",\"s\":\"男\"}\n"
	    "3:3 people 2023 = 2 {\"a\":\"中央\",\"s\":\"女\"}\n"
	    "3:4 people 2024 = 3 {\"a\":\"中央\",\"s\":\"男\"}\n"
	    "3:5 people 2024 = 4 {\"a\":\"中央\",\"s\":\"女\"}\n"
	    "4:2 people 2023 = 5 {\"a\":\"西\",\"s\":\"男\"}\n"
	    "4:3 people 2023 = not_available O {\"a\":\"西\",\"s\":\"女\"}\n"
	    "4:4 people 2024 = 7 {\"a\":\"西\",\"s\":\"男\"}\n"
	    "4:5 people 2024 = 8 {\"a\":\"西\",\"s\":\"女\"}\n" },
	{ "towns across",
	    "{'format':'csv','unpivot':{'columns':'^.+(?:市|町|村)$','into':["
	    "'市']},'period':{'column':'年月'},'organization':{'column':'市'},"
	    "'values':[{'column':'value','indicator':'loans'}],'ignore':["
	    "'合計']}",
	    "年月,上田市,佐久市,ぱらいそ村,合計\n2024-04,1,2,3,6\n",
	    "2:2 loans 2024-04 = 1\n"
	    "2:3 loans 2024-04 = 2 @202177\n"
	    "reject 1:4 'ぱらいそ村': column '市': no local government is called 'ぱらいそ村'..\n" },
	{ "indicators down, periods across, units beside",
	    "{'format':'csv','header':{'find':['項目','単位']},'unpivot':{"
	    "'columns':'^.+年度$','into':['年度']},'period':{'column':'年度'},"
	    "'indicator':{'column':'項目','ignore':['うち粗大ごみ']},'unit':{"
	    "'column':'単位'},'values':[{'column':'value'}]}",
	    "項目,単位,令和4年度,令和5年度\n市税収入,千円,20,21\n人口,人,5,6\n"
	    "ごみ収集量,kg,1000,2000\nうち粗大ごみ,ｔ,880,870\n人口,世帯,7,8\n",
	    "2:3 tax FY2022 = 20000\n"
	    "2:4 tax FY2023 = 21000\n"
	    "3:3 people FY2022 = 5\n"
	    "3:4 people FY2023 = 6\n"
	    "4:3 waste FY2022 = 1.000\n"
	    "4:4 waste FY2023 = 2.000\n"
	    "changed_unit 6:2 unit '世帯' of column 'value'..\n"
	    "reject 6:3 '7': column 'value': the unit '世帯' is neither the contract's nor one that becomes the indicator's\n"
	    "reject 6:4 '8': column 'value': the unit '世帯' is neither the contract's nor one that becomes the indicator's\n"
	    "held\n" },
	{ "no column is like that",
	    "{'format':'csv','header':{'row':1},'unpivot':{'columns':'^月$',"
	    "'into':['月']},'period':{'column':'月'},'values':[{'column':"
	    "'value','indicator':'loans'}]}",
	    "年月,貸出点数\n2024-04,1\n",
	    "error line 1: no column is like '^月$', which a.json:1 makes rows of; the header has '年月', '貸出点数'\n" },
	{ "a name for each group",
	    "{'format':'csv','unpivot':{'columns':'^(.+)/(.+)$','into':['月'"
	    "]},'period':{'column':'月'},'values':[{'column':'value',"
	    "'indicator':'loans'}]}",
	    "a\n", "problem 1 name for 2 groups of '^(.+)/(.+)$'..\n" },
	{ "a group that took no part",
	    "{'format':'csv','header':{'row':1},'unpivot':{'columns':"
	    "'^([0-9]+)年(計)?$','into':['年','計']},'period':{'text':"
	    "'{年}年'},'dimensions':{'c':{'column':'計'}},'values':[{'column':"
	    "'value','indicator':'loans'}]}",
	    "2001年,2002年計\n1,2\n",
	    "2:1 loans 2001 = 1 {\"c\":\"\"}\n"
	    "2:2 loans 2002 = 2 {\"c\":\"計\"}\n" },
};

Test(contract_tables, columns_made_rows)
{
	contract_expect(wide, ARRAY_LEN(wide));
}

#define HALF(n)                                                        \
	"{'format':'csv','period':{'column':'年月#" n "'},'values':[{" \
	"'column':'点#" n "','indicator':'loans'}],'other_columns':'ignore'}"

static const struct contract_case several[] = {
	{ "one below the other",
	    "[" TABLE(
		",'rows':{'until':[{'is':['期']}]}") ",{'format':'csv',"
						     "'period':{'column':'期'},'values':[{'column':'人','indicator':"
						     "'visitors'}]}]",
	    "年月,貸出点数\n2024-04,1\n,\n期,人\n2024-04,5\n",
	    "2:2 loans 2024-04 = 1\n"
	    "5:2 visitors 2024-04 = 5\n" },
	{ "side by side", "[" HALF("1") "," HALF("2") "]",
	    "年月,点,年月,点\n2024-04,1,2024-10,2\n",
	    "2:2 loans 2024-04 = 1\n"
	    "2:4 loans 2024-10 = 2\n" },
	{ "the second is not there",
	    "[" TABLE(
		",'rows':{'until':[{'is':['期']}]}") ",{'format':'csv',"
						     "'period':{'column':'期'},'values':[{'column':'人','indicator':"
						     "'visitors'}]}]",
	    "年月,貸出点数\n2024-04,1\n",
	    "2:2 loans 2024-04 = 1\n"
	    "error table 2 of the contract: line 1: none of the first 2 rows has any of the columns '期', '人'; this one has '年月', '貸出点数'..\n" },
};

Test(contract_tables, several_tables_of_one_body)
{
	contract_expect(several, ARRAY_LEN(several));
}

static const struct contract_case bodies[] = {
	{ "tabs", TABLE(",'csv':{'delimiter':'\\t'}"),
	    "年月\t貸出点数\n2024-04\t1\n", "2:2 loans 2024-04 = 1\n" },
	{ "bars, another quote", TABLE(",'csv':{'delimiter':'|','quote':'^'}"),
	    "年月|貸出点数\n^2024-04^|^1,2^\n",
	    "reject 2:2 '1,2': column '貸出点数': a thousands separator that does not part groups of three\n" },
	{ "nothing quotes", TABLE(",'csv':{'quote':''}"),
	    "年月,貸出点数\n2024-04,\"1\n",
	    "reject 2:2 '\"1': column '貸出点数': text in front of the number, or no number at all\n" },
	{ "a quote never closed", TABLE(""), "年月,貸出点数\n2024-04,\"1\n",
	    "error line 2 column 2: the quote that opens here is never closed\n" },
	{ "text behind a quote", TABLE(""),
	    "年月,貸出点数\n2024-04,\"1\"x\n2024-05,2\n",
	    "reject 2:2 '2024-04,\"1\"x': text follows a closing quote\n"
	    "3:2 loans 2024-05 = 2\n" },
	{ "old line ends", TABLE(""), "年月,貸出点数\r2024-04,1\r",
	    "2:2 loans 2024-04 = 1\n" },
	{ "a cell of two lines", TABLE(",'ignore':['備考']"),
	    "備考,年月,貸出点数\r\n\"a\r\nb\",2024-04,1\r\nx,2024-05,2\r\n",
	    "3:3 loans 2024-04 = 1\n"
	    "4:3 loans 2024-05 = 2\n" },
	{ "a mark in front", TABLE(""), "\xef\xbb\xbf年月,貸出点数\n2024-04,1",
	    "2:2 loans 2024-04 = 1\n" },
	{ "CP932, found by itself",
	    "{'format':'csv','period':{'column':'#1'},'header':{'row':1},"
	    "'values':[{'column':'#2','indicator':'loans'}],'other_columns':"
	    "'ignore'}",
	    "\x94\x4e\x8c\x8e,\x93\x5f\n2024\x94\x4e\x34\x8c\x8e,1\n",
	    "2:2 loans 2024-04 = 1\n" },
	{ "neither", TABLE(""), "年月,貸出点数\n2024-04,\xff\xff\n",
	    "error neither UTF-8 (line 2, byte offset 28: 'ff') nor CP932 (line 1, byte offset 5: '88 2c')..\n" },
	{ "not what was declared", TABLE(",'encoding':'euc-jp'"),
	    "年月,貸出点数\n2024-04,1\n",
	    "error line 1, byte offset 4: '9c' is not EUC-JP..\n" },
	{ "a workbook's beginning", TABLE(""),
	    "PK\x03\x04xxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxxxxxxxxxxxxxxxxxx",
	    "error the zip archive could not be opened: Not a zip archive..\n" },
	{ "nothing", TABLE(""), "", "error the body is empty\n" },
	{ "blanks", TABLE(""), " \n\n",
	    "error the body ends before its header: it has no row with text\n" },
};

Test(contract_tables, bodies)
{
	contract_expect(bodies, ARRAY_LEN(bodies));
}
