"""The notebooks run from the first cell to the last, and are committed without outputs."""
import pathlib
import tempfile
import unittest

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "notebooks"


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

    def test_none_is_left_out(self):
        names = {path.stem.replace("-", "_") for path in NOTEBOOKS.rglob("*.ipynb")}
        self.assertEqual(len(names), 8)


if __name__ == "__main__":
    unittest.main()
