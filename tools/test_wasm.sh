#!/bin/bash
# The engine in WebAssembly gives the bytes of the program TRUEL. Status 77, with a word: it cannot be built here.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build_wasm.sh --install
TRUEL=$(realpath "$1") TRUEL_WASM=$PWD/build/wasm/engine.wasm TRUEL_WARS=scenarios node --test wasm/engine.test.mjs
