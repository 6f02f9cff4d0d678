#!/bin/bash
# The tests of the papers with the tools that they need from PyPI (cffconvert, reuse), in an environment of their own (build/papers),
# none left out. The last lines are what a person still has to give.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install_packages.sh python
[[ -x build/papers/bin/python ]] || python3 -m venv build/papers
build/papers/bin/pip install --quiet --disable-pip-version-check cffconvert==2.0.0 reuse==6.2.0
said=$(mktemp)
trap 'rm -f "$said"' EXIT
python3 -B tests/house/papers_test.py 2> "$said" || { cat "$said"; exit 1; }
if grep --quiet skipped "$said"; then
  cat "$said"
  exit 1
fi
python3 -B tools/write_papers.py --check
