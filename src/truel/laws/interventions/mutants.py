"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("interventions: set", "      s.value(i.target) = value;",
     "      if (!OFF) {\n        s.value(i.target) = value;\n      }"),
    ("interventions: arrive", "s.fighters[s.slot(i.place, i.actor)] += value;",
     "s.fighters[s.slot(i.place, i.actor)] += OFF ? 0 : value;"),
    ("interventions: arrive", "s.tally(ActorOutcome::arrived, i.actor) += value;",
     "s.tally(ActorOutcome::arrived, i.actor) += OFF ? 0 : value;"),
    ("interventions: leave", "const double gone = remove_fighters(", "const double gone = OFF ? 0 : remove_fighters("),
    ("interventions: end", "if (rate > 0 && !is_ended) {", "if (rate > 0 && !is_ended && !OFF) {"),
    ("one truce, one end", "static_cast<std::uint32_t>(i.luck - war.support_row(0))",
     "static_cast<std::uint32_t>((OFF ? i.value : i.luck) - war.support_row(0))"),
    ("truces settle", "return half > 0 ?", "return half > 0 && !OFF ?"),
    ("leaders change their line", "if (i.action == InterventionAction::realign && i.other != kNone) {",
     "if (i.action == InterventionAction::realign && i.other != kNone && !OFF) {"),
    ("pledges", "else if (i.action == InterventionAction::pledge &&",
     "else if (!OFF && i.action == InterventionAction::pledge &&"),
    ("mergers", "if (i.action == InterventionAction::merge) {", "if (i.action == InterventionAction::merge && !OFF) {"),
    ("members may not follow", "const double compliance = i.compliance == kNone ? 1 : s.value(i.compliance);",
     "const double compliance = OFF || i.compliance == kNone ? 1 : s.value(i.compliance);"),
]
