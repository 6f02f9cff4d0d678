"""tools/check_claims.py finds what is wrong in a ledger, on a source made for the purpose."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TEXT = """The siege of Betaville

By A. Writer

The Northerners marched on Betaville with 6,000 men and took it after two weeks and four days of March.

Read more: other sieges

The Southerners lost hundreds, says a colonel, and will hardly come back before the snow melts on the pass again.

will hardly come back before the snow melts on the pass

Comments are closed.

A reader thinks that 9,000 came.
"""
CLAIMS = "id,source,paragraph,speaker,subject,object,place_id,low,high,statement,from_date,to_date\n"
GOOD = "c1,book,5,A. Writer,north,,beta,6000,6000,They came.\nc2,book,9,a colonel (via A. Writer),south,,,200,999,They lost.\n"


class Checker(unittest.TestCase):
    def check(self, claims, texts={"book.txt": TEXT}):
        with tempfile.TemporaryDirectory(prefix="truel-claims-") as folder:
            folder = pathlib.Path(folder)
            (folder / "texts").mkdir()
            for name, text in texts.items():
                (folder / "texts" / name).write_text(text, encoding="utf-8")
            (folder / "claims.csv").write_text(CLAIMS + claims, encoding="utf-8")
            (folder / "sources.json").write_text(json.dumps(
                [{"id": "book", "title": "The siege of Betaville", "issued": {"date-parts": [[2001, 5]]}}]), encoding="utf-8")
            (folder / "aliases.csv").write_text("name,id\nNortherners,north\nSoutherners,south\nBetaville,beta\nAtlantis,far\n")
            (folder / "actors.csv").write_text("id,command\nnorth,north\nsouth,south\nfar,far\n")
            done = subprocess.run([sys.executable, "-B", ROOT / "tools/check_claims.py", "--sources", folder / "texts", folder],
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True)
            return done.returncode, done.stdout.splitlines()

    def test_claims_that_stand_in_their_text_pass(self):
        status, lines = self.check(GOOD + "c3,book,5,A. Writer,north,,beta,18,18,It took some time.\n")
        self.assertEqual((status, lines), (0, ["3 claims compared with 1 texts, 0 without a text: 0 mistakes"]))

    def test_each_kind_of_mistake_is_found(self):
        for row, mistake in {
            "5,A. Writer,north,,beta,7000,,x": "low 7000 is not in paragraph 5",
            "9,A. Writer,south,,,200,1200,x": "high 1200 is not in paragraph 9",
            "12,a reader,,,,9000,9000,x": "paragraph 12 of book is empty or not there",
            "15,a reader,,,,9000,9000,x": "paragraph 15 of book is a comment or page furniture",
            "7,A. Writer,,,,,,x": "paragraph 7 of book is a comment or page furniture",
            "11,A. Writer,,,,,,x": "paragraph 11 of book repeats another paragraph",
            "99,A. Writer,,,,,,x": "paragraph 99 of book is empty or not there",
            "5,A. Writer,far,,,,,x": "subject far is not named in or near paragraph 5",
            "5,A. Writer,,west,,,,x": "object west has no name in aliases.csv",
            "5,Somebody Else,north,,,,,x": "the speaker Somebody Else is named nowhere in book",
        }.items():
            with self.subTest(row=row):
                status, lines = self.check(f"c1,book,{row}\n")
                self.assertEqual((status, lines[0]), (1, f"c1: {mistake}"))

    def test_dates_are_no_finer_than_the_text(self):
        for dates, mistake in {"2001,2001-05": "", "2001-03,2001-05": "", "2000,": "from_date 2000", ",2001-06": "to_date 2001-06",
                               "2001-05-14,": "from_date 2001-05-14", "2001-03-08,": "from_date 2001-03-08"}.items():
            with self.subTest(dates=dates):
                status, lines = self.check(f"c1,book,5,A. Writer,north,,,,,x,{dates}\n")
                self.assertEqual(lines[0], f"c1: {mistake} is not in or near paragraph 5" if mistake else
                                 "1 claims compared with 1 texts, 0 without a text: 0 mistakes")

    def test_six_copied_words_of_a_claim_are_found(self):
        status, lines = self.check(GOOD + "c3,book,9,A. Writer,south,,,,,They will hardly come back before the snow melts.\n")
        self.assertEqual(status, 1)
        self.assertRegex(lines[0], r"claims\.csv:4: 6 words in a row from book")

    def test_a_claim_whose_text_is_not_at_hand_is_counted(self):
        self.assertEqual(self.check(GOOD + "c3,other,1,,,,,,,x\n")[1][-1],
                         "2 claims compared with 1 texts, 1 without a text: 0 mistakes")


if __name__ == "__main__":
    unittest.main()
