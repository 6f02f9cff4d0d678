"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("strikes", "return {sorties *", "return {(OFF ? 0 : sorties) *"),
    ("strikes at columns", "? full * s.value(war.law(number_of<Strikes>(Strikes::exposure_road))",
     "? (OFF ? 0 : full) * s.value(war.law(number_of<Strikes>(Strikes::exposure_road))"),
    ("a garrison is dug in", "const bool is_dug_in = s.is_held_by(", "const bool is_dug_in = !OFF && s.is_held_by("),
    ("a garrison that is attacked is seen", "if (is_dug_in && s.contested[strike.place]) {", "if (is_dug_in && s.contested[strike.place] && !OFF) {"),
    ("sorties follow effort", "const double weight = s.effort[s.pair(z, b)] *",
     "const double weight = (OFF ? 1 : s.effort[s.pair(z, b)]) *"),
    ("sorties are a budget", "    if (is_budget) {", "    if (is_budget && !OFF) {"),
    ("sorties go to battles first", "const double there = is_battle ?", "const double there = is_battle || OFF ?"),
    ("sorties at what was given up", "return counts ? weight : 0;", "return counts && !OFF ? weight : 0;"),
    ("strikes at the wrong side", "return probability *", "return (OFF ? 0 : probability) *"),
    ("deconfliction", "(1 - avoided) *", "(1 - (OFF ? 0 : avoided)) *"),
]
