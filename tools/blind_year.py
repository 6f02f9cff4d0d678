#!/usr/bin/env python3
"""How well the version that nobody here had tried on 2017 forecast that year. Checks that version out, builds and runs it, and writes its scores
into docs/forecast-skill.md, between <!-- blind --> and <!-- end -->.

Usage: tools/blind_year.py OBSERVED [FOLDER]. OBSERVED: who held what until the end of 2017. FOLDER: where the version is or comes to be, build/blind
unless told otherwise. Takes some ten minutes, most of it to build; it needs libgeographiclib-dev.
"""
import pathlib
import subprocess
import sys

from page_parts import ROOT, table, told, write_between
from paired_losses import CONTROL_BASELINES

PAGE = ROOT / "docs" / "forecast-skill.md"
VERSION = "8de0e298"  # the last before data on 2017 came
NAMES = {model: CONTROL_BASELINES[model] for model in ("persistence", "pair-rates", "contact", "spatial-hazard", "spatial-hazard-deaths")} | {
    "contact": "contact", "truel": "truel"}


def build(folder):
    """Path of the program of that version."""
    program = folder / "build" / "release" / "truel"
    if not program.exists():
        for words in (("git", "clone", "--quiet", ROOT, folder), ("git", "-C", folder, "checkout", "--quiet", VERSION),
                      ("cmake", "-S", folder, "--preset", "release", "-DTRUEL_BUILD_TESTS=OFF", "-DTRUEL_BUILD_BENCH=OFF"),
                      ("cmake", "--build", program.parent, "--target", "truel")):
            subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    return program


def forecast(program, package, observed, until):
    """Brier scores of who holds each place on a day, by model, with rebels and Nusra as one: rows of the scores."""
    scores = told(program, "score", package, "--observed", observed, "--from", "2017-01-01", "--until", until, "--runs", "1000", "--seed", "1")
    return {row["model"]: row for row in scores["windows"] if row["unit"] == "place" and row["merged"] and row["score"] == "brier" and row["subset"] == "all"}


def main():
    observed = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "build" / "blind").resolve()
    found = [forecast(build(folder), folder / "scenarios" / "syria-2016", observed, until) for until in ("2017-06-30", "2017-12-31")]

    def cell(row):
        if row["model"] == "persistence":
            return f"{row['value']:.3f}"
        low, high = row["difference_interval"]
        return f"{row['value']:.3f} ({row['difference']:+.3f}, {low:+.3f} to {high:+.3f})"

    write_between(PAGE, "blind", table(["Brier score, from 1 January 2017", "who holds each place on 30 June", "on 31 December"],
                                       [[name, *(cell(scores[model]) for scores in found)] for model, name in NAMES.items()]))


if __name__ == "__main__":
    main()
