"""The package bosnia-1992: its rates are those of the counts, and its record has no howler."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from datetime import date, timedelta

import war_tables

ROOT = war_tables.ROOT
WAR = ROOT / "scenarios" / "bosnia-1992"
FIRST, LAST = date(1992, 4, 6), date(1995, 11, 21)
NEW_YEARS = ("1993-01-01", "1994-01-01", "1995-01-01", "1995-11-21")
# What a reader who knows that war looks for on the map of each New Year's Day and of the last day.
MAP = {
    "sarajevo": "arbih arbih arbih arbih", "gorazde": "arbih arbih arbih arbih", "bihac": "arbih arbih arbih arbih", "tuzla": "arbih arbih arbih arbih",
    "zenica": "arbih arbih arbih arbih", "maglaj": "arbih arbih arbih arbih", "tesanj": "arbih arbih arbih arbih", "olovo": "arbih arbih arbih arbih",
    "gradacac": "arbih arbih arbih arbih", "banja_luka": "vrs vrs vrs vrs", "bijeljina": "vrs vrs vrs vrs", "zvornik": "vrs vrs vrs vrs",
    "prijedor": "vrs vrs vrs vrs", "doboj": "vrs vrs vrs vrs", "brcko": "vrs vrs vrs vrs", "pale": "vrs vrs vrs vrs", "visegrad": "vrs vrs vrs vrs",
    "foca": "vrs vrs vrs vrs", "trebinje": "vrs vrs vrs vrs", "derventa": "vrs vrs vrs vrs", "bosanski_brod": "vrs vrs vrs vrs",
    "srebrenica": "arbih arbih arbih vrs", "zepa": "arbih arbih arbih vrs", "cerska": "arbih vrs vrs vrs",
    "jajce": "vrs vrs vrs hvo", "kupres": "vrs vrs hvo hvo", "glamoc": "vrs vrs vrs hvo", "bosansko_grahovo": "vrs vrs vrs hv",
    "drvar": "vrs vrs vrs hvo", "sipovo": "vrs vrs vrs hvo", "mrkonjic_grad": "vrs vrs vrs hv", "kljuc": "vrs vrs vrs arbih",
    "sanski_most": "vrs vrs vrs arbih", "bosanski_petrovac": "vrs vrs vrs arbih", "bosanska_krupa": "vrs vrs vrs arbih",
    "donji_vakuf": "vrs vrs vrs arbih", "trnovo": "arbih vrs vrs vrs", "velika_kladusa": "arbih apwb apwb arbih",
    "orasje": "hvo hvo hvo hvo", "livno": "hvo hvo hvo hvo", "vitez": "hvo hvo hvo hvo", "kiseljak": "hvo hvo hvo hvo", "mostar_west": "hvo hvo hvo hvo",
    "mostar_east": "hvo arbih arbih arbih", "travnik": "arbih arbih arbih arbih", "bugojno": "hvo arbih arbih arbih", "vares": "hvo arbih arbih arbih",
    "fojnica": "hvo arbih arbih arbih", "kakanj": "arbih arbih arbih arbih", "knin": "svk svk svk hv",
}


def rows(name):
    return war_tables.rows(WAR / name)


class Bosnia(unittest.TestCase):
    def rates(self, package):
        return subprocess.run([sys.executable, "-B", ROOT / "tools/bosnia_rates.py", "--check", package], capture_output=True, text=True)

    def test_rates_are_those_of_the_counted_dead(self):
        done = self.rates(WAR)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_another_rate_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            package = pathlib.Path(folder) / "war"
            shutil.copytree(WAR, package)
            actors = (package / "actors.csv").read_text(encoding="utf-8")
            own = next(r["kill_rate"] for r in rows("actors.csv") if r["id"] == "vrs")
            self.assertIn(own, actors)
            (package / "actors.csv").write_text(actors.replace(own, "loguniform(0.01, 0.02)", 1), encoding="utf-8")
            done = self.rates(package)
            self.assertEqual(done.returncode, 1)
            self.assertIn("actors.vrs.kill_rate: the package has 0.01 to 0.02", done.stderr)

    def test_spells_of_a_place_follow_each_other_without_a_gap(self):
        war_tables.check_that_spells_follow_each_other(self, WAR, FIRST, LAST)

    def test_the_map_of_each_new_year_has_no_howler(self):
        for place, holders in MAP.items():
            for day, holder in zip(NEW_YEARS, holders.split(), strict=True):
                with self.subTest(place=place, day=day):
                    self.assertEqual([r["controller"] for r in rows("control.csv") if r["place_id"] == place and r["from_date"] <= day <= r["to_date"]], [holder])

    def test_only_the_enclaves_of_that_war_are_pockets(self):
        # Two sides in a place of the record count as one where they were friends: a road that is missing shows as a pocket.
        friends = [{"arbih", "hvo", "hv"}, {"vrs", "svk", "apwb"}]
        camp = {side: number for number, sides in enumerate(friends) for side in sides}
        roads = {}
        for r in rows("links.csv"):
            roads.setdefault(r["a"], []).append(r["b"])
            roads.setdefault(r["b"], []).append(r["a"])
        entries = {r["place_id"] for r in rows("places.csv") if r["entry"] == "yes"}
        for day, enclaves in (("1992-09-15", [{"bihac", "cazin", "velika_kladusa"}, {"cerska", "srebrenica", "zepa"}]),
                              ("1995-01-01", [{"bihac", "cazin"}, {"gorazde"}, {"srebrenica", "zepa"}])):
            held = {r["place_id"]: camp[r["controller"]] for r in rows("control.csv") if r["from_date"] <= day <= r["to_date"]}
            pockets = []
            while held:
                place, side = held.popitem()
                pocket, queue = {place}, [place]
                while queue:
                    for other in roads[queue.pop()]:
                        if held.get(other) == side:
                            del held[other]
                            pocket.add(other)
                            queue.append(other)
                if not pocket & entries:
                    pockets.append(pocket)
            with self.subTest(day=day):
                self.assertCountEqual(pockets, enclaves)

    def test_the_croatian_army_leaves_the_towns_of_the_posavina_that_were_lost(self):
        lost = {r["place_id"] for r in rows("control.csv") if r["to_date"] == LAST.isoformat() and r["controller"] == "vrs"}
        towns = {r["place_id"] for r in rows("places.csv") if r["admin1"] == "Posavina"} & lost
        left = {side: {r["place_id"] for r in rows("interventions.csv") if r["action"] == "leave" and r["actor"] == side and r["date"] == "1992-10-07"}
                for side in ("hv", "hvo")}
        self.assertEqual(left["hv"], towns)
        self.assertEqual(left["hvo"], {"bosanski_brod", "derventa", "modrica", "odzak"})

    def test_the_corridor_is_first_until_bosanski_brod_has_fallen(self):
        changed = [r for r in rows("interventions.csv") if r["path"] == "commands.pale.temperature"]
        before = next(r["temperature"] for r in rows("commands.csv") if r["id"] == "pale")
        fell = next(r["from_date"] for r in rows("control.csv") if r["place_id"] == "bosanski_brod" and r["controller"] == "vrs")
        self.assertEqual([r["value"] == before for r in changed], [False, True])
        self.assertEqual(date.fromisoformat(changed[1]["date"]), date.fromisoformat(fell) + timedelta(1))

    def test_those_who_came_for_oluja_go_home_from_where_they_came(self):
        moves = {action: {(r["place_id"], r["value"]) for r in rows("interventions.csv") if r["action"] == action and r["id"].startswith("oluja_")} for action in ("arrive", "leave")}
        self.assertEqual(len(moves["arrive"]), 4)
        self.assertEqual(moves["leave"], moves["arrive"])

    def test_an_army_that_ended_is_gone_within_days_of_the_fall_of_its_towns(self):
        gone = {(r["actor"], r["place_id"] or place["place_id"]): r["date"] for place in rows("places.csv") for r in rows("interventions.csv")
                if r["action"] == "leave" and r["actor"] in ("svk", "apwb") and r["place_id"] in ("", place["place_id"])}
        lost = [r for r in rows("control.csv") if r["controller"] in ("svk", "apwb") and "1995-08-01" <= r["to_date"] < LAST.isoformat()]
        self.assertEqual(len(lost), 5)
        for r in lost:
            with self.subTest(place=r["place_id"]):
                self.assertLessEqual(abs(date.fromisoformat(gone[r["controller"], r["place_id"]]) - date.fromisoformat(r["to_date"])), timedelta(4))

    def test_a_spell_without_a_page_says_so(self):
        for r in rows("control.csv"):
            with self.subTest(place=r["place_id"], day=r["from_date"]):
                self.assertTrue("Balkan Battlegrounds" in r["source"] or "general knowledge, no page at hand" in r["source"])

    def test_high_confidence_has_a_page(self):
        for r in rows("control.csv"):
            with self.subTest(place=r["place_id"], day=r["from_date"]):
                self.assertTrue(r["confidence"] != "high" or "Balkan Battlegrounds" in r["source"])

    def test_the_note_on_the_book_names_the_pages_that_are_cited(self):
        numbers = r"\d+(?:(?:, | and | to )\d+)*"
        cited = {int(r["paragraph"]) for r in rows("claims.csv") if r["source"] == "bb1"}
        for file in [*WAR.rglob("*.csv"), *WAR.rglob("*.toml")]:
            for pages in re.findall(rf"(?:Balkan Battlegrounds I,|source:bb1) p\. ({numbers})", file.read_text(encoding="utf-8")):
                cited.update(map(int, re.findall(r"\d+", pages)))
        note, = (s["note"] for s in json.loads((WAR / "sources.json").read_text(encoding="utf-8")) if s["id"] == "bb1")
        named, = re.findall(rf"p\. ({numbers}) and from 364 on", note)
        told = {page for first, last in re.findall(r"(\d+)(?: to (\d+))?", named) for page in range(int(first), int(last or first) + 1)}
        self.assertEqual({page for page in cited if page < 364} - told, set())


if __name__ == "__main__":
    unittest.main()
