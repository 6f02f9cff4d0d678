"""Comparisons, sensitivity, scores and fits."""
from __future__ import annotations

import dataclasses
import io
import json
import os
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from . import _core
from ._arguments import SOLVERS, Arguments, Date, one_of
from ._errors import RealizationWarning
from ._keywords import told_of_keywords
from ._progress import Progress, shown
from ._war import Value, War, analysed, looked_up, under_each, war_of


# Of the kinds of outcomes that compare has, as ensemble.nc writes them. A metric that is asked for may be of any.
_UNITS = {"life_days": "day", "metric": ""}


@told_of_keywords
def compare(first: War | str | os.PathLike[str], second: War | None = None, *, without: str = "",
            metrics: Iterable[str] | str = (), runs: int = 400, seed: int = 1, from_: Date | None = None,
            until: Date | None = None, analysis: bool = False, observed: str | os.PathLike[str] | None = None,
            solver: str = "leap", steps_per_day: int = 1, threads: int = 0, progress: Progress = False) -> xr.Dataset:
    """Runs two versions of one war in pairs: what differs, and how surely.

    Both runs of a pair share draws and random numbers, so that their difference is far less noisy than either.

    Parameters
    ----------
    first, second : War
        Versions of the same package on the same days, as ``war`` and ``war.changed(accounts="magnier")``.
    without : str
        Instead of `second`: the first war without this actor. Who gains from it?
    metrics : list of str
        Compared in addition to what is always compared (see `measure`).
    runs : int
        Pairs.
    from_, until : date, optional
        First and last day of both, instead of theirs.
    analysis, observed
        As in `run`; each side starts from its own.
    seed, solver, steps_per_day, threads, progress
        As in `run`. Progress counts both sides.

    Returns
    -------
    xarray.Dataset
        Dimensions outcome, side ("first", "second"), realization.

        - value [side, outcome, realization]; mean, standard_error [side, outcome]
        - difference [outcome]: second less first; difference_standard_error
        - low, high [outcome]: 95 % interval of the mean difference: Student's t, of probabilities
          that of Agresti and Min (2005) for matched pairs
        - changed, pairs [outcome]: pairs in which it is not the same; pairs that have it

        kind, actor and issue tell what an outcome is of, unit in what it is, as in ensemble.nc: "1" for shares and
        counts of persons, "day" for life_days, "" for what `metrics` asks for (docs/parameters.md). ``attrs["answer"]`` says it in a sentence, ``attrs["fork"]`` is the first day on which
        the sides can differ, ``attrs["analysis"]`` what an analysis of both learned, as JSON.

    Raises
    ------
    InputError
        The sides are not the same package on the same days, or do not differ; no such actor or metric.
    """
    given = Arguments()
    progress = given.progress(progress)
    is_analysed, folder = given.analysis(analysis, observed)
    days = given.days(from_, until)

    def laid(war: War) -> War:
        """An analysis takes the days itself: they may be later than the package."""
        return war if is_analysed else war_of(war, None, None, *days)

    sides: list[Callable[[War], None]] = []
    if not isinstance(without, str):
        given.refuse(f"without={without!r}", "it is an actor's id")
    elif second is not None and not isinstance(second, War):
        given.refuse(f"second={second!r}", "it is a War: truel.load(path), with what differs from the first")
    elif (second is None) == (not without):
        given.refuse("compare takes two sides", "give a second war, or the actor to do without")
    else:
        if without and is_analysed:
            given.refuse(f"without={without!r} with an analysis", "nobody observed a war without an actor: leave one out")
        sides = [lambda one: _core.check_sides(laid(one)._loaded, laid(second)._loaded if second is not None else None, without)]
    names = given.names("metrics", metrics)
    runs = given.whole("runs", runs, 2, 1_000_000)
    options = (given.whole("seed", seed, 0, 2**64 - 1), given.word("solver", solver, SOLVERS),
               given.whole("steps_per_day", steps_per_day, 1, 1000), given.whole("threads", threads, 0, 4096))
    known = looked_up(given, first, lambda one: _core.check_metrics(one._loaded, names), *sides)
    one = given.last(lambda: laid(war_of(known)))
    titles = _titles(one, second, without)

    def started(war: War) -> _core.LoadedWar:
        return analysed(war, folder, days[0], days[1], runs, *options) if is_analysed else laid(war)._loaded

    with shown(progress) as callback:
        raw: dict[str, Any] = _core.compare(
            started(one), started(second) if second is not None else None, without, names, titles, runs, *options, callback)
    rows = raw["rows"]
    value = np.stack([np.stack(raw["first_numbers"]), np.stack(raw["second_numbers"])])
    both = ("side", "outcome")
    data = xr.Dataset(
        {"value": (("side", "outcome", "realization"), value),
         "mean": (both, np.array([rows["first"], rows["second"]])),
         "standard_error": (both, np.array([rows["first_se"], rows["second_se"]])),
         "difference": ("outcome", np.array(rows["difference"])),
         "difference_standard_error": ("outcome", np.array(rows["difference_se"])),
         "low": ("outcome", np.array(rows["low"])),
         "high": ("outcome", np.array(rows["high"])),
         "changed": ("outcome", np.array(rows["changed"]), {"units": "1"}),
         "pairs": ("outcome", np.array(rows["pairs"]), {"units": "1"})},
        {"outcome": rows["outcome"], "side": ["first", "second"], "realization": np.arange(runs),
         "kind": ("outcome", rows["kind"]), "actor": ("outcome", rows["actor"]), "issue": ("outcome", rows["issue"]),
         "unit": ("outcome", [_UNITS.get(kind, "1") for kind in rows["kind"]])},
        {"answer": raw["answer"], "first": titles[0], "second": titles[1], "fork": raw["fork"], "seed": str(seed),
         "package_sha256": one.sha256, "first_failed": raw["first_failed"], "second_failed": raw["second_failed"],
         "source": f"truel {_core.version}", **({"analysis": raw["analysis"]} if is_analysed else {})})
    if raw["first_failed"] or raw["second_failed"]:
        warnings.warn(f"{raw['first_failed']} realizations of the first side and {raw['second_failed']} of the second "
                      "failed; their pairs are left out", RealizationWarning, stacklevel=3)
    return data


