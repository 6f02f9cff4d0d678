#!/bin/bash
# Makes the documentation a site that opens from its folder without a server or a network, search included: pages by Sphinx, the
# C++ library from its headers by Doxygen. usage: tools/build_docs.sh [OUT]     OUT: build/docs unless told otherwise
# Stops at a link that leads nowhere (tools/docs_site/check_links.py), a page in no group of tools/docs_site/prepare.py, a file that
# names the folder in which the site was built, and what tools/docs_site/try.mjs finds in a browser: a page that throws, asks for what
# is not there or is elsewhere, and a search that finds nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/install_packages.sh docs
[[ -d web/node_modules/playwright-core ]] || npm ci --prefix web --silent
out=${1:-build/docs}
work=$out.work
rm -rf "$out" "$work"
mkdir -p "$work"

version=$(sed -n 's/^project(truel VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
python3 -B tools/docs_site/prepare.py "$work/source"
cp tools/docs_site/conf.py "$work/source/"
mkdir -p "$work/source/extra"
# The API begins with the page on the architecture, whose links lead out of its folder there, to headings whose numbers Sphinx leaves out.
sed 's@](\([a-z/-]*\)\.md@](../\1.html@g; s@\.html#[0-9]*-@.html#@g' "$work/source/architecture.md" > "$work/architecture.md"
{
  cat tools/docs_site/Doxyfile
  echo "OUTPUT_DIRECTORY = $work/source/extra"
  echo "PROJECT_NUMBER = $version"
  echo "INPUT += $work/architecture.md"
  echo "STRIP_FROM_PATH += $work"
  echo "USE_MDFILE_AS_MAINPAGE = $work/architecture.md"
} | doxygen - 2> "$work/doxygen.log" || { tail -n 20 "$work/doxygen.log"; exit 1; }
sphinx-build -q -W --keep-going -D release="$version" -d "$work/doctrees" -b html "$work/source" "$out"

# Doxygen links the list of classes inside a class, and has none where they are private.
for page in $(grep -rl 'href="#nested-classes"' "$out/api"); do
  grep -q 'id="nested-classes"' "$page" || sed -i 's@<a href="#nested-classes">Classes</a> &#124;@@' "$page"
done

# Debian's furo expects a web server twice over: a stylesheet at the server's root, and a script that imports another, which a
# browser does not do from a folder.
cp /usr/share/javascript/normalize.css/normalize.css "$out/_static/styles/"
sed -i 's|url(/javascript/normalize.css/normalize.css)|url(normalize.css)|' "$out/_static/styles/furo.css"
scripts=$out/_static/scripts
{ cat "$scripts/gumshoe-patched.js"; echo "(() => {"; sed '/^import Gumshoe from/d' "$scripts/furo.js"; echo "})();"; } > "$work/furo.js"
mv "$work/furo.js" "$scripts/furo.js"
rm "$scripts/gumshoe-patched.js"

if grep --recursive --files-with-matches --fixed-strings "$PWD/" "$out"; then
  echo "these files of the site name the folder in which it was built"
  exit 1
fi
python3 -B tools/docs_site/check_links.py "$out"
tried=$(node tools/docs_site/try.mjs "$out")
rm -rf "$work"
echo "$out/index.html: $(find "$out" -name '*.html' | wc -l) pages, $(du -sh "$out" | cut -f1); $tried"
