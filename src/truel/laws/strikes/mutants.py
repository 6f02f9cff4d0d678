"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("strikes", "return {sorties *", "return {(OFF ? 0 : sorties) *"),
    ("strikes at columns", "? full * s.value(war.law(number_of<Strikes>(Strikes::exposure_road))",
     "? (OFF ? 0 : full) * s.value(war.law(number_of<Strikes>(Strikes::exposure_road))"),
    ("a garrison is dug in", "const bool is_dug_in = holder >= 0 &&", "const bool is_dug_in = !OFF && holder >= 0 &&"),
]
