#!/usr/bin/env python3
"""Holds every claim of a package against the text that it is taken from.

usage: python3 tools/check_claims.py --sources DIR [PACKAGE]     (default: scenarios/syria-2016)

DIR holds the texts, one file a source; a text belongs to the source whose title it contains. For each claim of such a
source the paragraph must exist and be the author's text (no readers' comment, no page furniture, no pull quote that
repeats another paragraph), its numbers must be there as digits or words, its dates must be no finer than what the text or
the day of its publication (`issued` in sources.json) gives, and its parties, place and named speaker must occur under one of
their names (aliases.csv) in the paragraph or the two on either side. No claim may share six words in a row with a source, no
other text of the package ten. Prints every mistake; exit status 1 if there is one, 2 if the input is wrong, 4
if DIR is not there, so that there is nothing to hold the claims against.
"""
import argparse
import difflib
import json
import pathlib
import re
import sys

import page_parts

# Words in a row: in claims.csv, and elsewhere, where titles and lists of names are long.
COPIED_IN_CLAIMS, COPIED = 6, 10
REACH = 2    # paragraphs on either side in which a name may stand
TAIL = re.compile(r"(\d+ Responses|Comments are closed.*|Leave a Reply|One thought on .*|What do you think\?|Inline Feedbacks"
                  r"|View all comments|Subscribe to our newsletter)\s*$")
FURNITURE = re.compile(r"(Read more:|- Advertisement -|\| Welcome|Related video|The statements, views and opinions expressed)|"
                       r"(\w+day, \w+ \d+, \d{4}|—+|\[?Edited by .*|by [\w. ]+|in ,)$")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
NUMBER_WORDS = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve".split())}
# What a word that is no number stands for in `low` and `high`.
VAGUE = {"hundreds": (200, 999), "thousands": (2000, 9999), "nearly half": (0.4, 0.5), "one-third": (0.33, 0.33),
         "all": (1, 1)}
MONTHS = "January February March April May June July August September October November December".split()


def rows(path):
    return page_parts.rows(path) if path.exists() else []


def words(text):
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def squeezed(text):
    return "".join(words(text))


class Text:
    """A source's text: its lines from 1, and which of them a claim may rest on."""

    def __init__(self, text):
        self.lines = [""] + text.split("\n")
        body = {}
        for number, line in enumerate(self.lines):
            if TAIL.match(line.strip()):
                break
            if line.strip() and not FURNITURE.match(line.strip()):
                body[number] = line
        sets = {number: words(line) for number, line in body.items()}
        self.repeats = {n for n in body for other in body if other != n and self.is_pull_quote(sets[n], sets[other], n > other)}
        self.body = {number: line for number, line in body.items() if number not in self.repeats}

    @staticmethod
    def is_pull_quote(one, other, is_later):
        """Whether one paragraph repeats a run of another: then it is the page's decoration, not a statement of its own."""
        if len(one) < 8 or len(one) > len(other) or (len(one) == len(other) and not is_later):
            return False
        blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
        return sum(block.size for block in blocks if block.size >= 4) > 0.9 * len(one)

    def around(self, number):
        """The paragraphs near one; an item of a list has the sentence that opens the list near it."""
        numbers = sorted(self.body)
        at = first = numbers.index(number)
        while first > 0 and self.body[numbers[first]].lstrip().startswith("•"):
            first -= 1
        return "\n".join(self.body[n] for n in numbers[max(0, min(first, at - REACH)):at + REACH + 1])


def numbers_in(text):
    """Every number that a paragraph names, as (low, high)."""
    lower = text.lower()
    found = {(float(x.replace(",", "")),) * 2 for x in re.findall(r"\d[\d,]*(?:\.\d+)?", text) if x.strip(",")}
    found |= {(n, n) for word, n in NUMBER_WORDS.items() if re.search(rf"\b{word}\b", lower)}
    for weeks, days in re.findall(r"(\w+) weeks and (\w+) days", lower):
        if weeks in NUMBER_WORDS and days in NUMBER_WORDS:
            found.add((7 * NUMBER_WORDS[weeks] + NUMBER_WORDS[days],) * 2)
    return found | {ends for word, ends in VAGUE.items() if re.search(rf"\b{word}\b", lower)}


def is_dated(date, issued, whole, around):
    """Whether the text has the date: a year anywhere, a month near the paragraph, a day as words near it ("last week of
    September"). What a text says of its own time is dated by the parts that its publication has."""
    parts = [int(part) for part in date.split("-")]
    if parts == issued[:len(parts)]:
        return True
    year, *rest = parts
    has_year = year in issued[:1] or re.search(rf"\b{year}\b", whole)
    has_month = not rest or re.search(rf"\b{MONTHS[rest[0] - 1]}\b", around)
    return bool(has_year and has_month and (len(parts) < 3 or re.search(r"\b(day|week)\b", around)))


