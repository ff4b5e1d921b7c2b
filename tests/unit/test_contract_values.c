/* rooms: base config decode parse layout normalise body */
/* Whole contracts over whole tables: what a number is. */
#include "../support/contract_run.h"

/* 年 and one column 値 of loans, with further keys of the contract. */
#define LOANS(x)                                                               \
	"{'format':'csv','period':{'column':'年'},'values':[{'column':'値'," \
	"'indicator':'loans'}]" x "}"
/* The same with keys of the value. */
#define VALUE(indicator, x)                                                    \
	"{'format':'csv','period':{'column':'年'},'values':[{'column':'値'," \
	"'indicator':'" indicator "'" x "}]}"
#define ROWS(x) "年,値\n" x

static const struct contract_case numbers[] = {
	{ "as people write them", LOANS(""),
	    ROWS("2001,\"12,345\"\n2002,１２３４５\n2003, 12345 \n2004,△1.5\n"
		 "2005,▲1.5\n2006,-1.5\n2007,−1.5\n2008,(1.5)\n2009,72.70\n"
		 "2010,007\n2011,+3\n2012,-0\n2013,０．５\n"),
	    "2:2 loans 2001 = 12345\n"
	    "3:2 loans 2002 = 12345\n"
	    "4:2 loans 2003 = 12345\n"
	    "5:2 loans 2004 = -1.5\n"
	    "6:2 loans 2005 = -1.5\n"
	    "7:2 loans 2006 = -1.5\n"
	    "8:2 loans 2007 = -1.5\n"
	    "9:2 loans 2008 = -1.5\n"
	    "10:2 loans 2009 = 72.70\n"
	    "11:2 loans 2010 = 7\n"
	    "12:2 loans 2011 = 3\n"
	    "13:2 loans 2012 = 0\n"
	    "14:2 loans 2013 = 0.5\n" },
	{ "what a number is not", LOANS(""),
	    ROWS("2001,\"12,34\"\n2002,約30\n2003,1.2E+05\n2004,\"1,440(+110)"
		 "\"\n2005,1 234\n2006,1.2.3\n2007,12-\n2008,0x10\n2009,- 5\n"
		 "2010,5件\n2011,3～5\n2012,--5\n2013,１２a\n"),
	    "reject 2:2 '12,34': column '値': a thousands separator that does not part groups of three\n"
	    "reject 3:2 '約30': column '値': 約: an approximate figure, not an observation\n"
	    "reject 4:2 '1.2E+05': column '値': an exponent: a spreadsheet has rounded the figure\n"
	    "reject 5:2 '1,440(+110)': column '値': a second figure in parentheses behind the number..\n"
	    "reject 6:2 '1 234': column '値': a blank inside the number\n"
	    "reject 7:2 '1.2.3': column '値': a second point, or a separator behind the point\n"
	    "reject 8:2 '12-': column '値': text behind the number..\n"
	    "reject 9:2 '0x10': column '値': text behind the number..\n"
	    "10:2 loans 2009 = -5\n"
	    "reject 11:2 '5件': column '値': text behind the number..\n"
	    "reject 12:2 '3～5': column '値': text behind the number..\n"
	    "reject 13:2 '--5': column '値': text in front of the number, or no number at all\n"
	    "reject 14:2 '１２a': column '値': text behind the number..\n" },
	{ "amounts in kanji", VALUE("tax", ",'unit':'円'"),
	    ROWS("2001,\"57億7,900万円\"\n2002,5億3000万\n2003,1兆円\n"
		 "2004,３万円\n2005,▲2億円\n2006,1万2億円\n2007,1億2億円\n"
		 "2008,1.5億円\n2009,\"12,345円\"\n2010,億円\n"),
	    "2:2 tax 2001 = 5779000000\n"
	    "3:2 tax 2002 = 530000000\n"
	    "4:2 tax 2003 = 1000000000000\n"
	    "5:2 tax 2004 = 30000\n"
	    "6:2 tax 2005 = -200000000\n"
	    "reject 7:2 '1万2億円': column '値': text that is no part of the number\n"
	    "reject 8:2 '1億2億円': column '値': text that is no part of the number\n"
	    "9:2 tax 2008 = 150000000\n"
	    "10:2 tax 2009 = 12345\n"
	    "unknown_mark 11:2 unknown mark '億円' in column '値'\n"
	    "> \"missing\": { \"億円\": \"not_applicable, suppressed, not_collected or not_available\" }\n"
	    "reject 11:2 '億円': unknown mark '億円' in column '値'\n" },
	{ "a blank cell and a failed formula", LOANS(""),
	    ROWS("2001,\n2002,#VALUE!\n2003,#N/A\n2004,#DIV/0!\n2005,　\n"),
	    "2:2 loans 2001 = not_available O\n"
	    "3:2 loans 2002 = error O\n"
	    "4:2 loans 2003 = error O\n"
	    "5:2 loans 2004 = error O\n"
	    "6:2 loans 2005 = not_available O\n" },
	{ "the decimal comma",
	    "{'format':'csv','csv':{'delimiter':';','decimal':','},'period':{"
	    "'column':'年'},'values':[{'column':'値','indicator':'rate'}]}",
	    "年;値\n2001;1.012,5\n2002;998,25\n2003;1 234,5\n2004;1,234.5\n"
	    "2005;-0,5\n2006;12.34\n",
	    "2:2 rate 2001 = 1012.5\n"
	    "3:2 rate 2002 = 998.25\n"
	    "4:2 rate 2003 = 1234.5\n"
	    "reject 5:2 '1,234.5': column '値': a second point, or a separator behind the point\n"
	    "6:2 rate 2005 = -0.5\n"
	    "reject 7:2 '12.34': column '値': a thousands separator that does not part groups of three\n" },
	{ "the decimal point", LOANS(""),
	    ROWS("2001,\"1,234.5\"\n2002,\"1.234,5\"\n2003,\".5\"\n2004,5.\n"),
	    "2:2 loans 2001 = 1234.5\n"
	    "reject 3:2 '1.234,5': column '値': a second point, or a separator behind the point\n"
	    "4:2 loans 2003 = 0.5\n"
	    "reject 5:2 '5.': column '値': a decimal point with no digit behind it\n" },
	{ "digits stay as many as they are", LOANS(""),
	    ROWS("2001,0.1000000000000000055511151231257827\n"
		 "2002,123456789012345678901234567890\n2003,1.0\n"),
	    "2:2 loans 2001 = 0.1000000000000000055511151231257827\n"
	    "3:2 loans 2002 = 123456789012345678901234567890\n"
	    "4:2 loans 2003 = 1.0\n" },
	{ "a second figure in the cell",
	    VALUE("loans", ",'pattern':'^([0-9,]+)[(]'"),
	    ROWS("2001,\"141,200(+1,804)\"\n2002,\"143,900\"\n2003,(5)\n"),
	    "2:2 loans 2001 = 141200\n"
	    "reject 3:2 '143,900': column '値': the value's pattern is not found in the cell\n"
	    "reject 4:2 '(5)': column '値': the value's pattern is not found in the cell\n" },
};

