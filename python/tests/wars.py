"""What the tests share: a folder of their own with a new war, and the program beside the package."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import unittest

import truel

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "cli"))
from made_records import LATER, write_battles  # noqa: E402, F401

# Another build of the program can be held against the package.
PROGRAM = os.environ.get("TRUEL") or str(pathlib.Path(sysconfig.get_path("scripts")) / "truel")


LATER_DAYS = {"from_": "2021-04-01", "until": "2021-06-01"}


class WarTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="truel-python-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.package = cls.folder / "war"
        truel.new(cls.package)

    def setUp(self):
        self.war = truel.load(self.package)

    def observed_later(self):
        """A folder of LATER, and the options of the program for a run from LATER_DAYS."""
        folder = self.folder / "later"
        folder.mkdir(exist_ok=True)
        (folder / "who.csv").write_text(LATER)
        return folder, ["--from", LATER_DAYS["from_"], "--until", LATER_DAYS["until"], "--analysis", "--observed", folder]

    def loaded_before_a_change(self):
        """A war whose files have changed since it was loaded."""
        package = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "war"
        shutil.copytree(self.package, package)
        war = truel.load(package)
        with (package / "scenario.toml").open("a") as file:
            file.write("\n# another thought\n")
        return war

    def program(self, *arguments, status=0):
        done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def told(self, *arguments):
        return json.loads(self.program(*arguments, "--json", "--quiet").stdout)
