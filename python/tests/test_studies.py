"""Comparisons, sensitivity, scores and fits, held against the program."""
import json
import math
import unittest

import numpy as np

import truel
from wars import LATER_DAYS, WarTest, write_battles

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

    def test_starts_each_side_from_an_analysis_as_the_program_does(self):
        observed, options = self.observed_later()
        got = truel.compare(self.war, self.war.changed(accounts="proxy"), runs=20, seed=4, analysis=True, observed=observed, **LATER_DAYS)
        told = self.told("compare", self.package, "--account", "proxy", *options, "--runs", 20, "--seed", 4)
        self.assertEqual((got.attrs["answer"], json.loads(got.attrs["analysis"])), (told["answer"], told["analysis"]))
        self.assertEqual(list(got.difference.values), [row["difference"] for row in told["outcomes"]])
        with self.assertRaisesRegex(truel.InputError, "nobody observed a war without an actor"):
            truel.compare(self.war, without="river_league", analysis=True, runs=2)

    def test_takes_other_days_for_both_sides(self):
        days = {"from_": "2020-02-01", "until": "2020-03-31"}
        one, other = self.war, self.war.changed(accounts="proxy")
        got = truel.compare(one, other, runs=10, **days)
        np.testing.assert_array_equal(got.value, truel.compare(one.changed(**days), other.changed(**days), runs=10).value)
        self.assertFalse(np.array_equal(got.value, truel.compare(one, other, runs=10).value, equal_nan=True))

    def test_differences_are_those_of_the_pairs(self):
        got = truel.compare(self.war, self.war.changed(set={NUMBER: 0}), runs=50, metrics=["nobody_probability"])
        pairs = got.value.sel(side="second") - got.value.sel(side="first")
        np.testing.assert_allclose(pairs.mean("realization"), got.difference)
        self.assertIn("nobody_probability", got.outcome.values)
        units = dict(zip(got.kind.values, got.unit.values))
        self.assertEqual({kind: units[kind] for kind in ("survival", "life_days", "losses", "metric")},
                         {"survival": "1", "life_days": "day", "losses": "1", "metric": ""})
        self.assertEqual((got.changed.attrs["units"], got.pairs.attrs["units"]), ("1", "1"))
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
        for name, arguments in {"second": {"second": self.package}, "without": {"without": 3},
                                "metrics": {"without": "government", "metrics": 3}}.items():
            with self.subTest(name), self.assertRaisesRegex(truel.InputError, f"^{name}="):
                truel.compare(self.package, **arguments, runs=2)
        with self.assertRaisesRegex(truel.InputError, "no such actor"):
            truel.compare(self.war, without="nobody", runs=2)
        for second in {"without": "nobody"}, {"second": self.war.copy()}:
            with self.subTest(second), self.assertRaises(truel.InputError) as refused:
                truel.compare(self.war, **second, metrics="happiness", runs=0)
            self.assertEqual(len(refused.exception.diagnostics), 3)


