"""The package ukraine-2022: what it may rest on, that it checks without a word, and a short run of it.

TRUEL: the program. TRUEL_UKRAINE: the folder of the two records of control, if it is not ../shared/data/ukraine.
"""
import json
import os
import pathlib
import re
import sys
import unittest
from datetime import date

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
from program import ROOT, ProgramTest  # noqa: E402

import war_tables  # noqa: E402
from control_baselines import baselines  # noqa: E402

WAR = ROOT / "scenarios" / "ukraine-2022"
FIRST = date(2022, 2, 24)
FIRST_FORECAST = date(2022, 2, 25)
SIDES = {"russia": ["russia", "republics"], "ukraine": ["ukraine_army", "territorial_defence"]}


SPELLS = """place_id,from_date,to_date,controller
capital,2020-01-01,2020-12-31,government
bridge,2020-01-01,2020-03-14,government
bridge,2020-03-15,2020-08-14,highland_front
bridge,2020-08-15,2020-12-31,government
harbour,2020-01-01,2020-05-31,river_league
harbour,2020-06-01,2020-06-30,contested
harbour,2020-07-01,2020-12-31,government
mill,2020-01-01,2020-03-31,river_league
mill,2020-04-01,2020-09-30,government
mill,2020-10-01,2020-12-31,river_league
pass,2020-01-01,2020-12-31,highland_front
summit,2020-01-01,2020-12-31,highland_front
"""


def observed_folder():
    named = os.environ.get("TRUEL_UKRAINE")
    places = [pathlib.Path(named)] if named else [p / "shared" / "data" / "ukraine" for p in ROOT.parents]
    return next((p for p in places if (p / "control_spells.csv").is_file()), None)


def rows(name):
    return war_tables.rows(WAR / name)


def published():
    """The day on which each source was out: the last that its date allows."""
    days = {}
    for source in json.loads((WAR / "sources.json").read_text(encoding="utf-8")):
        parts = source["issued"]["date-parts"][0]
        if source["type"] != "dataset":
            days[source["id"]] = date(*(parts + [1, 1])[:3])
    return days


