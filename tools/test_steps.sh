# What ./test and ./test-all share. $logs: a folder for what the steps say.
broken=0

# step NAME COMMAND...: runs it, keeps what it says, goes on if it fails.
step() {
  local name=$1 since=$SECONDS log=$logs/${1// /-}.log
  shift
  if "$@" > "$log" 2>&1; then
    printf '%-44s ok  %4d s\n' "$name" $((SECONDS - since))
  else
    printf '%-44s FAILED %d s\n' "$name" $((SECONDS - since))
    tail -n 60 "$log" | sed 's/^/    /'
    broken=$((broken + 1))
    return 1
  fi
}

build() {  # PRESET TARGET...
  cmake --preset "$1" -DTRUEL_BUILD_TESTS=ON -DCMAKE_CXX_COMPILER_LAUNCHER=ccache &&
    cmake --build --preset "$1" --target "${@:2}"
}
