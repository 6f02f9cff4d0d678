#!/bin/bash
# Makes the documentation a site that opens from its folder without a server or a network, search included: pages by Sphinx, the
# C++ library from its headers by Doxygen. usage: tools/build_docs.sh [OUT]     OUT: build/docs unless told otherwise
# Stops at a link that leads nowhere, a page in no group of tools/docs_site/prepare.py, anything loaded from elsewhere, and a search
# that finds nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/install_packages.sh docs
out=${1:-build/docs}
work=$out.work
rm -rf "$out" "$work"
mkdir -p "$work"

version=$(sed -n 's/^project(truel VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
python3 -B tools/docs_site/prepare.py "$work/source"
cp tools/docs_site/conf.py "$work/source/"
mkdir -p "$work/source/extra"
{ cat tools/docs_site/Doxyfile; echo "OUTPUT_DIRECTORY = $work/source/extra"; echo "PROJECT_NUMBER = $version"; } | doxygen - 2> "$work/doxygen.log" ||
  { tail -n 20 "$work/doxygen.log"; exit 1; }
sphinx-build -q -W --keep-going -D release="$version" -b html "$work/source" "$out"

# Only what a reader clicks on may lead out of the folder.
if grep --recursive --include='*.html' --extended-regexp --only-matching --max-count=3 \
    '<(script|link|img|iframe)[^>]*(src|href)="(https?:)?//[^"]*"' "$out"; then
  echo "loaded from elsewhere"
  exit 1
fi

# The search as a reader uses it, in a browser without a network.
found() {  # WORD: how many pages the search names
  chromium --headless --no-sandbox --disable-gpu --host-resolver-rules='MAP * ~NOTFOUND' --virtual-time-budget=20000 --dump-dom \
    "file://$(realpath "$out")/search.html?q=$1" 2> "$work/chromium.log" > "$work/found.html"
  { grep --only-matching '<ul class="search">.*' "$work/found.html" || true; } | { grep --only-matching '<li' || true; } | wc -l
}
salvo=$(found salvo)
nothing=$(found qqxzzqq)
[[ $salvo -ge 3 && $nothing == 0 ]] || { echo "the search names $salvo pages for salvo, $nothing for what is in none"; exit 1; }
rm -rf "$work"
echo "$out/index.html: $(find "$out" -name '*.html' | wc -l) pages, $(du -sh "$out" | cut -f1); the search names $salvo pages for salvo"
