#!/usr/bin/env python3
"""What would change if assumed numbers that are single values had ranges: each is drawn from two thirds to one and a half of itself.

usage: python3 tools/single_values.py TRUEL [--runs N]     (default: 400 runs of each version of the package)

Prints the table of docs/reference-scenario.md: of each table of the package how many such numbers it has, and the land of the sides
below at the end of 2017 as the package has them and with that table's ranges. Zeros stay: they say that something is not there. What is at
most one stays so, and support, which adds up to all people in many places, is drawn from two thirds of itself to itself.
"""
import argparse
import csv
import pathlib
import random
import re
import shutil
import tempfile

import page_parts

PACKAGE = page_parts.ROOT / "scenarios" / "syria-2016"
TABLES = ["actors", "commands", "places", "links", "forces", "support", "ties", "sponsors", "interventions", "positions"]
TEXT = set("""id name kind command ucdp_id record_code colour doctrine place_id country admin1 latitude longitude city
terrain entry geonames_id note a b road actor date recipient sponsor from_date to_date action path issue excluded other ended_by ends_with only_with
keeps_to_country basis on""".split())
SIDES = {"isis": "Islamic State", "syrian_army": "Syrian army", "kurds_sdf": "Kurdish-led forces", "iraq_government": "Iraqi government"}


def assumed_values_of(row):
    """Column and value of each assumed number without a range in a row of a table."""
    for column, value in row.items():
        basis = row.get(column + "_basis") or row.get("basis") or ""
        if value and column not in TEXT and not column.endswith("_basis") and not re.search(r"\.\.|\(", value) and "assumed:" in basis:
            yield column, value


def with_range(value, is_support):
    """The cell with a range, or none if it is no single number."""
    try:
        number = float(value)
    except ValueError:
        return None
    if number == 0:
        return None
    low, high = sorted((number / 1.5, number * (1 if is_support else 1.5)))
    if abs(number) <= 1:  # a share, or a number between enmity and alliance
        low, high = max(low, -1), min(high, 1)
    return f"{low:.6g}..{high:.6g}"


def widen(path):
    """Gives the assumed single numbers of a table a range; says how many there are. Roads, the same in all runs, get one value each out of it."""
    rng = random.Random(1)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = reader.fieldnames, list(reader)
    count = 0
    for row in rows:
        for column, value in list(assumed_values_of(row)):
            range_ = f"{float(value) * 1.5 ** rng.uniform(-1, 1):.6g}" if path.stem == "links" else with_range(value, path.stem == "support")
            if range_ is not None:
                row[column] = range_
                count += 1
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return count


def ends(program, package, runs):
    """What is said of each side on the last day."""
    return page_parts.told(program, "run", package, "--until", "2017-12-31", "--runs", str(runs), "--seed", "7")["actors"]


def cell(actor, before):
    """Land in percent: the mean with the 5th to 95th percentile, and how far the mean lies from that before, in standard errors."""
    land = actor["value_share"]
    words = f"{100 * land['mean']:.1f} ({100 * land['q05']:.0f} to {100 * land['q95']:.0f})"
    if before is None:
        return words
    old = before["value_share"]
    error = (land["se"] ** 2 + old["se"] ** 2) ** 0.5
    return f"{words}, {(land['mean'] - old['mean']) / error:+.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truel")
    parser.add_argument("--runs", type=int, default=400)
    options = parser.parse_args()
    base = ends(options.truel, PACKAGE, options.runs)
    rows = [["as it is", "", *(cell(base[side], None) for side in SIDES)]]
    there = [table for table in TABLES if (PACKAGE / f"{table}.csv").exists()]
    for name, tables in [*((f"{table}.csv", [table]) for table in there), ("all", there)]:
        with tempfile.TemporaryDirectory() as folder:
            package = shutil.copytree(PACKAGE, pathlib.Path(folder) / PACKAGE.name)
            count = sum(widen(package / f"{table}.csv") for table in tables)
            if count > 0:
                found = ends(options.truel, package, options.runs)
                rows.append([name, str(count), *(cell(found[side], base[side]) for side in SIDES)])
    print("\n".join(page_parts.table(["ranges in", "numbers", *SIDES.values()], rows)))


if __name__ == "__main__":
    main()
