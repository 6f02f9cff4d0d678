#!/usr/bin/env python3
"""Switches every law of the engine off in the code, one after another, and counts the checks of packages that notice.

Usage: tools/mutate_laws.py [--published] [--law TEXT] [--build DIR]
       tools/mutate_laws.py --anchors      only says whether each switch still has its place in the code
       tools/mutate_laws.py --count        how many switches there are, and which the table of docs/mutation.md lacks

The laws and their switches stand in mutants.py and in the folders of laws. A copy of the sources gets all of them at
once, each behind a number in the environment, so that it is compiled once and not once for each law (mutant schemata:
Untch, Offutt and Harrold 1993). Checks must all pass with no law switched off. Prints a Markdown table; exit status 1 if
no check notices that some law is gone, 2 if something is wrong with the switches, the build or the packages.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
from mutants import rows  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[1]
MUTANTS = rows(ROOT / "src" / "truel")
COPIED = ("CMakeLists.txt", "LICENSE", "cmake", "mpi", "server", "src", "cli")
VARIABLE = "TRUEL_SWITCHED_OFF"
SWITCH = "truel/base/switched_off.hpp"
HEADER = f"""#pragma once
#include <cstdlib>
inline const int truel_switched_off =
    std::getenv("{VARIABLE}") != nullptr ? std::atoi(std::getenv("{VARIABLE}")) : 0;
"""
LONGEST = 1800  # seconds; a law without which checks take longer counts as noticed


def stop(why):
    print(why, file=sys.stderr)
    sys.exit(2)


def laws():
    """The laws by name, each with its number, from 1."""
    return {law: number for number, law in enumerate(dict.fromkeys(row[1] for row in MUTANTS), 1)}


def in_table():
    """The laws of the table of docs/mutation.md."""
    page = (ROOT / "docs" / "mutation.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([^|]+?) \| \d+ \|", page, re.MULTILINE)


def switched(root):
    """The sources with all switches in them: {path: text}; and the faults: texts that have no place, or several."""
    numbers = laws()
    source = root / "src" / "truel"
    originals = {path: path.read_text(encoding="utf-8") for part in ("world", "laws", "solver")
                 for path in sorted((source / part).rglob("*.cpp"))}
    edits = {}  # {path: [(start, end, new text)]}
    faults = [f"{folder.relative_to(root)}: no mutants.py says where the law can be switched off"
              for folder in sorted((source / "laws").glob("*/")) if not (folder / "mutants.py").exists()]
    for parts, law, text, with_switch in MUTANTS:
        places = [path for path, original in originals.items()
                  if any(path.is_relative_to(source / part) for part in parts) for _ in range(original.count(text))]
        if len(places) != 1:
            faults.append(f"{law}: stands {len(places)} times in {', '.join(parts)}: {text.strip()}")
            continue
        of_file = edits.setdefault(places[0], [])
        start = originals[places[0]].find(text)
        end = start + len(text)
        if any(start < other_end and other_start < end for other_start, other_end, _ in of_file):
            faults.append(f"{law}: overlaps the text of another law: {text.strip()}")
        elif "OFF" not in with_switch:
            faults.append(f"{law}: nothing switches it off: {with_switch.strip()}")
        else:
            of_file.append((start, end, with_switch.replace("OFF", f"(truel_switched_off == {numbers[law]})")))
    texts = {}
    for path, of_file in edits.items():
        text = originals[path]
        for start, end, new in sorted(of_file, reverse=True):  # from the end, so that places stay where they are
            text = text[:start] + new + text[end:]
        texts[path] = f'#include "{SWITCH}"\n{text}'
    return texts, faults


def write(path, data):
    """Only what differs is written, so that only that is compiled again."""
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def build(tree, texts, options):
    """The program with all switches, from a copy of the sources in the folder `tree`."""
    wanted = {}
    for name in COPIED:
        top = ROOT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file():
                wanted[path.relative_to(ROOT)] = path.read_bytes()
    for path, text in texts.items():
        wanted[path.relative_to(ROOT)] = text.encode()
    wanted[pathlib.Path("src") / SWITCH] = HEADER.encode()
    for path in sorted((tree / "src").rglob("*")):
        if path.is_file() and path.relative_to(tree) not in wanted:
            path.unlink()
    for path, data in wanted.items():
        write(tree / path, data)
    made = tree / "build" / "release"  # where a preset would build, so that a compiler cache knows what did not change
    for command in (["cmake", "-S", tree, "-B", made, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                     "-DTRUEL_BUILD_TESTS=OFF", "-DTRUEL_BUILD_REPORT=OFF", *options],
                    ["cmake", "--build", made, "--target", "truel-cli"]):
        if subprocess.run(command, stdout=sys.stderr).returncode != 0:
            stop("the copy with switches does not build")
    return made / "truel"


def verify(program, packages, number):
    """The names of packages whose checks fail with law `number` switched off, with how many; and how many passed."""
    try:
        done = subprocess.run([program, "verify", packages, "--json", "--quiet"], cwd=ROOT, capture_output=True,
                              text=True, env={**os.environ, VARIABLE: str(number)}, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return {"(took too long)": 1}, 0
    if done.returncode < 0:
        return {"(crashed)": 1}, 0
    if done.returncode not in (0, 1):
        stop(f"{packages}: {done.stderr}")
    failed, passed = {}, 0
    for row in json.loads(done.stdout)["checks"]:
        if row["verdict"] == "fail":
            failed[row["package"]] = failed.get(row["package"], 0) + 1
        passed += row["verdict"] == "pass"
    return failed, passed


def described(failed):
    return ", ".join(f"{name} ({count})" for name, count in sorted(failed.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--anchors", action="store_true", help="only check that each switch has its place")
    parser.add_argument("--count", action="store_true", help="only say how many there are, and which are in no table")
    parser.add_argument("--published", action="store_true",
                        help="ask the published models about the laws that nobody else misses")
    parser.add_argument("--law", default="", help="only laws whose name contains this")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "mutants",
                        help="folder of the copy (default: build/mutants)")
    parser.add_argument("--cmake", action="append", default=[], metavar="OPTION", help="passed on to CMake")
    options = parser.parse_args()

    if options.count:
        new = [law for law in laws() if law not in in_table()]
        print(f"{len(laws())} laws with a switch, {len(in_table())} in the table of docs/mutation.md, not in it: "
              + (", ".join(new) or "none"))
        return 0
    texts, faults = switched(ROOT)
    print(*faults, sep="\n", end="\n" if faults else "", file=sys.stderr)
    if faults or options.anchors:
        return 2 if faults else 0
    program = build(options.build.resolve(), texts, options.cmake)
    sets = ["scenarios/mechanisms", "scenarios/laws"] + (["scenarios/published"] if options.published else [])
    for packages in sets:
        failed, _ = verify(program, packages, 0)
        if failed:
            stop(f"with no law switched off: {described(failed)}")

    print("| law | checks that notice | that do not | packages |\n|---|---|---|---|")
    survivors = []
    chosen = {law: number for law, number in laws().items() if options.law in law}
    for law, number in chosen.items():
        for packages in sets:
            failed, passed = verify(program, packages, number)
            if failed:
                break
        survivors += [] if failed else [law]
        print(f"| {law} | {sum(failed.values())} | {passed} | {described(failed) or '**none**'} |", flush=True)
    print(f"\n{len(chosen) - len(survivors)} of {len(chosen)} laws are missed when they are switched off."
          + (f" Nobody notices: {', '.join(survivors)}." if survivors else ""))
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
