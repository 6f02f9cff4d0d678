#!/usr/bin/env python3
"""Measures the benchmark `connected_grid` and writes its table into docs/benchmarks.md.

usage: python3 bench/connected_grid.py [BENCH]     BENCH: build/release/bench/truel_bench unless given
"""
from medians import medians, write_part

DAYS = 28


def main():
    table = ["| towns | all roads and the rest of the compiled model, KiB a town | a realization, KiB a town | 28 days of one realization, ms | a town and day, µs |",
             "|---|---|---|---|---|"]
    for row in medians("connected_grid", 3):
        towns = row["towns"]
        table.append(f"| {towns:,.0f} | {row['model_MiB'] * 1024 / towns:.1f} | {row['run_KiB'] / towns:.2f} | {row['cpu_time']:.2g} "
                     f"| {row['cpu_time'] * 1000 / towns / DAYS:.3f} |")
    write_part("connected grid: bench/connected_grid.py", table)


if __name__ == "__main__":
    main()
