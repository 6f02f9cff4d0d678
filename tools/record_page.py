#!/usr/bin/env python3
"""Scores the reference scenario against its record and writes the numbers into docs/forecast-skill.md, between
the lines <!-- scores --> or <!-- later --> and <!-- end -->.

Usage: tools/record_page.py TRUEL OBSERVED LATER [RUNS]. OBSERVED: the folder of the observed data until the end of 2016; LATER: of control in
2017, which set no number of the package. Takes some minutes.
"""
import pathlib
import shutil
import sys
import tempfile

from page_parts import ROOT, table, told, with_range, write_between
from paired_losses import CONTROL_BASELINES, DEATH_BASELINES, HORIZONS, PACKAGE

MODELS = (*CONTROL_BASELINES, "truel", "truel-recalibrated", "blend")
DEATH_MODELS = (*DEATH_BASELINES, "truel", "truel-recalibrated", "blend")


def scored(program, observed, runs, *arguments):
    return told(program, "score", PACKAGE, "--observed", observed, "--runs", runs, *arguments)


def find(rows, **wanted):
    return next((r for r in rows if all(r[key] == value for key, value in wanted.items())), None)


CONTROL = {"target": "control", "unit": "place", "merged": True, "score": "brier", "subset": "all"}


def less(row):
    """What the score is less that of the baseline it is compared with, which has no such difference itself."""
    return "" if row["difference_interval"] is None or row["model"] == row["against"] else with_range(
        row["difference"], *row["difference_interval"], "+.3g")


def control_table(scores):
    lines = []
    whole = {}
    for model in MODELS:
        cells = []
        for horizon in HORIZONS:
            row = find(scores["pooled"], horizon_months=horizon, model=model, **CONTROL)
            cell = "no data" if row is None else f"{row['value']:.3f}"
            if row is not None and model != "persistence":
                low, high = row["difference_interval"]
                few = f", {row['windows']} windows" if row["windows"] < whole[horizon] else ""
                cell += f" ({row['difference']:+.3f}, {low:+.3f} to {high:+.3f}{few})"
            elif row is not None:
                whole[horizon] = row["windows"]
            cells.append(cell)
        lines.append([f"`{model}`", *cells])
    spans = []
    for horizon in HORIZONS:
        row = find(scores["pooled"], horizon_months=horizon, model="persistence", **CONTROL)
        spans.append(f"{row['windows']} at {horizon} months")
    weights = [b["weight_of_truel"] for b in scores["blends"] if b["merged"]]
    return [*table(["Brier score, rebels and Nusra as one", *(f"{horizon} months" for horizon in HORIZONS)], lines), "",
            f"Windows: {', '.join(spans)}; in brackets the difference from persistence over the same windows and its",
            "interval, and the windows where they are fewer: dated deaths begin in 2016, and the blend learns its weight from",
            "windows that ended before. truel's weight is",
            f"{min(weights):.2f} to {max(weights):.2f}, {sum(weights) / len(weights):.2f} on average."]


def death_table(scores):
    lines = []
    for model in DEATH_MODELS:
        rows = [find(scores["pooled"], target="deaths", unit="dyad", subset="all", score=score, model=model, horizon_months=3)
                for score in ("fair-crps", "crps", "ign", "mis")]
        if rows[0] is not None:
            assert rows[0]["against"] == "conflictology", rows[0]["against"]
            lines.append([f"`{model}`", str(rows[0]["windows"]), f"{rows[0]['value']:.3g}", less(rows[0]), *(f"{row['value']:.3g}" for row in rows[1:])])
    return table(["deaths by dyad and month, 3 months ahead", "windows", "CRPS, fair", "minus conflictology, the same windows", "CRPS", "IGN", "MIS"], lines)


def all_death_table(scores):
    """Deaths of fighters and others, by the three estimates of the observed data."""
    lines = []
    for model in DEATH_MODELS:
        cells = []
        for bound in ("best", "low", "high"):
            row = find(scores["pooled"], target="deaths", unit=f"dyad-{bound}", subset="all", score="fair-crps", model=model,
                       horizon_months=3)
            if row is not None:
                cells += [f"{row['value']:.3g}", less(row)]
        if cells:
            lines.append([f"`{model}`", *cells])
    return table(["deaths of fighters and others by dyad and month, 3 months ahead", "CRPS, fair, at `best`", "minus conflictology",
                  "at `low`", "minus", "at `high`", "minus"], lines)


def later_rows(scores):
    """By months ahead, the rows of 2017: what changes nothing, what the neighbours say, truel."""
    def row(horizon, model):
        wanted = CONTROL | {"horizon_months": horizon, "model": model}
        pooled = find(scores["pooled"], **wanted)
        # One window alone is not pooled, and has its interval from its own places.
        return pooled or {"windows": 1, **find(scores["windows"], **wanted)}

    return {h: [row(h, m) for m in ("persistence", "spatial-hazard", "truel")] for h in HORIZONS}


def later_table(rows):
    return table(["Brier score, 2017", "windows", "`persistence`", "`spatial-hazard`", "`truel`"], [
        [f"{horizon} months", str(own[0]["windows"]), f"{own[0]['value']:.3f}",
         *(f"{r['value']:.3f} ({r['difference']:+.3f}, {r['difference_interval'][0]:+.3f} to {r['difference_interval'][1]:+.3f})" for r in own[1:])]
        for horizon, own in rows.items()])


def main():
    program, observed, later_folder = sys.argv[1:4]
    runs = sys.argv[4] if len(sys.argv) > 4 else "1000"
    scores = scored(program, observed, runs, "--origins", "quarterly")
    years = [scored(program, observed, runs, "--from", f"{y}-01-01", "--until", f"{y}-12-31") for y in (2015, 2016)]
    one = []
    for year, own in zip((2015, 2016), years):
        rows = [find(own["windows"], model=m, **CONTROL) for m in ("truel", "persistence")]
        one.append(f"over {year} {rows[0]['value']:.2f} against {rows[1]['value']:.2f}")
    with tempfile.TemporaryDirectory() as both:
        for folder in (observed, later_folder):
            for path in pathlib.Path(folder).rglob("control_spells*.csv"):
                shutil.copy(path, both)
        later = later_rows(scored(program, both, runs, "--origins", "quarterly", "--from", "2017-01-01", "--until", "2017-12-31"))
    write_between(ROOT / "docs" / "forecast-skill.md", "later", later_table(later))
    write_between(ROOT / "docs" / "forecast-skill.md", "scores",
                  [*control_table(scores), "", f"A year ahead, one year at a time, truel against no change: {'; '.join(one)}.", "", *death_table(scores), "", *all_death_table(scores)])


if __name__ == "__main__":
    main()
