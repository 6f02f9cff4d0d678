#!/usr/bin/env python3
"""Scores scenarios/ukraine-2022 one, two and three months ahead from origins half a month apart, by each of two data sets of control, and
writes the tables into docs/ukraine-tables.md and what they say into docs/ukraine.md, each between <!-- scores --> and <!-- end -->.

Usage: tools/ukraine_scores.py TRUEL DATA [--runs N] [--print] [--origins DAY ...] [--horizons N ...] [--package DIR] [MORE]

DATA is the folder with control_spells.csv and cities_list_spells.csv. A window of n months ends on the day before the same day n
months later. Intervals are of 95 %, from a thousand resamples of regions, and of origins in runs as long as the horizon, as those of
`truel score`. MORE are arguments of `truel score`. With --print nothing is written.
"""
import argparse
import concurrent.futures
import csv
import datetime
import pathlib
import random
import tempfile

from page_parts import ROOT, months_later, results, rows, write_between
from paired_losses import UNDATED_BASELINES, in_blocks

ORIGINS = ("2022-02-25", "2022-03-10", "2022-03-25", "2022-04-10", "2022-04-25", "2022-05-10", "2022-05-25", "2022-06-10", "2022-06-25",
           "2022-07-10", "2022-07-25")
SOURCES = {"maps": "control_spells.csv", "list": "cities_list_spells.csv"}
MODELS = (*UNDATED_BASELINES, "truel")
EARLY = "2022-03-31"  # origins until then are of the war of movement
RESAMPLES = 1000


def later(day, months):
    """The day before the same day so many months later."""
    return months_later(day, months) - datetime.timedelta(1)


class Spells:
    def __init__(self, path):
        self.held = {}
        for r in rows(path):
            self.held.setdefault(r["place_id"], []).append((r["from_date"], r["to_date"], r["controller"]))
        self.first = min(s[0] for held in self.held.values() for s in held)
        self.last = max(s[1] for held in self.held.values() for s in held)

    def holder(self, place, day):
        return next((c for begin, end, c in self.held.get(place, []) if begin <= day <= end), None)


def observed_by(source, sources, day):
    """The spells that forecasts from a day begin with and are compared with. The list knows a third of the places, so of the others, and of
    the days before it begins, the maps say who held them until that day, and are compared with nothing."""
    yield "place_id", "from_date", "to_date", "controller"
    for place, by_maps in sources["maps"].held.items():
        own = sources[source].held.get(place, []) if sources[source].holder(place, day) else []
        yield from ((place, *spell) for spell in own)
        end = min([day] + [(datetime.date.fromisoformat(begin) - datetime.timedelta(1)).isoformat() for begin, _, _ in own])
        if source != "maps":
            yield from ((place, begin, min(to, end), side) for begin, to, side in by_maps if begin <= end)


