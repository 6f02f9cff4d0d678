#!/usr/bin/env python3
"""Scores every published account on the observed data and writes docs/verdict-tables.md between <!-- accounts --> or <!-- deaths --> and
<!-- end -->, into docs/findings-tables.md, between <!-- misses --> and <!-- end -->, the places that the basic model
gets most wrong, and scenarios/syria-2016/death_scores.csv, which the page of a report shows.

Control of places, rebels and Nusra as one, Brier; differences are paired over the same places. Windows that end by 31
December 2015 chose the laws (docs/law-selection.md), those that end in 2016 were seen meanwhile, and those that end in 2017 were
not. Deaths of 2017, by pair of sides and month, as known on the last day of 2016.

Usage: tools/verdict.py TRUEL OBSERVED [RUNS]. OBSERVED: the folder of the observed data. Takes some minutes.
       tools/verdict.py --power TRUEL OBSERVED [RUNS]. Instead, between <!-- power --> and <!-- end -->: what the observed data could tell.
       tools/verdict.py --power-of-2017 TRUEL OBSERVED [RUNS]. Of that only the windows that end in 2017.
       tools/verdict.py --fights TRUEL OBSERVED [RUNS]. Instead, between <!-- fights --> and <!-- end --> of docs/verdict.md and of
       docs/verdict-tables.md: whether who fights and attacks whom, in 2016 and 2017, could tell accounts apart, and who did, in how many months;
       between <!-- joint --> and <!-- end --> there: that and control together.
       tools/verdict.py --quoted. What docs/verdict.md quotes from the tables of docs/verdict-tables.md, as JSON.
       tools/verdict.py --deaths TRUEL OBSERVED. Deaths alone, in the page and in death_scores.csv.
       tools/verdict.py --fits FOLDER TRUEL OBSERVED. Instead, between <!-- fitted --> or <!-- fitted deaths --> and <!-- end -->: each
       account as it learnt from earlier windows, and its deaths of 2017 with what it had learnt by then. FOLDER/ID has the results of
       truel fit --account ID --until 2016-12-31, FOLDER/base of the package.
"""
import collections
import csv
import datetime
import functools
import itertools
import json
import math
import pathlib
import random
import re
import shutil
import statistics
import sys
import tempfile
import tomllib

import fights
from page_parts import ROOT, mean, months_later, quantile, range_95, results, table as page_table, with_range, wrapped, write_between
from paired_losses import CONTROL_BASELINES, DEATH_BASELINES, HORIZONS, PACKAGE, UNDATED_BASELINES, difference, losses, losses_by_score, power, resampled_means, rows

PAGE = ROOT / "docs" / "verdict-tables.md"
VERDICT = ROOT / "docs" / "verdict.md"
FINDINGS = ROOT / "docs" / "findings-tables.md"
SKILL = ROOT / "docs" / "forecast-skill.md"
MOST = 12
AS_GOOD = 0.02  # Brier scores closer than this are about as good: one place in a hundred
ELSEWHERE = {"iraq_government", "peshmerga"}  # whose fights lie in Iraq, while the dead of 2016 and 2017 are known in Syria alone
AUTHORS = ("magnier", "assad_cannot", "ehsan", "cole", "isis_survives")
# What an account says, by the title that the package gives it, without its author; the letter before the colon is its name in the tables.
SAYS = {"base": "the basic model"} | {
    account: re.sub(r" \(\w+\)$", "", tomllib.loads((PACKAGE / "accounts" / f"{account}.toml").read_text(encoding="utf-8-sig"))["title"])
    for account in AUTHORS}
ACCOUNTS = {account: says.partition(":")[0] for account, says in SAYS.items()}


def options_of(accounts):
    return [word for account in accounts for word in ("--account", account)]


OPTIONS = options_of(AUTHORS)
# E as its text has it but for one setting that the text does not have: from 2017 on its armies lead more attacks at once.
UNLED, E = "unled", "isis_survives"
UNLED_OPTIONS = ("--account", E, "--set", "interventions.armies_led_2017_*.on=false")
UNLED_SAYS = "E, but its armies lead no more attacks at once from 2017 on"
JOINT = ACCOUNTS | {UNLED: UNLED_SAYS}  # of whom all questions are put together
# As tables have them; the last one needs dated deaths.
ALL_BASELINES = {(model, ""): CONTROL_BASELINES[model] for model in UNDATED_BASELINES} | {
    ("blend", "base"): "the basic model and the spatial hazard mixed", ("spatial-hazard-deaths", ""): CONTROL_BASELINES["spatial-hazard-deaths"]}
DEATH_MODELS = ("conflictology", "zinb-climatology", "last-month-poisson", "zero")


DEATH_SCORES = {"fair-crps": "crps", "ign": "ignorance"}
DEATH_SCORES_FILE = PACKAGE / "death_scores.csv"
DEATH_COLUMNS = ("from_date", "to_date", "score", "model", "account", "value", "difference", "low", "high", "against", "pairs", "months",
                 "runs")
DEATHS_FROM, DEATHS_UNTIL = "2017-01-01", "2017-12-31"
AGAINST = "conflictology"
FIGHT_YEARS = (2016, 2017)
FIRST_OF_2017 = "2016-04-01"  # of the forecasts a year ahead that end in 2017
LEAST_SHARE = 0.05  # of a side's fighting, to be told
LEAST_DEAD = 50  # to be told
SPREAD = (0.05, 0.95)  # between which 90 % of the runs lie, as in all that truel itself says of runs
FEWEST_CAPTURES = 2
FEWEST_ATTACKS = 3
SIDES = {"isis": "Islamic State", "kurds_sdf": "Kurdish-led forces", "syrian_government": "army and its allies", "iraq_government": "Iraq",
         "turkey_backed": "Turkey and its rebels", "insurgents": "rebels and Nusra"}
WEIGHT_STEP = 1e-4  # of expectation and maximization, below which weights stand still
WEIGHT_RESAMPLES = 100


def signed(value):
    """Two digits with their sign, and no power of ten."""
    return f"{float(f'{value:.2g}'):+g}"


