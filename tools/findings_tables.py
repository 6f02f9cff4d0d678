#!/usr/bin/env python3
"""Prints the tables of docs/findings-tables.md, docs/accounts.md and docs/united-front.md that several runs of the reference scenario make.

usage: python3 tools/findings_tables.py TABLE [--runs N]
TABLE: drivers, free-riding, laws, damascus, pace, stands, months, episodes, days, hangs, factors

Calls the program `truel` of the path, in the folder that holds `scenarios`. --runs replaces the number of runs, to try it.
"""
import argparse
import json
import math
import pathlib
import re
import shutil
import tempfile

import page_parts
from model_pictures import Results

WAR = "scenarios/syria-2016"
POCKETS = "scenarios/syria-episodes/pockets-2018"
UNITED = ["--account", "united_front", "--set", "scenario.thresholds.ally=0.2"]
FEW = None  # runs instead of those of the document


def truel(verb, package, *words, runs=None):
    """The JSON that a command prints."""
    amount = ["--runs", str(min(runs, FEW) if FEW else runs)] if runs else []
    return page_parts.told("truel", verb, package, *words, *amount, failing=(1,))


def table(head, rows):
    print("\n".join(page_parts.table(head, rows)))


def count(x):
    return "-" if x is None else f"{float(f'{x:.3g}'):,.0f}"


def points(x):
    text = f"{100 * x:.1f}" if abs(x) < 0.0995 else f"{100 * x:.0f}"
    return text.replace("-0.0", "0.0")


def share(e):
    return f"{points(e['value'])} ({points(e['low'])} to {points(e['high'])})"


def of_runs(p, error, runs):
    """A share of runs and its error; in words where the error says nothing."""
    return f"none of {runs:,}" if p == 0 else f"all of {runs:,}" if p == 1 else f"{points(p)} % (± {100 * error:.1f})"


def survival(summary, actor="isis"):
    of = summary["actors"][actor]
    return of_runs(of["survival_probability"], of["survival_se"], summary["runs"])


def drivers():
    outcomes = {"actors.isis.final_fighters": "fighters of the Islamic State", "actors.isis.value_share": "its land",
                "actors.syrian_army.value_share": "land of Damascus", "actors.nusra.final_fighters": "fighters of the Nusra Front",
                "actors.kurds_sdf.value_share": "land of the Kurdish-led forces"}
    asked = [word for outcome in outcomes for word in ("--metric", outcome)]
    authors = [word for account in ("magnier", "assad_cannot", "ehsan", "cole", "isis_survives") for word in ("--account", account)]
    study = truel("sensitivity", WAR, *asked, *authors, "--seed", "1", runs=10000)
    rows = [("the choice of account", lambda o: o["shares"]["account"]),
            ("uncertain parameters", lambda o: o["shares"]["numbers"]),
            ("the two together", lambda o: o["shares"]["account_with_numbers"]),
            ("chance", lambda o: o["shares"]["chance"]),
            ("the word of sources: the choice of account, and parameters that rest on claims alone",
             lambda o: o["drivers"]["word_of_sources"]),
            ("parameters that rest on outside sources alone", lambda o: o["drivers"]["outside_sources"]),
            ("parameters whose range an assumption widens", lambda o: o["drivers"]["partly_assumed"]),
            ("parameters that rest on assumption alone", lambda o: o["drivers"]["assumptions"])]
    table(["share, %", *outcomes.values()],
          [[name, *(share(of(o)) if o["variance"] > 0 else "it does not vary" for o in study["outcomes"])] for name, of in rows])


def pair(summary, attacker, target):
    found = [d for d in summary["dyads"] if (d["attacker"], d["target"]) == (attacker, target)]
    return found[0]["effort_share"] if found else {"mean": 0, "se": 0}


