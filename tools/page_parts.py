"""What scripts share that read tables, sum them up and write pages, or parts of them."""
import contextlib
import csv
import datetime
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[1]


def rows(path):
    """Rows of a table, each a dict by column."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path, table):
    """Writes rows, dicts with the same keys, as a table with these columns."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, table[0].keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(table)


def told(program, verb, *words, failing=()):
    """What a command of truel prints as JSON. failing: exit statuses other than 0 with which it does."""
    done = subprocess.run([program, verb, *words, "--json", "--quiet"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode not in (0, *failing):
        sys.exit(f"truel {verb} {' '.join(map(str, words))}: {done.stderr}")
    return json.loads(done.stdout)


@contextlib.contextmanager
def results(program, verb, *words):
    """The folder of results that a command of truel writes, until the end of `with`."""
    with tempfile.TemporaryDirectory(prefix="truel-") as folder:
        out = pathlib.Path(folder) / "out"
        done = subprocess.run([program, verb, *map(str, words), "--out", out, "--quiet"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"truel {verb} {' '.join(map(str, words))}: {done.stderr}")
        yield out


def table(head, rows):
    """Lines of a table of Markdown: its columns, and the cells of each row."""
    first, *others = ("| " + " | ".join(cells) + " |" for cells in (head, *rows))
    return [first, "|" + "---|" * len(head), *others]


def mean(values):
    return sum(values) / len(values)


def quantile(values, level):
    """Between the two values beside it, in proportion."""
    values = sorted(values)
    at = level * (len(values) - 1)
    low = int(at)
    return values[low] + (at - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def range_95(values):
    """The ends between which 95 % of so many resamples lie."""
    values = sorted(values)
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]


def with_range(value, low, high, form="+.3f"):
    return f"{value:{form}} ({low:{form}} to {high:{form}})"


def centre(value):
    """The middle of a number as packages write it: the median where there is one, the mean of a switch that is drawn."""
    try:
        return float(value)
    except ValueError:
        pass
    if value.count("-") >= 2 and value[:4].isdigit():
        ends = [datetime.date.fromisoformat(day).toordinal() for day in value.split("..")]
        return mean(ends)
    if ".." in value:
        return mean([float(end) for end in value.split("..")])
    kind, words = value.rstrip(")").split("(")
    numbers = [float(word) for word in words.split(",")]
    if kind == "loguniform":
        return math.sqrt(numbers[0] * numbers[1])
    if kind in ("uniform", "either"):
        return mean(numbers)
    if kind in ("normal", "lognormal"):
        return numbers[0]
    if kind == "triangular":
        return numbers[1]
    raise ValueError(f"no middle is known of {value}")


def months_later(day, months):
    """The date as many months later, of a day that every month has."""
    month = day.month - 1 + months
    return day.replace(year=day.year + month // 12, month=month % 12 + 1)


def wrapped(text, columns=118, **how):
    """Lines of a paragraph; no path, range or name is parted."""
    return textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False, **how)


def write_between(page, begin, lines):
    """Puts lines between <!-- begin --> and the next <!-- end --> of a page, which has that place once."""
    text = page.read_text(encoding="utf-8")
    new, n = re.subn(rf"(<!-- {re.escape(begin)} -->\n).*?(<!-- end -->)", lambda m: m[1] + "\n".join(lines) + "\n" + m[2], text, flags=re.S)
    if n != 1:
        sys.exit(f"{page}: {n or 'no'} places for {begin}")
    page.write_text(new, encoding="utf-8")
