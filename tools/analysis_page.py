#!/usr/bin/env python3
"""Scores the reference scenario as it begins, with --analysis, and with what an analysis learns of places and pairs, and writes the table into
docs/forecast-skill.md, between the lines <!-- analysis --> and <!-- end -->.

Usage: tools/analysis_page.py TRUEL OBSERVED [RUNS]. OBSERVED: the folder of control and deaths until 2017. Takes some minutes.
       tools/analysis_page.py --strengths TRUEL OBSERVED ESTIMATES [RUNS]. Instead, into docs/analysis.md, between <!-- strengths --> and
       <!-- end -->: with how many fighters an analysis begins 2018, against published estimates. ESTIMATES: a table with the columns
       actor, date, low, high, scope, what_is_counted, source and note.
"""
import functools
import json
import math
import statistics
import sys

from page_parts import ROOT, centre, results, rows, table, write_between

WAYS = {
    "as it begins": (),
    "as it begins, without hidden lethality": ("--set", "scenario.laws.hidden_lethality.on=0"),
    "`--analysis`": ("--analysis",),
    "with hidden defence": ("--analysis", "--set", "scenario.laws.hidden_defence.on=1"),
    "`--analysis` without hidden lethality": ("--analysis", "--set", "scenario.laws.hidden_lethality.on=0"),
}
CONTROL = ("--until", "2015-12-31")  # there are no dated deaths before 2016, of which lethality could be learned
DEATHS = ("--from", "2016-07-01", "--until", "2016-12-31")  # six months of deaths before
YEAR = ("--from", "2017-01-01", "--until", "2017-12-31")


PEER = "conflictology"  # the deaths of a dyad in its last twelve months, drawn at random


PACKAGE = ROOT / "scenarios" / "syria-2016"
FIRST_OF_2018, NEXT_DAY = "2018-01-01", "2018-01-02"
# Sides as estimates name them, and the actors that they count.
COUNTED = {
    "isis": ("isis",), "nusra": ("nusra",), "rebels": ("northern_rebels", "southern_rebels", "ahrar_al_sham", "jaysh_al_islam"), "turkey_backed": ("turkey_backed",),
    "kurds_sdf": ("kurds_sdf",), "syrian_government": ("syrian_army",), "shia_militias": ("allied_militias",), "hezbollah": ("hezbollah",),
    "iraq_government": ("iraq_government",),
}
WHOLE_SIDES = ("Syria", "northern Syria", "north Aleppo", "Iraq", "Iraq and Syria")  # scopes that leave no large part of a side out


def month(day):
    return 12 * int(day[:4]) + int(day[5:7])


@functools.cache
def losses_of(program, observed, runs, *arguments):
    with results(program, "score", PACKAGE, "--observed", observed, "--origins", "quarterly", "--runs", runs, "--seed", 1,
                 *arguments) as out:
        return [row for row in rows(out / "losses.csv") if row["model"] in ("truel", PEER) and row["value"]]


def brier(losses, model="truel"):
    """Mean over places and windows, sides that the observed data cannot distinguish as one, by months ahead."""
    cells = []
    for horizon in ("3", "6", "12"):
        own = [float(r["value"]) for r in losses if (r["model"], r["unit"], r["merged"], r["score"], r["horizon_months"]) == (model, "place", "yes", "brier", horizon)]
        cells.append(f"{statistics.fmean(own):.3f}" if own else "no data")
    return ", ".join(cells)


def changes(losses, runs):
    """Changes of hands that are expected for a hundred places: in the first month after the origin, and in each of the next two. A log loss has one run
    more for yes and no, which is taken off."""
    by_month = {0: [], 1: [], 2: []}
    for r in losses:
        if (r["model"], r["unit"], r["merged"], r["score"], r["horizon_months"]) == ("truel", "place-month", "no", "log", "3"):
            p = math.exp(-float(r["value"]))
            p = p if r["changed"] == "yes" else 1 - p
            by_month[month(r["name"].split()[-1]) - month(r["origin"])].append((p * (runs + 1) - 0.5) / runs)
    return f"{100 * statistics.fmean(by_month[0]):.2f}, {100 * statistics.fmean(by_month[1] + by_month[2]):.2f}"


