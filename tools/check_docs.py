#!/usr/bin/env python3
"""Holds the documentation against the project.

usage: python3 tools/check_docs.py [TRUEL]     TRUEL: the program; without it no command is tried

Checks that links and file names lead somewhere, that no page has two headings alike below the same one, that lists which
stand in two places agree, that docs/README.md lists every page, that every model has its picture and the program still makes the same, and that the commands of all pages (with few runs) and the examples of
results.md work. What pages quote of results is for quoted_numbers.py.
Prints every mistake; exit status 1 if there is one.
"""
import importlib.util
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib

from page_parts import ROOT, rows

DOCS = ROOT / "docs"
TUTORIALS = ("first-run", "writing-a-scenario")


def pages():
    return sorted(DOCS.rglob("*.md"))


def without_code(text):
    return re.sub(r"```.*?```", "", text, flags=re.S)


def slugs(text):
    """The anchors that a page's headings get."""
    heads = re.findall(r"^#+ (.*)$", without_code(text), re.M)
    return {re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", head).lower()).replace(" ", "-") for head in heads}


def links():
    for page in pages():
        for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text())):
            if "://" in target:
                continue
            name, _, anchor = target.partition("#")
            file = (page.parent / name).resolve() if name else page
            if not file.exists():
                yield f"{page.relative_to(ROOT)}: no file {target}"
            elif anchor and anchor not in slugs(file.read_text()):
                yield f"{page.relative_to(ROOT)}: no heading {target}"


def headings():
    for page in pages():
        under = [None] * 7
        seen = set()
        for marks, head in re.findall(r"^(#+) (.*)$", without_code(page.read_text()), re.M):
            under[len(marks)] = head
            place = tuple(under[1:len(marks) + 1])
            if place in seen:
                yield f"{page.relative_to(ROOT)}: two headings {head}"
            seen.add(place)


def file_names():
    """Sources named in back quotes, from the top or below src/truel."""
    for page in pages():
        for name in re.findall(r"`((?:[\w.-]+/)+[\w-]+\.(?:cpp|hpp|py|ts|csv|toml|md))`", page.read_text()):
            if not any((top / name).exists() for top in (ROOT, ROOT / "src/truel", ROOT / "scenarios/syria-2016")):
                if not name.startswith(("my-war/", "island/", "results/", "run-0/", "accounts/")):
                    yield f"{page.relative_to(ROOT)}: no file {name}"


def not_modelled():
    source = (ROOT / "src/truel/output/report/not_modelled.cpp").read_text()
    body = re.sub(r'"\s*\n\s*"', "", source[source.index("return {"):source.rindex("};")])
    code = re.findall(r'"((?:[^"\\]|\\.)*)"', body)
    page = (DOCS / "what-truel-does-not-model.md").read_text()
    listed = re.findall(r"^- (.*)$", page[:page.index("What follows")], re.M)
    if code != listed:
        yield f"what-truel-does-not-model.md and not_modelled.cpp differ: {set(code) ^ set(listed)}"


def accounts(truel):
    """How many numbers each sets, which the program alone can tell: a path may name many."""
    text = (DOCS / "reference-scenario.md").read_text()
    told = subprocess.run([truel, "claims", ROOT / "scenarios/syria-2016", "--coverage", "--json"],
                          capture_output=True, text=True, check=True).stdout
    for account in json.loads(told)["coverage"]["accounts"]:
        name, numbers = account["name"], account["numbers"]
        if not re.search(rf"^\| `{name}` \|.*\| {numbers} \|$", text, re.M):
            yield f"reference-scenario.md: account {name}, which sets {numbers} numbers, is not listed so"


def positions():
    """The table of accounts.md that says which source is for and which against what."""
    package = ROOT / "scenarios/syria-2016"
    stands = {}
    claims = rows(package / "claims.csv")
    for claim in claims:
        for position in filter(None, map(str.strip, claim["positions"].split(";"))):
            topic, stand = map(str.strip, position.split(":"))
            of_source = stands.setdefault((topic, claim["source"]), {})
            of_source[stand] = of_source.get(stand, False) or claim["stance"] != "reports"
    text = (DOCS / "accounts.md").read_text()
    sources = ["magnier2016", "assad_cannot2016", "ehsan2017", "cole2015", "isis_survives2018"]
    for topic in rows(package / "topics.csv"):
        cells = []
        for source in sources:
            found = stands.get((topic["id"], source), {})
            words = [w if found[w] else f"({w})" for w in ("for", "against", "doubts") if w in found]
            cells.append(", ".join(words))
        row = f"| {topic['statement'].rstrip('.')} | " + " | ".join(cells) + " |"
        if row not in text:
            yield f"accounts.md: no row {row}"
    if f"Each of the {len(claims)} claims" not in text:
        yield f"accounts.md: the ledger has {len(claims)} claims"


def decisions():
    index = (DOCS / "decisions/README.md").read_text()
    for file in sorted((DOCS / "decisions").glob("0*.md")):
        title = file.read_text().splitlines()[0].removeprefix("# ")
        if f"[{file.name[:4]}]({file.name}) | {title} |" not in index:
            yield f"decisions/README.md: {file.name} is not listed with its title"


def pictures():
    """Every page of a model shows a picture and says in words what is in it."""
    for page in sorted((DOCS / "models").glob("*.md")):
        if not re.search(rf"!\[[^\]]+\]\(\.\./images/models/{page.stem}\.svg\)", page.read_text()):
            yield f"{page.relative_to(ROOT)}: no picture ../images/models/{page.stem}.svg described in words"


