"""The packages that state their results: every check passes, and the pages made of them say so.

TRUEL: the program.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from program import ROOT, TRUEL

sys.path.insert(0, str(ROOT / "tools"))
import verification_page  # noqa: E402


def without_results(page):
    """The page without its column of results, whose last digits depend on the machine."""
    lines = []
    for line in page.splitlines():
        cells = line.split(" | ")
        lines.append(" | ".join(cells[:3] + cells[4:]) if len(cells) == 6 else line)
    return lines


class Packages(unittest.TestCase):
    def verify(self, packages, page):
        """The rows of all checks of a folder, after comparing the page made of them with the one in docs."""
        with tempfile.TemporaryDirectory(prefix="truel-verification-") as folder:
            written = pathlib.Path(folder) / "page.md"
            done = subprocess.run([TRUEL, "verify", packages, "--json", "--quiet", "--markdown", written],
                                  cwd=ROOT, capture_output=True, text=True)
            rows = json.loads(done.stdout)["checks"]
            wrong = [row for row in rows if row["verdict"] == "fail"]
            self.assertEqual((done.returncode, wrong), (0, []), done.stderr)
            self.assertEqual(without_results(written.read_text(encoding="utf-8")),
                             without_results((ROOT / page).read_text(encoding="utf-8")),
                             f"write it anew: truel verify {packages} --markdown {page}")
            return rows

    def test_every_published_model_gives_its_published_results(self):
        done = subprocess.run([TRUEL, "verify", "scenarios/published", "--json", "--quiet"], cwd=ROOT, capture_output=True, text=True)
        checks = json.loads(done.stdout)["checks"]
        wrong = [check for check in checks if check["verdict"] == "fail"]
        self.assertEqual((done.returncode, wrong), (0, []), done.stderr)
        self.assertEqual(verification_page.page(checks), verification_page.PAGE.read_text(encoding="utf-8"), "write it anew: tools/verification_page.py")

    def test_laws_that_no_paper_gives_follow_what_was_worked_out_by_hand(self):
        done = subprocess.run([TRUEL, "verify", "scenarios/laws", "--json", "--quiet"], cwd=ROOT, capture_output=True,
                              text=True)
        verdicts = {row["verdict"] for row in json.loads(done.stdout)["checks"]}
        self.assertEqual((done.returncode, verdicts), (0, {"pass"}), done.stdout + done.stderr)

    def test_every_mechanism_has_an_effect_that_is_no_chance(self):
        rows = self.verify("scenarios/mechanisms", "docs/mechanisms.md")
        for package in sorted(folder.name for folder in (ROOT / "scenarios" / "mechanisms").glob("m*")):
            with self.subTest(package=package):
                effects = [row for row in rows if row["package"] == package and "effect" in row]
                self.assertTrue(all(row["reason"] for row in effects))
                self.assertTrue(any("relation" in row and row["expected"] * row["effect"] >= 0 and
                                    abs(row["effect"]) > 3 * row["se"] for row in effects))

    def test_a_mechanism_does_not_outlive_a_law_it_names(self):
        """With any one of its laws switched off on both sides at least one check of a package fails."""
        pages = [ROOT / "docs" / "parameters.md", *sorted((ROOT / "docs" / "laws").glob("*.md"))]
        parameters = "\n".join(page.read_text(encoding="utf-8") for page in pages)
        with_switch = set(re.findall(r"^## scenario\.toml: laws\.(\w+)\n[^#]*^\| `on` \|", parameters, re.MULTILINE))
        self.assertIn("fire", with_switch)
        for package in sorted((ROOT / "scenarios" / "mechanisms").glob("m*")):
            text = (package / "scenario.toml").read_text(encoding="utf-8")
            for law in sorted(with_switch.intersection(re.findall(r"^\[laws\.(\w+)\]$", text, re.MULTILINE))):
                with self.subTest(package=package.name, law=law), \
                        tempfile.TemporaryDirectory(prefix="truel-verification-") as folder:
                    changed = shutil.copytree(package, pathlib.Path(folder) / package.name)
                    before, of_law, after = re.split(rf"^\[laws\.{law}\]\n((?:[^\[\n].*\n)*)", text, flags=re.MULTILINE)
                    others = re.sub(r"^on = .*\n", "", of_law, flags=re.MULTILINE)
                    (changed / "scenario.toml").write_text(f"{before}[laws.{law}]\non = false\n{others}{after}",
                                                           encoding="utf-8")
                    done = subprocess.run([TRUEL, "verify", changed, "--quiet"], capture_output=True, text=True)
                    self.assertEqual(done.returncode, 1, done.stdout + done.stderr)

    def test_the_numbers_of_the_accounts_come_out_but_for_the_known_misses(self):
        done = subprocess.run([TRUEL, "verify", "scenarios/syria-2016", "scenarios/syria-episodes", "--json", "--quiet"],
                              cwd=ROOT, capture_output=True, text=True)
        wrong = [row for row in json.loads(done.stdout)["checks"] if row["verdict"] not in ("pass", "known miss")]
        self.assertEqual((done.returncode, wrong), (0, []), done.stderr)


if __name__ == "__main__":
    unittest.main()
