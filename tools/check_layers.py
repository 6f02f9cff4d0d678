#!/usr/bin/env python3
"""Checks that includes go one way: a layer sees itself and the layers listed for it, no other. What faces the user sees
all layers, and of the other faces those listed for it. No file of the page imports one that imports it, straight or by way of
others, types included: who reads one would have to read them all. And functions whose last bit the C library chooses by the
processor are called nowhere: base/math.hpp has them with the same bits everywhere.

Usage: tools/check_layers.py [ROOT]. Prints every line that goes astray; exit status 1 if there is one.
"""
import pathlib
import re
import sys

SEES = {
    "base": [],
    "model": ["base"],
    "scenario": ["base", "model"],
    "claims": ["base", "model"],
    "world": ["base", "model"],
    "laws": ["base", "model", "world"],
    "solver": ["base", "model", "world", "laws"],
    "ensemble": ["base", "model", "world", "laws", "solver"],
    "sensitivity": ["base", "model", "world", "solver", "ensemble"],
    "record": ["base", "model", "scenario", "world", "laws", "solver", "ensemble", "sensitivity"],
    "output": ["base", "model", "claims", "world", "laws", "solver", "ensemble", "sensitivity", "record"],
    "app": ["base", "model", "scenario", "world", "solver", "ensemble", "sensitivity", "record"],
    "verification": ["base", "model", "scenario", "world", "solver", "ensemble", "output", "app"],
}

# What faces the user: folder -> folders whose headers it includes besides its own and those of the library.
FACES = {
    "cli": ["mpi", "server"],
    "mpi": [],
    "server": [],
    "python/src": [],
}

# A library that is none of the standard's is used in one place, so that it can be replaced in one place.
HOME = {
    r"netcdf\.h": ["src/truel/output/arrays/targets/netcdf.cpp"],
    r"(cvode|nvector|sunlinsol|sunnonlinsol|sundials)/": ["src/truel/solver/steppers/mean_field.cpp",
                                                         "src/truel/solver/steppers/vector_operations."],
    r"(oneapi/)?tbb/": ["src/truel/ensemble/parallel.cpp"],
    r"zlib\.h": ["src/truel/base/bytes/gzip.cpp"],
    r"toml\+\+/": ["src/truel/base/formats/"],
    r"CLI/": ["cli/"],
    r"httplib\.h": ["server/"],
    r"nanobind/": ["python/src/"],
    r"mpi\.h$": ["mpi/"],
    r"Random123/": ["src/truel/base/"],
    r"sleef": ["src/truel/base/math.cpp"],
    r"boost/math/": ["src/truel/base/statistics/distributions.cpp"],
    r"boost/random/\w+_distribution": ["src/truel/base/random.cpp"],
}

# Of the C and C++ libraries, the same in no two places: functions that are rounded as the library likes, draws that it makes as it
# likes, sums in no order.
NOT_THE_SAME = re.compile(
    r"\bstd::((exp|exp2|expm1|log|log2|log10|log1p|pow|cbrt|hypot|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh"
    r"|atanh|erf|erfc|tgamma|lgamma|beta|riemann_zeta)[fl]?\(|\w+_distribution\b|reduce\(|transform_reduce\()"
    r"|(?<![\w:.])(exp|expm1|log|log1p|pow|cbrt|hypot|sin|cos|tan|asin|acos|atan2?|erfc?|tgamma|lgamma)[fl]?\([^)]*\);"
    r"|\blong double\b")
HOMES_OF_FUNCTIONS = ("src/truel/base/math.", "src/truel/base/real.hpp")

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def faults(root):
    layers = root / "src" / "truel"
    found = sorted(p.name for p in layers.iterdir() if p.is_dir())
    for name in found:
        if name not in SEES:
            yield f"src/truel/{name}: a layer that tools/check_layers.py does not know"
    sources = [p for folder in ("src", *FACES) for p in sorted((root / folder).rglob("*")) if p.suffix in (".cpp", ".hpp")]
    headers = {face: {p.name for p in (root / face).glob("*.hpp")} for face in FACES}
    if len(sources) < 10:
        yield f"{root}: only {len(sources)} source files found"
    for path in sources:
        name = path.relative_to(root).as_posix()
        parts = name.split("/")
        layer = parts[2] if parts[0] == "src" else None
        face = next((f for f in FACES if name.startswith(f + "/")), None)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            other_place = NOT_THE_SAME.search(line.split("//")[0])
            if other_place and not name.startswith(HOMES_OF_FUNCTIONS):
                yield f"{name}:{number}: `{other_place[0]}` differs from machine to machine: base/math.hpp and base/random.hpp do not"
            match = INCLUDE.match(line)
            if not match:
                continue
            header = match[1]
            if header.startswith("truel/") and layer is not None:
                other = header.split("/")[1]
                if other != layer and other not in SEES.get(layer, []):
                    yield f"{name}:{number}: {layer} must not see {header}"
            if header.startswith("truel/") and header.split("/")[1] not in SEES:
                yield f"{name}:{number}: {header} is of no layer"
            for other, of_other in headers.items():
                is_own = header in headers.get(face, ())
                if header in of_other and not is_own and other != face and other not in FACES.get(face, []):
                    yield f"{name}:{number}: {face or layer} must not see {header} of {other}"
            for library, homes in HOME.items():
                if re.match(library, header) and not any(name.startswith(home) for home in homes):
                    yield f"{name}:{number}: {header} belongs into {' or '.join(homes)}"


IMPORT = re.compile(r'^(?:import|export)\b[^;"]*?\bfrom\s+"(\.[^"]+)"', re.M)


def circles(root):
    """Of all files of the page whose imports lead to each other, the shortest way from the first back to itself."""
    source = (root / "web" / "src").resolve()
    sees = {}
    for path in sorted(source.rglob("*.ts")):
        named = [(path.parent / name).resolve() for name in IMPORT.findall(path.read_text(encoding="utf-8"))]
        sees[path] = [p for name in named for p in (name, name.with_name(name.name + ".ts")) if p.is_file()]
    if len(sees) < 10:
        yield f"{source}: only {len(sees)} source files found"

    def ways(first):
        """The shortest way to each file that one leads to."""
        found, ends = {}, [[first]]
        for way in ends:
            for other in sees.get(way[-1], []):
                if other not in found:
                    found[other] = [*way, other]
                    ends.append(found[other])
        return found

    told = set()
    for first in sees:
        of_first = ways(first)
        if first in of_first and first not in told:
            told.update(other for other in of_first if first in ways(other))
            yield "a circle of imports: " + " -> ".join(p.relative_to(source).as_posix() for p in of_first[first])


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    wrong = [*faults(root), *circles(root)]
    print("\n".join(wrong) if wrong else "all includes follow the layers, and no function of the C library is in the way of the same bits")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