def with_interval(value, low, high):
    return f"{signed(value)} ({signed(low)} to {signed(high)})"


def ends_in(year):
    """A choice of the windows whose last day, the day before that of months_later, lies in a year."""
    first, next_first = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    return lambda key, horizon: first < months_later(datetime.date.fromisoformat(key[0]), horizon) <= next_first


def dyad_of(unit):
    """The pair of sides of a unit of death scores, which is a pair and a month."""
    return unit.rsplit(" ", 1)[0]


def scored_deaths(program, observed, options, runs=1000, package=PACKAGE):
    """Losses of deaths in 2017 by score, then by (model, account), then by pair of sides and month."""
    found = {}
    for score in DEATH_SCORES:
        for chosen in ((), options):
            of = losses(program, observed, runs, "--from", DEATHS_FROM, "--until", DEATHS_UNTIL, *chosen, target="deaths",
                        unit="dyad", score=score, package=package)
            found[score] = found.get(score, {}) | {(model, account): own for (model, account, _), own in of.items()}
    return found


def death_scores(program, observed, runs=1000):
    """Rows of death_scores.csv: two scores of deaths in 2017, one in deaths, which the bloodiest pairs of sides decide, one
    in bits, which all do."""
    found = scored_deaths(program, observed, OPTIONS, runs)
    table = []
    for score, name in DEATH_SCORES.items():
        against = found[score][AGAINST, ""]
        pairs = len({dyad_of(unit) for _, unit in against})
        for model, account in [*((model, "") for model in DEATH_MODELS), *(("truel", account) for account in ACCOUNTS)]:
            own = found[score][model, account]
            row = {"from_date": DEATHS_FROM, "to_date": DEATHS_UNTIL, "score": name, "model": model, "account": account,
                   "value": mean(list(own.values())), "pairs": pairs, "months": len(against) // pairs, "runs": runs}
            if model != AGAINST:
                row |= {"against": AGAINST} | dict(zip(("difference", "low", "high"), difference(own, against, 12, dyad_of)))
            table.append(row)
    return table


def write_deaths(program, observed):
    table = death_scores(program, observed)
    with open(DEATH_SCORES_FILE, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, DEATH_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: f"{x:.5g}" if isinstance(x, float) else x for key, x in row.items()} for row in table)

    def cells(row):
        return [f"{row['value']:.3g}", with_interval(row["difference"], row["low"], row["high"]) if "against" in row else ""]

    by_forecast = {}
    for row in table:
        by_forecast.setdefault((row["model"], row["account"]), []).extend(cells(row))
    first = table[0]
    write_between(PAGE, "deaths", [
        f"{first['pairs'] * first['months']} months of {first['pairs']} pairs of sides in Syria; {first['runs']} runs of each "
        "account. In brackets: 95 % intervals, from resampled pairs.", "",
        *page_table(["forecast of deaths in 2017", "CRPS, deaths", "minus conflictology", "ignorance, bits", "minus conflictology"], [
            [DEATH_BASELINES[model] if account == "" else f"**{ACCOUNTS[account]}**", *told] for (model, account), told in by_forecast.items()])])


def misses(forecast, nothing_changes):
    """Places with the greatest mean loss a year ahead, those that changed hands and those that did not. Persistence loses
    nothing where a place did not change hands."""
    per_place = {}
    for key, loss in forecast.items():
        per_place.setdefault((key[1], nothing_changes[key] > 0), []).append(loss)
    name = {row["place_id"]: row["name"] for row in rows(PACKAGE / "places.csv")}
    lines = []
    for changed, title in ((False, "foreseen to change hands, which they did not"), (True, "not foreseen to change hands as they did")):
        worst = sorted(((mean(v), len(v), p) for (p, c), v in per_place.items() if c == changed), reverse=True)[:MOST]
        lines += [f"- **Most wrongly {title}** (mean Brier loss, windows): "
                  + ", ".join(f"{name[p]} ({value:.2f}, {n})" for value, n, p in worst) + "."]
    return [line for text in lines for line in wrapped(text, subsequent_indent="  ")]


def excess(name, forecast, package):
    """Where a forecast loses most that the package does not lose, and its part at Palmyra, which accounts argue about."""
    per_place = {}
    for key, loss in forecast.items():
        per_place[key[1]] = per_place.get(key[1], 0) + loss - package[key]
    names = {row["place_id"]: row["name"] for row in rows(PACKAGE / "places.csv")}
    worst = sorted(per_place, key=per_place.get, reverse=True)[:5]
    return wrapped(f"Where {name} is most behind the basic model twelve months ahead in windows that end in 2017 (over all places {sum(per_place.values()):+.1f}): " + ", ".join(
        f"{names[place]} {per_place[place]:.1f}" for place in worst) + f"; Palmyra {per_place['palmyra']:.1f}.", 118) + [""]


def ranking(forecasts, horizon):
    """Names by mean loss, the least first, each with the share of resamples in which its mean is the least. forecasts: by name."""
    keys = set.intersection(*map(set, forecasts.values()))
    same = {name: {key: own[key] for key in sorted(own) if key in keys} for name, own in forecasts.items()}
    resampled = {name: resampled_means(own, horizon) for name, own in same.items()}
    draws = len(next(iter(resampled.values())))
    firsts = [min(resampled, key=lambda name: resampled[name][k]) for k in range(draws)]
    return ", ".join(f"{name} {100 * firsts.count(name) / draws:.0f}" for name in sorted(same, key=lambda n: mean(list(same[n].values()))))


def told(one, other, horizon):
    return with_range(*difference(one, other, horizon))


def baseline_lines(names, of, truel, empty=""):
    """Rows of the forecasts without a theory. names: by model and account; of(model, account, horizon): losses; truel(horizon):
    those of the package, with those of baselines that know fewer windows. empty: cells before those of the horizons."""
    lines = []
    for (model, account), name in names.items():
        cells = []
        for horizon in HORIZONS:
            own, package = of(model, account, horizon), truel(horizon)
            windows = len({origin for origin, _ in own})
            cells.append("no data" if not own else f"{mean(list(own.values())):.3f}")
            if 0 < windows < len({origin for origin, _ in package}):
                same = [loss for key, loss in package.items() if key in own]
                cells[-1] += f" ({windows} windows; truel there {mean(same):.3f})"
        lines.append(f"| {name} |{empty} " + " | ".join(cells) + " |")
    return lines


