#!/usr/bin/env python3
"""Measures the parts of a run by truel_bench and writes their table into docs/benchmarks.md.

usage: python3 bench/parts.py [BENCH]     BENCH: build/release/bench/truel_bench unless given
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from page_parts import write_between  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
BENCHMARKS = "fire_at_one_place|day_of_one_realization|memory_of_one_realization"


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/bench/truel_bench"
    done = subprocess.run([program, f"--benchmark_filter={BENCHMARKS}", "--benchmark_repetitions=5",
                           "--benchmark_report_aggregates_only=true", "--benchmark_format=json"],
                          stdout=subprocess.PIPE, text=True, check=True)
    rows = [row for row in json.loads(done.stdout)["benchmarks"] if row["aggregate_name"] == "median"]
    fire = [1e9 / row["items_per_second"] for row in rows if row["run_name"].startswith("fire_at_one_place")]
    day = next(row for row in rows if row["run_name"].startswith("day_of_one_realization"))
    memory = next(row for row in rows if row["run_name"].startswith("memory_of_one_realization"))
    write_between(PAGE, "parts: bench/parts.py", [
        "| what | measured |",
        "|---|---|",
        f"| rate of fire of one actor upon another at one place, in one realization: 2 to 12 actors | {fire[0]:.1f} to {fire[-1]:.1f} ns |",
        f"| one day of one realization of the reference scenario, leap solver | {1e6 / day['items_per_second']:.0f} µs |",
        f"| memory of one realization under way | {memory['state_KiB']:.0f} KiB |",
        f"| memory of its result until it is stored | {memory['result_KiB']:.0f} KiB |",
    ])


if __name__ == "__main__":
    main()
