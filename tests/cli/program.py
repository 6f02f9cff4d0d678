"""What tests of the program share: a folder of their own, and a way to run it there.

TRUEL: the program. TRUEL_HAS_PAGE: 1 if it was built with the page of a report. TRUEL_SANITIZED: 1 if with sanitizers.
"""
import os
import pathlib
import shlex
import subprocess
import tempfile
import unittest

TRUEL = pathlib.Path(os.environ["TRUEL"]).resolve()
HAS_PAGE = os.environ.get("TRUEL_HAS_PAGE") == "1"
SANITIZED = os.environ.get("TRUEL_SANITIZED") == "1"
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def shortened(n):
    """A number of runs; a tenth of them for a program that its sanitizers slow down tenfold."""
    return n // 10 if SANITIZED else n


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truel-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def truel(self, *arguments, status=0, cwd=None, **more):
        done = subprocess.run([TRUEL, *map(str, arguments)], cwd=cwd or self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, **more)
        self.assertEqual(done.returncode, status, f"truel {shlex.join(map(str, arguments))}\n{done.stdout}\n{done.stderr}")
        return done
