#!/usr/bin/env python3
"""Scores the reference scenario as it begins, with --analysis, and with what an analysis learns of places and pairs, and writes the tables into
docs/forecast-skill.md, between the lines <!-- analysis --> and <!-- end -->.

Usage: tools/analysis_page.py TRUEL OBSERVED [RUNS]. OBSERVED: the folder of control and deaths until 2017. Takes some twenty minutes.
       tools/analysis_page.py --strengths TRUEL OBSERVED ESTIMATES [RUNS]. Instead, into docs/analysis.md, between <!-- strengths --> and
       <!-- end -->: with how many fighters an analysis begins 2018, against published estimates. ESTIMATES: a table with the columns
       actor, date, low, high, scope, what_is_counted, source and note.
"""
import functools
import json
import math
import sys

from page_parts import ROOT, centre, mean, results, rows, table, with_range, write_between
from paired_losses import difference

AS_IT_BEGINS, ANALYSIS = "as it begins", "`--analysis`"
WITHOUT_PAIRS, WITH_PLACES = "without hidden lethality", "`--analysis`, with hidden defence"
WAYS = {
    AS_IT_BEGINS: (),
    ANALYSIS: ("--analysis",),
    WITHOUT_PAIRS: ("--set", "scenario.laws.hidden_lethality.on=0"),
    WITH_PLACES: ("--analysis", "--set", "scenario.laws.hidden_defence.on=1"),
}
PEERS = ("conflictology", "zinb-climatology")
CONTROL = ("--until", "2015-12-31")  # there are no dated deaths before 2016, of which lethality could be learned
DEATHS = ("--from", "2016-07-01", "--until", "2016-12-31")  # six months of deaths before
YEAR = ("--from", "2017-01-01", "--until", "2017-12-31")
SEEDS = (1, 2)

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
def losses_of(program, observed, runs, days, way):
    """Lists of losses, one for each seed, by (model, kind, months ahead), then by (origin, name). A kind is a unit and a score."""
    found = {}
    for seed in SEEDS:
        with results(program, "score", PACKAGE, "--observed", observed, "--origins", "quarterly", "--runs", runs, "--seed", seed, *days, *WAYS[way]) as out:
            for row in rows(out / "losses.csv"):
                if row["merged"] == "yes" and row["model"] in ("truel", *PEERS) and row["value"]:
                    of = found.setdefault((row["model"], f"{row['unit']} {row['score']}", int(row["horizon_months"])), {})
                    of.setdefault((row["origin"], row["name"]), []).append((float(row["value"]), row["changed"] == "yes"))
    return found


def months_since(origin, name):
    return month(name.split()[-1]) - month(origin)


def shares_of_change(losses, runs):
    """By (origin, "PLACE YYYY-MM"), the share of the runs of each seed in which the place changes hands in that month, and whether it did. A log loss
    has one run more for yes and no, which is taken off."""
    return {key: ([((math.exp(-loss) if changed else 1 - math.exp(-loss)) * (runs + 1) - 0.5) / runs for loss, changed in own], own[0][1])
            for key, own in losses["truel", "place-month log", 3].items()}


def control_losses(losses, months, runs):
    """Brier scores; one month ahead of the question whether a place changes hands, fair as all are."""
    if months > 1:
        return {key: mean([loss for loss, _ in own]) for key, own in losses.get(("truel", "place brier", months), {}).items()}
    return {(origin, name.rpartition(" ")[0]): mean([2 * ((p - changed) ** 2 - p * (1 - p) / (runs - 1)) for p in shares])
            for (origin, name), (shares, changed) in shares_of_change(losses, runs).items() if months_since(origin, name) == 0}


def death_losses(losses, months, model="truel"):
    """Fair CRPS by dyad and month: of the first month, or all months until so many after the origin."""
    own = losses.get((model, "dyad fair-crps", max(months, 3)), {})
    return {key: mean([loss for loss, _ in values]) for key, values in own.items() if months_since(*key) < months}


def scored(what, months, own, others, group, form):
    """Cells of a row: the mean loss as it begins, and what others lose more, over what both forecast."""
    cells = [what, str(months), str(len({origin for origin, _ in own})), f"{mean(list(own.values())):{form}}"]
    for other in others:
        cells.append(with_range(*difference(other, own, max(months, 3), group), "+" + form))
    return cells


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


def changes_table(program, observed, runs):
    """Changes of hands of a hundred places in each month after the origin, as observed and in the runs."""
    ways = (AS_IT_BEGINS, ANALYSIS)
    shares = {way: shares_of_change(losses_of(program, observed, runs, CONTROL, way), int(runs)) for way in ways}
    lines = []
    for ahead in range(3):
        own = {way: [of for key, of in shares[way].items() if months_since(*key) == ahead] for way in ways}
        changed = [of[1] for of in own[AS_IT_BEGINS]]
        lines.append([str(ahead + 1), f"{100 * mean(changed):.2f} ({sum(changed)})", *(f"{100 * mean([mean(of[0]) for of in own[way]]):.2f}" for way in ways)])
    return table(["month after the origin", "changes of hands of 100 places, observed to 2015 (number)", *ways], lines)


def write_scores(program, observed, runs="64"):
    def losses(days, way=AS_IT_BEGINS):
        return losses_of(program, observed, runs, days, way)

    control = [scored(what, months, control_losses(losses(days), months, int(runs)),
                      [control_losses(losses(days, way), months, int(runs)) for way in ways], None, ".3f")
               for what, days, ways in (("to 2015", CONTROL, (ANALYSIS, WITH_PLACES)), ("2017", YEAR, (ANALYSIS,))) for months in (1, 3, 6, 12)]
    deaths = [scored(what, months, death_losses(losses(days), months),
                     [*(death_losses(losses(days, way), months) for way in (ANALYSIS, WITHOUT_PAIRS)),
                      *(death_losses(losses(days), months, peer) for peer in PEERS)],
                     lambda name: name.rpartition(" ")[0], ".1f")
              for what, days, horizons in (("second half of 2016", DEATHS, (1, 3, 6)), ("2017", YEAR, (1, 3, 6, 12))) for months in horizons]
    write_between(ROOT / "docs" / "forecast-skill.md", "analysis", [
        f"{runs} runs of each origin, seeds {' and '.join(map(str, SEEDS))}; in other columns the difference from *{AS_IT_BEGINS}* and its interval.", "",
        *table(["Brier score", "months ahead", "windows", AS_IT_BEGINS, ANALYSIS, WITH_PLACES], [[*row, ""][:6] for row in control]), "",
        *table(["deaths by dyad and month, fair CRPS", "months ahead", "windows", AS_IT_BEGINS, ANALYSIS, WITHOUT_PAIRS, *(f"`{peer}`" for peer in PEERS)], deaths), "",
        *changes_table(program, observed, runs)])


if __name__ == "__main__":
    if sys.argv[1] == "--strengths":
        write_strengths(*sys.argv[2:])
    else:
        write_scores(*sys.argv[1:])
