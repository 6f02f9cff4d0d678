#!/usr/bin/env python3
"""Tries every law of war-making on the record and writes docs/law-selection.md between <!-- laws --> and <!-- end -->.

Each law is added alone to a war that has none of them, and left out of (or added to) the package as it is. The outcome is
the Brier score of control, rebels and Nusra as one, over quarterly origins whose windows end by 31 December 2015; what is
shown is the paired difference over the same places, with an interval from a thousand resamples of provinces and origins.

Usage: tools/law_selection.py TRUEL OBSERVED [RUNS]. OBSERVED: the folder of the record. Takes some minutes.
"""
import sys

from paired_losses import BASELINES, HORIZONS, PACKAGE, ROOT, difference, losses, mean, rows, write_between

PAGE = ROOT / "docs" / "law-selection.md"
UNTIL = "2015-12-31"
LAW = "scenario.laws."
GROUND = [row["id"] for row in rows(PACKAGE / "commands.csv") if row["reserve_share"]]


def each(key, value):
    return {f"commands.{command}.{key}": value for command in GROUND}


# Laws of the package: name -> (what switches it off, literature).
PRESENT = {
    "effort as a ledger": ({LAW + "operations.ledger": 0}, "Shreedhar and Varghese 1996"),
    "preparation and recovery": (each("preparation_days", 0) | each("recovery_days", 0), "staff manuals"),
    "staffs lead few operations": ({LAW + "operations.span": 1000}, "span of control, staff manuals"),
    "a reserve": (each("reserve_share", 0), "two up and one back, staff manuals"),
    "errors of estimate last": ({LAW + "operations.estimate_days": 0}, "none; decision 0042"),
    "unseen worth of places": ({LAW + "operations.unseen_worth": 0}, "McFadden 1974"),
    "allies attack together": ({LAW + "operations.joint": 0}, "none; the record: rooms of several groups"),
        "sieges": ({LAW + "siege.on": 0}, "none; how enclaves fell"),
    "strikes from the air": ({LAW + "strikes.on": 0}, "docs/model.md"),
    "recruitment": ({LAW + "recruitment.on": 0}, "docs/model.md"),
    "income": ({LAW + "income.on": 0}, "docs/model.md"),
    "support moves": ({LAW + "support.on": 0}, "docs/model.md"),
}
# Laws that the package leaves off: name -> (what switches it on, literature).
ABSENT = {
    "retaking is defence": ({LAW + "operations.retake_days": "14..60"}, "account A, paragraph 46"),
    "men tied to their home": (each("home_share", "0.3..0.7"), "none; account E, paragraph 26"),
    "strength lost with distance": ({LAW + "operations.strength_km": "100..300"}, "Boulding 1962"),
    "relief by those who are free": ({LAW + "operations.relief_of_free": 1}, "none"),
    "blocs of enemies share a place": ({LAW + "priority.blocs": 1}, "red bus, blue bus: Debreu 1960"),
    "turning: a vital place": (each("exception_vital", "0.02..0.2"), "account A, paragraph 42"),
    "turning: a race for land": (each("exception_race", "0.4..0.6"), "none"),
    "turning: revenge": (each("exception_revenge_days", "14..60"), "none"),
    "turning: an ally fights there": (each("exception_ally", 1), "none"),
    "underground": ({LAW + "underground.on": 1}, "docs/model.md"),
}
NEEDS_LEDGER = {"preparation and recovery", "staffs lead few operations", "allies attack together", "retaking is defence",
                "turning: a vital place", "turning: a race for land", "turning: revenge", "turning: an ally fights there"}
# What war-making was before these laws: they are switched off together, the rest of the package stays.
TRIED = ["effort as a ledger", "preparation and recovery", "staffs lead few operations", "a reserve",
         "errors of estimate last", "unseen worth of places", "allies attack together", "sieges"]


def main():
    program, observed = sys.argv[1:3]
    runs = sys.argv[3] if len(sys.argv) > 3 else "400"
    off = {path: value for name in TRIED for path, value in PRESENT[name][0].items()}

    def truel(settings):
        sets = [word for path, value in settings.items() for word in ("--set", f"{path}={value}")]
        scored = losses(program, observed, runs, "--origins", "quarterly", "--until", UNTIL, *sets)
        return {horizon: scored["truel", "base", horizon] for horizon in HORIZONS}, scored

    package, scored = truel({})
    bare, _ = truel(off)
    with_ledger, _ = truel({p: v for p, v in off.items() if not p.endswith("operations.ledger")})

    def cells(one, other):
        parts = []
        for horizon in HORIZONS:
            value, low, high = difference(one[horizon], other[horizon], horizon)
            parts.append(f"{value:+.3f} ({low:+.3f} to {high:+.3f})")
        return parts

    lines = [f"{runs} runs of each origin. In brackets: what 95 of 100 resamples hold.", "",
             "| Brier, months ahead | 3 | 6 | 12 |", "|---|---|---|---|"]
    for model, name in BASELINES.items():
        lines.append(f"| {name} | " + " | ".join(f"{mean(list(scored[model, '', h].values())):.3f}" for h in HORIZONS) + " |")
    for name, forecast in (("none of the laws tried", bare), ("the package", package)):
        lines.append(f"| {name} | " + " | ".join(f"{mean(list(forecast[h].values())):.3f}" for h in HORIZONS) + " |")
    for model, name in BASELINES.items():
        against = {h: scored[model, "", h] for h in HORIZONS}
        lines.append(f"| the package less {name} | " + " | ".join(cells(package, against)) + " |")
    lines += ["", "Lower is better. *Alone*: what a law adds to a war with none of those tried (marked °: with the ledger, "
              "without which it says nothing). *In all*: what the package loses or gains by it.", "",
              "| law | literature | alone: 3 | 6 | 12 | in all: 3 | 6 | 12 |", "|---|---|---|---|---|---|---|---|"]
    for name, (switch, literature) in (PRESENT | ABSENT).items():
        base = with_ledger if name in NEEDS_LEDGER else bare
        start = {p: v for p, v in off.items() if not (name in NEEDS_LEDGER and p.endswith("operations.ledger"))}
        if name in PRESENT:
            if name in TRIED:
                alone = cells(truel({p: v for p, v in start.items() if p not in switch})[0], base)
            else:
                alone = cells(base, truel(start | switch)[0])
            in_all = cells(package, truel(switch)[0])
        else:
            alone = cells(truel(start | switch)[0], base)
            in_all = cells(truel(switch)[0], package)
        mark = "°" if name in NEEDS_LEDGER else ""
        state = "" if name in PRESENT else " (left off)"
        lines.append(f"| {name}{mark}{state} | {literature} | " + " | ".join(alone + in_all) + " |")
        print(lines[-1], flush=True)
    write_between(PAGE, "laws", lines)


if __name__ == "__main__":
    main()
