/* rooms: base config decode parse layout normalise body */
/* Whole contracts over whole tables: when a figure is of. */
#include "../support/contract_run.h"

/* A table of one column of loans, whose period is read so. */
#define PERIOD(x)                                                              \
	"{'format':'csv','period':{" x "},'values':[{'column':'貸出点数'," \
	"'indicator':'loans'}],'other_columns':'ignore'}"
/* The same as a running total of taxes. */
#define SO_FAR(x)                                                     \
	"{'format':'csv','period':{" x "},'values':[{'column':'額'," \
	"'indicator':'tax_so_far'}]}"

static const struct contract_case forms[] = {
	{ "what each cell says by itself", PERIOD("'column':'期'"),
	    "期,貸出点数\n"
	    "2024-09-30,1\n"
	    "R6.9,2\n"
	    "令和6年第3四半期,3\n"
	    "令和6年度第2四半期,4\n"
	    "令和6年度上半期,5\n"
	    "2024,6\n"
	    "令和6年度,7\n"
	    "2024-W36,8\n"
	    "令和6年4月～9月,9\n"
	    "2024-S2,10\n",
	    "2:2 loans 2024-09-30 = 1\n"
	    "3:2 loans 2024-09 = 2\n"
	    "4:2 loans 2024-Q3 = 3\n"
	    "5:2 loans 2024-Q3 = 4\n"
	    "6:2 loans 2024-04-01/2024-09-30/S = 5\n"
	    "7:2 loans 2024 = 6\n"
	    "8:2 loans FY2024 = 7\n"
	    "9:2 loans 2024-W36 = 8\n"
	    "10:2 loans 2024-04-01/2024-09-30/S = 9\n"
	    "11:2 loans 2024-S2 = 10\n" },
	{ "one series for each span", PERIOD("'column':'期'"),
	    "期,貸出点数\n平成30年度,1\n平成30年,2\n平成30年4月,3\n",
	    "2:2 loans FY2018 = 1\n"
	    "3:2 loans 2018 = 2\n"
	    "4:2 loans 2018-04 = 3\n" },
	{ "an instant, said by a month",
	    PERIOD("'column':'期','as':'day','frequency':'M'"),
	    "期,貸出点数\n令和6年2月,1\n2023-02,2\nR6.2.15,3\n",
	    "2:2 loans 2024-02-29/M = 1\n"
	    "3:2 loans 2023-02-28/M = 2\n"
	    "4:2 loans 2024-02-15/M = 3\n" },
	{ "an instant, the first of the month",
	    PERIOD("'column':'期','as':'first_day','frequency':'M'"),
	    "期,貸出点数\n令和6年2月,1\n2023-02,2\n令和6年2月末,3\n",
	    "2:2 loans 2024-02-01/M = 1\n"
	    "3:2 loans 2023-02-01/M = 2\n"
	    "4:2 loans 2024-02-29/M = 3\n" },
	{ "a month, said by a day", PERIOD("'column':'期','as':'month'"),
	    "期,貸出点数\n2024-02-29,1\n2023-02-29,2\n20240331,3\n",
	    "2:2 loans 2024-02 = 1\n"
	    "reject 3:1 '2023-02-29': column '期': no such date\n"
	    "4:2 loans 2024-03 = 3\n" },
	{ "quarters and halves of the calendar",
	    PERIOD("'column':'期','as':'quarter'"),
	    "期,貸出点数\n2024-Q1,1\n2024年10～12月期,2\n2024-05,3\n2024,4\n",
	    "2:2 loans 2024-Q1 = 1\n"
	    "3:2 loans 2024-Q4 = 2\n"
	    "reject 4:1 '2024-05': column '期': a part from the middle of the period that the contract wants\n"
	    "reject 5:1 '2024': column '期': longer than the period that the contract wants\n" },
	{ "halves", PERIOD("'column':'期','as':'half'"),
	    "期,貸出点数\n2024年上半期,1\n2024-S2,2\n令和6年4月～9月,3\n",
	    "2:2 loans 2024-S1 = 1\n"
	    "3:2 loans 2024-S2 = 2\n"
	    "4:2 loans 2024-04-01/2024-09-30/S = 3\n" },
	{ "years", PERIOD("'column':'期','as':'year'"),
	    "期,貸出点数\n2024,1\n令和6年度,2\n平成31年,3\n令和元年,4\n",
	    "2:2 loans 2024 = 1\n"
	    "reject 3:1 '令和6年度': column '期': a fiscal year where the contract wants another period\n"
	    "4:2 loans 2019 = 3\n"
	    "5:2 loans 2019 = 4\n" },
	{ "fiscal years", PERIOD("'column':'期','as':'fiscal_year'"),
	    "期,貸出点数\n2024,1\n令和元年度,2\n平成31年度,3\nH30,4\n",
	    "2:2 loans FY2024 = 1\n"
	    "3:2 loans FY2019 = 2\n"
	    "4:2 loans FY2019 = 3\n"
	    "5:2 loans FY2018 = 4\n" },
	{ "years of a named era", PERIOD("'column':'期','era':'令和'"),
	    "期,貸出点数\n6年9月,1\n元年5月,2\n元年4月,3\n7.4.1,4\n",
	    "2:2 loans 2024-09 = 1\n"
	    "3:2 loans 2019-05 = 2\n"
	    "reject 4:1 '元年4月': column '期': not in 令和, which began on 2019-05-01\n"
	    "5:2 loans 2025-04-01 = 4\n" },
	{ "the era that is named is only for those without one",
	    PERIOD("'column':'期','era':'令和'"),
	    "期,貸出点数\n平成30年4月,1\n2018年4月,2\n2年4月,3\n",
	    "2:2 loans 2018-04 = 1\n"
	    "3:2 loans 2018-04 = 2\n"
	    "4:2 loans 2020-04 = 3\n" },
};

