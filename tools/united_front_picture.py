"""Makes docs/images/united-front.svg anew: how long the Islamic State survives against divided and united enemies.

usage: python3 tools/united_front_picture.py TRUEL     TRUEL: the program; takes about a minute on two cores

Every curve is the share of the realizations of one `truel run` in which it has not collapsed. The numbers beside it in
docs/united-front.md are those of findings_tables.py.
"""
import pathlib
import sys

from findings_tables import collapse_days
from page_parts import ROOT
from svg_plot import BLUE, DASHES, INK, RED, Axes, Picture

TOGETHER = ("--set", "scenario.thresholds.ally=0.2")
PANELS = [
    ("syria-2016, from 1 January 2016", "scenarios/syria-2016", 400, 1096, 365, [
        ("divided", (), INK), ("truce", ("--account", "united_front"), BLUE),
        ("coordinated", ("--account", "united_front", *TOGETHER), RED)]),
    ("pockets, from 1 January 2018", "scenarios/syria-episodes/pockets-2018", 1000, 729, 182, [
        ("divided", (), INK), ("truce", ("--account", "truce"), BLUE), ("coordinated", ("--account", "united"), RED)]),
]


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    picture = Picture(820, 400, "How long the Islamic State survives against divided and united enemies")
    for p, (title, package, runs, last, tick, cases) in enumerate(PANELS):
        axes = Axes(picture, (70 + 400 * p, 44, 320, 290), (0, last), (0, 1), range(0, last + 1, tick),
                    (0, 0.25, 0.5, 0.75, 1), "day", "share of the runs not yet collapsed" if p == 0 else "", title)
        axes.line((13, 13), (0, 1), INK, "1 3", 1)
        picture.text(*axes.at(13 + last * 0.01, 0.52), "two weeks")
        for c, (name, words, colour) in enumerate(cases):
            days = collapse_days(ROOT / package, words, runs, program)
            xs, ys, left = [0], [1], runs
            for day in (d for d in days if d <= last):
                xs += [day, day]
                ys += [left / runs, (left - 1) / runs]
                left -= 1
            axes.line([*xs, last], [*ys, left / runs], colour, DASHES[c])
            x, y = axes.at(last * 0.04, 0.30 - 0.08 * c)
            picture.key(x, y, [(name, colour, DASHES[c])])
    (ROOT / "docs/images/united-front.svg").write_text(picture.svg())


if __name__ == "__main__":
    main()
