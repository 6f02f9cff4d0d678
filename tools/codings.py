#!/usr/bin/env python3
"""Compares two codings of each author's account of Syria, 2016 to 2018: the first in the package, the second, made from the text alone, in
scenarios/codings/syria-2016. Writes between marks and <!-- end --> of docs/verdict-tables.md what each coding scores on the observed data, whether
authors or codings lie further apart, what becomes of the Islamic State, on which settings the coders agree, and how much weight each author
gets; and a summary in docs/verdict.md.

The observed data, the windows and the resamples are those of tools/verdict.py.

Usage: tools/codings.py TRUEL OBSERVED [RUNS]. OBSERVED: the folder of the observed data. Takes twice the time of verdict.py.
"""
import collections
import contextlib
import csv
import json
import math
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import tomllib

import observed_land
import verdict
from page_parts import ROOT, centre, range_95, table, told as printed, with_range, wrapped, write_between
from paired_losses import HORIZONS, PACKAGE, losses_by_score, mean, resampled_means, rows

LAST_OBSERVED = "2017-12-31"
CODINGS = ROOT / "scenarios" / "codings"
CHANGES = "interventions.csv"
SECOND = "second_"  # before the id of an author: that of the second coding in a copy of the package
AUTHORS = {account: name for account, name in verdict.ACCOUNTS.items() if account != "base"}
END_RUNS = 200
STRENGTH = 1 / 32  # of weights by losses: what fits of control chose for every account, see docs/verdict-tables.md
ALL, LATE = "all windows", "windows that end in 2017"
CHOSEN = {ALL: lambda key, horizon: True, LATE: verdict.ends_in(2017)}


SCORED = ("{runs} runs of each origin and coding, quarterly origins. In brackets: 95 % intervals, from resampled provinces and origins. Both codings are scored in one "
          "package, whose runs draw other values than those of the package without the second codings: so first codings differ here a little from the tables above.")


