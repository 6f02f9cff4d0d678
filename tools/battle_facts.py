#!/usr/bin/env python3
"""Works out facts of battles from a table of engagements, with their fits, and what packages assume beside them.

usage: python3 tools/battle_facts.py ENGAGEMENTS [TRUEL [PACKAGE ...]] [--write]

ENGAGEMENTS: engagements.csv, the columns that docs/engagements.md names. TRUEL: the program; runs of packages are then told in the
same facts. PACKAGE: folders; these are told, and nothing else. --write: instead of printing, between the marks of docs/engagements.md.

Logits and lognormal thresholds with censoring are fitted by Newton's method; standard errors let the battles of one campaign (a
war, a theatre and a year) depend on each other. Nothing of the table itself is written.
"""
import csv
import datetime
import math
import pathlib
import re
import sys
import tomllib

from page_parts import ROOT, mean, quantile, results, rows, wrapped, write_between

PAGE = ROOT / "docs" / "engagements.md"
PACKAGES = ("syria-2016", "bosnia-1992", "ukraine-2022")
PERIODS = ((1600, 1913), (1914, 1938), (1939, 1945), (1946, 1982))
SINCE = 1914
BINS = ((0, 1), (1, 1.5), (1.5, 2), (2, 3), (3, 5), (5, math.inf))
COLUMNS = ("war", "place", "start", "days", "attacker_men", "defender_men", "attacker_casualties", "defender_casualties", "winner",
           "advance_km", "surprise", "defence", "attacker_outcome")
# Runs whose battles are told: a name, the package, and options. With LEAVES sides bear a
# quarter of what the thresholds since 1914 are, which are of dead, wounded and missing.
LEAVES = tuple(word for name, value in (("attacker_loss", 0.045), ("defender_loss", 0.045), ("spread", 1.3))
               for word in ("--set", f"scenario.laws.battles.{name}={value}"))
THE_YEAR = ("--from", "2015-01-01", "--until", "2015-12-31")
RUNS = (("syria-2016, 2015", "syria-2016", THE_YEAR),
        ("account fronts_held", "syria-2016", ("--account", "fronts_held", *THE_YEAR)),
        ("syria-2016, sides leave", "syria-2016", THE_YEAR + LEAVES),
        ("bosnia-1992", "bosnia-1992", ()),
        ("the same, sides leave", "bosnia-1992", LEAVES),
        ("ukraine-2022", "ukraine-2022", ()),
        ("the same, sides leave", "ukraine-2022", LEAVES))
REALIZATIONS = 24
LEAST_MEN = 20          # on either side: below, a share that is lost says nothing
LEAST_DAYS = 1.0        # a battle of hours is one of a day where a rate a day is told


# Statistics.

def inverse(matrix):
    n = len(matrix)
    rows = [list(row) + [float(i == j) for j in range(n)] for i, row in enumerate(matrix)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for k in range(n):
            if k != i:
                rows[k] = [x - rows[k][i] * y for x, y in zip(rows[k], rows[i])]
    return [row[n:] for row in rows]


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector)) for row in matrix]


