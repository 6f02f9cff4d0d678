#!/usr/bin/env python3
"""How many settings of each published account of the Syrian war move an outcome by themselves, and which change nothing.

usage: python3 tools/each_setting_table.py TRUEL [--runs N]     (default: 60 pairs of runs each)

Prints a Markdown table. Each setting, a line of the account's file, is left out in turn, so that the package's numbers hold, and
the account is compared with itself without it, realization by realization (truel compare --each-setting). Strengths that a later
one replaces before the first day are named apart: forecasts from earlier days read them. A setting moves something where the difference is certain at the 95 % level among all outcomes; then it is named with the land of the Islamic
State that it is worth, if it moves that.
"""
import argparse

import verdict
from central_statements import PACKAGE
from page_parts import table, told

LAND = "actors.isis.value_share"


def named(setting):
    first, *others = setting["paths"]
    return f"`{first}`" + (f" and {len(others)} more" if others else "")


def most(settings):
    """The settings that move the land of the Islamic State, the strongest first."""
    moved = [(s, o) for s in settings for o in s["outcomes"] if o["outcome"] == LAND and o["moved"]]
    moved.sort(key=lambda one: -abs(one[1]["difference"]))
    return "; ".join(f"{named(s)} {100 * o['difference']:+.1f}" for s, o in moved[:3]) or "none"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("truel")
    parser.add_argument("--runs", type=int, default=60)
    given = parser.parse_args()
    rows = []
    for account in verdict.AUTHORS:
        settings = told(given.truel, "compare", PACKAGE, "--account", account, "--each-setting", "--runs",
                        str(given.runs), "--seed", "7")["settings"]
        moving = [s for s in settings if any(o["moved"] for o in s["outcomes"])]
        rest = [s for s in settings if not s["acts"]]
        idle = [[named(s) for s in rest if not s["equals_package"] and bool(s["replaced_on"]) == is_replaced] for is_replaced in (False, True)]
        idle.append([named(s) for s in rest if s["equals_package"]])
        rows.append([verdict.ACCOUNTS[account], str(len(settings)), str(len(moving)), most(settings), *("; ".join(of) or "none" for of in idle)])
    print("\n".join(table(["account", "settings", "move an outcome by themselves", "move the land of the Islamic State, points",
                           "read, but change nothing in any pair", "read by earlier forecasts alone", "equals the package"], rows)))


if __name__ == "__main__":
    main()
