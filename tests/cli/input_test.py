"""What users and those who mean them ill type and write: refused in words, or told of, and never obeyed.

TRUEL: the program.
"""
import json
import subprocess
import unittest

from program import ProgramTest, ROOT, TRUEL

SCENARIOS = ROOT / "scenarios"


class Input(ProgramTest):
    def war(self, name="war"):
        self.truel("new", name)
        return self.folder / name

    def edit(self, path, old, new):
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, f"{old} in {path}")
        path.write_text(text.replace(old, new), encoding="utf-8")

    def refused(self, *arguments):
        """The message; nothing was printed or written."""
        before = sorted(self.folder.rglob("*"))
        done = self.truel(*arguments, status=2)
        self.assertEqual(done.stdout, "", arguments)
        self.assertEqual(sorted(self.folder.rglob("*")), before, arguments)
        return done.stderr

    # The command line.

    def test_an_empty_text_is_no_argument(self):
        self.war()
        for arguments in (
            ["new", ""], ["check", ""], ["run", ""], ["claims", ""], ["verify", ""], ["compare", ""], ["sensitivity", ""],
            ["run", "war", "--out", ""], ["run", "war", "--out="], ["run", "war", "--from", ""], ["run", "war", "--why", ""],
            ["run", "war", "--account", ""], ["run", "war", "--set", ""], ["run", "war", "--seed", ""],
            ["run", "war", "--runs", ""], ["compare", "war", "--account", "proxy", "--out", ""],
            ["sensitivity", "war", "--out", ""], ["verify", "war", "--data", ""], ["verify", "war", "--markdown", ""],
            ["claims", "war", "--source", ""],
        ):
            with self.subTest(arguments=arguments):
                self.refused(*arguments)

    def test_numbers_of_the_command_line_are_decimal_and_fit(self):
        self.war()
        for option, value in (
            ("--seed", "-1"), ("--seed", str(2**64)), ("--seed", "0x10"), ("--seed", "1e3"), ("--seed", "+1"),
            ("--seed", " 1"), ("--runs", "0x10"), ("--runs", "+5"), ("--runs", "2.0"), ("--runs", str(2**32 + 2)),
            ("--threads", "1.5"), ("--every", "-1"), ("--precision", "nan"), ("--precision", "inf"), ("--replay", "-1"),
        ):
            with self.subTest(option=option, value=value):
                self.assertIn(option, self.refused("run", "war", option, value))
        ten = json.loads(self.truel("run", "war", "--runs", "010", "--seed", "007", "--json").stdout)
        self.assertEqual((ten["runs"], ten["seed"]), (10, 7))
        greatest = json.loads(self.truel("run", "war", "--runs", 1, "--seed", 2**64 - 1, "--json").stdout)
        self.assertEqual(greatest["seed"], 2**64 - 1)

    def test_options_that_contradict_each_other_are_told_all_at_once(self):
        self.war()
        told = self.refused("claims", "war", "--csv", "--json", "--conflicts", "--coverage")
        self.assertEqual(len(told.splitlines()), 3, told)
        self.assertIn("2 mistakes", told)

    def test_a_path_that_the_system_refuses_is_told_in_words(self):
        self.war()
        (self.folder / "round").symlink_to("round")
        for name in ("x" * 5000, "round", "war/scenario.toml/results"):
            for arguments in (["check", name], ["run", name], ["verify", name], ["new", name],
                              ["run", "war", "--runs", 1, "--out", name]):
                done = subprocess.run([TRUEL, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                                      capture_output=True, text=True)
                self.assertIn(done.returncode, (2, 3), done.stderr)
                self.assertNotIn("filesystem error", done.stderr)
                self.assertNotIn("truel failed", done.stderr)
                self.assertGreater(len(done.stderr), 10)

    # Packages.

    def test_a_key_of_50_000_levels_is_a_mistake(self):
        package = self.war()
        with (package / "scenario.toml").open("a") as file:
            file.write(".".join(["a"] * 50_000) + " = 1\n")
        self.assertRegex(self.refused("check", "war"), r"scenario\.toml:\d+:\d+: keys or values nested more than 64 levels")

    def test_an_id_of_ten_megabytes_is_refused_at_once(self):
        package = self.war()
        with (package / "actors.csv").open("a") as file:
            file.write("a" * 10_000_000 + ",,ground,,,,,,,,,,,\n")
        done = subprocess.run([TRUEL, "check", "war"], cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("at most 64 characters", done.stderr)
        self.assertLess(len(done.stderr), 2000)

    def test_messages_write_out_what_a_terminal_would_obey(self):
        package = self.war()
        self.edit(package / "forces.csv", "fighters,basis\n", "fighters,basis\ngovernment,\u009b31m\u202ebridge,2019-01-01,5,C1\n")
        told = self.refused("check", "war") + self.refused("check", "no\x1b[31mwar") + self.refused("run", "war", "--\x1b[2J")
        self.assertIn("\\u009b31m\\u202ebridge", told)
        self.assertIn("no\\u001b[31mwar", told)
        for character in "\x1b\u009b\u202e":
            self.assertNotIn(character, told)

    def test_warnings_are_told_and_refuse_only_when_asked(self):
        package = self.war()
        self.assertIn("no mistakes\n", self.truel("check", "war", "--strict").stdout)
        self.edit(package / "links.csv", "valley road,36", "valley road,3.6")
        done = self.truel("check", "war")
        self.assertIn("no mistakes, 1 warning\n", done.stdout)
        self.assertRegex(done.stderr, r"^warning: war/links\.csv:2:\d+: .*; look at latitude")
        self.truel("check", "war", "--strict", status=2)
        self.assertIn("warning: war/links.csv:2:", self.truel("run", "war", "--runs", 1).stderr)
        self.assertEqual(self.truel("run", "war", "--runs", 1, "--quiet").stderr, "")

    def test_mistakes_and_warnings_as_data(self):
        package = self.war()
        self.edit(package / "links.csv", "valley road,36", "valley road,3.6")
        told = json.loads(self.truel("check", "war", "--json").stdout)
        self.assertEqual(told["mistakes"], [])
        self.assertEqual([(w["file"], w["line"]) for w in told["warnings"]], [("war/links.csv", 2)])
        self.truel("check", "war", "--json", "--strict", status=2)
        (package / "actors.csv").unlink()
        told = json.loads(self.truel("check", "war", "--json", status=2).stdout)
        self.assertEqual(told["mistakes"][0], {"file": "war/actors.csv", "line": None, "column": None,
                                               "what": "missing file",
                                               "hint": "every package needs it; `truel new DIR` writes an example"})

    def test_no_package_that_comes_with_truel_has_a_warning(self):
        packages = sorted(path.parent for path in SCENARIOS.rglob("scenario.toml"))
        self.assertGreater(len(packages), 60)
        told = [self.run_check(package) for package in packages]
        self.assertEqual([text for text in told if text], [])

    def run_check(self, package):
        done = subprocess.run([TRUEL, "check", package, "--strict"], capture_output=True, text=True)
        return "" if done.returncode == 0 and not done.stderr else done.stderr


if __name__ == "__main__":
    unittest.main()
