"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("best response", "if (!some_play) {", "if (OFF || !some_play) {"),
]
