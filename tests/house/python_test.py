"""The Python package without what Debian lacks to compile its engine: tools/test_python.sh tests the wheel.

Held against each other are its modules and the functions that python/src declares; what the notebooks and the page say and
the package; its reading of ensemble.nc and xarray's. TRUEL: the program.
"""
import ast
import decimal
import fractions
import importlib
import inspect
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib
import types
import unittest
import unittest.mock

try:
    import netCDF4
    import nbformat
    import numpy as np
    import xarray
except ImportError as lacking:
    raise SystemExit(f"{lacking}: tools/install_packages.sh test installs python3-nbformat, python3-netcdf4, python3-xarray")

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "python" / "truel"


def declared():
    """What python/src declares of the module _core: {function: (names of its arguments, line of Python or "")}."""
    found = {}
    for file in sorted((ROOT / "python" / "src").glob("*.cpp")):
        for one in re.split(r"\bm\.def\(", file.read_text())[1:]:
            one = one.partition(");\n")[0]
            line = re.search(r"nb::sig\(((?:\s*\"[^\"]*\")+)\)", one)
            text = "".join(re.findall(r'"([^"]*)"', line[1])) if line else ""
            found[re.match(r'\s*"(\w+)"', one)[1]] = (re.findall(r'"(\w+)"_a', one), text)
    return found


def engine():
    """A stand-in of _core: every function that is declared, with its arguments, of which none does anything but name what is asked for when the package is read."""
    module = types.ModuleType("truel._core")
    module.version = "0"
    module.LoadedWar = type("LoadedWar", (), {})
    for name, (arguments, _) in declared().items():
        exec(f"def {name}({', '.join(arguments)}): raise RuntimeError('no engine')", module.__dict__)
    module.solvers = lambda: ["leap"]
    module.control_methods = lambda: ["bank", "tempered", "smoother"]
    module.battle_methods = lambda: ["rejection", "abc-smc"]
    module.fit_targets = lambda: ["control", "deaths", "both"]
    return module


def package():
    """The package above the stand-in."""
    if "truel" not in sys.modules:
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(PACKAGE.parent))
        sys.modules["truel._core"] = engine()
        sys.modules["truel._core"].__package__ = "truel"
    return importlib.import_module("truel")


def misfit(function, call):
    """Why the arguments of a call in source do not fit a function, if they do not."""
    if any(isinstance(each, ast.Starred) for each in call.args) or any(each.arg is None for each in call.keywords):
        known = {each.arg for each in call.keywords if each.arg} - set(inspect.signature(function).parameters)
        return f"no {', '.join(sorted(known))}" if known else None
    try:
        inspect.signature(function).bind(*call.args, **{each.arg: each.value for each in call.keywords})
    except TypeError as error:
        return str(error)


