"""Every law and mechanism of the engine, and the one place in the code where it can be switched off.

A row is (law, text, the same text with a switch). Those of src/truel/laws/NAME stand in its mutants.py, and their text
exactly once in its files; those here once in world, laws/derived.cpp and solver. OFF is true while the
law is switched off. Rows with the same law belong together.
"""
import pathlib
import runpy

MUTANTS = [
    # fire
    ("arms and training", "(1 + arms_gain *", "(1 + (OFF ? 0 : arms_gain) *"),
    ("front-line strength", "const double fraction = s.value(war.actor(",
     "const double fraction = OFF ? 1 : s.value(war.actor("),
    # men and money
    ("safe passage", "if (!model.may_be_positive(TieParameter::passage)) {",
     "if (OFF || !model.may_be_positive(TieParameter::passage)) {"),
    # ground
    ("marching takes time", "const int days = speed > 0 ?", "const int days = speed > 0 && !OFF ?"),
    ("control passes to the victor", "if (claimants == 0 ||", "if (OFF || claimants == 0 ||"),
    # friends and enemies
    ("allies fight as one", "else if (b != a && alignment >= ally)", "else if (b != a && alignment >= ally && !OFF)"),
    ("truces between allies and enemies", "if (b != a && alignment <= enemy)",
     "if (b != a && (OFF ? alignment < ally : alignment <= enemy))"),
]


def rows(source):
    """(folders of src/truel that the text stands in, law, text, text with a switch) of every row, for sources in `source`."""
    found = [(("world", "laws/derived.cpp", "solver"), *row) for row in MUTANTS]
    for file in sorted((pathlib.Path(source) / "laws").glob("*/mutants.py")):
        found += [((f"laws/{file.parent.name}",), *row) for row in runpy.run_path(str(file))["MUTANTS"]]
    return found
