"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("places are defended better or worse than counted", "list(let_through)[k] = math::exp(log_factor);",
     "list(let_through)[k] = math::exp(OFF ? 0 : log_factor);"),
    ("battles show how a place is defended", "list(believed)[k] = math::exp(log_factor * list(learned)[k]);",
     "list(believed)[k] = math::exp(OFF ? 0 : log_factor * list(learned)[k]);"),
]
