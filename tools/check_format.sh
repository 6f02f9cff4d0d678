#!/bin/bash
# Says which C++ files are not as .clang-format wants them; --fix: makes them so.
set -euo pipefail
cd "$(dirname "$0")/.."
action=(--dry-run --Werror)
[[ ${1-} != --fix ]] || action=(-i)
find src cli server python/src tests bench \( -name '*.hpp' -o -name '*.cpp' \) -print0 | sort -z | xargs -0 clang-format-14 --style=file "${action[@]}"
