"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("going underground", "double gone = men *", "double gone = (OFF ? 0 : men) *"),
    ("policing those underground", "search.per_day[at(b)] = s.value(", "search.per_day[at(b)] = OFF ? 0 : s.value("),
    ("recruits underground", "const double joining = s.value(", "const double joining = OFF ? 0 : s.value("),
    ("coming into the open", "      if (men <= 0) {", "      if (men <= 0 || OFF) {"),
]
