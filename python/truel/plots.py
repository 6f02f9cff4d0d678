"""Figures of a run: strengths over time, who holds places over time, and a map.

Needs Matplotlib (the extra ``plots``). Every function draws on the axes that it is given, or on new ones, and gives them back.
"""
from __future__ import annotations

import colorsys
import functools
import json
import os
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import matplotlib.dates as untyped_dates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.ticker import FuncFormatter, PercentFormatter
from matplotlib.transforms import Bbox

from ._arguments import Arguments, Date
from ._keywords import told_of_keywords
from ._results import NOBODY, Results, actor_names, holders, opened, place_names

__all__ = ["control", "map", "strength"]

dates: Any = untyped_dates

# Okabe and Ito's, which most who do not see all colours alike tell apart.
_OURS = ("#0072B2", "#D55E00", "#009E73", "#E69F00", "#56B4E9", "#CC79A7", "#000000", "#F0E442")
_NOBODY_COLOUR = "#d9d9d9"
_LABEL_POINTS = 8.0


def _short(name: str) -> str:
    """Without what stands in brackets."""
    return name.partition(" (")[0]


def _colours(results: xr.Dataset, given: Mapping[str, str] | None) -> dict[str, str]:
    """Of every actor: that given, that of the package, or one of ours, the same whichever of them are shown."""
    ids, own = [str(each) for each in results.actor.values], [str(each) for each in results.actor_colour.values]
    if len(ids) <= len(_OURS):
        ours: Sequence[str] = _OURS
    else:
        wheel = [colorsys.hls_to_rgb(place / len(ids), 0.45, 0.6) for place in range(len(ids))]
        ours = ["#" + "".join(f"{round(255 * part):02x}" for part in colour) for colour in wheel]
    return {NOBODY: _NOBODY_COLOUR} | {each: colour or ours[at] for at, (each, colour) in enumerate(zip(ids, own))} | dict(given or {})


def _known(arguments: Arguments, name: str, value: Iterable[str] | str | None, known: Iterable[Any]) -> list[str]:
    """Ids of `known` in the order asked for; all where none is asked for."""
    every = [str(each) for each in known]
    if value is None:
        return every
    asked = arguments.names(name, value)
    lacking = [each for each in asked if each not in every]
    if lacking:
        arguments.refuse(f"{name}={', '.join(lacking)}: not in these results", f"there are {', '.join(every)}")
    return [each for each in asked if each in every]


def _complete(results: xr.Dataset) -> int:
    return int((results.status == 0).sum())


def _apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights as near to those wanted as may be, at least `gap` apart, between `low` and `high`, of which there is enough.

    Neighbours that are too near become a block about their middle (pooling of adjacent violators).
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    blocks: list[list[float]] = []  # sum of what the members want of the first, number of members
    before = 0
    for at in order:
        blocks.append([wanted[at] - gap * before, 1])
        before += 1
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    firsts = [total / count for total, count in blocks for _ in range(int(count))]
    most = high - gap * (len(order) - 1)
    heights = [0.0] * len(order)
    for place, at in enumerate(order):
        heights[at] = min(max(firsts[place], low), max(most, low)) + gap * place
    return heights


@told_of_keywords
def strength(results: Results, variable: str = "fighters", *, level: float = 0.9, actors: Iterable[str] | str | None = None,
             colours: Mapping[str, str] | None = None, ax: Axes | None = None) -> Axes:
    """Strength over time: the median of the runs as a line, named at its end, and a band that holds `level` of them on each day.

    The band is one of days and not of courses: a single run may leave it.

    Parameters
    ----------
    results : Dataset or path
        What `truel.run` gave, or a folder of results.
    variable : {"fighters", "value_share"}
    level : float
        Share of the runs within the band.
    actors : list of str, optional
        Ids; all that have any unless given.
    colours : mapping of id to colour, optional
        In place of the package's.
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes
    """
    arguments = Arguments()
    arguments.word("variable", variable, ("fighters", "value_share"))
    level = arguments.number("level", level, 0.01, 0.99)
    data = opened(results)
    shown = _known(arguments, "actors", actors, data.actor.values)
    arguments.done()
    values = data[variable].sel(actor=shown)
    if actors is None:
        shown = [each for each in shown if float(values.sel(actor=each).max()) > 0]
    ax = plt.subplots(figsize=(8, 4.8), layout="constrained")[1] if ax is None else ax
    of, names, days = _colours(data, colours), actor_names(data), data.time.values
    ends = []
    for each in shown:
        runs = values.sel(actor=each)
        low, middle, high = (runs.quantile(share, "realization").values for share in ((1 - level) / 2, 0.5, (1 + level) / 2))
        ax.fill_between(days, low, high, color=of[each], alpha=0.2, linewidth=0)
        ax.plot(days, middle, color=of[each], linewidth=1.6, label=_short(names[each]))
        ends.append(float(middle[-1]))
    ax.set_ylim(bottom=0)
    ax.margins(x=0)
    if variable == "fighters":
        ax.yaxis.set_major_formatter(FuncFormatter(lambda at, _: f"{at:,.0f}"))
    else:
        ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set_ylabel("fighters" if variable == "fighters" else "land")
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    ax.set_title(f"{data.attrs.get('title', '')}\nmedian and what {level:.0%} of {_complete(data)} runs lie between", loc="left", fontsize=10)
    ax.spines[["top", "right"]].set_visible(False)
    _name_lines(ax, shown, ends, names, of)
    return ax


