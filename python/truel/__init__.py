"""Simulate rival explanations of a war with many sides and test them against what happened.

>>> import truel
>>> war = truel.load(truel.scenario("syria-2016"))
>>> runs = truel.run(war, runs=100, until="2016-06-30")
>>> runs.survives.mean("realization")
>>> truel.holders(runs, places="aleppo_west")
"""
from . import _core
from ._errors import Diagnostic, InputError, RealizationWarning, TruelError
from ._results import control, holders
from ._run import measure, metrics, run
from ._studies import Sensitivity, compare, fit, score, sensitivity
from ._war import Check, War, check, load, new, scenario, scenarios

__version__: str = _core.version
not_modelled = _core.not_modelled

__all__ = [
    "Check", "Diagnostic", "InputError", "RealizationWarning", "Sensitivity", "TruelError", "War", "__version__",
    "check", "compare", "control", "fit", "holders", "load", "measure", "metrics", "new", "not_modelled", "run", "scenario", "scenarios",
    "score", "sensitivity",
]
