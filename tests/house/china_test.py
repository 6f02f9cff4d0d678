"""The small war of China, 1926 to 1928: what its tables must hold whatever a run makes of them."""
import unittest
from datetime import date

import war_tables

WAR = war_tables.ROOT / "scenarios" / "china-1926"
FIRST, LAST = date(1926, 7, 9), date(1928, 12, 29)
WAYS = {"plain": 1.15, "hills": 1.3, "mountain": 1.5}


def rows(name):
    return war_tables.rows(WAR / name)


class China(unittest.TestCase):
    def test_spells_of_a_place_follow_each_other_without_a_gap(self):
        war_tables.check_that_spells_follow_each_other(self, WAR, FIRST, LAST)

    def test_every_spell_says_what_it_rests_on(self):
        for r in rows("control.csv"):
            with self.subTest(place=r["place_id"], day=r["from_date"]):
                self.assertTrue(r["source"])

    def test_a_road_is_the_air_line_times_what_its_ground_asks(self):
        for r, air in war_tables.roads_with_air_lines(WAR):
            with self.subTest(a=r["a"], b=r["b"]):
                self.assertAlmostEqual(float(r["road_km"]), air * WAYS[r["terrain"]], delta=6)

    def test_every_pair_of_armies_has_a_tie(self):
        armies = sorted(r["id"] for r in rows("actors.csv"))
        pairs = {tuple(sorted((r["a"], r["b"]))) for r in rows("ties.csv")}
        self.assertEqual(pairs, {(a, b) for a in armies for b in armies if a < b})


if __name__ == "__main__":
    unittest.main()
