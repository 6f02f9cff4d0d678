#!/usr/bin/env python3
"""Measures the benchmark `connected_grid` and writes its table into docs/benchmarks.md.

usage: python3 bench/connected_grid.py [BENCH]     BENCH: build/release/bench/truel_bench unless given
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from page_parts import write_between  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
DAYS = 28


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/bench/truel_bench"
    done = subprocess.run([program, "--benchmark_filter=connected_grid", "--benchmark_repetitions=3",
                           "--benchmark_report_aggregates_only=true", "--benchmark_format=json"],
                          stdout=subprocess.PIPE, text=True, check=True)
    rows = [row for row in json.loads(done.stdout)["benchmarks"] if row["aggregate_name"] == "median"]
    table = ["| towns | all roads and the rest of the compiled model, KiB a town | a realization, KiB a town | 28 days of one realization, ms | a town and day, µs |",
             "|---|---|---|---|---|"]
    for row in rows:
        towns = row["towns"]
        table.append(f"| {towns:,.0f} | {row['model_MiB'] * 1024 / towns:.1f} | {row['run_KiB'] / towns:.2f} | {row['cpu_time']:.2g} "
                     f"| {row['cpu_time'] * 1000 / towns / DAYS:.3f} |")
    write_between(PAGE, "connected grid: bench/connected_grid.py", table)


if __name__ == "__main__":
    main()