Test(contract_values, numbers)
{
	contract_expect(numbers, ARRAY_LEN(numbers));
}

static const struct contract_case units[] = {
	{ "thousands and millions of yen", VALUE("tax", ",'unit':'千円'"),
	    ROWS("2001,\"20,118\"\n2002,0.5\n2003,△3\n2004,0\n2005,5千円\n"),
	    "2:2 tax 2001 = 20118000\n"
	    "3:2 tax 2002 = 500\n"
	    "4:2 tax 2003 = -3000\n"
	    "5:2 tax 2004 = 0\n"
	    "6:2 tax 2005 = 5000\n" },
	{ "hundreds of millions", VALUE("tax", ",'unit':'億円'"),
	    ROWS("2001,1.25\n2002,0.00000001\n"),
	    "2:2 tax 2001 = 125000000\n"
	    "3:2 tax 2002 = 1\n" },
	{ "ten thousands of people", VALUE("people", ",'unit':'万人'"),
	    ROWS("2001,15.4\n2002,15.4万人\n"),
	    "2:2 people 2001 = 154000\n"
	    "3:2 people 2002 = 154000\n" },
	{ "kg for t", VALUE("waste", ",'unit':'kg'"),
	    ROWS("2001,1500\n2002,1\n"),
	    "2:2 waste 2001 = 1.500\n"
	    "3:2 waste 2002 = 0.001\n" },
	{ "a scale by itself", VALUE("loans", ",'scale':3"),
	    ROWS("2001,1.5\n2002,-0.0004\n"),
	    "2:2 loans 2001 = 1500\n"
	    "3:2 loans 2002 = -0.4\n" },
	{ "down", VALUE("loans", ",'scale':-2"), ROWS("2001,150\n2002,1\n"),
	    "2:2 loans 2001 = 1.50\n"
	    "3:2 loans 2002 = 0.01\n" },
	{ "two words for one unit", VALUE("loans", ",'unit':'冊','scale':0"),
	    ROWS("2001,5冊\n2002,6\n2003,7点\n"),
	    "2:2 loans 2001 = 5\n"
	    "3:2 loans 2002 = 6\n"
	    "reject 4:2 '7点': column '値': text behind the number..\n" },
	{ "two words that nobody says are one", VALUE("loans", ",'unit':'冊'"),
	    ROWS("2001,5\n"),
	    "problem '冊' is not known to be a multiple of '点', the unit of 'loans'..\n" },
	{ "a scale against the words", VALUE("tax", ",'unit':'千円','scale':6"),
	    ROWS("2001,5\n"),
	    "problem 'scale' is 6, but from '千円' to '円', the unit of 'tax', it is 3..\n" },
	{ "percent", VALUE("rate", ",'unit':'%'"),
	    ROWS("2001,72.7%\n2002,72.7\n2003,７２．７％\n"),
	    "2:2 rate 2001 = 72.7\n"
	    "3:2 rate 2002 = 72.7\n"
	    "4:2 rate 2003 = 72.7\n" },
	{ "percent in words", VALUE("rate", ",'unit':'パーセント'"),
	    ROWS("2001,72.7\n2002,5パーセント\n"),
	    "2:2 rate 2001 = 72.7\n"
	    "3:2 rate 2002 = 5\n" },
	{ "named in the header, and the same",
	    "{'format':'csv','period':{'column':'年'},'values':[{'column':"
	    "'税収（千円）','indicator':'tax','unit':'千円'}]}",
	    "年,税収（千円）\n2001,5\n", "2:2 tax 2001 = 5000\n" },
	{ "a row of units that agrees",
	    "{'format':'csv','header':{'row':1,'units':1},'period':{'column':"
	    "'年'},'values':[{'column':'値','indicator':'tax','unit':'千円'}]}",
	    "年,値\n,（千円）\n2001,5\n", "3:2 tax 2001 = 5000\n" },
	{ "one that does not",
	    "{'format':'csv','header':{'row':1,'units':1},'period':{'column':"
	    "'年'},'values':[{'column':'値','indicator':'tax','unit':'千円'}]}",
	    "年,値\n,（百万円）\n2001,5\n",
	    "changed_unit 1:2 unit '（百万円）' of column '値'..\n"
	    "> \"values\": [ { \"column\": \"値\", \"unit\": \"百万円\" } ]\n"
	    "3:2 tax 2001 = 5000\n"
	    "held\n" },
};

