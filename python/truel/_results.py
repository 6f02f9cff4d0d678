"""Who holds what, out of the arrays of a run."""
from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable

import numpy as np
import pandas as pd
import xarray as xr

from ._arguments import Arguments, Date, date_text
from ._keywords import told_of_keywords

Results = xr.Dataset | str | os.PathLike[str]
NOBODY = "none"


def opened(results: Results) -> xr.Dataset:
    """The arrays that `run` gave, or those of a folder of results or of its ensemble.nc."""
    if isinstance(results, xr.Dataset):
        return results
    arguments = Arguments()
    path = pathlib.Path(arguments.path("results", results))
    file = path / "ensemble.nc" if path.is_dir() else path
    if not file.is_file():
        arguments.refuse("no such file", "truel.run(war, out=...) or `truel run PACKAGE --out` writes it", os.fspath(file))
    arguments.done()
    with xr.open_dataset(file) as dataset:
        return dataset.load()


def actor_names(results: xr.Dataset) -> dict[str, str]:
    """By id, nobody among them."""
    return {NOBODY: "nobody"} | {str(actor): str(name) for actor, name in zip(results.actor.values, results.actor_name.values)}


def place_names(results: xr.Dataset) -> dict[str, str]:
    """By id."""
    return {str(place): str(name) for place, name in zip(results.place.values, results.place_name.values)}


def _chosen(arguments: Arguments, results: xr.Dataset, dates: Iterable[Date] | Date | None,
            places: Iterable[str] | str | None) -> xr.Dataset:
    """The results of these days and places; what there is not is refused."""
    if places is not None:
        names = arguments.names("places", places)
        known = {str(each) for each in results.place.values}
        lacking = [each for each in names if each not in known]
        if lacking:
            arguments.refuse(f"places={', '.join(lacking)}: no such place", "results.place has their ids")
        else:
            results = results.sel(place=[each for each in results.place.values if str(each) in names])
    if dates is not None:
        several = isinstance(dates, Iterable) and not isinstance(dates, str)
        wanted: list[pd.Timestamp] = []
        for date in dates if several else [dates]:  # type: ignore[union-attr]
            with arguments.kept():
                text = date_text("dates", date)
                try:
                    wanted.append(pd.Timestamp(text))
                except ValueError:
                    arguments.refuse(f"dates={text}", 'it is a date, or text such as "2016-06-30"')
        days = pd.DatetimeIndex(results.time.values)
        for day in wanted:
            if day not in days:
                near = days[int(np.abs(days - day).argmin())]
                arguments.refuse(f"dates={day:%Y-%m-%d}: no state of this day is stored", f"the nearest is {near:%Y-%m-%d}")
        results = results.sel(time=days.isin(wanted))
    return results


def _with_names(table: pd.DataFrame, results: xr.Dataset) -> pd.DataFrame:
    """The table with the names of places and holders beside their ids."""
    for column, names in (("place", place_names(results)), ("holder", actor_names(results))):
        table.insert(list(table.columns).index(column) + 1, f"{column}_name", table[column].map(names))
    return table


@told_of_keywords
def holders(results: Results, *, dates: Iterable[Date] | Date | None = None,
            places: Iterable[str] | str | None = None) -> pd.DataFrame:
    """Who holds which place, as shares of the runs.

    Parameters
    ----------
    results : Dataset or path
        What `run` gave, or a folder of results, which xarray needs netCDF4 to read.
    dates : date or list of dates, optional
        Stored days; all unless given.
    places : list of str, optional
        Ids; all unless given.

    Returns
    -------
    pandas.DataFrame
        place, place_name, date, holder (an actor's id or "none"), holder_name, share (of the complete realizations), in
        the order of places, dates and actors. Who holds a place in no run has no row.

    Raises
    ------
    InputError
        No such place; no state of such a day.

    Examples
    --------
    >>> truel.holders(runs, places="aleppo_west", dates="2016-12-31")
    """
    arguments = Arguments()
    whole = opened(results)
    chosen = _chosen(arguments, whole, dates, places)
    arguments.done()
    codes = chosen.control.transpose("place", "time", "realization").values
    ids = np.array([NOBODY, *(str(actor) for actor in chosen.actor.values)], dtype=object)
    counts = np.stack([(codes == code).sum(axis=-1) for code in range(-1, len(ids) - 1)], axis=-1)
    place, day, holder = np.nonzero(counts)
    complete = max(1, int((codes[0, 0] != -2).sum())) if codes.size else 1
    table = pd.DataFrame({"place": chosen.place.values.astype(str).astype(object)[place],
                          "date": pd.DatetimeIndex(chosen.time.values)[day], "holder": ids[holder],
                          "share": counts[place, day, holder] / complete})
    return _with_names(table, whole)


@told_of_keywords
def control(results: Results, *, dates: Iterable[Date] | Date | None = None,
            places: Iterable[str] | str | None = None) -> pd.DataFrame:
    """Who holds which place, run by run.

    The largest table there is (realizations times places times days): ask for the places or dates that you need.

    Parameters
    ----------
    results, dates, places
        As in `holders`.

    Returns
    -------
    pandas.DataFrame
        realization, place, place_name, date, holder (an actor's id, "none", or missing in a run that failed), holder_name.

    Raises
    ------
    InputError
        No such place; no state of such a day.
    """
    arguments = Arguments()
    whole = opened(results)
    chosen = _chosen(arguments, whole, dates, places)
    arguments.done()
    codes = chosen.control.transpose("realization", "place", "time").values
    realization, place, day = np.indices(codes.shape).reshape(3, -1)
    ids = np.array([None, NOBODY, *(str(actor) for actor in chosen.actor.values)], dtype=object)
    table = pd.DataFrame({"realization": chosen.realization.values[realization],
                          "place": chosen.place.values.astype(str).astype(object)[place],
                          "date": pd.DatetimeIndex(chosen.time.values)[day], "holder": ids[codes.ravel().astype(int) + 2]})
    return _with_names(table, whole)
