"""An episode has the reference scenario's numbers wherever it gives the same reason for them, and its claims' words."""
import csv
import pathlib
import unittest

SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
KEYS = {"actors": ["id"], "commands": ["id"], "places": ["place_id"], "support": ["actor", "place_id", "date"],
        "ties": ["a", "b"], "claims": ["id"]}
CLAIM = ["source", "paragraph", "speaker", "low", "high", "unit", "statement"]


def rows(package, table):
    with (package / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {tuple(row[key] for key in KEYS[table]): row for row in csv.DictReader(file)}


def basis(row, column):
    return row.get(f"{column}_basis") or row.get("basis")


class Episodes(unittest.TestCase):
    def test_the_same_reason_has_the_same_number(self):
        for package in sorted((SCENARIOS / "syria-episodes").iterdir()):
            for table, keys in KEYS.items():
                base = rows(SCENARIOS / "syria-2016", table)
                for key, row in rows(package, table).items():
                    original = base.get(key, {})
                    same = CLAIM if table == "claims" else [
                        column for column in row if not column.endswith("basis") and column in original and
                        basis(row, column) and basis(row, column) == basis(original, column)]
                    for column in same if original else []:
                        with self.subTest(package=package.name, table=table, key=key, column=column):
                            self.assertEqual(row.get(column, ""), original[column])

    def test_they_speak_of_what_the_reference_scenario_has(self):
        for package in sorted((SCENARIOS / "syria-episodes").iterdir()):
            for table in ("actors", "commands", "claims"):
                with self.subTest(package=package.name, table=table):
                    self.assertLessEqual(set(rows(package, table)), set(rows(SCENARIOS / "syria-2016", table)))


if __name__ == "__main__":
    unittest.main()
