#!/usr/bin/env python3
"""Makes data/salib.json: what SALib says of samples of two test functions.

Usage: pip install SALib; tests/sensitivity/make_salib_answers.py. Writes next to itself. The tests draw the same
samples from the same generator (Mersenne twister) and compare our estimators with these answers; they do not need SALib.
"""
import importlib.metadata
import json
import pathlib

import numpy as np
from SALib.analyze import delta, sobol
from SALib.test_functions import Ishigami, Sobol_G

DATA = pathlib.Path(__file__).resolve().parent / "data"
G_CONSTANTS = [0, 1, 4.5, 9]
PROBLEMS = {
    "ishigami": ({"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}, Ishigami.evaluate),
    "g": ({"num_vars": 4, "names": ["x1", "x2", "x3", "x4"], "bounds": [[0, 1]] * 4},
          lambda x: Sobol_G.evaluate(x, np.array(G_CONSTANTS, dtype=float))),
}
BLOCKS = 256
ROWS = 1000


def draws(problem, seed, rows, sets=1):
    """Points of a problem: [row][set][input]."""
    low, high = np.array(problem["bounds"]).T
    return low + (high - low) * np.random.RandomState(seed).random_sample((rows, sets, len(low)))


def salib_delta(x, y, edges):
    """SALib's delta of one input, with the correction for bias; plain bootstrap (its mode raw)."""
    np.random.seed(7)
    grid = np.linspace(y.min(), y.max(), 100)
    bins = np.linspace(x.min(), x.max(), 11)
    return float(delta.bias_reduced_delta(y, grid, x, edges, 100, 0.95, y.size, "raw", bins, "x", 10)[0])


def delta_of_classes(function, low, high, i, classes):
    """The delta that a sample without end would give with so many classes of input and outcome: by counting, on 2e6
    points of its own."""
    random = np.random.default_rng(2007)
    u = random.random((2_000_000, len(low)))
    y = function(low + (high - low) * u)
    rows = np.minimum((u[:, i] * classes).astype(int), classes - 1)
    columns = np.searchsorted(np.quantile(y, np.linspace(0, 1, classes + 1)[1:-1]), y)
    joint = np.zeros((classes, classes))
    np.add.at(joint, (rows, columns), 1 / len(y))
    return float(np.abs(joint - np.outer(joint.sum(1), joint.sum(0))).sum() / 2)


def main():
    answers = {"SALib": importlib.metadata.version("SALib"), "blocks": BLOCKS, "rows": ROWS}
    for name, (problem, function) in PROBLEMS.items():
        n = problem["num_vars"]
        # The design: of each block A, then A with one input from B each, then B.
        a_and_b = draws(problem, 2010, BLOCKS, sets=2)
        design = np.repeat(a_and_b[:, :1], n + 2, axis=1)
        for i in range(n):
            design[:, 1 + i, i] = a_and_b[:, 1, i]
        design[:, -1] = a_and_b[:, 1]
        y = function(design.reshape(-1, n))
        first_and_total = sobol.analyze(problem, y, calc_second_order=False, seed=1)

        x = draws(problem, 2014, ROWS)[:, 0]
        y = function(x)
        low, high = np.array(problem["bounds"]).T
        classes = 10
        edges = np.linspace(0, ROWS, classes + 1)
        answers_delta = [salib_delta(x[:, i], y, edges) for i in range(n)]
        answers[name] = {
            "S1": first_and_total["S1"].tolist(),
            "ST": first_and_total["ST"].tolist(),
            "classes": classes,
            "correlation_ratio": [float(delta.sobol_first(y, x[:, i], edges)) for i in range(n)],
            "delta": answers_delta,
            "delta_of_classes": [delta_of_classes(function, low, high, i, classes) for i in range(n)],
        }
    (DATA / "salib.json").write_text(json.dumps(answers, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