def best_first(forecasts, empty=""):
    """A row of the accounts by their mean losses. forecasts: by account and horizon."""
    return f"| best first, with the percentage of resamples in which it is |{empty} " + " | ".join(
        ranking({name: forecasts[account][h] for account, name in ACCOUNTS.items()}, h)
        for h in HORIZONS) + " |"


def largest_of_all(scored, words, chosen):
    """Whether any two accounts differ in some windows once all pairs and horizons are looked at together: the largest difference in its own
    standard errors, and how often resamples of differences without their mean have one as large (Romano and Wolf 2005,
    Econometrica 73, 1237-1282, the first step of algorithm 4.1)."""
    told, chance = [], []
    names = {account: "the basic model" if account == "base" else name for account, name in ACCOUNTS.items()}
    for horizon in HORIZONS:
        for one, other in itertools.combinations(ACCOUNTS, 2):
            pairs = {key: loss - scored["truel", other, horizon][key] for key, loss in scored["truel", one, horizon].items()
                     if chosen(key, horizon)}
            value, means = mean(list(pairs.values())), resampled_means(pairs, horizon)
            error = statistics.stdev(means)
            told.append((abs(value) / error, value, names[one], names[other], horizon))
            chance.append([abs(x - value) / error for x in means])
    greatest = [max(draws) for draws in zip(*chance)]

    def by_chance(size):
        return 100 * sum(x >= size for x in greatest) / len(greatest)

    told.sort(reverse=True)
    alone = sum(size > 1.96 for size, *_ in told)
    lines = (f"Of the {len(told)} differences between two accounts {words}, {alone} exceed 1.96 of their standard errors when looked at "
             "alone. Looked at together, the largest are, each with the percentage of resamples in which chance alone has one as large "
             "among all: " + "; ".join(
                 f"{one} less {other}, {horizon} months: {value:+.3f} ({size:.1f} standard errors), {by_chance(size):.0f} %"
                 for size, value, one, other, horizon in told[:3]) + f". The same of each account and the basic model, {HORIZONS[-1]} months ahead: " + ", ".join(
                     f"{other} {by_chance(size):.0f} %" for size, _, one, other, horizon in sorted(told, key=lambda row: row[3])
                     if (one, horizon) == (names["base"], HORIZONS[-1])) + ".")
    return wrapped(lines, 118)


def late(scored, model, account, horizon):
    """Losses of the windows that end in 2017."""
    in_2017 = ends_in(2017)
    return {key: loss for key, loss in scored[model, account, horizon].items() if in_2017(key, horizon)}


def answer_table(scored):
    """A year ahead, over all windows and over those that end in 2017, which nobody here had seen when laws and accounts were chosen."""
    year = HORIZONS[-1]

    def cells(model, account):
        own, nothing, package = (scored[key] for key in ((model, account, year), ("persistence", "", year), ("truel", "base", year)))
        own_late = late(scored, model, account, year)
        is_whole = own.keys() == nothing.keys()
        found = [f"{mean(list(own.values())):.3f}" if is_whole else "no data"]
        found.append(told(own, nothing, year) if is_whole and model != "persistence" else "")
        found.append(told(own, package, year) if is_whole and (model, account) != ("truel", "base") else "")
        found.append(f"{mean(list(own_late.values())):.3f}")
        found.append("" if model == "persistence" else told(own_late, nothing, year))
        found.append("" if (model, account) == ("truel", "base") else told(own_late, package, year))
        return found

    against = ("error", "minus no change", "minus the basic model")
    return page_table(["a year ahead", *(f"{windows}: {what}" for windows in ("all windows", "2017") for what in against)], [
        *([CONTROL_BASELINES[model], *cells(model, "")] for model in ("persistence", "spatial-hazard", "spatial-hazard-deaths")),
        *([says, *cells("truel", account)] for account, says in (SAYS | {UNLED: UNLED_SAYS}).items())])


def readme_words(scored):
    """What README says of the forecast that was blind, and of where forecasts are no better than simple ones, in lines."""
    soon, middle, year = HORIZONS
    skill = SKILL.read_text(encoding="utf-8")
    blind = {name: row["on 31 December"][0] for name, row in table_after(skill, "<!-- blind -->").items()}
    statistical = min(score for name, score in blind.items() if name not in ("truel", "no change"))
    unclear = [months for months in HORIZONS if difference(late(scored, "truel", "base", months), late(scored, "persistence", "", months), months)[2] >= 0]
    bosnia = table_after(skill, "<!-- wars -->")[str(year)]["Bosnia"][2]
    within = table_after(skill, "<!-- later -->")
    disputed = [str(months) for months in unclear if within[f"{months} months"]["`truel`"][3] < 0]
    weak = ["For deaths", *(f"for Syria {months} months ahead" for months in unclear if str(months) not in disputed), *(["for Bosnia"] if bosnia >= 0 else [])]
    those = " and ".join([", ".join(weak[:-1]), weak[-1]] if weak[1:] else weak)
    later = f"; for Syria {' and '.join(disputed)} months ahead tests disagree" if disputed else ""
    return wrapped("**How well it forecasts.** A version of the *basic model* (Syria's war as we coded it, with no author's explanation) forecast calendar 2017 blind, before the project had data on that year: "
                   f"its error on who holds each place at the end of the year was {blind['truel']:.2f} (*Brier score*: 0 is perfect, 2 always wrong), against "
                   f"{blind['no change']:.2f} of no change and {statistical:.2f} of the best statistical forecast{', about as good' if abs(statistical - blind['truel']) < AS_GOOD else ''}. "
                   f"{those}, no version clearly beats simple forecasts{later}: [all tests](docs/forecast-skill.md).")


