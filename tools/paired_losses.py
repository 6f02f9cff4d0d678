"""Losses of forecasts by place, from `truel score`, and paired differences of them with an interval."""
import random

from page_parts import ROOT, mean, range_95, results, rows

PACKAGE = ROOT / "scenarios" / "syria-2016"
HORIZONS = (3, 6, 12)
CONTROL_BASELINES = {"persistence": "no change", "pair-rates": "pair rates", "spatial-hazard": "spatial hazard",
                     "spatial-hazard-deaths": "spatial hazard with deaths", "contact": "rates of contact"}
# Those of wars without dated deaths.
UNDATED_BASELINES = tuple(model for model in CONTROL_BASELINES if model != "spatial-hazard-deaths")
DEATH_BASELINES = {"zero": "none", "last-month": "last month", "last-month-poisson": "last month, Poisson",
                   "conflictology": "the pair's own last 12 months (conflictology)", "zinb-climatology": "zero-inflated climatology"}


def losses_by_score(program, observed, runs, scores, *options, package=PACKAGE, target="control", unit="place"):
    """Losses of what is scored, merged sides, by score, then by (model, account, months), then by (origin, name): a place, or of
    deaths a dyad or place with its month."""
    with results(program, "score", package, "--observed", observed, "--runs", runs, *options) as out:
        found = {score: {} for score in scores}
        for row in rows(out / "losses.csv"):
            if row["score"] in found and (row["target"], row["unit"], row["merged"]) == (target, unit, "yes"):
                key = row["model"], row["account"], int(row["horizon_months"])
                found[row["score"]].setdefault(key, {})[row["origin"], row["name"]] = float(row["value"])
        return found


def losses(program, observed, runs, *options, score="brier", **of):
    """Those of one score."""
    return losses_by_score(program, observed, runs, (score,), *options, **of)[score]


def power(program, observed, runs, *options, package=PACKAGE):
    """Rows of power.csv with their numbers as numbers."""
    with results(program, "score", package, "--observed", observed, "--runs", runs, "--power", *options) as out:
        words = ("unit", "score", "merged", "truth", "other")
        return [{key: value if key in words else float(value or "nan") for key, value in row.items()}
                for row in rows(out / "power.csv")]


def in_blocks(rng, origins, block):
    """As many of the origins as there are, drawn in blocks of so many in a row; after the last comes the first."""
    chosen = []
    while len(chosen) < len(origins):
        first = rng.randrange(len(origins))
        chosen += [origins[(first + k) % len(origins)] for k in range(block)]
    return chosen[:len(origins)]


def resampled_means(values, horizon, group=None, draws=1000):
    """Means of values by (origin, name) in so many resamples of origins and of groups of names: provinces of places, unless
    `group` tells the group of a name. Values of the same keys are resampled alike."""
    if group is None:
        group = {row["place_id"]: row["admin1"] for row in rows(PACKAGE / "places.csv")}.get
    groups = sorted({group(name) for _, name in values})
    origins = sorted({origin for origin, _ in values})
    sums = {}
    for (origin, name), value in values.items():
        total, n = sums.get((origin, group(name)), (0.0, 0))
        sums[origin, group(name)] = total + value, n + 1
    block = min(len(origins), horizon // 3)
    rng = random.Random(1)
    means = []
    for _ in range(draws):
        chosen = in_blocks(rng, origins, block)
        total = n = 0
        for name in rng.choices(groups, k=len(groups)):
            for origin in chosen:
                part, count = sums.get((origin, name), (0.0, 0))
                total, n = total + part, n + count
        means.append(total / n)
    return means


def difference(one, other, horizon, group=None, draws=1000):
    """Mean of one - other over the same names and windows, and its 95 % interval."""
    pairs = {key: one[key] - other[key] for key in one if key in other}
    return mean(list(pairs.values())), *range_95(resampled_means(pairs, horizon, group, draws))
