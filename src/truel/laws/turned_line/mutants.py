"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("collapse of a turned line", "if (!is_ours(g, g.place)) {", "if (OFF || !is_ours(g, g.place)) {"),
    ("the last way out", "return is_lost || last_way", "return OFF || is_lost || last_way"),
    ("land that stands empty", "if (stands_empty >= walk_in_days &&", "if (!OFF && stands_empty >= walk_in_days &&"),
]
