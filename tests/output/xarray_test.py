"""ensemble.nc opens in xarray with names, dates and draws in place. TRUEL: the program."""
import csv
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import numpy
import xarray

TRUEL = pathlib.Path(os.environ["TRUEL"]).resolve()


class Xarray(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="truel-xarray-")
        cls.root = root = pathlib.Path(cls.folder.name)
        subprocess.run([TRUEL, "new", root / "war"], check=True, capture_output=True)
        subprocess.run([TRUEL, "run", root / "war", "--runs", "70", "--seed", "5", "--out", root / "out", "--quiet"],
                       check=True, capture_output=True)
        cls.summary = json.loads((root / "out" / "summary.json").read_text())
        cls.data = xarray.open_dataset(root / "out" / "ensemble.nc")

    @classmethod
    def tearDownClass(cls):
        cls.data.close()
        cls.folder.cleanup()

    def test_xarray_selects_by_the_ids_of_the_package(self):
        for actor, expected in self.summary["actors"].items():
            last = self.data.fighters.sel(actor=actor).isel(time=-1)
            numpy.testing.assert_allclose(last.mean(dtype=float), expected["final_fighters"]["mean"], rtol=1e-6)
            numpy.testing.assert_allclose(self.data.survives.sel(actor=actor).mean(), expected["survival_probability"])

    def test_xarray_reads_the_stored_dates(self):
        self.assertEqual([str(day)[:10] for day in self.data.time.values], self.summary["dates"])

    def test_xarray_reads_the_drawn_parameters_by_path(self):
        self.assertEqual(self.data.sizes["parameter"], self.summary["uncertain_parameters"])
        draws = self.data.draws.sel(parameter="forces.government.all.2019-01-01")
        self.assertTrue(bool(((draws >= 8000) & (draws <= 12000)).all()))
        self.assertGreater(float(draws.std()), 0)

    def test_xarray_gives_probabilities_of_control_from_flags(self):
        codes = dict(zip(self.data.control.attrs["flag_meanings"].split(), self.data.control.attrs["flag_values"]))
        for place, entry in self.summary["places"].items():
            last = self.data.control.sel(place=place).isel(time=-1)
            for holder, probability in entry["control"].items():
                self.assertAlmostEqual(float((last == codes[holder]).mean()), probability, places=6)

    def test_xarray_has_losses_harm_and_changes_by_month(self):
        months = self.data.losses_by_month.sum(["month", "country"])
        numpy.testing.assert_allclose(months, self.data.losses, rtol=1e-5)
        numpy.testing.assert_allclose(self.data.place_losses_by_month.sum(["month", "place"]),
                                      self.data.losses.sum("dyad"), rtol=1e-5)
        numpy.testing.assert_allclose(self.data.harm_by_month.sum("month"), self.data.harm, rtol=1e-5)
        numpy.testing.assert_allclose(self.data.place_harm_by_month.sum(["month", "place"]), self.data.civilian_harm,
                                      rtol=1e-5)
        self.assertEqual(str(self.data.month.values[0]), str(self.data.time.values[0])[:7])
        self.assertGreater(float(self.data.changes_by_month.sum()), 0)

    def test_tables_of_months_have_the_means_of_the_arrays(self):
        for name, variable, index in (("months_dyads.csv", "losses_by_month", ["attacker", "target"]),
                                      ("months_places.csv", "place_losses_by_month", ["place"])):
            with open(self.root / "out" / name, encoding="utf-8", newline="") as table:
                rows = list(csv.DictReader(table))
            array = self.data[variable]
            if index[0] == "attacker":
                array = array.set_index(dyad=index)
            for row in rows:
                own = array.sel(month=row["month"])
                own = own.sel({key: row[key] for key in index})
                if "country" in own.dims:
                    own = own.sel(country=row["country"])
                numpy.testing.assert_allclose(float(row["losses_mean"]), own.mean(dtype=float), rtol=1e-5, atol=1e-9)
                numpy.testing.assert_allclose(float(row["losses_q95"]), own.quantile(0.95), rtol=1e-5, atol=1e-9)
            self.assertAlmostEqual(sum(float(row["losses_mean"]) for row in rows) /
                                   float(self.data.losses.sum("dyad").mean()), 1, places=4)

    def test_tables_of_months_and_realizations_have_every_value_of_the_arrays(self):
        subprocess.run([TRUEL, "run", self.root / "war", "--runs", "9", "--seed", "5", "--out", self.root / "few", "--quiet",
                        "--months-csv"], check=True, capture_output=True)
        with xarray.open_dataset(self.root / "few" / "ensemble.nc") as data:
            for name, index, variables in (
                    ("dyads", ["attacker", "target", "country"], {"losses": "losses_by_month"}),
                    ("places", ["place"], {"losses": "place_losses_by_month", "harm": "place_harm_by_month",
                                           "changes": "changes_by_month"}),
                    ("actors", ["actor"], {"harm": "harm_by_month"})):
                with open(self.root / "few" / f"months_{name}_realizations.csv", encoding="utf-8", newline="") as table:
                    rows = list(csv.DictReader(table))
                self.assertTrue(rows)
                self.assertEqual(rows, sorted(rows, key=lambda row: int(row["realization"])))
                for column, variable in variables.items():
                    array = data[variable]
                    if "dyad" in array.dims:
                        array = array.set_index(dyad=["attacker", "target"])
                    for row in rows:
                        own = array.sel(realization=int(row["realization"]), month=row["month"],
                                        **{key: row[key] for key in index})
                        numpy.testing.assert_allclose(float(row[column]), float(own), rtol=1e-5)
                    # What has no row is 0.
                    total = float(array.sum(dtype=float))
                    self.assertAlmostEqual(sum(float(row[column]) for row in rows), total, delta=1e-5 * total)

    def test_xarray_has_pairs_by_attacker_and_target(self):
        pairs = self.data.losses.set_index(dyad=["attacker", "target"])
        for dyad in self.summary["dyads"]:
            losses = pairs.sel(attacker=dyad["attacker"], target=dyad["target"])
            numpy.testing.assert_allclose(losses.mean(), dyad["losses"]["mean"])


if __name__ == "__main__":
    unittest.main()
