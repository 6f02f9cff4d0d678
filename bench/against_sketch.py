#!/usr/bin/env python3
"""truel against a plain program that holds only the core of the war (bench/sketch.cpp), on the reference scenario.

truel draws every number of the package, obeys all laws and writes every result file; the sketch has fire, moves and
control alone and keeps nothing. Both run in turn; the ratio of the medians says how many times truel is faster than
the sketch on one thread. It fails where the ratio has fallen by a quarter or more below that of bench/sketch_ratio.json.

The ratio that is held against the number is of processor time, that of truel divided by its threads: it is what idle
cores would take, and other programs on the machine disturb it least. The ratio of wall times is printed beside it.

Usage: bench/against_sketch.py [--build build/release] [--runs 1000] [--threads 2] [--pairs 5] [--write]
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "scenarios" / "syria-2016"
NUMBER = ROOT / "bench" / "sketch_ratio.json"


def timed(command):
    """Processor and wall time of a command, in seconds, and what it printed."""
    before = os.times()
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return processor, time.perf_counter() - begin, done.stdout


def check_sketch(text):
    """The sketch does its work: on the map of the package fighters die and places change hands."""
    places = len((PACKAGE / "places.csv").read_text(encoding="utf-8").splitlines()) - 1
    found = re.fullmatch(r"\d+ actors, (\d+) places, (\d+) days: (\d+) fighters killed, ([\d.]+) places taken\n", text)
    if not found or int(found[1]) != places or int(found[2]) != 1095:
        sys.exit(f"the sketch is of another war: {text}")
    if float(found[3]) < 1000 or float(found[4]) < 10:
        sys.exit(f"the sketch hardly fights: {text}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build", default="build/release")
    arguments.add_argument("--runs", type=int, default=1000)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--write", action="store_true", help="make the ratio measured the one to hold")
    options = arguments.parse_args()
    build = ROOT / options.build
    truel_times = []
    sketch_times = []
    with tempfile.TemporaryDirectory() as work:
        for pair in range(options.pairs):
            out = pathlib.Path(work) / str(pair)
            command = [build / "truel", "run", PACKAGE, "--seed", "7", "--runs", str(options.runs), "--quiet"]
            truel_times.append(timed([*command, "--threads", str(options.threads), "--out", out])[:2])
            *spent, printed = timed([build / "bench" / "sketch", PACKAGE, str(options.runs)])
            sketch_times.append(spent)
            check_sketch(printed)
    truel = [statistics.median(times) for times in zip(*truel_times)]
    sketch = [statistics.median(times) for times in zip(*sketch_times)]
    ratio = sketch[0] / (truel[0] / options.threads)
    print(f"truel  {truel[0]:8.2f} s of processor time, {truel[1]:8.2f} s of wall time on {options.threads} threads")
    print(f"sketch {sketch[0]:8.2f} s of processor time, {sketch[1]:8.2f} s of wall time on one")
    print(f"ratio  {ratio:8.3f} (processor time, truel's divided by {options.threads}); {sketch[1] / truel[1]:.3f} (wall)")
    if options.write:
        NUMBER.write_text(json.dumps({"ratio": round(ratio, 3)}) + "\n", encoding="utf-8")
        return 0
    held = json.loads(NUMBER.read_text(encoding="utf-8"))["ratio"]
    if ratio < 0.75 * held:
        print(f"it was {held}: a quarter is lost")
        return 1
    print(f"it was {held}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
