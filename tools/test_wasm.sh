#!/bin/bash
# The engine in WebAssembly gives the bytes of the program TRUEL, which was built with it. Status 77, with a word: it was not.
set -euo pipefail
cd "$(dirname "$0")/.."
module=$(dirname "$1")/wasm/engine.wasm
if [[ ! -e $module ]]; then
  echo "skipped, the engine was not built: Debian's clang-22 for WebAssembly is not here"
  exit 77
fi
TRUEL=$(realpath "$1") TRUEL_WASM=$(realpath "$module") TRUEL_WARS=scenarios node --test wasm/engine.test.mjs
