"""tools/battle_facts.py on battles made up so that the answer is known."""
import csv
import math
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import battle_facts  # noqa: E402


def battle(**changed):
    row = dict.fromkeys(battle_facts.COLUMNS, "") | {"war": "War of the Valley", "place": "VALLEY", "start": "1940-01-01T00:00:00", "days": "2", "attacker_men": "20000",
                                        "defender_men": "10000", "attacker_casualties": "200", "defender_casualties": "1000", "winner": "1",
                                        "advance_km": "6", "surprise": "0", "defence": "HD", "attacker_outcome": "PP"}
    return battle_facts.Battle(row | {key: str(value) for key, value in changed.items()})


class BattleFactsTest(unittest.TestCase):
    def test_the_contest_exponent_is_the_slope_of_the_log_odds(self):
        # Even men win one of two, e to 1 three of four: log odds 0 and ln 3 over logarithms 0 and 1.
        even = [battle(attacker_men=10000, winner=w, place=f"P{k}") for k, w in enumerate((1, -1) * 20)]
        more = [battle(attacker_men=10000 * math.e, winner=w, place=f"Q{k}") for k, w in enumerate((1, 1, 1, -1) * 10)]
        cases, (x, errors, clusters) = battle_facts.contest_fit(even + more, 1939, 1945)
        self.assertEqual((len(cases), clusters), (80, 80))
        self.assertAlmostEqual(x[0], 0, places=6)
        self.assertAlmostEqual(x[1], math.log(3), places=6)
        # Battles that repeat within their campaign say no more than one, so the error stays where it was.
        _, (y, again, clusters) = battle_facts.contest_fit((even + more) * 4, 1939, 1945)
        self.assertEqual(clusters, 80)
        self.assertAlmostEqual(y[1], x[1], places=6)
        self.assertAlmostEqual(again[1], errors[1], places=6)

    def test_draws_and_other_years_are_left_out_of_the_contest(self):
        own = [battle(attacker_men=men, winner=w) for men in (10000, 20000) for w in (1, 1, -1)]
        others = [battle(winner=0), battle(start="1900-01-01T00:00:00", winner=-1), battle(attacker_men="", winner=-1)]
        self.assertEqual(battle_facts.contest_fit(own + others, 1939, 1945), battle_facts.contest_fit(own, 1939, 1945))

    def test_a_threshold_is_higher_where_some_stayed_with_more(self):
        lost = [math.exp(-3 + z / 2) for z in (-1.5, -0.5, 0.5, 1.5)]
        own = [(("a", k), (loss, True)) for k, loss in enumerate(lost)]
        (mu, sigma), _, _ = battle_facts.lognormal_fit(own)
        self.assertAlmostEqual(mu, -3, places=6)
        self.assertAlmostEqual(sigma, math.sqrt(1.25) / 2, places=6)
        (higher, wider), _, _ = battle_facts.lognormal_fit(own + [(("b", k), (loss, False)) for k, loss in enumerate(lost)])
        self.assertGreater(higher, mu)
        self.assertGreater(wider, 0)

    def test_who_lost_gave_up_and_a_loss_is_of_what_was_brought(self):
        own = battle(winner=-1)
        self.assertEqual((own.gave_up(0), own.gave_up(1)), (True, False))
        self.assertAlmostEqual(own.loss(0), 0.01)
        self.assertAlmostEqual(own.loss(1), 0.1)
        self.assertAlmostEqual(battle(defender_casualties=20000).loss(1), 1)
        self.assertAlmostEqual(battle(attacker_casualties=0).loss(0), 0.5 / 20000)
        self.assertIsNone(battle(attacker_casualties="").loss(0))

    def test_a_battle_of_hours_has_the_rate_of_a_day(self):
        self.assertAlmostEqual(battle(days=3).rate(), 2)
        self.assertAlmostEqual(battle(days=0.2).rate(), 6)
        self.assertIsNone(battle(advance_km="").rate())

    def test_surprise_that_comes_with_breakthroughs_has_a_slope_above_nothing(self):
        own = [battle(surprise=s, attacker_outcome="BB PS" if broke else "PP", attacker_men=men, place=f"P{k}", winner=1)
               for k, (s, broke, men) in enumerate([(0, 0, 10000), (0, 0, 20000), (0, 1, 15000), (2, 1, 10000), (2, 1, 20000), (2, 0, 15000)] * 5)]
        table = "\n".join(battle_facts.breakthrough_tables(own))
        slope = float(table.split("| all attacks | ")[1].split(" | ")[1].split(" ")[0])
        self.assertAlmostEqual(slope, math.log(4) / 2, places=2)  # odds of one in two and two to one over two steps
        self.assertIn("| no surprise | 15 | 33 % | 33 % | 33 % of 15 |", table)

    def test_a_battle_of_a_run_is_read_from_its_event(self):
        told = {"realization": "3", "date": "2015-03-20", "kind": "battle", "cause": "defenders_broke_off",
                "brought": "900", "other_brought": "300", "lost": "9", "other_lost": "30", "days": "12"}
        b = battle_facts.EngineBattle(told)
        self.assertEqual((b.winner, b.ratio(), b.loss(0), b.loss(1), b.days), (1, 3, 0.01, 0.1, 12))
        self.assertEqual((b.began.isoformat(), b.gave_up(0), b.gave_up(1)), ("2015-03-08", False, True))
        self.assertEqual(battle_facts.EngineBattle(told | {"cause": "attackers_fell"}).winner, -1)
        self.assertEqual(battle_facts.EngineBattle(told | {"cause": "goes_on"}).winner, 0)
        with self.assertRaises(KeyError):
            battle_facts.EngineBattle(told | {"cause": "somebody_won"})

    def test_facts_of_battles_with_known_losses(self):
        own = [battle(attacker_men=1000 * (1 + k % 3), defender_men=1000, attacker_casualties=10 * (1 + k % 4), defender_casualties=20 * (1 + k % 4),
                      winner=(1, -1)[k % 7 < 3], place=f"P{k}") for k in range(84)]
        facts = dict(battle_facts.facts_of(own))
        self.assertEqual((facts["battles"], facts["attacker won, of those decided"]), ("84", "57 %"))
        self.assertTrue(facts["lost by defenders who gave up: quarters"].startswith("0.0"))
        self.assertEqual(battle_facts.correlation([(1, 2), (2, 4), (3, 6)]), 1)

    def test_the_command_prints_every_table_that_the_page_has(self):
        with tempfile.TemporaryDirectory() as folder:
            table = pathlib.Path(folder) / "engagements.csv"
            with table.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(battle_facts.COLUMNS)
                for year in (1700, 1920, 1942, 1970):
                    for k in range(24):
                        men = 8000 + 1000 * (k % 7)
                        winner = (1, -1, 1, 0, 1, -1)[(k * 5 + year) % 6]
                        writer.writerow(("War", f"P{k}", f"{year}-05-{k + 1:02}T00:00:00", 1 + k % 3, men, 9000, 300 + 90 * (k % 5), 400 + 110 * (k % 4), winner,
                                         k % 6 - 1, k % 4, ("HD", "PD", "FD")[k % 3], "BB" if k % 5 == 0 else "PP"))
            told = subprocess.run([sys.executable, "-B", ROOT / "tools" / "battle_facts.py", table], capture_output=True, text=True, check=True).stdout
        page = (ROOT / "docs" / "engagements.md").read_text(encoding="utf-8")
        for name in ("advance", "breakthroughs", "breakpoints", "contest", "fire", "packages"):
            self.assertIn(f"\n{name}\n", f"\n{told}")
            self.assertEqual(page.count(f"<!-- {name} -->"), 1)

    def test_a_table_without_its_columns_is_refused_by_their_names(self):
        with tempfile.TemporaryDirectory() as folder:
            table = pathlib.Path(folder) / "t.csv"
            table.write_text("war,place\n", encoding="utf-8")
            told = subprocess.run([sys.executable, "-B", ROOT / "tools" / "battle_facts.py", table], capture_output=True, text=True)
        self.assertEqual((told.returncode, told.stdout), (2, ""))
        self.assertIn("no column start, days, attacker_men", told.stderr)


if __name__ == "__main__":
    unittest.main()