Test(contract_values, units)
{
	contract_expect(units, ARRAY_LEN(units));
}

/* 年, 値 and 単位, the row's own unit. */
#define BY_ROW(indicator, x)                                                    \
	"{'format':'csv','period':{'column':'年'},'unit':{'column':'単位'}," \
	"'values':[{'column':'値','indicator':'" indicator "'" x "}]}"

static const struct contract_case row_units[] = {
	{ "each row its own", BY_ROW("tax", ""),
	    "年,値,単位\n2001,20,百万円\n2002,\"20,340\",千円\n2003,1,円\n"
	    "2004,1,億円\n",
	    "2:2 tax 2001 = 20000000\n"
	    "3:2 tax 2002 = 20340000\n"
	    "4:2 tax 2003 = 1\n"
	    "5:2 tax 2004 = 100000000\n" },
	{ "one that cannot be converted", BY_ROW("tax", ""),
	    "年,値,単位\n2001,20,千円\n2002,20,ドル\n2003,21,ドル\n",
	    "2:2 tax 2001 = 20000\n"
	    "changed_unit 3:3 unit 'ドル' of column '値'..\n"
	    "reject 3:2 '20': column '値': the unit 'ドル' is neither the contract's nor one that becomes the indicator's\n"
	    "reject 4:2 '21': column '値': the unit 'ドル' is neither the contract's nor one that becomes the indicator's\n"
	    "held\n" },
	{ "a blank unit", BY_ROW("tax", ""), "年,値,単位\n2001,20,\n",
	    "2:2 tax 2001 = 20\n" },
	{ "the contract's own word", BY_ROW("loans", ",'unit':'冊','scale':0"),
	    "年,値,単位\n2001,20,冊\n2002,20,点\n2003,20,千冊\n",
	    "2:2 loans 2001 = 20\n"
	    "3:2 loans 2002 = 20\n"
	    "changed_unit 4:3 unit '千冊' of column '値'..\n"
	    "reject 4:2 '20': column '値': the unit '千冊' is neither the contract's nor one that becomes the indicator's\n"
	    "held\n" },
	{ "taken from the title",
	    "{'format':'csv','captures':{'単位':{'from':'above','pattern':"
	    "'単位[：:]([^）)]+)'}},'period':{'column':'年'},'unit':{'column':"
	    "'単位'},'values':[{'column':'値','indicator':'tax'}]}",
	    "税収（単位：百万円）,\n年,値\n2001,20\n",
	    "3:2 tax 2001 = 20000000\n" },
};

