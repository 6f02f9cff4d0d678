#!/bin/bash
# --mpi under mpirun: the same bytes on 1, 2 and 4 processes as without, and after one of them was killed; scores, fits,
# comparisons and sensitivity studies on 3; what is whole is left as it is.
# usage: tools/test_mpi.sh [--short] [TRUEL]    TRUEL: a program built with TRUEL_MPI; without it one is built into build/mpi
# --short: runs on 2 processes alone.
set -euo pipefail
short=
[[ ${1-} != --short ]] || { short=1; shift; }
cd "$(dirname "$0")/.."
tools/install_packages.sh mpi
if [[ $# -gt 0 ]]; then
  truel=$(realpath "$1")
else
  cmake --preset release -B build/mpi -DTRUEL_MPI=ON -DTRUEL_BUILD_TESTS=OFF -DTRUEL_BUILD_BENCH=OFF -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
  cmake --build build/mpi --target truel-cli
  truel=$PWD/build/mpi/truel
fi
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
runs=${TRUEL_MPI_RUNS:-20000}

on() {  # PROCESSES RUNS OUT
  mpirun --oversubscribe -n "$1" "$truel" run war --runs "$2" --seed 7 --mpi --quiet --out "$3" > said 2>&1
}
same() {  # OUT WHOLE
  diff -r -x provenance.json "$1" "$2" || { echo "$1 differs from $2"; exit 1; }
}

"$truel" new war > /dev/null 2>&1
"$truel" run war --runs 23 --seed 7 --quiet --out few > /dev/null
counts=(1 2 4)
[[ ! $short ]] || counts=(2)
for n in "${counts[@]}"; do
  on "$n" 23 "few-$n" || { cat said; exit 1; }
  same "few-$n" few
done
echo "the same bytes on ${counts[*]} processes"

# A job that is begun again after its results were whole has nothing to do; another question does not get their name.
n=${counts[-1]}
before=$(stat --format='%n %y' "few-$n" "few-$n"/*)
mpirun --oversubscribe -n 2 "$truel" run --seed 7 war --runs 23 --threads 2 --mpi --out "few-$n" > said 2>&1 || { cat said; exit 1; }
[[ $(< said) == "few-$n is whole: nothing to do" ]] || { cat said; exit 1; }
for out in "few-$n" few war; do
  runs_asked=23
  [[ $out == few ]] || runs_asked=24
  ! on 2 $runs_asked $out || { echo "it took $out for its results"; exit 1; }
  grep --quiet "$out: exists.*; give another --out" said || { cat said; exit 1; }
done
[[ $(stat --format='%n %y' "few-$n" "few-$n"/*) == "$before" ]]
echo "nothing done again"
[[ ! $short ]] || exit 0

mkdir data
cp war/control.csv data
while read -r verb options; do
  "$truel" $verb war $options --quiet --out $verb > /dev/null
  mpirun --oversubscribe -n 3 "$truel" $verb war $options --mpi --quiet --out $verb-3 < /dev/null > said 2>&1 || { cat said; exit 1; }
  sed --in-place 's/"command":"truel [^"]*"//' $verb*/report.html 2> /dev/null || true  # the page quotes it
  same $verb-3 $verb
  mpirun --oversubscribe -n 2 "$truel" $verb war $options --mpi --out $verb-3 < /dev/null > said 2>&1 || { cat said; exit 1; }
  grep --quiet "$verb-3 is whole: nothing to do" said || { cat said; exit 1; }
done << 'END'
score --observed data --runs 6 --from 2020-01-01 --until 2020-06-30
fit --observed data --draws 12 --runs 3 --check-runs 6 --from 2020-01-01 --until 2020-06-30
compare --set-b actors.government.supply=0.5 --runs 9 --until 2020-06-30
sensitivity --runs 300 --until 2020-03-31
END
[[ -e sensitivity-3 ]]
echo "the same bytes of every verb on 3 processes, and nothing done again"
sed --in-place 's/high/low/' data/control.csv  # another record is another question
! mpirun -n 1 "$truel" score war --observed data --runs 6 --from 2020-01-01 --until 2020-06-30 --mpi --out score-3 > said 2>&1
grep --quiet "score-3: exists, and has the answer to another question" said || { cat said; exit 1; }
echo "another record is another question"

"$truel" run war --runs "$runs" --seed 7 --quiet --out many > /dev/null
on 4 "$runs" killed &
mpirun=$!
until [[ -s .killed.ranks/2 && $(stat --format=%s .killed.ranks/2) -gt 20000 ]]; do
  kill -0 $mpirun || { echo "it ended before a process could be killed"; exit 1; }
  sleep 0.02
done
children=($(pgrep --parent "$(pgrep --parent $mpirun)"))  # of mpirun, which the shell started in another shell
kill -KILL "${children[2]}"
if wait $mpirun; then
  echo "mpirun did not notice that a process was killed"
  exit 1
fi
[[ ! -e killed ]]
mpirun --oversubscribe -n 2 "$truel" run war --runs "$runs" --seed 7 --mpi --out killed > said 2>&1  # fewer than before
grep --only-matching 'going on with [1-9][0-9]* of [0-9]* runs done' said
same killed many
[[ ! -e .killed.ranks ]]
echo "the same bytes after one of four processes was killed"
