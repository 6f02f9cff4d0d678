#!/usr/bin/env python3
"""Prints the tables of docs/bosnia.md and docs/bosnia-tables.md that several runs of scenarios/bosnia-1992 make, and the one of what the package rests on.

usage: python3 tools/bosnia_tables.py TABLE [--runs N]
TABLE: holds, newyears, likeliest, laws, withdrawals, attacks, ends, causes, falls, watched, deaths, accounts, scores, sources

Calls the program `truel` of the path, in the folder that holds `scenarios`. --runs replaces the number of runs, to try it.
"""
import argparse
import collections
import csv
import datetime
import pathlib
import re
import shutil
import sys
import tempfile

import page_parts
from bosnia_rates import DEAD as COUNTED, IN_1992, IN_ALL, ends as both_ends
from paired_losses import UNDATED_BASELINES

WAR = "scenarios/bosnia-1992"
SEED = "7"
RUNS = 200
LAST = "1995-11-21"
NEW_YEARS = ["1993-01-01", "1994-01-01", "1995-01-01", LAST]
SIDES = ["arbih", "vrs", "hvo", "hv", "svk", "apwb"]
NAMES = {"arbih": "ARBiH", "vrs": "VRS", "hvo": "HVO", "hv": "HV", "svk": "SVK", "apwb": "APWB"}
WEST = ["bosanski_petrovac", "drvar", "bosansko_grahovo", "glamoc", "sipovo", "mrkonjic_grad", "jajce", "kljuc", "sanski_most", "bosanska_krupa",
        "donji_vakuf", "kupres"]


def truel(verb, *words, package=WAR):
    """The JSON that a command prints."""
    return page_parts.told("truel", verb, package, *words)


def until(day, *words, package=WAR):
    return truel("run", "--runs", str(RUNS), "--seed", SEED, "--until", day, *words, package=package)


def rows(name):
    return page_parts.rows(pathlib.Path(WAR) / name)


def record(day):
    """Who holds each place on a day; of divided places nobody."""
    return {r["place_id"]: r["controller"] for r in rows("control.csv") if r["from_date"] <= day <= r["to_date"] and r["controller"] != "contested"}


def table(head, lines):
    print("\n".join(page_parts.table(head, lines)))


def place_names():
    return {r["place_id"]: r["name"] for r in rows("places.csv")}


def percent(share):
    return f"{100 * share:.0f}"


def holds():
    """Places of Bosnia and Herzegovina by holder on each New Year's Day, record and runs."""
    inside = {r["place_id"] for r in rows("places.csv") if r["country"] != "Croatia"}
    lines = []
    for day in NEW_YEARS:
        found, run = {p: h for p, h in record(day).items() if p in inside}, until(day)["places"]
        cells = [f"{sum(h == side for h in found.values())} ({sum(run[p]['control'].get(side, 0) for p in inside):.0f})" for side in SIDES]
        lines.append([day, *cells])
    table(["day", *(NAMES[side] for side in SIDES)], lines)


def newyears():
    lines = []
    for day in NEW_YEARS:
        found, run = record(day), until(day)["places"]
        agree = {p: run[p]["control"].get(holder, 0) for p, holder in found.items()}
        first = record("1992-06-15")
        still = sum(first.get(p) == holder for p, holder in found.items() if p in first) / sum(p in first for p in found)
        lines.append([day, str(len(found)), percent(sum(agree.values()) / len(agree)), percent(sum(s >= 0.5 for s in agree.values()) / len(agree)), percent(still),
                      str(sum(likeliest_holder(run[p]) != holder for p, holder in found.items()))])
    table(["day", "places", "mean share of the runs that have the true holder", "places where half of the runs have it",
           "in fact the same holder as on 15 June 1992", "places where another is the likeliest holder"], lines)


def likeliest_holder(place):
    return max(place["control"], key=place["control"].get)


def likeliest():
    """Places whose likeliest holder is not the observed one, with the share of the runs that each of the two has, on each New Year's Day."""
    cells = {}
    for day in NEW_YEARS:
        run = until(day)["places"]
        for place, holder in record(day).items():
            likely = likeliest_holder(run[place])
            if likely != holder:
                shares = run[place]["control"]
                cells.setdefault(place, {})[day] = (f"{NAMES.get(likely, 'nobody')} {percent(shares[likely])}, "
                                                    f"not {NAMES[holder]} ({percent(shares.get(holder, 0))})")
    names = place_names()
    order = sorted(cells, key=lambda place: ([day not in cells[place] for day in NEW_YEARS], names[place]))
    table(["place", *NEW_YEARS], [[names[place], *(cells[place].get(day, "") for day in NEW_YEARS)] for place in order])


