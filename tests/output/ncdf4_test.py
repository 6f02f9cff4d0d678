"""ensemble.nc opens in R's ncdf4, the same numbers under the same names. TRUEL: the program; RSCRIPT: R."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

TRUEL = pathlib.Path(os.environ["TRUEL"]).resolve()
RSCRIPT = os.environ["RSCRIPT"]

SCRIPT = """
library(ncdf4)
nc <- nc_open(commandArgs(TRUE)[1])
fighters <- ncvar_get(nc, "fighters")
dimnames(fighters) <- list(ncvar_get(nc, "actor"), NULL, NULL)
for (actor in dimnames(fighters)[[1]]) cat("final", actor, format(mean(fighters[actor, dim(fighters)[2], ]), digits = 15), "\\n")
draws <- ncvar_get(nc, "draws")
dimnames(draws) <- list(ncvar_get(nc, "parameter"), NULL)
cat("range", range(draws["forces.government.all.2019-01-01", ]), "\\n")
cat("units", ncatt_get(nc, "time", "units")$value, "\\n")
cat("places", ncvar_get(nc, "place"), "\\n")
for (name in names(nc$var)) invisible(ncvar_get(nc, name))
"""


class Ncdf4(unittest.TestCase):
    def test_r_reads_every_variable_and_finds_the_names(self):
        with tempfile.TemporaryDirectory(prefix="truel-r-") as folder:
            root = pathlib.Path(folder)
            subprocess.run([TRUEL, "new", root / "war"], check=True, capture_output=True)
            subprocess.run([TRUEL, "run", root / "war", "--runs", "70", "--seed", "5", "--out", root / "out", "--quiet"],
                           check=True, capture_output=True)
            (root / "read.R").write_text(SCRIPT)
            done = subprocess.run([RSCRIPT, root / "read.R", root / "out" / "ensemble.nc"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            said = [line.split() for line in done.stdout.splitlines()]
            summary = json.loads((root / "out" / "summary.json").read_text())
            means = {line[1]: float(line[2]) for line in said if line[0] == "final"}
            self.assertEqual(set(means), set(summary["actors"]))
            for actor, mean in means.items():
                expected = summary["actors"][actor]["final_fighters"]["mean"]
                self.assertAlmostEqual(mean, expected, delta=1e-6 * expected)
            lines = {line[0]: line[1:] for line in said}
            self.assertGreaterEqual(float(lines["range"][0]), 8000)
            self.assertLessEqual(float(lines["range"][1]), 12000)
            self.assertEqual(lines["units"][:2], ["days", "since"])
            self.assertEqual(lines["places"], list(summary["places"]))


if __name__ == "__main__":
    unittest.main()
