"""Ensembles as arrays."""
from __future__ import annotations

import contextlib
import os
import pathlib
import pickle
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import numpy as np
import pandas as pd
import xarray as xr

from . import _core
from ._arguments import SOLVERS, Arguments, Date
from ._errors import RealizationWarning
from ._keywords import told_of_keywords
from ._progress import Callback, Progress, shown
from ._war import Value, War, analysed, looked_up, war_of


def _texts(rows: np.ndarray) -> np.ndarray:
    """Rows of bytes, filled up with zeros, as text."""
    width = rows.shape[-1]
    joined = np.ascontiguousarray(rows).view(f"S{width}")[..., 0]
    return np.char.decode(joined, "utf-8", "replace") if joined.size else joined.astype(str)


def dataset_of(variables: Mapping[str, tuple[list[str], Any, dict[str, Any]]], attributes: Mapping[str, str]) -> xr.Dataset:
    """The variables of ensemble.nc as `xarray.open_dataset` gives them.

    Numbers stay the engine's memory. Text, which is rows of bytes there, and dates, which count days, are made anew.
    """
    data: dict[str, xr.Variable] = {}
    coordinates: set[str] = set()
    for name, (dimensions, array, attrs) in variables.items():
        attrs = dict(attrs)
        encoding: dict[str, Any] = {}
        coordinates.update(attrs.pop("coordinates", "").split())
        if attrs.pop("_Encoding", ""):
            data[name] = xr.Variable(dimensions[:-1], _texts(np.asarray(array)), attrs)
            continue
        if "flag_values" in attrs:
            attrs["flag_values"] = np.array(attrs["flag_values"], dtype=np.int8)
        if "calendar" in attrs:
            encoding = {"units": attrs.pop("units"), "calendar": attrs.pop("calendar")}
            first = pd.Timestamp(encoding["units"].removeprefix("days since "))
            array = np.datetime64(first, "ns") + np.asarray(array).astype("timedelta64[D]").astype("timedelta64[ns]")
        elif np.asarray(array).dtype.kind == "f":
            encoding = {"_FillValue": np.asarray(array).dtype.type(np.nan)}
        data[name] = xr.Variable(dimensions, array, attrs, encoding)
    named = {name for name, variable in data.items() if variable.dims == (name,)}
    dataset = xr.Dataset({name: variable for name, variable in data.items() if name not in coordinates | named},
                         {name: data[name] for name in data if name in coordinates | named}, dict(attributes))
    return dataset


def _call(function: str, war: War, **arguments: Any) -> str:
    """The call, for provenance.json."""
    return f"truel.{function}({str(war.package)!r}, " + ", ".join(f"{k}={v!r}" for k, v in arguments.items()) + ")"