def off(*laws):
    return [word for law in laws for word in ("--set", f"scenario.laws.{law}.on=false")]


AGREEMENT = ["--set", "scenario.laws.agreement.on=true", "--set", "interventions.october_ceasefire_*.on=false"]


def agreement_with_record(trials):
    """Mean share of the runs with the true holder, and places where another is likeliest, on each New Year's Day."""
    lines = []
    for what, words in trials:
        cells = []
        for day in NEW_YEARS:
            found, run = record(day), until(day, *words)["places"]
            share = sum(run[p]["control"].get(holder, 0) for p, holder in found.items()) / len(found)
            cells.append(f"{100 * share:.1f} ({sum(likeliest_holder(run[p]) != holder for p, holder in found.items())})")
        lines.append([what, *cells])
    table(["changed", *NEW_YEARS], lines)


def laws():
    """What the laws that this war asked for change on each New Year's Day."""
    agreement_with_record([("the basic model", []), ("nobody rises", off("local_defence")), ("no peacekeepers", off("peacekeeping")),
                           ("neither", off("local_defence", "peacekeeping")), ("enemies may agree, no cease-fire of October 1995", AGREEMENT)])


def not_told(*ids):
    return [word for name in ids for word in ("--set", f"interventions.{name}.on=false")]


def withdrawals():
    """What dated withdrawals and strengths change on each New Year's Day."""
    srebrenica, krajina = ["men_gather_in_srebrenica"], ["svk_*", "apwb_ends", "kladusa_*"]
    posavina = [f"hvo_leaves_{town}" for town in ("bosanski_brod", "derventa", "modrica", "odzak", "odzak_in_july")] + ["hv_leaves_odzak_in_july"]
    shared = ["mostar_*", "fojnica_*", "bugojno_*", "hvo_leaves_vares"]
    agreement_with_record([("the basic model", []), ("nobody gathers before Srebrenica", not_told(*srebrenica)),
                           ("the brigades of the Posavina do not withdraw", not_told(*posavina)),
                           ("nor is the corridor first", not_told(*posavina, "corridor_*")),
                           ("nobody stands in Mostar, Fojnica and Bugojno or leaves Vareš by date", not_told(*shared)),
                           ("the Serb Army of Krajina and the Autonomous Province fight on", not_told(*krajina)),
                           ("none of these", not_told(*srebrenica, *posavina, "corridor_*", *shared, *krajina))])


# Attacks with published numbers of the attackers: day, town, side, men on paper. tools/bosnia_rates.py names the pages of the history,
# which counts both Croat armies together: half is given to each. Sana 95, which began with two towns, is from wiki_sana, Vozuća from
# bosnae_vozuca95 and serbs_vozuca (sources.json).
ATTACKS = [("1992-10-27", "jajce", "vrs", 7000, 8000), ("1995-07-25", "bosansko_grahovo", "hv", 4250, 4250), ("1995-07-25", "glamoc", "hvo", 4250, 4250),
           ("1995-09-10", "donji_vakuf", "arbih", 20000, 20000),
           ("1995-09-10", "vozuca", "arbih", 19000, 23000), ("1995-09-13", "bosanski_petrovac", "arbih", 7500, 7500),
           ("1995-09-13", "bosanska_krupa", "arbih", 7500, 7500), ("1995-10-08", "mrkonjic_grad", "hv", 5500, 6000), ("1995-10-08", "mrkonjic_grad", "hvo", 5500, 6000)]


