"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("two actors fight harder or less than counted", "math::exp(number(spread) * own.deviation[k]);",
     "math::exp((OFF ? 0 : number(spread)) * own.deviation[k]);"),
    ("commands lean to enemies by more than anybody can count", "HiddenLethality::effort_spread))) * deviation);",
     "HiddenLethality::effort_spread))) * (OFF ? 0 : deviation));"),
    ("sides may have stopped fighting", "if (random.uniform() >= row.share) {", "if (random.uniform() >= row.share || OFF) {"),
]
