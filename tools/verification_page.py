#!/usr/bin/env python3
"""Writes docs/verification.md: a row for every package of a published model, of how many checks hold and against what.

Usage: tools/verification_page.py TRUEL. Takes some minutes. All rows of all packages: truel verify scenarios/published --all, or
--markdown FILE.
"""
import collections
import json
import pathlib
import subprocess
import sys
import tomllib

from page_parts import ROOT, table

PAGE = ROOT / "docs" / "verification.md"
HEAD = """# Verification

What the published models say, and what truel gives: a row for every package in `scenarios/published`, each of which states its
checks with their sources. The last column is what most of its checks are compared with. All of them, number by number, with tolerance,
result and source:

    truel verify scenarios/published --all
    truel verify scenarios/published --markdown all.md

What a tolerance means is in [scenario-format.md](scenario-format.md#checks), how far each paper was read in
[literature.md](literature.md#what-was-read). A test runs all checks and compares this page, which `tools/verification_page.py` writes.
"""


def result(verdicts):
    """In words: "all hold"; what does not is told first."""
    words = {"fail": "fail", "known miss": "missed, as the package says", "pass": "hold", "no data": "need data that are not here"}
    if set(verdicts) == {"pass"}:
        return "all hold"
    return ", ".join(f"{verdicts[verdict]} {told}" for verdict, told in words.items() if verdicts[verdict])


def page(checks):
    """The page of the checks that `truel verify --json` tells."""
    packages = {}
    for check in checks:
        packages.setdefault(check["package"], []).append(check)
    rows = []
    for name, own in packages.items():
        title = tomllib.loads((ROOT / "scenarios" / "published" / name / "scenario.toml").read_text(encoding="utf-8"))["title"]
        (source, _), *others = collections.Counter(check["source"] for check in own).most_common()
        more = f"; {len(others)} other source{'s' if len(others) > 1 else ''}" if others else ""
        rows.append([f"[{name}](../scenarios/published/{name}/scenario.toml)", title, str(len(own)),
                     result(collections.Counter(check["verdict"] for check in own)), (source + more).replace("|", "\\|")])
    return HEAD + "\n" + "\n".join(table(["package", "model", "checks", "result", "compared with"], rows)) + "\n"


def main():
    told = subprocess.run([pathlib.Path(sys.argv[1]).resolve(), "verify", "scenarios/published", "--json", "--quiet"], cwd=ROOT,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    PAGE.write_text(page(json.loads(told.stdout)["checks"]), encoding="utf-8")


if __name__ == "__main__":
    main()