def is_named(names, text):
    """Abbreviations must stand as they are written, other names in any case."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, 0 if name.isupper() else re.I) for name in names)


class Package:
    def __init__(self, folder):
        self.folder = folder
        self.claims = rows(folder / "claims.csv")
        sources = json.loads((folder / "sources.json").read_text("utf-8"))
        self.titles = {entry["id"]: entry.get("title", "") for entry in sources}
        self.issued = {entry["id"]: entry.get("issued", {}).get("date-parts", [[]])[0] for entry in sources}
        self.names = {}
        for row in rows(folder / "aliases.csv"):
            self.names.setdefault(row["id"], []).append(row["name"])
        command = {row["id"]: row.get("command") or row["id"] for row in rows(folder / "actors.csv")}
        city = {row["place_id"]: row.get("city") or row["place_id"] for row in rows(folder / "places.csv")}
        # A member of a command may go by the command's name and the other way round; parts of a city share its names.
        self.kin = {}
        for group in (command, city):
            for one, whole in group.items():
                for other in {o for o, w in group.items() if w == whole} | {whole} if group is city else {whole}:
                    self.kin.setdefault(one, set()).add(other)
                    self.kin.setdefault(other, set()).add(one)

    def names_of(self, party):
        return [name for one in {party} | self.kin.get(party, set()) for name in self.names.get(one, [])]


def mistakes_of(claim, text, package):
    number = int(claim["paragraph"] or 0)
    if number not in text.body:
        what = "is empty or not there"
        if 0 < number < len(text.lines) and text.lines[number].strip():
            what = "repeats another paragraph" if number in text.repeats else "is a comment or page furniture"
        yield f"paragraph {number} of {claim['source']} {what}"
        return
    line, around = text.body[number], text.around(number)
    ends = numbers_in(line)
    for column, side in (("low", 0), ("high", 1)):
        if claim[column] and not any(abs(float(claim[column]) - end[side]) < 1e-9 for end in ends):
            yield f"{column} {claim[column]} is not in paragraph {number}"
    if claim["low"] and claim["high"] and float(claim["low"]) > float(claim["high"]):
        yield "low is above high"
    for column in ("from_date", "to_date"):
        if claim.get(column) and not is_dated(claim[column], package.issued[claim["source"]], "\n".join(text.body.values()), around):
            yield f"{column} {claim[column]} is not in or near paragraph {number}"
    for column in ("subject", "object", "place_id"):
        party = claim[column]
        if party and not package.names_of(party):
            yield f"{column} {party} has no name in aliases.csv"
        elif party and not is_named(package.names_of(party), around):
            yield f"{column} {party} is not named in or near paragraph {number}"
    speaker = re.sub(r"\(.*?\)", "", claim["speaker"])
    for name in re.findall(r"\b[A-Z][\w-]*[a-z]\b(?: [A-Z][\w-]*[a-z]\b)*", speaker):
        party = name.lower().replace(" ", "_")
        if not is_named([name, *name.split(), *package.names_of(party)], "\n".join(text.lines)):
            yield f"the speaker {name} is named nowhere in {claim['source']}"


def copied(package, texts):
    def runs(of, n):
        w = words(of)
        return [tuple(w[i:i + n]) for i in range(len(w) - n + 1)]

    taken = {}
    for source, text in texts.items():
        for n in (COPIED_IN_CLAIMS, COPIED):
            taken.update((run, source) for run in reversed(runs("\n".join(text.lines), n)))
    for path in sorted(package.folder.rglob("*")):
        if path.suffix in (".csv", ".toml", ".json"):
            n = COPIED_IN_CLAIMS if path.name == "claims.csv" else COPIED
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                hit = next((taken[run] for run in runs(line, n) if run in taken), None)
                if hit:
                    yield f"{path}:{number}: {n} words in a row from {hit}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sources", type=pathlib.Path, required=True, help="folder of the texts")
    parser.add_argument("package", type=pathlib.Path, nargs="?", default=pathlib.Path("scenarios/syria-2016"))
    arguments = parser.parse_args()
    if not arguments.sources.is_dir():
        print(f"skipped: no folder {arguments.sources} with the texts of the sources")
        return 4
    package = Package(arguments.package)
    texts = {}
    for path in sorted(arguments.sources.glob("*.txt")):
        whole = path.read_text(encoding="utf-8")
        head = squeezed(whole[:2000])
        texts |= {source: Text(whole) for source, title in package.titles.items() if title and squeezed(title) in head}
    if not texts:
        print(f"{arguments.sources} holds no text whose title is in sources.json", file=sys.stderr)
        return 2
    found = 0
    checked = [claim for claim in package.claims if claim["source"] in texts]
    for claim in checked:
        for mistake in mistakes_of(claim, texts[claim["source"]], package):
            print(f"{claim['id']}: {mistake}")
            found += 1
    for mistake in copied(package, texts):
        print(mistake)
        found += 1
    left = len(package.claims) - len(checked)
    print(f"{len(checked)} claims compared with {len(texts)} texts, {left} without a text: {found} mistakes")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
