#!/usr/bin/env python3
"""Makes anew, or checks, the numbers that documents quote from runs of truel.

usage: python3 tools/quoted_numbers.py TRUEL [--check] [--long | --try] [--cache FOLDER] [PAGE ...]

TRUEL: the program. Without --check pages are written anew, and every number that changed is printed; with it they are only
compared, and the exit status is 1 if one differs. Without --long what takes more than seconds is left alone; with --try that
is done with few runs, to see that it works, and its numbers are not looked at. --cache keeps what long commands print, by
command, script, program and scenarios, so that a second round need not run them again. PAGE: the README and all of docs/ unless told otherwise.

A page says in comments, which no reader of the page sees, where its numbers come from:

    <!-- run NAME: COMMAND            the command is run by bash and prints JSON;
    KEY = EXPRESSION | FORMAT         a number of it: Python over the JSON, whose keys are names (lists by the id of their
    -->                               entries, r["key"] where a key is no name); FORMAT as below
    95.9<!--NAME.KEY-->               the number before the comment, or the month and year, is that one
    <!-- prints A-B -->               the indented block that follows is lines A to B of what the command before it prints
    <!-- prints A-B: COMMAND -->      or of what this command prints; without A-B all of it
    <!-- table: COMMAND -->           the Markdown table that follows is what this command prints
    <!-- do: COMMAND -->              done without looking at it, as a reader would with an editor
    <!-- typed -->                    the page's own indented lines `truel ...` are run in their order, as typed

`long run`, `long prints`, `long table`: takes more than seconds; `longest`: even with few runs. $TRUEL_ROOT is the project. Commands of a page share an empty folder that has the scenarios in it.
FORMAT is one of Python's, or `count` (three significant digits, thousands apart), `month` ("February 2018" of a date).
"""
import argparse
import datetime
import difflib
import hashlib
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
MONTHS = ("January February March April May June July August September October November December").split()
NUMBER = rf"(?:(?:{'|'.join(MONTHS)})\s\d{{4}}|[-+]?\d[\d,]*(?:\.\d+)?)"
QUOTED = re.compile(rf"({NUMBER})<!--(\w+)\.(\w+)-->")
STEP = re.compile(r"<!-- (?P<long>long(?:est)? )?(?:run (?P<name>\w+)|(?P<what>prints|table|do|typed))(?: (?P<first>\d+)-(?P<last>\d+))?"
                  r"(?:: (?P<text>.*?))?\s*-->|^    (?P<typed>truel [^\n]*)$", re.S | re.M)


class Node:
    """JSON whose keys are attributes."""

    def __init__(self, value):
        self._value = value

    def __getattr__(self, key):
        return self[key]

    def __getitem__(self, key):
        value = self._value
        if isinstance(value, list) and isinstance(key, str):
            found = [x for x in value if x.get("id", x.get("name", x.get("outcome"))) == key]
            if len(found) != 1:
                raise KeyError(f"{len(found)} entries called {key}")
            return wrapped(found[0])
        return wrapped(value[key])

    def __iter__(self):
        return (wrapped(x) for x in self._value)

    def __len__(self):
        return len(self._value)

    def __contains__(self, key):
        return key in self._value


def wrapped(value):
    return Node(value) if isinstance(value, (dict, list)) else value


def names_of(top):
    """The keys of the JSON as names, and little else."""
    helpers = {"r": Node(top), "abs": abs, "after": after, "held": held, "one": one, "days": days, "len": len, "max": max, "min": min, "round": round, "sorted": sorted,
               "sqrt": math.sqrt, "str": str, "sum": sum, "__builtins__": {}}
    return {**{key: wrapped(value) for key, value in top.items()}, **helpers}


def days(date):
    """Days since the year 1, to subtract."""
    return datetime.date.fromisoformat(date).toordinal()


def after(date, number):
    """The date so many days after a date."""
    return (datetime.date.fromisoformat(date) + datetime.timedelta(days=round(number))).isoformat()


