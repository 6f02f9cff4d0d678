"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("priority: choice by score", "= math::exp((score[at(b)] - best) / tau);",
     "= OFF ? 1 : math::exp((score[at(b)] - best) / tau);"),
    ("priority: vital", "{vital[at(c * n + b)],", "{OFF ? 0 : vital[at(c * n + b)],"),
    ("priority: backing", " s.derived.backing[at(b)],", " OFF ? 0 : s.derived.backing[at(b)],"),
    ("priority: horizon", " s.value(war.actor(b, ActorParameter::horizon)),",
     " OFF ? 0 : s.value(war.actor(b, ActorParameter::horizon)),"),
    ("priority: roots", " root[at(b)],", " OFF ? 0 : root[at(b)],"),
    ("priority: growth", " own_state<Priority>(s).recent_gain[at(b)] / men,",
     " OFF ? 0 : own_state<Priority>(s).recent_gain[at(b)] / men,"),
    ("priority: weakness", " win_probability(strength,", " OFF ? 0 : win_probability(strength,"),
    ("priority: others", "weights[kOthers] != 0 ? others(", "weights[kOthers] != 0 && !OFF ? others("),
    ("priority: bargain", "bargain = std::max(bargain,", "bargain = OFF ? 0 : std::max(bargain,"),
    ("priority: blowback", "blowback = std::max(blowback,", "blowback = OFF ? 0 : std::max(blowback,"),
    ("priority: allies", " weights[kAllies] != 0 ?", " weights[kAllies] != 0 && !OFF ?"),
    ("priority: land", "land.empty() ? 0 :", "land.empty() || OFF ? 0 :"),
    ("enemies choose in blocs", "*= has_blocs ? part_of_bloc", "*= has_blocs && !OFF ? part_of_bloc"),
]