def free_riding():
    sides = [truel("run", WAR, *words, "--seed", "7", runs=60) for words in ([], ["--account", "free_riding"])]
    isis = [side["actors"]["isis"] for side in sides]

    def effort(actor):
        return [f"{e['mean']:.3f} ± {e['se']:.3f}" for e in (pair(side, actor, "isis") for side in sides)]

    def measured(key, form):
        return [f"{form(a[key]['mean'])} ± {form(a[key]['se'])}" for a in isis]

    rows = [["the Islamic State survives", *map(survival, sides)],
            ["its fighters on the last day", *measured("final_fighters", count)],
            ["its losses", *measured("losses", count)],
            ["its land, as a share of 1", *measured("value_share", "{:.3f}".format)]]
    rows += [[f"effort on it: {name}", *effort(actor)] for name, actor in (
        ("Syrian army", "syrian_army"), ("Kurdish-led forces", "kurds_sdf"), ("Turkish-backed forces", "turkey_backed"),
        ("Ahrar al-Sham", "ahrar_al_sham"), ("Nusra Front", "nusra"), ("northern rebels", "northern_rebels"),
        ("southern rebels", "southern_rebels"), ("Jaysh al-Islam", "jaysh_al_islam"))]
    rows += [[f"{name} survive", *(survival(side, actor) for side in sides)] for name, actor in (
        ("the southern rebels", "southern_rebels"), ("Jaysh al-Islam", "jaysh_al_islam"))]
    table(["", "base", "free riding"], rows)


def laws():
    rows = []
    for account, off in (("assad_cannot", ["ties.isis.syrian_army.trade=0", "ties.syrian_army.isis.trade=0"]),
                         ("cole", ["commands.islamic_state.predation=0"]),
                         ("isis_survives", ["scenario.laws.underground.on=0"])):
        sides = [truel("run", WAR, "--account", account, *words, "--seed", "7", runs=200) for words in ([w for setting in off for w in ("--set", setting)], [])]
        rows.append([f"`{account}`", *map(survival, sides),
                     *(count(side["actors"]["isis"]["final_fighters"]["mean"]) for side in sides)])
    table(["account", "survival of the Islamic State without the law", "with it", "its fighters at the end without", "with"], rows)


def damascus():
    """Whom the Syrian army attacks under each account and what comes of it."""
    rebels = ("ahrar_al_sham", "jaysh_al_islam", "northern_rebels", "southern_rebels")

    def army(summary, key, *targets):
        return sum(d[key]["mean"] for d in summary["dyads"] if d["attacker"] == "syrian_army" and d["target"] in targets)

    def enemies(summary):
        return {d["target"] for d in summary["dyads"] if d["attacker"] == "syrian_army"}

    rows = []
    for account, name in (("base", "the basic model"), ("magnier", "A"), ("assad_cannot", "B"), ("ehsan", "C"), ("cole", "D"),
                          ("isis_survives", "E")):
        words = ["--seed", "7"] + ([] if account == "base" else ["--account", account])
        first_year = truel("run", WAR, *words, "--until", "2016-12-31", runs=200)
        with tempfile.TemporaryDirectory(prefix="truel-findings-") as folder:
            out = pathlib.Path(folder) / "out"
            whole = truel("run", WAR, *words, "--keep-paths", "200", "--out", str(out), runs=200)
            shares = [(row["date"], float(row["share"])) for row in page_parts.rows(out / "priorities.csv")
                      if (row["command"], row["target"]) == ("damascus", "isis")]
        efforts = [[share for date, share in shares if date.startswith(when)] for when in ("2016-03", "2017")]
        early = army(first_year, "offensives", "isis")
        first_enemy = next(q for q in whole["questions"] if q["metrics"] == ["dyads.syrian_army.isis.first_enemy_day"])
        rows.append([name, *(points(sum(found) / len(found)) if found else "-" for found in efforts), f"{early:.1f}",
                     f"{army(whole, 'offensives', 'isis') - early:.1f}", f"{army(whole, 'offensives', 'nusra'):.1f}",
                     f"{army(whole, 'offensives', *rebels):.1f}",
                     f"{army(whole, 'man_days', 'isis') / 1e6:.1f}",
                     points(army(whole, "man_days", "isis") / army(whole, "man_days", *enemies(whole))),
                     f"{army(whole, 'captures', 'isis'):.1f}", count(army(whole, "losses", "isis")),
                     points(first_enemy["answers"][0]["values"][0]["share_of_runs"])])
    table(["", "effort on the Islamic State, March 2016, %", "2017, %", "offensives against it, 2016", "2017 and 2018",
           "against the Nusra Front", "against other rebels", "man-days against it, millions", "of all sent, %", "places taken from it",
           "its fighters killed", "ever the first enemy, % of runs"], rows)


