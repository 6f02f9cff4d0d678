#!/bin/bash
# Makes the sources of a release, which `pip install` takes as well: what git has of HEAD and PKG-INFO. usage: tools/make_sdist.sh FOLDER
# Needs PyPI. PYTHON: an interpreter (python3).
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath --canonicalize-missing "$1")
[[ ! $(git status --porcelain) ]] || { echo "commit first: the sources of a release are those of a commit"; exit 1; }
mkdir -p build "$out"
work=$(mktemp --directory build/sdist-XXXXXX)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/maker"
"$work/maker/bin/pip" install --quiet --disable-pip-version-check build
"$work/maker/bin/python" -m build --sdist --outdir "$work/dist" . > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
sdist=$(ls "$work"/dist/truel-*.tar.gz)
# What is left out of the sources would be missed when they are built, where nobody sees why.
diff <({ git ls-files; echo PKG-INFO; } | LC_ALL=C sort) <(tar --list --file "$sdist" | sed 's|^[^/]*/||' | grep --invert-match '/$' | LC_ALL=C sort) ||
  { echo "the sdist has not what git has: sdist.exclude of pyproject.toml, .gitignore"; exit 1; }
mv "$sdist" "$out"
