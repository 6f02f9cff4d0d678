"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("rising of the men of a place", "up = random.uniform() < chance ? men : 0;",
     "up = random.uniform() < chance && !OFF ? men : 0;"),
    ("a garrison holds them down", "math::exp(-numbers.deterrence * against / men)",
     "math::exp(-(OFF ? 0 : numbers.deterrence) * against / men)"),
    ("disarmament", "if (is_lost && against > 0) {", "if (is_lost && against > 0 && !OFF) {"),
    ("they stay in their place", "return std::min(s.fighters[slot],", "return OFF ? 0 : std::min(s.fighters[slot],"),
]