def attacks():
    """What becomes of towns where the attackers of published attacks are put straight into a battle for them, taken from all fronts alike."""
    fraction = {r["id"]: both_ends(r["front_line_fraction"]) for r in rows("actors.csv") if r["front_line_fraction"]}
    days = {town: next(day for day in NEW_YEARS if day >= begins) for begins, town, *_ in ATTACKS}
    sides = {town: [side for _, place, side, *_ in ATTACKS if place == town] for town in days}

    def taken(package):
        runs = {day: until(day, package=package)["places"] for day in sorted(set(days.values()))}
        return {town: percent(sum(runs[day][town]["control"].get(side, 0) for side in sides[town])) for town, day in days.items()}

    columns = [taken(WAR)]
    with tempfile.TemporaryDirectory() as folder:
        package = pathlib.Path(folder) / "war"
        shutil.copytree(WAR, package)
        for factor in (1, 2):
            shutil.copy(pathlib.Path(WAR) / "interventions.csv", package)
            with (package / "interventions.csv").open("a", encoding="utf-8", newline="") as file:
                out = csv.DictWriter(file, rows("interventions.csv")[0], lineterminator="\n")
                for number, (day, town, side, least, greatest) in enumerate(ATTACKS):
                    men = f"{factor * least * fraction[side][0]:.0f}..{factor * greatest * fraction[side][1]:.0f}"
                    for step, action, place in (("a_called", "leave", ""), ("b_there", "arrive", town)):
                        out.writerow({"id": f"trial_{step}_{number}", "date": day, "action": action, "actor": side, "place_id": place, "value": men,
                                      "basis": "assumed: a trial", "note": "a trial"})
            columns.append(taken(package))
    names = place_names()
    table(["town", "on", "in fact with", "in the basic model, % of runs with an attacker", "attackers put there", "twice as many"],
          [[names[town], day, NAMES[record(day)[town]], *(column[town] for column in columns)] for town, day in days.items()])


def ends():
    """Pairs of enemies that agree before each New Year's Day where the law of agreement acts, in % of the runs."""
    with page_parts.results("truel", "run", WAR, "--runs", RUNS, "--seed", SEED, "--keep-paths", RUNS, *AGREEMENT) as out:
        agreed = [r for r in page_parts.rows(out / "events.csv") if r["kind"] == "agreement"]
    first = {}
    for r in agreed:
        first.setdefault((r["actor"], r["other"]), {}).setdefault(r["realization"], r["date"])
    table(["pair", *(f"by {day}" for day in NEW_YEARS)],
          [[f"{NAMES[a]} and {NAMES[b]}", *(percent(sum(date <= day for date in dates.values()) / RUNS) for day in NEW_YEARS)] for (a, b), dates in sorted(first.items())])


def causes():
    """What becomes of the places of the likeliest misses, on the last day, when one number of the package is changed."""
    trials = [("the basic model", []), ("no place is besieged", ["--set", "scenario.laws.siege.on=false"]),
              ("the SVK leaves the ARBiH in peace", ["--set", "ties.arbih.svk.alignment=0"]),
              ("both", ["--set", "scenario.laws.siege.on=false", "--set", "ties.arbih.svk.alignment=0"]),
              ("the VRS divides its effort nearly evenly among its enemies", ["--set", "commands.pale.temperature=3", "--set", "interventions.corridor_*.value=3"]),
              ("the war starts from who held what on 15 June 1992", ["--from", "1992-06-15"])]
    seen = [("bihac", "arbih"), ("bihac", "svk"), ("bihac", "vrs"), ("bihac", "hv"), ("srebrenica", "arbih"), ("sarajevo", "arbih"), ("bosanski_brod", "vrs"), ("odzak", "vrs"), ("bosanski_samac", "vrs")]
    names, lines = place_names(), []
    for what, words in trials:
        run = until(LAST, *words)["places"]
        lines.append([what, *(percent(run[place]["control"].get(side, 0)) for place, side in seen)])
    table(["changed", *(f"{names[place]} {NAMES[side]}" for place, side in seen)], lines)


def day_before(day):
    return (datetime.date.fromisoformat(day) - datetime.timedelta(1)).isoformat()


