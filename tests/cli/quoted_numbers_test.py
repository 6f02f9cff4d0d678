"""The tool that makes the numbers of documents anew: what it finds, and what it writes.

TRUEL: the program.
"""
import json
import subprocess
import sys
import unittest

from program import ProgramTest, ROOT, TRUEL

TOOL = ROOT / "tools" / "quoted_numbers.py"
JSON = """echo '{"a": {"mean": 1234.5, "day": "2018-02-28"}, "list": [{"id": "x", "share": -0.0004}]}'"""


class QuotedNumbers(ProgramTest):
    def setUp(self):
        super().setUp()
        self.page = self.folder / "page.md"

    def tool(self, text, *options, status=0):
        self.page.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, "-B", TOOL, TRUEL, *options, self.page], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout

    def test_writes_numbers_and_months_anew_and_then_finds_them_right(self):
        run = f"<!-- run r: {JSON}\nmean = a.mean | count\nday = a.day | month\nshare = 100 * list.x.share | .1f\n-->\n"
        self.tool(run + "| 7<!--r.mean--> | May 1999<!--r.day--> | ±3.5<!--r.share--> |\n")
        self.assertTrue(self.page.read_text(encoding="utf-8").endswith(
            "| 1,230<!--r.mean--> | February 2018<!--r.day--> | ±0.0<!--r.share--> |\n"))
        self.tool(self.page.read_text(encoding="utf-8"), "--check")

    def test_checking_tells_of_a_number_that_differs_and_writes_nothing(self):
        text = f"<!-- run r: {JSON}\nmean = a.mean | .1f\n-->\nIt is 1234.6<!--r.mean-->.\n"
        self.assertIn("r.mean: 1234.6 is now 1234.5", self.tool(text, "--check", status=1))
        self.assertEqual(self.page.read_text(encoding="utf-8"), text)

    def test_names_what_is_quoted_from_nowhere_and_what_is_never_quoted(self):
        text = f"<!-- run r: {JSON}\nmean = a.mean | .1f\nno = a.median | .1f\n-->\n3<!--r.other--> and a<!--r.mean-->\n"
        told = self.tool(text, "--check", status=1)
        self.assertIn("no run gives r.other", told)
        self.assertIn("r.mean stands behind no number", told)
        self.assertIn("r.no: a.median | .1f: KeyError", told)

    def test_writes_blocks_of_what_a_command_prints(self):
        self.tool("<!-- prints 2-3: printf 'a\\nb\\nc\\n' -->\n\n    old\n\nText.\n")
        self.assertEqual(self.page.read_text(encoding="utf-8"),
                         "<!-- prints 2-3: printf 'a\\nb\\nc\\n' -->\n\n    b\n    c\n\nText.\n")

    def test_writes_tables_of_what_a_command_prints(self):
        self.tool("<!-- table: printf '| a |\\n|---|\\n| 1 |\\n' -->\n| a |\n|---|\n| 0 |\n| 2 |\nText.\n")
        self.assertTrue(self.page.read_text(encoding="utf-8").endswith("-->\n| a |\n|---|\n| 1 |\nText.\n"))

    def test_what_a_script_says_when_it_fails_does_not_take_the_place_of_its_table(self):
        text = "<!-- {}table: echo 'it fails' >&2; exit 1 -->\n| a |\n|---|\n| 0 |\n"
        self.assertIn("no table, but 'it fails'", self.tool(text.format(""), status=1))
        self.assertIn("| 0 |", self.page.read_text(encoding="utf-8"))
        self.assertIn("no table, but 'it fails'", self.tool(text.format("long "), "--check", "--try", status=1))

    def test_runs_what_is_typed_in_one_folder_and_in_order(self):
        self.tool("<!-- typed -->\n\n    truel new my-war\n\n    truel check my-war\n\n<!-- prints 1-1 -->\n\n    x\n")
        self.assertIn("    my-war: no mistakes\n", self.page.read_text(encoding="utf-8"))

    def test_leaves_long_runs_alone_unless_asked_and_tries_them_with_few_runs(self):
        run = "<!-- long run r: truel run scenarios/mechanisms/m25-divided-enemies --runs 300 --json --quiet\nn = runs | d\n-->\n"
        text = run + "7<!--r.n-->\n"
        self.tool(text, "--check")
        self.tool(text, "--check", "--try")
        self.assertIn("r.n: 7 is now 300", self.tool(text, "--check", "--long", status=1))
        self.assertIn("NameError", self.tool(text.replace("n = runs", "n = rnus"), "--check", "--try", status=1))

    def test_observed_land_counts_each_place_by_the_middle_of_its_value(self):
        (self.folder / "places.csv").write_text("place_id,value\na,1\nb,2..4\n", encoding="utf-8")
        (self.folder / "control.csv").write_text("place_id,from_date,to_date,controller\na,2016-01-01,2016-12-31,x\n"
                                                 "b,2016-01-01,2016-06-30,x\nb,2016-07-01,2016-12-31,y\n", encoding="utf-8")
        (self.folder / "actors.csv").write_text("id,record_code\nx,\ny,x\nz,\n", encoding="utf-8")

        def held(day):
            done = subprocess.run([sys.executable, "-B", ROOT / "tools/observed_land.py", self.folder, day], capture_output=True, text=True, check=True)
            told = json.loads(done.stdout)
            self.assertEqual(told["sides"], 1)  # what the observed data call x is both
            return told["land"]

        self.assertEqual(held("2016-03-01"), {"x": 1})
        self.assertEqual(held("2016-12-31"), {"x": 0.25, "y": 0.75})


if __name__ == "__main__":
    unittest.main()
