"""truel fit as a user meets it.

TRUEL: the program.
"""
import json
import unittest

from made_records import write_battles
from program import ProgramTest, ROOT, table

BATTLES = ROOT / "scenarios" / "published" / "historical-battles"
FILES = {"fit.json", "posterior.csv", "provenance.json"}


class Battles(ProgramTest):
    def setUp(self):
        super().setUp()
        write_battles(self.folder / "data")

    def fit(self, *arguments):
        return json.loads(self.truel("fit", BATTLES, "--observed", "data", "--json", "--quiet", *arguments).stdout)

    def test_finds_the_law_and_the_ratio_that_made_the_battles(self):
        for method in ["--draws", 8000, "--keep", 0.004], ["--method", "abc-smc", "--draws", 200]:
            told = self.fit(*method)
            self.assertEqual([table["file"] for table in told["tables"]], ["battles/01.csv", "battles/02.csv"])
            for table, ratio in zip(told["tables"], [2, 1]):
                self.assertEqual(table["battles"], 20)
                self.assertEqual(max(table["laws"], key=table["laws"].get), "linear")
                self.assertAlmostEqual(sum(table["laws"].values()), 1)
                self.assertAlmostEqual(table["mean_ratio"]["mean"], ratio, delta=0.25)

    def test_writes_the_sample_and_says_it_in_a_table(self):
        told = self.truel("fit", BATTLES, "--observed", "data", "--draws", 2000, "--keep", 0.01, "--out", "out")
        self.assertIn("battles/01.csv: of 2000 simulations of 20 battles the 20 kept follow the linear law", told.stdout)
        self.assertEqual({path.name for path in (self.folder / "out").iterdir()}, FILES)
        self.assertIn("Battles after X. Rubio-Campillo (2016)", told.stdout)
        for name in "fit.json", "provenance.json":
            cited = json.loads((self.folder / "out" / name).read_text(encoding="utf-8"))["citations"]
            self.assertEqual([citation[:34] for citation in cited], ["Battles after X. Rubio-Campillo (2"], name)
        rows = table(self.folder / "out" / "posterior.csv")
        self.assertEqual(len(rows), 40)
        distances = [float(row["distance"]) for row in rows[:20]]
        self.assertEqual(distances, sorted(distances))
        self.truel("fit", BATTLES, "--observed", "data", "--draws", 2000, "--keep", 0.01, "--out", "one", "--threads", 1)
        for name in "fit.json", "posterior.csv":
            self.assertEqual((self.folder / "one" / name).read_bytes(), (self.folder / "out" / name).read_bytes())

    def test_names_every_mistake(self):
        table = self.folder / "data" / "battles" / "01.csv"
        table.write_text("year;R0;Rc;B0;Bc\n1700;100;0;100;10\n1701;100;200;100;10\n1702;x;2;100;10\n", encoding="utf-8")
        (self.folder / "data" / "battles" / "02.csv").unlink()
        told = self.truel("fit", BATTLES, "--observed", "data", "--out", "out", status=2).stderr
        for part in "01.csv:2:10", "01.csv:3:1", "more dead than there were men", "01.csv:4:6", "02.csv: no file that can be read", "4 mistakes":
            self.assertIn(part, told)
        self.assertFalse((self.folder / "out").exists())
        self.assertEqual(self.truel("fit", BATTLES, "--observed", "nowhere", status=2).stderr.count("\n"), 1)
        self.truel("new", "war")
        self.assertIn("no --until", self.truel("fit", "war", "--observed", "data", status=2).stderr)


if __name__ == "__main__":
    unittest.main()
