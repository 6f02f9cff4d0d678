"""The notebooks run from the first cell to the last, and are committed without outputs."""
import contextlib
import importlib.metadata
import pathlib
import re
import sys
import tempfile
import unittest

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "notebooks"


class Tutorial(unittest.TestCase):
    def test_the_first_run_works_as_typed(self):
        page = (NOTEBOOKS.parent / "first-run-python-r.md").read_text(encoding="utf-8")
        blocks = re.findall(r"```python\n(.*?)```", page, re.S)
        self.assertGreater(len(blocks), 1)
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            exec("\n".join(blocks), {})


class Notebooks(unittest.TestCase):
    def run_one(self, name):
        notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
        nbformat.validate(notebook)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                self.assertEqual((cell.outputs, cell.execution_count), ([], None), "committed with outputs")
        with tempfile.TemporaryDirectory() as folder:
            NotebookClient(notebook, timeout=900, kernel_name="python3",
                           resources={"metadata": {"path": folder}}).execute()
        self.assertTrue(any(cell.get("outputs") for cell in notebook.cells))

    def test_first_war(self):
        self.run_one("first-war")

    def test_whom_to_believe(self):
        self.run_one("whom-to-believe")

    def test_score_your_own_model(self):
        self.run_one("score-your-own-model")

    def test_course_1(self):
        self.run_one("course/1-a-truel-by-hand")

    def test_course_2(self):
        self.run_one("course/2-lanchester")

    def test_course_3(self):
        self.run_one("course/3-who-fights-whom")

    def test_course_4(self):
        self.run_one("course/4-evidence")

    def test_course_5(self):
        self.run_one("course/5-forecasts")

    def test_the_extra_brings_what_they_need(self):
        named = [re.split("[^A-Za-z0-9_-]", each)[0] for each in importlib.metadata.requires("truel")
                 if "extra" not in each or re.search("extra == .notebooks.", each)]
        known = {*named, "truel", *sys.stdlib_module_names}
        needs = {"jinja2": ".style.", "tqdm": "progress=True"}
        for path in NOTEBOOKS.rglob("*.ipynb"):
            code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
            used = {*re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE), *(each for each, text in needs.items() if text in code)}
            self.assertLessEqual(used, known, path.name)

    def test_none_is_left_out(self):
        names = {path.stem.replace("-", "_") for path in NOTEBOOKS.rglob("*.ipynb")}
        self.assertEqual(len(names), 8)


if __name__ == "__main__":
    unittest.main()
