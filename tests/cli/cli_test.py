"""The program as a user meets it.

TRUEL: the program. TRUEL_HAS_PAGE: 1 if it was built with the page of a report.
"""
import csv
import json
import math
import os
import re
import resource
import shutil
import signal
import subprocess
import tomllib
import unittest

from program import HAS_PAGE, ProgramTest, ROOT, SANITIZED, shortened, table, TRUEL

WAR = ROOT / "scenarios" / "syria-2016"
BATTLE_OF_THREE = ROOT / "scenarios" / "published" / "multiduel"
FIRST_SPRING = ["--until", "2016-04-30"]
RESULT_FILES = {"summary.json", "ensemble.nc", "control.geojson", "dyads.csv", "months_dyads.csv",
                "months_places.csv", "events.csv", "priorities.csv",
                "provenance.json"} | ({"report.html"} if HAS_PAGE else set())


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class CommandLine(ProgramTest):
    def ensemble(self, name, *arguments, **more):
        """Runs an ensemble into a new folder; gives the folder."""
        self.truel("run", WAR, "--seed", 7, "--out", name, *arguments, **more)
        return self.folder / name

    def assert_same_results(self, one, other):
        """All result files have the same bytes; provenance.json alone tells threads and times."""
        names = sorted(path.name for path in one.iterdir())
        self.assertEqual(names, sorted(path.name for path in other.iterdir()))
        self.assertEqual(set(names), RESULT_FILES)
        for name in names:
            if name != "provenance.json":
                self.assertTrue((one / name).read_bytes() == (other / name).read_bytes(), f"{name} differs")

    # What it says of itself.

    def test_a_question_about_a_day_is_answered_for_that_day(self):
        self.truel("new", "war")
        path = self.folder / "war" / "scenario.toml"
        path.write_text(path.read_text() + '\n[[question]]\nwords = "Who holds the mill?"\n'
                        'metric = ["places.mill.control.government.2020-03-05", "places.mill.control.river_league.2020-03-05"]\n')
        for every in (7, 100):
            told = json.loads(self.truel("run", "war", "--runs", 8, "--every", every, "--json", "--quiet").stdout)
            self.assertIn("2020-03-05", told["dates"])
            self.assertEqual([v["date"] for v in told["questions"][-1]["answers"][0]["values"]], ["2020-03-05"] * 2)

    def test_version_is_that_of_the_project(self):
        project = re.search(r"project\(truel VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
        self.assertEqual(self.truel("--version").stdout.strip(), project)

    # Wrong input: status 2, and nothing written.

    def test_wrong_arguments_give_status_2_and_write_nothing(self):
        before = sorted(self.folder.iterdir())
        for arguments in (
            [], ["march"], ["run"], ["new"], ["check"],
            ["run", WAR, "--runs", "0"], ["run", WAR, "--runs", "many"], ["run", WAR, "--runs", "-5"],
            ["run", WAR, "--solver", "guess"], ["run", WAR, "--colour"], ["run", WAR, "--every", "0"],
            ["run", WAR, "--precision", "2"], ["run", WAR, "--precision", "nan"],
            ["run", WAR, "--seed", "x"],
            ["run", WAR, "--from", "yesterday", "--out", "o"], ["run", WAR, "--until", "2016-02-30", "--out", "o"],
            ["run", WAR, "--from", "2017-01-01", "--until", "2016-01-01", "--out", "o"],
            ["run", WAR, "--account", "nobody", "--out", "o"],
            ["run", WAR, "--set", "actors.isis.recruits_per_dya=1", "--out", "o"],
            ["run", WAR, "--set", "actors.isis.recruits_per_day", "--out", "o"],
            ["run", WAR, "--set", "actors.isis.recruits_per_day=several", "--out", "o"],
            ["run", "no-such-package", "--out", "o"], ["check", "no-such-package"],
            ["run", WAR, "--resume"], ["run", WAR, "--resume", "--out", "o"],
            ["run", WAR, "--resume", "--out", "o", "--replay", "1"],
            ["verify", "no-such-folder"], ["verify", "."], ["verify", WAR, "--data", "no-such-folder"],
            ["verify", WAR, "--threads", "-1"],
        ):
            with self.subTest(arguments=arguments):
                done = self.truel(*arguments, status=2)
                self.assertEqual(done.stdout, "")
                self.assertGreater(len(done.stderr.strip()), 10)
                self.assertEqual(sorted(self.folder.iterdir()), before)

    def test_a_misspelt_number_is_told_with_the_nearest_one(self):
        done = self.truel("run", WAR, "--set", "actors.isis.recruits_per_dya=1", status=2)
        self.assertIn("recruits_per_day", done.stderr)

    def test_every_mistake_of_a_package_is_listed_at_once(self):
        package = self.folder / "package"
        shutil.copytree(WAR, package)
        actors = (package / "actors.csv").read_text(encoding="utf-8")
        (package / "actors.csv").write_text(actors.replace("recruits_per_day", "recruits_per_dya", 1), encoding="utf-8")
        links = (package / "links.csv").read_text(encoding="utf-8").splitlines()
        links[3] = links[3].replace(links[3].split(",")[0], "atlantis", 1)
        (package / "links.csv").write_text("\n".join(links) + "\n", encoding="utf-8")
        for arguments in (["check", package], ["run", package, "--out", "o"]):
            done = self.truel(*arguments, status=2)
            self.assertRegex(done.stderr, r"actors\.csv:1:\d+: .*recruits_per_dya")
            self.assertRegex(done.stderr, r"links\.csv:4:\d+: .*atlantis")
            self.assertRegex(done.stderr.splitlines()[-1], r"^\d+ mistakes$")
            self.assertFalse((self.folder / "o").exists())

    def test_an_output_folder_that_exists_is_refused(self):
        (self.folder / "there").mkdir()
        (self.folder / "file").write_text("mine")
        for name in ("there", "file"):
            done = self.truel("run", WAR, "--runs", 1, *FIRST_SPRING, "--out", name, status=2)
            self.assertIn("exists", done.stderr)
        self.assertEqual(list((self.folder / "there").iterdir()), [])
        self.assertEqual((self.folder / "file").read_text(), "mine")
        out = self.ensemble("done", "--runs", 1, *FIRST_SPRING)
        before = contents(out)
        self.truel("run", WAR, "--runs", 2, *FIRST_SPRING, "--out", "done", status=2)
        self.truel("run", WAR, "--seed", 7, "--runs", 1, *FIRST_SPRING, "--out", "done", "--resume", status=2)
        self.truel("run", WAR, "--replay", 0, *FIRST_SPRING, "--out", "done", status=2)
        self.assertEqual(contents(out), before)

    def test_new_does_not_write_over_a_folder(self):
        self.truel("new", "war")
        before = contents(self.folder / "war")
        self.truel("new", "war", status=2)
        self.assertEqual(contents(self.folder / "war"), before)

    def test_new_says_why_a_folder_cannot_be_made(self):
        # Nobody makes a folder in /sys; what is refused there is the folder, and not a file in it that would not be found.
        told = self.truel("new", "/sys/war", status=3).stderr
        self.assertIn("/sys/war", told)
        self.assertNotIn("No such file", told)

    # The checks of packages.

    def duel(self, name, expected):
        """A package with one check: 100 against 50 by the square law leave sqrt(7500)."""
        package = self.folder / name
        shutil.copytree(ROOT / "scenarios" / "published" / "lanchester-square", package)
        text = (package / "scenario.toml").read_text(encoding="utf-8").split("[[run]]")[0]
        (package / "scenario.toml").write_text(f"""{text}
[[check]]
what = "what Blue keeps"
metric = "actors.blue.final_fighters"
value = {expected}
absolute = 1e-4
solver = "mean-field"
source = "closed form"
""", encoding="utf-8")
        return package

    def test_verify_prints_expected_and_got_and_fails_with_status_1(self):
        self.duel("wars/good", 7500**0.5)
        good = self.truel("verify", "wars", "--all").stdout.splitlines()
        self.assertEqual(good[0].split(), ["package", "what", "expected", "got", "verdict", "source"])
        self.assertRegex(good[1], r"^good +what Blue keeps +86\.6025\d* +86\.6025\d* +pass +closed form$")
        self.assertEqual(good[2].strip(), "actors.blue.final_fighters: mean-field, 1 run, seed 1")
        self.assertEqual(good[-1], "1 passed, 0 failed, 0 without data, 1 package")
        self.duel("wars/more/bad", 80)
        both = self.truel("verify", "wars", status=1).stdout.splitlines()
        self.assertEqual(both[-1], "1 passed, 1 failed, 0 without data, 2 packages")
        self.assertRegex(both[1], r"^bad +what Blue keeps +80 +86\.602\d* +fail +closed form$")
        self.assertFalse([line for line in both if "closed form" in line and "pass" in line], "what holds is counted alone")
        self.assertRegex("\n".join(both), r"(?m)^package +pass +fail +known miss +no data\ngood +1\nbad +1$")
        self.assertRegex("\n".join(self.truel("verify", "wars", "--all", status=1).stdout.splitlines()[:4]),
                         r"(?s)\nbad .*\ngood ")
        rows = json.loads(self.truel("verify", "wars", "--json", status=1).stdout)["checks"]
        self.assertEqual([(row["package"], row["verdict"]) for row in rows], [("good", "pass"), ("bad", "fail")])
        for row in rows:
            self.assertEqual(set(row), {"package", "what", "expected", "got", "tolerance", "verdict", "metric", "run", "source"})
            self.assertEqual((row["metric"], row["run"]["solver"]), ("actors.blue.final_fighters", "mean-field"))
            self.assertEqual(abs(row["got"] - row["expected"]) <= row["tolerance"], row["verdict"] == "pass")

    def test_verify_shows_a_miss_however_small_and_cuts_no_name_in_a_pipe(self):
        name = "a-name-that-is-longer-than-any-column-of-a-terminal-would-be"
        for miss in (1e-6, 1e-9):
            package = self.duel(name, 7500**0.5 * (1 + miss))
            text = (package / "scenario.toml").read_text(encoding="utf-8")
            (package / "scenario.toml").write_text(text.replace("absolute = 1e-4", "absolute = 1e-14"), encoding="utf-8")
            line = self.truel("verify", name, status=1).stdout.splitlines()[1].split()
            self.assertEqual(line[0], name)
            self.assertAlmostEqual(float(line[4]) - float(line[5]), 7500**0.5 * miss, delta=0.2 * 7500**0.5 * miss)
            shutil.rmtree(package)

    def test_verify_of_what_states_no_check_is_a_mistake(self):
        self.duel("wars/good", 7500**0.5)
        self.truel("new", "war")
        done = self.truel("verify", "war", status=2)
        self.assertEqual((done.stdout, "war: states no check" in done.stderr), ("", True), done.stderr)
        done = self.truel("verify", "wars", "war", status=2)
        self.assertIn("war: states no check", done.stderr)
        self.assertIn("1 passed", done.stdout)

    def test_verify_looks_into_scenarios_where_no_folder_is_named(self):
        self.duel("scenarios/mine", 7500**0.5)
        self.assertIn("1 passed", self.truel("verify").stdout)

    def test_verify_tells_of_packages_with_mistakes_and_runs_the_others(self):
        self.duel("wars/good", 7500**0.5)
        bad = self.duel("wars/broken", 1)
        text = (bad / "scenario.toml").read_text(encoding="utf-8")
        (bad / "scenario.toml").write_text(text.replace("final_fighters", "final_figthers"), encoding="utf-8")
        done = self.truel("verify", "wars", status=2)
        self.assertRegex(done.stderr, r"broken/scenario\.toml:\d+:\d+: unknown metric .*did you mean")
        self.assertIn("1 passed, 0 failed", done.stdout)

    def test_verify_without_data_says_so(self):
        package = self.duel("war", 7500**0.5)
        with (package / "scenario.toml").open("a", encoding="utf-8") as file:
            file.write('cases = { data = "battles/battles.csv", set = { "actors.blue.kill_rate" = "rate" } }\n')
        self.assertIn("0 passed, 0 failed, 1 without data", self.truel("verify", "war").stdout)
        (self.folder / "data" / "battles").mkdir(parents=True)
        (self.folder / "data" / "battles" / "battles.csv").write_text("rate\n0.01\n")
        self.assertIn("1 passed", self.truel("verify", "war", "--data", "data").stdout)

    # What a run gives.

    def test_a_new_package_has_no_mistakes_and_runs(self):
        made = self.truel("new", "war").stdout.splitlines()
        self.assertIn("war/scenario.toml", made)
        for name in made:
            self.assertTrue((self.folder / name).is_file(), name)
        self.assertIn("no mistakes", self.truel("check", "war").stdout)
        told = json.loads(self.truel("run", "war", "--runs", 20, "--json").stdout)
        self.assertEqual((told["runs"], told["failed_runs"], len(told["actors"])), (20, 0, 3))

    def test_a_run_writes_all_result_files(self):
        out = self.ensemble("out", "--runs", 4, *FIRST_SPRING)
        self.assertEqual({path.name for path in out.iterdir()}, RESULT_FILES)
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        self.assertEqual((summary["seed"], summary["runs"], summary["start"], summary["end"]),
                         (7, 4, "2016-01-01", "2016-04-30"))
        provenance = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
        self.assertIn("--until 2016-04-30", provenance["command"])
        shapes = json.loads((out / "control.geojson").read_text(encoding="utf-8"))
        self.assertEqual(len(shapes["features"]), len(summary["places"]))
        for name in ("dyads.csv", "events.csv", "priorities.csv"):
            with (out / name).open(encoding="utf-8", newline="") as table:
                rows = list(csv.reader(table))
            self.assertGreater(len(rows), 1, name)
            self.assertEqual({len(row) for row in rows}, {len(rows[0])}, name)
        if HAS_PAGE:
            page = (out / "report.html").read_text(encoding="utf-8")
            self.assertNotIn("@TRUEL_DATA@", page)
            self.assertIn("Raqqa", page)
            self.assertIn('id="truel-engine">null<', page)  # with --until it would answer for another war

    def test_a_map_of_regions_is_written_where_it_is_asked_for(self):
        self.truel("new", "valley")
        done = self.truel("run", "valley", "--runs", 2, "--map-regions", 10, "--out", "out", "--json")
        regions = json.loads(done.stdout)["regions"]
        self.assertEqual((regions["divisions"], len(regions["ends"])), (10, 66))
        self.assertAlmostEqual(sum(regions["shares"].values()), 1)
        rows = table(self.folder / "out" / "regions.csv")
        self.assertEqual(len(rows), 66)
        self.assertEqual(sum(row["end"] == "government" for row in rows) / 66, regions["shares"]["government"])
        self.assertIn("<svg", (self.folder / "out" / "regions.svg").read_text(encoding="utf-8"))
        self.assertIn("five hundred", self.truel("run", "valley", "--map-regions=five hundred", status=2).stderr)
        for arguments, told in (([WAR], "three ground actors"), (["valley", "--replay", 0], "leave one of them out")):
            self.assertIn(told, self.truel("run", *arguments, "--map-regions", 5, status=2).stderr)

    def test_table_in_a_pipe_names_every_ground_actor_in_full(self):
        done = self.truel("run", WAR, "--runs", 4, *FIRST_SPRING)
        told = json.loads(self.truel("run", WAR, "--runs", 4, *FIRST_SPRING, "--json").stdout)
        for actor in told["actors"].values():
            if actor["kind"] == "ground" and actor["first_day_fighters"]:
                self.assertIn(actor["name"].split(" (")[0], done.stdout)

    def test_json_on_standard_output_is_summary_json(self):
        done = self.truel("run", WAR, "--seed", 7, "--runs", 4, *FIRST_SPRING, "--out", "out", "--json")
        self.assertEqual(json.loads(done.stdout), json.loads((self.folder / "out" / "summary.json").read_text()))

    def test_quiet_says_nothing_but_the_answer(self):
        loud = self.truel("run", WAR, "--runs", 4, *FIRST_SPRING)
        quiet = self.truel("run", WAR, "--runs", 4, *FIRST_SPRING, "--quiet")
        self.assertNotEqual(loud.stderr, "")
        self.assertEqual(quiet.stderr, "")
        self.assertEqual(quiet.stdout, loud.stdout)

    def test_remarks_do_not_cut_the_answer_where_both_go_to_one_file(self):
        command = [TRUEL, "run", WAR, "--runs", "4", *FIRST_SPRING]
        both = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=self.folder, check=True).stdout
        answer = self.truel("run", WAR, "--runs", 4, *FIRST_SPRING, "--quiet").stdout
        self.assertIn(answer, both)
        self.assertFalse(both.endswith(answer), "the remark on how long it took comes last")

    def test_another_first_day_starts_from_the_record_of_that_day(self):
        def first_holder(place, *arguments):
            told = json.loads(self.truel("run", WAR, "--runs", 2, "--json", *arguments).stdout)
            return max(told["places"][place]["control"].items(), key=lambda item: item[1])[0]

        one_day_in_2015 = ["--from", "2015-01-01", "--until", "2015-01-02"]
        one_day_in_2016 = ["--until", "2016-01-02"]
        self.assertEqual(first_holder("palmyra", *one_day_in_2015), "syrian_army")
        self.assertEqual(first_holder("palmyra", *one_day_in_2016), "isis")

    def test_a_setting_changes_the_result_and_the_provenance(self):
        base = json.loads((self.ensemble("base", "--runs", 8, *FIRST_SPRING) / "summary.json").read_text())
        changed = json.loads((self.ensemble("none", "--runs", 8, *FIRST_SPRING, "--set", "actors.isis.recruitment_per_day=0")
                              / "summary.json").read_text())
        self.assertLess(changed["actors"]["isis"]["final_fighters"]["mean"], base["actors"]["isis"]["final_fighters"]["mean"])
        self.assertEqual(changed["settings"], ["actors.isis.recruitment_per_day=0"])
        self.assertEqual(changed["package_sha256"], base["package_sha256"])

    def test_a_setting_that_an_intervention_undoes_is_remarked_on(self):
        def remarks(*arguments):
            return self.truel("run", WAR, "--runs", 1, "--until", "2016-04-30", *arguments).stderr

        flow = ["--set", "actors.isis.recruits_per_day=0"]
        self.assertIn("actors.isis.recruits_per_day has no effect: the intervention foreign_flow_falls_2015", remarks(*flow))
        self.assertIn("actors.isis.recruits_per_day holds for a part of the time", remarks(*flow, "--from", "2015-07-01"))
        self.assertIn("actors.isis.recruits_per_day has no effect", remarks("--set", "actors.isis.recruits_per_day = 0"))
        other = ["--set", "actors.isis.recruitment_per_day=0"]
        self.assertNotIn("--set", remarks(*other))
        self.assertIn("--set actors.isis.recruitment_per_day is given more than once: the last one counts", remarks(*other, *other))
        compared = self.truel("compare", WAR, "--from", "2015-07-01", "--until", "2015-09-30", "--runs", 2, "--set-b",
                              "actors.isis.recruits_per_day=0")
        self.assertIn("--set-b actors.isis.recruits_per_day holds for a part of the time", compared.stderr)

    def test_a_setting_of_many_numbers_is_remarked_on_and_refused_like_one(self):
        many = ["run", WAR, "--runs", 1, "--until", "2016-04-30", "--set", "ties.damascus.rebels.alignment=0"]
        self.assertRegex(self.truel(*many).stderr,
                         r"--set ties\.damascus\.rebels\.alignment holds for a part of the time: the intervention "
                         r"truce_february_\w+ of 2016-02-27 sets ties\.\w+\.\w+\.alignment again")
        off = self.truel(*many, "--set", "interventions.truce_*.on=false", "--json")
        self.assertNotIn("holds for a part", off.stderr)
        self.assertEqual(json.loads(off.stdout)["settings"],
                         ["ties.damascus.rebels.alignment=0", "interventions.truce_*.on=false"])
        clash = self.truel(*many, "--set", "ties.*.nusra.alignment=1", status=2)
        self.assertIn("neither is the more special", clash.stderr)
        self.assertEqual(clash.stdout, "")

    def test_accounts_and_settings_share_all_draws_but_their_own(self):
        import netCDF4

        def draws(name, *arguments):
            with netCDF4.Dataset(self.ensemble(name, "--runs", 3, "--until", "2016-01-08", *arguments) / "ensemble.nc") as file:
                return dict(zip(file["parameter"][:], file["draws"][:].T.tolist()))

        base = draws("base")
        numbers = json.loads(self.truel("claims", WAR, "--of", "*.*", "--json").stdout)["numbers"]
        accounts = sorted(path.stem for path in (WAR / "accounts").glob("*.toml"))
        ways = [["--account", account] for account in accounts] + [["--set", "actors.isis.recruitment_per_day=0"],
                                                                   ["--set", "actors.isis.kill_rate=0.01..0.02"]]
        for number, way in enumerate(ways):
            with self.subTest(way=way):
                other = draws(f"way{number}", *way)
                if way[0] == "--account":
                    own = {number["path"] for number in numbers if number["account"] == way[1]}
                    self.assertTrue(own)
                else:
                    own = {way[1].split("=")[0]}
                shared = [path for path in base if path in other and path not in own]
                self.assertGreater(len(shared), 0.8 * len(base))
                self.assertEqual([path for path in shared if base[path] != other[path]], [])

    def test_every_account_of_the_reference_scenario_runs(self):
        accounts = sorted(path.stem for path in (WAR / "accounts").glob("*.toml"))
        self.assertGreaterEqual(len(accounts), 5)
        for account in accounts:
            with self.subTest(account=account):
                told = json.loads(self.truel("run", WAR, "--runs", 2, *FIRST_SPRING, "--account", account, "--json").stdout)
                self.assertEqual((told["accounts"], told["failed_runs"]), ([account], 0))

    def test_accounts_side_by_side_are_each_what_they_are_alone(self):
        done = self.truel("run", WAR, "--runs", 2, *FIRST_SPRING, "--each-account", "--json")
        told = json.loads(done.stdout)
        accounts = sorted(path.stem for path in (WAR / "accounts").glob("*.toml"))
        self.assertEqual(sorted(told["each_account"]), sorted([*accounts, "base"]))
        self.assertIn(f"2 runs, and as many under each of {len(accounts)} accounts, in ", done.stderr)
        alone = json.loads(self.truel("run", WAR, "--runs", 2, *FIRST_SPRING, "--account", "cole", "--json").stdout)
        for actor, one in told["each_account"]["cole"]["actors"].items():
            self.assertEqual(one, {key: alone["actors"][actor][key] for key in one})
        for actor, one in told["each_account"]["base"]["actors"].items():
            self.assertEqual(one, {key: told["actors"][actor][key] for key in one})
        table = self.truel("run", WAR, "--runs", 2, *FIRST_SPRING, "--each-account").stdout
        for account in accounts:
            title = tomllib.loads((WAR / "accounts" / f"{account}.toml").read_text())["title"]
            letter, colon, rest = title.partition(": ")
            told_as = f"{letter} {account}: {rest}" if colon and len(letter) == 1 else f"{account}: {title}"
            self.assertIn(f"\n- {told_as}\n", table)
        refused = self.truel("run", WAR, "--each-account", "--replay", 0, status=2)
        self.assertIn("--each-account with --replay", refused.stderr)

    def test_every_solver_is_asked_by_its_name_and_gives_the_closed_form(self):
        """100 against 50 by the square law for 20 days at 1 in 100: x = 100 cosh(0.2) - 50 sinh(0.2), and y the other way."""
        duel = self.duel("wars/duel", 7500**0.5)
        blue, red = 100 * math.cosh(0.2) - 50 * math.sinh(0.2), 50 * math.cosh(0.2) - 100 * math.sinh(0.2)
        spread = {}
        for solver, more in (("mean-field", ["--runs", 1]), ("exact", ["--runs", 400]), ("leap", ["--runs", 400, "--steps-per-day", 20])):
            with self.subTest(solver=solver):
                told = json.loads(self.truel("run", duel, "--solver", solver, *more, "--until", "2001-01-21", "--json", "--quiet").stdout)
                self.assertEqual((told["solver"].replace("_", "-"), told["failed_runs"]), (solver, 0))
                for id_, expected in (("blue", blue), ("red", red)):
                    got = told["actors"][id_]["final_fighters"]
                    self.assertAlmostEqual(got["mean"], expected, delta=1e-6 * expected if solver == "mean-field" else 4 * got["se"])
                spread[solver] = got["q95"] - got["q05"]
        self.assertEqual(spread["mean-field"], 0)
        self.assertGreater(min(spread["exact"], spread["leap"]), 5)  # men die one by one, and by chance

    def test_more_runs_until_the_error_is_small_enough(self):
        def worst(*arguments):
            told = json.loads(self.truel("run", BATTLE_OF_THREE, "--seed", 7, "--runs", 16, "--json", *arguments).stdout)
            rated = [a for a in told["actors"].values() if a["survival_low"] is not None]
            return told["runs"], max((a["survival_high"] - a["survival_low"]) / 2 / 1.96 for a in rated)

        runs, error = worst()
        self.assertEqual(runs, 16)
        asked = 0.02
        self.assertGreater(error, asked)
        runs, error = worst("--precision", asked)
        self.assertGreater(runs, 16)
        self.assertLessEqual(error, asked)

    # The same bytes, whatever happens on the way.

    def test_threads_change_no_byte(self):
        runs = ["--runs", 37, *FIRST_SPRING]
        base = self.ensemble("base", *runs, "--threads", 1)
        for threads in (2, 3):
            with self.subTest(threads=threads):
                self.assert_same_results(base, self.ensemble(f"threads{threads}", *runs, "--threads", threads))

    def test_more_runs_begin_with_the_same_ones(self):
        import netCDF4
        few, many = (self.ensemble(str(n), "--runs", n, *FIRST_SPRING) / "ensemble.nc" for n in (5, 9))
        with netCDF4.Dataset(few) as a, netCDF4.Dataset(many) as b:
            self.assertTrue((a["fingerprint"][:] == b["fingerprint"][:5]).all())

    def test_replay_repeats_a_realization(self):
        import netCDF4
        out = self.ensemble("out", "--runs", 9, *FIRST_SPRING)
        with netCDF4.Dataset(out / "ensemble.nc") as ensemble:
            fingerprints = [str(text) for text in ensemble["fingerprint"][:]]
        self.assertEqual(len(set(fingerprints)), 9)
        for number in (0, 6):
            done = self.truel("run", WAR, "--seed", 7, *FIRST_SPRING, "--replay", number, "--out", f"replay{number}", "--json")
            self.assertEqual(json.loads(done.stdout)["fingerprint"], fingerprints[number])
            self.assertTrue(any((self.folder / f"replay{number}").iterdir()))

    # Long enough to be interrupted; fewer for a program that its instruments slow down.
    MANY = shortened(200)
    LONG = ["--seed", 7, "--runs", MANY, "--until", "2016-12-31", "--out", "out"]

    def start_and_wait_for_realizations(self):
        return self.under_way("run", WAR, *self.LONG, "--threads", 1, file=self.folder / "out" / ".realizations", size=100_000)

    def resume(self):
        done = self.truel("run", WAR, *self.LONG, "--resume")
        going_on = re.search(r"going on with (\d+) runs done", done.stderr)
        self.assertTrue(going_on, done.stderr)
        self.assertGreater(int(going_on[1]), 0)
        self.assertLess(int(going_on[1]), self.MANY)
        shutil.move(self.folder / "out", self.folder / "resumed")
        self.truel("run", WAR, *self.LONG)
        self.assert_same_results(self.folder / "out", self.folder / "resumed")

    def test_an_interrupt_does_not_wait_for_a_run_of_millennia(self):
        self.truel("new", "valley")
        for solver, package, more in (("leap", "valley", ["--steps-per-day", "1000"]), ("exact", WAR, []),
                                      ("mean-field", "valley", [])):
            with self.subTest(solver=solver):
                status, out, err = self.ended(self.under_way("run", package, "--until", "9999-12-31", "--every", 10000, "--runs", 2,
                                                             "--solver", solver, *more, "--out", solver))
                self.assertEqual((status, out), (130, ""), err)
                self.assertIn("interrupted before the first run was done", err)

    def test_an_interrupt_does_not_wait_for_a_map_of_divisions(self):
        status, out, err = self.ended(self.under_way("run", ROOT / "scenarios" / "published" / "three-way-combat", "--solver",
                                                     "mean-field", "--runs", 1, "--map-regions=2000", "--out", "out"))
        self.assertEqual((status, out), (130, ""), err)
        self.assertIn("interrupted: nothing was written", err)
        self.assertFalse((self.folder / "out").exists())

    @unittest.skipIf(SANITIZED, "under a sanitizer what is under way takes too long to leave")
    def test_an_interrupt_does_not_wait_for_the_runs_that_say_why(self):
        status, out, err = self.ended(self.under_way("run", WAR, "--until", "9999-12-31", "--why", "isis", "--runs", 2))
        self.assertEqual((status, out), (130, ""), err)
        self.assertIn("interrupted: nothing was written", err)

    def test_no_name_is_cut_in_a_pipe(self):
        told = self.truel("run", WAR, "--until", "2016-03-31", "--runs", 2, "--why", "isis", "--quiet").stdout
        self.assertIn("Rather", told)
        self.assertNotIn("…", told)

    def test_an_interrupted_ensemble_goes_on_to_the_same_bytes(self):
        status, out, err = self.ended(self.start_and_wait_for_realizations())
        self.assertEqual(status, 130, err)
        self.assertRegex(err, rf"interrupted: \d+ of {self.MANY} runs are done and kept; the same command with --resume goes on")
        self.assertNotEqual(out, "")
        so_far = json.loads((self.folder / "out" / "summary.json").read_text())
        self.assertLess(so_far["runs"], self.MANY)
        origin = json.loads((self.folder / "out" / "provenance.json").read_text())
        self.assertEqual([(told["partial"], told["runs_wanted"]) for told in (so_far, origin)], [(True, self.MANY)] * 2)
        self.assertIn("PARTIAL: interrupted when", out)
        self.assertFalse((self.folder / "out" / "events.csv").exists())  # paths come with the rest: no file says that nothing happened
        if HAS_PAGE:
            self.assertIn(f'"runs_wanted":{self.MANY},', (self.folder / "out" / "report.html").read_text())
        other = self.truel("run", WAR, *self.LONG, "--resume", "--every", 30, status=2)
        self.assertNotEqual(other.stderr, "")
        self.resume()

    def test_a_killed_ensemble_goes_on_to_the_same_bytes(self):
        self.ended(self.start_and_wait_for_realizations(), signal.SIGKILL)
        with (self.folder / "out" / ".realizations").open("r+b") as store:
            store.truncate(store.seek(0, os.SEEK_END) - 7)  # as if it died in the middle of a record
        self.resume()

    def test_resumed_with_fewer_runs_than_are_kept_it_uses_exactly_these(self):
        few = ["--seed", 7, "--runs", 8, "--until", "2016-12-31"]
        self.ended(self.start_and_wait_for_realizations(), signal.SIGKILL)
        self.truel("run", WAR, *few, "--out", "out", "--resume")
        self.truel("run", WAR, *few, "--out", "fresh")
        self.assert_same_results(self.folder / "out", self.folder / "fresh")
        self.assertIs(json.loads((self.folder / "out" / "summary.json").read_text())["partial"], False)

    # When the machine will not have it.

    def test_a_folder_that_cannot_be_made_gives_status_3(self):
        (self.folder / "file").write_text("")
        done = self.truel("run", WAR, "--runs", 1, *FIRST_SPRING, "--out", "file/out", status=3)
        self.assertIn("cannot be made", done.stderr)

    def test_a_full_disk_gives_status_3_and_can_be_resumed(self):
        def full_disk():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing beyond the limit then fails as on a full disk
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

        runs = ["--runs", 60, *FIRST_SPRING]
        done = self.truel("run", WAR, "--seed", 7, "--out", "out", *runs, status=3, preexec_fn=full_disk)
        self.assertIn("--resume", done.stderr)
        self.assertFalse((self.folder / "out" / "summary.json").exists())
        self.truel("run", WAR, "--seed", 7, "--out", "out", *runs, "--resume")
        self.assert_same_results(self.folder / "out", self.ensemble("fresh", *runs))


if __name__ == "__main__":
    unittest.main()
