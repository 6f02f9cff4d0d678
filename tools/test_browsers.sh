#!/bin/bash
# The main path of a report that answers, in Firefox and WebKit: by the program TRUEL, in its report REPORT of the reference scenario.
# Status 77, with a word: a browser is not here, or the program was built without the engine.
set -euo pipefail
truel=$(realpath "$1") report=$(realpath "$2")
cd "$(dirname "$0")/../web"
tools=$PWD/../tools
"$tools/install_packages.sh" browsers 2> /dev/null || true
for command in firefox-esr WebKitWebDriver Xvfb; do
  if ! type -P "$command" > /dev/null; then
    echo "skipped, $command is not here (tools/install_packages.sh browsers)"
    exit 77
  fi
done
if ! grep -q 'id="truel-engine">{' "$report"; then
  echo "skipped, the program was built without the engine for pages"
  exit 77
fi
TRUEL=$truel TRUEL_REPORT=$report node --test browser/main_path.test.mjs
