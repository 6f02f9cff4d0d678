"""What tests of packages share that hold their tables against each other."""
import pathlib
import sys
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from page_parts import ROOT, rows  # noqa: E402, F401


def check_that_spells_follow_each_other(test, war, first, last):
    """Every place of the package has one holder on every day from the first to the last."""
    spells = {}
    for r in rows(war / "control.csv"):
        spells.setdefault(r["place_id"], []).append((date.fromisoformat(r["from_date"]), date.fromisoformat(r["to_date"])))
    test.assertEqual(set(spells), {r["place_id"] for r in rows(war / "places.csv")})
    for place, held in spells.items():
        with test.subTest(place=place):
            test.assertEqual((held[0][0], held[-1][1]), (first, last))
            for (_, end), (begin, _) in zip(held, held[1:]):
                test.assertEqual(end + timedelta(1), begin)


def roads_with_air_lines(war):
    """Rows of links.csv, each with the air line in km."""
    at = {r["place_id"]: (radians(float(r["latitude"])), radians(float(r["longitude"]))) for r in rows(war / "places.csv")}
    for r in rows(war / "links.csv"):
        (y, x), (v, u) = at[r["a"]], at[r["b"]]
        yield r, 6371 * 2 * asin(sqrt(sin((v - y) / 2) ** 2 + cos(y) * cos(v) * sin((u - x) / 2) ** 2))
