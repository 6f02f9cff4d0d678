"""The same package and seed are the same bytes on every machine: on processors with and without fused multiply-add, built by
g++ and by clang, for any processor and for the one at hand.

TRUEL: the program. TRUEL_BITS: tests/base/same_bits.cpp, built with it.
"""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

TRUEL = pathlib.Path(os.environ["TRUEL"])
BITS = pathlib.Path(os.environ["TRUEL_BITS"])
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SOURCES = ["tests/base/same_bits.cpp", "src/truel/base/geodesic.cpp", "src/truel/base/math.cpp", "src/truel/base/random.cpp"]
# A processor of twenty years ago, as the C library sees it.
OLD = {**os.environ, "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable,-AVX,-FMA4,-AVX512F"}
FUNCTIONS = {"exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "pow", "cbrt", "hypot", "sin", "cos", "sincos", "tan", "asin",
             "acos", "atan", "atan2", "sinh", "cosh", "tanh", "erf", "erfc", "tgamma", "lgamma"}


def printed(*command, **more):
    return subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, **more).stdout


class SameBits(unittest.TestCase):
    def stored(self):
        return (ROOT / "tests/base/same_bits.txt").read_text()

    def test_functions_and_draws_have_the_bits_that_they_had_elsewhere(self):
        self.assertEqual(printed(BITS), self.stored())
        self.assertEqual(printed(BITS, env=OLD), self.stored())

    @unittest.skipUnless(shutil.which("clang++-14"), "clang++-14 is not here")
    def test_clang_makes_the_same_bits_for_the_processor_at_hand(self):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "bits"
            printed("clang++-14", "-std=c++20", "-O1", "-march=native", "-ffp-contract=off", "-DWITHOUT_DISTRIBUTIONS",
                    f"-I{ROOT / 'src'}", *(ROOT / source for source in SOURCES), "-lsleef", "-o", program)
            lines = printed(program)
            self.assertGreater(len(lines.splitlines()), 20)
            self.assertTrue(self.stored().startswith(lines), lines)

    @unittest.skipUnless(shutil.which("readelf"), "readelf (Debian: binutils) is not here")
    def test_the_program_asks_the_c_library_for_no_function_that_it_rounds_as_it_likes(self):
        # "  36: 0 265 <OS specific>: 10 GLOBAL DEFAULT  UND memcpy@GLIBC_2.14 (6)": linkers differ in what stands before.
        names = {line.split(" UND ")[1].split("@")[0].strip()
                 for line in printed("readelf", "--wide", "--dyn-syms", TRUEL).splitlines() if " UND " in line}
        self.assertIn("memcpy", names)  # the table was read
        self.assertEqual(sorted(name for name in names if name.rstrip("fl") in FUNCTIONS or name in FUNCTIONS), [])

    def expect_the_same(self, *arguments, files=("summary.json", "ensemble.nc")):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name, environment in (("new", None), ("old", OLD)):
                printed(TRUEL, *arguments, "--out", folder / name, env=environment)
            for name in files:
                self.assertEqual((folder / "new" / name).read_bytes(), (folder / "old" / name).read_bytes(), name)

    def test_leaps_are_the_same_without_fused_multiply_add(self):
        self.expect_the_same("run", ROOT / "scenarios/china-1926", "--runs", 8, "--seed", 7)

    def test_events_are_the_same_without_fused_multiply_add(self):
        self.expect_the_same("run", ROOT / "scenarios/published/three-way-combat", "--runs", 8, "--seed", 7, "--solver", "exact")

    def test_equations_are_the_same_without_fused_multiply_add(self):
        self.expect_the_same("run", ROOT / "scenarios/china-1926", "--runs", 2, "--seed", 7, "--solver", "mean-field")


if __name__ == "__main__":
    unittest.main()