def one(entries, **keys):
    """The entry of a list that has these values."""
    found = [x for x in entries if all(x[key] == value for key, value in keys.items())]
    if len(found) != 1:
        raise KeyError(f"{len(found)} entries with {keys}")
    return found[0]


def held(place, actor):
    """The share of the runs in which an actor holds a place in the end: control names only those who do in some."""
    control = place["control"]
    return control[actor] if actor in control else 0


def short(command):
    """The same with few runs: enough that everything it prints is there."""
    fewest = 240 if " sensitivity " in command else 4
    command = re.sub(r"((?:findings|bosnia)_tables\.py \S+)", r"\1 --runs 2", command)
    return re.sub(r"--runs \d+", lambda match: f"--runs {min(fewest, int(match[0].split()[1]))}", command)


def shown(path):
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name


def formatted(value, how):
    if value is None:
        raise ValueError("there is no such number")
    if how == "month":
        return f"{MONTHS[int(value[5:7]) - 1]} {value[:4]}"
    if how == "count":
        value = float(f"{value:.3g}")
        how = ",.0f"
    text = format(value, how)
    return text[1:] if text.startswith("-") and not re.search("[1-9]", text) else text


class Page:
    def __init__(self, path, options, folder):
        self.path, self.options, self.folder = path, options, folder
        self.text = path.read_text(encoding="utf-8")
        self.values, self.left_alone, self.mistakes, self.changed = {}, set(), [], []

    def mistake(self, what):
        self.mistakes.append(f"{shown(self.path)}: {what}")

    def printed(self, command, is_long):
        """What the command prints: its output, or its messages if it has none."""
        kept = None
        if is_long and self.options.cache:
            scripts = [(ROOT / name).read_text(encoding="utf-8") for name in re.findall(r"tools/\w+\.py", command)]
            key = hashlib.sha256(f"{self.options.program_hash} {scenarios_hash()} {command} {scripts}".encode()).hexdigest()[:24]
            kept = pathlib.Path(self.options.cache) / key
            if kept.exists():
                return kept.read_text(encoding="utf-8")
        if is_long:
            print(f"{self.path.name}: {command}", file=sys.stderr, flush=True)
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              env=self.options.environment)
        if done.returncode not in (0, 1, 2):
            self.mistake(f"exit status {done.returncode} of {command}\n{done.stderr}")
            return None
        out = done.stdout or done.stderr
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(out, encoding="utf-8")
        return out

    def read_run(self, name, text, is_long):
        command, _, rows = text.partition("\n")
        rows = dict(re.findall(r"^\s*(\w+) *= *(.*?) *$", rows, re.M))
        command = " ".join(command.split())
        if is_long and not self.options.long:
            self.left_alone.update((name, key) for key in rows)
            if not self.options.attempt:
                return
            command = short(command)
        out = self.printed(command, is_long and not self.options.attempt)
        try:
            names = names_of(json.loads(out or ""))
        except ValueError as error:
            self.mistake(f"{name}: no JSON: {error}: {(out or '')[:200]}")
            return
        for key, row in rows.items():
            expression, _, how = row.rpartition(" | ")
            try:
                value = eval(expression, names)
                if (name, key) in self.left_alone:  # few runs: there need not be such a number
                    value is not None and formatted(value, how)
                else:
                    self.values[name, key] = formatted(value, how)
            except Exception as error:  # whatever the page has written
                self.mistake(f"{name}.{key}: {row}: {type(error).__name__} {error}")

    def block(self, at, lines, indent):
        """Puts the lines in the place of the block, indented or of a table, that begins at or after `at`."""
        body = rf"{indent}.*\n|[ \t]*\n(?={indent})" if indent else r"\|.*\n"
        match = re.compile(rf"\s*?\n(?:[ \t]*\n)*((?:{body})+)").match(self.text, at)
        if not match:
            self.mistake(f"no block after {self.text[at - 60:at]!r}")
            return
        new = "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)
        if new != match[1]:
            self.changed.append("".join(difflib.ndiff(match[1].splitlines(True), new.splitlines(True))))
            self.text = self.text[:match.start(1)] + new + self.text[match.end(1):]

    def whole(self, step, out):
        """Whether a table is one: what a script says when it fails must not take its place."""
        if step["what"] != "table" or (out and all(line.startswith("|") for line in out.splitlines())):
            return True
        self.mistake(f"no table, but {(out or 'nothing').strip()!r}: {step['text']}")
        return False

    def make(self):
        at, last, is_typed = 0, None, "<!-- typed -->" in self.text
        while step := STEP.search(self.text, at):
            at = step.end()
            if step["typed"]:
                if is_typed and not step["typed"].startswith("truel serve"):  # a server does not end
                    last = self.printed(step["typed"], False)
            elif step["name"]:
                self.read_run(step["name"], step["text"], bool(step["long"]))
            elif step["what"] == "do":
                self.printed(step["text"], False)
            elif step["what"] in ("prints", "table"):
                if step["long"] and not self.options.long:
                    if self.options.attempt and step["long"] != "longest ":
                        self.whole(step, self.printed(short(" ".join(step["text"].split())), False))
                    continue
                out = self.printed(" ".join(step["text"].split()), bool(step["long"])) if step["text"] else last
                if not self.whole(step, out):
                    continue
                lines = (out or "").rstrip("\n").splitlines()
                indent = "    " if step["what"] == "prints" else ""
                self.block(at, lines[int(step["first"] or 1) - 1:int(step["last"] or len(lines))], indent)
        used = set()

        def quote(match):
            key = match[2], match[3]
            used.add(key)
            if key in self.values and self.values[key] != match[1]:
                self.changed.append(f"{match[2]}.{match[3]}: {match[1]} is now {self.values[key]}\n")
                return f"{self.values[key]}<!--{match[2]}.{match[3]}-->"
            if key not in self.values and key not in self.left_alone:
                self.mistake(f"no run gives {match[2]}.{match[3]}")
            return match[0]

        self.text = QUOTED.sub(quote, self.text)
        marked = set(re.findall(r"<!--(\w+)\.(\w+)-->", self.text))
        for name, key in sorted(marked - used):
            self.mistake(f"{name}.{key} stands behind no number")
        for name, key in sorted((set(self.values) | self.left_alone) - marked):
            self.mistake(f"{name}.{key} is quoted nowhere")


