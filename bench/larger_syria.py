#!/usr/bin/env python3
"""Loads, runs and scores the war in Syria on a map of some 300 places, and prints a table: that a finer map is no other program.

usage: python3 bench/larger_syria.py PROGRAM TOWNS RECORD

TOWNS: a CSV file with name, latitude, longitude, such as those of Syria in GeoNames (CC BY 4.0). Those farther than four km from all other
places are added to scenarios/syria-2016 until there are 300, each a village on a road to the two nearest places, held by whoever
holds the nearest place that has a record. RECORD: the folder with control_spells.csv.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
from math import asin, cos, radians, sin, sqrt

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from page_parts import rows, write_rows  # noqa: E402

WAR = ROOT / "scenarios" / "syria-2016"
MOST, APART_KM, ROADS = 300, 4, 2
BASIS = "assumed: a finer map for a benchmark"


def km(a, b):
    (y, x), (v, u) = ((radians(float(p["latitude"])), radians(float(p["longitude"]))) for p in (a, b))
    return 6371 * 2 * asin(sqrt(sin((v - y) / 2) ** 2 + cos(y) * cos(v) * sin((u - x) / 2) ** 2))


def refine(folder, towns, record, observed):
    shutil.copytree(WAR, folder)
    old = rows(folder / "places.csv")
    places, roads, nearest = list(old), rows(folder / "links.csv"), {}
    for town in towns:
        others = sorted(places, key=lambda p: km(town, p))
        if len(places) == MOST or km(town, others[0]) < APART_KM:
            continue
        like = min(old, key=lambda p: km(town, p))
        new = dict.fromkeys(like, "") | {"place_id": f"added_{len(places)}", "name": town["name"], "country": "Syria", "admin1": like["admin1"],
                                         "latitude": town["latitude"], "longitude": town["longitude"], "kind": "village",
                                         "terrain": "steppe" if like["terrain"] == "urban" else like["terrain"], "population": 2000,
                                         "population_basis": BASIS, "value": 0.5, "value_basis": BASIS}
        nearest[new["place_id"]] = like["place_id"]
        for other in others[:ROADS]:
            roads.append(dict.fromkeys(roads[0], "") | {"a": new["place_id"], "b": other["place_id"], "terrain": new["terrain"],
                                                        "road_km": f"{1.3 * km(town, other):.1f}", "basis": BASIS})
        places.append(new)
    write_rows(folder / "places.csv", places)
    write_rows(folder / "links.csv", roads)
    for source, target in ((folder / "control.csv", folder / "control.csv"), (record, observed)):
        spells = rows(source)
        write_rows(target, spells + [r | {"place_id": new} for new, like in nearest.items() for r in spells if r["place_id"] == like])
    return len(places), len(roads)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="truel-finer-") as folder:
        folder = pathlib.Path(folder)
        (folder / "observed").mkdir()
        n_places, n_roads = refine(folder / "war", rows(pathlib.Path(sys.argv[2])), pathlib.Path(sys.argv[3]) / "control_spells.csv",
                                   folder / "observed" / "control_spells.csv")
        print(f"{n_places} places, {n_roads} roads", flush=True)
        for what in (["check", folder / "war"], ["run", folder / "war", "--runs", "32", "--until", "2016-12-31", "--quiet"],
                     ["score", folder / "war", "--observed", folder / "observed", "--from", "2016-01-01", "--until", "2016-12-31", "--runs", "32",
                      "--quiet"]):
            begin = time.monotonic()
            done = subprocess.run([program, *map(str, what)], capture_output=True, text=True)
            print(f"\ntruel {what[0]}: exit status {done.returncode}, {time.monotonic() - begin:.1f} s\n" + "\n".join(done.stdout.splitlines()[:12]) + done.stderr[:2000])


if __name__ == "__main__":
    main()
