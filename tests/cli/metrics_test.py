"""Every metric of a check, made again from what ensemble.nc keeps of the runs one by one.

TRUEL: the program.
"""
import json
import re
import shutil
import unittest

import netCDF4
import numpy as np

from program import ProgramTest, ROOT

RUNS, SEED = 40, 11
#: Variables of ensemble.nc that a metric has under another name.
NAMED = {"losses": "killed", "value_share": "final_value_share", "population_share": "final_population_share"}
#: What no file keeps of a run, and tests of its own hold: tests/laws, tests/verification; of alignments tests/solver.
ELSEWHERE = re.compile(r"settlement\.ISSUE\.(?!median|mean)|decisions\.|ties\.|alignment\.|cases\.|places\.PLACE\.support")


def shapes():
    """The metrics that docs/parameters.md lists."""
    page = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8").partition("\n## Metrics\n")[2].partition("\n## ")[0]
    return re.findall(r"(?m)^\| `([^`]+)` \|", page)


class Runs:
    """ensemble.nc as arrays [realization, ...] by ids, with nothing of truel between."""

    def __init__(self, path):
        with netCDF4.Dataset(path) as file:
            self.values = {name: np.ma.filled(variable[...], np.nan) if variable.dtype.kind == "f" else np.asarray(variable[...])
                           for name, variable in file.variables.items()}
            self.shape = {name: variable.dimensions for name, variable in file.variables.items()}
        text = {name: [str(row).rstrip("\0") for row in (netCDF4.chartostring(v) if v.ndim == 2 else v)]
                for name, v in self.values.items() if v.dtype.kind in "SU"}
        self.actors, self.places, self.issues = text["actor"], text["place"], text.get("issue", [])
        self.dyads = list(zip(text["attacker"], text["target"]))
        self.ground = [kind == "ground" for kind in text["actor_kind"]]
        self.days = [int(day) - int(self.values["time"][0]) for day in self.values["time"]]

    def of(self, metric):
        """[realization] numbers of the metric; NaN where a run has none."""
        value, words = self.values, metric.split(".")
        alive = value["final_fighters"] > 0
        others = np.array(self.ground)
        if words[0] == "actors":
            a, what = self.actors.index(words[1]), words[2]
            if what == "fighters":
                return value["fighters"][:, self.days.index(int(words[3])), a]
            if what == "survival_probability":
                return value["survives"][:, a]
            if what == "extinction_probability":
                return ~alive[:, a]
            if what == "alone_probability":
                return alive[:, a] & ~alive[:, others & (np.arange(len(others)) != a)].any(axis=1)
            return value[NAMED.get(what, what)][:, a]
        if words[0] == "dyads":
            pair = tuple(words[1:3])
            if pair not in self.dyads:
                return np.full(RUNS, np.nan if words[3].endswith("_day") else 0)
            return value[words[3]][:, self.dyads.index(pair)]
        if words[0] == "places":
            held = value["control"][:, self.places.index(words[1])] == self.actors.index(words[3])
            if words[2] == "taken_day":
                return np.where(held.any(axis=1), np.array(self.days)[held.argmax(axis=1)], np.nan)
            return held[:, self.days.index(int(words[4])) if len(words) > 4 else -1]
        if words[0] == "settlement":
            return value[f"settlement_round_{words[2]}"][:, self.issues.index(words[1]), int(words[3])]
        if metric == "nobody_probability":
            return ~alive[:, others].any(axis=1)
        if metric == "last_extinction_day":
            day = value["extinction_day"][:, others]
            return np.where(np.isnan(day).all(axis=1), np.nan, np.nan_to_num(day, nan=-1).max(axis=1))
        return value[metric]


class Metrics(ProgramTest):
    def package(self, name):
        if name == "war":
            self.truel("new", "war")
        else:
            shutil.copytree(ROOT / "scenarios" / name, self.folder / "war")
        path = self.folder / "war" / "scenario.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.split(r"(?m)^\[\[run\]\]|^\[\[check\]\]", text)[0], encoding="utf-8")
        return path

    def held_against_runs(self, name, until, settings, days):
        """The shapes of which some run of the package had a number other than 0."""
        path = self.package(name)
        changes = [word for path_, value in settings.items() for word in ("--set", f"{path_}={value}")]
        self.truel("run", "war", "--runs", RUNS, "--seed", SEED, "--until", until, "--every", 1, "--out", "out", "--quiet", *changes)
        runs = Runs(self.folder / "out" / "ensemble.nc")
        ids = {"ACTOR": [a for a, is_ground in zip(runs.actors, runs.ground) if is_ground], "PLACE": runs.places, "ISSUE": runs.issues, "DAY": days, "ROUND": [0, 1]}
        asked = {}
        for shape in shapes():
            if ELSEWHERE.match(shape):
                continue
            names = [""]
            for word in shape.split("."):
                names = [f"{known}.{each}".lstrip(".") for known in names for each in ids.get(word, [word])
                         if word != "ACTOR" or each not in known.split(".")]
            asked |= dict.fromkeys(names, shape)
        checks = [f'{{ what = "{metric}.{statistic}", metric = "{metric}.{statistic}", value = 0, absolute = 1e9 }}' for metric in asked for statistic in ("mean", "q05", "q50", "q95")]
        sets = ", ".join(f'"{path_}" = {value}' for path_, value in settings.items())
        path.write_text(path.read_text(encoding="utf-8") + f'\n[[run]]\nsolver = "leap"\nruns = {RUNS}\nseed = {SEED}\nuntil = {until}\nevery = 1\nset = {{ {sets} }}\nsource = "ensemble.nc"\ncheck = [\n'
                        + ",\n".join(checks) + "\n]\n", encoding="utf-8")
        told = json.loads(self.truel("verify", "war", "--json", status=1).stdout)["checks"]  # what no run has is a miss
        self.assertEqual(len(told), len(checks))
        moved = set()
        for check in told:
            metric, _, statistic = check["metric"].rpartition(".") if check["metric"].endswith(("q05", "q50", "q95")) else (check["metric"].removesuffix(".mean"), "", "mean")
            numbers = np.asarray(runs.of(metric), dtype=float)
            numbers = numbers[~np.isnan(numbers)]
            if not len(numbers):
                self.assertEqual(check["got"], "never", metric)
                continue
            expected = numbers.mean() if statistic == "mean" else np.quantile(numbers, int(statistic[1:]) / 100)
            # fighters of days and shares are kept as 32-bit numbers
            self.assertAlmostEqual(check["got"], expected, delta=2e-7 * max(1, abs(expected)), msg=check["metric"])
            if numbers.any():
                moved.add(asked[metric])
        return moved, set(asked.values())

    def test_are_what_the_runs_one_by_one_say(self):
        two = {"forces.one.field.2000-01-01": 10, "forces.two.field.2000-01-01": 4}
        moved, asked = set(), set()
        for name, until, settings, days in (("war", "2020-09-30", {}, [0, 100, 273]), ("published/three-way-combat", "2012-12-31", two, [0, 500]),
                                            ("laws/pay-and-defection", "2000-02-20", {}, [0, 10])):
            with self.subTest(package=name):
                some, all_ = self.held_against_runs(name, until, settings, days)
                moved, asked = moved | some, asked | all_
                shutil.rmtree(self.folder / "war")
                shutil.rmtree(self.folder / "out")
        # What these three wars leave at 0.
        self.assertEqual(asked - moved, {"actors.ACTOR.deserted", "actors.ACTOR.left", "actors.ACTOR.underground", "dyads.ACTOR.ACTOR.exceptions",
                                         "nobody_probability"})


if __name__ == "__main__":
    unittest.main()
