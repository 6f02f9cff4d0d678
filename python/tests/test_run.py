"""truel.run, held against ensemble.nc of the program."""
import json
import math
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import textwrap
import threading
import time
import unittest
import unittest.mock
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import xarray as xr

import truel
from wars import LATER_DAYS, WarTest


class Run(WarTest):
    def assert_same_as_program(self, package, options, **arguments):
        out = self.folder / f"out-{len(list(self.folder.iterdir()))}"
        self.program("run", package, *options, "--out", out, "--quiet")
        with xr.open_dataset(out / "ensemble.nc") as file:
            expected = file.load()
        got = truel.run(package, **arguments)
        xr.testing.assert_identical(got, expected)
        for name in expected.variables:
            if expected[name].dtype.kind not in "UO":  # text: what xarray makes of it depends on its version
                self.assertEqual(got[name].dtype, expected[name].dtype, name)
            if expected[name].dtype.kind in "fiu":
                self.assertEqual(got[name].values.tobytes(), expected[name].values.tobytes(), name)
        return got

    def test_gives_what_the_program_writes_to_ensemble_nc(self):
        self.assert_same_as_program(self.package, ["--runs", 150, "--seed", 7], runs=150, seed=7)

    def test_gives_the_same_on_any_number_of_threads(self):
        xr.testing.assert_identical(truel.run(self.war, runs=70, threads=1), truel.run(self.war, runs=70, threads=3))

    def test_gives_the_same_from_processes_of_an_executor(self):
        expected = truel.run(self.war, runs=37, seed=5)
        told = []
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
            got = truel.run(self.war, runs=37, seed=5, executor=executor, parts=5, progress=lambda *news: told.append(news[:2]))
            few = truel.run(self.war, runs=3, executor=executor, parts=8)  # some parts are empty
        xr.testing.assert_identical(got, expected)
        self.assertEqual(told[-1], (37, 37))
        xr.testing.assert_identical(few, truel.run(self.war, runs=3))

    def test_gives_the_same_from_a_cluster_of_dask(self):
        try:
            from distributed import Client, LocalCluster
        except ImportError:
            self.skipTest("distributed is not installed")
        war = self.war.changed(set={"actors.government.kill_rate": 0.0125})
        with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None) as cluster, \
                Client(cluster) as client:
            got = truel.run(war, runs=40, seed=7, executor=client, parts=6)
        xr.testing.assert_identical(got, truel.run(war, runs=40, seed=7))

    def test_starts_from_an_analysis_as_the_program_does(self):
        observed, options = self.observed_later()
        switch = "scenario.laws.hidden_defence.on"
        theirs, ours = self.folder / "analysed", self.folder / "analysed-here"
        self.program("run", self.package, *options, "--runs", 12, "--seed", 3, "--set", f"{switch}=1", "--out", theirs, "--quiet")
        given = {"analysis": True, "observed": observed, "runs": 12, "seed": 3, "set": {switch: 1}, **LATER_DAYS}
        got = truel.run(self.war, **given, out=ours)
        told = json.loads((theirs / "summary.json").read_text())["analysis"]
        self.assertEqual(json.loads(got.attrs["analysis"]), told)
        self.assertEqual({row["place"] for row in told["hidden_defence"]}, set(self.war.places.index))
        for file in {*ours.iterdir()} - {ours / "provenance.json"}:
            self.assertTrue(file.read_bytes() == (theirs / file.name).read_bytes(), file.name)
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
            xr.testing.assert_identical(truel.run(self.war, **given, executor=executor, parts=3), got)
        del got.attrs["analysis"]
        with xr.open_dataset(theirs / "ensemble.nc") as file:
            xr.testing.assert_identical(got, file.load())

    def test_refuses_an_analysis_of_what_nobody_observed(self):
        observed, _ = self.observed_later()
        for wrong, named in [({"observed": observed}, "analysis=True"), ({"analysis": 1}, "^analysis=1"),
                             ({"analysis": True, "observed": self.folder / "none"}, "no such folder"),
                             ({"analysis": True, **LATER_DAYS}, "nothing says who holds what on 2021-04-01"),
                             ({"analysis": True, "observed": observed, "set": {"places.mill.control": "government"}}, "an analysis lays in")]:
            with self.subTest(wrong), self.assertRaisesRegex(truel.InputError, named):
                truel.run(self.war, runs=2, **wrong)
        with self.assertRaisesRegex(truel.InputError, "has changed since"):
            truel.run(self.loaded_before_a_change(), analysis=True, runs=2)

    def test_processes_refuse_a_package_that_has_changed(self):
        war = self.loaded_before_a_change()
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor, \
                self.assertRaisesRegex(truel.InputError, "has changed since") as refused:
            truel.run(war, runs=2, executor=executor)
        self.assertTrue(refused.exception.diagnostics[0].hint)

    def test_gives_the_same_from_parsl(self):
        try:
            import parsl
            from parsl.concurrent import ParslPoolExecutor
        except ImportError:
            self.skipTest("parsl is not installed")
        config = parsl.Config(executors=[parsl.HighThroughputExecutor(label="two", address="127.0.0.1", max_workers_per_node=2)],
                              run_dir=str(self.folder / "parsl"), usage_tracking=0)
        programs = sysconfig.get_path("scripts") + os.pathsep + os.environ["PATH"]  # Parsl looks there for its own
        with unittest.mock.patch.dict(os.environ, PATH=programs), ParslPoolExecutor(config) as executor:
            got = truel.run(self.war, runs=40, seed=7, executor=executor, parts=6)

            def give_up(done, wanted, seconds):
                raise ZeroDivisionError

            with self.assertRaises(ZeroDivisionError):  # and not what Parsl says of cancelling
                truel.run(self.war, runs=4, executor=executor, parts=2, progress=give_up)
        xr.testing.assert_identical(got, truel.run(self.war, runs=40, seed=7))

    def test_an_exception_cancels_parts_that_have_not_begun(self):
        class Waiting:
            """Runs the first part and leaves the others waiting."""

            def __init__(self):
                self.futures = []

            def submit(self, function, /, *arguments):
                self.futures.append(Future())
                if len(self.futures) == 1:
                    self.futures[0].set_result(function(*arguments))
                return self.futures[-1]

        for reason in ZeroDivisionError, KeyboardInterrupt:
            def give_up(done, wanted, seconds, reason=reason):
                raise reason

            waiting = Waiting()
            with self.subTest(reason), self.assertRaises(reason):
                truel.run(self.war, runs=6, executor=waiting, parts=6, progress=give_up)
            self.assertEqual([future.cancelled() for future in waiting.futures], [False] + [True] * 5)
        unasked = Waiting()
        with self.assertRaisesRegex(truel.InputError, "exists"):
            truel.run(self.war, runs=6, executor=unasked, out=self.package)
        self.assertEqual(unasked.futures, [])

    def test_refuses_precision_with_an_executor(self):
        with ThreadPoolExecutor() as executor, self.assertRaisesRegex(truel.InputError, "give the number of runs"):
            truel.run(self.war, precision=0.01, executor=executor)

    def test_gives_the_same_with_accounts_numbers_and_dates(self):
        got = self.assert_same_as_program(
            self.package,
            ["--runs", 20, "--seed", 3, "--account", "proxy", "--set", "actors.highland_front.recruitment_per_day=0.000001..0.000009",
             "--set", "actors.government.kill_rate=0.0125", "--until", "2020-06-30", "--every", 10],
            runs=20, seed=3, accounts="proxy",
            set={"actors.highland_front.recruitment_per_day": "0.000001..0.000009", "actors.government.kill_rate": np.float64(0.0125)},
            until="2020-06-30", every=10)
        self.assertEqual(got.attrs["accounts"], "proxy")
        self.assertEqual(got.attrs["package_sha256"], self.war.sha256)

    def test_gives_the_same_with_other_solvers(self):
        package = truel.scenario("published/three-way-combat")
        self.assert_same_as_program(package, ["--runs", 3, "--solver", "exact"], runs=3, solver="exact")
        self.assert_same_as_program(package, ["--runs", 1, "--solver", "mean-field"], runs=1, solver="mean-field")

    def test_gives_the_same_where_alignment_moves_and_where_they_talk(self):
        self.assert_same_as_program(truel.scenario("laws/pulls-of-alignment"), ["--runs", 3], runs=3)
        self.assert_same_as_program(truel.scenario("published/ktab-smp"), ["--runs", 3], runs=3)

    def test_gives_the_same_for_the_reference_scenario(self):
        self.assert_same_as_program(truel.scenario("syria-2016"), ["--runs", 4, "--until", "2016-02-29"], runs=4,
                                    until="2016-02-29")

    def test_keeps_failed_realizations_and_warns_of_them(self):
        package = self.folder / "diverging"
        shutil.copytree(truel.scenario("published/structural-balance"), package)
        text = (package / "scenario.toml").read_text()
        self.assertIn("\nlimit = ", text)
        (package / "scenario.toml").write_text(re.sub("\nlimit = .*", "", text))
        with self.assertWarnsRegex(truel.RealizationWarning, "2 realizations failed"):
            runs = truel.run(package, runs=2)
        meaning = dict(zip(runs.status.attrs["flag_values"], runs.status.attrs["flag_meanings"].split()))
        self.assertEqual([meaning[status] for status in runs.status.values], ["alignment_diverged"] * 2)
        self.assertTrue(np.isnan(runs.final_fighters.values).all())
        with self.assertWarns(truel.RealizationWarning):
            self.assertTrue(truel.measure(package, "alignment.energy", runs=2).isna().all(axis=None))

    def test_hands_over_the_engine_s_memory(self):
        runs = truel.run(self.war, runs=5)
        for name in "fighters", "control", "losses", "draws", "survives", "value_share":
            array = runs[name].values
            self.assertFalse(array.flags.owndata, name)
            self.assertTrue(array.flags.writeable, name)
            self.assertIs(runs[name].values.base, array.base, name)

    def test_memory_outlives_the_dataset(self):
        fighters = truel.run(self.war, runs=5).fighters.values
        expected = fighters.copy()
        for _ in range(3):
            truel.run(self.war, runs=5, seed=2)
        np.testing.assert_array_equal(fighters, expected)

    def test_writes_the_files_of_the_program(self):
        truel.run(self.war, runs=12, seed=5, out=self.folder / "by-python")
        self.program("run", self.package, "--runs", 12, "--seed", 5, "--out", "by-program", "--quiet")
        names = {path.name for path in (self.folder / "by-program").iterdir()}
        self.assertEqual({path.name for path in (self.folder / "by-python").iterdir()}, names)
        for name in names - {"provenance.json"}:
            self.assertEqual((self.folder / "by-python" / name).read_bytes(),
                             (self.folder / "by-program" / name).read_bytes(), name)
        with self.assertRaises(truel.InputError):
            truel.run(self.war, runs=1, out=self.folder / "by-python")

    def test_refuses_options_that_make_no_sense(self):
        for wrong in {"runs": 0}, {"runs": 1.5}, {"seed": -1}, {"threads": -1}, {"every": 0}, {"precision": 2.0}, \
                {"solver": "magic"}, {"until": "2020-02-30"}, {"set": {"actors.nobody.kill_rate": 1}}, \
                {"set": {"actors.government.kill_rate": None}}:
            with self.subTest(wrong=wrong), self.assertRaises(truel.InputError):
                truel.run(self.war, **{"runs": 1, **wrong})

    def test_names_the_argument_that_is_of_the_wrong_kind(self):
        for name, wrong in [("runs", "many"), ("runs", math.nan), ("runs", None), ("seed", math.inf), ("precision", "x"),
                            ("precision", None), ("solver", None), ("until", 2016), ("from_", 2016.5), ("accounts", 3),
                            ("accounts", [None]), ("set", 3), ("out", 3), ("executor", 3)]:
            with self.subTest(name=name, wrong=wrong), self.assertRaisesRegex(truel.InputError, f"^{name}={re.escape(repr(wrong))}; "):
                truel.run(self.war, **{"runs": 1, name: wrong})
        for wrong in {"first": -1}, {"metrics": None}, {"metrics": [3]}:
            with self.subTest(wrong=wrong), self.assertRaisesRegex(truel.InputError, f"^{[*wrong][0]}="):
                truel.measure(self.war, **{"metrics": "civilian_harm", "runs": 1, **wrong})

    def test_tells_every_mistake_at_once(self):
        with self.assertRaises(truel.InputError) as refused:
            truel.run(self.war, runs=0, seed=-1, solver="magic", until=2016, out=self.package,
                      set={"actors.government.kill_rate": None})
        self.assertEqual([each.what.split("=")[0] for each in refused.exception.diagnostics],
                         ["runs", "seed", "solver", "exists", "actors.government.kill_rate", "until"])
        with self.assertRaises(truel.InputError) as refused:
            truel.run(self.war, runs=0, set={"actors.nobody.kill_rate": 1, "actors.government.kil_rate": 1})
        self.assertEqual(len(refused.exception.diagnostics), 3)
        for package in self.war, self.package:
            with self.assertRaises(truel.InputError) as refused:
                truel.run(package, until="garbage", accounts="nope", set={"a.b": 1}, runs=0)
            self.assertEqual([each.what.split()[0] for each in refused.exception.diagnostics], ["runs=0", "until", "unknown", "unknown"])
        with self.assertRaises(truel.InputError) as refused:
            truel.measure(self.war, ["happiness", "civilian_harm"], until="garbage", accounts="nope", first=-1)
        self.assertEqual([each.what.split("=")[0].split()[0] for each in refused.exception.diagnostics],
                         ["first", "metrics", "until", "unknown"])
        with self.assertRaises(truel.InputError) as refused:
            truel.run(self.folder / "nowhere", until="garbage", set={"a.b": None}, runs=0)
        self.assertEqual([each.what.split("=")[0].split()[0] for each in refused.exception.diagnostics],
                         ["runs", "a.b", "until", "no"])

    def test_tells_progress_in_the_thread_of_the_caller(self):
        told = []
        truel.run(self.war, runs=3000, progress=lambda *news: told.append((threading.get_ident(), *news)))
        self.assertGreater(len(told), 1)
        self.assertEqual({thread for thread, *_ in told}, {threading.get_ident()})
        self.assertEqual(told[-1][1:3], (3000, 3000))
        done = [each[1] for each in told]
        self.assertEqual(done, sorted(done))

    def test_shows_a_bar(self):
        truel.run(self.war, runs=10, progress=True)

    def test_says_what_a_bar_needs(self):
        with unittest.mock.patch.dict(sys.modules, {"tqdm.auto": None}), self.assertWarnsRegex(UserWarning, "pip install tqdm") as told:
            truel.run(self.war, runs=2, progress=True)
        self.assertEqual(told.filename, __file__)

    def test_an_exception_of_the_progress_function_stops_the_run(self):
        def give_up(done, wanted, seconds):
            raise ZeroDivisionError

        begin = time.monotonic()
        with self.assertRaises(ZeroDivisionError):
            truel.run(self.war, runs=10_000_000, progress=give_up)
        self.assertLess(time.monotonic() - begin, 30)

    def test_other_threads_go_on_meanwhile(self):
        count = 0
        is_done = threading.Event()

        def counting():
            nonlocal count
            while not is_done.wait(0.001):
                count += 1

        thread = threading.Thread(target=counting)
        thread.start()
        truel.run(self.war, runs=3000, threads=1)
        is_done.set()
        thread.join()
        self.assertGreater(count, 20)

    def test_two_threads_run_one_war(self):
        results = [None, None]

        def one(i):
            results[i] = truel.run(self.war, runs=50, seed=i, threads=1)

        threads = [threading.Thread(target=one, args=(i,)) for i in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for i in range(2):
            xr.testing.assert_identical(results[i], truel.run(self.war, runs=50, seed=i))

    def test_control_c_ends_it(self):
        script = textwrap.dedent("""
            import sys, truel
            try:
                truel.run(sys.argv[1], runs=100_000_000, progress=lambda *_: print("running", flush=True))
            except KeyboardInterrupt:
                print("interrupted", flush=True)
        """)
        # A shell that put the tests into the background has them ignore the signal, and so would this.
        child = subprocess.Popen([sys.executable, "-c", script, self.package], stdout=subprocess.PIPE, text=True,
                                 preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))
        self.assertEqual(child.stdout.readline().strip(), "running")
        child.send_signal(signal.SIGINT)
        rest, _ = child.communicate(timeout=60)
        self.assertEqual(rest.split()[-1], "interrupted")
        self.assertEqual(child.returncode, 0)

    def test_measures_what_run_gives(self):
        runs = truel.run(self.war, runs=40, seed=2)
        table = truel.measure(self.war, ["actors.government.final_fighters", "civilian_harm",
                                         "actors.government.fighters.14"], runs=40, seed=2)
        np.testing.assert_array_equal(table["civilian_harm"], runs.civilian_harm)
        np.testing.assert_array_equal(table["actors.government.final_fighters"],
                                      runs.final_fighters.sel(actor="government"))
        np.testing.assert_array_equal(table["actors.government.fighters.14"].astype("float32"),
                                      runs.fighters.sel(actor="government").isel(time=2))
        later = truel.measure(self.war, "civilian_harm", runs=10, first=30, seed=2)
        np.testing.assert_array_equal(later["civilian_harm"], runs.civilian_harm[30:])
        self.assertEqual(list(later.index), list(range(30, 40)))
        with self.assertRaisesRegex(truel.InputError, "did you mean"):
            truel.measure(self.war, "actors.goverment.losses", runs=1)


class Program(WarTest):
    def test_the_wheel_brings_the_program(self):
        self.assertEqual(self.program("--version").stdout.strip(), truel.__version__)
        self.assertIn("no mistakes", self.program("check", self.package).stdout)
        self.program("check", self.folder / "nowhere", status=2)


if __name__ == "__main__":
    unittest.main()
