#!/bin/bash
# Wall time and peak memory of the whole program on the reference scenario, all results written.
# Usage: bench/whole_process.sh [BUILD_DIR]    default build/release. Needs GNU time (Debian: time).
# REPEATS (5): measurements of which the median is told. MANY (10000): runs of the last line.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-build/release}/truel
repeats=${REPEATS:-5}
many=${MANY:-10000}
work=$(mktemp --directory)
trap 'rm -rf "$work"' EXIT

ensemble() {  # RUNS THREADS
  rm -rf "$work/out"
  /usr/bin/time --format '%e %U %M' --output "$work/time" \
    "$program" run scenarios/syria-2016 --seed 7 --runs "$1" --threads "$2" --out "$work/out" --quiet > /dev/null
}

# The answer first: what is fast but differs with the number of threads is not measured.
ensemble 100 1
mv "$work/out" "$work/alone"
ensemble 100 2
for file in summary.json ensemble.nc; do
  cmp "$work/alone/$file" "$work/out/$file"
done

printf '%8s %8s %10s %10s %10s\n' runs threads 'wall s' 'cpu s' 'peak MiB'
measure() {  # RUNS THREADS REPEATS
  for ((i = 0; i < $3; ++i)); do
    ensemble "$1" "$2"
    cat "$work/time"
  done | sort --numeric-sort | awk -v runs="$1" -v threads="$2" '
    { wall[NR] = $1; cpu[NR] = $2; if ($3 > peak) peak = $3 }
    END { m = int((NR + 1) / 2); printf "%8d %8d %10.2f %10.2f %10.0f\n", runs, threads, wall[m], cpu[m], peak / 1024 }'
}
measure 1000 1 "$repeats"
measure 1000 2 "$repeats"
measure "$many" 2 1
