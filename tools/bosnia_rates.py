#!/usr/bin/env python3
"""Works out rates of scenarios/bosnia-1992 from counted deaths and published strengths, and ratios from published attacks.

usage: python3 tools/bosnia_rates.py [--check] [PACKAGE]      (default: scenarios/bosnia-1992)

Prints the arithmetic, line by line. With --check it compares actors.csv, interventions.csv and commands.csv with it as well,
exit status 1 where a number there is another. Only counts and strengths go in: no result of a run, no day on which a place fell.
"""
import pathlib
import sys
import tomllib

from page_parts import rows

DAYS_1992, DAYS_AFTER = 270, 1055          # 6 April to 31 December 1992; to 21 November 1995
# Bosnian Book of the Dead: soldiers killed by side (sources.json: bbd2013), and of the count of 2007 (rdc2007) the soldiers
# of 1992 and of all years. No count by side and year at once is at hand: each side's dead are divided as all soldiers' are.
DEAD = {"arbih": 30906, "hvo": 5919, "vrs": 20775}
IN_1992, IN_ALL = 45110 - 21813, 57523
# Who killed whom is not in the count. Low and high shares of a side's dead that each enemy inflicted: assumed.
KILLED_BY = {("vrs", "arbih"): (0.70, 0.85), ("vrs", "hvo"): (0.15, 0.30), ("arbih", "vrs"): (0.85, 0.95), ("arbih", "hvo"): (0.05, 0.15),
             ("hvo", "vrs"): (0.4, 0.6), ("hvo", "arbih"): (0.4, 0.6)}
# Paper strength over the war as published (sources.json: bb1 p. 141 and 180, wiki_bosnian_war, wiki_hvo).
PAPER = {"arbih": (110000, 261500), "vrs": (80000, 250000), "hvo": (40000, 55000)}
# Published strengths of those who fought for a town: side, least and greatest, and the dated changes that bring them there; the
# second, if any, takes as many from everywhere. Mostar and Bugojno have two numbers in two versions of one page.
GATHERED = {"Srebrenica, soldiers of the enclave (wiki_siege_srebrenica)": ("arbih", 6000, 6000, ["men_gather_in_srebrenica"]),
            "Mostar, 1993 (wiki_siege_mostar)": ("arbih", 4000, 6000, ["mostar_fought_for", "mostar_brigades_called"]),
            "Fojnica, 1993 (shrader2003)": ("arbih", 6000, 8000, ["fojnica_fought_for", "fojnica_brigades_called"]),
            "Bugojno, 1993 (wiki_bugojno)": ("arbih", 1500, 3500, ["bugojno_fought_for", "bugojno_brigade_called"]),
            "Velika Kladuša, 1995 (wiki_storm)": ("arbih", 3000, 3000, ["kladusa_entered", "kladusa_brigades_called"])}
GROWTH_1992 = {"arbih": (100000, 261500), "vrs": (250000, 250000), "hvo": (25000, 50000)}   # bb1 p. 143 and 180; wiki_hvo
IN_BATTLE = (0.1, 0.3)      # assumed: of the men at the front, those in a battle for a town on an average day
THROUGH_COVER = (0.4, 0.6)  # assumed: what cover, works and hiding let pass
FOR_TOWNS = (0.5, 1.0)      # assumed: of the dead, those who fell in battles for places of this map, not to shells and mines between
# Men of attacker and defender in five attacks (bb1): Jajce 1992 (p. 147), Grahovo and Glamoč 1995 (p. 365), Donji Vakuf in August
# (p. 382 for the attacker, p. 380 for the defender) and September 1995 (p. 380), Mrkonjić Grad 1995 (p. 390).
ATTACKS = [((7000, 8000), 5500), ((8500, 8500), 5500), ((11000, 11000), 8500), ((20000, 20000), 8500), ((11000, 12000), 5500)]


def mean(pair):
    return sum(pair) / 2


def geometric(pair):
    return (pair[0] * pair[1]) ** 0.5


def rounded(value):
    return float(f"{value:.2g}")


def ends(text):
    low, _, high = text.replace("loguniform(", "").replace(")", "").replace(", ", "..").partition("..")
    return float(low), float(high or low)


def supporters(package, actor, day):
    held = {r["place_id"] for r in rows(package / "control.csv") if r["from_date"] <= day <= r["to_date"] and r["controller"] == actor}
    people = {r["place_id"]: float(r["population"]) for r in rows(package / "places.csv")}
    return sum(mean(ends(r["share"])) * people[r["place_id"]] for r in rows(package / "support.csv") if r["actor"] == actor and r["place_id"] in held)