@contextlib.contextmanager
def laid(package, codings, name="{}"):
    """A copy of a package with the accounts of a folder among its own, under the names that `name` gives them, and with the folder's dated changes."""
    with tempfile.TemporaryDirectory(prefix="truel-codings-") as folder:
        copy = pathlib.Path(shutil.copytree(package, pathlib.Path(folder) / package.name))
        for file in sorted(codings.glob("*.toml")):
            shutil.copy(file, copy / "accounts" / (name.format(file.stem) + ".toml"))
        if (more := codings / CHANGES).exists():
            changes = rows(copy / CHANGES) + rows(more)
            with open(copy / CHANGES, "w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(dict.fromkeys(column for row in changes for column in row)), restval="")
                writer.writeheader()
                writer.writerows(changes)
        yield copy


def components(values):
    """Variances between authors and between codings of one author (one-way analysis of variance with random effects). values: of each
    author as many as of any other. That between authors is unbiased and so can fall below 0."""
    own = list(values)
    n = len(own[0])
    within = mean([statistics.variance(of_one) for of_one in own])
    return statistics.variance([mean(of_one) for of_one in own]) - within / n, within


def deviation(variance):
    """Standard deviation of a variance, 0 where its estimate is below 0."""
    return math.sqrt(max(0, variance))


def direction(account, package):
    """Whether an account has a number higher (1), lower (-1) or as the package (0)."""
    difference = centre(account) - centre(package)
    return 0 if math.isclose(centre(account), centre(package), rel_tol=1e-6, abs_tol=1e-12) else int(math.copysign(1, difference))


def number_named(path):
    """Towns and dates of support and strength count as one number."""
    parts = path.split(".")
    return ".".join(parts[:2]) if parts[0] in ("support", "forces") else path


def agreement(first, second, package):
    """Of two codings, each a value by path, and the package's values: how many numbers each sets, how many both set, and of these how many go
    the same way from the package and how many opposite ways, and which; where one of them has the package's middle, neither. Also in how
    many the first goes further."""
    ways, leads = {}, {}
    for path in first.keys() & second.keys():
        number = number_named(path)
        ways.setdefault(number, []).append(direction(first[path], package[path]) * direction(second[path], package[path]))
        one, other = (abs(centre(of[path]) - centre(package[path])) for of in (first, second))
        leads.setdefault(number, []).append(one - other)
    signs = {number: sum(of) for number, of in ways.items()}
    return {"first": len({number_named(path) for path in first}), "second": len({number_named(path) for path in second}), "both": len(signs),
            "same": sum(sign > 0 for sign in signs.values()), "further": sum(sum(of) > 1e-12 for of in leads.values()),
            "opposite": sorted(number for number, sign in signs.items() if sign < 0)}


def numbers(program, package, path):
    """What the package and its accounts have for the numbers that a path names."""
    done = subprocess.run([program, "claims", package, "--of", path, "--json"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["numbers"]


def settings(program, package, account):
    """Values of all numbers that an account sets, and those that the package has for them, by path."""
    found, base = {}, {}
    text = (package / "accounts" / f"{account}.toml").read_text(encoding="utf-8")
    for line in tomllib.loads(text)["set"]:
        for path in [line["path"]] if isinstance(line["path"], str) else line["path"]:
            for number in numbers(program, package, path):
                if number["account"] in (None, account):
                    (base if number["account"] is None else found)[number["path"]] = number["value"]
    for path, value in base.items():
        table_name, attacker, *_, column = path.split(".")
        if value == "nan" and (table_name, column) == ("ties", "kill_rate"):  # then the attacker's own holds
            base[path] = numbers(program, package, f"actors.{attacker}.kill_rate")[0]["value"]
    return found, base


def agreement_table(program, package):
    lines = []
    for author, name in AUTHORS.items():
        (first, base), (second, more) = (settings(program, package, account) for account in (author, SECOND + author))
        of = agreement(first, second, base | more)
        lines.append([name, *(str(of[key]) for key in ("first", "second", "both", "same")), str(len(of["opposite"])), str(of["further"]),
                      "; ".join(f"`{path}`" for path in of["opposite"])])
    return [*wrapped("Numbers that the coders set; towns and dates of support or strength count as one. Direction: of the middle of the "
                     "range, from the package's. Where one coder kept the package's middle there is none.", 118), "",
            *table(["account", "first sets", "second sets", "both", "of these the same way", "opposite ways", "first further", "which opposite"], lines)]


def chosen_losses(scored, account, horizon, words):
    return {key: loss for key, loss in scored["truel", account, horizon].items() if CHOSEN[words](key, horizon)}


def scores_table(scored, words):
    lines = []
    for author, name in AUTHORS.items():
        for horizon in HORIZONS:
            first, second, base = (chosen_losses(scored, account, horizon, words) for account in (author, SECOND + author, "base"))
            lines.append([name, str(horizon), f"{mean(list(first.values())):.3f}", f"{mean(list(second.values())):.3f}",
                          verdict.told(second, first, horizon), verdict.told(first, base, horizon), verdict.told(second, base, horizon)])
    return [f"**{words[0].upper()}{words[1:]}**", "",
            *table(["account", "months", "first", "second", "second minus first", "first minus the basic model", "second minus the basic model"], lines)]


def spread(scored, horizon, words):
    """Standard deviations between authors and between codings, each with a 95 % range of resamples, and the percentage of resamples
    in which authors lie further apart."""
    own = [[chosen_losses(scored, account, horizon, words) for account in (author, SECOND + author)] for author in AUTHORS]
    value = components([[mean(list(losses.values())) for losses in pair] for pair in own])
    drawn = [[resampled_means(losses, horizon) for losses in pair] for pair in own]
    draws = [components([[means[k] for means in pair] for pair in drawn]) for k in range(len(drawn[0][0]))]
    parts = []
    for part in range(2):
        parts.append(with_range(1000 * deviation(value[part]), *range_95(1000 * deviation(draw[part]) for draw in draws), ".1f"))
    return parts, 100 * mean([draw[0] > draw[1] for draw in draws]), value


def spread_table(scored):
    lines, greater = [], []
    for words in CHOSEN:
        for horizon in HORIZONS:
            parts, more, (between, within) = spread(scored, horizon, words)
            lines.append([words, str(horizon), *parts, f"{more:.0f}"])
            greater.append(f"{words}, {horizon} months ahead: {'authors' if between > within else 'codings'}")
    return [*wrapped("Standard deviations of the Brier score in thousandths, between authors and between the codings of one author, whose "
                     "spread is taken out of the first; in brackets the range of 95 % of resamples. Last column: the percentage of resamples in "
                     "which authors lie further apart than codings. Resampling adds chance differences, which count as spread between codings: their "
                     "ranges lie rather high, and the percentage rather low.", 118), "",
            *table(["windows", "months", "between authors", "between codings", "authors further apart, %"], lines), "",
            *wrapped("Which spread is greater: " + "; ".join(greater) + ".", 118)]


def apart(values, form):
    """Words for the standard deviations between authors and between codings. values: the pair of codings of each author."""
    between, within = (deviation(variance) for variance in components(values))
    return f"{form(between)} between authors and {form(within)} between codings of one author"


def end_table(program, package):
    lines, land, men = [], [], []
    for account, name in {"base": "the basic model", **AUTHORS}.items():
        pair = []
        for coding in ("",) if account == "base" else ("", SECOND):
            words = [] if account == "base" else ["--account", coding + account]
            actor = printed(program, "run", package, *words, "--runs", str(END_RUNS))["actors"]["isis"]
            share, fighters = actor["value_share"], actor["final_fighters"]
            lines.append([name if account == "base" else f"{name}, {'second' if coding else 'first'}", f"{100 * actor['survival_probability']:.0f}",
                          f"{100 * share['mean']:.0f} ({100 * share['q05']:.0f} to {100 * share['q95']:.0f})",
                          f"{fighters['mean']:,.0f} ({fighters['q05']:,.0f} to {fighters['q95']:,.0f})"])
            pair.append((share["mean"], fighters["mean"]))
        if account != "base":
            land.append([share for share, _ in pair])
            men.append([fighters for _, fighters in pair])
    return [f"The Islamic State on 31 December 2018; {END_RUNS} runs, in brackets where 90 % of them lie.", "",
            *table(["", "survives, %", "land by value, %", "fighters"], lines), "",
            *wrapped(f"Observed: on {LAST_OBSERVED}, when the observed data end, it held {100 * observed_land.held(PACKAGE, LAST_OBSERVED)['isis']:.0f} % of the land."), "",
            *wrapped(f"Standard deviations, the spread of codings taken out of that of authors. Land: {apart(land, lambda x: f'{100 * x:.1f} points')}. "
                     f"Fighters: {apart(men, lambda x: f'{x:,.0f}')}.", 118)]


def pooled(one, other):
    """Log losses of the mean of two forecasts, from those of each: the log loss is that of the chance given to what happened."""
    return {key: -math.log((math.exp(-one[key]) + math.exp(-other[key])) / 2) for key in one.keys() & other.keys()}


def posterior(priors, sums, strength):
    """Weights in proportion to prior times exp(-strength x sum of losses), as truel fit has them of draws."""
    least = min(sums)
    parts = [prior * math.exp(-strength * (total - least)) for prior, total in zip(priors, sums)]
    return [part / sum(parts) for part in parts]


def by_author(names, weights):
    """Weights of authors from those of forecasts. names: the author of each."""
    found = collections.Counter()
    for name, weight in zip(names, weights):
        found[name] += weight
    return [found[name] for name in verdict.ACCOUNTS]


PRIORS = {"each account is as credible as the basic model": "by Brier losses, authors alike at first",
          "each coding is as credible as the basic model": "by Brier losses, codings alike at first"}


def priors_table(weights):
    """The weights that the verdict tells: before the observed data, and after them. weights: rows of weights_table."""
    named, authors = {row[0]: row[1:] for row in weights}, len(verdict.ACCOUNTS) - 1
    lines = []
    for (words, rule), shares in zip(PRIORS.items(), ([1] * (authors + 1), [1, *[2] * authors])):
        cells = (f"{100 * share / sum(shares):.0f}; {cell}" for share, cell in zip(shares, named[rule]))
        lines.append([words, *cells])
    return table(["belief in %, before; after the observed data", *verdict.ACCOUNTS.values()], lines)


def weights_rows(scored, logs):
    """Weights of the package and the authors by two rules and under two priors, with the ranges that resampled provinces give."""
    group = {row["place_id"]: row["admin1"] for row in rows(PACKAGE / "places.csv")}
    groups = sorted({*group.values()})
    forecasts = ["base", *(coding + author for author in AUTHORS for coding in ("", SECOND))]
    names = [forecast.removeprefix(SECOND) for forecast in forecasts]
    even = {"authors": [1 / len(verdict.ACCOUNTS) / names.count(name) for name in names], "codings": [1 / len(names)] * len(names)}
    year = HORIZONS[-1]
    single = [logs["truel", forecast, year] for forecast in forecasts]
    together = [logs["truel", "base", year], *(pooled(logs["truel", author, year], logs["truel", SECOND + author, year]) for author in AUTHORS)]
    keys = sorted(single[0])
    sums = []  # of Brier scores, by forecast and province, over all horizons
    for forecast in forecasts:
        of = collections.Counter()
        for horizon in HORIZONS:
            for (_, place), loss in scored["truel", forecast, horizon].items():
                of[group[place]] += loss
        sums.append(of)

    def bayes(prior):
        return lambda times: by_author(names, posterior(even[prior], [sum(times[g] * of[g] for g in of) for of in sums], STRENGTH))

    def stacking(own, authors):
        ordered = [[losses[key] for key in keys] for losses in own]
        return lambda times: by_author(authors, verdict.stacked(ordered, [times[group[place]] for _, place in keys]))

    rules = {"by Brier losses, authors alike at first": bayes("authors"), "by Brier losses, codings alike at first": bayes("codings"),
             "stacking, both codings of an author as one forecast": stacking(together, list(verdict.ACCOUNTS)),
             "stacking, every coding a forecast": stacking(single, names)}
    lines = []
    for rule, weigh in rules.items():
        rng = random.Random(1)
        middle = weigh(collections.Counter(groups))
        draws = [weigh(collections.Counter(rng.choices(groups, k=len(groups)))) for _ in range(verdict.WEIGHT_RESAMPLES)]
        lines.append([rule, *(with_range(100 * weight, *range_95(100 * draw[k] for draw in draws), ".0f") for k, weight in enumerate(middle))])
    return lines


def weights_table(lines):
    return [*wrapped(f"Weights in percent, an author's codings added up; in brackets the range of 95 % of {verdict.WEIGHT_RESAMPLES} resamples of "
                     f"provinces. By Brier losses: exp(-w × sum of losses) over all windows of all horizons, as [fits](fit-methods.md) weigh draws, with "
                     f"w = 1/{1 / STRENGTH:.0f}, which they chose for every account. Every author has two codings and the basic model one, so the two "
                     f"priors differ in what the basic model has at first. Stacking: the mixture that forecasts best {HORIZONS[-1]} months ahead by the "
                     "log score.", 118), "",
            *table(["", *verdict.ACCOUNTS.values()], lines)]


def of_second(scored):
    """Losses with the second codings under the names of the first."""
    return {(model, account.removeprefix(SECOND), horizon): own for (model, account, horizon), own in scored.items() if account not in AUTHORS}


def summary_table(scored):
    """A year ahead, of each author both codings against the package, and the difference between the two."""
    year, lines = HORIZONS[-1], []
    for author, name in AUTHORS.items():
        cells = []
        for words in CHOSEN:
            first, second, base = (chosen_losses(scored, account, year, words) for account in (author, SECOND + author, "base"))
            cells += [verdict.told(first, base, year), verdict.told(second, base, year)]
        lines.append([name, *cells])
    return table(["a year ahead, minus the basic model", *(f"{words}: {which} coding" for words in CHOSEN for which in ("first", "second"))], lines)


def main():
    program, observed = sys.argv[1:3]
    runs = sys.argv[3] if len(sys.argv) > 3 else "1000"
    with laid(PACKAGE, CODINGS / PACKAGE.name, SECOND + "{}") as package:
        accounts = ["base", *AUTHORS, *(SECOND + author for author in AUTHORS)]
        found = losses_by_score(program, observed, runs, ("brier", "log"), "--origins", "quarterly", *verdict.options_of(accounts), package=package)
        ends, agree = end_table(program, package), agreement_table(program, package)
    scored, logs = found["brier"], found["log"]
    lines = [*wrapped(SCORED.format(runs=runs)), ""]
    for words in CHOSEN:
        lines += [*scores_table(scored, words), ""]
    lines += ["With the second codings in place of the first:", ""]
    for words, chosen in CHOSEN.items():
        lines += [*verdict.largest_of_all(of_second(scored), f"{'over' if words == ALL else 'in'} {words}", chosen), ""]
    weights = weights_rows(scored, logs)
    for mark, of in (("codings scored", lines[:-1]), ("codings apart", spread_table(scored)), ("codings at the end", ends),
                     ("codings agree", agree), ("codings weighed", weights_table(weights))):
        write_between(verdict.PAGE, mark, of)
    write_between(verdict.VERDICT, "second codings", summary_table(scored))
    write_between(verdict.VERDICT, "priors", priors_table(weights))


if __name__ == "__main__":
    main()