def fitted(start, cases, score, steps=200):
    """The root of the sum of score(case, x) by Newton's method, and its standard errors with clusters.

    cases: (cluster, case). score: the derivative of a log likelihood. The derivative of the score is taken by differences; the errors
    are those of the sandwich (Liang and Zeger 1986) with n / (n - 1) for the number of clusters."""
    x = list(start)
    n = len(x)

    def total(x):
        sums = [0.0] * n
        for _, case in cases:
            for k, part in enumerate(score(case, x)):
                sums[k] += part
        return sums

    def slope(x):
        columns = []
        for k in range(n):
            step = 1e-5
            up, down = list(x), list(x)
            up[k] += step
            down[k] -= step
            columns.append([(a - b) / (2 * step) for a, b in zip(total(up), total(down))])
        return [[columns[j][i] for j in range(n)] for i in range(n)]

    for _ in range(steps):
        move = times(inverse(slope(x)), total(x))
        far = max(abs(m) for m in move)
        x = [a - m * min(1.0, 0.5 / far) for a, m in zip(x, move)]
        if far < 1e-9:
            break
    else:
        raise ArithmeticError("a fit does not end")
    bread = inverse(slope(x))
    clusters = {}
    for cluster, case in cases:
        own = clusters.setdefault(cluster, [0.0] * n)
        for k, part in enumerate(score(case, x)):
            own[k] += part
    more = len(clusters) / max(1, len(clusters) - 1)
    meat = [[more * sum(c[i] * c[j] for c in clusters.values()) for j in range(n)] for i in range(n)]
    half = [times(meat, column) for column in bread]     # bread is symmetric
    return x, [math.sqrt(max(0.0, sum(bread[i][k] * half[i][k] for k in range(n)))) for i in range(n)], len(clusters)


def logistic(x):
    return 1 / (1 + math.exp(-x))


def logit_fit(cases):
    """cases: (cluster, (covariates, won))."""
    def score(case, b):
        covariates, won = case
        row = [1.0, *covariates]
        off = won - logistic(sum(a * c for a, c in zip(row, b)))
        return [off * a for a in row]
    return fitted([0.0] * (1 + len(cases[0][1][0])), cases, score)


def hazard(z):
    """Of a standard normal: density over what lies above."""
    if z > 8:
        return z + 1 / z
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / (math.erfc(z / math.sqrt(2)) / 2)


def lognormal_fit(cases):
    """The threshold at which a side gives up. cases: (cluster, (loss, gave_up)); who stayed had not come to his. Returns mu and sigma,
    their errors, and the number of clusters."""
    def score(case, x):
        loss, gave_up = case
        sigma = math.exp(x[1])
        z = (math.log(loss) - x[0]) / sigma
        return [z / sigma, z * z - 1] if gave_up else [hazard(z) / sigma, hazard(z) * z]

    def concave(case, x):  # the likelihood has one top in mu / sigma and 1 / sigma (Burridge 1981)
        loss, gave_up = case
        y = math.log(loss)
        z = x[1] * y - x[0]
        return [z, 1 / x[1] - z * y] if gave_up else [hazard(z), -hazard(z) * y]
    logs = [math.log(loss) for _, (loss, _) in cases]
    spread = math.sqrt(mean([(v - mean(logs)) ** 2 for v in logs]))
    (ratio, one), _, _ = fitted([mean(logs) / spread, 1 / spread], cases, concave)
    x, errors, n = fitted([ratio / one, -math.log(one)], cases, score)
    return (x[0], math.exp(x[1])), (errors[0], errors[1] * math.exp(x[1])), n


# The table.

def number(text):
    return float(text) if text not in ("", "NA") else None


class Battle:
    def __init__(self, row):
        self.year = int(row["start"][:4])
        self.campaign = (row["war"][:20], row["place"], self.year)
        self.days = number(row["days"])
        self.men = number(row["attacker_men"]), number(row["defender_men"])
        self.lost = number(row["attacker_casualties"]), number(row["defender_casualties"])
        self.winner = None if row["winner"] == "" else int(row["winner"])
        self.km = number(row["advance_km"])
        self.surprise = max(0, int(row["surprise"] or 0))
        self.defence = row["defence"]
        self.broke_through = "BB" in row["attacker_outcome"].split()

    def ratio(self):
        return self.men[0] / self.men[1] if all(self.men) else None

    def rate(self):
        return None if self.km is None or self.days is None else self.km / max(LEAST_DAYS, self.days)

    def loss(self, side):
        """What a side lost of what it brought; a battle without a count is none, one without losses counts as half a man."""
        if not self.men[side] or self.lost[side] is None:
            return None
        return min(1.0, max(self.lost[side], 0.5) / self.men[side])

    def gave_up(self, side):
        return self.winner == (-1 if side == 0 else 1)