def _titles(first: War, second: War | None, without: str) -> list[str]:
    def title(war: War) -> str:
        return "+".join(war.accounts) or "base"

    if second is None:
        return [title(first), f"{title(first)} without {without}"]
    titles = [title(first), title(second)]
    if titles[0] == titles[1]:
        for i, (war, other) in enumerate([(first, second), (second, first)]):
            own = [f"{path}={value}" for path, value in war.settings.items() if other.settings.get(path) != value]
            titles[i] += f" with {', '.join(own)}" if own else ""
    return titles


@dataclasses.dataclass(frozen=True)
class Sensitivity:
    """What drives one outcome. Shares are of the variance of a run whose account, parameters and chance are all drawn.

    Attributes
    ----------
    outcome, answer : str
        What was asked, and the answer in sentences.
    mean : float
    variance : float
        0: every run has the same outcome, and the tables are empty.
    shares : DataFrame
        account, numbers, account_with_numbers, chance: value, low, high (95 %, bootstrap). They add up to 1.
    groups : DataFrame
        By what a group is by (rests_on, sources, tables) and its name: numbers in it, the sum of their first-order
        indices, and, where the design resamples it, first and total index.
    parameters : DataFrame
        By path: first-order index, Borgonovo's delta, whether either is above the noise of inputs without effect.
    accounts : DataFrame
        By account: mean of the outcome.
    raw : dict
        Everything, as sensitivity.json has it (docs/sensitivity.md).
    """

    outcome: str
    answer: str
    mean: float
    variance: float
    shares: pd.DataFrame
    groups: pd.DataFrame
    parameters: pd.DataFrame
    accounts: pd.DataFrame
    raw: dict[str, Any] = dataclasses.field(repr=False)


