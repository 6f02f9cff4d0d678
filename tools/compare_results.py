#!/usr/bin/env python3
"""Compares the results of two programs bit for bit: whether a change of the code changes any number.

usage: compare_results.py BEFORE AFTER [PACKAGE ...] [--runs 3] [--seed 7] [--solvers leap,exact,mean-field]
                          [--seconds 60] [--accounts] [--keep FOLDER]

Runs every package of scenarios/ (or those named) with both programs and every solver, and compares the values of every
variable of ensemble.nc, of summary.json (numbers, not the order of keys) and the tables byte for byte; PACKAGE@ACCOUNT
runs it under an account, --accounts every account that it has. What a program says instead of results, when it refuses
or fails, has to be the same too. A run that takes BEFORE longer than --seconds is left out and named: it says nothing
of AFTER. --keep keeps the results of BEFORE for the next call.

Variables and keys that only AFTER has are no difference; where there are any, the fingerprint, which is of all numbers
of a realization, is not compared.

Exit status 1 if something differs.
"""

import argparse
import ctypes
import ctypes.util
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8, 7: 1, 8: 2, 9: 4, 10: 8, 11: 8}  # bytes of the types of NetCDF


def netcdf():
    name = ctypes.util.find_library("netcdf")
    if name is None:
        sys.exit("compare_results.py: the NetCDF library is missing: apt install libnetcdf19")
    return ctypes.CDLL(name)


def variables(lib, path):
    """{name: (type, shape, bytes)} of a NetCDF file."""
    file = ctypes.c_int()
    if lib.nc_open(str(path).encode(), 0, ctypes.byref(file)) != 0:
        sys.exit(f"compare_results.py: {path} is no NetCDF file")
    count = ctypes.c_int()
    lib.nc_inq_nvars(file, ctypes.byref(count))
    found = {}
    for v in range(count.value):
        name = ctypes.create_string_buffer(257)
        kind, n_dims = ctypes.c_int(), ctypes.c_int()
        dims = (ctypes.c_int * 32)()
        lib.nc_inq_var(file, v, name, ctypes.byref(kind), ctypes.byref(n_dims), dims, None)
        shape = []
        for d in range(n_dims.value):
            length = ctypes.c_size_t()
            lib.nc_inq_dimlen(file, dims[d], ctypes.byref(length))
            shape.append(length.value)
        size = SIZES[kind.value]
        for length in shape:
            size *= length
        values = ctypes.create_string_buffer(max(size, 1))
        if lib.nc_get_var(file, v, values) != 0:
            sys.exit(f"compare_results.py: cannot read {name.value.decode()} of {path}")
        found[name.value.decode()] = (kind.value, tuple(shape), values.raw[:size])
    lib.nc_close(file)
    return found


def run(program, package, solver, options, folder):
    """Writes the results and returns what the program said, or None if it takes too long."""
    where, _, account = str(package).partition("@")
    command = [program, "run", where, *(["--account", account] if account else []), "--solver", solver, "--runs", str(options.runs), "--seed", str(options.seed),
               "--keep-paths", "1", "--quiet", "--out", folder / "out"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=options.seconds, check=False)
    except subprocess.TimeoutExpired:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    said = f"{done.returncode}\n" + ("" if done.returncode in (0, 3) else done.stderr)
    (folder / "said").write_text(said.replace(str(folder), ""))
    return (folder / "said").read_text()


def of_json(path):
    tree = json.loads(path.read_text())
    tree.pop("version", None)
    return tree


def known_of(before, after):
    """What of `after` has a key in `before`."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {key: known_of(before[key], value) for key, value in after.items() if key in before}
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [known_of(*pair) for pair in zip(before, after)]
    return after


def differences(lib, a, b):
    """Names of what is not the same in two folders of results."""
    if (a / "said").read_text() != (b / "said").read_text():
        yield "what the program says"
    nc = "out/ensemble.nc"
    if (a / nc).exists() != (b / nc).exists():
        yield "whether there are results"
        return
    if not (a / nc).exists():
        return
    one, two = variables(lib, a / nc), variables(lib, b / nc)
    has_more = bool(two.keys() - one.keys())
    for name in sorted(one):
        if one[name] != two.get(name) and not (has_more and name == "fingerprint"):
            yield f"ensemble.nc: {name}"
    before = of_json(a / "out/summary.json")
    if before != known_of(before, of_json(b / "out/summary.json")):
        yield "summary.json"
    for path in sorted((a / "out").iterdir()):
        if path.suffix in (".csv", ".geojson") and path.read_bytes() != (b / "out" / path.name).read_bytes():
            yield path.name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before")
    parser.add_argument("after")
    parser.add_argument("packages", nargs="*")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--solvers", default="leap,exact,mean-field")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--accounts", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_intermixed_args()
    lib = netcdf()
    packages = options.packages or sorted(str(p.parent.relative_to(ROOT)) for p in ROOT.glob("scenarios/**/scenario.toml"))
    if options.accounts:
        packages = [one for p in packages
                    for one in (p, *sorted(f"{p}@{a.stem}" for a in (ROOT / p / "accounts").glob("*.toml")))]
    digest = hashlib.sha256(pathlib.Path(options.before).read_bytes()).hexdigest()[:12]
    same = bad = refused = 0
    left_out = []
    with tempfile.TemporaryDirectory() as temporary:
        for package in packages:
            for solver in options.solvers.split(","):
                name = f"{package.replace('/', '+')}+{solver}+{options.runs}+{options.seed}"
                before = (options.keep or pathlib.Path(temporary)) / digest / name
                if not (before / "said").exists() and not (before / "too-long").exists():
                    shutil.rmtree(before, ignore_errors=True)
                    before.mkdir(parents=True)
                    if run(options.before, ROOT / package, solver, options, before) is None:
                        before.mkdir(parents=True)
                        (before / "too-long").touch()
                if (before / "too-long").exists():
                    left_out.append(f"{package} {solver}")
                    continue
                after = pathlib.Path(temporary) / "after"
                shutil.rmtree(after, ignore_errors=True)
                after.mkdir()
                if run(options.after, ROOT / package, solver, argparse.Namespace(**{**vars(options), "seconds": None}), after) is None:
                    continue
                found = list(differences(lib, before, after))
                refused += not (before / "out/ensemble.nc").exists()
                same += not found
                bad += bool(found)
                if found:
                    print(f"{package} {solver}: {', '.join(found[:6])}{' ...' if len(found) > 6 else ''}", flush=True)
    print(f"{same} the same ({refused} refused), {bad} different, {len(left_out)} left out as too long: "
          f"{', '.join(left_out) or 'none'}")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