class Sensitivity(WarTest):
    def test_gives_what_the_program_gives(self):
        outcome = "actors.government.final_fighters"
        got = truel.sensitivity(self.war, outcome, runs=400, seed=3)
        told = self.told("sensitivity", self.package, "--metric", outcome, "--runs", 400, "--seed", 3)["outcomes"][0]
        self.assertEqual(got.raw, told)
        self.assertEqual(got.answer, told["answer"])
        self.assertAlmostEqual(got.shares.value.sum(), 1)
        self.assertEqual(len(got.parameters), len(told["parameters"]))
        self.assertEqual(list(got.accounts.index), ["base", "proxy"])
        self.assertIn("rests_on", got.groups.index.get_level_values("by"))

    def test_leaves_out_accounts_with_draws_unless_they_are_named(self):
        package = self.folder / "drawn"
        truel.new(package)
        (package / "accounts" / "fitted.toml").write_text('title = "Fitted"\ndraws = "fitted.csv"\nbasis = "assumed: a test"\n')
        (package / "accounts" / "fitted.csv").write_text(f"{NUMBER}\n0.001\n0.002\n")
        self.assertEqual(truel.load(package).known_accounts.draws.to_dict(), {"fitted": 2, "proxy": 0})
        outcome = "actors.government.final_fighters"
        got = truel.sensitivity(package, outcome, runs=400, seed=3)
        told = self.told("sensitivity", package, "--metric", outcome, "--runs", 400, "--seed", 3)["outcomes"][0]
        self.assertEqual(got.raw, told)
        self.assertEqual(list(got.accounts.index), ["base", "proxy"])
        with self.assertRaisesRegex(truel.InputError, "accounts without draws$"):
            truel.sensitivity(package, outcome, accounts=["base", "fitted"], runs=400)

    def test_refuses_what_it_cannot_tell(self):
        for wrong in {"runs": 5}, {"accounts": ["base", "base"]}, {"accounts": ["nobody"]}, {"accounts": []}, {"by": "colour"}:
            with self.subTest(wrong=wrong), self.assertRaises(truel.InputError):
                truel.sensitivity(self.war, "civilian_harm", **{"runs": 400, **wrong})
        with self.assertRaises(truel.InputError):
            truel.sensitivity(self.war, "happiness", runs=400)
        with self.assertRaises(truel.InputError) as refused:
            truel.sensitivity(self.war, 3, runs="many", by="colour", accounts=3)
        self.assertEqual([each.what.split("=")[0] for each in refused.exception.diagnostics],
                         ["by", "runs", "accounts", "metric"])
        with self.assertRaises(truel.InputError) as refused:
            truel.sensitivity(self.war, "happiness", runs=0, accounts=["base", "nobody"], set={"a.b": 1}, until="garbage")
        told = [str(each) for each in refused.exception.diagnostics]
        self.assertEqual(len(told), 5)
        for part in "runs=0", "happiness", "nobody", "a.b", "garbage":
            self.assertTrue(any(part in each for each in told), part)


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
        informed = truel.score(self.package, observed, runs=20, from_="2020-01-01", until="2020-12-31", told=True)
        told = self.told("score", self.package, "--observed", observed, "--runs", 20, "--from", "2020-01-01", "--until",
                         "2020-12-31", "--told")
        windows = informed[~informed.is_pooled & informed.with_low_confidence]
        self.assertEqual([row["value"] for row in told["windows"]], [None if math.isnan(x) else x for x in windows.value])
        analysed = truel.score(self.package, observed, runs=20, from_="2020-07-01", until="2020-12-31", analysis=True)
        told = self.told("score", self.package, "--observed", observed, "--runs", 20, "--from", "2020-07-01", "--until",
                         "2020-12-31", "--analysis")
        windows = analysed[~analysed.is_pooled & analysed.with_low_confidence]
        self.assertEqual([row["value"] for row in told["windows"]], [None if math.isnan(x) else x for x in windows.value])
        plain = truel.score(self.package, observed, runs=20, from_="2020-07-01", until="2020-12-31")
        self.assertFalse(np.array_equal(plain.value, analysed.value, equal_nan=True))
        with self.assertRaises(truel.InputError):
            truel.score(self.package, self.folder / "nowhere", runs=20)
        with self.assertRaises(truel.InputError):
            truel.score(self.package, observed, runs=20, from_="soon")
        with self.assertRaises(truel.InputError) as refused:
            truel.score(self.package, None, runs=None, until=2020)
        self.assertEqual([each.what for each in refused.exception.diagnostics], ["observed=None", "until=2020", "runs=None"])
        with self.assertRaises(truel.InputError) as refused:
            truel.score(self.package, self.folder / "nowhere", runs=0, accounts="nobody", set={"a.b": 1}, until="garbage")
        self.assertEqual([each.what.split()[0] for each in refused.exception.diagnostics], ["no", "until", "runs=0", "unknown", "unknown"])