Test(contract_periods, forms)
{
	contract_expect(forms, ARRAY_LEN(forms));
}

static const struct contract_case refused[] = {
	{ "eras outside their dates", PERIOD("'column':'期'"),
	    "期,貸出点数\n平成31年5月,1\n令和元年4月,2\n昭和64年1月7日,3\n"
	    "昭和64年1月8日,4\n大正15年12月24日,5\n",
	    "reject 2:1 '平成31年5月': column '期': not in 平成, which was 1989-01-08 to 2019-04-30 (平成31年)\n"
	    "reject 3:1 '令和元年4月': column '期': not in 令和, which began on 2019-05-01\n"
	    "4:2 loans 1989-01-07 = 3\n"
	    "reject 5:1 '昭和64年1月8日': column '期': not in 昭和, which was 1926-12-25 to 1989-01-07 (昭和64年)\n"
	    "6:2 loans 1926-12-24 = 5\n" },
	{ "what may be one or the other", PERIOD("'column':'期'"),
	    "期,貸出点数\n30/09/2024,1\nJan-18,2\n6.9.30,3\n9月,4\n"
	    "2024年3月期,5\n",
	    "reject 2:1 '30/09/2024': column '期': a date with its year behind: is its day or its month first?\n"
	    "reject 3:1 'Jan-18': column '期': a month's name and no year of four digits: Jan-18 may be a day or a year\n"
	    "reject 4:1 '6.9.30': column '期': a year of one or two digits and no era..\n"
	    "reject 5:1 '9月': column '期': a month without its year..\n"
	    "reject 6:1 '2024年3月期': column '期': 月期 of one month: the month, or a business year that ends in it?\n"
	    "unreadable 2:0 of 5 rows none could be read, the first is '30/09/2024'..\n"
	    "held\n" },
	{ "no such date", PERIOD("'column':'期'"),
	    "期,貸出点数\n2023-02-29,1\n2024-13,2\n2024-04-31,3\n"
	    "2024-Q5,4\n2024年9月30日（火）,5\n2024年9月30日（月）,6\n",
	    "reject 2:1 '2023-02-29': column '期': no such date\n"
	    "reject 3:1 '2024-13': column '期': no such date\n"
	    "reject 4:1 '2024-04-31': column '期': no such date\n"
	    "reject 5:1 '2024-Q5': column '期': no such date\n"
	    "reject 6:1 '2024年9月30日（火）': column '期': a weekday that is not the date's\n"
	    "7:2 loans 2024-09-30 = 6\n" },
	{ "times of day", PERIOD("'column':'期'"),
	    "期,貸出点数\n2024-09-30T00:00:00,1\n2024-09-30 13:00,2\n",
	    "2:2 loans 2024-09-30 = 1\n"
	    "reject 3:1 '2024-09-30 13:00': column '期': a time of day: a period is a stretch of whole days\n" },
	{ "no period at all", PERIOD("'column':'期'"),
	    "期,貸出点数\n合計,1\n,2\n－,3\n",
	    "reject 2:1 '合計': column '期': not a year, month, day or span that is read\n"
	    "reject 3:1 '': column '期': an empty cell\n"
	    "reject 4:1 '－': column '期': not a year, month, day or span that is read\n"
	    "unreadable 2:0 of 3 rows none could be read, the first is '合計'..\n"
	    "held\n" },
};

