"""Progress of long work."""
from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterator
from typing import Any

Callback = Callable[[int, int, float], None]
Progress = bool | Callback


@contextlib.contextmanager
def shown(progress: Progress) -> Iterator[Callback | None]:
    """What the engine calls with (runs done, runs wanted, seconds).

    progress: False for none, a function of these three, or True for a bar of tqdm: a widget in Jupyter, a line in a
    terminal; without tqdm (the extra ``progress``) a warning.
    """
    if callable(progress):
        yield progress
        return
    if not progress:
        yield None
        return
    try:
        from tqdm.auto import tqdm
    except ImportError:
        warnings.warn("progress=True draws its bar with tqdm, which is not installed: pip install tqdm",
                      stacklevel=5)  # the caller of truel.run, past its look at keywords and the context manager
        yield None
        return
    bar: Any = None

    def show(done: int, wanted: int, seconds: float) -> None:
        nonlocal bar
        if bar is None:
            bar = tqdm(total=wanted, unit="run", leave=False)
        bar.total = wanted
        bar.update(done - bar.n)

    try:
        yield show
    finally:
        if bar is not None:
            bar.close()
