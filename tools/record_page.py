#!/usr/bin/env python3
"""Scores the reference scenario against its record and writes the numbers into docs/record.md and README.md, between
the lines <!-- scores --> and <!-- end -->.

Usage: tools/record_page.py TRUEL OBSERVED [RUNS]. OBSERVED: the folder of the record. Takes some minutes.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HORIZONS = (3, 6, 12)
MODELS = ("persistence", "pair-rates", "spatial-hazard", "contact", "truel", "blend")
DEATH_MODELS = ("zero", "last-month", "last-month-poisson", "conflictology", "zinb-climatology", "truel")


def scored(program, observed, runs, *arguments):
    told = subprocess.run([program, "score", ROOT / "scenarios" / "syria-2016", "--observed", observed, "--runs", runs,
                           "--json", "--quiet", *arguments], check=True, capture_output=True, text=True)
    return json.loads(told.stdout)


def find(rows, **wanted):
    return next((r for r in rows if all(r[key] == value for key, value in wanted.items())), None)


def control_table(scores):
    lines = ["| Brier score, rebels and Nusra as one | 3 months | 6 months | 12 months |", "|---|---|---|---|"]
    best = {"target": "control", "merged": True, "score": "brier", "subset": "all"}
    for model in MODELS:
        cells = []
        for horizon in HORIZONS:
            row = find(scores["pooled"], horizon_months=horizon, model=model, **best)
            cell = "" if row is None else f"{row['value']:.3f}"
            if row is not None and model != "persistence":
                low, high = row["difference_interval"]
                cell += f" ({row['difference']:+.3f}, {low:+.3f} to {high:+.3f})"
            cells.append(cell)
        lines.append(f"| `{model}` | {' | '.join(cells)} |")
    spans = []
    for horizon in HORIZONS:
        row = find(scores["pooled"], horizon_months=horizon, model="persistence", **best)
        spans.append(f"{row['windows']} at {horizon} months")
    weights = [b["weight_of_truel"] for b in scores["blends"] if b["merged"]]
    lines += ["", f"Windows: {', '.join(spans)}; in brackets the difference from persistence over the same windows and its",
              "interval. The blend has fewer windows, as it learns its weight from those that ended before: truel gets",
              f"{min(weights):.2f} to {max(weights):.2f}, {sum(weights) / len(weights):.2f} in the mean."]
    return lines


def death_table(scores):
    lines = ["| deaths by dyad and month, 3 months ahead | windows | CRPS | IGN | MIS |", "|---|---|---|---|---|"]
    for model in DEATH_MODELS:
        rows = [find(scores["pooled"], target="deaths", unit="dyad", score=score, model=model, horizon_months=3)
                for score in ("crps", "ign", "mis")]
        cells = ["" if rows[0] is None else str(rows[0]["windows"])]
        cells += ["" if row is None else f"{row['value']:.3g}" for row in rows]
        lines.append(f"| `{model}` | {' | '.join(cells)} |")
    return lines


def write(path, lines):
    text = path.read_text(encoding="utf-8")
    new, n = re.subn(r"(<!-- scores -->\n).*?(<!-- end -->)", lambda m: m[1] + "\n".join(lines) + "\n" + m[2], text, flags=re.S)
    if n != 1:
        sys.exit(f"{path}: no place for the scores")
    path.write_text(new, encoding="utf-8")


def main():
    program, observed = sys.argv[1:3]
    runs = sys.argv[3] if len(sys.argv) > 3 else "1000"
    scores = scored(program, observed, runs, "--origins", "quarterly")
    years = [scored(program, observed, runs, "--from", f"{y}-01-01", "--until", f"{y}-12-31") for y in (2015, 2016)]
    one = []
    for year, own in zip((2015, 2016), years):
        rows = [find(own["windows"], target="control", merged=True, subset="all", score="brier", model=m)
                for m in ("truel", "persistence")]
        one.append(f"over {year} {rows[0]['value']:.2f} against {rows[1]['value']:.2f}")
    pooled = [find(scores["pooled"], target="control", merged=True, subset="all", score="brier", model="truel",
                   horizon_months=h) for h in HORIZONS]
    worse = ["worse" if r["difference"] > 0 else "better" for r in pooled]
    verdict = worse[0] if len(set(worse)) == 1 else " / ".join(worse)
    numbers = [f"{r['value']:.2f} against {r['value'] - r['difference']:.2f}" for r in pooled]
    spans = f"3, 6 and 12 months ahead, {', '.join(numbers)}"
    write(ROOT / "README.md",
          [f"**How well it forecasts.** Without a fit to the record the reference scenario is {verdict} than the forecast that",
           f"nothing changes hands: Brier scores of who holds each place, {spans}",
           f"(2014 to 2016, quarterly origins; {'; '.join(one)}). [How that is scored](docs/record.md)."])
    write(ROOT / "docs" / "record.md", [*control_table(scores), "", f"One year at a time: {'; '.join(one)}.", "",
                                        *death_table(scores)])


if __name__ == "__main__":
    main()
