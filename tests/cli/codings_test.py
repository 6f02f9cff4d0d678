"""Second codings of accounts lie in their packages, and what is told of two codings of the same texts is right on numbers made by hand."""
import sys
import unittest

from program import ROOT, ProgramTest

sys.path.insert(0, str(ROOT / "tools"))
import codings  # noqa: E402 (it stands among the tools)


class Codings(ProgramTest):
    def test_every_second_coding_is_an_account_of_its_package(self):
        packages = sorted(path for path in (ROOT / "scenarios/codings").iterdir() if path.is_dir())
        self.assertTrue(packages)
        for second in packages:
            package = ROOT / "scenarios" / second.name
            names = {path.stem for path in second.glob("*.toml")}
            self.assertTrue(names)
            self.assertLessEqual(names, {path.stem for path in (package / "accounts").glob("*.toml")})
            with codings.laid(package, second, codings.SECOND + "{}") as copy:
                self.assertIn("no mistakes", self.truel("check", copy).stdout)

    def test_each_second_coding_says_what_it_rests_on(self):
        for file in sorted((ROOT / "scenarios/codings").glob("*/*.toml")):
            text = file.read_text(encoding="utf-8")
            with self.subTest(file=file.name):
                self.assertGreaterEqual(text.count("[[set]]"), 3)
                self.assertIn("makes three central statements", " ".join(text.split()))

    def test_the_spread_of_codings_is_taken_out_of_that_of_authors(self):
        # Codings 2 apart have the variance 2; means 2 and 6 have 8, of which half the first is chance.
        self.assertEqual(codings.components([[1, 3], [5, 7]]), (7, 2))
        # Two texts of which each coder makes the same, and coders who differ as much as texts.
        self.assertEqual(codings.components([[1, 1], [3, 3]]), (2, 0))
        between, within = codings.components([[1, 3], [3, 1]])
        self.assertEqual((between, within), (-1, 2))
        self.assertEqual(codings.deviation(between), 0)

    def test_coders_agree_where_both_move_a_number_the_same_way(self):
        package = {"a.x.up": "1..3", "a.x.down": "1..3", "a.x.apart": "0", "a.x.kept": "1..3", "support.x.here.2014-01-01": "0.1",
                   "support.x.there.2014-01-01": "0.2", "a.x.alone": "1"}
        first = {"a.x.up": "4..6", "a.x.down": "loguniform(0.5, 2)", "a.x.apart": "1", "a.x.kept": "2", "support.x.here.2014-01-01": "0..0.05",
                 "support.x.there.2014-01-01": "0..0.05", "a.x.alone": "3"}
        second = {"a.x.up": "2..4", "a.x.down": "0", "a.x.apart": "-1..0", "a.x.kept": "3", "support.x.here.2014-01-01": "0..0.02",
                  "support.x.there.2014-01-01": "0..0.02"}
        of = codings.agreement(first, second, package)
        self.assertEqual(of, {"first": 6, "second": 5, "both": 5, "same": 3, "further": 2, "opposite": ["a.x.apart"]})

    def test_values_as_packages_write_them_have_a_middle(self):
        for value, middle in (("4", 4), ("1..3", 2), ("-3..-1", -2), ("-0.6..-0.3", -0.45), ("loguniform(0.01, 1)", 0.1), ("either(0, 1)", 0.5),
                              ("normal(5, 2)", 5), ("triangular(0, 1, 5)", 1), ("1e-06..3e-06", 2e-06)):
            with self.subTest(value=value):
                self.assertAlmostEqual(codings.centre(value), middle)
        self.assertEqual(codings.centre("2016-01-03") - codings.centre("2016-01-01"), 2)
        self.assertEqual(codings.centre("2016-01-01..2016-01-03"), codings.centre("2016-01-02"))

    def test_both_beliefs_stand_beside_what_the_record_makes_of_them(self):
        rows = [[rule, *(f"{k} (0 to 9)" for k in range(6))] for rule in (*codings.PRIORS.values(), "stacking")]
        first, second = codings.priors_table(rows)[2:]
        self.assertIn("| 17; 0 (0 to 9) | 17; 1 (0 to 9) |", first)
        self.assertIn("| 9; 0 (0 to 9) | 18; 1 (0 to 9) |", second)

    def test_weights_follow_prior_and_losses(self):
        self.assertEqual(codings.posterior([0.25, 0.75], [7, 7], 1 / 32), [0.25, 0.75])
        one, other = codings.posterior([0.5, 0.5], [100, 132], 1 / 32)
        self.assertAlmostEqual(one / other, 2.718281828459045)

    def test_the_log_loss_of_a_mean_forecast_is_that_of_the_mean_chance(self):
        self.assertAlmostEqual(codings.pooled({"a": 0.0}, {"a": 0.6931471805599453})["a"], 0.2876820724517809)  # 1 and 1/2 make 3/4


if __name__ == "__main__":
    unittest.main()
