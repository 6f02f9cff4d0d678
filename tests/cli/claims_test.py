"""`truel claims` on the reference scenario and on a new package.

TRUEL: the program.
"""
import csv
import importlib.util
import io
import json
import pathlib
import subprocess
import tempfile
import unittest

from program import ROOT, TRUEL, table

WAR = ROOT / "scenarios" / "syria-2016"


def claims(*arguments, status=0, package=WAR):
    done = subprocess.run([TRUEL, "claims", package, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != status:
        raise AssertionError(f"truel claims {arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout if status == 0 else done.stderr


def told(*arguments, **more):
    return json.loads(claims(*arguments, "--json", **more))


def ledger():
    return {row["id"]: row for row in table(WAR / "claims.csv")}


class Claims(unittest.TestCase):
    def test_all_claims_are_listed_as_the_ledger_has_them(self):
        written = ledger()
        shown = told()["claims"]
        self.assertEqual({c["id"] for c in shown}, set(written))
        for claim in shown:
            for key in ("source", "speaker", "statement", "stance", "kind"):
                self.assertEqual(claim[key], written[claim["id"]][key])
        text = claims()
        for name in written:
            self.assertRegex(text, rf"(?m)^  {name} ")
        self.assertEqual({row["id"] for row in csv.DictReader(io.StringIO(claims("--csv")))}, set(written))

    def test_filters_take_names_and_aliases(self):
        written = ledger()
        by_alias = {c["id"] for c in told("--actor", "Daesh", "--place", "Palmyra")["claims"]}
        self.assertEqual(by_alias, {i for i, c in written.items()
                                    if c["place_id"] == "palmyra" and {"isis", "islamic_state"} & {c["subject"], c["object"]}})
        self.assertGreater(len(by_alias), 3)
        parts = {"deir_ez_zor_east", "deir_ez_zor_west"}  # of one city, as the name says and either id
        city = {i for i, c in written.items() if c["place_id"] in parts}
        self.assertGreater(len(city), 3)
        for name in ("Dier Azzor", *parts):
            self.assertEqual({c["id"] for c in told("--place", name)["claims"]}, city)
        self.assertEqual({c["source"] for c in told("--source", "cole2015")["claims"]}, {"cole2015"})

    def test_claims_behind_a_parameter_are_those_of_its_bases(self):
        found = {c["id"] for c in told("--parameter", "ties.syrian_army.isis.bargain")["claims"]}
        named = set()
        for number in told("--of", "ties.syrian_army.isis.bargain")["numbers"]:
            named |= {b["id"] for b in number["basis"] if b["kind"] == "claim"}
        self.assertEqual(found, named)
        self.assertIn("B9", found)

    def test_what_is_unknown_is_told_with_the_nearest(self):
        for arguments, nearest in ((["--actor", "isiss"], "isis"), (["--place", "palmyar"], "palmyra"),
                                   (["--source", "cole2016"], "cole2015"),
                                   (["--of", "actors.isis.recruits_per_dya"], "actors.isis.recruits_per_day"),
                                   (["--parameter", "actors.isis.recruits_per_dya"], "actors.isis.recruits_per_day")):
            with self.subTest(arguments=arguments):
                self.assertIn(f"did you mean `{nearest}`?", claims(*arguments, status=2))

    def test_options_that_exclude_each_other_are_refused(self):
        for arguments in (["--of", "actors.isis", "--conflicts"], ["--coverage", "--turtle"], ["--csv", "--json"],
                          ["--conflicts", "--coverage"], ["--of", "actors.isis", "--actor", "isis"]):
            with self.subTest(arguments=arguments):
                claims(*arguments, status=2)

    # What a number rests on.

    def test_every_number_rests_on_a_paragraph_a_source_or_a_reason(self):
        """Every number of the package and every setting of its accounts."""
        count = 0
        sources = {entry["id"] for entry in json.loads((WAR / "sources.json").read_text(encoding="utf-8"))}
        for table in ("scenario", "actors", "commands", "places", "links", "forces", "support", "ties", "sponsors", "positions",
                      "interventions"):
            for number in told("--of", table)["numbers"]:
                count += 1
                with self.subTest(path=number["path"], account=number["account"]):
                    self.assertGreater(len(number["basis"]), 0)
                    for part in number["basis"]:
                        if part["kind"] == "claim":
                            self.assertIn(part["source"], sources)
                            self.assertGreater(part["paragraph"], 0)
                            self.assertNotEqual(part["speaker"], "")
                        elif part["kind"] == "source":
                            self.assertIn(part["id"], sources)
                        else:
                            self.assertRegex(part["text"], r"^assumed: *\S")
        coverage = told("--coverage")["coverage"]
        settings = {each["name"]: each["numbers"] for each in coverage["accounts"]}
        self.assertEqual(count, coverage["total"]["numbers"] + sum(settings.values()))
        # 25 + 5 + 5 + 2 pairs, 60 + 4 + 1 dated changes, and the bargains of all others with the Islamic State
        self.assertEqual(settings["united_front"], 37 + 21 + 16)

    def test_defaults_and_switches_say_so(self):
        self.assertIn("a switch says what the model is", claims("--of", "scenario.laws.fire.on"))
        self.assertIn("a choice says what the model is", claims("--of", "commands.damascus.doctrine"))
        self.assertIn("the package gives no number", claims("--of", "places.raqqa.fortification") +
                      claims("--of", "actors.nusra.raid_range_km") + claims("--of", "actors.peshmerga.concealment"))

    def test_a_number_of_an_account_is_beside_that_of_the_package(self):
        numbers = told("--of", "actors.isis.front_line_fraction")["numbers"]
        self.assertEqual([n["account"] for n in numbers], [None, "isis_survives", "powers_together_2018"])
        text = claims("--of", "actors.isis.front_line_fraction")
        self.assertIn("isis_survives2018, paragraph 26", text)
        self.assertIn("account isis_survives", text)

    def test_no_number_of_the_package_rests_on_a_claim_about_the_years_that_judge_it(self):
        written = ledger()
        for claim in told()["claims"]:
            if any(n["account"] is None for n in claim["numbers"]):
                for date in (written[claim["id"]]["from_date"], written[claim["id"]]["to_date"]):
                    self.assertLessEqual(date[:4], "2016", claim["id"])

    # Where sources disagree.

    def test_the_five_accounts_contradict_each_other(self):
        written = ledger()
        conflicts = told("--conflicts")["conflicts"]
        between = [c for c in conflicts if c["between_sources"]]
        self.assertGreaterEqual(len(between), 12)
        self.assertEqual(len({c["topic"] for c in between}), len(between))
        self.assertEqual({claim["source"] for c in between for side in ("one", "other") for claim in c[side]},
                         {"magnier2016", "assad_cannot2016", "ehsan2017", "cole2015", "isis_survives2018"})
        for conflict in conflicts:
            with self.subTest(conflict=conflict["statement"]):
                ids = {side: {claim["id"] for claim in conflict[side]} for side in ("one", "other")}
                self.assertFalse(ids["one"] & ids["other"])
                for pair in conflict["pairs"]:
                    self.assertIn(pair["one"], ids["one"])
                    self.assertIn(pair["other"], ids["other"])
                for side, stand in (("one", "for"), ("other", "against")):
                    for name in ids[side] if conflict["topic"] else ():
                        self.assertIn(f"{conflict['topic']}: {stand}", written[name]["positions"])

    def test_the_rules_find_what_a_reader_finds(self):
        pairs = {(p["one"], p["other"]): p["rule"] for c in told("--conflicts")["conflicts"] for p in c["pairs"]}
        self.assertEqual(pairs["B9", "A10"], "accusation and denial")    # trade with the Islamic State, or none
        self.assertEqual(pairs["E48", "B1"], "opposite positions")       # the army beat it, or cannot
        self.assertEqual(pairs["C23b", "C23d"], "accusation and denial")  # meant, or a mistake
        self.assertEqual(pairs["E19", "E19b"], "ranges apart")           # two estimates for one place
        self.assertNotIn(("C31a", "A38a"), pairs)                        # two years apart
        self.assertNotIn(("A38a", "C31a"), pairs)
        self.assertNotIn(("D11b", "D13b"), pairs)                        # he changed his mind
        self.assertNotIn(("E36", "B19a"), pairs)                         # better in an even fight, and too few
        self.assertNotIn(("B3", "B25b"), pairs)                          # avoids most fights, and has some

    def test_conflicts_name_the_numbers_that_they_touch(self):
        for conflict in told("--conflicts")["conflicts"]:
            cited = {(n["path"], n["account"]) for side in ("one", "other") for c in conflict[side] for n in c["numbers"]}
            self.assertEqual({(n["path"], n["account"]) for n in conflict["parameters"]}, cited)
        assert any(n["path"] == "ties.syrian_army.isis.bargain" for c in told("--conflicts")["conflicts"] for n in c["parameters"])

    def test_conflicts_can_be_narrowed(self):
        few = told("--conflicts", "--source", "cole2015")["conflicts"]
        self.assertGreater(len(few), 0)
        self.assertLess(len(few), len(told("--conflicts")["conflicts"]))
        for conflict in few:
            self.assertIn("cole2015", {c["source"] for side in ("one", "other") for c in conflict[side]})

    def test_a_row_of_the_csv_is_a_pair(self):
        rows = list(csv.DictReader(io.StringIO(claims("--conflicts", "--csv"))))
        pairs = [(p["one"], p["other"]) for c in told("--conflicts")["conflicts"] for p in c["pairs"]]
        self.assertEqual([(row["one"], row["other"]) for row in rows], pairs)

    def test_a_new_package_has_a_contradiction_to_look_at(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([TRUEL, "new", pathlib.Path(folder) / "war"], check=True, capture_output=True)
            found = told("--conflicts", package=pathlib.Path(folder) / "war")["conflicts"]
        self.assertEqual([c["topic"] for c in found], ["neighbour_arms_front"])

    # How much rests on what.

    def test_coverage_tells_ranges_that_name_a_source_from_those_as_wide_as_it_says(self):
        def parts(basis):
            return [part.strip() for part in basis.split(";")]

        forces = [parts(row["basis"]) for row in table(WAR / "forces.csv") if ".." in row["fighters"] or "(" in row["fighters"]]
        sourced = [basis for basis in forces if any(part.startswith("source:") for part in basis)]
        own = [basis for basis in sourced if not any(part.startswith("assumed:") for part in basis)]
        coverage = told("--coverage")["coverage"]
        counted = {row["name"]: row for row in coverage["tables"]}["forces.csv"]
        self.assertEqual((counted["uncertain"], counted["source_ranges"], counted["source_widths"]), (len(forces), len(sourced), len(own)))
        self.assertTrue(0 < len(own) < len(sourced) < len(forces))
        total = coverage["total"]
        self.assertIn(f"Of {total['uncertain']:,} that are uncertain {total['source_ranges']} have a range that names published data. "
                      f"Only {total['source_widths']} of these are as wide", " ".join(claims("--coverage").split()))
        rows = csv.DictReader(io.StringIO(claims("--coverage", "--csv")))
        self.assertEqual([(row["source_ranges"], row["source_widths"]) for row in rows if row["of"] == "package"],
                         [(str(total["source_ranges"]), str(total["source_widths"]))])

    # Forms.

    def test_text_fits_the_line(self):
        for arguments in ([], ["--conflicts"], ["--coverage"], ["--of", "actors"]):
            longest = max(map(len, claims(*arguments).splitlines()))
            self.assertLessEqual(longest, 100)

    @unittest.skipUnless(importlib.util.find_spec("rdflib"), "rdflib is not here")
    def test_turtle_and_json_ld_say_the_same_in_prov(self):
        import rdflib
        prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
        terms = rdflib.Namespace("urn:truel:terms#")
        for arguments in ([], ["--conflicts"], ["--of", "actors.isis"], ["--of", "commands.damascus"]):
            with self.subTest(arguments=arguments):
                one = rdflib.Graph().parse(data=claims(*arguments, "--turtle"), format="turtle")
                other = rdflib.Graph().parse(data=claims(*arguments, "--json-ld"), format="json-ld")
                self.assertGreater(len(one), 50)
                self.assertEqual(set(one), set(other))
                for claim in one.subjects(rdflib.RDF.type, terms.Claim):
                    self.assertEqual(len(list(one.objects(claim, prov.hadPrimarySource))), 1)
                    self.assertEqual(len(list(one.objects(claim, prov.wasAttributedTo))), 1)
        graph = rdflib.Graph().parse(data=claims("--turtle"), format="turtle")
        self.assertEqual(len(set(graph.subjects(rdflib.RDF.type, terms.Claim))), len(ledger()))
        number = rdflib.Graph().parse(data=claims("--of", "actors.isis.front_line_fraction", "--turtle"), format="turtle")
        iri = rdflib.URIRef("urn:truel:syria-2016:number:actors.isis.front_line_fraction")
        self.assertIn((iri, prov.wasDerivedFrom, rdflib.URIRef("urn:truel:syria-2016:claim:E26b")), number)
        self.assertIn(iri, set(number.objects(None, prov.wasRevisionOf)))


if __name__ == "__main__":
    unittest.main()
