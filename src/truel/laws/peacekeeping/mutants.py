"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("peacekeepers deter attacks", "is_guarded[at(p)] = random.uniform() < goes_on ? 0 : 1;",
     "is_guarded[at(p)] = OFF || random.uniform() < goes_on ? 0 : 1;"),
    ("aid under siege", "return is_aided ? s.value(", "return is_aided && !OFF ? s.value("),
]
