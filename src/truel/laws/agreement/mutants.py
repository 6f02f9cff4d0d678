"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("end by agreement", "if (random.uniform() < chance) {", "if (!OFF && random.uniform() < chance) {"),
    ("the cost of fighting on", "return win - cost * lost_until_the_end - held;",
     "return win - (OFF ? 0 : cost) * lost_until_the_end - held;"),
]
