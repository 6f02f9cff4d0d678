"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("attackers leave a battle", "over[0] >= 1 && over[0] >= over[1]", "!OFF && over[0] >= 1 && over[0] >= over[1]"),
    ("defenders leave a battle", "} else if (over[1] >= 1) {", "} else if (!OFF && over[1] >= 1) {"),
    ("the encircled give in", "factor < kMany &&", "!OFF && factor < kMany &&"),
    ("prisoners are taken", "f.number(B::prisoners) * men;", "(OFF ? 0 : f.number(B::prisoners)) * men;"),
]
