"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("posts fire across the line", "side.each = share * s.derived.kill", "side.each = (OFF ? 0 : share) * s.derived.kill"),
    ("effort divides posts among fronts", "see(a, next.place, b, s.effort[s.pair(a, b)] *",
     "see(a, next.place, b, (OFF ? 1 : s.effort[s.pair(a, b)]) *"),
    ("a line that has moved is silent", "return (s.derived.hostile[at(side.attacker)] &",
     "return OFF || (s.derived.hostile[at(side.attacker)] &"),
]
