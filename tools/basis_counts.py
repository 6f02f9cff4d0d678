#!/usr/bin/env python3
"""Counts what the numbers of a scenario package rest on, table by table.

usage: python3 tools/basis_counts.py [--json] [PACKAGE]     (default: scenarios/syria-2016)

A number that rests on a claim and on an assumption counts in both columns. Switches and the choice of a doctrine are not counted
(`truel check` counts them, too); of the days of changes those that are a range. The last two columns are of uncertain numbers: a
source makes the whole width of a range where the basis has no assumption beside it; a number of a source times an assumed half is as
wide as the half.
"""
import csv
import json
import pathlib
import re
import sys
import tomllib

import page_parts

TEXT = set("""id name kind command ucdp_id record_code colour doctrine place_id country admin1 latitude longitude city
terrain entry geonames_id note a b road actor date recipient sponsor from_date to_date action path issue excluded other ended_by ends_with keeps_to_country""".split())
TABLES = ["actors", "commands", "places", "links", "forces", "support", "ties", "sponsors", "interventions", "positions"]
# What somebody of the project wrote down without a page to look it up on counts with the assumptions, and once more here.
GENERAL = "assumed: general knowledge"
COLUMNS = ["numbers", "uncertain", "claim", "source", "assumed", "assumed alone", "general knowledge", "range from a source", "width from it alone"]


def kinds(basis):
    parts = [part.strip() for part in basis.split(";") if part.strip()]
    return {"assumed" if p.startswith("assumed:") else "source" if p.startswith("source:") else "claim" for p in parts}


def is_uncertain(value):
    return bool(re.search(r"\.\.|\(", value))


def numbers_of(row):
    """Column, value and basis of each number in a row of a table."""
    for column, value in row.items():
        is_number = column not in TEXT | {"basis", "on"} and not column.endswith("_basis")
        if value and (is_number or column == "date" and is_uncertain(value)):
            yield column, value, row.get(column + "_basis") or row.get("basis") or ""


def of_table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for _, value, basis in numbers_of(row):
                yield value, basis


def of_toml(table, basis=""):
    basis = table.get("basis", basis)
    for key, value in table.items():
        if isinstance(value, dict) and "value" not in value:
            yield from of_toml(value, basis)
        elif key != "basis":
            is_table = isinstance(value, dict)
            given = value["value"] if is_table else value
            if not isinstance(given, bool):  # a switch is no number
                yield str(given), value.get("basis", basis) if is_table else basis


def count(numbers):
    counts = dict.fromkeys(COLUMNS, 0)
    for value, basis in numbers:
        found = kinds(basis)
        counts["numbers"] += 1
        counts["uncertain"] += is_uncertain(value)
        for kind in found:
            counts[kind] += 1
        counts["assumed alone"] += found == {"assumed"}
        counts["general knowledge"] += GENERAL in basis
        is_sourced_range = is_uncertain(value) and "source" in found
        counts["range from a source"] += is_sourced_range
        counts["width from it alone"] += is_sourced_range and "assumed" not in found
    return counts


def main():
    words = [word for word in sys.argv[1:] if word != "--json"]
    package = pathlib.Path(words[0] if words else "scenarios/syria-2016")
    scenario = tomllib.loads((package / "scenario.toml").read_text(encoding="utf-8-sig"))
    rows = {"scenario.toml": count(of_toml({k: scenario.get(k, {}) for k in ("thresholds", "laws", "terrain")}))}
    for table in TABLES:
        path = package / f"{table}.csv"
        if path.exists():
            rows[path.name] = count(of_table(path))
    rows["all"] = {column: sum(row[column] for row in rows.values()) for column in COLUMNS}
    if "--json" in sys.argv:
        print(json.dumps({column.replace(" ", "_"): number for column, number in rows["all"].items()}))
        return
    print("\n".join(page_parts.table(["table", *COLUMNS], [[name, *(str(row[column]) for column in COLUMNS)] for name, row in rows.items()])))


if __name__ == "__main__":
    main()
