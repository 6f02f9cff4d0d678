#!/usr/bin/env python3
"""Measures a year of a large war, all files written, and writes its table into docs/benchmarks.md.

usage: python3 bench/large_war.py [PROGRAM]     PROGRAM: build/release/truel unless given

Towns on a grid, each held by one of 64 actors who are all at war, with 40 men in every town: most towns have one party, and
those at the edges of the 64 blocks fight. Takes some minutes.
"""
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from page_parts import write_between  # noqa: E402
from whole_programs import measured  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
GRIDS = [(25, 40), (100, 100), (250, 400)]
BLOCKS = 8  # a side


def write_csv(path, head, lines):
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def write_war(folder, rows, columns):
    towns = [(r, c) for r in range(rows) for c in range(columns)]
    actors = [f"a{i}" for i in range(BLOCKS * BLOCKS)]

    def name(r, c):
        return f"t{r}_{c}"

    def holder(r, c):
        return actors[r * BLOCKS // rows * BLOCKS + c * BLOCKS // columns]

    (folder / "scenario.toml").write_text(
        'format = 1\ntitle = "A grid of towns"\ndescription = "64 actors, all at war"\nstart = 2000-01-01\nend = 2000-12-30\n'
        'decision_interval_days = 7\ndefault_alignment = -1\n[laws.fire]\n[laws.operations]\nbasis = "assumed: a benchmark"\n'
        "relief_km = 50\n", encoding="utf-8")
    write_csv(folder / "actors.csv", "id,name,kind,kill_rate,speed_km_per_day,basis", [f"{a},{a},ground,0.01,60,assumed: likewise" for a in actors])
    write_csv(folder / "commands.csv", "id,name,doctrine,reach_km,basis", [f"{a},{a},priority,50,assumed: likewise" for a in actors])
    write_csv(folder / "places.csv", "place_id,name,latitude,longitude,kind,entry,population,value,basis",
              [f"{name(r, c)},{name(r, c)},{30 + r * 0.045:.3f},{c * 0.05:.3f},town,no,1000,1,assumed: likewise" for r, c in towns])
    write_csv(folder / "links.csv", "a,b,road_km,basis",
              [f"{name(r, c)},{name(*other)},5,assumed: likewise" for r, c in towns for other in ((r, c + 1), (r + 1, c))
               if other[0] < rows and other[1] < columns])
    write_csv(folder / "control.csv", "place_id,from_date,to_date,controller,confidence",
              [f"{name(r, c)},2000-01-01,2000-12-31,{holder(r, c)},high" for r, c in towns])
    write_csv(folder / "forces.csv", "actor,place_id,date,fighters,basis",
              [f"{holder(r, c)},{name(r, c)},2000-01-01,40,assumed: likewise" for r, c in towns])


def main():
    program = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/truel").resolve()
    table = ["| towns | processor time, s | of it to read, solve and sum up | most memory, MiB |", "|---|---|---|---|"]
    for rows, columns in GRIDS:
        with tempfile.TemporaryDirectory(prefix="truel-large-") as folder:
            war = pathlib.Path(folder) / "war"
            war.mkdir()
            write_war(war, rows, columns)
            (_, solved, _, _), (_, whole, memory, _) = (measured([program, "run", war, "--runs", 1, "--threads", 1, "--quiet", *files])
                                                        for files in ([], ["--out", pathlib.Path(folder) / "out"]))
            table.append(f"| {rows * columns:,} | {whole:.3g} | {solved:.3g} | {memory:,.0f} |")
            print(table[-1], flush=True)
    write_between(PAGE, "large war: bench/large_war.py", table)


if __name__ == "__main__":
    main()
