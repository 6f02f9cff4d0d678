"""Comparisons, sensitivity, scores and fits, held against the program."""
import math
import unittest

import numpy as np

import truel
from wars import WarTest

SPELLS = """place_id,from_date,to_date,controller,confidence
capital,2020-01-01,2020-12-31,government,high
bridge,2020-01-01,2020-05-14,government,high
bridge,2020-05-15,2020-12-31,highland_front,low
harbour,2020-01-01,2020-12-31,river_league,high
mill,2020-01-01,2020-03-31,river_league,high
mill,2020-04-01,2020-12-31,government,high
pass,2020-01-01,2020-12-31,highland_front,high
summit,2020-01-01,2020-12-31,highland_front,high
"""
NUMBER = "actors.government.recruitment_per_day"


class Compare(WarTest):
    def test_gives_what_the_program_gives(self):
        got = truel.compare(self.war, self.war.changed(accounts="proxy"), runs=60, seed=4)
        told = self.told("compare", self.package, "--account", "proxy", "--runs", 60, "--seed", 4)
        self.assertEqual(got.attrs["answer"], told["answer"])
        rows = {row["outcome"]: row for row in told["outcomes"]}
        self.assertEqual(list(got.outcome.values), list(rows))
        for name, row in rows.items():
            one = got.sel(outcome=name)
            for key, value in (("difference", row["difference"]), ("low", row["low"]), ("high", row["high"])):
                np.testing.assert_equal(float(one[key]), math.nan if value is None else value, f"{name} {key}")
            self.assertEqual(int(one.changed), row["changed_pairs"])

    def test_differences_are_those_of_the_pairs(self):
        got = truel.compare(self.war, self.war.changed(set={NUMBER: 0}), runs=50, metrics=["nobody_probability"])
        pairs = got.value.sel(side="second") - got.value.sel(side="first")
        np.testing.assert_allclose(pairs.mean("realization"), got.difference)
        self.assertIn("nobody_probability", got.outcome.values)
        self.assertIn(NUMBER, got.attrs["second"])
        np.testing.assert_array_equal(got.value.sel(side="first", outcome="civilian_harm"),
                                      truel.run(self.war, runs=50).civilian_harm)

    def test_says_who_gains(self):
        got = truel.compare(self.war, without="river_league", runs=40)
        told = self.told("compare", self.package, "--who-gains", "river_league", "--runs", 40)
        self.assertEqual(got.attrs["answer"], told["answer"])

    def test_refuses_what_cannot_be_compared(self):
        other = truel.load(truel.scenario("published/three-way-combat"))
        for arguments in [(self.war, self.war.copy()), (self.war, other), (self.war,),
                          (self.war, self.war.changed(until="2020-03-31"))]:
            with self.assertRaises(truel.InputError):
                truel.compare(*arguments, runs=2)
        with self.assertRaisesRegex(truel.InputError, "no such actor"):
            truel.compare(self.war, without="nobody", runs=2)


class Sensitivity(WarTest):
    def test_gives_what_the_program_gives(self):
        outcome = "actors.government.final_fighters"
        got = truel.sensitivity(self.war, outcome, runs=400, seed=3)
        told = self.told("sensitivity", self.package, "--outcome", outcome, "--runs", 400, "--seed", 3)["outcomes"][0]
        self.assertEqual(got.raw, told)
        self.assertEqual(got.answer, told["answer"])
        self.assertAlmostEqual(got.shares.value.sum(), 1)
        self.assertEqual(len(got.parameters), len(told["parameters"]))
        self.assertEqual(list(got.accounts.index), ["base", "proxy"])
        self.assertIn("rests_on", got.groups.index.get_level_values("by"))

    def test_refuses_what_it_cannot_tell(self):
        for wrong in {"runs": 5}, {"accounts": ["base", "base"]}, {"accounts": ["nobody"]}, {"by": "colour"}:
            with self.subTest(wrong=wrong), self.assertRaises(truel.InputError):
                truel.sensitivity(self.war, "civilian_harm", **{"runs": 400, **wrong})
        with self.assertRaises(truel.InputError):
            truel.sensitivity(self.war, "happiness", runs=400)


class Score(WarTest):
    def test_gives_what_the_program_gives(self):
        observed = self.folder / "observed"
        observed.mkdir(exist_ok=True)
        (observed / "who.csv").write_text(SPELLS)
        got = truel.score(self.package, observed, runs=20, from_="2020-01-01", until="2020-12-31",
                          accounts=["base", "proxy"])
        told = self.told("score", self.package, "--observed", observed, "--runs", 20, "--from", "2020-01-01", "--until",
                         "2020-12-31", "--each-account")
        self.assertEqual(len(got), len(told["windows"]) + len(told["pooled"]) + len(told["without_low_confidence"]))
        windows = got[~got.is_pooled & got.with_low_confidence]
        self.assertEqual([row["value"] for row in told["windows"]], [None if math.isnan(x) else x for x in windows.value])
        self.assertIn("model", got.columns)
        self.assertEqual(got.attrs["record"]["files"], told["record"]["files"])
        with self.assertRaises(truel.InputError):
            truel.score(self.package, self.folder / "nowhere", runs=20)
        with self.assertRaises(truel.InputError):
            truel.score(self.package, observed, runs=20, from_="soon")


def battle(red, blue, red_ends, ratio):
    """Casualties of both under the linear law, until red has lost so many."""
    power = 100 / (red * blue)
    r, b = red, blue
    while red - r < red_ends:
        r, b = int(r - power * b * r), int(b - ratio * power * r * b)
    return red - r, blue - b


class Fit(WarTest):
    def test_gives_what_the_program_gives(self):
        folder = self.folder / "data" / "battles"
        folder.mkdir(parents=True)
        for name, ratio in ("01.csv", 2.0), ("02.csv", 1.0):
            rows = ["year;R0;Rc;B0;Bc"]
            for k in range(20):
                red, blue = 12000 + 900 * k, 30000 - 700 * k
                dead = battle(red, blue, red * (0.05 + 0.01 * k), ratio)
                rows.append(f"{1700 + k};{red};{dead[0]};{blue};{dead[1]}")
            (folder / name).write_text("\n".join(rows) + "\n")
        package = truel.scenario("published/historical-battles")
        got = truel.fit(package, self.folder / "data", draws=2000, keep=0.01)
        told = self.told("fit", package, "--observed", self.folder / "data", "--draws", 2000, "--keep", 0.01)
        self.assertEqual(list(got), ["battles/01.csv", "battles/02.csv"])
        for table, (file, posterior) in zip(told["tables"], got.items()):
            self.assertEqual(posterior.attrs["laws"], table["laws"])
            self.assertEqual(len(posterior), 20)
        with self.assertRaisesRegex(truel.InputError, "no table of battles"):
            truel.fit(self.package, self.folder / "data")


if __name__ == "__main__":
    unittest.main()
