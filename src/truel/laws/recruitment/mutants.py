"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("recruits among supporters", "(recruits_here ? rho *", "(recruits_here && !OFF ? rho *"),
    ("recruits from abroad", "(is_gate ? abroad / held.gates", "(is_gate && !OFF ? abroad / held.gates"),
    ("entries close", "!(entries_close && s.contested", "!(entries_close && !OFF && s.contested"),
    ("desertion of the unpaid", "return fighters > income ?", "return fighters > income && !OFF ?"),
    ("income from places", "holder == a ? s.value(war.place(", "holder == a && !OFF ? s.value(war.place("),
    ("money of sponsors", "common_income += s.value(war.sponsor(", "common_income += OFF ? 0 : s.value(war.sponsor("),
    ("a pocket is cut off", "is_supplied = pockets.has_entry;",
     "is_supplied = pockets.has_entry; if (OFF) std::fill(is_supplied.begin(), is_supplied.end(), 1);"),
    ("trade between enemies", "      income += trade;", "      income += OFF ? 0 : trade;"),
]
