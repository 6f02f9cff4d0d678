"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("alignment: balance", "double moved = balance_ * sum;", "double moved = (OFF ? 0 : balance_) * sum;"),
    ("alignment: a shared threat", "pull += threat *", "pull += (OFF ? 0 : threat) *"),
    ("alignment: shared sponsors", "pull += sponsors > 0 ?", "pull += sponsors > 0 && !OFF ?"),
    ("alignment: rivalry", "          rivalry * (", "          (OFF ? 0 : rivalry) * ("),
    ("alignment: friction", "friction_ = constant(number_of<Alignment>(Alignment::friction));",
     "friction_ = OFF ? 0 : constant(number_of<Alignment>(Alignment::friction));"),
    ("alignment: friction", "const double friction = s.value(", "const double friction = OFF ? 0 : s.value("),
    ("alignment: triads", "update < updates && choose_imbalanced(", "!OFF && update < updates && choose_imbalanced("),
    ("alignment: landscape", "if (gained < 0) {", "if (gained < 0 && !OFF) {"),
    ("the price of joining a coalition", "if (share <= 0) {", "if (share <= 0 || OFF) {"),
]
