#!/usr/bin/env python3
"""Computes the baselines of control once more, from the tables alone and with none of the program's code, for one window: the Brier
scores of persistence, pair rates, spatial hazard and contact rates, as docs/scores.md describes them.

Usage: tools/control_baselines.py PACKAGE SPELLS --from DAY --until DAY [--simulations N]

PACKAGE gives places, roads, sides and what is known before the spells begin; SPELLS is a table of control spells. Prints JSON. The last two
baselines are simulated, so they agree with `truel score` within the error of a thousand simulations.
"""
import argparse
import calendar
import datetime
import json
import math
import pathlib
import random

from page_parts import rows

RIDGE = 1
RECENT = 3
LONG_AGO = 1000


def months_on(day, months):
    """The same day so many months on, or the last of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class Record:
    """Who held which place when: sides, "contested", or nothing where neither table says."""

    def __init__(self, package, spells):
        self.places = [r["place_id"] for r in rows(package / "places.csv")]
        code_of = {r["id"]: r.get("record_code") or r["id"] for r in rows(package / "actors.csv")}
        self.neighbours = {p: [] for p in self.places}
        for r in rows(package / "links.csv"):
            self.neighbours[r["a"]].append(r["b"])
            self.neighbours[r["b"]].append(r["a"])
        self.observed = self.by_place(spells, {})
        self.told = self.by_place(package / "control.csv", code_of)
        self.first_observed = min(s[0] for held in self.observed.values() for s in held)
        self.first = min([self.first_observed] + [s[0] for held in self.told.values() for s in held])
        named = {s[2] for held in self.observed.values() for s in held} | set(code_of.values())
        self.sides = sorted(named - {"contested", "none"}) + ["none"]

    def by_place(self, path, code_of):
        held = {}
        for r in rows(path):
            if r["place_id"] in self.neighbours:
                span = (datetime.date.fromisoformat(r["from_date"]), datetime.date.fromisoformat(r["to_date"]))
                held.setdefault(r["place_id"], []).append((*span, code_of.get(r["controller"], r["controller"])))
        return held

    def holder(self, place, day):
        spells = (self.observed if day >= self.first_observed else self.told).get(place, [])
        return next((side for begin, end, side in spells if begin <= day <= end), None)

    def settled(self, day):
        """Who holds each place, of a contested one who did before."""
        now = {}
        for place in self.places:
            side, then = self.holder(place, day), day
            while side == "contested":
                then -= datetime.timedelta(1)
                side = self.holder(place, then)
            now[place] = side
        return now


class Past:
    """What may be learned from the months before the origin."""

    def __init__(self, record, origin):
        self.record, self.origin = record, origin
        self.memory = {}
        self.months = []
        back = 0
        while months_on(origin, -back - 1) >= record.first:
            back += 1
        for k in range(back, 0, -1):
            self.months.append((months_on(origin, -k), self.settled(months_on(origin, -k)), self.settled(months_on(origin, 1 - k))))
        self.changes, self.held = {}, dict.fromkeys(record.sides, 0)
        for _, before, after in self.months:
            for place in record.places:
                a, b = before[place], after[place]
                if a and b:
                    self.held[a] += 1
                    if a != b:
                        self.changes[a, b] = self.changes.get((a, b), 0) + 1

    def settled(self, day):
        if day not in self.memory:
            self.memory[day] = self.record.settled(day)
        return self.memory[day]

    def since_change(self, day):
        """Months since each place changed hands; long ago where it did not in the last three."""
        since = dict.fromkeys(self.record.places, LONG_AGO)
        for back in range(RECENT, 0, -1):
            then, later = self.settled(months_on(day, -back)), self.settled(months_on(day, 1 - back))
            for place in since:
                if then[place] and later[place] and then[place] != later[place]:
                    since[place] = back - 1
        return since


def matrix_forecast(past, matrix, months):
    sides = past.record.sides
    forecast = {}
    for place, holder in past.settled(past.origin).items():
        if holder:
            chances = {s: float(s == holder) for s in sides}
            for _ in range(months):
                chances = {b: sum(chances[a] * matrix[a, b] for a in sides) for b in sides}
            forecast[place] = chances
    return forecast


def persistence(past, months):
    return matrix_forecast(past, {(a, b): float(a == b) for a in past.record.sides for b in past.record.sides}, months)


def pair_rates(past, months):
    sides = past.record.sides
    matrix = {}
    for a in sides:
        for b in sides:
            if a != b:
                matrix[a, b] = (past.changes.get((a, b), 0) + 1 / (len(sides) - 1)) / (past.held[a] + 100)
        matrix[a, a] = 1 - sum(matrix[a, b] for b in sides if b != a)
    return matrix_forecast(past, matrix, months)


def simulated(past, months, simulations, begin, step):
    """Shares of simulated wars in which each side holds each place at the end."""
    rng = random.Random(20220224)
    counts = {p: dict.fromkeys(past.record.sides, 0) for p in past.record.places}
    for _ in range(simulations):
        war = begin()
        for _ in range(months):
            step(war, rng)
        for place, holder in war[0].items():
            if holder:
                counts[place][holder] += 1
    return {p: {s: n / simulations for s, n in c.items()} for p, c in counts.items() if sum(c.values())}


def shares(record, holders, place):
    known = [holders[q] for q in record.neighbours[place] if holders[q]]
    return {s: known.count(s) / len(known) for s in set(known)}


def contact(past, months, simulations):
    record = past.record
    exposure = {}
    for _, before, _ in past.months:
        for place in record.places:
            if before[place]:
                for side, share in shares(record, before, place).items():
                    exposure[before[place], side] = exposure.get((before[place], side), 0) + share
    across = [(a, b) for a in record.sides for b in record.sides if a != b]
    mean = (sum(past.changes.get(k, 0) for k in across) + .5) / (sum(exposure.get(k, 0) for k in across) + .5 / .01)
    rate = {k: (past.changes.get(k, 0) + .5) / (exposure.get(k, 0) + .5 / mean) for k in across}

    def step(war, rng):
        before = dict(war[0])
        for place, holder in before.items():
            if holder:
                weights = {s: w * rate[holder, s] for s, w in shares(record, before, place).items() if s != holder}
                if weights and rng.random() < 1 - math.exp(-sum(weights.values())):
                    war[0][place] = rng.choices(list(weights), list(weights.values()))[0]

    return simulated(past, months, simulations, lambda: [dict(past.settled(past.origin))], step)


def features(record, place, holders, since, contested):
    known = [q for q in record.neighbours[place] if holders[q]]
    others = sum(holders[q] != holders[place] for q in known)
    recent = sum(since[q] < RECENT for q in record.neighbours[place])
    x = [1, others / len(known) if known else 0, float(others > 0), float(place in contested), float(since[place] < RECENT),
         recent / len(known) if known else 0]
    return x + [float(s == holders[place]) for s in record.sides]


def solved(matrix, right):
    """Gauss's elimination with pivots."""
    n = len(right)
    m = [list(matrix[i]) + [right[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[pivot] = m[pivot], m[i]
        for r in range(i + 1, n):
            f = m[r][i] / m[i][i]
            for c in range(i, n + 1):
                m[r][c] -= f * m[i][c]
    out = [0.0] * n
    for i in range(n - 1, -1, -1):
        out[i] = (m[i][n] - sum(m[i][c] * out[c] for c in range(i + 1, n))) / m[i][i]
    return out


def logistic_fit(samples, n):
    """Logistic regression with a ridge on all but the constant; equal samples are counted once."""
    counted = {}
    for x, y in samples:
        ones, all_ = counted.get(tuple(x), (0, 0))
        counted[tuple(x)] = (ones + y, all_ + 1)
    mean = (sum(y for _, y in samples) + .5) / (len(samples) + 50)
    beta = [math.log(mean / (1 - mean))] + [0.0] * (n - 1)
    for _ in range(30 if samples else 0):
        hessian = [[RIDGE * (i == j and i > 0) for j in range(n)] for i in range(n)]
        gradient = [-RIDGE * b * (i > 0) for i, b in enumerate(beta)]
        for x, (ones, all_) in counted.items():
            p = 1 / (1 + math.exp(-sum(b * v for b, v in zip(beta, x))))
            for i, v in enumerate(x):
                if v:
                    gradient[i] += (ones - all_ * p) * v
                    for j, u in enumerate(x):
                        hessian[i][j] += all_ * p * (1 - p) * v * u
        step = solved(hessian, gradient)
        beta = [b + s for b, s in zip(beta, step)]
        if max(map(abs, step)) < 1e-9:
            break
    return beta


def spatial_hazard(past, months, simulations):
    record = past.record
    samples = []
    for day, before, after in past.months:
        since = past.since_change(day)
        contested = {p for p in record.places if record.holder(p, day) == "contested"}
        samples += [(features(record, p, before, since, contested), int(before[p] != after[p])) for p in record.places if before[p] and after[p]]
    beta = logistic_fit(samples, 6 + len(record.sides))
    contested = {p for p in record.places if record.holder(p, past.origin) == "contested"}
    since = past.since_change(past.origin)

    def begin():
        return [dict(past.settled(past.origin)), dict(since), set(contested)]

    def step(war, rng):
        before, since_before, contested_before = dict(war[0]), dict(war[1]), set(war[2])
        for place, holder in before.items():
            if not holder:
                continue
            war[1][place] = min(LONG_AGO, since_before[place] + 1)
            linear = sum(b * v for b, v in zip(beta, features(record, place, before, since_before, contested_before)))
            if rng.random() >= 1 / (1 + math.exp(-linear)):
                continue
            near = shares(record, before, place)
            weights = {s: (.05 + near.get(s, 0)) * (past.changes.get((holder, s), 0) + .2) for s in record.sides if s != holder}
            war[0][place] = rng.choices(list(weights), list(weights.values()))[0]
            war[1][place] = 0
            war[2].discard(place)

    return simulated(past, months, simulations, begin, step)


def score(record, forecast, origin, until, members=0):
    """Mean Brier score over places with one holder on both days, of shares less what the number of members adds."""
    losses = []
    for place in record.places:
        before, after = record.holder(place, origin), record.holder(place, until)
        if {before, after} & {None, "contested"}:
            continue
        p = forecast[place]
        loss = sum((p[s] - (s == after)) ** 2 for s in record.sides)
        losses.append(loss - (sum(v * (1 - v) for v in p.values()) / (members - 1) if members > 1 else 0))
    return sum(losses) / len(losses), len(losses)


def baselines(package, spells, origin, until, simulations):
    record = Record(package, spells)
    past = Past(record, origin)
    months = max(1, round(((until - origin).days + 1) / (365.2425 / 12)))
    told = {}
    for name, forecast, members in (("persistence", persistence(past, months), 0), ("pair-rates", pair_rates(past, months), 0),
                                    ("spatial-hazard", spatial_hazard(past, months, simulations), simulations),
                                    ("contact", contact(past, months, simulations), simulations)):
        told[name], told["places"] = score(record, forecast, origin, until, members)
    return told


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("spells", type=pathlib.Path)
    parser.add_argument("--from", dest="origin", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--until", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--simulations", type=int, default=1000)
    asked = parser.parse_args()
    print(json.dumps(baselines(asked.package, asked.spells, asked.origin, asked.until, asked.simulations), indent=1))


if __name__ == "__main__":
    main()
