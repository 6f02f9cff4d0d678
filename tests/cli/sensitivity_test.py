"""truel sensitivity as a user meets it.

TRUEL: the program.
"""
import json
import unittest
import xml.etree.ElementTree

from program import shortened, table, WarTest

FIGHTERS = ["--metric", "actors.government.final_fighters"]
FILES = {"sensitivity.csv", "sensitivity.json", "sensitivity.svg", "provenance.json"}


class Sensitivity(WarTest):
    def study(self, *arguments):
        return json.loads(self.truel("sensitivity", "war", *arguments, "--json", "--quiet").stdout)

    def test_writes_a_table_a_json_a_picture_and_where_they_come_from(self):
        told = self.truel("sensitivity", "war", *FIGHTERS, "--metric", "civilian_harm", "--runs", 800, "--out", "out")
        self.assertIn("Of its variance", told.stdout)
        self.assertLessEqual(max(map(len, told.stdout.splitlines())), 100)
        out = self.folder / "out"
        self.assertEqual({path.name for path in out.iterdir()}, FILES)
        study = json.loads((out / "sensitivity.json").read_text(encoding="utf-8"))
        self.assertEqual([one["outcome"] for one in study["outcomes"]], ["actors.government.final_fighters", "civilian_harm"])
        for one in study["outcomes"]:
            self.assertAlmostEqual(sum(share["value"] for share in one["shares"].values()), 1)
            self.assertEqual(len(one["parameters"]), study["uncertain_parameters"])
            self.assertEqual(sum(group["numbers"] for group in one["sources"]), study["uncertain_parameters"])
            self.assertEqual(sum(group["numbers"] for group in one["tables"]), study["uncertain_parameters"])
            self.assertEqual(one["noise"]["dummies"], 19 * study["uncertain_parameters"])
            self.assertEqual([account["id"] for account in one["accounts"]], ["base", "proxy"])
        rows = table(out / "sensitivity.csv")
        self.assertTrue(all(None not in row and None not in row.values() for row in rows))
        shares = [float(row["first"]) for row in rows if row["kind"] == "share" and row["outcome"] == "civilian_harm"]
        self.assertAlmostEqual(sum(shares), 1, places=4)
        first = [row for row in rows if row["kind"] == "parameter"][0]
        expected = study["outcomes"][0]["parameters"][0]
        self.assertEqual(first["name"], expected["path"])
        self.assertAlmostEqual(float(first["first"]), expected["first"]["value"], places=5)
        self.assertEqual(first["basis"], expected["basis"])
        picture = xml.etree.ElementTree.parse(out / "sensitivity.svg").getroot()
        words = " ".join(element.text or "" for element in picture.iter())
        self.assertIn(expected["path"], words)
        provenance = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
        self.assertEqual(provenance["accounts"], ["base", "proxy"])

    def test_threads_and_going_on_change_no_byte(self):
        for name, *more in (["one", "--threads", 1], ["three", "--threads", 3]):
            self.truel("sensitivity", "war", *FIGHTERS, "--runs", 400, "--out", name, *more)
        for file in FILES - {"provenance.json"}:
            self.assertEqual((self.folder / "one" / file).read_bytes(), (self.folder / "three" / file).read_bytes(), file)

    def test_ctrl_c_keeps_what_is_done_and_resume_goes_on(self):
        runs = 1000 + shortened(3000)
        arguments = ["sensitivity", "war", *FIGHTERS, "--runs", runs, "--threads", "1", "--out", "out"]
        store = self.folder / "out" / ".runs"
        status, _, told = self.ended(self.under_way(*arguments, file=store, size=600_000))
        self.assertEqual(status, 130, told)
        self.assertIn("--resume goes on", told)
        self.assertTrue(store.exists())
        for one in json.loads((self.folder / "out" / "sensitivity.json").read_text())["outcomes"]:
            self.assertEqual((one["partial"], one["runs_wanted"] > one["runs"]), (True, True))
        self.assertTrue(all(one["partial"] for one in json.loads((self.folder / "out" / "provenance.json").read_text())["runs"]))
        self.assertIn("PARTIAL: interrupted before", (self.folder / "out" / "sensitivity.svg").read_text())
        self.truel(*arguments, status=2)  # without --resume
        done = self.truel(*arguments, "--resume")
        self.assertIn("going on with", done.stderr)
        self.assertEqual({path.name for path in (self.folder / "out").iterdir()}, FILES)
        self.truel(*arguments[:-1], "whole")
        for file in FILES - {"provenance.json"}:
            self.assertEqual((self.folder / "out" / file).read_bytes(), (self.folder / "whole" / file).read_bytes(), file)

    def test_accounts_that_compete_are_those_that_are_named(self):
        one = self.study(*FIGHTERS, "--runs", 300, "--account", "proxy")["outcomes"][0]
        self.assertEqual([account["id"] for account in one["accounts"]], ["proxy"])
        self.assertEqual(one["shares"]["account"]["value"], 0)
        self.assertIn("One account was run", one["answer"])
        two = self.study(*FIGHTERS, "--runs", 300, "--account", "proxy", "--account", "base")["outcomes"][0]
        self.assertEqual([account["id"] for account in two["accounts"]], ["proxy", "base"])

    def test_every_number_can_be_resampled_by_itself(self):
        study = self.study(*FIGHTERS, "--runs", 1000, "--by", "parameter")
        self.assertEqual(study["runs_a_block"], 6 + study["uncertain_parameters"])
        self.assertTrue(all("total" in number for number in study["outcomes"][0]["parameters"]))
        self.assertNotIn("total", study["outcomes"][0]["tables"][0])
        by_table = self.study(*FIGHTERS, "--runs", 400, "--by", "table")["outcomes"][0]
        self.assertTrue(all("total" in table for table in by_table["tables"]))

    def test_a_number_that_decides_the_outcome_is_found(self):
        # The government's strength is spread over two orders of magnitude: nothing else can matter much.
        path = next(path for path in (number["path"] for number in self.study("--runs", 300)["outcomes"][0]["parameters"])
                    if path.startswith("forces.government."))
        one = self.study(*FIGHTERS, "--runs", 1000, "--set", f"{path}=loguniform(1000, 100000)")["outcomes"][0]
        strongest = one["parameters"][0]
        self.assertEqual(strongest["path"], path)
        self.assertTrue(strongest["first_above_noise"])
        self.assertGreater(strongest["first"]["low"], 0.5)
        self.assertGreater(one["shares"]["numbers"]["low"], 0.6)

    def test_wrong_input_tells_how_to_mend_it_and_writes_nothing(self):
        before = sorted(path.name for path in self.folder.iterdir())
        for arguments, hint in (
            (["--metric", "victory"], "actors.ID.survives"),
            (["--metric", "actors.nobody.survives"], "government"),
            (["--metric", "actors.government.glory"], "final_fighters"),
            (["--account", "nonsense"], "proxy"),
            (["--account", "proxy", "--account", "proxy"], "name each account once"),
            (["--runs", 50], "give --runs 160 or more"),
            (["--by", "colour"], "source"),
            (["--from", "yesterday"], "YYYY-MM-DD"),
            (["--resume"], "give both, or neither"),
            (["--set", "actors.government.nonsense=1"], "nonsense"),
        ):
            with self.subTest(arguments=arguments):
                told = self.truel("sensitivity", "war", *arguments, "--out" if "--resume" not in arguments else "--json",
                                  *(["out"] if "--resume" not in arguments else []), status=2)
                self.assertIn(hint, told.stderr)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)


if __name__ == "__main__":
    unittest.main()
