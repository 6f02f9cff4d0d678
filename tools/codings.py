#!/usr/bin/env python3
"""Compares two codings of each author's account of Syria, 2016 to 2018: the first in the package, the second, made from the text alone, in
scenarios/codings/syria-2016. Writes between marks and <!-- end --> of docs/verdict-tables.md on which settings the coders agree, what becomes
of the Islamic State under each coding, and whether authors or codings lie further apart in that.

Usage: tools/codings.py TRUEL
"""
import contextlib
import datetime
import json
import math
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import tomllib

import verdict
from page_parts import ROOT, table, told as printed, wrapped, write_between
from paired_losses import PACKAGE, mean

CODINGS = ROOT / "scenarios" / "codings"
SECOND = "second_"  # before the id of an author: that of the second coding in a copy of the package
AUTHORS = {account: name for account, name in verdict.ACCOUNTS.items() if account != "base"}
END_RUNS = 200


@contextlib.contextmanager
def laid(package, codings, name="{}"):
    """A copy of a package with the accounts of a folder among its own, under the names that `name` gives them."""
    with tempfile.TemporaryDirectory(prefix="truel-codings-") as folder:
        copy = pathlib.Path(shutil.copytree(package, pathlib.Path(folder) / package.name))
        for file in sorted(codings.glob("*.toml")):
            shutil.copy(file, copy / "accounts" / (name.format(file.stem) + ".toml"))
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


def centre(value):
    """The middle of a number as packages write it: the median where there is one, the mean of a switch that is drawn."""
    try:
        return float(value)
    except ValueError:
        pass
    if value.count("-") >= 2 and value[:4].isdigit():
        ends = [datetime.date.fromisoformat(day).toordinal() for day in value.split("..")]
        return mean(ends)
    if ".." in value:
        return mean([float(end) for end in value.split("..")])
    kind, words = value.rstrip(")").split("(")
    numbers = [float(word) for word in words.split(",")]
    if kind == "loguniform":
        return math.sqrt(numbers[0] * numbers[1])
    if kind in ("uniform", "either"):
        return mean(numbers)
    if kind in ("normal", "lognormal"):
        return numbers[0]
    if kind == "triangular":
        return numbers[1]
    raise ValueError(f"no middle is known of {value}")


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


def apart(values, form):
    """Words for the standard deviations between authors and between codings. values: the pair of codings of each author."""
    between, within = (deviation(variance) for variance in components(values))
    return f"{form(between)} between authors and {form(within)} between codings of one author"


def end_table(program, package):
    lines, land, men = [], [], []
    for account, name in {"base": "the package", **AUTHORS}.items():
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
    return [f"The Islamic State on 31 December 2018; {END_RUNS} runs, in brackets their 5th to 95th percentile.", "",
            *table(["", "survives, %", "land by its worth, %", "fighters"], lines), "",
            *wrapped(f"Standard deviations, the spread of codings taken out of that of authors. Land: {apart(land, lambda x: f'{100 * x:.1f} points')}. "
                     f"Fighters: {apart(men, lambda x: f'{x:,.0f}')}.", 118)]


def main():
    program = sys.argv[1]
    with laid(PACKAGE, CODINGS / PACKAGE.name, SECOND + "{}") as package:
        for mark, lines in (("codings agree", agreement_table(program, package)), ("codings at the end", end_table(program, package))):
            write_between(verdict.PAGE, mark, lines)


if __name__ == "__main__":
    main()