def _flat(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Estimates {value, low, high} become columns name, name_low, name_high."""
    flat = []
    for row in rows:
        one: dict[str, Any] = {}
        for key, value in row.items():
            if isinstance(value, Mapping):
                one[key] = value["value"]
                one[key + "_low"], one[key + "_high"] = value["low"], value["high"]
            else:
                one[key] = value
        flat.append(one)
    return pd.DataFrame(flat)


def _sensitivity_of(raw: dict[str, Any]) -> Sensitivity:
    groups = [{"by": by, **group} for by in ("rests_on", "sources", "tables") for group in raw.get(by, [])]
    parameters = _flat(raw.get("parameters", []))
    accounts = _flat(raw.get("accounts", []))
    return Sensitivity(
        raw["outcome"], raw["answer"], raw["mean"]["value"], raw["variance"],
        pd.DataFrame.from_dict(raw.get("shares", {}), orient="index", dtype=float),
        _flat(groups).set_index(["by", "name"]) if groups else pd.DataFrame(),
        parameters.set_index("path") if len(parameters) else parameters,
        accounts.set_index("id") if len(accounts) else accounts, raw)


@told_of_keywords
def sensitivity(war: War | str | os.PathLike[str], metric: str, *, accounts: Iterable[str] | str | None = None,
                by: str = "basis", runs: int = 10_000, seed: int = 1, set: Mapping[str, Value] | None = None,
                from_: Date | None = None, until: Date | None = None, steps_per_day: int = 1, threads: int = 0,
                progress: Progress = False) -> Sensitivity:
    """What drives an outcome: the choice of account, parameters or chance.

    Same numbers as ``truel sensitivity``.

    Parameters
    ----------
    metric : str
        ``actors.ID.survives`` (or final_fighters, value_share, losses, ...), ``places.ID.control.ACTOR``,
        ``civilian_harm``, ``dyads.ID.ID.losses`` (or captures, offensives, ...), ``alignment.factions`` (or what else
        laws see on the last day).
    accounts : list of str, optional
        Accounts that compete, with equal weight; ``"base"`` is the basic model. Default: base and all others but
        those that bring draws, as `fit` writes them: numbers drawn together have no shares of their own.
    by : {"basis", "source", "table", "parameter"}
        Groups of parameters that are resampled for their total order.
    runs : int
        In all, at most.
    war, set, from_, until, seed, steps_per_day, threads, progress
        As in `run`; accounts that override the war do not count.

    Returns
    -------
    Sensitivity

    Raises
    ------
    InputError
        No such metric or account; too few runs for the design.

    Notes
    -----
    Estimators: docs/sensitivity.md (Sobol indices of groups; Borgonovo 2007; Plischke, Borgonovo and Smith 2013).
    """
    given = Arguments()
    progress = given.progress(progress)
    options = (given.word("by", by, ("basis", "source", "table", "parameter")), given.whole("runs", runs, 1, 100_000_000),
               given.whole("seed", seed, 0, 2**64 - 1), given.whole("steps_per_day", steps_per_day, 1, 1000),
               given.whole("threads", threads, 0, 4096))
    ids = given.rivals("accounts", accounts) if accounts is not None else []
    looks: list[Callable[[War], None]] = []
    if isinstance(metric, str):
        looks = [lambda known: _core.check_outcome(known._loaded, metric)]
    else:
        given.refuse(f"metric={metric!r}", 'it is text such as "actors.ID.survives"')
    known = looked_up(given, war, *looks)
    rivals = under_each(given, known, ids, set, from_, until)
    base = given.last(lambda: war_of(known, "base", set, from_, until))
    if accounts is None:
        others = base.known_accounts
        ids = ["base", *others.index[others.draws == 0]]
        rivals = [base.changed(accounts=each) for each in ids]
    with shown(progress) as callback:
        text = _core.sensitivity([each._loaded for each in rivals], ids, [metric], *options, callback)
    return _sensitivity_of(json.loads(text)["outcomes"][0])


@told_of_keywords
def score(war: War | str | os.PathLike[str], observed: str | os.PathLike[str], *,
          accounts: Iterable[str] | str | None = None, quarterly: bool = False, told: bool = False,
          analysis: bool = False, runs: int = 1000, seed: int = 1,
          set: Mapping[str, Value] | None = None, from_: Date | None = None, until: Date | None = None,
          solver: str = "leap", steps_per_day: int = 1, threads: int = 0, progress: Progress = False) -> pd.DataFrame:
    """Scores forecasts of the past against observed data, compared with simple baselines.

    Same numbers as ``truel score``.

    Parameters
    ----------
    observed : path
        Folder of observed data: control spells, UCDP or ACLED events, as published (docs/observed-data.md).
    accounts : list of str, optional
        Each is scored on its own; ``"base"`` is the basic model. Default: the war's accounts, or base.
    quarterly : bool
        Forecasts from the first day of every quarter, 3, 6 and 12 months ahead.
    told : bool
        Forecasts know the changes that the package dates after their first day.
    analysis : bool
        They start from the quarter before them, with what was observed in it.
    runs : int
        Realizations of each origin and account.
    from_, until : date, optional
        First and last day of the window; default the scenario's first and the data's last.
    war, seed, set, solver, steps_per_day, threads, progress
        As in `run`; forecasts begin from who held what on their first day.

    Returns
    -------
    pandas.DataFrame
        A row a window, target, subset, score and model: value, low, high, difference from the model named in
        ``against`` with its interval, n. Lower is better but for fss and change-probability. ``is_pooled``: over all
        windows of a horizon. ``attrs``: remarks, record (files, counts, citations), failed_runs, package_sha256.

    Raises
    ------
    InputError
        Mistakes of the package or the data; no window that the data can judge.
    """
    given = Arguments()
    progress = given.progress(progress)
    record, ids = given.folder("observed", observed), given.rivals("accounts", accounts) if accounts is not None else []
    first, last = given.days(from_, until)
    quarterly, told, analysis = given.flag("quarterly", quarterly), given.flag("told", told), given.flag("analysis", analysis)
    options = (given.whole("runs", runs, 2, 1_000_000), given.whole("seed", seed, 0, 2**64 - 1),
               given.word("solver", solver, SOLVERS), given.whole("steps_per_day", steps_per_day, 1, 1000),
               given.whole("threads", threads, 0, 4096))
    known = looked_up(given, war)
    under_each(given, known, ids, set)
    base = given.last(lambda: war_of(known, None, set))
    if accounts is None:
        ids = list(base.accounts)
    with shown(progress) as callback:
        text = _core.score(base._loaded, record, ids, quarterly, first, last, told, analysis, *options, callback)
    raw = json.loads(text)
    rows = [{**row, "is_pooled": kind == "pooled", "with_low_confidence": kind != "without_low_confidence"}
            for kind in ("windows", "pooled", "without_low_confidence") for row in raw[kind]]
    for row in rows:
        row["low"], row["high"] = row.pop("interval") or (np.nan, np.nan)
        row["difference_low"], row["difference_high"] = row.pop("difference_interval") or (np.nan, np.nan)
    table = pd.DataFrame(rows)
    table.attrs = {key: raw[key] for key in ("remarks", "record", "failed_runs", "package_sha256", "version")}
    return table


_CONTROL_METHODS = tuple(_core.control_methods())
_BATTLE_METHODS = tuple(_core.battle_methods())
_TARGETS = tuple(_core.fit_targets())


@told_of_keywords
def fit(war: War | str | os.PathLike[str], observed: str | os.PathLike[str], *, until: Date | None = None,
        from_: Date | None = None, method: str = "", draws: int = 0, keep: float = 0.001, runs: int = 0,
        check_runs: int = 1000, numbers: int = 20, strength: float | None = None, target: str = "control",
        told: bool = False, analysis: bool = False, seed: int = 1, solver: str = "leap", steps_per_day: int = 1, threads: int = 0,
        progress: Progress = False) -> xr.DataTree:
    """Fits to observed data: parameters of a war to control of places, or laws of attrition to tables of battles.

    Same numbers as ``truel fit`` (docs/fit-methods.md says how they are found). The tree has the groups that ArviZ knows, so
    that its plots and summaries take it.

    Parameters
    ----------
    war : War or path
        Of a war under one account the parameters of that account are fitted, and what its settings leave uncertain.
    observed : path
        Folder of observed data: control spells, or the tables of battles that the package names.
    until : date
        Control: last day that the fit may know; no window ends after it.
    from_ : date, optional
        Control: day of the first origin; by default the first quarter's day after nine months of data.
    method : {"bank", "tempered", "smoother"} or {"rejection", "abc-smc"}
        Of control, or of battles; by default the first.
    draws : int
        From the prior, or particles; 0: the method's own number.
    keep : float
        Rejection: share of the draws that is kept.
    target : str
        Control: what weights follow: "control", "deaths" (by dyad and month) or "both".
    runs, check_runs, numbers, strength, told, analysis
        Control: realizations of each draw from each origin (0: the method's own number) and of the fitted account, most
        parameters that are moved, how far to follow the data (None: what windows held back say), whether forecasts know
        the changes that the package dates after their first day, and whether they start from the quarter before it.
    seed, solver, steps_per_day, threads, progress
        As in `run`.

    Returns
    -------
    xarray.DataTree
        Of control:

        - posterior [chain, draw]: parameters that are moved, named by their paths; draws of a prior sample have been resampled by
          their weights. Not there if the data move none
        - prior [chain, draw]: of a prior sample, the same parameters before
        - numbers [number]: all uncertain ones: delta, ks, prior_mean, posterior_mean, shift ... as in numbers.csv
        - windows [window]: origin, horizon_months, Brier scores of persistence, prior, fitted, held_back ...

        ``attrs``: what else fit.json says, and the texts of the account under "fitted.toml" and "fitted.csv".

        Of battles: a group for each table (battles/01 of battles/01.csv) with posterior [chain, draw]: law, mean_ratio,
        sd_ratio, distance; ``attrs`` has what fit.json says of the table.

    Raises
    ------
    InputError
        Mistakes of package, data or arguments; no window that ends by `until`.
    """
    given = Arguments()
    progress = given.progress(progress)
    record = given.folder("observed", observed)
    first, last = given.days(from_, until)
    draws = given.whole("draws", draws, 10, 100_000_000, or_zero=True)
    keep = given.number("keep", keep, 1e-6, 1)
    of_control = (draws, given.whole("runs", runs, 0, 1000), given.whole("check_runs", check_runs, 2, 1_000_000),
                  given.whole("numbers", numbers, 1, 1000),
                  -1.0 if strength is None else given.number("strength", strength, 0, 1000))
    given.word("target", target, _TARGETS)
    told, analysis = given.flag("told", told), given.flag("analysis", analysis)
    seed, steps_per_day = given.whole("seed", seed, 0, 2**64 - 1), given.whole("steps_per_day", steps_per_day, 1, 1000)
    solver, threads = given.word("solver", solver, SOLVERS), given.whole("threads", threads, 0, 4096)
    ways = f"for control the method is {one_of(_CONTROL_METHODS)}", f"for battles it is {one_of(_BATTLE_METHODS)}"
    given.word("method", method, ("", *_CONTROL_METHODS, *_BATTLE_METHODS), "; ".join(ways))

    def look(loaded: War) -> None:
        if _core.has_battles(loaded._loaded):
            if method in _CONTROL_METHODS:
                given.refuse(f"method={method!r}", ways[1])
            return
        if method in _BATTLE_METHODS:
            given.refuse(f"method={method!r}", ways[0])
        if until is None:
            given.refuse("until=None", "give the last day that the fit may know")
        if len(loaded.accounts) > 1:
            given.refuse("a war with several accounts", "write an account with these numbers and fit that")

    known = looked_up(given, war, look)
    loaded = given.last(lambda: war_of(known))
    if _core.has_battles(loaded._loaded):
        with shown(progress) as callback:
            fits = _core.fit_battles(loaded._loaded, record, method, draws, keep, seed, threads, callback)
        tree = xr.DataTree()
        for file, raw, rows in fits:
            table = pd.read_csv(io.StringIO(rows)).drop(columns=["table", "number"])
            name = os.path.splitext(file)[0]
            tree[f"{name}/posterior"] = xr.DataTree(_as_chain(table))
            tree[name].attrs = json.loads(raw)["tables"][0]
        return tree
    with shown(progress) as callback:
        files = _core.fit_control(loaded._loaded, record, method, first, last, *of_control, target, told, analysis, seed,
                                  solver, steps_per_day, threads, callback)
    raw = json.loads(files["fit.json"])
    groups = {"numbers": xr.Dataset.from_dataframe(
                  pd.read_csv(io.StringIO(files["numbers.csv"])).rename(columns={"path": "number"}).set_index("number")),
              "windows": xr.Dataset.from_dataframe(
                  pd.json_normalize(raw.pop("windows"), sep="_").rename_axis("window"))}
    if "fitted.csv" in files:
        drawn = pd.read_csv(io.StringIO(files["fitted.csv"]))
        moved = drawn.drop(columns="weight")
        groups["posterior"] = _as_chain(moved.iloc[_resampled(drawn["weight"].to_numpy())])
        if method in ("", _CONTROL_METHODS[0]):
            groups["prior"] = _as_chain(moved)
    tree = xr.DataTree.from_dict(groups)
    tree.attrs = {key: value for key, value in raw.items() if key != "numbers"}
    tree.attrs |= {name: files[name] for name in ("fitted.toml", "fitted.csv") if name in files}
    return tree


def _as_chain(rows: pd.DataFrame) -> xr.Dataset:
    """Columns as variables of one chain."""
    return xr.Dataset({name: (("chain", "draw"), rows[name].to_numpy()[np.newaxis]) for name in rows.columns},
                      {"chain": [0], "draw": np.arange(len(rows))})


def _resampled(weights: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.intp]]:
    """As many rows as there are, each taken its share of the weight times, rounded up or down: systematic resampling."""
    ends = np.cumsum(weights) / np.sum(weights)
    marks = (np.arange(len(weights)) + 0.5) / len(weights)
    return np.searchsorted(ends, marks, side="right").clip(max=len(weights) - 1)
