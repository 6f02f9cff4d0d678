#!/bin/sh
# Makes anew what documents hold of the program: pages that it writes, pictures, and all numbers and tables quoted from runs.
#
# usage: tools/remake_documents.sh [BUILD [RECORD]]
# BUILD: build/release unless told otherwise, built with TRUEL_BUILD_TESTS. RECORD: folder with who held what and the dead in Syria
# until 2017; with it the verdict is made anew, too.
#
# Takes the better part of an hour of processor time, most of it for the study of what drives survival. What ran is kept in
# BUILD/quoted, so that a second round with the same program and scenarios takes a minute. Afterwards read what changed:
# git diff docs README.md. Words around a number are nobody's but yours.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build/release}
truel=$build/truel

"$build/tests/scenario/truel_parameter_docs" .
python3 -B tools/verification_page.py "$truel"
"$truel" verify scenarios/mechanisms --quiet --markdown docs/mechanisms.md > "$build/verify.log" || cat "$build/verify.log"
python3 -B tools/model_pictures.py "$truel"
python3 -B tools/united_front_picture.py "$truel" > /dev/null
if [ -n "${2:-}" ]; then
  python3 -B tools/verdict.py "$truel" "$2" 300
  python3 -B tools/verdict.py --power "$truel" "$2" 200
  python3 -B tools/verdict.py --fights "$truel" "$2"
  python3 -B tools/codings.py "$truel" "$2" 300
fi
rm -rf "$build/report"  # what ./demo makes, of more runs
"$truel" run scenarios/syria-2016 --each-account --if-united all --united-runs 20 --runs 128 --seed 7 \
  --quiet --out "$build/report" > /dev/null
node tools/page_pictures.mjs "$build/report/report.html" docs/images
python3 -B tools/quoted_numbers.py "$truel" --long --cache "$build/quoted"
python3 -B tools/check_docs.py