# How a side of a battle of a run gave up: the causes of its event, after the side.
ENDS = ("broke_off", "went", "fell", "gave_in")


class EngineBattle(Battle):
    """A battle of a run, by its event of the law of battles (docs/laws/battles.md); those of a realization depend on each other."""
    WINNERS = {"no_more_enemies": 0, "goes_on": 0} | {f"{loser}_{end}": winner for loser, winner in (("attackers", -1), ("defenders", 1))
                                                      for end in ENDS}

    def __init__(self, event):
        self.campaign = event["realization"]
        self.days = float(event["days"])
        self.began = datetime.date.fromisoformat(event["date"]) - datetime.timedelta(days=self.days)
        self.men = float(event["brought"]), float(event["other_brought"])
        self.lost = float(event["lost"]), float(event["other_lost"])
        self.end = event["cause"]
        self.winner = self.WINNERS[self.end]


def in_bin(ratio):
    return next(k for k, (low, high) in enumerate(BINS) if low <= ratio < high)


def bin_name(low, high):
    return f"under {high:g}" if low == 0 else f"{low:g} and more" if math.isinf(high) else f"{low:g} to {high:g}"


def n2(x):
    return f"{x:.2g}" if abs(x) < 99.5 else f"{x:.0f}"


def with_error(x, error):
    return f"{x:.2f} ({error:.2f})"


def share(part, of):
    return f"{100 * part / of:.0f} %" if of else "-"


# The tables of the page.

def rates_table(battles):
    kinds = [("breakthrough", lambda b: b.broke_through),
             ("won without", lambda b: b.winner == 1 and not b.broke_through),
             ("drawn or lost, some ground taken", lambda b: b.winner is not None and b.winner < 1 and not b.broke_through)]
    out = ["| km a day, 1939 and later | battles | 10 % | 25 % | middle | 75 % | 90 % | mean and sd of the logarithm |",
           "|---|---|---|---|---|---|---|---|"]
    for name, fits in kinds:
        rates = [b.rate() for b in battles if b.year >= 1939 and fits(b) and b.rate() is not None and b.rate() > 0]
        logs = [math.log(r) for r in rates]
        sd = math.sqrt(sum((v - mean(logs)) ** 2 for v in logs) / (len(logs) - 1))
        out.append(f"| {name} | {len(rates)} | " + " | ".join(n2(quantile(rates, q)) for q in (0.1, 0.25, 0.5, 0.75, 0.9))
                   + f" | {mean(logs):.2f}, {sd:.2f} |")
    whole = [b.km for b in battles if b.year >= 1939 and b.broke_through and b.km is not None and b.km > 0]
    out.append(f"| whole distance of a breakthrough, km | {len(whole)} | "
               + " | ".join(n2(quantile(whole, q)) for q in (0.1, 0.25, 0.5, 0.75, 0.9)) + " |  |")
    return out