def kept(*tables):
    """Tables of the runs with everything that happened in them, and their summary."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "runs"
        summary = truel("run", "--runs", str(RUNS), "--seed", SEED, "--keep-paths", str(RUNS), "--out", str(out))
        read = [page_parts.rows(out / name) for name in tables]
    return *read, summary


def held_in(events, summary):
    """Who holds a place in a run on a day, as a function of run, place and day."""
    first, taken = record(summary["start"]), {}
    arrivals = {r["id"] for r in rows("interventions.csv") if r["action"] == "arrive"}
    for r in events:
        spells = taken.setdefault((int(r["realization"]), r["place_id"]), [])
        # Who arrives in a place that is nobody's has it, without an event of its own.
        if r["kind"] == "capture" or (r["kind"] == "intervention" and r["intervention"] in arrivals and not spells and r["place_id"] not in first):
            spells.append((r["date"], r["actor"]))

    def holder(run, place, day):
        before = [actor for when, actor in taken.get((run, place), []) if when <= day]
        return before[-1] if before else first.get(place)
    return holder


def falls():
    """Changes of the observed data after June 1992, and how many runs have the new holder on the day before, at the next New Year's Day and at the end."""
    names = place_names()
    events, summary = kept("events.csv")
    holder = held_in(events, summary)
    lines = []
    for r in sorted(rows("control.csv"), key=lambda r: (r["from_date"], r["place_id"])):
        if r["from_date"] < "1992-06-15":
            continue
        place, side = r["place_id"], r["controller"]
        after = next(day for day in NEW_YEARS if day >= r["from_date"])
        has = {day: [holder(run, place, day) == side for run in range(RUNS)] for day in (day_before(r["from_date"]), after, LAST)}
        if abs(sum(has[LAST]) / RUNS - summary["places"][place]["control"].get(side, 0)) > 1e-9:
            sys.exit(f"{place}: the events of the runs do not give its holder on the last day")
        before, then = has[day_before(r["from_date"])], has[after]
        lines.append([names[place], r["from_date"], NAMES[side], percent(sum(before) / RUNS), percent(sum(b and not a for a, b in zip(before, then)) / RUNS),
                      percent(sum(then) / RUNS), percent(sum(has[LAST]) / RUNS) if r["to_date"] >= LAST else "no longer its"])
    table(["place", "observed on", "to", "% of runs, already so the day before", "changed after it, by the next New Year's Day", "so on that day", "on the last day"], lines)


# Before, in and after Operation Corridor 92, as its dated changes have it.
PHASES = [("1992-04-06", "1992-06-01"), ("1992-06-01", "1992-10-07"), ("1992-10-07", "1995-11-21")]
POSAVINA = ["bosanski_samac", "brcko", "modrica", "derventa"]


