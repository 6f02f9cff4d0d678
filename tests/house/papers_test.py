"""What other programs and sites read about the project says the same everywhere, and nothing that is not known."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import write_papers  # noqa: E402

PERSON = {"given": "Ada", "family": "Example", "orcid": "0000-0002-1825-0097", "affiliation": "A school"}


def tool(name):
    """A tool of tools/test_papers.sh, from its environment or the path, or None."""
    own = ROOT / "build/papers/bin" / name
    return str(own) if own.exists() else shutil.which(name)


def pattern(glob):
    """The regular expression of a path of REUSE.toml: `**` any path, `*` any name."""
    return "".join({"**": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in re.split(r"(\*\*|\*)", glob))


def kept_files():
    """The files that git keeps, or None where these are no git checkout."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True) \
        if (ROOT / ".git").exists() and shutil.which("git") else None
    return done.stdout.split("\0")[:-1] if done and done.returncode == 0 else None


class Papers(unittest.TestCase):
    def test_the_papers_say_what_publication_toml_says(self):
        done = subprocess.run([sys.executable, "-B", ROOT / "tools/write_papers.py", "--check"], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        about = write_papers.about_project(ROOT)
        self.assertEqual("authors: " in done.stdout, not about["authors"], done.stdout)
        self.assertIn("a person has still to have accounts, and to upload", done.stdout)

    def test_a_version_that_only_cmake_knows_is_found_and_mended(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder)
            files = ["CMakeLists.txt", "CHANGELOG.md", "tools/publication.toml", ".github/PULL_REQUEST_TEMPLATE.md",
                     *write_papers.written(ROOT, write_papers.about_project(ROOT)),
                     *(str(path.relative_to(ROOT)) for path in (ROOT / ".github/ISSUE_TEMPLATE").iterdir())]
            for name in files:
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, copy / name)
            cmake = copy / "CMakeLists.txt"
            cmake.write_text(re.sub(r"truel VERSION [\d.]+", "truel VERSION 9.8.7", cmake.read_text()))

            def run(*options):
                return subprocess.run([sys.executable, "-B", ROOT / "tools/write_papers.py", "--root", copy, *options],
                                      stdin=subprocess.DEVNULL, capture_output=True, text=True)
            found = run("--check")
            self.assertEqual(found.returncode, 1)
            self.assertIn("+version: 9.8.7", found.stdout)
            self.assertIn("the day of release", found.stdout)
            self.assertEqual(run().returncode, 0)
            self.assertEqual(run("--check").returncode, 0)
            self.assertNotIn("date-released", (copy / "CITATION.cff").read_text())
            self.assertIn("Version: 9.8.7\n", (copy / "r/DESCRIPTION").read_text())
            self.assertIn("no heading of version 9.8.7", run("--release", "2026-12-01").stderr)

            # The one place that says the day of release; where it is said already a later day takes its place.
            changelog = copy / "CHANGELOG.md"
            changelog.write_text("# Changelog\n\n## Unreleased: 9.8.7\n\n- 9.8.7 - 2026\n\n## [9.8.6] - 2025-01-01\n")
            for day in ("2026-12-01", "2027-01-02"):
                self.assertEqual(run("--release", day).returncode, 0)
                self.assertEqual(changelog.read_text(), f"# Changelog\n\n## [9.8.7] - {day}\n\n- 9.8.7 - 2026\n\n## [9.8.6] - 2025-01-01\n")
                self.assertIn(f'date-released: "{day}"', (copy / "CITATION.cff").read_text())
                self.assertIn(f'year = "{day[:4]}"', (copy / "r/inst/CITATION").read_text())
                self.assertEqual(run("--check").returncode, 0)

    def test_a_day_of_release_before_the_last_change_is_asked_for_again(self):
        about = write_papers.about_project(ROOT)
        told = write_papers.to_be_given(about | {"released": "2026-11-30", "changed": "2026-12-01"})
        self.assertTrue(any("CHANGELOG.md says 2026-11-30, and the last change is of 2026-12-01" in each for each in told), told)
        for changed in ("2026-11-30", ""):
            told = write_papers.to_be_given(about | {"released": "2026-11-30", "changed": changed})
            self.assertFalse(any("the day of release" in each for each in told), told)
        self.assertRegex(about["changed"], r"^(20\d\d-\d\d-\d\d)?$")  # "" before the first commit

    def test_what_is_known_gets_into_every_paper(self):
        about = write_papers.about_project(ROOT) | {
            "authors": [PERSON], "repository": "https://code.invalid/truel", "doi": "10.0/1", "contact": "somebody@code.invalid",
            "r_maintainer": {"given": "Ada", "family": "Example", "email": "ada@code.invalid"}, "undecided": [],
            "released": "2026-12-01", "changed": "2026-12-01"}
        files = write_papers.written(ROOT, about)
        self.assertEqual(write_papers.to_be_given(about), [])
        self.assertIn('repository-code: "https://code.invalid/truel"', files["CITATION.cff"])
        self.assertEqual(json.loads(files["codemeta.json"])["codeRepository"], "https://code.invalid/truel")
        self.assertEqual(json.loads(files[".zenodo.json"])["creators"][0]["orcid"], PERSON["orcid"])
        self.assertIn("Example", files["r/DESCRIPTION"])
        self.assertNotIn("ORPHANED", files["r/DESCRIPTION"])
        self.assertIn("\nURL: https://code.invalid/truel\nBugReports: https://code.invalid/truel/issues\n", files["r/DESCRIPTION"])
        self.assertEqual(write_papers.r_description(about, files["r/DESCRIPTION"]), files["r/DESCRIPTION"])
        self.assertIn('person("Ada", "Example")', files["r/inst/CITATION"])
        self.assertIn('url = "https://code.invalid/truel"', files["r/inst/CITATION"])
        project = tomllib.loads(files["pyproject.toml"])["project"]
        self.assertEqual(project["urls"], {"Repository": "https://code.invalid/truel", "Issues": "https://code.invalid/truel/issues"})
        self.assertEqual(project["authors"], [{"name": "Ada Example"}])
        self.assertEqual(write_papers.python_project(about, files["pyproject.toml"]), files["pyproject.toml"])
        nobody = write_papers.python_project(about | {"authors": [], "repository": ""}, files["pyproject.toml"])
        self.assertNotIn("authors", tomllib.loads(nobody)["project"])
        self.assertIn("orcid: 0000-0002-1825-0097", files["docs/paper/paper.md"])
        for name in write_papers.NO_CONTACT:
            self.assertIn("Write to somebody@code.invalid.", files[name])

    def test_no_address_is_invented(self):
        found = []
        for name in (*write_papers.written(ROOT, write_papers.about_project(ROOT)), "cmake/TruelPackage.cmake", "pyproject.toml",
                     "r/man/truel-package.Rd"):
            found += [f"{name}: {match}" for match in re.findall(r"\S+@\S+\.\w+|\S+\.(?:example|invalid)\b", (ROOT / name).read_text())]
        contact = write_papers.about_project(ROOT)
        known = {contact["contact"], contact["r_maintainer"]["email"]} - {""}
        self.assertEqual([line for line in found if not any(address in line for address in known)], [])

    def test_the_news_for_r_name_what_there_is(self):
        news, exported = (ROOT / "r/NEWS.md").read_text(), set(re.findall(r"^export\((\w+)\)", (ROOT / "r/NAMESPACE").read_text(), re.M))
        self.assertEqual(set(re.findall(r"`(\w+)\(\)`", news)) - exported, set())
        version = write_papers.about_project(ROOT)["version"]
        self.assertEqual(re.search(r"\A# truel ([\d.]+)\n", news)[1], version)

    def test_every_site_runs_the_same_and_makes_a_wheel(self):
        for name in (".github/workflows/test.yml", ".forgejo/workflows/test.yml", ".gitlab-ci.yml"):
            text = (ROOT / name).read_text()
            for command in (".ci/run", "tools/make_wheel.sh"):
                self.assertIn(command, text, name)
                self.assertTrue((ROOT / command).stat().st_mode & 0o111, command)

    def test_the_citation_is_valid(self):
        cffconvert = tool("cffconvert")
        if cffconvert is None:
            self.skipTest("cffconvert is not here: tools/test_papers.sh brings it")
        done = subprocess.run([cffconvert, "--validate", "--infile", ROOT / "CITATION.cff"], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_paper_is_as_short_as_its_journal_asks(self):
        paper = (ROOT / "docs/paper/paper.md").read_text(encoding="utf-8").split("---\n", 2)[2]
        words = re.sub(r"<!--.*?-->", "", paper, flags=re.S).split()
        self.assertGreater(len(words), 500)
        self.assertLess(len(words), 1000)

    def test_every_file_has_a_licence_whose_text_is_here(self):
        entries = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
        texts = {path.stem for path in (ROOT / "LICENSES").iterdir()}
        self.assertEqual({name for entry in entries for name in entry["SPDX-License-Identifier"].split(" AND ")}, texts)
        self.assertEqual((ROOT / "LICENSES/Apache-2.0.txt").read_text(), (ROOT / "LICENSE").read_text())
        package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        self.assertEqual(package["license"], " AND ".join(sorted(texts)))
        self.assertEqual({path for glob in package["license-files"] for path in ROOT.glob(glob)},
                         {ROOT / "LICENSE", ROOT / "REUSE.toml", *(ROOT / "LICENSES").iterdir()})
        kept = kept_files()
        if kept is None:
            self.skipTest("these sources are no git checkout")
        globs = [[path] if isinstance(path := entry["path"], str) else path for entry in entries]
        for glob in sum(globs, []):
            self.assertTrue(any(re.fullmatch(pattern(glob), name) for name in kept), f"{glob} names no file")
        one = re.compile("|".join(f"(?:{pattern(glob)})" for glob in sum(globs, [])))
        self.assertEqual([name for name in kept if not one.fullmatch(name) and not name.startswith("LICENSES/")], [])

    def test_tables_of_geonames_say_so(self):
        entries = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
        named = next(entry["path"] for entry in entries if entry["SPDX-License-Identifier"] == "CC-BY-4.0")
        for table in (ROOT / "scenarios").rglob("*.csv"):
            if re.search(r"geonames_id|source:geonames", table.read_text(encoding="utf-8")):
                name = table.relative_to(ROOT).as_posix()
                self.assertTrue(any(re.fullmatch(pattern(glob), name) for glob in named), name)

    def test_reuse_finds_no_fault(self):
        reuse = tool("reuse")
        if reuse is None:
            self.skipTest("reuse is not here: tools/test_papers.sh brings it")
        if kept_files() is None:
            self.skipTest("these sources are no git checkout")
        done = subprocess.run([reuse, "--root", ROOT, "lint"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