Test(contract_periods, what_is_refused_is_told_with_its_reason)
{
	contract_expect(refused, ARRAY_LEN(refused));
}

static const struct contract_case put_together[] = {
	{ "of an era, a year and a month",
	    PERIOD("'text':'{元号}{年}年{月}月'"),
	    "元号,年,月,貸出点数\n令和,6,4,1\n平成,31,5,2\n令和,元,5,3\n"
	    "令和,,5,4\n",
	    "2:4 loans 2024-04 = 1\n"
	    "reject 3:3 '平成31年5月': period '{元号}{年}年{月}月': not in 平成, which was 1989-01-08 to 2019-04-30 (平成31年)\n"
	    "4:4 loans 2019-05 = 3\n"
	    "reject 5:3 '令和年5月': period '{元号}{年}年{月}月': not a year, month, day or span that is read\n" },
	{ "a fiscal year's quarter", PERIOD("'text':'令和{年度}第{期}四半期'"),
	    "年度,期,貸出点数\n6年度,1,1\n6年度,4,2\n６年度,２,3\n",
	    "2:3 loans 2024-Q2 = 1\n"
	    "3:3 loans 2025-Q1 = 2\n"
	    "4:3 loans 2024-Q3 = 3\n" },
	{ "braces in a text", PERIOD("'text':'{{{年}}}','pattern':'[0-9]+'"),
	    "年,貸出点数\n2024,1\n", "2:2 loans 2024 = 1\n" },
	{ "a part of a cell", PERIOD("'column':'期','pattern':'^([^（]+)（'"),
	    "期,貸出点数\n令和6年4月（速報）,1\n令和6年5月,2\n",
	    "2:2 loans 2024-04 = 1\n"
	    "reject 3:1 '令和6年5月': column '期': the contract's pattern is not found in it\n" },
	{ "a part of what was put together",
	    PERIOD("'text':'{年}-{月}','pattern':'20.*'"),
	    "年,月,貸出点数\n西暦2024,04,1\n", "2:3 loans 2024-04 = 1\n" },
	{ "a constant", PERIOD("'constant':'令和6年9月末','frequency':'M'"),
	    "館,貸出点数\n中央,1\n", "2:2 loans 2024-09-30/M = 1\n" },
	{ "a constant that is no period", PERIOD("'constant':'令和6年13月'"),
	    "館,貸出点数\n中央,1\n",
	    "error a.json:1: period '令和6年13月': no such date\n" },
	{ "a column that is not there", PERIOD("'text':'{年}年{月}月'"),
	    "年,月分,貸出点数\n2024,4,1\n",
	    "error line 1: the header has no column '月'; it has '年', '月分', '貸出点数'..\n" },
};

Test(contract_periods, texts_are_put_together)
{
	contract_expect(put_together, ARRAY_LEN(put_together));
}

static const struct contract_case above[] = {
	{ "the year above", PERIOD("'column':'期','inherit':true"),
	    "期,貸出点数\n令和5年11月,1\n12月,2\n令和6年1月,3\n2月,4\n",
	    "2:2 loans 2023-11 = 1\n"
	    "3:2 loans 2023-12 = 2\n"
	    "4:2 loans 2024-01 = 3\n"
	    "5:2 loans 2024-02 = 4\n" },
	{ "a new year that nobody says", PERIOD("'column':'期','inherit':true"),
	    "期,貸出点数\n令和5年11月,1\n12月,2\n1月,3\n2月,4\n",
	    "2:2 loans 2023-11 = 1\n"
	    "3:2 loans 2023-12 = 2\n"
	    "reject 4:1 '1月': column '期': a month before the one above it and no year\n"
	    "reject 5:1 '2月': column '期': a month without its year..\n" },
	{ "the era above", PERIOD("'column':'期','inherit':true"),
	    "期,貸出点数\n平成7年,1\n8年,2\n9年,3\n",
	    "2:2 loans 1995 = 1\n"
	    "3:2 loans 1996 = 2\n"
	    "4:2 loans 1997 = 3\n" },
	{ "an era that ended", PERIOD("'column':'期','inherit':true"),
	    "期,貸出点数\n平成30年,1\n31年,2\n32年,3\n",
	    "2:2 loans 2018 = 1\n"
	    "3:2 loans 2019 = 2\n"
	    "reject 4:1 '32年': column '期': not in 平成, which was 1989-01-08 to 2019-04-30 (平成31年)\n" },
	{ "nothing stands above", PERIOD("'column':'期','inherit':true"),
	    "期,貸出点数\n4月,1\n令和6年4月,2\n5月,3\n",
	    "reject 2:1 '4月': column '期': a month without its year..\n"
	    "3:2 loans 2024-04 = 2\n"
	    "4:2 loans 2024-05 = 3\n" },
	{ "without being told to", PERIOD("'column':'期'"),
	    "期,貸出点数\n令和6年4月,1\n5月,2\n",
	    "2:2 loans 2024-04 = 1\n"
	    "reject 3:1 '5月': column '期': a month without its year..\n" },
	{ "a blank cell is no month", PERIOD("'column':'期','inherit':true"),
	    "期,貸出点数\n令和6年4月,1\n,2\n",
	    "2:2 loans 2024-04 = 1\n"
	    "reject 3:1 '': column '期': an empty cell\n" },
};

