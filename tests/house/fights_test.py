"""What is told of who fights whom is right on numbers made by hand."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import fights  # noqa: E402 (it stands among the tools)
import verdict  # noqa: E402


def fair_crps(values, observed):
    n = len(values)
    return sum(abs(x - observed) for x in values) / n - sum(abs(x - y) for x in values for y in values) / (2 * n * (n - 1))


class Fights(unittest.TestCase):
    def test_each_side_has_shares_of_its_own(self):
        self.assertEqual(fights.shares({("army", "rebels"): 30, ("army", "state"): 10, ("kurds", "turks"): 0}),
                         {("army", "rebels"): 0.75, ("rebels", "army"): 1, ("army", "state"): 0.25, ("state", "army"): 1})

    def test_a_realization_may_be_left_out_of_a_score(self):
        values = [0.1, 0.4, 0.9, 0.2]
        members = fights.Members(values)
        self.assertAlmostEqual(members.fair_crps(0.5), fair_crps(values, 0.5))
        for out in values:
            self.assertAlmostEqual(members.fair_crps(0.5, out), fair_crps([x for x in values if x != out], 0.5))

    def runs(self, share):
        """Runs in which the army gives one enemy this part of its fights, a little more or less, and nine other pairs fight each other alone."""
        return [{("army", "state"): share + k / 1000, ("army", "rebels"): 1 - share - k / 1000} for k in range(30)]

    def test_accounts_that_differ_are_told_apart_and_others_are_not(self):
        told = fights.told_apart({"east": self.runs(0.8), "west": self.runs(0.1)})
        self.assertEqual(told, {("east", "west"): (100, 0), ("west", "east"): (100, 0)})
        same = fights.told_apart({"one": self.runs(0.5), "other": self.runs(0.5)})
        self.assertEqual(same["one", "other"], (0, 0))  # the runs share their draws: what is left out of one is left out of both

    def test_the_power_of_one_number_is_some_five_of_accounts_that_say_the_same(self):
        values = [k / 1000 for k in range(1000)]
        self.assertAlmostEqual(fights.power_of_one({"one": values, "other": values}), 5, delta=0.2)
        self.assertEqual(fights.power_of_one({"one": values, "far": [5 + x for x in values]}), 100)

    def test_a_share_has_its_median_and_where_90_percent_of_the_runs_lie(self):
        of = {"by_run": {"base": [{("army", "state"): k / 100} for k in range(101)] + [{("kurds", "state"): 1}]}}
        self.assertEqual(verdict.share_of_runs(of, "base", "army", "state"), "50 (5 to 95)")
        self.assertEqual(verdict.share_of_runs(of, "base", "rebels", "state"), "no fights")

    def test_a_place_is_taken_from_whoever_held_it_before_it_was_fought_over(self):
        spells = [{"place_id": place, "from_date": day, "controller": who} for place, day, who in (
            ("a", "2014-01-01", "rebels"), ("a", "2016-05-01", "contested"), ("a", "2016-06-01", "army"),
            ("b", "2014-01-01", "rebels"), ("b", "2016-05-01", "contested"), ("b", "2016-06-01", "rebels"),
            ("c", "2014-01-01", "state"), ("c", "2017-01-01", "army"), ("d", "2016-02-01", "army"))]
        self.assertEqual(fights.captures(spells, "2016-01-01", "2016-12-31"), {("army", "rebels"): 1})
        self.assertEqual(fights.captures(spells, "2017-01-01", "2017-12-31"), {("army", "state"): 1})


if __name__ == "__main__":
    unittest.main()
