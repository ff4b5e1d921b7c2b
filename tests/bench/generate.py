#!/usr/bin/python3
"""generate.py KIND MEGABYTES OUT: a table to measure with.

One row for each month, municipality (1,739 of them, with check digits) and
indicator (4), in this order: the long table that statistics databases export.

plain  UTF-8, LF:    2019-04,202037,長野県第3市,転入者数,412
dirty  CP932, CRLF:  "令和元年4月","202037","長野県第3市","社会増減","▲1,234",""
       eras, every cell in quotes, separators, ▲ for minus, … for no figure,
       full-width digits in one row of sixteen
json   UTF-8:        [{"ym": "2019-04", "org": "202037", .., "value": 412}, ..]

Values are a function of the row. Printed: the rows, and the sum of the values
that a reader must find.
"""

import functools
import sys

PREFECTURES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県"
    " 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県"
    " 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県"
    " 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県"
    " 鹿児島県 沖縄県").split()
CITIES = 37
INDICATORS = ("転入者数", "転出者数", "出生数", "社会増減")
FIRST_YEAR = 1976
MONTHS = 49 * 12        # then they begin again: 250 MB of plain rows
WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")


def code(prefecture, city):
    """Six digits, the last a check of the others."""
    five = f"{prefecture:02}{200 + city:03}"
    total = sum(int(d) * w for d, w in zip(five, (6, 5, 4, 3, 2)))
    return five + str((11 - total % 11) % 10)


PLACES = [(code(p, c), f"{name}第{c}市")
          for p, name in enumerate(PREFECTURES, 1)
          for c in range(1, CITIES + 1)]


def value(month, at):
    """From -999 to 98,765, with what looks like chance."""
    return (month * 7919 + at * 104729) % 99765 - 999


def is_missing(kind, number):
    return kind == "dirty" and number % 97 == 0


def era(year, month):
    if year * 12 + month >= 2019 * 12 + 5:
        name, first = "令和", 2019
    elif year >= 1989:
        name, first = "平成", 1989
    else:
        name, first = "昭和", 1926
    nth = year - first + 1
    return f"{name}{'元' if nth == 1 else nth}年{month}月"


def plain_row(ym, place, indicator, number):
    return f"{ym},{place[0]},{place[1]},{indicator},{number}\n"


def json_row(ym, place, indicator, number):
    return (f'{{"ym": "{ym}", "org": "{place[0]}", "name": "{place[1]}", '
            f'"indicator": "{indicator}", "value": {number}}}')


def dirty_row(ym, place, indicator, number):
    if is_missing("dirty", number):
        text = "…"
    else:
        text = f"{abs(number):,}"
        if number % 16 == 3:
            text = text.translate(WIDE)
        if number < 0:
            text = "▲" + text
    return f'"{ym}","{place[0]}","{place[1]}","{indicator}","{text}",""\r\n'


@functools.cache
def block(kind, nth):
    """The rows of the nth month as bytes, how many, and their sum."""
    row = {"plain": plain_row, "dirty": dirty_row, "json": json_row}[kind]
    month = FIRST_YEAR * 12 + nth
    year, m = divmod(month, 12)
    ym = era(year, m + 1) if kind == "dirty" else f"{year:04}-{m + 1:02}"
    numbers = [value(month, at)
               for at in range(len(PLACES) * len(INDICATORS))]
    it = iter(numbers)
    lines = [row(ym, place, indicator, next(it))
             for place in PLACES for indicator in INDICATORS]
    text = (",\n" if kind == "json" else "").join(lines)
    return (text.encode("cp932" if kind == "dirty" else "utf-8"),
            len(numbers),
            sum(n for n in numbers if not is_missing(kind, n)))


def write(out, kind, size):
    """Rows until the file has its size; returns how many, and their sum."""
    rows = total = written = nth = 0
    while written < size:
        text, count, part = block(kind, nth % MONTHS)
        if kind == "json" and nth > 0:
            text = b",\n" + text
        written += out.write(text)
        rows += count
        total += part
        nth += 1
    return rows, total


def main():
    kind, megabytes, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    with open(path, "wb") as out:
        if kind == "json":
            out.write(b"[\n")
        elif kind == "plain":
            out.write("年月,団体コード,団体名,指標,値\n".encode())
        else:
            out.write("年月,団体コード,団体名,指標,値,備考\r\n".encode("cp932"))
        rows, total = write(out, kind, megabytes * 1000000)
        if kind == "json":
            out.write(b"\n]\n")
    print(rows, total)


if __name__ == "__main__":
    main()