def work_out(package, say):
    actors = {r["id"]: r for r in rows(package / "actors.csv")}
    share = IN_1992 / IN_ALL
    say(f"soldiers killed in 1992: {IN_1992} of {IN_ALL}, {share:.3f}")
    dead = {}
    for side, count in DEAD.items():
        dead[side] = (count * share / DAYS_1992, count * (1 - share) / DAYS_AFTER)
        say(f"{side}: {count} dead, {dead[side][0]:.1f} a day in 1992, {dead[side][1]:.1f} a day afterwards")
    found = {}
    for side in DEAD:
        kills = sum(mean(part) * DEAD[victim] for (victim, killer), part in KILLED_BY.items() if killer == side) / (DAYS_1992 + DAYS_AFTER)
        front = geometric(PAPER[side]) * mean(ends(actors[side]["front_line_fraction"]))
        rate = kills * mean(FOR_TOWNS) / (front * mean(IN_BATTLE) * mean(THROUGH_COVER))
        low, high = rounded(rate / 2), rounded(rate * 2)
        found[f"actors.{side}.kill_rate"] = (low, high)
        say(f"{side}: {kills:.1f} kills a day x {mean(FOR_TOWNS)} / ({front:.0f} at the front x {mean(IN_BATTLE)} in battle x {mean(THROUGH_COVER)} through cover)"
            f" = {rate:.2g} per fighter and day, written as a factor of two either way: loguniform({low:g}, {high:g})")
    for side in DEAD:
        fraction = ends(actors[side]["front_line_fraction"])
        people = supporters(package, side, "1993-01-01")
        first, last = GROWTH_1992[side]
        low = (last - first) * fraction[0] / DAYS_1992 + dead[side][0] * 0.5
        high = (last - first) * fraction[1] / DAYS_1992 + dead[side][0]
        early = (rounded(low / people), rounded(high / people))
        late = (rounded(dead[side][1] * 0.5 / people), rounded(dead[side][1] / people))
        found[f"actors.{side}.recruitment_per_day"] = early
        found[f"{side}_recruits_from_1993"] = late
        say(f"{side}: {low:.0f} to {high:.0f} recruits a day in 1992, for {last - first} men more on paper at the fraction of the front and half to all of the dead"
            f" replaced, over {people:.0f} supporters at places held on 1 January 1993 = {early[0]:g}..{early[1]:g}; afterwards half to all of the dead: {late[0]:g}..{late[1]:g}")
    for what, (side, least, greatest, ids) in GATHERED.items():
        fraction = ends(actors[side]["front_line_fraction"])
        low, high = least * fraction[0], greatest * fraction[1]
        found.update({name: (rounded(low), rounded(high)) for name in ids})
        say(f"{what}: {least} to {greatest} of {side} at the fraction of the front, {low:.0f} to {high:.0f}")
    raw = [force / defence for pair, defence in ATTACKS for force in pair]
    terrain = tomllib.loads((package / "scenario.toml").read_text(encoding="utf-8"))["terrain"]["mountain"]
    works = next(float(r["fortification"]) for r in rows(package / "places.csv") if r["place_id"] == "jajce")
    passed = (1 - mean(ends(terrain["cover"]))) * (1 - works)
    attack, hold = (rounded(min(raw) * passed), rounded(max(raw) * passed)), (rounded(1 / max(raw)), rounded(1 / min(raw)))
    say(f"attackers were {min(raw):.2f} to {max(raw):.2f} times the defenders; the model divides the defence by {passed:.2f}, what cover and works of mountains let"
        f" pass: attack_ratio {attack[0]:g}..{attack[1]:g}, hold_ratio {hold[0]:g}..{hold[1]:g}")
    for command in rows(package / "commands.csv"):
        found[f"commands.{command['id']}.attack_ratio"], found[f"commands.{command['id']}.hold_ratio"] = attack, hold
    return found


def main():
    words = [w for w in sys.argv[1:] if w != "--check"]
    package = pathlib.Path(words[0] if words else pathlib.Path(__file__).resolve().parents[1] / "scenarios/bosnia-1992")
    found = work_out(package, print)
    if "--check" not in sys.argv:
        return 0
    tables = {name: {r["id"]: r for r in rows(package / f"{name}.csv")} for name in ("actors", "commands", "interventions")}
    wrong = 0
    for key, want in found.items():
        table, name, column = key.split(".") if "." in key else ("interventions", key, "value")
        got = ends(tables[table][name][column])
        if got != want:
            print(f"{key}: the package has {got[0]:g} to {got[1]:g}, the counts give {want[0]:g} to {want[1]:g}", file=sys.stderr)
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
