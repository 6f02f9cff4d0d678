#!/bin/bash
# The R package as a user gets it: builds it with its vignette, checks it as CRAN checks packages, with the program at hand, and
# allows no error, no warning, no note and no test left out. usage: tools/test_r.sh [--short] TRUEL
# Leaves build/r/truel_VERSION.tar.gz, which R CMD INSTALL takes, and the page of the vignette beside it.
# --short: its tests alone, pictures among them, from where it was installed.
set -euo pipefail
short=
[[ $1 != --short ]] || { short=1; shift; }
TRUEL_PROGRAM=$(realpath "$1")
cd "$(dirname "$0")/.."
set=r
[[ ! $short ]] || set=test
tools/install_packages.sh "$set"
export TRUEL_PROGRAM TRUEL_SCENARIOS=$PWD/scenarios LANG=C.UTF-8

if [[ $short ]]; then
  library=$(mktemp -d)
  trap 'rm -rf "$library"' EXIT
  R CMD INSTALL --library="$library" --no-html --no-test-load r > "$library/log" 2>&1 || { cat "$library/log"; exit 1; }
  R_LIBS=$library Rscript - << 'END'
library(truel)
library(testthat)
found <- as.data.frame(test_dir("r/tests/testthat", package = "truel", load_package = "installed", reporter = "summary"))
stopifnot(sum(found$nb) > 100, !any(found$skipped))
page <- paste(readLines("docs/first-run-python-r.md"), collapse = "\n")
typed <- regmatches(page, gregexpr("(?s)(?<=```r\n).*?(?=```)", page, perl = TRUE))[[1]]
stopifnot(length(typed) > 1)
setwd(tempdir())
for (block in typed) eval(parse(text = block), globalenv())
cat(sum(found$nb), "expectations of the R package hold\n")
END
  exit
fi

# These ask the network for the time and for other packages, and say nothing of this one.
export _R_CHECK_SYSTEM_CLOCK_=FALSE _R_CHECK_CRAN_INCOMING_REMOTE_=FALSE
# Examples are timed by the clock, which runs on while something else has the cores.
export _R_CHECK_EXAMPLE_TIMING_THRESHOLD_=60

work=$PWD/build/r
rm -rf "$work"
mkdir -p "$work"
cd "$work"

# What roxygen2 writes is in the tree, so that installing needs no roxygen2: it has to be what the comments say.
cp -r ../../r fresh
Rscript -e 'roxygen2::roxygenise("fresh")' > roxygen.log 2>&1 || { cat roxygen.log; exit 1; }
diff -r ../../r fresh || { echo "r/man or r/NAMESPACE is old: Rscript -e 'roxygen2::roxygenise(\"r\")'"; exit 1; }
rm -r fresh

R CMD build ../../r > build.log 2>&1 || { cat build.log; exit 1; }
package=$(ls truel_*.tar.gz)
R CMD check --as-cran --no-manual "$package" || { cat truel.Rcheck/00install.out truel.Rcheck/tests/*.fail 2> /dev/null; exit 1; }
grep --quiet '^Status: OK' truel.Rcheck/00check.log || { echo "R CMD check has remarks"; exit 1; }
grep --quiet 'SKIP 0' truel.Rcheck/tests/testthat.Rout || { echo "tests were left out"; tail -n 20 truel.Rcheck/tests/testthat.Rout; exit 1; }
tail -n 3 truel.Rcheck/tests/testthat.Rout | grep 'FAIL' || true
tar --extract --to-stdout --file "$package" truel/inst/doc/figures.html > figures.html
pictures=$(grep --count 'src="data:image/png' figures.html || true)
[[ $pictures -ge 5 ]] || { echo "the vignette has $pictures pictures"; exit 1; }
echo "$package: $(du -h "$package" | cut -f1), checked; the vignette has $pictures pictures"
