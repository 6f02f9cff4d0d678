#!/bin/bash
# Builds the engine as WebAssembly into build/wasm/engine.wasm. With --install what Debian has for it is installed first. Status 77,
# with a word: the tools are not here.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ ${1-} != --install ]] || tools/install_packages.sh wasm || true
if ! type -P clang++-22 wasm-ld-22 > /dev/null || [[ ! -e /usr/include/wasm32-wasi/c++/v1/version ]]; then
  echo "skipped, Debian's clang-22 for WebAssembly is not here"
  exit 77
fi
launcher=()
! type -P ccache > /dev/null || launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
cmake -S wasm -B build/wasm -G Ninja -DCMAKE_TOOLCHAIN_FILE="$PWD/wasm/toolchain.cmake" "${launcher[@]}"
cmake --build build/wasm
