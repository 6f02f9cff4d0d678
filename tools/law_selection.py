#!/usr/bin/env python3
"""Tries every law of war-making on the observed data and writes docs/law-selection.md between <!-- laws --> or <!-- refitted --> and
<!-- end -->.

Each law is added alone to a war that has none of them, and left out of (or added to) the package as it is. The outcome is
the Brier score of control, rebels and Nusra as one, over quarterly origins whose windows end by 31 December 2015; what is
shown is the paired difference over the same places, with an interval from a thousand resamples of provinces and origins.

Usage: tools/law_selection.py TRUEL OBSERVED [RUNS]. OBSERVED: the folder of the observed data. Takes some minutes.
       tools/law_selection.py --refit FOLDER TRUEL OBSERVED [DRAWS [RUNS [THREADS]]]. Instead, between <!-- refitted --> and
       <!-- end -->: the same with each variant refitted by truel fit, into FOLDER, where what is there already is not done
       again. Half an hour of one core with 128 draws and 4 runs.
       tools/law_selection.py --refitted FOLDER. The same of what FOLDER has.
       tools/law_selection.py --wars TRUEL SYRIA UKRAINE [RUNS [LAW ...]]. Instead, between <!-- wars --> and <!-- end -->: laws on three
       wars at once, with what power they have (tools/law_wars.py).
"""
import hashlib
import json
import pathlib
import subprocess
import sys

import law_wars
from page_parts import ROOT, table, with_range, wrapped, write_between
from paired_losses import CONTROL_BASELINES, HORIZONS, PACKAGE, difference, losses, mean, rows

PAGE = ROOT / "docs" / "law-selection.md"
UNTIL = "2015-12-31"
LAW = "scenario.laws."
GROUND = [row["id"] for row in rows(PACKAGE / "commands.csv") if row["reserve_share"]]


def each(key, value):
    return {f"commands.{command}.{key}": value for command in GROUND}


# Laws of the package: name -> (what switches it off, literature).
PRESENT = {
    "effort as a ledger": ({LAW + "operations.ledger": 0}, "Shreedhar and Varghese 1996"),
    "preparation and recovery": (each("preparation_days", 0) | each("recovery_days", 0), "staff manuals"),
    "staffs lead few operations": (each("men_per_staff", 1), "staffs by formation"),
    "a reserve": (each("reserve_share", 0), "two up and one back, staff manuals"),
    "a least garrison": (each("least_garrison", 0), "none; decision 0082"),
    "garrisons hold the people": (each("garrison_per_1000", 0), "force density: Quinlivan 1995"),
    "errors of estimate last": ({LAW + "operations.estimate_days": 0}, "none; decision 0042"),
    "unseen worth of places": ({LAW + "operations.unseen_worth": 0}, "McFadden 1974"),
    "allies attack together": ({LAW + "operations.joint": 0}, "none; observed: rooms of several groups"),
    "posts fire across the line": ({LAW + "front_fire.on": 0}, "deaths by road of front: UCDP 2016"),
    "who is attacked is seen from the air": ({LAW + "strikes.exposure_fight": 0}, "Andres, Wills and Griffith 2005"),
    "who stands beside an enemy digs in": ({LAW + "entrenchment.on": 0}, "posture: Dupuy 1987"),
    "garrisons fight before they leave": ({LAW + "battles.defender_loss": 1} | each("breaking_point", "0.1..0.2"), "McQuie 1987"),
    "attacks end": ({LAW + "operations.culmination": 0}, "the culminating point: Clausewitz 1832"),
    "won attacks go on": ({LAW + "operations.advance_km": 0}, "Clausewitz 1832"),
    "staffs are what is scarce": ({LAW + "operations.scarce_staffs": 0}, "Toyoda 1975"),
    "blocs of enemies share a place": ({LAW + "priority.blocs": 0}, "red bus, blue bus: Debreu 1960"),
    "sieges": ({LAW + "siege.on": 0}, "none; how enclaves fell"),
    "strikes from the air": ({LAW + "strikes.on": 0}, "docs/model.md"),
    "recruitment": ({LAW + "recruitment.on": 0}, "docs/model.md"),
    "income": ({LAW + "income.on": 0}, "docs/model.md"),
    "support moves": ({LAW + "support.on": 0}, "docs/model.md"),
}
# Laws that the package leaves off: name -> (what switches it on, literature).
ABSENT = {
    "retaking is defence": ({LAW + "operations.retake_days": "14..60"}, "account A, paragraph 46"),
    "men tied to their home": (each("home_share", "0.3..0.7"), "none; account E, paragraph 26"),
    "strength lost with distance": ({LAW + "operations.strength_km": "100..300"}, "Boulding 1962"),
    "relief by those who are free": ({LAW + "operations.relief_of_free": 1}, "none"),
    "turning: a vital place": (each("exception_vital", "0.02..0.2"), "account A, paragraph 42"),
    "turning: a race for land": (each("exception_race", "0.4..0.6"), "none"),
    "turning: revenge": (each("exception_revenge_days", "14..60"), "none"),
    "turning: an ally fights there": (each("exception_ally", 1), "none"),
    "underground": ({LAW + "underground.on": 1}, "docs/model.md"),
}
NEEDS_LEDGER = {"preparation and recovery", "staffs lead few operations", "allies attack together", "attacks end",
                "won attacks go on", "staffs are what is scarce", "retaking is defence",
                "turning: a vital place", "turning: a race for land", "turning: revenge", "turning: an ally fights there"}
