"""The small war of China, 1926 to 1928: what its tables must hold whatever a run makes of them."""
import csv
import pathlib
import unittest
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

WAR = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "china-1926"
FIRST, LAST = date(1926, 7, 9), date(1928, 12, 29)
WAYS = {"plain": 1.15, "hills": 1.3, "mountain": 1.5}


def rows(name):
    with (WAR / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class China(unittest.TestCase):
    def test_spells_of_a_place_follow_each_other_without_a_gap(self):
        spells = {}
        for r in rows("control.csv"):
            spells.setdefault(r["place_id"], []).append((date.fromisoformat(r["from_date"]), date.fromisoformat(r["to_date"])))
        self.assertEqual(set(spells), {r["place_id"] for r in rows("places.csv")})
        for place, held in spells.items():
            with self.subTest(place=place):
                self.assertEqual((held[0][0], held[-1][1]), (FIRST, LAST))
                for (_, end), (begin, _) in zip(held, held[1:]):
                    self.assertEqual(end + timedelta(1), begin)

    def test_every_spell_says_what_it_rests_on(self):
        for r in rows("control.csv"):
            with self.subTest(place=r["place_id"], day=r["from_date"]):
                self.assertTrue(r["source"])

    def test_a_road_is_the_air_line_times_what_its_ground_asks(self):
        at = {r["place_id"]: (radians(float(r["latitude"])), radians(float(r["longitude"]))) for r in rows("places.csv")}
        for r in rows("links.csv"):
            (y, x), (v, u) = at[r["a"]], at[r["b"]]
            air = 6371 * 2 * asin(sqrt(sin((v - y) / 2) ** 2 + cos(y) * cos(v) * sin((u - x) / 2) ** 2))
            with self.subTest(a=r["a"], b=r["b"]):
                self.assertAlmostEqual(float(r["road_km"]), air * WAYS[r["terrain"]], delta=6)

    def test_every_pair_of_armies_has_a_tie(self):
        armies = sorted(r["id"] for r in rows("actors.csv"))
        pairs = {tuple(sorted((r["a"], r["b"]))) for r in rows("ties.csv")}
        self.assertEqual(pairs, {(a, b) for a in armies for b in armies if a < b})


if __name__ == "__main__":
    unittest.main()