class Ukraine(ProgramTest):
    def test_the_package_has_neither_mistakes_nor_warnings(self):
        done = self.truel("check", WAR, "--strict")
        self.assertIn("no mistakes", done.stdout)

    def test_the_record_it_is_scored_on_is_not_in_it(self):
        self.assertEqual({(r["from_date"], r["to_date"]) for r in rows("control.csv")}, {(FIRST.isoformat(), FIRST.isoformat())})

    def test_every_place_has_one_holder_on_the_first_day(self):
        self.assertEqual(sorted(r["place_id"] for r in rows("control.csv")), sorted(r["place_id"] for r in rows("places.csv")))

    def test_places_and_roads_cite_where_they_come_from(self):
        for r in rows("places.csv"):
            self.assertTrue(r["country"] != "Ukraine" or r["population_basis"] == "source:geonames", r["place_id"])
        for r in rows("links.csv"):
            self.assertTrue("source:geonames" in r["basis"] or "over the border" in r["basis"], (r["a"], r["b"]))

    def test_a_road_is_about_a_quarter_longer_than_the_air_line(self):
        for r, air in war_tables.roads_with_air_lines(WAR):
            self.assertTrue(1.15 * air <= float(r["road_km"]) <= 1.35 * air, f"{r['a']} {r['b']}: {r['road_km']} km, air line {air:.1f}")

    def test_no_number_rests_on_what_was_published_after_the_day_from_which_it_counts(self):
        out = published()
        source_of = {r["id"]: r["source"] for r in rows("claims.csv")}
        rested = [("scenario.toml", FIRST_FORECAST, (WAR / "scenario.toml").read_text(encoding="utf-8"))]
        for table in ("actors.csv", "commands.csv", "forces.csv", "ties.csv", "sponsors.csv", "interventions.csv"):
            for r in rows(table):
                day = date.fromisoformat(r.get("date") or r.get("from_date") or FIRST.isoformat())
                rested.append((table, max(day, FIRST_FORECAST), "; ".join(v for k, v in r.items() if k.endswith("basis"))))
        found = 0
        for table, day, basis in rested:
            for name in re.findall(r"source:(\w+)|\b(F\d+)\b", basis):
                source = name[0] or source_of[name[1]]
                if source in out:
                    found += 1
                    self.assertLessEqual(out[source], day, f"{table}: {basis}")
        self.assertGreater(found, 20)

    def test_a_short_run_has_two_sides_and_makes_no_men(self):
        told = self.truel("run", WAR, "--runs", 3, "--seed", 7, "--until", "2022-03-20", "--json", "--quiet")
        actors = json.loads(told.stdout)["actors"]
        self.assertEqual(set(actors), {a for side in SIDES.values() for a in side} | {"border"})

        def mean(actor, what):
            return actors[actor][what]["mean"]

        for actor in actors:
            came = actors[actor]["first_day_fighters"] + sum(mean(actor, k) for k in ("recruited", "arrived", "joined"))
            went = mean(actor, "final_fighters") + sum(mean(actor, k) for k in ("losses", "deserted", "defected", "left"))
            self.assertAlmostEqual(came, went, delta=1e-6 * max(1, came), msg=actor)
        self.assertAlmostEqual(sum(mean(a, "value_share") for a in actors), 1, places=6)
        for side in SIDES.values():
            self.assertGreater(sum(mean(a, "losses") for a in side), 0)
            self.assertEqual(sum(mean(a, "joined") + mean(a, "defected") for a in side), 0)

    def test_nobody_is_fought_on_the_ground_of_other_countries(self):
        told = self.truel("run", WAR, "--runs", 3, "--seed", 7, "--until", "2022-03-20", "--json", "--quiet")
        places = json.loads(told.stdout)["places"]
        abroad = [r["place_id"] for r in rows("places.csv") if r["country"] != "Ukraine"]
        self.assertEqual(len(abroad), 9)
        for place in abroad:
            self.assertEqual(places[place]["control"], {"border": 1.0}, place)

    def baselines_are_those_of_the_program(self, package, spells, origin, until, simulations, near):
        """Persistence and pair rates to six digits; what is simulated as near as that many simulations and a thousand allow."""
        (self.folder / "observed").mkdir()
        (self.folder / "observed" / "control_spells.csv").write_bytes(spells.read_bytes())
        told = self.truel("score", package, "--observed", self.folder / "observed", "--from", origin, "--until", until, "--runs", 2,
                          "--json", "--quiet")
        values = {r["model"]: (r["value"], r["n"]) for r in json.loads(told.stdout)["windows"]
                  if (r["target"], r["unit"], r["score"], r["subset"], r["merged"]) == ("control", "place", "brier", "all", False)}
        own = baselines(package, spells, date.fromisoformat(origin), date.fromisoformat(until), simulations)
        for model in ("persistence", "pair-rates", "spatial-hazard", "contact"):
            self.assertEqual(values[model][1], own["places"], model)
            self.assertAlmostEqual(values[model][0], own[model], delta=1e-6 if model in ("persistence", "pair-rates") else near, msg=model)

    def test_baselines_of_an_invented_record_are_those_of_an_independent_script(self):
        self.truel("new", "war")
        (self.folder / "spells.csv").write_text(SPELLS, encoding="utf-8")
        self.baselines_are_those_of_the_program(self.folder / "war", self.folder / "spells.csv", "2020-09-01", "2020-11-30", 4000, 0.03)

    @unittest.skipIf(observed_folder() is None, "without the records of control")
    def test_baselines_of_this_war_are_those_of_an_independent_script(self):
        self.baselines_are_those_of_the_program(WAR, observed_folder() / "control_spells.csv", "2022-03-25", "2022-04-24", 200, 0.01)


if __name__ == "__main__":
    unittest.main()