Test(contract_periods, years_and_eras_from_the_row_above)
{
	contract_expect(above, ARRAY_LEN(above));
}

static const struct contract_case shifted[] = {
	{ "the month before", PERIOD("'column':'期','as':'month','shift':-1"),
	    "期,貸出点数\n令和6年10月,1\n令和6年1月,2\n",
	    "2:2 loans 2024-09 = 1\n"
	    "3:2 loans 2023-12 = 2\n" },
	{ "the end of a month stays the end, a day its number",
	    PERIOD("'column':'期','as':'day','shift':1"),
	    "期,貸出点数\n令和6年1月末,1\n令和6年2月,2\n2024-02-29,3\n"
	    "2024-01-31,4\n",
	    "2:2 loans 2024-02-29 = 1\n"
	    "3:2 loans 2024-03-31 = 2\n"
	    "4:2 loans 2024-03-29 = 3\n"
	    "reject 5:1 '2024-01-31': column '期': no such date so many months away\n" },
	{ "beyond the calendar", PERIOD("'column':'期','shift':120"),
	    "期,貸出点数\n2024-04,1\n9995-04,2\n9995-04-30,3\n",
	    "2:2 loans 2034-04 = 1\n"
	    "reject 3:1 '9995-04': column '期': no such date so many months away\n"
	    "reject 4:1 '9995-04-30': column '期': no such date so many months away\n" },
	{ "too far", PERIOD("'column':'期','shift':1200"),
	    "期,貸出点数\n2024-04,1\n",
	    "problem 'shift' must be from -120 to 120, not 1200\n" },
	{ "a week is no months", PERIOD("'column':'期','shift':1"),
	    "期,貸出点数\n2024-W36,1\n2024-04,2\n",
	    "reject 2:1 '2024-W36': column '期': no whole months, so that it cannot be moved by some\n"
	    "3:2 loans 2024-05 = 2\n" },
	{ "a year on", PERIOD("'column':'期','shift':12"),
	    "期,貸出点数\n令和6年度,1\n2024,2\n2024-Q2,3\n2024-09,4\n",
	    "2:2 loans FY2025 = 1\n"
	    "3:2 loans 2025 = 2\n"
	    "4:2 loans 2025-Q2 = 3\n"
	    "5:2 loans 2025-09 = 4\n" },
	{ "25: a stock of 1 April closes the year before",
	    PERIOD("'column':'期','opening':true"),
	    "期,貸出点数\n令和6年4月1日,1\n2025-03-31,2\n2024-03-01,3\n"
	    "令和6年4月,4\n",
	    "2:2 loans 2024-03-31 = 1\n"
	    "3:2 loans 2025-03-30 = 2\n"
	    "4:2 loans 2024-02-29 = 3\n"
	    "reject 5:1 '令和6年4月': column '期': no day, so that there is none before it\n" },
	{ "25: of months, too",
	    PERIOD("'column':'期','as':'month','opening':true"),
	    "期,貸出点数\n令和6年4月1日,1\n", "2:2 loans 2024-03 = 1\n" },
	{ "into another era", PERIOD("'column':'期','shift':-1"),
	    "期,貸出点数\n令和元年5月,1\n", "2:2 loans 2019-04 = 1\n" },
	{ "a quarter moved by a month is a stretch",
	    PERIOD("'column':'期','shift':1"),
	    "期,貸出点数\n2024-Q2,1\n2024,2\n",
	    "2:2 loans 2024-05-01/2024-07-31/Q = 1\n"
	    "3:2 loans 2024-02-01/2025-01-31/A = 2\n" },
};

Test(contract_periods, months_are_added)
{
	contract_expect(shifted, ARRAY_LEN(shifted));
}