def stacked(losses_of, counts):
    """Weights of the mixture of forecasts with the least mean log loss (stacking: Yao and others 2018, Bayesian Analysis 13,
    917-1003), by expectation and maximization. losses_of: log losses by forecast, in one order; counts: how often each counts."""
    likelihoods = [[math.exp(-loss) for loss in own] for own in losses_of]
    weights = [1 / len(likelihoods)] * len(likelihoods)
    total = sum(counts)
    step = 1
    while step > WEIGHT_STEP:
        parts = [0.0] * len(weights)
        for at, count in enumerate(counts):
            if count:
                mixed = sum(w * own[at] for w, own in zip(weights, likelihoods))
                for k, own in enumerate(likelihoods):
                    parts[k] += count * weights[k] * own[at] / mixed
        step = max(abs(part / total - weight) for part, weight in zip(parts, weights))
        weights = [part / total for part in parts]
    return weights


def weights_table(logs):
    """How much of a mixture each account gets a year ahead, by stacking, with the range that resampled provinces give."""
    group = {row["place_id"]: row["admin1"] for row in rows(PACKAGE / "places.csv")}
    lines, horizon = [], HORIZONS[-1]
    for title, names in (("the five accounts", list(ACCOUNTS)[1:]), ("the basic model and the five", list(ACCOUNTS))):
        own = [logs["truel", account, horizon] for account in names]
        keys = sorted(own[0])
        losses_of = [[losses[key] for key in keys] for losses in own]
        groups = sorted({group[place] for _, place in keys})
        rng = random.Random(1)
        drawn = []
        for _ in range(WEIGHT_RESAMPLES):
            times = collections.Counter(rng.choices(groups, k=len(groups)))
            drawn.append(stacked(losses_of, [times[group[place]] for _, place in keys]))
        middle = stacked(losses_of, [1] * len(keys))
        cells = [""] * (len(ACCOUNTS) - len(names))
        for k, weight in enumerate(middle):
            cells.append(with_range(100 * weight, *range_95(100 * weights[k] for weights in drawn), ".0f"))
        lines.append([title, *cells])
    return [*wrapped(f"Weights in percent of the mixture of accounts that would have forecast best {horizon} months ahead by the log score (stacking), over all windows; in "
                     f"brackets the range of 95 % of {WEIGHT_RESAMPLES} resamples of provinces.", 118), "",
            *page_table(["mixed", *ACCOUNTS.values()], lines)]


def fitted_table(folder, scored):
    """Windows held back: the account as it is, and with the weights of all windows that had ended before. scored: losses of
    the baselines."""
    fits = {account: json.loads((folder / account / "fit.json").read_text(encoding="utf-8")) for account in ACCOUNTS}
    tables = {account: rows(folder / account / "losses.csv") for account in ACCOUNTS}

    def held_back(account, name, horizon):
        return {(row["origin"], row["place"]): float(row[name]) for row in tables[account]
                if int(row["horizon_months"]) == horizon and row["held_back"]}

    learnt = {account: {h: held_back(account, "held_back", h) for h in HORIZONS} for account in ACCOUNTS}

    def baseline(model, account, horizon):
        """Of the places that the fits look at."""
        return {key: loss for key, loss in scored.get((model, account, horizon), {}).items() if key in learnt["base"][horizon]}

    if any(baseline("persistence", "", h).keys() != learnt["base"][h].keys() for h in HORIZONS):
        sys.exit("the fits compare other places than the scores")

    fit, empty = fits["base"], " | |"
    windows = [len({origin for origin, _ in learnt["base"][h]}) for h in HORIZONS]
    lines = wrapped(
        f"{fit['draws']:,} draws and {fit['runs']:,} runs of each account, windows that end by {fit['until']}. "
        "In brackets: 95 % intervals, from resampled provinces and origins.", 118) + ["",
        "| Brier, months ahead | strength | moved | " + " | ".join(f"{h} ({n} windows)" for h, n in zip(HORIZONS, windows)) + " |",
        "|---|---|---|---|---|---|"]
    # What is mixed with truel is mixed with truel as it is, and left out.
    names = {key: name for key, name in ALL_BASELINES.items() if key[0] != "blend"}
    lines += baseline_lines(names, baseline, lambda h: learnt["base"][h], empty)
    for account, name in ACCOUNTS.items():
        fit, own = fits[account], learnt[account]
        moved = sum(number["is_fitted"] for number in fit["numbers"])
        lines.append(f"| **{name}** | {fit['strength']:.3g} | {moved} | "
                     + " | ".join(f"{mean(list(own[h].values())):.3f}" for h in HORIZONS) + " |")
        against = [("no change", lambda h: baseline("persistence", "", h)),
                   ("spatial hazard", lambda h: baseline("spatial-hazard", "", h)),
                   ("before it learnt", lambda h, account=account: held_back(account, "prior", h))]
        if account != "base":
            against.append(("the basic model, which learnt too", lambda h: learnt["base"][h]))
        for other, of in against:
            lines.append(f"| minus {other} |{empty} " + " | ".join(told(own[h], of(h), h) for h in HORIZONS) + " |")
    return [*lines, best_first(learnt, empty)]


