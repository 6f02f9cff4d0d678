#!/usr/bin/env python3
"""Measures the parts of a run by truel_bench and writes their table into docs/benchmarks.md.

usage: python3 bench/parts.py [BENCH]     BENCH: build/release/bench/truel_bench unless given
"""
from medians import medians, write_part

BENCHMARKS = "fire_at_one_place|day_of_one_realization|memory_of_one_realization"


def main():
    rows = medians(BENCHMARKS, 5)
    fire = [1e9 / row["items_per_second"] for row in rows if row["run_name"].startswith("fire_at_one_place")]
    day = next(row for row in rows if row["run_name"].startswith("day_of_one_realization"))
    memory = next(row for row in rows if row["run_name"].startswith("memory_of_one_realization"))
    write_part("parts: bench/parts.py", [
        "| what | measured |",
        "|---|---|",
        f"| rate of fire of one actor upon another at one place, in one realization: 2 to 12 actors | {fire[0]:.1f} to {fire[-1]:.1f} ns |",
        f"| one day of one realization of the reference scenario, leap solver | {1e6 / day['items_per_second']:.0f} µs |",
        f"| memory of one realization under way | {memory['state_KiB']:.0f} KiB |",
        f"| memory of its result until it is stored | {memory['result_KiB']:.0f} KiB |",
    ])


if __name__ == "__main__":
    main()
