#!/usr/bin/env python3
"""Takes the central statements of each account of the Syrian war away, one at a time, and says what changes.

usage: python3 tools/central_statements.py TRUEL [--runs N]     (default: 100 pairs of runs each)

A statement is a paragraph and the settings of its account that code it. Its settings are left out of the account, so that the
package's numbers hold, and the account is compared with itself without them, realization by realization. Prints a Markdown
table: the account with and without the statement, the difference with two standard errors, and whether it has the direction of
the text. A statement that no setting of the account codes, but a counterfactual, is compared with the counterfactual.
"""
import argparse
import json
import pathlib
import re
import shutil
import sys
import tempfile

import verdict
from page_parts import table, told

ROOT = pathlib.Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "scenarios" / "syria-2016"
# Account, claims, the statement in our words, beginnings of the paths that code it (or `+account`: the counterfactual), what is
# counted, its metric, and whether the text has the statement raise (+1) or lower (-1) it. The page that answers reads the same file.
STATEMENTS = [(account, ", ".join(s["claims"]), s["statement"], s.get("paths") or "+" + s["counterfactual"], s["counted"], s["metric"], s["direction"])
              for account, all_of in json.loads((ROOT / "web" / "src" / "what_if" / "statements.json").read_text(encoding="utf-8"))["syria-2016"].items()
              for s in all_of]


def without(text, beginnings):
    """An account's TOML without the settings whose paths begin so; complains of a beginning that none has."""
    parts = text.split("\n[[set]]\n")
    kept, dropped = [parts[0]], set()
    for part in parts[1:]:
        paths = re.findall(r'"([a-z][\w.*-]+\.[\w.*-]+)"', part.split("\nvalue =")[0])
        rest = [p for p in paths if not any(p.startswith(b) for b in beginnings)]
        dropped.update(b for b in beginnings for p in paths if p.startswith(b))
        if rest:
            body = part.split("\nvalue =", 1)[1]
            kept.append("path = [" + ", ".join(f'"{p}"' for p in rest) + "]\nvalue =" + body)
    missing = set(beginnings) - dropped
    if missing:
        sys.exit(f"no setting begins with {', '.join(sorted(missing))}")
    return "\n[[set]]\n".join(kept) + "\n"


def digits(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("truel")
    parser.add_argument("--runs", type=int, default=100)
    arguments = parser.parse_args()
    truel = str(pathlib.Path(arguments.truel).resolve()) if "/" in arguments.truel else arguments.truel
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        package = pathlib.Path(folder) / "syria-2016"
        shutil.copytree(PACKAGE, package)
        for number, (account, claims, words, settings, counted, metric, direction) in enumerate(STATEMENTS):
            other = settings[1:] if isinstance(settings, str) else f"without_{number}"
            if not isinstance(settings, str):
                text = (package / "accounts" / f"{account}.toml").read_text()
                (package / "accounts" / f"{other}.toml").write_text(without(text, settings))
            outcomes = told(truel, "compare", package, "--account", other, "--account", account, "--metric", metric, "--runs",
                            str(arguments.runs), "--seed", "7")["outcomes"]
            found = next(o for o in outcomes if o["outcome"] == metric)
            difference, clear = found["difference"], abs(found["difference"]) > 2 * found["se"]
            told_by = "cannot be told" if not clear else "as the text" if difference * direction > 0 else "against the text"
            coded = f"against `{other}`" if isinstance(settings, str) else ", ".join(f"`{s}`" for s in settings)
            rows.append([verdict.ACCOUNTS[account], words, claims, coded, counted, digits(found["b"]), digits(found["a"]),
                         f"{digits(difference)} ± {digits(2 * found['se'])}", told_by])
            print(f"{verdict.ACCOUNTS[account]} {claims}: {told_by}", file=sys.stderr)
    print("\n".join(table(["account", "statement", "claims", "coded by", "counted", "with it", "without it",
                           "difference (± 2 standard errors)", "direction"], rows)))


if __name__ == "__main__":
    main()
