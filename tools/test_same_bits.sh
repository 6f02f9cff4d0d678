#!/bin/bash
# Builds truel by clang and by g++ for the processor at hand, and compares what they write with what another build writes: summary.json
# and ensemble.nc of leaps, events and equations, and the tables of a score, a sensitivity study and a fit.
# usage: tools/test_same_bits.sh TRUEL     (some minutes; needs clang-14)
set -euo pipefail
cd "$(dirname "$0")/.."
given=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

built() {  # NAME OPTION...
  local name=$1
  shift
  cmake --preset release -B "build/$name" -DTRUEL_BUILD_TESTS=OFF -DTRUEL_BUILD_BENCH=OFF -DTRUEL_BUILD_REPORT=OFF "$@" > "$work/$name.log"
  cmake --build "build/$name" --target truel-cli >> "$work/$name.log" 2>&1 || { tail -50 "$work/$name.log"; return 1; }
}

results() {  # TRUEL FOLDER
  local truel=$1 to=$2
  mkdir "$to"
  "$truel" run scenarios/syria-2016 --runs 64 --seed 7 --quiet --out "$to/leap"
  "$truel" run scenarios/china-1926 --runs 16 --seed 7 --solver mean-field --quiet --out "$to/mean-field"
  "$truel" run scenarios/published/three-way-combat --runs 64 --seed 7 --solver exact --quiet --out "$to/exact"
  "$truel" sensitivity scenarios/china-1926 --runs 256 --seed 7 --out "$to/sensitivity"
} > /dev/null

built clang -DCMAKE_CXX_COMPILER=clang++-14
built native -DCMAKE_CXX_FLAGS=-march=native
results "$given" "$work/given"
GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable,-AVX,-FMA4,-AVX512F results "$given" "$work/old"
results build/clang/truel "$work/clang"
results build/native/truel "$work/native"
for other in old clang native; do
  # What names the program or the clock differs, and what the page is made of where it was not built.
  diff --recursive --brief --exclude=provenance.json --exclude=report.html --exclude='*.truel*' "$work/given" "$work/$other"
  echo "$other: the same bytes"
done
