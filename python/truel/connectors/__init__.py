"""Wars as models of other tools: SALib, EMA Workbench, pyABC, sbi.

Each tool wants a function from numbers to numbers; `Simulator` is that. The modules beside it put it into the tool's own
form, and each needs that tool: the extras ``salib``, ``ema``, ``pyabc`` and ``sbi``.
"""
from ._simulator import Simulator

__all__ = ["Simulator"]
