"""Documents and programs use the words that their readers have, and none of the habits that once made them hard to read."""
import json
import pathlib
import re
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What programs write whole.
WRITTEN_BY_PROGRAMS = {"docs/parameters.md", "docs/mechanisms.md", "docs/verification.md", "docs/command-line.md"}
HABITS = {
    r"\bin the mean\b(?! field|-field)": "on average",
    r"\bnot told apart\b|\btells? the two apart\b": "indistinguishable, distinguish",
    r"\b\d{1,3} (?:times )?in (?:a hundred|100)\b|\bpoints in a hundred\b": "percent",
    r"\b(?:laid|lays?) over\b": "override",
    r"\bhalf seen\b": "not a clean hold-out, and why",
    r"\bnothing changes hands\b": "no change, persistence",
    r"\bso many (?:men )?of (?:so )?many\b": "committed, out of available",
    r"[\d,]+ (?:men|fighters) of [\d,]+": "committed, out of available",
    r"\bof all else what\b": "for other outcomes",
    r"\bof all others who\b": "the deadliest other, the strongest other",
    r"\bby so short a record\b": "the data are too few",
    r"\bwhom one believes\b|\bbelieved alike\b": "the choice of account, weighted alike",
    r"\bin the middle run\b|\bmiddle date\b": "median",
    r"\b(?:holds?|leaves? out) zero\b": "includes zero, excludes zero",
    r"\bresamples (?:hold|is)\b": "95 % interval",
    r"\bbetter beyond chance\b|\bahead beyond chance\b": "significantly better",
    r"\bnumbers? that hang on\b": "parameters that depend on",
    r"\bbeside (?:the )?baselines?\b|\bbeside forecasts\b": "compared with",
    r"\bcannot be told from\b|\btold from none\b|\btell it from none\b": "indistinguishable, too few to say",
    r"\b\d\d of 100 (?:runs|records|resamples)\b": "percent",
    r"\bthe forecast that nothing changes\b": "a no-change forecast",
    r"\bcan be told (?:from|which)\b": "distinguish, too few to say",
    r"\blays its own\b": "override",
    r"\btold of\b|\b(?:was|were) told\b": "knows, uses",
    r"\b(?:the|at|its|their|better|worse|good|fair|whose|command's|even|any|thin|thinner|have|of) odds\b": "win probability, chance",
    r"\b(?:the|on|by|whose|no|against) records?\b|\brecords? of (?:control|deaths)\b": "observed data, what happened",
    r"\b(?:the|a|by|whole|larger) banks?\b|\bbank of runs\b": "prior sample",
    r"\bmeans? of the runs\b": "the average over the runs",
    r"\bheld against\b": "compared with",
    r"\btells? apart\b|\btold apart\b": "distinguish",
    r"\bsees? (?:its|their|an) end\b": "gone, collapsed",
    r"\"nothing changes\"": "no change",
}
# Where programs speak to their readers.
SPOKEN = {"src": (".cpp",), "cli": (".cpp",), "server": (".cpp",), "web/src": (".ts",), "python/truel": (".py",), "r/R": (".R",), "tools": (".py",)}
# Names in result files stay.
NAMES = ("95 in 100 dummies below",)


def prose(text):
    """The page without code, tables, and what tools write between their marks, each line in its place."""
    def blank(match):
        return "\n" * match[0].count("\n")

    for what in (r"```.*?```", r"<!-- [\w ]+(?:: [^>]*?)? -->(?:(?!<!-- [a-z]).)*?<!-- (?:end|made until here) -->", r"<!--.*?-->", r"`[^`\n]*`"):
        text = re.sub(what, blank, text, flags=re.S)
    return re.sub(r"^(?: {4}|\|).*$", "", text, flags=re.M)


def texts(file):
    """What a source file says: without comments, each line in its place; a text over several lines is one."""
    text = file.read_text(encoding="utf-8")
    for name in NAMES:
        text = text.replace(name, "")
    if file.suffix in (".cpp", ".ts"):
        text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), text, flags=re.S)
        text = re.sub(r"(?:^|(?<=[\s;{}),]))//.*$", "", text, flags=re.M)
    elif file.suffix == ".py":
        text = re.sub(r"(?:^|(?<=\s))#.*$", "", text, flags=re.M)
    return re.sub(r'["`]\s*\+?\s*\n(\s*)\+?\s*["`]', lambda m: "\n" + m[1], text)


