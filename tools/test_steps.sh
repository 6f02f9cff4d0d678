# What ./test and ./test-all share. $logs: a folder for what the steps say.
broken=0

# step NAME COMMAND...: runs it, keeps what it says, goes on if it fails. Status 77: it cannot run here and says why.
step() {
  local name=$1 since=$SECONDS log=$logs/${1// /-}.log status=0
  shift
  "$@" > "$log" 2>&1 || status=$?
  if [ "$status" -eq 0 ]; then
    printf '%-44s ok  %4d s\n' "$name" $((SECONDS - since))
  elif [ "$status" -eq 77 ]; then
    printf '%-44s %s\n' "$name" "$(tail -n 1 "$log")"
  else
    printf '%-44s FAILED %d s\n' "$name" $((SECONDS - since))
    tail -n 60 "$log" | sed 's/^/    /'
    broken=$((broken + 1))
    return 1
  fi
}

# beside COMMAND...: runs steps beside those that follow, until meet. They are a group of processes of their own, which ends when
# this script does.
groups=()
beside() {
  set -m
  (
    trap - EXIT
    "$@"
    exit "$broken"
  ) &
  set +m
  groups+=($!)
}
trap 'for group in "${groups[@]}"; do kill -- "-$group" 2> /dev/null || true; done' EXIT
trap 'exit 130' INT TERM

# Waits for what runs beside, and counts which steps of it broke.
meet() {
  local group
  for group in "${groups[@]}"; do
    wait "$group" || broken=$((broken + $?))
  done
  groups=()
}

# Without this the compiler cache keeps no file that begins with the precompiled headers, which is every test.
export CCACHE_SLOPPINESS=pch_defines,time_macros

build() {  # PRESET TARGET...
  cmake --preset "$1" -DTRUEL_BUILD_TESTS=ON -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=mold &&
    cmake --build --preset "$1" --target "${@:2}"
}