def crps(losses, model="truel"):
    """By dyad and month, in the first month, in all three of a quarter and in six."""
    cells = []
    for horizon, months in (("3", 1), ("3", 3), ("6", 6)):
        own = [float(r["value"]) for r in losses if (r["model"], r["unit"], r["score"], r["horizon_months"]) == (model, "dyad", "fair-crps", horizon)
               and month(r["name"].split()[-1]) - month(r["origin"]) < months]
        cells.append(f"{statistics.fmean(own):.1f}" if own else "no data")
    return ", ".join(cells)


def write_strengths(program, observed, estimates, runs="32"):
    """Means, since those of several actors add up."""
    with results(program, "run", PACKAGE, "--from", FIRST_OF_2018, "--until", NEXT_DAY, "--analysis", "--observed", observed, "--runs", runs, "--seed", 1) as out:
        found = json.loads((out / "summary.json").read_text(encoding="utf-8"))["actors"]
    actors = {row["id"]: row for row in rows(PACKAGE / "actors.csv")}
    published = [row for row in rows(estimates) if row["scope"] in WHOLE_SIDES and "Cumulative" not in row["note"]]

    def span(row):
        low, high = (f"{int(row[end]):,}" for end in ("low", "high"))
        return low if low == high else f"{low} to {high}"

    def of_side(side, members):
        fighters = {actor: found[actor]["final_fighters"]["mean"] for actor in members}
        everybody = sum(n / centre(actors[actor]["front_line_fraction"]) for actor, n in fighters.items())
        own = [row for row in published if row["actor"] == side]
        return [", ".join(actors[actor]["name"].partition(" (")[0] for actor in members), f"{round(sum(fighters.values()), -2):,.0f}", f"{round(everybody, -3):,.0f}",
                "; ".join(f"{span(row)} ({row['what_is_counted']}, {row['scope']}, {row['date']}: {row['source']})" for row in own)]

    write_between(ROOT / "docs" / "analysis.md", "strengths", [
        f"Means of {runs} runs, seed 1, with the observed data until 2017. *All*: by the middle of the `front_line_fraction` of actors.csv, the share who fight at the front.", "",
        *table(["1 January 2018", "front-line fighters", "all", "published estimates"], [of_side(*side) for side in COUNTED.items()])])


def write_scores(program, observed, runs="64"):
    def row(what, days, ways, value, has_peer=False):
        cells = {way: value(losses_of(program, observed, runs, *days, *WAYS[way])) for way in WAYS if way in ways}
        peer = value(losses_of(program, observed, runs, *days), PEER) if has_peer else ""
        return f"| {what} | " + " | ".join([*(cells.get(way, "") for way in WAYS), peer]) + " |"

    of_control = [way for way in WAYS if "without" not in way]
    of_deaths = [way for way in WAYS if "defence" not in way]
    write_between(ROOT / "docs" / "forecast-skill.md", "analysis", [
        f"| | {' | '.join(WAYS)} | `{PEER}` |", "|---" * (len(WAYS) + 2) + "|",
        row("Brier score to 2015: 3, 6, 12 months", CONTROL, of_control, brier),
        row("changes of hands to 2015, of 100 places a month: first month, next two", CONTROL, of_control, lambda losses: changes(losses, int(runs))),
        row("deaths by dyad and month, second half of 2016, fair CRPS: 1, 3, 6 months", DEATHS, of_deaths, crps, True),
        row("Brier score, 2017: 3, 6, 12 months", YEAR, WAYS, brier),
        row("deaths by dyad and month, 2017, fair CRPS: 1, 3, 6 months", YEAR, WAYS, crps, True)])


if __name__ == "__main__":
    if sys.argv[1] == "--strengths":
        write_strengths(*sys.argv[2:])
    else:
        write_scores(*sys.argv[1:])