Test(contract_values, the_unit_of_each_row)
{
	contract_expect(row_units, ARRAY_LEN(row_units));
}

static const struct contract_case marks[] = {
	{ "marks for no value",
	    LOANS(",'missing':{'…':'not_available','x':'suppressed',"
		  "'－':'not_applicable','*':'not_collected','err':'error'}"),
	    ROWS("2001,…\n2002,x\n2003,－\n2004, * \n2005,err\n2006,X\n"
		 "2007,-\n2008,…1\n"),
	    "2:2 loans 2001 = not_available O\n"
	    "3:2 loans 2002 = suppressed Q\n"
	    "4:2 loans 2003 = not_applicable M\n"
	    "5:2 loans 2004 = not_collected L\n"
	    "6:2 loans 2005 = error O\n"
	    "unknown_mark 7:2 unknown mark 'X' in column '値'\n"
	    "> \"missing\": { \"X\": \"suppressed\" }\n"
	    "reject 7:2 'X': unknown mark 'X' in column '値'\n"
	    "unknown_mark 8:2 unknown mark '-' in column '値'\n"
	    "> \"missing\": { \"-\": \"not_applicable\" }\n"
	    "reject 8:2 '-': unknown mark '-' in column '値'\n"
	    "reject 9:2 '…1': column '値': text in front of the number, or no number at all\n" },
	{ "a blank cell, said otherwise", LOANS(",'missing':{'':'suppressed'}"),
	    ROWS("2001,\n2002, \n"),
	    "2:2 loans 2001 = suppressed Q\n"
	    "3:2 loans 2002 = suppressed Q\n" },
	{ "words for zero", LOANS(",'zero':['休館','－']"),
	    ROWS("2001,休館\n2002,－\n2003,休　館\n2004,休館中\n"),
	    "2:2 loans 2001 = 0\n"
	    "3:2 loans 2002 = 0\n"
	    "unknown_mark 4:2 unknown mark '休　館' in column '値'\n"
	    "> \"missing\": { \"休　館\": \"not_applicable, suppressed, not_collected or not_available\" }\n"
	    "reject 4:2 '休　館': unknown mark '休　館' in column '値'\n"
	    "unknown_mark 5:2 unknown mark '休館中' in column '値'\n"
	    "> \"missing\": { \"休館中\": \"not_applicable, suppressed, not_collected or not_available\" }\n"
	    "reject 5:2 '休館中': unknown mark '休館中' in column '値'\n" },
	{ "a mark that is told once", LOANS(""),
	    ROWS("2001,…\n2002,…\n2003,---\n"),
	    "unknown_mark 2:2 unknown mark '…' in column '値'\n"
	    "> \"missing\": { \"…\": \"not_available\" }\n"
	    "reject 2:2 '…': unknown mark '…' in column '値'\n"
	    "reject 3:2 '…': unknown mark '…' in column '値'\n"
	    "unknown_mark 4:2 unknown mark '---' in column '値'\n"
	    "> \"missing\": { \"---\": \"not_applicable, suppressed, not_collected or not_available\" }\n"
	    "reject 4:2 '---': unknown mark '---' in column '値'\n" },
	{ "one that holds", LOANS(",'hold':['unknown_mark']"),
	    ROWS("2001,…\n2002,1\n"),
	    "unknown_mark 2:2 unknown mark '…' in column '値'\n"
	    "> \"missing\": { \"…\": \"not_available\" }\n"
	    "reject 2:2 '…': unknown mark '…' in column '値'\n"
	    "3:2 loans 2002 = 1\n"
	    "held\n" },
	{ "flags on either side",
	    LOANS(",'flags':{'p':'P','※':'P','e':'E','*':'B'}"),
	    ROWS("2001,13001p\n2002,※5900\n2003,5 e\n2004,*5*\n2005,p\n"
		 "2006,\"1,300p\"\n2007,5P\n2008,5pe\n"),
	    "2:2 loans 2001 = 13001 P\n"
	    "3:2 loans 2002 = 5900 P\n"
	    "4:2 loans 2003 = 5 E\n"
	    "5:2 loans 2004 = 5 B\n"
	    "unknown_mark 6:2 unknown mark 'p' in column '値'\n"
	    "> \"missing\": { \"p\": \"not_applicable, suppressed, not_collected or not_available\" }\n"
	    "reject 6:2 'p': unknown mark 'p' in column '値'\n"
	    "7:2 loans 2006 = 1300 P\n"
	    "reject 8:2 '5P': column '値': text behind the number..\n"
	    "reject 9:2 '5pe': column '値': two flags that say two things\n" },
	{ "flags beside a mark",
	    LOANS(",'flags':{'p':'P'},'missing':{'…':'not_available'}"),
	    ROWS("2001,…p\n2002,…\n"),
	    "2:2 loans 2001 = not_available O\n"
	    "3:2 loans 2002 = not_available O\n" },
	{ "footnotes", LOANS(",'footnotes':['①','注1','a)','注12']"),
	    ROWS("2001注1,1①\n2002,2注1\n2003,3a)\n2004,4注12\n2005,①\n"
		 "2006,①6\n2007,7①注1\n2008,8②\n"),
	    "2:2 loans 2001 = 1\n"
	    "3:2 loans 2002 = 2\n"
	    "4:2 loans 2003 = 3\n"
	    "5:2 loans 2004 = 4\n"
	    "unknown_mark 6:2 unknown mark '①' in column '値'\n"
	    "> \"missing\": { \"①\": \"not_applicable, suppressed, not_collected or not_available\" }\n"
	    "reject 6:2 '①': unknown mark '①' in column '値'\n"
	    "reject 7:2 '①6': column '値': a superscript, a circled digit or a footnote mark: not a part of the number..\n"
	    "8:2 loans 2007 = 7\n"
	    "reject 9:2 '8②': column '値': a superscript, a circled digit or a footnote mark: not a part of the number..\n" },
	{ "a footnote that cuts a mark",
	    LOANS(",'footnotes':['*'],'missing':{'…':'not_available'}"),
	    ROWS("2001,…*\n2002,1**\n"),
	    "2:2 loans 2001 = not_available O\n"
	    "3:2 loans 2002 = 1\n" },
};

