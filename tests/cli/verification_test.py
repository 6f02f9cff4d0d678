"""The published models: every check passes, and docs/verification.md says so.

TRUEL: the program.
"""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

TRUEL = pathlib.Path(os.environ["TRUEL"]).resolve()
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "verification.md"


def without_results(page):
    """The page without its column of results, whose last digits depend on the machine."""
    lines = []
    for line in page.splitlines():
        cells = line.split(" | ")
        lines.append(" | ".join(cells[:3] + cells[4:]) if len(cells) == 6 else line)
    return lines


class Published(unittest.TestCase):
    def test_every_published_model_gives_its_published_results(self):
        with tempfile.TemporaryDirectory(prefix="truel-verification-") as folder:
            page = pathlib.Path(folder) / "verification.md"
            done = subprocess.run([TRUEL, "verify", "scenarios/published", "--json", "--quiet", "--markdown", page],
                                  cwd=ROOT, capture_output=True, text=True)
            wrong = [row for row in json.loads(done.stdout)["checks"] if row["verdict"] == "fail"]
            self.assertEqual((done.returncode, wrong), (0, []), done.stderr)
            self.assertEqual(without_results(page.read_text(encoding="utf-8")),
                             without_results(PAGE.read_text(encoding="utf-8")),
                             "write it anew: truel verify scenarios/published --markdown docs/verification.md")


if __name__ == "__main__":
    unittest.main()
