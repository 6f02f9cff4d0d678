"""ensemble.nc opens in xarray with names, dates and draws in place. TRUEL: the program."""
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
        root = pathlib.Path(cls.folder.name)
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

    def test_xarray_has_pairs_by_attacker_and_target(self):
        pairs = self.data.losses.set_index(dyad=["attacker", "target"])
        for dyad in self.summary["dyads"]:
            losses = pairs.sel(attacker=dyad["attacker"], target=dyad["target"])
            numpy.testing.assert_allclose(losses.mean(), dyad["losses"]["mean"])


if __name__ == "__main__":
    unittest.main()
