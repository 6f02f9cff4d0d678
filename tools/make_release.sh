#!/bin/bash
# Makes and tests all that a release consists of and gathers it in one folder, with checksums: sources, Debian package, R
# package, wheels for Python, recipe for conda-forge, documentation as a site. usage: tools/make_release.sh [BUILD]
# BUILD: a build tree of the preset release (build/release). The folder: build/truel-VERSION. Needs PyPI for the wheels.
# The wheel for CPython 3.12 and later is made where one of them is on the path, and has to come from the sources alone.
# tools/test_release.sh installs everything in the folder on a machine that has none of it.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}

tools/build_docs.sh
tools/test_debian_package.sh "$build"
tools/test_r.sh "$build/truel"
tools/test_python.sh

version=$(sed -n 's/^project(truel VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
name=truel-$version
out=build/$name
rm -rf "$out"
mkdir "$out"
tools/make_sdist.sh "$out"
tar --create --gzip --file "$out/$name-docs.tar.gz" --transform "s/^docs/$name-docs/" --directory build docs
cp "$build"/debian-package/truel_*.deb build/r/truel_*.tar.gz CHANGELOG.md CITATION.cff codemeta.json "$out"
tools/make_wheel.sh "$out" "$(ls -t build/wheels/truel-*.whl | head -n 1)"
newer=
for each in python3.{19..12}; do
  "$each" --version > /dev/null 2>&1 && newer=$each
done
if [[ $newer ]]; then
  PYTHON=$newer tools/make_wheel.sh "$out" "$out/$name.tar.gz"
else
  echo "a person has still to make the wheel for CPython 3.12 and later, where one is: PYTHON=python3.12 tools/make_wheel.sh $out $out/$name.tar.gz"
fi
[[ -x build/conda/bin/python ]] || "${newer:-python3}" -m venv build/conda
build/conda/bin/pip install --quiet --disable-pip-version-check py-rattler-build==0.73.0
build/conda/bin/python -B tools/conda_recipe.py "$out/$name.tar.gz" "$out/recipe.yaml"
(cd "$out" && sha256sum -- * > SHA256SUMS)
ls -l "$out"
python3 -B tools/write_papers.py --check
