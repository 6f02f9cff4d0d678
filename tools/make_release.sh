#!/bin/bash
# Makes and tests all that a release consists of and gathers it in one folder, with checksums: sources, Debian package, R
# package, wheels for Python, recipe for conda-forge, documentation as a site. usage: tools/make_release.sh [--today] [BUILD]
# --today: releases today. Gives the heading of this version in CHANGELOG.md its day, writes the papers that say it, and commits.
# BUILD: a build tree of the preset release (build/release); made where it is missing. The folder: build/truel-VERSION. Needs PyPI.
# The wheel for CPython 3.12 and later is made where one of them is on the path or pyenv has one.
# The last lines say what is left to a person. tools/test_release.sh installs everything in the folder on a machine that has none of it.
set -euo pipefail
cd "$(dirname "$0")/.."
today=
[[ ${1-} != --today ]] || { today=1; shift; }
build=${1:-build/release}
version=$(sed -n 's/^project(truel VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
name=truel-$version
out=build/$name
if [[ $today ]]; then
  [[ ! $(git status --porcelain) ]] || { echo "commit first: a release is made of a commit"; exit 1; }
  python3 -B tools/write_papers.py --release "$(date +%F)"
  git diff --quiet || git commit --all --quiet --message "Release $version"
fi
rm -rf "$out"
tools/make_sdist.sh "$out"

# Each wheel is compiled from the sources alone, in the same folder, so that a compiler's cache has the library for the second.
if type -P ccache > /dev/null; then
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_SLOPPINESS=pch_defines,time_macros
fi
tools/install_packages.sh build
tools/install_packages.sh wasm 2> /dev/null || echo "Debian's clang-22 for WebAssembly cannot be had here: reports will not answer \"what if\""
[[ -e $build/build.ninja ]] || cmake --preset release -B "$build" -DTRUEL_BUILD_TESTS=OFF -DTRUEL_BUILD_BENCH=OFF
cmake --build "$build"
tools/build_docs.sh
tools/test_debian_package.sh "$build"
tools/test_r.sh "$build/truel"
tar --create --gzip --file "$out/$name-docs.tar.gz" --transform "s/^docs/$name-docs/" --directory build docs
cp "$build"/debian-package/truel_*.deb build/r/truel_*.tar.gz CHANGELOG.md CITATION.cff codemeta.json "$out"

tools/make_wheel.sh "$out" "$out/$name.tar.gz"
tools/test_python.sh "$out/$name"-*.whl
# pyenv shows only the versions that are chosen.
if type -P pyenv > /dev/null; then
  PYENV_VERSION=$(pyenv version-name):$(pyenv versions --bare | paste --serial --delimiters=:)
  export PYENV_VERSION
fi
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
