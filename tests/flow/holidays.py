#!/usr/bin/python3
"""The Cabinet Office's list of national holidays as a feed: schedules, targets
and kpid next go by it, in the years that it has."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

HEAD = "国民の祝日・休日月日,国民の祝日・休日名称\r\n"


def publish(f, *days):
    """The list, as the Cabinet Office writes it."""
    (f.files / "syukujitsu.csv").write_bytes((HEAD + "".join(
        f"{day},{name}\r\n" for day, name in days)).encode("cp932"))


def said(f):
    """When the table is looked at."""
    return f.kpid("next", "--format", "json").json()["feeds"][1]["next"]


def begin(f):
    """Reckoned"""
    f.demo(clock="2026-10-01T09:00:00+09:00", plans=[])
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    f.feed("visitors", title="窓口来庁者", owner="a@city.example",
           url="file:../files/visitors.csv", schedule="0 9 10> * *",
           contract={"format": "csv", "period": {"column": "年月"},
                     "organization": {"constant": "202037"},
                     "values": [{"column": "人数", "indicator": "visitors"}]},
           indicators=[{"indicator": "visitors", "name_ja": "来庁者",
                        "unit": "人", "measure": "flow"}])
    f.feed("holidays", title="国民の祝日（内閣府）", owner="a@city.example",
           source="内閣府「国民の祝日について」",
           url="file:../files/syukujitsu.csv", schedule="0 6 5 2,3 *",
           holidays=True, contract={
               "format": "csv", "encoding": "cp932", "absent": "withdraw",
               "period": {"column": "国民の祝日・休日月日", "as": "day"},
               "organization": {"constant": "000000"},
               "dimensions": {"name": {"column": "国民の祝日・休日名称"}},
               "values": [{"count": True, "indicator": "national_holiday"}]},
           indicators=[{"indicator": "national_holiday",
                        "name_ja": "国民の祝日・休日", "unit": "日",
                        "measure": "flow"}])
    run = f.kpid("check")
    f.ok("the configuration is right", run.code == 0, run)
    f.same("the law has a holiday on the twelfth", said(f),
           "2026-10-13 09:00")


def listed(f):
    """Listed"""
    publish(f, ("2026/1/1", "元日"), ("2026/10/13", "特別の休日"),
            ("2026/10/12", "スポーツの日"), ("2026/11/3", "文化の日"))
    run = f.kpid("collect", "holidays")
    f.ok("the list is read", run.code == 0, run)
    f.same("its days are the holidays", f.admin(
        "select day, name from kpid.holiday"
        " where day between '2026-01-01' and '2026-12-31' order by day"), [
        ["2026-01-01", "元日"], ["2026-10-12", "スポーツの日"],
        ["2026-10-13", "特別の休日"], ["2026-11-03", "文化の日"]])
    f.same("the next look goes by them", said(f), "2026-10-14 09:00")
    f.says("and kpid next", f.kpid("next").out,
           r"10月10日\(土\)は休日のため 10月14日\(水\) 9:00 に収集します")


def moved(f):
    """Moved"""
    publish(f, ("2026/1/1", "元日"), ("2026/10/19", "スポーツの日"),
            ("2026/11/3", "文化の日"))
    run = f.kpid("collect", "holidays")
    f.ok("the list is read again", run.code in (0, 1), run)
    f.same("what it leaves out is no holiday any more", said(f),
           "2026-10-12 09:00")


def daemon(f):
    """The daemon"""
    run = f.start("run")
    f.ok("goes by the list, too", run.wait_line("daemon: running", 30)
         and run.wait_line("feed visitors", 30), run.text())
    f.same("the calendar's next look is its", flow.wait_until(
        lambda: f.rows("select next_check at time zone 'Asia/Tokyo'"
                       " from kpi.calendar where feed = 'visitors'"), 20),
        [["2026-10-12 09:00:00"]])


if __name__ == "__main__":
    flow.main(begin, listed, moved, daemon)