def breakthrough_tables(battles):
    known = [b for b in battles if b.year >= SINCE and b.ratio() is not None and b.winner is not None]
    cases = [(b.campaign, ((float(b.surprise), math.log(b.ratio())), float(b.broke_through))) for b in known]
    won = [(b.campaign, ((float(b.surprise), math.log(b.ratio())), float(b.broke_through))) for b in known if b.winner == 1]
    every, given_a_win = logit_fit(cases), logit_fit(won)
    out = [f"| {SINCE} and later | attacks | breakthroughs | fit | of attacks that won |", "|---|---|---|---|---|"]

    def line(name, own):
        fit = mean([logistic(every[0][0] + every[0][1] * b.surprise + every[0][2] * math.log(b.ratio())) for b in own])
        victors = [b for b in own if b.winner == 1]
        out.append(f"| {name} | {len(own)} | {share(sum(b.broke_through for b in own), len(own))} | {100 * fit:.0f} % | "
                   f"{share(sum(b.broke_through for b in victors), len(victors))} of {len(victors)} |")
    for step, name in enumerate(("no surprise", "minor surprise", "substantial", "complete")):
        if own := [b for b in known if b.surprise == step]:
            line(name, own)
    for k, (low, high) in enumerate(BINS):
        if own := [b for b in known if in_bin(b.ratio()) == k]:
            line(f"men {bin_name(low, high)} to 1", own)
    out += ["", "| logit of a breakthrough | constant | a step of surprise | ln of attackers over defenders | battles, campaigns |",
            "|---|---|---|---|---|"]
    for name, (x, errors, n), of in (("all attacks", every, cases), ("given that the attack won", given_a_win, won)):
        out.append(f"| {name} | " + " | ".join(with_error(a, e) for a, e in zip(x, errors)) + f" | {len(of)}, {n} |")
    return out


def breakpoint_fit(battles, side):
    own = [(b.campaign, (b.loss(side), b.gave_up(side))) for b in battles if b.loss(side) is not None and b.winner is not None]
    return own, lognormal_fit(own)


def breakpoints_table(battles):
    out = ["| loss at which a side gives up, of what it brought | who gave up | middle of these, quarters | threshold: mu (error), sigma (error) "
           "| middle of the threshold | stayed with more than that: seen, fit |", "|---|---|---|---|---|---|"]
    for first, last in (*PERIODS, (SINCE, 1982)):
        for side, name in enumerate(("attackers", "defenders")):
            own, ((mu, sigma), errors, _) = breakpoint_fit([b for b in battles if first <= b.year <= last], side)
            lost = [loss for _, (loss, gave_up) in own if gave_up]
            # Of those who had lost as much as the middle threshold a share stayed; the fit would have each have left at his own.
            beyond = [gave_up for _, (loss, gave_up) in own if loss > math.exp(mu)]
            expected = [math.erfc((math.log(loss) - mu) / sigma / math.sqrt(2)) / 2 for _, (loss, _) in own if loss > math.exp(mu)]
            out.append(f"| {first} to {last}, {name} | {len(lost)} of {len(own)} | {quantile(lost, 0.5):.3f} ({quantile(lost, 0.25):.3f} to "
                       f"{quantile(lost, 0.75):.3f}) | {with_error(mu, errors[0])}, {with_error(sigma, errors[1])} | {math.exp(mu):.2f} | "
                       f"{share(sum(not g for g in beyond), len(beyond))}, {100 * mean(expected):.0f} % |")
    return out


def contest_fit(battles, first, last):
    cases = [(b.campaign, ((math.log(b.ratio()),), float(b.winner == 1)))
             for b in battles if first <= b.year <= last and b.ratio() is not None and b.winner in (1, -1)]
    return cases, logit_fit(cases)


