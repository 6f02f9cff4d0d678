"""Losses of forecasts by place, from `truel score`, and paired differences of them with an interval."""
import csv
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "scenarios" / "syria-2016"
HORIZONS = (3, 6, 12)
BASELINES = {"persistence": "nothing changes hands", "pair-rates": "pair rates", "spatial-hazard": "spatial hazard"}


def rows(table):
    with open(table, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def losses(program, observed, runs, *options, package=PACKAGE):
    """Brier loss of control, merged sides, by (model, account, months), then by (origin, place)."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "scores"
        subprocess.run([program, "score", package, "--observed", observed, "--runs", str(runs), "--quiet", "--out", out,
                        *options], check=True, stdout=subprocess.DEVNULL)
        found = {}
        for row in rows(out / "losses.csv"):
            if row["score"] == "brier" and row["merged"] == "yes" and row["target"] == "control":
                key = row["model"], row["account"], int(row["horizon_months"])
                found.setdefault(key, {})[row["origin"], row["name"]] = float(row["value"])
        return found


def mean(values):
    return sum(values) / len(values)


def difference(one, other, horizon, draws=1000):
    """Mean of one - other over the same places and windows, and the interval that holds 95 of 100 resamples."""
    province = {row["place_id"]: row["admin1"] for row in rows(PACKAGE / "places.csv")}
    pairs = {key: one[key] - other[key] for key in one if key in other}
    provinces = sorted({province[place] for _, place in pairs})
    origins = sorted({origin for origin, _ in pairs})
    sums = {}
    for (origin, place), value in pairs.items():
        total, n = sums.get((origin, province[place]), (0.0, 0))
        sums[origin, province[place]] = total + value, n + 1
    block = min(len(origins), horizon // 3)
    rng = random.Random(1)
    means = []
    for _ in range(draws):
        chosen = []
        while len(chosen) < len(origins):
            first = rng.randrange(len(origins))
            chosen += [origins[(first + k) % len(origins)] for k in range(block)]
        total = n = 0
        for place in rng.choices(provinces, k=len(provinces)):
            for origin in chosen[:len(origins)]:
                part, count = sums.get((origin, place), (0.0, 0))
                total, n = total + part, n + count
        means.append(total / n)
    means.sort()
    return mean(list(pairs.values())), means[int(0.025 * draws)], means[int(0.975 * draws) - 1]


def write_between(page, begin, lines):
    """Puts lines between <!-- begin --> and the next <!-- end --> of a page."""
    text = page.read_text(encoding="utf-8")
    new, n = re.subn(rf"(<!-- {begin} -->\n).*?(<!-- end -->)", lambda m: m[1] + "\n".join(lines) + "\n" + m[2], text,
                     count=1, flags=re.S)
    if n != 1:
        sys.exit(f"{page}: no place for {begin}")
    page.write_text(new, encoding="utf-8")
