#!/bin/bash
# Tries each part of a release by itself on a bare Debian 12, which debootstrap puts into a folder of its own, the wheel for later Pythons
# on a Debian 13, and says what a person has still to do. usage, as root: tools/test_bare_debian.sh [FOLDER [PART...]]
# FOLDER: of tools/make_release.sh (build/truel-VERSION). PART: as of tools/test_release.sh; all unless some are named, and the container.
# The mounts are in a namespace that ends with this script. Needs Debian's archive and PyPI. TRUEL_BARE: keep the system in this folder.
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ $(id -u) != 0 ]]; then
  echo "skipped: a bare Debian is made by root"
  exit 77
fi
if [[ ! ${TRUEL_OWN_MOUNTS-} ]]; then
  exec env TRUEL_OWN_MOUNTS=1 unshare --mount "tools/${0##*/}" "$@"
fi
version=$(sed -n 's/^project(truel VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
folder=$(realpath "${1:-build/truel-$version}")
[[ -e $folder/SHA256SUMS ]] || { echo "there is no release in $folder: tools/make_release.sh makes one"; exit 1; }
parts=("${@:2}")
[[ ${#parts[@]} -gt 0 ]] || parts=(bare wheel later debian r docs papers forecast tools sdist container)
tools/install_packages.sh bare

root=${TRUEL_BARE-}
if [[ ! $root ]]; then
  mkdir -p build
  root=$(mktemp --directory "$PWD/build/bare-XXXXXX")
  trap 'umount "$root/proc" "$root-later/proc" 2> /dev/null || true; rm -rf --one-file-system "$root" "$root-later"' EXIT
fi
runs=(docker)
docker info > /dev/null 2>&1 || runs=(podman)
base=debian:12-slim

make_debian() {  # FOLDER SUITE: makes the system unless it is there
  local file
  if [[ ! -e $1/etc/debian_version ]]; then
    debootstrap --variant=minbase --include=ca-certificates "$2" "$1" > build/debootstrap.log || { tail -n 20 build/debootstrap.log; exit 1; }
    # The security archive, as every installed Debian has it: clang for WebAssembly comes from there.
    sed --in-place "p; s|debian $2|debian-security $2-security|" "$1/etc/apt/sources.list"
  fi
  # How this machine reaches the network: names, proxies, certificates.
  for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/apt/apt.conf.d/*roxy* /usr/local/share/ca-certificates/*.crt; do
    [[ -e $file ]] && install -D --mode=644 "$file" "$1$file"
  done
  chroot "$1" update-ca-certificates > /dev/null
}

put_release() {  # FOLDER
  mount -t proc proc "$1/proc"
  rm -rf "$1/release"
  cp -r "$folder" "$1/release"
  install --mode=755 tools/test_release.sh "$1/test_release.sh"
}

make_debian "$root" bookworm
has_base() { "${runs[@]}" image inspect "$base" > /dev/null 2>&1 || "${runs[@]}" pull --quiet "$base" > /dev/null 2>&1; }
if [[ " ${parts[*]} " == *" container "* ]] && "${runs[@]}" info > /dev/null 2>&1 && ! has_base; then
  # Where no image of Debian can be had, this one is as bare.
  base=truel-bare
  tar --create --directory "$root" --exclude=./proc/* . | "${runs[@]}" import - "$base" > /dev/null
fi
put_release "$root"

# Limits below those of a login: a machine that is a container or a small virtual one has no right to raise them.
run_alone() { "${runs[@]}" run --rm --network none --ulimit nofile=1024:1024 --ulimit nproc=2048:2048 "$@"; }

later() {
  make_debian "$root-later" trixie && put_release "$root-later" &&
    chroot "$root-later" /test_release.sh /release later
}

container() {
  local said
  "${runs[@]}" info > /dev/null 2>&1 || { echo "skipped: neither docker nor podman runs here"; return 77; }
  if ! said=$(run_alone "$base" true 2>&1); then
    # crun, which Podman takes if it has the choice, runs nothing where both versions of cgroups are mounted.
    [[ ${runs[0]} == docker ]] || runs+=(--runtime runc)
    run_alone "$base" true > /dev/null 2>&1 || { echo "skipped: ${runs[0]} runs no container here: $said"; return 77; }
  fi
  "${runs[@]}" build --network host --build-arg BASE="$base" --tag truel-try . > build/container.log 2>&1 || { tail -n 30 build/container.log; return 1; }
  run_alone truel-try run /usr/share/truel/scenarios/syria-2016 --runs 4 --until 2016-03-31 --quiet > /dev/null || return 1
  echo "container: runs without a network"
}

broken=0
for part in "${parts[@]}"; do
  status=0
  since=$SECONDS
  if [[ $part == container || $part == later ]]; then
    "$part" || status=$?
  else
    chroot "$root" /test_release.sh /release "$part" || status=$?
  fi
  case $status in
    0) echo "$part: works, $((SECONDS - since)) s" ;;
    77) ;;
    *) echo "$part: FAILED, $((SECONDS - since)) s"; broken=$((broken + 1)) ;;
  esac
done

python3 -B tools/write_papers.py --check | grep "^a person"
[[ $broken -eq 0 ]]
