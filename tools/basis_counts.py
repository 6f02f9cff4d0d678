#!/usr/bin/env python3
"""Prints as a Markdown table what `truel claims PACKAGE --coverage` counts, and nothing else.

usage: python3 tools/basis_counts.py TRUEL [PACKAGE]     (default: scenarios/syria-2016)
"""
import json
import subprocess
import sys

from page_parts import ROOT, table

COLUMNS = {"numbers": "numbers", "uncertain": "uncertain", "claim": "on_claims", "source": "on_sources", "assumed": "on_assumptions",
           "assumed alone": "assumed_alone", "general knowledge": "general_knowledge", "range from a source": "source_ranges",
           "width from it alone": "source_widths"}


def main():
    program, package = [*sys.argv[1:], ROOT / "scenarios" / "syria-2016"][:2]
    told = subprocess.run([program, "claims", package, "--coverage", "--json"], stdout=subprocess.PIPE, check=True).stdout
    coverage = json.loads(told)["coverage"]
    print("\n".join(table(["table", *COLUMNS], [[row["name"], *(str(row[key]) for key in COLUMNS.values())]
                                               for row in (*coverage["tables"], coverage["total"])])))


if __name__ == "__main__":
    main()
