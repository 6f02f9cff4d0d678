#!/usr/bin/env python3
"""Measures what users run and writes the table of it into docs/benchmarks.md.

usage: python3 bench/whole_programs.py [BUILD [ROUNDS]]     BUILD: build/release unless given; ROUNDS: 5

All commands are run in turn, and that again ROUNDS times; medians are told. Other programs disturb every command alike, so the ratios hold
where the seconds do not: processor time over that of as many runs of the reference scenario without files. A plain program that holds only
the core of the same war (bench/sketch.cpp) is measured beside them: a run that costs more than MOST_OF_THE_SKETCH of its runs is an error. Before
that the answer: with one thread and two the same bytes.
"""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from page_parts import table, write_between  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
WAR = "scenarios/syria-2016"
RUNS = 256
MOST_OF_THE_SKETCH = 4.5  # 3.5 when this bound was set
# What is told of it, its arguments, and how many runs of the reference scenario it has.
COMMANDS = (
    ("the reference scenario", ["run", WAR, "--runs", RUNS], RUNS),
    ("the same, all files written", ["run", WAR, "--runs", RUNS, "--out", "OUT"], RUNS),
    ("the same, every side answers the others (best responses)", ["run", WAR, "--runs", 64, "--account", "free_riding"], 64),
    ("two accounts compared in pairs", ["compare", WAR, "--account", "united_front", "--runs", 128], 256),
    ("one side taken away", ["compare", WAR, "--who-gains", "isis", "--runs", 128], 256),
    ("why a side survives", ["run", WAR, "--why", "isis", "--runs", 4], None),
    ("a mechanism, 200 pairs", ["compare", "scenarios/mechanisms/m10-isolated-desert-town", "--account", "on", "--account", "off", "--runs", 200], None),
    ("a truel of three, 1,000,000 times, all files written", ["run", "scenarios/published/truel-random", "--runs", 1000000, "--solver", "exact", "--out", "OUT"], None),
    ("20,301 divisions of a force, all files written", ["run", "scenarios/published/three-way-combat", "--solver", "mean-field", "--runs", 1, "--map-regions", 200, "--out", "OUT"], None),
)


def measured(command):
    """Wall time and processor time in seconds, most memory in MiB, and what it printed."""
    begin = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: status {process.returncode}")
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def check_answers(truel, folder):
    """What is fast but differs with the number of threads is not measured."""
    for threads in (1, 2):
        measured([truel, "run", WAR, "--runs", 32, "--threads", threads, "--out", folder / str(threads), "--quiet"])
    for name in ("summary.json", "ensemble.nc"):
        if (folder / "1" / name).read_bytes() != (folder / "2" / name).read_bytes():
            sys.exit(f"{name} differs with the number of threads")


def check_sketch(said):
    """The sketch does its work: fighters die and places change hands."""
    found = re.fullmatch(r"\d+ actors, \d+ places, 1095 days: (\d+) fighters killed, ([\d.]+) places taken\n", said)
    if not found or int(found[1]) < 1000 or float(found[2]) < 10:
        sys.exit(f"the sketch hardly fights: {said}")


def main():
    build = ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build/release")
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    truel, sketch = build / "truel", build / "bench" / "sketch"
    found = {}
    with tempfile.TemporaryDirectory() as work:
        check_answers(truel, pathlib.Path(work))
        for n in range(rounds):
            for told, arguments, _ in COMMANDS:
                out = pathlib.Path(work) / f"{n}-{told}"
                command = [truel, *(out if word == "OUT" else word for word in arguments), "--seed", 7, "--quiet"]
                found.setdefault(told, []).append(measured(command)[:3])
            *spent, said = measured([sketch, WAR, RUNS])
            check_sketch(said)
            found.setdefault(sketch, []).append(spent)
    middle = {told: [statistics.median(each) for each in zip(*values)] for told, values in found.items()}
    a_run = middle[COMMANDS[0][0]][1] / RUNS

    def row(told, command, values, runs):
        wall, processor, memory = values
        return [told, f"`{command}`", f"{wall:.2g}", f"{processor:.2g}", f"{processor / (runs * a_run):.2f}" if runs else "", f"{memory:.0f}"]

    write_between(PAGE, "whole programs: bench/whole_programs.py", table(
        ["what", "command", "wall, two threads, s", "processor, s", "over as many plain runs", "most memory, MiB"],
        [*(row(told, " ".join(["truel", *map(str, arguments)]).replace(WAR, "SYRIA").replace("OUT", "DIR"), middle[told], runs)
           for told, arguments, runs in COMMANDS),
         row("the core of the war alone, one thread", f"bench/sketch SYRIA {RUNS}", middle[sketch], RUNS)]))
    dearer = a_run * RUNS / middle[sketch][1]
    if dearer > MOST_OF_THE_SKETCH:
        sys.exit(f"a run costs {dearer:.2g} runs of the sketch, at most {MOST_OF_THE_SKETCH} are wanted")


if __name__ == "__main__":
    main()