static const struct contract_case running[] = {
	{ "since April", SO_FAR("'column':'期','as':'fiscal_year_to_date'"),
	    "期,額\n令和6年4月～6月,1\n令和6年4月～令和7年3月,2\n"
	    "令和6年9月末現在,3\n令和7年1月,4\n令和6年5月～6月,5\n",
	    "2:2 tax_so_far 2024-06 = 1\n"
	    "3:2 tax_so_far 2025-03 = 2\n"
	    "4:2 tax_so_far 2024-09 = 3\n"
	    "5:2 tax_so_far 2025-01 = 4\n"
	    "reject 6:1 '令和6年5月～6月': column '期': a stretch that does not begin with the year whose running total the contract wants\n" },
	{ "since January", SO_FAR("'column':'期','as':'year_to_date'"),
	    "期,額\n2024年1～3月,1\n2024年12月,2\n令和6年4月～6月,3\n",
	    "2:2 tax_so_far 2024-03 = 1\n"
	    "3:2 tax_so_far 2024-12 = 2\n"
	    "reject 4:1 '令和6年4月～6月': column '期': a stretch that does not begin with the year whose running total the contract wants\n" },
	{ "an indicator that is no running total",
	    PERIOD("'column':'期','as':'year_to_date'"),
	    "期,貸出点数\n2024年1～3月,1\n",
	    "problem 'loans' is a 'flow', but the period is read as 'year_to_date': a total since January..\n" },
};

Test(contract_periods, running_totals)
{
	contract_expect(running, ARRAY_LEN(running));
}

static const struct contract_case columns[] = {
	{ "each value its own",
	    "{'format':'csv','values':["
	    "{'column':'令和4年度','indicator':'loans','period':'令和4年度'},"
	    "{'column':'令和5年度','indicator':'loans','period':'令和5年度'},"
	    "{'column':'4月','indicator':'loans','period':'令和5年4月'}]}",
	    "令和4年度,令和5年度,4月\n10,20,3\n",
	    "2:1 loans FY2022 = 10\n"
	    "2:2 loans FY2023 = 20\n"
	    "2:3 loans 2023-04 = 3\n" },
	{ "beside the rows' own",
	    "{'format':'csv','period':{'column':'年度'},'values':["
	    "{'column':'点数','indicator':'loans'},"
	    "{'column':'前年','indicator':'loans','period':'2022'}]}",
	    "年度,点数,前年\n令和5年度,2,1\n",
	    "2:2 loans FY2023 = 2\n"
	    "2:3 loans 2022 = 1\n" },
	{ "months across, the year in the title",
	    "{'format':'csv','captures':{'年':{'from':'above',"
	    "'pattern':'(平成[0-9]+年)中'}},'unpivot':{'columns':'^[0-9]+月$',"
	    "'into':['月']},'period':{'text':'{年}{月}'},'values':["
	    "{'column':'value','indicator':'loans'}],'ignore':['計']}",
	    "○死者数（平成30年中）,,\n1月,12月,計\n318,410,728\n",
	    "3:1 loans 2018-01 = 318\n"
	    "3:2 loans 2018-12 = 410\n" },
	{ "the title changed",
	    "{'format':'csv','captures':{'年':{'from':'above',"
	    "'pattern':'(平成[0-9]+年)中'}},'header':{'row':2},"
	    "'period':{'column':'年'},'values':["
	    "{'column':'計','indicator':'loans'}]}",
	    "○死者数（令和元年中）\n計\n728\n",
	    "error no cell above the header on line 2 is like '(平成[0-9]+年)中', by which a.json:1 takes '年'\n" },
	{ "the file's name, part of the URL",
	    "{'format':'csv','captures':{'年':{'from':'file','pattern':"
	    "'^r([0-9]+)_'},'月':{'from':'url','pattern':'_([0-9]+)[.]csv$'}},"
	    "'period':{'text':'R{年}.{月}'},'values':["
	    "{'column':'計','indicator':'loans'}]}",
	    "計\n728\n", "2:1 loans 2024-04 = 728\n" },
	{ "a section's title holds for the rows below it",
	    "{'format':'csv','captures':{'年':{'from':'section','pattern':"
	    "'.+年$'}},'period':{'text':'{年}{月}'},'values':["
	    "{'column':'計','indicator':'loans'}]}",
	    "月,計\n令和5年,\n1月,1\n2月,2\n令和6年,\n1月,3\n",
	    "3:2 loans 2023-01 = 1\n"
	    "4:2 loans 2023-02 = 2\n"
	    "6:2 loans 2024-01 = 3\n" },
};

Test(contract_periods, beside_and_above_the_table)
{
	contract_expect(columns, ARRAY_LEN(columns));
}
