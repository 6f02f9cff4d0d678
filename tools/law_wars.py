#!/usr/bin/env python3
"""Holds laws of war-making against three wars at once, Syria until 2015, Bosnia and Ukraine until August 2022, and writes
docs/law-selection.md between <!-- wars --> and <!-- end -->: what each law is worth in each war and in all, the least worth that
these records would show in 80 % of cases, and the chance that they would show the law if it were true.
With --skill it writes docs/forecast-skill.md instead, between the same lines: what forecasts lose in each war and in all, as a share of what a
no-change forecast loses, in Syria until 2017.

A law is left out of a package that has it and added to one that has not. Of every war the loss with it less the loss without it, as
a share of what a no-change forecast loses, is the mean over three horizons: 3, 6 and 12 months from quarterly origins
in Syria and Bosnia, 1, 2 and 3 months from monthly ones in Ukraine. Wars weigh alike. Intervals and standard errors are those of a
thousand resamples of provinces and origins of each war. What a law is worth if it is true is what `truel score --power` finds when runs
with it are the observed data. A second table has how many facts of how fronts move (`truel score --patterns`, docs/scores.md) the observed data have within
the range of 95 % of the runs, with the law and without.

Usage: tools/law_wars.py [--skill] TRUEL SYRIA UKRAINE [RUNS [LAW ...]]. SYRIA, UKRAINE: folders with their control_spells.csv. RUNS: of each
       origin, 64 unless told. LAW: names as in LAWS; without any, all. With all some half an hour of one core.
"""
import argparse
import datetime
import functools
import json
import math
import pathlib
import random
import shutil
import statistics
import sys
import tempfile
import tomllib

from page_parts import ROOT, months_later, range_95, results, table as page_table, with_range, wrapped, write_between
from paired_losses import HORIZONS, PACKAGE, in_blocks, rows

PAGE = ROOT / "docs" / "law-selection.md"
BOSNIA = ROOT / "scenarios" / "bosnia-1992"
OPERATIONS = "scenario.laws.operations."
# name -> (path, value that switches it off, value for a package that has it not). The path of a number of commands is that of
# all that have garrisons.
LAWS = {
    "effort as a ledger": (OPERATIONS + "ledger", 0, 1),
    "staffs lead few operations": ("commands.*.men_per_staff", 1, "8000..16000"),
    "won attacks go on": (OPERATIONS + "advance_km", 0, "80..200"),
    "a reserve": ("commands.*.reserve_share", 0, "0.2..0.5"),
    "reserves by the enemies opposite": (OPERATIONS + "reserves_by_threat", 0, 1),
    "a least garrison": ("commands.*.least_garrison", 0, "30..120"),
    "garrisons hold the people": ("commands.*.garrison_per_1000", 0, "1..4"),
    "errors of estimate last": (OPERATIONS + "estimate_days", 0, "30..90"),
    "relief is reckoned with": (OPERATIONS + "relief", 0, "0.75..1"),
    "unseen worth of places": (OPERATIONS + "unseen_worth", 0, "0.5..1.3"),
    "allies attack together": (OPERATIONS + "joint", 0, "0.3..0.8"),
    "sieges": ("scenario.laws.siege.on", 0, 1),
    "men tied to their home": ("commands.*.home_share", 0, "0.3..0.7"),
    "strength lost with distance": (OPERATIONS + "strength_km", 100000, "100..300"),
    "holders dig in": ("scenario.laws.entrenchment.on", 0, 1),
    "posts fire across the line": ("scenario.laws.front_fire.on", 0, 1),
    "exploitation": ("scenario.laws.exploitation.on", 0, 1),
    "attackers break off": ("scenario.laws.battles.on", 0, 1),
    "lines are turned": ("scenario.laws.turned_line.on", 0, 1),
    "pockets are stormed": ("scenario.laws.siege.assault_ratio", 1e9, "2..4"),
    "the lost is retaken": (OPERATIONS + "retake_days", 0, "20..40"),
    "battles are fed up to a limit": (OPERATIONS + "commit_ratio", 0, "1.25..2"),
    "the lost is struck back at": ("scenario.laws.counterattack.on", 0, 1),
}
SYRIA = tomllib.loads((PACKAGE / "scenario.toml").read_text(encoding="utf-8"))["laws"]
DRAWS = 1000
MONTHLY = ("2022-03-01", "2022-04-01", "2022-05-01", "2022-06-01", "2022-07-01", "2022-08-01")
LEVEL = statistics.NormalDist().inv_cdf(0.975)
ENOUGH = statistics.NormalDist().inv_cdf(0.8)


