"""Scores of small ensembles, computed with numpy the way the VIEWS prediction challenge of 2023/24 defines them
(github.com/prio-data/prediction_competition_2023, f504ed8): CRPS over all pairs, ignorance over eleven bins with one
draw more in each, interval score at 90 %.

Usage: python3 make_golden_scores.py > data/golden_scores.json
"""
import json

import numpy as np

EDGES = [0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5]


def crps(members, observed):
    return np.abs(members - observed).mean() - np.abs(members[:, None] - members[None, :]).mean() / 2


def fair_crps(members, observed):
    n = len(members)
    pairs = np.abs(members[:, None] - members[None, :]).sum()
    return np.abs(members - observed).mean() - (pairs / (2 * n * (n - 1)) if n > 1 else 0)


def ignorance(members, observed):
    bins = np.concatenate([np.digitize(members, EDGES) - 1, np.arange(len(EDGES))])
    return -np.log2((bins == np.digitize(observed, EDGES) - 1).mean())


def interval(members, observed, level=0.9):
    low, high = np.quantile(members, [(1 - level) / 2, 1 - (1 - level) / 2])
    return high - low + 2 / (1 - level) * (max(low - observed, 0) + max(observed - high, 0))


def main():
    draw = np.random.default_rng(20231101)
    cases = [(np.zeros(1), 0), (np.array([3.0]), 5), (np.array([0.0, 0.5, 2.5, 1000.5, 5000]), 1000.5),
             (np.zeros(1000), 7)]
    for mean, shape, observed in [(0.3, 0.1, 0), (5, 0.5, 12), (80, 0.7, 300), (700, 2, 2600), (2, 0.05, 1)]:
        cases.append((draw.negative_binomial(shape, shape / (shape + mean), 1000).astype(float), observed))
    cases.append((draw.gamma(2, 10, 37), 3.25))
    print(json.dumps([{"members": [float(f"{x:.6g}") for x in members], "observed": observed,
                       "crps": crps(m := np.array([float(f"{x:.6g}") for x in members]), observed),
                       "fair_crps": fair_crps(m, observed), "ign": ignorance(m, observed),
                       "mis": interval(m, observed)} for members, observed in cases]))


if __name__ == "__main__":
    main()
