"""pyABC (Schaelte et al. 2022): approximate Bayesian computation.

A `Simulator` is a model of pyABC as it is: it takes a parameter and gives summary statistics by name.
"""
from __future__ import annotations

from pyabc import RV, Distribution

from ._simulator import Simulator


def prior(simulator: Simulator) -> Distribution:
    """Independent uniform priors on the simulator's numbers, within their bounds."""
    return Distribution(**{path: RV("uniform", low, high - low) for path, (low, high) in simulator.bounds.items()})
