"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("exclusion from talks", "(only != kNone && seat.issue != only) || s.value(",
     "(only != kNone && seat.issue != only) || (OFF ? 0 : 1) * s.value("),
    ("land counts in talks", "land_weight * part(land", "(OFF ? 0 : land_weight) * part(land"),
    ("force counts in talks", "= force_weight * part(", "= (OFF ? 0 : force_weight) * part("),
    ("backing counts in talks", "backing_weight * part(s.", "(OFF ? 0 : backing_weight) * part(s."),
    ("challenges move positions", "now = take_offers(rounds.back(), options.reading);",
     "now = OFF ? now : take_offers(rounds.back(), options.reading);"),
    ("election over positions", "if (s.value(model.war().law(number_of<Settlement>(Settlement::election))) > 0)",
     "if (!OFF && s.value(model.war().law(number_of<Settlement>(Settlement::election))) > 0)"),
]