def power_table(program, observed, runs, horizons=HORIZONS, begin=()):
    """Of each horizon a matrix: whose runs were taken for the observed data, who was distinguished from him, and how often who was not true came out ahead.
    begin: the option that names the first forecast, if it is not the earliest that the data allow."""
    found = {(int(row["horizon_months"]), row["truth"], row["other"]): row
             for row in power(program, observed, runs, "--origins", "quarterly", *begin, "--account", "base", *OPTIONS)}

    def cell(horizon, truth, other):
        row = found[horizon, truth, other]
        told, wrong = 100 * row["told"], 100 * row["wrong"]
        return f"*{told + wrong:.0f}*" if truth == other else f"{told:.0f}, {wrong:.0f}"

    first = found[horizons[0], "base", "base"]
    worst = 100 * max(found[key][f"{share}_se"] for key in found if key[0] in horizons for share in ("told", "wrong"))
    lines = wrapped(
        f"{first['records']:.0f} simulated records of each account, {runs} runs of each origin and account. First number: percentage of records in which "
        "the account of the row, were it true, scores better than that of the column beyond chance. Second: in which the wrong one does. In "
        f"italics: in which two halves of the account's own runs differ. Standard errors up to {worst:.0f}.", 118) + [""]
    for horizon in horizons:
        windows = found[horizon, "base", "base"]["windows"]
        lines += page_table([f"true, {horizon} months ahead ({windows:.0f} windows)", *ACCOUNTS.values()],
                            [[ACCOUNTS[truth], *(cell(horizon, truth, other) for other in ACCOUNTS)] for truth in ACCOUNTS])
        worth = [1000 * found[horizon, truth, other]["difference"] for truth in ACCOUNTS for other in ACCOUNTS if truth != other]
        lines += ["", f"The true account scores better by {-max(worth):.1f} to {-min(worth):.1f} thousandths of Brier score on average.", ""]
    return lines[:-1]


def fights_of_year(program, observed, runs, year):
    """Of a year what scores say of fights, and what each pair of sides did in the observed data ("") and in each realization of an account."""
    of, unled = (scored_fights(program, observed, runs, year, options) for options in (OPTIONS, UNLED_OPTIONS))
    for what in ("errors", "months"):
        of[what][UNLED] = unled[what][E]
    return of | counts_of_year(program, runs, year)


def scored_fights(program, observed, runs, year, options):
    """What scores of the basic model and of accounts say of fights, and what each pair of sides did."""
    with results(program, "score", PACKAGE, "--observed", observed, "--runs", runs, "--seed", 1, "--from", f"{year}-01-01", "--until",
                 f"{year}-12-31", "--power", "--account", "base", *options) as out:
        shares = {(row["account"], row["side"], row["enemy"]): row for row in rows(out / "fights.csv")
                  if not ELSEWHERE & {row["side"], row["enemy"]}}
        losses_of = {}
        for row in rows(out / "losses.csv"):
            if (row["target"], row["score"]) == ("fights", "fair-crps") and not ELSEWHERE & set(row["name"].split(" against ")):
                losses_of.setdefault(row["account"] or row["model"], []).append(100 * float(row["value"]))
        errors = {forecast: mean(own) for forecast, own in losses_of.items()}
        deaths, dead, months = {}, {}, {}
        for row in rows(out / "fights_by_run.csv"):
            pair, number = (row["side"], row["enemy"]), int(row["realization"])
            if ELSEWHERE & {*pair}:
                continue
            deaths.setdefault(row["account"], {}).setdefault(number, {})[pair] = float(row["deaths"])
            for counts, count in ((dead, float(row["deaths"])), (months, int(row["months"]))):
                counts.setdefault(row["account"], {}).setdefault(pair, []).append(count)
    by_run = {account: [fights.shares(of[number]) for number in sorted(of)] for account, of in deaths.items()}
    return {"shares": shares, "errors": errors, "by_run": by_run, "dead": dead, "months": months}


def counts_of_year(program, runs, year):
    """How many places each actor took from each other (captures), and how many attacks on it each began (offensives), in each realization of an
    account, by account and pair."""
    ground = [row["id"] for row in rows(PACKAGE / "actors.csv") if row["kind"] == "ground"]
    counts = {"captures": {}, "offensives": {}}
    metrics = [word for pair in itertools.permutations(ground, 2) for what in counts for word in ("--metric", f"dyads.{'.'.join(pair)}.{what}")]
    for accounts, changed in ((("base", E), ()), (("magnier", "assad_cannot"), ()), (("ehsan", "cole"), ()), (("base", E), UNLED_OPTIONS[2:])):
        with results(program, "compare", PACKAGE, "--from", f"{year}-01-01", "--until", f"{year}-12-31", "--runs", runs, "--seed", 1, *metrics,
                     *options_of(accounts), *changed) as out:
            for row in rows(out / "pairs.csv"):
                *pair, what = row["outcome"].split(".")
                if what in counts:
                    for account, side in zip([None, UNLED] if changed else accounts, "ab"):
                        counts[what].setdefault(account, {}).setdefault(tuple(pair[1:]), []).append(int(row[side]))
    return counts


@functools.cache
def actor_names():
    """Without what stands in brackets, by id."""
    return {row["id"]: row["name"].split(" (")[0] for row in rows(PACKAGE / "actors.csv")}


def side_words(side):
    """Of a side, or of an actor that is none by itself."""
    return SIDES.get(side) or actor_names().get(side, side.replace("_", " "))


def percent(row, *names):
    return " to ".join(f"{100 * float(row[name]):.0f}" for name in names)


def spread(values):
    """Between what whole numbers 90 % of the runs lie. values: one of each run."""
    return " to ".join(f"{quantile(values, level):.0f}" for level in SPREAD)


def share_of_runs(of, account, side, enemy):
    """Of a side's dead and killed the percentage in its fights with an enemy: the median and the spread of the runs in which anybody died in the
    side's fights; or that there are none. of: a year (fights_of_year)."""
    own = [100 * run[side, enemy] for run in of["by_run"][account] if (side, enemy) in run]
    return f"{quantile(own, 0.5):.0f} ({spread(own)})" if own else "no fights"


def words_of_power(runs):
    """How often one measure alone would tell which of two accounts is true. runs: as for fights.told_apart."""
    told = fights.told_apart({account: runs[account] for account in ACCOUNTS})
    right, wrong = ([each[k] for each in told.values()] for k in (0, 1))
    return (f"Together these numbers favour the true account over another beyond chance in {min(right):.0f} to {max(right):.0f} % of trials, "
            f"{statistics.median(right):.0f} % for the median pair, and a wrong one in up to {max(wrong):.0f} %.")


def by_realization(of_account):
    """Of numbers by pair of sides, each a list over realizations, those of each realization."""
    return [dict(zip(of_account, numbers)) for numbers in zip(*of_account.values())]


