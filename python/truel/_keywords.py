"""What a call is told that gives an argument which the function has not."""
from __future__ import annotations

import difflib
import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")

# Words that wars, the program, R and other tools have for what is an argument here.
_MEANT = {
    "start": "from_", "begin": "from_", "from": "from_", "end": "until", "to": "until", "package": "war", "scenario": "war",
    "path": "war", "settings": "set", "samples": "runs", "realizations": "runs", "replications": "runs", "iterations": "runs",
    "random_state": "seed", "cores": "threads", "jobs": "threads", "workers": "threads", "n_jobs": "threads", "output": "out",
    "folder": "out", "observations": "observed", "record": "observed", "data": "observed",
}


def told_of_keywords(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """The function, whose refusal of an argument that it has not names the one that is meant."""
    known = [name for name in inspect.signature(function).parameters if name != "self"]
    name = function.__qualname__.removesuffix(".__init__")

    @functools.wraps(function)
    def checked(*given: Given.args, **named: Given.kwargs) -> Made:
        unknown = [each for each in named if each not in known]
        if unknown:
            raise TypeError("; ".join(f"{name}() has no argument `{each}`, {_remedy(each, known)}" for each in unknown))
        return function(*given, **named)

    return checked


def _remedy(name: str, known: list[str]) -> str:
    word = name.lower()
    meant = _MEANT.get(word, "")
    near = [meant] if meant in known else difflib.get_close_matches(word, known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"it has {', '.join(known)}"
