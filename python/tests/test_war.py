"""Wars that one changes in place, and what is wrong with them."""
import copy
import datetime
import json
import pickle
import shutil
import unittest

import numpy as np
import pandas as pd

import truel
from wars import WarTest

PATH = "actors.government.kill_rate"


class Changes(WarTest):
    def test_a_number_is_read_changed_and_taken_back(self):
        path = "actors.government.front_line_fraction"
        self.assertEqual(self.war[path], 0.4)
        self.war[path] = 0.5
        self.assertEqual(self.war[path], 0.5)
        self.assertEqual(dict(self.war.settings), {path: "0.5"})
        del self.war[path]
        self.assertEqual(self.war[path], 0.4)
        with self.assertRaises(KeyError):
            del self.war[path]

    def test_values_are_written_as_a_scenario_writes_them(self):
        for value, text in [(1, "1"), (0.1, "0.1"), (1e-7, "1e-07"), (np.float64(0.25), "0.25"), (np.int64(3), "3"),
                            ("0.1..0.2", "0.1..0.2")]:
            self.war[PATH] = value
            self.assertEqual(self.war.settings[PATH], text)
        self.war["scenario.laws.support.on"] = False
        self.assertEqual(self.war["scenario.laws.support.on"], 0)

    def test_an_uncertain_number_is_text(self):
        self.war[PATH] = "lognormal(0.01, 1.5)"
        self.assertEqual(self.war[PATH], "lognormal(0.01, 1.5)")
        self.assertTrue(self.war.numbers.is_uncertain[PATH])

    def test_a_refused_change_leaves_the_war_as_it_was(self):
        self.war[PATH] = 0.5
        with self.assertRaises(truel.InputError) as caught:
            self.war.set({PATH: -1, "actors.government.nothing": 2, "actors.nobody.kill_rate": 3})
        self.assertEqual(len(caught.exception.diagnostics), 3)
        self.assertEqual(dict(self.war.settings), {PATH: "0.5"})
        self.assertEqual(self.war[PATH], 0.5)

    def test_an_unknown_number_is_named_with_its_neighbours(self):
        with self.assertRaisesRegex(KeyError, "did you mean.*kill_rate"):
            self.war["actors.government.kil_rate"]
        self.assertNotIn("actors.government.kil_rate", self.war)
        self.assertIn(PATH, self.war)

    def test_a_path_may_name_many_numbers_of_which_the_special_count(self):
        self.war.set({"actors.*.kill_rate": 0.5, PATH: 0.25})
        rates = self.war.numbers.value[lambda table: table.index.str.match(r"actors\..*\.kill_rate$")]
        self.assertGreater(len(rates), 2)
        self.assertEqual({path: value for path, value in rates.items() if value != "0.5"}, {PATH: "0.25"})
        with self.assertRaisesRegex(KeyError, "names many numbers"):
            self.war["actors.*.kill_rate"]
        del self.war["actors.*.kill_rate"]
        self.assertEqual(dict(self.war.settings), {PATH: "0.25"})

    def test_the_day_of_a_dated_change_is_a_date(self):
        table = self.package / "interventions.csv"
        change = table.read_text(encoding="utf-8").splitlines()[1].split(",")[0]
        path = f"interventions.{change}.date"
        for day in (self.war.start, str(self.war.start), pd.Timestamp(self.war.start)):
            self.war[path] = day
            self.assertEqual(self.war[path], str(self.war.start))
        self.war[path] = f"{self.war.start}..{self.war.end}"
        self.assertTrue(self.war.numbers.is_uncertain[path])

    def test_accounts_and_dates_are_laid_over_and_taken_off(self):
        start, end = self.war.start, self.war.end
        self.war.accounts = "proxy"
        self.assertEqual(self.war.accounts, ("proxy",))
        self.war.end = datetime.date(2020, 9, 30)
        self.assertEqual(self.war.end, datetime.date(2020, 9, 30))
        self.war.start = pd.Timestamp("2020-02-01")
        self.assertEqual(self.war.start, datetime.date(2020, 2, 1))
        self.war.end = np.datetime64("2020-08-31")
        self.assertEqual(self.war.end, datetime.date(2020, 8, 31))
        self.war.end = pd.Timestamp("2020-07-31 12:00")
        self.assertEqual(self.war.end, datetime.date(2020, 7, 31))
        for wrong in 2020, np.int64(2020), pd.NaT, np.datetime64("NaT"), ["2020-08-31"]:  # a number is no year
            with self.subTest(wrong=wrong), self.assertRaisesRegex(truel.InputError, "^end=.*it is a date"):
                self.war.end = wrong
        for wrong in None, 3, [3]:
            with self.subTest(wrong=wrong), self.assertRaisesRegex(truel.InputError, "^accounts="):
                self.war.accounts = wrong
        with self.assertRaisesRegex(truel.InputError, "^package=3"):
            truel.load(3)
        self.war.start = None
        self.assertEqual(self.war.start, start)
        self.war.reset()
        self.assertEqual((self.war.accounts, self.war.start, self.war.end), ((), start, end))
        with self.assertRaisesRegex(truel.InputError, "^accounts: unknown account `nobody`"):
            self.war.accounts = ["nobody"]
        self.assertEqual(self.war.accounts, ())

    def test_a_mistake_names_the_argument_and_not_the_option_of_the_program(self):
        with self.assertRaises(truel.InputError) as caught:
            self.war.changed(from_="1990-01-01", set={"actors.nobody.kill_rate": 1})
        self.assertEqual({each.file for each in caught.exception.diagnostics}, {"from_", "set"})
        with self.assertRaisesRegex(truel.InputError, "^metrics happiness: "):
            truel.measure(self.war, "happiness", runs=8)

    def test_what_is_no_attribute_is_refused_with_the_nearest(self):
        for name, near in ("until", "end"), ("from_", "start"), ("account", "accounts"), ("ende", "end"):
            with self.subTest(name), self.assertRaisesRegex(AttributeError, f"no `{name}` of a war; did you mean `{near}`"):
                setattr(self.war, name, "2020-06-30")
        for name in "runs", "set", "title", "numbers":
            with self.subTest(name), self.assertRaisesRegex(AttributeError, f"`{name}` .*accounts, start and end can be assigned"):
                setattr(self.war, name, {})
        with self.assertRaises(TypeError):
            self.war.settings[PATH] = 0.5
        self.assertEqual(repr(self.war), repr(truel.load(self.package)))

    def test_a_changed_copy_leaves_the_war_alone(self):
        self.war[PATH] = 0.5
        other = self.war.changed(accounts="proxy", set={"actors.highland_front.kill_rate": 0.2}, until="2020-06-30")
        self.assertEqual(other.accounts, ("proxy",))
        self.assertEqual(other[PATH], 0.5)
        self.assertEqual(self.war.accounts, ())
        self.assertEqual(list(self.war.settings), [PATH])
        third = copy.copy(other)
        third[PATH] = 0.7
        self.assertEqual(other[PATH], 0.5)
        self.assertEqual(other.changed(accounts="base").accounts, ())

    def test_a_war_goes_to_another_process_whole(self):
        self.war.accounts = "proxy"
        self.war[PATH] = 0.5
        other = pickle.loads(pickle.dumps(self.war))
        self.assertEqual((other.accounts, dict(other.settings), other[PATH]), (("proxy",), {PATH: "0.5"}, 0.5))

    def test_files_that_changed_since_are_refused(self):
        war = self.loaded_before_a_change()
        with self.assertRaisesRegex(truel.InputError, "has changed since"):
            war[PATH] = 0.5
        truel.load(war.package)[PATH] = 0.5

    def test_tables_say_what_the_package_says(self):
        self.assertEqual(set(self.war.actors.index), {"government", "highland_front", "river_league"})
        self.assertEqual(self.war.places.loc["capital", "name"], "The capital")
        self.assertIn("proxy", self.war.known_accounts.index)
        self.assertGreater(len(self.war.claims), 0)
        row = self.war.numbers.loc[PATH]
        self.assertEqual((row.least, row.file.endswith("actors.csv"), row.is_given), (0, True, True))
        self.assertGreater(row.line, 1)
        self.assertTrue(row.basis)
        self.assertIn(self.war.title, repr(self.war))