Test(contract_values, marks_flags_and_footnotes)
{
	contract_expect(marks, ARRAY_LEN(marks));
}

/* 年, 値 and 区分, the status of the row. */
#define STATUS(x)                                                              \
	"{'format':'csv','period':{'column':'年'},'values':[{'column':'値'," \
	"'indicator':'loans'}],'status':{'column':'区分'" x "}}"

static const struct contract_case statuses[] = {
	{ "said in words",
	    STATUS(",'map':{'確報':'A','速報':'P','推計':'E',"
		   "'断層':'B'}"),
	    "年,値,区分\n2001,1,確報\n2002,2,速報\n2003,3,推計\n2004,4,断層\n"
	    "2005,5,\n2006,6,概数\n2007,,速報\n",
	    "2:2 loans 2001 = 1\n"
	    "3:2 loans 2002 = 2 P\n"
	    "4:2 loans 2003 = 3 E\n"
	    "5:2 loans 2004 = 4 B\n"
	    "6:2 loans 2005 = 5\n"
	    "unknown_status 7:3 unknown status '概数'\n"
	    "> \"status\": { \"map\": { \"概数\": \"P\" } }\n"
	    "reject 7:2 '6': a status that the contract does not map\n"
	    "8:2 loans 2007 = not_available O\n" },
	{ "SDMX's letters", STATUS(""),
	    "年,値,区分\n2001,1,A\n2002,2,P\n2003,3,E\n2004,4,B\n2005,,M\n"
	    "2006,6,p\n2007,7,Z\n",
	    "2:2 loans 2001 = 1\n"
	    "3:2 loans 2002 = 2 P\n"
	    "4:2 loans 2003 = 3 E\n"
	    "5:2 loans 2004 = 4 B\n"
	    "6:2 loans 2005 = not_applicable M\n"
	    "unknown_status 7:3 unknown status 'p'\n"
	    "> \"status\": { \"map\": { \"p\": \"P\" } }\n"
	    "reject 7:2 '6': a status that the contract does not map\n"
	    "unknown_status 8:3 unknown status 'Z'\n"
	    "> \"status\": { \"map\": { \"Z\": \"P\" } }\n"
	    "reject 8:2 '7': a status that the contract does not map\n" },
	{ "each value its own",
	    "{'format':'csv','period':{'column':'年'},'values':[{'column':'甲'"
	    ",'indicator':'loans','status':'甲注'},{'column':'乙','indicator':"
	    "'visitors','status':'乙注'}],'status':{'map':{'p':'P'}}}",
	    "年,甲,甲注,乙,乙注\n2001,1,p,2,\n2002,3,,4,p\n",
	    "2:2 loans 2001 = 1 P\n"
	    "2:4 visitors 2001 = 2\n"
	    "3:2 loans 2002 = 3\n"
	    "3:4 visitors 2002 = 4 P\n" },
	{ "and the flag in the cell",
	    "{'format':'csv','period':{'column':'年'},'values':[{'column':'値'"
	    ",'indicator':'loans'}],'status':{'column':'区分','map':{'推計':"
	    "'E'}},'flags':{'p':'P'}}",
	    "年,値,区分\n2001,1p,\n2002,2,推計\n2003,3p,推計\n",
	    "2:2 loans 2001 = 1 P\n"
	    "3:2 loans 2002 = 2 E\n"
	    "4:2 loans 2003 = 3 P\n" },
};