def _name_lines(ax: Axes, shown: Sequence[str], ends: Sequence[float], names: Mapping[str, str], of: Mapping[str, str]) -> None:
    """Names beside the ends of lines, moved apart, and smaller where there are too many for the height."""
    if not shown:
        return
    height = ax.get_window_extent().height * 72 / ax.figure.dpi  # points
    size = min(_LABEL_POINTS, height / (1.4 * len(shown)))
    top = ax.get_ylim()[1]
    at = _apart([end / top for end in ends], 1.4 * size / height, 0.0, 1.0)
    for each, where in zip(shown, at):
        ax.annotate(_short(names[each]), (1, where), xytext=(4, 0), xycoords="axes fraction", textcoords="offset points", va="center",
                    color=of[each], fontsize=size, annotation_clip=False)


@told_of_keywords
def control(results: Results, places: Iterable[str] | str | None = None, *, colours: Mapping[str, str] | None = None) -> Figure:
    """Who holds places over time: for each place a panel with the share of the runs in which each actor holds it.

    Parameters
    ----------
    results, colours
        As in `strength`.
    places : list of str, optional
        Ids; the six about which the runs differ most unless given.

    Returns
    -------
    matplotlib Figure
    """
    arguments = Arguments()
    data = opened(results)
    shown = _known(arguments, "places", places, data.place.values)
    arguments.done()
    held = holders(data, places=shown)
    if places is None:
        alike = (held.share**2).groupby(held.place).sum()  # least where two runs are likeliest to have two holders
        shown = sorted(shown, key=lambda each: alike[each])[:6]
    columns = min(3, len(shown))
    rows = -(-len(shown) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(3 * columns + 1.5, 2.1 * rows + 1), squeeze=False, sharex=True, sharey=True,
                                layout="constrained")
    of, names, titles = _colours(data, colours), actor_names(data), place_names(data)
    handles: dict[str, Any] = {}
    for place, ax in zip(shown, axes.flat):
        shares = held[held.place == place].pivot(index="date", columns="holder", values="share")
        shares = shares.reindex(data.time.values).fillna(0)
        order = [each for each in names if each in shares.columns]
        for each, area in zip(order, ax.stackplot(shares.index, shares[order].T.values, colors=[of[each] for each in order])):
            handles.setdefault(each, area)
        ax.set_title(titles[place], loc="left", fontsize=9)
        ax.set_ylim(0, 1)
        ax.margins(x=0)
        ax.yaxis.set_major_formatter(PercentFormatter(1))
        ax.xaxis.set_major_locator(dates.AutoDateLocator(minticks=2, maxticks=6))
        ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    for ax in axes.flat[len(shown):]:
        ax.set_visible(False)
    figure.legend([handles[each] for each in names if each in handles], [_short(names[each]) for each in names if each in handles],
                  loc="outside right upper", frameon=False, fontsize=_LABEL_POINTS)
    figure.suptitle(f"{data.attrs.get('title', '')}: who holds a place, share of {_complete(data)} runs", fontsize=10, x=0.01, ha="left")
    return figure


