"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("counterattacks", "if (due.empty()) {", "if (OFF || due.empty()) {"),
    ("digging in", "return has_digging ?", "return has_digging && !OFF ?"),
]