class War:
    """name: in the table. windows: arguments of `truel score` for each call. horizons: months. span: first and last day of the facts
    of how fronts move; None: these are not looked at. block: origins that are drawn together, as many as a window of the middle horizon
    overlaps. every: months between origins."""

    def __init__(self, name, package, observed, windows, horizons, span, block=2, every=3):
        self.name, self.package, self.observed = name, ROOT / "scenarios" / package, observed
        self.windows, self.horizons, self.span, self.block, self.every = windows, horizons, span, block, every
        self.province = {row["place_id"]: (row["country"], row["admin1"] or row["place_id"]) for row in rows(self.package / "places.csv")}
        self.losses, self.worth, self.facts = {}, {}, {}

    def switch(self, law):
        """Whether the package has the law, and the numbers that turn it over: leave it out of one that has it, add it to others."""
        path, off, on = LAWS[law]
        commands = rows(self.package / "commands.csv")

        def of_each(column, value):
            return {f"commands.{row['id']}.{column}": value for row in commands if row["reserve_share"]}

        def is_there(column):
            return any(float((row.get(column) or "0").split("..")[-1]) for row in commands)

        if path.startswith("commands."):
            column = path.rsplit(".", 1)[1]
            return is_there(column), of_each(column, off if is_there(column) else on)
        value = tomllib.loads((self.package / "scenario.toml").read_text(encoding="utf-8"))["laws"]
        for key in path.split(".")[2:]:
            value = value.get(key, {})
        value = value.get("value", off) if isinstance(value, dict) else value
        if value != off:
            return True, {path: off}
        own = path.split(".")[2]  # a law that the package does not name at all gets its numbers from the one on Syria
        numbers = {f"scenario.laws.{own}.{key}": number["value"] for key, number in SYRIA.get(own, {}).items() if isinstance(number, dict)}
        return False, {path: on} | (numbers if path.endswith(".on") else {})

    def score(self, program, runs, laws):
        """Losses and what laws are worth if true, by account: the package, and each law turned over."""
        self.has = {}
        with tempfile.TemporaryDirectory() as folder:
            package = shutil.copytree(self.package, pathlib.Path(folder) / self.package.name)
            (package / "accounts").mkdir(exist_ok=True)
            accounts = [word for k in range(-1, len(laws)) for word in ("--account", "base" if k < 0 else f"law_{k}")]
            for k, law in enumerate(laws):
                self.has[law], settings = self.switch(law)
                sets = "".join(f'\n[[set]]\npath = "{path}"\nvalue = {json.dumps(value)}\nbasis = "assumed: for a comparison"\n'
                               for path, value in settings.items())
                (package / "accounts" / f"law_{k}.toml").write_text(f'title = "{law}"\n{sets}', encoding="utf-8")
            sums = {}
            score = functools.partial(results, program, "score", package, "--observed", self.observed, "--runs", runs, *accounts)
            for window in self.windows:
                with score(*(("--power",) if laws else ()), *window) as out:
                    losses = [row for row in rows(out / "losses.csv") if (row["target"], row["unit"], row["score"]) == ("control", "place", "brier")
                              and row["model"] in ("truel", "persistence")]
                    power = rows(out / "power.csv") if laws else []
                merged = max(row["merged"] for row in losses)  # "yes" where sides are taken as one
                for row in losses:
                    if row["merged"] == merged:
                        key = int(row["horizon_months"]), row["origin"], self.province[row["name"]]
                        own = self.losses.setdefault(row["account"] or row["model"], {})
                        own[key] = own.get(key, 0) + float(row["value"])
                for row in power:
                    if row["truth"] == "base" != row["other"]:
                        key = row["other"], int(row["horizon_months"])
                        sums[key] = sums.get(key, 0) + float(row["difference"]) * float(row["n"])
            if self.span:
                with score("--patterns", "--from", self.span[0], "--until", self.span[1]) as out:
                    facts = rows(out / "patterns.csv")
                merged = max(row["merged"] for row in facts)
                for row in facts:
                    if row["merged"] == merged and row["record"]:
                        is_met = bool(row["runs_low"]) and float(row["runs_low"]) <= float(row["record"]) <= float(row["runs_high"])
                        self.facts.setdefault(row["account"], []).append(is_met)
        whole = {h: sum(v for key, v in self.losses["persistence"].items() if key[0] == h) for h in self.horizons}
        for k, law in enumerate(laws):
            self.worth[law] = statistics.mean(sums[f"law_{k}", h] / whole[h] for h in self.horizons)

    def effects(self, laws):
        """Of each law the share by which it changes the loss, then the same of every resample."""
        differences = {}
        for k, law in enumerate(laws):
            own, base = self.losses[f"law_{k}"], self.losses["base"]
            sign = -1 if self.has[law] else 1
            differences[law] = {key: sign * (own[key] - base[key]) for key in base}
        return self.resampled(differences, self.horizons, self.block)

    def skill(self, horizon):
        """The share by which truel loses less than no change (below 0) so many months ahead, then the same of every resample, and
        how many windows there are."""
        base, still = self.losses["base"], self.losses["persistence"]
        differences = {"truel": {key: base[key] - still[key] for key in base if key[0] == horizon}}
        windows = len({key[1] for key in differences["truel"]})
        return self.resampled(differences, (horizon,), max(1, horizon // self.every))["truel"] if windows else [], windows

    def resampled(self, differences, horizons, block):
        """Sums of differences by name, as shares of what no change loses, then the same of every resample of provinces and of so
        many origins in a row."""
        keys = list(next(iter(differences.values())))
        origins = sorted({key[1] for key in keys})
        provinces = sorted(set(self.province.values()))
        whole = {h: sum(v for key, v in self.losses["persistence"].items() if key[0] == h) for h in horizons}
        rng = random.Random(1)
        found = {name: [] for name in differences}
        for draw in range(DRAWS + 1):
            of_origin, of_province = dict.fromkeys(origins, 1), dict.fromkeys(provinces, 1)
            if draw > 0:  # the first is the record itself
                of_origin, of_province = dict.fromkeys(origins, 0), dict.fromkeys(provinces, 0)
                for origin in in_blocks(rng, origins, min(block, len(origins))):
                    of_origin[origin] += 1
                for province in rng.choices(provinces, k=len(provinces)):
                    of_province[province] += 1
            times = {key: of_origin[key[1]] * of_province[key[2]] / whole[key[0]] for key in keys}
            for name, of_key in differences.items():
                found[name].append(sum(n * of_key[key] for key, n in times.items()) / len(horizons))
        return found


def told(values):
    own, *drawn = (100 * value for value in values)
    return with_range(own, *range_95(drawn), "+.1f")


def month_windows(horizons=(1, 2, 3)):
    for origin in MONTHLY:
        for months in horizons:
            end = months_later(datetime.date.fromisoformat(origin), months) - datetime.timedelta(1)
            if end.isoformat() <= "2022-08-31":
                yield ("--from", origin, "--until", end.isoformat())


def table(wars, laws, runs):
    effects = {war.name: war.effects(laws) for war in wars}
    lines = wrapped(
        f"{runs} runs of each origin. The loss with a law less the loss without it, in percent of what a no-change forecast "
        "loses, the mean over three horizons; in brackets 95 % intervals. Less is better. ° the package lacks it; it was added.")
    cells = []
    for law in laws:
        pooled = [statistics.mean(values) for values in zip(*(effects[war.name][law] for war in wars))]
        error = statistics.stdev(pooled[1:])
        worth = -statistics.mean(war.worth[law] for war in wars)
        seen = statistics.NormalDist().cdf(worth / error - LEVEL) if error > 0 else math.nan
        cells.append([law, *(told(effects[war.name][law]) + ("" if war.has[law] else "°") for war in wars), told(pooled),
                      f"{100 * (LEVEL + ENOUGH) * error:.1f}", f"{100 * worth:.1f}", f"{100 * seen:.0f}"])
    lines += ["", *page_table(["law", *(war.name for war in wars), "the three alike", "seen in 80 % if worth", "worth if true",
                               "seen if true, %"], cells),
              "", "Observed facts of how fronts move that lie within the range of 95 % of the runs, with the law and without it:", ""]
    cells = []
    for k, law in enumerate(laws):
        pairs = []
        for war in wars:
            pair = sum(war.facts["base"]), sum(war.facts[f"law_{k}"])
            pairs.append(pair if war.has[law] else pair[::-1])
        cells.append([law, *(f"{on}, {off}" for on, off in [*pairs, tuple(map(sum, zip(*pairs)))])])
    return lines + page_table(["law", *(f"{war.name} ({len(war.facts['base'])} facts)" for war in wars), "the three"], cells)


def skill_table(wars, runs):
    lines = wrapped(f"{runs} runs of each origin: the error (Brier score of places) of truel's forecasts minus that of a no-change forecast, in percent of "
                    "the latter; in brackets 95 % intervals, then windows. Lower is better. Every war counts alike.")
    cells = []
    for horizon in HORIZONS:
        of_war = [war.skill(horizon) for war in wars]
        pooled = [statistics.mean(values) for values in zip(*(values for values, _ in of_war if values))]
        cells.append([str(horizon), *(f"{told(values)}, {windows}" if values else "no data" for values, windows in of_war), told(pooled)])
    return [*lines, "", *page_table(["months ahead", *(war.name for war in wars), "all"], cells)]


def main(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--skill", action="store_true")
    parser.add_argument("truel")
    parser.add_argument("syria")
    parser.add_argument("ukraine")
    parser.add_argument("runs", nargs="?", type=int, default=64)
    parser.add_argument("laws", nargs="*", metavar="LAW")
    asked = parser.parse_args(words)
    laws = asked.laws or list(LAWS)
    if unknown := [law for law in laws if law not in LAWS]:
        sys.exit(f"no such law: {', '.join(unknown)}; there are {', '.join(LAWS)}")
    quarterly = ("--origins", "quarterly")
    if asked.skill:
        wars = [War("Syria", "syria-2016", asked.syria, [quarterly], HORIZONS, None),
                War("Bosnia", BOSNIA.name, BOSNIA, [quarterly], HORIZONS, None),
                War("Ukraine", "ukraine-2022", asked.ukraine, list(month_windows(HORIZONS)), HORIZONS, None, every=1)]
        for war in wars:
            war.score(asked.truel, asked.runs, [])
        write_between(ROOT / "docs" / "forecast-skill.md", "wars", skill_table(wars, asked.runs))
        return
    wars = [War("Syria until 2015", "syria-2016", asked.syria, [(*quarterly, "--until", "2015-12-31")], HORIZONS,
                ("2014-01-01", "2015-12-31")),
            War("Bosnia", BOSNIA.name, BOSNIA, [quarterly], HORIZONS, ("1992-04-06", "1995-11-20")),
            War("Ukraine until August 2022", "ukraine-2022", asked.ukraine, list(month_windows()), (1, 2, 3),
                ("2022-02-24", "2022-08-31"))]
    for war in wars:
        war.score(asked.truel, asked.runs, laws)
        print(war.name, {law: round(100 * worth, 2) for law, worth in war.worth.items()}, flush=True)
    write_between(PAGE, "wars", table(wars, laws, asked.runs))


if __name__ == "__main__":
    main()
