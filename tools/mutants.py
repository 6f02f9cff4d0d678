"""Every law and mechanism of the engine, and the one place in the code where it can be switched off.

A row is (law, text, the same text with a switch). Those of src/truel/laws/NAME stand in its mutants.py, and their text
exactly once in its files; those here once in world, laws/derived.cpp, talks, command and solver. OFF is true while the
law is switched off. Rows with the same law belong together.
"""
import pathlib
import runpy

MUTANTS = [
    # fire
    ("arms and training", "(1 + arms_gain *", "(1 + (OFF ? 0 : arms_gain) *"),
    ("front-line strength", "const double fraction = s.value(war.actor(",
     "const double fraction = OFF ? 1 : s.value(war.actor("),
    # from the air
    ("sorties follow effort", "const double weight = s.effort[s.pair(z, b)] *",
     "const double weight = (OFF ? 1 : s.effort[s.pair(z, b)]) *"),
    ("sorties are a budget", "    if (is_budget) {", "    if (is_budget && !OFF) {"),
    ("sorties go to battles first", "const double there = is_battle ?", "const double there = is_battle || OFF ?"),
    ("sorties at what was given up", "return counts ? weight : 0;", "return counts && !OFF ? weight : 0;"),
    ("strikes at the wrong side", "return probability *", "return (OFF ? 0 : probability) *"),
    ("deconfliction", "(1 - avoided) *", "(1 - (OFF ? 0 : avoided)) *"),
    # men and money
    ("safe passage", "if (!model.may_be_positive(TieParameter::passage)) {",
     "if (OFF || !model.may_be_positive(TieParameter::passage)) {"),
    # ground
    ("marching takes time", "const int days = speed > 0 ?", "const int days = speed > 0 && !OFF ?"),
    ("control passes to the victor", "if (claimants == 0 ||", "if (OFF || claimants == 0 ||"),
    # friends and enemies
    ("allies fight as one", "else if (b != a && alignment >= ally)", "else if (b != a && alignment >= ally && !OFF)"),
    ("truces between allies and enemies", "if (b != a && alignment <= enemy)",
     "if (b != a && (OFF ? alignment < ally : alignment <= enemy))"),
    # whom to fight
    ("priority: choice by score", "= std::exp((score[at(b)] - best) / tau);",
     "= OFF ? 1 : std::exp((score[at(b)] - best) / tau);"),
    ("priority: vital", "= {vital[at(c * n + b)],", "= {OFF ? 0 : vital[at(c * n + b)],"),
    ("priority: backing", " s.derived.backing[at(b)],", " OFF ? 0 : s.derived.backing[at(b)],"),
    ("priority: horizon", " s.value(war.actor(b, ActorParameter::horizon)),",
     " OFF ? 0 : s.value(war.actor(b, ActorParameter::horizon)),"),
    ("priority: roots", " root[at(b)],", " OFF ? 0 : root[at(b)],"),
    ("priority: growth", " s.recent_gain[at(b)] / men,", " OFF ? 0 : s.recent_gain[at(b)] / men,"),
    ("priority: weakness", " contest_odds(strength,", " OFF ? 0 : contest_odds(strength,"),
    ("priority: others", " others(model, v, last, c, b, at_war[at(b)]),",
     " OFF ? 0 : others(model, v, last, c, b, at_war[at(b)]),"),
    ("priority: bargain", "bargain = std::max(bargain,", "bargain = OFF ? 0 : std::max(bargain,"),
    ("priority: blowback", "blowback = std::max(blowback,", "blowback = OFF ? 0 : std::max(blowback,"),
    ("priority: land", "land.empty() ? 0 :", "land.empty() || OFF ? 0 :"),
    ("best response", "  respond_best(model, s, v, last);",
     "  if (!OFF) {\n    respond_best(model, s, v, last);\n  }"),
    # operations
    ("retreat", "if (odds >= (defends ?", "if (OFF || odds >= (defends ?"),
    ("withdraw and strike", "const double step_back = air_kills_ > 0 ?",
     "const double step_back = air_kills_ > 0 && !OFF ?"),
    ("garrisons", "mine_[at(p)] - std::max(need, tied));", "mine_[at(p)] - std::max(OFF ? 0 : need, tied));"),
    ("men tied to their home", "const double tied = home_share > 0 ?", "const double tied = home_share > 0 && !OFF ?"),
    ("screening a less urgent enemy", "(effort < screen_below ? screen", "(effort < screen_below && !OFF ? screen"),
    ("reinforcement", "gather(deficit.place, reach, deficit.missing, ColumnTask::reinforce);",
     "gather(deficit.place, reach, OFF ? 0 : deficit.missing, ColumnTask::reinforce);"),
    ("offensives", "if (workspace_.next_to_us[at(p)] || mine_[at(p)] > 0) {",
     "if (!OFF && (workspace_.next_to_us[at(p)] || mine_[at(p)] > 0)) {"),
    ("offensives need odds", "if (!workspace_.least_odds.is_reached(have, target.need)) {",
     "if (!OFF && !workspace_.least_odds.is_reached(have, target.need)) {"),
    ("offensives follow effort", "appeal = weight *", "appeal = (OFF ? 1 : weight) *"),
    ("strength is lost with distance", "return std::isnan(strength_km_) ?", "return OFF || std::isnan(strength_km_) ?"),
    ("offensives follow worth", " worth(p) *", " (OFF ? 1 : worth(p)) *"),
    ("predation", "if (predation_ <= 0) {", "if (predation_ <= 0 || OFF) {"),
    ("air support of offensives", "(1 - air * law(LawParameter::operations_air_support))",
     "(1 - (OFF ? 0 : air) * law(LawParameter::operations_air_support))"),
    ("raids", "} else if (mobile_ != 0) {", "} else if (mobile_ != 0 && !OFF) {"),
    ("raiders fear relief", "is_raid ? force_needed(p, relief(p))", "is_raid ? force_needed(p, OFF ? 0 : relief(p))"),
    ("reserves", "  bring_up_reserves();", "  if (!OFF) {\n    bring_up_reserves();\n  }"),
    ("errors of estimate", "return sigma > 0 ?", "return sigma > 0 && !OFF ?"),
    ("enemies choose in blocs", "*= has_blocs ? part_of_bloc", "*= has_blocs && !OFF ? part_of_bloc"),
    ("effort is a budget", "if (is_saved_for || left < cost) {", "if (!OFF && (is_saved_for || left < cost)) {"),
    ("unspent effort passes on", "credit + unspent * share(b) / takers", "credit + (OFF ? 0 : unspent) * share(b) / takers"),
    ("those least served come first", "return a != b ? a < b : x.merit", "return !OFF && a != b ? a < b : x.merit"),
    ("exceptions to the budget", "is_beyond_budget = is_exception(target);",
     "is_beyond_budget = !OFF && is_exception(target);"),
    ("a reserve", "if (reserve_share > 0 && foe_[at(p)] <= 0) {", "if (!OFF && reserve_share > 0 && foe_[at(p)] <= 0) {"),
    ("allies attack together", "if ((friends_ & ~members_) == 0 ||", "if (OFF || (friends_ & ~members_) == 0 ||"),
    ("unseen worth of places", "return unseen_spread_ > 0 ?", "return unseen_spread_ > 0 && !OFF ?"),
    ("preparation", "int preparation = is_prepared ?", "int preparation = is_prepared && !OFF ?"),
    ("recovery", "o.rest = s_.day + days_of(CommandParameter::recovery_days);",
     "o.rest = s_.day + (OFF ? 0 : days_of(CommandParameter::recovery_days));"),
    ("staffs", "if (is_new && running >= staffs()) {", "if (!OFF && is_new && running >= staffs()) {"),
    # talks
    ("exclusion from talks", "(only != kNone && seat.issue != only) || s.value(",
     "(only != kNone && seat.issue != only) || (OFF ? 0 : 1) * s.value("),
    ("land counts in talks", "land_weight * part(land", "(OFF ? 0 : land_weight) * part(land"),
    ("force counts in talks", "= force_weight * part(", "= (OFF ? 0 : force_weight) * part("),
    ("backing counts in talks", "backing_weight * part(s.", "(OFF ? 0 : backing_weight) * part(s."),
    ("challenges move positions", "now = take_offers(rounds.back(), options.reading);",
     "now = OFF ? now : take_offers(rounds.back(), options.reading);"),
    ("election over positions", "if (s.value(model.war().law(LawParameter::settlement_election)) > 0)",
     "if (!OFF && s.value(model.war().law(LawParameter::settlement_election)) > 0)"),
]


def rows(source):
    """(folders of src/truel that the text stands in, law, text, text with a switch) of every row, for sources in `source`."""
    found = [(("world", "laws/derived.cpp", "talks", "command", "solver"), *row) for row in MUTANTS]
    for file in sorted((pathlib.Path(source) / "laws").glob("*/mutants.py")):
        found += [((f"laws/{file.parent.name}",), *row) for row in runpy.run_path(str(file))["MUTANTS"]]
    return found
