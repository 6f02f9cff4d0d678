#!/bin/bash
# Makes the Debian package of a build tree and uses what is in it. usage: tools/test_debian_package.sh BUILD
set -euo pipefail
build=$(realpath "$1")
"$(dirname "$0")/install_packages.sh" debian
work=$build/debian-package
rm -rf "$work"
mkdir -p "$work"
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work" > "$work/cpack.log" || { cat "$work/cpack.log"; exit 1; }
package=$(ls "$work"/truel_*.deb)
dpkg-deb --info "$package"
for dependency in libnetcdf libtbb libsundials; do
  dpkg-deb --field "$package" Depends | grep --quiet "$dependency" || { echo "does not depend on $dependency"; exit 1; }
done
dpkg-deb --extract "$package" "$work/root"
root=$work/root/usr
"$root/bin/truel" verify "$root/share/truel/scenarios/published/lanchester-square" --quiet
"$root/bin/truel" check "$root/share/truel/scenarios/syria-2016"
for file in share/man/man1/truel.1 share/bash-completion/completions/truel share/zsh/vendor-completions/_truel \
  share/fish/vendor_completions.d/truel.fish share/doc/truel/copyright \
  share/doc/truel/notices/page.txt share/doc/truel/notices/LICENSES/CC-BY-SA-4.0.txt \
  share/doc/truel/notices/libcli11-dev lib/cmake/truel/truelConfig.cmake lib/libtruel.a; do
  ls "$root"/$file > /dev/null
done
man --warnings -l "$root/share/man/man1/truel.1" > /dev/null
echo "$(basename "$package"): $(du -h "$package" | cut -f1), works from where it was unpacked"