def watched():
    """What happens in the runs at the places of the misses, in % of the runs."""
    events, priorities, summary = kept("events.csv", "priorities.csv")
    holder = held_in(events, summary)

    def share(place, kind, actors="", begin=summary["start"], end=LAST, **more):
        return percent(len({r["realization"] for r in events if r["place_id"] == place and r["kind"] == kind and (not actors or r["actor"] in actors.split())
                            and begin <= r["date"] <= end and all(r[key] == value for key, value in more.items())}) / RUNS)

    def held(day):
        return percent(sum(any(holder(run, place, day) == "hv" for place in POSAVINA) for run in range(RUNS)) / RUNS)

    def effort(target, begin, end):
        weeks = [float(r["share"]) for r in priorities if r["command"] == "pale" and r["target"] == target and begin <= r["date"] < end]
        decisions = {(r["realization"], r["date"]) for r in priorities if r["command"] == "pale" and begin <= r["date"] < end}
        return percent(sum(weeks) / len(decisions))

    svk_ends = next(r["date"] for r in rows("interventions.csv") if r["id"] == "svk_ends")
    risings = [r for r in events if r["kind"] == "rising"]
    fought = {"begin": "1993-04-16", "end": "1994-02-25"}
    lines = [("men rise for their side, times a run", f"{len(risings) / RUNS:.0f}"),
             ("men of the ARBiH who rise, a run", f"{sum(float(r['fighters']) for r in risings if r['actor'] == 'arbih') / RUNS:,.0f}"),
             ("Srebrenica is lost on terms", share("srebrenica", "capture", other="arbih", cause="on_terms")),
             ("Srebrenica falls to the VRS in July 1995", share("srebrenica", "capture", "vrs", "1995-07-01", "1995-07-31")),
             *(line for place, name in (("sarajevo", "Sarajevo"), ("gorazde", "Goražde"), ("bihac", "Bihać")) for line in (
                 (f"{name} is lost", share(place, "capture", other="arbih")),
                 (f"{name} is lost on terms", share(place, "capture", other="arbih", cause="on_terms")),
                 (f"{name} is taken back", share(place, "capture", "arbih")))),
             ("the SVK has Bihać on the day before its men leave", percent(sum(holder(run, "bihac", day_before(svk_ends)) == "svk" for run in range(RUNS)) / RUNS)),
             ("the HV takes Bihać after that", share("bihac", "capture", "hv", svk_ends)),
             ("the HV takes Cazin after that", share("cazin", "capture", "hv", svk_ends)),
             ("the VRS has Modriča before May 1992", share("modrica", "capture", "vrs", end="1992-04-30")),
             ("the VRS has Derventa before May 1992", share("derventa", "capture", "vrs", end="1992-04-30")),
             ("a Croat army takes Modriča before July 1992", share("modrica", "capture", "hvo hv", end="1992-06-30")),
             ("a Croat army takes Derventa before July 1992", share("derventa", "capture", "hvo hv", end="1992-06-30")),
             ("the HV has one of Bosanski Šamac, Brčko, Modriča and Derventa on 6 October 1992", held("1992-10-06")),
             ("the same on the day after its withdrawal", held("1992-10-08")),
             ("the VRS attacks Odžak within a month of 13 July 1992", share("odzak", "offensive", "vrs", "1992-07-13", "1992-08-13")),
             ("the VRS attacks Odžak from then to the end of the year", share("odzak", "offensive", "vrs", "1992-07-13", "1992-12-31")),
             ("men of Odžak rise for the HVO after that day", share("odzak", "rising", "hvo", "1992-07-13")),
             ("effort of the VRS for the HVO until May, from June to October 1992, afterwards", ", ".join(effort("hvo", *days) for days in PHASES)),
             ("effort of the VRS for the HV in the same times", ", ".join(effort("hv", *days) for days in PHASES)),
             ("the VRS attacks Jajce before November 1992", share("jajce", "offensive", "vrs", end="1992-10-31")),
             ("Jajce is given up on terms in 1992", share("jajce", "capture", end="1992-12-31", cause="on_terms")),
             ("the VRS takes Stolac in 1992", share("stolac", "capture", "vrs", end="1992-12-31")),
             ("a Croat army attacks the VRS in Stolac in 1992", share("stolac", "offensive", "hvo hv", end="1992-12-31")),
             ("the VRS attacks Trnovo from May to December 1993", share("trnovo", "offensive", "vrs", "1993-05-01", "1993-12-31")),
             ("the VRS has taken Hadžići by the end of June 1992", share("hadzici", "capture", "vrs", end="1992-06-30")),
             ("the ARBiH takes Hadžići from the VRS afterwards", share("hadzici", "capture", "arbih", "1992-07-01", other="vrs")),
             ("the HVO attacks Kupres in November and December 1994", share("kupres", "offensive", "hvo", "1994-11-01", "1994-12-31")),
             ("the ARBiH attacks Vozuća in 1995", share("vozuca", "offensive", "arbih", "1995-01-01")),
             ("the ARBiH's men in Mostar (east) are driven out in 1993 or 1994", share("mostar_east", "retreat", "arbih", **fought)),
             ("they take it", share("mostar_east", "capture", "arbih", **fought)),
             ("the ARBiH's men in Bugojno are driven out", share("bugojno", "retreat", "arbih", **fought)),
             ("they take it", share("bugojno", "capture", "arbih", **fought)),
             ("the ARBiH's men in Fojnica are driven out", share("fojnica", "retreat", "arbih", **fought)),
             ("they take it", share("fojnica", "capture", "arbih", **fought)),
             ("men of Vareš rise for the ARBiH", share("vares", "rising", "arbih", **fought)),
             ("men of Vareš rise for the HVO", share("vares", "rising", "hvo", **fought)),
             ("the ARBiH takes Vareš", share("vares", "capture", "arbih", **fought)),
             ("the HVO attacks Žepče", share("zepce", "offensive", "hvo", **fought)),
             ("men of Žepče rise for the HVO", share("zepce", "rising", "hvo", **fought)),
             ("men of Velika Kladuša rise for the APWB after 7 August 1995", share("velika_kladusa", "rising", "apwb", "1995-08-07"))]
    table(["what", "% of the runs, or as it says"], [list(line) for line in lines])


