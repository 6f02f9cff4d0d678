"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("harm costs support", "const double lost = std::min(", "const double lost = OFF ? 0 : std::min("),
    ("harm drives people away", "people - displaced * harmed", "people - (OFF ? 0 : displaced) * harmed"),
    ("government moves support", "days * legitimacy *", "days * (OFF ? 0 : legitimacy) *"),
    ("loyalties", "if (s.value(war.law(number_of<Loyalty>(Loyalty::on))) <= 0)",
     "if (OFF || s.value(war.law(number_of<Loyalty>(Loyalty::on))) <= 0)"),
]
