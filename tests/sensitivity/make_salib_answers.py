#!/usr/bin/env python3
"""Makes data/: samples of two test functions and what SALib says of them.

Usage: pip install SALib; tests/sensitivity/make_salib_answers.py. Writes next to itself. The tests compare our
estimators with these answers on the same samples; they do not need SALib.
"""
import importlib.metadata
import json
import pathlib

import numpy as np
from SALib.analyze import delta, sobol
from SALib.sample import sobol as sobol_sample
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


def write_rows(name, columns, rows):
    lines = [",".join(columns)] + [",".join(f"{value:.10g}" for value in row) for row in rows]
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


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
    DATA.mkdir(exist_ok=True)
    answers = {"SALib": importlib.metadata.version("SALib"), "blocks": BLOCKS, "rows": ROWS}
    for name, (problem, function) in PROBLEMS.items():
        n = problem["num_vars"]
        # Outcomes of the design: of each block A, then A with one input from B each, then B.
        x = sobol_sample.sample(problem, BLOCKS, calc_second_order=False, seed=2010)
        y = np.array([float(f"{value:.10g}") for value in function(x)])
        write_rows(f"{name}_design.csv", ["a"] + [f"ab{i + 1}" for i in range(n)] + ["b"], y.reshape(BLOCKS, n + 2))
        first_and_total = sobol.analyze(problem, y, calc_second_order=False, seed=1)

        random = np.random.default_rng(2013)
        low, high = np.array(problem["bounds"]).T
        x = np.round(low + (high - low) * random.random((ROWS, n)), 9)
        y = np.array([float(f"{value:.10g}") for value in function(x)])
        write_rows(f"{name}_given.csv", problem["names"] + ["y"], np.column_stack([x, y]))
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
