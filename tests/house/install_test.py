"""What `cmake --install` leaves behind: a program that runs, and a library that somebody else's project finds.

TRUEL_BINARY_DIR: a build tree. TRUEL_CMAKE, TRUEL_CXX, TRUEL_LAUNCHER: what it was made with.
"""
import concurrent.futures
import json
import math
import os
import pathlib
import shutil
import subprocess
import unittest

BUILD = pathlib.Path(os.environ["TRUEL_BINARY_DIR"])
CMAKE = os.environ["TRUEL_CMAKE"]
CONSUMER = pathlib.Path(__file__).parent / "consumer"


def run(*command, cwd=None):
    done = subprocess.run([str(word) for word in command], cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{command} gave {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Install(unittest.TestCase):
    def test_installed_program_and_consumer_agree(self):
        work = BUILD / "install-test"
        shutil.rmtree(work, ignore_errors=True)
        prefix, consumer = work / "prefix", work / "consumer"
        run(CMAKE, "--install", BUILD, "--prefix", prefix)
        package = prefix / "share" / "truel" / "scenarios" / "syria-2016"

        program = prefix / "bin" / "truel"
        self.assertIn("no mistakes", run(program, "check", package))
        told = json.loads(run(program, "run", package, "--runs", 2, "--seed", 7, "--json"))

        run(CMAKE, "-G", "Ninja", "-S", CONSUMER, "-B", consumer, f"-DCMAKE_PREFIX_PATH={prefix}", "-DCMAKE_BUILD_TYPE=Release",
            f"-DCMAKE_CXX_COMPILER={os.environ['TRUEL_CXX']}", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
        run(CMAKE, "--build", consumer)
        lines = [line.split() for line in run(consumer / "consumer", package).splitlines()]

        self.assertEqual({actor for actor, _ in lines}, set(told["actors"]))
        for actor, survival in lines:
            expected = told["actors"][actor]["survival_probability"]
            if expected is None:
                self.assertTrue(math.isnan(float(survival)), actor)
            else:
                self.assertEqual(float(survival), expected, actor)

    def test_installed_headers_need_no_other_files(self):
        """Every public header compiles alone, against what is installed."""
        work = BUILD / "headers-test"
        shutil.rmtree(work, ignore_errors=True)
        run(CMAKE, "--install", BUILD, "--prefix", work)
        include = work / "include"
        headers = sorted(path.relative_to(include) for path in include.rglob("*.hpp"))
        self.assertGreater(len(headers), 10)
        # All at once, and kept by the compiler cache where the build has one.
        launcher = os.environ.get("TRUEL_LAUNCHER", "").split()

        def alone(header):
            source = (work / "alone" / header).with_suffix(".cpp")
            source.parent.mkdir(parents=True, exist_ok=True)
            source.write_text(f'#include "{header}"\n')
            return subprocess.run([*launcher, os.environ["TRUEL_CXX"], "-std=c++20", f"-I{include}", "-c", str(source), "-o",
                                   str(source.with_suffix(".o"))], stdin=subprocess.DEVNULL, capture_output=True, text=True)

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for header, done in zip(headers, pool.map(alone, headers)):
                with self.subTest(header=str(header)):
                    self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
