"""The examples of docs/other-tools.md, run as they stand on the page."""
import contextlib
import json
import pathlib
import re
import tempfile
import unittest

import numpy as np

PAGE = (pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "other-tools.md").read_text(encoding="utf-8")


def example(tool, language="python"):
    return re.search(rf"^## {tool}$.*?^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)[1]


class OtherTools(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.enterContext(contextlib.chdir(folder.name))

    def made(self, tool):
        """What the example leaves behind."""
        names = {"__name__": "example"}
        exec(compile(example(tool), tool, "exec"), names)
        return names

    def test_salib(self):
        total = self.made("SALib")["study"].analysis["ST"]
        self.assertEqual(len(total), 2)
        self.assertGreater(total[1], 0.5)  # recruits make fighters

    def test_ema_workbench(self):
        made = self.made("EMA Workbench")
        self.assertEqual(len(made["experiments"]), 20)
        recruits = made["experiments"]["actors.highland_front.recruits_per_day"].astype(float)
        fighters = made["outcomes"]["actors.highland_front.final_fighters"]
        self.assertGreater(np.corrcoef(recruits, fighters)[0, 1], 0.3)

    def test_pyabc(self):
        made = self.made("pyABC")
        self.assertAlmostEqual(made["weights"].sum(), 1)
        self.assertTrue(made["table"][made["path"]].between(0, 6).all())

    def test_mesa(self):
        sponsor = self.made("Mesa")["world"].sponsor
        self.assertIn(sponsor.recruits, range(1, 5))
        self.assertGreaterEqual(sponsor.expected, 4000)

    def test_the_python_of_netlogo(self):
        code, names, gives = example("NetLogo", "netlogo"), {}, []
        for verb, text in re.findall(r'(py:runresult|py:set|)\s*"([^"]*)"', code):
            if verb == "py:set":
                names[text] = 3.0  # a number of NetLogo
            elif verb == "py:runresult":
                gives.append(json.loads(json.dumps(eval(text, names))))  # what comes back to NetLogo
            else:
                exec(text, names)
        actors, shares = gives
        self.assertEqual([first for first, _ in shares], actors)
        self.assertTrue(all(0 <= share <= 1 for _, share in shares))

    def test_every_tool_of_the_page_is_tried(self):
        tried = {name.removeprefix("test_").replace("_", " ") for name in dir(self) if name.startswith("test_")}
        for tool in re.findall(r"^## (.*)$", PAGE, re.MULTILINE):
            self.assertTrue(tool.lower() in tried or f"the python of {tool.lower()}" in tried, tool)


if __name__ == "__main__":
    unittest.main()
