"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("who stands beside an enemy digs in", "const double unbuilt = math::exp(", "const double unbuilt = OFF ? 1 : math::exp("),
    ("works decay", "const double kept = math::exp(-passed", "const double kept = OFF ? 1 : math::exp(-passed"),
    ("works of before the war", "built = -math::expm1(", "built = OFF ? 0 : -math::expm1("),
]
