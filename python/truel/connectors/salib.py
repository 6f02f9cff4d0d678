"""SALib (Herman and Usher 2017): samples and analyses of global sensitivity."""
from __future__ import annotations

from typing import Any

import numpy as np
from SALib import ProblemSpec

from ._simulator import Simulator


def problem(simulator: Simulator) -> ProblemSpec:
    """The problem of the simulator's numbers within their bounds, whose outputs are its metrics.

    Examples
    --------
    >>> simulator = Simulator(war, {"actors.blue.kill_rate": (0.01, 0.03)}, "actors.red.losses", chance="common")
    >>> problem(simulator).sample_sobol(64).evaluate(evaluate, simulator).analyze_sobol()
    """
    return ProblemSpec({"num_vars": len(simulator.paths), "names": simulator.paths,
                        "bounds": [list(bounds) for bounds in simulator.bounds.values()],
                        "outputs": simulator.metrics})


def evaluate(points: np.ndarray, simulator: Simulator) -> np.ndarray[Any, Any]:
    """Metrics of sampled points: [point], or [point, metric] where there are several."""
    rows = simulator.rows(points)
    return rows[:, 0] if len(simulator.metrics) == 1 else rows
