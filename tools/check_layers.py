#!/usr/bin/env python3
"""Checks that includes go one way: a layer sees itself and the layers listed for it, no other. What faces the user sees
all layers, and of the other faces those listed for it.

Usage: tools/check_layers.py [ROOT]. Prints every include that goes astray; exit status 1 if there is one.
"""
import pathlib
import re
import sys

SEES = {
    "base": [],
    "model": ["base"],
    "scenario": ["base", "model"],
    "ledger": ["base", "model"],
    "world": ["base", "model"],
    "laws": ["base", "model", "world"],
    "talks": ["base", "model", "world"],
    "command": ["base", "model", "world", "laws", "talks"],
    "solver": ["base", "model", "world", "laws", "talks", "command"],
    "ensemble": ["base", "model", "world", "laws", "solver"],
    "sensitivity": ["base", "model", "world", "solver", "ensemble"],
    "record": ["base", "model", "scenario", "world", "solver", "ensemble", "sensitivity"],
    "output": ["base", "model", "ledger", "world", "laws", "solver", "ensemble", "sensitivity", "record"],
    "app": ["base", "model", "scenario", "world", "solver", "ensemble", "sensitivity", "record"],
    "verification": ["base", "model", "scenario", "world", "solver", "ensemble", "output"],
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
    r"(cvode|nvector|sunlinsol|sunnonlinsol|sundials)/": ["src/truel/solver/steppers/mean_field.cpp"],
    r"(oneapi/)?tbb/": ["src/truel/ensemble/parallel.cpp"],
    r"zlib\.h": ["src/truel/base/bytes/gzip.cpp"],
    r"toml\+\+/": ["src/truel/scenario/formats/"],
    r"CLI/": ["cli/"],
    r"httplib\.h": ["server/"],
    r"nanobind/": ["python/src/"],
    r"mpi\.h$": ["mpi/"],
    r"Random123/": ["src/truel/base/"],
}

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


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    wrong = list(faults(root))
    print("\n".join(wrong) if wrong else "all includes follow the layers")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
