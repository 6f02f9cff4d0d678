#!/usr/bin/env python3
"""Facts of how fronts move, of the observed data of several wars and of the runs of their packages, into
docs/does-the-war-look-right.md between <!-- patterns --> and <!-- end -->.

Usage: tools/patterns_page.py TRUEL DATA [RUNS]. DATA: the folder that has the observed data of Syria and Ukraine, each in a folder of
its name in WARS; Bosnia's is in its package. Some minutes with 200 runs. A war whose package or record is not there is left out, and said.
"""
import pathlib
import sys

from page_parts import ROOT, told as printed, write_between

# Name, package, account, folder of the record (None: the package), first and last day.
WARS = (("Syria to 2015", "syria-2016", "base", "control", "2014-01-01", "2015-12-31"),
        ("Syria from July 2014", "syria-2016", "base", "control", "2014-07-01", "2015-12-31"),
        ("Syria 2015-16", "syria-2016", "base", "control", "2015-01-01", "2016-12-31"),
        ("Syria 2015-16, `fronts_held`", "syria-2016", "fronts_held", "control", "2015-01-01", "2016-12-31"),
        ("Bosnia", "bosnia-1992", "base", None, "1992-04-06", "1995-11-20"),
        ("Ukraine, six months", "ukraine-2022", "base", "ukraine", "2022-02-24", "2022-08-31"))


def facts(program, package, account, observed, first, last, runs):
    """The rows of the package under an account, with sides that the observed data cannot distinguish as one."""
    rows = printed(program, "score", package, "--observed", observed, "--from", first, "--until", last, "--runs", runs, "--account", account,
                   "--patterns")["patterns"]
    merged = any(row["merged"] for row in rows)
    return [row for row in rows if row["merged"] == merged]


def told(value):
    return "-" if value is None else f"{value:.0f}" if abs(value) >= 100 else f"{value:.2g}"


def with_interval(value, interval):
    return told(value) + (f" ({told(interval[0])} to {told(interval[1])})" if interval else "")


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    program, data = sys.argv[1], pathlib.Path(sys.argv[2])
    runs = sys.argv[3] if len(sys.argv) > 3 else "200"
    columns = {}
    for name, package, account, folder, first, last in WARS:
        package = ROOT / "scenarios" / package
        observed = package if folder is None else data / folder
        if not package.is_dir() or not observed.is_dir():
            print(f"{name}: left out, {package if not package.is_dir() else observed} is not there", file=sys.stderr)
            continue
        columns[name] = facts(program, package, account, observed, first, last, runs)
    rows = next(iter(columns.values()))
    lines = ["| fact | " + " | ".join(f"{name}: observed | runs" for name in columns) + " |", "|---|" + "---|---|" * len(columns)]
    for k, row in enumerate(rows):
        cells = []
        for own in columns.values():
            rank = "" if own[k]["rank"] is None else f"; {100 * own[k]['rank']:.0f} %"
            cells += [with_interval(own[k]["record"], own[k]["record_interval"]),
                      with_interval(own[k]["runs_median"], own[k]["runs_interval"]) + rank]
        lines.append(f"| {row['words']} | " + " | ".join(cells) + " |")
    early = [name for name, own in columns.items() if own[-1]["is_early"]]
    lines += ["", f"{runs} runs each. " + (f"In {' and '.join(early)} runs begin with more than twice the changes that were observed or that an even pace has in a first month: "
              "rates over all of the span tell of that, too." if early else "In no war do the runs change too much in the first month.")]
    write_between(ROOT / "docs" / "does-the-war-look-right.md", "patterns", lines)


if __name__ == "__main__":
    main()
