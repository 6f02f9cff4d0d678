"""What `cmake --install` leaves behind: a program that runs, and a library that somebody else's project finds.

TRUEL_BINARY_DIR: a build tree. TRUEL_CMAKE, TRUEL_CXX: what it was made with.
"""
import concurrent.futures
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import unittest

BUILD = pathlib.Path(os.environ["TRUEL_BINARY_DIR"])
CMAKE = os.environ["TRUEL_CMAKE"]
CONSUMER = pathlib.Path(__file__).parent / "consumer"
ROOT = pathlib.Path(__file__).parent.parent.parent


def run(*command, cwd=None):
    done = subprocess.run([str(word) for word in command], cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{command} gave {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def first_includes():
    """What is the first that a source or another header includes: no other declarations stand before it when that is compiled."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.[ch]pp"))
    return {include[1] for text in texts if (include := re.search('#include ["<](.*)[">]', text))}


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
        """All public headers compile against what is installed, and each compiles alone: those that are the first that a source
        file or another header includes do so in every build that takes files one by one, the rest here. With TRUEL_TIMES: all."""
        work = BUILD / "headers-test"
        shutil.rmtree(work, ignore_errors=True)
        run(CMAKE, "--install", BUILD, "--prefix", work)
        include = work / "include"
        headers = sorted(path.relative_to(include) for path in include.rglob("*.hpp"))
        self.assertGreater(len(headers), 10)
        first = set() if "TRUEL_TIMES" in os.environ else first_includes()
        alone = [header for header in headers if str(header) not in first]
        self.assertGreater(len(alone), 10)
        texts = {"all": "".join(f'#include "{header}"\n' for header in headers)}
        texts.update((str(header), f'#include "{header}"\n') for header in alone)

        def compiled(text):
            return subprocess.run([os.environ["TRUEL_CXX"], "-std=c++20", f"-I{include}", "-fsyntax-only", "-x", "c++", "-"],
                                  input=text, capture_output=True, text=True)

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for name, done in zip(texts, pool.map(compiled, texts.values())):
                with self.subTest(header=name):
                    self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
