"""The two models that truel and its peers simulate event by event, as packages of truel and as lists of reactions."""

import datetime
from dataclasses import dataclass

COLOURS = ["#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377"]


@dataclass
class Model:
    """A war without moves: in each place every side kills of every other."""

    name: str
    title: str
    places: int
    strength: list  # of each side at each place
    kill_rate: float  # per day
    people: float  # at each place, among whom area fire falls; 0: aimed fire
    days: int

    def species(self):
        """Names and numbers at the beginning."""
        return {f"s{side}_{place}": n for place in range(self.places) for side, n in enumerate(self.strength)}

    def reactions(self):
        """(killer, victim, propensity) of each; a side divides its fire evenly over the enemies who are left at the place."""
        sides = range(len(self.strength))
        for place in range(self.places):
            for a in sides:
                for b in sides:
                    if a == b:
                        continue
                    killer, victim = f"s{a}_{place}", f"s{b}_{place}"
                    if self.people > 0:
                        # None is gone before the last day but once in a million places, so that shares stay even.
                        factor = self.kill_rate / (len(self.strength) - 1) / self.people
                        yield killer, victim, f"{factor!r}*{killer}*{victim}"
                    else:
                        there = {c: f"(s{c}_{place}/(s{c}_{place}+1e-9))" for c in sides if c != a}
                        targets = "+".join(there.values())
                        yield killer, victim, f"{self.kill_rate!r}*{killer}*{there[b]}/({targets}+1e-12)"

    def write_package(self, folder):
        """The same as a package of truel."""
        folder.mkdir(parents=True, exist_ok=True)

        def write(name, head, rows):
            text = "\n".join([head, *rows]) + "\n"
            (folder / name).write_text(text, encoding="utf-8")

        sides = [f"side{a}" for a in range(len(self.strength))]
        places = [f"place{p}" for p in range(self.places)]
        write(
            "actors.csv",
            "id,name,kind,colour,kill_rate,basis",
            [f"{s},{s},ground,{COLOURS[i]},{self.kill_rate},assumed: benchmark" for i, s in enumerate(sides)],
        )
        write(
            "places.csv",
            "place_id,name,latitude,longitude,kind,population,value,basis",
            [f"{p},{p},{i // 10},{i % 10},base,{self.people},1,assumed: benchmark" for i, p in enumerate(places)],
        )
        write(
            "control.csv",
            "place_id,from_date,to_date,controller,confidence,source,note",
            [f"{p},2000-01-01,2199-12-31,contested,high,,all meet here" for p in places],
        )
        write(
            "forces.csv",
            "actor,place_id,date,fighters,basis",
            [f"{s},{p},2000-01-01,{n},assumed: benchmark" for p in places for s, n in zip(sides, self.strength)],
        )
        visibility = 0 if self.people > 0 else 1
        share = 1 / (len(sides) - 1)
        write(
            "ties.csv",
            "a,b,share,visibility,basis",
            [f"{a},{b},{share!r},{visibility},assumed: benchmark" for a in sides for b in sides if a != b],
        )
        (folder / "sources.json").write_text("[]", encoding="utf-8")
        end = datetime.date(2000, 1, 1) + datetime.timedelta(days=self.days)
        (folder / "scenario.toml").write_text(
            f'format = 1\ntitle = "{self.title}"\ndescription = "A benchmark."\nstart = 2000-01-01\nend = {end}\n'
            "decision_interval_days = 3650\ndefault_alignment = -1\nquestions = []\n\n[laws.fire]\non = true\n",
            encoding="utf-8",
        )


MODELS = [
    Model("aimed", "three sides of 300, 270 and 240, aimed fire", 1, [300, 270, 240], 0.01, 0, 365),
    Model("area", "50 places with 6 sides of 40, area fire", 50, [40] * 6, 1.0, 1000, 10),
]