# What war-making was before these laws: they are switched off together, the rest of the package stays.
TRIED = ["effort as a ledger", "preparation and recovery", "staffs lead few operations", "a reserve",
         "errors of estimate last", "unseen worth of places", "allies attack together", "sieges"]


OFF = {path: value for name in TRIED for path, value in PRESENT[name][0].items()}


def comparisons():
    """Of every law: name, literature, and two pairs of settings whose losses are compared, alone and in all."""
    for name, (switch, literature) in (PRESENT | ABSENT).items():
        start = {p: v for p, v in OFF.items() if not (name in NEEDS_LEDGER and p.endswith("operations.ledger"))}
        if name in TRIED:
            alone = {p: v for p, v in start.items() if p not in switch}, start
        else:
            alone = (start, start | switch) if name in PRESENT else (start | switch, start)
        yield name, literature, alone, ({}, switch) if name in PRESENT else (switch, {})


def label(name):
    return name + ("°" if name in NEEDS_LEDGER else "") + ("" if name in PRESENT else " (left off)")


def words(settings):
    return [word for path, value in settings.items() for word in ("--set", f"{path}={value}")]


def cells(one, other):
    """Of losses by horizon."""
    parts = []
    for horizon in HORIZONS:
        parts.append(with_range(*difference(one[horizon], other[horizon], horizon)))
    return parts


def means(losses_by_horizon):
    return [f"{mean(list(losses_by_horizon[h].values())):.3f}" for h in HORIZONS]


def as_they_are(program, observed, runs):
    """Every variant with its numbers drawn from their ranges."""
    known = {}

    def scores(settings):
        key = tuple(settings.items())
        if key not in known:
            known[key] = losses(program, observed, runs, "--origins", "quarterly", "--until", UNTIL, *words(settings))
        return known[key]

    def truel(settings):
        return {horizon: scores(settings)["truel", "base", horizon] for horizon in HORIZONS}

    baselines = {CONTROL_BASELINES[model]: {h: scores({})[model, "", h] for h in HORIZONS} for model in ("persistence", "pair-rates", "spatial-hazard")}
    forecasts = baselines | {"none of the laws tried": truel(OFF), "the package": truel({})}
    lines = [f"{runs} runs of each origin. In brackets: 95 % intervals.", "",
             *table(["Brier, months ahead", *map(str, HORIZONS)], [
                 *([name, *means(forecast)] for name, forecast in forecasts.items()),
                 *([f"the package less {name}", *cells(truel({}), forecast)] for name, forecast in baselines.items())]),
             "", "Lower is better. *Alone*: what a law adds to a war with none of those tried (marked °: with the ledger, "
              "without which it says nothing). *In all*: what the package loses or gains by it.", "",
              "| law | literature | alone: 3 | 6 | 12 | in all: 3 | 6 | 12 |", "|---|---|---|---|---|---|---|---|"]
    for name, literature, *pairs in comparisons():
        told = [cell for one, other in pairs for cell in cells(truel(one), truel(other))]
        lines.append(f"| {label(name)} | {literature} | " + " | ".join(told) + " |")
        print(lines[-1], flush=True)
    return lines


class Fit:
    """What truel fit learnt of a variant: losses by horizon, then by (origin, place)."""

    def __init__(self, folder):
        fit = json.loads((folder / "fit.json").read_text(encoding="utf-8"))
        self.key = fit["seed"], tuple(fit["settings"])
        self.strength, self.effective, self.draws, self.runs = (fit[k] for k in ("strength", "effective_size", "draws", "runs"))
        self.persistence, self.prior, self.learnt, self.in_sample = ({h: {} for h in HORIZONS} for _ in range(4))
        self.taught = {(w["horizon_months"], w["origin"]) for w in fit["windows"] if w["held_back"] is not None}
        for row in rows(folder / "losses.csv"):
            horizon, place = int(row["horizon_months"]), (row["origin"], row["place"])
            self.persistence[horizon][place] = float(row["persistence"])
            self.prior[horizon][place] = float(row["prior"])
            self.in_sample[horizon][place] = float(row["reweighted"])
            # Who has seen no window end has learnt nothing: the prior is what he says.
            self.learnt[horizon][place] = float(row["held_back"] or row["prior"])

    def size(self):
        return f"{self.effective:.0f} ({self.strength:.3g})"