def calls_of(tree, module):
    """Calls of functions of a module in source: (dotted name, call)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.match(rf"{module}\.\w+$", ast.unparse(node.func)):
            yield node.func.attr, node


class Python(unittest.TestCase):
    def test_the_engine_takes_what_its_lines_of_python_say(self):
        self.assertGreater(len(declared()), 12)
        for name, (arguments, line) in declared().items():
            if line:
                function = ast.parse(f"{line}: ...").body[0]
                self.assertEqual((function.name, [each.arg for each in function.args.args]), (name, arguments))

    def test_the_modules_call_the_engine_with_what_it_takes(self):
        core, seen = engine(), set()
        for file in sorted(PACKAGE.rglob("*.py")):
            for name, call in calls_of(ast.parse(file.read_text(), file), "_core"):
                self.assertIn(name, declared(), file)
                self.assertIsNone(misfit(getattr(core, name), call), f"{file.name}:{call.lineno}")
                seen.add(name)
        self.assertEqual(seen | {"not_modelled"}, set(declared()))  # which is handed on as it is

    def test_everything_public_is_there_and_described(self):
        truel = package()
        for name in truel.__all__:
            self.assertTrue(name in ("__version__", *declared()) or getattr(truel, name).__doc__, name)

    def test_a_truth_is_no_number_and_a_word_no_truth(self):
        """Of every argument of every function, by what its line says that it takes."""
        truel = package()
        from truel import _core
        here = pathlib.Path(__file__).parent
        wrong = {"int": (True, np.True_, np.array(True), "3", b"3", 2.5, None, [3]), "float": (True, np.False_, "0.1", b"0.1", None, [0.1]),
                 "float | None": (True, np.True_, "1", b"1"), "bool": (1, 0, "yes", "", None, 1.0), "Progress": (1, "x", "", None, 2.5)}
        tried = set()

        def no_package(*_):
            raise truel.InputError([truel.Diagnostic("", 0, 0, "no package", "")])

        with unittest.mock.patch.multiple(_core, read=no_package, check_days=lambda *_: None):
            for name in ("compare", "fit", "measure", "run", "score", "sensitivity"):
                function = getattr(truel, name)
                given = {"fit": [here, here], "score": [here, here], "measure": [here, "civilian_harm"], "sensitivity": [here, "civilian_harm"]}.get(name, [here])
                for argument in inspect.signature(function).parameters.values():
                    for value in wrong.get(argument.annotation, ()):
                        with self.subTest(function=name, argument=argument.name, value=value), self.assertRaises(truel.InputError) as refused:
                            function(*given, **{argument.name: value})
                        told = [each for each in refused.exception.diagnostics if each.what.startswith(f"{argument.name}=")]
                        self.assertEqual([each.hint[:5] for each in told], ["it is"], (name, argument.name, value))
                        tried.add(argument.name)
        self.assertLessEqual({"runs", "seed", "threads", "precision", "keep", "strength", "quarterly", "told", "analysis", "progress"}, tried)
        for right in (3, np.int64(3), np.float64(3), 3.0, fractions.Fraction(3), decimal.Decimal(3)):
            arguments = truel._arguments.Arguments()
            self.assertEqual((arguments.whole("runs", right, 1, 9), arguments.number("keep", right, 0, 9)), (3, 3))
            arguments.done()

    def test_notebooks_are_whole_without_outputs_and_call_what_there_is(self):
        truel, calls = package(), 0
        for file in sorted((ROOT / "docs" / "notebooks").rglob("*.ipynb")):
            notebook = nbformat.read(file, as_version=4)
            nbformat.validate(notebook)
            self.assertGreater(len(notebook.cells), 5, file)
            for cell in notebook.cells:
                if cell.cell_type != "code":
                    continue
                self.assertEqual((cell.outputs, cell.execution_count), ([], None), file)
                for name, call in calls_of(ast.parse(cell.source, file), "truel"):
                    self.assertIn(name, truel.__all__, file)
                    self.assertIsNone(misfit(getattr(truel, name), call), f"{file.name}: {ast.unparse(call)}")
                    if name == "scenario":
                        self.assertTrue((ROOT / "scenarios" / call.args[0].value / "scenario.toml").exists(), ast.unparse(call))
                    calls += 1
        self.assertGreater(calls, 20)

    def test_examples_of_the_pages_call_what_there_is(self):
        truel, calls = package(), 0
        for page in (ROOT / "docs" / "python.md", ROOT / "docs" / "first-run-python-r.md", ROOT / "docs" / "other-tools.md", ROOT / "python" / "README.md"):
            for block in re.findall(r"```python\n(.*?)```", page.read_text(), re.S):
                for name, call in calls_of(ast.parse(block, page), "truel"):
                    self.assertIn(name, truel.__all__, page)
                    self.assertIsNone(misfit(getattr(truel, name), call), f"{page.name}: {ast.unparse(call)}")
                    calls += 1
        self.assertGreater(calls, 5)

    def test_arrays_become_the_dataset_that_xarray_reads(self):
        package()
        from truel._run import dataset_of
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder, "out")
            subprocess.run([os.environ["TRUEL"], "run", ROOT / "scenarios" / "syria-2016", "--runs", "3", "--until", "2016-02-29",
                            "--quiet", "--out", out], check=True, capture_output=True)
            variables = {}
            with netCDF4.Dataset(out / "ensemble.nc") as file:
                file.set_auto_maskandscale(False)
                file.set_auto_chartostring(False)
                attributes = {key: file.getncattr(key) for key in file.ncattrs()}
                for name, variable in file.variables.items():
                    about = {key: variable.getncattr(key) for key in variable.ncattrs() if key != "_FillValue"}
                    values = variable[...]
                    variables[name] = (list(variable.dimensions), values if values.dtype.kind != "S" else values.view("u1"), about)
            made = dataset_of(variables, attributes)
            with xarray.open_dataset(out / "ensemble.nc") as read:
                xarray.testing.assert_identical(made, read.load())

    def test_holders_of_a_folder_of_results_have_their_names(self):
        truel = package()
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder, "out")
            subprocess.run([os.environ["TRUEL"], "run", ROOT / "scenarios" / "syria-2016", "--runs", "3", "--until", "2016-02-29",
                            "--quiet", "--out", out], check=True, capture_output=True)
            held = truel.holders(out, places=["raqqa", "aleppo_west"], dates="2016-02-29")
            last = {place["properties"]["place_id"]: place["properties"] for place in json.loads((out / "control.geojson").read_text())["features"]}
        self.assertEqual(set(held.place), {"raqqa", "aleppo_west"})
        for row in held.itertuples():
            self.assertAlmostEqual(row.share, last[row.place].get(f"p_{row.holder}", row.share), 6)
            self.assertEqual(row.place_name, last[row.place]["name"])
        self.assertEqual(dict(zip(held.holder, held.holder_name))["isis"], "Islamic State")

    def test_an_argument_that_is_misspelt_is_told_the_right_one(self):
        truel = package()
        for wrong, meant in (("acount", "accounts"), ("account", "accounts"), ("end", "until"), ("seeds", "seed")):
            with self.assertRaisesRegex(TypeError, rf"^run\(\) has no argument `{wrong}`, did you mean `{meant}`\?$"):
                truel.run("war", **{wrong: 1})

    def test_a_mistake_names_arguments_and_not_options_of_the_program(self):
        raw = [("--account", 0, 0, "unknown account `nope`", ""), ("t.csv", 1, 2, "no war", "give --from or --set-a; `truel run --from DAY` says more")]
        self.assertEqual(str(package().InputError(raw)), "accounts: unknown account `nope`\n"
                         "t.csv:1:2: no war; give from_ or set_a; `truel run --from DAY` says more\n2 mistakes")

    def test_the_wheel_is_built_from_what_is_there(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())
        build, about = project["tool"]["scikit-build"], project["project"]
        source = (ROOT / build["metadata"]["version"]["input"]).read_text()
        version = re.search(build["metadata"]["version"]["regex"], source)["value"]
        for file, line in (("CITATION.cff", f"version: {version}"), ("r/DESCRIPTION", f"Version: {version}"),
                           ("CHANGELOG.md", f"## Unreleased: {version}|## \\[?{version}\\b")):
            self.assertRegex((ROOT / file).read_text(), rf"(?m)^{line}", file)
        self.assertEqual(set(re.findall(r"truel[-_](\d[\d.]*\d)", (ROOT / "docs/install.md").read_text())), {version})
        for file in (about["readme"], *build["wheel"]["packages"]):
            self.assertTrue((ROOT / file).exists(), file)
        for command in about["scripts"].values():
            package()
            module, function = command.split(":")
            self.assertTrue(callable(getattr(importlib.import_module(module), function)))
        connectors = {file.stem for file in (PACKAGE / "connectors").glob("[a-z]*.py")}
        self.assertLessEqual(connectors, set(about["optional-dependencies"]))


if __name__ == "__main__":
    unittest.main()
