"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("sieges", "if (s.value(war.law(number_of<Siege>(on))) <= 0) {",
     "if (OFF || s.value(war.law(number_of<Siege>(on))) <= 0) {"),
    ("terms for the besieged", "if (!is_quiet || random.uniform() >= chance", "if (OFF || !is_quiet || random.uniform() >= chance"),
    ("nobody gives up to fewer than his own", "(surrender_ratio > 0 &&", "(!OFF && surrender_ratio > 0 &&"),
]
