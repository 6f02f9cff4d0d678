#!/usr/bin/env python3
"""Measures how the cost of a run grows with the places of a war, and writes the table into docs/ukraine.md.

usage: python3 bench/joined_wars.py [PROGRAM]     PROGRAM: build/release/truel unless given

Six months of scenarios/syria-2016, of scenarios/ukraine-2022, and of two, four and eight of the latter side by side, each joined to the
next by a road, under the same commands. Processor time of one thread, without files. Takes some minutes.
"""
import pathlib
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from page_parts import rows, write_between, write_rows  # noqa: E402
from whole_programs import measured  # noqa: E402

PAGE = ROOT / "docs" / "ukraine.md"
WAR = ROOT / "scenarios" / "ukraine-2022"
EAST, WEST = "rostov", "uzhhorod"  # the ends of a copy, which a road joins
DEGREES = 22
KM = 100
COPIES = (1, 2, 4, 8)


def join(folder, copies):
    """The same war so many times, from west to east, with as many times the men."""
    shutil.copytree(WAR, folder)
    for unwanted in ("interventions.csv", "observations.toml", "aliases.csv"):
        (folder / unwanted).unlink()
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_text(text.split("[[question]]")[0], encoding="utf-8")

    def own(place, copy):
        return place if place == "*" else f"c{copy}_{place}"

    for name, columns in (("places.csv", ["place_id"]), ("links.csv", ["a", "b"]), ("control.csv", ["place_id"]), ("support.csv", ["place_id"])):
        table = []
        for copy in range(copies):
            for r in rows(WAR / name):
                if copy and r.get("place_id") == "*":
                    continue
                r |= {c: own(r[c], copy) for c in columns}
                if "longitude" in r:
                    r["longitude"] = f"{float(r['longitude']) - 60 + DEGREES * copy:.5f}"
                table.append(r)
        if name == "links.csv":
            table += [{"a": own(EAST, c), "b": own(WEST, c + 1), "terrain": "fields", "road_km": KM, "basis": "assumed: it joins two copies"}
                      for c in range(copies - 1)]
        write_rows(folder / name, table)
    first = min(r["date"] for r in rows(WAR / "forces.csv"))
    men = []
    for r in rows(WAR / "forces.csv"):
        if r["date"] == first and r["place_id"] != "*":
            men += [r | {"place_id": own(r["place_id"], c)} for c in range(copies)]
        elif r["date"] == first:
            low, high = (float(x) for x in r["fighters"].replace("triangular(", "").replace(")", "").replace("..", ",").split(",")[::len(r["fighters"].split(",")) - 1 or 1])
            men.append(r | {"fighters": f"{low * copies:.0f}..{high * copies:.0f}"})
    write_rows(folder / "forces.csv", men)


def measure(program, package, days, runs):
    """Seconds of processor a run, beyond what one run less takes, and the most memory in MiB."""
    took = []
    for n in (2, 2 + runs):
        _, seconds, memory, _ = measured([program, "run", package, "--runs", n, "--threads", 1, "--seed", 7, "--quiet", *days])
        took.append(seconds)
    return (took[1] - took[0]) / runs, memory


def main():
    program = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/truel").resolve()
    lines = ["| war, six months | places | roads | processor time a run, ms | a place, µs | most memory, MiB |", "|---|---|---|---|---|---|"]

    def line(what, package, days, runs):
        places, roads = (len(rows(package / name)) for name in ("places.csv", "links.csv"))
        seconds, memory = measure(program, package, days, runs)
        lines.append(f"| {what} | {places:,} | {roads:,} | {1000 * seconds:.0f} | {1e6 * seconds / places:.0f} | {memory:.0f} |")
        print(lines[-1], flush=True)

    line("`syria-2016`", ROOT / "scenarios" / "syria-2016", ["--until", "2016-07-06"], 32)
    for copies in COPIES:
        with tempfile.TemporaryDirectory(prefix="truel-joined-") as folder:
            war = pathlib.Path(folder) / "war"
            join(war, copies)
            line("`ukraine-2022`" if copies == 1 else f"{copies} of it, joined", war, [], max(4, 32 // copies))
    write_between(PAGE, "scale: bench/joined_wars.py", lines)


if __name__ == "__main__":
    main()
