"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("defection", "const bool is_on = s.value(", "const bool is_on = !OFF && s.value("),
    ("the unpaid defect sooner", "rate * (1 + gain *", "rate * (1 + (OFF ? 0 : gain) *"),
]
