"""A war as a function from numbers to metrics."""
from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from .._arguments import Arguments, is_number
from .._errors import fault
from .._keywords import told_of_keywords
from .._run import measure
from .._war import War, war_of

Bounds = tuple[float, float]


class Simulator:
    """Means of metrics over a small ensemble, as a function of some numbers of a war.

    Parameters
    ----------
    war : War or path
        Copied; it must lie in files that every process sees, if the tool starts processes.
    numbers : list of str, or mapping of str to (low, high)
        Paths of the numbers that vary (see `War`), with their bounds. Bounds that are not given are those of the
        number's distribution in the package, which must be finite.
    metrics : list of str
        See `truel.measure`. A probability is a share of the runs.
    runs : int
        Realizations behind one evaluation.
    seed : int
    chance : {"own", "common"}
        "own": every point has random numbers of its own, which follow from `seed` and the point: what calibration
        needs. "common": all points share them, so that differences are those of the numbers: what sampling for
        sensitivity needs.
    until : date, optional
        Last day.
    solver : {"leap", "exact", "mean-field"}
    threads : int
        Threads of one evaluation.

    Notes
    -----
    An evaluation reads the package anew with its numbers, which checks them: 2 to 80 ms beside the runs.
    """

    @told_of_keywords
    def __init__(self, war: War | str | os.PathLike[str], numbers: Mapping[str, Bounds] | Iterable[str],
                 metrics: Iterable[str] | str, *, runs: int = 1, seed: int = 1, chance: str = "own",
                 until: str | None = None, solver: str = "leap", threads: int = 1):
        arguments = Arguments()
        self.runs, self.seed = arguments.whole("runs", runs, 1, 100_000_000), arguments.whole("seed", seed, 0, 2**64 - 1)
        self.chance = arguments.word("chance", chance, ("own", "common"))
        arguments.done()
        self.war = war_of(war, until=until).copy()
        self.metrics = [metrics] if isinstance(metrics, str) else list(metrics)
        self.solver, self.threads = solver, threads
        given = dict(numbers) if isinstance(numbers, Mapping) else dict.fromkeys(numbers)
        known = self.war.numbers
        self.bounds: dict[str, Bounds] = {}
        for path, bounds in given.items():
            if path not in known.index:
                raise fault(f"{path}: no such number", "truel.load(package).numbers lists them")
            low, high = bounds if bounds is not None else (known.low[path], known.high[path])
            if not (is_number(low) and is_number(high) and np.isfinite(low) and np.isfinite(high) and low < high):
                raise fault(f"{path}: no bounds to vary it in", "give numbers={path: (low, high)}")
            self.bounds[path] = (float(low), float(high))
        measure(self.war, self.metrics, runs=1, solver=solver, threads=threads)  # a wrong metric is a mistake now

    @property
    def paths(self) -> list[str]:
        """Of the numbers, in the order of the columns of `rows`."""
        return list(self.bounds)

    def _seed_at(self, values: Sequence[float]) -> int:
        if self.chance == "common":
            return self.seed
        point = struct.pack(f"<Q{len(values)}d", self.seed, *values)
        return int.from_bytes(hashlib.sha256(point).digest()[:8], "little")

    def __call__(self, values: Mapping[str, float]) -> dict[str, float]:
        """Mean of each metric, by name, where the numbers are these: {path: value}, all of `paths`."""
        point = [float(values[path]) for path in self.bounds]
        numbers = measure(self.war, self.metrics, runs=self.runs, seed=self._seed_at(point),
                          set=dict(zip(self.bounds, point)), solver=self.solver, threads=self.threads)
        return {name: float(mean) for name, mean in numbers.mean().items()}

    def rows(self, points: np.ndarray) -> np.ndarray:
        """Metrics [point, metric] of points [point, number]."""
        return np.array([[*self(dict(zip(self.bounds, point))).values()] for point in np.atleast_2d(points)])
