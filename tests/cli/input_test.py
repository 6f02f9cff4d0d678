"""What users and those who mean them ill type and write: refused in words, or told of, and never obeyed.

TRUEL: the program.
"""
import copy
import csv
import io
import json
import os
import re
import resource
import shutil
import subprocess
import unittest

from program import HAS_PAGE, ROOT, SANITIZED, TRUEL, WarTest

SCENARIOS = ROOT / "scenarios"


class Input(WarTest):
    def edit(self, path, old, new):
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, f"{old} in {path}")
        path.write_text(text.replace(old, new), encoding="utf-8")

    # The command line.

    def test_an_empty_text_is_no_argument(self):
        for arguments in (
            ["new", ""], ["check", ""], ["run", ""], ["claims", ""], ["verify", ""], ["compare", ""], ["sensitivity", ""],
            ["run", "war", "--out", ""], ["run", "war", "--out="], ["run", "war", "--from", ""], ["run", "war", "--why", ""],
            ["run", "war", "--account", ""], ["run", "war", "--set", ""], ["run", "war", "--seed", ""],
            ["run", "war", "--runs", ""], ["compare", "war", "--account", "proxy", "--out", ""],
            ["sensitivity", "war", "--out", ""], ["verify", "war", "--data", ""], ["verify", "war", "--markdown", ""],
            ["claims", "war", "--source", ""],
        ):
            with self.subTest(arguments=arguments):
                self.refused(*arguments)

    def test_an_option_with_nothing_behind_its_equals_sign_takes_no_other_option_for_its_value(self):
        self.assertIn("--out=: nothing behind the =", self.refused("run", "war", "--runs", 1, "--out=", "--quiet"))
        self.assertIn("--account=", self.refused("run", "war", "--account=", "proxy"))
        self.assertFalse((self.folder / "--quiet").exists())

    def test_a_folder_or_a_pipe_is_no_file(self):
        (self.folder / "data" / "battles" / "01.csv").mkdir(parents=True)
        os.mkfifo(self.folder / "pipe")
        battles = SCENARIOS / "published" / "historical-battles"
        for arguments in (
            ["claims", "war", "--coverage", "--influence", "war"], ["claims", "war", "--coverage", "--influence", "pipe"],
            ["verify", battles, "--data", "data", "--quiet"], ["fit", battles, "--observed", "data", "--quiet"],
        ):
            with self.subTest(arguments=arguments):
                self.assertRegex(self.truel(*arguments, status=2).stderr, "cannot be read|no file that can be read")

    def test_rules_of_records_are_checked_by_every_verb_though_it_asks_no_record(self):
        rules = self.war / "observations.toml"
        observed = self.folder / "data"
        observed.mkdir()
        verbs = (["check", "war"], ["run", "war", "--runs", 1, "--out", "new"], ["claims", "war", "--conflicts"], ["compare", "war", "--account", "proxy"],
                 ["sensitivity", "war", "--metric", "civilian_harm"], ["score", "war", "--observed", observed], ["serve", "war"], ["verify", "war"],
                 ["fit", "war", "--observed", observed, "--until", "2020-06-30"])
        for text, told in (("format = 1\n[holders]\n\"The rebels\" = ", ":3:16: not TOML"), ("", ":1:1: an empty file"), ("format = 1\nnear = 3\n", ":2:1: unknown key"), ("# cut\n", ":1:1: no format"),
                           ("format = 1\n[places]\nx = \"\xff\"\n", ":3:6: bytes that are not UTF-8")):
            rules.write_bytes(text.encode("latin-1"))
            for verb in verbs:
                with self.subTest(text=text, verb=verb):
                    self.assertIn(f"war/observations.toml{told}", self.refused(*verb))
        rules.unlink()
        rules.symlink_to("nowhere")
        for verb in verbs:
            self.assertIn("war/observations.toml: not a file", self.refused(*verb))

    def test_rules_of_records_are_told_of_beside_other_mistakes(self):
        package = self.war
        (package / "observations.toml").write_text("format = 2\n", encoding="utf-8")
        self.edit(package / "scenario.toml", "format = 1", "format = 7")
        told = self.refused("run", "war", "--runs", 1)
        self.assertIn("war/observations.toml:1:10: the format of observations.toml is 1", told)
        self.assertIn("war/scenario.toml:", told)

    def test_what_cannot_be_read_is_named(self):
        package = self.war
        spoiled = package / "places.csv"
        spoiled.unlink()
        for spoil, told in ((lambda: spoiled.mkdir(), "not a file"), (lambda: spoiled.symlink_to("nowhere"), "not a file"),
                            (lambda: spoiled.symlink_to("/proc/self/mem"), "cannot be read")):  # whose first bytes are an error of input
            spoil()
            self.assertIn(f"war/places.csv: {told}", self.refused("check", "war"))
            spoiled.rmdir() if spoiled.is_dir() else spoiled.unlink()

    def test_what_may_not_be_read_is_named(self):
        package = self.war
        # Root may read everything, unless it lays down that right.
        plain = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
        for name in ("places.csv", "accounts/proxy.toml", "accounts"):
            mode = (package / name).stat().st_mode
            (package / name).chmod(0)
            done = subprocess.run([*plain, TRUEL, "check", "war"], cwd=self.folder, capture_output=True, text=True)
            (package / name).chmod(mode)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(f"war/{name}: cannot be read; look at its permissions", done.stderr)

    @unittest.skipIf(SANITIZED, "its shadow of the memory is terabytes large")
    def test_memory_that_runs_out_is_called_so(self):
        package, told = self.war, set()
        for kilobytes in range(60_000, 140_000, 4_000):
            done = subprocess.run([TRUEL, "run", package, "--runs", "2", "--threads", "1", "--until", "2020-03-31", "--out", f"out-{kilobytes}"], cwd=self.folder, text=True,
                                  capture_output=True, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (kilobytes * 1000,) * 2))
            told.add((done.returncode, done.stderr.strip().rpartition("\n")[2]))
        said = [words for status, words in told if "memory" in words]
        self.assertEqual(said, ["truel failed: the memory ran out; give it more, or ask for fewer --threads or --runs"], told)
        self.assertFalse([words for _, words in told if "disk" in words or "bad_alloc" in words], told)
        self.assertIn(0, [status for status, _ in told])

    def test_accounts_lie_in_a_folder(self):
        package = self.war
        shutil.rmtree(package / "accounts")
        (package / "accounts").write_text("", encoding="utf-8")
        self.assertIn("war/accounts: not a folder", self.refused("check", "war"))

    def test_a_page_of_checks_is_a_file_and_takes_the_place_of_none_but_a_file(self):
        os.mkfifo(self.folder / "pipe")
        package = SCENARIOS / "published" / "ktab-smp"
        self.assertIn("not a file", self.truel("verify", package, "--quiet", "--markdown", "pipe", status=2).stderr)
        self.assertTrue((self.folder / "pipe").is_fifo())
        (self.folder / "page.md").write_text("old", encoding="utf-8")
        (self.folder / "link.md").symlink_to("page.md")
        self.truel("verify", package, "--quiet", "--markdown", "link.md")
        self.assertTrue((self.folder / "link.md").is_symlink())
        self.assertIn("ktab-smp", (self.folder / "page.md").read_text(encoding="utf-8"))

    def test_a_map_of_the_package_is_in_every_page_of_it_or_refused_by_feature(self):
        package = self.war
        path = package / "map.geojson"
        ground = json.loads(path.read_text(encoding="utf-8"))
        ground["features"][0]["properties"]["name"] = "</script><img src=x>"
        path.write_text(json.dumps(ground), encoding="utf-8")
        self.truel("run", "war", "--runs", 2, "--out", "run", "--quiet")
        self.truel("compare", "war", "--set-b", "actors.government.supply=0.5", "--runs", 2, "--out", "compared", "--quiet")
        for page in "run", "compared":
            if HAS_PAGE:
                text = (self.folder / page / "report.html").read_text(encoding="utf-8")
                self.assertIn('"kind":"land","name":"\\u003c/script>\\u003cimg src=x>"', text)
                self.assertIn('"ground":{"features":[', text)
                self.assertNotIn("<img src=x>", text)
        for change, told in (
            ({"properties": {"kind": "sea"}}, "feature 2: an area of the kind `sea`; an area is land or water"),
            ({"geometry": {"type": "Point", "coordinates": [1, 2]}}, "places belong in places.csv"),
            ({"geometry": {"type": "Polygon", "coordinates": [[[45, 91], [1, 2], [2, 2], [45, 91]]]}}, "`[45,91]` is no position"),
        ):
            with self.subTest(change=change):
                wrong = copy.deepcopy(ground)
                wrong["features"][1].update(change)
                path.write_text(json.dumps(wrong, indent=1), encoding="utf-8")
                said = self.refused("check", "war")
                self.assertRegex(said, r"war/map\.geojson:\d+:3: feature 2: ")
                self.assertIn(told, said)

    def test_a_source_has_a_short_id_and_a_year(self):
        package = self.war
        sources = json.loads((package / "sources.json").read_text(encoding="utf-8"))
        (package / "sources.json").write_text(json.dumps([
            *sources, {"id": "x" * 65, "type": "book"}, {"id": "y", "type": "book", "issued": {"date-parts": [[0]]}}]),
            encoding="utf-8")
        told = self.refused("check", "war")
        self.assertIn("a source id of 65 characters", told)
        self.assertIn("a year 0", told)

    def test_strengths_that_begin_after_the_first_day_are_warned_of_though_men_are_recruited(self):
        package = self.war
        forces = package / "forces.csv"
        self.edit(forces, "river_league,*,2019-01-01", "river_league,*,2020-02-01")
        self.assertIn("`river_league` has no fighters on the first day", self.truel("check", "war").stderr)
        self.truel("check", "war", "--strict", status=2)

    def test_a_first_day_long_after_the_strengths_is_warned_of(self):
        package, old = self.war, "warning: --from: the latest strengths of most sides in forces.csv are of 2019-01-01, 671 days before"
        self.assertIn(old, self.truel("run", package, "--from", "2020-11-02", "--runs", 2).stderr)
        self.assertNotIn("strengths", self.truel("run", package, "--runs", 2).stderr)

    def test_a_war_that_kills_out_of_all_proportion_is_warned_of(self):
        war, warned = SCENARIOS / "china-1926", r"\d+ % of all fighters are\s+killed in a year"
        bloody = "run", war, "--runs", 8, "--set", "actors.*.kill_rate=0.03", "--quiet"
        self.assertRegex(self.truel(*bloody).stdout, warned)
        self.assertNotRegex(self.truel(*bloody, "--until", "1926-12-31").stdout, warned)
        self.assertNotRegex(self.truel("run", war, "--runs", 8).stdout, warned)
        compared = self.truel("compare", war, "--runs", 8, "--set-b", "actors.*.kill_rate=0.03", "--quiet", "--out", "compared").stdout
        self.assertRegex(compared, rf"Base with actors\.\*\.kill_rate=0\.03: Too deadly to be meant\?\s+{warned}")
        self.assertEqual(compared.count("Too deadly"), 1, "the other side is as it comes")
        # One side may die out while the average is that of any war.
        one = self.truel("run", SCENARIOS / "syria-2016", "--runs", 8, "--set", "actors.syrian_army.kill_rate=0.1", "--quiet", "--out", "out").stdout
        self.assertRegex(one, r"Too deadly to be meant\? More men are killed in a year than a side has: Ahrar al-Sham \d{3} %")
        self.assertNotRegex(one, warned)
        if HAS_PAGE:
            for page in "compared", "out":
                self.assertIn("Too deadly to be meant?", (self.folder / page / "report.html").read_text(encoding="utf-8"))

    def test_options_of_another_fit_are_told_all_at_once(self):
        told = self.refused("fit", SCENARIOS / "published" / "historical-battles", "--observed", "war", "--strength", 3,
                            "--numbers", 4, "--check-runs", 5, "--told", "--until", "2020-01-01")
        for option in "--strength", "--numbers", "--check-runs", "--told", "--until":
            self.assertIn(f"a fit to tables of battles has no {option}", told)
        told = self.refused("fit", "war", "--observed", "war", "--keep", 0.5)
        self.assertIn("a fit to who held what has no --keep", told)
        self.assertIn("no --until", told)

    def test_an_army_without_an_enemy_is_warned_of(self):
        package = self.war
        ties = package / "ties.csv"
        ties.write_text(re.sub(r",-[0-9.]+,", ",0,", ties.read_text()))
        toml = package / "scenario.toml"
        toml.write_text(toml.read_text().replace("default_alignment = -1 ", "default_alignment = 0 "))
        for account in (package / "accounts").iterdir():
            account.unlink()
        told = self.truel("check", "war").stderr
        self.assertIn("has no enemy and never gets one (in 3 rows: lines 2, 3, 4;", told)
        self.truel("check", "war", "--strict", status=2)

    def test_an_army_that_only_a_law_brings_men_to_is_no_mistake(self):
        package = self.folder / "risings"
        shutil.copytree(SCENARIOS / "laws" / "risings-and-peacekeepers", package)
        self.edit(package / "control.csv", "camp,2000-01-01,2000-12-31,army", "camp,2000-01-01,2000-12-31,enemy")
        self.edit(package / "forces.csv", "army,camp,2000-01-01,0,assumed: what a check says\n", "")
        toml = package / "scenario.toml"
        toml.write_text(toml.read_text().partition("[[run]]")[0])  # its runs set the army's forces
        words = "the actor `army` has no forces and never gets any"
        self.assertIn(words, self.truel("check", "risings").stderr)
        self.edit(toml, "[laws.local_defence]\non = false", "[laws.local_defence]\non = true")
        self.assertNotIn(words, self.truel("check", "risings").stderr)

    def test_a_year_beyond_the_calendar_is_told_as_one(self):
        self.assertIn("0001 to 9999", self.refused("run", "war", "--until", "0000-01-01"))

    def test_numbers_of_the_command_line_are_decimal_and_fit(self):
        for option, value in (
            ("--seed", "-1"), ("--seed", str(2**64)), ("--seed", "0x10"), ("--seed", "1e3"), ("--seed", "+1"),
            ("--seed", " 1"), ("--runs", "0x10"), ("--runs", "+5"), ("--runs", "2.0"), ("--runs", str(2**32 + 2)),
            ("--threads", "1.5"), ("--every", "-1"), ("--precision", "nan"), ("--precision", "inf"), ("--replay", "-1"),
        ):
            with self.subTest(option=option, value=value):
                self.assertIn(option, self.refused("run", "war", option, value))
        ten = json.loads(self.truel("run", "war", "--runs", "010", "--seed", "007", "--json").stdout)
        self.assertEqual((ten["runs"], ten["seed"]), (10, 7))
        greatest = json.loads(self.truel("run", "war", "--runs", 1, "--seed", 2**64 - 1, "--json").stdout)
        self.assertEqual(greatest["seed"], 2**64 - 1)

    def test_values_that_options_refuse_are_told_all_at_once(self):
        told = self.refused("compare", "war", "--runs", -1, "--seed=x", "--set-b", "actors.government.supply=0", "--threads", 5000,
                            "--solver", "guess")
        self.assertEqual(sorted(re.split("[: ]", line)[0] for line in told.splitlines()[:-1]), ["--runs", "--seed", "--solver", "--threads"])
        self.assertIn("--runs is -1; write 2 to 1000000", told)
        self.assertIn("--seed is -1; write 0 to 18446744073709551615", self.refused("run", "war", "--seed", -1))

    def test_an_unknown_command_or_option_is_told_with_the_nearest(self):
        self.assertIn("unknown command rnu; did you mean run?", self.refused("rnu", "war"))
        self.assertIn("unknown option --acount; write options behind the command: truel run war --account\n",
                      self.refused("--acount", "proxy", "run", "war"))
        told = self.refused("run", "--acount", "proxy", "war", "--rnus=3").splitlines()
        self.assertEqual(told[:2], ["unknown option --acount; did you mean --account?", "unknown option --rnus; did you mean --runs?"])
        self.assertEqual(self.refused("run", "war", "--zzzzzzzz").splitlines()[0], "unknown option --zzzzzzzz")
        self.assertIn("unknown option --output; did you mean --out?", self.refused("run", "war", "--output", "results"))
        self.assertIn("unknown option -runs; did you mean --runs?", self.refused("run", "war", "-runs", 5))
        for verb, option, told in (("compare", "--why", "truel run has it"), ("run", "--who-gains", "truel compare has it"),
                                   ("sensitivity", "--if-united", "truel run and truel compare have it"), ("sensitivity", "--outcome", "did you mean --metric?")):
            self.assertIn(f"unknown option {option}; {told}\n", self.refused(verb, "war", option, "government"))
        self.assertIn("--until without a value: Last day (YYYY-MM-DD)", self.refused("run", "war", "--until"))
        self.assertIn("did you mean `war`?", self.refused("run", "waar"))
        self.assertIn("syria-2016`?", self.refused("check", SCENARIOS / "syria2016"))
        self.assertIn("syria-2016`?", self.refused("verify", f"{SCENARIOS}/syria2016/"))
        self.assertIn("unknown option --versoin; did you mean --version?", self.refused("--versoin"))
        self.assertEqual(self.refused("run", "war", "-n", "5").splitlines()[0], "unknown option -n")
        self.assertIn("unexpected words: b a", self.refused("check", "war", "b", "a"))
        self.assertIn("a changed parameter with --set", self.refused("run", "war", "runs=10"))
        self.assertIn("unknown command plot; the commands are new, check, run, ", self.refused("plot", "war"))
        self.assertIn("which command?", self.refused())
        self.assertIn("which package?", self.refused("run"))
        self.assertEqual(self.truel("help", "run").stdout, self.truel("run", "--help").stdout)
        self.assertEqual(self.truel("version").stdout, self.truel("--version").stdout)

    def test_a_path_written_short_is_told_with_the_whole_column(self):
        for path, meant in (("actors.government.speed", "did you mean `actors.government.speed_km_per_day`?"),
                            ("actors.nobody.speed", "there is no actor `nobody`, and the column is `speed_km_per_day`; known actors are government, "),
                            ("actors.gov.fighters", "there is no actor `gov`, and forces.csv has an actor's fighters"),
                            ("actors.government", "name a column, such as `actors.government."),
                            ("places.bridge.owner", "`--set places.bridge.control=ACTOR`"),
                            ("kill_rate", "did you mean `actors.*.kill_rate`?"),
                            ("government.kill_rate", "did you mean `actors.government.kill_rate`?"),
                            ("places.bridge.held_by", "`--set places.bridge.control=ACTOR`")):
            with self.subTest(path=path):
                told = self.refused("run", "war", "--set", f"{path}=1")
                self.assertIn(meant, told)
                if path != "actors.government":  # which is a beginning, of which claims tell all
                    self.assertEqual(self.refused("claims", "war", "--of", path), told.removeprefix("--set: "))

    def test_a_holder_given_is_told_whom_or_which_place_was_meant(self):
        for setting, meant in (("places.birdge.control=government", "unknown place `birdge`; did you mean `bridge`?"),
                               ("places.bridge.control=goverment", "did you mean `government`?")):
            self.assertIn(meant, self.refused("run", "war", "--set", setting))

    def test_the_same_mistake_in_many_rows_is_one_message_with_their_number(self):
        forces = self.war / "forces.csv"
        head, row = forces.read_text(encoding="utf-8").splitlines()[:2]
        actor = row.split(",")[0]
        rows = [row.replace(actor, "nobody", 1)] * 612
        forces.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        told = self.refused("check", "war")
        self.assertEqual(told.count("unknown actor `nobody`"), 1)
        self.assertIn("(in 612 rows: lines 2, 3, 4 and 609 more)", told)

    def test_the_same_mistake_with_other_values_is_one_message_and_another_mistake_is_not(self):
        forces = self.war / "forces.csv"
        head, row = forces.read_text(encoding="utf-8").splitlines()[:2]
        column = head.split(",").index("fighters")

        def with_fighters(value):
            cells = row.split(",")
            return ",".join([*cells[:column], value, *cells[column + 1:]])

        rows = [with_fighters(f"{k} men") for k in range(10, 40)] + [with_fighters("-5")]
        forces.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        told = self.refused("check", "war")
        self.assertEqual(told.count("malformed number"), 1, told)
        self.assertIn("malformed number `10 men` (in 30 rows: lines 2, 3, 4 and 27 more; also `11 men`, `12 men` and 27 more)", told)
        self.assertIn("forces.csv:32:", told)
        listed = json.loads(self.truel("check", "war", "--json", status=2).stdout)
        self.assertEqual(sorted(m["line"] for m in listed["mistakes"] if "men" in m["what"]), list(range(2, 32)))

    def test_a_wrong_word_is_told_the_nearest(self):
        self.assertIn("unknown option --sed; did you mean --set or --seed?", self.refused("run", "war", "--sed", 1))
        self.assertIn("there is no actor `lna`; known actors are government, highland_front, river_league", self.refused("run", "war", "--set", "actors.lna.speed_km_per_day=1"))
        self.assertIn("did you mean value?", self.refused("compare", "war", "--account", "proxy", "--until-sure", "land"))
        self.assertIn("did you mean `actors.ACTOR.fighters.DAY`?", self.refused("compare", "war", "--account", "proxy", "--metric", "fighter"))
        self.assertIn("did you mean leap?", self.refused("run", "war", "--solver", "leep"))
        self.assertIn("did you mean `actors.government.value_share`?", self.refused("compare", "war", "--account", "proxy", "--metric", "actors.government.land"), "as tables head it")
        for metric, meant in (("places.mill.held_by.government", "places.mill.control.government"), ("actors.government.deaths", "actors.government.losses"),
                              ("actor.government.losses", "actors.government.losses"), ("actors.government.people", "actors.government.population_share")):
            self.assertIn(f"did you mean `{meant}`?", self.refused("compare", "war", "--account", "proxy", "--metric", metric))
        for metric, meant in (("actors.government.land", "actors.government.value_share"), ("actors.government.survival_probability", "actors.government.survives"),
                              ("actors.government.deaths", "actors.government.losses")):
            self.assertIn(f"did you mean `{meant}`?", self.refused("sensitivity", "war", "--metric", metric))
        self.assertIn("did you mean `places.mill.population`?", self.refused("run", "war", "--set", "places.mill.people=5"))
        self.assertIn("did you mean `government`?", self.refused("run", "war", "--if-united", "GOVERNMENT"))
        self.assertIn("did you mean `ehsan`?", self.refused("run", SCENARIOS / "syria-2016", "--account", "C"), "by its letter")
        for elsewhere, here in (("--start", "--from"), ("--end", "--until"), ("-o", "--out")):
            self.assertIn(f"unknown option {elsewhere}; did you mean {here}?", self.refused("run", "war", elsewhere, "x"))
        self.assertIn("unknown command simulate; did you mean run?", self.refused("simulate", "war"))
        for words, asks in ((["merge"], "which parts?"), (["resolve"], "which forecast?"), (["forecast", "war"], "where to?")):
            self.assertIn(asks, self.refused(*words))
        self.assertIn("did you mean `government`?", self.refused("sensitivity", "war", "--metric", "actors.goverment.survives"))
        self.assertIn("did you mean `survives`?", self.refused("sensitivity", "war", "--metric", "actors.government.survivs"))
        self.assertIn("`scenario.laws.fire` has on,", self.refused("run", "war", "--set", "laws.fire.lethality=1"))

    def test_base_is_no_account(self):
        run = ["run", "war", "--runs", 2, "--json", "--quiet"]
        self.assertEqual(self.truel(*run, "--account", "base").stdout, self.truel(*run).stdout)

    def test_an_account_is_named_once(self):
        self.assertIn("--account: `proxy` is named twice", self.refused("run", "war", "--account", "proxy", "--account", "proxy"))

    def test_a_file_that_cannot_be_read_is_to_be_corrected_first(self):
        file = self.war / "scenario.toml"
        file.write_text(re.sub("title = .*", "title = The valley war", file.read_text(encoding="utf-8"), count=1), encoding="utf-8")
        told = self.refused("check", "war")
        self.assertIn(': text needs quotes: `title = "The valley war"`\n', told)
        self.assertTrue(told.endswith("\n1 mistake; correct war/scenario.toml first: more may follow\n"), told)
        with (self.war / "ties.csv").open("a", encoding="utf-8") as ties:
            ties.writelines("government,nobody,1,assumed: a test\n" for _ in range(5))
        self.assertRegex(self.refused("check", "war"), r"\n\d+ mistakes in \d+ messages; correct war/scenario\.toml first: more may follow\n")

    def test_a_title_can_be_seen(self):
        file = self.war / "scenario.toml"
        file.write_text(re.sub("title = .*", 'title = "\u200b\u00a0"', file.read_text(encoding="utf-8"), count=1), encoding="utf-8")
        self.assertIn("an empty title", self.refused("check", "war"))

    def test_options_that_contradict_each_other_are_told_all_at_once(self):
        told = self.refused("compare", "war", "--account", "base", "--account", "proxy", "--account", "base", "--who-gains",
                            "government")
        self.assertIn("--account more than twice", told)
        self.assertIn("--who-gains with two sides", told)
        told = self.refused("claims", "war", "--csv", "--json", "--conflicts", "--coverage")
        self.assertEqual(len(told.splitlines()), 3, told)
        self.assertIn("2 mistakes", told)
        told = self.refused("run", "war", "--replay", 1, "--resume", "--precision", 0.1, "--map-regions", "--each-account",
                            "--account", "proxy")
        self.assertEqual(told.splitlines()[:-1], sorted(told.splitlines()[:-1]))
        for pair in ("--each-account with --account", "--each-account with --replay", "--map-regions with --replay",
                     "--precision with --replay", "--replay with --resume", "--resume without --out"):
            one, _, other = pair.partition(" with ")
            self.assertTrue(pair in told or f"{other} with {one}" in told, f"{pair} in\n{told}")
        self.assertIn("6 mistakes", told)
        self.assertIn("--resume without --out", self.refused("sensitivity", "war", "--resume"))

    def test_more_threads_than_cores_are_nothing_to_speak_of(self):
        self.assertEqual(self.truel("run", "war", "--runs", 4, "--threads", 4096, "--quiet").stderr, "")

    def test_a_path_that_the_system_refuses_is_told_in_words(self):
        (self.folder / "round").symlink_to("round")
        for name in ("x" * 5000, "round", "war/scenario.toml/results"):
            for arguments in (["check", name], ["run", name], ["verify", name], ["new", name],
                              ["run", "war", "--runs", 1, "--out", name]):
                done = subprocess.run([TRUEL, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                                      capture_output=True, text=True)
                self.assertIn(done.returncode, (2, 3), done.stderr)
                self.assertNotIn("filesystem error", done.stderr)
                self.assertNotIn("truel failed", done.stderr)
                self.assertGreater(len(done.stderr), 10)

    # Packages.

    def test_a_key_of_50_000_levels_is_a_mistake(self):
        package = self.war
        with (package / "scenario.toml").open("a") as file:
            file.write(".".join(["a"] * 50_000) + " = 1\n")
        self.assertRegex(self.refused("check", "war"), r"scenario\.toml:\d+:\d+: keys or values nested more than 64 levels")

    def test_an_id_of_ten_megabytes_is_refused_at_once(self):
        package = self.war
        with (package / "actors.csv").open("a") as file:
            file.write("a" * 10_000_000 + ",,ground,,,,,,,,,,,\n")
        done = subprocess.run([TRUEL, "check", "war"], cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("at most 64 characters", done.stderr)
        self.assertLess(len(done.stderr), 2000)

    def test_messages_write_out_what_a_terminal_would_obey(self):
        package = self.war
        self.edit(package / "forces.csv", "fighters,basis\n", "fighters,basis\ngovernment,\u009b31m\u202ebridge,2019-01-01,5,C1\n")
        told = self.refused("check", "war") + self.refused("check", "no\x1b[31mwar") + self.refused("run", "war", "--\x1b[2J")
        self.assertIn("\\u009b31m\\u202ebridge", told)
        self.assertIn("no\\u001b[31mwar", told)
        for character in "\x1b\u009b\u202e":
            self.assertNotIn(character, told)

    def test_remarks_write_out_what_a_terminal_would_obey(self):
        out = "out\x1b[31m\u202e"
        told = self.truel("run", "war", "--runs", 2, "--out", out).stderr
        self.assertIn("results in out\\u001b[31m\\u202e", told)
        again = self.truel("run", "war", "--replay", 1, "--out", f"{out}2")
        self.assertIn("wrote out\\u001b[31m", again.stderr)
        self.assertFalse({"\x1b", "\u202e"} & set(told + again.stderr))

    def test_names_are_whole_in_a_pipe(self):
        package = self.war
        name = "A government whose name is longer than any column of a table on a terminal would ever be"
        self.edit(package / "actors.csv", "government,The government,", f"government,{name},")
        for arguments in (["run", "war", "--runs", 4], ["compare", "war", "--account", "proxy", "--runs", 4],
                          ["run", "war", "--replay", 1], ["run", "war", "--why", "government", "--runs", 2]):
            with self.subTest(arguments=arguments):
                self.assertIn(name, self.truel(*arguments).stdout)

    def test_a_table_holds_no_formula_for_a_spreadsheet_to_obey(self):
        package = self.war
        self.edit(package / "claims.csv", "8000,12000,fighters", "-8000,12000,fighters")
        self.edit(package / "claims.csv", "The army has about", "=HYPERLINK(0) The army has about")
        self.edit(package / "claims.csv", "Men and money reach", "  @SUM(1) Men and money reach")
        self.edit(package / "claims.csv", "a former officer,tie,government", "+1 officer,tie,government")
        rows = {row["id"]: row for row in csv.DictReader(io.StringIO(self.truel("claims", "war", "--csv").stdout))}
        self.assertTrue(rows["C1"]["statement"].startswith("'=HYPERLINK"), rows["C1"])
        self.assertEqual(rows["C1"]["low"], "-8000")
        self.assertEqual(rows["C2"]["statement"].lstrip("' "), "@SUM(1) Men and money reach the front over the pass.")
        self.assertEqual(rows["C3"]["speaker"], "'+1 officer")
        for row in rows.values():
            for cell in row.values():
                self.assertFalse(cell.lstrip()[:1] in tuple("=+@"), cell)

    def test_warnings_are_told_and_refuse_only_when_asked(self):
        package = self.war
        self.assertIn("no mistakes\n", self.truel("check", "war", "--strict").stdout)
        self.edit(package / "links.csv", "valley road,36", "valley road,3.6")
        done = self.truel("check", "war")
        self.assertIn("no mistakes, 1 warning\n", done.stdout)
        self.assertRegex(done.stderr, r"^warning: war/links\.csv:2:\d+: .*; look at latitude")
        self.truel("check", "war", "--strict", status=2)
        self.assertIn("warning: war/links.csv:2:", self.truel("run", "war", "--runs", 1).stderr)
        self.assertEqual(self.truel("run", "war", "--runs", 1, "--quiet").stderr, "")

    def test_warnings_of_an_account_are_told_where_it_is_run(self):
        package = self.war.rename(self.folder / "accounts")  # a name that says nothing of whose warnings they are
        self.edit(package / "links.csv", "valley road,36", "valley road,3.6")
        with (package / "accounts" / "proxy.toml").open("a", encoding="utf-8") as file:
            file.write('\n[[set]]\npath = "actors.government.freeing_per_day"\nvalue = 0.1\nbasis = "assumed: a test"\n')
        for arguments, is_told in (([], False), (["--account", "proxy"], True), (["--each-account"], True)):
            told = self.truel("run", "accounts", "--runs", 1, *arguments).stderr
            self.assertEqual("freeing_per_day` changes nothing" in told, is_told, arguments)
            self.assertIn("warning: accounts/links.csv:2:", told)

    def test_mistakes_and_warnings_as_data(self):
        package = self.war
        self.edit(package / "links.csv", "valley road,36", "valley road,3.6")
        told = json.loads(self.truel("check", "war", "--json").stdout)
        self.assertEqual(told["mistakes"], [])
        self.assertEqual([(w["file"], w["line"]) for w in told["warnings"]], [("war/links.csv", 2)])
        self.truel("check", "war", "--json", "--strict", status=2)
        (package / "actors.csv").unlink()
        told = json.loads(self.truel("check", "war", "--json", status=2).stdout)
        self.assertEqual(told["mistakes"][0], {"file": "war/actors.csv", "line": None, "column": None,
                                               "what": "missing file",
                                               "hint": "every package needs it; `truel new DIR` writes an example"})

    def test_no_package_that_comes_with_truel_has_a_warning(self):
        packages = sorted(path.parent for path in SCENARIOS.rglob("scenario.toml"))
        self.assertGreater(len(packages), 60)
        told = {str(package.relative_to(SCENARIOS)): self.run_check(package) for package in packages}
        # Numbers of these that nothing reads stay until all that is told of their runs is made anew: without them every other draw moves.
        for package, warnings in (("bosnia-1992", 3), ("syria-episodes/pockets-2018", 1)):
            self.assertEqual(told.pop(package).count("warning:"), warnings)
        self.assertEqual([text for text in told.values() if text], [])

    def run_check(self, package):
        done = subprocess.run([TRUEL, "check", package, "--strict"], capture_output=True, text=True)
        return "" if done.returncode == 0 and not done.stderr else done.stderr


if __name__ == "__main__":
    unittest.main()