def contest_tables(battles):
    out = ["| who wins, drawn battles left out | battles, campaigns | exponent (error) | 95 % interval | parity at | attacker wins at 1:1 | at 2:1 | at 3:1 |",
           "|---|---|---|---|---|---|---|---|"]
    for first, last in (*PERIODS, (SINCE, 1982)):
        cases, (x, errors, n) = contest_fit(battles, first, last)
        at = [f"{100 * logistic(x[0] + x[1] * math.log(r)):.0f} %" for r in (1, 2, 3)]
        parity = n2(math.exp(-x[0] / x[1])) if x[1] > 0 else "-"
        out.append(f"| {first} to {last} | {len(cases)}, {n} | {with_error(x[1], errors[1])} | {x[1] - 1.96 * errors[1]:.2f} to "
                   f"{x[1] + 1.96 * errors[1]:.2f} | {parity} | " + " | ".join(at) + " |")
    wide, (y, wide_errors, n) = (lambda cases: (cases, logit_fit(cases)))(
        [(b.campaign, ((math.log(b.ratio()), float(b.surprise), float(b.defence == "PD"), float(b.defence == "FD")), float(b.winner == 1)))
         for b in battles if b.year >= SINCE and b.ratio() is not None and b.winner in (1, -1)])
    out += ["", *wrapped(f"With surprise and posture added, {SINCE} and later ({len(wide)} battles, {n} campaigns): exponent "
                         f"{with_error(y[1], wide_errors[1])}, a step of surprise {with_error(y[2], wide_errors[2])}, a prepared defence "
                         f"{with_error(y[3], wide_errors[3])}, a fortified one {with_error(y[4], wide_errors[4])}.")]
    cases, (x, _, _) = contest_fit(battles, SINCE, 1982)
    out += ["", f"| attackers over defenders, {SINCE} and later | battles | attacker won | fit | with an exponent of 2 and parity at 1:1 |", "|---|---|---|---|---|"]
    for k, (low, high) in enumerate(BINS):
        own = [(c[0][0], c[1]) for _, c in cases if in_bin(math.exp(c[0][0])) == k]
        if own:
            out.append(f"| {bin_name(low, high)} | {len(own)} | {share(sum(w for _, w in own), len(own))} | "
                       f"{100 * mean([logistic(x[0] + x[1] * v) for v, _ in own]):.0f} % | {100 * mean([logistic(2 * v) for v, _ in own]):.0f} % |")
    return out


def fire_table(battles):
    out = ["| enemies lost per man and day, dead, wounded and missing | battles | 10 % | 25 % | middle | 75 % | 90 % |", "|---|---|---|---|---|---|---|"]
    for first, last in ((1939, 1945), (1946, 1982)):
        for side, name in enumerate(("attackers'", "defenders'")):
            rates = [b.lost[1 - side] / b.men[side] / max(LEAST_DAYS, b.days) for b in battles
                     if first <= b.year <= last and b.men[side] and b.lost[1 - side] is not None and b.days is not None]
            out.append(f"| {name} fire, {first} to {last} | {len(rates)} | " + " | ".join(f"{quantile(rates, q):.4f}" for q in (0.1, 0.25, 0.5, 0.75, 0.9)) + " |")
    return out


# Battles of runs beside those of the table.

def engine_battles(program, package, options):
    """Battles of some realizations but those under way on the first day, of which nobody knows the beginning, and the very small."""
    with results(program, "run", ROOT / "scenarios" / package, *options, "--set", "scenario.laws.battles.on=1", "--runs", REALIZATIONS,
                 "--keep-paths", REALIZATIONS) as out:
        battles = [EngineBattle(event) for event in rows(out / "events.csv") if event["kind"] == "battle"]
    with (ROOT / "scenarios" / package / "scenario.toml").open("rb") as file:
        first = tomllib.load(file)["start"]
    if "--from" in options:
        first = datetime.date.fromisoformat(options[options.index("--from") + 1])
    return [b for b in battles if b.began > first and min(b.men) >= LEAST_MEN]


def correlation(pairs):
    x, y = [a for a, _ in pairs], [b for _, b in pairs]
    both = sum((a - mean(x)) * (b - mean(y)) for a, b in pairs)
    return both / math.sqrt(sum((a - mean(x)) ** 2 for a in x) * sum((b - mean(y)) ** 2 for b in y))


