"""What the help and the documents tell users to type works as typed, but with few runs and forecasts: more of them take minutes and
try nothing else. ./test-all makes all that the line says.

TRUEL: the program. TRUEL_AS_TYPED: set if all runs, forecasts and checks are to be made.
"""
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import unittest

from program import ProgramTest, ROOT, TRUEL

AS_TYPED = "TRUEL_AS_TYPED" in os.environ
# The least number of runs with which every table of a verb is there.
FEWEST = {"run": 4, "compare": 4, "score": 4, "forecast": 8, "sensitivity": 400}

# Whose checks run the reference scenario hundreds of times, as verification_test.py does.
LONG_TO_VERIFY = ("syria-2016", "syria-episodes")


def in_short(words):
    """The same command with no more runs than FEWEST, whether it names a number or leaves it to the verb, and of quarterly
    forecasts the first few."""
    fewest = FEWEST.get(words[0])
    if AS_TYPED or fewest is None or "--replay" in words:
        return words
    if "--origins" in words and "--until" not in words:
        words = [*words, "--until", "2015-03-31"]
    if "--runs" not in words:
        return [*words, "--runs", str(fewest)]
    at = words.index("--runs") + 1
    return [*words[:at], str(min(fewest, int(words[at]))), *words[at + 1:]]


class Examples(ProgramTest):
    def run_in(self, place, words):
        done = subprocess.run([TRUEL, *words], cwd=place, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, f"truel {shlex.join(words)}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def serve_in(self, place, words):
        """It prints its link and ends at an interrupt. The port is any: another test may have the one that is named."""
        server = subprocess.Popen([TRUEL, *words], cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        link = server.stdout.readline()
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)
        self.assertRegex(link, r"^http://127\.0\.0\.1:\d+/\?token=\w+$")
        self.assertEqual(server.returncode, 0)

    def place(self, name, lines, without=()):
        """A folder like the one that the documents have in mind: the scenarios are there, and nothing else. Of those that come
        by the dozen it has the ones that the lines name, or the two smallest, so that `truel verify` of them all, which
        verification_test.py is for, is short."""
        place = self.folder / name
        named = set(re.findall(r"scenarios/([\w-]+/[\w-]+)", "\n".join(lines)))
        for folder in sorted(set((ROOT / "scenarios").iterdir()) - {ROOT / "scenarios" / one for one in without}):
            if (folder / "scenario.toml").exists():
                link = place / "scenarios" / folder.name
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(folder)
                continue
            packages = sorted((path.parent for path in folder.glob("*/scenario.toml")),
                              key=lambda package: sum(path.stat().st_size for path in package.iterdir()))
            few = [path for path in packages if f"{folder.name}/{path.name}" in named] or packages[:2]
            for package in few:
                link = place / "scenarios" / folder.name / package.name
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(package)
        return place

    def type(self, place, line):
        """Runs a line as typed; DATA stands for a folder with a record, here the package's own."""
        words = shlex.split(line, comments=True)[1:]
        if words[0] == "fit" and "--until" not in words:
            return  # battles are no part of the project: fit_test.py runs it on invented ones
        if words == ["verify"] and not AS_TYPED:
            place = self.place(f"{place.name}-to-verify", [], LONG_TO_VERIFY)
        if words[0] == "serve":
            return self.serve_in(place, [word for word in words if word not in ("--port", "8080")])
        if "DATA" in words:
            (place / "DATA").mkdir(exist_ok=True)
            package = place / words[1] / "package" if words[0] == "resolve" else place / words[1]
            shutil.copy(package / "control.csv", place / "DATA")
        self.run_in(place, in_short(words))

    def test_help_of_every_verb_has_an_example_that_works(self):
        verbs = re.findall(r"^  ([a-z]+) +[A-Z]", self.run_in(self.folder, ["--help"]).split("ubcommands:")[1], flags=re.M)
        self.assertEqual(verbs, ["new", "check", "run", "merge", "compare", "claims", "verify", "sensitivity", "score", "forecast", "resolve", "fit", "serve"])
        for page in [["--help"]] + [[verb, "--help"] for verb in verbs]:
            text = self.run_in(self.folder, page)
            self.assertRegex(text, r"\nExamples?:\n  # ", page)
            examples = re.split("\nExamples?:\n", text)[1]
            lines = re.findall(r"^  (truel .*)$", examples, flags=re.M)
            self.assertEqual(len(lines), len(re.findall(r"^  # .*\n  truel ", examples, flags=re.M)), "an example does not say what it answers")
            place = self.place("-".join(page), lines)
            for line in lines:
                if not line.startswith("truel COMMAND"):
                    with self.subTest(line=line):
                        self.type(place, line)

    def test_commands_of_the_readme_work(self):
        lines = re.findall(r"^    (truel .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.M)
        self.assertGreater(len(lines), 3)
        place = self.place("readme", lines)
        for line in lines:
            with self.subTest(line=line):
                self.type(place, line)

    def test_scripts_of_the_readme_are_there(self):
        scripts = re.findall(r"^    (\./\S+)", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.M)
        self.assertEqual([script for script in scripts if not os.access(ROOT / script, os.X_OK)], [])
        self.assertGreater(len(scripts), 1)

    def test_servers_of_the_tutorials_start(self):
        """check_docs.py types their other commands, in their order."""
        for tutorial in "first-run", "writing-a-scenario":
            page, place = ROOT / "docs" / f"{tutorial}.md", self.folder / tutorial
            place.mkdir()
            subprocess.run([sys.executable, "-B", ROOT / "tools" / "page_files.py", page], cwd=place, check=True)
            self.run_in(place, ["new", "my-war"])
            lines = re.findall(r"^    (truel serve .*)$", page.read_text(encoding="utf-8"), flags=re.M)
            self.assertGreater(len(lines), 0, page)
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