def intervals():
    """What all commands do in 2016 if they decide more or less often than once a week."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="truel-findings-") as folder:
        package = pathlib.Path(shutil.copytree(WAR, pathlib.Path(folder) / "war"))
        text = (package / "scenario.toml").read_text(encoding="utf-8")
        for days in (1, 3, 7, 14):
            (package / "scenario.toml").write_text(re.sub(r"(?m)^decision_interval_days = .*", f"decision_interval_days = {days}", text), encoding="utf-8")
            year = truel("run", str(package), "--until", "2016-12-31", "--seed", "7", runs=200)
            of = {key: sum(d[key]["mean"] for d in year["dyads"]) for key in ("offensives", "captures", "man_days", "losses")}
            rows.append([str(days), f"{of['offensives']:.1f}", f"{of['captures']:.1f}", f"{of['man_days'] / 1e6:.1f}", count(of["losses"])])
    table(["days between decisions", "offensives", "captures", "man-days, millions", "killed"], rows)


def pace():
    """What moves fronts: the laws of movement taken away one by one from the first day, and what else sets the pace, by account."""
    far = [f"commands.{command}.reach_km=100..200" for command in ("damascus", "islamic_state", "nusra", "kurds_sdf", "ankara", "baghdad")]
    laws = {"breakthroughs that go on": ["scenario.laws.exploitation.on=false"],
            "lines that are turned": ["scenario.laws.turned_line.on=false"],
            "attackers who leave a battle that costs too much": ["scenario.laws.battles.on=false"],
            "storming what is cut off": ["scenario.laws.siege.assault_ratio=1e9"],
            "taking back at once what was just lost": ["scenario.laws.operations.retake_days=0"],
            "an upper end to what one operation gets": ["scenario.laws.operations.commit_ratio=0"],
            "reserves from far away": far}
    limits = [("as the laws stand", [])] + [(f"without {name}", settings) for name, settings in laws.items()]
    limits += [("without any of these (`fronts_held`)", None),
               ("armies of Syria and Iraq whose divisions lead operations, not corps", ["commands.damascus.men_per_staff=5000..15000", "commands.baghdad.men_per_staff=2000..5000", "interventions.armies_led_2017_*.on=false"]),
               ("Damascus prepares and recovers in three days", ["commands.damascus.preparation_days=3",
                                                                 "commands.damascus.recovery_days=3"]),
               ("Damascus weighs nothing as vital", ["commands.damascus.weight_vital=0"])]
    rows = []
    for name, settings in limits:
        words = ["--account", "fronts_held"] if settings is None else [w for setting in settings for w in ("--set", setting)]
        ends = [truel("run", WAR, "--account", account, *words, "--until", "2017-12-31", "--seed", "7", runs=200)
                for account in ("magnier", "ehsan", "isis_survives")]
        east = ends[-1]

        def began(attacker, key, end=east):
            found = [d[key]["mean"] for d in end["dyads"] if (d["attacker"], d["target"]) == (attacker, "isis")]
            return f"{sum(found):.1f}"

        rows.append([name, *(points(end["actors"]["isis"]["value_share"]["mean"]) for end in ends),
                     count(east["actors"]["isis"]["final_fighters"]["mean"]), began("syrian_army", "offensives"),
                     began("syrian_army", "captures"), began("iraq_government", "captures"),
                     *(points(east["places"][place]["control"].get("isis", 0)) for place in ("mosul", "palmyra"))])
    table(["", "its land under A, %", "under C", "under E", "E: its fighters", "attacks of the army on it", "places that the army takes",
           "places that Iraq takes", "Mosul still its, % of runs", "Palmyra"], rows)


def stands():
    """Who stands where at the end of 2017, by account, in the first runs of the ensemble of `pace`. Runs in which the Islamic State holds nothing say nothing of its land."""
    worths = {row["place_id"]: row["value"] for row in page_parts.rows(pathlib.Path(WAR) / "places.csv")}
    runs = min(20, FEW) if FEW else 20
    rows = []
    for account, name in (("magnier", "A"), ("ehsan", "C"), ("isis_survives", "E")):
        empty, in_baghdad = [], []
        for k in range(runs):
            with page_parts.results("truel", "run", WAR, "--account", account, "--until", "2017-12-31", "--runs", 200, "--seed", 7,
                                    "--every", 1000, "--replay", k) as out:
                results = Results(out / "path.nc")
                draws = json.loads((out / "replay.json").read_text(encoding="utf-8"))["draws"]
            actors, places = results.texts("actor"), results.texts("place")
            isis, iraq = actors.index("isis"), actors.index("iraq_government")
            men = results.numbers("fighters")[-1]
            held = [p for p, holders in enumerate(results.numbers("control")) if holders[-1] == isis]

            def worth(p, drawn=draws, names=places):
                return float(drawn.get(f"places.{names[p]}.value", worths[names[p]]))

            if held:
                empty.append(sum(worth(p) for p in held if men[p][isis] < 50) / sum(map(worth, held)))
            in_baghdad.append(men[places.index("baghdad")][iraq] / sum(row[iraq] for row in men))
        rows.append([name, points(sum(empty) / len(empty)) if empty else "no land", points(sum(in_baghdad) / runs)])
    table(["", "land of the Islamic State that fewer than 50 of its men hold, %", "fighters of Iraq who stand in Baghdad, %"],
          rows)


def months():
    """Places that change hands in a month, in the runs and in the observed data; days without one holder count with the day before."""
    spells = {}
    for row in sorted(page_parts.rows(pathlib.Path(WAR) / "control.csv"), key=lambda row: row["from_date"]):
        if row["controller"] != "contested":
            spells.setdefault(row["place_id"], []).append((row["from_date"], row["controller"]))
    turned = [day for held in spells.values() for (_, before), (day, after) in zip(held, held[1:]) if before != after]
    rows = []
    for year in ("2015", "2016"):
        with tempfile.TemporaryDirectory(prefix="truel-findings-") as folder:
            out = pathlib.Path(folder) / "out"
            truel("run", WAR, "--from", f"{year}-01-01", "--until", f"{year}-12-31", "--seed", "7", "--out", str(out), runs=200)
            changes = {}
            for row in page_parts.rows(out / "months_places.csv"):
                changes[row["month"]] = changes.get(row["month"], 0) + float(row["changes_mean"])
        for name, of in (("runs", changes), ("observed", {m: sum(day.startswith(m) for day in turned) for m in changes})):
            first, *later = (of[month] for month in sorted(of))
            rows.append([year, name, f"{first:.1f}", f"{sum(later) / len(later):.1f}"])
    table(["war from 1 January", "", "January", "later months, mean"], rows)


def episodes():
    """What the accounts count: every check of the episodes as it comes out. Takes no number of runs: the packages have them."""
    rows = []
    for package in ("scenarios/syria-episodes/palmyra-march-2016", POCKETS):
        for check in truel("verify", package)["checks"]:
            rows.append([f"`{pathlib.Path(package).name}`", check["what"], f"{check['got']:.4g}", check["verdict"]])
    table(["episode", "what the account says", "the model gives", "verdict"], rows)


def collapse_days(package, words, runs, program="truel"):
    """The day of the collapse of the Islamic State in each realization, infinity where it survives."""
    amount = min(runs, FEW) if FEW else runs
    with page_parts.results(program, "run", package, *words, "--runs", amount, "--seed", 7, "--keep-paths", 0, "--every", 1000) as out:
        results = Results(out / "ensemble.nc")
        actor = results.texts("actor").index("isis")
        days = [row[actor] for row in results.numbers("collapse_day")]
        return sorted(math.inf if math.isnan(day) else day for day in days)


def gone_by(days, part):
    day = days[min(len(days) - 1, math.ceil(part * len(days)) - 1)]
    return "-" if math.isinf(day) else f"{day:.0f}"


def survivors(days):
    p = sum(map(math.isinf, days)) / len(days)
    return of_runs(p, math.sqrt(p * (1 - p) / len(days)), len(days))


def days():
    rows = []
    for package, start, runs, cases in (
            (WAR, "`syria-2016`, 1 January 2016, three years", 400,
             [("divided", []), ("truce", ["--account", "united_front"]), ("coordinated", UNITED)]),
            (POCKETS, "`pockets-2018`, 1 January 2018, two years", 1000,
             [("divided", []), ("truce", ["--account", "truce"]), ("coordinated", ["--account", "united"])])):
        for name, words in cases:
            found = collapse_days(package, words, runs)
            rows.append([start, name, survivors(found), gone_by(found, 1e-9), *(gone_by(found, q) for q in (0.05, 0.5, 0.95))])
    table(["start", "enemies", "survives to the end", "earliest end, day", "5 % gone by day", "50 % by day",
           "95 % by day"], rows)


def hangs():
    rows = []
    for name, package, runs, words, low, high in (
            ("pockets, coordinated: kill rate of the army, 0.0006 or 0.0024 a fighter and day", POCKETS, 400, ["--account", "united"],
             ["actors.syrian_army.kill_rate=0.0006"], ["actors.syrian_army.kill_rate=0.0024"]),
            ("reference scenario, truce: men for each operation of the Syrian army, 60,000 or 40,000", WAR, 200,
             ["--account", "united_front"], ["commands.damascus.men_per_staff=60000"], ["commands.damascus.men_per_staff=40000"]),
            ("reference scenario, truce: men for each operation of the Iraqi army, 28,000 or 14,000", WAR, 200,
             ["--account", "united_front"], ["commands.baghdad.men_per_staff=28000"], ["commands.baghdad.men_per_staff=14000"]),
            ("reference scenario, truce: the error with which commands see each other's strength, 0.2 or 0.5", WAR, 200,
             ["--account", "united_front"], ["scenario.laws.operations.estimate_error=0.2"],
             ["scenario.laws.operations.estimate_error=0.5"])):
        cells = []
        for settings in (low, high):
            found = collapse_days(package, [*words, *(w for s in settings for w in ("--set", s))], runs)
            half = gone_by(found, 0.5)
            cells.append(f"survives in {survivors(found)}" + ("" if half == "-" else f"; half gone by day {half}"))
        rows.append([name, *cells])
    table(["parameter", "first value", "second value"], rows)


def times(cell, factor):
    """A number of a table, a range or a distribution, so many times as large; of a lognormal the second is a spread."""
    number = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?")
    return number.sub(lambda match: f"{factor * float(match[0]):.10g}", cell, count=1 if cell.startswith("lognormal") else 0)


def factors():
    """All kill rates of the enemies of the Islamic State and their kills a sortie, multiplied."""
    actors = [row for row in page_parts.rows(pathlib.Path(POCKETS, "actors.csv")) if row["id"] != "isis"]
    rows = []
    for factor in (1, 10, 30, 100):
        settings = [f"actors.{row['id']}.{column}={times(row[column], factor)}" for row in actors
                    for column in ("kill_rate", "kills_per_sortie") if row.get(column)]
        found = collapse_days(POCKETS, ["--account", "united", *(w for s in settings for w in ("--set", s))], 400)
        rows.append([str(factor), *(gone_by(found, q) for q in (0.05, 0.5, 0.95))])
    table(["factor", "5 % gone by day", "50 % by day", "95 % by day"], rows)


def main():
    tables = {"drivers": drivers, "free-riding": free_riding, "laws": laws, "damascus": damascus, "intervals": intervals, "pace": pace, "stands": stands, "months": months,
              "episodes": episodes, "days": days, "hangs": hangs, "factors": factors}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", choices=tables)
    parser.add_argument("--runs", type=int)
    options = parser.parse_args()
    global FEW
    FEW = options.runs
    tables[options.table]()


if __name__ == "__main__":
    main()
