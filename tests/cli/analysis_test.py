"""Runs, comparisons and fits that start from an analysis of the months before.

TRUEL: the program.
"""
import json
import math
import re
import shutil
import unittest

from made_records import LATER
from program import HAS_PAGE, SANITIZED, WarTest

DAYS = "--from", "2021-04-01", "--until", "2021-07-01"


class FromAnAnalysis(WarTest):
    SPELLS = LATER

    def run_war(self, *more, status=0):
        return self.truel("run", "war", *DAYS, "--runs", 20, *more, status=status)

    def summary(self, *more):
        return json.loads(self.run_war("--json", *more).stdout)

    def test_runs_begin_a_quarter_before_and_have_the_observed_holders_on_the_day(self):
        told = self.run_war("--analysis", "--observed", "data", "--out", "out").stderr
        self.assertIn("the runs begin on 2021-01-01", told)
        summary = json.loads((self.folder / "out" / "summary.json").read_text(encoding="utf-8"))
        self.assertEqual((summary["start"], summary["analysis"]["origin"]), ("2021-01-01", "2021-04-01"))
        if HAS_PAGE:
            page = (self.folder / "out" / "report.html").read_text(encoding="utf-8")
            self.assertIn('"analysis":{"origin":"2021-04-01"', page)
        one = self.truel("run", "war", "--from", "2021-04-01", "--until", "2021-04-02", "--runs", 20, "--analysis", "--observed", "data", "--json", "--every", 1)
        holders = json.loads(one.stdout)["places"]
        for line in LATER.splitlines()[1:]:
            place, first, last, holder, _ = line.split(",")
            if first <= "2021-04-01" <= last:
                self.assertGreater(holders[place]["control"][holder], 0.8, place)

    def test_what_the_results_depend_on(self):
        both = "--analysis", "--observed", "data"
        one = self.summary(*both, "--threads", 1)
        self.assertEqual(one, self.summary(*both, "--threads", 2))
        self.assertNotEqual(one["start"], "2021-04-01")
        self.truel("run", "war", *DAYS, "--runs", 20, *both, "--out", "whole", "--quiet")
        for part in (1, 2):
            self.truel("run", "war", *DAYS, "--runs", 20, *both, "--shard", f"{part}/2", "--out", f"part{part}", "--quiet")
        self.truel("merge", "part1", "part2", "--out", "merged", "--quiet")
        whole, merged = ((self.folder / name / "summary.json").read_bytes() for name in ("whole", "merged"))
        self.assertEqual(whole, merged)
        (self.folder / "data" / "who.csv").write_text(LATER.replace("02-14", "03-20").replace("02-15", "03-21"), encoding="utf-8")
        self.assertFalse(one["places"] == self.summary(*both)["places"])
        refused = self.truel("merge", "part1", "part2", "--out", "again", "--quiet", status=2).stderr
        self.assertIn("files have changed", refused)

    def test_what_the_months_before_say_that_nobody_sees_is_told(self):
        ways = "--analysis", "--observed", "data", "--set", "scenario.laws.hidden_defence.on=1"
        learned = self.summary(*ways)["analysis"]["hidden_defence"]
        places = {line.split(",")[0] for line in LATER.splitlines()[1:]}
        self.assertEqual({row["place"] for row in learned}, places)
        farthest = max(learned, key=lambda row: abs(math.log(row["median"])))
        told = self.run_war(*ways).stdout
        self.assertRegex(told, rf"How strong the holder of a place is, .*\(the\s+farthest from 1 of 6\):\nPlace .*\n.* {farthest['median']:#.2g} +{farthest['low']:#.2g}–")

    def test_a_long_one_says_how_far_it_is(self):
        (self.war / "control.csv").write_text(LATER, encoding="utf-8")
        for table in ("control.csv", "forces.csv"):
            text = (self.war / table).read_text(encoding="utf-8")
            (self.war / table).write_text(text.replace("2019-01-01", f"{2000 if SANITIZED else 1900}-01-01"), encoding="utf-8")
        told = self.run_war("--analysis", "--threads", 1).stderr
        shares = [int(share) for share in re.findall(r"(?m)^analysis of 2021-04-01, strengths: (\d+) %, about \d+ (?:s|min \d\d s) left$", told)]
        self.assertGreater(len(shares), 0)
        self.assertEqual(shares, sorted(shares))
        self.assertTrue(all(0 < share < 100 for share in shares), shares)
        self.assertNotIn("strengths", self.run_war("--analysis", "--threads", 1, "--quiet").stderr)

    def test_where_there_is_no_record_it_is_said(self):
        first = min(line.split(",")[1] for line in (self.folder / "war" / "control.csv").read_text(encoding="utf-8").splitlines()[1:])
        early = self.truel("run", "war", "--analysis", "--runs", 4, "--from", first).stderr
        self.assertIn(f"analysis: control.csv and forces.csv begin on {first}, less than a quarter before {first}", early)
        self.assertIn("--analysis", self.run_war("--observed", "data", status=2).stderr)
        late = self.truel("run", "war", "--analysis", "--observed", "data", "--from", "2023-01-01", "--until", "2023-06-01", status=2).stderr
        self.assertRegex(late, r"nothing says who holds what on 2023-01-01")

    def test_warnings_of_the_package_are_told(self):
        links = self.folder / "war" / "links.csv"
        links.write_text(links.read_text(encoding="utf-8").replace("valley road,36", "valley road,3.6"), encoding="utf-8")
        both = "--analysis", "--observed", "data"
        self.assertRegex(self.run_war(*both).stderr, r"(?m)^warning: war/links\.csv:2:\d+: .*; look at latitude")
        self.assertEqual(self.run_war(*both, "--quiet").stderr, "")

    def test_a_place_cannot_be_given_to_another_too(self):
        refused = self.run_war("--analysis", "--observed", "data", "--set", "places.mill.control=government", status=2).stderr
        self.assertIn("an analysis lays in who held the place as observed", refused)

    def test_enemies_unite_on_the_first_day_that_nobody_observed(self):
        told = self.truel("compare", "war", *DAYS, "--analysis", "--observed", "data", "--runs", 4, "--if-united", "highland_front", "--json")
        self.assertEqual(json.loads(told.stdout)["from"], DAYS[1])

    def test_a_comparison_starts_each_side_from_its_own(self):
        both = "--analysis", "--observed", "data", "--runs", 10
        change = "--set-b", "actors.river_league.kill_rate=0"
        told = self.truel("compare", "war", *DAYS, *both, *change, "--out", "out")
        self.assertEqual(len(re.findall("the runs begin on 2021-01-01", told.stderr)), 2)
        one = json.loads((self.folder / "out" / "comparison.json").read_text(encoding="utf-8"))
        self.assertEqual(one["analysis"]["origin"], "2021-04-01")
        for part in (1, 2):
            self.truel("compare", "war", *DAYS, *both, *change, "--shard", f"{part}/2", "--out", f"part{part}", "--quiet")
        self.truel("merge", "part1", "part2", "--out", "merged", "--quiet")
        self.assertEqual(one, json.loads((self.folder / "merged" / "comparison.json").read_text(encoding="utf-8")))
        refused = self.truel("compare", "war", *DAYS, *both, "--who-gains", "river_league", status=2).stderr
        self.assertIn("nobody observed a war without an actor", refused)

    def test_sides_that_differ_in_accounts_alone_share_what_was_observed(self):
        options = "--account", "proxy", *DAYS, "--analysis", "--observed", "data", "--runs", 10, "--set", "scenario.laws.hidden_defence.on=1", "--json"
        shared, apart = self.truel("compare", "war", *options), self.truel("compare", "war", *options, "--set-b", "actors.river_league.kill_rate=package")
        self.assertEqual([done.stderr.count("the runs begin on 2021-01-01") for done in (shared, apart)], [1, 2])
        one, other = json.loads(shared.stdout), json.loads(apart.stdout)
        self.assertEqual((one["analysis"], one["outcomes"]), (other["analysis"], other["outcomes"]))
        self.assertEqual([row["account"] for row in one["analysis"]["hidden_defence"]], ["base"] * 6 + ["proxy"] * 6)

    def test_a_fit_starts_its_forecasts_from_one(self):
        def fit(*more):
            self.truel("fit", "war", "--observed", "data", "--until", "2020-03-31", "--draws", 16, "--runs", 2, "--check-runs", 4, "--quiet", "--out", "fit", *more)
            text = (self.folder / "fit" / "checks.csv").read_text(encoding="utf-8")
            shutil.rmtree(self.folder / "fit")
            return text

        for method in ("bank", "smoother"):
            one = fit("--method", method, "--analysis", "--threads", 2)
            if not SANITIZED:  # it is the same number by number, and an analysis takes long
                self.assertEqual(one, fit("--method", method, "--analysis", "--threads", 1))
            self.assertNotEqual(one, fit("--method", method))


if __name__ == "__main__":
    unittest.main()
