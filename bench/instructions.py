#!/usr/bin/env python3
"""Counts the instructions of a realization of the reference scenario and writes the table of them into docs/performance.md:
other programs on the machine do not disturb them. Needs valgrind.

usage: python3 bench/instructions.py [TRUEL]     TRUEL: build/release/truel unless given
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from page_parts import table, write_between  # noqa: E402

PAGE = ROOT / "docs" / "performance.md"
RUNS = 6
DAYS = 1095
# Functions that the compiler keeps as functions, and of which none is called by another.
PARTS = {
    "laws::operate": "orders of all commands",
    "laws::prioritise": "whom they fight",
    "laws::assign_sorties": "where aircraft strike",
    "View::take_snapshot": "what commands look at",
    "Leap::advance": "what happens from day to day",
}


def inclusive(profile):
    """[(function, instructions of it and of what it calls)], most first."""
    lines = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", "--show-percs=no",
                            "--auto=no", profile],
                           stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    found = [re.match(r"\s*([\d,]+)\s+\S+?:(.*)", line) for line in lines]
    return [(match[2], int(match[1].replace(",", ""))) for match in found if match]


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/truel"
    with tempfile.TemporaryDirectory() as folder:
        profile = pathlib.Path(folder) / "profile"
        subprocess.run(["valgrind", "--quiet", "--tool=callgrind", "--toggle-collect=*solve_until*", f"--callgrind-out-file={profile}",
                        program, "run", ROOT / "scenarios/syria-2016", "--runs", str(RUNS), "--seed", "7", "--threads", "1", "--quiet"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        counts = inclusive(profile)
    whole = max(count for _, count in counts)
    parts = [(told, next(count for name, count in counts if f"{function}(" in name and "::{lambda" not in name))
             for function, told in PARTS.items()]
    parts.append(("the rest", whole - sum(count for _, count in parts)))
    row = lambda told, count: [told, f"{count / RUNS / 1e6:.0f}", f"{count / RUNS / DAYS / 1e3:.0f}", f"{100 * count / whole:.0f} %"]  # noqa: E731
    write_between(PAGE, "instructions: bench/instructions.py",
                  table(["part", "million a realization", "thousand a day", "share"],
                        [*(row(*part) for part in parts), row("all", whole)]))


if __name__ == "__main__":
    main()