def observed_share(row):
    """Of a side's dead fighters those in fights with an enemy, in percent, and in brackets by other counts of the dead."""
    return f"{percent(row, 'record')} ({percent(row, 'record_low', 'record_high')})" if row["record"] else ""


def fights_table(years, runs):
    """Of each year what part of the army's and of the Islamic State's dead and killed fell in their fights with each other, in
    the observed data and in the runs of each account, and the error of the shares of all pairs of enemies."""
    sides = (("syrian_government", "isis"), ("isis", "syrian_government"))
    table = [["observed"]]
    for of in years.values():
        table[0] += [observed_share(of["shares"]["base", *pair]) for pair in sides] + [""]
    for account, name in ACCOUNTS.items():
        cells = [f"**{name}**" if account == "base" else name]
        for of in years.values():
            cells += [share_of_runs(of, account, *pair) for pair in sides]
            cells.append(f"{of['errors'][account]:.1f}")
        table.append(cells)
    for model, name in (("even", "every enemy alike"), ("last-year", "as in the year before")):
        table.append([name] + [cell for of in years.values() for cell in ("", "", f"{of['errors'][model]:.1f}" if model in of["errors"] else "no data")])
    head = [""] + [cell for year in years for cell in (f"{year}: army against IS, %", f"{year}: IS against army, %", f"{year}: error, all pairs, points")]
    return [f"Median of {runs} runs; in brackets the range of 90 % of the runs or, for what was observed, of UCDP's low, best and high counts. "
            "IS: the Islamic State. Iraq's sides are left out: the dead are those in Syria.", "", *page_table(head, table)]


def errors_of_year(of, year):
    """By question the error of each account: that of shares as told, of months and of captures the mean fair CRPS over pairs."""
    taken = fights.captures(rows(PACKAGE / "control.csv"), f"{year}-01-01", f"{year}-12-31")

    def error(of_account, observed):
        return mean([fights.Members(values).fair_crps(observed(pair)) for pair, values in of_account.items()])

    return {"who fights whom": {account: of["errors"][account] for account in JOINT},
            "in how many months": {account: error(of["months"][account], lambda pair: of["months"][""][pair][0]) for account in JOINT},
            "who takes places from whom": {account: error(of["captures"][account], lambda pair: taken.get(pair, 0)) for account in JOINT}}


def joint_table(years):
    """Errors of each account relative to those of the basic model, by year and question, and their mean."""
    page = PAGE.read_text(encoding="utf-8")
    head, columns = [""], {account: [] for account in JOINT}
    for year, of in years.items():
        held = {name: cells[-1][0] for name, row in table_after(page, f"**Windows that end in {year}**").items() if (cells := list(row.values()))[-1]}
        questions = {"who holds what": {account: held[name] for account, name in JOINT.items()}} | errors_of_year(of, year)
        head += [f"{year}: {words}" for words in (*questions, "all four")]
        for account in JOINT:
            parts = [100 * errors[account] / errors["base"] for errors in questions.values()]
            columns[account] += [f"{part:.0f}" for part in (*parts, mean(parts))]
    return page_table(head, [[f"**{name}**" if account == "base" else name, *columns[account]] for account, name in JOINT.items()])


def whole_fights_tables(years, runs):
    """The share of each enemy in each side's fighting, the months in which a pair fought, who took how many places from whom, and what these could tell."""
    spells = rows(PACKAGE / "control.csv")
    lines = wrapped(
        f"{runs} runs of each account from the first day of the year; of each the median, of captures and attacks the mean, and in brackets where 90 % of the runs lie. "
        f"What each table could tell stands before it and in its first column, each account being taken as true in turn and each of its {runs} runs as the "
        "observed data. *Power*: in what percentage of trials the number, were one account true, would lie among the outermost 5 % of the runs of another, "
        "on average over all pairs of accounts; of two that say the same about 5 %.") + [""]

    def add(what, observed, runs_of, table, *more):
        lines.extend([*wrapped(f"**{what}** {words_of_power(runs_of)} {observed}".rstrip()), "", *page_table(["", "power", "observed", *ACCOUNTS.values(), *more], table), ""])

    for year, of in years.items():
        table = []
        for side, enemy in sorted({key[1:] for key in of["shares"]}):
            own = {account: of["shares"][account, side, enemy] for account in ACCOUNTS}
            if max(float(own["base"]["record"] or 0), *(float(row["runs_median"] or 0) for row in own.values())) < LEAST_SHARE:
                continue
            power = fights.power_of_one({account: [run[side, enemy] for run in of["by_run"][account] if (side, enemy) in run] for account in ACCOUNTS})
            table.append([f"{side_words(side)} against {side_words(enemy)}", "" if math.isnan(power) else f"{power:.0f}", observed_share(own["base"]),
                          *(share_of_runs(of, account, side, enemy) for account in ACCOUNTS)])
        add(f"{year}: share of each enemy in the dead of all of a side's fights, %.",
            "Observed: fighters; in brackets by fighters and by UCDP's low, best and high estimates of all dead.", of["by_run"], table)
        for what, title, least in (("dead", "fighters who died in the fights of two sides", LEAST_DEAD), ("months", "months in which a fighter died in the fights of two sides", 1)):
            counts, table = of[what], []
            for pair in sorted(counts[""]):
                own, seen = {account: counts[account][pair] for account in ACCOUNTS}, counts[""][pair][0]
                if max(seen, *(quantile(values, 0.5) for values in own.values())) >= least:
                    table.append([" and ".join(map(side_words, pair)), f"{fights.power_of_one(own):.0f}", f"{seen:.0f}",
                                  *(f"{quantile(values, 0.5):.0f} ({spread(values)})" for values in own.values())])
            add(f"{year}: {title}.", "", {account: by_realization(counts[account]) for account in ACCOUNTS}, table)
        taken = fights.captures(spells, f"{year}-01-01", f"{year}-12-31")
        for what, title, observed, fewest, between in (
                ("captures", "places that one side took from another", "Observed: changes of hands in control.csv; not every capture says who attacked.",
                 FEWEST_CAPTURES, "from"),
                ("offensives", "attacks that one side began on another", "Nobody has counted attacks.", FEWEST_ATTACKS, "on")):
            counts, table = of[what], []
            ever = [pair for pair in counts["base"] if any(any(counts[account][pair]) for account in ACCOUNTS)]
            for pair in sorted(counts[UNLED]):
                own = {account: counts[account][pair] for account in (*ACCOUNTS, UNLED)}
                seen = taken.get(pair, 0) if what == "captures" else None
                if max(seen or 0, *map(mean, own.values())) >= fewest:
                    power = fights.power_of_one({account: own[account] for account in ACCOUNTS})
                    table.append([f"{side_words(pair[0])} {between} {side_words(pair[1])}", f"{power:.0f}", "" if seen is None else str(seen),
                                  *(f"{mean(values):.1f} ({spread(values)})" for values in own.values())])
            add(f"{year}: {title}.", observed, {account: by_realization({pair: counts[account][pair] for pair in ever}) for account in ACCOUNTS},
                table, UNLED_SAYS)
    return lines[:-1]


