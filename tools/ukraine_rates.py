#!/usr/bin/env python3
"""Prints what the battles of armies in CDB90 say of two numbers of scenarios/ukraine-2022, as Markdown: dead and hurt for each enemy and
day of battle (actors.*.kill_rate), and how the win probability goes with the ratio of men (scenario.laws.operations.contest_exponent).

Usage: tools/ukraine_rates.py ENGAGEMENTS [--since YEAR]     ENGAGEMENTS: engagements.csv

The kill rate of the model is at an enemy who is fully seen. A defender keeps off what cover and works do (some half here), and arms raise
the rate by a third or so: what the package gives is the middle half of the rates of both sides, less that third.
"""
import argparse
import csv
import math
import pathlib


def quartiles(values):
    values = sorted(values)
    return [values[int(q * (len(values) - 1))] for q in (.25, .5, .75)]


def slope(points):
    """Constant and slope of a logistic regression, by Newton's method, with the error of the slope."""
    a = b = 0.0
    for _ in range(50):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for x, y in points:
            p = 1 / (1 + math.exp(-a - b * x))
            w = p * (1 - p)
            g0, g1 = g0 + y - p, g1 + (y - p) * x
            h00, h01, h11 = h00 + w, h01 + w * x, h11 + w * x * x
        det = h00 * h11 - h01 * h01
        a, b = a + (h11 * g0 - h01 * g1) / det, b + (h00 * g1 - h01 * g0) / det
    return a, b, math.sqrt(h00 / det)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engagements", type=pathlib.Path)
    parser.add_argument("--since", type=int, default=1939)
    asked = parser.parse_args()
    with asked.engagements.open(encoding="utf-8", newline="") as file:
        battles = [r for r in csv.DictReader(file) if int(r["start"][:4]) >= asked.since]
    rates = {"attackers": [], "defenders": []}
    won = []
    for r in battles:
        if not (r["attacker_men"] and r["defender_men"]):
            continue
        men, against = float(r["attacker_men"]), float(r["defender_men"])
        if r["winner"] in ("1", "-1"):
            won.append((math.log(men / against), int(r["winner"] == "1")))
        if r["days"] and r["attacker_casualties"] and r["defender_casualties"]:
            days = max(.25, float(r["days"]))
            rates["attackers"].append(float(r["defender_casualties"]) / (men * days))
            rates["defenders"].append(float(r["attacker_casualties"]) / (against * days))
    print(f"| battles since {asked.since} | number | lower quarter | middle | upper quarter |\n|---|---|---|---|---|")
    for side, values in rates.items():
        print(f"| dead and hurt by the {side}, for each of them and day | {len(values)} | " + " | ".join(f"{v:.3f}" for v in quartiles(values)) + " |")
    _, b, se = slope(won)
    print(f"| exponent of the ratio of men in the win probability | {len(won)} | {b - .6745 * se:.2f} | {b:.2f} | {b + .6745 * se:.2f} |")


if __name__ == "__main__":
    main()
