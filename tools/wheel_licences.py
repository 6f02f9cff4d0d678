#!/usr/bin/env python3
"""Adds to a wheel the copyrights and licences of the Debian libraries that auditwheel put into it.

usage: python3 tools/wheel_licences.py WHEEL     (rewritten; needs the package `wheel`, and the Debian packages that the libraries come from)

In dist-info/licenses: libraries.txt, which names library, package and source; PACKAGE/copyright of each; the common licences
that these point to.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

DOCUMENTS = pathlib.Path("/usr/share/doc")
COMMON = pathlib.Path("/usr/share/common-licenses")
HEAD = """The libraries beside this package are those of Debian, unchanged but for the names by which they find each other. Below: file, package, and what
`apt-get source` on Debian 12 gets its sources by. A folder for each package has its copyright and licence, common-licenses what these point to.

"""


def printed(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr}")
    return done.stdout


def packages_of_libraries():
    """{name of a library of this system: its Debian package}. A search of its own for each would take half a minute."""
    found = {}
    for line in printed("dpkg-query", "--search", "*.so*").splitlines():
        package, _, path = line.partition(": ")
        found.setdefault(pathlib.PurePath(path).name, package.split(":")[0])
    return found


def main():
    wheel = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        printed(sys.executable, "-m", "wheel", "unpack", "--dest", folder, wheel)
        unpacked = next(pathlib.Path(folder).iterdir())
        licences = next(unpacked.glob("*.dist-info")) / "licenses"
        libraries, packages = [HEAD], set()
        package_of = packages_of_libraries()
        for library in sorted(next(unpacked.glob("*.libs")).iterdir()):
            package = package_of[re.sub(r"-[0-9a-f]{8}(?=\.)", "", library.name)]
            packages.add(package)
            source = printed("dpkg-query", "--show", "--showformat=${source:Package}=${source:Version}", package)
            libraries.append(f"{library.name}  {package}  {source}\n")
        (licences / "libraries.txt").write_text("".join(libraries), encoding="utf-8")
        pointed = set()
        for package in packages:
            text = (DOCUMENTS / package / "copyright").read_text(encoding="utf-8")
            pointed |= {name.rstrip(".") for name in re.findall(rf"{COMMON}/([\w.+-]+)", text)}
            (licences / package).mkdir()
            (licences / package / "copyright").write_text(text, encoding="utf-8")
        (licences / "common-licenses").mkdir()
        for name in pointed:
            (licences / "common-licenses" / name).write_bytes((COMMON / name).read_bytes())
        printed(sys.executable, "-m", "wheel", "pack", "--dest-dir", wheel.parent, unpacked)
    print(f"{wheel.name}: {len(libraries) - 1} libraries of {len(packages)} Debian packages with their licences")


if __name__ == "__main__":
    main()
