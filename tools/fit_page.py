#!/usr/bin/env python3
"""Fits the reference scenario to its record until the end of 2015, scores the fitted account on the windows of 2016
beside the basic model, and writes what came of it into docs/findings-tables.md, between <!-- fit --> and <!-- end -->.

Usage: tools/fit_page.py TRUEL OBSERVED [OPTIONS]. OBSERVED: the folder of the observed data.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import tempfile

from page_parts import ROOT, table, wrapped, write_between
from paired_losses import HORIZONS, PACKAGE, difference, losses, mean

UNTIL, AFTER = "2015-12-31", "2016-01-01"
LATER = ("--origins", "quarterly", "--from", AFTER)


def later_table(base, fitted):
    rows = []
    for months in HORIZONS:
        before, after = base["truel", "base", months], fitted["truel", "fitted", months]
        less, low, high = difference(after, before, months)
        means = (f"{mean(list(of.values())):.3f}" for of in (base["persistence", "", months], before, after))
        rows.append([f"{months} months", str(len({origin for origin, _ in before})), *means, f"{less:+.4f} ({low:+.4f} to {high:+.4f})"])
    return table(["Brier score over 2016, rebels and Nusra as one", "windows", "persistence", "as it stands", "fitted",
                  "fitted less as it stands"], rows)


def sample_table(fit):
    rows = []
    for months in HORIZONS:
        own = [w for w in fit["windows"] if w["horizon_months"] == months]
        if own:
            later = [w for w in own if w["held_back"] is not None]

            def pooled(windows, name):
                places = sum(w["places"] for w in windows)
                known = places and all(w[name] is not None for w in windows)
                return f"{sum(w[name] * w['places'] for w in windows) / places:.3f}" if known else ""
            cells = [pooled(own, "persistence"), pooled(own, "prior"), pooled(own, "fitted"), pooled(later, "prior"),
                     pooled(later, "held_back")]
            rows.append([f"{months} months", str(len(own)), *cells])
    return table([f"in sample, windows that end by {fit['until']}", "windows", "persistence", "prior", "fitted", "prior, windows held back",
                  "learnt before, the same"], rows)


def number_table(fit):
    rows = []
    for n in fit["numbers"]:
        if n["is_fitted"]:
            spans = [f"{n[name]['mean']:.3g}, {n[name]['q05']:.3g} to {n[name]['q95']:.3g}" for name in ("prior", "posterior")]
            rows.append([f"`{n['path']}`", *spans, f"{n['shift']:+.2f} ({n['shift_error']:.2f})", f"{n['coverage']:.2f}"])
    return table(["number", "prior: mean, 90 %", "posterior: mean, 90 %", "shift in sd", "coverage"], rows)


def account(package, fit, method):
    """What came of one fit: its lines, and whether it made an account; its account is then in the package."""
    told_of = json.loads((fit / "fit.json").read_text(encoding="utf-8"))
    rows = [line.split(",") for line in (fit / "numbers.csv").read_text(encoding="utf-8").splitlines()[1:]]
    moved = sum(row[1] == "true" for row in rows)
    origins = len({w["origin"] for w in told_of["windows"]})
    words = (f"{told_of['draws']:,} draws of {len(rows)} uncertain parameters, {told_of['runs']:,} runs from {origins} origins, "
             f"{len(told_of['windows'])} windows that end by {told_of['until']}.")
    if method == "bank":
        chosen = next(s for s in told_of["strengths"] if s["strength"] == told_of["strength"])
        words += (f" Strength {told_of['strength']:.4g}, effective size {told_of['effective_size']:.0f}. Of {chosen['windows']} "
                  f"windows held back the number of changes lay in the 90 % interval in {chosen['covered']}.")
    lines = wrapped(f"*By the {method}.* {words} {moved} parameters move.") + [""] + sample_table(told_of)
    if moved:
        for end in ("toml", "csv"):
            shutil.copy(fit / f"fitted.{end}", package / "accounts" / f"fitted.{end}")
        if method == "bank":
            lines += [""] + number_table(told_of)
    elif told_of["remarks"]:
        lines += [""] + wrapped(". ".join(told_of["remarks"]).capitalize() + ".")
    return lines, moved > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("observed", type=pathlib.Path)
    parser.add_argument("--bank", default="--draws 2048 --runs 8", help="options of the fit by a prior sample")
    parser.add_argument("--smoother", default="--draws 1000 --runs 4", help="options of the fit by the smoother")
    parser.add_argument("--methods", nargs="+", choices=("bank", "smoother"), default=("bank", "smoother"))
    parser.add_argument("--runs", type=int, default=1000, help="realizations of each origin of 2016")
    parser.add_argument("--fits", type=pathlib.Path, help="folder that keeps the fits; those that are there are not made anew")
    a = parser.parse_args()
    program, observed = a.program.resolve(), a.observed.resolve()
    with tempfile.TemporaryDirectory(prefix="truel-fit-") as folder:
        package = pathlib.Path(folder) / PACKAGE.name
        fits = a.fits.resolve() if a.fits else pathlib.Path(folder) / "fits"
        fits.mkdir(exist_ok=True)
        base = losses(program, observed, a.runs, *LATER)
        lines = []
        for method in a.methods:
            options = a.bank if method == "bank" else a.smoother
            if not (fits / method / "fit.json").exists():
                subprocess.run([program, "fit", PACKAGE, "--observed", observed, "--until", UNTIL, "--method", method,
                                *options.split(), "--out", fits / method], check=True, stdout=subprocess.DEVNULL)
            shutil.rmtree(package, ignore_errors=True)
            shutil.copytree(PACKAGE, package)
            own, has_account = account(package, fits / method, method)
            lines += own + [""]
            if has_account:
                fitted = losses(program, observed, a.runs, *LATER, "--account", "fitted", package=package)
                lines += later_table(base, fitted) + [""]
        lines += wrapped(f"Windows of 2016: {a.runs:,} runs of each origin. In brackets: 95 % intervals, from resampled provinces and runs of "
                         "origins.")
    write_between(ROOT / "docs" / "findings-tables.md", "fit", lines)


if __name__ == "__main__":
    main()
