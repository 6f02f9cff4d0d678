#!/usr/bin/env python3
"""Makes the pictures of docs/models/ anew, from runs of the packages in scenarios/published.

usage: python3 tools/model_pictures.py [--check] TRUEL [NAME...]     TRUEL: the program; NAME: a page, without it all

Writes docs/images/models/NAME.svg. With --check it writes nothing and says which pictures are no longer those that the
program makes (to a pixel, as compilers differ in last digits); exit status 1 if there is one.

Every line, bar and point is a result of a run; what a picture shows beside it as published or as a closed form is said
to be so in the picture. Needs the NetCDF library that truel itself needs.
"""
import ctypes
import ctypes.util
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

from page_parts import ROOT
from svg_plot import BLUE, DASHES, GREEN, INK, PALE, RED, ROSE, Axes, Picture, bar_key, grouped_bars, number

PICTURES = ROOT / "docs/images/models"


# --- runs -------------------------------------------------------------------------------------------------------------

class Runs:
    """Runs packages into a temporary folder."""

    def __init__(self, program, folder):
        self.program = str(pathlib.Path(program).resolve())
        self.folder = pathlib.Path(folder)
        self.number = 0

    def __call__(self, package, options, settings=()):
        """The result folder of `truel run` with these options (as typed) and settings (path=value)."""
        self.number += 1
        out = self.folder / str(self.number)
        sets = [word for setting in settings for word in ("--set", setting)]
        subprocess.run([self.program, "run", f"scenarios/published/{package}", *options.split(), *sets, "--quiet",
                        "--out", str(out)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return out


def summary(folder):
    return json.loads((folder / "summary.json").read_text())


class Results:
    """The variables of a NetCDF file of results."""

    def __init__(self, file):
        name = ctypes.util.find_library("netcdf")
        if name is None:
            sys.exit("the NetCDF library is not here; tools/install_packages.sh build installs it")
        self.library = ctypes.CDLL(name)
        self.file = ctypes.c_int()
        self._call("nc_open", str(file).encode(), 0, ctypes.byref(self.file))

    def _call(self, function, *arguments):
        status = getattr(self.library, function)(*arguments)
        if status != 0:
            self.library.nc_strerror.restype = ctypes.c_char_p
            raise OSError(f"{function}: {self.library.nc_strerror(status).decode()}")

    def _variable(self, name):
        """Identifier and lengths of the dimensions."""
        variable, count = ctypes.c_int(), ctypes.c_int()
        self._call("nc_inq_varid", self.file, name.encode(), ctypes.byref(variable))
        self._call("nc_inq_varndims", self.file, variable, ctypes.byref(count))
        dimensions = (ctypes.c_int * count.value)()
        self._call("nc_inq_vardimid", self.file, variable, dimensions)
        lengths = []
        for dimension in dimensions:
            length = ctypes.c_size_t()
            self._call("nc_inq_dimlen", self.file, dimension, ctypes.byref(length))
            lengths.append(length.value)
        return variable, lengths

    def numbers(self, name):
        """A variable as nested lists, first dimension outermost."""
        variable, lengths = self._variable(name)
        values = (ctypes.c_double * math.prod(lengths))()
        self._call("nc_get_var_double", self.file, variable, values)
        nested = list(values)
        for length in reversed(lengths[1:]):
            nested = [nested[i:i + length] for i in range(0, len(nested), length)]
        return nested

    def texts(self, name):
        """A variable of characters as a list of texts."""
        variable, (count, width) = self._variable(name)
        characters = ctypes.create_string_buffer(count * width)
        self._call("nc_get_var_text", self.file, variable, characters)
        return [characters.raw[i:i + width].rstrip(b"\0 ").decode() for i in range(0, count * width, width)]


def fighters(folder):
    """Days, and the fighters of each actor over them, in the first realization."""
    results = Results(folder / "ensemble.nc")
    rows = results.numbers("fighters")[0]
    return results.numbers("time"), {actor: [row[i] for row in rows] for i, actor in enumerate(results.texts("actor"))}


# --- the pictures -----------------------------------------------------------------------------------------------------

def two_sided_laws(run):
    picture = Picture(740, 420, "Helmbold's family of laws: 100 against 50 equally good men")
    axes = Axes(picture, (70, 30, 440, 330), (0, 180), (0, 100), range(0, 181, 30), range(0, 101, 20), "day",
                "fighters")
    for g, dash in zip((1, 0.75, 0.5), DASHES):
        days, sides = fighters(run("helmbold", "--solver mean-field --runs 1 --every 1 --until 2001-06-30", (
            f"scenario.laws.fire.attacker_exponent={g}", f"scenario.laws.fire.target_exponent={1 - g}")))
        axes.line(days, sides["blue"], BLUE, dash)
        axes.line(days, sides["red"], RED, dash)
        y = axes.at(0, sides["blue"][-1])[1]
        picture.text(518, y + 5, f"Blue, g = {g}: {sides['blue'][-1]:.1f} left", colour=BLUE)
    picture.key(525, 260, [(f"Red, g = {g}", RED, dash) for g, dash in zip((1, 0.75, 0.5), DASHES)])
    picture.text(525, 328, "g = 1: the square law", colour=INK)
    return picture


def insurgency(run):
    picture = Picture(740, 420, "Insurgents under fire that recruits: one level, whatever the government's strength")
    axes = Axes(picture, (90, 30, 410, 330), (0, 100), (0, 50000), range(0, 101, 20), range(0, 50001, 10000), "day",
                "insurgents among 100,000 people")
    axes.line((0, 100), [1e5 * 0.35 / 1.35] * 2, PALE, width=5)
    cases = [(2000, 1000, ""), (1000, 1000, "8 4"), (500, 1000, "2 4"), (1000, 50000, "12 3 2 3")]
    for government, insurgents, dash in cases:
        days, sides = fighters(run("kress-szechtman", "--solver mean-field --runs 1 --every 1 --until 2001-04-11", (
            f"forces.government.field.2001-01-01={government}", f"forces.insurgents.field.2001-01-01={insurgents}",
            "ties.government.insurgents.visibility=0.1", "actors.insurgents.recruits_per_harm=0.5",
            "actors.insurgents.kill_rate=0", "actors.government.kill_rate=10")))
        axes.line(days, sides["insurgents"], RED if insurgents == 50000 else BLUE, dash)
    picture.text(515, 55, "men of the government,")
    picture.text(515, 73, "insurgents on the first day")
    picture.key(515, 92, [(f"{g:,}, {i:,}", RED if i == 50000 else BLUE, dash) for g, i, dash in cases])
    picture.path([(515, 185), (549, 185)], PALE, width=5)
    picture.text(557, 190, "q*, closed form")
    return picture


def revolts(run):
    picture = Picture(740, 420, "Revolts of two loyalties: where every start leads")
    for panel, share in enumerate((0.5, 0.9)):
        rest = round(1 - share, 6)
        end = "stalemate" if share == 0.5 else "the regime wins"
        axes = Axes(picture, (75 + 355 * panel, 45, 280, 310), (0, share), (0, rest),
                    [share * i / 5 for i in range(6)], [rest * i / 5 for i in range(6)],
                    "u, loyal and under the regime", "v, of the rebels and under them" if panel == 0 else "",
                    f"s = {share}: {end}")
        for u, v in ((0.05, 0.05), (0.95, 0.05), (0.05, 0.95), (0.95, 0.95), (0.4, 0.03), (0.03, 0.4), (0.6, 0.95)):
            folder = run("revolt-reconstruction", "--solver mean-field --runs 1 --every 2 --replay 0", (
                f"actors.regime.loyal_share={share}", f"actors.rebels.loyal_share={rest}",
                "actors.regime.freeing_per_day=0.1", "actors.rebels.freeing_per_day=0.1",
                "actors.regime.subduing_per_day=0.02", "actors.rebels.subduing_per_day=0.02",
                f"support.regime.land.2001-01-01={u * share:.6f}", f"support.rebels.land.2001-01-01={v * rest:.6f}"))
            path = Results(folder / "path.nc")
            place, actors = path.texts("place").index("land"), path.texts("actor")
            rows = [row[place] for row in path.numbers("support")]
            ruled = [[row[actors.index(actor)] for row in rows] for actor in ("regime", "rebels")]
            axes.line(*ruled, BLUE, width=1.5)
            axes.dot(ruled[0][0], ruled[1][0], filled=False)
            axes.dot(ruled[0][-1], ruled[1][-1])
    picture.text(370, 413, "white: start; black: after six years; shares of all people", "middle")
    return picture


def truels(run):
    picture = Picture(740, 420, "Who is left of three marksmen who hit with chances 1, 4/5 and 1/2")
    axes = Axes(picture, (75, 30, 470, 330), (0, 1), (0, 1), (), [i / 5 for i in range(6)], "how shots are fired",
                "chance to be the one left")
    groups = []
    for package, settings in (("truel-random", ()), ("truel-sequential", ()), ("truel-simultaneous", (
            "actors.a.kill_rate=1", "actors.b.kill_rate=0.8", "actors.c.kill_rate=0.5"))):
        actors = summary(run(package, "--solver exact --runs 20000 --every 200", settings))["actors"]
        left = [actors[actor]["survival_probability"] for actor in "abc"]
        groups.append([*left, max(0.0, 1 - sum(left))])
    colours = (INK, BLUE, ROSE, "#ffffff")
    grouped_bars(axes, groups, ("in random order", "in turns", "all at once"), colours,
                 ((20 / 69, 8 / 23, 25 / 69, 0), (3 / 10, 8 / 45, 47 / 90, 0), (1 / 20, 0, 9 / 10, 1 / 20)))
    bar_key(picture, 560, 60, list(zip(("the best shot", "the second best", "the worst shot", "nobody"), colours)),
            "exact chance")
    return picture


def structural_balance(run):
    picture = Picture(740, 420, "Five actors in structural balance: ten alignments on the way to two camps")
    axes = Axes(picture, (75, 30, 440, 330), (0, 190), (-8, 8), range(0, 181, 30), range(-8, 9, 4), "day",
                "alignment of a pair")
    results = Results(run("structural-balance", "--solver mean-field --runs 1 --every 2 --until 2000-06-29")
                      / "ensemble.nc")
    days, camp = results.numbers("time"), {"one", "two", "five"}
    pairs = zip(results.texts("pair_first"), results.texts("pair_second"), results.numbers("alignment")[0])
    for first, second, series in pairs:
        if first != second:
            together = (first in camp) == (second in camp)
            axes.line(days, series, BLUE if together else RED, "" if together else "8 4", 1.5)
    axes.line((0, 190), (0, 0), width=1)
    picture.key(530, 60, [("1, 2, 5 or 3, 4", BLUE, ""), ("across", RED, "8 4")])
    picture.text(530, 120, "to infinity at day 200")
    return picture


def landscape_theory(run):
    picture = Picture(740, 430, "Where eleven actors end, with a strong and with a weak regime in Damascus")
    for panel, (options, title) in enumerate((("", "strong regime"), (" --account weak_regime", "weak regime"))):
        result = summary(run("landscape-syria-2016", "--runs 1024" + options))
        alignment = result["alignment"]
        energy = alignment["energy"]
        if energy["se"] != 0:
            sys.exit("landscape-theory: not all starts end in one minimum, which the picture takes for granted")
        axes = Axes(picture, (140 + 305 * panel, 45, 275, 310), (-400, 20), (-0.5, 10.5), range(-400, 1, 100), (),
                    "frustration (size × propensity)", "", f"{title}: energy {number(energy['mean'])}")
        axes.line((0, 0), (-0.5, 10.5), width=1)
        for row, (actor, words) in enumerate(sorted(result["actors"].items())):
            y = axes.at(0, 10 - row)[1]
            if panel == 0:
                picture.text(132, y + 5, words["name"], "end")
            value = alignment["frustration"][actor]["mean"]
            pair = [p for p in alignment["pairs"] if {p["a"], p["b"]} == {actor, "islamic_state"}]
            across = actor != "islamic_state" and pair[0]["last"]["mean"] < 0
            axes.line((0, value), (10 - row, 10 - row), PALE, width=3)
            axes.dot(value, 10 - row, BLUE if across else INK, not across)
    picture.text(370, 420, "black: the camp of the Islamic State; white: the other", "middle")
    return picture


def group_decision(run):
    picture = Picture(740, 420, "Median voter after each round, in two readings, beside the published table")
    axes = Axes(picture, (75, 30, 430, 330), (0, 8), (4, 11), range(9), range(4, 12), "round",
                "median voter, years until the standards")
    for reading, colour, dash in ((1, BLUE, ""), (0, RED, "8 4")):
        result = summary(run("group-decision-emissions", "--solver mean-field --runs 1",
                             (f"scenario.laws.settlement.own_view={reading}",)))
        axes.line(range(9), [r["median"]["mean"] for r in result["settlement"]["years"]["rounds"]], colour, dash)
    for after, median in enumerate((8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6), 1):
        axes.dot(after, median, filled=False)
    picture.key(520, 60, [("with own_view", BLUE, ""), ("appendix to the letter", RED, "8 4")])
    picture.dot(537, 100, filled=False)
    picture.text(562, 105, "table 2 of the paper")
    return picture


def ktab(run):
    picture = Picture(740, 420, "Chances of three options in one election, counted in three ways")
    axes = Axes(picture, (75, 30, 470, 330), (0, 1), (0, 1), (), [i / 5 for i in range(6)],
                "election, square victory model", "chance of the option")
    groups = []
    for settings in ((), ("scenario.laws.settlement.markov=1",),
                     ("scenario.laws.settlement.markov=1", "scenario.laws.settlement.incentive=1")):
        result = summary(run("condorcet-election", "--solver mean-field --runs 1", settings))
        actors = result["settlement"]["option"]["actors"]
        groups.append([actors[option]["probability"]["mean"] for option in ("one", "two", "three")])
    colours = (INK, BLUE, ROSE)
    grouped_bars(axes, groups, ("conditional", "Markov uniform", "Markov incentive"), colours,
                 ((0.8659, 0.1241, 0.0100), (0.6351, 0.2148, 0.1501), (0.5094, 0.2796, 0.2110)))
    bar_key(picture, 560, 60, list(zip(("first option", "second option", "third option"), colours)),
            "KTAB, reference run")
    return picture


def historical_battles(run):
    picture = Picture(740, 420, "An invented battle under three laws, with and without fatigue")
    axes = Axes(picture, (90, 30, 400, 330), (16000, 20000), (7000, 15000), range(16000, 20001, 1000),
                range(7000, 15001, 1000), "Red's men", "Blue's men")
    laws = (("linear", 1, 1, 1e-4), ("square", 1, 0, 1), ("logarithmic", 0, 1, 1))
    for (law, attacker, target, scale), colour in zip(laws, (GREEN, INK, RED)):
        for tires in (0, 1):
            _, sides = fighters(run("historical-battles", "--solver mean-field --runs 1 --every 2", (
                f"scenario.laws.fire.attacker_exponent={attacker}", f"scenario.laws.fire.target_exponent={target}",
                f"scenario.laws.fire.fatigue_days={tires}", f"actors.red.kill_rate={0.002 * scale}",
                f"actors.blue.kill_rate={0.001 * scale}")))
            axes.line(sides["red"], sides["blue"], "#ffffff" if tires else colour, "2 8" if tires else "",
                      2 if tires else 4)
            axes.dot(sides["red"][-1], sides["blue"][-1], colour, not tires)
            if not tires:
                x, y = axes.at(sides["red"][-1], sides["blue"][-1])
                picture.text(x + 12, y + 5, law, colour=colour)
    picture.path([(505, 60), (539, 60)], INK, width=4)
    picture.dot(539, 60)
    picture.text(552, 65, "without fatigue, day 200")
    picture.path([(505, 85), (539, 85)], INK, width=4)
    picture.path([(505, 85), (539, 85)], "#ffffff", "2 8")
    picture.dot(539, 85, filled=False)
    picture.text(552, 90, "tiring, day 200")
    return picture


DRAW = {function.__name__.replace("_", "-"): function for function in (
    two_sided_laws, insurgency, revolts, truels, structural_balance, landscape_theory, group_decision, ktab,
    historical_battles)}


def alike(one, other):
    """Whether two pictures are the same but for a pixel here and there."""
    digits = re.compile(r"\d+(?:\.\d+)?")
    return digits.sub("#", one) == digits.sub("#", other) and all(
        abs(float(a) - float(b)) <= 1 for a, b in zip(digits.findall(one), digits.findall(other)))


def main():
    words = sys.argv[1:]
    check = "--check" in words
    if check:
        words.remove("--check")
    if not words or any(name not in DRAW for name in words[1:]):
        sys.exit(f"{__doc__}\npages: {', '.join(DRAW)}")
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        run = Runs(words[0], folder)
        for name in words[1:] or DRAW:
            file, svg = PICTURES / f"{name}.svg", DRAW[name](run).svg()
            if not check:
                file.write_text(svg)
            elif not file.exists() or not alike(file.read_text(), svg):
                stale.append(name)
    for name in stale:
        print(f"docs/images/models/{name}.svg is not what the program makes; tools/model_pictures.py makes it anew")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
