"""truel score as a user meets it, and its scores computed once more from ensemble.nc with none of its code.

TRUEL: the program. TRUEL_OBSERVED: the folder of the reference scenario's record, if it is not ../shared/data.
"""
import csv
import datetime
import json
import math
import os
import pathlib
import re
import shutil
import unittest

from program import FIRST_EVENTS, HAS_PAGE, ROOT, SANITIZED, WarTest, shortened, table

try:
    import netCDF4
    import numpy
except ImportError:
    netCDF4 = None

RUNS = 40
FEW_RUNS = 20  # the fewest of which power is told, where no number is asked that chance decides
SPELLS = """place_id,from_date,to_date,controller,confidence
capital,2020-01-01,2020-12-31,government,high
bridge,2020-01-01,2020-05-14,government,high
bridge,2020-05-15,2020-12-31,highland_front,low
harbour,2020-01-01,2020-12-31,river_league,high
mill,2020-01-01,2020-03-31,river_league,high
mill,2020-04-01,2020-06-30,contested,high
mill,2020-07-01,2020-12-31,government,high
pass,2020-01-01,2020-12-31,highland_front,high
summit,2020-01-01,2020-12-31,highland_front,high
"""


EVENTS = FIRST_EVENTS + """\
4,1,the army,the Front,1,1,45.6,10.25,Valley,2020-03-01,2020-03-03,2,150,1,0,153,180,140
5,3,the army,Civilians,1,1,45.0,10.0,Valley,2020-03-05,2020-03-05,0,0,12,0,12,12,12
6,1,the army,the Front,1,5,45.6,10.25,Valley,2020-03-01,2020-03-31,2,150,1,0,153,180,140
"""


def observed_folder():
    named = os.environ.get("TRUEL_OBSERVED")
    places = [pathlib.Path(named)] if named else [p / "shared" / "data" for p in ROOT.parents]
    return next((p for p in places if (p / "control" / "control_spells.csv").is_file()), None)


class Record:
    """A table of spells, read anew."""

    def __init__(self, path):
        self.spells = table(path)

    def holders(self, day):
        return {s["place_id"]: s["controller"] for s in self.spells if s["from_date"] <= day <= s["to_date"]}


def add_month(day):
    date = datetime.date.fromisoformat(day)
    year, month = date.year + date.month // 12, date.month % 12 + 1
    while True:  # the 31st of a month that has none is its last day
        try:
            return str(datetime.date(year, month, date.day))
        except ValueError:
            date -= datetime.timedelta(days=1)


def days_of(data):
    """The days of a run's arrays, as they are written."""
    start = datetime.date.fromisoformat(data["time"].units.split()[2])
    return [str(start + datetime.timedelta(days=int(t))) for t in data["time"][:]]


def judged(data, before, after):
    """Index and holders on two days of each place of a run's arrays that the record knows on both."""
    for p, place in enumerate(data["place"][:]):
        ends = before.get(place), after.get(place)
        if None not in ends and "contested" not in ends:
            yield p, ends


def means(cases):
    """{subset: {score: mean}} of (changed hands, {score: value}), and how many of each subset there are."""
    subsets = {"all": cases, "changed": [c for c in cases if c[0]], "unchanged": [c for c in cases if not c[0]]}
    return {subset: {"n": len(own)} | {score: sum(scores[score] for _, scores in own) / len(own) for score in own[0][1]}
            for subset, own in subsets.items() if own}


def month_scores(data, record, codes, first, last):
    """The same of places and months: the log score of changing hands, and the mean probability of it."""
    actors = [codes(a) for a in data["actor"][:]]
    times = days_of(data)
    cases = []
    days = [first]
    last_day = datetime.date.fromisoformat(last)
    while datetime.date.fromisoformat(add_month(days[-1])) - datetime.timedelta(days=1) <= last_day:
        days.append(min(add_month(days[-1]), last))  # a month that ends with the span ends on its last day
    for before_day, begin in zip(days, days[1:]):
        for p, ends in judged(data, record.holders(before_day), record.holders(begin)):
            own = [["none" if h < 0 else actors[h] for h in data["control"][:, p, times.index(day)]]
                   for day in (before_day, begin)]
            count = sum(a != b for a, b in zip(*own))
            changed = ends[0] != ends[1]
            cases.append((changed, {
                "log": -math.log(((count if changed else len(own[0]) - count) + 0.5) / (len(own[0]) + 1)),
                "change-probability": count / len(own[0])}))
    return means(cases)


def isotonic(pairs):
    """Recalibrated probabilities of (forecast, outcome), by the greatest of the least means (min-max formula)."""
    pairs = sorted(pairs)
    steps = sorted({x for x, _ in pairs})
    n = {x: sum(a == x for a, _ in pairs) for x in steps}
    came = {x: sum(y for a, y in pairs if a == x) for x in steps}

    def mean(a, b):
        return sum(came[x] for x in steps[a:b + 1]) / sum(n[x] for x in steps[a:b + 1])
    fitted = {x: max(min(mean(a, b) for b in range(k, len(steps))) for a in range(k + 1)) for k, x in enumerate(steps)}
    return [(fitted[x], y) for x, y in pairs]


def place_scores(data, record, codes, first, last):
    """{subset: {score: mean}} and the number of places of each subset. codes: actor -> side."""
    actors = [codes(a) for a in data["actor"][:]]
    control = data["control"][:, :, days_of(data).index(last)]
    sides = sorted({codes(a) for a, kind in zip(data["actor"][:], data["actor_kind"][:]) if kind == "ground"} | {"none"})
    cases = []
    for p, ends in judged(data, record.holders(first), record.holders(last)):
        members = control.shape[0]
        counts = {side: 0 for side in sides}
        for holder in control[:, p]:
            counts["none" if holder < 0 else actors[holder]] += 1
        shares = {side: n / members for side, n in counts.items()}
        cases.append((ends[0] != ends[1], {
            "brier": sum((share - (side == ends[1])) ** 2 - share * (1 - share) / (members - 1)
                         for side, share in shares.items()),
            "log": -math.log((counts[ends[1]] + 1 / len(sides)) / (members + 1)),
            "change-probability": 1 - shares[ends[0]],
            "persistence": 2 * (ends[0] != ends[1])}))
    return means(cases)


SIDES = {"the army": "government", "the Front": "highland_front", "The river league": "river_league"}
FRONTS = ("government", "highland_front", "river_league")
DYADS = [(a, b) for k, a in enumerate(FRONTS) for b in FRONTS[k + 1:]]
BINS = [0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5]


def killed_by_record(dyad, month, *columns):
    """What these columns of EVENTS add up to for the dyad in the month."""
    return sum(float(e[column]) for e in csv.DictReader(EVENTS.splitlines()) for column in columns
               if tuple(sorted((SIDES.get(e["side_a"], ""), SIDES.get(e["side_b"], "")))) == dyad
               and e["date_end"].startswith(month) and int(e["date_prec"]) < 4)


def fair_crps(members, observed):
    spread = numpy.abs(members[:, None] - members[None, :]).sum() / (2 * len(members) * (len(members) - 1))
    return numpy.abs(members - observed).mean() - spread


def interval_score(members, observed):
    low, high = numpy.quantile(members, [0.05, 0.95])
    return high - low + 20 * (max(low - observed, 0) + max(observed - high, 0))


def death_scores(data, countries, months):
    """{score: mean} over dyads and months: fighters killed in these countries held against EVENTS."""
    killed = numpy.asarray(data["losses_by_month"][:], dtype=float)
    inside = [k for k, country in enumerate(data["country"][:]) if country in countries]
    pairs = [tuple(sorted(pair)) for pair in zip(data["attacker"][:], data["target"][:])]
    sums = dict.fromkeys(("crps", "fair-crps", "ign", "mis"), 0)
    within = {"within-50": [], "within-90": []}
    for dyad in DYADS:
        own = [k for k, pair in enumerate(pairs) if pair == dyad]
        for month in months:
            members = killed[:, list(data["month"][:]).index(month)][:, own][:, :, inside].sum(axis=(1, 2))
            observed = killed_by_record(dyad, month, "deaths_a", "deaths_b", "deaths_unknown")
            n = len(members)
            away = numpy.abs(members - observed).mean()
            spread = numpy.abs(members[:, None] - members[None, :]).sum() / 2
            alike = sum(numpy.searchsorted(BINS, members, side="right") == numpy.searchsorted(BINS, observed, side="right"))
            sums["crps"] += away - spread / n ** 2
            sums["fair-crps"] += fair_crps(members, observed)
            sums["ign"] -= math.log2((alike + 1) / (n + len(BINS)))
            sums["mis"] += interval_score(members, observed)
            for level, inside_it in (50, within["within-50"]), (90, within["within-90"]):
                low, high = numpy.quantile(members, [0.5 - level / 200, 0.5 + level / 200])
                if high > 0 or observed > 0:
                    inside_it.append(low <= observed <= high)
    return {score: total / (len(DYADS) * len(months)) for score, total in sums.items()} | {
        score: numpy.mean(cases) for score, cases in within.items() if cases}


def all_death_scores(data, bound, months):
    """{score: mean} of fighters killed with the harm of who killed them, against one of the three sums of UCDP events."""
    killed = numpy.asarray(data["losses_by_month"][:], dtype=float).sum(axis=3)
    harmed = numpy.asarray(data["harm_by_month"][:], dtype=float)
    actors = list(data["actor"][:])
    attackers = list(data["attacker"][:])
    pairs = [tuple(sorted(pair)) for pair in zip(attackers, data["target"][:])]
    sums = dict.fromkeys(("fair-crps", "mis"), 0)
    for month in months:
        column = list(data["month"][:]).index(month)
        own = dict.fromkeys(DYADS, numpy.zeros(killed.shape[0]))
        for actor in set(attackers):
            rows = [k for k, attacker in enumerate(attackers) if attacker == actor]
            kills = killed[:, column, rows].sum(axis=1)
            harm = harmed[:, column, actors.index(actor)]
            for k in rows:
                share = numpy.divide(killed[:, column, k], kills, out=numpy.zeros_like(kills), where=kills > 0)
                own[pairs[k]] = own[pairs[k]] + killed[:, column, k] + share * harm
        for dyad, members in own.items():
            observed = killed_by_record(dyad, month, bound)
            sums["fair-crps"] += fair_crps(members, observed)
            sums["mis"] += interval_score(members, observed)
    return {score: total / (len(DYADS) * len(months)) for score, total in sums.items()}


