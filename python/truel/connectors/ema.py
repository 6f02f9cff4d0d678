"""EMA Workbench (Kwakkel 2017): exploratory modelling."""
from __future__ import annotations

from typing import Any

from ema_workbench import Model, RealParameter, ScalarOutcome

from ._simulator import Simulator


class _Function:
    """The simulator with keyword arguments; a class, so that processes can be given it."""

    def __init__(self, simulator: Simulator):
        self.simulator = simulator
        self.__name__ = "truel"

    def __call__(self, **values: float) -> dict[str, float]:
        return self.simulator(values)


def model(simulator: Simulator, name: str = "truel") -> Any:
    """An `ema_workbench.Model`: the simulator's numbers are its uncertainties, its metrics the outcomes."""
    made = Model(name, function=_Function(simulator))
    made.uncertainties = [RealParameter(path, *bounds) for path, bounds in simulator.bounds.items()]
    made.outcomes = [ScalarOutcome(metric) for metric in simulator.metrics]
    return made