Test(contract_values, statuses)
{
	contract_expect(statuses, ARRAY_LEN(statuses));
}

#define COUNT(x)                                                   \
	"{'format':'csv','period':{'column':'日','as':'month'}," x \
	"'values':[{'count':true,'indicator':'loans'}]}"

static const struct contract_case counts[] = {
	{ "by month", COUNT(""), "日\n2024-04-03\n2024-05-07\n2024-04-19\n",
	    "2:1 loans 2024-04 = 2\n"
	    "3:1 loans 2024-05 = 1\n" },
	{ "by month and kind", COUNT("'dimensions':{'kind':{'column':'種'}},"),
	    "日,種\n2024-04-03,車\n2024-04-04,人\n2024-04-05,車\n",
	    "2:1 loans 2024-04 = 2 {\"kind\":\"車\"}\n"
	    "3:1 loans 2024-04 = 1 {\"kind\":\"人\"}\n" },
	{ "by town", COUNT("'organization':{'column':'市'},"),
	    "日,市\n2024-04-03,上田市\n2024-04-04,佐久市\n2024-04-05,府中市\n"
	    "2024-04-06,上田市\n",
	    "reject 4:2 '府中市': column '市': several have the name '府中市': 132063 東京都, 342084 広島県..\n"
	    "2:1 loans 2024-04 = 2\n"
	    "3:1 loans 2024-04 = 1 @202177\n" },
	{ "a row whose period cannot be read", COUNT(""),
	    "日\n2024-04-03\n不明\n2024-04-05\n",
	    "reject 3:1 '不明': column '日': not a year, month, day or span that is read\n"
	    "2:1 loans 2024-04 = 2\n" },
	{ "some of the rows",
	    COUNT("'rows':{'where':[{'column':'種','is':["
		  "'車']}]},"),
	    "日,種\n2024-04-03,車\n2024-04-04,人\n2024-04-05,車\n",
	    "2:1 loans 2024-04 = 2\n" },
	{ "beside a sum",
	    "{'format':'csv','period':{'column':'日','as':'month'},'values':["
	    "{'count':true,'indicator':'loans'},{'column':'数','indicator':"
	    "'visitors'}],'dimensions':{'n':{'column':'番'}}}",
	    "日,番,数\n2024-04-03,1,5\n2024-04-04,2,\n",
	    "2:3 visitors 2024-04 = 5 {\"n\":\"1\"}\n"
	    "3:3 visitors 2024-04 = not_available O {\"n\":\"2\"}\n"
	    "2:1 loans 2024-04 = 1 {\"n\":\"1\"}\n"
	    "3:1 loans 2024-04 = 1 {\"n\":\"2\"}\n" },
};

Test(contract_values, rows_that_are_counted)
{
	contract_expect(counts, ARRAY_LEN(counts));
}