class Score(WarTest):
    def setUp(self):
        super().setUp()
        (self.folder / "data" / "deep").mkdir(parents=True)
        (self.folder / "data" / "deep" / "who.csv").write_text(SPELLS, encoding="utf-8")

    def score(self, *arguments, package="war", observed="data", runs=RUNS):
        told = self.truel("score", package, "--observed", observed, "--runs", runs, *arguments, "--json", "--quiet")
        return json.loads(told.stdout)

    def arrays(self, first, last, *more, package="war", out="out"):
        """The arrays of as many runs."""
        if netCDF4 is None:
            self.skipTest("without python3-netcdf4")
        self.truel("run", package, "--runs", RUNS, "--from", first, "--until", last, *more, "--out", out, "--quiet",
                   "--keep-paths", 0)
        return netCDF4.Dataset(self.folder / out / "ensemble.nc")

    def rows(self, scores, **wanted):
        return [row for row in scores["windows"] if all(row[key] == value for key, value in wanted.items())]

    def agree(self, package, observed, record, codes, first, last):
        """Every score of control is that of the same realizations in ensemble.nc."""
        data = self.arrays(first, last, "--every", 1, package=package)
        scores = self.score("--from", first, "--until", last, "--told", package=package, observed=observed)
        for subset, values in month_scores(data, Record(record), codes, first, last).items():
            for name in ("log", "change-probability"):
                row, = self.rows(scores, unit="place-month", merged=False, subset=subset, score=name, model="truel")
                self.assertAlmostEqual(row["value"], values[name], places=12)
                self.assertEqual(row["n"], values["n"])
        for subset, values in place_scores(data, Record(record), codes, first, last).items():
            for name in ("brier", "log", "change-probability"):
                row, = self.rows(scores, unit="place", target="control", merged=False, subset=subset, score=name,
                                 model="truel")
                self.assertAlmostEqual(row["value"], values[name], places=12)
                self.assertEqual(row["n"], values["n"])
            row, = self.rows(scores, unit="place", merged=False, subset=subset, score="brier", model="persistence")
            self.assertAlmostEqual(row["value"], values["persistence"], places=12)

    def test_scores_agree_with_those_of_the_arrays(self):
        self.agree("war", "data", self.folder / "data" / "deep" / "who.csv", str, "2020-01-15", "2020-09-30")

    def test_facts_of_fronts_of_record_and_runs_are_those_of_the_spells_and_the_arrays(self):
        first, last, step = "2020-01-01", "2020-09-30", 7
        data = self.arrays(first, last, "--every", 1)
        actors, places = list(data["actor"][:]), list(data["place"][:])
        roads = {frozenset((row["a"], row["b"])) for row in table(self.folder / "war" / "links.csv")}
        days = len(data["time"]) - 1
        looks = [*range(0, days, step), days]
        record = Record(self.folder / "data" / "deep" / "who.csv")
        times = days_of(data)
        histories = [[[record.holders(times[t]).get(place) for t in looks] for place in places]]
        for run in range(RUNS):
            histories.append([[None if h < 0 else actors[h] for h in data["control"][run, p, looks]] for p in range(len(places))])
        facts = []
        for history in histories:
            changes = []
            for place, own in zip(places, history):
                last_holder = None
                for day, holder in zip(looks, own):
                    if holder not in (None, "contested"):
                        if last_holder not in (None, holder):
                            changes.append((day, place, last_holder, holder))
                        last_holder = holder
            near = [any(b is not a and a[3] == b[3] and abs(a[0] - b[0]) <= 30 and (a[1] == b[1] or frozenset((a[1], b[1])) in roads)
                        for b in changes) for a in changes]
            whole = [a for a in changes if a[0] + 90 <= days]
            back = [any(b[1] == a[1] and b[3] == a[2] and 0 < b[0] - a[0] <= 90 for b in changes) for a in whole]
            facts.append({"changes": len(changes) / days * 365.25, "near-another": near and sum(near) / len(near),
                          "retaken": back and sum(back) / len(back),
                          "first-month": changes and sum(a[0] <= 30 for a in changes) / len(changes)})
        scores = self.score("--from", first, "--until", last, "--told", "--patterns", "--look-days", step)
        rows = {row["fact"]: row for row in scores["patterns"] if not row["merged"]}
        self.assertGreater(rows["changes"]["record"], 0)
        for name in facts[0]:
            runs = sorted(f[name] for f in facts[1:] if f[name] != [])
            self.assertAlmostEqual(rows[name]["record"], facts[0][name], places=9)
            self.assertEqual(rows[name]["runs"], len(runs))
            self.assertAlmostEqual(rows[name]["runs_median"], (runs[(len(runs) - 1) // 2] + runs[len(runs) // 2]) / 2, places=9)
            below = sum(x < facts[0][name] - 1e-9 for x in runs) + sum(abs(x - facts[0][name]) <= 1e-9 for x in runs) / 2
            self.assertAlmostEqual(rows[name]["rank"], below / len(runs), places=9)

    def test_facts_of_fronts_are_told_where_they_are_asked_for(self):
        self.truel("score", "war", "--observed", "data", "--runs", 4, "--patterns", "--out", "out", "--quiet")
        rows = table(self.folder / "out" / "patterns.csv")
        page = json.loads((self.folder / "out" / "score.json").read_text(encoding="utf-8"))
        self.assertEqual([r["fact"] for r in rows], [r["fact"] for r in page["patterns"]])
        self.assertEqual({r["look_days"] for r in rows}, {"3"})
        self.assertIn("share retaken within 90 days", (self.folder / "out" / "patterns.svg").read_text(encoding="utf-8"))
        told = self.truel("score", "war", "--observed", "data", "--runs", 4, "--patterns", "--quiet").stdout
        self.assertRegex(told, r"How fronts move, 2020-\d\d-\d\d to 2020-12-31: both looked at every 3 days")
        self.assertNotIn("patterns", self.score())
        for arguments, message in ((["--patterns", "--origins", "quarterly"], "--origins with --patterns; leave one of them out"),
                                   (["--look-days", 7], "--look-days without --patterns")):
            refused = self.truel("score", "war", "--observed", "data", *arguments, status=2)
            self.assertIn(message, refused.stderr)
        (self.folder / "deaths").mkdir()
        (self.folder / "deaths" / "events.csv").write_text(EVENTS, encoding="utf-8")
        refused = self.truel("score", "war", "--observed", "deaths", "--from", "2020-01-15", "--patterns", status=2)
        self.assertIn("--patterns: no window of control; give --from and --until within the observed data of control", refused.stderr)

    def test_deaths_by_dyad_and_month_are_scored_beside_baselines(self):
        (self.folder / "data" / "events.csv").write_text(EVENTS, encoding="utf-8")
        scores = self.score("--from", "2020-01-15", "--until", "2020-03-31")
        deaths = {(r["model"], r["score"]): r for r in self.rows(scores, unit="dyad")}
        self.assertEqual({model for model, _ in deaths},
                         {"truel", "zero", "last-month", "last-month-poisson", "conflictology", "blend"})
        self.assertEqual({r["n"] for r in deaths.values() if not r["score"].startswith("within")}, {3 * 2})
        # The record: 43 of one dyad in February, 152 of another in March; in the last months before 55 and none.
        self.assertAlmostEqual(deaths["zero", "crps"]["value"], (43 + 152) / 6)
        self.assertAlmostEqual(deaths["last-month", "crps"]["value"], (43 + 152) / 6)
        own = [5, 0, 55]
        spread = sum(abs(x - y) for x in own for y in own) / (2 * 3 * 2)
        wanted = (43 + sum(abs(x - 152) + abs(x) for x in own) / 3 - 2 * spread) / 6
        self.assertAlmostEqual(deaths["conflictology", "fair-crps"]["value"], wanted)
        self.assertEqual(deaths["truel", "crps"]["against"], "conflictology")
        # No month with a forecast had ended: half of each.
        self.assertEqual({(b["origin"], b["weight_of_truel"], b["fitted_on_months"]) for b in scores["death_blends"]},
                         {("2020-01-15", 0.5, 0)})
        self.assertLessEqual(deaths["blend", "fair-crps"]["value"],
                             (deaths["truel", "fair-crps"]["value"] + wanted) / 2)
        self.assertAlmostEqual(deaths["zero", "ign"]["value"],
                               -(4 * math.log2((RUNS + 1) / (RUNS + 11)) + 2 * math.log2(1 / (RUNS + 11))) / 6)

    def test_scores_of_deaths_agree_with_those_of_the_arrays(self):
        (self.folder / "data" / "events.csv").write_text(EVENTS, encoding="utf-8")
        places = self.folder / "war" / "places.csv"
        table = places.read_text(encoding="utf-8").splitlines()
        for uplands in ((), ("pass", "summit")):
            places.write_text("\n".join(
                line + ",country" if k == 0 else line + (",Upland" if line.startswith(uplands) else ",Valley")
                for k, line in enumerate(table)) + "\n", encoding="utf-8")
            data = self.arrays("2020-01-15", "2020-04-01", out=f"out{len(uplands)}")
            # Of each dyad one side holds a place in the valley, with the uplands in another country or not.
            wanted = death_scores(data, {"Valley"}, ("2020-02", "2020-03"))
            scores = self.score("--from", "2020-01-15", "--until", "2020-03-31")
            for name, value in wanted.items():
                row, = self.rows(scores, target="deaths", unit="dyad", score=name, model="truel")
                self.assertTrue(row["n"] == 6 or name.startswith("within"))
                self.assertAlmostEqual(row["value"], value, delta=1e-6 * abs(value))

    def test_all_deaths_are_those_of_fighters_and_of_people_harmed(self):
        (self.folder / "data" / "events.csv").write_text(EVENTS, encoding="utf-8")
        data = self.arrays("2020-02-01", "2020-04-01")
        harmed = numpy.asarray(data["harm_by_month"][:], dtype=float)
        self.assertGreater(harmed.sum(), 0)
        scores = self.score("--from", "2020-02-01", "--until", "2020-03-31")
        values = {}
        for bound in ("low", "best", "high"):
            wanted = all_death_scores(data, bound, ("2020-02", "2020-03"))
            for name, value in wanted.items():
                row, = self.rows(scores, target="deaths", unit=f"dyad-{bound}", score=name, model="truel")
                self.assertEqual((row["n"], row["against"]), (6, "conflictology"))
                self.assertAlmostEqual(row["value"], value, delta=1e-6 * abs(value))
                values[bound, name] = value
            # Baselines know the best estimate of the months before, whatever they are held against: here 6, 0, 56 and 0.
            own = [6, 0, 56, 0]
            observed = {"low": (50, 140), "best": (53, 153), "high": (80, 180)}[bound]
            spread = sum(abs(x - y) for x in own for y in own) / (2 * 4 * 3)
            row, = self.rows(scores, target="deaths", unit=f"dyad-{bound}", score="fair-crps", model="conflictology")
            self.assertAlmostEqual(row["value"], (observed[0] + sum(abs(x - observed[1]) + abs(x) for x in own) / 4
                                                  - 2 * spread) / 6)
        self.assertEqual(len({values[bound, "fair-crps"] for bound in ("low", "best", "high")}), 3)
        killed = numpy.asarray(data["place_losses_by_month"][:], dtype=float)
        hurt = numpy.asarray(data["place_harm_by_month"][:], dtype=float)
        places = list(data["place"][:])
        fair = 0
        for month, (place, deaths) in enumerate((("mill", 53), ("pass", 153))):
            for p in range(len(places)):
                fair += fair_crps(killed[:, month, p] + hurt[:, month, p], deaths if p == places.index(place) else 0)
        row, = self.rows(scores, target="deaths", unit="place-best", score="fair-crps", model="truel")
        self.assertEqual(row["n"], 2 * len(places))
        self.assertAlmostEqual(row["value"], fair / row["n"], delta=1e-6 * fair)

    def add_air_arm(self, **column):
        """Guests who strike the river league from the air, and both others fight it on the ground."""
        war = self.folder / "war"

        def rows(name):
            return table(war / name)

        def put(name, table):
            with open(war / name, "w", encoding="utf-8", newline="") as lines:
                writer = csv.DictWriter(lines, list(dict.fromkeys(key for row in table for key in row)))
                writer.writeheader()
                writer.writerows(table)
        basis = "assumed: a test"
        put("actors.csv", rows("actors.csv") + [{
            "id": "guest_air", "name": "Guests", "kind": "air", "intelligence": "0.5", "basis": basis, "sorties_per_day": "20",
            "sorties_per_day_basis": basis, "kills_per_sortie": "0.5", "kills_per_sortie_basis": basis, **column}])
        put("commands.csv", [{**row, "attack_ratio": "0.3", "breaking_point": "0.9"} for row in rows("commands.csv")] + [
            {"id": "guest_air", "name": "Guests", "doctrine": "priority", "temperature": "0.3", "basis": basis}])
        put("forces.csv", rows("forces.csv") + [{"actor": "highland_front", "place_id": "harbour", "date": "2019-01-01",
                                                 "fighters": "800", "basis": basis}])
        put("ties.csv", rows("ties.csv") + [{"a": "guest_air", "b": b, "alignment": alignment, "basis": basis} for b, alignment
                                            in (("river_league", -1), ("government", 0.8), ("highland_front", 0.8))])
        toml = war / "scenario.toml"
        toml.write_text(toml.read_text(encoding="utf-8").replace("[laws.fire]", "[laws.strikes]\non = true\n\n[laws.fire]", 1),
                        encoding="utf-8")

    def strikes_scored(self, booked):
        """fair-crps of deaths by dyad with what guests killed added by `booked`: {dyad: members}, from {dyad: members}."""
        months = ("2020-02", "2020-03", "2020-04", "2020-05", "2020-06")
        ensemble = self.folder / "out" / "ensemble.nc"
        data = netCDF4.Dataset(ensemble) if ensemble.exists() else self.arrays("2020-02-01", "2020-07-01")
        killed = numpy.asarray(data["losses_by_month"][:], dtype=float).sum(axis=3)
        pairs = list(zip(data["attacker"][:], data["target"][:]))
        total = 0
        struck = killed[:, :, pairs.index(("guest_air", "river_league"))]
        self.assertGreater(struck.mean(), 1)
        for month in months:
            column = list(data["month"][:]).index(month)
            own = {dyad: sum(killed[:, column, k] for k, pair in enumerate(pairs) if tuple(sorted(pair)) == dyad)
                   + numpy.zeros(RUNS) for dyad in DYADS}
            for dyad, members in booked(own, struck[:, column]).items():
                observed = {("2020-02", ("government", "river_league")): 43,
                            ("2020-03", ("government", "highland_front")): 152}.get((month, dyad), 0)
                total += fair_crps(members, observed)
        return total / (3 * len(months))

    def score_of_strikes(self):
        later = '7,1,the army,the Front,1,1,45.6,10.25,Valley,2020-06-30,2020-06-30,0,0,0,0,0,0,0\n'
        (self.folder / "data" / "events.csv").write_text(EVENTS + later, encoding="utf-8")
        row, = self.rows(self.score("--from", "2020-02-01", "--until", "2020-06-30", "--told"), target="deaths", unit="dyad",
                         score="fair-crps", model="truel")
        return row["value"]

    def test_strikes_of_a_sides_own_air_arm_are_deaths_of_its_dyads(self):
        self.add_air_arm(record_code="government")

        def booked(own, struck):
            return {**own, ("government", "river_league"): own["government", "river_league"] + struck}
        wanted = self.strikes_scored(booked)
        self.assertAlmostEqual(self.score_of_strikes(), wanted, delta=1e-6 * wanted)

    def test_strikes_of_guests_are_deaths_of_the_dyads_that_they_support(self):
        self.add_air_arm()
        left_out = self.strikes_scored(lambda own, struck: own)
        self.assertAlmostEqual(self.score_of_strikes(), left_out, delta=1e-6 * left_out)
        (self.folder / "war" / "observations.toml").write_text(
            'format = 1\n[supports]\nguest_air = ["highland_front", "government", "nobody"]\n', encoding="utf-8")
        cases = {"shared": 0, "first": 0}

        def booked(own, struck):
            supported = [("highland_front", "river_league"), ("government", "river_league")]
            fought = sum(own[dyad] for dyad in supported)
            cases["shared"] += numpy.count_nonzero((own[supported[0]] > 0) & (own[supported[1]] > 0))
            cases["first"] += numpy.count_nonzero((fought == 0) & (struck > 0))
            share = numpy.where(fought > 0, own[supported[0]] / numpy.maximum(fought, 1e-9), 1)
            return {**own, supported[0]: own[supported[0]] + share * struck,
                    supported[1]: own[supported[1]] + (1 - share) * struck}
        wanted = self.strikes_scored(booked)
        self.assertGreater(min(cases.values()), 0, cases)
        self.assertNotAlmostEqual(wanted, left_out, places=3)
        self.assertAlmostEqual(self.score_of_strikes(), wanted, delta=1e-6 * wanted)

    def test_deaths_by_place_and_month_agree_with_those_of_the_arrays(self):
        (self.folder / "data" / "events.csv").write_text(EVENTS, encoding="utf-8")
        data = self.arrays("2020-02-01", "2020-04-01")
        killed = numpy.asarray(data["place_losses_by_month"][:], dtype=float)
        # In February 43 men beside the mill, in March 152 at the pass: the nearest places of the map.
        where = [min(range(len(data["place"])), key=lambda p: math.hypot(
            data["latitude"][p] - latitude, (data["longitude"][p] - longitude) * math.cos(math.radians(latitude))))
            for latitude, longitude in ((45.35, 10.55), (45.6, 10.25))]
        fair = 0
        for month, (place, deaths) in enumerate(zip(where, (43, 152))):
            for p in range(killed.shape[2]):
                fair += fair_crps(killed[:, month, p], deaths if p == place else 0)
        row, = self.rows(self.score("--from", "2020-02-01", "--until", "2020-03-31"), target="deaths", unit="place",
                         score="fair-crps", model="truel")
        self.assertEqual(row["n"], 2 * killed.shape[2])
        self.assertAlmostEqual(row["value"], fair / row["n"], delta=1e-6 * fair)

    def test_reliability_is_that_of_isotonic_regression(self):
        self.truel("score", "war", "--observed", "data", "--runs", RUNS, "--origins", "quarterly", "--out", "out",
                   "--quiet")
        scores = json.loads((self.folder / "out" / "scores.json").read_text(encoding="utf-8"))
        losses = [r for r in table(self.folder / "out" / "losses.csv") if r["score"] == "change-probability" and r["model"] == "truel"
                  and r["unit"] == "place"]
        self.assertTrue(losses)
        for told in scores["reliability"]:
            if told["model"] != "truel" or told["unit"] != "place":
                continue
            pairs = [(float(r["value"]), r["changed"] == "yes") for r in losses
                     if int(r["horizon_months"]) == told["horizon_months"]]
            rate = sum(y for _, y in pairs) / len(pairs)
            score = sum((x - y) ** 2 for x, y in pairs) / len(pairs)
            recalibrated = sum((x - y) ** 2 for x, y in isotonic(pairs)) / len(pairs)
            self.assertEqual((told["n"], told["changed"]), (len(pairs), sum(y for _, y in pairs)))
            for name, value in (("score", score), ("miscalibration", score - recalibrated),
                                ("discrimination", rate * (1 - rate) - recalibrated), ("uncertainty", rate * (1 - rate))):
                self.assertAlmostEqual(told[name], value, places=5)
            self.assertEqual(sum(step["n"] for step in told["steps"]), told["n"])
            shares = [step["share"] for step in told["steps"]]
            self.assertEqual(shares, sorted(shares))

    def test_a_recalibration_of_control_learns_from_windows_that_had_ended(self):
        self.truel("score", "war", "--observed", "data", "--runs", RUNS, "--origins", "quarterly", "--out", "out", "--quiet")
        scores = json.loads((self.folder / "out" / "scores.json").read_text(encoding="utf-8"))
        fitted = {(r["origin"], str(r["horizon_months"])): r for r in scores["recalibrations"]}
        self.assertEqual(fitted.keys(), {(b["origin"], str(b["horizon_months"])) for b in scores["blends"]})
        self.assertNotIn(("2019-10-01", "3"), fitted)
        chance, changed = {"truel": {}, "truel-recalibrated": {}}, {}
        for row in table(self.folder / "out" / "losses.csv"):
            if row["score"] == "change-probability" and row["unit"] == "place" and row["model"] in chance:
                key = row["origin"], row["horizon_months"], row["name"]
                chance[row["model"]][key], changed[key] = float(row["value"]), row["changed"] == "yes"
        self.assertEqual({key[:2] for key in chance["truel-recalibrated"]}, set(fitted))
        for key, value in chance["truel-recalibrated"].items():
            told = min(max(chance["truel"][key], 0.5 / RUNS), 1 - 0.5 / RUNS)
            log_odds = fitted[key[:2]]["intercept"] + fitted[key[:2]]["slope"] * math.log(told / (1 - told))
            self.assertAlmostEqual(value, 1 / (1 + math.exp(-log_odds)), delta=2e-5)
        self.assertIn("truel-recalibrated", {r["model"] for r in scores["reliability"] if r["unit"] == "place"})
        for told in (r for r in scores["reliability"] if r["unit"] == "place"):
            if told["model"] != "truel-recalibrated":
                self.assertIsNone(told["raw_miscalibration"])
                continue
            pairs = [(chance["truel"][key], changed[key]) for key in chance["truel-recalibrated"] if int(key[1]) == told["horizon_months"]]
            raw = sum((x - y) ** 2 for x, y in pairs) - sum((x - y) ** 2 for x, y in isotonic(pairs))
            self.assertAlmostEqual(told["raw_miscalibration"], raw / len(pairs), places=5)
        self.assertIn("truel recalibrated", (self.folder / "out" / "reliability.svg").read_text(encoding="utf-8"))

    def test_score_json_has_who_held_each_place_beside_the_model(self):
        self.truel("score", "war", "--observed", "data", "--runs", RUNS, "--out", "out", "--quiet")
        page = json.loads((self.folder / "out" / "score.json").read_text(encoding="utf-8"))
        window, = page["places"]
        mill = window["places"]["mill"]
        self.assertEqual((mill["before"], mill["observed"], mill["compared"]), ("river_league", "government", True))
        self.assertAlmostEqual(sum(mill["truel"].values()), 1, places=2)
        row, = [r for r in page["windows"] if (r["unit"], r["subset"], r["score"], r["model"]) ==
                ("place", "all", "brier", "truel")]
        # The fair Brier score once more, from the probabilities of the page.
        total = 0
        for place in window["places"].values():
            if place["compared"]:
                total += sum((share - (side == place["observed"])) ** 2 - share * (1 - share) / (RUNS - 1)
                             for side, share in {place["observed"]: 0, **place["truel"]}.items())
        self.assertAlmostEqual(total / row["n"], row["value"], places=2)

    def test_check_lists_what_has_no_match(self):
        (self.folder / "data" / "events.csv").write_text(EVENTS.replace("The river league", "Smugglers"), encoding="utf-8")
        (self.folder / "data" / "places.txt").write_text("123\tElsewhere\t" + "\t" * 2 + "45\t10" + "\t" * 13 + "\n",
                                                         encoding="utf-8")
        told = self.truel("check", "war", "--observed", "data").stdout
        self.assertIn("deep/who.csv: control spells, 9 rows, no citation in observations.toml\n", told)
        self.assertIn("events.csv: UCDP events, 6 rows\n", told)
        self.assertIn("places.txt: GeoNames places, 1 row\n", told)
        self.assertIn("every place has a match", told)
        self.assertIn("  Smugglers (1)", told)
        self.assertIn("1 row left out by month", told)

    def test_months_that_no_file_of_deaths_covers_are_no_data(self):
        columns = EVENTS.splitlines()[0]
        later = (columns + "\n11,1,the army,the Front,1,1,45.6,10.25,Valley,2020-06-10,2020-06-10,4,0,0,0,4,4,4\n"
                 "12,1,the army,the Front,1,1,45.6,10.25,Valley,{0},{0},7,0,0,0,7,7,7\n")
        (self.folder / "data" / "first.csv").write_text(EVENTS, encoding="utf-8")
        (self.folder / "data" / "later.csv").write_text(later.format("2020-08-31"), encoding="utf-8")
        self.assertIn("no file of events covers 2020-04 to 2020-05\n", self.truel("check", "war", "--observed", "data").stdout)
        scores = self.score("--from", "2020-04-01", "--until", "2020-05-31", runs=4)
        self.assertEqual(self.rows(scores, target="deaths"), [])
        self.assertTrue(self.rows(scores, target="control"))
        self.assertIn("no file of events covers 2020-04 to 2020-05", " ".join(scores["remarks"]))
        scores = self.score("--from", "2020-06-01", "--until", "2020-08-31", runs=4)
        deaths = {r["model"]: r for r in self.rows(scores, unit="dyad", score="fair-crps")}
        self.assertEqual(set(deaths), {"truel", "zero", "conflictology", "zinb-climatology", "blend"})
        total = 0  # the six months that are known before, and none of the two that are not
        for own, observed in (([5, 0, 55, 0, 0, 152], (4, 0, 7)), ([0, 0, 0, 0, 43, 0], (0, 0, 0))):
            spread = sum(abs(x - y) for x in own for y in own) / (2 * 6 * 5)
            total += sum(sum(abs(x - o) for x in own) / 6 - spread for o in observed)
        self.assertAlmostEqual(deaths["conflictology"]["value"], total / 9)
        (self.folder / "data" / "later.csv").write_text(later.format("2020-08-05"), encoding="utf-8")
        scores = self.score("--from", "2020-06-01", "--until", "2020-08-31", runs=4)
        zero, = self.rows(scores, unit="dyad", score="fair-crps", model="zero")
        self.assertEqual((zero["until"], zero["n"]), ("2020-07-31", 6))
        self.assertAlmostEqual(zero["value"], 4 / 6)
        self.assertIn("the observed data of deaths end on 2020-07-31", " ".join(scores["remarks"]))
        self.assertEqual(scores["record"]["counts"]["left out by month: no file of events goes on to the end of the month"], 1)

    def test_deaths_are_not_scored_by_what_no_event_of_the_record_is_of(self):
        acled = ("event_id_cnty,event_date,event_type,actor1,actor2,country,latitude,longitude,fatalities\n"
                 + "".join(f"V{month},2020-0{month}-28,Battles,Militia (Valley),Police,Valley,{{}},10.25,7\n"
                           for month in (1, 2, 3, 4)))
        window = ("--from", "2020-02-01", "--until", "2020-03-31")
        for latitude, units in ((45.6, {"place", "place-best", "place-low", "place-high"}), (49, set())):
            (self.folder / "data" / "acled.csv").write_text(acled.replace("{}", str(latitude)), encoding="utf-8")
            scores = self.score(*window, runs=4)
            self.assertEqual({row["unit"] for row in self.rows(scores, target="deaths")}, units)
            for unit in ("dyad", "place"):
                said = f"no observed event is of a {unit} that could be scored: deaths by {unit} are not"
                self.assertEqual(said in " ".join(scores["remarks"]), unit not in units)
        self.truel("score", "war", "--observed", "data", *window, "--runs", 4, "--out", "out", "--quiet")

    def test_the_reference_scenario_knows_the_sides_of_acled(self):
        # The side that fights each in a made record, and the dyad that its deaths belong to.
        fights = [("Military Forces of Syria (2000-)", "Opposition Rebels (Syria)", "syrian_government - insurgents", 12),
                  ("Allied Syrian and/or Russian Forces", "HTS: Hayat Tahrir al Sham", "syrian_government - insurgents", 5),
                  ("QDW: National Defense Forces", "Islamic State (Syria)", "syrian_government - isis", 30),
                  ("Global Coalition Against Daesh", "Islamic State (Syria)", None, 7),
                  ("QSD: Syrian Democratic Forces", "Islamic State (Iraq)", "isis - kurds_sdf", 11),
                  ("Military Forces of Turkey (2016-)", "YPG: Peoples Protection Units", "kurds_sdf - turkey_backed", 2),
                  ("Unidentified Armed Group (Syria)", "Islamic State (Syria)", None, 3)]
        rows = "".join(f"SYR{k},2016-01-{10 + k},Battles,{a},{b},Syria,36.2,37.15,{dead},1,1\n"
                       for k, (a, b, _, dead) in enumerate(fights))
        acled = self.folder / "acled"
        acled.mkdir()
        (acled / "2016.csv").write_text(
            "event_id_cnty,event_date,event_type,actor1,actor2,country,latitude,longitude,fatalities,geo_precision,"
            f"time_precision\n{rows}SYR99,2016-01-31,Protests,Protesters (Syria),,Syria,36.2,37.15,0,1,1\n", encoding="utf-8")
        package = ROOT / "scenarios" / "syria-2016"
        self.truel("score", package, "--observed", acled, "--from", "2016-01-01", "--until", "2016-01-31", "--runs", 2, "--out",
                   "out", "--quiet")
        wanted = {}
        for _, _, dyad, dead in fights:
            if dyad:
                wanted[frozenset(dyad.split(" - "))] = wanted.get(frozenset(dyad.split(" - ")), 0) + dead
        zero = {frozenset(row["name"].rsplit(" ", 1)[0].split(" - ")): float(row["value"]) for row in table(self.folder / "out" / "losses.csv")
                if (row["unit"], row["model"], row["score"]) == ("dyad", "zero", "fair-crps")}
        self.assertEqual({dyad: dead for dyad, dead in zero.items() if dead}, wanted)
        told = self.truel("check", package, "--observed", acled).stdout
        self.assertIn("Unidentified Armed Group (Syria) (1)", told)
        for name in (name for a, b, _, _ in fights[:-1] for name in (a, b)):
            self.assertNotRegex(told, re.escape(name) + r" \(\d+\)")

    def test_a_baseline_without_data_is_said_to_have_none(self):
        (self.folder / "data" / "events.csv").write_text(EVENTS, encoding="utf-8")
        for origin, is_there in ("2020-01-01", True), ("2020-07-01", False):  # events are from October to March
            span = ("--from", origin, "--until", "2020-09-30")
            remarks = " ".join(self.score(*span, runs=4)["remarks"])
            self.assertEqual("spatial-hazard-deaths has no data at 1 of 1 origins" in remarks, not is_there)
            table = self.truel("score", "war", "--observed", "data", *span, "--runs", 4, "--quiet").stdout
            self.assertRegex(table, r"spatial hazard deaths +\d\.\d{3}" if is_there else r"spatial hazard deaths +no data")

    def test_every_event_without_a_dyad_or_a_place_is_counted_with_its_reason(self):
        more = ("7,1,the army,Smugglers,1,1,45.6,10.25,Valley,2020-03-01,2020-03-03,2,1,1,0,4,4,4\n"
                "8,2,the army,the army,1,1,48,10.25,Valley,2020-03-01,2020-03-03,2,1,1,0,4,4,4\n"
                "9,3,the army,Civilians,6,1,45.6,10.25,Valley,2020-03-01,2020-03-03,0,0,4,0,4,4,4\n")
        (self.folder / "data" / "events.csv").write_text(EVENTS + more, encoding="utf-8")
        wanted = {"left out by month: known to a month or worse": 1,
                  "left out by dyad: one-sided violence": 2,
                  "left out by dyad: not between two sides of the war": 1,
                  "left out by dyad: between sides that count as one": 1,
                  "left out by place: known to a line, area or country only": 1,
                  "left out by place: no place of the map within 25 km": 1,
                  "left out by place: one-sided violence": 1}
        scores = self.score("--from", "2020-02-01", "--until", "2020-03-31", runs=4)
        self.assertEqual({reason: n for reason, n in scores["record"]["counts"].items() if "left out" in reason}, wanted)
        self.assertIn("5 of 9 observed events are of no dyad that is scored", " ".join(scores["remarks"]))
        self.assertIn("4 of 9 observed events are of no place that is scored", " ".join(scores["remarks"]))
        # 2 + 150 of event 6, of 5 + 55 + 43 + 152 + 152.
        self.assertIn("of the observed deaths by dyad 37 % are in events dated to a month or worse", " ".join(scores["remarks"]))
        told = self.truel("check", "war", "--observed", "data").stdout
        for reason, n in wanted.items():
            self.assertIn(f"{n} row{'s' if n > 1 else ''} {reason}\n", told)

    def test_a_side_without_men_on_the_ground_has_a_match(self):
        self.add_air_arm()
        events = EVENTS.replace("The river league", "Visitors", 1).replace("Civilians", "Guests", 1)
        (self.folder / "data" / "events.csv").write_text(events, encoding="utf-8")
        (self.folder / "war" / "observations.toml").write_text('format = 1\n[sides]\nVisitors = "guest_air"\n', encoding="utf-8")
        self.assertIn("every side has a match", self.truel("check", "war", "--observed", "data").stdout)
        (self.folder / "war" / "observations.toml").write_text('format = 1\n[sides]\nVisitors = "guest_sea"\n', encoding="utf-8")
        told = self.truel("check", "war", "--observed", "data").stdout
        self.assertIn("without a match: 1 of the kind side, in 1 row\n  Visitors (1)", told)

    def test_check_counts_spells_that_contradict_and_rules_without_effect(self):
        told = self.truel("check", "war", "--observed", "data").stdout
        self.assertNotIn("kept with a doubt", told)
        table = self.folder / "data" / "deep" / "who.csv"
        table.write_text(SPELLS + "summit,2020-06-01,2020-12-31,government,maybe\n", encoding="utf-8")
        (self.folder / "war" / "observations.toml").write_text(
            'format = 1\n[merged]\nfronts = ["highland_front", "lowland_front"]\n'
            '[supports]\ngovernment = ["highland_front", "nobody"]\n', encoding="utf-8")
        told = " ".join(self.truel("check", "war", "--observed", "data").stdout.split())
        self.assertIn("1 row kept with a doubt: spells that begin before another holder's spell", told)
        self.assertIn("1 row kept as sure: spells with a confidence that is none of high, medium and low", told)
        self.assertIn("1 row of [merged] in observations.toml without effect: lowland_front is no side", told)
        self.assertIn("1 row of [supports] in observations.toml without effect: government is no side without men", told)
        self.assertIn("1 row of [supports] in observations.toml without effect: nobody is no side", told)

    @unittest.skipIf(observed_folder() is None, "without the record of the reference scenario")
    def test_scores_of_the_reference_scenario_agree_with_those_of_the_arrays(self):
        package = ROOT / "scenarios" / "syria-2016"
        codes = {row["id"]: row["record_code"] or row["id"] for row in table(package / "actors.csv")}
        observed = observed_folder()
        self.agree(package, observed, observed / "control" / "control_spells.csv", codes.get, "2016-01-01", "2016-03-31")

    def test_a_forecast_does_not_know_changes_dated_after_its_first_day(self):
        shutil.copytree(self.folder / "war", self.folder / "blind")
        changes = self.folder / "blind" / "interventions.csv"
        begin = changes.read_text(encoding="utf-8").splitlines(keepends=True)
        (self.folder / "war" / "interventions.csv").write_text(
            "".join(begin) + "guests,2020-01-01,arrive,,river_league,harbour,50,assumed: they are there,\n"
            "host,2020-02-01,arrive,,highland_front,bridge,90000,assumed: a great host,\n", encoding="utf-8")
        changes.write_text(begin[0] + "guests,2020-01-01,arrive,,river_league,harbour,50,assumed: they are there,\n",
                           encoding="utf-8")
        window = "--from", "2020-01-01", "--until", "2020-12-31"

        def brier(*arguments, package):
            scores = self.score(*window, *arguments, package=package)
            row, = self.rows(scores, unit="place", subset="all", score="brier", model="truel", merged=False)
            return row["value"], scores["told"]

        hidden = brier(package="war")
        self.assertEqual(hidden, brier(package="blind"))
        self.assertEqual(hidden[1], False)
        told = brier("--told", package="war")
        self.assertNotEqual(told[0], hidden[0])
        self.assertEqual(told[1], True)

    def test_a_forecast_may_start_from_an_analysis(self):
        window = "--from", "2020-07-01", "--until", "2020-10-01"
        scores = [self.score(*window, *more) for more in (("--analysis", "--threads", "1"), ("--analysis", "--threads", "2"), ())]

        def brier(scores):
            row, = self.rows(scores, unit="place", subset="all", score="brier", model="truel", merged=False)
            return row["value"], row["n"]

        self.assertEqual(brier(scores[0]), brier(scores[1]))
        self.assertNotEqual(brier(scores[0])[0], brier(scores[2])[0])
        self.assertEqual(brier(scores[0])[1], brier(scores[2])[1])
        self.assertEqual([s["analysis"] for s in scores], [True, True, False])

    def test_an_analysis_finds_how_well_places_are_defended(self):
        window = "--from", "2020-08-01", "--until", "2020-10-01", "--analysis", "--set", "scenario.laws.hidden_defence.on=1"
        one = self.score(*window, "--threads", "2")
        if not SANITIZED:  # it is the same number by number, and an analysis takes long
            self.assertEqual(one, self.score(*window, "--threads", "1"))
        learned = one["hidden_defence"]
        self.assertEqual({(row["origin"], row["account"]) for row in learned}, {("2020-08-01", "base")})
        for row in learned:
            self.assertLess(row["low"], row["median"])
            self.assertLess(row["median"], row["high"])
            self.assertTrue(1 <= row["effective_size"] <= 256.001, row)
        self.assertTrue(any(row["effective_size"] < 250 for row in learned), "the record says something of some place")
        self.assertTrue(any("changes of hands" in remark and "effective size" in remark for remark in one["remarks"]), one["remarks"])
        early = self.score("--from", "2019-04-01", "--until", "2019-06-01", *window[4:])
        self.assertNotIn("hidden_defence", early)
        self.assertTrue(any("too few to say what is hidden" in remark for remark in early["remarks"]), early["remarks"])

    def test_an_analysis_finds_how_hard_sides_fight(self):
        head = "\n".join(EVENTS.splitlines()[:2]) + "\n"
        months = [f"{2019 + m // 12}-{m % 12 + 1:02d}" for m in range(7, 20)]
        window = "--from", "2020-08-01", "--until", "2020-10-01", "--set", "scenario.laws.hidden_lethality.on=1"

        def learned(side, dead, *arguments):
            (self.folder / "data" / "events.csv").write_text(head + "".join(
                f"{m},1,the army,{side},1,1,45.35,10.55,Valley,{m}-05,{m}-05,0,{dead},0,0,{dead},{dead},{dead}\n" for m in months), encoding="utf-8")
            scores = self.score(*window, *arguments)
            return {row["dyad"]: row for row in scores["hidden_lethality"]}, scores

        many, analysis = learned("The river league", 300, "--analysis", "--threads", "2")
        if not SANITIZED:  # it is the same number by number, and an analysis takes long
            self.assertEqual(many, learned("The river league", 300, "--analysis", "--threads", "1")[0])
        few, of_few = learned("the Front", 300, "--analysis")
        for row in [*many.values(), *few.values()]:
            self.assertTrue(0 < row["low"] <= row["median"] <= row["high"], row)
        league, front = "government - river_league", "government - highland_front"
        self.assertGreater(many[league]["median"], 1.2 * few[league]["median"], "who loses hundreds a month fights harder than who loses nobody")
        self.assertGreater(many[league]["conflict"], few[league]["conflict"])
        self.assertEqual(many[front]["median"], few[front]["median"], "no run has a fight of these two: nothing is learned")
        self.assertTrue(any(front in remark and "nothing is learned from them" in remark for remark in of_few["remarks"]), of_few["remarks"])
        self.assertEqual((many[league]["lull"], many[front]["lull"]), (0, 0))
        self.assertGreater(few[league]["lull"], 0.9, "who loses nobody for half a year, where runs have hundreds, has stopped fighting")
        self.assertTrue(any("farthest from the runs" in remark for remark in analysis["remarks"]), analysis["remarks"])

        at_origin, scores = learned("The river league", 300)
        self.assertGreater(at_origin[league]["median"], 1.2 * learned("the Front", 300)[0][league]["median"])
        self.assertTrue(any("what the deaths of the year before say" in remark for remark in scores["remarks"]), scores["remarks"])
        self.assertFalse(scores["analysis"])
        (self.folder / "data" / "events.csv").write_text(head, encoding="utf-8")
        self.assertNotIn("hidden_lethality", self.score(*window), "no deaths, nothing to learn")
        scores = self.score(*window, "--analysis")
        self.assertNotIn("hidden_lethality", scores)
        self.assertTrue(any("too few to say how hard sides fight" in remark for remark in scores["remarks"]), scores["remarks"])

    def test_the_share_of_each_enemy_agrees_with_the_arrays(self):
        (self.folder / "data" / "events.csv").write_text(EVENTS.replace("2020-03", "2020-08"), encoding="utf-8")
        data = self.arrays("2020-01-15", "2020-09-01")
        killed = numpy.asarray(data["losses_by_month"][:], dtype=float)
        months = [list(data["month"][:]).index(month) for month in [f"2020-{m:02d}" for m in range(2, 9)]]
        pairs = [tuple(sorted(pair)) for pair in zip(data["attacker"][:], data["target"][:])]

        def killed_between(a, b):
            own = [k for k, pair in enumerate(pairs) if pair == tuple(sorted((a, b)))]
            return killed[:, months][:, :, own].sum(axis=(1, 2, 3))

        scores = self.score("--from", "2020-01-15", "--until", "2020-08-31", "--out", "scores")
        told = {(f["side"], f["enemy"]): f for f in scores["fights"]}
        self.assertEqual(set(told), {(a, b) for a in FRONTS for b in FRONTS if a != b})
        # Of the army's dead and killed, 152 fell against the Front and 43 against the league, which fought nobody else.
        record = {("government", "highland_front"): 152 / 195, ("government", "river_league"): 43 / 195, ("highland_front", "government"): 1,
                  ("highland_front", "river_league"): 0, ("river_league", "government"): 1, ("river_league", "highland_front"): 0}
        wanted = []
        for (a, b), share in record.items():
            self.assertAlmostEqual(told[a, b]["record"], share)
            all_of_a = sum(killed_between(a, c) for c in FRONTS if c != a)
            members = killed_between(a, b)[all_of_a > 0] / all_of_a[all_of_a > 0]
            if a == "highland_front":  # whom nobody fights in these runs: they say nothing of its enemies
                self.assertEqual((len(members), told[a, b]["runs_median"]), (0, None))
                continue
            self.assertAlmostEqual(told[a, b]["runs_median"], numpy.median(members), places=6)
            wanted.append(fair_crps(members, share))
        low, high = told["government", "river_league"]["record_interval"]
        self.assertAlmostEqual(low, min(43 / 195, 50 / 190, 53 / 206, 80 / 260))
        self.assertAlmostEqual(high, max(43 / 195, 50 / 190, 53 / 206, 80 / 260))
        row, = self.rows(scores, target="fights", score="fair-crps", model="truel")
        self.assertEqual((row["n"], row["against"]), (4, "even"))
        self.assertAlmostEqual(row["value"], sum(wanted) / 4, places=6)
        even, = self.rows(scores, target="fights", score="fair-crps", model="even")
        self.assertAlmostEqual(even["value"], sum(abs(share - 0.5) for share in record.values()) / 6)
        self.assertEqual(len(table(self.folder / "scores" / "fights.csv")), 6)

    def test_what_each_pair_did_in_each_run_gives_the_shares_of_its_enemies(self):
        (self.folder / "data" / "events.csv").write_text(EVENTS.replace("2020-03", "2020-08"), encoding="utf-8")
        window = "--from", "2020-01-15", "--until", "2020-08-31", "--account", "base", "--account", "proxy"
        scores = self.score(*window, "--power", "--out", "scores")
        rows = table(self.folder / "scores" / "fights_by_run.csv")
        record = {(r["side"], r["enemy"]): (float(r["deaths"]), int(r["months"])) for r in rows if r["account"] == ""}
        self.assertEqual({tuple(sorted(pair)): of for pair, of in record.items()},
                         {("government", "highland_front"): (152, 1), ("government", "river_league"): (43, 1), ("highland_front", "river_league"): (0, 0)})
        until = max(f["until"] for f in scores["fights"])
        for account in ("base", "proxy"):
            deaths = {}
            for row in rows:
                if row["account"] == account:
                    self.assertEqual(row["until"], until)
                    self.assertLessEqual(int(row["months"]), 8)
                    self.assertEqual(float(row["deaths"]) >= 1, int(row["months"]) > 0)
                    deaths.setdefault(int(row["realization"]), {})[tuple(sorted((row["side"], row["enemy"])))] = float(row["deaths"])
            self.assertEqual(sorted(deaths), list(range(RUNS)))
            told, = (f for f in scores["fights"]
                     if (f["account"], f["until"], f["side"], f["enemy"]) == (account, until, "government", "river_league"))
            shares = sorted(of["government", "river_league"] / all_of for of in deaths.values()
                            if (all_of := of["government", "river_league"] + of["government", "highland_front"]) > 0)
            self.assertAlmostEqual(told["runs_median"], (shares[(len(shares) - 1) // 2] + shares[len(shares) // 2]) / 2, places=4)
        self.score(*window, "--out", "plain")
        self.assertFalse((self.folder / "plain" / "fights_by_run.csv").exists())

    def test_a_window_has_the_rows_of_the_contract(self):
        scores = self.score("--from", "2020-01-01", "--until", "2020-12-31")
        keys = {"origin", "from", "until", "horizon_months", "target", "unit", "subset", "merged", "score", "model",
                "account", "value", "interval", "difference", "against_value", "against_n", "n"}
        for row in scores["windows"]:
            self.assertLessEqual(keys, set(row))
        models = {row["model"] for row in self.rows(scores, target="control")}
        self.assertEqual(models, {"truel", "persistence", "pair-rates", "spatial-hazard", "contact"})
        row, = self.rows(scores, unit="place", subset="all", score="brier", model="persistence")
        self.assertEqual((row["value"], row["n"], row["horizon_months"], row["difference"]), (2 * 2 / 6, 6, 12, 0))
        self.assertEqual(scores["record"]["places"][0]["low_confidence"], 1)
        sure = [r for r in scores["without_low_confidence"] if r["model"] == "truel" and r["subset"] == "all"]
        self.assertEqual([r["n"] for r in sure], [5])

    def test_quarterly_origins_are_scored_one_by_one_and_together(self):
        scores = self.score("--origins", "quarterly", "--each-account", "--threads", 2, runs=FEW_RUNS)
        briers = self.rows(scores, subset="all", score="brier", model="truel", account="base")
        self.assertEqual({r["origin"] for r in briers if r["horizon_months"] == 12},
                         {"2019-10-01", "2020-01-01"})
        self.assertEqual(len(self.rows(scores, subset="all", score="brier", model="truel", account="proxy")),
                         len(briers))
        blends = {b["origin"]: b["weight_of_truel"] for b in scores["blends"] if b["horizon_months"] == 3}
        self.assertNotIn("2019-10-01", blends)
        self.assertTrue(all(0 <= weight <= 1 for weight in blends.values()))
        for horizon in (3, 6, 12):
            pool = [r for r in scores["pooled"] if r["horizon_months"] == horizon and r["score"] == "brier"
                    and r["model"] == "truel" and r["account"] == "base" and r["subset"] == "all"]
            own = [r for r in briers if r["horizon_months"] == horizon]
            self.assertAlmostEqual(pool[0]["value"], sum(r["value"] * r["n"] for r in own) / sum(r["n"] for r in own))
            self.assertEqual(pool[0]["windows"], len(own))
        self.assertEqual(self.score("--origins", "quarterly", "--each-account", "--threads", 1, runs=FEW_RUNS), scores)

    def respelled(self, *changes):
        """The observed data with some words replaced, in the folder of its own that is given."""
        spells = SPELLS
        for old, new in changes:
            spells = spells.replace(old, new)
        (self.folder / "respelled").mkdir(exist_ok=True)
        (self.folder / "respelled" / "spells.csv").write_text(spells, encoding="utf-8")
        return "respelled"

    def test_data_of_sides_that_the_package_does_not_know_are_refused(self):
        unknown = self.respelled(("government", "Damascus"), ("highland_front", "Front"), ("river_league", "League"))
        told = self.refused("score", "war", "--observed", unknown, "--runs", 2)
        self.assertIn("no actor of the package is a holder of the observed data: `Damascus`, `Front`, `League`", told)
        self.assertIn("[holders] of observations.toml", told)

    def test_a_side_that_the_package_does_not_know_is_told(self):
        told, = (r for r in self.score(observed=self.respelled(("river_league", "League")), runs=2)["remarks"] if "no actor" in r)
        self.assertIn("`League`", told)

    def test_places_that_begin_with_another_holder_are_told(self):
        lost = self.respelled(("capital,2020-01-01,2020-12-31,government", "capital,2020-01-01,2020-12-31,river_league"))
        told, = (r for r in self.score(observed=lost, runs=2)["remarks"] if "different sides" in r)
        self.assertIn("on 2020-01-01 control.csv and the observed data give capital to different sides", told)
        self.assertFalse([r for r in self.score(runs=2)["remarks"] if "different sides" in r])

    def test_check_lists_places_that_control_csv_gives_to_others(self):
        lost = self.respelled(("capital,2020-01-01,2020-12-31,government", "capital,2020-01-01,2020-12-31,river_league"))
        for observed, n, capital in ((lost, 3, ["  capital from 2020-01-01"]), ("data", 2, [])):
            told = self.truel("check", "war", "--observed", observed).stdout
            self.assertIn(f"{n} places with other holders in control.csv", told)
            self.assertEqual([line for line in told.splitlines() if line.startswith("  capital")], capital)

    def test_facts_of_fronts_count_places_that_were_observed_alone(self):
        few = self.folder / "few"
        few.mkdir()
        head, *spells = SPELLS.splitlines()
        kept = [row for row in spells if row.startswith("capital,")]
        (few / "spells.csv").write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
        # Of one place that changes hands never, or as often for a hundred places as for itself.
        runs = {row["fact"]: row["runs_median"] for row in self.score("--patterns", observed="few")["patterns"] if not row["merged"]}
        all_places = {row["fact"]: row["runs_median"] for row in self.score("--patterns")["patterns"] if not row["merged"]}
        self.assertGreater(all_places["changes"], runs["changes"])
        self.assertAlmostEqual(runs["changes-per-100"], 100 * runs["changes"], places=6)

    def test_quarterly_origins_begin_when_somebody_has_forces(self):
        forces = self.war / "forces.csv"
        forces.write_text(forces.read_text(encoding="utf-8").replace("2019-01-01", "2020-01-01"), encoding="utf-8")
        windows = self.score("--origins", "quarterly", "--from", "2019-01-01", runs=2)["windows"]
        self.assertEqual(min(w["origin"] for w in windows), "2020-01-01")

    def test_the_package_as_it_stands_is_named_base(self):
        window = "--from", "2020-01-01", "--until", "2020-06-30"
        both = self.score(*window, "--account", "proxy", "--account", "base", runs=4)
        self.assertEqual({row["account"] for row in self.rows(both, model="truel")}, {"proxy", "base"})
        self.assertEqual(self.score(*window, "--account", "base", runs=4)["windows"], self.score(*window, runs=4)["windows"])
        told = self.truel("score", "war", "--observed", "data", "--account", "base", "--account", "base", status=2).stderr
        self.assertIn("`base` is named twice", told)

    def test_progress_names_the_account_that_it_is_at(self):
        told = self.truel("score", "war", "--observed", "data", "--origins", "quarterly", "--each-account", "--runs", shortened(1500), "--threads", 1).stderr
        named = re.findall(r"(?m)^basic model and account proxy: \d+ of \d+ runs, now (basic model|account proxy), about .* left$", told)
        self.assertEqual(set(named), {"basic model", "account proxy"}, told)

    def test_what_a_truth_is_worth_agrees_with_its_runs_held_against_those_left(self):
        window = "--from", "2020-01-15", "--until", "2020-09-30"
        scores = self.score(*window, "--told", "--account", "base", "--account", "proxy", "--power")
        record = Record(self.folder / "data" / "deep" / "who.csv")
        before, after = record.holders(window[1]), record.holders(window[3])
        held = {}
        for account in ("base", "proxy"):
            data = self.arrays(window[1], window[3], "--every", 1, *(["--account", account] if account != "base" else []),
                               out=account)
            places = [p for p, _ in judged(data, before, after)]
            held[account] = numpy.array(data["control"][:, places, -1])

        def loss(others, came):
            loss = 0
            for p, holder in enumerate(came):
                for side in {*others[:, p], holder}:
                    share = numpy.mean(others[:, p] == side)
                    loss += (share - (side == holder)) ** 2 - share * (1 - share) / (len(others) - 1)
            return loss / len(came)

        for truth, other in (("base", "proxy"), ("proxy", "base")):
            row, = (row for row in scores["power"] if (row["truth"], row["other"]) == (truth, other))
            differences = [loss(numpy.delete(held[truth], k, 0), held[truth][k])
                           - loss(numpy.delete(held[other], k, 0), held[truth][k]) for k in range(RUNS)]
            self.assertAlmostEqual(row["difference"], numpy.mean(differences), places=12)
            self.assertAlmostEqual(row["difference_sd"], numpy.std(differences, ddof=1), places=12)
            self.assertEqual((row["records"], row["windows"], row["n"]), (RUNS, 1, len(places)))

    def test_power_is_told_before_the_scores_and_in_files_of_its_own(self):
        asked = "--origins", "quarterly", "--each-account"
        told = self.truel("score", "war", "--observed", "data", *asked, "--runs", FEW_RUNS, "--power", "--out", "out", "--quiet")
        self.assertLess(told.stdout.index("What this record could tell 3 months ahead"), told.stdout.index("no change (`persistence`)"))
        power = json.loads((self.folder / "out" / "scores.json").read_text(encoding="utf-8"))["power"]
        accounts = {row["truth"] for row in power}
        self.assertIn("base", accounts)
        self.assertEqual(sorted((r["horizon_months"], r["truth"], r["other"]) for r in power),
                         sorted((h, a, b) for h in (3, 6, 12) for a in accounts for b in accounts))
        rows = table(self.folder / "out" / "power.csv")
        self.assertEqual([(int(r["horizon_months"]), r["truth"], r["other"], int(r["records"])) for r in rows],
                         [(r["horizon_months"], r["truth"], r["other"], r["records"]) for r in power])
        pages = (self.folder / "out" / "power.md").read_text(encoding="utf-8")
        for row in power:
            share = row["told"] + (row["wrong"] if row["truth"] == row["other"] else 0)
            line, = (line for line in pages.split(f" {row['horizon_months']} months ahead")[1].split("What this")[0].splitlines()
                     if line.startswith(f"| {row['truth']} |"))
            self.assertIn(f" {100 * share:.0f} |", line)
        self.assertEqual(self.score(*asked, "--power", "--threads", 1, runs=FEW_RUNS)["power"], power)
        # The record itself says what its scores say, without power as with it.
        plain = self.score(*asked, runs=FEW_RUNS)
        briers = {(r["account"], r["horizon_months"]): r["value"] for r in plain["pooled"]
                  if r["unit"] == "place" and r["subset"] == "all" and r["score"] == "brier" and r["model"] == "truel"}
        for row in power:
            if row["truth"] != row["other"]:
                horizon = row["horizon_months"]
                self.assertAlmostEqual(row["observed"], briers[row["truth"], horizon] - briers[row["other"], horizon])
        self.assertNotIn("power", plain)

    def test_a_span_beyond_the_record_ends_with_it(self):
        scores = self.score("--until", "2023-06-30")
        self.assertEqual({r["until"] for r in scores["windows"]}, {"2020-12-31"})
        self.assertIn("end on 2020-12-31", " ".join(scores["remarks"]))

    def test_a_forecast_beyond_the_package_begins_with_who_held_what_by_the_record(self):
        later = SPELLS.replace("2020-12-31", "2021-12-31").replace(
            "mill,2020-07-01,2021-12-31,government,high", "mill,2020-07-01,2020-12-31,government,high\n"
            "mill,2021-01-01,2021-02-10,highland_front,high\nmill,2021-02-11,2021-12-31,contested,high")
        (self.folder / "data" / "deep" / "who.csv").write_text(later, encoding="utf-8")
        scores = self.score("--from", "2021-02-01", "--until", "2021-02-09")
        row, = self.rows(scores, unit="place", subset="all", score="brier", model="truel")
        self.assertEqual((row["origin"], row["from"], row["until"], row["n"]), ("2021-02-01", "2021-02-01", "2021-02-09", 6))
        self.assertIn("begin with who holds what by the observed data", " ".join(scores["remarks"]))
        # The same forecast from a package that knows these days itself.
        control = self.folder / "war" / "control.csv"
        told = [line.split(",") for line in later.splitlines()]
        control.write_text("\n".join(["place_id,from_date,to_date,controller,confidence,source,note"]
                                     + [",".join(row[:4]) + f",{row[4]},," for row in told[1:]]) + "\n", encoding="utf-8")
        known = self.score("--from", "2021-02-01", "--until", "2021-02-09")
        self.assertEqual([remark.split(":")[0] for remark in known["remarks"]],
                         ["forces.csv has said nothing for a year of some who fight on 2021-02-01",
                          "spatial-hazard-deaths has no data at 1 of 1 origins, of which the last is 2021-02-01"])
        same, = self.rows(known, unit="place", subset="all", score="brier", model="truel")
        self.assertEqual(row["value"], same["value"])

    def test_men_of_whom_nothing_was_said_for_a_year_are_what_the_war_has_left(self):
        (self.folder / "data" / "deep" / "who.csv").write_text(SPELLS.replace("2020-12-31", "2021-12-31"), encoding="utf-8")
        told = r"of those men \((?:[^,()]+(?: \([^)]*\))? \d+ %(?:, )?)+\)"
        self.assertNotRegex(" ".join(self.score("--from", "2020-12-01", "--until", "2021-03-01")["remarks"]), told)
        days = "--from", "2021-02-01", "--until", "2021-05-01"
        late = self.score(*days)
        self.assertRegex(" ".join(late["remarks"]), told)
        forces = self.folder / "war" / "forces.csv"  # the same men on a later day, too: nothing is left out
        text = forces.read_text(encoding="utf-8")
        forces.write_text(text + "".join(line + "\n" for line in text.replace("2019-01-01", "2021-01-31").splitlines()[1:]), encoding="utf-8")
        fresh = self.score(*days)
        self.assertNotRegex(" ".join(fresh["remarks"]), told)
        self.assertNotEqual(*(self.rows(scores, unit="place", subset="all", score="brier", model="truel") for scores in (late, fresh)))

    def test_origins_beyond_the_package_are_scored_one_by_one(self):
        self.end_control_of_the_package("2020-03-31")
        told = self.score("--origins", "quarterly", "--from", "2020-01-01", runs=4)
        self.assertEqual({w["origin"] for w in told["windows"]}, {"2020-01-01", "2020-04-01", "2020-07-01", "2020-10-01"})

    def end_control_of_the_package(self, last):
        """The package knows who holds what until a day."""
        control = self.folder / "war" / "control.csv"
        with open(control, encoding="utf-8", newline="") as table:
            rows = list(csv.reader(table))
        end = rows[0].index("to_date")
        for row in rows[1:]:
            row[end] = last if row[end] > last else row[end]
        with open(control, "w", encoding="utf-8", newline="") as table:
            csv.writer(table).writerows(rows)

    def test_an_account_fitted_until_the_packages_last_day_is_scored_from_the_next(self):
        self.end_control_of_the_package("2020-03-31")
        account = self.folder / "war" / "accounts" / "learnt.toml"
        account.write_text('title = "Learnt"\nfitted_until = 2020-03-31\n', encoding="utf-8")
        learnt = ("--account", "learnt")
        told = self.score("--from", "2020-04-01", "--until", "2020-06-30", *learnt, runs=4)
        self.assertEqual({w["origin"] for w in told["windows"]}, {"2020-04-01"})
        told = self.truel("score", "war", "--observed", "data", "--from", "2020-03-31", "--until", "2020-06-30", *learnt, status=2)
        self.assertIn("give --from 2020-04-01 or later", told.stderr)
        told = self.score("--origins", "quarterly", "--from", "2020-04-01", *learnt, runs=4)
        self.assertEqual(min(w["from"] for w in told["windows"]), "2020-04-01")

    def test_dead_who_are_no_fighters_have_tables_where_some_were_counted(self):
        with_civilians = self.folder / "data" / "events.csv"
        with_civilians.write_text(EVENTS, encoding="utf-8")
        arguments = ("score", "war", "--observed", "data", "--runs", 2, "--quiet")
        rows = [row for row in self.score(runs=2)["windows"] if row["score"] == "fair-crps"]
        differ = any(a["value"] != b["value"] for a in rows for b in rows if a["model"] == "zero" and
                     b["unit"] == a["unit"] + "-best" and all(a[k] == b[k] for k in ("model", "subset", "merged", "horizon_months")))
        told = self.truel(*arguments).stdout
        self.assertEqual("Deaths of fighters and others by dyad" in told, differ)
        head, *events = EVENTS.splitlines()
        columns = head.split(",")
        alone = [dict(zip(columns, event.split(","))) for event in events]
        for event in alone:
            of_fighters = str(int(event["deaths_a"]) + int(event["deaths_b"]))
            event.update(deaths_civilians="0", deaths_unknown="0", best=of_fighters, low=of_fighters, high=of_fighters)
        with_civilians.write_text("\n".join([head, *(",".join(event.values()) for event in alone)]) + "\n", encoding="utf-8")
        self.assertNotIn("fighters and others", self.truel(*arguments).stdout)

    def test_deaths_after_the_last_day_of_control_are_foreseen_from_that_day(self):
        self.end_control_of_the_package("2020-01-31")
        record = self.folder / "data" / "deep" / "who.csv"
        begin = [line for line in SPELLS.splitlines() if ",2020-01-01," in line or line.startswith("place_id")]
        record.write_text("".join(",".join([*line.split(",")[:2], "2020-01-31", *line.split(",")[3:]]) + "\n" if k else line + "\n"
                                  for k, line in enumerate(begin)), encoding="utf-8")
        (self.folder / "data" / "events.csv").write_text(EVENTS, encoding="utf-8")
        told = self.score("--from", "2020-02-01", "--until", "2020-03-31", runs=4)
        self.assertEqual({(w["origin"], w["from"], w["target"]) for w in told["windows"]},
                         {("2020-01-31", "2020-02-01", target) for target in ("deaths", "fights")})
        self.assertIn("reach 2020-02-01: runs begin on 2020-01-31", " ".join(told["remarks"]))

    def test_baselines_of_deaths_do_not_depend_on_the_number_of_runs(self):
        (self.folder / "data" / "ged.csv").write_text(EVENTS, encoding="utf-8")
        asked = ("--from", "2020-03-01", "--until", "2020-03-31")
        values = [{row["model"]: row["value"] for row in self.rows(self.score(*asked, runs=runs), target="deaths",
                                                                     unit="dyad", subset="all", score="crps")}
                  for runs in (20, 1000)]
        self.assertIn("last-month-poisson", values[0])
        for model in values[0].keys() - {"truel"}:
            self.assertLess(abs(values[0][model] / values[1][model] - 1), 0.03, model)

    def test_files_and_the_table_say_the_same(self):
        told = self.truel("score", "war", "--observed", "data", "--runs", RUNS, "--out", "out", "--quiet")
        self.assertLessEqual(max(map(len, told.stdout.splitlines())), 100)
        self.assertEqual({p.name for p in (self.folder / "out").iterdir()},
                         {"scores.json", "score.json", "scores.csv", "losses.csv", "scores.svg", "reliability.svg",
                          "provenance.json"} | ({"report.html"} if HAS_PAGE else set()))
        scores = json.loads((self.folder / "out" / "scores.json").read_text(encoding="utf-8"))
        origin = json.loads((self.folder / "out" / "provenance.json").read_text(encoding="utf-8"))
        self.assertEqual([origin[key] for key in ("runs", "seed", "accounts", "settings")], [int(RUNS), 1, [], []])
        self.assertEqual(origin["package_sha256"], scores["package_sha256"])
        self.assertEqual(origin["citations"], scores["record"]["citations"])
        self.assertEqual((origin["solver"]["name"], origin["solver"]["every_days"]), ("leap", 1))
        rows = table(self.folder / "out" / "scores.csv")
        n = sum(len(scores[part]) for part in ("windows", "pooled", "without_low_confidence"))
        self.assertEqual(len(rows), n)
        losses = [float(r["value"]) for r in table(self.folder / "out" / "losses.csv") if r["score"] == "brier" and r["model"] == "truel"]
        row, = self.rows(scores, subset="all", score="brier", model="truel")
        low, high = row["difference_interval"]
        verdict = "is worse than" if low > 0 else "is better than" if high < 0 else f"scores {'worse' if row['difference'] > 0 else 'better'} than"
        self.assertRegex(told.stdout, rf"^truel {verdict} no change \(`persistence`\)")
        self.assertRegex(told.stdout, r"\nBrier: 0 perfect, 2 always wrong\. Difference: from no change\. (.|\n)*FSS: 1 is perfect\.")
        self.assertAlmostEqual(sum(losses) / len(losses), row["value"], places=5)

    def test_bad_input_is_one_message_and_nothing_written(self):
        for arguments, message in [
            (["--observed", "nowhere"], "nowhere: no such folder"),
            (["--observed", "data", "--from", "soon"], "--from soon is not a date"),
            (["--observed", "data", "--from", "2020-06-01", "--until", "2020-01-01"],
             "--from 2020-06-01 is after --until 2020-01-01; give the earlier day as --from"),
            (["--observed", "data", "--origins", "quarterly", "--from", "2020-11-01"],
             "to 2020-12-31, and with control.csv of the package they let forecasts begin by 2021-01-01; give --from and "
             "--until within both"),
            (["--observed", "data", "--account", "nobody"], "nobody"),
            (["--observed", "data", "--out", "data"], "data: exists"),
            (["--observed", "data", "--power"],
             "--power: one account alone; name two with --account, or give --each-account"),
        ]:
            told = self.truel("score", "war", *arguments, "--runs", RUNS, status=2)
            self.assertIn(message, told.stderr)
            self.assertEqual(told.stdout, "")
        told = self.truel("score", "war", "--observed", "data", "--each-account", "--power", "--runs", 19, status=2)
        self.assertIn("--power: 19 runs are too few records; give --runs 20 or more", told.stderr)


if __name__ == "__main__":
    unittest.main()
