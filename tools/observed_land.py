#!/usr/bin/env python3
"""Prints what share of the land each side held in fact, as JSON: by the observed data of a package, each place counted by its value. And how many sides
held any, counted by what the observed data distinguish (`record_code` of actors.csv), as the page of a report counts them.

usage: python3 tools/observed_land.py PACKAGE DAY     DAY: YYYY-MM-DD

Of an uncertain value the middle of its range counts, as on the page of a report.
"""
import json
import pathlib
import sys

from page_parts import centre, rows


def held(package, day):
    values = {row["place_id"]: centre(row["value"]) for row in rows(package / "places.csv")}
    whole = sum(values.values())
    land = {}
    for row in rows(package / "control.csv"):
        if row["from_date"] <= day <= row["to_date"]:
            land[row["controller"]] = land.get(row["controller"], 0) + values[row["place_id"]] / whole
    return land


def sides(package, holders):
    codes = {row["id"]: row.get("record_code") or row["id"] for row in rows(package / "actors.csv")}
    return len({codes[holder] for holder in holders if holder in codes})


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    package = pathlib.Path(sys.argv[1])
    land = held(package, sys.argv[2])
    print(json.dumps({"land": land, "sides": sides(package, land)}))
