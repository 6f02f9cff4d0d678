"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("fire", "r.shots[k] = is_target ?", "r.shots[k] = is_target && !OFF ?"),
    ("fire by general exponents", "if (is_power_law && is_target(", "if (!OFF && is_power_law && is_target("),
    ("fatigue of a battle", "const bool tires = t0 > 0 &&", "const bool tires = !OFF && t0 > 0 &&"),
    ("fire goes where effort goes", "(planned > 0 ? effort[b]", "(planned > 0 && !OFF ? effort[b]"),
    ("abstention", "(enemies > 1 ? 1 - d.abstention[", "(enemies > 1 && !OFF ? 1 - d.abstention["),
    ("hiding among supporters", "people > 0 ? d.concealment[", "people > 0 && !OFF ? d.concealment["),
    ("visibility of a pair", "r.seen[k] = std::isnan(given) ?", "r.seen[k] = OFF || std::isnan(given) ?"),
    ("intelligence", "(1 - d.intelligence[", "(1 - (OFF ? 0 : 1) * d.intelligence["),
    ("cover and fortification", "is_holder ? exposure_in_fights(", "is_holder && !OFF ? exposure_in_fights("),
    ("recruits made by harm", "if ((gainers & bit(r.who[at(j)])) != 0) {",
     "if (!OFF && (gainers & bit(r.who[at(j)])) != 0) {"),
    ("salvos and turns", "return fire_timing(model_.war(), s) != FireTiming::continuous;",
     "return !OFF && fire_timing(model_.war(), s) != FireTiming::continuous;"),
    ("turns", "if (fire_timing(model_.war(), s) == FireTiming::salvo)",
     "if (OFF || fire_timing(model_.war(), s) == FireTiming::salvo)"),
]
