#!/bin/bash
# Installs the Debian packages of the named sets of tools/debian-packages, if any is missing.
set -euo pipefail

list=$(dirname "$0")/debian-packages
missing=()
while read -r set package command; do
  [[ $set && $set != \#* && " $* " == *" $set "* ]] || continue
  if [[ $command ]]; then
    type -P "$command" > /dev/null && continue
  elif [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null) == installed ]]; then
    continue
  fi
  missing+=("$package")
done < "$list"
[[ ${#missing[@]} -gt 0 ]] || exit 0

root=()
if [[ $(id -u) != 0 ]]; then
  if ! type -P sudo > /dev/null; then
    echo "These Debian packages are missing, and installing them needs root: ${missing[*]}" >&2
    exit 1
  fi
  root=(sudo)
fi
echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes --no-install-recommends)
said=$(mktemp)
trap 'rm -f "$said"' EXIT
# The update may fail for a repository that has nothing to do with us: whether the packages come is what counts.
if ! { "${apt[@]}" update; "${apt[@]}" install "${missing[@]}"; } > "$said" 2>&1; then
  tail -n 40 "$said" >&2
  echo "The packages could not be installed" >&2
  exit 1
fi