class Fit(WarTest):
    def test_gives_what_the_program_gives(self):
        write_battles(self.folder / "data")
        package = truel.scenario("published/historical-battles")
        got = truel.fit(package, self.folder / "data", draws=2000, keep=0.01)
        told = self.told("fit", package, "--observed", self.folder / "data", "--draws", 2000, "--keep", 0.01)
        self.assertEqual([table["file"] for table in told["tables"]], ["battles/01.csv", "battles/02.csv"])
        for table in told["tables"]:
            group = got[table["file"].removesuffix(".csv")]
            self.assertEqual(group.attrs["laws"], table["laws"])
            self.assertEqual(dict(group["posterior"].sizes), {"chain": 1, "draw": 20})
        with self.assertRaisesRegex(truel.InputError, "for battles it is rejection or abc-smc"):
            truel.fit(package, self.folder / "data", method="bank")

    def record(self):
        """A war in which it is uncertain whether commands attack, and who held its places."""
        commands = self.package / "commands.csv"
        text = commands.read_text()
        for least, tail in ("1.5", ",0.2,150"), ("1.3", ",0.3,100"), ("1.5", ",0.3,100"):
            text = text.replace(f",{least}{tail}", f",0.5..{least}{tail}", 1)
        commands.write_text(text)
        folder = self.folder / "record"
        folder.mkdir(exist_ok=True)
        (folder / "who.csv").write_text(SPELLS.replace("2020-01-01", "2019-01-01"))
        return folder

    def test_learns_from_control_what_the_program_learns(self):
        record = self.record()
        known = {"until": "2020-06-30", "draws": 200, "runs": 2, "strength": 2, "check_runs": 20}
        got = truel.fit(self.package, record, **known)
        options = [word for name, value in known.items() for word in ("--" + name.replace("_", "-"), value)]
        told = self.told("fit", self.package, "--observed", record, *options)
        self.assertEqual(got.attrs["effective_size"], told["effective_size"])
        self.assertEqual(got["windows"]["fitted"].values.tolist(), [window["fitted"] for window in told["windows"]])
        moved = [number["path"] for number in told["numbers"] if number["is_fitted"]]
        self.assertGreater(len(moved), 0)
        self.assertEqual(set(got["posterior"].data_vars), set(moved))
        self.assertEqual(dict(got["posterior"].sizes), {"chain": 1, "draw": 200})
        for number in told["numbers"]:
            if number["is_fitted"]:  # resampled rows have the weighted mean, but for rounding of shares
                drawn = got["posterior"][number["path"]]
                self.assertAlmostEqual(float(drawn.mean()), number["posterior"]["mean"], delta=0.1 * number["prior"]["sd"])
                self.assertAlmostEqual(float(got["prior"][number["path"]].mean()), number["prior"]["mean"],
                                       delta=1e-9 + 0.01 * number["prior"]["sd"])
        self.assertIn("fitted_until = 2020-06-30", got.attrs["fitted.toml"])
        analysed = truel.fit(self.package, record, **known, analysis=True)["windows"]
        told = self.told("fit", self.package, "--observed", record, *options, "--analysis")
        self.assertEqual(analysed["fitted"].values.tolist(), [window["fitted"] for window in told["windows"]])
        self.assertNotEqual(analysed["fitted"].values.tolist(), got["windows"]["fitted"].values.tolist())
        of_proxy = truel.fit(truel.load(self.package).changed(accounts="proxy"), record, **known)
        self.assertEqual(of_proxy.attrs["account"], "proxy")

    def test_arviz_reads_it(self):
        import arviz

        got = truel.fit(self.package, self.record(), until="2020-06-30", draws=200, runs=2, strength=2, check_runs=20)
        table = arviz.summary(got["posterior"].to_dataset(), kind="stats")
        self.assertEqual(set(table.index), set(got["posterior"].data_vars))

    def test_tells_every_mistake_at_once(self):
        with self.assertRaises(truel.InputError) as refused:
            truel.fit(self.package, self.folder, until=2020, draws=3, keep="x", strength=-1)
        self.assertEqual([each.what.split("=")[0] for each in refused.exception.diagnostics],
                         ["until", "draws", "keep", "strength"])
        with self.assertRaises(truel.InputError) as refused:
            truel.fit(self.package, self.folder / "nowhere", method="nope", target="zz", keep=4, numbers=0)
        self.assertEqual([each.what.split("=")[0] for each in refused.exception.diagnostics],
                         ["no such folder", "keep", "numbers", "target", "method", "until"])
        with self.assertRaises(truel.InputError) as refused:  # however many tables the package names
            truel.fit(truel.scenario("published/historical-battles"), self.folder / "nowhere")
        self.assertEqual([each.what for each in refused.exception.diagnostics], ["no such folder"])

    def test_names_what_control_needs(self):
        until = {"until": "2020-06-30"}
        for words, arguments in {"last day": {}, "no window": {"until": "2018-01-01"}, "bank": {"method": "abc-smc"},
                                 "control, deaths or both": {**until, "target": "places"},
                                 "events of deaths": {**until, "target": "both"}}.items():
            with self.subTest(words), self.assertRaisesRegex(truel.InputError, words):
                truel.fit(self.package, self.record(), **arguments)


if __name__ == "__main__":
    unittest.main()
