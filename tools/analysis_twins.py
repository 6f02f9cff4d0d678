#!/usr/bin/env python3
"""Does an analysis find what nobody sees, where it is known? Runs of the engine are taken as the observed data, with a law of what is hidden on and
its factors noted (synthetic twins): of every place (hidden_defence) or of every two enemies (hidden_lethality). `truel score` then has to find
these factors from who held what, and who fell, in the year before, and to forecast better with them.

Prints, over all twins, how often the 90 % interval of a place or pair held the factor that it had, in which part of its distribution the factor lay
(rank histogram: below the 5th percentile, up to the median, up to the 95th, above), and the Brier score of places and the CRPS of deaths by dyad and
month, one and three months ahead, of forecasts that learn nothing and of those that do, with the difference and the standard error of its mean over
twins.

Usage: tools/analysis_twins.py TRUEL [--law LAW] [--set PATH=VALUE] [--package DIR] [--twins N] [--runs N] [--origin DATE].
--origin: with at least six months of the package before it, and three after.
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


def settings(asked):
    """A factor is what it was when it was drawn."""
    law = f"scenario.laws.{asked.law}."
    return [word for value in (law + "on=1", law + "decay_days=1e6", *asked.set) for word in ("--set", value)]


WITHOUT = "without it"
WAYS = {
    "hidden_defence": {WITHOUT: (), "with --analysis": ("--analysis",)},
    "hidden_lethality": {WITHOUT: ("--set", "scenario.laws.hidden_lethality.on=0"), "as it begins": (), "with --analysis": ("--analysis",)},
}
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


def deaths_of(data, k, package):
    """Events of run k: the dead of every two actors in every month, as one event in the middle of it."""
    place = rows(package / "places.csv")[0]
    sides = list(zip(data["attacker"][:], data["target"][:]))
    for m, month in enumerate(data["month"][:]):
        dead = {}
        for (a, b), n in zip(sides, data["losses_by_month"][k, m]):
            dead[tuple(sorted((a, b)))] = dead.get(tuple(sorted((a, b))), 0) + float(n.sum())
        for (a, b), n in sorted(dead.items()):
            yield (f"{month}-{a}-{b}", 1, a, b, 1, 1, place["latitude"], place["longitude"], place.get("country", ""), f"{month}-15", f"{month}-15", round(n), 0, 0, 0,
                   round(n), round(n), round(n))


def twins_of(asked, folder):
    """Of each twin: the rows of its control.csv, its events, and {place or two actors: [(day, factor)]}."""
    out = folder / "truth"
    truel(asked.truel, "run", asked.package, "--runs", asked.twins, "--keep-paths", asked.twins, "--every", 1, "--out", out, *settings(asked))
    data = netCDF4.Dataset(out / "ensemble.nc")
    start = datetime.date.fromisoformat(data["time"].units.split()[2])
    days = [start + datetime.timedelta(days=int(t)) for t in data["time"][:]]
    actors, places = list(data["actor"][:]), list(data["place"][:])
    control = data["control"][:]
    events = rows(out / "events.csv")
    for k in range(asked.twins):
        table = []
        for p, place in enumerate(places):
            holders = ["none" if int(h) < 0 else actors[int(h)] for h in control[k, p]]
            table += [(place, first, last, holder) for first, last, holder in spells_of(holders, days)]
        factors = {}
        for event in events:
            if int(event["realization"]) == k and event["kind"] == asked.law:
                unit = event["place_id"] or frozenset((event["actor"], event["other"]))
                factors.setdefault(unit, []).append((event["date"], float(event["fighters"])))
        yield table, list(deaths_of(data, k, asked.package)), factors, actors


def write_table(columns, table, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(table)


CONTROL = ("place_id", "from_date", "to_date", "controller", "confidence")
EVENTS = ("id", "type_of_violence", "side_a", "side_b", "where_prec", "date_prec", "latitude", "longitude", "country", "date_start", "date_end", "deaths_a", "deaths_b",
          "deaths_civilians", "deaths_unknown", "best", "high", "low")


def mean_loss(scores, **wanted):
    """Mean over places, or dyads and months, sides apart."""
    return statistics.fmean(float(row["value"]) for row in rows(scores / "losses.csv")
                            if row["model"] == "truel" and row["merged"] == "no" and all(row[key] == value for key, value in wanted.items()) and row["value"])


MEASURES = {
    "Brier score": {"target": "control", "unit": "place", "score": "brier"},
    "CRPS of deaths": {"target": "deaths", "unit": "dyad", "score": "fair-crps"},
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("truel")
    parser.add_argument("--law", choices=("hidden_defence", "hidden_lethality"), default="hidden_defence")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="in the twins and in the forecasts")
    parser.add_argument("--package", type=pathlib.Path, default=ROOT / "scenarios" / "china-1926")
    parser.add_argument("--twins", type=int, default=40)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--origin", type=datetime.date.fromisoformat, default=datetime.date(1927, 8, 1))
    asked = parser.parse_args()
    ranks = [0] * len(PARTS)
    found = {(measure, months): [] for measure in MEASURES for months in (1, 3)}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for k, (table, events, factors, actors) in enumerate(twins_of(asked, folder)):
            twin, record = folder / f"twin{k}", folder / f"record{k}"
            shutil.copytree(asked.package, twin)
            (twin / "observations.toml").write_text("format = 1\n[sides]\n" + "".join(f'"{a}" = "{a}"\n' for a in actors), encoding="utf-8")
            record.mkdir()
            write_table(CONTROL, [(*row, "high") for row in table], twin / "control.csv")
            write_table(CONTROL, [(*row, "high") for row in table], record / "control_spells.csv")
            write_table(EVENTS, events, record / "events.csv")
            for months in (1, 3):
                scores = []
                for way in WAYS[asked.law].values():
                    scores.append(folder / f"scores{k}-{months}-{len(scores)}")
                    truel(asked.truel, "score", twin, "--observed", record, "--from", asked.origin, "--until", months_later(asked.origin, months),
                          "--runs", asked.runs, "--seed", 1000 + k, "--out", scores[-1], *settings(asked), *way)
                for measure, wanted in MEASURES.items():
                    found[measure, months].append([mean_loss(folder_of, **wanted) for folder_of in scores])
            for learned in json.loads((scores[-1] / "scores.json").read_text(encoding="utf-8"))[asked.law]:
                unit = learned["place"] if "place" in learned else frozenset(learned["dyad"].split(" - "))
                known = [factor for day, factor in factors.get(unit, []) if day <= learned["origin"]]
                if known:
                    ranks[sum(known[-1] > learned[bound] for bound in ("low", "median", "high"))] += 1
    units = sum(ranks)
    covered = ranks[1] + ranks[2]
    print(f"{asked.twins} twins, {units} places or pairs")
    print(f"90 % intervals hold the factor in {100 * covered / units:.0f} % (error {100 * math.sqrt(0.09 / units):.1f})")
    for part, count in zip(PARTS, ranks):
        print(f"  {part}: {100 * count / units:.0f} %")
    for (measure, months), of_twins in found.items():
        without, *others = zip(*of_twins)
        print(f"{measure} {months} months ahead: {statistics.fmean(without):.4g} {WITHOUT}")
        for way, losses in zip(list(WAYS[asked.law])[1:], others):
            gain = [b - a for a, b in zip(without, losses)]
            print(f"  {way}: {statistics.fmean(losses):.4g} ({statistics.fmean(gain):+.4g}, error {statistics.stdev(gain) / math.sqrt(len(gain)):.2g})")


if __name__ == "__main__":
    main()