def habits_in(text, name):
    for habit, better in HABITS.items():
        for match in re.finditer(habit.replace(" ", r"\s+"), text, flags=re.I):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{name}:{line}: {' '.join(match[0].split())}; better: {better}"


class Words(unittest.TestCase):
    def pages(self):
        top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md")]
        for page in [*top, *sorted((ROOT / "docs").rglob("*.md"))]:
            if str(page.relative_to(ROOT)) not in WRITTEN_BY_PROGRAMS:
                yield page

    def test_pages_use_the_words_of_their_readers(self):
        found = [habit for page in self.pages()
                 for habit in habits_in(prose(page.read_text(encoding="utf-8")), page.relative_to(ROOT))]
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_pages_stay_short(self):
        """What is new replaces what is old. Decisions are kept as they were made; the two left out are written for others, too."""
        counted = [page for page in self.pages() if "decisions" not in page.parts and page.name not in ("SECURITY.md", "CODE_OF_CONDUCT.md")]
        self.assertGreater(len(counted), 60)
        self.assertLess(sum(len(prose(page.read_text(encoding="utf-8")).split()) for page in counted), 30_000)

    def test_notebooks_use_them_too(self):
        found, files = [], sorted((ROOT / "docs/notebooks").rglob("*.ipynb"))
        self.assertGreater(len(files), 4)
        for file in files:
            for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
                found += habits_in(prose("".join(cell["source"])) if cell["cell_type"] == "markdown" else "".join(cell["source"]),
                                   file.relative_to(ROOT))
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_programs_use_them_too(self):
        found = [habit for folder, endings in SPOKEN.items() for ending in endings for file in sorted((ROOT / folder).rglob(f"*{ending}"))
                 for habit in habits_in(texts(file), file.relative_to(ROOT))]
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_packages_use_them_too(self):
        files = [file for end in ("toml", "csv", "md") for file in sorted((ROOT / "scenarios").rglob(f"*.{end}"))
                 if file.name != "claims.csv" and "codings" not in file.parts]  # what sources say, and what a second coder wrote
        self.assertGreater(len(files), 400)
        found = [habit for file in files for habit in habits_in(file.read_text(encoding="utf-8"), file.relative_to(ROOT))]
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_a_text_over_several_lines_is_one(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("a.cpp", 'say("kills 5 in the "\n    "mean");\n'), ("a.ts", 'say("kills 5 in the "\n  + `mean`);\n')):
                with self.subTest(name=name):
                    file = pathlib.Path(folder) / name
                    file.write_text(text, encoding="utf-8")
                    self.assertEqual(len(list(habits_in(texts(file), name))), 1)
                    file.write_text("// in the mean\n", encoding="utf-8")
                    self.assertEqual(list(habits_in(texts(file), name)), [])

    def test_the_habits_are_found(self):
        for text in ("kills 5 in the\nmean", "Whom one believes", "95 times in 100", "not told apart by it", "an account laid over it", "it was told of 2 events",
                     "held against the record", "the mean of the runs", "what the data tell apart", "half of the runs see its end", "attacks at better odds", "begun at even odds", "draws of a bank"):
            with self.subTest(text=text):
                self.assertNotEqual(list(habits_in(text, "a")), [])
        for text in ("the track record", "a field of odd numbers", "the log-odds", "a record of the decision", "the command that follows"):
            with self.subTest(text=text):
                self.assertEqual(list(habits_in(text, "a")), [])

    def test_what_tools_write_is_no_prose(self):
        self.assertEqual(prose("<!-- scores -->\nin the mean\n<!-- end -->\nyes\n| in the mean |\n").split(), ["yes"])

    def test_every_word_of_the_glossary_stands_once(self):
        rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), flags=re.M)
        words = [word for word, _ in rows if word != "word"]
        self.assertGreater(len(words), 50)
        self.assertEqual(len(words), len(set(words)))


if __name__ == "__main__":
    unittest.main()
