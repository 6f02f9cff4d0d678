"""What type checkers know of the package."""
import inspect
import pathlib
import subprocess
import sys
import tempfile
import unittest

import truel
from truel import plots, views_parquet

GOOD = """
import truel
import xarray
war: truel.War = truel.load("here")
war["actors.isis.kill_rate"] = 0.5
runs: xarray.Dataset = truel.run(war, runs=10, set={"a.b": 1}, progress=True)
found: truel.Sensitivity = truel.sensitivity(war, "civilian_harm")
"""
BAD = """
import truel
truel.run("here", runs="many")
truel.load(3)
truel.load("here").until = "2016-06-30"
"""


def mypy(source):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "use.py"
        path.write_text(source)
        done = subprocess.run([sys.executable, "-m", "mypy", "--strict", path], cwd=folder, capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if ": error:" in line]


class Types(unittest.TestCase):
    def test_good_use_passes_and_wrong_use_is_told(self):
        self.assertEqual(mypy(GOOD), [])
        self.assertEqual(len(mypy(BAD)), 3)

    def test_the_package_itself_passes(self):
        modules = ["truel", "truel.plots", "truel.views_parquet"] + [f"truel.{file.stem}" for file in pathlib.Path(truel.__file__).parent.glob("_[a-z]*.py")]
        with tempfile.TemporaryDirectory() as folder:  # nothing else to import there
            done = subprocess.run([sys.executable, "-m", "mypy", "--strict", *(word for name in modules for word in ("-m", name))],
                                  cwd=folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_every_public_thing_has_a_docstring(self):
        for module in plots, views_parquet:
            self.assertEqual(set(module.__all__), {name for name, member in vars(module).items() if name[0] != "_" and
                                                   inspect.isfunction(member) and member.__module__ == module.__name__})
        for module in truel, plots, views_parquet:
            for name in module.__all__:
                if name != "__version__":
                    self.assertTrue(getattr(module, name).__doc__, name)
        for name, member in vars(truel.War).items():
            if not name.startswith("_") and name not in ("title", "description"):
                self.assertTrue(member.__doc__, name)


if __name__ == "__main__":
    unittest.main()
