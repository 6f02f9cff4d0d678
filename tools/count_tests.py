#!/usr/bin/env python3
"""Counts tests in the JUnit (*.xml) and TAP (*.tap) files of a folder.

Prints what failed and what was skipped, then "N passed, N failed" as the last line. A step that broke without a failed
test of its own (a build, say) counts as one failed test. Exit status 1 if anything failed, or if there was no test.
"""
import argparse
import collections
import pathlib
import re
import sys
import xml.etree.ElementTree

Count = collections.namedtuple("Count", "passed failed skipped")


def cases(path):
    return list(xml.etree.ElementTree.parse(path).iter("testcase"))


def verdict(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    is_left_out = case.find("skipped") is not None or case.get("status") in ("notrun", "disabled")
    return "skipped" if is_left_out else "passed"


def junit(path):
    """A case that runs many tests has what they gave in a file of its name, in the folder that is called as `path`; it counts
    itself only if it failed although none of them did."""
    count = Count([], [], [])
    for case in cases(path):
        name = f"{path.stem}: {case.get('name')}"
        part = path.with_suffix("") / f"{case.get('name')}.xml"
        tests = cases(part) if part.exists() else []
        for test in tests:
            getattr(count, verdict(test)).append(f"{name}: {test.get('classname')}.{test.get('name')}")
        if not part.exists() or (verdict(case) == "failed" and not any(verdict(test) == "failed" for test in tests)):
            getattr(count, verdict(case)).append(name)
    return count


def tap(path):
    passed, failed, skipped = [], [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"(not )?ok \d+(?: - (.*))?$", line)  # subtests are indented: their parent counts
        if not match:
            continue
        name, _, remark = (match[2] or "").partition(" # ")
        kind = skipped if remark.upper().startswith(("SKIP", "TODO")) else failed if match[1] else passed
        kind.append(f"{path.stem}: {name}")
    return Count(passed, failed, skipped)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=pathlib.Path)
    options.add_argument("--broken-steps", type=int, default=0)
    given = options.parse_args()
    files = [junit(path) for path in sorted(given.folder.glob("*.xml"))]
    files += [tap(path) for path in sorted(given.folder.glob("*.tap"))]
    passed, failed, skipped = ([name for count in files for name in getattr(count, kind)] for kind in Count._fields)
    for name in failed:
        print(f"failed: {name}")
    for name in skipped:
        print(f"skipped: {name}")
    blank_steps = given.broken_steps - sum(bool(count.failed) for count in files)
    n_failed = len(failed) + max(0, blank_steps)
    if not passed and not n_failed:
        print("no test ran")
        n_failed = 1
    if skipped:
        print(f"{len(skipped)} skipped")
    print(f"{len(passed)} passed, {n_failed} failed")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
