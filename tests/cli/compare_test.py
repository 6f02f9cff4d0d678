import csv
"""truel compare as a user meets it.

TRUEL: the program.
"""
import json
import re
import unittest

from program import HAS_PAGE, ROOT, WarTest, table

FILES = {"comparison.csv", "comparison.json", "pairs.csv", "places.csv", "provenance.json"} | ({"report.html"} if HAS_PAGE else set())
RUNS = 60


class Compare(WarTest):
    def compare(self, *arguments):
        told = self.truel("compare", "war", "--runs", RUNS, *arguments, "--json", "--quiet")
        return json.loads(told.stdout)

    def rows(self, name):
        return table(self.folder / "out" / name)

    def test_writes_a_table_and_files_that_agree(self):
        told = self.truel("compare", "war", "--account", "proxy", "--runs", RUNS, "--out", "out")
        self.assertLessEqual(max(map(len, told.stdout.splitlines())), 100)
        self.assertRegex(told.stdout, r"Land on the last day, % +base +proxy +Difference +95 % interval")
        self.assertEqual({path.name for path in (self.folder / "out").iterdir()}, FILES)
        whole = json.loads((self.folder / "out" / "comparison.json").read_text(encoding="utf-8"))
        self.assertEqual([side["accounts"] for side in whole["sides"]], [[], ["proxy"]])
        table = {row["outcome"]: row for row in self.rows("comparison.csv")}
        self.assertEqual([one["outcome"] for one in whole["outcomes"]], list(table))
        pairs = {}
        for row in self.rows("pairs.csv"):
            pairs.setdefault(row["outcome"], []).append((row["a"], row["b"]))
        self.assertEqual(list(pairs), list(table))
        for one in whole["outcomes"]:
            row = table[one["outcome"]]
            numbers = [(float(a), float(b)) for a, b in pairs[one["outcome"]] if a and b]
            self.assertEqual((len(pairs[one["outcome"]]), len(numbers)), (RUNS, one["pairs"]))
            mean = sum(b - a for a, b in numbers) / len(numbers)
            self.assertAlmostEqual(mean, one["difference"], delta=1e-4 * max(1, abs(one["a"]), abs(one["b"])))
            self.assertEqual(float(row["difference"]), float(f"{one['difference']:.6g}"))
            self.assertLessEqual(one["low"], one["difference"])
            self.assertGreaterEqual(one["high"], one["difference"])
            self.assertEqual(sum(a != b for a, b in numbers) > 0, one["changed_pairs"] > 0)

    def test_each_side_is_the_ensemble_that_run_gives(self):
        compared = self.compare("--account", "proxy", "--set", "actors.river_league.kill_rate=0.002..0.004",
                                "--set-a", "actors.government.income=100..200")
        settings = ["--set", "actors.river_league.kill_rate=0.002..0.004"]
        sides = (settings + ["--set", "actors.government.income=100..200"], settings + ["--account", "proxy"])
        for side, arguments in zip("ab", sides):
            run = self.truel("run", "war", "--runs", RUNS, *arguments, "--json", "--quiet")
            actors = json.loads(run.stdout)["actors"]
            for one in compared["outcomes"]:
                words = one["outcome"].split(".")
                if words[0] != "actors" or words[2] == "life_days":
                    continue
                known = actors[words[1]][words[2]]
                expected = known if words[2] == "survival_probability" else known["mean"]
                self.assertAlmostEqual(one[side], expected, places=6, msg=one["outcome"])

    def test_is_the_same_to_the_byte_for_any_threads(self):
        arguments = ("compare", "war", "--account", "proxy", "--runs", RUNS, "--json", "--quiet")
        one = self.truel(*arguments, "--threads", 1).stdout
        self.assertEqual(one, self.truel(*arguments, "--threads", 3).stdout)
        self.assertNotEqual(one, self.truel(*arguments, "--seed", 2).stdout)

    def test_the_order_of_the_sides_turns_the_signs(self):
        there = self.compare("--account", "proxy")
        back = self.compare("--account", "proxy", "--account", "base")
        for one, other in zip(there["outcomes"], back["outcomes"]):
            self.assertEqual((one["a"], one["b"]), (other["b"], other["a"]))
            self.assertAlmostEqual(one["difference"], -other["difference"])
            self.assertAlmostEqual(one["low"], -other["high"])

    def test_what_happened_stands_below_what_differs(self):
        syria = ROOT / "scenarios" / "syria-2016"

        def told(*arguments):
            return " ".join(self.truel("compare", syria, "--runs", 4, *arguments, "--quiet").stdout.split())

        at_end = told("--account", "united_front", "--until", "2017-12-31", "--out", "out")
        self.assertRegex(at_end, r"What happened, by the observed data: on 31 December 2017 the land was held by .* Islamic State 2 % \(\d+ %, <?\d+ %\)")
        self.assertIn("In brackets: base, united_front.", at_end)
        later = told("--account", "united_front")
        self.assertIn("which end before the runs: on 31 December 2017 the land was held by", later)
        self.assertIn("To compare both with that day, add --until 2017-12-31.", later)
        self.assertEqual(told("--if-united", "isis").count("the land was held by"), 1)
        if HAS_PAGE:
            self.assertIn('"fact":"on 31 December 2017 the land was held by', (self.folder / "out" / "report.html").read_text(encoding="utf-8"))

    def test_stops_when_differences_are_sure_and_says_so(self):
        asked = ("--set-b", "actors.government.kill_rate=0")
        told = json.loads(self.truel("compare", "war", *asked, "--until-sure", "losses,value", "--runs", 400, "--json", "--quiet").stdout)
        until = told["until_sure"]
        self.assertEqual((until["outcomes"], until["most"], until["sure"]), (["losses", "value"], 400, True))
        self.assertLess(told["runs"], 400)
        self.assertTrue(until["words"].startswith(f"{told['runs']} of at most 400 pairs were enough"), until["words"])
        plain = json.loads(self.truel("compare", "war", *asked, "--runs", told["runs"], "--json", "--quiet").stdout)
        self.assertNotIn("until_sure", plain)
        for one, other in zip(told["outcomes"], plain["outcomes"]):
            self.assertEqual((one["outcome"], one["a"], one["b"], one["difference"]), (other["outcome"], other["a"], other["b"], other["difference"]))
            if one["outcome"].endswith(".losses") and one["changed_pairs"] > 0:
                self.assertLess(one["low"], other["low"])
                self.assertGreater(one["high"], other["high"])
                self.assertTrue(one["low"] > 0 or one["high"] < 0 or one["high"] - one["low"] < 0.04 * sum(max(o["a"], o["b"]) for o in told["outcomes"] if o["outcome"].endswith(".losses")) + 1e-9)
        table = self.truel("compare", "war", *asked, "--until-sure", "value,losses", "--runs", 400, "--threads", 3)
        self.assertIn("pairs were enough", table.stdout)
        self.assertIn(f"{told['runs']} pairs of runs in", table.stderr)
        self.assertIn("land", self.truel("compare", "war", *asked, "--until-sure", "land", status=2).stderr)
        self.assertIn("--until-sure with --if-united", self.truel("compare", "war", "--if-united", "all", "--until-sure", "value", status=2).stderr)

    def test_says_on_which_day_the_sides_part(self):
        change = next(row for row in table(self.folder / "war" / "interventions.csv") if row["action"] == "arrive")
        arguments = ("--set-b", f"interventions.{change['id']}.value=0")
        self.assertEqual(self.compare(*arguments)["fork"], change["date"])
        self.assertRegex(self.truel("compare", "war", *arguments, "--runs", 5).stdout,
                         r"\nUntil \d+ \w+ \d{4} the two sides are the same in every run\.")
        late = self.truel("compare", "war", *arguments, "--until", "2020-01-31", status=2)
        self.assertIn("differ in no number that counts", late.stderr)

    @unittest.skipUnless(HAS_PAGE, "this build has no page")
    def test_the_page_names_accounts_by_their_titles(self):
        self.compare("--account", "proxy", "--out", "out")
        title = re.search(r'(?m)^title = "(.*)"', (self.folder / "war" / "accounts" / "proxy.toml").read_text(encoding="utf-8"))[1]
        told = json.loads((self.folder / "out" / "comparison.json").read_text(encoding="utf-8"))["answer"]
        page = (self.folder / "out" / "report.html").read_text(encoding="utf-8")
        shown = json.loads(re.search(r'<script[^>]*id="truel-data"[^>]*>(.*?)</script>', page, re.S)[1])["answer"]
        self.assertIn(" under proxy", told)
        self.assertEqual(shown, told.replace(" under base", " under the basic model").replace(" under proxy", f" under “{title}”"))

    def test_compares_other_metrics_by_name(self):
        told = self.compare("--account", "proxy", "--metric", "actors.river_league.fighters.2020-06-01",
                            "--metric", "places.mill.control.river_league")
        names = [one["outcome"] for one in told["outcomes"]]
        self.assertIn("actors.river_league.fighters.2020-06-01", names)
        self.assertIn("places.mill.control.river_league", names)

    def test_tells_who_gains_from_an_actor(self):
        told = self.compare("--who-gains", "highland_front", "--account", "proxy")
        self.assertEqual((told["without"], told["fork"]), ("highland_front", told["start"]))
        self.assertEqual([side["name"] for side in told["sides"]], ["with", "without"])
        self.assertTrue(told["answer"].startswith("What others would have without The highland front."))
        rows = {one["outcome"]: one for one in told["outcomes"]}
        for outcome in ("value_share", "losses", "final_fighters"):
            self.assertGreater(rows[f"actors.highland_front.{outcome}"]["a"], 0)
            self.assertEqual(rows[f"actors.highland_front.{outcome}"]["b"], 0)
        self.assertNotIn("actors.highland_front.survival_probability", rows)
        self.assertIn("settlement.self_rule.distance.government", rows)
        self.assertNotIn("settlement.self_rule.distance.highland_front", rows)
        run = json.loads(self.truel("run", "war", "--account", "proxy", "--runs", RUNS, "--json", "--quiet").stdout)
        self.assertAlmostEqual(rows["actors.government.losses"]["a"], run["actors"]["government"]["losses"]["mean"])

    def test_tells_what_becomes_of_actors_if_their_enemies_stood_together(self):
        told = self.compare("--if-united", "all", "--account", "proxy", "--out", "out")
        self.assertEqual(json.loads((self.folder / "out" / "united.json").read_text(encoding="utf-8")), told)
        run = json.loads(self.truel("run", "war", "--account", "proxy", "--runs", RUNS, "--json", "--quiet").stdout)
        for name, one in told["actors"].items():
            actor = run["actors"][name]
            self.assertAlmostEqual(one["divided"]["value"]["mean"], actor["value_share"]["mean"])
            self.assertAlmostEqual(one["divided"]["survival"]["mean"], actor["survival_probability"])
            self.assertLess(one["one_command"]["fighters"]["low"], one["one_command"]["fighters"]["high"])
            self.assertEqual(one["truce"]["life"]["half_gone"]["day"] is None, one["truce"]["survival"]["mean"] > 0.5)
        rows = self.rows("united.csv")
        self.assertEqual(len(rows), len(told["actors"]) * 4 * 4)
        table = self.truel("compare", "war", "--if-united", next(iter(told["actors"])), "--runs", 4, "--quiet").stdout
        self.assertIn("Survives, % of the runs", table)
        for mark, said in (("*", "*: the difference from divided"), (" to ", "In brackets: 95 % interval"), (" -", "-: fewer than half")):
            cells = "\n".join(line for line in table.splitlines() if re.search(r"\S {2,}\S", line))
            self.assertEqual(mark in cells, said in " ".join(table.split()), table)

    def test_aircraft_hold_no_land_that_united_enemies_could_take(self):
        with (self.war / "actors.csv").open("a", encoding="utf-8") as actors:
            actors.write("wings,The wings,air,government,,,,,,,,,assumed: a test,\n")
        refused = self.truel("compare", "war", "--if-united", "wings", status=2).stderr
        self.assertIn("wings: is an air actor and holds no land", refused)
        self.assertIn("name a ground actor", refused)

    def test_a_difference_of_united_enemies_has_its_sign(self):
        self.compare("--if-united", "all", "--account", "proxy", "--out", "out")
        table = " ".join(self.truel("compare", "war", "--if-united", "all", "--account", "proxy", "--runs", RUNS, "--quiet").stdout.split())
        sure = [row for row in self.rows("united.csv") if row["outcome"] == "value" and row["low"] and (float(row["low"]) > 0 or float(row["high"]) < 0)]
        self.assertTrue(sure)
        for row in sure:
            self.assertIn(f"{100 * float(row['mean']):.1f} {100 * float(row['difference']):+.1f}*", table)

    def test_enemies_may_unite_on_a_later_day(self):
        first, late, last = (self.compare("--if-united", "government", *day) for day in ([], ["--united-from", "2020-09-01"], ["--united-from", "2021-12-30"]))
        mean = lambda told, way, outcome="fighters": told["actors"]["government"][way][outcome]["mean"]
        self.assertNotIn("from", first)
        self.assertEqual(late["from"], "2020-09-01")
        for told in (late, last):
            self.assertEqual(told["actors"]["government"]["divided"], first["actors"]["government"]["divided"])
        for way in ("truce", "coordinated", "one_command"):
            self.assertNotEqual(mean(late, way), mean(first, way))
            self.assertLess(abs(mean(last, way) - mean(last, "divided")), abs(mean(first, way) - mean(first, "divided")))
        again = self.compare("--if-united", "government", "--united-from", "2020-01-01")
        self.assertEqual(again["actors"], first["actors"])
        table = self.truel("compare", "war", "--if-united", "government", "--united-from", "2020-09-01", "--runs", 4, "--quiet").stdout
        self.assertIn("from 1 September 2020 on", " ".join(table.split()))
        for day, said in (("soon", "not a date"), ("2019-01-01", "not a day of this war"), ("2021-12-31", "not a day of this war")):
            self.assertIn(said, self.truel("compare", "war", "--if-united", "government", "--united-from", day, status=2).stderr)
        self.assertIn("--if-united", self.truel("compare", "war", "--united-from", "2020-09-01", status=2).stderr)

    def test_tells_what_each_setting_of_an_account_moves(self):
        account = self.folder / "war" / "accounts" / "proxy.toml"
        account.write_text(account.read_text(encoding="utf-8") +
                           '\n[[set]]\npath = "actors.government.raid_range_km"\nvalue = 0.5\nbasis = "assumed: a test"\n', encoding="utf-8")
        told = self.compare("--account", "proxy", "--each-setting", "--out", "out")
        self.assertEqual(json.loads((self.folder / "out" / "each_setting.json").read_text(encoding="utf-8")), told)
        lines = {one["paths"][0]: one for one in told["settings"]}
        self.assertFalse(lines["actors.government.raid_range_km"]["acts"])
        self.assertEqual(lines["actors.government.raid_range_km"]["outcomes"], [])
        # What a line does is what the account does, less what the account does with the package's number in its place.
        path, one = next((path, one) for path, one in lines.items() if one["acts"] and len(one["paths"]) == 1)
        package = json.loads(self.truel("claims", "war", "--of", path, "--json").stdout)
        number = next(n for n in package["numbers"] if n["account"] is None)["value"]
        other = self.compare("--account", "proxy", "--account", "proxy", "--set-b", f"{path}={number}")
        rows = {row["outcome"]: row for row in other["outcomes"]}
        for outcome in one["outcomes"]:
            row = rows[outcome["outcome"]]
            self.assertAlmostEqual(outcome["with"], row["a"])
            self.assertAlmostEqual(outcome["without"], row["b"])
            self.assertEqual(outcome["changed_pairs"], row["changed_pairs"])
        text = self.truel("compare", "war", "--account", "proxy", "--each-setting", "--runs", 4, "--quiet").stdout
        self.assertIn("Are read, but change nothing in any pair:\n- actors.government.raid_range_km = 0.5", text)
        account.write_text(f'title = "Same"\nstory = "As the package."\nclaims = []\n\n[[set]]\npath = "{path}"\nvalue = {json.dumps(number)}\nbasis = "assumed: a test"\n',
                           encoding="utf-8")
        same = self.compare("--account", "proxy", "--each-setting")["settings"]
        self.assertEqual([(one["paths"], one["equals_package"], one["outcomes"]) for one in same], [([path], True, [])])
        text = self.truel("compare", "war", "--account", "proxy", "--each-setting", "--runs", 4, "--quiet").stdout
        self.assertIn("Equal the package's own value, so nothing is compared:\n- " + path, text)
        # So is a value that holds because the package leaves it out; a tie is told from the end from which the account names it.
        ties = self.folder / "war" / "ties.csv"
        ties.write_text("".join(line for line in ties.read_text(encoding="utf-8").splitlines(True)
                                if not line.startswith("government,river_league")), encoding="utf-8")
        tie = "ties.river_league.government.alignment"
        for value, is_same in ((-1, True), (-0.9, False)):
            account.write_text(f'title = "Same"\nstory = "As the package."\nclaims = []\n\n[[set]]\npath = "{tie}"\nvalue = {value}\nbasis = "assumed: a test"\n',
                               encoding="utf-8")
            done = self.compare("--account", "proxy", "--each-setting")["settings"]
            self.assertEqual([(one["paths"], one["equals_package"]) for one in done], [(["ties.government.river_league.alignment"], is_same)])
            text = self.truel("compare", "war", "--account", "proxy", "--each-setting", "--runs", 4, "--quiet").stdout
            head = "Equal the package's own value, so nothing is compared:" if is_same else "Are read, but change nothing in any pair:"
            self.assertIn(f"{head}\n- {tie} = {value}\n", text)
        for wrong in ([], ["--account", "base"], ["--account", "proxy", "--if-united", "all"]):
            said = self.truel("compare", "war", "--each-setting", "--runs", 4, *wrong, status=2).stderr
            self.assertIn("--each-setting needs one account; add --account NAME", said)

    def test_the_same_stands_beside_an_ensemble_and_on_its_page(self):
        whole = ("run", "war", "--account", "proxy", "--runs", 4, "--if-united", "all")
        late = ("--united-from", "2020-09-01")
        self.truel(*whole, *late, "--united-runs", RUNS, "--out", "with", "--quiet")
        told = self.compare("--if-united", "all", "--account", "proxy", *late)
        read = lambda name: json.loads((self.folder / "with" / name).read_text(encoding="utf-8"))
        self.assertEqual(read("united.json")["actors"], told["actors"])
        self.assertEqual(read("summary.json")["united"], {"runs": int(RUNS), "from": late[1], "actors": told["actors"]})
        with open(self.folder / "with" / "united.csv", encoding="utf-8", newline="") as file:
            self.assertEqual({(row["enemies"] == "divided", row["from"]) for row in csv.DictReader(file)}, {(True, ""), (False, late[1])})
        self.assertEqual(read("summary.json")["runs"], 4)
        page = (self.folder / "with" / "report.html")
        self.assertTrue(not page.exists() or '"one_command"' in page.read_text(encoding="utf-8"))
        self.assertIn("--if-united", self.truel(*whole, "--shard", "1/2", "--out", "part", status=2).stderr)
        self.assertIn("no such actor", self.truel("run", "war", "--if-united", "nobody", status=2).stderr)
        self.assertIn("not a date", self.truel(*whole, "--united-from", "soon", status=2).stderr)

    def test_says_why_an_actor_survives(self):
        told = self.truel("run", "war", "--why", "river_league", "--runs", 20, "--out", "out", "--quiet")
        self.assertLessEqual(max(map(len, told.stdout.splitlines())), 100)
        self.assertRegex(" ".join(told.stdout.split()), r"survived in \d+ % of \d+ runs \(95 % interval \d+ % to \d+ %\): ")
        self.assertEqual({path.name for path in (self.folder / "out").iterdir()},
                         {"why.json", "enemies.csv", "changes.csv", "provenance.json"})
        whole = json.loads((self.folder / "out" / "why.json").read_text(encoding="utf-8"))
        again = self.truel("run", "war", "--why", "river_league", "--runs", 20, "--json", "--quiet", "--threads", 1)
        self.assertEqual(json.loads(again.stdout), whole)
        enemies = self.rows("enemies.csv")
        self.assertEqual([row["command"] for row in enemies], [one["command"] for one in whole["enemies"]])
        for one in whole["enemies"]:
            self.assertAlmostEqual(sum(one["kept_off"].values()), one["gap"])
        lives = [one["life_days"]["mean"] for one in whole["changes"]]
        self.assertEqual(lives, sorted(lives))
        self.assertEqual([row["change"] for row in self.rows("changes.csv")], [one["what"] for one in whole["changes"]])
        for change in whole["changes"]:  # the settings are those that --set-b takes
            settings = [word for setting in change["settings"] for word in ("--set-b", setting)]
            self.truel("compare", "war", "--runs", 2, *settings)

    def test_says_what_moves_another_metric_of_an_actor(self):
        metric = "actors.river_league.value_share"
        told = json.loads(self.truel("run", "war", "--why", "river_league", "--metric", metric, "--runs", 20, "--json", "--quiet").stdout)
        self.assertEqual(told["metric"], metric)
        self.assertTrue(told["answer"].startswith(metric), told["answer"])
        moved = [abs(one["metric_value"]["mean"]) for one in told["changes"]]
        self.assertEqual(moved, sorted(moved, reverse=True))
        for arguments, mistake in ((["--metric", metric], "--why"), (["--why", "government", "--metric", "actors.government.land"], "--metric")):
            self.assertIn(mistake, self.truel("run", "war", *arguments, status=2).stderr)

    def test_wrong_input_ends_with_status_2_and_writes_nothing(self):
        for arguments, told in (
                ([], "both sides are the same"),
                (["--account", "base"], "both sides are the same"),
                (["--account", "prox"], "proxy"),
                (["--account", "proxy", "--account", "base", "--account", "proxy"], "more than twice"),
                (["--set-b", "actors.river_league.incom=1"], "income"),
                (["--account", "proxy", "--metric", "actors.river_league.fighter.3"], "did you mean"),
                (["--account", "proxy", "--metric", "actors.river_league.fighters.2031-01-01"], "no day of the run"),
                (["--account", "proxy", "--from", "tomorrow"], "is not a date"),
                (["--account", "proxy", "--runs", "1"], "--runs"),
                (["--who-gains", "strangers"], "no such actor; known are government"),
                (["--if-united", "strangers"], "no such actor; known are government"),
                (["--if-united", "government", "--set-b", "actors.government.income=1"], "two sides"),
                (["--who-gains", "government", "--set-b", "actors.government.income=1"], "two sides")):
            done = self.truel("compare", "war", *arguments, "--out", "out", status=2)
            self.assertIn(told, done.stderr, arguments)
            self.assertEqual(done.stdout, "")
            self.assertFalse((self.folder / "out").exists())
        for arguments, told in ((["--why", "nobody"], "no such actor"), (["--why", "government", "--resume"], "leave one of them out"),
                                (["--why", "government", "--runs", 1], "one pair")):
            self.assertIn(told, self.truel("run", "war", *arguments, "--out", "out", status=2).stderr)
            self.assertFalse((self.folder / "out").exists())
        (self.folder / "out").mkdir()
        self.assertIn("exists", self.truel("compare", "war", "--account", "proxy", "--out", "out", status=2).stderr)
        self.assertEqual(list((self.folder / "out").iterdir()), [])


if __name__ == "__main__":
    unittest.main()
