"""What holds for the tree as a whole."""
import csv
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NOT_OURS = {".git", "build", "results", "out", "node_modules", "dist", "__pycache__"}
CODE = {".cpp", ".hpp"}


def files():
    for path in sorted(ROOT.rglob("*")):
        relative = path.relative_to(ROOT)
        if path.is_file() and not NOT_OURS.intersection(relative.parts):
            yield relative


def tool(name, *arguments):
    command = [sys.executable, "-B", str(ROOT / "tools" / name), *map(str, arguments)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)


class Tree(unittest.TestCase):
    def test_includes_follow_the_layers(self):
        done = tool("check_layers.py", ROOT)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_the_code_is_formatted(self):
        if shutil.which("clang-format-14") is None:
            self.skipTest("clang-format-14 is not here")
        done = subprocess.run(["bash", str(ROOT / "tools/check_format.sh")], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_paper_has_the_form_that_its_journal_asks_for(self):
        text = (ROOT / "docs/paper/paper.md").read_text()
        self.assertEqual(re.findall(r"^# (.*)$", text, re.M),
                         ["Summary", "Statement of need", "State of the field", "Software design", "Research impact statement",
                          "AI usage disclosure", "Acknowledgements", "References"])  # joss.readthedocs.io, form of 2026
        words = re.sub(r"<!--.*?-->", "", text[text.index("# Summary"):], flags=re.S).split()
        self.assertTrue(750 <= len(words) < 1000, len(words))
        references = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "docs/paper/paper.bib").read_text(), re.M))
        self.assertEqual(set(re.findall(r"@(\w+\d{4}\w*)", text)), references)

    def test_the_name_of_a_build_is_that_of_its_sources_and_compiler_wherever_they_lie(self):
        with tempfile.TemporaryDirectory() as folder:
            def name(sources, how="GNU 12 -O2"):
                out = pathlib.Path(folder) / "out.cpp"
                subprocess.run(["cmake", f"-DOUT={out}", f"-DSOURCES={sources}", f"-DHOW={how}", "-P",
                                ROOT / "cmake/build_identity.cmake"], stdin=subprocess.DEVNULL, check=True)
                return re.search(r'return "([0-9a-f]{16})"', out.read_text()).group(1)
            copy = pathlib.Path(folder) / "elsewhere"
            shutil.copytree(ROOT / "src", copy)
            here = name(ROOT / "src")
            self.assertEqual(name(copy), here)
            self.assertNotEqual(name(copy, "GNU 12 -O3"), here)
            with (copy / "truel/base/date.hpp").open("a") as header:
                header.write("\n")
            self.assertNotEqual(name(copy), here)

    def test_an_include_against_the_layers_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder)
            for part in ("src", "cli", "server", "python", "web/src"):
                shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("build*", "__pycache__"))
            with (copy / "src/truel/base/date.hpp").open("a") as header:
                header.write('#include "truel/model/war.hpp"\n')
            with (copy / "src/truel/world/state.hpp").open("a") as header:
                header.write('#include "truel/scenario/scenario.hpp"\n#include <netcdf.h>\n')
            with (copy / "server/what_if.hpp").open("a") as header:
                header.write('#include "run_command.hpp"\n#include "truel/nowhere/law.hpp"\n')
            with (copy / "python/src/studies.hpp").open("a") as header:
                header.write('#include "server.hpp"\n#include <CLI/CLI.hpp>\n')
            with (copy / "src/truel/world/view.cpp").open("a") as source:
                source.write("#include <boost/math/special_functions/erf.hpp>\n"
                             "double f(double x) {\n  const double y = std::exp(x);  // std::log(x)\n  return pow(y, 2);\n}\n")
            with (copy / "web/src/format.ts").open("a") as module:  # which the views import by way of others
                module.write('import type { Row } from "./views/track";\n')
            done = tool("check_layers.py", copy)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(len(done.stdout.splitlines()), 11, done.stdout)
            self.assertIn("a circle of imports: data.ts -> format.ts -> views/track.ts -> data.ts", done.stdout)

    def test_every_law_has_a_place_where_it_can_be_switched_off(self):
        done = tool("mutate_laws.py", "--anchors")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_table_of_switches_says_how_many_it_has_and_has_no_others(self):
        words = " ".join((ROOT / "docs/mutation.md").read_text().split())
        sys.path.insert(0, str(ROOT / "tools"))
        from mutate_laws import in_table, laws  # noqa: E402
        run = in_table()
        self.assertLessEqual(set(run), set(laws()))
        self.assertIn(f"when there were {len(run)} switches, and some check noticed each of the {len(run)}", words)

    def test_a_law_that_lost_its_switch_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder)
            for part in ("src", "tools"):
                shutil.copytree(ROOT / part, copy / part)
            law = copy / "src/truel/laws/support/loyalty.cpp"
            law.write_text(law.read_text().replace("Loyalty::on", "Loyalty::is_on"))
            twice = copy / "src/truel/laws/alignment/coalition.cpp"
            twice.write_text(2 * twice.read_text())
            (copy / "src/truel/laws/underground/mutants.py").unlink()
            done = subprocess.run([sys.executable, "-B", copy / "tools/mutate_laws.py", "--anchors"],
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True)
            self.assertEqual(done.returncode, 2)
            self.assertEqual(len(done.stderr.splitlines()), 3, done.stderr)

    def test_no_file_holds_a_path_of_one_machine(self):
        """Absolute paths into somebody's home or work folder."""
        private = re.compile(r"(?<![\w.])/(home|Users|root|work|mnt)/\w")
        found = []
        for relative in files():
            data = (ROOT / relative).read_bytes()
            if b"\0" in data or relative.name in ("package-lock.json", pathlib.Path(__file__).name):
                continue
            for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
                if private.search(line):
                    found.append(f"{relative}:{number}: {line.strip()[:100]}")
        self.assertEqual(found, [])

    def test_links_between_the_documents_lead_somewhere(self):
        broken = []
        for relative in files():
            if relative.suffix != ".md":
                continue
            text = re.sub(r"```.*?```", "", (ROOT / relative).read_text(encoding="utf-8"), flags=re.S)
            for target in re.findall(r"\]\(([^)\s]+)\)", text):
                if re.match(r"[a-z]+:|#", target):
                    continue
                if not (ROOT / relative.parent / target.split("#")[0]).exists():
                    broken.append(f"{relative}: {target}")
        self.assertEqual(broken, [])

    def test_what_a_page_says_of_a_dated_change_names_places_and_sides_and_no_ids(self):
        found = []
        for package in ("bosnia-1992", "china-1926", "syria-2016", "ukraine-2022"):
            tables = {name: list(csv.DictReader((ROOT / "scenarios" / package / name).open(encoding="utf-8")))
                      for name in ("interventions.csv", "places.csv")}
            in_small_letters = {row["place_id"] for row in tables["places.csv"] if row["name"] != row["place_id"]}
            for row in tables["interventions.csv"]:
                ids = [word for word in re.findall(r"[\w-]+", row["note"]) if "_" in word or word in in_small_letters]
                found += [f"{package}: {row['id']}: {word}" for word in ids]
        self.assertEqual(found, [])

    def test_what_names_its_program_in_its_first_line_can_be_run(self):
        wrong = [str(relative) for relative in files() if relative.suffix in {".py", ".sh"}
                 and (ROOT / relative).read_bytes().startswith(b"#!") != os.access(ROOT / relative, os.X_OK)]
        self.assertEqual(wrong, [])

    def test_text_is_utf8_with_unix_line_ends(self):
        wrong = []
        for relative in files():
            if relative.suffix not in CODE | {".md", ".py", ".sh", ".cmake", ".ts", ".mjs"}:
                continue
            data = (ROOT / relative).read_bytes()
            try:
                data.decode("utf-8")
            except UnicodeDecodeError:
                wrong.append(f"{relative}: not UTF-8")
            if b"\r" in data or (data and not data.endswith(b"\n")):
                wrong.append(f"{relative}: line ends")
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()