@functools.cache
def _rings(file: str) -> tuple[np.ndarray[Any, np.dtype[np.float64]], ...]:
    """Outlines of the polygons of a GeoJSON file, [position, longitude and latitude]."""
    found: list[np.ndarray[Any, np.dtype[np.float64]]] = []
    for feature in json.loads(pathlib.Path(file).read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        polygons = {"Polygon": [shape["coordinates"]], "MultiPolygon": shape["coordinates"]}.get(shape["type"], [])
        found += [np.array(ring, dtype=float)[:, :2] for polygon in polygons for ring in polygon]
    return tuple(found)


@told_of_keywords
def map(results: Results, date: Date | None = None, *, labels: bool = True, ground: str | os.PathLike[str] | None = None,
        colours: Mapping[str, str] | None = None, ax: Axes | None = None) -> Axes:
    """A map: a point for each place in the colour of its likeliest holder, the fainter the fewer runs agree, above the coasts.

    Names stand where they overlap neither each other nor a point; one for which there is no room is left out.

    Parameters
    ----------
    results, colours, ax
        As in `strength`.
    date : date, optional
        A stored day; the last unless given.
    labels : bool
        Names of places.
    ground : path, optional
        GeoJSON whose polygons are drawn as land, such as a package's map.geojson; Natural Earth's coasts unless given.

    Returns
    -------
    matplotlib Axes
    """
    arguments = Arguments()
    labels = arguments.flag("labels", labels)
    file = arguments.path("ground", ground if ground is not None else pathlib.Path(__file__).parent / "land.geojson")
    if file and not os.path.isfile(file):
        arguments.refuse("no such file", "give ground a GeoJSON file", file)
    arguments.done()
    data = opened(results)
    held = holders(data, dates=data.time.values[-1] if date is None else date)
    likeliest = held.sort_values("share", kind="stable").drop_duplicates("place", keep="last").set_index("place")
    ax = plt.subplots(figsize=(8, 6), layout="constrained")[1] if ax is None else ax
    of, names = _colours(data, colours), actor_names(data)
    sites = pd.DataFrame({"x": data.longitude.values, "y": data.latitude.values, "name": data.place_name.values}, index=data.place.values)
    sites = sites.join(likeliest[["holder", "share"]]).dropna(subset="holder")
    west, east, south, north = sites.x.min(), sites.x.max(), sites.y.min(), sites.y.max()
    edge = 0.08 * max(east - west, north - south, 0.1)
    for ring in _rings(file):
        ax.fill(ring[:, 0], ring[:, 1], facecolor="#f4f1ea", edgecolor="#9aa3a8", linewidth=0.7, zorder=0)
    ax.set_facecolor("#e3edf3")
    ax.set_xlim(west - edge, east + edge)
    ax.set_ylim(south - edge, north + edge)
    ax.set_aspect(1 / np.cos(np.radians((south + north) / 2)))
    for each in [name for name in names if name in set(sites.holder)]:
        mine = sites[sites.holder == each]
        sureness: Any = mine.share.clip(0.1, 1)
        ax.scatter(mine.x, mine.y, s=36, c=of[each], alpha=sureness, edgecolors="#4d4d4d", linewidths=0.6, zorder=2,
                   label=_short(names[each]))
    day = pd.Timestamp(held.date.iloc[0])
    ax.set_title(f"{data.attrs.get('title', '')}\nlikeliest holder on {day:%Y-%m-%d}, {_complete(data)} runs", loc="left", fontsize=10)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False, fontsize=_LABEL_POINTS)
    if labels:
        _name_points(ax, sites)
    return ax


def _name_points(ax: Axes, sites: pd.DataFrame) -> None:
    """Names where there is room for them, those of the places that stand alone first."""
    figure: Any = ax.figure
    figure.draw_without_rendering()  # places the axes, so that points have their pixels
    pixels = figure.dpi / 72
    at = ax.transData.transform(sites[["x", "y"]].to_numpy(dtype=float))
    taken = [Bbox.from_bounds(x - 4 * pixels, y - 4 * pixels, 8 * pixels, 8 * pixels) for x, y in at]
    frame = ax.get_window_extent()
    distances = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + np.diag(np.full(len(at), np.inf))
    ways = [(right * far, up * far) for far in (6, 11)
            for right, up in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))]
    for row in np.argsort(-distances.min(axis=1), kind="stable"):
        for right, up in ways:
            text: Annotation = ax.annotate(
                str(sites["name"].iloc[row]), (sites.x.iloc[row], sites.y.iloc[row]), xytext=(right, up),
                textcoords="offset points", fontsize=7, zorder=3, ha="left" if right > 0 else "right" if right < 0 else "center",
                va="bottom" if up > 0 else "top" if up < 0 else "center")
            box = text.get_window_extent()
            others = taken[:row] + taken[row + 1:]
            if frame.contains(box.x0, box.y0) and frame.contains(box.x1, box.y1) and not box.count_overlaps(others):
                taken.append(box)
                break
            text.remove()