def cells_of(line):
    return [cell.strip(" *") for cell in line.strip().strip("|").split("|")]


def numbers_of(cell):
    return [float(number) for number in re.findall(r"[-+]?\d+(?:\.\d+)?", cell)]


def table_after(text, mark):
    """Rows by their first cell, of each the numbers of the others by the head of their column, in the first table after a mark."""
    lines = itertools.dropwhile(lambda line: not line.startswith("|"), text[text.index(mark):].splitlines())
    head, _, *body = itertools.takewhile(lambda line: line.startswith("|"), lines)
    return {name: dict(zip(cells_of(head)[1:], map(numbers_of, cells))) for name, *cells in map(cells_of, body)}


def quoted(page, verdict):
    """Numbers that docs/verdict.md quotes in its sentences, read from the tables that stand in it and in a page."""
    def power_in(block):
        """Of a block of power, by pair of accounts, how often the true one was found; how often the other came out ahead, and how often
        two halves of one account's runs differ."""
        told, wrong, same = {}, [], []
        power = page[page.index(f"<!-- {block} -->"):]
        for line in power[:power.index("<!-- end -->")].splitlines():
            if line.startswith("| true"):
                names = cells_of(line)[1:]
            elif line.startswith("|") and not line.startswith("|-"):
                truth, *cells = cells_of(line)
                for other, cell in zip(names, cells):
                    if truth == other:
                        same.append(numbers_of(cell)[0])
                    else:
                        told.setdefault((truth, other), []).append(numbers_of(cell)[0])
                        wrong.append(numbers_of(cell)[1])
        return told, wrong, same

    told, wrong, _ = power_in("power")
    told_2017, wrong_2017, same_2017 = power_in("power of 2017")
    of_2017 = [share for shares in told_2017.values() for share in shares]

    def span(chosen):
        values = [value for pair, own in told.items() if chosen(pair) for value in own]
        return {"least": min(values), "most": max(values)}

    short = {says: account if account in ("base", UNLED) else ACCOUNTS[account] for account, says in (SAYS | {UNLED: UNLED_SAYS}).items()}
    short |= {name: name for name in ACCOUNTS.values() if name not in short}

    def told_by(what):
        """How often a measure of both years, named in the titles of its tables, favours the true account, and how often a wrong one."""
        found = re.findall(rf"\*\*\d+: {what}.*?in (\d+) to (\d+) % of trials, (\d+) % for the median pair, and a wrong one in up to (\d+) %", " ".join(page.split()))
        least, most, middle, wrong = ([int(number) for number in of] for of in zip(*found))
        return {"least": min(least), "most": max(most), "middle": min(middle), "wrong": max(wrong)}

    def of_accounts(rows, column):
        """Of rows by account what stands in a column, by the account's short name."""
        return {short[name]: row[column] for name, row in rows.items() if name in short}

    by_chance = re.search(rf"two accounts in windows that end in 2017.*?and the basic model, {HORIZONS[-1]} months ahead: ([^.]*)\.", " ".join(page.split()))[1]
    taken = table_after(page, "**2017: places that one side took")["Syrian army from Islamic State"]
    dead = [table_after(page, f"**{year}: fighters who died")["Islamic State and army and its allies"] for year in FIGHT_YEARS]
    fought, beliefs = table_after(verdict, "<!-- fights -->"), table_after(verdict, "<!-- priors -->")
    alike = {ACCOUNTS["base"], "C", "D"}
    return {"by_chance": {name: float(share) for name, share in re.findall(r"(\w) (\d+) %", by_chance)},
            "captures": {"observed": taken["observed"]} | {short[name]: own for name, own in taken.items() if name in short},
            "fights": {"east": fought["observed"]["2017: army against IS, %"][0], "east_basic": fought["the basic model"]["2017: army against IS, %"][0]},
            "dead": {"observed": [own["observed"][0] for own in dead], "base": [own[ACCOUNTS["base"]][0] for own in dead]},
            "joint": of_accounts(table_after(page, "<!-- joint -->"), f"{FIGHT_YEARS[-1]}: all four"),
            "most_moved": max(abs(after - before) for own in beliefs.values() for before, after, *_ in own.values()),
            "power": {"alike": span(lambda pair: set(pair) <= alike), "one_side": span(lambda pair: len({*pair} & alike) == 1 and "E" not in pair),
                      "a_and_b": span(lambda pair: set(pair) == {"A", "B"}), "e": span(lambda pair: "E" in pair), "wrong": max(wrong),
                      "in_2017": {"least": min(of_2017), "most": max(of_2017), "wrong": max(wrong_2017), "same_least": min(same_2017), "same_most": max(same_2017)}, "fights": told_by("share of each enemy"), "dead": told_by("fighters who died in the fights of two sides"), "captures": told_by("places that one side took")}}


