"""A city hall of many feeds, each with a target and an owner of its own: what
people are told then depends on nothing but what the feeds gave.
"""
import json

DAY = "2024-10-14"
MOST = 10           # what a target allows
HEADER = ("目標ID,年度,団体コード,目標,項目,名称,指標,条件,目標値,単位,集計,期限,"
          "経路,判定,担当部局,宛先\n")


def owner(name):
    """Who is told of a feed's target."""
    return f"{name}@city.ueda.example"


def table(chance):
    """A body: the figure that is judged, and points that vary in number."""
    figure = chance.choice((3, 4, 5, 50, 60))
    rows = [f"{DAY},all,{figure}\n"]
    rows += [f"{DAY},p{i:03},{chance.randrange(9)}\n"
             for i in range(chance.randrange(150, 200))]
    return "基準時点,地点,件数\n" + "".join(rows)


def feed(f, name):
    """A feed that is due each minute; its points are an indicator apart."""
    def contract(indicator, **rows):
        return {
            "format": "csv", "encoding": "utf-8", "header": {"row": 1},
            "period": {"column": "基準時点", "as": "auto", "frequency": "S"},
            "organization": {"constant": "202037"}, "rows": rows,
            "values": [{"column": "件数", "indicator": indicator}]}

    whole = {"column": "地点", "is": ["all"]}
    first = contract(name, where=[whole])
    first["ignore"] = ["地点"]
    second = contract(f"{name}_points", **{"except": [whole]})
    second["dimensions"] = {"point": {"column": "地点"}}
    return {"feed": name, "title": f"試験 {name}",
            "owner": "kpid-admin@city.ueda.example", "source": "試験",
            "licence": "試験", "url": f.url(f"{name}.csv"),
            "schedule": "* * * * *", "contract": [first, second]}


def indicator(name):
    """One that a target may be about."""
    return {"indicator": name, "name_ja": f"件数 {name}", "name_en": name,
            "unit": "件", "measure": "flow_ytd", "decimals": 0,
            "source": "試験"}


def make(f, names):
    """Configuration, feeds and targets of these names."""
    f.demo(clock=None, indicators="indicators.json",
           plans=[{"targets": "targets.csv"}])
    for path in f.feeds_dir.glob("*.json"):
        path.unlink()
    (f.dir / "indicators.json").write_text(json.dumps({"indicators": [
        indicator(code) for name in names
        for code in (name, f"{name}_points")]}), encoding="utf-8")
    (f.dir / "targets.csv").write_text(HEADER + "".join(
        f"t-{name},2024年度,202037,7,7-2-(4),件数 {name},{name},at_most,{MOST},"
        f"件,ytd,2025-03-31,linear,default,生活環境課,{owner(name)}\n"
        for name in names), encoding="utf-8")
    for name in names:
        (f.feeds_dir / f"{name}.json").write_text(json.dumps(
            feed(f, name), ensure_ascii=False), encoding="utf-8")
