"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("attackers leave a battle", "worse = over[0] >= over[1] ? 0", "worse = !OFF && over[0] >= over[1] ? 0"),
    ("defenders leave a battle", "over[at(worse)] >= 1)", "over[at(worse)] >= 1 && !(OFF && worse == 1))"),
    ("the encircled give in", "f.number(B::encircled) < kMany", "!OFF && f.number(B::encircled) < kMany"),
    ("prisoners are taken", "f.number(B::prisoners) * men;", "(OFF ? 0 : f.number(B::prisoners)) * men;"),
]
