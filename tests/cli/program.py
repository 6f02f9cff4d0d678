"""What tests of the program share: a folder of their own, and a way to run it there.

TRUEL: the program. TRUEL_HAS_PAGE: 1 if it was built with the page of a report. TRUEL_SANITIZED: 1 if with sanitizers.
"""
import csv
import os
import pathlib
import shlex
import signal
import subprocess
import tempfile
import time
import unittest

TRUEL = pathlib.Path(os.environ["TRUEL"]).resolve()
HAS_PAGE = os.environ.get("TRUEL_HAS_PAGE") == "1"
SANITIZED = os.environ.get("TRUEL_SANITIZED") == "1"
NEVER = 120  # seconds; longer than what a test waits for takes
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


# A record of the war that `truel new` writes, and the columns and some events of deaths.
SPELLS = """place_id,from_date,to_date,controller,confidence
capital,2019-01-01,2020-12-31,government,high
bridge,2019-01-01,2020-02-14,government,high
bridge,2020-02-15,2020-12-31,highland_front,high
harbour,2019-01-01,2020-12-31,river_league,high
mill,2019-01-01,2020-04-30,river_league,high
mill,2020-05-01,2020-12-31,government,high
pass,2019-01-01,2020-12-31,highland_front,high
summit,2019-01-01,2020-12-31,highland_front,high
"""
EVENT_COLUMNS = """id,type_of_violence,side_a,side_b,where_prec,date_prec,latitude,longitude,country,date_start,date_end,\
deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low
"""
FIRST_EVENTS = EVENT_COLUMNS + """\
1,1,the army,the Front,1,1,45.6,10.25,Valley,2019-10-01,2019-10-03,2,3,1,0,6,8,5
2,1,the army,the Front,1,1,45.2,10.30,Valley,2019-12-01,2019-12-03,20,30,1,5,56,80,50
3,1,the army,The river league,1,1,45.35,10.55,Valley,2020-02-11,2020-02-11,40,3,10,0,53,80,50
"""


def table(path):
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def shortened(n):
    """A number of runs; a tenth of them for a program that its sanitizers slow down tenfold."""
    return n // 10 if SANITIZED else n


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truel-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def truel(self, *arguments, status=0, cwd=None, **more):
        done = subprocess.run([TRUEL, *map(str, arguments)], cwd=cwd or self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, **more)
        self.assertEqual(done.returncode, status, f"truel {shlex.join(map(str, arguments))}\n{done.stdout}\n{done.stderr}")
        return done

    def started(self, *arguments, **popen):
        process = subprocess.Popen([TRUEL, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **popen)
        self.addCleanup(process.kill)
        return process

    def under_way(self, *arguments, file=None, size=0):
        """The program at work: when a file has more than so many bytes, or else after two seconds."""
        process = self.started(*arguments)
        deadline = time.monotonic() + (NEVER if file else 2)
        while not (file and file.exists() and file.stat().st_size > size):
            self.assertIsNone(process.poll(), "it ended before it could be ended")
            if time.monotonic() > deadline:
                self.assertIsNone(file, "it takes too long")
                break
            time.sleep(0.002)
        return process

    def ended(self, process, how=signal.SIGINT):
        """Ends it, or waits for the end that it comes to by itself (None); status, standard output and error."""
        if how is not None:
            process.send_signal(how)
        out, err = process.communicate(timeout=NEVER)
        return process.returncode, out, err

    def refused(self, *arguments):
        """The message; nothing was printed or written."""
        before = sorted(self.folder.rglob("*"))
        done = self.truel(*arguments, status=2)
        self.assertEqual(done.stdout, "", arguments)
        self.assertEqual(sorted(self.folder.rglob("*")), before, arguments)
        return done.stderr

    def results(self, out):
        """All result files but the one that tells of times and threads."""
        found = {path.name: path.read_bytes() for path in (self.folder / out).iterdir()}
        del found["provenance.json"]
        return found

    def assert_same(self, out, whole):
        """The results in a folder are these, and nothing hidden is left behind."""
        found = self.results(out)
        self.assertEqual(sorted(found), sorted(whole))
        for name, bytes_ in found.items():
            self.assertTrue(bytes_ == whole[name], f"{name} differs")
        self.assertEqual([path.name for path in self.folder.glob(".*")], [])


class WarTest(ProgramTest):
    """With the war that `truel new` writes, and a folder of observed data where the test has such: who held its places."""
    SPELLS = ""

    def setUp(self):
        super().setUp()
        self.truel("new", "war")
        self.war = self.folder / "war"
        if self.SPELLS:
            (self.folder / "data").mkdir()
            (self.folder / "data" / "who.csv").write_text(self.SPELLS, encoding="utf-8")
