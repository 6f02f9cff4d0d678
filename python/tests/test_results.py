"""Who holds what, figures, tables of VIEWS, and what a misspelt argument is told."""
import itertools
import unittest

import matplotlib
import numpy as np
import pandas as pd
import pyarrow.parquet as pq

import truel
from truel.connectors import Simulator
from wars import WarTest

matplotlib.use("Agg")

import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.text import Annotation  # noqa: E402
from truel import plots, views_parquet  # noqa: E402


class ResultsTest(WarTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.out = cls.folder / "out"
        cls.runs = truel.run(cls.package, runs=20, seed=3, out=cls.out, keep_paths=0)


class Holders(ResultsTest):
    def test_shares_are_those_counted_one_by_one(self):
        table = truel.holders(self.runs, places=["mill", "harbour"], dates=["2020-01-08", self.runs.time.values[-1]])
        self.assertEqual(list(table.columns), ["place", "place_name", "date", "holder", "holder_name", "share"])
        ids = [str(each) for each in self.runs.actor.values]
        for row in table.itertuples():
            codes = self.runs.control.sel(place=row.place, time=row.date).values
            self.assertEqual(row.share, np.mean([("none", *ids)[code + 1] == row.holder for code in codes]))
        np.testing.assert_allclose(table.groupby(["place", "date"]).share.sum(), 1)
        self.assertEqual(set(table.place), {"mill", "harbour"})
        self.assertEqual(table.date.nunique(), 2)

    def test_holders_and_places_have_their_names(self):
        table = truel.holders(self.runs)
        self.assertEqual(table.place.nunique(), self.runs.sizes["place"])
        self.assertEqual(dict(zip(table.holder, table.holder_name))["government"], "The government")
        self.assertEqual(dict(zip(table.place, table.place_name))["mill"], "The mill")

    def test_a_folder_and_its_file_give_what_the_arrays_give(self):
        for results in (self.out, self.out / "ensemble.nc", str(self.out)):
            pd.testing.assert_frame_equal(truel.holders(results), truel.holders(self.runs), check_dtype=False)

    def test_run_by_run_there_is_a_row_for_each(self):
        table = truel.control(self.runs, places="mill")
        self.assertEqual(len(table), self.runs.sizes["realization"] * self.runs.sizes["time"])
        shares = table.groupby(["date", "holder"]).size() / self.runs.sizes["realization"]
        pd.testing.assert_series_equal(shares, truel.holders(self.runs, places="mill").set_index(["date", "holder"]).share,
                                       check_names=False, check_dtype=False, check_index_type=False)

    def test_a_run_that_failed_is_missing_and_a_place_may_be_nobody_s(self):
        runs = self.runs.copy(deep=True)
        runs["control"][0] = -2
        runs["control"][1, list(runs.place.values).index("mill"), -1] = -1
        last = runs.time.values[-1]
        table = truel.control(runs, places="mill", dates=last)
        self.assertTrue(table.holder.isna()[0])
        self.assertEqual((table.holder[1], table.holder_name[1]), ("none", "nobody"))
        held = truel.holders(runs, places="mill", dates=last)
        self.assertAlmostEqual(held.share.sum(), 1)
        self.assertEqual(held.set_index("holder").share["none"], 1 / 19)

    def test_what_there_is_not_is_told_at_once(self):
        with self.assertRaises(truel.InputError) as caught:
            truel.holders(self.runs, places=["mil"], dates=["2020-01-09", "soon"])
        told = str(caught.exception)
        self.assertIn("places=mil: no such place", told)
        self.assertIn("the nearest is 2020-01-08", told)
        self.assertIn("dates=soon", told)
        with self.assertRaisesRegex(truel.InputError, "no such file"):
            truel.holders(self.folder / "nowhere")


class Keywords(WarTest):
    def told(self, function, *given, **named):
        with self.assertRaises(TypeError) as caught:
            function(*given, **named)
        return str(caught.exception)

    def test_the_nearest_argument_is_named(self):
        for function, given, wrong, meant in (
                (truel.run, [self.war], "account", "accounts"), (truel.run, [self.war], "acount", "accounts"),
                (truel.run, [self.war], "end", "until"), (truel.run, [self.war], "start", "from_"),
                (truel.run, [self.war], "n_jobs", "threads"), (truel.measure, [self.war, "civilian_harm"], "metric", "metrics"),
                (truel.compare, [self.war], "with_out", "without"), (truel.sensitivity, [self.war, "civilian_harm"], "acounts", "accounts"),
                (truel.score, [self.war], "record", "observed"), (truel.fit, [self.war, self.folder], "unitl", "until"),
                (truel.holders, [self.folder], "place", "places"), (self.war.changed, [], "sets", "set"),
                (Simulator, [self.war, {}, []], "run", "runs")):
            with self.subTest(function=function.__qualname__, wrong=wrong):
                self.assertIn(f"has no argument `{wrong}`, did you mean `{meant}`?", self.told(function, *given, **{wrong: 1}))

    def test_all_are_told_and_a_word_like_none_gets_the_list(self):
        told = self.told(truel.run, self.war, acount="proxy", zzz=1)
        self.assertIn("run() has no argument `acount`, did you mean `accounts`?", told)
        self.assertIn("run() has no argument `zzz`, it has war, runs, seed,", told)


def texts(figure):
    """Names beside points or lines, where they are drawn."""
    figure.draw_without_rendering()
    return {found.get_text(): found.get_window_extent() for ax in figure.axes for found in ax.findobj(Annotation)}


class Plots(ResultsTest):
    def tearDown(self):
        plt.close("all")

    def apart(self, figure, least):
        boxes = texts(figure)
        self.assertGreaterEqual(len(boxes), least)
        for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
            self.assertFalse(a.overlaps(b), f"{one} and {other}")
        return boxes

    def test_lines_have_their_names_and_none_overlaps_another(self):
        ax = plots.strength(self.runs)
        self.assertEqual(set(self.apart(ax.figure, 3)), {"The government", "The highland front", "The river league"})
        line = next(line for line in ax.lines if line.get_label() == "The government")
        np.testing.assert_allclose(line.get_ydata(), self.runs.fighters.sel(actor="government").median("realization"))
        runs = self.runs.copy(deep=True)
        runs["fighters"][:] = 1000.0  # all lines end at one height
        self.apart(plots.strength(runs).figure, 3)
        self.assertEqual(len(plots.strength(self.runs, "value_share", actors="government").lines), 1)

    def test_names_on_a_map_overlap_neither_each_other_nor_points(self):
        war = truel.load(truel.scenario("syria-2016"))
        runs = truel.run(war, runs=2, until="2016-01-15")
        ax = plots.map(runs)
        boxes = self.apart(ax.figure, 60)
        points = ax.transData.transform(np.column_stack([runs.longitude, runs.latitude]))
        for name, box in boxes.items():
            self.assertFalse(any(box.contains(x, y) for x, y in points), name)
        self.assertEqual(len(texts(plots.map(runs, labels=False).figure)), 0)

    def test_a_map_has_the_coast_and_the_likeliest_holders(self):
        war = truel.load(truel.scenario("syria-2016"))
        ax = plots.map(truel.run(war, runs=2, until="2016-01-15"), labels=False)
        land = [patch.get_path() for patch in ax.patches]
        within = lambda x, y: any(path.contains_point((x, y)) for path in land)  # noqa: E731
        self.assertTrue(within(36.3, 33.5))  # Damascus
        self.assertFalse(within(34.5, 34.5))  # the sea off Tripoli
        named = {text.get_text() for text in ax.get_legend().get_texts()}
        self.assertIn("Islamic State", named)

    def test_a_map_takes_the_ground_of_a_package(self):
        ground = self.package / "map.geojson"
        land = plots.map(self.runs, ground=ground).patches
        self.assertGreater(len(land), 0)
        self.assertNotEqual(len(land), len(plots.map(self.runs).patches))
        with self.assertRaisesRegex(truel.InputError, "no such file"):
            plots.map(self.runs, ground=self.folder / "none.geojson")

    def test_control_fills_each_panel(self):
        figure = plots.control(self.runs, ["mill", "harbour"])
        shown = [ax for ax in figure.axes if ax.get_visible()]
        self.assertEqual([ax.get_title(loc="left") for ax in shown], ["The mill", "The harbour"])
        for ax in shown:
            top = max(area.get_paths()[0].vertices[:, 1].max() for area in ax.collections)
            self.assertAlmostEqual(top, 1)
        self.assertEqual(len([ax for ax in plots.control(self.runs).axes if ax.get_visible()]), 6)

    def test_what_there_is_not_is_told(self):
        with self.assertRaisesRegex(truel.InputError, "actors=nobody"):
            plots.strength(self.runs, actors="nobody")
        with self.assertRaisesRegex(truel.InputError, "variable="):
            plots.strength(self.runs, "strength")
        with self.assertRaisesRegex(TypeError, "did you mean `colours`"):
            plots.map(self.runs, colors={})

    def test_heights_are_apart_and_as_near_as_may_be(self):
        np.testing.assert_allclose(plots._apart([0.5, 0.5, 0.9], 0.1, 0, 1), [0.45, 0.55, 0.9])
        np.testing.assert_allclose(plots._apart([0.0, 0.01, 0.02], 0.3, 0, 1), [0, 0.3, 0.6])
        np.testing.assert_allclose(plots._apart([1.0, 1.0], 0.3, 0, 1), [0.7, 1.0])


class Views(WarTest):
    def table(self):
        return pd.DataFrame([(481, 220, draw, 3 * draw) for draw in range(4)] + [(482, 220, draw, 0) for draw in range(4)],
                            columns=["month_id", "country_id", "draw", "outcome"])

    def test_what_is_written_is_read(self):
        file = self.folder / "made.parquet"
        views_parquet.write(self.table().sample(frac=1, random_state=1), file)
        pd.testing.assert_frame_equal(views_parquet.read(file), self.table())
        kept = pq.read_schema(file)
        self.assertEqual([(field.name, str(field.type)) for field in kept],
                         [(name, "int64") for name in ("month_id", "country_id", "draw", "outcome")])
        views_parquet.write(self.table().set_index(["month_id", "country_id", "draw"]), file)
        pd.testing.assert_frame_equal(views_parquet.read(file), self.table())

    def test_everything_wrong_with_a_table_is_told_and_nothing_written(self):
        file = self.folder / "refused.parquet"
        wrong = self.table().astype({"outcome": float})
        wrong.loc[0, "outcome"] = -1
        wrong.loc[1, "draw"] = 0
        for table, words in ((wrong, ["outcome: not all are whole numbers", "1 rows name a month"]),
                             (self.table().drop(columns="draw"), ["no column draw"]),
                             (self.table().drop(index=7), ["from 3 to 4 draws"]),
                             (self.table().assign(outcome=np.nan), ["8 values are missing"])):
            with self.assertRaises(truel.InputError) as caught:
                views_parquet.write(table, file)
            for each in words:
                self.assertIn(each, str(caught.exception))
            self.assertFalse(file.exists())
        with self.assertRaisesRegex(truel.InputError, "no such file"):
            views_parquet.read(file)

    def test_the_tables_of_a_sealed_forecast_become_parquet(self):
        sealed, out, package = self.folder / "sealed", self.folder / "parquet", self.folder / "valley"
        truel.new(package)
        lines = (package / "places.csv").read_text(encoding="utf-8").splitlines()
        (package / "places.csv").write_text("".join(f"{line},{'Valley' if n else 'country'}\n" for n, line in enumerate(lines)), encoding="utf-8")
        self.program("forecast", package, "--from", "2020-01-01", "--until", "2020-03-31", "--runs", "3", "--views", "Valley=220",
                     "--government", "government", "--out", sealed)
        source, = (sealed / "views").rglob("*.csv")
        file, = views_parquet.convert(sealed, out)
        self.assertEqual(file, (out / source.relative_to(sealed / "views")).with_suffix(".parquet"))
        pd.testing.assert_frame_equal(views_parquet.read(file), views_parquet.read(source))
        self.assertEqual(views_parquet.read(file).draw.nunique(), 3)
        with self.assertRaisesRegex(truel.InputError, "no tables of VIEWS"):
            views_parquet.convert(self.package, out)


if __name__ == "__main__":
    unittest.main()
