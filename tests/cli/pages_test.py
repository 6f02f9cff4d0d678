"""The manual page and the completion of shells say what --help says.

TRUEL: the program.
"""
import re
import shutil
import subprocess
import sys
import unittest

from program import ProgramTest, ROOT, TRUEL


class Pages(ProgramTest):
    def setUp(self):
        super().setUp()
        subprocess.run([sys.executable, "-B", ROOT / "tools" / "program_pages.py", TRUEL, self.folder], check=True)
        self.verbs = re.findall(r"^  (\w+)  ", self.truel("--help").stdout.split("Subcommands:")[1], re.M)
        self.options = {verb: re.findall(r"^  (?:-h,)?(--[\w-]+)", self.truel(verb, "--help").stdout, re.M) for verb in self.verbs}
        self.assertGreater(sum(map(len, self.options.values())), 60)

    def text(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def complete(self, *words):
        script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _truel; printf "%s\\n" "${COMPREPLY[@]}"'
        done = subprocess.run(["bash", "-c", script, "bash", self.folder / "truel.bash", *words], cwd=self.folder,
                              capture_output=True, text=True, check=True)
        return done.stdout.split()

    def test_bash_completes_verbs_options_words_and_files(self):
        self.assertLessEqual(set(self.verbs), set(self.complete("truel", "")))
        self.assertEqual(self.complete("truel", "sc"), ["score"])
        for verb, options in self.options.items():
            self.assertEqual(set(self.complete("truel", verb, "--")), set(options), verb)
        self.assertEqual(self.complete("truel", "run", "war", "--solver", ""), ["leap", "exact", "mean-field"])
        self.assertEqual(self.complete("truel", "run", "war", "--runs", ""), [])
        (self.folder / "my-war").mkdir()
        self.assertEqual(self.complete("truel", "run", "my"), ["my-war"])

    def test_zsh_and_fish_know_every_option(self):
        for name, form in ("_truel", "'{}[" ), ("truel.fish", " -l {} "):
            text = self.text(name)
            for verb, options in self.options.items():
                lines = [line for line in text.splitlines() if re.match(rf"    {verb}\)|.*seen_subcommand_from {verb}'", line)]
                for option in options:
                    wanted = form.format(option if name == "_truel" else option[2:])
                    self.assertTrue(any(wanted in line or wanted.replace("'", "'*") in line for line in lines), (name, verb, option))

    def test_the_manual_has_every_verb_option_and_exit_status(self):
        page = self.text("truel.1").replace("\\-", "-")
        for verb, options in self.options.items():
            section = re.search(rf"^\.SS {verb}$(.*?)(?=^\.S[SH] )", page, re.M | re.S)[1]
            for option in options:
                self.assertTrue(option == "--help" or f"\\fB{option}\\fR" in section, (verb, option))
        for status in "0", "1", "2", "3", "130":
            self.assertIn(f".TP\n{status}\n", page)

    @unittest.skipUnless(shutil.which("man") and shutil.which("groff"), "man is not here")
    def test_the_manual_is_set_without_a_warning(self):
        done = subprocess.run(["man", "--warnings", "-l", self.folder / "truel.1"], env={"MANWIDTH": "80", "PATH": "/usr/bin:/bin",
                              "LC_ALL": "C.UTF-8", "TERM": "dumb"}, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("--map-regions", done.stdout)


if __name__ == "__main__":
    unittest.main()