def fitted_deaths_table(folder, program, observed):
    """Deaths of 2017 with the weights of all windows that had ended by then, beside the account as it is."""
    learnt = {account: f"learnt_{account}" for account in ACCOUNTS}
    with tempfile.TemporaryDirectory() as copies:
        package = shutil.copytree(PACKAGE, pathlib.Path(copies) / PACKAGE.name)
        for account, name in learnt.items():
            fitted = (folder / account / "fitted.toml").read_text(encoding="utf-8")
            (package / "accounts" / f"{name}.toml").write_text(fitted.replace('"fitted.csv"', f'"{name}.csv"'), encoding="utf-8")
            shutil.copy(folder / account / "fitted.csv", package / "accounts" / f"{name}.csv")
        found = scored_deaths(program, observed, options_of([*list(ACCOUNTS)[1:], *learnt.values()]), package=package)
    lines = []
    for account, name in ACCOUNTS.items():
        cells = []
        for score in DEATH_SCORES:
            own = found[score]["truel", learnt[account]]
            cells.append(f"{mean(list(own.values())):.3g}")
            for other in ((AGAINST, ""), ("truel", account)):
                cells.append(with_interval(*difference(own, found[score][other], 12, dyad_of)))
        lines.append([f"**{name}**", *cells])
    return page_table(["forecast of deaths in 2017", "CRPS, deaths", "minus conflictology", "minus before it learnt", "ignorance, bits",
                       "minus conflictology", "minus before it learnt"], lines)


def write_fits(folder, program, observed):
    scored = losses(program, observed, 2, "--origins", "quarterly")  # for the baselines, which need no runs
    write_between(PAGE, "fitted", fitted_table(pathlib.Path(folder), scored))
    write_between(PAGE, "fitted deaths", fitted_deaths_table(pathlib.Path(folder), program, observed))


def print_quoted():
    print(json.dumps(quoted(*(path.read_text(encoding="utf-8") for path in (PAGE, VERDICT)))))


def write_power(program, observed, runs="1000"):
    write_between(PAGE, "power", power_table(program, observed, runs))
    write_power_of_2017(program, observed, runs)


def write_power_of_2017(program, observed, runs="1000"):
    write_between(PAGE, "power of 2017", power_table(program, observed, runs, HORIZONS[-1:], ("--from", FIRST_OF_2017)))


def write_fights(program, observed, runs=300):
    years = {year: fights_of_year(program, observed, runs, year) for year in FIGHT_YEARS}
    write_between(VERDICT, "fights", fights_table(years, runs))
    write_between(PAGE, "fights", whole_fights_tables(years, runs))
    write_between(PAGE, "joint", joint_table(years))


def write_accounts(program, observed, runs="1000"):
    found = [losses_by_score(program, observed, runs, ("brier", "log"), "--origins", "quarterly", *chosen) for chosen in ((), OPTIONS)]
    scored, logs = (found[0][score] | found[1][score] for score in ("brier", "log"))
    unled = losses(program, observed, runs, "--origins", "quarterly", *UNLED_OPTIONS)
    scored |= {("truel", UNLED, horizon): unled["truel", E, horizon] for horizon in HORIZONS}
    write_between(FINDINGS, "misses", misses(scored["truel", "base", 12], scored["persistence", "", 12]))

    def table(chosen):
        def forecast(model, account, horizon):
            return {key: loss for key, loss in scored[model, account, horizon].items() if chosen(key, horizon)}

        windows = [len({origin for origin, _ in forecast("persistence", "", h)}) for h in HORIZONS]
        lines = ["| Brier, months ahead | " + " | ".join(f"{h} ({n} windows)" for h, n in zip(HORIZONS, windows)) + " |",
                 "|---|---|---|---|"]
        lines += baseline_lines(ALL_BASELINES, lambda *key: forecast(*key) if key in scored else {}, lambda h: forecast("truel", "base", h))
        for account, name in JOINT.items():
            lines.append(f"| **{name}** | " + " | ".join(
                f"{mean(list(forecast('truel', account, h).values())):.3f}" for h in HORIZONS) + " |")
            against = [("no change", "persistence", ""), ("spatial hazard", "spatial-hazard", "")]
            if account != "base":
                against.append(("the basic model", "truel", "base"))
            if account == UNLED:
                against.append(("E", "truel", E))
            for other, model, other_account in against:
                cells = [told(forecast("truel", account, h), forecast(model, other_account, h), h) for h in HORIZONS]
                lines.append(f"| minus {other} | " + " | ".join(cells) + " |")
        lines.append(best_first({account: {h: forecast("truel", account, h) for h in HORIZONS} for account in ACCOUNTS}))
        return lines

    begins = sorted({origin for origin, _ in scored["persistence", "", 3]})
    lines = [f"{runs} runs of each origin and account, quarterly origins. In brackets: 95 % intervals, from resampled "
             "provinces and origins.", "", f"**All windows, {begins[0]} to {months_later(datetime.date.fromisoformat(begins[-1]), 3)}**", "", *table(lambda key, h: True), ""]
    for year in (2016, 2017):
        lines += [f"**Windows that end in {year}**", "", *table(ends_in(year)), ""]
    in_2017 = ends_in(2017)
    unseen = {account: late(scored, "truel", account, 12) for account in ACCOUNTS}
    for account in list(ACCOUNTS)[1:]:
        lines += excess(ACCOUNTS[account], unseen[account], unseen["base"])
    for words, chosen in (("over all windows", lambda key, horizon: True), ("in windows that end in 2017", in_2017)):
        lines += largest_of_all(scored, words, chosen) + [""]
    lines += weights_table(logs)
    write_between(VERDICT, "answer", answer_table(scored))
    write_between(ROOT / "README.md", "scores", readme_words(scored))
    write_between(PAGE, "accounts", lines)
    write_deaths(program, observed)


if __name__ == "__main__":
    modes = {"--fits": write_fits, "--quoted": print_quoted, "--power": write_power, "--power-of-2017": write_power_of_2017, "--fights": write_fights, "--deaths": write_deaths}
    if sys.argv[1] in modes:
        modes[sys.argv[1]](*sys.argv[2:])
    else:
        write_accounts(*sys.argv[1:])
