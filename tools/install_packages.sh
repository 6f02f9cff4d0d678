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
export DEBIAN_FRONTEND=noninteractive
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet -o Dpkg::Use-Pty=0)
"${apt[@]}" update
"${apt[@]}" install --yes --no-install-recommends "${missing[@]}" > /dev/null