class Mistakes(WarTest):
    def spoiled(self):
        package = self.folder / "spoiled"
        shutil.rmtree(package, ignore_errors=True)
        shutil.copytree(self.package, package)
        links = package / "links.csv"
        lines = links.read_text().splitlines()
        lines += ["capital,nowhere,10,plain", "capital,elsewhere,-5,plain"]
        links.write_text("\n".join(lines) + "\n")
        return package, len(lines)

    def test_load_raises_every_mistake_with_file_line_and_remedy(self):
        package, lines = self.spoiled()
        with self.assertRaises(truel.InputError) as caught:
            truel.load(package)
        found = caught.exception.diagnostics
        self.assertGreaterEqual(len(found), 2)
        self.assertTrue(all(each.file.endswith("links.csv") and each.what and each.hint for each in found), found)
        self.assertEqual({each.line for each in found}, {lines - 1, lines})
        program = json.loads(self.program("check", package, "--json", status=2).stdout)
        self.assertEqual([(each.file, each.line, each.what, each.hint) for each in found],
                         [(each["file"], each["line"], each["what"], each["hint"]) for each in program["mistakes"]])
        self.assertTrue(all(f"{each.file}:{each.line}" in str(caught.exception) for each in found))
        self.assertIsInstance(caught.exception, ValueError)

    def test_check_gives_them_without_an_exception(self):
        package, _ = self.spoiled()
        result = truel.check(package)
        self.assertFalse(result)
        self.assertGreaterEqual(len(result.mistakes), 2)
        self.assertIn("links.csv", repr(result))
        self.assertTrue(truel.check(self.package))

    def test_check_gives_warnings(self):
        package = self.folder / "doubtful"
        shutil.copytree(self.package, package)
        text = (package / "links.csv").read_text()
        self.assertIn(",valley road,36,", text)
        (package / "links.csv").write_text(text.replace(",valley road,36,", ",valley road,3600,"))
        told = json.loads(self.program("check", package, "--json").stdout)["warnings"]
        self.assertGreater(len(told), 0)
        warnings = truel.check(package).warnings
        self.assertEqual([(w.file, w.line, w.what, w.hint) for w in warnings],
                         [(w["file"], w["line"] or 0, w["what"], w["hint"]) for w in told])

    def test_a_folder_that_is_none_is_a_mistake(self):
        with self.assertRaises(truel.InputError):
            truel.load(self.folder / "nowhere")
        with self.assertRaises(truel.InputError):
            truel.new(self.package)
        with self.assertRaisesRegex(truel.InputError, "did you mean syria-2016"):
            truel.scenario("syria-2015")


if __name__ == "__main__":
    unittest.main()
