"""truel fit on a record of control as a user meets it, and its weights computed once more from ensemble.nc.

TRUEL: the program.
"""
import csv
import json
import math
import signal
import unittest

from program import EVENT_COLUMNS, SANITIZED, SPELLS, table, WarTest

try:
    import netCDF4
except ImportError:
    netCDF4 = None

EVENTS = EVENT_COLUMNS + """\
1,1,the army,the Front,1,1,45.6,10.25,Valley,2019-10-01,2019-10-03,2,3,1,0,6,8,5
2,1,the army,The river league,1,1,45.35,10.55,Valley,2020-02-11,2020-02-11,40,3,10,0,53,80,50
3,1,the army,the Front,1,1,45.6,10.25,Valley,2020-03-01,2020-03-03,2,150,1,4,157,180,140
4,1,the army,the Front,1,1,45.6,10.25,Valley,2020-03-31,2020-03-31,1,1,1,0,3,3,3
"""
FILES = {"fit.json", "numbers.csv", "checks.csv", "bank.csv", "losses.csv", "provenance.json"}
FITTED = {"fitted.toml", "fitted.csv"}
PARTICLES = 64  # the least that a fit moves


class Fit(WarTest):
    SPELLS = SPELLS

    def let_some_attack(self):
        """Makes it uncertain whether commands attack, so that places change hands within months."""
        commands = self.folder / "war" / "commands.csv"
        text = commands.read_text(encoding="utf-8")
        for least, tail in ("1.5", ",0.2,150"), ("1.3", ",0.3,100"), ("1.5", ",0.3,100"):
            self.assertIn(f",{least}{tail}", text)
            text = text.replace(f",{least}{tail}", f",0.5..{least}{tail}", 1)
        commands.write_text(text, encoding="utf-8")

    def fit(self, *arguments, status=0):
        return self.truel("fit", "war", "--observed", "data", *arguments, status=status)

    def course(self, held, before, month):
        """Places changed at the end, and after a month, and mean length of spells that end. held: [place][day]; before:
        [place] by the record."""
        lengths = []
        for days in held:
            ends = [k for k in range(1, len(days)) if days[k] != days[k - 1]]
            lengths += [end - begin for begin, end in zip([0] + ends, ends)]
        return {"changes": sum(days[-1] != side for days, side in zip(held, before)),
                "first_month_changes": sum(days[month] != days[0] for days in held),
                "spell_days": sum(lengths) / len(lengths) if lengths else None}

    def drawn(self, draws):
        """ensemble.nc with the first draws of all numbers at seed 5."""
        self.truel("run", "war", "--runs", draws, "--seed", 5, "--until", "2020-01-15", "--out", "numbers", "--quiet")
        numbers = netCDF4.Dataset(self.folder / "numbers" / "ensemble.nc")
        self.assertIn("actors.government.kill_rate", list(numbers["parameter"][:]))
        return numbers

    def account_of(self, numbers, draw):
        """Writes the account `one`, whose only row is this draw."""
        row = ",".join(repr(float(x)) for x in numbers["draws"][draw])
        accounts = self.folder / "war" / "accounts"
        (accounts / "one.csv").write_text(",".join(numbers["parameter"][:]) + "\n" + row + "\n", encoding="utf-8")
        (accounts / "one.toml").write_text('title = "One"\ndraws = "one.csv"\nbasis = "assumed: a test"\n',
                                           encoding="utf-8")

    @unittest.skipIf(netCDF4 is None, "without python3-netcdf4")
    def test_weights_are_those_of_the_same_realizations(self):
        draws, runs, strength = 12, 3, 2.5
        self.fit("--from", "2020-01-01", "--until", "2020-06-30", "--draws", draws, "--runs", runs, "--strength", strength,
                 "--told", "--seed", 5, "--out", "out", "--quiet")
        told = json.loads((self.folder / "out" / "fit.json").read_text(encoding="utf-8"))
        bank = table(self.folder / "out" / "bank.csv")
        self.assertEqual(len(bank), draws)
        numbers = self.drawn(draws)
        windows = [("2020-01-01", "2020-03-31"), ("2020-01-01", "2020-06-30"), ("2020-04-01", "2020-06-30")]
        self.assertEqual([(w["origin"], w["until"]) for w in told["windows"]], windows)
        self.assertEqual([w["changed"] for w in told["windows"]], [1, 2, 1])
        spells = list(csv.DictReader(SPELLS.splitlines()))
        log_weights = []
        courses = {window: [] for window in windows}
        for i in range(draws):
            self.account_of(numbers, i)
            total = 0
            for origin in sorted({first for first, _ in windows}):
                out = f"run-{i}-{origin}"
                self.truel("run", "war", "--account", "one", "--from", origin, "--until", "2020-06-30", "--every", 1, "--seed", 5,
                           "--runs", runs * (i + 1), "--keep-paths", 0, "--out", out, "--quiet")
                data = netCDF4.Dataset(self.folder / out / "ensemble.nc")
                actors = list(data["actor"][:]) + [None]
                for until in (last for first, last in windows if first == origin):
                    day = data["control"].shape[2] - 1 - (92 - 1 if until == "2020-03-31" else 0)
                    before = [next(actors.index(s["controller"]) for s in spells if s["place_id"] == place
                                   and s["from_date"] <= origin <= s["to_date"]) for place in data["place"][:]]
                    for run in data["control"][runs * i:runs * (i + 1), :, :day + 1]:
                        courses[origin, until].append(self.course(run.tolist(), before, 31 if origin == "2020-01-01" else 30))
                    loss = 0
                    for p, place in enumerate(data["place"][:]):
                        came, = (s["controller"] for s in spells
                                 if s["place_id"] == place and s["from_date"] <= until <= s["to_date"])
                        held = [actors[h] for h in data["control"][runs * i:runs * (i + 1), p, day]]
                        for side in set(actors):
                            share = held.count(side) / runs
                            loss += (share - (side == came)) ** 2 - share * (1 - share) / (runs - 1)
                    self.assertAlmostEqual(float(bank[i][f"{origin}..{until}"]), loss / 6, places=9)
                    total += loss
            log_weights.append(-strength * total)
        most = max(log_weights)
        weights = [math.exp(w - most) for w in log_weights]
        self.assertGreater(max(weights) - min(weights), 0.1, "the war says something about these numbers")
        for i, weight in enumerate(weights):
            self.assertAlmostEqual(float(bank[i]["weight"]), weight / sum(weights), places=9)
        # By the record the bridge is lost after 45 days, and the mill on 1 May.
        observed = [{"changes": 1, "first_month_changes": 0, "spell_days": 45},
                    {"changes": 2, "first_month_changes": 0, "spell_days": (45 + 121) / 2},
                    {"changes": 1, "first_month_changes": 1, "spell_days": 30}]
        rows = {(row["origin"], row["until"], row["what"]): row for row in table(self.folder / "out" / "checks.csv")}
        for window, record in zip(told["windows"], observed):
            for what, value in record.items():
                check = window["checks"][what]
                said = [c[what] for c in courses[window["origin"], window["until"]] if c[what] is not None]
                self.assertGreater(len(set(said)), 1)
                self.assertEqual(check["observed"], value)
                self.assertAlmostEqual(check["prior"]["mean"], sum(said) / len(said), places=4)
                below = sum(1 if x < value else 0.5 if x == value else 0 for x in said) / len(said)
                row = rows.pop((window["origin"], window["until"], what))
                if what != "spell_days":  # of which some draws have fewer runs than others, and weigh as much
                    self.assertAlmostEqual(check["prior"]["below"], below, places=9)
                    self.assertAlmostEqual(float(row["prior_below"]), below, places=5)
        self.assertEqual(rows, {})
        self.assertAlmostEqual(told["effective_size"], sum(weights) ** 2 / sum(w * w for w in weights), places=7)

    def with_events(self):
        (self.folder / "data" / "events.csv").write_text(EVENTS, encoding="utf-8")

    @unittest.skipIf(netCDF4 is None, "without python3-netcdf4")
    def test_deaths_weigh_as_those_of_the_same_realizations(self):
        self.with_events()
        draws, runs, strength = 12, 3, 0.5
        few = ("--from", "2020-01-01", "--until", "2020-03-31", "--draws", draws, "--runs", runs, "--seed", 5, "--quiet")
        banks = {}
        for target in "control", "deaths", "both":
            self.fit(*few, "--strength", strength, "--target", target, "--out", target)
            banks[target] = table(self.folder / target / "bank.csv")
        for column in "loss", "death_loss":  # the runs are the same whatever is followed
            self.assertEqual(*([row[column] for row in banks[target]] for target in ("control", "deaths")))
            self.assertEqual(*([row[column] for row in banks[target]] for target in ("deaths", "both")))
        told = json.loads((self.folder / "both" / "fit.json").read_text(encoding="utf-8"))
        window, = told["windows"]
        self.assertEqual((told["target"], window["places"], window["deaths"]["dyad_months"]), ("both", 6, 9))
        self.assertEqual(window["checks"]["deaths"]["observed"], 43 + 156 + 2)
        # [dyad][month] deaths of fighters in the record.
        record = {("government", "highland_front"): (0, 0, 158), ("government", "river_league"): (0, 43, 0),
                  ("highland_front", "river_league"): (0, 0, 0)}
        numbers = self.drawn(draws)
        losses = []
        all_deaths = []
        for i in range(draws):
            self.account_of(numbers, i)
            self.truel("run", "war", "--account", "one", "--from", "2020-01-01", "--until", "2020-04-01", "--seed", 5,
                       "--runs", runs * (i + 1), "--keep-paths", 0, "--out", f"run-{i}", "--quiet")
            data = netCDF4.Dataset(self.folder / f"run-{i}" / "ensemble.nc")
            killed = data["losses_by_month"][runs * i:, :3].sum(axis=3)
            pairs = [set(dyad) for dyad in zip(data["attacker"][:], data["target"][:])]
            loss = 0
            all_deaths += [0] * runs
            for dyad, months in record.items():
                columns = [k for k, pair in enumerate(pairs) if pair == set(dyad)]
                for month, came in enumerate(months):
                    deaths = [float(killed[run, month, columns].sum()) for run in range(runs)]
                    members = [math.log1p(x) for x in deaths]
                    loss += sum(abs(x - math.log1p(came)) for x in members) / runs
                    loss -= sum(abs(x - y) for x in members for y in members) / (2 * runs * (runs - 1))
                    for run in range(runs):
                        all_deaths[-runs + run] += deaths[run]
            self.assertAlmostEqual(float(banks["both"][i]["death_loss"]), loss / 9, places=5)
            losses.append(loss)
        self.assertGreater(max(losses) - min(losses), 0.5, "deaths differ among the draws")
        self.assertAlmostEqual(window["checks"]["deaths"]["prior"]["mean"], sum(all_deaths) / len(all_deaths), delta=0.01)
        for target, followed in (("control", lambda i: 6 * float(banks["both"][i]["loss"])), ("deaths", lambda i: losses[i]),
                                 ("both", lambda i: 6 * float(banks["both"][i]["loss"]) + losses[i])):
            weights = [math.exp(-strength * followed(i)) for i in range(draws)]
            for i, weight in enumerate(weights):
                self.assertAlmostEqual(float(banks[target][i]["weight"]), weight / sum(weights), places=5)

    def test_deaths_are_followed_where_the_record_has_them(self):
        few = ("--until", "2020-06-30", "--draws", 12, "--runs", 2, "--strength", 1, "--quiet")
        told = self.fit(*few, "--target", "both", "--out", "out", status=2).stderr
        self.assertIn("no window has a whole month with events of deaths that are of a dyad", told)
        self.assertFalse((self.folder / "out").exists())
        self.with_events()
        self.let_some_attack()
        told = self.fit(*self.SMOOTHED, "--target", "both", "--out", "out", "--quiet").stdout
        self.assertIn("CRPS of log(1 + deaths) of a dyad and month", told)
        fit = json.loads((self.folder / "out" / "fit.json").read_text(encoding="utf-8"))
        # Months of the record: October to March. The window from April on has none.
        self.assertEqual({w["origin"]: w["deaths"]["dyad_months"] for w in fit["windows"] if w["horizon_months"] == 3},
                         {"2019-10-01": 9, "2020-01-01": 9, "2020-04-01": 0})
        account = (self.folder / "out" / "fitted.toml").read_text(encoding="utf-8")
        self.assertIn('title = "Fitted to observed control and deaths until 2020-06-30"', account)
        self.fit(*self.SMOOTHED, "--out", "control", "--quiet")
        files = [(self.folder / name / "numbers.csv").read_bytes() for name in ("out", "control")]
        self.assertNotEqual(*files)

    def test_the_account_is_one_that_every_verb_takes_and_its_check_is_what_score_says(self):
        told = self.fit("--until", "2020-06-30", "--draws", 40, "--runs", 2, "--strength", 1, "--out", "out")
        self.assertRegex(told.stderr, r"360 runs \(40 draws, 3 origins, 5 windows\): about \d+ s from here, 0.0 MB of disk")
        names = {path.name for path in (self.folder / "out").iterdir()}
        self.assertIn(names, [FILES, FILES | FITTED])
        fit = json.loads((self.folder / "out" / "fit.json").read_text(encoding="utf-8"))
        self.assertEqual((fit["draws"], fit["runs"], fit["strength"]), (40, 240, 1))
        self.assertEqual(names == FILES, not any(n["is_fitted"] for n in fit["numbers"]))
        rows = table(self.folder / "out" / "bank.csv")
        self.assertAlmostEqual(sum(float(row["weight"]) for row in rows), 1)
        self.assertAlmostEqual(fit["effective_size"], 1 / sum(float(row["weight"]) ** 2 for row in rows), places=6)

    def test_fits_the_numbers_of_an_account(self):
        few = ("--until", "2020-03-31", "--draws", 12, "--runs", 2, "--strength", 40, "--quiet")
        self.fit(*few, "--out", "base")
        self.fit(*few, "--account", "proxy", "--out", "proxy")
        told = [json.loads((self.folder / name / "fit.json").read_text(encoding="utf-8")) for name in ("base", "proxy")]
        self.assertEqual([fit["account"] for fit in told], [None, "proxy"])
        # Recruits from across the pass: as it stands below 5 a day, in the account from 5 to 15.
        recruits = [float(row["prior_mean"]) for name in ("base", "proxy") for row in table(self.folder / name / "numbers.csv")
                    if row["path"] == "actors.highland_front.recruits_per_day"]
        self.assertLess(recruits[0], 5)
        self.assertAlmostEqual(recruits[1], 10, delta=2)
        self.fitted()
        self.assertIn("--account fitted: its numbers are a table of draws, no ranges to learn in; fit another account, or "
                      "the basic model", self.fit(*few, "--account", "fitted", "--out", "no", status=2).stderr)
        self.assertFalse((self.folder / "no").exists())
        self.assertIn("nobody", self.fit(*few, "--account", "nobody", "--out", "no", status=2).stderr)

    # A small fit that moves some numbers.
    SMOOTHED = ("--until", "2020-06-30", "--method", "smoother", "--draws", 64, "--runs", 2, "--seed", 2, "--check-runs", 20)

    def test_what_is_fitted_to_an_account_is_scored_compared_and_run_with_it(self):
        self.let_some_attack()
        told = self.fit(*self.SMOOTHED, "--account", "proxy", "--out", "out").stderr
        self.assertIn("then --account fitted\n", told)
        account = (self.folder / "out" / "fitted.toml").read_text(encoding="utf-8")
        self.assertIn('\nover = "proxy"\n', account)
        accounts = self.folder / "war" / "accounts"
        (accounts / "fitted.csv").write_text("actors.government.kill_rate\n0.001\n0.002\n", encoding="utf-8")
        (accounts / "learnt.toml").write_text(account, encoding="utf-8")
        proxy = (accounts / "proxy.toml").read_text(encoding="utf-8")
        alone = account.replace('over = "proxy"\n', "")
        (accounts / "by_hand.toml").write_text(alone + proxy[proxy.index("[[set]]"):], encoding="utf-8")
        (accounts / "alone.toml").write_text(alone, encoding="utf-8")

        def scored(account):
            rows = json.loads(self.truel("score", "war", "--observed", "data", "--runs", 20, "--from", "2020-07-01", "--until",
                                         "2020-12-31", "--account", account, "--json").stdout)["windows"]
            return [row["value"] for row in rows if row["model"] == "truel"]

        self.assertEqual(scored("learnt"), scored("by_hand"))
        self.assertNotEqual(scored("learnt"), scored("alone"))
        recruits = "actors.highland_front.recruits_per_day"
        draws = json.loads(self.truel("run", "war", "--account", "learnt", "--until", "2020-02-01", "--replay", 0,
                                      "--json").stdout)["draws"]
        self.assertGreaterEqual(draws[recruits], 5)
        self.assertIn(draws["actors.government.kill_rate"], (0.001, 0.002))
        for same in "by_hand", "proxy+alone", "proxy+learnt":
            told = self.truel("compare", "war", "--runs", 4, "--account", "learnt", "--account", same, status=2).stderr
            self.assertIn("the two sides differ in no number", told)

    def test_citations_of_the_record_travel_into_all_that_a_fit_writes(self):
        self.let_some_attack()
        (self.folder / "data" / "GEDEvent_v25_1.csv").write_text(
            "id,type_of_violence,side_a,side_b,latitude,longitude,country,date_end,best\n"
            "1,1,the army,the Front,45.6,10.25,Valley,2019-10-03,6\n", encoding="utf-8")
        (self.folder / "war" / "observations.toml").write_text(
            "format = 1\n[citations]\nwho = 'Spells of \"the Valley\", C:\\data, CC BY 4.0.'\n", encoding="utf-8")
        ours = 'Spells of "the Valley", C:\\data, CC BY 4.0.'
        told = self.fit(*self.SMOOTHED, "--out", "out", "--quiet").stdout
        for name in "fit.json", "provenance.json":
            cited = json.loads((self.folder / "out" / name).read_text(encoding="utf-8"))["citations"]
            self.assertEqual([c.split()[0] for c in cited], ["UCDP", "Spells"], name)
            self.assertEqual(cited[1], ours)
        words = " ".join(told.split())
        self.assertIn(ours, words)
        self.assertIn("UCDP Georeferenced Event Dataset, CC BY 4.0", words)
        for name in FITTED:
            (self.folder / "war" / "accounts" / name).write_bytes((self.folder / "out" / name).read_bytes())
        account = (self.folder / "out" / "fitted.toml").read_text(encoding="utf-8")
        self.assertIn("\nRecord: UCDP Georeferenced Event Dataset, CC BY 4.0", account)
        self.assertIn('\nRecord: Spells of \\"the Valley\\", C:\\\\data, CC BY 4.0.\n', account)
        self.truel("check", "war")

    def test_losses_of_places_have_the_means_of_their_windows(self):
        self.let_some_attack()
        self.fit("--until", "2020-06-30", "--draws", 30, "--runs", 3, "--strength", 3, "--out", "out", "--quiet")
        fit = json.loads((self.folder / "out" / "fit.json").read_text(encoding="utf-8"))
        losses = table(self.folder / "out" / "losses.csv")
        self.assertEqual(len(losses), sum(window["places"] for window in fit["windows"]))
        learnt = 0
        for window in fit["windows"]:
            own = [row for row in losses if (row["origin"], row["until"]) == (window["origin"], window["until"])]
            self.assertEqual(len({row["place"] for row in own}), window["places"])
            self.assertEqual({int(row["horizon_months"]) for row in own}, {window["horizon_months"]})
            for name in ("persistence", "prior", "reweighted", "held_back"):
                if window[name] is None:
                    self.assertEqual({row[name] for row in own}, {""})
                else:
                    self.assertAlmostEqual(sum(float(row[name]) for row in own) / len(own), window[name], places=9)
            learnt += window["held_back"] is not None and abs(window["held_back"] - window["prior"]) > 1e-3
        self.assertGreater(learnt, 0)

    def test_fits_what_settings_leave_uncertain(self):
        self.let_some_attack()
        few = ("--until", "2020-03-31", "--draws", 12, "--runs", 2, "--strength", 40, "--quiet")
        rate = "actors.government.kill_rate"
        self.fit(*few, "--out", "base")
        self.fit(*few, "--set", f"{rate}=0.0123", "--out", "set")
        paths = [{row["path"] for row in table(self.folder / name / "numbers.csv")} for name in ("base", "set")]
        self.assertEqual(paths[0] - paths[1], {rate})
        told = json.loads((self.folder / "set" / "fit.json").read_text(encoding="utf-8"))
        self.assertEqual(told["settings"], [f"{rate}=0.0123"])
        # The forecasts know it as well.
        losses = [[row["loss"] for row in table(self.folder / name / "bank.csv")] for name in ("base", "set")]
        self.assertNotEqual(*losses)
        self.assertIn("unknown path `nothing.is`", self.fit(*few, "--set", "nothing.is=1", "--out", "no", status=2).stderr)
        self.assertFalse((self.folder / "no").exists())

    def test_a_fit_that_was_ended_before_it_began_can_be_resumed(self):
        (self.folder / "out").mkdir()  # all that it has left
        few = ("--until", "2020-03-31", "--draws", 12, "--runs", 2, "--strength", 1, "--quiet", "--out", "out")
        self.assertIn("out: exists; add --resume to go on with it", self.fit(*few, status=2).stderr)
        self.fit(*few, "--resume")
        self.assertTrue((self.folder / "out" / "fit.json").is_file())

    def fitted(self):
        """An account with draws, as a fit writes it."""
        accounts = self.folder / "war" / "accounts"
        (accounts / "fitted.toml").write_text('title = "Fitted"\ndraws = "fitted.csv"\nbasis = "assumed: a test"\n'
                                              "fitted_until = 2020-03-31\n", encoding="utf-8")
        (accounts / "fitted.csv").write_text(
            "weight,actors.government.kill_rate,actors.river_league.kill_rate\n"
            "1,0.001,0.004\n1,0.002,0.003\n2,0.003,0.002\n", encoding="utf-8")

    def test_a_realization_takes_a_whole_row(self):
        self.fitted()
        self.assertNotIn("warning", self.truel("check", "war").stderr)
        loose = self.folder / "war" / "accounts" / "loose.csv"
        loose.write_text("actors.government.kill_rate\n0.001\n", encoding="utf-8")
        told = self.truel("check", "war")
        self.assertIn("loose.csv: a table of draws that no account names", told.stdout + told.stderr)
        loose.unlink()
        self.truel("run", "war", "--account", "fitted", "--until", "2020-02-01", "--runs", 40, "--out", "out", "--quiet")
        seen = []
        for r in range(8):
            told = json.loads(self.truel("run", "war", "--account", "fitted", "--until", "2020-02-01", "--replay", r,
                                         "--json").stdout)
            seen.append((told["draws"]["actors.government.kill_rate"], told["draws"]["actors.river_league.kill_rate"]))
            self.assertAlmostEqual(sum(seen[-1]), 0.005)
        # Three rows, of which the last weighs a half: of each three realizations it takes one or two.
        for block in (seen[:3], seen[3:6]):
            self.assertIn(block.count((0.003, 0.002)), (1, 2))
        self.assertIn("numbers that were drawn together have no shares of their own",
                      self.truel("sensitivity", "war", "--account", "fitted", "--runs", 64, status=2).stderr)

    def test_nothing_is_scored_on_what_it_was_fitted_on(self):
        self.fitted()
        score = ["score", "war", "--observed", "data", "--runs", 4, "--until", "2020-09-30"]
        told = self.truel(*score, "--from", "2020-03-31", "--account", "fitted", status=2)
        self.assertIn("--account fitted: is fitted to observed data until 2020-03-31, and a window begins on 2020-03-31; give "
                      "--from 2020-04-01 or later", told.stderr)
        self.assertEqual(told.stdout, "")
        self.truel(*score, "--from", "2020-04-01", "--account", "fitted", "--quiet")
        told = self.truel(*score, "--from", "2020-01-01", "--each-account", "--json")
        self.assertIn("the account fitted is fitted to observed data until 2020-03-31, and a window begins on 2020-01-01: it is "
                      "left out", told.stderr)
        accounts = {row["account"] for row in json.loads(told.stdout)["windows"] if row["model"] == "truel"}
        self.assertEqual(accounts, {"base", "proxy"})

    def test_a_killed_fit_goes_on_where_it_was(self):
        self.with_events()
        self.killed_and_resumed("--strength", "0.5", "--target", "both")

    def test_a_killed_smoother_goes_on_where_it_was(self):
        self.let_some_attack()
        self.killed_and_resumed("--method", "smoother")

    def test_a_killed_tempered_fit_goes_on_where_it_was(self):
        self.let_some_attack()
        self.with_events()
        self.killed_and_resumed("--method", "tempered", "--strength", "0.5", "--target", "deaths", "--from", "2020-01-01")

    @unittest.skipIf(SANITIZED, "it is about numbers, and the fit that is killed does all that it does")
    def test_particles_come_to_where_the_weights_of_the_bank_point(self):
        self.let_some_attack()
        arguments = ["--until", "2020-06-30", "--strength", 2, "--draws", 320, "--runs", 2, "--check-runs", 50, "--quiet"]
        self.fit(*arguments, "--out", "weighed")
        self.fit(*arguments, "--method", "tempered", "--out", "moved")
        weighed, moved = (json.loads((self.folder / name / "fit.json").read_text(encoding="utf-8"))
                          for name in ("weighed", "moved"))
        self.assertEqual((weighed["method"], moved["method"], moved["strength"]), ("bank", "tempered", 2))
        self.assertEqual(weighed["powers"], [])
        self.assertEqual(moved["powers"][-1]["power"], 1)
        self.assertTrue(all(0 < step["acceptance"] < 1 for step in moved["powers"]))
        rows = table(self.folder / "moved" / "fitted.csv")
        self.assertEqual(len(rows), 80)
        self.assertTrue(all(float(row["weight"]) == 1 for row in rows))
        numbers = {number["path"]: number for number in moved["numbers"] if number["is_fitted"]}
        before = {number["path"]: number for number in weighed["numbers"] if number["is_fitted"]}
        self.assertEqual(set(rows[0]), {*numbers, "weight"})
        self.assertEqual(set(numbers), set(before))
        self.assertGreater(max(abs(number["shift"]) / number["shift_error"] for number in before.values()), 3)
        for path, number in numbers.items():
            error = math.hypot(number["shift_error"], before[path]["shift_error"])
            self.assertLess(abs(number["shift"] - before[path]["shift"]), 4 * error, path)
        for name in FITTED:
            (self.folder / "war" / "accounts" / name).write_bytes((self.folder / "moved" / name).read_bytes())
        self.truel("run", "war", "--account", "fitted", "--runs", 10, "--quiet")

    def killed_and_resumed(self, *options):
        arguments = ["fit", "war", "--observed", "data", "--until", "2020-03-31", "--draws", str(PARTICLES), "--runs", "2",
                     "--check-runs", "10", *options]
        self.truel(*arguments, "--out", "whole", "--quiet")
        bank = self.folder / "out" / ".bank"
        self.ended(self.under_way(*arguments, "--out", "out", "--quiet", file=bank, size=3000), signal.SIGKILL)
        self.assertEqual([path.name for path in (self.folder / "out").iterdir()], [".bank"])
        self.assertIn("exists", self.truel(*arguments, "--out", "out", status=2).stderr)
        other = [*arguments, "--seed", "2", "--out", "out", "--resume"]
        self.assertIn("of another question", self.truel(*other, status=2).stderr)
        kept = bank.read_bytes()
        bank.write_bytes(kept[:-7])  # a torn last record
        self.truel(*arguments, "--out", "out", "--resume", "--threads", 1)
        self.assertIn("nothing to resume", self.truel(*arguments, "--out", "out", "--resume", status=2).stderr)
        names = {path.name for path in (self.folder / "whole").iterdir()}
        self.assertEqual({path.name for path in (self.folder / "out").iterdir()}, names)
        for name in names - {"provenance.json"}:
            self.assertEqual((self.folder / "out" / name).read_bytes(), (self.folder / "whole" / name).read_bytes(), name)

    def test_the_smoother_moves_all_numbers_that_go_with_an_outcome(self):
        self.let_some_attack()
        self.fit(*self.SMOOTHED, "--out", "out", "--quiet")
        fit = json.loads((self.folder / "out" / "fit.json").read_text(encoding="utf-8"))
        self.assertEqual((fit["method"], fit["strength"], fit["runs"]), ("smoother", None, 3 * 4 * PARTICLES * 2))
        self.assertEqual({path.name for path in (self.folder / "out").iterdir()}, FILES - {"bank.csv", "losses.csv"} | FITTED)
        rows = table(self.folder / "out" / "fitted.csv")
        self.assertEqual(len(rows), PARTICLES)
        self.assertTrue(all(float(row["weight"]) == 1 for row in rows))
        moved = {row["path"] for row in table(self.folder / "out" / "numbers.csv") if row["is_fitted"] == "true"}
        self.assertEqual(set(rows[0]), moved | {"weight"})
        for name in FITTED:
            (self.folder / "war" / "accounts" / name).write_bytes((self.folder / "out" / name).read_bytes())
        self.truel("run", "war", "--account", "fitted", "--runs", 10, "--quiet")
        # The check in sample is what the account does: the same realizations, beyond those of the fit.
        told = json.loads(self.truel("run", "war", "--account", "fitted", "--replay", 3, "--json").stdout)
        self.assertIn(tuple(round(told["draws"][path], 12) for path in sorted(moved)),
                      {tuple(round(float(row[path]), 12) for path in sorted(moved)) for row in rows})

    def test_names_what_is_missing(self):
        self.assertIn("no --until", self.fit("--out", "out", status=2).stderr)
        told = self.fit("--until", "2019-11-30", "--out", "out", status=2).stderr
        self.assertIn("no window that package and record allow", told)
        self.assertIn("the first window begins on 2019-10-01", told)
        self.assertIn("method abc-smc: for control the method is bank, tempered or smoother",
                      self.fit("--until", "2020-06-30", "--method", "abc-smc", status=2).stderr)
        self.assertFalse((self.folder / "out").exists())
        (self.folder / "war" / "actors.csv").write_text("id\n", encoding="utf-8")
        self.fit("--until", "2020-06-30", "--out", "out", status=2)
        self.assertFalse((self.folder / "out").exists())


if __name__ == "__main__":
    unittest.main()