def facts_of(battles):
    """Rows of one table, name and text, of battles of either kind."""
    decided = [b for b in battles if b.winner in (1, -1) and b.ratio() is not None]
    (constant, k), (_, error), _ = logit_fit([(b.campaign, ((math.log(b.ratio()),), float(b.winner == 1))) for b in decided])
    over = [b for b in battles if b.winner in (1, -1) and b.days is not None]
    losses = [(math.log(b.loss(0)), math.log(b.loss(1))) for b in battles if b.loss(0) is not None and b.loss(1) is not None]
    yield "battles", f"{len(battles)}"
    yield "attacker won, of those decided", share(sum(b.winner == 1 for b in decided), len(decided))
    yield "exponent (error)", with_error(k, error)
    yield "attacker wins at 1:1, 2:1, 3:1", ", ".join(f"{100 * logistic(constant + k * math.log(r)):.0f}" for r in (1, 2, 3)) + " %"
    yield "attackers over defenders: quarters", ", ".join(n2(quantile([b.ratio() for b in decided], q)) for q in (0.25, 0.5, 0.75))
    yield "days: quarters, 90 %", ", ".join(n2(quantile([b.days for b in over], q)) for q in (0.25, 0.5, 0.75, 0.9))
    for side, name in enumerate(("attackers", "defenders")):
        lost = [b.loss(side) for b in battles if b.gave_up(side) and b.loss(side) is not None]
        yield f"lost by {name} who gave up: quarters", ", ".join(f"{quantile(lost, q):.3f}" for q in (0.25, 0.5, 0.75)) if lost else "-"
    for side, name in enumerate(("attackers", "defenders")):
        (mu, sigma), errors, _ = breakpoint_fit(battles, side)[1]
        yield f"threshold of {name}: mu, sigma", f"{with_error(mu, errors[0])}, {with_error(sigma, errors[1])}"
    yield "correlation of the logarithms of both losses", f"{correlation(losses):.2f}"
    ends = [getattr(b, "end", None) for b in battles]

    def ended(*causes):
        return ", ".join(share(ends.count(cause), len(ends)) for cause in causes) if any(ends) else ""

    for end in ENDS:
        did = end.replace("_", " ")
        yield f"attackers who {did}, defenders who {did}", ended(f"attackers_{end}", f"defenders_{end}")
    yield "ended by peace", ended("no_more_enemies")
    yield "go on after the last day", ended("goes_on")


def engine_table(battles, program, runs=RUNS):
    columns = [("1914 to 1982", dict(facts_of([b for b in battles if b.year >= SINCE]))),
               ("1939 to 1945", dict(facts_of([b for b in battles if 1939 <= b.year <= 1945])))]
    columns += [(name, dict(facts_of(engine_battles(program, package, options)))) for name, package, options in runs]
    return ["| | " + " | ".join(name for name, _ in columns) + " |", "|---|" + "---|" * len(columns),
            *(f"| {row} | " + " | ".join(facts[row] for _, facts in columns) + " |" for row in columns[0][1])]


# What packages assume.

