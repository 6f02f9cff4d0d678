"""Where this law can be switched off: rows of tools/mutants.py."""

MUTANTS = [
    ("posts fire across the line", "return is_front ? side.each *", "return is_front ? (OFF ? 0 : side.each) *"),
    ("effort divides posts among fronts", "see(a, next.place, b, s.effort[s.pair(a, b)] *",
     "see(a, next.place, b, (OFF ? 1 : s.effort[s.pair(a, b)]) *"),
    ("a line that has moved is silent", "const bool is_front = (s.derived", "const bool is_front = OFF || (s.derived"),
]
