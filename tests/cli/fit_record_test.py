"""What docs/models/historical-battles.md says of truel fit on the recorded battles.

TRUEL: the program. TRUEL_OBSERVED: the folder of the record, if it is not ../shared/data; without it the test is skipped.
"""
import json
import os
import pathlib
import re
import unittest

from program import ProgramTest, ROOT

NAMED = os.environ.get("TRUEL_OBSERVED")
PLACES = [pathlib.Path(NAMED)] if NAMED else [parent / "shared" / "data" for parent in ROOT.parents]
OBSERVED = next((place for place in PLACES if (place / "battles" / "01.csv").exists()), None)
PAGE = ROOT / "docs" / "models" / "historical-battles.md"
ROW = re.compile(r"\| from \d+, here \| ([^|]+) \| ([\d.]+) \(([\d.]+)\) \| ([\d.]+) \(([\d.]+)\) \| ([\d.]+) \|")


@unittest.skipIf(OBSERVED is None, "no record at hand")
class RecordedBattles(ProgramTest):
    def test_give_what_the_page_quotes(self):
        told = self.truel("fit", ROOT / "scenarios" / "published" / "historical-battles", "--observed", OBSERVED, "--json",
                          "--quiet")
        rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
        self.assertEqual(len(rows), 2)
        for table, (laws, *numbers) in zip(json.loads(told.stdout)["tables"], rows):
            mean, sd = table["mean_ratio"], table["sd_ratio"]
            kept = sorted(table["laws"].items(), key=lambda law: -law[1])
            self.assertEqual(laws, ", ".join(f"{law} {100 * share:.0f}" for law, share in kept if share > 0))
            self.assertEqual(numbers, [f"{mean['mean']:.2f}", f"{mean['se']:.2f}", f"{sd['mean']:.2f}", f"{sd['se']:.2f}",
                                       f"{table['distance']['mean']:.1f}"])


if __name__ == "__main__":
    unittest.main()