def key_of(settings, seed=1):
    return seed, tuple(words(settings)[1::2])


def refit(folder, program, observed, draws="128", runs="4", threads="0"):
    """Fits every variant that FOLDER lacks: first what each law does in all, then alone."""
    wanted = [({}, 1), (OFF, 1)]
    for pair in (1, 0):
        wanted += [(settings, 1) for _, _, *pairs in comparisons() for settings in pairs[pair]]
    for settings, seed in [*wanted, ({}, 2)]:
        out = folder / hashlib.sha256(repr(key_of(settings, seed)).encode()).hexdigest()[:16]
        if not (out / "fit.json").exists():
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run([program, "fit", PACKAGE, "--observed", observed, "--until", UNTIL, "--draws", draws, "--runs", runs,
                            "--check-runs", "2", "--numbers", "1", "--seed", str(seed), "--threads", threads, "--quiet",
                            *words(settings), "--out", out, *(["--resume"] if out.exists() else [])],
                           check=True, stdout=subprocess.DEVNULL)
            print(out.name, seed, *words(settings)[1::2], flush=True)


def refitted(folder):
    """The tables of the fits in FOLDER; a cell is empty where one lacks."""
    fits = {fit.key: fit for fit in (Fit(path.parent) for path in folder.glob("*/fit.json"))}
    package, bare, again = fits[key_of({})], fits[key_of(OFF)], fits.get(key_of({}, 2))
    if len({(fit.draws, fit.runs) for fit in fits.values()}) > 1:
        sys.exit(f"{folder}: fits of several sizes")
    taught = [sum(h == horizon for h, _ in package.taught) for horizon in HORIZONS]
    windows = [len({origin for origin, _ in package.prior[horizon]}) for horizon in HORIZONS]
    lines = wrapped(
        f"{package.draws:,} draws and {package.runs:,} runs of each variant. In brackets: 95 % intervals. "
        "Windows: "
        + ", ".join(f"{n} of {h} months" for n, h in zip(windows, HORIZONS)) + "; before "
        + ", ".join(str(n) for n in taught) + " of them others had ended.", 118) + [
        "", "| Brier, months ahead | 3 | 6 | 12 | effective size (strength) |", "|---|---|---|---|---|"]
    for name, one in (("none of the laws tried", bare), ("the package", package), ("the package, another seed", again)):
        if one:
            lines += [f"| {name}, as it is | {' | '.join(means(one.prior))} | {package.draws} (0) |",
                      f"| {name}, as learnt before | {' | '.join(means(one.learnt))} | |",
                      f"| {name}, in sample | {' | '.join(means(one.in_sample))} | {one.size()} |"]
    against = [("no change", package.persistence), ("itself as it is", package.prior),
               ("none of the laws tried, as learnt before", bare.learnt)]
    against += [("another seed, as learnt before", again.learnt)] if again else []
    for name, other in against:
        lines.append(f"| the package, as learnt before, less {name} | " + " | ".join(cells(package.learnt, other)) + " | |")
    of_laws = []
    for name, _, *pairs in comparisons():
        told = []
        for one, other in pairs:
            mine, yours = fits.get(key_of(one)), fits.get(key_of(other))
            own = yours if one in ({}, OFF) else mine
            told += [*cells(mine.learnt, yours.learnt), own.size()] if mine and yours else [""] * (len(HORIZONS) + 1)
        if any(told):
            of_laws.append([label(name), *told])
    return [*lines, "", *table(["law, refitted", "alone: 3", "6", "12", "effective size", "in all: 3", "6", "12", "effective size"], of_laws)]


def main():
    if sys.argv[1] in ("--refit", "--refitted"):
        folder = pathlib.Path(sys.argv[2])
        if sys.argv[1] == "--refit":
            refit(folder, *sys.argv[3:])
        write_between(PAGE, "refitted", refitted(folder))
        return
    if sys.argv[1] == "--wars":
        law_wars.main(sys.argv[2:])
        return
    program, observed = sys.argv[1:3]
    write_between(PAGE, "laws", as_they_are(program, observed, sys.argv[3] if len(sys.argv) > 3 else "400"))


if __name__ == "__main__":
    main()