def deaths():
    runs = {day: until(day)["actors"] for day in NEW_YEARS}
    commands = [r["id"] for r in rows("commands.csv") if r["reserve_share"]]
    tied = until(LAST, *(word for command in commands for word in ("--set", f"commands.{command}.reserve_share=0")))["actors"]
    lines = []
    for side, counted in COUNTED.items():
        totals = [runs[day][side]["losses"]["mean"] for day in NEW_YEARS]
        years = [b - a for a, b in zip([0] + totals, totals)]
        lines.append([NAMES[side], f"{counted:,}", f"{round(counted * IN_1992 / IN_ALL, -2):,.0f}", f"{round(totals[-1], -2):,.0f}", *(f"{round(y, -2):,.0f}" for y in years),
                      f"{round(tied[side]['losses']['mean'], -2):,.0f}"])
    table(["side", "soldiers killed, counted", "of them in 1992, if divided as all soldiers are", "runs, all years", "1992", "1993", "1994", "1995",
           "all years if no command keeps a reserve"], lines)


def accounts():
    found = record(LAST)
    lines = []
    for name in ["", *sorted(path.stem for path in (pathlib.Path(WAR) / "accounts").glob("*.toml"))]:
        run = until(LAST, *(["--account", name] if name else []))
        places = run["places"]
        west = sum(sum(places[p]["control"].get(side, 0) for side in ("arbih", "hvo", "hv")) for p in WEST)
        lines.append([f"`{name}`" if name else "the basic model", percent(sum(places[p]["control"].get(h, 0) for p, h in found.items()) / len(found)),
                      percent(places["sarajevo"]["control"].get("arbih", 0)), percent(places["gorazde"]["control"].get("arbih", 0)), percent(places["bihac"]["control"].get("arbih", 0)),
                      f"{west:.1f}", f"{100 * run['actors']['vrs']['value_share']['mean']:.0f}"])
    table(["account", "mean share with the true holder on the last day", "Sarajevo with the ARBiH on the last day", "Goražde", "Bihać",
           f"of the {len(WEST)} places that in fact changed sides in the west by 1995, with ARBiH, HVO or HV", "land of the VRS, %"], lines)


def scores():
    lines = []
    for origin, last in (("1993-01-01", "1993-12-31"), ("1994-01-01", "1994-12-31"), ("1995-01-01", "1995-11-20")):
        per = {}
        for kind, words in (("told", ["--told"]), ("hidden", [])):
            done = truel("score", "--observed", WAR, "--from", origin, "--until", last, "--runs", str(RUNS), "--seed", "1", *words)
            for r in done["windows"]:
                if r["score"] == "brier" and r["target"] == "control" and r["subset"] == "all" and not r["merged"]:
                    per[kind if r["model"] == "truel" else r["model"]] = r
        lines.append([f"{origin} to {last}", str(per["persistence"]["n"]),
                      *(f"{per[k]['value']:.3f}" if k in per else "-" for k in ("told", "hidden", *UNDATED_BASELINES)),
                      *(page_parts.with_range(per[k]["difference"], *per[k]["difference_interval"]) for k in ("told", "hidden"))])
    table(["window", "places", "truel, dated changes told", "truel, dated changes hidden", *(model.replace("-", " ") for model in UNDATED_BASELINES), "told, less persistence (95 %)",
           "hidden, less persistence (95 %)"], lines)


def sources():
    """What holders and strengths rest on, in rows of the package."""
    def of_holder(row):
        if "Balkan Battlegrounds" not in row["source"]:
            return "general knowledge alone"
        return "the CIA's history for the holder, general knowledge or a guess for the day" if re.search("general knowledge|guess", row["source"]) else "the CIA's history"

    def of_strength(row):
        if row["fighters"] == "0":
            return "none: from that day on not known town by town"
        return "Wikipedia, some with the census, a claim or the CIA's history" if "source:wiki_" in row["basis"] else "other works or general knowledge"

    begins = rows("control.csv")[0]["from_date"]
    lines = collections.Counter([("holder on the first day" if r["from_date"] == begins else "change of holder", of_holder(r)) for r in rows("control.csv")]
                                + [("strength", of_strength(r)) for r in rows("forces.csv")])
    table(["what", "rests on", "rows"], [[*line, str(count)] for line, count in sorted(lines.items(), key=lambda x: (["h", "c", "s"].index(x[0][0][0]), -x[1]))])


def main():
    global RUNS
    parser = argparse.ArgumentParser()
    parser.add_argument("table", choices=["holds", "newyears", "likeliest", "laws", "withdrawals", "attacks", "ends", "causes", "falls", "watched", "deaths", "accounts", "scores", "sources"])
    parser.add_argument("--runs", type=int, default=RUNS)
    words = parser.parse_args()
    RUNS = words.runs
    globals()[words.table]()


if __name__ == "__main__":
    main()
