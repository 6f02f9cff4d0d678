"""What the help and the documents tell users to type works as typed.

TRUEL: the program.
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

TRUEL = pathlib.Path(os.environ["TRUEL"]).resolve()
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Examples(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truel-examples-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_in(self, place, words):
        done = subprocess.run([TRUEL, *words], cwd=place, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, f"truel {shlex.join(words)}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def place(self, name):
        """A folder like the one that the documents have in mind: the scenarios are there, and nothing else."""
        place = self.folder / name
        place.mkdir()
        (place / "scenarios").symlink_to(ROOT / "scenarios")
        return place

    def type(self, place, line):
        """Runs a line as typed; DATA stands for a folder with a record, here the package's own."""
        words = shlex.split(line, comments=True)[1:]
        if words[0] == "fit":
            return  # battles are no part of the project: fit_test.py runs it on invented ones
        if "DATA" in words:
            (place / "DATA").mkdir(exist_ok=True)
            shutil.copy(place / words[1] / "control.csv", place / "DATA")
        self.run_in(place, words)

    def test_help_of_every_verb_has_an_example_that_works(self):
        verbs = re.findall(r"^  ([a-z]+) +[A-Z]", self.run_in(self.folder, ["--help"]).split("ubcommands:")[1], flags=re.M)
        self.assertEqual(verbs, ["new", "check", "run", "compare", "claims", "verify", "sensitivity", "score", "fit"])
        for page in [["--help"]] + [[verb, "--help"] for verb in verbs]:
            text = self.run_in(self.folder, page)
            self.assertRegex(text, r"\nExamples?:\n  truel ", page)
            place = self.place("-".join(page))
            for line in re.findall(r"^  (truel .*)$", re.split("\nExamples?:\n", text)[1], flags=re.M):
                if not line.startswith("truel VERB"):
                    with self.subTest(line=line):
                        self.type(place, line)

    def test_commands_of_the_readme_work(self):
        lines = re.findall(r"^    (truel .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.M)
        self.assertGreater(len(lines), 4)
        place = self.place("readme")
        for line in lines:
            with self.subTest(line=line):
                self.type(place, line)

    def test_the_readme_puts_the_program_on_the_path_before_it_is_called(self):
        use = (ROOT / "README.md").read_text(encoding="utf-8").split("## Use it")[1]
        path = re.search(r"^    PATH=\$PWD/build/release:\$PATH", use, flags=re.M)
        self.assertTrue(path and path.start() < re.search(r"^    truel ", use, flags=re.M).start())

    def test_numbers_that_documents_quote_are_those_of_the_program(self):
        done = subprocess.run([sys.executable, "-B", ROOT / "tools" / "quoted_numbers.py", TRUEL, "--check", "--try"],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, "make them anew: tools/remake_documents.sh\n" + done.stdout + done.stderr)

    def test_the_documents_hold(self):
        done = subprocess.run([sys.executable, "-B", ROOT / "tools" / "check_docs.py", TRUEL], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
