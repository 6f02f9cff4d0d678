"""What actors, commands and places are called changes no mean of any package that ships, to half a point of land and less."""
import unittest

from program import ROOT, TRUEL, ProgramTest
from renamed import compare

SEEDS = 32
# With 62 degrees of freedom a t of Student's is beyond it once in a million times: there are some thousand means.
LIMIT = 5.4
# So that half a point of land is seen: its standard error is then some tenth of a point in a war of provinces.
RUNS = 192


def accounts(package):
    """Those under which the mechanism of a package acts."""
    return [["--account", "on"]] if (package / "accounts" / "on.toml").exists() else [[]]


class Names(ProgramTest):
    def assert_same(self, folders, runs=RUNS):
        for scenario in sorted(path for folder in folders for path in (ROOT / "scenarios").glob(f"{folder}/scenario.toml")):
            for options in accounts(scenario.parent):
                with self.subTest(package=scenario.parent.name, options=options):
                    rows = compare(TRUEL, scenario.parent, SEEDS, runs, options)
                    self.assertEqual([row for row in rows if abs(row[-1]) > LIMIT], [],
                                     "actor, quantity, mean, mean renamed, standard errors")

    def test_change_no_mean_of_the_laws(self):
        self.assert_same(["laws/*"])

    def test_change_no_mean_of_the_mechanisms(self):
        self.assert_same(["mechanisms/*"])

    def test_change_no_mean_of_published_models(self):
        self.assert_same(["published/*"], 24)

    def test_change_no_mean_of_china(self):
        self.assert_same(["china-1926"])

    def test_change_no_mean_of_bosnia(self):
        self.assert_same(["bosnia-1992"], 48)

    def test_change_no_mean_of_syria(self):
        self.assert_same(["syria-2016"], 64)

    def test_change_no_mean_of_the_episodes_of_syria(self):
        self.assert_same(["syria-episodes/*"])

    def test_change_no_mean_of_ukraine(self):
        self.assert_same(["ukraine-2022"], 24)


if __name__ == "__main__":
    unittest.main()
