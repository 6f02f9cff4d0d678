"""What actors, commands and places are called changes no mean: some packages, a short form of names_long_test.py."""
import unittest

from program import ROOT, TRUEL, ProgramTest, shortened
from renamed import compare

SEEDS = 16
# With 30 degrees of freedom a t of Student's is beyond it once in a million times.
LIMIT = 6.1


class Names(ProgramTest):
    def assert_same(self, package, runs, *options):
        rows = compare(TRUEL, ROOT / "scenarios" / package, SEEDS, shortened(runs), options)
        apart = [row for row in rows if abs(row[-1]) > LIMIT]
        self.assertEqual(apart, [], f"{package} {' '.join(options)}: actor, quantity, mean, mean renamed, standard errors")

    def test_of_armies_that_act_together_change_no_mean(self):
        self.assert_same("china-1926", 40)

    def test_change_no_mean_of_small_wars(self):
        for package in ("laws/reserve-and-allies", "laws/effort-ledger", "laws/marches-and-reserves"):
            with self.subTest(package):
                self.assert_same(package, 40)

    def test_change_no_mean_of_best_responses(self):
        self.assert_same("published/best-response-truel", 40)


if __name__ == "__main__":
    unittest.main()
