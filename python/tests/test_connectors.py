"""The war as a model of other tools, each of which is run. Lanchester's square law has the answers in closed form."""
import os
import tempfile
import unittest

import numpy as np

import truel
from truel.connectors import Simulator

SQUARE = truel.scenario("published/lanchester-square")
BLUE, RED = "forces.blue.field.2001-01-01", "forces.red.field.2001-01-01"
NUMBERS = {BLUE: (90.0, 110.0), RED: (20.0, 60.0)}
LEFT = "actors.blue.final_fighters"


def left(blue, red):
    """Of Blue, where both kill at the same rate and Red fights to the last (Lanchester 1916)."""
    return np.sqrt(blue**2 - red**2)


class Plain(unittest.TestCase):
    def test_a_point_gives_the_closed_form(self):
        simulator = Simulator(SQUARE, NUMBERS, LEFT, solver="mean-field")
        points = np.array([[100.0, 50.0], [92.0, 31.0]])
        np.testing.assert_allclose(simulator.rows(points)[:, 0], left(points[:, 0], points[:, 1]), rtol=1e-6)

    def test_chance_is_common_or_a_point_s_own_and_repeats(self):
        points = np.array([[100.0, 50.0], [100.0, 50.001]])
        common = Simulator(SQUARE, NUMBERS, LEFT, chance="common", until="2001-01-21")
        own = Simulator(SQUARE, NUMBERS, LEFT, chance="own", until="2001-01-21")
        self.assertEqual(*common.rows(points)[:, 0])
        self.assertNotEqual(*own.rows(points)[:, 0])
        np.testing.assert_array_equal(own.rows(points), own.rows(points))

    def test_bounds_come_from_the_package_or_are_asked_for(self):
        with self.assertRaisesRegex(truel.InputError, "no bounds"):
            Simulator(SQUARE, [BLUE], LEFT)
        with self.assertRaisesRegex(truel.InputError, "no such number"):
            Simulator(SQUARE, {"actors.green.kill_rate": (0, 1)}, LEFT)
        with self.assertRaises(truel.InputError):
            Simulator(SQUARE, NUMBERS, "actors.green.losses")
        war = truel.load(SQUARE)
        war[BLUE] = "80..120"
        self.assertEqual(Simulator(war, [BLUE], LEFT).bounds, {BLUE: (80, 120)})


class SalibTest(unittest.TestCase):
    def test_salib_finds_the_shares_of_the_closed_form(self):
        from truel.connectors import salib
        simulator = Simulator(SQUARE, NUMBERS, LEFT, solver="mean-field", chance="common")
        found = salib.problem(simulator).sample_sobol(128, seed=1).evaluate(salib.evaluate, simulator).analyze_sobol(seed=1)
        exact = salib.problem(simulator).sample_sobol(128, seed=1).evaluate(lambda x: left(x[:, 0], x[:, 1]))
        exact = exact.analyze_sobol(seed=1)
        np.testing.assert_allclose(found.analysis["S1"], exact.analysis["S1"], atol=1e-4)
        self.assertGreater(min(found.analysis["S1"]), 0.2)


class EmaTest(unittest.TestCase):
    def test_ema_workbench_explores_the_war(self):
        import ema_workbench
        from truel.connectors import ema
        simulator = Simulator(SQUARE, NUMBERS, [LEFT, "actors.red.losses"], solver="mean-field")
        experiments, outcomes = ema_workbench.perform_experiments(ema.model(simulator), scenarios=20)
        self.assertEqual(len(experiments), 20)
        np.testing.assert_allclose(outcomes[LEFT], left(experiments[BLUE].to_numpy(float), experiments[RED].to_numpy(float)),
                                   rtol=1e-6)


class PyabcTest(unittest.TestCase):
    def test_pyabc_finds_the_strength_that_was_hidden(self):
        import pyabc
        from truel.connectors import pyabc as connector
        simulator = Simulator(SQUARE, {RED: (20.0, 60.0)}, LEFT, runs=4)
        observed = {LEFT: float(left(100, 45))}
        study = pyabc.ABCSMC(simulator, connector.prior(simulator), pyabc.PNormDistance(p=1), population_size=40,
                             sampler=pyabc.sampler.SingleCoreSampler())
        with tempfile.TemporaryDirectory() as folder:
            study.new("sqlite:///" + os.path.join(folder, "abc.db"), observed)
            table, weights = study.run(max_nr_populations=3).get_distribution()
        self.assertAlmostEqual(float(np.average(table[RED], weights=weights)), 45, delta=5)


@unittest.skipIf(os.environ.get("TRUEL_SBI") == "0", "TRUEL_SBI=0")
class SbiTest(unittest.TestCase):
    def setUp(self):  # sbi keeps a journal in the working directory
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)

    def test_sbi_finds_the_strength_that_was_hidden(self):
        import torch
        from sbi.inference import NPE
        from truel.connectors import sbi as connector
        torch.manual_seed(1)
        simulator = Simulator(SQUARE, {RED: (20.0, 60.0)}, LEFT, runs=4)
        prior = connector.prior(simulator)
        theta = prior.sample((250,))
        x = connector.function(simulator)(theta)
        inference = NPE(prior=prior, show_progress_bars=False)
        inference.append_simulations(theta, x).train(max_num_epochs=60)
        posterior = inference.build_posterior()
        sample = posterior.sample((300,), x=torch.tensor([float(left(100, 45))]), show_progress_bars=False)
        self.assertAlmostEqual(float(sample.mean()), 45, delta=5)


if __name__ == "__main__":
    unittest.main()
