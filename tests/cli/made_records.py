"""Records that are made for tests of the program and of the Python package."""

# What was observed of the war that `truel new` writes after its package ends.
LATER = """place_id,from_date,to_date,controller,confidence
capital,2019-01-01,2021-12-31,government,high
bridge,2019-01-01,2021-02-14,government,high
bridge,2021-02-15,2021-12-31,highland_front,high
harbour,2019-01-01,2021-12-31,river_league,high
mill,2019-01-01,2021-12-31,river_league,high
pass,2019-01-01,2021-12-31,highland_front,high
summit,2019-01-01,2021-12-31,highland_front,high
"""


def battle(red, blue, red_ends, ratio):
    """A battle under the linear law in the study's steps, until red has lost so many: casualties of both."""
    power = 100 / (red * blue)
    r, b = red, blue
    while red - r < red_ends:
        r, b = int(r - power * b * r), int(b - ratio * power * r * b)
    return red - r, blue - b


def write_battles(data):
    """Two tables of twenty battles each, with ratios of 2 and 1, for the package historical-battles."""
    (data / "battles").mkdir(parents=True)
    for name, ratio in ("01.csv", 2.0), ("02.csv", 1.0):
        rows = ["year;R0;Rc;B0;Bc"]
        for k in range(20):
            red, blue = 12000 + 900 * k, 30000 - 700 * k
            red_dead, blue_dead = battle(red, blue, red * (0.05 + 0.01 * k), ratio)
            rows.append(f"{1700 + k};{red};{red_dead};{blue};{blue_dead}")
        (data / "battles" / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