def index():
    """Every page is listed where readers look for it."""
    text = (DOCS / "README.md").read_text()
    for page in pages():
        name = page.relative_to(DOCS).as_posix()
        if not name.startswith(("README", "decisions/0", "paper/")) and f"]({name})" not in text:
            yield f"docs/README.md: {name} is not listed"


def redrawn(truel):
    command = [sys.executable, "-B", ROOT / "tools/model_pictures.py", "--check", truel]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        yield done.stdout + done.stderr


def tutorial(truel):
    """The tutorials as a reader goes through them, files and commands in their order, and the examples of results.md."""
    results = re.search(r"```python\n(.*?)```.*```r\n(.*?)```", (DOCS / "results.md").read_text(), re.S)
    with tempfile.TemporaryDirectory() as folder:
        def attempt(command, name):
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            return None if done.returncode == 0 else f"{name}: exit status {done.returncode}\n{done.stderr}"

        for tutorial in TUTORIALS:
            page = DOCS / f"{tutorial}.md"
            commands = re.findall(r"^    (truel .*)$", page.read_text(), re.M)
            if len(commands) < 5:
                yield f"{page.name}: where are the commands?"
            yield attempt([sys.executable, "-B", ROOT / "tools/page_files.py", page], page.name)
            for command in commands:
                if not command.startswith("truel serve"):  # a server does not end
                    yield attempt([truel, *shlex.split(command)[1:]], command)
        if importlib.util.find_spec("xarray"):
            yield attempt([sys.executable, "-c", results[1]], "results.md, Python")
        if shutil.which("Rscript") and subprocess.run(["Rscript", "-e", "library(ncdf4)"], capture_output=True).returncode == 0:
            yield attempt(["Rscript", "-e", results[2]], "results.md, R")


def few_runs(words):
    """The words of a command with as few runs and days as still go through all of it; None for what takes minutes anyway."""
    verb, package = words[1], words[2] if len(words) > 2 else ""
    if verb == "verify" and not (ROOT / package / "scenario.toml").exists():
        return None
    if verb not in ("run", "compare", "score", "sensitivity", "forecast") or "--replay" in words or "--map-regions" in words:
        return words
    least = {"run": "2", "compare": "2", "forecast": "2", "score": "20" if "--power" in words else "2", "sensitivity": "240"}[verb]
    if "--runs" in words:
        words[words.index("--runs") + 1] = least
    else:
        words += ["--runs", least]
    if package == "scenarios/syria-2016" and not {"--from", "--until", "--united-from"} & set(words):
        words += ["--until", "2015-03-31" if "--origins" in words else "2016-01-31"]
    return words


def commands(truel):
    """Every command that stands on a line of its own, page by page in a folder with the scenarios and a war of one's own."""
    for page in [ROOT / "README.md", *pages()]:
        text = page.read_text()
        whole = text.replace("\\\n", " ")  # commands over several lines
        fenced = "\n".join(re.findall(r"```(?:sh|bash|console)?\n(.*?)```", whole, re.S))
        lines = re.findall(r"^    (truel [a-z].*)$", whole, re.M) + re.findall(r"^(truel [a-z].*)$", fenced, re.M)
        for script in re.findall(r"python3 (?:-B )?(tools/\S+\.py)", text):
            if not (ROOT / script).exists():
                yield f"{page.name}: no script {script}"
        if page.stem in ("README", *TUTORIALS) and page.parent in (ROOT, DOCS):
            continue  # as typed: tests/cli/examples_test.py, tutorial()
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "scenarios").symlink_to(ROOT / "scenarios")
            subprocess.run([truel, "new", "my-war"], cwd=folder, capture_output=True)
            for line in lines:
                words = few_runs(shlex.split(line, comments=True))
                if words is None or words[1] in ("new", "fit", "serve"):  # battles to fit are not part of the project; a server does not end
                    continue
                if "DATA" in words:  # any record: the package's own has the columns of one
                    package = pathlib.Path(folder) / words[2]
                    if words[1] == "resolve":  # what it was forecast with is sealed with it
                        package /= "package"
                    rules = tomllib.loads((package / "observations.toml").read_text(encoding="utf-8"))
                    (pathlib.Path(folder) / "DATA").mkdir(exist_ok=True)
                    record = (package / "control.csv").read_text(encoding="utf-8")
                    days = set(re.findall(r"\d{4}-\d{2}-\d{2}", record))
                    if len(days) == 1:  # of the first day alone: nothing changes for a year
                        day = days.pop()
                        record = record.replace(f"{day},{day}", f"{day},{int(day[:4]) + 1}{day[4:]}")
                    for name in rules.get("files", ["control.csv"]):
                        (pathlib.Path(folder) / "DATA" / name).write_text(record, encoding="utf-8")
                done = subprocess.run([truel, *words[1:]], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
                if done.returncode != 0:
                    yield f"{page.name}: {line}: exit status {done.returncode}\n{done.stderr}"


def main():
    checks = [links, headings, file_names, not_modelled, positions, decisions, pictures, index]
    mistakes = [mistake for check in checks for mistake in check()]
    if len(sys.argv) > 1:
        truel = pathlib.Path(sys.argv[1]).resolve()
        mistakes += [mistake for check in (accounts, tutorial, commands, redrawn) for mistake in check(truel) if mistake]
    print("\n".join(mistakes) if mistakes else "the documentation holds")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