def scenarios_hash():
    if not hasattr(scenarios_hash, "known"):
        digest = hashlib.sha256()
        for file in sorted((ROOT / "scenarios").rglob("*")):
            if file.is_file():
                digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
        scenarios_hash.known = digest.hexdigest()
    return scenarios_hash.known


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truel")
    parser.add_argument("pages", nargs="*", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--try", action="store_true", dest="attempt")
    parser.add_argument("--cache")
    options = parser.parse_intermixed_args()
    program = pathlib.Path(options.truel).resolve()
    options.program_hash = hashlib.sha256(program.read_bytes()).hexdigest()
    pages = [p.resolve() for p in options.pages] or [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    changed = mistakes = 0
    for path in pages:
        if not re.search(r"<!-- (typed -->|(long(est)? )?(run|prints|table)\b)", path.read_text(encoding="utf-8")):
            continue
        with tempfile.TemporaryDirectory(prefix="truel-quoted-") as folder:
            place = pathlib.Path(folder) / "place"
            (pathlib.Path(folder) / "bin").mkdir()
            (pathlib.Path(folder) / "bin" / "truel").symlink_to(program)
            place.mkdir()
            (place / "scenarios").symlink_to(ROOT / "scenarios")
            options.environment = {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "TRUEL_ROOT": str(ROOT)}
            page = Page(path, options, place)
            page.make()
        for what in page.changed:
            print(f"{shown(path)}: {what}", end="")
        for what in page.mistakes:
            print(what)
        if page.changed and not options.check:
            path.write_text(page.text, encoding="utf-8")
        changed += len(page.changed)
        mistakes += len(page.mistakes)
    print(f"{changed} of the quoted numbers and blocks {'differ' if options.check else 'were made anew'}, {mistakes} mistakes")
    return 1 if mistakes or (options.check and changed) else 0


if __name__ == "__main__":
    sys.exit(main())