class Executor(Protocol):
    """What takes work: of concurrent.futures, a client of Dask, ParslPoolExecutor, mpi4py's."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Any: ...


def _part(pickled: bytes, index: int, count: int, arguments: Mapping[str, Any], days: tuple[str, str, str] | None) -> bytes:
    """Part `index` of `count` of an ensemble, in whatever process this is called."""
    war = pickle.loads(pickled)  # here, so that a package which is not the same is told of and kills no worker
    loaded = _started(war, days, arguments)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "part")
        _core.run_part(loaded, index, count, **arguments, file=os.fspath(file))
        return file.read_bytes()


def _started(war: War, days: tuple[str, str, str] | None, arguments: Mapping[str, Any]) -> _core.LoadedWar:
    """The war, or, where there are days with a folder of observed data before them, from an analysis."""
    if days is None:
        return war._loaded
    return analysed(war, *days, **{key: arguments[key] for key in ("runs", "seed", "solver", "steps_per_day", "threads")})


def _run_parts(war: War, executor: Executor, count: int, arguments: Mapping[str, Any], days: tuple[str, str, str] | None,
               folder: str, callback: Callback | None) -> list[str]:
    """The files of all parts, in `folder`."""
    begin, runs, pickled = time.monotonic(), arguments["runs"], pickle.dumps(war)
    futures: list[Any] = []
    files = []
    try:
        for index in range(1, count + 1):
            futures.append(executor.submit(_part, pickled, index, count, arguments, days))
        for index, future in enumerate(futures, 1):
            file = pathlib.Path(folder, str(index))
            file.write_bytes(future.result())
            files.append(os.fspath(file))
            if callback is not None:
                callback(runs * index // count, runs, time.monotonic() - begin)
    except BaseException:  # nobody will ask for the parts that have not begun
        for future in futures:
            with contextlib.suppress(AttributeError, NotImplementedError):  # Parsl cancels nothing
                future.cancel()
        raise
    return files


@told_of_keywords
def run(war: War | str | os.PathLike[str], *, runs: int = 1024, seed: int = 1,
        accounts: Iterable[str] | str | None = None, set: Mapping[str, Value] | None = None,
        from_: Date | None = None, until: Date | None = None, analysis: bool = False,
        observed: str | os.PathLike[str] | None = None, solver: str = "leap", every: int = 7,
        steps_per_day: int = 1, threads: int = 0, precision: float = 0, out: str | os.PathLike[str] | None = None,
        keep_paths: int = 10, executor: Executor | None = None, parts: int = 16, progress: Progress = False) -> xr.Dataset:
    """Runs an ensemble of realizations of a war.

    Same numbers as ``truel run PACKAGE --out DIR`` with the same options writes to DIR/ensemble.nc, to the last bit,
    whatever `threads`, `executor` and `parts`.

    Parameters
    ----------
    war : War or path
        It is not changed by what follows.
    runs : int
        Realizations.
    seed : int
        Of all random numbers, 0 to 2**64 - 1.
    accounts : list of str, optional
        Accounts of the package in place of the war's; ``"base"`` is the basic model.
    set : mapping of path to value, optional
        Parameters changed, in addition to the war's own changes (see `War`).
    from_, until : date, optional
        First and last day, instead of the war's.
    analysis : bool
        Start from the months before the first day as they were observed (docs/analysis.md):
        results begin a quarter before. The first day may then be one that only `observed` has.
    observed : path, optional
        For it: folder of observed data, where control.csv of the package does not reach the first day, and of deaths where
        hidden lethality is to be learned.
    solver : {"leap", "exact", "mean-field"}
    every : int
        Days between stored states.
    steps_per_day : int
        Of the leap solver.
    threads : int
        0: all cores; with an executor one in each part.
    precision : float
        Above 0: more runs until every survival probability is sure to about twice this, either way.
    out : path, optional
        New folder for the result files of the program (ensemble.nc, summary.json, report.html, ...).
    keep_paths : int
        With `out`: realizations whose events and decisions are written.
    executor : object with submit(function, *arguments), optional
        Runs the ensemble in `parts` where it pleases: an executor of concurrent.futures (processes), a client of
        Dask, ``parsl.concurrent.ParslPoolExecutor`` (not Parsl's executors themselves, whose submit is another), an
        executor of mpi4py.futures. All its processes have to see the war's package at its path; what they have run
        comes back through the executor. An exception cancels the parts that have not begun, where it can cancel.
    parts : int
        With an executor: how many, at least as many as it has workers.
    progress : bool or callable
        True: a bar of tqdm. A function is called with (runs done, runs wanted, seconds), in the calling thread.

    Returns
    -------
    xarray.Dataset
        Dimensions: realization, time (stored days), place, actor, dyad (attacker and target), parameter (uncertain
        numbers); pair (of actors), issue and round where these laws act. Among the variables:

        - fighters [realization, time, actor], persons, float32
        - value_share [realization, time, actor], land, the share of the value of all places
        - control [realization, place, time]: an actor's index, -1 nobody, -2 a run that failed; int8 with CF flags
        - losses, effort_share [realization, dyad], persons; share
        - survives, collapse_day, final_fighters, killed, ... [realization, actor]
        - civilian_harm [realization], persons
        - draws [realization, parameter], in the unit that parameter_unit names
        - seed, status, fingerprint [realization]

        Units are in ``attrs["units"]``; attributes of the dataset name package, its SHA-256, accounts, settings,
        solver, seed, dates and version, and ``analysis`` has what an analysis learned, as JSON (docs/results.md).
        Values of realizations that failed are missing (NaN).

    Raises
    ------
    InputError
        With every mistake of package and options.
    KeyboardInterrupt
        Ctrl-C: the runs in flight end, then nothing is kept.

    Warns
    -----
    RealizationWarning
        Some realizations failed.

    Notes
    -----
    Other Python threads go on while it runs. Memory: the arrays, which NumPy reads where the engine put them, without
    a copy; text and time are made anew. The engine itself keeps realizations in a temporary file until all are done
    (TMPDIR), because dyads are only known then, and moves each from there into the arrays: that is the one copy. What
    of this is too large for memory, the program writes to disk with constant memory.

    What the model is: docs/model.md, with its sources.
    """
    given = Arguments()
    progress = given.progress(progress)
    of_part: dict[str, Any] = {"runs": given.whole("runs", runs, 1, 100_000_000), "seed": given.whole("seed", seed, 0, 2**64 - 1),
                               "solver": given.word("solver", solver, SOLVERS), "every": given.whole("every", every, 1, 100_000),
                               "steps_per_day": given.whole("steps_per_day", steps_per_day, 1, 1000),
                               "threads": given.whole("threads", threads, 0, 4096)}
    arguments = of_part | {"precision": given.number("precision", precision, 1e-6, 0.5, or_zero=True)}
    if executor is not None:
        if arguments["precision"] > 0:
            given.refuse(f"precision={precision!r}", "with an executor give the number of runs")
        if not callable(getattr(executor, "submit", None)):
            given.refuse(f"executor={executor!r}", "it has a function submit(function, *arguments)")
    keep_paths, parts = given.whole("keep_paths", keep_paths, 0, 10_000), given.whole("parts", parts, 1, 100_000)
    folder_of_results = given.path("out", out) if out is not None else ""
    if folder_of_results and os.path.exists(folder_of_results):
        given.refuse("exists", "give another out", folder_of_results)
    is_analysed, folder_observed = given.analysis(analysis, observed)
    days = (os.path.abspath(folder_observed) if folder_observed else "", *given.days(from_, until)) if is_analysed else None
    chosen = given.last(lambda: war_of(war, accounts, set, *(() if is_analysed else (from_, until))))
    start = {"analysis": True, "observed": days[0]} if days else {}
    call = _call("run", chosen, accounts=list(chosen.accounts), set=dict(chosen.settings), **arguments, **start)
    with shown(progress) as callback, tempfile.TemporaryDirectory() as folder:
        files: list[str] = []
        if executor is not None:
            files = _run_parts(chosen, executor, parts, of_part | {"threads": of_part["threads"] or 1}, days, folder, callback)
        variables, attributes, failed = _core.run(
            _started(chosen, days, arguments), **arguments, parts=files, out=folder_of_results,
            keep_paths=keep_paths, call=call, progress=callback)
    if failed:
        warnings.warn(f"{failed} realizations failed; `status` says why", RealizationWarning, stacklevel=3)
    return dataset_of(variables, attributes)


@told_of_keywords
def measure(war: War | str | os.PathLike[str], metrics: Iterable[str] | str, *, runs: int = 100, seed: int = 1,
            accounts: Iterable[str] | str | None = None, set: Mapping[str, Value] | None = None,
            from_: Date | None = None, until: Date | None = None, solver: str = "leap", steps_per_day: int = 1,
            first: int = 0, threads: int = 0, progress: Progress = False) -> pd.DataFrame:
    """Single numbers of every realization, without the arrays of `run`: what calibration and sampling need.

    Parameters
    ----------
    war, runs, seed, accounts, set, from_, until, solver, steps_per_day, threads, progress
        As in `run`; the realizations are the same.
    metrics : list of str
        As checks of packages name them (docs/parameters.md, `truel.metrics`): ``actors.isis.final_fighters``,
        ``dyads.isis.nusra.losses``, ``civilian_harm``, ``nobody_probability``.
    first : int
        Number of the first realization.

    Returns
    -------
    pandas.DataFrame
        [realization, metric]. A probability is 1 or 0 in a realization. NaN: the realization failed, or has none.

    Raises
    ------
    InputError
    """
    given = Arguments()
    progress = given.progress(progress)
    names = given.names("metrics", metrics)
    runs = given.whole("runs", runs, 1, 100_000_000)
    first = given.whole("first", first, 0, 2**32 - 1 - runs)
    options = (given.whole("seed", seed, 0, 2**64 - 1), given.word("solver", solver, SOLVERS),
               given.whole("steps_per_day", steps_per_day, 1, 1000), given.whole("threads", threads, 0, 4096))
    known = looked_up(given, war, lambda known: _core.check_metrics(known._loaded, names))
    chosen = given.last(lambda: war_of(known, accounts, set, from_, until))
    with shown(progress) as callback:
        columns, failed = _core.measure(chosen._loaded, names, runs, first, *options, callback)
    if failed:
        warnings.warn(f"{failed} realizations failed", RealizationWarning, stacklevel=3)
    index = pd.RangeIndex(first, first + runs, name="realization")
    return pd.DataFrame(dict(zip(names, columns)), index=index)


def metrics() -> pd.DataFrame:
    """All metrics by shape (ACTOR, PLACE, ISSUE, DAY, ROUND stand for what one fills in): is_probability, meaning."""
    return pd.DataFrame(_core.metrics(), columns=["metric", "is_probability", "meaning"]).set_index("metric")