def ends(text):
    numbers = [float(x) for x in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", str(text))]
    return (numbers[0], numbers[-1]) if numbers else None


def column(package, table, name):
    values = [ends(row[name]) for row in rows(ROOT / "scenarios" / package / table) if row.get(name)]
    return min(v[0] for v in values), max(v[1] for v in values)


def span(pair):
    return f"{n2(pair[0])} to {n2(pair[1])}"


def packages_table(battles):
    _, (x, errors, _) = contest_fit(battles, SINCE, 1982)
    _, (late, late_errors, _) = contest_fit(battles, 1939, 1945)
    low, high = x[1] - errors[1], late[1] + late_errors[1]
    attacked = [b.ratio() for b in battles if b.year >= 1939 and b.ratio() is not None]
    out = ["| number | package | it has | by the battles | what would change |", "|---|---|---|---|---|"]
    for package in PACKAGES:
        with (ROOT / "scenarios" / package / "scenario.toml").open("rb") as file:
            given = next(law["contest_exponent"] for law in tomllib.load(file)["laws"].values() if "contest_exponent" in law)
        k = ends(given["value"])
        now = [2 ** e / (1 + 2 ** e) for e in k]
        then = [2 ** e / (1 + 2 ** e) for e in (low, high)]
        out.append(f"| contest exponent | {package} | {span(k)} | {span((low, high))} for numbers of men | the win probability that a command sees at 2:1: now "
                   f"{100 * now[0]:.0f} to {100 * now[1]:.0f} %, then {100 * then[0]:.0f} to {100 * then[1]:.0f} %"
                   + (f"; its basis says `three to eight times in nine`, its numbers {9 * now[0]:.1f} to {9 * now[1]:.1f}" if "three to eight" in given["basis"]
                      else "") + " |")
        ratio = column(package, "commands.csv", "attack_ratio")
        out.append(f"| attack_ratio | {package} | {span(ratio)} | quarters of {len(attacked)} attacks {n2(quantile(attacked, 0.25))}, {n2(quantile(attacked, 0.5))}, "
                   f"{n2(quantile(attacked, 0.75))} | {share(sum(ratio[0] <= a <= ratio[1] for a in attacked), len(attacked))} of the attacks lie in the range, "
                   f"{share(sum(a < ratio[0] for a in attacked), len(attacked))} below |")
        breaking = column(package, "commands.csv", "breaking_point")
        seen = [(breaking[0] / (1 - breaking[0])) ** (1 / k[0]), (breaking[1] / (1 - breaking[1])) ** (1 / k[1])]
        after = [r ** e / (1 + r ** e) for r, e in zip(seen, (low, high))]
        out.append(f"| breaking_point (win probability) | {package} | {span(breaking)} | none: battles show losses at which sides give up, not win probabilities | at its exponent it stands "
                   f"for {n2(1 / max(seen))} to {n2(1 / min(seen))} enemies to a man; at the battles' exponent the same crowd has a win probability of {span(sorted(after))} |")
        fire = column(package, "actors.csv", "kill_rate")
        day = [b.lost[1] / b.men[0] / max(LEAST_DAYS, b.days) for b in battles if b.year >= 1939 and b.men[0] and b.lost[1] is not None and b.days is not None]
        out.append(f"| kill_rate (a fighter and day) | {package} | {span(fire)} | middle {quantile(day, 0.5):.3f} lost to an attacker and day of battle, a "
                   f"quarter of them dead {quantile(day, 0.5) / 4:.4f} | cannot rest on it: a rate of every day on which two sides hold parts of a place, battles are "
                   "the days on which they storm; counts of the war's own dead stay its basis |")
        speed = column(package, "actors.csv", "speed_km_per_day")
        broke = [b.rate() for b in battles if b.year >= 1939 and b.broke_through and b.rate() is not None and b.rate() > 0]
        out.append(f"| speed_km_per_day | {package} | {span(speed)} | middle {n2(quantile(broke, 0.5))}, 90 % {n2(quantile(broke, 0.9))} after a breakthrough, against "
                   "an enemy | a march through own land: nothing; a law of exploitation would need the battles' rates |")
    return out


def main():
    arguments = [a for a in sys.argv[1:] if a != "--write"]
    packages = arguments[2:]
    if not arguments or packages and "--write" in sys.argv:
        sys.exit(__doc__)
    with open(arguments[0], encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if missing := [name for name in COLUMNS if name not in (table.fieldnames or ())]:
            print(f"{arguments[0]}: no column {', '.join(missing)}; docs/engagements.md says which table this is", file=sys.stderr)
            return 2
        battles = [Battle(row) for row in table]
    if packages:
        print("\n".join(engine_table(battles, arguments[1], [(pathlib.Path(p).name, pathlib.Path(p).resolve(), ()) for p in packages])))
        return 0
    parts = {"advance": rates_table(battles), "breakthroughs": breakthrough_tables(battles), "breakpoints": breakpoints_table(battles),
             "contest": contest_tables(battles), "fire": fire_table(battles), "packages": packages_table(battles)}
    if len(arguments) > 1:
        parts["engine"] = engine_table(battles, arguments[1])
    for name, lines in parts.items():
        if "--write" in sys.argv:
            write_between(PAGE, name, lines)
        else:
            print(f"{name}\n" + "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
