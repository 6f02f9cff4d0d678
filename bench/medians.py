"""What the scripts beside this one that write medians of truel_bench into docs/benchmarks.md share. Each takes the path of the program as its
only argument: build/release/bench/truel_bench unless given."""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
from page_parts import ROOT, write_between  # noqa: E402


def medians(benchmarks, repetitions):
    """Rows of the benchmarks whose names fit, each the median of so many repetitions."""
    program = sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/bench/truel_bench"
    done = subprocess.run([program, f"--benchmark_filter={benchmarks}", f"--benchmark_repetitions={repetitions}",
                           "--benchmark_report_aggregates_only=true", "--benchmark_format=json"],
                          stdout=subprocess.PIPE, text=True, check=True)
    return [row for row in json.loads(done.stdout)["benchmarks"] if row["aggregate_name"] == "median"]


def write_part(begin, lines):
    write_between(ROOT / "docs" / "benchmarks.md", begin, lines)
