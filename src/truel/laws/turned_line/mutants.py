"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("collapse of a turned line", "return is_lost || is_cut;", "return !OFF && (is_lost || is_cut);"),
    ("the last way out", "const bool is_cut = is_lost ||", "const bool is_cut = OFF || is_lost ||"),
    ("land that stands empty", "if (stands_empty >= walk_in_days &&", "if (!OFF && stands_empty >= walk_in_days &&"),
]
