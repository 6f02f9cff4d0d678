"""A package with other names: ids of actors, commands and places in the reverse order, rows shuffled; and whether both give
the same war.

python3 -B tests/cli/renamed.py PROGRAM PACKAGE [SEEDS RUNS]   prints the means of both
"""
import csv
import json
import math
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

NAMED = {"actors.csv": "id", "commands.csv": "id", "places.csv": "place_id"}
# What is no name of these, though it may be spelled like one.
PLAIN = {"name", "note", "kind", "terrain", "doctrine", "action", "country", "admin1", "colour", "stance", "unit", "source", "sponsor",
         "paragraph", "speaker", "statement", "record_code", "ucdp_id", "confidence", "date", "from_date", "to_date", "basis"}
TOKEN = re.compile(r"[A-Za-z0-9_-]+")
CHECKS = re.compile(r"^\[\[(run|check)\b.*?(?=^\[(?!\[(?:run|check)\b)|\Z)", re.MULTILINE | re.DOTALL)


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def new_names(package):
    """{id: new id}: a name that several tables know is one name."""
    ids = set()
    for table, key in NAMED.items():
        if (package / table).exists():
            header, *rows = read(package / table)
            ids |= {row[header.index(key)] for row in rows}
    return {name: f"n{len(ids) - rank:04}_{name}" for rank, name in enumerate(sorted(ids))}


def copy_renamed(package, to, seed=1):
    """Writes the package with new names; returns {id: new id}."""
    names = new_names(package)
    shutil.copytree(package, to)
    (to / "observations.toml").unlink(missing_ok=True)  # of records outside the package
    rename = lambda text: TOKEN.sub(lambda token: names.get(token[0], token[0]), text)
    for path in sorted(to.rglob("*")):
        if path.suffix == ".csv" and path.parent == to:
            header, *rows = read(path)
            rows = [[cell if column in PLAIN or column.endswith("_basis") else rename(cell)
                     for column, cell in zip(header, row)] for row in rows]
            random.Random(seed).shuffle(rows)
            with open(path, "w", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *rows])
        elif path.suffix in (".toml", ".geojson"):
            text = CHECKS.sub("", path.read_text(encoding="utf-8"))  # what `truel verify` does
            path.write_text(re.sub(r'"[^"\s]*"', lambda quoted: rename(quoted[0]), text), encoding="utf-8")
    return names


def means(program, package, seeds, runs, options=()):
    """{(actor, quantity): [mean of each seed]}"""
    found = {}
    for seed in range(1, seeds + 1):
        done = subprocess.run([program, "run", package, "--runs", str(runs), "--seed", str(seed), "--json", "--quiet", *options],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{package}: {done.stderr}")
        for actor, numbers in json.loads(done.stdout)["actors"].items():
            kept = {"land": numbers["value_share"]["mean"], "survival": numbers["survival_probability"],
                    "men": numbers["final_fighters"]["mean"], "losses": numbers["losses"]["mean"]}
            for quantity, mean in kept.items():
                if mean is None:  # an air arm has no men
                    continue
                found.setdefault((actor, quantity), []).append(mean)
    return found


def differences(one, other, names):
    """[(actor, quantity, mean, mean renamed, difference in standard errors)]: seeds are independent of each other."""
    rows = []
    for (actor, quantity), values in one.items():
        renamed = other[names[actor], quantity]
        a, b = statistics.fmean(values), statistics.fmean(renamed)
        error = math.sqrt((statistics.variance(values) + statistics.variance(renamed)) / len(values))
        # Sums are added up in another order: last digits differ.
        is_same = abs(a - b) <= 1e-6 * max(1, abs(a))
        rows.append((actor, quantity, a, b, 0 if is_same else (b - a) / error if error > 0 else math.inf))
    return rows


def compare(program, package, seeds, runs, options=()):
    package = pathlib.Path(package).resolve()
    with tempfile.TemporaryDirectory(prefix="truel-renamed-") as folder:
        renamed = pathlib.Path(folder) / package.name
        names = copy_renamed(package, renamed)
        return differences(means(program, package, seeds, runs, options), means(program, renamed, seeds, runs, options), names)


if __name__ == "__main__":
    program, package = sys.argv[1:3]
    seeds, runs = map(int, sys.argv[3:5]) if len(sys.argv) > 3 else (16, 32)
    print(f"{'actor':24} {'quantity':9} {'as it is':>12} {'renamed':>12} {'std. errors':>12}")
    for actor, quantity, a, b, z in compare(program, package, seeds, runs, sys.argv[5:]):
        print(f"{actor:24} {quantity:9} {a:12.4f} {b:12.4f} {z:12.1f}")
