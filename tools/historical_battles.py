#!/usr/bin/env python3
"""Which law of attrition fits the casualties of historical battles, as docs/models/historical-battles.md tells it.

usage: python3 tools/historical_battles.py BATTLES.csv [--draws 9000] [--accept 45] [--seed 1]

BATTLES.csv: semicolons; year, first side's strength and casualties, second side's (R0, Rc, B0, Bc).
Rejection by distance (approximate Bayesian computation), as in Rubio-Campillo (2016): the law and the mean and standard
deviation of the power ratio (uniform on 0 to 5) are drawn, each battle draws its ratio from a gamma distribution and ends
when one side has lost what it lost in history; the distance is the sum over battles and sides of the relative error of
the casualties. Unlike there, battles go on in continuous time: casualties then lie on the curve that each law traces
in the plane of the two strengths, and logarithmic and tiring rates trace the same one.
"""
import argparse
import csv
import math
import random

LEAST_RATIO = 1e-300


def linear(ratio, lost, first, second):
    """Losses of the second side when the first has lost `lost`; ratio: enemies killed for each of one's own."""
    del first, second
    return ratio * lost


def square(ratio, lost, first, second):
    left = second**2 - ratio * (first**2 - (first - lost) ** 2)
    return second - math.sqrt(left) if left > 0 else second


def logarithmic(ratio, lost, first, second):
    left = math.log1p(-lost / first) if lost < first else -math.inf
    return second * (1 - math.exp(max(-700.0, ratio * left)))


LAWS = {"linear": linear, "square": square, "logarithmic": logarithmic}


def error(law, ratio, battle):
    """The side that is first at its historical casualties has no error; that of the other, at most 1."""
    red, red_lost, blue, blue_lost = battle
    with_red_done = law(ratio, red_lost, red, blue)
    if with_red_done <= blue_lost:
        return (blue_lost - with_red_done) / blue_lost
    with_blue_done = law(1 / ratio, blue_lost, blue, red)
    return abs(red_lost - with_blue_done) / red_lost


def main():
    parser = argparse.ArgumentParser(description="Which law of attrition fits the casualties of historical battles.")
    parser.add_argument("battles")
    parser.add_argument("--draws", type=int, default=9000)
    parser.add_argument("--accept", type=int, default=45)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with open(options.battles, encoding="utf-8") as file:
        battles = [tuple(map(float, row[1:5])) for row in list(csv.reader(file, delimiter=";"))[1:]]
    chance = random.Random(options.seed)
    draws = []
    for _ in range(options.draws):
        name = chance.choice(list(LAWS))
        mean, deviation = chance.uniform(0, 5), chance.uniform(0, 5)
        ratios = (max(LEAST_RATIO, chance.gammavariate((mean / deviation) ** 2, deviation**2 / mean)) for _ in battles)
        draws.append((sum(error(LAWS[name], k, b) for k, b in zip(ratios, battles)), name, mean, deviation))
    draws.sort()
    accepted = draws[: options.accept]
    print(f"{len(battles)} battles, {options.draws} draws, {len(accepted)} accepted")
    for name in LAWS:
        count = sum(d[1] == name for d in accepted)
        least = min(d[0] for d in draws if d[1] == name)
        print(f"{name:12} {count:4} accepted, least distance {least:.1f}")
    for what, column in (("mean ratio", 2), ("deviation", 3), ("distance", 0)):
        print(f"{what:12} {sum(d[column] for d in accepted) / len(accepted):.2f}")


if __name__ == "__main__":
    main()
