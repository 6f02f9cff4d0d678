"""sbi (Tejero-Cantero et al. 2020): neural simulation-based inference."""
from __future__ import annotations

from collections.abc import Callable

import torch
from sbi.utils import BoxUniform

from ._simulator import Simulator


def prior(simulator: Simulator) -> BoxUniform:
    """Independent uniform priors on the simulator's numbers, within their bounds."""
    low, high = zip(*simulator.bounds.values())
    return BoxUniform(torch.tensor(low), torch.tensor(high))


def function(simulator: Simulator) -> Callable[[torch.Tensor], torch.Tensor]:
    """The simulator from a tensor [point, number] to a tensor [point, metric], float32."""

    def simulate(theta: torch.Tensor) -> torch.Tensor:
        return torch.as_tensor(simulator.rows(theta.double().numpy()), dtype=torch.float32)

    return simulate
