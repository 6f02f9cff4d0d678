#!/usr/bin/env python3
"""Does an analysis find what nobody sees, where it is known? Runs of the engine are taken as the record, with the law of hidden defence on and
the factor of every place noted (synthetic twins); `truel score --analysis` then has to find these factors from who held what in the year before,
and to forecast better with them.

Prints, over all twins, how often the 90 % interval of a place held the factor that it had, in which part of its distribution the factor lay
(rank histogram: below the 5th percentile, up to the median, up to the 95th, above), and the Brier score of places one and three months
ahead with the analysis and without it, with the difference and the standard error of its mean over twins.

Usage: tools/analysis_twins.py TRUEL [--package DIR] [--twins N] [--runs N] [--origin DATE]. --origin: with at least six months of the package before it,
and three after.
"""
import argparse
import csv
import datetime
import json
import math
import pathlib
import shutil
import statistics
import subprocess
import tempfile

import netCDF4

from page_parts import ROOT, months_later, rows

LAW = "scenario.laws.hidden_defence."
SETTINGS = ("--set", LAW + "on=1", "--set", LAW + "decay_days=1e6")  # a factor is what it was when it was drawn
PARTS = ("below the 5th percentile", "up to the median", "up to the 95th percentile", "above")


def truel(program, *arguments):
    return subprocess.run([program, *map(str, arguments), "--quiet"], check=True, stdout=subprocess.PIPE, text=True).stdout


def spells_of(holders, days):
    """Spells (first day, last day, holder) of one place, from its holder on each day."""
    found = []
    for day, holder in zip(days, holders):
        if found and found[-1][2] == holder:
            found[-1][1] = day
        else:
            found.append([day, day, holder])
    return found


def twins_of(program, package, n, folder):
    """Of each twin: the rows of its control.csv, and {place: [(day, factor)]}."""
    out = folder / "truth"
    truel(program, "run", package, "--runs", n, "--keep-paths", n, "--every", 1, "--out", out, *SETTINGS)
    data = netCDF4.Dataset(out / "ensemble.nc")
    start = datetime.date.fromisoformat(data["time"].units.split()[2])
    days = [start + datetime.timedelta(days=int(t)) for t in data["time"][:]]
    actors, places = list(data["actor"][:]), list(data["place"][:])
    control = data["control"][:]
    events = rows(out / "events.csv")
    for k in range(n):
        table = []
        for p, place in enumerate(places):
            holders = ["none" if int(h) < 0 else actors[int(h)] for h in control[k, p]]
            table += [(place, first, last, holder) for first, last, holder in spells_of(holders, days)]
        factors = {}
        for event in events:
            if int(event["realization"]) == k and event["kind"] == "hidden_defence":
                factors.setdefault(event["place_id"], []).append((event["date"], float(event["fighters"])))
        yield table, factors


def write_control(table, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("place_id", "from_date", "to_date", "controller", "confidence"))
        writer.writerows((*row, "high") for row in table)


def brier_by_place(scores):
    """Mean over places, sides apart."""
    losses = [float(row["value"]) for row in rows(scores / "losses.csv")
              if (row["target"], row["unit"], row["merged"], row["model"], row["score"]) == ("control", "place", "no", "truel", "brier")]
    return statistics.fmean(losses)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("truel")
    parser.add_argument("--package", type=pathlib.Path, default=ROOT / "scenarios" / "china-1926")
    parser.add_argument("--twins", type=int, default=40)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--origin", type=datetime.date.fromisoformat, default=datetime.date(1927, 8, 1))
    asked = parser.parse_args()
    ranks = [0] * len(PARTS)
    briers = {months: [] for months in (1, 3)}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for k, (table, factors) in enumerate(twins_of(asked.truel, asked.package, asked.twins, folder)):
            twin, record = folder / f"twin{k}", folder / f"record{k}"
            shutil.copytree(asked.package, twin)
            (twin / "observations.toml").unlink(missing_ok=True)
            record.mkdir()
            write_control(table, twin / "control.csv")
            write_control(table, record / "control_spells.csv")
            for months, of_twins in briers.items():
                found = []
                for analysis in ((), ("--analysis",)):
                    out = folder / f"scores{k}-{months}-{len(analysis)}"
                    truel(asked.truel, "score", twin, "--observed", record, "--from", asked.origin, "--until", months_later(asked.origin, months),
                          "--runs", asked.runs, "--seed", 1000 + k, "--out", out, *SETTINGS, *analysis)
                    found.append(brier_by_place(out))
                of_twins.append(found)
            for learned in json.loads((out / "scores.json").read_text(encoding="utf-8"))["hidden_defence"]:
                known = [factor for day, factor in factors.get(learned["place"], []) if day <= learned["origin"]]
                if known:
                    ranks[sum(known[-1] > learned[bound] for bound in ("low", "median", "high"))] += 1
    places = sum(ranks)
    covered = ranks[1] + ranks[2]
    print(f"{asked.twins} twins, {places} places")
    print(f"90 % intervals hold the factor in {100 * covered / places:.0f} % (of places, error {100 * math.sqrt(0.09 / places):.1f})")
    for part, count in zip(PARTS, ranks):
        print(f"  {part}: {100 * count / places:.0f} %")
    for months, of_twins in briers.items():
        gain = [b - a for a, b in of_twins]
        error = statistics.stdev(gain) / math.sqrt(len(gain))
        print(f"Brier score {months} months ahead: {statistics.fmean(a for a, _ in of_twins):.4f} without, "
              f"{statistics.fmean(b for _, b in of_twins):.4f} with the analysis ({statistics.fmean(gain):+.4f}, error {error:.4f})")


if __name__ == "__main__":
    main()
