#!/usr/bin/env python3
"""Lays the pages of the project out for Sphinx.

usage: python3 tools/docs_site/prepare.py FOLDER

Copies docs/ with its pictures, the README as first page, CHANGELOG and CONTRIBUTING; makes pages of notebooks; turns links to
files that are no pages into their names, and leaves out pictures that a program on the network would draw. FOLDER is made anew. A page that is in no group below stops the build, as Sphinx
warns of it.
"""
import json
import os
import pathlib
import re
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GROUPS = {
    "Overview": ["README"],
    "Tutorials": ["first-run", "first-run-python-r", "writing-a-scenario", "notebooks/*", "notebooks/course/*"],
    "How-to": ["install", "serve", "compare", "sensitivity", "record", "forecast", "patterns", "fit", "python", "r", "cpp", "other-tools", "clusters", "contributing", "security"],
    "Reference": ["glossary", "command-line", "scenario-format", "parameters", "results", "observed-data", "scores", "randomness", "verification", "mechanisms",
                  "verdict-tables", "findings-tables", "bosnia-tables", "ukraine-tables", "mutation", "benchmarks", "performance", "literature", "changelog"],
    "Explanation": ["model", "laws/*", "odd", "what-truel-does-not-model", "findings", "united-front", "forecast-skill", "does-the-war-look-right", "verdict",
                    "reference-scenario", "accounts", "analysis", "fit-methods", "law-selection", "engagements", "bosnia", "ukraine", "china", "models/*", "architecture", "decisions/README"],
}
# What becomes a page under another name.
PAGES = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md", "SECURITY.md": "security.md"}


def place_of(file):
    """The page of the site that a file of the project is, or None."""
    if not file.is_relative_to(ROOT):
        return None
    name = file.relative_to(ROOT)
    if str(name) in PAGES:
        return pathlib.Path(PAGES[str(name)])
    if name.parts[0] != "docs" or not file.is_file():
        return None
    inside = name.relative_to("docs")
    return inside.with_suffix(".md") if file.suffix == ".ipynb" else inside


def relinked(text, source, target):
    """The text of a page with links that lead where its neighbours stand in the site."""
    def link(match):
        mark, words, address = match.groups()
        if "://" in address or address.startswith("#"):
            return match[0]
        name, _, anchor = address.partition("#")
        page = place_of((source.parent / name).resolve())
        if page is None:
            return f"{words} (`{name}`)" if words.strip("`") != name else f"`{name}`"
        relative = os.path.relpath(page, target.parent)
        return f"{mark}[{words}]({relative}{'#' + anchor if anchor else ''})"

    def picture(match):
        page = place_of((source.parent / match[1]).resolve())
        return match[0] if page is None else f'<img src="{os.path.relpath(page, target.parent)}"'

    parts = re.split(r"(```.*?```)", text, flags=re.S)
    return "".join(part if part.startswith("```") else re.sub(r'<img src="([^"]+)"', picture, re.sub(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", link, part))
                   for part in parts)


def notebook(file):
    """The cells of a notebook as Markdown; outputs are not kept in the project."""
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(c["source"]) if c["cell_type"] == "markdown" else f"```python\n{''.join(c['source'])}\n```" for c in cells) + "\n"


def main():
    out = pathlib.Path(sys.argv[1])
    shutil.rmtree(out, ignore_errors=True)
    for file in sorted([ROOT / name for name in PAGES] + [f for f in (ROOT / "docs").rglob("*") if "paper" not in f.parts]):
        target = place_of(file)
        if target is None:
            continue
        (out / target).parent.mkdir(parents=True, exist_ok=True)
        if file.suffix not in (".md", ".ipynb"):
            shutil.copy(file, out / target)
            continue
        text = notebook(file) if file.suffix == ".ipynb" else file.read_text(encoding="utf-8")
        text = re.sub(r"```mermaid\n.*?\n```\n+", "", text, flags=re.S)  # what draws these comes from the network
        (out / target).write_text(relinked(text, file, target), encoding="utf-8")
    with (out / "decisions" / "README.md").open("a", encoding="utf-8") as decisions:  # below it in the sidebar, which would be full of them
        decisions.write("\n```{toctree}\n:hidden:\n:glob:\n\n0*\n```\n")
    trees = "".join(f"\n```{{toctree}}\n:hidden:\n:glob:\n:caption: {name}\n\n" + "\n".join(pages) + "\n```\n" for name, pages in GROUPS.items())
    with (out / "index.md").open("a", encoding="utf-8") as index:
        index.write("\n" + trees + "\nThe C++ library, from its headers: <a href=\"api/index.html\">API reference</a>.\n")


if __name__ == "__main__":
    main()