def scored(asked, source, sources, day, months):
    """Brier losses by model and place of one window."""
    until = later(datetime.date.fromisoformat(day), months).isoformat()
    with tempfile.TemporaryDirectory() as folder:
        with (pathlib.Path(folder) / "control_spells.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(observed_by(source, sources, day))
        with results(asked.truel, "score", asked.package, "--observed", folder, "--from", day, "--until", until, "--runs", asked.runs, *asked.more) as out:
            table = rows(out / "losses.csv")
        losses = {}
        for r in table:
            if (r["target"], r["unit"], r["score"]) == ("control", "place", "brier"):
                losses.setdefault(r["model"], {})[r["name"]] = float(r["value"])
            if (r["target"], r["unit"], r["score"], r["model"]) == ("control", "place", "change-probability", "truel"):
                losses.setdefault("expected changes", {})[r["name"]] = float(r["value"])
        return day, until, losses


def mean(losses):
    return sum(losses.values()) / len(losses)


def interval(differences, regions, months):
    """The 95 % interval of the mean of the differences, a list of windows of {place: difference}."""
    rng = random.Random(1)
    names = sorted(set(regions.values()))
    by_region = []
    for window in differences:
        sums = {n: [0.0, 0] for n in names}
        for place, d in window.items():
            sums[regions[place]][0] += d
            sums[regions[place]][1] += 1
        by_region.append(sums)
    block = min(2 * months, len(by_region))  # origins are half a month apart
    means = []
    for _ in range(RESAMPLES):
        taken = in_blocks(rng, by_region, block)
        drawn = [rng.choice(names) for _ in names]
        total = sum(sums[n][0] for sums in taken for n in drawn)
        count = sum(sums[n][1] for sums in taken for n in drawn)
        if count:
            means.append(total / count)
    means.sort()
    return means[int(.025 * len(means))], means[min(len(means) - 1, int(.975 * len(means)))]


def pooled(windows, model, regions, months):
    """The mean loss of a model, and what it is less persistence with its interval."""
    both = [(w["persistence"], w[model]) for w in windows if model in w]
    if not both:
        return "no data"
    value = sum(sum(l.values()) for _, l in both) / sum(len(l) for _, l in both)
    if model == "persistence":
        return f"{value:.3f}"
    differences = [{p: l[p] - base[p] for p in l} for base, l in both]
    low, high = interval(differences, regions, months)
    less = sum(sum(d.values()) for d in differences) / sum(len(d) for d in differences)
    return f"{value:.3f} ({less:+.3f}, {low:+.3f} to {high:+.3f})"


def score_tables(asked, source, sources, regions, kept):
    spells = sources[source]
    for months in asked.horizons:
        days = [d for d in asked.origins if d >= spells.first and later(datetime.date.fromisoformat(d), months).isoformat() <= spells.last]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            done = list(pool.map(lambda d: scored(asked, source, sources, d, months), days))
        kept[source, months] = {day: (until, losses) for day, until, losses in done}
        windows = [losses for _, _, losses in done]
        early = [losses for day, _, losses in done if day <= EARLY]
        late = [losses for day, _, losses in done if day > EARLY]
        title = f"{source}, {months} month{'s' if months > 1 else ''} ahead"
        yield ["", f"| {title}, from | places | changed | " + " | ".join(f"`{m}`" for m in MODELS) + " | `truel` less persistence |",
               "|---" * (len(MODELS) + 4) + "|"]
        for day, _, losses in done:
            means = {m: mean(losses[m]) for m in MODELS if m in losses}
            changed = sum(l > 1 for l in losses["persistence"].values())
            skill = f"{100 * (means['truel'] / means['persistence'] - 1):+.0f} %" if means["persistence"] else ""
            yield [f"| {day} | {len(losses['truel'])} | {changed} | " + " | ".join(f"{means[m]:.3f}" if m in means else "no data" for m in MODELS)
                   + f" | {skill} |"]
        for name, some in (("all", windows), ("until March", early), ("from April", late)):
            if some:
                yield [f"| {name} ({len(some)}) | | | " + " | ".join(pooled(some, m, regions, months) for m in MODELS) + " | |"]


def in_short(asked, regions, kept):
    """What the tables say, in a sentence for each source and part of the war."""
    for source in SOURCES:
        for part, is_in in (("February and March", lambda d: d <= EARLY), ("April and later", lambda d: d > EARLY)):
            said = []
            for months in asked.horizons:
                windows = [losses for day, (_, losses) in kept[source, months].items() if is_in(day)]
                if windows:
                    differences = [{p: l["truel"][p] - l["persistence"][p] for p in l["truel"]} for l in windows]
                    low, high = interval(differences, regions, months)
                    own, same = (sum(sum(l[m].values()) for l in windows) for m in ("truel", "persistence"))
                    verdict = "better" if high < 0 else "worse" if low > 0 else "indistinguishable"
                    said.append(f"{100 * (own / same - 1):+.0f} % at {months} month{'s' if months > 1 else ''} ({verdict})")
            if said:
                yield f"- From origins of {part}, by the {source}: {', '.join(said)}."


def region_table(asked, sources, regions, kept):
    """Where the war of movement is foreseen and where not, by the maps a month ahead."""
    days = [d for d in asked.origins if d <= EARLY and d in kept["maps", 1]]
    yield ["", "| maps, 1 month ahead: region | " + " | ".join(f"from {d}: changed to Russia, to Ukraine, expected" for d in days) + " | `truel` less persistence |",
           "|---" * (len(days) + 2) + "|"]
    for region in sorted(set(regions.values()) - {""}):
        cells, changed, own, same, places = [], 0, 0, 0, 0
        for day in days:
            until, losses = kept["maps", 1][day]
            here = [p for p in losses["truel"] if regions[p] == region]
            gone = [p for p in here if losses["persistence"][p] > 1]
            to_russia = sum(sources["maps"].holder(p, until) == "russia" for p in gone)
            cells.append(f"{to_russia}, {len(gone) - to_russia}, {sum(losses['expected changes'][p] for p in here):.1f}")
            changed, places = changed + len(gone), places + len(here)
            own, same = own + sum(losses["truel"][p] for p in here), same + sum(losses["persistence"][p] for p in here)
        if changed >= 3:
            yield [f"| {region} | " + " | ".join(cells) + f" | {(own - same) / places:+.3f} |"]


def doubt_table(asked, sources, kept):
    """The same places by either record."""
    yield ["", "| months ahead | from | places both know | agree on both days | `truel` less persistence: by maps | by list | where both agree |",
           "|---|---|---|---|---|---|---|"]
    for months in asked.horizons:
        for day in asked.origins:
            if any(day not in kept[s, months] for s in SOURCES):
                continue
            until, maps = kept["maps", months][day]
            _, listed = kept["list", months][day]
            both = sorted(maps["truel"].keys() & listed["truel"].keys())
            agreed = [p for p in both if all(sources["maps"].holder(p, d) == sources["list"].holder(p, d) for d in (day, until))]
            cells = []
            for losses, places in ((maps, both), (listed, both), (maps, agreed)):
                own, same = (sum(losses[m][p] for p in places) / len(places) for m in ("truel", "persistence"))
                cells.append(f"{own - same:+.3f}")
            yield [f"| {months} | {day} | {len(both)} | {100 * len(agreed) / len(both):.0f} % | " + " | ".join(cells) + " |"]


def agreement_table(asked, sources):
    yield ["", "| day | places both know | same holder | held by `russia` by maps alone | by list alone | contested by the list |", "|---|---|---|---|---|---|"]
    for day in [d for d in asked.origins if d >= sources["list"].first] + [sources["maps"].last]:
        pairs = [(sources["maps"].holder(p, day), sources["list"].holder(p, day)) for p in sources["maps"].held]
        pairs = [(a, b) for a, b in pairs if a and b]
        same = sum(a == b for a, b in pairs)
        yield [f"| {day} | {len(pairs)} | {100 * same / len(pairs):.0f} % | {sum(a == 'russia' and b == 'ukraine' for a, b in pairs)} | "
               f"{sum(b == 'russia' and a == 'ukraine' for a, b in pairs)} | {sum(b == 'contested' for _, b in pairs)} |"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truel")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=128)
    parser.add_argument("--package", type=pathlib.Path, default=ROOT / "scenarios" / "ukraine-2022")
    parser.add_argument("--origins", nargs="+", default=ORIGINS)
    parser.add_argument("--horizons", nargs="+", type=int, default=(1, 2, 3))
    parser.add_argument("--print", action="store_true", dest="only_print")
    asked, asked.more = parser.parse_known_args()
    regions = {r["place_id"]: r["admin1"] for r in rows(asked.package / "places.csv")}
    sources = {name: Spells(asked.data / file) for name, file in SOURCES.items()}
    lines, kept = [f"All windows, {asked.runs} runs of each origin, seed 1:"], {}
    for part in (*(score_tables(asked, s, sources, regions, kept) for s in SOURCES), region_table(asked, sources, regions, kept), doubt_table(asked, sources, kept), agreement_table(asked, sources)):
        for some in part:
            print("\n".join(some), flush=True)
            lines += some
    summary = ["Brier score of `truel` less that of persistence, in percent of the latter, with the verdict of the 95 % interval:", "",
               *in_short(asked, regions, kept)]
    print("\n".join(["", *summary]))
    if not asked.only_print:
        write_between(ROOT / "docs" / "ukraine-tables.md", "scores", lines)
        write_between(ROOT / "docs" / "ukraine.md", "scores", summary)


if __name__ == "__main__":
    main()
