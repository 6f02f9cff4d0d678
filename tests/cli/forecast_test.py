"""truel forecast and truel resolve: files in the formats of hubverse and VIEWS, sealed, and scored when the record comes.

TRUEL: the program.
"""
import collections
import hashlib
import importlib.util
import json
import pathlib
import re
import shutil
import unittest

from program import EVENT_COLUMNS, SPELLS, table, WarTest

SCHEMAS = pathlib.Path(__file__).resolve().parent / "hubverse-6.0.0"
EVENTS = EVENT_COLUMNS + """\
1,1,the army,the Front,1,1,45.6,10.25,Valley,2019-12-01,2019-12-03,2,3,1,0,6,8,5
2,1,the army,the Front,1,1,45.6,10.25,Valley,2020-02-01,2020-02-03,2,150,1,4,157,180,140
4,1,the army,the Front,1,1,45.6,10.25,Valley,2020-03-31,2020-03-31,1,1,1,0,3,3,3
"""
RUNS = 8


class Forecast(WarTest):
    SPELLS = SPELLS

    def setUp(self):
        super().setUp()
        path = self.folder / "war" / "places.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("".join(f"{line},{'Valley' if n else 'country'}\n" for n, line in enumerate(lines)), encoding="utf-8")
        self.places = len(lines) - 1
        (self.folder / "data" / "events.csv").write_text(EVENTS, encoding="utf-8")

    def forecast(self, out, *more, status=0):
        return self.truel("forecast", "war", "--from", "2020-01-01", "--until", "2020-04-15", "--runs", RUNS, "--time",
                          "2019-12-31T12:00:00Z", "--commit", "abc123", "--out", out, *more, status=status)

    def output(self, out, model="base"):
        return table(self.folder / out / "model-output" / f"truel-{model}" / f"2020-01-01-truel-{model}.csv")

    def test_the_manifest_has_the_hash_of_every_file_and_its_own_is_the_seal(self):
        seal = self.forecast("out").stdout.strip()
        folder = self.folder / "out"
        text = (folder / "forecast.json").read_bytes()
        self.assertEqual(seal, hashlib.sha256(text).hexdigest())
        manifest = json.loads(text)
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"forecast.json"}
        self.assertEqual(set(manifest["files"]), files)
        for name, sha256 in manifest["files"].items():
            self.assertEqual(sha256, hashlib.sha256((folder / name).read_bytes()).hexdigest(), name)
        self.assertEqual((manifest["sealed_at"], manifest["commit"]), ("2019-12-31T12:00:00Z", "abc123"))
        self.assertRegex(manifest["build"], "^[0-9a-f]{16}$")
        summary = json.loads(self.truel("run", "war", "--runs", 2, "--json", "--quiet").stdout)
        self.assertEqual(manifest["package_sha256"], summary["package_sha256"])

    def test_the_rules_of_records_are_sealed_and_read_when_the_record_comes(self):
        (self.folder / "war" / "observations.toml").write_text('format = 1\n[sides]\n"what the record calls it" = "government"\n', encoding="utf-8")
        self.forecast("out")
        shutil.rmtree(self.folder / "war")
        for name, is_known in (("what the record calls it", True), ("nobody known", False)):
            (self.folder / "data" / "events.csv").write_text(EVENTS.replace("the army", name), encoding="utf-8")
            told = self.truel("resolve", "out", "--observed", "data").stderr
            self.assertEqual("no observed event is of a dyad" not in told, is_known)

    def test_the_same_question_gives_the_same_bytes_whatever_the_threads(self):
        self.forecast("one", "--threads", 1)
        self.forecast("two", "--threads", 2)
        one, two = (json.loads((self.folder / out / "forecast.json").read_text(encoding="utf-8"))["files"] for out in ("one", "two"))
        self.assertEqual(one, two)

    def test_it_may_start_from_an_analysis_of_the_quarter_before(self):
        self.forecast("own", "--analysis")  # from control.csv of the package
        self.forecast("plain", "--observed", "data")
        for threads in ("1", "2"):
            self.forecast(f"begun-{threads}", "--observed", "data", "--analysis", "--threads", threads)
        self.assertEqual(self.output("begun-1"), self.output("begun-2"))
        self.assertNotEqual(self.output("begun-1"), self.output("plain"))
        self.assertEqual([(row["location"], row["target_end_date"]) for row in self.output("begun-1")],
                         [(row["location"], row["target_end_date"]) for row in self.output("plain")])
        told = [json.loads((self.folder / out / "forecast.json").read_text(encoding="utf-8"))["analysis"] for out in ("plain", "begun-1")]
        self.assertEqual(told, [False, True])
        early = self.truel("forecast", "war", "--from", "2019-02-01", "--until", "2019-03-01", "--runs", RUNS, "--observed", "data", "--analysis",
                           "--out", "early").stderr
        self.assertIn("less than a quarter before 2019-02-01", early)
        self.assertRegex(self.forecast("learned", "--analysis", "--set", "scenario.laws.hidden_defence.on=1").stderr, r"(?m)^Place +Factor +90 % of runs$")

    def test_probabilities_of_a_place_and_date_add_up_to_one(self):
        self.forecast("out")
        sums = collections.Counter()
        for row in self.output("out"):
            if row["output_type"] == "pmf":
                sums[row["location"], row["target_end_date"]] += float(row["value"])
        self.assertEqual(len(sums), self.places * 4)
        for key, total in sums.items():
            self.assertAlmostEqual(total, 1, delta=1e-9, msg=str(key))
        self.assertEqual({date for _, date in sums}, {"2020-02-01", "2020-03-01", "2020-04-01", "2020-04-15"})

    def test_every_task_of_the_hub_is_answered_and_no_other(self):
        self.forecast("out", "--each-account")
        tasks = json.loads((self.folder / "out" / "hub-config" / "tasks.json").read_text(encoding="utf-8"))
        wanted = set()
        for task in tasks["rounds"][0]["model_tasks"]:
            ids = {name: task["task_ids"][name]["required"] for name in task["task_ids"]}
            kind, = task["output_type"]
            for target in ids["target"]:
                for location in ids["location"]:
                    for date in ids["target_end_date"]:
                        ends = task["output_type"]["pmf"]["output_type_id"]["required"] if kind == "pmf" else range(1, RUNS + 1)
                        wanted.update((target, location, date, kind, str(end)) for end in ends)
        models = sorted(path.name for path in (self.folder / "out" / "model-output").iterdir())
        self.assertGreater(len(models), 1)
        for model in models:
            rows = self.output("out", model.split("-", 1)[1])
            found = [(r["target"], r["location"], r["target_end_date"], r["output_type"], r["output_type_id"]) for r in rows]
            self.assertEqual(len(found), len(set(found)))
            self.assertEqual(set(found), wanted)
            self.assertTrue((self.folder / "out" / "model-metadata" / f"{model}.yml").exists())

    @unittest.skipIf(importlib.util.find_spec("jsonschema") is None, "no jsonschema")
    def test_the_configuration_is_valid_by_the_schemas_of_hubverse(self):
        import jsonschema
        self.forecast("out")
        for name in ("tasks", "admin"):
            schema = json.loads((SCHEMAS / f"{name}-schema.json").read_text(encoding="utf-8"))
            config = json.loads((self.folder / "out" / "hub-config" / f"{name}.json").read_text(encoding="utf-8"))
            jsonschema.validate(config, schema)

    def test_views_has_every_month_country_and_draw_and_the_fill_is_zero(self):
        (self.folder / "countries.csv").write_text("country_id,name\n7,Elsewhere\n220,Here\n9,There\n", encoding="utf-8")
        self.forecast("out", "--views", "Valley=220", "--government", "government", "--views-fill", "countries.csv")
        path, = (self.folder / "out" / "views").rglob("*.csv")
        self.assertEqual(path.relative_to(self.folder / "out" / "views").as_posix(),
                         "truel-base/cm/window=Y2020/predictions_2020.csv")
        rows = table(path)
        self.assertEqual(list(rows[0]), ["month_id", "country_id", "draw", "outcome"])
        # January 2020 is month 481 of VIEWS, which begins with January 1980 as 1.
        self.assertEqual({(r["month_id"], r["country_id"], r["draw"]) for r in rows},
                         {(str(m), str(c), str(d)) for m in (481, 482, 483) for c in (7, 9, 220) for d in range(RUNS)})
        self.assertEqual({r["outcome"] for r in rows if r["country_id"] != "220"}, {"0"})
        self.assertTrue(any(int(r["outcome"]) > 0 for r in rows if r["country_id"] == "220"))

    def test_it_may_begin_the_morning_after_the_last_day_that_is_known(self):
        control = self.folder / "war" / "control.csv"
        control.write_text(control.read_text(encoding="utf-8").replace("2020-12-31", "2020-02-14"), encoding="utf-8")
        begun = ("forecast", "war", "--until", "2020-05-14", "--runs", RUNS, "--from")
        self.truel(*begun, "2020-02-15", "--out", "next")
        rows = [row for row in table(self.folder / "next" / "model-output" / "truel-base" / "2020-02-15-truel-base.csv")
                if row["output_type"] == "pmf"]
        first = min(row["target_end_date"] for row in rows)
        held = {row["location"]: row["output_type_id"] for row in rows if row["target_end_date"] == first and float(row["value"]) > 0.5}
        self.assertEqual((held["capital"], held["summit"]), ("government", "highland_front"))
        self.assertIn("give a day from 2019-01-01 to 2020-02-15", self.truel(*begun, "2020-02-16", "--out", "later", status=2).stderr)

    def test_what_was_not_asked_well_is_refused_at_once(self):
        told = self.forecast("out", "--views", "Nowhere=1", "--government", "nobody", status=2).stderr
        self.assertIn("the package has no place in Nowhere", told)
        self.assertIn("no side nobody", told)
        told = self.truel("forecast", "war", "--from", "2020-03-01", "--until", "2020-02-01", "--time", "yesterday", "--out", "out", status=2).stderr
        self.assertIn("no second of UTC", told)
        told = self.truel("forecast", "war", "--from", "1990-03-01", "--out", "out", status=2).stderr
        self.assertIn("nothing says who holds what on 1990-03-01", told)
        for again in ("Elsewhere=220", "Valley=221"):
            told = self.forecast("out", "--views", "Valley=220", again, "--government", "government", status=2).stderr
            self.assertIn(f"--views {again}: names a country or a number again", told)
        self.assertFalse((self.folder / "out").exists())

    def test_without_a_whole_month_no_deaths_are_forecast_and_the_user_hears_it(self):
        days = ("forecast", "war", "--from", "2020-01-02", "--until", "2020-02-28", "--runs", RUNS, "--out", "out")
        told = self.truel(*days, "--views", "Valley=220", "--government", "government", status=2).stderr
        self.assertIn("--views: no calendar month lies whole from 2020-01-02 to 2020-02-28; VIEWS counts by months", told)
        self.assertFalse((self.folder / "out").exists())
        self.assertIn("no calendar month lies whole from 2020-01-02 to 2020-02-28: deaths are not forecast", self.truel(*days).stderr)
        path, = (self.folder / "out" / "model-output").rglob("*.csv")
        self.assertEqual({row["output_type"] for row in table(path)}, {"pmf"})

    def test_resolve_answers_questions_and_scores(self):
        seal = self.forecast("out").stdout.strip()
        told = self.truel("resolve", "out", "--observed", "data", "--seal", seal, "--out", "resolved").stdout
        self.assertIn("sealed at 2019-12-31T12:00:00Z, by its first day, 2020-01-01", told)
        self.assertIn(f"{4 * self.places}; resolved {4 * self.places}, open 0, void 0", told)
        self.assertIn("Who holds each place 1 month ahead, from 2020-01-01 to 2020-02-01: ", " ".join(told.split()))
        rows = table(self.folder / "resolved" / "questions.csv")
        self.assertEqual({(r["place"], r["date"]) for r in rows if r["came"] == "yes"},
                         {("bridge", date) for date in ("2020-03-01", "2020-04-01", "2020-04-15")})
        held = {(r["location"], r["target_end_date"], r["output_type_id"]): float(r["value"]) for r in self.output("out")
                if r["output_type"] == "pmf"}
        scores = json.loads((self.folder / "resolved" / "scores.json").read_text(encoding="utf-8"))
        for row in rows:
            self.assertAlmostEqual(float(row["probability_of_change"]), 1 - held[row["place"], row["date"], row["before"]], places=5)
        # The fair Brier score by hand, at the last date.
        last = [r for r in rows if r["date"] == "2020-04-15"]
        sides = sorted({side for _, _, side in held})
        loss = 0
        for row in last:
            p = {side: held[row["place"], row["date"], side] for side in sides}
            loss += sum((p[side] - (side == row["after"])) ** 2 for side in sides)
            loss -= sum(q * (1 - q) for q in p.values()) / (RUNS - 1)
        brier, = (r["value"] for r in scores["windows"] if (r["unit"], r["subset"], r["score"], r["model"], r["merged"], r["until"])
                  == ("place", "all", "brier", "truel", False, "2020-04-15"))
        self.assertAlmostEqual(brier, loss / len(last), places=9)
        self.assertTrue(any(r["target"] == "deaths" and r["model"] == "truel" and r["value"] is not None for r in scores["windows"]))
        for account in ("truel", "even"):
            self.assertTrue(any(r["target"] == "fights" and r["model"] == account and r["value"] is not None for r in scores["windows"]), account)
        diagram = (self.folder / "resolved" / "reliability.svg").read_text(encoding="utf-8")
        self.assertEqual(diagram.count(">0.5</text>"), 2 * diagram.count("<polyline"), "each panel has numbers on both axes")

    def test_deaths_are_held_against_those_in_the_countries_of_the_forecast(self):
        places = self.folder / "war" / "places.csv"
        lines = places.read_text(encoding="utf-8").splitlines()
        lines[-1] = lines[-1].replace(",Valley", ",Hills")
        places.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.forecast("both")
        told = self.truel("resolve", "both", "--observed", "data").stderr
        self.assertIn("the forecast has deaths in Hills, where no event is observed", told)
        self.forecast("one", "--country", "Valley")
        scores = []
        for events in (EVENTS, EVENTS + EVENTS.splitlines()[2].replace("2,1", "5,1", 1).replace(",Valley,", ",Hills,") + "\n"):
            (self.folder / "data" / "events.csv").write_text(events, encoding="utf-8")
            done = self.truel("resolve", "one", "--observed", "data", "--json")
            self.assertNotIn("where no event is observed", done.stderr)
            scores.append([row for row in json.loads(done.stdout)["windows"] if row["target"] != "control"])
        self.assertTrue(any(row["model"] == "truel" and row["value"] is not None for row in scores[0]))
        self.assertEqual(scores[0], scores[1])
        self.assertNotIn("where no event is observed", self.truel("resolve", "both", "--observed", "data").stderr)

    def test_what_the_record_does_not_reach_yet_is_open(self):
        self.forecast("out")
        (self.folder / "data" / "events.csv").unlink()
        begun = [spell for spell in SPELLS.splitlines(True) if "mill,2020-05" not in spell]
        cut = re.sub("2020-(12-31|04-30)", "2020-03-15", "".join(begun))
        (self.folder / "data" / "who.csv").write_text(cut, encoding="utf-8")
        told = self.truel("resolve", "out", "--observed", "data")
        self.assertIn(f"resolved {2 * self.places}, open {2 * self.places}, void 0", told.stdout)
        self.assertIn("2 of 4 dates are open", told.stderr)

    def test_a_changed_file_is_refused(self):
        self.forecast("out")
        for name in ("package/forces.csv", "model-output/truel-base/2020-01-01-truel-base.csv"):
            shutil.copytree(self.folder / "out", self.folder / "changed")
            path = self.folder / "changed" / name
            path.write_bytes(path.read_bytes() + b"\n")
            told = self.truel("resolve", "changed", "--observed", "data", status=2).stderr
            self.assertIn(f"{name}: is not the file that was sealed", told)
            path.unlink()
            self.assertIn(f"{name}: is missing", self.truel("resolve", "changed", "--observed", "data", status=2).stderr)
            shutil.rmtree(self.folder / "changed")
        added = self.folder / "out" / "package" / "observations.toml"
        added.write_text('format = 1\n[holders]\nhighland_front = "government"\n', encoding="utf-8")
        told = self.truel("resolve", "out", "--observed", "data", status=2).stderr
        self.assertIn("out/package/observations.toml: was not sealed with the forecast", told)
        added.unlink()
        told = self.truel("resolve", "out", "--observed", "data", "--seal", "0" * 64, status=2).stderr
        self.assertIn("not the one of --seal", told)
        for text in ("{}", "[", '{"format": 1, "files": {}}', '{"format": 2}'):
            (self.folder / "out" / "forecast.json").write_text(text, encoding="utf-8")
            self.assertIn("forecast.json", self.truel("resolve", "out", "--observed", "data", status=2).stderr)


if __name__ == "__main__":
    unittest.main()
