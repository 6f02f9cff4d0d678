#!/bin/bash
# Installs everything in the folder of a release where nothing of it was before, and uses each part: for a bare Debian 12, as
# root, in a container or a chroot, as it puts packages on the machine. usage: test_release.sh FOLDER [PART...]
# PART: bare (nothing is there yet), wheel, debian, r (after debian), docs, papers (licences, citation), forecast (its formats, events of
# UCDP and ACLED), tools (from which truel is called), sdist, which compiles; all in this order unless some are named. later, if it
# is named: the wheel for CPython 3.12 and later, on a Debian that has one of them.
set -euo pipefail
cd "$1"
parts=("${@:2}")
[[ ${#parts[@]} -gt 0 ]] || parts=(bare wheel debian r docs papers forecast tools sdist)
sha256sum --check --quiet SHA256SUMS
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
apt=(env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --no-install-recommends --yes)
"${apt[@]}" update
tar --extract --gzip --file truel-[0-9]*.[0-9].tar.gz --directory "$work"
sources=$(ls -d "$work"/truel-[0-9]*)

bare() {
  for command in truel R; do
    type -P $command > /dev/null && { echo "there is a $command on this machine already"; return 1; }
  done
  echo "nothing of it is here yet"
}

install_wheel() {  # EXTRAS
  "${apt[@]}" install python3 python3-venv > /dev/null
  python3 -m venv "$work/python"
  "$work/python/bin/pip" install --quiet "$(ls truel-*-cp311-cp311-*.whl)[$1]"
}

# Before the Debian package: it has to do without any library of the other parts.
wheel() {
  install_wheel progress,notebooks
  (cd "$work" && python/bin/python -c '
from importlib.metadata import files
import truel
parts = {str(f): f for f in files("truel")}
licences = next(f for f in parts if f.endswith("/licenses/libraries.txt")).removesuffix("libraries.txt")
named = dict(line.split()[:2] for line in parts[licences + "libraries.txt"].read_text().split("\n\n")[1].splitlines())
bundled = {f.split("/")[-1] for f in parts if f.startswith("truel.libs/")}
assert bundled and named.keys() == bundled and all(f"{licences}{package}/copyright" in parts for package in named.values()), bundled ^ named.keys()
assert {"page.txt", "libcli11-dev", "nanobind", "REUSE.toml", "CC-BY-SA-4.0.txt"} <= {f.split("/")[-1] for f in parts if f.startswith("truel/notices/")}
war = truel.load(truel.scenario("syria-2016"))
runs = truel.run(war, runs=4, until="2016-03-31")
assert runs.sizes["realization"] == 4, runs
print(f"wheel: truel {truel.__version__}, {len(runs.data_vars)} variables of four runs")')
  "$work/python/bin/truel" --version > /dev/null
  (cd "$sources/python/tests" && PATH=$work/python/bin:$PATH python -m unittest test_notebooks) 2> "$work/notebooks.log" ||
    { cat "$work/notebooks.log"; exit 1; }
  echo "notebooks: $(ls "$sources"/docs/notebooks/*.ipynb "$sources"/docs/notebooks/*/*.ipynb | wc -l) run"
}

later() {
  local made
  made=$(ls truel-*-cp312-abi3-*.whl 2> /dev/null) || { echo "skipped: this release has no wheel for CPython 3.12 and later"; return 77; }
  "${apt[@]}" install python3 python3-venv > /dev/null
  python3 -m venv "$work/later"
  "$work/later/bin/pip" install --quiet "$made"
  (cd "$work" && later/bin/truel verify "$(later/bin/python -c 'import truel; print(truel.scenario("published/lanchester-square"))')" --quiet > /dev/null)
  (cd "$work" && later/bin/python -c '
import sys
import truel
assert truel._core.__file__.endswith("abi3.so"), truel._core.__file__
runs = truel.run(truel.load(truel.scenario("syria-2016")), runs=4, until="2016-03-31")
assert len(truel.holders(runs)) > 0
print("wheel for later Pythons:", runs.sizes["realization"], "runs in CPython", sys.version.split()[0])')
}

debian() {
  "${apt[@]}" install ./truel_*.deb > /dev/null
  truel verify /usr/share/truel/scenarios/published/lanchester-square --quiet > /dev/null
  truel run /usr/share/truel/scenarios/syria-2016 --runs 4 --until 2016-03-31 --quiet --out "$work/results" > /dev/null
  test -s "$work/results/report.html"
  echo "Debian package: $(truel --version), a report of $(stat --format=%s "$work/results/report.html") bytes"
}

r() {
  "${apt[@]}" install r-base-core r-cran-ggplot2 r-cran-jsonlite r-cran-ncdf4 r-cran-sf r-cran-knitr r-cran-rmarkdown pandoc > /dev/null
  R CMD INSTALL truel_*.tar.gz > "$work/r.log" 2>&1 || { cat "$work/r.log"; exit 1; }
  TRUEL_PROGRAM=/usr/bin/truel TRUEL_SCENARIOS=/usr/share/truel/scenarios Rscript -e \
    "rmarkdown::render('$sources/r/vignettes/figures.Rmd', output_dir = '$work', quiet = TRUE)" > /dev/null
  echo "R package: its vignette makes $(grep --count 'src="data:image/png' "$work/figures.html") figures"
}

docs() {
  tar --extract --gzip --file truel-*-docs.tar.gz --directory "$work"
  test -s "$work"/truel-*-docs/index.html && test -s "$work"/truel-*-docs/search.html
  test -x "$sources/demo"
  echo "documentation and sources unpack; the first command of the README builds the latter"
}

tested() {  # WHAT: what the tests of it in $work/tests.log say; none may be left out
  grep --quiet '^OK$' "$work/tests.log" || { cat "$work/tests.log"; return 1; }
  sed -n "s/^Ran \([0-9]* tests*\) .*/$1: \1 pass/p" "$work/tests.log"
}

papers() {
  "${apt[@]}" install git > /dev/null
  rm "$sources/PKG-INFO"
  (cd "$sources" && git init --quiet && git add --force . && tools/test_papers.sh > "$work/papers.log" 2>&1) || { cat "$work/papers.log"; return 1; }
  echo "licences, citation and the other papers of the project are in order"
}

forecast() {
  install_wheel views
  "$work/python/bin/pip" install --quiet jsonschema
  for each in forecast events; do
    (cd "$sources/tests/cli" && TRUEL=$work/python/bin/truel "$work/python/bin/python" -B "${each}_test.py") > "$work/tests.log" 2>&1 || true
    tested "$each"
  done
  (cd "$work" && python/bin/python -c '
import subprocess
import truel
from truel import views_parquet
subprocess.run(["truel", "forecast", truel.scenario("syria-2016"), "--until", "2016-03-31", "--runs", "4", "--views", "Syria=220", "--government",
                "syrian_government", "--out", "foretold", "--quiet"], check=True, executable="python/bin/truel", stdout=subprocess.DEVNULL)
views_parquet.convert("foretold", "parquet")
table = views_parquet.read("parquet/truel-base/cm/window=Y2016/predictions_2016.parquet")
assert len(table) == 12 and (table.country_id == 220).all(), table
print("parquet of VIEWS:", len(table), "rows")')
}

tools() {
  install_wheel salib,ema,pyabc
  "$work/python/bin/pip" install --quiet 'mesa>=3' networkx
  (cd "$sources/python/tests" && "$work/python/bin/python" -B -m unittest test_other_tools) > "$work/tests.log" 2>&1 || true
  tested "tools of other-tools.md"
}

sdist() {
  "$sources/tools/install_packages.sh" build python wasm > /dev/null
  python3 -m venv "$work/built"
  "$work/built/bin/pip" install --quiet truel-[0-9]*.[0-9].tar.gz
  war=$("$work/built/bin/python" -c 'import truel; print(truel.scenario("published/lanchester-square"))')
  "$work/built/bin/truel" verify "$war" --quiet > /dev/null
  "$work/built/bin/truel" run "$war" --runs 4 --quiet --out "$work/small" > /dev/null
  grep --quiet '"module":"' "$work/small/report.html"
  echo "sdist: pip builds it, $("$work/built/bin/truel" --version), and its report answers"
}

for part in "${parts[@]}"; do
  "$part"
done
